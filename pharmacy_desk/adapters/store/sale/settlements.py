"""Settlements in the ledger: what was asked is written before it is asked (invariant 4)."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import replace

from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.part import Part
from pharmacy_desk.adapters.store.base.tenders import tendered_json, tendered_of
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.events import Event, EventKind
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.sale.sale import Cover, Sale
from pharmacy_desk.core.sale.settlement import Asked, Outcome, SettlementState
from pharmacy_desk.core.sale.tender import EXACT_CASH, Tendered
from pharmacy_desk.core.scanning.persons import masked

_EVENT = {
    SettlementState.ASKED: EventKind.SETTLEMENT_ASKED,
    SettlementState.SETTLED: EventKind.SETTLEMENT_SETTLED,
    SettlementState.REFUSED: EventKind.SETTLEMENT_REFUSED,
    SettlementState.UNKNOWN: EventKind.SETTLEMENT_UNKNOWN,
    SettlementState.CANCELLED: EventKind.SETTLEMENT_CANCELLED,
}
# What an event says of its settlement, and the check compares.
KEPT = ("setl_id", "mdtrt_id", "fund_fen", "account_fen", "mutual_fen", "cash_fen", "words")
# The insurance's words are a sentence; more is a page of something else.
_MOST_WORDS = 500


def asked_of(row: sqlite3.Row) -> Asked:
    """A row as a value."""
    return Asked(
        id=row["id"],
        sale=row["sale"],
        document=row["document"],
        payment=PaymentKind(row["payment"]),
        state=SettlementState(row["state"]),
        tendered_fen=row["tendered_fen"],
        setl_id=row["setl_id"],
        words=row["words"] or "",
        msgid=row["msgid"],
        mdtrt_id=row["mdtrt_id"],
        tendered=tendered_of(row["tendered"]),
    )


def keep_covers(conn: sqlite3.Connection, sale: str, covers: Mapping[int, Cover]) -> None:
    """Who pays each line of a sale; a line that is not named bears no mark any more."""
    conn.execute("UPDATE sale_lines SET cover = NULL WHERE sale = ?", (sale,))
    conn.executemany(
        "UPDATE sale_lines SET cover = ? WHERE sale = ? AND line = ?",
        [(cover.value, sale, line) for line, cover in covers.items()],
    )


def told_covers(covers: Mapping[int, Cover]) -> dict[str, str]:
    """The same as an event tells it."""
    return {str(line): cover.value for line, cover in covers.items()}


@reads_rows
class Settlements(Part):
    """The part of the ledger that holds what was asked of the insurance."""

    def ask_settlement(
        self,
        actor: Actor,
        sale: str,
        payment: PaymentKind,
        tendered_fen: int | None,
        approval: Event | None = None,
        msgid: str | None = None,
        covers: Mapping[int, Cover] | None = None,
        tendered: Tendered = EXACT_CASH,
    ) -> Asked:
        """Write down that a settlement is asked for, before it is; and who approved the sale.

        `covers` tells who pays each line: from here on neither price nor cover changes.
        """
        with self.joined() as conn:
            if approval:
                self.append(approval)
            keep_covers(conn, sale, covers or {})
            asked = self._ask(
                actor,
                sale,
                payment,
                tendered_fen,
                msgid=msgid,
                covers=covers,
                tendered=tendered,
            )
            return replace(asked, tendered=tendered)

    def undecided_settlement(self, sale: str) -> Asked | None:
        """The settlement of this sale that was asked for and of which nothing is known yet."""
        row = self._conn.execute(
            "SELECT * FROM settlements WHERE sale = ? AND state IN ('asked', 'unknown')", (sale,)
        ).fetchone()
        return asked_of(row) if row else None

    def undecided_settlements(self) -> tuple[Asked, ...]:
        """Those of all unpaid sales, the longest unknown first."""
        found = self._conn.execute(
            "SELECT * FROM settlements WHERE state IN ('asked', 'unknown') ORDER BY at, id"
        )
        return tuple(asked_of(row) for row in found)

    def standing_settlements(self) -> tuple[Asked, ...]:
        """Those that stand at the insurance and are not the one their sale was paid with.

        Of a sale that was settled anew that is the one before: it is cancelled by its own number.
        """
        found = self._conn.execute(
            "SELECT t.* FROM settlements t JOIN sales s ON s.number = t.sale"
            " WHERE t.state = 'settled' AND s.setl_id IS NOT t.setl_id"
            " AND NOT EXISTS (SELECT 1 FROM settlements u"
            " WHERE u.sale = t.sale AND u.state IN ('asked', 'unknown'))"
            " ORDER BY t.at, t.id"
        )
        return tuple(asked_of(row) for row in found)

    def end_settlement(self, actor: Actor, asked: str, outcome: Outcome) -> None:
        """Write down what became of it (or that nothing is known)."""
        with self.joined():
            self._end(actor, asked, outcome)

    def settled_with(self, actor: Actor, sale: Sale) -> None:
        """Inside a payment: the settlement that stands behind it.

        One nobody here asked for was made at the insurance's own terminal, and its number typed.
        """
        if sale.settlement is None or sale.payment is None:
            return
        asked, typed = self.undecided_settlement(sale.number), sale.settlement.typed
        if asked is None:
            covers = {line.number: line.cover for line in sale.lines if line.cover}
            asked = self._ask(actor, sale.number, sale.payment, sale.tendered_fen, covers=covers)
        outcome = Outcome(SettlementState.SETTLED, sale.settlement, typed=typed)
        self._end(actor, asked.id, outcome)

    def carry_settlement(self, old: str, new: str) -> None:
        """A sale that goes on under a new number: the insurance knows it by the old one."""
        self._conn.execute(
            "UPDATE settlements SET sale = ? WHERE sale = ? AND state IN ('asked', 'unknown')",
            (new, old),
        )

    def _ask(
        self,
        actor: Actor,
        sale: str,
        payment: PaymentKind,
        tendered_fen: int | None,
        msgid: str | None = None,
        covers: Mapping[int, Cover] | None = None,
        tendered: Tendered = EXACT_CASH,
    ) -> Asked:
        count = self._conn.execute(
            "SELECT count(*) FROM settlements WHERE document = ?", (sale,)
        ).fetchone()[0]
        asked = Asked(
            id=f"{sale}.{count + 1}",
            sale=sale,
            document=sale,
            payment=payment,
            state=SettlementState.ASKED,
            tendered_fen=tendered_fen,
            msgid=msgid,
        )
        stamp = actor.at.isoformat()
        self._conn.execute(
            "INSERT INTO settlements(id, sale, document, payment, tendered_fen, state, msgid, at,"
            " changed_at) VALUES (?1, ?2, ?2, ?3, ?4, ?5, ?6, ?7, ?7)",
            (asked.id, sale, payment.value, tendered_fen, asked.state.value, msgid, stamp),
        )
        payload: dict[str, object] = {
            "settlement": asked.id,
            "payment": payment.value,
            "tendered_fen": tendered_fen,
            "msgid": msgid,
        }
        if tendered != EXACT_CASH:
            kept = tendered_json(tendered)
            self._conn.execute("UPDATE settlements SET tendered = ? WHERE id = ?", (kept, asked.id))
            payload["tendered"] = json.loads(kept)
        if covers:
            payload["covers"] = told_covers(covers)
        self.append(actor.event(kind=_EVENT[asked.state], document=sale, payload=payload))
        return asked

    def _end(self, actor: Actor, asked: str, outcome: Outcome) -> None:
        """The row and its event. A state that is told anew adds nothing."""
        known = outcome.settlement
        words = masked(outcome.words, actor.at.date())[:_MOST_WORDS]
        split = known.parts if known else (None,) * 4
        row = self._conn.execute(
            "UPDATE settlements SET state = ?1, words = ?2, changed_at = ?3,"
            " setl_id = coalesce(?4, setl_id), mdtrt_id = coalesce(?5, mdtrt_id),"
            " fund_fen = coalesce(?6, fund_fen), account_fen = coalesce(?7, account_fen),"
            " mutual_fen = coalesce(?8, mutual_fen), cash_fen = coalesce(?9, cash_fen)"
            " WHERE id = ?10 AND NOT (state = ?1 AND words IS ?2) RETURNING *",
            (
                outcome.state.value,
                words,
                actor.at.isoformat(),
                known.setl_id if known else None,
                known.mdtrt_id if known else None,
                *split,
                asked,
            ),
        ).fetchone()
        if row is None:
            return
        payload: dict[str, object] = {
            "settlement": asked,
            **{name: row[name] for name in KEPT},
            "typed": outcome.typed,
        }
        self.append(actor.event(kind=_EVENT[outcome.state], document=row["sale"], payload=payload))
