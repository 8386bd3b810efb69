"""The drill's own books of what is no box: library, drafts, map, people, what was learned."""

import json
import sqlite3
from dataclasses import dataclass, field, replace
from typing import Any

# Wrong PINs in a row that lock a number (facts of the issue: five, and each five more).
_TRIES = 5


@dataclass(slots=True)
class Entry:
    """An entry of the no-code library; `sold` counts boxes of it that are a customer's."""

    quantity: int
    state: str = "proposed"
    used: int = 0
    sold: int = 0
    returned: int = 0

    def told(self) -> tuple[object, ...]:
        """What a ledger's file must say of it."""
        return self.quantity, self.state, self.used, self.sold, self.returned


@dataclass(slots=True)
class Worker:
    """A person who works here. `out` is a number that was locked by wrong PINs."""

    name: str
    role: str
    active: bool = True
    tries: int = 0
    out: bool = False
    badge: bool = False

    def told(self) -> tuple[object, ...]:
        """What a ledger's file must say of them."""
        return self.name, self.role, self.active, self.tries, self.out, self.badge


@dataclass(slots=True)
class Marks:
    """Library by label, drafts (code: refused), map, header names, people, and the lock.

    `scanned` are all boxes that were acknowledged in a draft and not thrown away with it.
    """

    library: dict[str, Entry] = field(default_factory=dict)
    drafts: dict[str, dict[str, bool]] = field(default_factory=dict)
    scanned: set[str] = field(default_factory=set)
    maps: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    headers: dict[tuple[str, str], str] = field(default_factory=dict)
    people: dict[str, Worker] = field(default_factory=dict)
    locked: bool = False

    def copy(self) -> "Marks":
        """The same, kept apart from now on."""
        return Marks(
            {label: replace(one) for label, one in self.library.items()},
            {number: dict(boxes) for number, boxes in self.drafts.items()},
            set(self.scanned), dict(self.maps), dict(self.headers),
            {number: replace(one) for number, one in self.people.items()}, self.locked,
        )  # fmt: skip

    # --- the no-code library --------------------------------------------------------------

    def keep_no_code(self, step: dict[str, Any], stage: Any) -> None:
        """Entered; a manager has not looked yet."""
        self.library[step["label"]] = Entry(step["quantity"])

    def approve_no_code(self, step: dict[str, Any], stage: Any) -> None:
        """It gives boxes now."""
        self.library[step["label"]].state = "approved"

    def close_no_code(self, step: dict[str, Any], stage: Any) -> None:
        """It gives none any more; those in a sale stay there."""
        self.library[step["label"]].state = "closed"

    def return_no_code(self, step: dict[str, Any], stage: Any) -> None:
        """A customer brought one back; the library does not get it."""
        entry = self.library[step["label"]]
        entry.sold -= 1
        entry.returned += 1

    # --- drafts of receiving --------------------------------------------------------------

    def draft(self, step: dict[str, Any], stage: Any) -> None:
        """A delivery note is there, nothing is scanned."""
        self.drafts[step["draft"]] = {}

    def draft_scan(self, step: dict[str, Any], stage: Any) -> None:
        """A box more."""
        self.drafts[step["draft"]][step["code"]] = False
        self.scanned.add(step["code"])

    def draft_refuse(self, step: dict[str, Any], stage: Any) -> None:
        """That box goes back to the supplier."""
        self.drafts[step["draft"]][step["code"]] = True

    def draft_aside(self, step: dict[str, Any], stage: Any) -> None:
        """Put aside as it stands."""

    def draft_drop(self, step: dict[str, Any], stage: Any) -> None:
        """Thrown away with what was scanned for it."""
        self.scanned -= self.drafts.pop(step["draft"], {}).keys()

    def learn(self, step: dict[str, Any], stage: Any) -> None:
        """What a supplier's header means."""
        self.headers[step["party"], step["header"]] = step["column"]

    # --- the three-code map ---------------------------------------------------------------

    def map(self, step: dict[str, Any], stage: Any) -> None:
        """Said by one; where two are wanted the second one's word puts it in use."""
        alone = step["two"] and not step.get("second")
        state = "proposed" if alone else "confirmed"
        self.maps[step["identification"], step["item"]] = state, step["level"]

    def unmap(self, step: dict[str, Any], stage: Any) -> None:
        """Out of use; the row stays."""
        place = step["identification"], step["item"]
        self.maps[place] = "removed", self.maps[place][1]

    # --- people ---------------------------------------------------------------------------

    def person(self, step: dict[str, Any], stage: Any) -> None:
        """Added, or changed; a new PIN ends a lock-out."""
        known = self.people.get(step["id"])
        badge = known.badge if known else False
        self.people[step["id"]] = Worker(step["name"], "店长", badge=badge)

    def wrong_pin(self, step: dict[str, Any], stage: Any) -> None:
        """Counted, until the number is locked."""
        one = self.people[step["id"]]
        if not one.out:
            one.tries += 1
            one.out = one.tries % _TRIES == 0

    def free(self, step: dict[str, Any], stage: Any) -> None:
        """A manager ends a lock-out."""
        one = self.people[step["id"]]
        one.tries, one.out = 0, False

    def sign_in(self, step: dict[str, Any], stage: Any) -> None:
        """The right PIN: nothing is counted any more, and the counter is unlocked."""
        one = self.people.get(step["id"])
        if one and one.tries:
            one.tries, one.out = 0, False
            stage()
        self.locked = False

    def lock(self, step: dict[str, Any], stage: Any) -> None:
        """The counter waits for somebody."""
        self.locked = True

    def active(self, step: dict[str, Any], stage: Any) -> None:
        """Somebody leaves, or is back."""
        self.people[step["id"]].active = step["active"]

    def badge(self, step: dict[str, Any], stage: Any) -> None:
        """A badge is made, or lost."""
        self.people[step["id"]].badge = step["given"]

    # --- what the file says ---------------------------------------------------------------

    def differs(self, conn: sqlite3.Connection) -> str:
        """The first difference between these books and a ledger's file; empty for none."""
        pairs: list[tuple[str, dict[Any, Any], dict[Any, Any]]] = [
            ("no-code", _library(conn), {n: one.told() for n, one in self.library.items()}),
            ("draft", _drafts(conn), self.drafts),
            ("map", _maps(conn, self.maps), self.maps),
            ("header", _headers(conn), self.headers),
            ("person", _people(conn, self.people), {n: p.told() for n, p in self.people.items()}),
            ("lock", _lock(conn), {"": True} if self.locked else {}),
        ]
        for what, there, mine in pairs:
            for key in sorted(there.keys() | mine.keys()):
                if there.get(key) != mine.get(key):
                    return f"{what} {key} is {there.get(key)}, not {mine.get(key)}"
        return ""


def _library(conn: sqlite3.Connection) -> dict[str, tuple[object, ...]]:
    return {
        row[0]: row[1:]
        for row in conn.execute(
            "SELECT n.evidence, n.quantity, n.state, n.used, sum(coalesce(e.state = 'final', 0)),"
            " sum(coalesce(e.state = 'returned', 0)) FROM no_code n"
            " LEFT JOIN sale_entries e ON e.no_code = n.number GROUP BY n.number"
        )
    }


def _drafts(conn: sqlite3.Connection) -> dict[str, dict[str, bool]]:
    return {
        number: {box["code"]: bool(box["refused"]) for box in json.loads(body)["boxes"]}
        for number, body in conn.execute("SELECT number, body FROM drafts")
    }


def _maps(
    conn: sqlite3.Connection, mine: dict[tuple[str, str], tuple[str, int]]
) -> dict[tuple[str, str], tuple[str, int]]:
    """Rows that people said; those of the drug list are not the drill's."""
    return {
        (row[0], row[1]): (row[2], row[3])
        for row in conn.execute("SELECT identification, item, state, level FROM identifications")
        if (row[0], row[1]) in mine or row[0].startswith("85")
    }


def _headers(conn: sqlite3.Connection) -> dict[tuple[str, str], str]:
    found = conn.execute("SELECT party, header, field FROM learned_headers")
    return {(row[0], row[1]): row[2] for row in found}


def _people(conn: sqlite3.Connection, mine: dict[str, Worker]) -> dict[str, tuple[object, ...]]:
    """Persons of the drill, whose numbers begin with P."""
    return {
        row[0]: (row[1], row[2], bool(row[3]), row[4], row[5] is not None, row[6] is not None)
        for row in conn.execute(
            "SELECT id, name, role, active, tries, locked_until, badge_hash FROM operators"
        )
        if row[0] in mine or row[0].startswith("P")
    }


def _lock(conn: sqlite3.Connection) -> dict[str, bool]:
    found = conn.execute("SELECT 1 FROM home WHERE name LIKE 'locked.%'").fetchone()
    return {"": True} if found else {}
