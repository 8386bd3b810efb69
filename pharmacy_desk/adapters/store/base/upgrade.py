"""Bring a ledger's schema up to date, with a copy before. Loaded only when there is work for it."""

import shutil
import sqlite3
from pathlib import Path

from sqlite_utils import Database

from pharmacy_desk.adapters.store.base import database, schema
from pharmacy_desk.adapters.store.migrations import migrations


def bring_up_to_date(path: Path) -> None:
    """Apply what is missing; a file that holds anything is copied beside itself first.

    Raises `WorldError` (newer database, damaged file, read-only or full disk).
    """
    with database.damage(path):
        fresh = not path.exists() or path.stat().st_size == 0
        conn = database.connect(str(path))
        try:
            database.make_durable(conn)
            if schema.is_current(conn):
                return
            if not fresh:
                _copy_before_upgrade(conn, path)
            migrations.apply(Database(conn, execute_plugins=False))
        finally:
            conn.close()


def _copy_before_upgrade(conn: sqlite3.Connection, path: Path) -> None:
    """A whole copy beside the ledger before its schema changes; WAL is folded in first."""
    conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy2(path, path.with_suffix(".before-upgrade.db"))
