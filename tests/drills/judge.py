"""The judge of a drill: reads the files with the standard library only, none of our own logic."""

import hashlib
import json
import sqlite3
from collections import Counter
from pathlib import Path


def judge(ledger: Path, platform: Path, acknowledged: set[str], released: set[str]) -> list[str]:
    """Everything that must not be: lost scans, double sales, a broken chain, double uploads.

    `acknowledged` are codes whose OK was heard; `released` those that were taken out afterwards.
    """
    faults: list[str] = []
    conn = sqlite3.connect(f"{ledger.absolute().as_uri()}?mode=ro", uri=True)
    try:
        faults += chain(conn)
        states: dict[str, list[str]] = {}
        for code, state in conn.execute(
            "SELECT code, state FROM sale_entries WHERE code IS NOT NULL"
        ):
            states.setdefault(code, []).append(state)
        lost = {c for c in acknowledged if c not in states}
        faults += [f"lost: {code} was acknowledged and is nowhere" for code in sorted(lost)]
        gone = {
            code
            for code in acknowledged - released
            if code in states and not {"live", "final"} & set(states[code])
        }
        faults += [f"lost: {code} was acknowledged and let go" for code in sorted(gone)]
        doubles = [c for c, s in states.items() if sum(x in ("live", "final") for x in s) > 1]
        faults += [f"double: {code} stands twice" for code in doubles]
        sold = {code for code, s in states.items() if "final" in s}
        faults += _platform(platform, sold)
    finally:
        conn.close()
    return faults


def chain(conn: sqlite3.Connection) -> list[str]:
    """Recompute the hash chain from the rows as they lie in the file."""
    place, previous, seq = None, "0" * 64, 0
    for row in conn.execute(
        "SELECT counter, epoch, seq, at, kind, code, document, operator, payload, hash"
        " FROM events ORDER BY counter, epoch, seq"
    ):
        if place != row[:2]:
            place, previous, seq = row[:2], "0" * 64, 0
        text = json.dumps([previous, *row[:9]], separators=(",", ":"))
        digest = hashlib.sha256(text.encode()).digest()
        if digest != row[9] or row[2] != seq + 1:
            return [f"chain: broken at {row[:3]}"]
        previous, seq = digest.hex(), row[2]
    return []


def _platform(store: Path, sold: set[str]) -> list[str]:
    """Each sold code exactly once at the platform, and nothing else there."""
    records = json.loads(store.read_text(encoding="utf-8"))["records"]
    there = Counter(code for row in records for code in row["codes"])
    faults = [f"platform: {code} is there {n} times" for code, n in there.items() if n > 1]
    faults += [f"platform: {code} is missing" for code in sorted(sold - there.keys())]
    faults += [f"platform: {code} was never sold" for code in sorted(there.keys() - sold)]
    return faults
