"""Prove the claims: against the entries of the sales, and against the events."""

import sqlite3
from collections.abc import Iterator

_CLAIMING = "code IS NOT NULL AND state IN ('live', 'final', 'returned')"
# What came in while its keeper was silent, and what nobody has answered for since.
_DOUBTED = (
    "SELECT e.code, e.document AS sale, json_extract(e.payload, '$.not_known.since') AS since,"
    " json_extract(e.payload, '$.not_known.keeper') AS keeper FROM events e"
    " WHERE e.kind = 'box_reserved' AND e.payload LIKE '%\"not_known\"%' AND NOT EXISTS"
    " (SELECT 1 FROM events l WHERE l.code = e.code AND l.document = e.document AND l.seq > e.seq"
    " AND l.kind IN ('box_released', 'box_confirmed', 'box_contested'))"
)


def claims(conn: sqlite3.Connection) -> Iterator[str]:
    """Every entry that holds a code has its claim, told by its event; no claim is without one."""
    differ = conn.execute(
        "SELECT code, sale, sum(n) FROM ("
        f"SELECT code, sale, entry, state, at, 1 AS n FROM sale_entries WHERE {_CLAIMING}"
        " UNION ALL SELECT code, sale, entry, state, at, -1 FROM claims)"
        " GROUP BY code, sale, entry, state, at HAVING sum(n) <> 0"
    )
    for row in differ:
        what = "has no claim" if row[2] > 0 else "is claimed otherwise than it is held"
        yield f"claim: code {row[0]} of sale {row[1]} {what}"
    unsaid = conn.execute(
        "SELECT c.code, c.sale FROM claims c WHERE NOT EXISTS (SELECT 1 FROM events e"
        " WHERE e.code = c.code AND e.document = c.sale AND e.kind = 'box_reserved'"
        " AND e.counter = c.counter AND e.operator = c.operator)"
    )
    for row in unsaid:
        yield f"claim: code {row[0]} of sale {row[1]} is claimed by nobody its events name"
    doubts = conn.execute(
        f"SELECT code, sale FROM (SELECT code, sale, since, keeper, 1 AS n FROM claims"
        f" WHERE since IS NOT NULL UNION ALL SELECT d.code, d.sale, d.since, d.keeper, -1"
        f" FROM ({_DOUBTED}) d JOIN claims c ON c.code = d.code AND c.sale = d.sale)"
        " GROUP BY code, sale, since, keeper HAVING sum(n) <> 0"
    )
    for row in doubts:
        yield f"claim: the doubt about code {row[0]} of sale {row[1]} and its events differ"


# What a word tells is true by this; `u` is its row.
_TRUE = {
    "released": "NOT EXISTS (SELECT 1 FROM claims c WHERE c.code = u.code AND c.sale = u.sale)",
    "sold": "EXISTS (SELECT 1 FROM events e, json_each(e.payload, '$.codes') j"
    " WHERE e.kind = 'sale_paid' AND e.document = u.sale AND j.value = u.code)",
    "given_back": "EXISTS (SELECT 1 FROM events e JOIN returns r ON r.number = e.document"
    " AND r.code = e.code WHERE e.kind = 'box_returned' AND e.code = u.code AND r.sale = u.sale)",
    "carried_over": "EXISTS (SELECT 1 FROM events e WHERE e.kind = 'sale_voided'"
    " AND e.document = u.sale AND json_extract(e.payload, '$.to') = u.to_sale)",
    "on_sale": "EXISTS (SELECT 1 FROM events e JOIN returns r ON r.number = e.document"
    " AND r.code = e.code WHERE e.kind = 'box_restored' AND e.code = u.code AND r.sale = u.sale)",
}


def unheard(conn: sqlite3.Connection) -> Iterator[str]:
    """The keeper of reservations is to be told nothing that the ledger does not say."""
    for word, true in _TRUE.items():
        found = conn.execute(
            f"SELECT u.code, u.sale FROM unheard u WHERE u.word = ? AND (NOT {true}"
            " OR NOT EXISTS (SELECT 1 FROM sales s WHERE s.number = u.sale))",
            (word,),
        )
        for row in found:
            yield f"claim: code {row[0]} of sale {row[1]} is to be told as {word}, which it is not"
