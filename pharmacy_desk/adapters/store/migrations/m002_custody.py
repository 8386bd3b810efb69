"""A box's whole life: custody, packs, movements, stock by lot, recalls."""

SQL = """
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
