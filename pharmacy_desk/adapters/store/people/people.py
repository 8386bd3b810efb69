"""Operators in the ledger: who works here, by which role, with PIN and badge kept as hashes.

A PIN is hashed with argon2. A badge is looked for among everybody's at once, so its hash is keyed
(`Sealer.fingerprint`): as quick as one look into a table, and of no use without the home's key.
"""

import sqlite3
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from pharmacy_desk.adapters.store.base import proofs
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.chain import Chain
from pharmacy_desk.adapters.store.base.part import Part
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.events import Event, EventKind
from pharmacy_desk.core.people.people import Operator, Person, is_locked, locked_until
from pharmacy_desk.core.ports.doors import Sealer

_LOCK_NAME = "locked.{counter}"


@reads_rows
class People(Part):
    """The part of the ledger that knows operators, and whether the counter is locked."""

    def __init__(self, chain: Chain, sealer: Sealer) -> None:
        super().__init__(chain)
        self._sealer = sealer
        self._badges: dict[str, Operator] | None = None

    # --- who works here -------------------------------------------------------------------

    def put_operator(self, actor: Actor, person: Operator, pin: str | None) -> None:
        """Add an operator or change name, role and PIN; without a PIN the old one stays.

        A new PIN ends a lock-out. Raises `AssertionError` for a new person without one.
        """
        if pin is None:
            known = self._row(person.id)
            if known is None:
                raise AssertionError("a new person needs a PIN")
            hashed = known["pin_hash"]
        else:
            hashed = PasswordHasher().hash(pin)
        with self.transaction() as conn:
            conn.execute(
                "INSERT INTO operators(id, name, role, pin_hash, active) VALUES (?, ?, ?, ?, 1)"
                " ON CONFLICT(id) DO UPDATE SET name = excluded.name, role = excluded.role,"
                " pin_hash = excluded.pin_hash, active = 1",
                (person.id, person.name, person.role, hashed),
            )
            payload: dict[str, object] = {
                "role": person.role,
                "pin": pin is not None,
                "pin_proof": proofs.secret_proof(hashed),
                "name_proof": proofs.name_proof(person.name, hashed),
            }
            self._tell(actor, EventKind.OPERATOR_CHANGED, person.id, payload)
            if pin is not None:
                conn.execute(
                    "UPDATE operators SET tries = 0, locked_until = NULL WHERE id = ?",
                    (person.id,),
                )
        self._badges = None

    def operator(self, number: str) -> Operator | None:
        """An operator by number, when it is one of ours and active."""
        row = self._row(number)
        return _operator(row) if row and row["active"] else None

    def people(self) -> tuple[Person, ...]:
        """Everybody who is or was an operator here, by number."""
        return all_people(self._conn)

    def set_active(self, actor: Actor, person: str, *, active: bool) -> bool:
        """Let a person work here no more, or again; False when that is so already."""
        with self.transaction() as conn:
            changed = conn.execute(
                "UPDATE operators SET active = ? WHERE id = ? AND active <> ?",
                (int(active), person, int(active)),
            ).rowcount
            if changed:
                kind = EventKind.OPERATOR_BACK if active else EventKind.OPERATOR_LEFT
                self._tell(actor, kind, person)
        self._badges = None
        return bool(changed)

    # --- PINs -----------------------------------------------------------------------------

    def prove(self, actor: Actor, person: str, pin: str) -> Operator | str:
        """The person when the PIN is theirs; else `bad_pin` or `locked_out`, counted and kept.

        What was typed is never kept, not even a number nobody has: it may be a PIN in the wrong
        field.
        """
        row = self._row(person)
        if row is None or not row["active"]:
            self._chain.note(actor.event(EventKind.PIN_REFUSED, payload={"id": None}))
            return "bad_pin"
        if _locked(row, actor.at):
            return "locked_out"
        if _verified(row, pin):
            if row["tries"]:
                self._reset(actor, person, EventKind.PIN_ACCEPTED)
            return _operator(row)
        tries = row["tries"] + 1
        until = locked_until(tries, actor.at)
        told = until.isoformat() if until else None
        with self.transaction() as conn:
            conn.execute(
                "UPDATE operators SET tries = ?, locked_until = ? WHERE id = ?",
                (tries, told, person),
            )
            payload: dict[str, object] = {"tries": tries, "until": told}
            self._tell(actor, EventKind.PIN_REFUSED, person, payload)
        return "bad_pin"

    def free_operator(self, actor: Actor, person: str) -> bool:
        """End a lock-out; False when there is none and no wrong PIN is counted."""
        row = self._row(person)
        if row is None or not row["tries"]:
            return False
        self._reset(actor, person, EventKind.OPERATOR_FREED)
        return True

    def _reset(self, actor: Actor, person: str, kind: EventKind) -> None:
        with self.transaction() as conn:
            conn.execute(
                "UPDATE operators SET tries = 0, locked_until = NULL WHERE id = ?", (person,)
            )
            self._tell(actor, kind, person)

    # --- badges ---------------------------------------------------------------------------

    def set_badge(self, actor: Actor, person: str, text: str | None) -> bool:
        """Give a person a badge, or take it away (None); False when somebody else has it.

        So it is for a number that nobody has.
        """
        if self._row(person) is None:
            return False
        mark = self._badge_hash(text) if text is not None else None
        with self.transaction() as conn:
            if (
                mark is not None
                and conn.execute(
                    "SELECT 1 FROM operators WHERE badge_hash = ? AND id <> ?", (mark, person)
                ).fetchone()
            ):
                return False
            conn.execute("UPDATE operators SET badge_hash = ? WHERE id = ?", (mark, person))
            kind = EventKind.BADGE_TAKEN if mark is None else EventKind.BADGE_GIVEN
            self._tell(actor, kind, person)
        self._badges = None
        return True

    def badge_holder(self, text: str) -> Operator | None:
        """The active operator whose badge this is. Asks the disk only after a change."""
        if self._badges is None:
            self._badges = {
                row["badge_hash"]: _operator(row)
                for row in self._conn.execute(
                    "SELECT id, name, role, badge_hash FROM operators"
                    " WHERE badge_hash IS NOT NULL AND active = 1"
                )
            }
        # A store without badges never loads the home's key for an unknown scan.
        return self._badges.get(self._badge_hash(text)) if self._badges else None

    def _badge_hash(self, text: str) -> str:
        return self._sealer.fingerprint(b"badge:" + text.encode())

    # --- the counter ----------------------------------------------------------------------

    @property
    def counter_locked(self) -> bool:
        """True while the counter waits for somebody to sign in, also after a restart."""
        name = _LOCK_NAME.format(counter=self.origin.counter)
        found = self._conn.execute("SELECT 1 FROM home WHERE name = ?", (name,)).fetchone()
        return found is not None

    def lock_counter(self, actor: Actor, why: str) -> None:
        """Lock the counter."""
        with self.transaction() as conn:
            conn.execute(
                "INSERT OR REPLACE INTO home(name, value) VALUES (?, ?)",
                (_LOCK_NAME.format(counter=self.origin.counter), actor.at.isoformat()),
            )
            self.append(actor.event(EventKind.COUNTER_LOCKED, payload={"why": why}))

    def note_sign_in(self, person: Operator, way: str, at: datetime) -> None:
        """Somebody works at the counter from now on (`way`: `pin` or `badge`); it is unlocked."""
        with self.transaction() as conn:
            name = _LOCK_NAME.format(counter=self.origin.counter)
            conn.execute("DELETE FROM home WHERE name = ?", (name,))
            kind = EventKind.OPERATOR_SIGNED_IN
            self.append(Event(kind, at, person.id, payload={"way": way}))

    def _row(self, number: str) -> sqlite3.Row | None:
        found: sqlite3.Row | None = self._conn.execute(
            "SELECT * FROM operators WHERE id = ?", (number,)
        ).fetchone()
        return found

    def _tell(
        self, actor: Actor, kind: EventKind, person: str, more: dict[str, object] | None = None
    ) -> None:
        self.append(actor.event(kind, payload={"id": person, **(more or {})}))


def all_people(conn: sqlite3.Connection) -> tuple[Person, ...]:
    """Everybody who is or was an operator, by number; also for the reading side."""
    return tuple(
        Person(
            _operator(row),
            bool(row["active"]),
            row["badge_hash"] is not None,
            row["tries"],
            datetime.fromisoformat(row["locked_until"]) if row["locked_until"] else None,
        )
        for row in conn.execute(
            "SELECT id, name, role, active, badge_hash, tries, locked_until FROM operators"
            " ORDER BY id"
        )
    )


def _operator(row: sqlite3.Row) -> Operator:
    return Operator(row["id"], row["name"], row["role"])


def _locked(row: sqlite3.Row, now: datetime) -> bool:
    until = row["locked_until"]
    return until is not None and is_locked(datetime.fromisoformat(until), now)


def _verified(row: sqlite3.Row, pin: str) -> bool:
    try:
        return PasswordHasher().verify(row["pin_hash"], pin)
    except (VerificationError, InvalidHashError):
        return False
