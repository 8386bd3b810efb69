"""Who undoes insured sales, for tests that have none; and a ledger of what is undone."""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.ports.undoing import Anew, Standing
from pharmacy_desk.core.sale.refund import ReturnDocument, Wanted
from pharmacy_desk.core.sale.undo import Undo, UndoState
from pharmacy_desk.core.upload.outbox import OutboxLine
from pharmacy_desk.counter.answers import ReturnAnswer


class NothingInsured:
    """`Undoes`: nothing that comes back was settled by the insurance."""

    def begin(
        self, receipt: str, wanted: Sequence[Wanted] | None, reason: str, *, confirmed: bool
    ) -> Future[ReturnAnswer] | None:
        return None


@dataclass
class KeptUndos:
    """`UndoLedger` in memory."""

    stands: dict[str, Standing] = field(default_factory=dict)
    undos: dict[str, Undo] = field(default_factory=dict)

    def standing(self, sale: str) -> Standing | None:
        return self.stands.get(sale)

    def open_undos(self) -> tuple[Undo, ...]:
        return tuple(one for one in self.undos.values() if one.state.open)

    def undo_of(self, sale: str) -> Undo | None:
        return next((one for one in self.open_undos() if one.sale == sale), None)

    def begin_undo(self, actor: Actor, undo: Undo) -> None:
        self.undos[undo.number] = undo

    def end_undo(self, actor: Actor, undo: Undo) -> None:
        self.undos[undo.number] = undo

    def finish_undo(
        self,
        actor: Actor,
        undo: Undo,
        document: ReturnDocument,
        lines: Sequence[OutboxLine],
        anew: Anew | None,
    ) -> None:
        self.undos[undo.number] = replace(undo, state=UndoState.DONE)
        del self.stands[undo.sale]
