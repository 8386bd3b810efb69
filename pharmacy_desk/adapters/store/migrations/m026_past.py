"""The till's past: sales of the system that stood here before, by code, and what contradicts."""

SQL = """
CREATE TABLE past_chunks(
    number INTEGER PRIMARY KEY,
    file TEXT NOT NULL,
    name TEXT NOT NULL,
    last_row INTEGER NOT NULL,
    done INTEGER NOT NULL CHECK(done IN (0, 1)),
    rows INTEGER NOT NULL,
    findings INTEGER NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    at TEXT NOT NULL,
    operator TEXT NOT NULL,
    digest TEXT NOT NULL
);
CREATE TABLE past_sales(
    id INTEGER PRIMARY KEY,
    chunk INTEGER NOT NULL,
    row INTEGER NOT NULL,
    code TEXT NOT NULL,
    at TEXT NOT NULL,
    returned INTEGER NOT NULL CHECK(returned IN (0, 1)),
    number TEXT NOT NULL,
    item TEXT NOT NULL,
    name TEXT NOT NULL,
    price_fen INTEGER,
    payment TEXT NOT NULL,
    setl_id TEXT NOT NULL,
    operator TEXT NOT NULL
);
CREATE INDEX past_sales_by_code ON past_sales(code, returned);
CREATE TABLE past_findings(
    id INTEGER PRIMARY KEY,
    chunk INTEGER NOT NULL,
    row INTEGER NOT NULL,
    code TEXT NOT NULL,
    kind TEXT NOT NULL,
    words TEXT NOT NULL
);
CREATE INDEX past_findings_by_code ON past_findings(code);
"""
