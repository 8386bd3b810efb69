"""The life of an insurance settlement: asked, and then settled, refused, unknown or cancelled."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.sale.sale import Line, Sale, Settlement
from pharmacy_desk.core.sale.tender import EXACT_CASH, Tendered


class SettlementState(StrEnum):
    """What is known of a settlement. A lost answer is `unknown`, never a failure."""

    ASKED = "asked"
    SETTLED = "settled"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"

    @property
    def undecided(self) -> bool:
        """True while the insurance may have settled the sale without our knowing."""
        return self in (SettlementState.ASKED, SettlementState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Asked:
    """A settlement that was asked for, as the ledger holds it.

    `document` is the number the insurance knows the sale by: the sale's own, or the one it had
    before it was carried over into another epoch. `msgid` is the message that asked, by which a
    lost answer is asked about. `tendered_fen` is the cash the
    customer gave, `tendered` what was told of other tenders.
    """

    id: str
    sale: str
    document: str
    payment: PaymentKind
    state: SettlementState
    tendered_fen: int | None = None
    setl_id: str | None = None
    words: str = ""
    msgid: str | None = None
    mdtrt_id: str | None = None
    tendered: Tendered = EXACT_CASH

    @property
    def known(self) -> Settlement:
        """The settlement that stands, by its numbers."""
        return Settlement(self.setl_id or "", self.mdtrt_id)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a settlement. `words` are the insurance's own, or why nothing is known.

    `typed`: a person read its number off the insurance's terminal; how it was split is not known.
    """

    state: SettlementState
    settlement: Settlement | None = None
    words: str = ""
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """How the insurance would split a sale by a kind: shown, and confirmed by the settlement.

    It is of the sale as it stood, its lines marked with who pays them: of another one it says
    nothing.
    """

    sale: Sale
    payment: PaymentKind
    parts: Settlement

    def fits(self, sale: Sale, payment: PaymentKind) -> bool:
        """Whether it is still the sale that was asked about: its lines, person and prescription."""
        asked = self.sale
        return (
            payment is self.payment
            and sale.number == asked.number
            and _unmarked(sale) == _unmarked(asked)
            and sale.person == asked.person
            and sale.prescription == asked.prescription
        )

    @property
    def owed_fen(self) -> int | None:
        """What the customer would pay: her part, and what stands beside it; None: not told."""
        cash_fen = self.parts.cash_fen
        return None if cash_fen is None else cash_fen + self.sale.own_fen


def _unmarked(sale: Sale) -> tuple[Line, ...]:
    """The lines as they are before a way of paying is chosen."""
    return tuple(replace(line, cover=None) for line in sale.lines)


def typed_settlement(setl_id: str, mdtrt_id: str | None, parts: Sequence[int | None]) -> Settlement:
    """What a person read off the insurance's slip; `parts` are fund, account, mutual, cash."""
    fund, account, mutual, cash = parts
    return Settlement(
        setl_id=setl_id,
        mdtrt_id=mdtrt_id,
        fund_fen=fund,
        account_fen=account,
        mutual_fen=mutual,
        cash_fen=cash,
        typed=True,
    )
