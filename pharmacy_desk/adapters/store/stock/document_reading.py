"""Questions about documents of the stock: their list, their codes, a whole one, what was accepted.

Lists are read in pages, each beginning behind the last row of the one before it: the first page
of a million rows is as quick as that of ten.
"""

import sqlite3
from collections.abc import Sequence
from datetime import date

from pharmacy_desk.adapters.store.base import rows
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.epochs import epoch_order
from pharmacy_desk.adapters.store.base.part import ReadPart
from pharmacy_desk.adapters.store.stock import documents
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.stock.listed import DocumentCode, DocumentRow
from pharmacy_desk.core.stock.movement import Movement, MovementKind
from pharmacy_desk.core.stock.receiving import AcceptanceLine


@reads_rows
class DocumentReader(ReadPart):
    """What was posted."""

    def listed(
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

    def codes(self, number: str, behind: DocumentCode | None, limit: int) -> list[DocumentCode]:
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
