"""A settlement's life on the disk; a channel for each line of the queue."""

SQL = """
CREATE TABLE settlements(
    id TEXT PRIMARY KEY,
    sale TEXT NOT NULL,
    document TEXT NOT NULL,
    payment TEXT NOT NULL,
    tendered_fen INTEGER,
    state TEXT NOT NULL,
    at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    setl_id TEXT,
    mdtrt_id TEXT,
    fund_fen INTEGER,
    account_fen INTEGER,
    mutual_fen INTEGER,
    cash_fen INTEGER,
    words TEXT,
    msgid TEXT
) WITHOUT ROWID;
CREATE UNIQUE INDEX one_undecided_settlement ON settlements(sale)
    WHERE state IN ('asked', 'unknown');
CREATE INDEX settlements_by_sale ON settlements(sale);

ALTER TABLE outbox ADD COLUMN channel TEXT NOT NULL DEFAULT 'national';
DROP INDEX outbox_next;
CREATE INDEX outbox_next ON outbox(channel, state, created_at, document, line, waiting)
    WHERE state <> 'accepted';
"""
