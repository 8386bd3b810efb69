"""The staff: who works here, kept by a manager. Wishes from any thread, done on the desk lane."""

import secrets
from collections.abc import Callable
from enum import StrEnum

from pharmacy_desk.core.people.people import (
    ApprovalRefusal,
    Operator,
    Person,
    Right,
    make_badge,
    pin_problem,
)
from pharmacy_desk.core.people.roles import Role
from pharmacy_desk.core.ports.people import PeopleLedger
from pharmacy_desk.counter import news
from pharmacy_desk.counter.lanes import Lane
from pharmacy_desk.counter.people.approvals import Approvals
from pharmacy_desk.counter.people.porter import Porter
from pharmacy_desk.counter.sale.till import Till


class StaffRefusal(StrEnum):
    """Why a wish about people was not done."""

    INCOMPLETE = "incomplete"
    SHORT_PIN = "short"
    PLAIN_PIN = "plain"
    NO_PIN = "no_pin"
    ROLE = "no_such_role"
    FIRST_MANAGER = "first_manager"
    LAST_MANAGER = "last_manager"
    UNKNOWN = "unknown_person"
    BADGE_TAKEN = "somebody_elses"


class Staff:
    """Adds people, changes and frees them, gives badges and takes them; nobody is deleted."""

    def __init__(
        self,
        *,
        lane: Lane,
        people: PeopleLedger,
        till: Till,
        porter: Porter,
        approvals: Approvals,
        post: Callable[[news.News], None],
    ) -> None:
        self._lane = lane
        self._people = people
        self._till = till
        self._porter = porter
        self._approvals = approvals
        self._post = post

    def people(self, receiver: Callable[[tuple[Person, ...]], None]) -> None:
        """Everybody who is or was here; `receiver` is called on the desk lane."""
        self._lane.submit(lambda: receiver(self._people.people()))

    def keep(self, person: Operator, pin: str | None) -> None:
        """Add a person, or change name and role; a PIN is changed when one is given."""

        def job() -> None:
            why = self._wrong(person, pin)
            if why:
                self._answer(person.id, why)
                return
            self._people.put_operator(self._till.actor(), person, pin)
            self._answer(person.id)

        self._managed(job, person.id)

    def set_active(self, person: str, *, active: bool) -> None:
        """Let a person work here no more, or again."""

        def job() -> None:
            if not active and self._is_last_manager(person):
                self._answer(person, StaffRefusal.LAST_MANAGER)
                return
            self._people.set_active(self._till.actor(), person, active=active)
            self._answer(person)

        self._managed(job, person)

    def free(self, person: str) -> None:
        """End a lock-out after wrong PINs."""

        def job() -> None:
            self._people.free_operator(self._till.actor(), person)
            self._answer(person)

        self._managed(job, person)

    def make_badge(self, person: str, made: Callable[[str], None]) -> None:
        """Give a person a new badge; `made` hears its text on the desk lane, for one print."""

        def job() -> None:
            text = make_badge(secrets.choice)
            self._porter.give(person, text)
            self._answer(person)
            made(text)

        self._managed(job, person)

    def enrol_badge(self, person: str) -> None:
        """The next two scans are this person's badge: a card of theirs."""
        self._managed(lambda: self._porter.begin_enrolling(person), person)

    def stop_enrolling(self) -> None:
        """Scans are the sale's again."""
        self._lane.submit(self._porter.stop_enrolling)

    def withdraw_badge(self, person: str) -> None:
        """A badge is lost: it signs in nobody any more."""

        def job() -> None:
            self._people.set_badge(self._till.actor(), person, None)
            self._answer(person)

        self._managed(job, person)

    def _managed(self, job: Callable[[], None], person: str) -> None:
        """Only a manager's role does it; the first person is added by whoever sets the store up."""

        def guarded() -> None:
            self._approvals.need(Right.PEOPLE, job, dropped)

        def dropped() -> None:
            self._answer(person, ApprovalRefusal.DROPPED)

        self._lane.submit(guarded)

    def _wrong(self, person: Operator, pin: str | None) -> str:
        """Why a person cannot be kept so; empty when they can."""
        people = self._people.people()
        known = any(one.operator.id == person.id for one in people)
        manager = person.role == Role.MANAGER.value
        if not person.id.strip() or not person.name.strip():
            return StaffRefusal.INCOMPLETE
        if person.role not in {role.value for role in Role}:
            return StaffRefusal.ROLE
        if pin is None and not known:
            return StaffRefusal.NO_PIN
        if pin is not None and (why := pin_problem(pin)):
            return why
        if not manager and not any(one.active and _manages(one) for one in people):
            return StaffRefusal.FIRST_MANAGER
        if not manager and self._is_last_manager(person.id):
            return StaffRefusal.LAST_MANAGER
        return ""

    def _is_last_manager(self, person: str) -> bool:
        managers = [p.operator.id for p in self._people.people() if p.active and _manages(p)]
        return managers == [person]

    def _answer(self, person: str, refused: str = "") -> None:
        self._post(news.PeopleChanged(person, refused))


def _manages(person: Person) -> bool:
    return person.operator.role == Role.MANAGER.value
