"""Who pays what in a mixed basket, to the fen."""

from dataclasses import replace

from pharmacy_desk.core.catalogue.drugs import InsuranceClass
from pharmacy_desk.core.sale.cover import NO_LISTS
from pharmacy_desk.core.sale.sale import Cover, PaymentKind, Settlement
from tests.core.sale.gate.kit import DRUG, TODAY, line, sale

OWN = replace(DRUG, code="Y2", price_fen=333, insurance_class=InsuranceClass.SELF)
BASKET = sale(line(1, DRUG, 2, 2), line(2, OWN, 3, 3), replace(line(3, DRUG, 1, 1), gift=True))
COVERED = NO_LISTS.cover(BASKET, PaymentKind.POOLED, TODAY)


def test_insured_and_own_lines_are_summed_apart_and_are_the_whole() -> None:
    assert [one.cover for one in COVERED.lines] == [Cover.INSURED, Cover.OWN, Cover.OWN]
    assert COVERED.insured_fen == 4360
    assert COVERED.insured_fen + COVERED.own_fen == COVERED.total_fen
    assert [one.number for one in COVERED.insured_part().lines] == [1]
    assert COVERED.insured_part().total_fen == COVERED.insured_fen


def test_the_customer_owes_her_part_of_the_settlement_and_what_stands_beside_it() -> None:
    paid = replace(
        COVERED,
        payment=PaymentKind.POOLED,
        settlement=Settlement("T1", None, 3000, 1000, 0, 360),
        tendered_fen=10000,
    )
    assert paid.owed_fen == 360 + COVERED.own_fen
    assert paid.change_fen == 10000 - 360 - COVERED.own_fen
    unknown = replace(paid, settlement=Settlement("T1"))
    assert unknown.owed_fen is None


def test_a_self_paid_sale_bears_no_mark_and_an_old_insured_one_was_insured_whole() -> None:
    self_paid = NO_LISTS.cover(COVERED, PaymentKind.SELF, TODAY)
    assert {one.cover for one in self_paid.lines} == {None}
    assert (self_paid.insured_fen, self_paid.mixed) == (0, False)
    old = replace(BASKET, payment=PaymentKind.POOLED)
    assert (old.insured_fen, old.own_fen) == (old.total_fen, 0)
