"""The undoing of insured sales, as the counter sees the ledger."""

from collections.abc import Sequence
from typing import Protocol

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.sale.refund import ReturnDocument
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.core.sale.settlement import Asked
from pharmacy_desk.core.sale.tender import EXACT_CASH, Tendered
from pharmacy_desk.core.sale.undo import Undo
from pharmacy_desk.core.upload.outbox import OutboxLine


@dataclass(frozen=True, slots=True)
class Standing:
    """The settlement that stands behind a paid sale.

    `typed`: a person made it at the insurance's own terminal, and only a person undoes it there.
    """

    asked: Asked
    typed: bool


@dataclass(frozen=True, slots=True)
class Anew:
    """The sale that what is kept goes on as.

    `msgid` is the message by which its settlement is asked for; None where a person settles it.
    `tendered` is by what the customer has paid her part, and pays it again.
    """

    sale: Sale
    msgid: str | None = None
    tendered: Tendered = EXACT_CASH


class UndoLedger(Protocol):
    """What is cancelled at the insurance, and what comes back then."""

    def standing(self, sale: str) -> Standing | None:
        """The settlement behind a paid sale, as long as it stands."""
        ...

    def open_undos(self) -> tuple[Undo, ...]:
        """Cancellings of which nothing is known yet, the oldest first."""
        ...

    def undo_of(self, sale: str) -> Undo | None:
        """The one of this sale of which nothing is known yet."""
        ...

    def begin_undo(self, actor: Actor, undo: Undo) -> None:
        """Write down that a settlement is to be cancelled, before anybody is asked."""
        ...

    def end_undo(self, actor: Actor, undo: Undo) -> None:
        """Write down that it was refused, or that nothing is known."""
        ...

    def finish_undo(
        self,
        actor: Actor,
        undo: Undo,
        document: ReturnDocument,
        lines: Sequence[OutboxLine],
        anew: Anew | None,
    ) -> None:
        """The settlement is cancelled: its return and the kept sale, in one transaction."""
        ...
