"""What the practice platform keeps: accepted lines, their codes, what it received, settlements."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SALE, RETURN = "sale", "return"
COUNT, CHANGE = "count", "change"
PURCHASE, PURCHASE_RETURN = "purchase", "purchase_return"
# What is kept of a line beside its key. A name added here reaches an older book when it is opened.
KEPT = (
    "med_list_codg",
    "fixmedins_hilist_id",
    "fixmedins_hilist_name",
    "setl_id",
    "mdtrt_sn",
    "mdtrt_setl_type",
    "psn_no",
    "psn_cert_type",
    "certno",
    "psn_name",
    "manu_lotnum",
    "trdn_flag",
    "rtal_docno",
    "sel_retn_cnt",
    "sel_retn_time",
    "sel_retn_opter_name",
    "memo",
    "medins_prod_sel_no",
    "rx_flag",
    "manu_date",
    "expy_end",
    "invdate",
    "inv_cnt",
    "inv_chg_type",
    "pric",
    "cnt",
    "inv_chg_time",
    "inv_chg_opter_name",
    "dynt_no",
    "spler_name",
    "prodentp_name",
    "aprvno",
    "finl_trns_pric",
    "purc_retn_cnt",
    "purc_invo_no",
    "purc_retn_stoin_time",
    "purc_retn_opter_name",
    "prod_geay_flag",
    "medins_prod_purc_no",
)
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS messages (
    store TEXT, msgid TEXT, infno TEXT, at TEXT, times INTEGER, PRIMARY KEY (store, msgid));
CREATE TABLE IF NOT EXISTS received (
    store TEXT, kind TEXT, bchno TEXT, times INTEGER, PRIMARY KEY (store, kind, bchno));
CREATE TABLE IF NOT EXISTS lines (
    id INTEGER PRIMARY KEY AUTOINCREMENT, store TEXT NOT NULL, kind TEXT NOT NULL,
    bchno TEXT NOT NULL, copy INTEGER NOT NULL, infno TEXT, msgid TEXT, opter TEXT,
    opter_name TEXT, at TEXT, {", ".join(KEPT)}, UNIQUE (store, kind, bchno, copy));
CREATE TABLE IF NOT EXISTS codes (
    line INTEGER NOT NULL REFERENCES lines(id) ON DELETE CASCADE, place INTEGER, code TEXT,
    PRIMARY KEY (line, place));
CREATE INDEX IF NOT EXISTS codes_by_code ON codes (code);
CREATE TABLE IF NOT EXISTS settled (
    id INTEGER PRIMARY KEY AUTOINCREMENT, store TEXT, msgid TEXT, document TEXT, psn_no TEXT,
    med_type TEXT, total_fen INTEGER, fund_fen INTEGER, account_fen INTEGER, mutual_fen INTEGER,
    cash_fen INTEGER, setl_id TEXT UNIQUE, mdtrt_id TEXT, cancelled INTEGER DEFAULT 0,
    UNIQUE (store, msgid));
CREATE TABLE IF NOT EXISTS settled_codes (
    settled INTEGER NOT NULL REFERENCES settled(id) ON DELETE CASCADE, place INTEGER, code TEXT,
    PRIMARY KEY (settled, place));
CREATE TABLE IF NOT EXISTS dispensed (
    store TEXT, bchno TEXT, msgid TEXT, hi_rxno TEXT, med_list_codg TEXT, drug_trac_codg TEXT,
    sel_retn_cnt TEXT, at TEXT, PRIMARY KEY (store, bchno));
CREATE TABLE IF NOT EXISTS reversed (store TEXT, msgid TEXT, PRIMARY KEY (store, msgid));
"""


@dataclass(frozen=True)
class Sender:
    """Whose message a line came in, and when."""

    store: str
    infno: str
    msgid: str
    opter: str
    opter_name: str
    at: str
    area: str = ""


class Records:
    """The platform's own book, in one SQLite file or in memory."""

    def __init__(self, path: Path | None = None) -> None:
        """Opens the book, making it when it is not there."""
        self.connection = sqlite3.connect(
            str(path) if path else ":memory:", timeout=5, check_same_thread=False
        )
        self.connection.row_factory = sqlite3.Row
        self.connection.isolation_level = None
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA foreign_keys = ON")
        self.connection.executescript(_SCHEMA)
        self._widen()

    def _widen(self) -> None:
        """Gives a book of an earlier version the columns it lacks."""
        there = {row["name"] for row in self.connection.execute("PRAGMA table_info(lines)")}
        for name in KEPT:
            if name not in there:
                self.connection.execute(f"ALTER TABLE lines ADD COLUMN {name} DEFAULT ''")

    def close(self) -> None:
        """Closes the book."""
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of what is written inside, or nothing."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def note_message(self, sender: Sender) -> None:
        """Counts one processed message."""
        self.connection.execute(
            "INSERT INTO messages VALUES (?, ?, ?, ?, 1)"
            " ON CONFLICT DO UPDATE SET times = times + 1",
            (sender.store, sender.msgid, sender.infno, sender.at),
        )

    def note_line(self, store: str, kind: str, bchno: str) -> None:
        """Counts one arrival of a line key, accepted or not."""
        self.connection.execute(
            "INSERT INTO received VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET times = times + 1",
            (store, kind, bchno),
        )

    def holds(self, store: str, kind: str, bchno: str) -> bool:
        """Whether a line with this key is kept."""
        found = self.connection.execute(
            "SELECT 1 FROM lines WHERE store = ? AND kind = ? AND bchno = ?", (store, kind, bchno)
        )
        return found.fetchone() is not None

    def sold_by(self, code: str) -> tuple[str, str] | None:
        """Which store sold this code last, and when, unless it has taken it back since."""
        row = self.connection.execute(
            "SELECT l.store, l.sel_retn_time, l.kind FROM lines l JOIN codes c ON c.line = l.id"
            " WHERE c.code = ? AND l.kind IN (?, ?) AND l.trdn_flag <> '1'"
            " ORDER BY l.id DESC LIMIT 1",
            (code, SALE, RETURN),
        ).fetchone()
        return (row["store"], row["sel_retn_time"]) if row and row["kind"] == SALE else None

    def keep(
        self, sender: Sender, kind: str, line: Mapping[str, Any], codes: Sequence[str]
    ) -> None:
        """Keeps one line and its codes, beside any other of the same key."""
        bchno = line["fixmedins_bchno"]
        key = (sender.store, kind, bchno)
        (copy,) = self.connection.execute(
            "SELECT count(*) FROM lines WHERE store = ? AND kind = ? AND bchno = ?", key
        ).fetchone()
        values = [line.get(name) if line.get(name) is not None else "" for name in KEPT]
        head = (*key, copy, sender.infno, sender.msgid, sender.opter, sender.opter_name, sender.at)
        marks = ", ".join("?" * (len(head) + len(values)))
        cursor = self.connection.execute(
            "INSERT INTO lines (store, kind, bchno, copy, infno, msgid, opter, opter_name, at,"
            f" {', '.join(KEPT)}) VALUES ({marks})",
            (*head, *values),
        )
        rows = [(cursor.lastrowid, place, code) for place, code in enumerate(codes)]
        self.connection.executemany("INSERT INTO codes VALUES (?, ?, ?)", rows)

    def drop(self, store: str, bchno: str, kinds: Sequence[str]) -> int:
        """Deletes the lines of a key and of these kinds; gives how many there were."""
        return sum(
            self.connection.execute(
                "DELETE FROM lines WHERE store = ? AND kind = ? AND bchno = ?", (store, kind, bchno)
            ).rowcount
            for kind in kinds
        )

    def lines(self, where: str = "", values: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Kept lines in order of acceptance, each with its codes and times received."""
        rows = self.connection.execute(
            "SELECT l.*, coalesce(r.times, 0) AS received FROM lines l LEFT JOIN received r"
            " ON r.store = l.store AND r.kind = l.kind AND r.bchno = l.bchno"
            f" {'WHERE ' + where if where else ''} ORDER BY l.id",
            values,
        ).fetchall()
        return [{**dict(row), "codes": self._codes(row["id"])} for row in rows]

    def keep_dispensed(self, sender: Sender, line: Mapping[str, Any]) -> None:
        """Keeps one line of a dispensed prescription."""
        names = ("bchno", "hi_rxno", "med_list_codg", "drug_trac_codg", "sel_retn_cnt")
        bchno, *told = (str(line.get(name, "")) for name in names)
        self.connection.execute(
            "INSERT INTO dispensed VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (sender.store, bchno, sender.msgid, *told, sender.at),
        )

    def dispensed(self, store: str = "", bchno: str = "") -> list[dict[str, Any]]:
        """What was told as dispensed: of one line of a store, or all there is."""
        rows = self.connection.execute(
            "SELECT * FROM dispensed WHERE ?1 = '' OR (store = ?1 AND bchno = ?2) ORDER BY rowid",
            (store, bchno),
        )
        return [dict(row) for row in rows]

    def settlements(self) -> list[dict[str, Any]]:
        """Every settlement in the order they were made, each with its codes."""
        rows = self.connection.execute("SELECT * FROM settled ORDER BY id").fetchall()
        return [{**dict(row), "codes": self._settled_codes(row["id"])} for row in rows]

    def _settled_codes(self, number: int) -> list[str]:
        rows = self.connection.execute(
            "SELECT code FROM settled_codes WHERE settled = ? ORDER BY place", (number,)
        )
        return [row["code"] for row in rows]

    def _codes(self, line: int) -> list[str]:
        """The codes of one line in the order they came."""
        rows = self.connection.execute(
            "SELECT code FROM codes WHERE line = ? ORDER BY place", (line,)
        )
        return [row["code"] for row in rows]
