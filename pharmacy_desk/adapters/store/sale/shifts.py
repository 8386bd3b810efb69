"""Shifts and closed days in the ledger: a close takes in what no close of its kind has taken."""

import json
import sqlite3
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from pharmacy_desk.adapters.store.base import facts
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.part import Part
from pharmacy_desk.adapters.store.base.rows import moment
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.events import EventKind, canonical, hash_fields
from pharmacy_desk.core.sale.shift import (
    Closing,
    ClosingKind,
    Count,
    Pending,
    Refunded,
    Shift,
    Totals,
    own_money,
    told_totals,
    totals,
    totals_of,
)

# A clock set back after a close must not hide what was sold since.
_BEFORE_LAST = timedelta(days=7)
_HASH_CHARS = 16


@reads_rows
class Shifts(Part):
    """The part of the ledger that knows shifts and closed days."""

    def current_shift(self) -> Shift | None:
        """The open shift of this counter."""
        row = self._conn.execute(
            "SELECT * FROM shifts WHERE counter = ? AND closed = 0", (self.origin.counter,)
        ).fetchone()
        return _shift(row) if row else None

    def open_shift(self, actor: Actor, float_fen: int) -> Shift:
        """Begin a shift with so much in the drawer."""
        with self.transaction() as conn:
            number = self._chain.next_document()
            conn.execute(
                "INSERT INTO shifts(number, counter, opened_at, opened_by, float_fen)"
                " VALUES (?, ?, ?, ?, ?)",
                (number, self.origin.counter, actor.at.isoformat(), actor.operator, float_fen),
            )
            payload: dict[str, object] = {"float_fen": float_fen}
            self.append(actor.event(EventKind.SHIFT_OPENED, document=number, payload=payload))
        return Shift(number, actor.at, actor.operator, float_fen)

    def shift_totals(self) -> Totals:
        """The sums of the open shift so far."""
        shift = self.current_shift()
        if shift is None:
            return Totals()
        return self._totals(self._documents(ClosingKind.SHIFT, shift.opened_at))

    def day_totals(self, actor: Actor) -> Totals:
        """The sums since the last close of a day."""
        return self._totals(self._documents(ClosingKind.DAY, self._day_begins(actor)))

    def pending(self) -> Pending:
        """What is not at its end yet."""
        return pending(self._conn)

    def close_shift(self, actor: Actor, count: Count) -> Closing | None:
        """End the open shift with what was counted; None while none is open."""
        shift = self.current_shift()
        if shift is None:
            return None
        documents = self._documents(ClosingKind.SHIFT, shift.opened_at)
        closing = Closing(
            kind=ClosingKind.SHIFT,
            number=shift.number,
            at=actor.at,
            operator=actor.operator,
            totals=self._totals(documents),
            pending=self.pending(),
            head=self._head(),
            shift=shift,
            count=count,
        )
        with self.transaction() as conn:
            conn.execute("UPDATE shifts SET closed = 1 WHERE number = ?", (shift.number,))
            self._keep(actor, closing, documents, EventKind.SHIFT_CLOSED)
        return closing

    def close_day(self, actor: Actor) -> Closing:
        """Close the day: what is paid from here on belongs to the next one."""
        documents = self._documents(ClosingKind.DAY, self._day_begins(actor))
        with self.transaction():
            closing = Closing(
                kind=ClosingKind.DAY,
                number=self._chain.next_document(),
                at=actor.at,
                operator=actor.operator,
                totals=self._totals(documents),
                pending=self.pending(),
                head=self._head(),
            )
            self._keep(actor, closing, documents, EventKind.DAY_CLOSED)
        return closing

    def closing(self, number: str) -> Closing | None:
        """What was closed under this number."""
        row = self._conn.execute("SELECT * FROM closings WHERE number = ?", (number,)).fetchone()
        return closing_of(self._conn, row) if row else None

    def closings(self, most: int) -> tuple[Closing, ...]:
        """What was closed last, the newest first."""
        found = self._conn.execute(
            "SELECT * FROM closings ORDER BY at DESC, number DESC LIMIT ?", (most,)
        ).fetchall()
        return tuple(closing_of(self._conn, row) for row in found)

    # --- what belongs to a close ----------------------------------------------------------

    def _day_begins(self, actor: Actor) -> datetime:
        """From when on to look: behind the last close, at first the midnight of today."""
        row = self._conn.execute(
            "SELECT max(at) FROM closings WHERE kind = 'day' AND counter = ?",
            (self.origin.counter,),
        ).fetchone()
        if row[0]:
            return moment(row[0]) - _BEFORE_LAST
        return actor.at.replace(hour=0, minute=0, second=0, microsecond=0)

    def _documents(self, kind: ClosingKind, since: datetime) -> tuple[list[str], list[str]]:
        """Paid sales of this counter and returns that no close of this kind has taken in."""
        asked = (since.isoformat(), kind.value)
        sales = self._conn.execute(
            "SELECT number FROM sales WHERE paid_at >= ?1 AND counter = ?3 AND NOT EXISTS"
            " (SELECT 1 FROM closed_documents d WHERE d.kind = ?2 AND d.document = number)"
            " ORDER BY paid_at, number",
            (*asked, self.origin.counter),
        )
        returns = self._conn.execute(
            "SELECT DISTINCT number FROM returns WHERE at >= ?1 AND NOT EXISTS"
            " (SELECT 1 FROM closed_documents d WHERE d.kind = ?2 AND d.document = number)"
            " ORDER BY at, number",
            asked,
        )
        return [row[0] for row in sales], [row[0] for row in returns]

    def _totals(self, documents: tuple[list[str], list[str]]) -> Totals:
        return sums(self._conn, *documents)

    def _head(self) -> str:
        return head(self._conn, self.origin.counter, self.origin.epoch)

    def _keep(
        self,
        actor: Actor,
        closing: Closing,
        documents: tuple[list[str], list[str]],
        kind: EventKind,
    ) -> None:
        """The close, what is in it, and its event."""
        told = told_closing(closing)
        self._conn.execute(
            "INSERT INTO closings(number, kind, counter, at, operator, told)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                closing.number,
                closing.kind.value,
                self.origin.counter,
                actor.at.isoformat(),
                actor.operator,
                canonical(told),
            ),
        )
        numbers = [number for part in documents for number in part]
        self._conn.executemany(
            "INSERT INTO closed_documents(kind, document, closing) VALUES (?, ?, ?)",
            [(closing.kind.value, number, closing.number) for number in numbers],
        )
        payload = {**told, "documents_proof": hash_fields(*sorted(numbers))}
        self.append(actor.event(kind, document=closing.number, payload=payload))


def sums(conn: sqlite3.Connection, sales: list[str], returns: list[str]) -> Totals:
    """The sums of these documents as the ledger holds them."""
    sold = [facts.load_sale(conn, number) for number in sales]
    return totals([sale for sale in sold if sale], [_refunded(conn, one) for one in returns])


def _refunded(conn: sqlite3.Connection, number: str) -> Refunded:
    sale, at, fen = conn.execute(
        "SELECT max(sale), min(at), sum(refund_fen) FROM returns WHERE number = ?", (number,)
    ).fetchone()
    before = conn.execute(
        "SELECT DISTINCT number FROM returns WHERE sale = ?1 AND number <> ?2"
        " AND (at, number) < (?3, ?2)",
        (sale, number, at),
    ).fetchall()
    whole = facts.load_sale(conn, sale)
    if whole is None:
        raise ValueError("a return without its sale")
    before_fen = sum(own_money(whole, _goods_of(conn, row[0])) for row in before)
    own_fen = own_money(whole, _goods_of(conn, number))
    return Refunded(number, whole, before_fen, fen, own_fen)


def _goods_of(conn: sqlite3.Connection, number: str) -> list[tuple[int, int]]:
    """The lines of a return document, and what their goods cost."""
    found = conn.execute("SELECT sale_line, refund_fen FROM returns WHERE number = ?", (number,))
    return [(row[0], row[1]) for row in found]


def head(conn: sqlite3.Connection, counter: str, epoch: str) -> str:
    """The chain's head of a counter, short: epoch-seq and the beginning of its hash."""
    row = conn.execute(
        "SELECT seq, hash FROM events WHERE counter = ? AND epoch = ? ORDER BY seq DESC LIMIT 1",
        (counter, epoch),
    ).fetchone()
    return f"{epoch}-{row[0]} {row[1].hex()[:_HASH_CHARS]}" if row else ""


def pending(conn: sqlite3.Connection) -> Pending:
    """What is not at its end yet: sales, settlements, lines of the outbox."""
    sales = dict(
        conn.execute(
            "SELECT state, count(*) FROM sales WHERE state IN ('open', 'held') AND EXISTS (SELECT"
            " 1 FROM sale_entries e WHERE e.sale = number AND e.state NOT IN ('ended', 'gift'))"
            " GROUP BY state"
        ).fetchall()
    )
    lines = dict(
        conn.execute(
            "SELECT state, count(*) FROM outbox WHERE state <> 'accepted' GROUP BY state"
        ).fetchall()
    )
    settling = conn.execute(
        "SELECT count(*) FROM settlements WHERE state IN ('asked', 'unknown')"
    ).fetchone()[0]
    return Pending(
        open=sales.get("open", 0),
        held=sales.get("held", 0),
        settling=settling,
        unsent=lines.get("queued", 0) + lines.get("sending", 0),
        refused=lines.get("refused", 0),
        unknown=lines.get("unknown", 0),
    )


def told_closing(closing: Closing) -> dict[str, object]:
    """What a close tells, the same in its row and its event."""
    waiting = closing.pending
    told: dict[str, object] = {
        "totals": told_totals(closing.totals),
        "pending": {name: getattr(waiting, name) for name in Pending.__dataclass_fields__},
        "head": closing.head,
    }
    if closing.count is not None:
        told["counted_fen"] = closing.count.counted_fen
        told["giver"], told["taker"] = closing.count.giver, closing.count.taker
        told["signed"] = closing.count.signed
    return told


def closing_of(conn: sqlite3.Connection, row: sqlite3.Row) -> Closing:
    """A close as it was written down."""
    told: Mapping[str, Any] = json.loads(row["told"])
    kind, plain = ClosingKind(row["kind"]), told["totals"]
    shift = conn.execute("SELECT * FROM shifts WHERE number = ?", (row["number"],)).fetchone()
    return Closing(
        kind=kind,
        number=row["number"],
        at=moment(row["at"]),
        operator=row["operator"],
        totals=totals_of(plain, plain["payments"], plain["tenders"], plain["refunds"]),
        pending=Pending(**told["pending"]),
        head=told["head"],
        shift=_shift(shift) if shift else None,
        count=Count(told["counted_fen"], told["giver"], told["taker"], told["signed"])
        if shift
        else None,
    )


def _shift(row: sqlite3.Row) -> Shift:
    return Shift(row["number"], moment(row["opened_at"]), row["opened_by"], row["float_fen"])


def _count(told: Mapping[str, Any]) -> Count:
    return Count(told["counted_fen"], told["giver"], told["taker"], told["signed"])
