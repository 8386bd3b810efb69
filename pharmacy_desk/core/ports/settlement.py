"""The insurance settlement as the counter sees it: its door, and what the ledger keeps of it."""

from dataclasses import dataclass
from typing import Protocol

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.events import Event
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.sale.sale import Sale, Settlement
from pharmacy_desk.core.sale.settlement import Asked, Outcome


@dataclass(frozen=True, slots=True)
class Settled:
    """The insurance settled the sale."""

    settlement: Settlement


@dataclass(frozen=True, slots=True)
class Refused:
    """It did not, and says why. Not `reached`: no byte of the question left this machine."""

    words: str
    reached: bool = True


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have: the question left, and no answer came that can be read."""

    why: str


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A settlement was undone; there is none for the sale any more."""


SettlementAnswer = Settled | Refused | Unknown


class SettlementDoor(Protocol):
    """The insurance settlement. What the trade knows is an answer, never an exception."""

    def settle(self, sale: Sale, payment: str) -> SettlementAnswer:
        """Settle the sale; asking again for the same sale gives the same settlement."""
        ...

    def ask_again(self, sale: Sale, payment: str) -> SettlementAnswer:
        """What became of a sale that was asked about before, when its answer was lost."""
        ...

    def cancel(self, sale: Sale, setl_id: str) -> Cancelled | Refused | Unknown:
        """Undo a settlement that is not to be; undoing it again says the same."""
        ...


class SettlementLedger(Protocol):
    """What the ledger keeps of settlements."""

    def ask_settlement(
        self,
        actor: Actor,
        sale: str,
        payment: PaymentKind,
        tendered_fen: int | None,
        approval: Event | None = None,
    ) -> Asked:
        """Write down that a settlement is asked for, before it is; and who approved the sale."""
        ...

    def undecided_settlement(self, sale: str) -> Asked | None:
        """The settlement of this sale that was asked for and of which nothing is known yet."""
        ...

    def undecided_settlements(self) -> tuple[Asked, ...]:
        """Those of all unpaid sales, the longest unknown first."""
        ...

    def standing_settlements(self) -> tuple[Asked, ...]:
        """Those that stand at the insurance for a sale that was not paid with one."""
        ...

    def end_settlement(self, actor: Actor, asked: str, outcome: Outcome) -> None:
        """Write down what became of it (or that nothing is known)."""
        ...
