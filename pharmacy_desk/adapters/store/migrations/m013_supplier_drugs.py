"""Which drug of ours a supplier's words mean, as a person has said once for all its deliveries."""

SQL = """
CREATE TABLE supplier_drugs(
    party TEXT NOT NULL,
    name TEXT NOT NULL,
    spec TEXT NOT NULL,
    maker TEXT NOT NULL,
    item TEXT NOT NULL,
    PRIMARY KEY(party, name, spec, maker)
) WITHOUT ROWID;
"""
