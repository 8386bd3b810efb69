"""Reading the ledger for lists, searches and commands: read-only connections, never the writer."""

from pathlib import Path

from pharmacy_desk.adapters.store.base import database
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.catalogue.catalogue_reading import CatalogueReader
from pharmacy_desk.adapters.store.catalogue.map_reading import MapReader
from pharmacy_desk.adapters.store.people.lesson_reading import LessonReader
from pharmacy_desk.adapters.store.people.people_reading import PeopleReader
from pharmacy_desk.adapters.store.sale.limit_reading import LimitReader
from pharmacy_desk.adapters.store.sale.register_reading import RegisterReader
from pharmacy_desk.adapters.store.sale.sale_reading import SaleReader
from pharmacy_desk.adapters.store.sale.split_reading import SplitReader
from pharmacy_desk.adapters.store.stock.box_reading import BoxReader
from pharmacy_desk.adapters.store.stock.document_reading import DocumentReader
from pharmacy_desk.adapters.store.stock.draft_reading import DraftReader
from pharmacy_desk.adapters.store.stock.no_code_reading import NoCodeReader
from pharmacy_desk.adapters.store.stock.recall_reading import RecallReader
from pharmacy_desk.adapters.store.stock.shelf_reading import ShelfReader
from pharmacy_desk.adapters.store.upload.outbox_reading import OutboxReader


@reads_rows
class Reader:
    """The reading side whole: its parts over one read-only connection; belongs to one thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._conn = database.open_reader(path)
        self.catalogue = CatalogueReader(path, self._conn)
        self.map = MapReader(path, self._conn)
        self.people = PeopleReader(path, self._conn)
        self.lessons = LessonReader(path, self._conn)
        self.boxes = BoxReader(path, self._conn)
        self.shelf = ShelfReader(path, self._conn)
        self.documents = DocumentReader(path, self._conn)
        self.recalls = RecallReader(path, self._conn)
        self.drafts = DraftReader(path, self._conn)
        self.no_code = NoCodeReader(path, self._conn)
        self.sales = SaleReader(path, self._conn)
        self.register = RegisterReader(path, self._conn)
        self.limits = LimitReader(path, self._conn)
        self.splits = SplitReader(path, self._conn)
        self.outbox = OutboxReader(path, self._conn)

    @property
    def path(self) -> Path:
        """The ledger's file."""
        return self._path

    def close(self) -> None:
        """Close the connection."""
        self._conn.close()

    def stats(self) -> dict[str, object]:
        """Counts by state, document and day, and codes typed by operator, for `ledger stats`."""

        def grouped(sql: str) -> dict[str, int]:
            return {str(row[0]): int(row[1]) for row in self._conn.execute(sql)}

        return {
            "codes": grouped(
                "SELECT state, count(*) FROM sale_entries WHERE code IS NOT NULL GROUP BY state"
            ),
            "documents": grouped("SELECT state, count(*) FROM sales GROUP BY state"),
            "days": grouped(
                "SELECT substr(paid_at, 1, 10) d, count(*) FROM sales WHERE paid_at IS NOT NULL"
                " GROUP BY d ORDER BY d"
            ),
            # A self-inspection figure: whoever types much goes round the scanner.
            "typed": {
                str(row[0]): {"typed": int(row[1]), "codes": int(row[2])}
                for row in self._conn.execute(
                    "SELECT s.operator, sum(e.typed), count(*) FROM sale_entries e"
                    " JOIN sales s ON s.number = e.sale"
                    " WHERE e.code IS NOT NULL AND e.state IN ('final', 'units_sold')"
                    " GROUP BY s.operator ORDER BY s.operator"
                )
            },
            "outbox": grouped("SELECT state, count(*) FROM outbox GROUP BY state"),
            "items": self.catalogue.item_count(),
            "events": int(self._conn.execute("SELECT count(*) FROM events").fetchone()[0]),
        }
