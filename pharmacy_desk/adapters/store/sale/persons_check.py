"""Prove the persons of sales: a row is what was told of it last, or blank since its record went."""

import sqlite3
from collections.abc import Iterator

from pharmacy_desk.adapters.store.base.epochs import in_order
from pharmacy_desk.adapters.store.base.proofs import person_proof, register_proof

_KINDS = ("person_seen", "bearer_told", "person_forgotten")


def register(conn: sqlite3.Connection) -> Iterator[str]:
    """What a sale wrote into the register is what its event tells, of a record kept as such."""
    told = {str(sale): said["proof"] for _, sale, said in in_order(conn, ("register_entered",))}
    kept = {row[0] for row in conn.execute("SELECT DISTINCT sale FROM register_entries")}
    for sale in sorted(told.keys() | kept):
        if told.get(sale) != register_proof(conn, sale):
            yield f"register: of sale {sale} is not what its event tells"
    loose = conn.execute(
        "SELECT DISTINCT sale FROM register_entries r LEFT JOIN sealed_records s"
        " ON s.reference = r.record WHERE s.kind IS NOT 'register'"
    )
    for row in loose:
        yield f"register: of sale {row['sale']} has no sealed record of its own kind"


def persons(conn: sqlite3.Connection) -> Iterator[str]:
    """Each sale's person is the one of its last event; what it refers to is there."""
    last: dict[str, str] = {}
    for _, sale, said in in_order(conn, _KINDS):
        last[str(sale)] = said.get("proof", "")
    last = {sale: proof for sale, proof in last.items() if proof}
    rows = {
        row["sale"]: row
        for row in conn.execute(
            "SELECT p.sale, p.salt, p.masked || p.name_masked AS shown,"
            " (SELECT dropped_at FROM sealed_records WHERE reference = p.record) AS dropped,"
            " (SELECT dropped_at FROM sealed_records WHERE reference = p.bearer_record) AS left"
            " FROM sale_persons p"
        )
    }
    for sale in sorted(last.keys() ^ rows.keys()):
        yield f"person: sale {sale} has a person or an event of one, not both"
    for sale in sorted(last.keys() & rows.keys()):
        row = rows[sale]
        if row["salt"] is None:
            if row["shown"] if row["dropped"] else not row["left"]:
                yield f"person: of sale {sale} is blank while her record is kept"
        elif last[sale] != person_proof(conn, sale):
            yield f"person: of sale {sale} is not what its last event tells"
    lost = conn.execute(
        "SELECT sale, record FROM (SELECT sale, record FROM sale_persons UNION"
        " SELECT sale, bearer_record FROM sale_persons) WHERE record IS NOT NULL"
        " AND record NOT IN (SELECT reference FROM sealed_records)"
    )
    for row in lost:
        yield f"person: sale {row['sale']} refers to record {row['record']}, which is not there"
