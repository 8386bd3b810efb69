"""What the window asks of the catalogue and of the three-code map."""

from typing import Protocol

from pharmacy_desk.core.catalogue.drug_history import DrugMoment
from pharmacy_desk.core.catalogue.drugs import Item, Mapping
from pharmacy_desk.core.catalogue.map import MapFilter, MapLine, MapMoment


class CatalogueReading(Protocol):
    """What items there are."""

    def search_items(self, text: str, limit: int = 50) -> list[Item]:
        """Items by name, pinyin initials, code or barcode."""
        ...

    def item_count(self) -> int:
        """Items in the catalogue."""
        ...

    def items_behind(self, code: str, limit: int, *, incomplete: bool = False) -> list[Item]:
        """A page of the catalogue in the order of item codes, those behind a code.

        Only those to be completed where that is asked.
        """
        ...

    def incomplete_count(self) -> int:
        """Drugs that the office has still to complete."""
        ...

    def history(self, code: str) -> list[DrugMoment]:
        """Who changed what of a drug, the newest first."""
        ...

    def find_item(self, key: str) -> Item | None:
        """An item by its code or one of its barcodes."""
        ...

    def drug_of(self, identification: str) -> Item | None:
        """The one drug an identification is known for."""
        ...


class MapReading(Protocol):
    """What stands in the three-code map."""

    def lines(
        self, which: MapFilter, text: str, after: MapLine | None, limit: int
    ) -> list[MapLine]:
        """A page of the map by drug; `text` finds by name, initials, item code, identification."""
        ...

    def history(self, identification: str) -> list[MapMoment]:
        """Who said what of an identification, the newest first; drug lists have no event."""
        ...

    def in_use(self) -> list[Mapping]:
        """Every confirmed mapping, by drug: what is exported."""
        ...
