"""Prove packs: no outer pack is sold together with a box inside it."""

import sqlite3
from collections.abc import Iterator

# Sold packs, and from them down to every box inside; files may have told of a circle.
_BOTH_SOLD = (
    # Read once and looked up by what SQLite makes of it: entries have no index by code.
    "WITH RECURSIVE sold(code, sale) AS MATERIALIZED ("
    "SELECT code, sale FROM sale_entries WHERE code IS NOT NULL"
    " AND state IN ('final', 'units_sold')),"
    " inside(pack, code) AS ("
    "SELECT p.parent, p.code FROM packs p WHERE p.parent IN (SELECT code FROM sold)"
    " UNION SELECT i.pack, p.code FROM inside i JOIN packs p ON p.parent = i.code)"
    " SELECT DISTINCT i.pack, o.sale AS pack_sale, i.code, e.sale FROM inside i"
    " JOIN sold o ON o.code = i.pack JOIN sold e ON e.code = i.code"
    " WHERE i.code <> i.pack ORDER BY i.pack, i.code"
)


def packs(conn: sqlite3.Connection) -> Iterator[str]:
    """A pack and a box inside it that are both sold: the same box went out twice.

    One that came back (退货, 撤销) is not sold any more.
    """
    for row in conn.execute(_BOTH_SOLD):
        yield (
            f"packs: outer pack {row[0]} was sold in {row[1]} and its box {row[2]} in {row[3]}:"
            " find out which left the shop, take the other sale back"
        )
