"""Events and document numbers of their own, as the counter sees the ledger."""

from typing import Protocol

from pharmacy_desk.core.basics.events import Event
from pharmacy_desk.core.people.people import Operator as Operator


class EventLedger(Protocol):
    """Events and document numbers of their own."""

    def take_document(self) -> str:
        """The next document number of this counter."""
        ...

    def note(self, event: Event) -> None:
        """Append one event."""
        ...
