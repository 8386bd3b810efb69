"""What the platform must hear, and what it said, as the counter sees the ledger."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.people.people import Operator as Operator
from pharmacy_desk.core.upload.outbox import Became, OutboxLine


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """A message as it was first sent: id, transaction, document, lines, exact body."""

    msgid: str
    infno: str
    document: str
    keys: tuple[str, ...]
    body: bytes


class OutboxLedger(Protocol):
    """What the platform must hear, and what it said."""

    def store_messages(self, messages: Sequence[StoredMessage], at: datetime) -> None:
        """Keep messages and mark their lines as being sent, before anything is sent."""
        ...

    def message(self, msgid: str) -> StoredMessage | None:
        """A stored message with its exact body."""
        ...

    def take_msgids(self, at: datetime, counter: str, count: int) -> tuple[str, ...]:
        """Tails of message ids that were never given out before and never will be again."""
        ...

    def settle_lines(self, became: Sequence[Became], at: datetime) -> None:
        """Write what became of lines, all in one transaction."""
        ...

    def requeue(self, actor: Actor, keys: Sequence[str]) -> int:
        """Put refused lines back in the queue, as a person asked; how many."""
        ...

    def sold_line(self, document: str, code: str) -> OutboxLine | None:
        """The upload line a sold code went into, as it stands now."""
        ...

    def recover_sending(self, at: datetime) -> int:
        """After a start: lines that were being sent are unknown now; how many."""
        ...
