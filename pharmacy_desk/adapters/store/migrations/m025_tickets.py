"""Sales that another till was paid for: its tickets, and what its names of drugs stand for."""

SQL = """
ALTER TABLE sales ADD COLUMN origin TEXT NOT NULL DEFAULT 'own';
ALTER TABLE sales ADD COLUMN ticket TEXT;
CREATE TABLE tickets(
    number TEXT PRIMARY KEY,
    sale TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    told TEXT NOT NULL,
    state TEXT NOT NULL CHECK(state IN ('open', 'settled', 'cancelled')),
    ended TEXT
) WITHOUT ROWID;
CREATE INDEX tickets_open ON tickets(at) WHERE state = 'open';
CREATE TABLE ticket_lines(
    ticket TEXT NOT NULL,
    place INTEGER NOT NULL,
    sale_line INTEGER,
    PRIMARY KEY(ticket, place)
) WITHOUT ROWID;
CREATE TABLE till_items(
    key TEXT PRIMARY KEY,
    item TEXT NOT NULL,
    at TEXT NOT NULL,
    operator TEXT NOT NULL
) WITHOUT ROWID;
"""
