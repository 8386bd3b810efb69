"""A code's claim has a row of its own, apart from what its sale shows: one row a code, no more."""

SQL = """
CREATE TABLE claims(
    code TEXT PRIMARY KEY,
    sale TEXT NOT NULL,
    entry INTEGER NOT NULL,
    state TEXT NOT NULL,
    at TEXT NOT NULL,
    counter TEXT NOT NULL,
    operator TEXT NOT NULL,
    since TEXT,
    keeper TEXT
) WITHOUT ROWID;
CREATE INDEX claims_in_doubt ON claims(since) WHERE since IS NOT NULL;
INSERT INTO claims(code, sale, entry, state, at, counter, operator)
    SELECT e.code, e.sale, e.entry, e.state, e.at, coalesce(s.counter, ''),
        coalesce((SELECT v.operator FROM events v WHERE v.code = e.code
            AND v.document = e.sale AND v.kind = 'box_reserved' ORDER BY v.seq DESC LIMIT 1), '')
    FROM sale_entries e LEFT JOIN sales s ON s.number = e.sale
    WHERE e.code IS NOT NULL AND e.state IN ('live', 'final', 'returned', 'opened');
DROP INDEX one_final_sale_per_code;
"""
