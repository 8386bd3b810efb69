"""Document numbers, event ids and keys: each carries counter and epoch, so none can collide.

An epoch is drawn anew for every home and whenever a home turns out to be a copy or to have been
restored (design, section 7): its counters then start again under a name never used before.
"""

from datetime import datetime

from pharmacy_desk.core.basics.values import dataclass

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


# `msgid` counts to 9 999 within a second (facts on platforms, 1.1): two digits tell the counters of
# a store apart, two are left to each.
IDS_A_SECOND = 100


def message_second(at: datetime, counter: str) -> str:
    """What the ids of one counter in one second have in common: yyyyMMddHHmmss and the counter."""
    return f"{at:%Y%m%d%H%M%S}{counter}"


def message_id(store: str, tail: str) -> str:
    """`msgid`: store (12), then second (14), counter (2) and count (2), which are the tail."""
    return f"{store}{tail}"


def message_tails(second: str, first: int, used: int, wanted: int) -> tuple[str, ...]:
    """At most `wanted` tails of a second in which `used` were given out, counted from `first`.

    What makes an id unique is that the second's count is kept, not that time goes on: a clock
    that was set ahead or back leaves no trace in the ids that follow.
    """
    free = min(wanted, IDS_A_SECOND - used)
    return tuple(f"{second}{(first + used + n) % IDS_A_SECOND:02d}" for n in range(free))
