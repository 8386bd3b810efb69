"""The no-code library (无码库) in the ledger: entries, what is used of them, and giving back."""

import sqlite3
from datetime import date

from pharmacy_desk.adapters.store.base import rows
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.part import Part
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.events import Event, EventKind
from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.stock.no_code import (
    Draft,
    NoCodeEntry,
    NoCodeReason,
    NoCodeState,
)
from pharmacy_desk.core.upload.message import batch_words
from pharmacy_desk.core.upload.outbox import OutboxLine


def entry_of(row: sqlite3.Row) -> NoCodeEntry:
    """A row of the library as a value."""
    return NoCodeEntry(
        number=row["number"],
        item=row["item"],
        batch=Batch(row["lot"], rows.day(row["made"]), rows.day(row["expiry"])),
        quantity=row["quantity"],
        used=row["used"],
        reason=NoCodeReason(row["reason"]),
        bought_on=date.fromisoformat(row["bought_on"]),
        evidence=row["evidence"],
        state=NoCodeState(row["state"]),
        at=rows.moment(row["at"]),
        operator=row["operator"],
        approver=row["approver"],
    )


def find_entry(conn: sqlite3.Connection, number: str) -> NoCodeEntry | None:
    """An entry by its number."""
    row = conn.execute("SELECT * FROM no_code WHERE number = ?", (number,)).fetchone()
    return entry_of(row) if row else None


@reads_rows
class NoCodeLibrary(Part):
    """The part of the ledger that holds the library's entries."""

    def no_code_entry(self, number: str) -> NoCodeEntry | None:
        """An entry by its number."""
        return find_entry(self._conn, number)

    def keep_no_code(self, actor: Actor, draft: Draft) -> NoCodeEntry:
        """A new proposed entry with its number. Raises `WorldError` when the disk fails."""
        lot, made, expiry = rows.batch_columns(draft.batch)
        with self.transaction() as conn:
            number = self._chain.next_document()
            kept: dict[str, object] = {
                "item": draft.item,
                "lot": lot,
                "made": made,
                "expiry": expiry,
                "quantity": draft.quantity,
                "reason": draft.reason.value,
                "bought_on": draft.bought_on.isoformat(),
                "evidence": draft.evidence,
            }
            names = ", ".join(kept)
            conn.execute(
                f"INSERT INTO no_code({names}, number, state, at, operator)"
                f" VALUES ({', '.join('?' * len(kept))}, ?, ?, ?, ?)",
                (
                    *kept.values(),
                    number,
                    NoCodeState.PROPOSED.value,
                    actor.at.isoformat(),
                    actor.operator,
                ),
            )
            self.append(actor.event(kind=EventKind.NO_CODE_KEPT, document=number, payload=kept))
        return NoCodeEntry(
            number=number,
            item=draft.item,
            batch=draft.batch,
            quantity=draft.quantity,
            used=0,
            reason=draft.reason,
            bought_on=draft.bought_on,
            evidence=draft.evidence,
            state=NoCodeState.PROPOSED,
            at=actor.at,
            operator=actor.operator,
        )

    def approve_no_code(
        self, actor: Actor, number: str, approver: str, approval: Event | None = None
    ) -> bool:
        """From now on the entry gives boxes; False when it does not wait for that."""
        with self.transaction() as conn:
            changed = conn.execute(
                "UPDATE no_code SET state = 'approved', approver = ?"
                " WHERE number = ? AND state = 'proposed'",
                (approver, number),
            )
            if changed.rowcount != 1:
                return False
            if approval:
                self.append(approval)
            payload: dict[str, object] = {"approver": approver}
            self.append(
                actor.event(kind=EventKind.NO_CODE_APPROVED, document=number, payload=payload)
            )
        return True

    def close_no_code(self, actor: Actor, number: str, why: str) -> bool:
        """The entry gives no box any more; boxes that are in a sale already stay there."""
        with self.transaction() as conn:
            changed = conn.execute(
                "UPDATE no_code SET state = 'closed' WHERE number = ? AND state <> 'closed'",
                (number,),
            )
            if changed.rowcount != 1:
                return False
            payload: dict[str, object] = {"why": why}
            self.append(
                actor.event(kind=EventKind.NO_CODE_CLOSED, document=number, payload=payload)
            )
        return True

    def sold_no_code_line(
        self, document: str, item: str, batch: Batch, price_fen: int
    ) -> OutboxLine | None:
        """The upload line into which a sale's boxes without code of this lot and price went.

        A drug that is sold and given away in one sale has a line of each.
        """
        found = self._conn.execute(
            "SELECT * FROM outbox WHERE document = ? AND item = ? AND codes = '[]'"
            # Boxes whose code is only lacking have a line without memo.
            " AND coalesce(json_extract(words, '$.memo'), '') <> '' ORDER BY line",
            (document, item),
        ).fetchall()
        told = {*batch_words(batch).items(), ("price", yuan(price_fen))}
        lines = (rows.outbox_of(row).line for row in found)
        return next((line for line in lines if told <= line.words.items()), None)

    def give_back(self, actor: Actor, sale: str, row: sqlite3.Row, why: str) -> None:
        """Inside a transaction that ended a sale's entry: its box is in the library again.

        `row` has the entry's `no_code`, `entry` and `line`.
        """
        self._conn.execute("UPDATE no_code SET used = used - 1 WHERE number = ?", (row["no_code"],))
        payload: dict[str, object] = {
            "no_code": row["no_code"],
            "entry": row["entry"],
            "line": row["line"],
            "why": why,
        }
        self.append(actor.event(kind=EventKind.NO_CODE_RELEASED, document=sale, payload=payload))
