"""Questions about sales: one by its number, its end or its order, and those that are paid."""

from pharmacy_desk.adapters.store.base import facts
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.part import ReadPart
from pharmacy_desk.core.sale.sale import Sale


@reads_rows
class SaleReader(ReadPart):
    """What was sold."""

    def sale(self, number: str) -> Sale | None:
        """A sale by its number."""
        return facts.load_sale(self._conn, number)

    def find_sale(self, text: str) -> str | None:
        """The number of a sale by whole number or by its last digits (the newest one)."""
        return facts.find_sale(self._conn, text)

    def sale_of_order(self, number: str) -> str | None:
        """The newest sale for an online order of this number, voided ones left out."""
        return facts.sale_of_order(self._conn, number)

    def paid_sales(self) -> list[str]:
        """Numbers of paid sales in order of payment."""
        found = self._conn.execute(
            "SELECT number FROM sales WHERE paid_at IS NOT NULL ORDER BY paid_at, number"
        )
        return [row["number"] for row in found]

    def last_paid(self) -> str | None:
        """The number of the newest paid sale."""
        row = self._conn.execute(
            "SELECT number FROM sales WHERE paid_at IS NOT NULL"
            " ORDER BY paid_at DESC, number DESC LIMIT 1"
        ).fetchone()
        return row["number"] if row else None
