"""Questions about the people who work here."""

from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.part import ReadPart
from pharmacy_desk.adapters.store.people.people import all_people
from pharmacy_desk.core.people.people import Person


@reads_rows
class PeopleReader(ReadPart):
    """Who works or worked here."""

    def people(self) -> tuple[Person, ...]:
        """Everybody who is or was an operator here. Raises `WorldError` for an older schema."""
        return all_people(self._conn)
