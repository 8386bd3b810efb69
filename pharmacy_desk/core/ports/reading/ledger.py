"""The ledger as the window reads it: never to write, whole transactions only."""

from typing import Protocol

from pharmacy_desk.core.ports.reading.catalogue import CatalogueReading, MapReading
from pharmacy_desk.core.ports.reading.people import LessonReading
from pharmacy_desk.core.ports.reading.sale import (
    LimitReading,
    RegisterReading,
    SaleReading,
    SplitReading,
)
from pharmacy_desk.core.ports.reading.stock import (
    BoxReading,
    DocumentReading,
    NoCodeReading,
    RecallReading,
    ShelfReading,
)
from pharmacy_desk.core.ports.reading.upload import OutboxReading


class LedgerReading(Protocol):
    """The parts of the reading side; belongs to the lane that opened it."""

    @property
    def catalogue(self) -> CatalogueReading:
        """The catalogue."""
        ...

    @property
    def map(self) -> MapReading:
        """The three-code map."""
        ...

    @property
    def sales(self) -> SaleReading:
        """Sales."""
        ...

    @property
    def limits(self) -> LimitReading:
        """Limits that sales were told of."""
        ...

    @property
    def splits(self) -> SplitReading:
        """Units sold of opened boxes."""
        ...

    @property
    def register(self) -> RegisterReading:
        """The register of special compound preparations."""
        ...

    @property
    def boxes(self) -> BoxReading:
        """Single boxes."""
        ...

    @property
    def shelf(self) -> ShelfReading:
        """What is on the shelves."""
        ...

    @property
    def documents(self) -> DocumentReading:
        """Documents of the stock."""
        ...

    @property
    def recalls(self) -> RecallReading:
        """Recalls in force, and where their boxes are."""
        ...

    @property
    def no_code(self) -> NoCodeReading:
        """The no-code library."""
        ...

    @property
    def lessons(self) -> LessonReading:
        """Lessons in training."""
        ...

    @property
    def outbox(self) -> OutboxReading:
        """The outbox."""
        ...

    def close(self) -> None:
        """Nothing is asked any more."""
        ...
