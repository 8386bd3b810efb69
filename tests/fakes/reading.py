"""`LedgerReading` for tests: each part tells the rows it is given, in pages as the ledger does."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from pharmacy_desk.core.catalogue.drug_history import DrugMoment, DrugStep
from pharmacy_desk.core.catalogue.drugs import Item
from pharmacy_desk.core.sale.limits_told import Days, LimitSum, LimitTold
from pharmacy_desk.core.stock.listed import (
    EVERY_LOT,
    DocumentCode,
    DocumentRow,
    ShelfFilter,
    ShelfLot,
)
from pharmacy_desk.core.stock.movement import Movement
from pharmacy_desk.core.stock.recall import Found, Looked, OpenRecall
from pharmacy_desk.core.stock.receiving import AcceptanceLine

T = TypeVar("T")


def page(rows: Sequence[T], behind: T | None, limit: int) -> list[T]:
    """The rows behind the last one read; all begin for None."""
    first = 0 if behind is None else rows.index(behind) + 1
    return list(rows[first : first + limit])


@dataclass
class ToldCatalogue:
    items: Sequence[Item] = ()

    def search_items(self, text: str, limit: int = 50) -> list[Item]:
        return [item for item in self.items if text in item.name][:limit]

    def item_count(self) -> int:
        return len(self.items)

    def items_behind(self, code: str, limit: int, *, incomplete: bool = False) -> list[Item]:
        behind = [item for item in self.items if item.code > code]
        return [item for item in behind if item.incomplete or not incomplete][:limit]

    def incomplete_count(self) -> int:
        return sum(item.incomplete for item in self.items)

    def history(self, code: str) -> list[DrugMoment]:
        return [DrugMoment(DrugStep.LISTED, None, "")]

    def find_item(self, key: str) -> Item | None:
        return next((item for item in self.items if key in (item.code, *item.barcodes)), None)

    def drug_of(self, identification: str) -> Item | None:
        return next((i for i in self.items if identification in i.identifications), None)


@dataclass
class ToldShelf:
    rows: Sequence[ShelfLot] = ()
    boxes: Sequence[str] = ()

    def lots(
        self, behind: ShelfLot | None, limit: int, wanted: ShelfFilter = EVERY_LOT
    ) -> list[ShelfLot]:
        until = wanted.until
        rows = [
            row
            for row in self.rows
            if wanted.text in row.name + row.lot
            and (until is None or (row.expiry is not None and row.expiry <= until))
        ]
        return page(rows, behind, limit)

    def in_custody(self, items: Sequence[str]) -> dict[str, int]:
        here: dict[str, int] = {}
        for row in self.rows:
            if row.item in items:
                here[row.item] = here.get(row.item, 0) + row.shelf + row.opened
        return here

    def codes(self, item: str, behind: str, limit: int) -> list[str]:
        return page(self.boxes, behind or None, limit)


@dataclass
class ToldDocuments:
    rows: Sequence[DocumentRow] = ()
    boxes: Sequence[DocumentCode] = ()

    def listed(
        self, until: date | None, behind: DocumentRow | None, limit: int
    ) -> list[DocumentRow]:
        rows = [row for row in self.rows if until is None or row.at.date() <= until]
        return page(rows, behind, limit)

    def codes(self, number: str, behind: DocumentCode | None, limit: int) -> list[DocumentCode]:
        return page(self.boxes, behind, limit)

    def acceptance(self, numbers: Sequence[str]) -> list[AcceptanceLine]:
        return []

    def receiving_of(self, number: str) -> list[str]:
        return [number]

    def movement(self, number: str) -> Movement | None:
        return None


@dataclass
class ToldRecalls:
    rows: Sequence[OpenRecall] = ()
    boxes: Sequence[Found] = ()

    def in_force(self) -> list[OpenRecall]:
        return list(self.rows)

    def look_for(self, key: str, value: str) -> Looked:
        places = [one.where for one in self.boxes]
        return Looked(*(places.count(where) for where in ("here", "sold", "gone")))

    def recalled(self, looked: Looked, behind: Found | None, limit: int) -> list[Found]:
        return page(self.boxes, behind, limit)


@dataclass
class ToldLimits:
    rows: Sequence[LimitTold] = ()

    def told_limits(self, days: Days, behind: LimitTold | None, limit: int) -> list[LimitTold]:
        return page(self.rows, behind, limit)

    def sums(self, days: Days) -> list[LimitSum]:
        return [
            LimitSum(one.kind, 1, one.amount_fen, {one.followed: 1})
            for one in dict.fromkeys(self.rows)
        ]


@dataclass
class ToldReading:
    """The read port with the parts that lists are shown of; another part is not there to ask."""

    catalogue: ToldCatalogue = field(default_factory=ToldCatalogue)
    shelf: ToldShelf = field(default_factory=ToldShelf)
    documents: ToldDocuments = field(default_factory=ToldDocuments)
    recalls: ToldRecalls = field(default_factory=ToldRecalls)
    limits: ToldLimits = field(default_factory=ToldLimits)

    def close(self) -> None: ...
