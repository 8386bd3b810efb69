"""Preparations with ephedrine: two packs a sale, also where nobody insures."""

from dataclasses import replace
from datetime import date

import pytest

from pharmacy_desk.core.basics.policy import Action
from pharmacy_desk.core.sale.dispensing import packs_of
from pharmacy_desk.core.sale.prescription import Prescribed, Prescription
from pharmacy_desk.core.sale.sale import PaymentKind
from pharmacy_desk.core.sale.special import register_entries, rule_on
from tests.core.sale.gate.kit import COLD, COUGH, DRUG, RULE, TODAY, line, sale, told_special

KINDS = [PaymentKind.SELF, PaymentKind.POOLED]


@pytest.mark.parametrize("kind", KINDS)
def test_a_third_box_is_stopped_whichever_drugs_they_are(kind):
    assert told_special(sale(line(1, COLD, 2, 2)), kind) == []
    assert told_special(sale(line(1, COLD, 3, 3)), kind) == [
        ("QUANTITY_LIMIT", Action.BLOCK, (1,), 0)
    ]
    mixed = sale(line(1, COLD, 1, 1), line(2, DRUG, 5, 5), line(3, COUGH, 2, 2))
    assert told_special(mixed, kind) == [("QUANTITY_LIMIT", Action.BLOCK, (1, 3), 0)]


def test_a_prescription_lets_through_what_it_has_left():
    drugs = (Prescribed(1, COLD.code, COLD.name, 3, dispensed=1),)
    paper = Prescription("p", "RX1", "示例医院", "440300", "示", TODAY, drugs)
    four, five = sale(line(1, COLD, 4, 4)), sale(line(1, COLD, 5, 5))
    assert told_special(replace(four, prescription=paper)) == []
    assert told_special(replace(five, prescription=paper)) != []


def test_the_rule_is_dated_data():
    tighter = replace(RULE, since=date(2027, 1, 1), most_packs=1)
    rules = (tighter, RULE)
    assert rule_on(rules, date(2026, 12, 31)) is RULE
    assert rule_on(rules, date(2027, 1, 1)) is tighter
    assert rule_on(rules, date(2000, 1, 1)) is None
    assert told_special(sale(line(1, COLD, 3, 3)), rule=None, person=None) == []


def test_units_of_an_opened_box_count_as_the_packs_they_come_from():
    opened = replace(COLD, split_unit="片", split_ratio=10)
    units = replace(line(1, opened, 0, 1), split=True)
    units = replace(units, boxes=(replace(units.boxes[0], units=11),))
    assert packs_of(units) == 2


def test_the_register_has_a_line_for_each_lot():
    entries = register_entries(sale(line(1, DRUG, 1, 1), line(2, COLD, 2, 2)))
    assert [(one.line, one.name, one.lot, one.quantity) for one in entries] == [
        (2, "伪麻", COLD.batch.lot, 2)
    ]
