"""Tenders: what is taken, given back and rounded, to the fen."""

import pytest

from pharmacy_desk.core.sale.tender import (
    EXACT_CASH,
    Rounding,
    Taken,
    Tender,
    Tendered,
    TenderFlaw,
    TenderKind,
    refund,
    rest_fen,
    take,
)

NO, JIAO, YUAN = Rounding.NONE, Rounding.JIAO, Rounding.YUAN


def _cash(fen: int) -> Tender:
    return Tender(TenderKind.CASH, fen)


def _wechat(fen: int) -> Tender:
    return Tender(TenderKind.WECHAT, fen)


def _told(*tenders: Tender, rest: TenderKind | None = None) -> Tendered:
    return Tendered(tenders, rest)


@pytest.mark.parametrize(
    ("tendered", "owed", "rounding", "taken"),
    [
        (EXACT_CASH, 4368, NO, Taken((_cash(4368),))),
        (EXACT_CASH, 4368, JIAO, Taken((_cash(4360),), 8)),
        (EXACT_CASH, 4368, YUAN, Taken((_cash(4300),), 68)),
        (EXACT_CASH, 8, JIAO, Taken((), 8)),
        (EXACT_CASH, 0, NO, Taken()),
        (_told(_cash(5000)), 4368, NO, Taken((_cash(5000),), 0, 632)),
        (_told(_cash(5000)), 4368, JIAO, Taken((_cash(5000),), 8, 640)),
        (_told(rest=TenderKind.WECHAT), 4368, JIAO, Taken((_wechat(4368),))),
        (_told(_wechat(4368)), 4368, YUAN, Taken((_wechat(4368),))),
        (_told(_wechat(4000), _cash(400)), 4368, JIAO, Taken((_wechat(4000), _cash(400)), 8, 40)),
        (
            _told(_cash(2000), rest=TenderKind.WECHAT),
            4368,
            JIAO,
            Taken((_cash(2000), _wechat(2368))),
        ),
        (
            _told(_wechat(4000), rest=TenderKind.CASH),
            4368,
            JIAO,
            Taken((_wechat(4000), _cash(360)), 8),
        ),
        (_told(_cash(5000), rest=TenderKind.WECHAT), 4368, NO, Taken((_cash(5000),), 0, 632)),
    ],
)
def test_what_is_taken(tendered: Tendered, owed: int, rounding: Rounding, taken: Taken) -> None:
    found = take(tendered, owed, rounding)
    assert found == taken
    handed = sum(one.amount_fen for one in taken.tenders)
    assert handed - taken.change_fen + taken.rounded_fen == owed
    assert sum(taken.net.values()) == owed - taken.rounded_fen


@pytest.mark.parametrize(
    ("tendered", "flaw"),
    [
        (_told(_cash(4000)), TenderFlaw.SHORT),
        (_told(_wechat(4000)), TenderFlaw.SHORT),
        # Pennies that nobody paid in cash are not rounded away.
        (_told(_wechat(4360)), TenderFlaw.SHORT),
        (_told(_wechat(5000)), TenderFlaw.TOO_MUCH),
        (_told(_wechat(4000), _wechat(400), rest=TenderKind.CASH), TenderFlaw.TOO_MUCH),
        (_told(_cash(0)), TenderFlaw.BAD_AMOUNT),
        (_told(_wechat(-5)), TenderFlaw.BAD_AMOUNT),
        (_told(Tender(TenderKind.COMMERCIAL, 4368)), TenderFlaw.NO_NUMBER),
    ],
)
def test_what_does_not_pay(tendered: Tendered, flaw: TenderFlaw) -> None:
    assert take(tendered, 4368, JIAO) is flaw


def test_a_commercial_insurance_pays_by_a_numbered_case() -> None:
    case = Tender(TenderKind.COMMERCIAL, 4000, "LP2026-7")
    found = take(_told(case, rest=TenderKind.ALIPAY), 4368, JIAO)
    assert found == Taken((case, Tender(TenderKind.ALIPAY, 368)))


def test_the_rest_is_what_is_still_to_be_paid() -> None:
    assert rest_fen(_told(_wechat(4000)), 4368) == 368
    assert rest_fen(_told(_cash(5000)), 4368) == -632


def test_a_refund_goes_back_as_it_was_paid() -> None:
    taken = Taken((_cash(2000), _wechat(2368)))
    assert refund(taken, 0, 1500) == (_cash(1500),)
    assert refund(taken, 0, 3000) == (_cash(2000), _wechat(1000))
    assert refund(taken, 1500, 1000) == (_cash(500), _wechat(500))
    # Change went back at once, and what the insurance paid is no tender.
    assert refund(Taken((_cash(5000),), 0, 632), 0, 5000) == (_cash(4368),)
