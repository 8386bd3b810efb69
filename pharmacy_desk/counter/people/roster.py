"""The roster: who has signed on as pharmacist, kept in memory. Every method on the desk lane.

The gate asks at every key of a sale; the disk is read after a change only.
"""

from pharmacy_desk.core.people.duty import Entry, OnDuty
from pharmacy_desk.core.people.people import Person
from pharmacy_desk.core.ports.duty import DutyLedger
from pharmacy_desk.core.ports.people import PeopleLedger


class Roster:
    """Who is on duty, by name, with what the register says of each."""

    def __init__(self, duty: DutyLedger, people: PeopleLedger) -> None:
        self._duty = duty
        self._people = people
        self._known: tuple[OnDuty, ...] | None = None

    @property
    def on_duty(self) -> tuple[OnDuty, ...]:
        """Everybody who has signed on, those included whom the register bars by now."""
        if self._known is None:
            self._known = self._read()
        return self._known

    def entry(self, person: str) -> Entry | None:
        """What was entered of a person."""
        return next((one for one in self._duty.entries() if one.person == person), None)

    def refresh(self) -> None:
        """Somebody signed on or off, left, or has another entry."""
        self._known = None

    def _read(self) -> tuple[OnDuty, ...]:
        people = {one.operator.id: one for one in self._people.people()}
        entries = {one.person: one for one in self._duty.entries()}
        return tuple(
            OnDuty(person, _name(people, person), since, entries.get(person, Entry(person)))
            for person, since in self._duty.signed_on()
            if person not in people or people[person].active
        )


def _name(people: dict[str, Person], person: str) -> str:
    known = people.get(person)
    return known.operator.name if known else person
