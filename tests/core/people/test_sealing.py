"""How long sealed records are kept: a profile may say longer, the law's least holds."""

from datetime import date

import pytest

from pharmacy_desk.core.people.sealing import Retention, SealedKind


@pytest.mark.parametrize("kind", [SealedKind.REGISTER, SealedKind.PRESCRIPTION])
def test_registers_and_prescriptions_are_kept_five_years_whatever_is_set(kind):
    today = date(2026, 11, 22)
    assert Retention().until(kind, today) == date(2031, 11, 22)
    assert Retention({kind: 1}).until(kind, today) == date(2031, 11, 22)
    assert Retention({kind: 10}).until(kind, today) == date(2036, 11, 22)


def test_a_person_is_kept_as_long_as_the_profile_says():
    assert Retention({SealedKind.PERSON: 1}).until(SealedKind.PERSON, date(2028, 2, 29)) == date(
        2029, 3, 1
    )
