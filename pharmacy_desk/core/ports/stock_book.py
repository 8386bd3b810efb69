"""What the sessions of the stock ask of the ledger before they decide, as the counter sees it."""

from collections.abc import Sequence
from typing import Protocol

from pharmacy_desk.core.catalogue.drugs import Item
from pharmacy_desk.core.scanning.scan import Reading
from pharmacy_desk.core.stock.drafts import Unfinished, Waiting
from pharmacy_desk.core.stock.files.delivery_file import DeliveryRow
from pharmacy_desk.core.stock.receiving import Row, SeenBox
from pharmacy_desk.core.stock.scanned import Scanned, WaitingScans, Work
from pharmacy_desk.core.stock.supplier_words import SupplierWords


class StockBook(Protocol):
    """Answers what is on the disk at this moment; called on the desk lane, writes nothing."""

    def seen(self, reading: Reading) -> SeenBox:
        """What the ledger knows of a scanned thing, the boxes inside an outer pack included."""
        ...

    def expected(self, delivery: Sequence[DeliveryRow]) -> list[Row]:
        """The rows of a delivery note with the store's own drugs; cartons are opened."""
        ...

    def likely(self, words: SupplierWords) -> list[Item]:
        """Drugs that a supplier's words may mean, the likeliest first; few, or none."""
        ...

    def drafts(self) -> list[Waiting]:
        """Unfinished receivings, the one worked on last first."""
        ...

    def draft(self, number: str) -> Unfinished | None:
        """An unfinished receiving; None when it is gone, or cannot be read any more."""
        ...

    def waiting_scans(self, work: Work) -> list[WaitingScans]:
        """Unfinished counts or moves, the one scanned for longest ago first."""
        ...

    def scanned(self, number: str) -> Scanned | None:
        """What was scanned for one; None when it is gone, or cannot be read any more."""
        ...

    def item(self, code: str) -> Item | None:
        """The drug with this item code."""
        ...

    def shelf_count(self, item: str) -> int:
        """Boxes of a drug that are on the shelf by the ledger."""
        ...
