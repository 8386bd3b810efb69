"""Questions about single boxes: what a scanned one is, where it is, what became of it."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import date

from pharmacy_desk.adapters.store.base import facts, rows
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.part import ReadPart
from pharmacy_desk.core.catalogue.drugs import Batch, Item
from pharmacy_desk.core.sale.past import PastKind
from pharmacy_desk.core.scanning.recognise import promote, recognise_code
from pharmacy_desk.core.scanning.scan import Reading
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.facts import BoxRecord, Earlier, HistoryRow
from pharmacy_desk.core.stock.files.delivery_file import DeliveryRow, ItemKey, KeyKind
from pharmacy_desk.core.stock.receiving import Row, SeenBox
from pharmacy_desk.core.stock.supplier_words import Candidate, SupplierWords, likely


@reads_rows
class BoxReader(ReadPart):
    """What is known of a box."""

    def seen(self, reading: Reading) -> SeenBox:
        """What the ledger knows of a scanned thing, the boxes inside an outer pack included."""
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

    def expected(self, delivery: Sequence[DeliveryRow]) -> list[Row]:
        """The rows of a delivery note with the store's own drugs; cartons are opened."""
        return [self._expected(row) for row in delivery]

    def _expected(self, row: DeliveryRow) -> Row:
        keys = (row.item_key, *row.other_keys)
        found = {item.code: item for key in keys if (item := self._named(key))}
        if not found and row.name and row.spec:
            item = facts.find_by_name(self._conn, row.name, row.spec, row.maker)
        else:
            # Two keys that name two drugs name none: a supplier's item code may be its own.
            item = next(iter(found.values())) if len(found) == 1 else None
        words = row.words
        if item is None and words:
            item = facts.find_supplied(self._conn, words)
        codes: set[str] = set()
        for code in row.codes:
            pack = facts.pack_facts(self._conn, code)
            outer = pack is not None and pack.level > 1 and pack.inner
            inner = self._inner(pack.inner) if pack and outer else []
            codes.update(box.code for box in inner)
            if not inner:
                codes.add(code)
        theirs = (row.name, row.spec) if row.name else (row.item_key.text, row.item_key.spec)
        name = item.name if item else " ".join(part for part in theirs if part)
        batch = Batch(row.lot, row.made, row.expiry)
        return Row(
            item=item,
            name=name,
            batch=batch,
            quantity=row.quantity,
            price_fen=row.price_fen,
            codes=frozenset(codes),
            words=words,
        )

    def likely(self, words: SupplierWords, initials: str) -> list[Item]:
        """Drugs that a supplier's words may mean, the likeliest first."""
        ours = self._conn.execute("SELECT code, name, spec, maker, pinyin FROM items")
        codes = likely(words, initials, (Candidate(*row) for row in ours))
        found = {item.code: item for item in facts.items_by_code(self._conn, codes)}
        return [found[code] for code in codes]

    def _named(self, key: ItemKey) -> Item | None:
        """The drug a supplier's key names; None when it names none or several."""
        if key.kind is KeyKind.ITEM_CODE:
            return facts.find_item(self._conn, key.text)
        if key.kind is KeyKind.IDENTIFICATION:
            items, _ = facts.items_by_identification(self._conn, key.text)
            return items[0] if len(items) == 1 else None
        if key.kind is KeyKind.NAME:
            return None  # tried where no other key names a drug, with the maker beside it
        found = self._conn.execute(
            "SELECT code FROM items WHERE approval = ? AND spec = ? LIMIT 2", (key.text, key.spec)
        ).fetchall()
        return facts.find_item(self._conn, found[0]["code"]) if len(found) == 1 else None

    def state(self, code: str) -> BoxState | None:
        """Where a box is now; None for one the ledger has never heard of."""
        return facts.box_state(self._conn, code)

    def earlier(self, code: str) -> Earlier | None:
        """Who has or had this code."""
        return facts.earlier(self._conn, code)

    def record(self, code: str) -> BoxRecord | None:
        """What is known of a box besides its sale."""
        return facts.box_record(self._conn, code)

    def history(self, code: str) -> list[HistoryRow]:
        """A box's events: its own, and those of the documents it was in.

        What the old system did with it comes before them all.
        """
        found = self._conn.execute(
            "SELECT counter, epoch, seq, at, kind, document, operator, payload FROM events"
            " WHERE code = ?",
            (code,),
        ).fetchall()
        documents = {row["document"] for row in found if row["document"]}
        for document in documents:
            found += self._conn.execute(
                "SELECT counter, epoch, seq, at, kind, document, operator, payload FROM events"
                " WHERE document = ? AND code IS NULL"
                " AND kind IN ('sale_paid', 'upload_settled', 'receipt_printed')",
                (document,),
            ).fetchall()
        found.sort(key=lambda row: (row["at"], row["counter"], row["epoch"], row["seq"]))
        before = [
            HistoryRow(
                at=rows.moment(step.at),
                event=(PastKind.RETURNED if step.returned else PastKind.SOLD).value,
                document=step.number,
                operator=step.operator,
                counter="",
                payload={},
            )
            for step in facts.past_steps(self._conn, code)
        ]
        return before + [
            HistoryRow(
                at=rows.moment(row["at"]),
                event=row["kind"],
                document=row["document"],
                operator=row["operator"],
                counter=row["counter"],
                payload=json.loads(row["payload"]),
            )
            for row in found
            if _concerns(row, code)
        ]


def _concerns(row: sqlite3.Row, code: str) -> bool:
    """A paid sale concerns a code only while its payload lists it."""
    if row["kind"] != "sale_paid":
        return True
    return code in json.loads(row["payload"]).get("codes", [])
