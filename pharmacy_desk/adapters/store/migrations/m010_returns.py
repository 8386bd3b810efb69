"""A return document holds several lines, each with its money: boxes, and goods without a code."""

SQL = """
CREATE TABLE returns_010(
    number TEXT NOT NULL,
    line INTEGER NOT NULL,
    sale TEXT NOT NULL,
    sale_line INTEGER NOT NULL,
    entry INTEGER,
    code TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK(quantity > 0),
    refund_fen INTEGER NOT NULL CHECK(refund_fen >= 0),
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    operator TEXT NOT NULL,
    PRIMARY KEY(number, line)
) WITHOUT ROWID;
INSERT INTO returns_010
    SELECT r.number, 1, r.sale, coalesce(e.line, 0), e.entry, r.code, 1,
        coalesce(l.price_fen, 0), r.reason, r.at, r.operator
    FROM returns r LEFT JOIN sale_entries e ON e.sale = r.sale AND e.entry = coalesce(
        (SELECT json_extract(v.payload, '$.entry') FROM events v
            WHERE v.document = r.number AND v.code IS NULL AND v.kind = 'no_code_returned'),
        (SELECT max(c.entry) FROM sale_entries c
            WHERE c.sale = r.sale AND c.code = r.code AND c.state IN ('returned', 'restored')))
    LEFT JOIN sale_lines l ON l.sale = e.sale AND l.line = e.line;
DROP TABLE returns;
ALTER TABLE returns_010 RENAME TO returns;
CREATE INDEX returns_by_sale ON returns(sale, sale_line);
CREATE INDEX returns_by_code ON returns(code) WHERE code <> '';
"""
