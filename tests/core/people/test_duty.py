"""Duty, the register's entries and working days: pure rules."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from pharmacy_desk.adapters.resources import load_profile
from pharmacy_desk.core.people.duty import (
    Entry,
    EntryFlaw,
    OnDuty,
    Points,
    RegisterState,
    entry_flaw,
    points_flaw,
    recovery,
    reminds,
    standing,
    stands_as_pharmacist,
)
from pharmacy_desk.core.people.working_days import Calendar
from tests.conftest import NOON

SUSPENDED = Entry("002", "执2020", RegisterState.SUSPENDED, date(2026, 11, 1), date(2026, 11, 30))
CALENDAR = load_profile("generic").calendar


def _on(entry: Entry, since: datetime = NOON) -> OnDuty:
    return OnDuty(entry.person, "张药师", since, entry)


def test_a_role_or_a_licence_makes_a_pharmacist() -> None:
    assert stands_as_pharmacist("药师", None)
    assert stands_as_pharmacist("店长", Entry("001", "执2020"))
    assert not stands_as_pharmacist("店长", Entry("001"))
    assert not stands_as_pharmacist("营业员", None)


def test_the_register_bars_insured_sales_only_and_only_between_its_days() -> None:
    there, barred = standing([_on(SUSPENDED)], NOON, insured=True)
    assert (there, [one.person for one in barred]) == ((), ["002"])
    there, barred = standing([_on(SUSPENDED)], NOON, insured=False)
    assert [one.person for one in there] == ["002"]
    assert barred == ()
    assert not SUSPENDED.barred(date(2026, 10, 31))
    assert SUSPENDED.barred(date(2026, 11, 30))
    assert not SUSPENDED.barred(date(2026, 12, 1))
    assert replace(SUSPENDED, until=None).barred(date(2030, 1, 1))


def test_who_forgot_to_sign_off_is_not_on_duty_the_next_day() -> None:
    one = _on(Entry("002"))
    assert one.counts(NOON + timedelta(hours=23))
    assert not one.counts(NOON + timedelta(hours=24))
    assert not one.counts(NOON - timedelta(seconds=1))


def test_working_days_go_by_weekends_holidays_and_worked_weekends() -> None:
    # 2026-10-10 is a worked Saturday behind the seven days of the national day.
    assert CALENDAR.after(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert CALENDAR.after(date(2026, 10, 9), 1) == date(2026, 10, 10)
    assert CALENDAR.before(date(2026, 10, 8), 1) == date(2026, 9, 30)
    assert Calendar().after(date(2026, 9, 30), 1) == date(2026, 10, 1)
    assert CALENDAR.knows(2026)
    assert not CALENDAR.knows(2027)


def test_recovery_is_applied_for_15_working_days_before_the_end() -> None:
    found = recovery(SUSPENDED, CALENDAR)
    assert found is not None
    assert found.apply_by == date(2026, 11, 9)
    assert found.answered_by == date(2026, 11, 23)
    assert found.exact
    applied = recovery(SUSPENDED, CALENDAR, date(2026, 11, 2))
    assert applied is not None
    assert applied.answered_by == date(2026, 11, 16)
    assert recovery(Entry("002"), CALENDAR) is None
    late = recovery(replace(SUSPENDED, until=date(2027, 1, 8)), CALENDAR)
    assert late is not None
    assert not late.exact  # nobody has told the holidays of 2027


def test_reminders_begin_a_week_before_and_end_with_the_suspension() -> None:
    days = [date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 30), date(2026, 12, 1)]
    assert [reminds(SUSPENDED, CALENDAR, day) is not None for day in days] == [
        False, True, True, False,
    ]  # fmt: skip


def test_points_are_added_up_as_entered() -> None:
    one = Points(date(2026, 5, 1), 3, "〔2026〕1号")
    assert Entry("002", notices=(one, replace(one, points=6, notice="2"))).points == 9
    today = date(2026, 11, 22)
    assert points_flaw(one, today) is None
    assert points_flaw(replace(one, points=13), today) is EntryFlaw.POINTS
    assert points_flaw(replace(one, day=date(2026, 11, 23)), today) is EntryFlaw.DAYS
    assert points_flaw(replace(one, notice=" "), today) is EntryFlaw.NOTICE


def test_an_entry_contradicts_itself_nowhere() -> None:
    assert entry_flaw(SUSPENDED) is None
    assert entry_flaw(replace(SUSPENDED, licence="执 2020")) is EntryFlaw.LICENCE
    assert entry_flaw(replace(SUSPENDED, until=date(2026, 10, 1))) is EntryFlaw.DAYS
    assert entry_flaw(replace(SUSPENDED, state=RegisterState.ACTIVE)) is EntryFlaw.DAYS
