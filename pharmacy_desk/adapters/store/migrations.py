"""The schema, as append-only migrations. Each is plain SQL and never uses today's classes.

A released migration is never edited: a change is a new function at the end and its name in
`schema.SCHEMA_NAMES`, with one saved database of the version before it under
`tests/data/ledgers/`.
"""

from typing import Any

from sqlite_utils.migrations import Migrations

migrations = Migrations("pharmacy_desk")

_M001 = """
CREATE TABLE home(
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE events(
    counter TEXT NOT NULL,
    epoch TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    code TEXT,
    document TEXT,
    operator TEXT NOT NULL,
    payload TEXT NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY(counter, epoch, seq)
) WITHOUT ROWID;
CREATE INDEX events_by_code ON events(code) WHERE code IS NOT NULL;
CREATE INDEX events_by_document ON events(document) WHERE document IS NOT NULL AND code IS NULL;
CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;

CREATE TABLE items(
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    spec TEXT NOT NULL,
    dosage_form TEXT NOT NULL,
    maker TEXT NOT NULL,
    approval TEXT NOT NULL,
    insurance_code TEXT NOT NULL,
    insurance_class TEXT NOT NULL,
    rx TEXT NOT NULL,
    category TEXT NOT NULL,
    price_fen INTEGER NOT NULL,
    cost_fen INTEGER,
    unit TEXT NOT NULL,
    split_unit TEXT NOT NULL,
    split_ratio INTEGER,
    ephedrine INTEGER NOT NULL,
    doping INTEGER NOT NULL,
    cold INTEGER NOT NULL,
    lot TEXT,
    made TEXT,
    expiry TEXT,
    pinyin TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
) WITHOUT ROWID;
CREATE INDEX items_by_pinyin ON items(pinyin);
CREATE INDEX items_by_name ON items(name);
CREATE TABLE lots(
    item TEXT NOT NULL,
    lot TEXT NOT NULL,
    made TEXT,
    expiry TEXT,
    PRIMARY KEY(item, lot)
) WITHOUT ROWID;
CREATE TABLE barcodes(
    barcode TEXT NOT NULL,
    item TEXT NOT NULL,
    PRIMARY KEY(barcode, item)
) WITHOUT ROWID;
CREATE INDEX barcodes_by_item ON barcodes(item);
CREATE TABLE identifications(
    identification TEXT NOT NULL,
    item TEXT NOT NULL,
    state TEXT NOT NULL,
    operator TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY(identification, item)
) WITHOUT ROWID;
CREATE INDEX identifications_by_item ON identifications(item);

CREATE TABLE sales(
    number TEXT PRIMARY KEY,
    counter TEXT NOT NULL,
    state TEXT NOT NULL,
    operator TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    paid_at TEXT,
    payment TEXT,
    total_fen INTEGER,
    tendered_fen INTEGER,
    setl_id TEXT,
    mdtrt_id TEXT,
    fund_fen INTEGER,
    account_fen INTEGER,
    cash_fen INTEGER,
    upload_serial TEXT
) WITHOUT ROWID;
CREATE UNIQUE INDEX one_open_sale_per_counter ON sales(counter) WHERE state = 'open';
CREATE INDEX sales_held ON sales(state) WHERE state = 'held';
CREATE INDEX sales_by_day ON sales(paid_at) WHERE paid_at IS NOT NULL;
CREATE TABLE sale_lines(
    sale TEXT NOT NULL,
    line INTEGER NOT NULL,
    item TEXT NOT NULL,
    price_fen INTEGER NOT NULL,
    snapshot TEXT NOT NULL,
    PRIMARY KEY(sale, line)
) WITHOUT ROWID;
CREATE TABLE sale_entries(
    sale TEXT NOT NULL,
    entry INTEGER NOT NULL,
    line INTEGER NOT NULL,
    code TEXT,
    asked INTEGER NOT NULL,
    state TEXT NOT NULL,
    lot TEXT,
    made TEXT,
    expiry TEXT,
    at TEXT NOT NULL,
    PRIMARY KEY(sale, entry)
) WITHOUT ROWID;
CREATE UNIQUE INDEX one_final_sale_per_code ON sale_entries(code)
    WHERE code IS NOT NULL AND state IN ('live', 'final');

CREATE TABLE returns(
    number TEXT PRIMARY KEY,
    sale TEXT NOT NULL,
    code TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    operator TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE outbox(
    key TEXT PRIMARY KEY,
    document TEXT NOT NULL,
    line INTEGER NOT NULL,
    infno TEXT NOT NULL,
    item TEXT NOT NULL,
    words TEXT NOT NULL,
    codes TEXT NOT NULL,
    waiting TEXT,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    due_at TEXT NOT NULL,
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    msgid TEXT,
    platform_words TEXT
) WITHOUT ROWID;
CREATE INDEX outbox_open ON outbox(state, due_at) WHERE state <> 'accepted';
CREATE INDEX outbox_by_document ON outbox(document);
CREATE TABLE messages(
    msgid TEXT PRIMARY KEY,
    infno TEXT NOT NULL,
    document TEXT NOT NULL,
    keys TEXT NOT NULL,
    wrapped_key BLOB,
    sealed BLOB NOT NULL,
    at TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE operators(
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    pin_hash TEXT NOT NULL,
    active INTEGER NOT NULL
) WITHOUT ROWID;
"""

_M002 = """
DROP INDEX one_final_sale_per_code;
CREATE UNIQUE INDEX one_final_sale_per_code ON sale_entries(code)
    WHERE code IS NOT NULL AND state IN ('live', 'final', 'returned', 'opened');
CREATE TABLE sale_lines_002(
    sale TEXT NOT NULL,
    line INTEGER NOT NULL,
    item TEXT NOT NULL,
    price_fen INTEGER NOT NULL,
    snapshot TEXT,
    split INTEGER NOT NULL DEFAULT 0,
    gift INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY(sale, line)
) WITHOUT ROWID;
INSERT INTO sale_lines_002(sale, line, item, price_fen, snapshot)
    SELECT sale, line, item, price_fen, snapshot FROM sale_lines;
DROP TABLE sale_lines;
ALTER TABLE sale_lines_002 RENAME TO sale_lines;
ALTER TABLE sale_entries ADD COLUMN units INTEGER;
ALTER TABLE sale_entries ADD COLUMN typed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sale_entries ADD COLUMN no_code TEXT;
ALTER TABLE sales ADD COLUMN order_platform TEXT;
ALTER TABLE sales ADD COLUMN order_number TEXT;
ALTER TABLE identifications ADD COLUMN level INTEGER NOT NULL DEFAULT 1;
ALTER TABLE operators ADD COLUMN badge_hash TEXT;
ALTER TABLE operators ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE operators ADD COLUMN locked_until TEXT;
CREATE INDEX sales_by_order ON sales(order_number) WHERE order_number IS NOT NULL;
CREATE INDEX events_of_map ON events(json_extract(payload, '$.identification'))
    WHERE kind IN ('map_proposed', 'map_confirmed', 'map_removed');
CREATE INDEX entries_by_lot ON sale_entries(lot, code)
    WHERE lot IS NOT NULL AND state IN ('final', 'units_sold');
CREATE INDEX lines_by_item ON sale_lines(item) WHERE snapshot IS NOT NULL;
CREATE INDEX items_by_approval ON items(approval);
CREATE INDEX outbox_done ON outbox(changed_at) WHERE state = 'accepted';

CREATE TABLE boxes(
    code TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    item TEXT NOT NULL,
    lot TEXT,
    made TEXT,
    expiry TEXT,
    units_left INTEGER CHECK(units_left IS NULL OR units_left >= 0),
    document TEXT NOT NULL,
    party TEXT NOT NULL,
    at TEXT NOT NULL,
    counter TEXT NOT NULL,
    operator TEXT NOT NULL,
    settled_at TEXT,
    settled_words TEXT
) WITHOUT ROWID;
CREATE INDEX boxes_by_item ON boxes(item, lot, state);
CREATE INDEX boxes_by_lot ON boxes(lot, state) WHERE lot IS NOT NULL;
CREATE INDEX boxes_by_party ON boxes(party, state) WHERE party <> '';

INSERT INTO boxes(code, state, item, lot, made, expiry, document, party, at, counter, operator)
    SELECT r.code, 'returned', l.item, e.lot, e.made, e.expiry, r.number, '', r.at, s.counter,
        r.operator
    FROM returns r JOIN sales s ON s.number = r.sale
    JOIN sale_entries e ON e.sale = r.sale AND e.code = r.code AND e.state = 'returned'
    JOIN sale_lines l ON l.sale = e.sale AND l.line = e.line
    WHERE NOT EXISTS (SELECT 1 FROM sale_entries n WHERE n.code = r.code
        AND n.state IN ('live', 'final'))
    GROUP BY r.code;

CREATE TABLE packs(
    code TEXT PRIMARY KEY,
    parent TEXT,
    level INTEGER NOT NULL,
    smallest INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX packs_by_parent ON packs(parent) WHERE parent IS NOT NULL;

CREATE TABLE documents(
    number TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    party TEXT NOT NULL,
    reference TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    operator TEXT NOT NULL,
    arrived_at TEXT,
    arrival_celsius TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX documents_by_day ON documents(at);
CREATE TABLE document_lines(
    document TEXT NOT NULL,
    line INTEGER NOT NULL,
    item TEXT NOT NULL,
    lot TEXT,
    made TEXT,
    expiry TEXT,
    quantity INTEGER NOT NULL,
    price_fen INTEGER,
    codes TEXT NOT NULL,
    snapshot TEXT,
    PRIMARY KEY(document, line)
) WITHOUT ROWID;

CREATE TABLE stock(
    item TEXT NOT NULL,
    lot TEXT NOT NULL,
    made TEXT,
    expiry TEXT,
    quantity INTEGER NOT NULL,
    bound INTEGER NOT NULL,
    PRIMARY KEY(item, lot)
) WITHOUT ROWID;

CREATE TABLE recalls(
    number TEXT PRIMARY KEY,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    reason TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    operator TEXT NOT NULL,
    closed_at TEXT
) WITHOUT ROWID;

CREATE TABLE no_code(
    number TEXT PRIMARY KEY,
    item TEXT NOT NULL,
    lot TEXT NOT NULL,
    made TEXT,
    expiry TEXT,
    quantity INTEGER NOT NULL CHECK(quantity > 0),
    used INTEGER NOT NULL DEFAULT 0 CHECK(used BETWEEN 0 AND quantity),
    reason TEXT NOT NULL,
    bought_on TEXT NOT NULL,
    evidence TEXT NOT NULL,
    state TEXT NOT NULL,
    at TEXT NOT NULL,
    operator TEXT NOT NULL,
    approver TEXT
) WITHOUT ROWID;
CREATE INDEX no_code_by_item ON no_code(item);
CREATE INDEX no_code_by_lot ON no_code(lot);

CREATE TABLE learned_headers(
    party TEXT NOT NULL,
    header TEXT NOT NULL,
    field TEXT NOT NULL,
    PRIMARY KEY(party, header)
) WITHOUT ROWID;

CREATE TABLE drafts(
    number TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    at TEXT NOT NULL,
    operator TEXT NOT NULL
) WITHOUT ROWID;
"""

_M006 = """
CREATE TABLE message_ids(
    second TEXT PRIMARY KEY,
    first INTEGER NOT NULL,
    used INTEGER NOT NULL
) WITHOUT ROWID;
INSERT OR IGNORE INTO message_ids(second, first, used)
    SELECT DISTINCT substr(msgid, 13, 16), 0, 100 FROM messages WHERE length(msgid) = 30;
INSERT OR IGNORE INTO message_ids(second, first, used)
    SELECT substr(value, 13, 16), 0, 100 FROM home
    WHERE name = 'last_msgid' AND length(value) = 30;
DELETE FROM home WHERE name = 'last_msgid';
CREATE INDEX outbox_next ON outbox(state, created_at, document, line, waiting)
    WHERE state <> 'accepted';
CREATE INDEX outbox_back ON outbox(key)
    WHERE state <> 'accepted' AND json_extract(words, '$.original_key') IS NOT NULL;
"""


@migrations()
def m001_ledger(db: Any) -> None:
    """The first schema: events, catalogue, map, sales, outbox, operators."""
    for statement in _statements(_M001):
        db.conn.execute(statement)


@migrations()
def m002_custody(db: Any) -> None:
    """A box's whole life: custody, packs, movements, stock by lot, recalls."""
    for statement in _statements(_M002):
        db.conn.execute(statement)


@migrations()
def m006_queue(db: Any) -> None:
    """The queue in its order by index; message ids by the seconds in which they were given out."""
    for statement in _statements(_M006):
        db.conn.execute(statement)


def _statements(script: str) -> list[str]:
    """Single statements of a script; a trigger's body keeps its inner semicolon."""
    found: list[str] = []
    held = ""
    for part in script.split(";"):
        held = f"{held};{part}" if held else part
        if "CREATE TRIGGER" in held and not held.rstrip().endswith("END"):
            continue
        if held.strip():
            found.append(held.strip())
        held = ""
    return found
