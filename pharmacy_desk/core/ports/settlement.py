"""The insurance settlement as the counter sees it: its door, and what the ledger keeps of it."""

from collections.abc import Mapping
from typing import Protocol

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.events import Event
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.sale.patient import Patient
from pharmacy_desk.core.sale.sale import Cover, Sale, Settlement
from pharmacy_desk.core.sale.settlement import Asked, Outcome
from pharmacy_desk.core.sale.tender import EXACT_CASH, Tendered
from pharmacy_desk.core.upload.message import Sender


@dataclass(frozen=True, slots=True)
class Bill:
    """What the insurance is asked about: a sale, by which kind, for whom, and who asks.

    The sale stands under the number the insurance knows it by. `msgid` is the id of the
    settlement's own message, on the disk before it is sent; `fresh` the id of this message where
    it is another one (preview, question, cancelling). Nobody is named (`patient` None) where the
    door asks for no person, and in training.
    """

    sale: Sale
    payment: PaymentKind
    sender: Sender
    msgid: str
    fresh: str = ""
    patient: Patient | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """What the insurance would settle (2101), nothing of it done: the parts as told."""

    parts: Settlement


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


@dataclass(frozen=True, slots=True)
class NoneThere:
    """The insurance has no settlement of that message: it never came, or it was reversed now."""


SettlementAnswer = Settled | Refused | Unknown | NoneThere


class SettlementDoor(Protocol):
    """The insurance settlement. What the trade knows is an answer, never an exception."""

    @property
    def wants_person(self) -> bool:
        """True where nothing is asked without a person; in training somebody stands in."""
        ...

    def identify(
        self, kind: str, text: str, sender: Sender, msgid: str
    ) -> Patient | Refused | Unknown:
        """Whom the insurance knows by a proof (`id`, `card`, `voucher`); it changes nothing."""
        ...

    def preview(self, bill: Bill) -> Split | Refused | Unknown:
        """How the sale would be split; it changes nothing."""
        ...

    def settle(self, bill: Bill) -> SettlementAnswer:
        """Settle the sale by the message `bill.msgid`, once."""
        ...

    def ask_again(self, bill: Bill) -> SettlementAnswer:
        """What became of the message `bill.msgid`, whose answer was lost."""
        ...

    def cancel(self, bill: Bill, known: Settlement) -> Cancelled | Refused | Unknown:
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
        msgid: str | None = None,
        covers: Mapping[int, Cover] | None = None,
        tendered: Tendered = EXACT_CASH,
    ) -> Asked:
        """Write down that a settlement is asked for, before it is; and who approved the sale.

        `covers` tells who pays each line: from here on neither price nor cover changes.
        """
        ...

    def undecided_settlement(self, sale: str) -> Asked | None:
        """The settlement of this sale that was asked for and of which nothing is known yet."""
        ...

    def undecided_settlements(self) -> tuple[Asked, ...]:
        """Those of all unpaid sales, the longest unknown first."""
        ...

    def standing_settlements(self) -> tuple[Asked, ...]:
        """Those that stand at the insurance and are not the one their sale was paid with."""
        ...

    def end_settlement(self, actor: Actor, asked: str, outcome: Outcome) -> None:
        """Write down what became of it (or that nothing is known)."""
        ...
