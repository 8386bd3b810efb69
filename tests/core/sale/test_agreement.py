"""The store's agreement with the insurance, day by day."""

from datetime import date

import pytest

from pharmacy_desk.core.sale.agreement import Agreement, NotInForce

N = NotInForce
DAY = date(2026, 11, 22)
BEFORE, AFTER = date(2026, 11, 21), date(2026, 11, 23)


@pytest.mark.parametrize(
    ("agreement", "why"),
    [
        (Agreement(), None),
        (Agreement(designated=False), N.NOT_DESIGNATED),
        (Agreement(begins=DAY, ends=DAY), None),
        (Agreement(begins=AFTER), N.NOT_BEGUN),
        (Agreement(ends=BEFORE), N.OVER),
        (Agreement(suspended_from=DAY), N.SUSPENDED),
        (Agreement(suspended_from=BEFORE, suspended_until=DAY), N.SUSPENDED),
        (Agreement(suspended_from=BEFORE, suspended_until=BEFORE), None),
        (Agreement(suspended_from=AFTER), None),
        (Agreement(suspended_until=AFTER), None),
    ],
)
def test_what_speaks_against_settling_on_a_day(
    agreement: Agreement, why: NotInForce | None
) -> None:
    assert agreement.speaks_against(DAY) is why
