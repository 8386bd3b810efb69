"""Tenders: how the customer pays her part. Recorded as told, never processed here.

Cash may be more than is owed and gives change; nothing else may. 抹零 rounds down what is paid in
cash, and only that: no amount of the insurance, no transfer, no price.
"""

from collections.abc import Sequence
from enum import StrEnum

from pharmacy_desk.core.basics.values import dataclass


class TenderKind(StrEnum):
    """现金, 微信, 支付宝, 银行卡, and what a commercial insurance pays beside it (商保, 丙类)."""

    CASH = "cash"
    WECHAT = "wechat"
    ALIPAY = "alipay"
    CARD = "card"
    COMMERCIAL = "commercial"


class Rounding(StrEnum):
    """抹零: cash is not rounded, or down to 角 or 元."""

    NONE = "none"
    JIAO = "jiao"
    YUAN = "yuan"

    @property
    def step_fen(self) -> int:
        """What cash is a multiple of."""
        return {Rounding.NONE: 1, Rounding.JIAO: 10, Rounding.YUAN: 100}[self]


@dataclass(frozen=True, slots=True)
class Tender:
    """An amount in fen, as it was handed over; `number` is a commercial insurance's case."""

    kind: TenderKind
    amount_fen: int
    number: str = ""


@dataclass(frozen=True, slots=True)
class Tendered:
    """What the person says of the payment: tenders with amounts, and by what the rest is paid.

    Without a rest the tenders must cover it; nothing said at all is cash, exactly.
    """

    told: tuple[Tender, ...] = ()
    rest: TenderKind | None = None


EXACT_CASH = Tendered()


class TenderFlaw(StrEnum):
    """Why tenders do not pay what is owed; the names are the report's."""

    SHORT = "TENDER_SHORT"
    TOO_MUCH = "TENDER_TOO_MUCH"
    BAD_AMOUNT = "TENDER_BAD_AMOUNT"
    NO_NUMBER = "TENDER_NO_NUMBER"


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken: tenders as handed over, what cash was rounded down by, and the change."""

    tenders: tuple[Tender, ...] = ()
    rounded_fen: int = 0
    change_fen: int = 0

    @property
    def net(self) -> dict[TenderKind, int]:
        """What stays of each kind, in fen: cash without its change."""
        found: dict[TenderKind, int] = {}
        for tender in self.tenders:
            found[tender.kind] = found.get(tender.kind, 0) + tender.amount_fen
        if self.change_fen:
            found[TenderKind.CASH] = found.get(TenderKind.CASH, 0) - self.change_fen
        return found


def form_flaw(tendered: Tendered) -> TenderFlaw | None:
    """What is wrong with tenders whatever is owed."""
    if any(tender.amount_fen <= 0 for tender in tendered.told):
        return TenderFlaw.BAD_AMOUNT
    numbered = [one for one in tendered.told if one.kind is TenderKind.COMMERCIAL]
    return TenderFlaw.NO_NUMBER if any(not one.number for one in numbered) else None


def take(tendered: Tendered, owed_fen: int, rounding: Rounding) -> Taken | TenderFlaw:
    """What is taken for a sum that is owed, or why these tenders do not pay it."""
    flaw = form_flaw(tendered)
    if flaw:
        return flaw
    cash_fen = _sum(tendered.told, cash=True)
    left_fen = owed_fen - _sum(tendered.told, cash=False)
    if left_fen < 0:
        return TenderFlaw.TOO_MUCH
    if tendered.rest not in (None, TenderKind.CASH) and cash_fen < left_fen:
        # The rest is no cash: nothing is rounded, and no change is given.
        return Taken((*tendered.told, Tender(tendered.rest, left_fen - cash_fen)))
    return _in_cash(tendered, cash_fen, left_fen, rounding.step_fen)


def _in_cash(tendered: Tendered, cash_fen: int, left_fen: int, step_fen: int) -> Taken | TenderFlaw:
    """What is left to be paid is paid in cash."""
    rounded_fen = left_fen % step_fen
    due_fen = left_fen - rounded_fen
    # Where other tenders leave some fen, nobody has paid these in cash: nothing is rounded away.
    unpaid = bool(tendered.told) and not cash_fen and left_fen > 0
    if cash_fen >= due_fen and not unpaid:
        return Taken(tendered.told, rounded_fen, cash_fen - due_fen)
    if tendered.told and tendered.rest is None:
        return TenderFlaw.SHORT
    if due_fen == cash_fen:
        return Taken(tendered.told, rounded_fen)
    rest = Tender(TenderKind.CASH, due_fen - cash_fen)
    return Taken((*tendered.told, rest), rounded_fen)


def as_told(tendered: Tendered) -> Taken:
    """Tenders of a sale whose sum was not known when they were told: they stand as they are."""
    return Taken(tendered.told)


def rest_fen(tendered: Tendered, owed_fen: int) -> int:
    """What is still to be paid, in fen; below nothing where more was handed over."""
    return owed_fen - sum(tender.amount_fen for tender in tendered.told)


def refund(taken: Taken, back_fen: int, refund_fen: int) -> tuple[Tender, ...]:
    """By which tenders a refund goes back: as it was paid (原路退回), in the order it was paid.

    `back_fen` went back before. What the tenders do not hold (a sum the insurance paid, a sale of
    before tenders were kept) is named by nobody.
    """
    found, behind = list[Tender](), back_fen
    for kind, amount_fen in taken.net.items():
        gone = min(behind, amount_fen)
        behind -= gone
        share_fen = min(refund_fen, amount_fen - gone)
        refund_fen -= share_fen
        if share_fen > 0:
            found.append(Tender(kind, share_fen))
    return tuple(found)


def _sum(tenders: Sequence[Tender], *, cash: bool) -> int:
    return sum(one.amount_fen for one in tenders if (one.kind is TenderKind.CASH) is cash)
