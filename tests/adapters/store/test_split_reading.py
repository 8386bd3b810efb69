"""How the record of split sales is read: by the days asked for, never by all that was ever sold."""

import sqlite3
from contextlib import closing

from pharmacy_desk.adapters.store.ledger import SqliteLedger
from pharmacy_desk.adapters.store.sale import split_reading


def test_the_range_is_read_by_the_index_of_days(ledger: SqliteLedger) -> None:
    with closing(sqlite3.connect(ledger.path)) as conn:
        plan = conn.execute(
            f"EXPLAIN QUERY PLAN {split_reading._ROWS} WHERE s.paid_at >= '2026'"
            " AND s.paid_at < '2027' ORDER BY s.paid_at, s.number, e.entry LIMIT 100"
        ).fetchall()
    told = " ".join(row[3] for row in plan)
    assert "sales_by_day" in told
    assert "SCAN e" not in told
    assert "SCAN l" not in told
