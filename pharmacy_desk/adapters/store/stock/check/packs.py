"""Prove packs: no outer pack is sold together with a box inside it."""

import sqlite3
from collections.abc import Iterator

# Sold packs, and from them down to every box inside; files may have told of a circle.
_BOTH_SOLD = (
    "WITH RECURSIVE inside(pack, code) AS ("
    "SELECT p.parent, p.code FROM packs p WHERE p.parent IN (SELECT parent FROM packs)"
    " AND EXISTS (SELECT 1 FROM sale_entries e WHERE e.code = p.parent AND e.state IN {sold})"
    " UNION SELECT i.pack, p.code FROM inside i JOIN packs p ON p.parent = i.code)"
    " SELECT DISTINCT i.pack, o.sale AS pack_sale, i.code, e.sale FROM inside i"
    " JOIN sale_entries o ON o.code = i.pack AND o.state IN {sold}"
    " JOIN sale_entries e ON e.code = i.code AND e.state IN {sold}"
    " WHERE i.code <> i.pack ORDER BY i.pack, i.code"
).format(sold="('final', 'units_sold')")


def packs(conn: sqlite3.Connection) -> Iterator[str]:
    """A pack and a box inside it that are both sold: the same box went out twice.

    One that came back (退货, 撤销) is not sold any more.
    """
    for row in conn.execute(_BOTH_SOLD):
        yield (
            f"packs: outer pack {row[0]} was sold in {row[1]} and its box {row[2]} in {row[3]}:"
            " find out which left the shop, take the other sale back"
        )
