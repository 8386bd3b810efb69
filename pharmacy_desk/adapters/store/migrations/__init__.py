"""The schema, as append-only migrations: one file each, plain SQL that never uses today's classes.

A migration is frozen once it is committed (a test holds the digest of each file): a change is a
new file, its line at the end of `IN_ORDER`, its digest in the test, and one saved database of the
version before it under `tests/data/ledgers/`.
"""

from pharmacy_desk.adapters.store.migrations import (
    m001_ledger,
    m002_custody,
    m006_queue,
    m007_settlements,
    m008_claims,
    m010_returns,
    m011_drugs,
    m013_supplier_drugs,
    m014_prices,
    m015_persons,
    m016_cover,
    m017_unheard,
    m018_duty,
    m019_register,
    m020_limits,
    m021_prescriptions,
    m022_undoings,
    m023_tenders,
    m024_shifts,
    m025_tickets,
    m026_past,
)

# Name and SQL of every migration this program knows, in the order they are applied.
IN_ORDER = (
    ("m001_ledger", m001_ledger.SQL),
    ("m002_custody", m002_custody.SQL),
    ("m006_queue", m006_queue.SQL),
    ("m007_settlements", m007_settlements.SQL),
    ("m008_claims", m008_claims.SQL),
    ("m010_returns", m010_returns.SQL),
    ("m011_drugs", m011_drugs.SQL),
    ("m013_supplier_drugs", m013_supplier_drugs.SQL),
    ("m014_prices", m014_prices.SQL),
    ("m015_persons", m015_persons.SQL),
    ("m016_cover", m016_cover.SQL),
    ("m017_unheard", m017_unheard.SQL),
    ("m018_duty", m018_duty.SQL),
    ("m019_register", m019_register.SQL),
    ("m020_limits", m020_limits.SQL),
    ("m021_prescriptions", m021_prescriptions.SQL),
    ("m022_undoings", m022_undoings.SQL),
    ("m023_tenders", m023_tenders.SQL),
    ("m024_shifts", m024_shifts.SQL),
    ("m025_tickets", m025_tickets.SQL),
    ("m026_past", m026_past.SQL),
)
