"""Prove the no-code library: entries, their states and what is used are what the events say."""

import sqlite3
from collections.abc import Iterator

_GUARD = "used BETWEEN 0 AND quantity"
_LEAVES = {
    "no_code_kept": (0, "proposed"),
    "no_code_approved": (1, "approved"),
    "no_code_closed": (2, "closed"),
}
# Everything that was filled in is in the event that kept it.
_KEPT = ("item", "lot", "made", "expiry", "quantity", "reason", "bought_on", "evidence")


def no_code(conn: sqlite3.Connection) -> Iterator[str]:
    """Replay the library's events, and compare."""
    table = conn.execute("SELECT sql FROM sqlite_master WHERE name = 'no_code'").fetchone()
    if table is None or _GUARD not in table[0]:
        yield "constraint: the rule that lets no more boxes be used than there are is missing"
        return
    yield from _entries(conn)
    yield from _used(conn)
    yield from _in_sales(conn)
    yield from _returned(conn)


def _entries(conn: sqlite3.Connection) -> Iterator[str]:
    fields = ", ".join(f"json_extract(e.payload, '$.{name}') AS k_{name}" for name in _KEPT)
    found = conn.execute(
        f"SELECT n.*, e.seq, {fields}, (SELECT json_extract(a.payload, '$.approver') FROM events a"
        "  WHERE a.document = n.number AND a.code IS NULL AND a.kind = 'no_code_approved')"
        " AS k_approver FROM no_code n LEFT JOIN events e ON e.document = n.number"
        " AND e.code IS NULL AND e.kind = 'no_code_kept'"
    ).fetchall()
    for row in found:
        if row["seq"] is None:
            yield f"no-code: entry {row['number']} has no event"
            continue
        for name in (*_KEPT, "approver"):
            if row[name] != row[f"k_{name}"]:
                said = row[f"k_{name}"]
                yield f"no-code: {name} of entry {row['number']} is {row[name]}, its event {said}"
    yield from _states(conn)


def _states(conn: sqlite3.Connection) -> Iterator[str]:
    last: dict[str, tuple[int, str]] = {}
    for number, kind in conn.execute(
        "SELECT document, kind FROM events WHERE code IS NULL"
        " AND kind IN ('no_code_kept', 'no_code_approved', 'no_code_closed')"
    ):
        last[number] = max(last.get(number, (-1, "nothing")), _LEAVES[kind])
    for number, state in conn.execute("SELECT number, state FROM no_code"):
        said = last.pop(number, (-1, "nothing"))[1]
        if said != state:
            yield f"no-code: entry {number} is {state}, its events say {said}"
    for number in last:
        yield f"no-code: entry {number} has events and is missing"


def _used(conn: sqlite3.Connection) -> Iterator[str]:
    """What is used of an entry is what its events took, less what they gave back."""
    told = conn.execute(
        "SELECT n.number, n.used, coalesce(e.balance, 0) FROM no_code n LEFT JOIN (SELECT"
        " json_extract(payload, '$.no_code') AS number,"
        " sum(iif(kind = 'no_code_used', 1, -1)) AS balance FROM events"
        " WHERE kind IN ('no_code_used', 'no_code_released') GROUP BY 1) e"
        " ON e.number = n.number WHERE n.used <> coalesce(e.balance, 0)"
    )
    for number, used, balance in told:
        yield f"no-code: entry {number} is used {used} times, its events say {balance}"


def _in_sales(conn: sqlite3.Connection) -> Iterator[str]:
    """Every box of a sale that stands on the library has its event, and the reverse."""
    pairs = conn.execute(
        "SELECT sale, entry, no_code, sum(n) FROM ("
        "SELECT sale, entry, no_code, 1 AS n FROM sale_entries"
        " WHERE no_code IS NOT NULL AND state <> 'ended' UNION ALL "
        "SELECT document, json_extract(payload, '$.entry'), json_extract(payload, '$.no_code'),"
        " iif(kind = 'no_code_used', -1, 1) FROM events"
        " WHERE kind IN ('no_code_used', 'no_code_released'))"
        " GROUP BY sale, entry, no_code HAVING sum(n) <> 0"
    )
    for sale, entry, number, _ in pairs:
        yield f"no-code: box {entry} of sale {sale} and the events of entry {number} differ"
    paid = conn.execute(
        "SELECT p.document, json_array_length(p.payload, '$.no_code') AS told,"
        " (SELECT count(*) FROM sale_entries s WHERE s.sale = p.document"
        "  AND s.no_code IS NOT NULL AND s.state IN ('final', 'returned')) AS held"
        " FROM events p WHERE p.kind = 'sale_paid' AND coalesce(told, 0) <> held"
    )
    for document, told, held in paid:
        yield f"no-code: sale {document} holds {held} boxes without code, its event lists {told}"


def _returned(conn: sqlite3.Connection) -> Iterator[str]:
    """Every box without code that came back has its event, its document and its upload line."""
    pairs = conn.execute(
        "SELECT sale, entry FROM (SELECT sale, entry, 1 AS n FROM sale_entries"
        " WHERE no_code IS NOT NULL AND state = 'returned' UNION ALL "
        "SELECT json_extract(e.payload, '$.sale'), json_extract(e.payload, '$.entry'), -1"
        " FROM events e JOIN returns r ON r.number = e.document"
        " AND r.entry = json_extract(e.payload, '$.entry') WHERE e.kind = 'no_code_returned')"
        " GROUP BY sale, entry HAVING sum(n) <> 0"
    )
    for sale, entry in pairs:
        yield f"no-code: box {entry} of sale {sale} is returned without its event, or the reverse"
    gone = conn.execute(
        "SELECT e.document, j.value FROM events e, json_each(e.payload, '$.uploads') j"
        " LEFT JOIN outbox o ON o.key = j.value WHERE e.kind = 'no_code_returned' AND o.key IS NULL"
    )
    for document, key in gone:
        yield f"outbox: line {key} of document {document} is missing"
