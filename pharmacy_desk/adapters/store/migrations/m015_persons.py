"""Sealed records, each under a key of its own; and the person a sale is for, masked."""

SQL = """
CREATE TABLE sealed_records(
    reference TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    wrapped_key BLOB,
    sealed BLOB,
    at TEXT NOT NULL,
    kept_until TEXT NOT NULL,
    dropped_at TEXT
);
CREATE INDEX sealed_due ON sealed_records(kept_until) WHERE dropped_at IS NULL;

CREATE TABLE sale_persons(
    sale TEXT PRIMARY KEY,
    kind TEXT,
    record TEXT,
    masked TEXT,
    name_masked TEXT,
    sex TEXT,
    age INTEGER,
    fingerprint TEXT,
    insured INTEGER NOT NULL,
    area TEXT,
    other_area INTEGER,
    insurance_type TEXT,
    person_type TEXT,
    suspended INTEGER,
    bearer INTEGER NOT NULL,
    relation TEXT,
    bearer_record TEXT,
    bearer_name TEXT,
    salt BLOB,
    at TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX sale_persons_by_fingerprint ON sale_persons(fingerprint)
    WHERE fingerprint IS NOT NULL;
CREATE INDEX sale_persons_by_record ON sale_persons(record) WHERE record IS NOT NULL;
"""
