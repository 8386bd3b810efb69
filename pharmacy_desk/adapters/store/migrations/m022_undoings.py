"""Insured sales that are cancelled or partly returned: asked of the insurance first, then written.

What the customer keeps goes on as a sale of its own: `returns.moved_to`, `sales.resettles`.
"""

SQL = """
CREATE TABLE undoings(
    number TEXT PRIMARY KEY,
    sale TEXT NOT NULL,
    settlement TEXT NOT NULL,
    reason TEXT NOT NULL,
    wanted TEXT NOT NULL,
    state TEXT NOT NULL,
    words TEXT NOT NULL,
    anew TEXT,
    at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    operator TEXT NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX one_open_undoing ON undoings(sale) WHERE state IN ('asked', 'unknown');
CREATE INDEX undoings_by_settlement ON undoings(settlement);

ALTER TABLE returns ADD COLUMN moved_to TEXT;
ALTER TABLE sales ADD COLUMN resettles TEXT;
"""
