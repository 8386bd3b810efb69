"""Shifts and closed days: what was counted, their sums, and which documents are in them."""

SQL = """
CREATE TABLE shifts(
    number TEXT PRIMARY KEY,
    counter TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    opened_by TEXT NOT NULL,
    float_fen INTEGER NOT NULL CHECK(float_fen >= 0),
    closed INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE UNIQUE INDEX shifts_open ON shifts(counter) WHERE closed = 0;
CREATE TABLE closings(
    number TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    counter TEXT NOT NULL,
    at TEXT NOT NULL,
    operator TEXT NOT NULL,
    told TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX closings_by_time ON closings(kind, at);
CREATE TABLE closed_documents(
    kind TEXT NOT NULL,
    document TEXT NOT NULL,
    closing TEXT NOT NULL,
    PRIMARY KEY(kind, document)
) WITHOUT ROWID;
CREATE INDEX closed_by_closing ON closed_documents(closing);
"""
