"""Questions about the catalogue: its items by name, code, barcode or identification."""

import json
import sqlite3

from pharmacy_desk.adapters.store.base import facts, rows
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.part import ReadPart
from pharmacy_desk.core.catalogue.drug_history import DrugMoment, DrugStep
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

    def items_behind(self, code: str, limit: int, *, incomplete: bool = False) -> list[Item]:
        """A page of the catalogue in the order of item codes, those behind a code.

        Only those to be completed where that is asked.
        """
        only = " AND incomplete" if incomplete else ""
        found = self._conn.execute(
            f"SELECT code FROM items WHERE code > ?{only} ORDER BY code LIMIT ?", (code, limit)
        ).fetchall()
        return facts.items_by_code(self._conn, [row["code"] for row in found])

    def incomplete_count(self) -> int:
        """Drugs that the office has still to complete."""
        found = self._conn.execute("SELECT count(*) FROM items WHERE incomplete").fetchone()
        return int(found[0])

    def history(self, code: str) -> list[DrugMoment]:
        """Who changed what of a drug, the newest first."""
        item = self._conn.execute(
            "SELECT added_at, added_by FROM items WHERE code = ?", (code,)
        ).fetchone()
        if item is None:
            return []
        found = self._conn.execute(
            "SELECT at, kind, operator, payload FROM events WHERE json_extract(payload, '$.item')"
            " = ? AND kind IN ('drug_added', 'drug_changed', 'batch_set') ORDER BY at DESC,"
            " epoch DESC, seq DESC",
            (code,),
        )
        moments = [_moment(row) for row in found]
        if not any(moment.step is DrugStep.ADDED for moment in moments):
            at = rows.moment(item["added_at"]) if item["added_at"] else None
            moments.append(DrugMoment(DrugStep.LISTED, at, item["added_by"] or ""))
        return moments

    def find_item(self, key: str) -> Item | None:
        """An item by its code or one of its barcodes."""
        return facts.find_item(self._conn, key)

    def drug_of(self, identification: str) -> Item | None:
        """The one drug an identification is known for."""
        items, _ = facts.items_by_identification(self._conn, identification)
        return items[0] if items else None


def _moment(row: sqlite3.Row) -> DrugMoment:
    said = json.loads(row["payload"])
    step, changes = DrugStep.ADDED, {}
    if row["kind"] == "drug_changed":
        step = DrugStep.OVERWRITTEN if said["by_list"] else DrugStep.EDITED
        changes = {column: (was, now) for column, (was, now) in said["changes"].items()}
    elif row["kind"] == "batch_set":
        step = DrugStep.LOT_TOLD
        told = ((column, said.get(column)) for column in ("lot", "made", "expiry"))
        changes = {column: (None, now) for column, now in told if now}
    else:
        changes = {column: (None, now) for column, now in said["cells"].items() if now}
    return DrugMoment(step, rows.moment(row["at"]), row["operator"], changes)
