"""交接班 and 日结: what was sold and paid, what the drawer should hold, and what was counted.

Sums are of documents: paid sales, and returns. What nobody told (a split by the insurance, a
tender of a sale by an older program) is counted apart and never guessed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from enum import StrEnum

from pharmacy_desk.core.basics.money import MAX_PRICE_FEN
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.core.sale.tender import Taken, TenderKind, refund


@dataclass(frozen=True, slots=True)
class Refunded:
    """A return document: its sale, and what the goods cost that went back by it, in fen.

    `own_fen` is what of that was the customer's own money, `before_fen` the same of the documents
    before it.
    """

    number: str
    sale: Sale
    before_fen: int
    refund_fen: int
    own_fen: int


def own_money(sale: Sale, goods: Iterable[tuple[int, int]]) -> int:
    """What of a return was the customer's own: `goods` are (line, fen) of one document.

    A settlement is cancelled whole, and with it goes back what she paid of it; goods beside it
    go back at their price.
    """
    insured = {line.number for line in sale.lines if sale.settlement and sale.insures(line)}
    goods = list(goods)
    own_fen = sum(fen for line, fen in goods if line not in insured)
    settled = sale.settlement if any(line in insured for line, _ in goods) else None
    return own_fen + (settled.cash_fen or 0 if settled else 0)


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of a shift or a day, in fen where they are money.

    `payments` are number and sum by kind; `fund_fen` to `mutual_fen` what the insurance told to
    pay; `untold` counts sales of which the customer's part is not known. `tenders` are net of
    change, `open_fen` what no tender was told for. `refunds` go back as it was paid;
    `refund_apart_fen` is what no tender holds.
    """

    sales: int = 0
    total_fen: int = 0
    discount_fen: int = 0
    boxes: int = 0
    codes: int = 0
    payments: Mapping[PaymentKind, tuple[int, int]] = field(default_factory=dict)
    fund_fen: int = 0
    account_fen: int = 0
    mutual_fen: int = 0
    untold: int = 0
    tenders: Mapping[TenderKind, int] = field(default_factory=dict)
    open_fen: int = 0
    rounded_fen: int = 0
    returns: int = 0
    refund_fen: int = 0
    refunds: Mapping[TenderKind, int] = field(default_factory=dict)
    refund_apart_fen: int = 0

    @property
    def cash_fen(self) -> int:
        """What came into the drawer and stayed there, in fen."""
        return self.tenders.get(TenderKind.CASH, 0) - self.refunds.get(TenderKind.CASH, 0)


def totals(sales: Sequence[Sale], returns: Sequence[Refunded]) -> Totals:
    """The sums of paid sales and of returns."""
    payments: dict[PaymentKind, tuple[int, int]] = {}
    for sale in sales:
        kind = sale.payment or PaymentKind.SELF
        count, fen = payments.get(kind, (0, 0))
        payments[kind] = count + 1, fen + sale.total_fen
    settled = [sale.settlement.parts for sale in sales if sale.settlement]
    fund_fen, account_fen, mutual_fen = (sum(one[n] or 0 for one in settled) for n in range(3))
    back, apart_fen = _refunds(returns)
    return Totals(
        sales=len(sales),
        total_fen=sum(sale.total_fen for sale in sales),
        discount_fen=sum(sale.discount_fen for sale in sales),
        boxes=sum(sale.box_count for sale in sales),
        codes=sum(sale.code_count for sale in sales),
        payments=payments,
        fund_fen=fund_fen,
        account_fen=account_fen,
        mutual_fen=mutual_fen,
        untold=sum(sale.owed_fen is None or sale.taken is None for sale in sales),
        tenders=_added(sale.taken.net for sale in sales if sale.taken),
        open_fen=sum(sale.open_fen for sale in sales),
        rounded_fen=sum(sale.taken.rounded_fen for sale in sales if sale.taken),
        returns=len(returns),
        refund_fen=sum(one.refund_fen for one in returns),
        refunds=back,
        refund_apart_fen=apart_fen,
    )


def _refunds(returns: Sequence[Refunded]) -> tuple[dict[TenderKind, int], int]:
    """By which tenders returns went back, and what no tender holds."""
    found: list[dict[TenderKind, int]] = []
    for one in returns:
        taken = one.sale.taken or Taken()
        back = refund(taken, one.before_fen, one.own_fen)
        found.append({tender.kind: tender.amount_fen for tender in back})
    held = sum(sum(one.values()) for one in found)
    return _added(found), sum(one.refund_fen for one in returns) - held


def _added(sums: Iterable[Mapping[TenderKind, int]]) -> dict[TenderKind, int]:
    added: dict[TenderKind, int] = {}
    for one in sums:
        for kind, fen in one.items():
            added[kind] = added.get(kind, 0) + fen
    return {kind: added[kind] for kind in TenderKind if added.get(kind)}


@dataclass(frozen=True, slots=True)
class Pending:
    """What is not at its end yet, to be looked at first: sales, and lines of the outbox."""

    open: int = 0
    held: int = 0
    settling: int = 0
    unsent: int = 0
    refused: int = 0
    unknown: int = 0

    @property
    def nothing(self) -> bool:
        """True when all is done."""
        return self == Pending()


@dataclass(frozen=True, slots=True)
class Shift:
    """An open shift: who began it and when, and what lay in the drawer, in fen."""

    number: str
    opened_at: datetime
    opened_by: str
    float_fen: int


class ClosingKind(StrEnum):
    """What was closed."""

    SHIFT = "shift"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted at the end of a shift: the drawer in fen, and who signed for it.

    `giver` hands over, and has `signed` by PIN or not; `taker` takes over, empty where nobody does.
    """

    counted_fen: int
    giver: str
    taker: str = ""
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Closing:
    """A shift or a day that was closed, as it was written down.

    `head` is the chain's head before it was: it notes outside what the log held. `shift` and
    `count` are a shift's alone.
    """

    kind: ClosingKind
    number: str
    at: datetime
    operator: str
    totals: Totals
    pending: Pending
    head: str = ""
    shift: Shift | None = None
    count: Count | None = None

    @property
    def expected_fen(self) -> int:
        """What should lie in the drawer at the end of a shift."""
        return (self.shift.float_fen if self.shift else 0) + self.totals.cash_fen

    @property
    def difference_fen(self) -> int:
        """What was counted more than expected; below nothing: it lacks."""
        return (self.count.counted_fen if self.count else 0) - self.expected_fen


def is_sum(fen: int) -> bool:
    """Whether a drawer may hold it."""
    return 0 <= fen <= MAX_PRICE_FEN


# --- as an event and a row keep it ----------------------------------------------------------

_PLAIN = (
    "sales",
    "total_fen",
    "discount_fen",
    "boxes",
    "codes",
    "fund_fen",
    "account_fen",
    "mutual_fen",
    "untold",
    "open_fen",
    "rounded_fen",
    "returns",
    "refund_fen",
    "refund_apart_fen",
)


def told_totals(of: Totals) -> dict[str, object]:
    """The sums in names and numbers."""
    return {
        **{name: getattr(of, name) for name in _PLAIN},
        "payments": {kind.value: list(pair) for kind, pair in of.payments.items()},
        "tenders": {kind.value: fen for kind, fen in of.tenders.items()},
        "refunds": {kind.value: fen for kind, fen in of.refunds.items()},
    }


def totals_of(
    plain: Mapping[str, int],
    payments: Mapping[str, Sequence[int]],
    tenders: Mapping[str, int],
    refunds: Mapping[str, int],
) -> Totals:
    """The sums again."""
    return Totals(
        **{name: int(plain[name]) for name in _PLAIN},
        payments={PaymentKind(kind): (pair[0], pair[1]) for kind, pair in payments.items()},
        tenders={TenderKind(kind): fen for kind, fen in tenders.items()},
        refunds={TenderKind(kind): fen for kind, fen in refunds.items()},
    )
