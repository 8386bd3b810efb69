"""Gifts at the gate: what may be given away, and with which payment."""

from dataclasses import replace

from pharmacy_desk.core.basics.policy import Action, Policy
from pharmacy_desk.core.catalogue.drugs import Item, RxFlag
from pharmacy_desk.core.sale.sale import Line, PaymentKind
from tests.conftest import LOT
from tests.core.sale.gate.kit import DRUG, box, gate, line, sale, told

FREE = Item("G1", "维生素C片", rx=RxFlag.OTC_B, price_fen=990, batch=LOT)
GIFT = Line(2, FREE, 0, 0, (box(number=2),), gift=True)


def test_a_gift_stands_beside_what_the_insurance_pays() -> None:
    with_gift = sale(line(1, DRUG, 1, 1), GIFT)
    assert gate(with_gift, PaymentKind.POOLED, True, Policy()) == ()
    assert gate(with_gift, PaymentKind.SELF, True, Policy()) == ()


def test_a_self_paid_sale_takes_no_gift_whose_class_has_become_forbidden() -> None:
    changed = sale(replace(GIFT, item=replace(FREE, rx=RxFlag.RX)))
    found = gate(changed, PaymentKind.SELF, True, Policy())
    assert told(found) == [("GIFT_NOT_ALLOWED", Action.BLOCK, (2,), 0)]
