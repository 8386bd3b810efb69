"""Operators in the ledger: who works here, by which role, with a PIN kept only as a hash."""

from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from pharmacy_desk.adapters.store.chain import Chain
from pharmacy_desk.core.events import Event, EventKind
from pharmacy_desk.core.ports import Operator


class People(Chain):
    """The part of the ledger that knows operators."""

    def put_operator(self, person: Operator, pin: str, at: datetime, operator: str) -> None:
        """Add an operator or change name, role and PIN."""
        with self.transaction() as conn:
            conn.execute(
                "INSERT OR REPLACE INTO operators(id, name, role, pin_hash, active)"
                " VALUES (?, ?, ?, ?, 1)",
                (person.id, person.name, person.role, PasswordHasher().hash(pin)),
            )
            payload: dict[str, object] = {"id": person.id, "role": person.role}
            self.append(Event(EventKind.OPERATOR_CHANGED, at, operator, payload=payload))

    def operator(self, number: str) -> Operator | None:
        """An operator by number, when it is one of ours and active."""
        row = self._conn.execute(
            "SELECT id, name, role FROM operators WHERE id = ? AND active = 1", (number,)
        ).fetchone()
        return Operator(*row) if row else None

    def check_pin(self, operator: str, pin: str) -> Operator | None:
        """The operator when the PIN is theirs, else None."""
        row = self._conn.execute(
            "SELECT id, name, role, pin_hash FROM operators WHERE id = ? AND active = 1",
            (operator,),
        ).fetchone()
        if row is None:
            return None
        try:
            PasswordHasher().verify(row["pin_hash"], pin)
        except (VerificationError, InvalidHashError):
            return None
        return Operator(row["id"], row["name"], row["role"])

    def operators(self) -> tuple[Operator, ...]:
        """Everyone who works here."""
        found = self._conn.execute(
            "SELECT id, name, role FROM operators WHERE active = 1 ORDER BY id"
        )
        return tuple(Operator(row["id"], row["name"], row["role"]) for row in found)
