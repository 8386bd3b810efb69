"""The judge of what is no box: library, gifts, orders, drafts, map, people, approvals.

Sqlite3 and json, nothing of ours. Every table is what its events say, every event has its deed,
and what was paid is what was taken.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from typing import Any

# Boxes that are taken from the library and were not given back.
_TAKEN = "('live', 'final', 'returned')"
# What an approval allows, by the kind of event that does it in the same document.
_DEEDS = {
    "no_code": "no_code_approved",
    "restore": "box_restored",
    "movement": "document_posted",
    "gate": "sale_paid",
}
_TRIES = 5
_FREE = {"tries": 0, "locked_until": None}
# What an event leaves of a person; `operator_changed` and `pin_refused` say more themselves.
_OF_PEOPLE: dict[str, dict[str, Any]] = {
    "operator_left": {"active": 0},
    "operator_back": {"active": 1},
    "operator_freed": _FREE,
    "pin_accepted": _FREE,
    "badge_given": {"badge": 1},
    "badge_taken": {"badge": 0},
}


def mark_faults(conn: sqlite3.Connection, scanned: set[str]) -> list[str]:
    """Everything that must not be. `scanned` are boxes that were acknowledged in a draft."""
    faults: list[str] = []
    rules = (
        _library,
        _used,
        _without_code,
        _gifts,
        _places,
        _money,
        _orders,
        _drafts,
        _headers,
        _map,
    )
    for rule in (*rules, _people, _lock, _approvals, _deeds):
        faults += rule(conn)
    return faults + list(_scanned(conn, scanned))


def _told(conn: sqlite3.Connection, *kinds: str) -> list[tuple[str, str | None, dict[str, Any]]]:
    """(kind, document, payload) of events, in their order; the drill's home has one epoch."""
    marks = ", ".join("?" * len(kinds))
    found = conn.execute(
        f"SELECT kind, document, payload FROM events WHERE kind IN ({marks}) ORDER BY seq", kinds
    )
    return [(kind, document, json.loads(payload)) for kind, document, payload in found]


# --- the no-code library ------------------------------------------------------------------


def _library(conn: sqlite3.Connection) -> Iterator[str]:
    """An entry is what its events say: what was entered, who approved it, whether it is closed."""
    states: dict[str, str] = {}
    kept: dict[str, tuple[object, ...]] = {}
    approvers: dict[str, str] = {}
    for kind, number, payload in _told(conn, "no_code_kept", "no_code_approved", "no_code_closed"):
        states[str(number)] = kind.removeprefix("no_code_").replace("kept", "proposed")
        if kind == "no_code_kept":
            kept[str(number)] = payload["quantity"], payload["item"], payload["lot"]
        approvers |= {str(number): payload["approver"]} if "approver" in payload else {}
    there = {}
    for number, state, approver, *goods in conn.execute(
        "SELECT number, state, approver, quantity, item, lot FROM no_code"
    ):
        there[number] = state
        if kept.get(number) != tuple(goods):
            yield f"no-code {number} is not what was entered"
        if approver != approvers.get(number):
            yield f"no-code {number} was approved by {approver} or {approvers.get(number)}"
    for number in sorted(there.keys() | states.keys()):
        if there.get(number) != states.get(number):
            yield f"no-code {number} is {there.get(number)}, its events say {states.get(number)}"


def _used(conn: sqlite3.Connection) -> Iterator[str]:
    """What is used of an entry is what was taken and not given back, in the sales and the log."""
    told = Counter[str]()
    for kind, _, payload in _told(conn, "no_code_used", "no_code_released"):
        told[payload["no_code"]] += 1 if kind == "no_code_used" else -1
    taken = Counter[str](
        row[0]
        for row in conn.execute(
            "SELECT no_code FROM sale_entries WHERE no_code IS NOT NULL AND state IN " + _TAKEN
        )
    )
    for number, quantity, used, approver in conn.execute(
        "SELECT number, quantity, used, approver FROM no_code"
    ):
        if not 0 <= used <= quantity or (used and approver is None):
            yield f"no-code {number} gave {used} of {quantity}, approved by {approver}"
        if not used == taken.pop(number, 0) == told.pop(number, 0):
            yield f"no-code {number} has {used} used, its sales or its events say otherwise"
    for number in sorted(taken.keys() | told.keys()):
        yield f"no-code {number} is used and is not there"


def _without_code(conn: sqlite3.Connection) -> Iterator[str]:
    """A box without code: its drug and lot are the entry's, its payment names it, its return too."""
    for row in conn.execute(
        "SELECT e.sale, e.entry FROM sale_entries e JOIN sale_lines l"
        " ON l.sale = e.sale AND l.line = e.line LEFT JOIN no_code n ON n.number = e.no_code"
        " WHERE e.no_code IS NOT NULL AND e.state IN ('live', 'final', 'returned')"
        " AND (l.item IS NOT n.item OR e.lot IS NOT n.lot OR e.code IS NOT NULL)"
    ):
        yield f"box {row[1]} of sale {row[0]} is none of its no-code entry"
    sold: dict[str, list[str]] = {}
    back = Counter[tuple[str, int, str]]()
    for sale, entry, number, state in conn.execute(
        "SELECT sale, entry, no_code, state FROM sale_entries WHERE no_code IS NOT NULL"
        " AND state IN ('final', 'returned')"
    ):
        sold.setdefault(sale, []).append(number)
        back[sale, entry, number] += state == "returned"
    for _, number, payload in _told(conn, "sale_paid"):
        if sorted(payload.get("no_code", [])) != sorted(sold.pop(str(number), [])):
            yield f"payment {number} names other no-code entries than it holds"
    yield from (f"boxes without code of sale {sale} are sold and not paid" for sale in sold)
    for _, number, payload in _told(conn, "no_code_returned"):
        back[payload["sale"], payload["entry"], payload["no_code"]] -= 1
        if not conn.execute("SELECT 1 FROM returns WHERE number = ?", (number,)).fetchone():
            yield f"return {number} of a box without code is half there"
    for (sale, entry, _), balance in back.items():
        if balance:
            yield f"box {entry} of sale {sale} is returned on one side only"


# --- gifts, money, orders -----------------------------------------------------------------


def _gifts(conn: sqlite3.Connection) -> Iterator[str]:
    """A gift costs nothing, also at the platform; everything else costs what its line says."""
    for row in conn.execute(
        "SELECT l.sale, l.line, l.price_fen FROM sale_lines l"
        " WHERE (l.gift AND l.price_fen <> 0) OR (NOT l.gift AND l.price_fen = 0)"
    ):
        yield f"line {row[1]} of sale {row[0]} costs {row[2]} fen"
    told: dict[tuple[str, str], str] = {}
    for sale, price, codes in conn.execute(
        "SELECT document, json_extract(words, '$.price'), codes FROM outbox"
        " WHERE infno LIKE '3505%'"
    ):
        told |= {(sale, code): price for code in json.loads(codes)}
    for sale, code, fen in conn.execute(
        "SELECT e.sale, e.code, l.price_fen FROM sale_entries e JOIN sale_lines l"
        " ON l.sale = e.sale AND l.line = e.line WHERE e.code IS NOT NULL"
        " AND e.state IN ('final', 'returned', 'restored', 'units_sold')"
    ):
        if told.get((sale, code)) != f"{fen / 100:.2f}":
            yield f"code {code} of sale {sale} costs {fen} fen, told as {told.get((sale, code))}"


def _places(conn: sqlite3.Connection) -> Iterator[str]:
    """What was turned stands on the line that was told last; no line is a gift by itself."""
    gifts: set[tuple[str, int]] = set()
    places: dict[tuple[str, int], int] = {}
    for kind, sale, payload in _told(conn, "gift_made", "gift_taken_back"):
        there = payload["to"] if kind == "gift_made" else payload["from"]
        gifts.add((str(sale), there))
        places |= {(str(sale), entry): payload["to"] for entry in payload["entries"]}
    kept = set(conn.execute("SELECT sale, line FROM sale_lines WHERE gift").fetchall())
    yield from (f"line {line} of sale {sale} is half a gift" for sale, line in kept ^ gifts)
    lines = {(row[0], row[1]): row[2] for row in conn.execute(
        "SELECT sale, entry, line FROM sale_entries"
    )}  # fmt: skip
    for place, line in places.items():
        if lines.get(place) != line:
            yield f"entry {place[1]} of sale {place[0]} stands on {lines.get(place)}, not {line}"


def _money(conn: sqlite3.Connection) -> Iterator[str]:
    """A payment is the sum of its lines, and as many boxes are told to the platform."""
    amounts: Counter[str] = Counter()
    boxes: Counter[str] = Counter()
    for sale, fen, split, asked, there, units in conn.execute(
        "SELECT e.sale, l.price_fen, l.split, sum(e.asked), sum(coalesce(e.code, e.no_code)"
        " IS NOT NULL), sum(coalesce(e.units, 0)) FROM sale_entries e JOIN sale_lines l"
        " ON l.sale = e.sale AND l.line = e.line"
        " WHERE e.state NOT IN ('ended', 'gift') GROUP BY e.sale, e.line"
    ):
        quantity = units if split else max(asked, there)
        amounts[sale] += fen * quantity
        boxes[sale] += quantity
    told = Counter[str]()
    for sale, quantity in conn.execute(
        "SELECT document, json_extract(words, '$.quantity') FROM outbox WHERE infno LIKE '3505%'"
    ):
        told[sale] += int(quantity)
    for sale, total in conn.execute("SELECT number, total_fen FROM sales WHERE state = 'paid'"):
        if total != amounts[sale]:
            yield f"sale {sale} was paid with {total} fen, its lines are {amounts[sale]}"
        if told[sale] != boxes[sale]:
            yield f"sale {sale} has {boxes[sale]} boxes, {told[sale]} are told"


def _orders(conn: sqlite3.Connection) -> Iterator[str]:
    """A sale's order is what was said last, and what the platform hears."""
    said = {
        str(sale): (payload["platform"], payload["number"])
        for _, sale, payload in _told(conn, "order_set")
    }
    for sale, *order in conn.execute("SELECT number, order_platform, order_number FROM sales"):
        if tuple(order) != said.pop(sale, (None, None)):
            yield f"sale {sale} is kept for order {order}"
    yield from (f"sale {sale} has an order and is not there" for sale in said)
    for row in conn.execute(
        "SELECT s.number, o.key FROM sales s JOIN outbox o ON o.document = s.number"
        " WHERE o.infno LIKE '3505%'"
        " AND coalesce(s.order_number, '') <> json_extract(o.words, '$.order_number')"
    ):
        yield f"line {row[1]} of sale {row[0]} tells another order"


# --- drafts, header names, map ------------------------------------------------------------


def _drafts(conn: sqlite3.Connection) -> Iterator[str]:
    """A draft is there or posted, and so is each of its boxes."""
    ended = Counter(p["draft"] for _, _, p in _told(conn, "document_posted") if "draft" in p)
    yield from (f"draft {number} was posted {n} times" for number, n in ended.items() if n > 1)
    for number, body in conn.execute("SELECT number, body FROM drafts"):
        if number in ended:
            yield f"draft {number} is there and posted"
        for box in json.loads(body)["boxes"]:
            if _moved(conn, box["code"]):
                yield f"box {box['code']} is in draft {number} and in a document"


def _scanned(conn: sqlite3.Connection, scanned: set[str]) -> Iterator[str]:
    """A box that was acknowledged in a draft is in one, or was moved."""
    waiting = {
        box["code"]
        for row in conn.execute("SELECT body FROM drafts")
        for box in json.loads(row[0])["boxes"]
    }
    for code in sorted(scanned - waiting):
        if not _moved(conn, code):
            yield f"lost: box {code} was acknowledged in a draft"


def _moved(conn: sqlite3.Connection, code: str) -> bool:
    found = conn.execute(
        "SELECT 1 FROM events WHERE code = ? AND kind IN ('box_received', 'box_refused')", (code,)
    ).fetchone()
    return found is not None


def _headers(conn: sqlite3.Connection) -> Iterator[str]:
    """What is kept of header names is what was said last."""
    said = {
        (payload["party"], header): column
        for _, _, payload in _told(conn, "headers_learned")
        for header, column in payload["names"].items()
    }
    found = conn.execute("SELECT party, header, field FROM learned_headers")
    kept = {(row[0], row[1]): row[2] for row in found}
    for key in sorted(kept.keys() | said.keys()):
        if kept.get(key) != said.get(key):
            yield f"header {key} is {kept.get(key)}, its event says {said.get(key)}"


def _map(conn: sqlite3.Connection) -> Iterator[str]:
    """A row is what was said last; one of the drug list, of which nothing was said, is in use."""
    said = {
        (payload["identification"], payload["item"]): (
            kind.removeprefix("map_"), payload["level"]
        )
        for kind, _, payload in _told(conn, "map_proposed", "map_confirmed", "map_removed")
    }  # fmt: skip
    listed = {
        row[0] for row in conn.execute("SELECT DISTINCT item FROM identifications")
    } & {row[0] for row in conn.execute("SELECT code FROM items")}  # fmt: skip
    for identification, item, *kept in conn.execute(
        "SELECT identification, item, state, level FROM identifications"
    ):
        by_list = ("confirmed", 1) if item in listed else None
        if tuple(kept) != said.pop((identification, item), by_list):
            yield f"map {identification} of {item} is {kept}, its events say something else"
    yield from (f"map {place} was said and is not there" for place in said)


# --- people and approvals -----------------------------------------------------------------


def _people(conn: sqlite3.Connection) -> Iterator[str]:
    """Role, badge, wrong PINs and lock-out of everybody are what the events leave."""
    said: dict[str, dict[str, Any]] = {}
    nobody = {"role": "", "active": 1, "badge": 0, "tries": 0, "locked_until": None}
    for kind, _, payload in _told(conn, *_OF_PEOPLE, "operator_changed", "pin_refused"):
        if payload["id"] is None:
            continue
        one = said.setdefault(payload["id"], dict(nobody))
        one |= _OF_PEOPLE.get(kind, {})
        if kind == "operator_changed":
            one |= {"role": payload["role"], "active": 1} | (_FREE if payload["pin"] else {})
        if kind == "pin_refused":
            one |= {"tries": payload["tries"], "locked_until": payload["until"]}
    kept = {
        row[0]: dict(zip(nobody, row[1:], strict=True))
        for row in conn.execute(
            "SELECT id, role, active, badge_hash IS NOT NULL, tries, locked_until FROM operators"
        )
    }
    for number in sorted(kept.keys() | said.keys()):
        one = kept.get(number, {})
        if one != said.get(number):
            yield f"person {number} is {one}, the events say {said.get(number)}"
        if one.get("tries") and not one["tries"] % _TRIES and one["locked_until"] is None:
            yield f"person {number} had {one['tries']} wrong PINs and is not locked out"


def _lock(conn: sqlite3.Connection) -> Iterator[str]:
    """The counter is locked when nobody has signed in since."""
    told = [kind for kind, _, _ in _told(conn, "counter_locked", "operator_signed_in")]
    locked = conn.execute("SELECT 1 FROM home WHERE name LIKE 'locked.%'").fetchone() is not None
    if locked != (told[-1:] == ["counter_locked"]):
        yield f"the counter's lock is {locked}, its last event {told[-1:]}"


def _approvals(conn: sqlite3.Connection) -> Iterator[str]:
    """An approval is another person's, and stands once beside what it allowed."""
    for _, number, payload in _told(conn, "approval_given"):
        if payload["approver"] == payload["asker"] or not payload["reason"]:
            yield f"approval of {number} is {payload['approver']}'s own, or has no reason"
        done = conn.execute(
            "SELECT count(*) FROM events WHERE document = ? AND kind = ?",
            (number, _DEEDS.get(payload["subject"], "")),
        ).fetchone()[0]
        if done != 1:
            yield f"approval of {number} ({payload['subject']}) allowed {done} deeds"


def _deeds(conn: sqlite3.Connection) -> Iterator[str]:
    """What names who approved it has that person's approval."""
    given = Counter(
        (number, payload["approver"]) for _, number, payload in _told(conn, "approval_given")
    )
    for kind, number, payload in _told(conn, *_DEEDS.values()):
        who = payload.get("approver")
        if who is not None and given[number, who] != 1:
            yield f"{kind} {number} has {given[number, who]} approvals of {who}"
    for row in conn.execute("SELECT number FROM documents WHERE kind IN ('loss', 'destruction')"
                            " AND reference = 'REF-2'"):  # fmt: skip
        if not any(number == row[0] for number, _ in given):
            yield f"document {row[0]} was posted before anybody approved it"
