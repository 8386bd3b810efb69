"""What the window asks of the outbox."""

from typing import Protocol

from pharmacy_desk.core.upload.outbox import EVERY_LINE, QueuedLine, QueueFilter, QueueSummary


class OutboxReading(Protocol):
    """What is on its way to the platform."""

    def queue(self) -> QueueSummary:
        """How the outbox stands, in lines."""
        ...

    def lines(
        self,
        behind: QueuedLine | None = None,
        limit: int = 500,
        wanted: QueueFilter = EVERY_LINE,
    ) -> list[QueuedLine]:
        """Outbox lines: what needs a person first, then what waits, then the newest done.

        `behind` is the last one read. Open lines come by their next try, the latest first.
        """
        ...

    def refused_keys(self) -> list[str]:
        """Keys of all lines the platform refused."""
        ...
