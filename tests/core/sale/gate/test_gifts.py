"""Gifts at the gate: what may be given away, and with which payment."""

from dataclasses import replace

from pharmacy_desk.core.basics.policy import Action, Policy
from pharmacy_desk.core.catalogue.drugs import Item, RxFlag
from pharmacy_desk.core.sale.sale import Line, PaymentKind
from tests.conftest import LOT
from tests.core.sale.gate.kit import box, gate, sale, told

FREE = Item("G1", "维生素C片", rx=RxFlag.OTC_B, price_fen=990, batch=LOT)
GIFT = Line(2, FREE, 0, 0, (box(number=2),), gift=True)
WITH_GIFT = sale(Line(1, FREE, 0, 990, (box(number=1),)), GIFT)


def test_an_insured_sale_takes_no_gift() -> None:
    found = told(gate(WITH_GIFT, PaymentKind.POOLED, True, Policy()))
    assert ("GIFT_INSURED", Action.BLOCK, (2,), 0) in found
    assert gate(WITH_GIFT, PaymentKind.SELF, True, Policy()) == ()


def test_a_self_paid_sale_takes_no_gift_whose_class_has_become_forbidden() -> None:
    changed = sale(replace(GIFT, item=replace(FREE, rx=RxFlag.RX)))
    found = gate(changed, PaymentKind.SELF, True, Policy())
    assert told(found) == [("GIFT_NOT_ALLOWED", Action.BLOCK, (2,), 0)]
