"""Pharmacists on duty (在岗), and what the insurance register says of them. Pure rules.

A suspended or terminated pharmacist cannot stand behind an insured sale; points are entered from
the bureau's notices and only added up (facts on the trade, section 2).
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.people.roles import Role
from pharmacy_desk.core.people.working_days import Calendar

# Somebody who forgot to sign off is not on duty for ever: no turn of duty lasts a whole day.
LONGEST_TURN = timedelta(hours=24)
# 15 working days before a suspension ends the pharmacist applies, within 10 it is answered.
APPLY_BEFORE, ANSWERED_WITHIN = 15, 10
# Letters, digits and what stands between them on a licence or a notice (〔2026〕12号).
MOST_CHARS = 40
# One notice takes 1 to 12 points (facts on the trade, section 2).
MOST_POINTS = 12


class RegisterState(StrEnum):
    """What the insurance's register of responsible persons says of somebody."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"


@dataclass(frozen=True, slots=True)
class Points:
    """Points of one notice (驾照式记分): the day, how many, and the notice's number."""

    day: date
    points: int
    notice: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A person's entry in the staff register, as it was entered here.

    `since` and `until` are the first and the last day of a suspension or termination, None where
    nobody told them.
    """

    person: str
    licence: str = ""
    state: RegisterState = RegisterState.ACTIVE
    since: date | None = None
    until: date | None = None
    notices: tuple[Points, ...] = ()

    @property
    def points(self) -> int:
        """The points entered here, added up; no verdict is drawn from them."""
        return sum(notice.points for notice in self.notices)

    def barred(self, today: date) -> bool:
        """True while the insurance's register does not let this person stand behind a sale."""
        if self.state is RegisterState.ACTIVE or (self.since and today < self.since):
            return False
        return self.until is None or today <= self.until


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Somebody who has signed on, since when, with their entry in the register."""

    person: str
    name: str
    since: datetime
    entry: Entry

    def counts(self, now: datetime) -> bool:
        """False once the sign-on is older than any turn of duty."""
        return self.since <= now < self.since + LONGEST_TURN


def stands_as_pharmacist(role: str, entry: Entry | None) -> bool:
    """Whether a person may sign on: a pharmacist by role, or by a licence that is entered."""
    return role == Role.PHARMACIST.value or bool(entry and entry.licence)


def standing(
    on_duty: Sequence[OnDuty], now: datetime, *, insured: bool
) -> tuple[tuple[OnDuty, ...], tuple[OnDuty, ...]]:
    """Who stands behind a sale now, and who is there and may not: the register bars insured sales.

    The register is the insurance's: it says nothing of a sale that it does not pay.
    """
    there = tuple(one for one in on_duty if one.counts(now))
    barred = tuple(one for one in there if insured and one.entry.barred(now.date()))
    return tuple(one for one in there if one not in barred), barred


@dataclass(frozen=True, slots=True)
class Recovery:
    """The way back from a suspension: apply until this day, the answer is due by that one.

    `exact` is False where the profile does not list the holidays of one of the years.
    """

    apply_by: date
    answered_by: date
    exact: bool


def recovery(entry: Entry, calendar: Calendar, applied_on: date | None = None) -> Recovery | None:
    """When a suspended person applies for recovery; None where nothing is to be applied for.

    The answer is counted from the day of the application, or from the last day for it.
    """
    if entry.state is not RegisterState.SUSPENDED or entry.until is None:
        return None
    apply_by = calendar.before(entry.until, APPLY_BEFORE)
    answered_by = calendar.after(applied_on or apply_by, ANSWERED_WITHIN)
    known = all(calendar.knows(day.year) for day in (apply_by, entry.until, answered_by))
    return Recovery(apply_by, answered_by, known)


# A reminder is of use from the week before its day on.
_REMIND_BEFORE = timedelta(days=7)


def reminds(entry: Entry, calendar: Calendar, today: date) -> Recovery | None:
    """The recovery to be reminded of: from a week before its day until the suspension ends."""
    found = recovery(entry, calendar)
    if found is None or entry.until is None or not entry.barred(today):
        return None
    return found if today >= found.apply_by - _REMIND_BEFORE else None


class EntryFlaw(StrEnum):
    """Why an entry or a notice cannot be kept."""

    LICENCE = "bad_licence"
    DAYS = "bad_days"
    POINTS = "bad_points"
    NOTICE = "bad_notice"


def entry_flaw(entry: Entry) -> EntryFlaw | None:
    """What is wrong with an entry; None when it can be kept."""
    plain = all(ch.isalnum() or ch in "-/" for ch in entry.licence)
    if len(entry.licence) > MOST_CHARS or not plain:
        return EntryFlaw.LICENCE
    wrong_order = entry.since and entry.until and entry.until < entry.since
    stray = entry.state is RegisterState.ACTIVE and (entry.since or entry.until)
    return EntryFlaw.DAYS if wrong_order or stray else None


def points_flaw(points: Points, today: date) -> EntryFlaw | None:
    """What is wrong with a notice; None when it can be kept."""
    if not 1 <= points.points <= MOST_POINTS:
        return EntryFlaw.POINTS
    if points.day > today:
        return EntryFlaw.DAYS
    if not points.notice.strip() or len(points.notice) > MOST_CHARS:
        return EntryFlaw.NOTICE
    return None
