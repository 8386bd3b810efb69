"""Is a ledger's past whole, and proven so? Read from its rows, the marks, and what lies around."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from pharmacy_desk.adapters.outside_mark import Mark, Run, same_run
from pharmacy_desk.adapters.store.base import database
from pharmacy_desk.core.basics.history import Loss, missing_from

# Rows of the table `home`.
NONCE = "nonce"
MISSING = "missing"
TO_ASK = "to_ask"
RESTORED = "restored"
SETTINGS = "settings"

# One search for each counter there is: the key begins with the counter, which a mark does not
# tell, and to look through a million events takes a fifth of a second at every start.
_HASH = """
WITH RECURSIVE counters(name) AS (
    SELECT min(counter) FROM events
    UNION ALL
    SELECT (SELECT min(counter) FROM events WHERE counter > name) FROM counters
    WHERE name IS NOT NULL
)
SELECT hash FROM events
WHERE counter IN (SELECT name FROM counters) AND epoch = ? AND seq = ?
"""


def unbroken(conn: sqlite3.Connection, path: Path, mark: Mark | None, run: Run) -> bool:
    """True when nothing but this very file can have written since the mark was left.

    A copy has an older nonce or none of our marks; a disk that was put back with its mark was
    started anew, or its clock has jumped.
    """
    row = conn.execute("SELECT value FROM home WHERE name = ?", (NONCE,)).fetchone()
    if mark is None or row is None or row[0] != mark.nonce or not same_run(mark.run, run):
        return False
    return inside(path)[1]


def lost(conn: sqlite3.Connection, path: Path, mark: Mark | None) -> Loss | None:
    """What is missing of what the marks, or the receipts, say was there once."""
    if conn.execute("SELECT 1 FROM home LIMIT 1").fetchone() is None:
        return Loss.LEDGER if was_there(path, mark) else None
    claims = [(mark.epoch, mark.seq, mark.hash)] if mark else []
    beside = inside(path)[0]
    claims += [(*beside, "")] if beside else []
    restored = conn.execute("SELECT 1 FROM home WHERE name = ?", (RESTORED,)).fetchone()
    if restored and not claims:  # nobody can tell what was sold after the backup was made
        return Loss.EVENTS
    for epoch, seq, digest in claims:
        row = conn.execute(_HASH, (epoch, seq)).fetchone()
        if row is None or (digest and row[0].hex() != digest):
            return Loss.EVENTS
    return None


def look(path: Path, mark: Mark | None) -> Loss | None:
    """What is missing and undecided, told without writing anything. Raises `WorldError`."""
    if not path.exists() or path.stat().st_size == 0:
        return Loss.LEDGER if was_there(path, mark) else None
    with database.damage(path), closing(database.open_reader(path)) as conn:
        row = conn.execute("SELECT value FROM home WHERE name = ?", (MISSING,)).fetchone()
        return missing_from(row[0]).loss if row else lost(conn, path, mark)


def was_there(path: Path, mark: Mark | None) -> bool:
    """True when there was a ledger here that sold: what it left behind says so.

    A practice home that was removed whole was removed on purpose, whatever the mark says.
    """
    practice = path.name.startswith("practice-")
    receipts = path.with_name("practice-receipts" if practice else "receipts")
    beside = path.with_suffix(".head").exists() or _holds_files(receipts)
    return beside or (mark is not None and not (practice and _was_removed(path)))


def inside(path: Path) -> tuple[tuple[str, int] | None, bool]:
    """The head that stands beside the ledger as (epoch, seq); False when it cannot be read."""
    try:
        told = json.loads(path.with_suffix(".head").read_text(encoding="utf-8"))
        return (str(told["epoch"]), int(told["seq"])), True
    except FileNotFoundError:
        return None, True
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None, False


def _holds_files(folder: Path) -> bool:
    try:
        return any(file.is_file() for file in folder.iterdir())
    except OSError:
        return False


def _was_removed(path: Path) -> bool:
    return not path.with_name("practice.toml").exists()
