"""The register of special compound preparations (专册): drug and lot; the buyer stands sealed."""

SQL = """
CREATE TABLE register_entries(
    sale TEXT NOT NULL,
    line INTEGER NOT NULL,
    part INTEGER NOT NULL,
    item TEXT NOT NULL,
    name TEXT NOT NULL,
    spec TEXT NOT NULL,
    maker TEXT NOT NULL,
    lot TEXT,
    quantity INTEGER NOT NULL CHECK(quantity > 0),
    unit TEXT NOT NULL,
    record TEXT NOT NULL,
    at TEXT NOT NULL,
    operator TEXT NOT NULL,
    PRIMARY KEY(sale, line, part)
) WITHOUT ROWID;
CREATE INDEX register_by_time ON register_entries(at);
"""
