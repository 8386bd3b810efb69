"""Codes that the platform says were settled elsewhere: marked where every scan looks anyway.

The mark stands with the box (`boxes.settled_at`), so that the judge needs no further question. It
goes when the platform takes the line after all.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from pharmacy_desk.adapters.store.base import facts
from pharmacy_desk.adapters.store.stock.custody import put_box
from pharmacy_desk.adapters.store.upload.outbox import Outbox
from pharmacy_desk.core.basics.events import Event, EventKind
from pharmacy_desk.core.catalogue.drugs import NO_BATCH
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.upload.outbox import Became, LineState, OutboxLine


class Settled(Outbox):
    """The part of the ledger that keeps what the platform said of a code."""

    def settle_elsewhere(
        self, lines: Sequence[OutboxLine], words: Mapping[str, str], msgid: str | None, at: datetime
    ) -> None:
        """Refuse lines whose codes were settled elsewhere and mark the codes, in one transaction.

        `words` are the platform's own, by line. Where they name codes only these are marked;
        else all of the line: the platform does not say which it means.
        """
        with self.transaction():
            became = [
                Became(line.key, LineState.REFUSED, words[line.key], at, msgid) for line in lines
            ]
            self._write_states(became, at)
            for line in lines:
                named = [code for code in line.codes if code in words[line.key]]
                for code in named or line.codes:
                    self._mark_settled(line, code, words[line.key], at)

    def _mark_settled(self, line: OutboxLine, code: str, words: str, at: datetime) -> None:
        """Mark one code; a box that was sold without a record gets one."""
        stamp = at.isoformat()
        update = "UPDATE boxes SET settled_at = ?, settled_words = ? WHERE code = ?"
        if not self._conn.execute(update, (stamp, words, code)).rowcount:
            state = facts.box_state(self._conn, code) or BoxState.SOLD
            put_box(
                self._conn, code, state, line.item, NO_BATCH, line.document, "", at,
                self.origin.counter, "",
            )  # fmt: skip
            self._conn.execute(update, (stamp, words, code))
        payload: dict[str, object] = {"line": line.key, "words": words, "item": line.item}
        kind = EventKind.CODE_SETTLED_ELSEWHERE
        self.append(Event(kind, at, "", code, line.document, payload))
