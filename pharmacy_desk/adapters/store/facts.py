"""Questions the judge and the screens ask of the ledger; they work on any connection."""

import json
import sqlite3
from collections.abc import Iterable

from pharmacy_desk.adapters.store import rows
from pharmacy_desk.core.drugs import Batch, Item, MapState
from pharmacy_desk.core.events import EventKind
from pharmacy_desk.core.judge import BoxFacts, ClaimState, Earlier
from pharmacy_desk.core.sale import Sale, SaleState
from pharmacy_desk.core.scan import Kind, Reading


def box_facts(conn: sqlite3.Connection, reading: Reading) -> BoxFacts:
    """Everything the ledger knows about one reading."""
    if reading.kind is Kind.PRODUCT_BARCODE and reading.code:
        return BoxFacts(items=tuple(items_by_barcode(conn, reading.code)))
    if not reading.code or not reading.identification:
        return BoxFacts()
    items, proposed = items_by_identification(conn, reading.identification)
    if not items and reading.gtin and reading.gtin[0] == "0":
        items = tuple(items_by_barcode(conn, reading.gtin[1:]))
    return BoxFacts(earlier(conn, reading.code), items, proposed)


def earlier(conn: sqlite3.Connection, code: str) -> Earlier | None:
    """Who has or had this code: a live reservation, a final sale, or a return."""
    row = conn.execute(
        "SELECT e.state, e.at, s.number, s.counter, s.operator, s.state AS sale_state, s.paid_at"
        " FROM sale_entries e JOIN sales s ON s.number = e.sale"
        " WHERE e.code = ? AND e.state IN ('live', 'final')",
        (code,),
    ).fetchone()
    if row:
        return Earlier(
            ClaimState(row["state"]),
            row["number"],
            row["counter"],
            row["operator"],
            rows.moment(row["paid_at"] or row["at"]),
            held=row["sale_state"] == SaleState.HELD,
        )
    return _returned(conn, code)


def _returned(conn: sqlite3.Connection, code: str) -> Earlier | None:
    row = conn.execute(
        "SELECT counter, operator, at, kind, document FROM events WHERE code = ? AND kind = ?"
        " ORDER BY at DESC LIMIT 1",
        (code, EventKind.BOX_RETURNED.value),
    ).fetchone()
    if row is None:
        return None
    return Earlier(
        ClaimState.RETURNED, row["document"], row["counter"], row["operator"],
        rows.moment(row["at"]),
    )  # fmt: skip


def items_by_identification(
    conn: sqlite3.Connection, identification: str
) -> tuple[tuple[Item, ...], Item | None]:
    """Items an identification is confirmed for, and the one it is only proposed for."""
    found = conn.execute(
        "SELECT item, state FROM identifications WHERE identification = ? ORDER BY item",
        (identification,),
    ).fetchall()
    confirmed = [row["item"] for row in found if row["state"] == MapState.CONFIRMED]
    waiting = [row["item"] for row in found if row["state"] == MapState.PROPOSED]
    items = tuple(items_by_code(conn, confirmed))
    proposed = next(iter(items_by_code(conn, waiting)), None)
    return items, proposed


def items_by_barcode(conn: sqlite3.Connection, barcode: str) -> list[Item]:
    """Items that carry this commodity barcode."""
    found = conn.execute("SELECT item FROM barcodes WHERE barcode = ? ORDER BY item", (barcode,))
    return items_by_code(conn, [row["item"] for row in found])


def items_by_code(conn: sqlite3.Connection, codes: Iterable[str]) -> list[Item]:
    """Items by their code, with barcodes and identifications, in the order asked for."""
    items = []
    for code in codes:
        row = conn.execute(
            f"SELECT {rows.ITEM_COLUMNS} FROM items WHERE code = ?",
            (code,),
        ).fetchone()
        if row:
            items.append(_whole_item(conn, row))
    return items


def _whole_item(conn: sqlite3.Connection, row: sqlite3.Row) -> Item:
    barcodes = conn.execute("SELECT barcode FROM barcodes WHERE item = ?", (row["code"],))
    known = conn.execute(
        "SELECT identification FROM identifications WHERE item = ? AND state = ?",
        (row["code"], MapState.CONFIRMED.value),
    )
    lots = conn.execute("SELECT lot, made, expiry FROM lots WHERE item = ?", (row["code"],))
    return rows.item_of(
        row,
        (r[0] for r in barcodes),
        (r[0] for r in known),
        (Batch(r["lot"], rows.day(r["made"]), rows.day(r["expiry"])) for r in lots),
    )


def find_item(conn: sqlite3.Connection, key: str) -> Item | None:
    """An item by code, else by barcode."""
    found = items_by_code(conn, [key]) or items_by_barcode(conn, key)
    return found[0] if found else None


def search_items(conn: sqlite3.Connection, text: str, limit: int) -> list[Item]:
    """Items whose name, pinyin initials, code or barcode match, the most likely first.

    `text` is a pattern for LIKE only after its own wildcards are escaped.
    """
    plain = text.strip()
    if not plain:
        return []
    safe = plain.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    start, inside = safe + "%", "%" + safe + "%"
    found = conn.execute(
        f"SELECT {rows.ITEM_COLUMNS} FROM items WHERE code = ?1"
        " OR code IN (SELECT item FROM barcodes WHERE barcode LIKE ?2 ESCAPE '\\')"
        " OR name LIKE ?3 ESCAPE '\\' OR pinyin LIKE ?4 ESCAPE '\\'"
        " ORDER BY code <> ?1, name NOT LIKE ?2 ESCAPE '\\', pinyin NOT LIKE ?2 ESCAPE '\\',"
        " length(name), name LIMIT ?5",
        (plain, start, inside, inside, limit),
    ).fetchall()
    return [_whole_item(conn, row) for row in found]


def load_sale(conn: sqlite3.Connection, number: str) -> Sale | None:
    """A sale with its lines and boxes."""
    row = conn.execute("SELECT * FROM sales WHERE number = ?", (number,)).fetchone()
    if row is None:
        return None
    lines = conn.execute(
        "SELECT line, price_fen, snapshot FROM sale_lines WHERE sale = ? ORDER BY line", (number,)
    )
    entries = conn.execute(
        "SELECT entry, line, code, asked, lot, made, expiry FROM sale_entries"
        " WHERE sale = ? AND state <> 'ended' ORDER BY entry",
        (number,),
    )
    return rows.sale_of(row, lines, entries)


def as_json(value: object) -> str:
    """JSON for a text column."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
