"""Who works at the counter now: who signed in, else the one the settings name. On the desk lane."""

from collections.abc import Callable

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.people.people import Operator
from pharmacy_desk.core.people.roles import Role
from pharmacy_desk.core.ports.doors import Clock
from pharmacy_desk.core.ports.people import PeopleLedger
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.core.upload.message import Sender


class AtCounter:
    """Knows who works here, in whose name the ledger and the platform are told."""

    def __init__(
        self, *, people: PeopleLedger, clock: Clock, settings: Callable[[], Settings]
    ) -> None:
        self._people = people
        self._clock = clock
        self._settings = settings
        self._person: Operator | None = None

    @property
    def operator(self) -> str:
        """The number of who works at the counter now."""
        return self._person.id if self._person else self._settings().text("operator.id")

    @property
    def signed_in(self) -> str | None:
        """The number of who has signed in here by PIN or badge; None while nobody has."""
        return self._person.id if self._person else None

    def actor(self) -> Actor:
        """Who works at the counter, at this moment: what the ledger is told with every wish."""
        return Actor(self._clock.now(), self.operator)

    def sign_in(self, person: str, pin: str) -> Operator | str:
        """Take over the counter; else a reason: `bad_pin`, or `locked_out` after too many."""
        known = self._people.prove(self.actor(), person, pin)
        if isinstance(known, Operator):
            self.take_over(known, "pin")
        return known

    def take_over(self, person: Operator, way: str) -> None:
        """Somebody who was recognised works here from now on; the open sale stays as it is."""
        self._people.note_sign_in(person, way, self._clock.now())
        self._person = person

    @property
    def has_people(self) -> bool:
        """False in a store nobody can sign in to: no operator has been set up yet."""
        return any(person.active for person in self._people.people())

    @property
    def person(self) -> Operator:
        """Who works at the counter now, as the ledger has them at this moment.

        Somebody the ledger does not know has a clerk's rights; while nobody has been set up, and
        in a practice home, a manager's.
        """
        number = self.operator
        known = self._people.operator(number)
        if known:
            return known
        trusted = self._settings().practice or not self.has_people
        role = Role.MANAGER if trusted else Role.CLERK
        return Operator(number, self._settings().text("operator.name") or number, role.value)

    def trusts(self, number: str) -> bool:
        """True where a person's number needs no entry in the list of people: see `person`."""
        return number == self.operator or self._settings().practice or not self.has_people

    @property
    def role(self) -> str:
        """The role of who works at the counter now."""
        return self.person.role

    def sender(self) -> Sender:
        """Who sends what this counter uploads."""
        settings = self._settings()
        name = settings.text("operator.name") or settings.text("operator.id")
        return Sender(
            store=settings.text("store.code"),
            store_name=settings.text("store.name"),
            area=settings.text("store.area"),
            operator=self.operator,
            operator_name=self._person.name if self._person else name,
            pharmacist=settings.text("store.pharmacist"),
            pharmacist_cert=settings.text("store.pharmacist_cert"),
        )
