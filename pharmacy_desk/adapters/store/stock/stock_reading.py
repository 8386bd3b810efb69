"""Questions about boxes outside a sale: documents, shelves, recalls, what a scanned box is.

Lists are read in pages, each beginning behind the last row of the one before it: the first page
of a million rows is as quick as that of ten.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pharmacy_desk.adapters.store.base import database, facts, rows
from pharmacy_desk.adapters.store.base.epochs import epoch_order
from pharmacy_desk.adapters.store.stock import documents, recall
from pharmacy_desk.core.catalogue.drugs import Batch, Item
from pharmacy_desk.core.scanning.recognise import promote, recognise_code
from pharmacy_desk.core.scanning.scan import Reading
from pharmacy_desk.core.stock.facts import Recall
from pharmacy_desk.core.stock.files.delivery_file import DeliveryRow, ItemKey, KeyKind
from pharmacy_desk.core.stock.movement import Movement, MovementKind
from pharmacy_desk.core.stock.receiving import AcceptanceLine, Row, SeenBox


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document in a list. `boxes` counts smallest packs, coded or not."""

    number: str
    kind: MovementKind
    at: datetime
    party: str
    reference: str
    reason: str
    operator: str
    boxes: int


@dataclass(frozen=True, slots=True)
class DocumentCode:
    """One code of a document, or (`code` None) a line without codes.

    `line` and `place` tell where it stands and where the next page begins. `found_by` is the
    document by which a box of a loss was found again.
    """

    line: int
    place: int
    item: str
    name: str
    batch: Batch
    quantity: int
    code: str | None
    found_by: str | None = None


@dataclass(frozen=True, slots=True)
class ShelfLot:
    """How many boxes of a drug and lot are here: on the shelf, opened, and put aside."""

    item: str
    name: str
    spec: str
    lot: str
    expiry: date | None
    shelf: int
    opened: int
    aside: int


@dataclass(frozen=True, slots=True)
class OpenRecall:
    """A recall in force: since when, and by whom."""

    recall: Recall
    at: datetime
    operator: str


class StockReader:
    """The part of the read port that knows where boxes are."""

    _path: Path
    _conn: sqlite3.Connection

    # --- a scanned box --------------------------------------------------------------------

    def seen(self, reading: Reading) -> SeenBox:
        """What the ledger knows of a scanned thing, the boxes inside an outer pack included."""
        with database.world_errors(self._path):
            return self._seen(reading, inside=True)

    def _seen(self, reading: Reading, *, inside: bool) -> SeenBox:
        known = facts.box_facts(self._conn, reading)
        if known.items:
            reading = promote(reading)
        record, code = known.record, reading.code
        item = known.items[0] if len(known.items) == 1 else None
        if record and item is None:
            item = facts.find_item(self._conn, record.item)
        told = Batch(reading.lot, reading.made, reading.expiry)
        pack = known.pack
        outer = (pack.level if pack else known.level) > 1
        trace = code is not None and reading.is_trace
        return SeenBox(
            reading=reading,
            item=item,
            batch=told.over(record.batch) if record else told,
            state=facts.box_state(self._conn, code) if trace and code else None,
            earlier=facts.earlier(self._conn, code) if trace and code else None,
            outer=outer,
            inner=tuple(self._inner(pack.inner)) if pack and outer and inside else (),
        )

    def _inner(self, codes: Sequence[str]) -> list[SeenBox]:
        """The smallest packs inside; a pack between is opened too."""
        found: list[SeenBox] = []
        for code in codes:
            # A code of the ledger was recognised when it came in; its day matters to none.
            box = self._seen(recognise_code(code, date.max), inside=True)
            found += box.inner if box.outer else [box]
        return found

    # --- a delivery -----------------------------------------------------------------------

    def expected(self, delivery: Sequence[DeliveryRow]) -> list[Row]:
        """The rows of a delivery note with the store's own drugs; cartons are opened."""
        with database.world_errors(self._path):
            return [self._expected(row) for row in delivery]

    def _expected(self, row: DeliveryRow) -> Row:
        keys = (row.item_key, *row.other_keys)
        found = {item.code: item for key in keys if (item := self._named(key))}
        # Two keys that name two drugs name none: a supplier's item code may be its own.
        item = next(iter(found.values())) if len(found) == 1 else None
        codes: set[str] = set()
        for code in row.codes:
            pack = facts.pack_facts(self._conn, code)
            outer = pack is not None and pack.level > 1 and pack.inner
            inner = self._inner(pack.inner) if pack and outer else []
            codes.update(box.code for box in inner)
            if not inner:
                codes.add(code)
        name = item.name if item else f"{row.item_key.text} {row.item_key.spec}".strip()
        batch = Batch(row.lot, row.made, row.expiry)
        return Row(
            item=item,
            name=name,
            batch=batch,
            quantity=row.quantity,
            price_fen=row.price_fen,
            codes=frozenset(codes),
        )

    def _named(self, key: ItemKey) -> Item | None:
        """The drug a supplier's key names; None when it names none or several."""
        if key.kind is KeyKind.ITEM_CODE:
            return facts.find_item(self._conn, key.text)
        if key.kind is KeyKind.IDENTIFICATION:
            items, _ = facts.items_by_identification(self._conn, key.text)
            return items[0] if len(items) == 1 else None
        found = self._conn.execute(
            "SELECT code FROM items WHERE approval = ? AND spec = ? LIMIT 2", (key.text, key.spec)
        ).fetchall()
        return facts.find_item(self._conn, found[0]["code"]) if len(found) == 1 else None

    # --- documents ------------------------------------------------------------------------

    def documents(
        self, until: date | None, behind: DocumentRow | None, limit: int
    ) -> list[DocumentRow]:
        """Documents up to the end of a day, the newest first; `behind` is the last one read."""
        last = behind.at.isoformat() if behind else ("9" if until is None else f"{until}U")
        found = self._conn.execute(
            # 'U' stands behind the 'T' of every moment of a day.
            "SELECT d.*, (SELECT coalesce(sum(quantity), 0) FROM document_lines l"
            "   WHERE l.document = d.number) AS boxes"
            " FROM documents d WHERE (d.at, d.number) < (?1, ?2)"
            " ORDER BY d.at DESC, d.number DESC LIMIT ?3",
            (last, behind.number if behind else "", limit),
        )
        return [_document(row) for row in found]

    def document(self, number: str) -> DocumentRow | None:
        """One document by its number."""
        row = self._conn.execute(
            "SELECT d.*, (SELECT coalesce(sum(quantity), 0) FROM document_lines l"
            "   WHERE l.document = d.number) AS boxes FROM documents d WHERE d.number = ?",
            (number,),
        ).fetchone()
        return _document(row) if row else None

    def document_codes(
        self, number: str, behind: DocumentCode | None, limit: int
    ) -> list[DocumentCode]:
        """Codes of a document by line, and its lines without codes."""
        line, place = (behind.line, behind.place) if behind else (0, 0)
        found = self._conn.execute(
            "SELECT d.line, coalesce(c.key, -1) AS place, d.item, coalesce(i.name, d.item) AS name,"
            " d.lot, d.made, d.expiry, d.quantity, c.value AS code"
            " FROM document_lines d LEFT JOIN json_each(d.codes) c LEFT JOIN items i"
            " ON i.code = d.item"
            " WHERE d.document = ?1 AND (d.line > ?2 OR (d.line = ?2 AND place > ?3))"
            " ORDER BY d.line, place LIMIT ?4",
            (number, line, place, limit),
        ).fetchall()
        answers = self._found_again(number, [row["code"] for row in found])
        return [
            DocumentCode(
                line=row["line"],
                place=row["place"],
                item=row["item"],
                name=row["name"],
                batch=_batch(row),
                quantity=1 if row["code"] else row["quantity"],
                code=row["code"],
                found_by=answers.get(row["code"]),
            )
            for row in found
        ]

    def _found_again(self, number: str, codes: Sequence[str | None]) -> dict[str | None, str]:
        """The document by which each box of a loss was found again, for those that were."""
        loss = self._conn.execute(
            "SELECT 1 FROM documents WHERE number = ? AND kind = ?",
            (number, MovementKind.LOSS.value),
        ).fetchone()
        ranks = epoch_order(self._conn) if loss else {}
        answers: dict[str | None, str] = {}
        for code in filter(None, codes if loss else ()):
            told = self._conn.execute(
                "SELECT epoch, seq, kind, document FROM events WHERE code = ?"
                " AND kind IN ('box_missing', 'box_found')",
                (code,),
            ).fetchall()
            told.sort(key=lambda row: (ranks.get(row["epoch"], 0), row["seq"]))
            lost = [row["document"] for row in told].index(number)
            found = (row["document"] for row in told[lost:] if row["kind"] == "box_found")
            if answer := next(found, None):
                answers[code] = answer
        return answers

    def acceptance(self, numbers: Sequence[str]) -> list[AcceptanceLine]:
        """The acceptance record (验收记录) of deliveries and of what was refused with them."""
        with database.world_errors(self._path):
            parts: dict[tuple[str, Batch], list[tuple[sqlite3.Row, int]]] = {}
            for row in self._acceptance_rows(numbers):
                good = row["quantity"] if row["kind"] == MovementKind.DELIVERY else 0
                parts.setdefault((row["item"], _batch(row)), []).append((row, good))
            return [self._accepted(key[1], held) for key, held in parts.items()]

    def receiving_of(self, number: str) -> list[str]:
        """The documents of one receiving by the number of one: the delivery and its refusals.

        They are of one day, supplier and delivery note; without a note's number each stands alone.
        """
        found = self._conn.execute(
            "SELECT o.number FROM documents d JOIN documents o"
            " ON o.at BETWEEN substr(d.at, 1, 10) AND substr(d.at, 1, 10) || 'U'"
            " AND o.party = d.party AND o.reference = d.reference"
            " AND o.kind IN ('delivery', 'refusal')"
            " WHERE d.number = ?1 AND (d.reference <> '' OR o.number = ?1)"
            " ORDER BY o.at, o.number",
            (number,),
        )
        return [row["number"] for row in found]

    def movement(self, number: str) -> Movement | None:
        """A document whole, for a file of it."""
        with database.world_errors(self._path):
            return documents.load_document(self._conn, number)

    def _acceptance_rows(self, numbers: Sequence[str]) -> list[sqlite3.Row]:
        marks = ", ".join("?" * len(numbers))
        return self._conn.execute(
            "SELECT l.item, l.lot, l.made, l.expiry, l.quantity, l.snapshot, d.kind, d.party,"
            " d.reason, d.at, d.arrived_at, d.arrival_celsius,"
            " coalesce(o.name, d.operator) AS operator"
            " FROM documents d JOIN document_lines l ON l.document = d.number"
            " LEFT JOIN operators o ON o.id = d.operator"
            f" WHERE d.number IN ({marks}) AND d.kind IN ('delivery', 'refusal')"
            " ORDER BY d.at, d.number, l.line",
            tuple(numbers),
        ).fetchall()

    def _accepted(self, batch: Batch, held: list[tuple[sqlite3.Row, int]]) -> AcceptanceLine:
        first = held[0][0]
        item = documents.drug_of(self._conn, first)
        total, good = sum(row["quantity"] for row, _ in held), sum(part for _, part in held)
        reasons = dict.fromkeys(row["reason"] for row, part in held if not part and row["reason"])
        result = "合格" if good == total else "部分拒收" if good else "拒收"
        if reasons:
            result += "：" + "、".join(reasons)
        return AcceptanceLine(
            item=item,
            batch=batch,
            supplier=first["party"],
            quantity=total,
            accepted=good,
            arrived=rows.moment(first["arrived_at"] or first["at"]),
            result=result,
            operator=first["operator"],
            # A delivery's temperature is that of the goods in it that are kept cold.
            celsius=first["arrival_celsius"] if item.cold else "",
            timed=bool(item.cold and first["arrived_at"]),
        )

    # --- shelves --------------------------------------------------------------------------

    def shelf(self, behind: ShelfLot | None, limit: int) -> list[ShelfLot]:
        """What is here by drug and lot, in the order of item codes and lots."""
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
            " GROUP BY b.item, b.lot ORDER BY b.item, b.lot LIMIT ?3",
            (item, lot, limit, behind is None),
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

    def shelf_count(self, item: str) -> int:
        """Boxes of a drug that are on the shelf by the ledger."""
        row = self._conn.execute(
            "SELECT count(*) FROM boxes WHERE item = ? AND state = 'on_shelf'", (item,)
        ).fetchone()
        return int(row[0])

    def shelf_codes(self, item: str, behind: str, limit: int) -> list[str]:
        """Codes of a drug's boxes on the shelf, in their order, those behind a code."""
        found = self._conn.execute(
            "SELECT code FROM boxes WHERE item = ? AND state = 'on_shelf' AND code > ?"
            " ORDER BY code LIMIT ?",
            (item, behind, limit),
        )
        return [row["code"] for row in found]

    # --- recalls --------------------------------------------------------------------------

    def recalls(self) -> list[OpenRecall]:
        """Recalls in force, the newest first."""
        found = self._conn.execute(
            "SELECT number, key, value, reason, opened_at, operator FROM recalls"
            " WHERE closed_at IS NULL ORDER BY opened_at DESC, number DESC"
        )
        return [
            OpenRecall(Recall(*tuple(row)[:4]), rows.moment(row["opened_at"]), row["operator"])
            for row in found
        ]

    def look_for(self, key: str, value: str) -> recall.Looked:
        """How many boxes a recall by lot, drug, supplier or code names, and how they are read."""
        return recall.look(self._conn, recall.Marks(**{key: value}))

    def found(
        self, looked: recall.Looked, behind: recall.Found | None, limit: int
    ) -> list[recall.Found]:
        """The boxes of a recall in pages: here, sold on which receipt, gone."""
        return recall.page(self._conn, looked, behind, limit)


def _document(row: sqlite3.Row) -> DocumentRow:
    return DocumentRow(
        number=row["number"],
        kind=MovementKind(row["kind"]),
        at=rows.moment(row["at"]),
        party=row["party"],
        reference=row["reference"],
        reason=row["reason"],
        operator=row["operator"],
        boxes=row["boxes"],
    )


def _batch(row: sqlite3.Row) -> Batch:
    return Batch(row["lot"], rows.day(row["made"]), rows.day(row["expiry"]))
