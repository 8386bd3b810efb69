"""Who does something and when: what every writer of the ledger is told first."""

from datetime import datetime

from pharmacy_desk.core.basics.events import Event, EventKind
from pharmacy_desk.core.basics.values import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """An operator's number at a moment; empty where nobody in particular acts."""

    at: datetime
    operator: str

    def event(
        self,
        kind: EventKind,
        code: str | None = None,
        document: str | None = None,
        payload: dict[str, object] | None = None,
    ) -> Event:
        """What they did, before it has its place in the log."""
        return Event(
            kind=kind,
            at=self.at,
            operator=self.operator,
            code=code,
            document=document,
            payload=payload or {},
        )
