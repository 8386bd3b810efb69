"""Duty and the staff register in the ledger.

A licence names a person for good, so its event holds a digest only, salted with what stands in the
row: without the row no licence can be tried.
"""

import secrets
import sqlite3
from datetime import datetime

from pharmacy_desk.adapters.store.base import proofs
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.part import Part
from pharmacy_desk.adapters.store.base.rows import day, moment
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.events import EventKind
from pharmacy_desk.core.people.duty import Entry, Points, RegisterState

_SALT_BYTES = 16


@reads_rows
class Duties(Part):
    """The part of the ledger that knows who is on duty and what was entered of whom."""

    def signed_on(self) -> tuple[tuple[str, datetime], ...]:
        """The numbers of those who have signed on and not off, each with since when."""
        found = self._conn.execute("SELECT operator, since FROM duty ORDER BY since, operator")
        return tuple((row["operator"], moment(row["since"])) for row in found)

    def sign_on(self, actor: Actor, person: str) -> bool:
        """Somebody is on duty from now on, or signs on anew; False when nothing was changed."""
        with self.transaction() as conn:
            changed = conn.execute(
                "INSERT INTO duty(operator, since) VALUES (?, ?)"
                " ON CONFLICT(operator) DO UPDATE SET since = excluded.since",
                (person, actor.at.isoformat()),
            ).rowcount
            self.append(actor.event(EventKind.DUTY_ON, payload={"id": person}))
        return bool(changed)

    def sign_off(self, actor: Actor, person: str) -> bool:
        """Somebody is on duty no more; False when they were not."""
        with self.transaction() as conn:
            gone = conn.execute("DELETE FROM duty WHERE operator = ?", (person,)).rowcount
            if gone:
                self.append(actor.event(EventKind.DUTY_OFF, payload={"id": person}))
        return bool(gone)

    def entries(self) -> tuple[Entry, ...]:
        """The staff register, by number."""
        return all_entries(self._conn)

    def keep_entry(self, actor: Actor, entry: Entry) -> None:
        """Enter licence and state of a person; notices stay as they are."""
        salt = secrets.token_hex(_SALT_BYTES)
        days = tuple(one.isoformat() if one else None for one in (entry.since, entry.until))
        with self.transaction() as conn:
            conn.execute(
                "INSERT OR REPLACE INTO staff_register(operator, licence, salt, state, since,"
                " until) VALUES (?, ?, ?, ?, ?, ?)",
                (entry.person, entry.licence, salt, entry.state.value, *days),
            )
            payload: dict[str, object] = {
                "id": entry.person,
                "licence_proof": proofs.name_proof(entry.licence, salt),
                "state": entry.state.value,
                "since": days[0],
                "until": days[1],
            }
            self.append(actor.event(EventKind.REGISTER_SET, payload=payload))

    def enter_points(self, actor: Actor, person: str, points: Points) -> bool:
        """Enter a notice; False when one of this number is entered for the person already."""
        with self.transaction() as conn:
            entered = conn.execute(
                "INSERT OR IGNORE INTO staff_points(operator, notice, day, points)"
                " VALUES (?, ?, ?, ?)",
                (person, points.notice, points.day.isoformat(), points.points),
            ).rowcount
            payload: dict[str, object] = {
                "id": person,
                "notice": points.notice,
                "day": points.day.isoformat(),
                "points": points.points,
            }
            if entered:
                self.append(actor.event(EventKind.POINTS_ENTERED, payload=payload))
        return bool(entered)

    def withdraw_points(self, actor: Actor, person: str, notice: str) -> bool:
        """Take a notice out that was entered wrongly or is lifted; False when there is none."""
        with self.transaction() as conn:
            gone = conn.execute(
                "DELETE FROM staff_points WHERE operator = ? AND notice = ?", (person, notice)
            ).rowcount
            payload: dict[str, object] = {"id": person, "notice": notice}
            if gone:
                self.append(actor.event(EventKind.POINTS_WITHDRAWN, payload=payload))
        return bool(gone)


def all_entries(conn: sqlite3.Connection) -> tuple[Entry, ...]:
    """The staff register, by number; somebody with notices alone has an entry too."""
    notices: dict[str, list[Points]] = {}
    for row in conn.execute("SELECT * FROM staff_points ORDER BY operator, day, notice"):
        one = Points(datetime.fromisoformat(row["day"]).date(), row["points"], row["notice"])
        notices.setdefault(row["operator"], []).append(one)
    found = {
        row["operator"]: Entry(
            person=row["operator"],
            licence=row["licence"],
            state=RegisterState(row["state"]),
            since=day(row["since"]),
            until=day(row["until"]),
            notices=tuple(notices.pop(row["operator"], ())),
        )
        for row in conn.execute("SELECT * FROM staff_register")
    }
    found |= {person: Entry(person, notices=tuple(told)) for person, told in notices.items()}
    return tuple(found[person] for person in sorted(found))
