"""Questions the judge and the screens ask of the ledger; they work on any connection."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeAlias

from pharmacy_desk.adapters.store.base import rows
from pharmacy_desk.core.basics.events import EventKind
from pharmacy_desk.core.catalogue.drugs import Batch, Item, MapState, plain_drug
from pharmacy_desk.core.sale.judge import BoxFacts
from pharmacy_desk.core.sale.past import PastStep, standing
from pharmacy_desk.core.sale.prescription import Prescription
from pharmacy_desk.core.sale.sale import Cover, Repriced, Sale, SaleState
from pharmacy_desk.core.scanning.codes.devices import identifier
from pharmacy_desk.core.scanning.scan import Kind, Problem, Reading
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.facts import (
    BoxRecord,
    ClaimState,
    Earlier,
    PackFacts,
    Recall,
    TakenBox,
)
from pharmacy_desk.core.stock.supplier_words import SupplierWords

KnownItems: TypeAlias = tuple[tuple[Item, ...], Item | None, int]

_COLUMNS = ", ".join(f"t.{name}" for name in rows.ITEM_COLUMNS.split(", "))
_ITEM_WIDTH = len(rows.ITEM_COLUMNS.split(", "))
_LOTS = (
    "(SELECT json_group_array(json_array(lot, made, expiry)) FROM lots WHERE item = t.code) AS lots"
)
# An item of table `t` with everything known by its code, as one row.
_WHOLE = (
    f"{_COLUMNS}, {_LOTS}"
    ", (SELECT json_group_array(barcode) FROM barcodes WHERE item = t.code) AS barcodes"
    ", (SELECT json_group_array(identification) FROM identifications"
    "   WHERE item = t.code AND state = 'confirmed') AS known"
)
# The same without its other codes, which no verdict needs: a scan waits for this.
_AT_SCAN = f"{_COLUMNS}, {_LOTS}, '[]' AS barcodes, '[]' AS known"


def box_facts(
    conn: sqlite3.Connection,
    reading: Reading,
    known: dict[str, KnownItems] | None = None,
    packs: bool = True,
) -> BoxFacts:
    """What the ledger knows about one reading, but not who has or had its code.

    `known` keeps the items of identifications asked for before; its owner empties it when
    catalogue or map change. Without `packs` no relation is looked for.
    """
    if reading.kind is Kind.PRODUCT_BARCODE and reading.code:
        return BoxFacts(items=tuple(items_by_barcode(conn, reading.code)))
    if not reading.code or not reading.identification:
        return _device_facts(conn, reading)
    found = known.get(reading.identification) if known is not None else None
    if found is None:
        found = _items_of(conn, reading)
        if known is not None:
            known[reading.identification] = found
    record = box_record(conn, reading.code)
    items, proposed, level = found
    pack = pack_facts(conn, reading.code) if packs else None
    return BoxFacts(
        earlier=None, items=items, proposed=proposed, record=record, pack=pack, level=level
    )


def _device_facts(conn: sqlite3.Connection, reading: Reading) -> BoxFacts:
    """What is known of a device by its UDI; nothing for all else that names no drug."""
    lot_level = reading.gtin if reading.problem is Problem.MISSING_SERIAL else None
    known = identifier(reading.code) if reading.kind is Kind.UDI and reading.code else lot_level
    if not known:
        return BoxFacts()
    items, proposed, level = mapped(conn, known, _AT_SCAN)
    devices = tuple(item for item in items if item.carries_udi)
    record = box_record(conn, reading.code) if reading.code else None
    return BoxFacts(
        earlier=None, items=devices, proposed=proposed, record=record, pack=None, level=level
    )


def _items_of(conn: sqlite3.Connection, reading: Reading) -> KnownItems:
    items, proposed, level = mapped(conn, reading.identification or "", _AT_SCAN)
    if not items and reading.gtin and reading.gtin[0] == "0":
        items = tuple(items_by_barcode(conn, reading.gtin[1:]))
    return items, proposed, level


def earlier(conn: sqlite3.Connection, code: str, *, past: bool = True) -> Earlier | None:
    """Who has or had this code: a live reservation, a final sale, or a return.

    What our own ledger does not know may have been sold by the system that stood here before;
    without a `past` that is not asked.
    """
    row = conn.execute(
        "SELECT c.state, c.at, s.number, s.counter, s.operator, s.state AS sale_state, s.paid_at"
        " FROM claims c JOIN sales s ON s.number = c.sale WHERE c.code = ?",
        (code,),
    ).fetchone()
    if row is None:
        return sold_before(conn, code) if past else None
    if row["state"] == ClaimState.RETURNED:
        return _returned(conn, code)
    return Earlier(
        ClaimState(row["state"]),
        row["number"],
        row["counter"],
        row["operator"],
        rows.moment(row["paid_at"] or row["at"]),
        held=row["sale_state"] == SaleState.HELD,
    )


def sold_before(conn: sqlite3.Connection, code: str) -> Earlier | None:
    """By which sale of the old system a code is sold; one that came back is free again."""
    sold = standing(past_steps(conn, code))
    if sold is None:
        return None
    at = rows.moment(sold.at)
    return Earlier(ClaimState.FINAL, sold.number, "", sold.operator, at, past=True)


def past_steps(conn: sqlite3.Connection, code: str) -> list[PastStep]:
    """What became of a code in the old system, in the order of time."""
    found = conn.execute(
        "SELECT row, at, returned, number, operator FROM past_sales WHERE code = ? ORDER BY at, id",
        (code,),
    )
    return [PastStep(*row) for row in found]


def _returned(conn: sqlite3.Connection, code: str) -> Earlier | None:
    row = conn.execute(
        "SELECT counter, operator, at, kind, document FROM events WHERE code = ? AND kind = ?"
        " ORDER BY at DESC LIMIT 1",
        (code, EventKind.BOX_RETURNED.value),
    ).fetchone()
    if row is None:
        return None
    return Earlier(
        ClaimState.RETURNED,
        row["document"],
        row["counter"],
        row["operator"],
        rows.moment(row["at"]),
    )


def box_record(conn: sqlite3.Connection, code: str) -> BoxRecord | None:
    """What is known of a box besides its sale."""
    row = conn.execute("SELECT * FROM boxes WHERE code = ?", (code,)).fetchone()
    if row is None:
        return None
    return BoxRecord(
        code=code,
        state=BoxState(row["state"]),
        item=row["item"],
        batch=Batch(row["lot"], rows.day(row["made"]), rows.day(row["expiry"])),
        document=row["document"],
        at=rows.moment(row["at"]),
        counter=row["counter"],
        operator=row["operator"],
        party=row["party"],
        units_left=row["units_left"],
        settled_at=rows.moment(row["settled_at"]) if row["settled_at"] else None,
        settled_words=row["settled_words"] or "",
    )


def box_state(conn: sqlite3.Connection, code: str) -> BoxState | None:
    """Where a box is now: by its record, else by its sale; None when it was never heard of."""
    record = box_record(conn, code)
    if record:
        return record.state
    sold = earlier(conn, code)
    return BoxState.SOLD if sold and sold.state is ClaimState.FINAL else None


def pack_facts(conn: sqlite3.Connection, code: str) -> PackFacts | None:
    """Where a code stands among packs; None when no relation names it."""
    row = conn.execute(
        "SELECT parent, level, smallest FROM packs WHERE code = ?", (code,)
    ).fetchone()
    inner = conn.execute(
        "SELECT code FROM packs WHERE parent = ? ORDER BY code", (code,)
    ).fetchall()
    if row is None and not inner:
        return None
    parent = row["parent"] if row else None
    level = row["level"] if row else 2
    if row and row["smallest"]:
        level = 1
    sold = None
    for above in packs_around(conn, code):
        claim = earlier(conn, above)
        if claim and claim.state is ClaimState.FINAL:
            sold = claim
            break
    taken = _inner_taken(conn, code) if inner else None
    return PackFacts(level, parent, tuple(one["code"] for one in inner), sold, taken)


def _inner_taken(conn: sqlite3.Connection, code: str) -> TakenBox | None:
    """A box inside, at any depth, that a sale has or had; files may have told of a circle."""
    found = conn.execute(
        "WITH RECURSIVE inside(code) AS (SELECT code FROM packs WHERE parent = ?1 UNION"
        " SELECT p.code FROM inside i JOIN packs p ON p.parent = i.code)"
        " SELECT i.code FROM inside i WHERE i.code <> ?1"
        " AND (EXISTS (SELECT 1 FROM claims c WHERE c.code = i.code)"
        " OR EXISTS (SELECT 1 FROM past_sales p WHERE p.code = i.code))",
        (code,),
    )
    taken = ((row["code"], earlier(conn, row["code"])) for row in found.fetchall())
    return next((TakenBox(inner, claim) for inner, claim in taken if claim), None)


def packs_around(conn: sqlite3.Connection, code: str) -> list[str]:
    """The packs a box stands in, from the inside out; files may have told of a circle."""
    around: list[str] = []
    row = conn.execute("SELECT parent FROM packs WHERE code = ?", (code,)).fetchone()
    while row and row["parent"] and row["parent"] not in (code, *around):
        around.append(row["parent"])
        row = conn.execute("SELECT parent FROM packs WHERE code = ?", (around[-1],)).fetchone()
    return around


def open_recalls(conn: sqlite3.Connection) -> tuple[Recall, ...]:
    """Recalls and holds in force, oldest first."""
    found = conn.execute(
        "SELECT number, key, value, reason FROM recalls WHERE closed_at IS NULL ORDER BY opened_at"
    )
    return tuple(Recall(*row) for row in found)


def items_by_identification(
    conn: sqlite3.Connection, identification: str
) -> tuple[tuple[Item, ...], Item | None]:
    """Items an identification is confirmed for, and the one it is only proposed for."""
    items, proposed, _ = mapped(conn, identification, _WHOLE)
    return items, proposed


def mapped(conn: sqlite3.Connection, identification: str, columns: str) -> KnownItems:
    """The same, and the highest pack level (1 = smallest) that is confirmed for it."""
    found = conn.execute(
        f"SELECT {columns}, i.state, i.level FROM identifications i JOIN items t ON t.code = i.item"
        " WHERE i.identification = ? ORDER BY i.item",
        (identification,),
    ).fetchall()
    items = tuple([_whole_item(row) for row in found if row["state"] == MapState.CONFIRMED])
    waiting = (row for row in found if row["state"] == MapState.PROPOSED)
    proposed = next(waiting, None)
    level = max((row["level"] for row in found if row["state"] == MapState.CONFIRMED), default=1)
    return items, _whole_item(proposed) if proposed else None, level


def items_by_barcode(conn: sqlite3.Connection, barcode: str) -> list[Item]:
    """Items that carry this commodity barcode."""
    found = conn.execute("SELECT item FROM barcodes WHERE barcode = ? ORDER BY item", (barcode,))
    return items_by_code(conn, [row["item"] for row in found])


def items_by_code(conn: sqlite3.Connection, codes: Iterable[str]) -> list[Item]:
    """Items by their code, with barcodes and identifications, in the order asked for."""
    items = []
    for code in codes:
        row = conn.execute(f"SELECT {_WHOLE} FROM items t WHERE code = ?", (code,)).fetchone()
        if row:
            items.append(_whole_item(row))
    return items


def _whole_item(row: sqlite3.Row) -> Item:
    """An item from `rows.ITEM_COLUMNS`, lots, barcodes and identifications, by their order."""
    lots, barcodes, known = row[_ITEM_WIDTH : _ITEM_WIDTH + 3]
    batches = [Batch(lot, rows.day(made), rows.day(to)) for lot, made, to in _list(lots)]
    return rows.item_of(row[:_ITEM_WIDTH], _list(barcodes), _list(known), batches)


def _list(text: str) -> list[Any]:
    return json.loads(text) if text != "[]" else []  # most are empty


def find_item(conn: sqlite3.Connection, key: str) -> Item | None:
    """An item by code, else by barcode, else by identification when that means only one."""
    found = items_by_code(conn, [key]) or items_by_barcode(conn, key)
    if not found:
        known, _ = items_by_identification(conn, key)
        return known[0] if len(known) == 1 else None
    return found[0]


def find_by_insurance_code(conn: sqlite3.Connection, code: str) -> Item | None:
    """The one item of this insurance code; None for none, for several, and for an empty code."""
    found = conn.execute(
        "SELECT code FROM items WHERE insurance_code = ? AND insurance_code <> '' LIMIT 2", (code,)
    ).fetchall()
    return items_by_code(conn, [found[0]["code"]])[0] if len(found) == 1 else None


def find_by_name(conn: sqlite3.Connection, name: str, spec: str, maker: str = "") -> Item | None:
    """The one item of this name, spec and, if it is told, maker; None for none or several.

    Width, case, blanks and the multiplication sign may be written as anybody likes; letters and
    numbers may not.
    """
    found = conn.execute(
        "SELECT code, name, spec, maker FROM items WHERE substr(name, 1, 1) = ?",
        (name.strip()[:1],),
    )
    wanted = plain_drug(name), plain_drug(spec)
    codes = [
        row["code"]
        for row in found
        if (plain_drug(row["name"]), plain_drug(row["spec"])) == wanted
        and (not maker or not row["maker"] or plain_drug(row["maker"]) == plain_drug(maker))
    ]
    return items_by_code(conn, codes)[0] if len(codes) == 1 else None


def find_supplied(conn: sqlite3.Connection, words: SupplierWords) -> Item | None:
    """The drug that a supplier's words mean, as a person has said once."""
    row = conn.execute(
        "SELECT item FROM supplier_drugs WHERE (party, name, spec, maker) = (?, ?, ?, ?)",
        words.key,
    ).fetchone()
    return next(iter(items_by_code(conn, [row["item"]])), None) if row else None


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
        f"SELECT {_WHOLE} FROM items t WHERE code = ?1"
        " OR code IN (SELECT item FROM barcodes WHERE barcode LIKE ?2 ESCAPE '\\')"
        " OR name LIKE ?3 ESCAPE '\\' OR pinyin LIKE ?4 ESCAPE '\\'"
        " ORDER BY code <> ?1, name NOT LIKE ?2 ESCAPE '\\', pinyin NOT LIKE ?2 ESCAPE '\\',"
        " length(name), name LIMIT ?5",
        (plain, start, inside, inside, limit),
    ).fetchall()
    return [_whole_item(row) for row in found]


def held_sales(conn: sqlite3.Connection) -> tuple[Sale, ...]:
    """Held sales, the oldest first."""
    found = conn.execute(
        "SELECT number FROM sales WHERE state = 'held' ORDER BY changed_at"
    ).fetchall()
    sales = (load_sale(conn, row["number"]) for row in found)
    return tuple(sale for sale in sales if sale)


def find_sale(conn: sqlite3.Connection, text: str) -> str | None:
    """The number of a sale by its whole number, online order, ticket, or last digits (newest).

    `last` is the newest paid one: a script cannot know numbers before it is played.
    """
    if text == "last":
        row = conn.execute(
            "SELECT number FROM sales WHERE paid_at IS NOT NULL"
            " ORDER BY paid_at DESC, number DESC LIMIT 1"
        ).fetchone()
        return row["number"] if row else None
    whole = conn.execute("SELECT number FROM sales WHERE number = ?", (text,)).fetchone()
    found = whole["number"] if whole else sale_of_order(conn, text)
    if found:
        return str(found)
    row = conn.execute(
        "SELECT number FROM sales WHERE number = ? OR number LIKE ? ESCAPE '\\'"
        " ORDER BY number = ? DESC, opened_at DESC LIMIT 1",
        (text, "%-" + text.replace("%", "").replace("_", "").zfill(6), text),
    ).fetchone()
    return row["number"] if row else None


def sale_of_order(conn: sqlite3.Connection, number: str) -> str | None:
    """The newest sale of this number elsewhere, voided ones left out: see the reading port."""
    row = conn.execute(
        "SELECT number FROM sales WHERE (order_number = ? OR number = (SELECT sale FROM tickets"
        " WHERE tickets.number = ?)) AND state <> 'voided' ORDER BY opened_at DESC LIMIT 1",
        (number, number),
    ).fetchone()
    return row["number"] if row else None


def _line(
    conn: sqlite3.Connection, line: sqlite3.Row
) -> tuple[int, Item, int, bool, bool, Repriced | None, Cover | None]:
    """A line's row as `rows.sale_of` takes it.

    Until it is paid a sale speaks of the catalogue as it is; from then on of what was sold.
    """
    kept, list_fen = line["snapshot"], line["list_fen"]
    return (
        line["line"],
        rows.item_from_json(kept) if kept else items_by_code(conn, [line["item"]])[0],
        line["price_fen"],
        bool(line["split"]),
        bool(line["gift"]),
        None if list_fen is None else Repriced(list_fen, line["price_reason"] or ""),
        Cover(line["cover"]) if line["cover"] else None,
    )


def load_sale(conn: sqlite3.Connection, number: str) -> Sale | None:
    """A sale with its lines and boxes."""
    row = conn.execute("SELECT * FROM sales WHERE number = ?", (number,)).fetchone()
    if row is None:
        return None
    lines = conn.execute(
        "SELECT line, item, price_fen, snapshot, split, gift, list_fen, price_reason, cover"
        " FROM sale_lines WHERE sale = ? ORDER BY line",
        (number,),
    )
    items = (_line(conn, line) for line in lines)
    entries = conn.execute(
        "SELECT e.entry, e.line, e.code, e.asked, e.state, e.lot, e.made, e.expiry, e.units,"
        " e.typed, e.no_code, n.bought_on, c.since, c.keeper,"
        " EXISTS (SELECT 1 FROM boxes b WHERE b.code = e.code) AS received"
        " FROM sale_entries e LEFT JOIN no_code n ON n.number = e.no_code"
        " LEFT JOIN claims c ON c.code = e.code AND c.sale = e.sale AND c.entry = e.entry"
        " WHERE e.sale = ? ORDER BY e.entry",
        (number,),
    )
    settled = conn.execute(
        "SELECT * FROM settlements WHERE sale = ? AND state IN ('settled', 'cancelled')"
        " AND setl_id = ?",
        (number, row["setl_id"]),
    ).fetchone()
    seen = conn.execute("SELECT * FROM sale_persons WHERE sale = ?", (number,)).fetchone()
    return replace(
        rows.sale_of(row, items, entries, settled),
        person=rows.person_of(seen) if seen else None,
        prescription=load_prescription(conn, row["prescription"], number),
        head=_head(conn, number),
    )


def load_prescription(
    conn: sqlite3.Connection, reference: str | None, sale: str
) -> Prescription | None:
    """A prescription with what sales other than `sale` have taken of it."""
    row = conn.execute("SELECT * FROM prescriptions WHERE id = ?", (reference,)).fetchone()
    if row is None:
        return None
    drugs = conn.execute(
        "SELECT l.*, (SELECT coalesce(sum(d.packs), 0) FROM dispensings d"
        " WHERE d.prescription = l.prescription AND d.rx_line = l.line AND d.sale <> ?2) AS taken"
        " FROM prescription_lines l WHERE l.prescription = ?1 ORDER BY l.line",
        (reference, sale),
    )
    last = conn.execute(
        "SELECT s.number, s.paid_at FROM dispensings d JOIN sales s ON s.number = d.sale"
        " WHERE d.prescription = ?1 AND d.sale <> ?2 ORDER BY s.paid_at DESC LIMIT 1",
        (reference, sale),
    ).fetchone()
    waits = conn.execute(
        "SELECT number FROM sales WHERE prescription = ? AND state IN ('open', 'held')"
        " AND number <> ?",
        (reference, sale),
    ).fetchone()
    return rows.prescription_of(row, drugs, last, waits["number"] if waits else "")


def _head(conn: sqlite3.Connection, number: str) -> str:
    """The chain's head at a sale's payment, short; empty until it is paid."""
    row = conn.execute(
        "SELECT epoch, seq, hash FROM events WHERE document = ? AND code IS NULL"
        " AND kind = 'sale_paid'",
        (number,),
    ).fetchone()
    return f"{row['epoch']}-{row['seq']} {row['hash'].hex()[:8]}" if row else ""


def as_json(value: object) -> str:
    """JSON for a text column."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
