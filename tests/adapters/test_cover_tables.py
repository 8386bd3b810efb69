"""The tables of a region profile that say what each payment kind pays."""

from datetime import date

import pytest

from pharmacy_desk.adapters.cover_tables import cover_rules
from pharmacy_desk.adapters.resources import load_profile
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.catalogue.drugs import Category, Item
from pharmacy_desk.core.sale.cover import Barred, CoverRules

DAY = date(2026, 11, 22)
MASK = Item("M1", "医用口罩", category=Category.DEVICE_II, insurance_code="C1")


def test_lists_have_days_kinds_and_what_they_name() -> None:
    rules = cover_rules({
        "pays": [{"kinds": ["account"], "since": DAY, "categories": ["二类医疗器械"],
                  "classes": ["自费"]}],
        "only": [{"kinds": ["dual"], "codes": ["X1", "X2"]}],
        "caps": [{"list": "集采", "until": DAY, "fen": {"X1": 990}}],
        "exempt": [{"codes": ["X9"], "until": DAY}],
    })  # fmt: skip
    assert rules.goods[0].pays(MASK, PaymentKind.ACCOUNT, DAY)
    assert not rules.goods[0].pays(MASK, PaymentKind.ACCOUNT, date(2026, 11, 21))
    assert rules.only[0].codes == {"X1", "X2"}
    assert [(cap.code, cap.most_fen, cap.list) for cap in rules.caps] == [("X1", 990, "集采")]
    drug = Item("Y9", "某药", insurance_code="X9")
    assert rules.exempts(drug, DAY)
    assert not rules.exempts(drug, date(2026, 11, 23))
    assert cover_rules(None) == CoverRules()


@pytest.mark.parametrize(
    "bad",
    [
        {"pays": [{"kinds": ["cash"], "categories": [], "classes": []}]},
        {"pays": [{"kinds": ["account"], "categories": ["口罩"], "classes": []}]},
        {"only": [{"kinds": ["dual"]}]},
        {"caps": {"X1": 990}},
        {"caps": [{"fen": {"X1": 990}, "since": "2026"}]},
    ],
)
def test_what_is_no_such_list_is_refused(bad: object) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        cover_rules(bad)


def test_the_generic_region_lets_the_personal_account_pay_devices_and_no_other_kind() -> None:
    rules = load_profile("generic").cover
    assert rules.barred(MASK, PaymentKind.ACCOUNT, DAY) is None
    assert rules.barred(MASK, PaymentKind.POOLED, DAY) is Barred.NO_DRUG
