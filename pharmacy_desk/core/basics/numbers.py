"""Document numbers, event ids and keys: each carries counter and epoch, so none can collide.

An epoch is drawn anew for every home and whenever a home turns out to be a copy or to have been
restored (design, section 7): its counters then start again under a name never used before.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

# Crockford's base 32: no I, L, O, U, so that a number read aloud is not misheard.
EPOCH_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
EPOCH_CHARS = 6  # 32^6 = 1.07e9 epochs: two copies of one home draw the same once in 1e9


@dataclass(frozen=True, slots=True)
class Origin:
    """Which counter (two digits) in which epoch made a document, an event or a key."""

    counter: str
    epoch: str

    def document(self, seq: int) -> str:
        """A document number, as printed on the receipt: `01K7QF2M-000118`."""
        return f"{self.counter}{self.epoch}-{seq:06d}"


def line_key(document: str, line: int, kind: str) -> str:
    """`fixmedins_bchno` of one uploaded line: unique per line, at most C30 (facts, 2.7).

    `kind` is one letter: S sale, R return; those of movements stand in `core.movement_upload`.
    The store's code travels beside it in the message.
    """
    return f"{document.replace('-', '')}{line:03d}{kind}"


def message_id(store: str, at: datetime, counter: str, count: int) -> str:
    """`msgid`: store (12) + yyyyMMddHHmmss (14) + counter (2) + persisted count (2)."""
    return f"{store}{at:%Y%m%d%H%M%S}{counter}{count % 100:02d}"


def next_message_id(store: str, now: datetime, counter: str, last: str | None) -> str:
    """A message id that sorts after `last`, also when the clock stands still or was set back."""
    count = (int(last[-2:]) + 1) % 100 if last else 0
    candidate = message_id(store, now, counter, count)
    if last is None or last[:12] != store or candidate[12:26] > last[12:26]:
        return candidate
    stamp = datetime.strptime(last[12:26] + "+0800", "%Y%m%d%H%M%S%z")
    if count == 0:
        stamp += timedelta(seconds=1)
    return message_id(store, stamp, counter, count)


def message_floor(newest: str, counter: str, count: int) -> str:
    """What the first message id of a new epoch must come behind: past the newest one known.

    `count` is drawn at random, so that two copies that know the same newest id, and sell on at
    once, seldom count alike; only 18 digits of an id are free (facts on platforms, 1.1).
    """
    if not newest[12:26].strip("0"):
        return f"{'-' * 12}{'0' * 14}{counter}{count:02d}"  # no store's: only the count is taken
    stamp = datetime.strptime(newest[12:26] + "+0800", "%Y%m%d%H%M%S%z") + timedelta(seconds=1)
    return message_id(newest[:12], stamp, counter, count)
