"""The settings table: its rows agree with the districts that it does not know."""

from datetime import date

import pytest

from pharmacy_desk.core.basics.payment import KINDS, PaymentKind
from pharmacy_desk.core.sale.agreement import Agreement
from pharmacy_desk.core.settings.settings import BY_KEY, Settings, problem
from pharmacy_desk.core.stock.movement import SECOND_PERSON, MovementKind


def test_a_document_that_may_want_a_second_person_has_its_setting() -> None:
    told = {kind: BY_KEY[f"approval.{kind}"].default for kind in SECOND_PERSON}
    assert told[MovementKind.LOSS] == "approve"
    assert told[MovementKind.COUNT] == "none"
    alone = {"approval.single_person"}
    assert {key for key in BY_KEY if key.startswith("approval.")} - alone == {
        f"approval.{kind}" for kind in told
    }


def test_a_store_that_is_not_designated_takes_no_kind_of_insurance() -> None:
    assert Settings({}, practice=True).policy.served == KINDS
    alone = Settings({"store.designated": False}, practice=True)
    assert alone.policy.served == (PaymentKind.SELF,)


@pytest.mark.parametrize(
    ("text", "right"),
    [("", True), ("2026-01-31", True), ("2026-02-30", False), ("20260131", False), ("x", False)],
)
def test_the_days_of_an_agreement_are_days(text: str, right: bool) -> None:
    assert (problem(BY_KEY["store.suspended_from"], text) is None) is right


def test_an_agreement_is_read_from_the_settings() -> None:
    told = Settings({"store.agreement_until": "2026-12-31"}, practice=False).agreement
    assert told == Agreement(ends=date(2026, 12, 31))
