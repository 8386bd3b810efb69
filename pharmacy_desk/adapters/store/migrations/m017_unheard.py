"""What the keeper of reservations has yet to hear of codes that a sale has had, in its order."""

SQL = """
CREATE TABLE unheard(
  id INTEGER PRIMARY KEY,
  word TEXT NOT NULL CHECK(word IN ('released', 'sold', 'given_back', 'on_sale', 'carried_over')),
  sale TEXT NOT NULL,
  code TEXT NOT NULL,
  to_sale TEXT NOT NULL DEFAULT ''
);
CREATE INDEX unheard_code ON unheard(code);
"""
