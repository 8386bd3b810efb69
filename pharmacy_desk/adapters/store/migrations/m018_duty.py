"""Who is on duty, and the staff register: licence, state, and points of the bureau's notices."""

SQL = """
CREATE TABLE duty(
    operator TEXT PRIMARY KEY,
    since TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE staff_register(
    operator TEXT PRIMARY KEY,
    licence TEXT NOT NULL,
    salt TEXT NOT NULL,
    state TEXT NOT NULL,
    since TEXT,
    until TEXT
) WITHOUT ROWID;
CREATE TABLE staff_points(
    operator TEXT NOT NULL,
    notice TEXT NOT NULL,
    day TEXT NOT NULL,
    points INTEGER NOT NULL CHECK(points > 0),
    PRIMARY KEY(operator, notice)
) WITHOUT ROWID;
"""
