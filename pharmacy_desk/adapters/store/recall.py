"""Where the boxes of a recall are: here, sold on which receipts, or gone. Read-only, by index."""

import sqlite3
from dataclasses import asdict, dataclass
from pathlib import Path

from pharmacy_desk.adapters.store import database
from pharmacy_desk.core.custody import BoxState

_HERE = (BoxState.ON_SHELF, BoxState.OPENED, BoxState.RETURNED, BoxState.REFUSED)
_SOLD = (BoxState.SOLD, BoxState.USED_UP)


@dataclass(frozen=True, slots=True)
class Traced:
    """One box: what it is, where it is, and the document that says so."""

    code: str
    item: str
    name: str
    lot: str | None
    state: str
    document: str
    at: str
    party: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """Boxes here, sold and gone."""

    here: tuple[Traced, ...]
    sold: tuple[Traced, ...]
    gone: tuple[Traced, ...]

    def as_json(self) -> dict[str, list[dict[str, str | None]]]:
        """The object of the contract."""
        return {
            "here": [asdict(one) for one in self.here],
            "sold": [asdict(one) for one in self.sold],
            "gone": [asdict(one) for one in self.gone],
        }


def trace(
    path: Path, lot: str | None = None, drug: str | None = None, supplier: str | None = None
) -> Trace:
    """Everything the given marks name together; each of them narrows. Raises `WorldError`."""
    conn = database.open_reader(path)
    try:
        with database.world_errors(path):
            items = _items(conn, drug) if drug else None
            boxes = _boxes(conn, lot, items, supplier)
            sold = {} if supplier else _sold(conn, lot, items)
            sold |= {one.code: one for one in boxes if one.state in _SOLD and one.code not in sold}
            return Trace(
                tuple(one for one in boxes if one.state in _HERE and one.code not in sold),
                tuple(sold.values()),
                tuple(one for one in boxes if one.state not in (*_HERE, *_SOLD)),
            )
    finally:
        conn.close()


def _items(conn: sqlite3.Connection, drug: str) -> list[str]:
    """Item codes a drug is meant by: code, name, approval number, barcode or identification."""
    found = conn.execute(
        "SELECT code FROM items WHERE code = ?1 OR name = ?1 OR approval = ?1"
        " UNION SELECT item FROM barcodes WHERE barcode = ?1"
        " UNION SELECT item FROM identifications WHERE identification = ?1",
        (drug,),
    )
    return [row[0] for row in found]


def _boxes(
    conn: sqlite3.Connection, lot: str | None, items: list[str] | None, supplier: str | None
) -> list[Traced]:
    where, words = _where(lot, items, "b.lot", "b.item")
    if supplier:
        where.append("b.party = ?")
        words.append(supplier)
    if not where:
        return []
    found = conn.execute(
        "SELECT b.code, b.item, coalesce(i.name, '') name, b.lot, b.state, b.document, b.at,"
        " b.party FROM boxes b LEFT JOIN items i ON i.code = b.item"
        f" WHERE {' AND '.join(where)} ORDER BY b.at, b.code",
        words,
    )
    return [Traced(*row) for row in found]


def _sold(conn: sqlite3.Connection, lot: str | None, items: list[str] | None) -> dict[str, Traced]:
    where, words = _where(lot, items, "e.lot", "l.item")
    if not where:
        return {}
    # Names the index to begin with: by lot when there is one, else by the drug's paid lines.
    start = (
        "sale_entries e JOIN sale_lines l ON l.sale = e.sale AND l.line = e.line"
        if lot
        else "sale_lines l JOIN sale_entries e ON e.sale = l.sale AND e.line = l.line"
    )
    if not lot:
        where.append("l.snapshot IS NOT NULL")
    found = conn.execute(
        "SELECT e.code, l.item, coalesce(i.name, '') name, e.lot, 'sold', e.sale, s.paid_at, ''"
        f" FROM {start} JOIN sales s ON s.number = e.sale LEFT JOIN items i ON i.code = l.item"
        f" WHERE e.state = 'final' AND e.code IS NOT NULL AND {' AND '.join(where)}"
        " ORDER BY s.paid_at, e.code",
        words,
    )
    return {row[0]: Traced(*row) for row in found}


def _where(
    lot: str | None, items: list[str] | None, lot_column: str, item_column: str
) -> tuple[list[str], list[str]]:
    where: list[str] = []
    words: list[str] = []
    if lot:
        where.append(f"{lot_column} = ?")
        words.append(lot)
    if items is not None:
        where.append(f"{item_column} IN ({', '.join('?' * len(items))})")
        words += items
    return where, words
