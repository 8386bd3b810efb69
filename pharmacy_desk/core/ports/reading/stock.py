"""What the window asks of the stock. Lists are read in pages, each behind the last row read."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from pharmacy_desk.core.catalogue.drugs import Item
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.facts import BoxRecord, Earlier, HistoryRow
from pharmacy_desk.core.stock.listed import (
    EVERY_LOT,
    DocumentCode,
    DocumentRow,
    ShelfFilter,
    ShelfLot,
)
from pharmacy_desk.core.stock.movement import Movement
from pharmacy_desk.core.stock.no_code import Bar, NoCodeEntry, NoCodeRow, NoCodeSold, Share
from pharmacy_desk.core.stock.recall import Found, Looked, OpenRecall
from pharmacy_desk.core.stock.receiving import AcceptanceLine


class BoxReading(Protocol):
    """What is known of a box."""

    def state(self, code: str) -> BoxState | None:
        """Where a box is now; None for one the ledger has never heard of."""
        ...

    def earlier(self, code: str) -> Earlier | None:
        """Who has or had this code."""
        ...

    def record(self, code: str) -> BoxRecord | None:
        """What is known of a box besides its sale."""
        ...

    def history(self, code: str) -> list[HistoryRow]:
        """A box's events: its own, and those of the documents it was in."""
        ...


class ShelfReading(Protocol):
    """What is here."""

    def lots(
        self, behind: ShelfLot | None, limit: int, wanted: ShelfFilter = EVERY_LOT
    ) -> list[ShelfLot]:
        """What is here by drug and lot, in the order of item codes and lots.

        Text is looked for in name, pinyin initials, item code and lot.
        """
        ...

    def in_custody(self, items: Sequence[str]) -> dict[str, int]:
        """Boxes of these drugs that are here, opened ones too; of which none is known, no entry."""
        ...

    def codes(self, item: str, behind: str, limit: int) -> list[str]:
        """Codes of a drug's boxes on the shelf, in their order, those behind a code."""
        ...


class DocumentReading(Protocol):
    """What was posted."""

    def listed(
        self, until: date | None, behind: DocumentRow | None, limit: int
    ) -> list[DocumentRow]:
        """Documents up to the end of a day, the newest first; `behind` is the last one read."""
        ...

    def codes(self, number: str, behind: DocumentCode | None, limit: int) -> list[DocumentCode]:
        """Codes of a document by line, and its lines without codes."""
        ...

    def acceptance(self, numbers: Sequence[str]) -> list[AcceptanceLine]:
        """The acceptance record (验收记录) of deliveries and of what was refused with them."""
        ...

    def receiving_of(self, number: str) -> list[str]:
        """The documents of one receiving by the number of one: the delivery and its refusals.

        They are of one day, supplier and delivery note; without a note's number each stands alone.
        """
        ...

    def movement(self, number: str) -> Movement | None:
        """A document whole, for a file of it."""
        ...


class RecallReading(Protocol):
    """What is called back."""

    def in_force(self) -> list[OpenRecall]:
        """Recalls in force, the newest first."""
        ...

    def look_for(self, key: str, value: str) -> Looked:
        """How many boxes a recall by lot, drug, supplier or code names."""
        ...

    def recalled(self, looked: Looked, behind: Found | None, limit: int) -> list[Found]:
        """The boxes of a recall in pages: here, sold on which receipt, gone."""
        ...


class NoCodeReading(Protocol):
    """What stands in the no-code library."""

    def entries(self, behind: NoCodeRow | None, limit: int) -> list[NoCodeRow]:
        """Entries that wait for a manager, then approved ones, then closed; the newest first."""
        ...

    def approved_for(self, item: Item, today: date) -> list[tuple[NoCodeEntry, Bar | None]]:
        """Approved entries of a drug with boxes left, and why one gives none; the oldest first."""
        ...

    def sold(self, number: str, limit: int) -> list[NoCodeSold]:
        """Boxes of an entry that were sold and not brought back, the newest first."""
        ...

    def share(self, first: date, last: date) -> Share:
        """Boxes sold from the library, of boxes sold that needed a code, from day to day."""
        ...
