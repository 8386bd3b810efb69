"""Prove what people said: gifts, prices, online orders and the map equal their events."""

import json
import sqlite3
from collections.abc import Iterator

from pharmacy_desk.adapters.store.base import facts
from pharmacy_desk.adapters.store.base.epochs import events_in_order
from pharmacy_desk.adapters.store.sale.settlements import KEPT
from pharmacy_desk.adapters.store.sale.undoings import EVENTS
from pharmacy_desk.core.sale.settlement import SettlementState
from pharmacy_desk.core.sale.undo import UndoState


def gifts(conn: sqlite3.Connection) -> Iterator[str]:
    """Every gift line was made one by an event and costs nothing; moved boxes stand where told."""
    told: set[tuple[str, int]] = set()
    places: dict[tuple[str, int], int] = {}
    for sale, kind, payload in _told(conn, ("gift_made", "gift_taken_back")):
        said = json.loads(payload)
        gift = said["to"] if kind == "gift_made" else said["from"]
        told.add((sale, gift))
        for entry in said["entries"]:
            places[sale, entry] = said["to"]
    lines = conn.execute("SELECT sale, line, price_fen FROM sale_lines WHERE gift").fetchall()
    there = {(row[0], row[1]) for row in lines}
    for sale, line in sorted(there - told):
        yield f"gift: line {line} of sale {sale} is a gift without its event"
    for sale, line in sorted(told - there):
        yield f"gift: line {line} of sale {sale} is no gift, its event says so"
    for sale, line, price_fen in lines:
        if price_fen:
            yield f"gift: line {line} of sale {sale} costs {price_fen} fen"
    for (sale, entry), line in sorted(places.items()):
        row = conn.execute(
            "SELECT line FROM sale_entries WHERE sale = ? AND entry = ?", (sale, entry)
        ).fetchone()
        if row is None or row[0] != line:
            kept = row[0] if row else "none"
            yield f"gift: entry {entry} of sale {sale} is on line {kept}, its event says {line}"


def prices(conn: sqlite3.Connection) -> Iterator[str]:
    """Each line whose price was changed costs what was said last, of the price it had before."""
    last: dict[tuple[str, int], tuple[object, ...]] = {}
    for sale, _, payload in _told(conn, ("line_repriced",)):
        said = json.loads(payload)
        # Back at its price by the list, a line is as if nothing had been said.
        back = said["price_fen"] == said["list_fen"]
        why = (None, None) if back else (said["list_fen"], said["reason"])
        last[sale, said["line"]] = said["price_fen"], *why
    kept = {
        (row[0], row[1]): tuple(row)[2:]
        for row in conn.execute(
            "SELECT sale, line, price_fen, list_fen, price_reason FROM sale_lines"
            " WHERE list_fen IS NOT NULL OR price_reason IS NOT NULL"
        )
    }
    for sale, line in sorted(kept.keys() - last.keys()):
        yield f"price: line {line} of sale {sale} has another price without its event"
    for (sale, line), told in sorted(last.items()):
        there = conn.execute(
            "SELECT price_fen, list_fen, price_reason FROM sale_lines WHERE sale = ? AND line = ?",
            (sale, line),
        ).fetchone()
        if there is None or tuple(there) != told:
            yield f"price: line {line} of sale {sale} does not cost what its event says"


def orders(conn: sqlite3.Connection) -> Iterator[str]:
    """Each sale's online order is what was said last."""
    last = {
        sale: (said["platform"], said["number"])
        for sale, _, payload in _told(conn, ("order_set",))
        for said in (json.loads(payload),)
    }
    kept = {
        row[0]: (row[1], row[2])
        for row in conn.execute(
            "SELECT number, order_platform, order_number FROM sales"
            " WHERE order_number IS NOT NULL OR order_platform IS NOT NULL"
        )
    }
    for sale in sorted(last.keys() | kept.keys()):
        nothing = (None, None)
        if kept.get(sale, nothing) != last.get(sale, nothing):
            yield f"order: sale {sale} is kept for another order than its events say"


def settlements(conn: sqlite3.Connection) -> Iterator[str]:
    """Each settlement is what was told of it last, and a sale is paid with the one it names."""
    kinds = tuple(f"settlement_{state.value}" for state in SettlementState)
    last: dict[str, tuple[object, ...]] = {}
    for _, kind, payload in _told(conn, kinds):
        said = json.loads(payload)
        told = tuple(said.get(name) for name in KEPT)
        last[said["settlement"]] = kind.removeprefix("settlement_"), *told
    kept = {
        row[0]: tuple(row)[1:]
        for row in conn.execute(f"SELECT id, state, {', '.join(KEPT)} FROM settlements")
    }
    for number in sorted(last.keys() | kept.keys()):
        if kept.get(number) != last.get(number):
            yield f"settlement: {number} is not what its events say"
    others = conn.execute(
        "SELECT s.number FROM sales s WHERE s.setl_id IS NOT NULL AND EXISTS (SELECT 1"
        " FROM settlements t WHERE t.sale = s.number) AND NOT EXISTS (SELECT 1 FROM settlements t"
        " WHERE t.sale = s.number AND t.setl_id = s.setl_id AND (t.state = 'settled'"
        " OR t.state = 'cancelled' AND EXISTS (SELECT 1 FROM undoings u"
        " WHERE u.settlement = t.id AND u.state = 'done')))"
        " UNION SELECT t.sale FROM settlements t LEFT JOIN sales s ON s.number = t.sale"
        " WHERE t.state IN ('asked', 'unknown') AND coalesce(s.state, '?') NOT IN ('open', 'held')"
    )
    for row in others:
        yield f"settlement: sale {row[0]} does not stand as its settlement says"


def undoings(conn: sqlite3.Connection) -> Iterator[str]:
    """Each undoing is what was told of it last; one that is done has its return and its sale."""
    kinds = tuple(kind.value for kind in EVENTS.values())
    first: dict[str, tuple[object, ...]] = {}
    last: dict[str, tuple[object, ...]] = {}
    for number, kind, payload in _told(conn, kinds):
        said = json.loads(payload)
        if kind == EVENTS[UndoState.ASKED].value:
            names = ("sale", "settlement", "reason", "wanted")
            first[number] = tuple(said[name] for name in names)
        words = said.get("words", ""), said.get("anew", "")
        last[number] = (kind.removeprefix("undo_"), *words)
    kept = conn.execute("SELECT * FROM undoings").fetchall()
    for row in kept:
        began = row["sale"], row["settlement"], row["reason"], json.loads(row["wanted"])
        ended = row["state"], row["words"], row["anew"] or ""
        if first.get(row["number"]) != began or last.get(row["number"]) != ended:
            yield f"undoing: {row['number']} is not what its events say"
    for number in sorted(first.keys() - {row["number"] for row in kept}):
        yield f"undoing: {number} was asked for and is missing"
    others = conn.execute(
        "SELECT u.number FROM undoings u WHERE (u.state = 'done') IS NOT EXISTS (SELECT 1"
        " FROM returns r WHERE r.number = u.number) OR u.state = 'done' AND (NOT EXISTS (SELECT 1"
        " FROM settlements t WHERE t.id = u.settlement AND t.state = 'cancelled')"
        " OR u.anew IS NOT (SELECT s.number FROM sales s WHERE s.resettles = u.sale"
        "  AND s.number = u.anew))"
    )
    for row in others:
        yield f"undoing: {row[0]} does not stand as its return and its settlement say"
    moved = conn.execute(
        "SELECT r.number FROM returns r LEFT JOIN events e ON e.document = r.number"
        " AND e.code IS NULL AND e.kind = 'return_posted' WHERE r.moved_to IS NOT"
        " iif(r.line IN (SELECT value FROM json_each(e.payload, '$.moved')),"
        " json_extract(e.payload, '$.moved_to'), NULL)"
        " UNION SELECT s.number FROM sales s LEFT JOIN events e ON e.document = s.number"
        " AND e.code IS NULL AND e.kind = 'sale_opened'"
        " WHERE s.resettles IS NOT json_extract(e.payload, '$.resettles')"
    )
    for row in moved:
        yield f"undoing: what went on as another sale is not as the event of {row[0]} says"


def _carried(conn: sqlite3.Connection) -> dict[str, str]:
    """Sales that go on under a number of a new epoch, and the number each had before."""
    found = conn.execute(
        "SELECT document, json_extract(payload, '$.from') FROM events WHERE kind = 'sale_opened'"
        " AND json_extract(payload, '$.from') IS NOT NULL"
    )
    return {str(now): str(before) for now, before in found}


def covers(conn: sqlite3.Connection) -> Iterator[str]:
    """Each line is paid by whom its sale's last event says, and the settled parts come to that.

    A sale that a kill has moved into another epoch has what was asked under its number before.
    """
    last: dict[str, dict[int, str]] = {}
    paid: set[str] = set()
    for sale, kind, payload in _told(conn, ("settlement_asked", "sale_paid")):
        said = json.loads(payload)
        paid |= {sale} if kind == "sale_paid" else set()
        last[sale] = {int(line): cover for line, cover in said.get("covers", {}).items()}
    carried = _carried(conn)
    for sale in carried:
        before = sale
        while before not in last and before in carried:
            before = carried[before]
        last.setdefault(sale, last.get(before, {}))
    kept: dict[str, dict[int, str]] = {}
    for sale, line, cover in conn.execute(
        "SELECT sale, line, cover FROM sale_lines WHERE cover IS NOT NULL"
    ):
        kept.setdefault(sale, {})[line] = cover
    for number in sorted(last.keys() | kept.keys()):
        if kept.get(number, {}) != last.get(number, {}):
            yield f"cover: the lines of sale {number} are not paid as its events say"
    for number in sorted(paid & kept.keys()):
        sold = facts.load_sale(conn, number)
        if sold and sold.settlement and not sold.settlement.adds_up(sold.insured_fen):
            yield f"cover: what sale {number} was settled with is not what its insured lines cost"


def standing(conn: sqlite3.Connection) -> list[str]:
    """Settlements that could not be cancelled: a person has to, at the insurance's terminal."""
    found = conn.execute(
        "SELECT t.setl_id, t.sale FROM settlements t LEFT JOIN sales s ON s.number = t.sale"
        " WHERE t.state = 'settled' AND s.setl_id IS NOT t.setl_id ORDER BY t.id"
    )
    return [
        f"settlement {row[0]} of sale {row[1]} stands at the insurance; the sale was not paid"
        " with it: cancel it there"
        for row in found
    ]


def tenders(conn: sqlite3.Connection) -> Iterator[str]:
    """How each sale was paid is what its payment's event says, and change was given of cash."""
    told = {
        sale: said.get("taken")
        for sale, _, payload in _told(conn, ("sale_paid",))
        for said in (json.loads(payload),)
    }
    kept = {
        row[0]: json.loads(row[1]) if row[1] else None
        for row in conn.execute("SELECT number, taken FROM sales WHERE state = 'paid'")
    }
    for sale, taken in sorted(kept.items()):
        if taken != told.get(sale):
            yield f"tenders: sale {sale} was not paid as its event says"
        elif taken:
            cash = sum(fen for kind, fen, _ in taken["tenders"] if kind == "cash")
            if not 0 <= taken["change_fen"] <= cash or taken["rounded_fen"] < 0:
                yield f"tenders: sale {sale} gave {taken['change_fen']} fen of {cash} in cash"


def three_code_map(conn: sqlite3.Connection) -> Iterator[str]:
    """Each row of the map is what was said last; rows of a drug list are plain and confirmed."""
    states = {"map_proposed": "proposed", "map_confirmed": "confirmed", "map_removed": "removed"}
    last: dict[tuple[str, str], tuple[object, ...]] = {}
    for row in events_in_order(conn, tuple(states)):
        said = json.loads(row["payload"])
        # Events of the first version told no level: it knew smallest packs only.
        place = said["identification"], said["item"]
        last[place] = states[row["kind"]], said.get("level", 1), row["operator"], row["at"]
    kept = {
        (row[0], row[1]): tuple(row)[2:]
        for row in conn.execute(
            "SELECT identification, item, state, level, operator, at FROM identifications"
        )
    }
    for place in sorted(last.keys() | kept.keys()):
        there = kept.get(place, ())
        if there != last.get(place, ("confirmed", 1, *there[2:])):
            yield f"map: {place[0]} for item {place[1]} differs from what its events say"


def _told(conn: sqlite3.Connection, kinds: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """(document, kind, payload) of events in the order in which they were written."""
    return [(row["document"], row["kind"], row["payload"]) for row in events_in_order(conn, kinds)]
