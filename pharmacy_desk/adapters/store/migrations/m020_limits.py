"""Lists of limits as they were imported, and which sales were said to be beyond one."""

SQL = """
CREATE TABLE limit_lists(
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  as_of TEXT,
  at TEXT NOT NULL,
  operator TEXT NOT NULL,
  digest TEXT NOT NULL
);
CREATE TABLE limit_rules(
  list INTEGER NOT NULL REFERENCES limit_lists(number),
  code TEXT NOT NULL,
  drug TEXT NOT NULL,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  pack_days TEXT,
  PRIMARY KEY(list, code, drug, kind)
) WITHOUT ROWID;
CREATE TABLE limit_texts(
  list INTEGER NOT NULL REFERENCES limit_lists(number),
  drug TEXT NOT NULL,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY(list, drug, kind, value)
) WITHOUT ROWID;
CREATE TABLE limit_hits(
  sale TEXT NOT NULL,
  item TEXT NOT NULL,
  kind TEXT NOT NULL,
  payment TEXT NOT NULL,
  mode TEXT NOT NULL,
  amount_fen INTEGER NOT NULL,
  version TEXT NOT NULL,
  at TEXT NOT NULL,
  operator TEXT NOT NULL,
  PRIMARY KEY(sale, item, kind, payment)
) WITHOUT ROWID;
"""
