"""Questions about the catalogue: its items by name, code, barcode or identification."""

from pharmacy_desk.adapters.store.base import facts
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.part import ReadPart
from pharmacy_desk.core.catalogue.drugs import Item


@reads_rows
class CatalogueReader(ReadPart):
    """What items there are."""

    def search_items(self, text: str, limit: int = 50) -> list[Item]:
        """Items by name, pinyin initials, code or barcode."""
        return facts.search_items(self._conn, text, limit)

    def item_count(self) -> int:
        """Items in the catalogue."""
        return int(self._conn.execute("SELECT count(*) FROM items").fetchone()[0])

    def items_behind(self, code: str, limit: int) -> list[Item]:
        """A page of the catalogue in the order of item codes, those behind a code."""
        found = self._conn.execute(
            "SELECT code FROM items WHERE code > ? ORDER BY code LIMIT ?", (code, limit)
        ).fetchall()
        return facts.items_by_code(self._conn, [row["code"] for row in found])

    def find_item(self, key: str) -> Item | None:
        """An item by its code or one of its barcodes."""
        return facts.find_item(self._conn, key)

    def drug_of(self, identification: str) -> Item | None:
        """The one drug an identification is known for."""
        items, _ = facts.items_by_identification(self._conn, identification)
        return items[0] if items else None
