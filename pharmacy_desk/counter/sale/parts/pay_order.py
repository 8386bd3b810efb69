"""How a person wants to pay the open sale."""

from dataclasses import replace

from pharmacy_desk.core.basics.policy import Reason
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.people.people import Approval
from pharmacy_desk.core.sale.sale import PaymentKind, Settlement
from pharmacy_desk.core.sale.settlement import Preview
from pharmacy_desk.core.sale.tender import EXACT_CASH, Tender, Tendered, TenderKind


@dataclass(frozen=True, slots=True)
class PayOrder:
    """How the person wants to pay. `settled` is what the insurance's own terminal told, typed.

    `preview` is the split that was shown and confirmed; without one it is asked for unseen.
    `tendered_fen` is the cash that was handed over, `tendered` what is told of other tenders.
    """

    payment: PaymentKind
    settled: Settlement | None = None
    tendered_fen: int | None = None
    tendered: Tendered = EXACT_CASH
    approved: frozenset[Reason] = frozenset()
    approval: Approval | None = None
    preview: Preview | None = None

    @property
    def handed(self) -> Tendered:
        """All that was told of the customer's tenders, cash first."""
        if not self.tendered_fen:
            return self.tendered
        cash = Tender(TenderKind.CASH, self.tendered_fen)
        return replace(self.tendered, told=(cash, *self.tendered.told))

    @property
    def cash_fen(self) -> int | None:
        """The cash that was handed over, in fen; None where nobody counted any."""
        told = [one.amount_fen for one in self.handed.told if one.kind is TenderKind.CASH]
        return sum(told) if told else self.tendered_fen
