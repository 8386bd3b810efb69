BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'pharmacy_desk','m001_ledger','2026-11-28 22:35:36.417848+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'pharmacy_desk','m002_custody','2026-11-28 22:35:36.440389+00:00');
CREATE TABLE barcodes(
    barcode TEXT NOT NULL,
    item TEXT NOT NULL,
    PRIMARY KEY(barcode, item)
) WITHOUT ROWID;
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
    operator TEXT NOT NULL
) WITHOUT ROWID;
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
    PRIMARY KEY(document, line)
) WITHOUT ROWID;
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
CREATE TABLE home(
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE identifications(
    identification TEXT NOT NULL,
    item TEXT NOT NULL,
    state TEXT NOT NULL,
    operator TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY(identification, item)
) WITHOUT ROWID;
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
CREATE TABLE learned_headers(
    supplier TEXT NOT NULL,
    ours TEXT NOT NULL,
    theirs TEXT NOT NULL,
    PRIMARY KEY(supplier, ours)
) WITHOUT ROWID;
CREATE TABLE lots(
    item TEXT NOT NULL,
    lot TEXT NOT NULL,
    made TEXT,
    expiry TEXT,
    PRIMARY KEY(item, lot)
) WITHOUT ROWID;
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
CREATE TABLE packs(
    code TEXT PRIMARY KEY,
    parent TEXT,
    level INTEGER NOT NULL,
    smallest INTEGER NOT NULL DEFAULT 0
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
CREATE TABLE returns(
    number TEXT PRIMARY KEY,
    sale TEXT NOT NULL,
    code TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    operator TEXT NOT NULL
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
    at TEXT NOT NULL, units INTEGER, typed INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY(sale, entry)
) WITHOUT ROWID;
CREATE TABLE "sale_lines"(
    sale TEXT NOT NULL,
    line INTEGER NOT NULL,
    item TEXT NOT NULL,
    price_fen INTEGER NOT NULL,
    snapshot TEXT,
    split INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY(sale, line)
) WITHOUT ROWID;
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
CREATE TABLE stock(
    item TEXT NOT NULL,
    lot TEXT NOT NULL,
    made TEXT,
    expiry TEXT,
    quantity INTEGER NOT NULL,
    bound INTEGER NOT NULL,
    PRIMARY KEY(item, lot)
) WITHOUT ROWID;
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX events_by_code ON events(code) WHERE code IS NOT NULL;
CREATE INDEX events_by_document ON events(document) WHERE document IS NOT NULL AND code IS NULL;
CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
CREATE INDEX items_by_pinyin ON items(pinyin);
CREATE INDEX items_by_name ON items(name);
CREATE INDEX barcodes_by_item ON barcodes(item);
CREATE INDEX identifications_by_item ON identifications(item);
CREATE UNIQUE INDEX one_open_sale_per_counter ON sales(counter) WHERE state = 'open';
CREATE INDEX sales_held ON sales(state) WHERE state = 'held';
CREATE INDEX sales_by_day ON sales(paid_at) WHERE paid_at IS NOT NULL;
CREATE INDEX outbox_open ON outbox(state, due_at) WHERE state <> 'accepted';
CREATE INDEX outbox_by_document ON outbox(document);
CREATE UNIQUE INDEX one_final_sale_per_code ON sale_entries(code)
    WHERE code IS NOT NULL AND state IN ('live', 'final', 'returned', 'opened');
CREATE INDEX entries_by_lot ON sale_entries(lot) WHERE lot IS NOT NULL AND state = 'final';
CREATE INDEX lines_by_item ON sale_lines(item) WHERE snapshot IS NOT NULL;
CREATE INDEX boxes_by_item ON boxes(item, lot, state);
CREATE INDEX boxes_by_lot ON boxes(lot) WHERE lot IS NOT NULL;
CREATE INDEX boxes_by_party ON boxes(party) WHERE party <> '';
CREATE INDEX packs_by_parent ON packs(parent) WHERE parent IS NOT NULL;
CREATE INDEX documents_by_day ON documents(at);
COMMIT;
