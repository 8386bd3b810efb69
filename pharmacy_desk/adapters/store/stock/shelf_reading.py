"""Questions about the shelves: what is here by drug and lot, and its codes."""

import json
from collections.abc import Sequence

from pharmacy_desk.adapters.store.base import rows
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.part import ReadPart
from pharmacy_desk.core.stock.listed import EVERY_LOT, ShelfFilter, ShelfLot


@reads_rows
class ShelfReader(ReadPart):
    """What is here."""

    def lots(
        self, behind: ShelfLot | None, limit: int, wanted: ShelfFilter = EVERY_LOT
    ) -> list[ShelfLot]:
        """What is here by drug and lot, in the order of item codes and lots.

        Text is looked for in name, pinyin initials, item code and lot.
        """
        item, lot = (behind.item, behind.lot) if behind else ("", "")
        found = self._conn.execute(
            # The index holds items, lots and states: whole groups are read, one after another.
            "SELECT b.item, coalesce(b.lot, '') AS its_lot, max(b.expiry) AS expiry,"
            " coalesce(i.name, b.item) AS name, coalesce(i.spec, '') AS spec,"
            " sum(b.state = 'on_shelf') AS shelf, sum(b.state = 'opened') AS opened,"
            " sum(b.state IN ('returned', 'refused')) AS aside"
            " FROM boxes b LEFT JOIN items i ON i.code = b.item"
            " WHERE b.item >= ?1 AND (b.item > ?1 OR coalesce(b.lot, '') > ?2 OR ?4)"
            " AND b.state IN ('on_shelf', 'opened', 'returned', 'refused')"
            " AND (?5 = '' OR instr(lower(coalesce(i.name, '') || ' ' || coalesce(i.pinyin, '')"
            " || ' ' || b.item || ' ' || coalesce(b.lot, '')), lower(?5)))"
            " GROUP BY b.item, b.lot HAVING ?6 IS NULL OR max(b.expiry) <= ?6"
            " ORDER BY b.item, b.lot LIMIT ?3",
            (
                item,
                lot,
                limit,
                behind is None,
                wanted.text,
                wanted.until.isoformat() if wanted.until else None,
            ),
        )
        return [
            ShelfLot(
                item=row["item"],
                name=row["name"],
                spec=row["spec"],
                lot=row["its_lot"],
                expiry=rows.day(row["expiry"]),
                shelf=row["shelf"],
                opened=row["opened"],
                aside=row["aside"],
            )
            for row in found
        ]

    def in_custody(self, items: Sequence[str]) -> dict[str, int]:
        """Boxes of these drugs that are here, opened ones too; of which none is known, no entry."""
        found = self._conn.execute(
            # The list is one parameter; the index holds item and state, no row is read.
            "SELECT item, count(*) AS boxes FROM boxes"
            " WHERE item IN (SELECT value FROM json_each(?)) AND state IN ('on_shelf', 'opened')"
            " GROUP BY item",
            (json.dumps(list(items)),),
        )
        return {row["item"]: int(row["boxes"]) for row in found}

    def count(self, item: str) -> int:
        """Boxes of a drug that are on the shelf by the ledger."""
        row = self._conn.execute(
            "SELECT count(*) FROM boxes WHERE item = ? AND state = 'on_shelf'", (item,)
        ).fetchone()
        return int(row[0])

    def codes(self, item: str, behind: str, limit: int) -> list[str]:
        """Codes of a drug's boxes on the shelf, in their order, those behind a code."""
        found = self._conn.execute(
            "SELECT code FROM boxes WHERE item = ? AND state = 'on_shelf' AND code > ?"
            " ORDER BY code LIMIT ?",
            (item, behind, limit),
        )
        return [row["code"] for row in found]
