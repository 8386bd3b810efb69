"""The staff: who works here, kept by a manager. Wishes from any thread, done on the desk lane."""

import secrets
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import field
from enum import StrEnum
from typing import TypeAlias

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.people.people import (
    Operator,
    Person,
    Right,
    make_badge,
    pin_problem,
)
from pharmacy_desk.core.people.roles import Role
from pharmacy_desk.core.ports.people import PeopleLedger
from pharmacy_desk.counter import news
from pharmacy_desk.counter.lanes import Lane, flat
from pharmacy_desk.counter.people.approvals import Approvals
from pharmacy_desk.counter.people.at_counter import AtCounter
from pharmacy_desk.counter.people.awaited import awaited
from pharmacy_desk.counter.people.porter import Porter
from pharmacy_desk.counter.people.roster import Roster


class StaffDid(StrEnum):
    """What became of a wish about people, or why nothing was done."""

    KEPT = "kept"
    LEFT = "left"
    BACK = "back"
    FREED = "freed"
    BADGE_MADE = "badge_made"
    BADGE_WITHDRAWN = "badge_withdrawn"
    ENROLLING = "enrolling"
    NOT_ENROLLED = "not_enrolled"
    INCOMPLETE = "incomplete"
    SHORT_PIN = "short"
    PLAIN_PIN = "plain"
    NO_PIN = "no_pin"
    ROLE = "no_such_role"
    FIRST_MANAGER = "first_manager"
    LAST_MANAGER = "last_manager"
    UNKNOWN = "unknown_person"
    BADGE_TAKEN = "somebody_elses"
    NOT_APPROVED = "not_approved"

    @property
    def refused(self) -> bool:
        """True when nobody was changed."""
        return self not in _DONE


_DONE = frozenset(
    {
        StaffDid.KEPT,
        StaffDid.LEFT,
        StaffDid.BACK,
        StaffDid.FREED,
        StaffDid.BADGE_MADE,
        StaffDid.BADGE_WITHDRAWN,
        StaffDid.ENROLLING,
        StaffDid.NOT_ENROLLED,
    }
)


@dataclass(frozen=True, slots=True)
class StaffAnswer:
    """What became of a wish about a person; `badge` is a new badge's text, for one print only."""

    what: StaffDid
    person: str
    badge: str = field(default="", repr=False)


StaffWish: TypeAlias = Future[StaffAnswer]


class StaffWishes:
    """Adds people, changes and frees them, gives badges and takes them; nobody is deleted."""

    def __init__(
        self,
        *,
        lane: Lane,
        people: PeopleLedger,
        who: AtCounter,
        roster: Roster,
        porter: Porter,
        approvals: Approvals,
        post: Callable[[news.News], None],
    ) -> None:
        self._lane = lane
        self._people = people
        self._who = who
        self._roster = roster
        self._porter = porter
        self._approvals = approvals
        self._post = post

    def people(self) -> Future[tuple[Person, ...]]:
        """Everybody who is or was here."""
        return self._lane.wish(self._people.people)

    def keep(self, person: Operator, pin: str | None) -> StaffWish:
        """Add a person, or change name and role; a PIN is changed when one is given."""

        def job() -> StaffAnswer:
            why = self._wrong(person, pin)
            if why:
                return StaffAnswer(why, person.id)
            self._people.put_operator(self._who.actor(), person, pin)
            return StaffAnswer(StaffDid.KEPT, person.id)

        return self._managed(job, person.id)

    def set_active(self, person: str, *, active: bool) -> StaffWish:
        """Let a person work here no more, or again."""

        def job() -> StaffAnswer:
            if not active and self._is_last_manager(person):
                return StaffAnswer(StaffDid.LAST_MANAGER, person)
            self._people.set_active(self._who.actor(), person, active=active)
            return StaffAnswer(StaffDid.BACK if active else StaffDid.LEFT, person)

        return self._managed(job, person)

    def free(self, person: str) -> StaffWish:
        """End a lock-out after wrong PINs."""

        def job() -> StaffAnswer:
            self._people.free_operator(self._who.actor(), person)
            return StaffAnswer(StaffDid.FREED, person)

        return self._managed(job, person)

    def make_badge(self, person: str) -> StaffWish:
        """Give a person a new badge; only the answer tells its text."""

        def job() -> StaffAnswer:
            text = make_badge(secrets.choice)
            if self._porter.give(person, text):
                return StaffAnswer(StaffDid.BADGE_TAKEN, person)
            return StaffAnswer(StaffDid.BADGE_MADE, person, text)

        return self._managed(job, person)

    def enrol_badge(self, person: str) -> StaffWish:
        """The next two scans are this person's badge: a card of theirs; each scan is told."""

        def begin() -> StaffAnswer:
            self._porter.begin_enrolling(person)
            return StaffAnswer(StaffDid.ENROLLING, person)

        return self._once_allowed(begin, person)

    def stop_enrolling(self) -> StaffWish:
        """Scans are the sale's again."""

        def job() -> StaffAnswer:
            return StaffAnswer(StaffDid.NOT_ENROLLED, self._porter.stop_enrolling())

        return self._lane.wish(job)

    def withdraw_badge(self, person: str) -> StaffWish:
        """A badge is lost: it signs in nobody any more."""

        def job() -> StaffAnswer:
            self._people.set_badge(self._who.actor(), person, None)
            return StaffAnswer(StaffDid.BADGE_WITHDRAWN, person)

        return self._managed(job, person)

    def _managed(self, job: Callable[[], StaffAnswer], person: str) -> StaffWish:
        """Only a manager's role does it; the first person is added by whoever sets the store up.

        The answer is there once somebody said yes, or nobody did.
        """

        def done() -> StaffAnswer:
            told = job()
            if not told.what.refused:
                self._roster.refresh()
                self._post(news.PeopleChanged(person))
            return told

        return self._once_allowed(done, person)

    def _once_allowed(self, job: Callable[[], StaffAnswer], person: str) -> StaffWish:
        def wish() -> StaffWish:
            return awaited(
                lambda then, dropped: self._approvals.need(Right.PEOPLE, then, dropped),
                job,
                StaffAnswer(StaffDid.NOT_APPROVED, person),
            )

        return flat(self._lane.wish(wish))

    def _wrong(self, person: Operator, pin: str | None) -> StaffDid | None:
        """Why a person cannot be kept so; None when they can."""
        people = self._people.people()
        known = any(one.operator.id == person.id for one in people)
        manager = person.role == Role.MANAGER.value
        if not person.id.strip() or not person.name.strip():
            return StaffDid.INCOMPLETE
        if person.role not in {role.value for role in Role}:
            return StaffDid.ROLE
        if pin is None and not known:
            return StaffDid.NO_PIN
        if pin is not None and (why := pin_problem(pin)):
            return StaffDid(why)
        if not manager and not any(one.active and _manages(one) for one in people):
            return StaffDid.FIRST_MANAGER
        if not manager and self._is_last_manager(person.id):
            return StaffDid.LAST_MANAGER
        return None

    def _is_last_manager(self, person: str) -> bool:
        managers = [p.operator.id for p in self._people.people() if p.active and _manages(p)]
        return managers == [person]


def _manages(person: Person) -> bool:
    return person.operator.role == Role.MANAGER.value
