"""The judge of the drill over movements: sqlite3, json and the chain's own rule, nothing of ours.

Every document is whole or absent, every line it queued is there once, every box stands where its
events leave it, nothing is sold twice, and all that was acknowledged is there.
"""

import json
import sqlite3
from collections import Counter
from pathlib import Path

from tests.drills.judge import chain
from tests.drills.movement_mark_judge import mark_faults

# Event → where it leaves a box (transcribed; payments are looked at apart).
_LEAVES = {
    "box_received": "on_shelf",
    "box_stocked": "on_shelf",
    "box_transferred_in": "on_shelf",
    "box_found": "on_shelf",
    "box_restored": "on_shelf",
    "box_refused": "refused",
    "box_to_supplier": "to_supplier",
    "box_transferred_out": "transferred_out",
    "box_destroyed": "destroyed",
    "box_missing": "missing",
    "box_returned": "returned",
    "box_opened": "opened",
    "box_used_up": "used_up",
    "pack_broken": "broken",
}
# Documents whose lines the practice region is told of, and by which message (facts, 2.1 to 2.4).
_TOLD = {
    "delivery": "3503A",
    "to_supplier": "3504A",
    "transfer_in": "3502A",
    "transfer_out": "3502A",
    "surplus": "3502A",
    "loss": "3502A",
    "destruction": "3502A",
    "other_in": "3502A",
    "other_out": "3502A",
    "count": "3501A",
}


def judge(ledger: Path, acknowledged: set[str], scanned: set[str] | None = None) -> list[str]:
    """Everything that must not be.

    `acknowledged` are numbers of documents that were told, `scanned` boxes that were told to be
    in a draft of receiving and were not thrown away with it.
    """
    conn = sqlite3.connect(f"{ledger.absolute().as_uri()}?mode=ro", uri=True)
    try:
        conn.execute("BEGIN")
        faults = chain(conn)
        for rule in _RULES:
            faults += rule(conn)
        return faults + mark_faults(conn, scanned or set()) + _known(conn, acknowledged)
    finally:
        conn.close()


def _documents(conn: sqlite3.Connection) -> list[str]:
    """A document, its lines, its event and its boxes' events: all of them or none."""
    faults = []
    said = {
        row[0]: json.loads(row[1])
        for row in conn.execute(
            "SELECT document, payload FROM events WHERE kind = 'document_posted'"
        )
    }
    times = Counter(
        row[0] for row in conn.execute("SELECT document FROM events WHERE kind = 'document_posted'")
    )
    faults += [f"document {number} was posted {n} times" for number, n in times.items() if n > 1]
    kinds = dict(conn.execute("SELECT number, kind FROM documents").fetchall())
    faults += [f"document {number} is half there" for number in sorted(kinds.keys() ^ said.keys())]
    lines: dict[str, list[str]] = {number: [] for number in kinds}
    for number, codes in conn.execute("SELECT document, codes FROM document_lines"):
        if number not in lines:
            faults.append(f"document {number} has lines and no head")
        lines.setdefault(number, []).extend(json.loads(codes))
    moved: dict[str, list[str]] = {}
    for number, code in conn.execute(
        "SELECT document, code FROM events WHERE code IS NOT NULL AND kind LIKE 'box\\_%' ESCAPE '\\'"
    ):
        moved.setdefault(number, []).append(code)
    for number, kind in kinds.items():
        told = said.get(number, {})
        if told.get("codes") != len(lines[number]):
            faults.append(f"document {number} says {told.get('codes')} codes: {len(lines[number])}")
        wanted = [] if kind == "count" else sorted(lines[number])
        if sorted(moved.get(number, [])) != wanted:
            faults.append(f"document {number}: its boxes' events differ from its lines")
    return faults


def _uploads(conn: sqlite3.Connection) -> list[str]:
    """The lines a document, a return or a payment queued are there once, and no other."""
    faults = []
    announced: dict[str, set[str]] = {}
    for number, payload in conn.execute(
        "SELECT document, payload FROM events WHERE kind IN"
        " ('document_posted', 'box_returned', 'box_restored', 'no_code_returned', 'return_posted',"
        " 'sale_paid')"
    ):
        keys = json.loads(payload).get("uploads", [])
        if len(keys) != len(set(keys)):
            faults.append(f"document {number} announces a line twice")
        announced.setdefault(number, set()).update(keys)
    there: dict[str, set[str]] = {}
    codes: dict[tuple[str, str], Counter[str]] = {}
    for key, number, infno, text in conn.execute("SELECT key, document, infno, codes FROM outbox"):
        there.setdefault(number, set()).add(key)
        codes.setdefault((number, infno), Counter()).update(json.loads(text))
    for number in sorted(announced.keys() | there.keys()):
        if announced.get(number, set()) != there.get(number, set()):
            faults.append(f"document {number}: its upload lines are not those it announced")
    for number, kind, text in conn.execute(
        "SELECT d.number, d.kind, json_group_array(json(l.codes)) FROM documents d"
        " JOIN document_lines l ON l.document = d.number GROUP BY d.number"
    ):
        if kind in _TOLD:
            wanted = Counter(code for line in json.loads(text) for code in line)
            if codes.get((number, _TOLD[kind]), Counter()) != wanted:
                faults.append(f"document {number}: the platform is told other codes than it holds")
    return faults


def _returns(conn: sqlite3.Connection) -> list[str]:
    """A return, or a box put back: each line with its event and its ended sale row, or nothing."""
    return [
        f"return {row[0]} is half there"
        for row in conn.execute(
            "SELECT r.number FROM returns r LEFT JOIN events e ON e.document = r.number"
            " AND e.code = r.code AND e.kind IN ('box_returned', 'box_restored')"
            " LEFT JOIN sale_entries s ON s.sale = r.sale AND s.code = r.code"
            " AND s.state = replace(e.kind, 'box_', '')"
            " WHERE r.code <> '' AND (e.seq IS NULL OR s.sale IS NULL)"
            # A line without a code is a box of the library, or goods that never had an entry.
            " UNION SELECT r.number FROM returns r WHERE r.entry IS NOT NULL AND r.code = ''"
            " AND NOT EXISTS (SELECT 1 FROM events e WHERE e.document = r.number AND"
            " e.kind = 'no_code_returned' AND json_extract(e.payload, '$.entry') = r.entry)"
            " UNION SELECT e.document FROM events e LEFT JOIN returns r ON r.number = e.document"
            " WHERE e.kind IN ('box_returned', 'box_restored', 'return_posted')"
            " AND r.number IS NULL"
        )
    ]


def _returns_posted(conn: sqlite3.Connection) -> list[str]:
    """A return is posted once, with its goods and its money; a box put back by its own event."""
    posted: dict[str, list[tuple[int, int]]] = {}
    for number, boxes, fen in conn.execute(
        "SELECT document, json_extract(payload, '$.boxes'), json_extract(payload, '$.refund_fen')"
        " FROM events WHERE kind = 'return_posted'"
    ):
        posted.setdefault(number, []).append((boxes, fen))
    faults = []
    for number, boxes, fen, put_back in conn.execute(
        "SELECT number, sum(quantity), sum(refund_fen), EXISTS (SELECT 1 FROM events e"
        " WHERE e.document = number AND e.kind = 'box_restored') FROM returns GROUP BY number"
    ):
        wanted = [] if put_back else [(boxes, fen)]
        if posted.get(number, []) != wanted:
            faults.append(f"return {number} is {wanted}, posted as {posted.get(number, [])}")
    return faults


def _returns_told(conn: sqlite3.Connection) -> list[str]:
    """The platform hears of the codes that came back, and of as many boxes."""
    codes: dict[str, Counter[str]] = {}
    boxes = Counter[str]()
    for number, code, quantity in conn.execute("SELECT number, code, quantity FROM returns"):
        codes.setdefault(number, Counter()).update([code] if code else [])
        boxes[number] += quantity
    told: dict[str, Counter[str]] = {number: Counter() for number in codes}
    for number, text, quantity in conn.execute(
        "SELECT document, codes, json_extract(words, '$.quantity') FROM outbox"
        " WHERE infno LIKE '3506%'"
    ):
        told.setdefault(number, Counter()).update(json.loads(text))
        boxes[number] -= int(quantity)
    return [
        f"return {number}: the platform is told other goods than came back"
        for number in sorted(told)
        if told[number] != codes.get(number) or boxes[number]
    ]


def _sales(conn: sqlite3.Connection) -> list[str]:
    """A payment whole or absent; no whole box in two of them; every sold box told once."""
    faults = [
        f"code {row[0]} is in {row[1]} sales"
        for row in conn.execute(
            "SELECT code, count(*) FROM sale_entries WHERE code IS NOT NULL AND units IS NULL"
            " AND state IN ('live', 'final', 'returned') GROUP BY code HAVING count(*) > 1"
        )
    ]
    paid = {
        number: json.loads(payload)
        for number, payload in conn.execute(
            "SELECT document, payload FROM events WHERE kind = 'sale_paid'"
        )
    }
    states = dict(conn.execute("SELECT number, state FROM sales").fetchall())
    half = {n for n, state in states.items() if state == "paid"} ^ paid.keys()
    faults += [f"payment {number} is half there" for number in sorted(half)]
    for number, told in paid.items():
        kept = [
            row[0]
            for row in conn.execute(
                "SELECT code FROM sale_entries WHERE sale = ? AND code IS NOT NULL"
                " AND state IN ('final', 'returned', 'restored', 'units_sold')",
                (number,),
            )
        ]
        if sorted(kept) != sorted(told["codes"]):
            faults.append(f"payment {number} holds other codes than it says")
        sent = [
            code
            for row in conn.execute(
                "SELECT codes FROM outbox WHERE document = ? AND infno LIKE '3505%'", (number,)
            )
            for code in json.loads(row[0])
        ]
        if sorted(sent) != sorted(kept):
            faults.append(f"payment {number}: the platform is told other codes than were sold")
    return faults


def _boxes(conn: sqlite3.Connection) -> list[str]:
    """Where a box is kept is where its last move left it."""
    paid = {
        (number, code): (epoch, seq)
        for number, epoch, seq, code in conn.execute(
            "SELECT e.document, e.epoch, e.seq, j.value FROM events e,"
            " json_each(e.payload, '$.codes') j WHERE e.kind = 'sale_paid'"
        )
    }
    parts = set(
        conn.execute("SELECT sale, code FROM sale_entries WHERE units IS NOT NULL").fetchall()
    )
    epochs = [row[0] for row in conn.execute("SELECT epoch FROM events GROUP BY epoch")]
    if len(epochs) != 1:
        # Kills on one home never lose what was written: a second epoch says the program thinks so.
        return [f"the home was taken for another one: {len(epochs)} epochs"]
    last: dict[str, tuple[int, str]] = {}
    for code, seq, kind in conn.execute(
        "SELECT code, seq, kind FROM events WHERE code IS NOT NULL"
    ):
        if kind in _LEAVES:
            last[code] = max(last.get(code, (0, "")), (seq, _LEAVES[kind]))
    for (number, code), (_, seq) in paid.items():
        if (number, code) not in parts:
            last[code] = max(last.get(code, (0, "")), (seq, "sold"))
    return [
        f"box {code} is kept as {state}, its events say {last.get(code, (0, 'nothing'))[1]}"
        for code, state in conn.execute("SELECT code, state FROM boxes")
        if last.get(code, (0, ""))[1] != state
    ]


def _units(conn: sqlite3.Connection) -> list[str]:
    """Units left of an opened box are those of a whole one without the sold and reserved."""
    return [
        f"box {row[0]} has {row[1]} units left, {row[2]} of {row[3]} are gone"
        for row in conn.execute(
            "SELECT b.code, b.units_left, sum(e.units), i.split_ratio FROM boxes b"
            " JOIN sale_entries e ON e.code = b.code AND e.units IS NOT NULL"
            " AND e.state <> 'ended' JOIN items i ON i.code = b.item"
            " WHERE b.state IN ('opened', 'used_up') GROUP BY b.code"
            " HAVING b.units_left + sum(e.units) <> i.split_ratio"
        )
    ]


def _recalls(conn: sqlite3.Connection) -> list[str]:
    """A recall stands and ends together with its events."""
    return [
        f"recall {row[0]} is half there"
        for row in conn.execute(
            "SELECT r.number FROM recalls r WHERE (SELECT count(*) FROM events e"
            " WHERE e.document = r.number AND e.kind = 'recall_opened') <> 1"
            " OR (SELECT count(*) FROM events e WHERE e.document = r.number"
            " AND e.kind = 'recall_closed') <> (r.closed_at IS NOT NULL)"
            " UNION SELECT document FROM events WHERE kind = 'recall_opened'"
            " AND document NOT IN (SELECT number FROM recalls)"
        )
    ]


def _known(conn: sqlite3.Connection, acknowledged: set[str]) -> list[str]:
    """Documents that were told are there."""
    there = {
        row[0]
        for table in ("documents", "sales", "returns", "recalls", "no_code")
        for row in conn.execute(f"SELECT number FROM {table}")
    }
    return [f"lost: document {number} was acknowledged" for number in sorted(acknowledged - there)]


_RULES = (
    *(_documents, _uploads, _returns, _returns_posted, _returns_told),
    *(_sales, _boxes, _units, _recalls),
)
