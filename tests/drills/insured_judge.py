"""The judge of the drill over insured sales: files and answers read with the standard library only.

It looks for what was acknowledged, for halves of a payment, for what is there twice, for what the
practice platform holds otherwise, and for a person in clear. Nothing of the program is used.
"""

import contextlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tests import persons_kit
from tests.drills.judge import chain

Fact = list[str]
_EVENT = "SELECT count(*) FROM events WHERE kind = '{}' AND document = ?"
# A fact that was acknowledged: what must be found, by the words it was told with.
_FOUND = {
    "scan": "SELECT count(*) FROM sale_entries WHERE code = ?",
    "person": _EVENT.format("person_seen"),
    "bearer": _EVENT.format("bearer_told"),
    "rx": "SELECT count(*) FROM events e, prescriptions p WHERE e.kind = 'rx_set'"
    " AND e.document = ? AND p.number = ?",
    "electronic": "SELECT count(*) FROM events e, prescriptions p WHERE e.kind = 'rx_set'"
    " AND e.document = ? AND p.number = ?",
    "pay": "SELECT count(*) FROM sales WHERE state = 'paid' AND number = ? AND payment = ?",
    "shift open": "SELECT count(*) FROM shifts WHERE number = ?",
    "shift close": "SELECT count(*) FROM closings WHERE kind = 'shift' AND number = ?",
    "day close": "SELECT count(*) FROM closings WHERE kind = 'day' AND number = ?",
}
# What a paid sale of a scene has beside it, whole or not at all; how much of it.
_WHOLE = {
    "register": ("SELECT coalesce(sum(quantity), 0) FROM register_entries WHERE sale = ?", 2),
    "paper prescription": ("SELECT coalesce(sum(packs), 0) FROM dispensings WHERE sale = ?", 1),
    "electronic prescription": (
        "SELECT coalesce(sum(packs), 0) FROM dispensings WHERE sale = ?",
        2,
    ),
    "limits": (
        "SELECT count(*) > 0 AND count(*) = (SELECT count(*) FROM events WHERE"
        " kind = 'limit_told' AND document = ?1) FROM limit_hits WHERE sale = ?1",
        1,
    ),
}
_NOT_PAID = (
    "SELECT count(*) FROM {} WHERE sale NOT IN (SELECT number FROM sales WHERE state = 'paid')"
)
# What must be nowhere, in words and as a count.
_NEVER = {
    "a code in two sales": "SELECT count(*) FROM (SELECT code FROM sale_entries WHERE code IS NOT"
    " NULL AND state IN ('live', 'final') GROUP BY code HAVING count(*) > 1)",
    "a sale with two settlements": "SELECT count(*) FROM (SELECT sale FROM settlements"
    " WHERE state = 'settled' GROUP BY sale HAVING count(*) > 1)",
    "an insured sale without a settlement": "SELECT count(*) FROM sales s WHERE s.state = 'paid'"
    " AND s.payment <> 'self' AND NOT EXISTS (SELECT 1 FROM settlements t WHERE"
    " t.sale = s.number AND t.state = 'settled')",
    "a sum that is not the settlement's": "SELECT count(*) FROM sales s JOIN settlements t"
    " ON t.sale = s.number AND t.state = 'settled' WHERE s.total_fen <>"
    " t.fund_fen + t.account_fen + coalesce(t.mutual_fen, 0) + t.cash_fen",
    "a message that asked twice": "SELECT count(*) FROM (SELECT msgid FROM settlements"
    " WHERE msgid IS NOT NULL GROUP BY msgid HAVING count(*) > 1)",
    "a prescription kept twice": "SELECT count(*) FROM (SELECT number FROM prescriptions"
    " GROUP BY number HAVING count(*) > 1)",
    "more dispensed than prescribed": "SELECT count(*) FROM prescription_lines l WHERE l.quantity"
    " < (SELECT coalesce(sum(d.packs), 0) FROM dispensings d"
    " WHERE d.prescription = l.prescription AND d.rx_line = l.line)",
    "a dispensing of no paid sale": _NOT_PAID.format("dispensings"),
    "a register entry of no paid sale": _NOT_PAID.format("register_entries"),
    "a paid sale without its tenders": "SELECT count(*) FROM sales WHERE state = 'paid'"
    " AND taken IS NULL",
    "two open shifts": "SELECT max(count(*) - 1, 0) FROM shifts WHERE closed = 0",
    "a shift closed without a closing, or twice": "SELECT abs((SELECT count(*) FROM shifts"
    " WHERE closed = 1) - (SELECT count(*) FROM closings WHERE kind = 'shift'))",
    "a document in two closings of a kind": "SELECT count(*) FROM (SELECT c.kind, d.kind,"
    " d.document FROM closed_documents d JOIN closings c ON c.number = d.closing"
    " GROUP BY c.kind, d.kind, d.document HAVING count(*) > 1)",
}


# One whose split was wrong stands until it is cancelled: looked for when nothing is on its way.
_STANDS_ALONE = (
    "SELECT count(*) FROM settlements t WHERE t.state = 'settled' AND NOT EXISTS"
    " (SELECT 1 FROM sales s WHERE s.number = t.sale AND s.state = 'paid')"
)


def judge(ledger: Path, scene: str, facts: Iterable[Fact]) -> list[str]:
    """What is lost, half, or there twice, as the file lies."""
    with _read(ledger) as conn:
        faults = chain(conn)
        faults += [f"lost: {fact}" for fact in facts if not _is_there(conn, fact)]
        faults += [name for name, sql in _NEVER.items() if conn.execute(sql).fetchone()[0]]
        if scene in _WHOLE:
            sql, wanted = _WHOLE[scene]
            for (number,) in conn.execute("SELECT number FROM sales WHERE state = 'paid'"):
                found = conn.execute(sql, (number,)).fetchone()[0]
                if found != wanted:
                    faults.append(f"sale {number} has {found} of {wanted}: {scene}")
    return faults


def judge_platform(ledger: Path, records: dict[str, Any]) -> list[str]:
    """What the practice platform holds otherwise than the ledger, once nothing is on its way."""
    names = ("setl_id", "mdtrt_id", "fund_fen", "account_fen", "cash_fen")
    there = sorted(
        tuple(one[name] for name in names) for one in records["settlements"] if not one["cancelled"]
    )
    with _read(ledger) as conn:
        here = sorted(
            conn.execute(f"SELECT {', '.join(names)} FROM settlements WHERE state = 'settled'")
        )
        sold = Counter(
            row[0]
            for row in conn.execute(
                "SELECT code FROM sale_entries WHERE state = 'final' AND code IS NOT NULL"
            )
        )
        open_ = conn.execute(
            "SELECT (SELECT count(*) FROM settlements WHERE state IN ('asked', 'unknown'))"
            " + (SELECT count(*) FROM outbox WHERE state <> 'accepted')"
        ).fetchone()[0]
        alone = conn.execute(_STANDS_ALONE).fetchone()[0]
    told = Counter(code for row in records["records"] for code in row["codes"])
    faults = [] if there == here else [f"settlements: there {there}, here {here}"]
    if told != sold:
        faults.append(f"boxes: there {dict(told)}, here {dict(sold)}")
    faults += ["a settlement of no paid sale"] * bool(alone)
    return faults + [f"{open_} settlements or lines are still open"] * bool(open_)


def judge_files(home: Path, secrets: Iterable[str], numbers: frozenset[str]) -> list[str]:
    """A person in clear in any file of the home, the log behind a kill included."""
    written = {
        (secret, secret.encode(how))
        for secret in secrets
        for how in ("utf-8", "utf-16-le", "gb18030")
    }
    faults = []
    for path in sorted(one for one in home.rglob("*") if one.is_file()):
        data = path.read_bytes()
        faults += [f"{path.name} has {secret}" for secret, form in written if form in data]
        if path.name.endswith((".log", "-wal", ".json", ".toml")):
            faults += [f"{path.name} has {one}" for one in persons_kit.lying_in(data, set(numbers))]
    return sorted(set(faults))


def _is_there(conn: sqlite3.Connection, fact: Fact) -> bool:
    name, *words = fact
    if name not in _FOUND:
        return True
    sql = _FOUND[name]
    return bool(conn.execute(sql, words[: sql.count("?")]).fetchone()[0])


@contextlib.contextmanager
def _read(ledger: Path) -> Iterator[sqlite3.Connection]:
    conn = sqlite3.connect(f"{ledger.absolute().as_uri()}?mode=ro", uri=True)
    with contextlib.closing(conn):
        yield conn


def records_of(raw: bytes) -> dict[str, Any]:
    """What the practice platform tells of itself."""
    told: dict[str, Any] = json.loads(raw)
    return told
