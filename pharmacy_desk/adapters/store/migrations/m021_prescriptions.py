"""Prescriptions, what they prescribe, and what paid sales took of them."""

SQL = """
CREATE TABLE prescriptions(
    id TEXT PRIMARY KEY,
    number TEXT NOT NULL,
    institution TEXT NOT NULL,
    area TEXT NOT NULL,
    prescriber TEXT NOT NULL,
    issued TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    dispenser TEXT NOT NULL,
    checker TEXT NOT NULL,
    download TEXT NOT NULL,
    sealed TEXT,
    salt TEXT NOT NULL,
    at TEXT NOT NULL,
    operator TEXT NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX one_prescription ON prescriptions(number, institution);
CREATE INDEX prescriptions_by_day ON prescriptions(at);
CREATE TABLE prescription_lines(
    prescription TEXT NOT NULL,
    line INTEGER NOT NULL,
    item TEXT NOT NULL,
    name TEXT NOT NULL,
    insurance_code TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK(quantity > 0),
    PRIMARY KEY(prescription, line)
) WITHOUT ROWID;
CREATE TABLE dispensings(
    sale TEXT NOT NULL,
    line INTEGER NOT NULL,
    prescription TEXT NOT NULL,
    rx_line INTEGER NOT NULL,
    packs INTEGER NOT NULL CHECK(packs > 0),
    PRIMARY KEY(sale, line, rx_line)
) WITHOUT ROWID;
CREATE INDEX dispensings_by_prescription ON dispensings(prescription, rx_line);
ALTER TABLE sales ADD COLUMN prescription TEXT;
CREATE INDEX sales_by_prescription ON sales(prescription) WHERE prescription IS NOT NULL;
"""
