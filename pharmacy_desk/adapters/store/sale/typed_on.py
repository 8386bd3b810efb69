"""What was typed on into another till: events alone, no row of a table of its own."""

from collections.abc import Sequence

from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.part import Part
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.events import EventKind


@reads_rows
class TypedOn(Part):
    """The part of the ledger that keeps which codes the guard has typed on."""

    def keep_typed(self, actor: Actor, sale: str, code: str, *, by_person: bool) -> None:
        """A box's code was typed on; `by_person` where somebody saw it stand there."""
        event = actor.event(
            EventKind.CODE_TYPED, code=code, document=sale, payload={"by_person": by_person}
        )
        with self.transaction():
            self.append(event)

    def typed(self, sale: str, codes: Sequence[str]) -> frozenset[str]:
        """Those of `codes` that were typed on since they came into the sale.

        All events of a sale are of one epoch: their numbers tell their order.
        """
        return frozenset(code for code in codes if self._last(sale, code) == EventKind.CODE_TYPED)

    def _last(self, sale: str, code: str) -> str | None:
        row = self._conn.execute(
            "SELECT kind FROM events WHERE code = ? AND document = ? AND kind IN (?, ?)"
            " ORDER BY seq DESC LIMIT 1",
            (code, sale, EventKind.BOX_RESERVED.value, EventKind.CODE_TYPED.value),
        ).fetchone()
        return row["kind"] if row else None
