"""Wishes about duty and the staff register, from any thread, done on the desk lane."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from datetime import date

from pharmacy_desk.core.people.duty import (
    Entry,
    EntryFlaw,
    Points,
    entry_flaw,
    points_flaw,
    stands_as_pharmacist,
)
from pharmacy_desk.core.people.free_text import kept_number
from pharmacy_desk.core.people.people import Operator, Right
from pharmacy_desk.core.people.roles import Role
from pharmacy_desk.core.ports.duty import DutyLedger
from pharmacy_desk.core.ports.people import PeopleLedger
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import DutyAnswer, DutyDid
from pharmacy_desk.counter.lanes import Lane
from pharmacy_desk.counter.people.approvals import Approvals
from pharmacy_desk.counter.people.at_counter import AtCounter
from pharmacy_desk.counter.people.roster import Roster


class DutyWishes:
    """Signs pharmacists on and off, and keeps what was entered of them."""

    def __init__(
        self,
        *,
        lane: Lane,
        duty: DutyLedger,
        people: PeopleLedger,
        who: AtCounter,
        roster: Roster,
        approvals: Approvals,
        practice: Callable[[], bool],
        looked: Callable[[], object],
        post: Callable[[news.News], None],
    ) -> None:
        self._lane = lane
        self._duty = duty
        self._people = people
        self._who = who
        self._roster = roster
        self._approvals = approvals
        self._practice = practice
        self._looked = looked
        self._post = post

    def show(self) -> Future[news.DutyShown]:
        """Tell who is on duty, and what the register holds."""
        return self._lane.wish(self._tell)

    def sign(self, person: str, pin: str | None = None, *, on: bool) -> Future[DutyAnswer]:
        """A pharmacist signs on (在岗) or off (离岗) with the PIN of their own.

        Whoever works at this counter has given it already; a practice home wants none.
        """

        def job() -> DutyAnswer:
            known = self._proved(person, pin)
            if isinstance(known, DutyDid):
                return DutyAnswer(known, person)
            return self._signed(known, on=on)

        return self._lane.wish(job)

    def _proved(self, person: str, pin: str | None) -> Operator | DutyDid:
        """Who signs, or why nobody does."""
        if not person:
            return DutyDid.UNKNOWN
        if pin:
            proved = self._people.prove(self._who.actor(), person, pin)
            return DutyDid(proved) if isinstance(proved, str) else proved
        known = self._people.operator(person)
        if known is None:
            # Training has no staff of its own: whoever is named there is a pharmacist.
            stranger = Operator(person, person, Role.PHARMACIST.value)
            return stranger if self._practice() else DutyDid.UNKNOWN
        signed_in = self._who.signed_in == person
        return known if signed_in or self._practice() else DutyDid.PIN_WANTED

    def _signed(self, person: Operator, *, on: bool) -> DutyAnswer:
        entry = self._roster.entry(person.id)
        trusted = self._practice() and person.role == Role.MANAGER.value
        if on and not trusted and not stands_as_pharmacist(person.role, entry):
            return DutyAnswer(DutyDid.NO_PHARMACIST, person.id, person.name)
        change = self._duty.sign_on if on else self._duty.sign_off
        changed = change(self._who.actor(), person.id)
        self._changed()
        if not changed:
            return DutyAnswer(DutyDid.NOT_ON, person.id, person.name)
        return DutyAnswer(DutyDid.ON if on else DutyDid.OFF, person.id, person.name)

    # --- the register ---------------------------------------------------------------------

    def keep_entry(self, entry: Entry) -> Future[DutyAnswer]:
        """Enter licence and state of a person; a manager's role does it, else one is asked."""
        entry = replace(entry, licence=entry.licence.strip())

        def job(_: str) -> DutyAnswer:
            self._duty.keep_entry(self._who.actor(), entry)
            return self._kept(entry.person)

        return self._managed(entry.person, entry_flaw(entry), job)

    def enter_points(self, person: str, points: Points) -> Future[DutyAnswer]:
        """Enter points by a notice of the bureau."""
        today = self._today()
        points = replace(points, notice=kept_number(points.notice.strip(), today))

        def job(_: str) -> DutyAnswer:
            if not self._duty.enter_points(self._who.actor(), person, points):
                return DutyAnswer(DutyDid.NOTICE_THERE, person)
            return self._kept(person)

        return self._managed(person, points_flaw(points, today), job)

    def withdraw_points(self, person: str, notice: str) -> Future[DutyAnswer]:
        """Take a notice out again; both stay in the event log."""

        def job(_: str) -> DutyAnswer:
            if not self._duty.withdraw_points(self._who.actor(), person, notice):
                return DutyAnswer(DutyDid.NO_NOTICE, person)
            return self._kept(person)

        return self._managed(person, None, job)

    def _managed(
        self, person: str, flaw: EntryFlaw | None, job: Callable[[str], DutyAnswer]
    ) -> Future[DutyAnswer]:
        def guarded() -> DutyAnswer:
            if flaw:
                return DutyAnswer(DutyDid(flaw.value), person)
            if all(one.operator.id != person for one in self._people.people()):
                return DutyAnswer(DutyDid.UNKNOWN, person)
            done = self._approvals.by_right(Right.PEOPLE, person, job)
            return done or DutyAnswer(DutyDid.APPROVAL_AWAITED, person)

        return self._lane.wish(guarded)

    def _kept(self, person: str) -> DutyAnswer:
        self._changed()
        return DutyAnswer(DutyDid.KEPT, person)

    def _today(self) -> date:
        return self._who.actor().at.date()

    def _changed(self) -> None:
        """What the gate says may be another thing now."""
        self._roster.refresh()
        self._looked()
        self._tell()

    def _tell(self) -> news.DutyShown:
        shown = news.DutyShown(self._roster.on_duty, self._duty.entries(), self._people.people())
        self._post(shown)
        return shown
