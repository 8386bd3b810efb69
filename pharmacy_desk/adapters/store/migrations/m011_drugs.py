"""A drug of the catalogue: whether the office has still to complete it, and who brought it in."""

SQL = """
ALTER TABLE items ADD COLUMN incomplete INTEGER NOT NULL DEFAULT 0;
ALTER TABLE items ADD COLUMN added_at TEXT;
ALTER TABLE items ADD COLUMN added_by TEXT;
CREATE INDEX items_incomplete ON items(code) WHERE incomplete;
CREATE INDEX events_of_drugs ON events(json_extract(payload, '$.item'))
    WHERE kind IN ('drug_added', 'drug_changed', 'batch_set');
"""
