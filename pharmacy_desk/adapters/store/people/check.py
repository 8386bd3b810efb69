"""Prove the people: who works here, wrong PINs, badges and the lock are what their events say."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace

from pharmacy_desk.adapters.store.base import proofs
from pharmacy_desk.adapters.store.base.epochs import epoch_order
from pharmacy_desk.core.basics.values import dataclass

_KINDS = (
    "operator_changed",
    "operator_left",
    "operator_back",
    "operator_freed",
    "badge_given",
    "badge_taken",
    "pin_refused",
    "pin_accepted",
)


@dataclass(slots=True)
class _Told:
    """A person as the events leave them."""

    role: str = ""
    active: int = 1
    badge: int = 0
    tries: int = 0
    until: str | None = None
    pin_proof: object = None
    name_proof: object = None

    def take(self, kind: str, payload: dict[str, object]) -> None:
        """One event more."""
        if kind == "operator_changed":
            self.role, self.active = str(payload["role"]), 1
            self.pin_proof, self.name_proof = payload.get("pin_proof"), payload.get("name_proof")
        elif kind in ("operator_left", "operator_back"):
            self.active = int(kind == "operator_back")
        elif kind in ("badge_given", "badge_taken"):
            self.badge = int(kind == "badge_given")
        elif kind == "pin_refused":
            self.tries = int(str(payload["tries"]))
            self.until = str(payload["until"]) if payload["until"] else None
        if kind in ("pin_accepted", "operator_freed") or payload.get("pin"):
            self.tries, self.until = 0, None


def people(conn: sqlite3.Connection) -> Iterator[str]:
    """Replay what was told of every person, and compare; then the lock and the approvals."""
    told: dict[str, _Told] = {}
    for kind, payload in _events(conn):
        if payload.get("id") is not None:
            told.setdefault(str(payload["id"]), _Told()).take(kind, payload)
    for row in conn.execute("SELECT * FROM operators ORDER BY id"):
        kept = _Told(
            row["role"],
            row["active"],
            int(row["badge_hash"] is not None),
            row["tries"],
            row["locked_until"],
        )
        said = told.pop(row["id"], None)
        if said is not None:
            yield from _secrets(row, said)
            said = replace(said, pin_proof=None, name_proof=None)
        if said is None:
            yield f"people: operator {row['id']} has no event"
        elif said != kept:
            yield f"people: operator {row['id']} is kept as {kept}, the events say {said}"
    for number in told:
        yield f"people: operator {number} was told of and is missing"
    yield from _lock(conn)
    yield from _approvals(conn)


def _secrets(row: sqlite3.Row, said: _Told) -> Iterator[str]:
    """PIN and name are those of the last event that told of the person, if it tells of them."""
    if said.pin_proof not in (None, proofs.secret_proof(row["pin_hash"])):
        yield f"people: the PIN of operator {row['id']} is not the one its events set"
    elif said.name_proof not in (None, proofs.name_proof(row["name"], row["pin_hash"])):
        yield f"people: the name of operator {row['id']} is not the one its events set"


def _events(conn: sqlite3.Connection) -> list[tuple[str, dict[str, object]]]:
    rank = epoch_order(conn)
    marks = ", ".join("?" * len(_KINDS))
    found = conn.execute(
        f"SELECT epoch, seq, kind, payload FROM events WHERE kind IN ({marks})", _KINDS
    ).fetchall()
    found.sort(key=lambda row: (rank.get(row["epoch"], 0), row["seq"]))
    return [(row["kind"], json.loads(row["payload"])) for row in found]


def _lock(conn: sqlite3.Connection) -> Iterator[str]:
    """A counter is locked when nobody has signed in since it was locked."""
    rank = epoch_order(conn)
    last: dict[str, tuple[int, int, str]] = {}
    for counter, epoch, seq, kind in conn.execute(
        "SELECT counter, epoch, seq, kind FROM events"
        " WHERE kind IN ('counter_locked', 'operator_signed_in')"
    ):
        last[counter] = max(last.get(counter, (-1, 0, "")), (rank.get(epoch, 0), seq, kind))
    told = {counter for counter, (_, _, kind) in last.items() if kind == "counter_locked"}
    kept = {
        str(row["name"]).removeprefix("locked.")
        for row in conn.execute("SELECT name FROM home WHERE name LIKE 'locked.%'")
    }
    for counter in sorted(told ^ kept):
        yield f"people: counter {counter} is locked by its events or its mark, not by both"


def _approvals(conn: sqlite3.Connection) -> Iterator[str]:
    """A document that names who approved it has that person's approval, and the same one."""
    rows = conn.execute(
        "SELECT p.document, json_extract(p.payload, '$.approver') AS said FROM events p"
        " WHERE p.kind = 'document_posted' AND said IS NOT NULL AND NOT EXISTS (SELECT 1"
        " FROM events a WHERE a.document = p.document AND a.code IS NULL"
        " AND a.kind = 'approval_given' AND json_extract(a.payload, '$.approver') = said)"
    )
    for row in rows:
        yield f"people: document {row['document']} was approved by {row['said']} without an event"
