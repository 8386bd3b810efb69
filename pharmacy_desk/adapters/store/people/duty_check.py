"""Prove duty and the staff register: rows are what their events say, and nothing else."""

import json
import sqlite3
from collections.abc import Iterator

from pharmacy_desk.adapters.store.base import proofs
from pharmacy_desk.adapters.store.base.epochs import epoch_order


def duty(conn: sqlite3.Connection) -> Iterator[str]:
    """Who is on duty has signed on last, at that moment, and nobody else is."""
    told: dict[str, str] = {}
    for kind, payload, at in _events(conn, "duty_on", "duty_off"):
        if kind == "duty_on":
            told[payload["id"]] = at
        else:
            told.pop(payload["id"], None)
    kept = {row["operator"]: row["since"] for row in conn.execute("SELECT * FROM duty")}
    for person in sorted(told.keys() | kept.keys()):
        if told.get(person) != kept.get(person):
            yield f"duty: {person} is on duty since {kept.get(person)}, the events say otherwise"


def register(conn: sqlite3.Connection) -> Iterator[str]:
    """Each entry is the one its last event set."""
    told = {p["id"]: p for _, p, _ in _events(conn, "register_set")}
    kept = {row["operator"]: row for row in conn.execute("SELECT * FROM staff_register")}
    for person in sorted(told.keys() | kept.keys()):
        row, said = kept.get(person), told.get(person)
        same = row is not None and said is not None
        if same and row and said:
            proof = proofs.name_proof(row["licence"], row["salt"])
            there = (row["state"], row["since"], row["until"], proof)
            names = ("state", "since", "until", "licence_proof")
            same = there == tuple(said[name] for name in names)
        if not same:
            yield f"register: the entry of {person} is not what its events say"


def points(conn: sqlite3.Connection) -> Iterator[str]:
    """Each notice was entered by an event and not withdrawn since."""
    told: dict[tuple[str, str], tuple[str, int]] = {}
    for kind, payload, _ in _events(conn, "points_entered", "points_withdrawn"):
        key = payload["id"], payload["notice"]
        if kind == "points_entered":
            told[key] = payload["day"], int(payload["points"])
        else:
            told.pop(key, None)
    kept = {
        (row["operator"], row["notice"]): (row["day"], row["points"])
        for row in conn.execute("SELECT * FROM staff_points")
    }
    for person, notice in sorted(told.keys() | kept.keys()):
        if told.get((person, notice)) != kept.get((person, notice)):
            yield f"register: notice {notice} of {person} is not what its events say"


def _events(conn: sqlite3.Connection, *kinds: str) -> list[tuple[str, dict[str, str], str]]:
    rank = epoch_order(conn)
    marks = ", ".join("?" * len(kinds))
    found = conn.execute(
        f"SELECT epoch, seq, kind, payload, at FROM events WHERE kind IN ({marks})", kinds
    ).fetchall()
    found.sort(key=lambda row: (rank.get(row["epoch"], 0), row["seq"]))
    return [(row["kind"], json.loads(row["payload"]), row["at"]) for row in found]
