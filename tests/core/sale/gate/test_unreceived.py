"""Boxes without a receiving record."""

from datetime import date

from pharmacy_desk.core.basics.policy import Action, Policy
from pharmacy_desk.core.sale.sale import Line, PaymentKind
from pharmacy_desk.core.stock.no_code import NoCodeBox
from tests.core.sale.gate.kit import DRUG, GOOD, box, sale, sale_of, today, told


def test_a_box_the_ledger_never_received_is_told_with_the_real_kind_of_payment() -> None:
    policy = Policy(
        insured={"OK_UNRECEIVED": Action.APPROVE}, self_paid={"OK_UNRECEIVED": Action.ALLOW}
    )
    goods = sale_of(box(GOOD, received=False))
    assert today(goods, PaymentKind.SELF, policy) == ()
    found = today(goods, PaymentKind.CHRONIC, policy)
    assert told(found) == [("OK_UNRECEIVED", Action.APPROVE, (1,), 1)]


def test_a_box_of_the_no_code_library_came_in_by_its_entry() -> None:
    kept = NoCodeBox(50, "E1", GOOD, date(2025, 6, 30))
    goods = sale(Line(1, DRUG, 0, DRUG.price_fen, no_code=(kept,)))
    assert today(goods, PaymentKind.SELF, Policy({"OK_UNRECEIVED": Action.BLOCK})) == ()
