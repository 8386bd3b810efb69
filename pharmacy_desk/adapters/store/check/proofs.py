"""Prove rows by the digests their events carry: paid sales, documents, stock, upload lines.

An event of before the digests proves less: how many there are is told, and is no fault.
"""

import json
import sqlite3
from collections.abc import Iterator

from pharmacy_desk.adapters.store.base import proofs
from pharmacy_desk.adapters.store.base.epochs import epoch_order


def sales(conn: sqlite3.Connection) -> Iterator[str]:
    """Every paid sale is what it was when it was paid: money, lines, drugs, lots, dates."""
    told = conn.execute(
        "SELECT document, json_extract(payload, '$.proof') FROM events"
        " WHERE kind = 'sale_paid' AND json_extract(payload, '$.proof') IS NOT NULL"
    )
    for number, proof in told:
        if proofs.sale_proof(conn, number) != proof:
            yield f"sale: {number} is not as it was paid (money, prices, drugs, quantities or lots)"
    other = conn.execute(
        "SELECT s.number FROM events e JOIN sales s ON s.number = e.document"
        " WHERE e.kind = 'sale_paid' AND (s.payment IS NOT json_extract(e.payload, '$.payment')"
        " OR s.setl_id IS NOT json_extract(e.payload, '$.setl_id') OR s.paid_at IS NOT e.at)"
    )
    for row in other:
        yield f"sale: {row[0]} is kept with another payment than its event tells"


def opened(conn: sqlite3.Connection) -> Iterator[str]:
    """Every sale was opened by an event: when, where and by whom; its prices and lots since."""
    other = conn.execute(
        "SELECT s.number FROM sales s LEFT JOIN events e ON e.document = s.number"
        " AND e.code IS NULL AND e.kind = 'sale_opened'"
        # One that goes on under a new number was opened when the old one was.
        " LEFT JOIN sales o ON o.number = json_extract(e.payload, '$.from')"
        " WHERE iif(o.number IS NULL, e.operator, o.operator) IS NOT s.operator"
        " OR coalesce(o.opened_at, e.at) IS NOT s.opened_at OR e.counter IS NOT s.counter"
    )
    for row in other:
        yield f"sale: {row[0]} was not opened as it is kept"
    prices = conn.execute(
        "SELECT DISTINCT e.document, l.line FROM events e JOIN sale_lines l ON l.sale = e.document"
        " AND l.line = json_extract(e.payload, '$.line') WHERE NOT l.gift"
        " AND e.kind IN ('box_reserved', 'item_asked')"
        " AND json_extract(e.payload, '$.price_fen') IS NOT NULL AND (l.item"
        " <> json_extract(e.payload, '$.item') OR (coalesce(l.list_fen, l.price_fen)"
        " <> json_extract(e.payload, '$.price_fen') AND e.kind = 'box_reserved'))"
    )
    for row in prices:
        yield f"sale: line {row[1]} of {row[0]} has another price or drug than its event tells"
    lots = conn.execute(
        "SELECT e.document, e.code FROM events e JOIN sale_entries s ON s.sale = e.document"
        " AND s.code = e.code AND s.state IN ('live', 'units') WHERE e.kind = 'box_reserved'"
        " AND json_extract(e.payload, '$.batch') IS NOT NULL"
        " GROUP BY e.document, e.code, s.entry"
        " HAVING NOT max(json_array(s.lot, s.made, s.expiry) = json_extract(e.payload, '$.batch'))"
    )
    for row in lots:
        yield f"sale: box {row[1]} in {row[0]} has another lot than its event tells"


def documents(conn: sqlite3.Connection) -> Iterator[str]:
    """Every posted document is what it was when it was posted."""
    told = conn.execute(
        "SELECT document, json_extract(payload, '$.proof') FROM events"
        " WHERE kind = 'document_posted' AND json_extract(payload, '$.proof') IS NOT NULL"
    )
    for number, proof in told:
        if proofs.document_proof(conn, number) != proof:
            yield f"document: {number} is not as it was posted"


def stock(conn: sqlite3.Connection) -> Iterator[str]:
    """The opening stock is what the last import left."""
    rank = epoch_order(conn)
    told = conn.execute(
        "SELECT epoch, seq, json_extract(payload, '$.proof') FROM events"
        " WHERE kind = 'stock_imported'"
    ).fetchall()
    last = max(told, key=lambda row: (rank.get(row[0], 0), row[1]), default=None)
    if last is not None and last[2] and proofs.stock_proof(conn) != last[2]:
        yield "stock: the opening stock is not what its last import left"
    if last is None and conn.execute("SELECT 1 FROM stock LIMIT 1").fetchone():
        yield "stock: there is opening stock, and no event of its import"


def outbox(conn: sqlite3.Connection) -> Iterator[str]:
    """Every upload line says what its document queued, or what a lot told later made of it."""
    filled = _filled(conn)
    columns = ", ".join(f"o.{name}" for name in proofs.LINE_COLUMNS.split(", "))
    told = conn.execute(
        f"SELECT {columns}, j.value FROM events e, json_each(e.payload, '$.upload_proofs') j"
        " JOIN outbox o ON o.key = j.key WHERE e.kind <> 'batch_set'"
    )
    for row in told:
        if proofs.line_proof(tuple(row)[:-1]) != filled.get(row[0], row[-1]):
            yield f"outbox: line {row[0]} does not say what its document queued"
    strays = conn.execute(
        "SELECT key FROM outbox WHERE key NOT IN (SELECT j.value FROM events e,"
        " json_each(e.payload, '$.uploads') j WHERE j.value IS NOT NULL)"
    )
    for row in strays:
        yield f"outbox: line {row[0]} was queued by no document"
    lost = conn.execute(
        "SELECT j.key FROM events e, json_each(e.payload, '$.lines') j JOIN outbox o"
        " ON o.key = j.key WHERE e.kind = 'upload_settled' AND o.state <> 'accepted'"
        " AND json_extract(j.value, '$.state') = 'accepted'"
    )
    for row in lost:
        yield f"outbox: line {row[0]} was accepted, and is kept as if it were not"


def _filled(conn: sqlite3.Connection) -> dict[str, str]:
    """Digests of the few lines that waited for a lot, as the event that told the lot left them."""
    found = conn.execute(
        "SELECT j.key, j.value FROM events e, json_each(e.payload, '$.upload_proofs') j"
        " WHERE e.kind = 'batch_set' ORDER BY e.at, e.seq"
    )
    return {row[0]: row[1] for row in found}


def returns(conn: sqlite3.Connection) -> Iterator[str]:
    """Every return document is what its events tell, and the reverse."""
    other = conn.execute(
        "SELECT e.document FROM events e LEFT JOIN returns r ON r.number = e.document"
        " AND r.code = coalesce(e.code, '')"
        " AND (e.code IS NOT NULL OR r.entry = json_extract(e.payload, '$.entry'))"
        " WHERE e.kind IN ('box_returned', 'box_restored', 'no_code_returned')"
        " AND (r.sale IS NOT json_extract(e.payload, '$.sale') OR r.code IS NOT"
        " coalesce(e.code, '') OR r.reason IS NOT json_extract(e.payload, '$.reason')"
        " OR r.at IS NOT e.at OR r.operator IS NOT e.operator)"
    )
    for row in other:
        yield f"return: {row[0]} is missing, or not as its event tells"
    strays = conn.execute(
        "SELECT DISTINCT number FROM returns WHERE number NOT IN (SELECT document FROM events"
        " WHERE kind IN ('box_returned', 'box_restored', 'no_code_returned', 'return_posted'))"
    )
    for row in strays:
        yield f"return: {row[0]} has no event"
    told = conn.execute(
        "SELECT document, json_extract(payload, '$.proof') FROM events WHERE kind = 'return_posted'"
    )
    for number, proof in told:
        if proofs.return_proof(conn, number) != proof:
            yield f"return: {number} is not as it was posted (money, goods or reason)"
    yield from _too_many_back(conn)


def _too_many_back(conn: sqlite3.Connection) -> Iterator[str]:
    """No more goods came back without a code than were sold without one."""
    found = conn.execute(
        "SELECT r.sale, r.sale_line, r.back, (SELECT max(coalesce(sum(e.asked), 0)"
        "  - sum(e.code IS NOT NULL OR e.no_code IS NOT NULL), 0) FROM sale_entries e"
        "  WHERE e.sale = r.sale AND e.line = r.sale_line AND e.state NOT IN ('ended', 'gift'))"
        " AS sold FROM (SELECT sale, sale_line, sum(quantity) AS back FROM returns"
        "  WHERE entry IS NULL AND sale_line > 0 GROUP BY sale, sale_line) r"
        " WHERE r.back > coalesce(sold, 0)"
    )
    for sale, line, back, sold in found:
        told = f"sold {sold or 0} without a code, {back} came back"
        yield f"return: line {line} of sale {sale} {told}"


def unproven(conn: sqlite3.Connection) -> list[str]:
    """What events of older programs cannot prove, with how many they are."""
    sold, posted, queued = conn.execute(
        "SELECT sum(kind = 'sale_paid' AND json_extract(payload, '$.proof') IS NULL),"
        " sum(kind = 'document_posted' AND json_extract(payload, '$.proof') IS NULL),"
        " sum(json_array_length(payload, '$.uploads') > 0"
        "  AND json_extract(payload, '$.upload_proofs') IS NULL) FROM events WHERE kind IN"
        " ('sale_paid', 'document_posted', 'box_returned', 'box_restored', 'no_code_returned',"
        " 'return_posted')"
    ).fetchone()
    people = _people_unproven(conn)
    told = (
        (sold, "paid sales are older than this proof: their prices, drugs and lots are not proved"),
        (posted, "documents are older than this proof: their lines are proved only in number"),
        (queued, "documents queued upload lines before this proof: what these say is not proved"),
        (people, "people were set up before this proof: their names and PINs are not proved"),
    )
    return [f"{count} {what}" for count, what in told if count]


def _people_unproven(conn: sqlite3.Connection) -> int:
    found = conn.execute("SELECT payload FROM events WHERE kind = 'operator_changed'")
    told = [json.loads(row[0]) for row in found]
    proved = {one["id"] for one in told if "pin_proof" in one}
    return len({one["id"] for one in told} - proved)
