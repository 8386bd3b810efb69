"""Lot, production date or expiry not known."""

from pharmacy_desk.core.basics.policy import Action, Policy
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.sale.sale import PaymentKind
from tests.core.sale.gate.kit import GOOD, NO_LOT_ITEM, gate, line, sale, told


def test_a_box_that_names_its_own_lot_needs_none_of_the_item() -> None:
    whole = sale(line(1, NO_LOT_ITEM, 1, 1, GOOD))
    assert gate(whole, PaymentKind.ACCOUNT, True, Policy()) == ()
    half = sale(line(1, NO_LOT_ITEM, 1, 1, Batch("L1")))
    found = gate(half, PaymentKind.ACCOUNT, True, Policy())
    assert told(found) == [("NO_LOT", Action.BLOCK, (1,), 0)]


def test_self_paid_the_sale_closes_and_its_upload_line_waits() -> None:
    assert gate(sale(line(1, NO_LOT_ITEM, 1, 1)), PaymentKind.SELF, False, Policy()) == ()
