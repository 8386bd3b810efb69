"""Claims: who has or had a code. One row a code is the constraint of invariant 2.

A claim lives with its reservation, becomes final by the payment, and stays after a return to the
returns, so that the code is not sold again. It goes when the box is released or put back on the
shelf. Units of a box that was opened before stand on that box's claim and have none of their own.
"""

import sqlite3
from collections.abc import Sequence

from pharmacy_desk.adapters.store.base import rows
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.part import Part
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.events import EventKind
from pharmacy_desk.core.sale.sale import Box
from pharmacy_desk.core.stock.facts import ClaimState, Earlier
from pharmacy_desk.core.stock.reservation import Claim


def claim(conn: sqlite3.Connection, made: Claim, box: Box, *, opened: bool = False) -> None:
    """A new claim. The row of another sale makes it fail, whoever looked before.

    An `opened` box stands on the claim of the sale that opened it.
    """
    if opened:
        return
    doubt = box.not_known
    conn.execute(
        "INSERT INTO claims(code, sale, entry, state, at, counter, operator, since, keeper)"
        " VALUES (?, ?, ?, 'live', ?, ?, ?, ?, ?)",
        (
            made.code,
            made.sale,
            box.entry,
            made.at.isoformat(),
            made.counter,
            made.operator,
            doubt.since.isoformat() if doubt else None,
            doubt.keeper if doubt else None,
        ),
    )


def let_go(conn: sqlite3.Connection, sale: str, codes: Sequence[str]) -> None:
    """The codes are free again."""
    conn.executemany(
        "DELETE FROM claims WHERE code = ? AND sale = ?", [(code, sale) for code in codes]
    )


def become(conn: sqlite3.Connection, sale: str, code: str, state: ClaimState) -> None:
    """A claim goes on in another state."""
    conn.execute(
        "UPDATE claims SET state = ? WHERE code = ? AND sale = ?", (state.value, code, sale)
    )


def become_final(conn: sqlite3.Connection, sale: str) -> None:
    """What a sale has reserved is sold."""
    conn.execute(
        "UPDATE claims SET state = 'final' WHERE sale = ?1 AND code IN (SELECT code"
        " FROM sale_entries WHERE sale = ?1 AND state = 'live' AND code IS NOT NULL)",
        (sale,),
    )


@reads_rows
class Doubts(Part):
    """The part of the ledger that settles claims made while their keeper was silent."""

    def doubts(self) -> tuple[Claim, ...]:
        """Claims that are still in doubt, the oldest doubt first."""
        found = self._conn.execute(
            "SELECT code, sale, counter, operator, at FROM claims WHERE since IS NOT NULL"
            " ORDER BY since, at, code"
        )
        return tuple(
            Claim(row["code"], row["sale"], row["counter"], row["operator"], rows.moment(row["at"]))
            for row in found
        )

    def settle_doubt(self, actor: Actor, claim: Claim, taken: Earlier | None) -> None:
        """The keeper has answered: the code is the sale's, or was taken; the mark goes.

        A box that was taken leaves a sale that is not paid; of a paid one the event tells it.
        """
        kind, payload = EventKind.BOX_CONFIRMED, dict[str, object]()
        if taken:
            kind = EventKind.BOX_CONTESTED
            payload = {
                "by": taken.sale,
                "counter": taken.counter,
                "operator": taken.operator,
                "at": taken.at.isoformat(),
                "state": taken.state.value,
            }
        with self.transaction() as conn:
            row = conn.execute(
                "UPDATE claims SET since = NULL, keeper = NULL WHERE code = ? AND sale = ?"
                " AND since IS NOT NULL RETURNING entry, state",
                (claim.code, claim.sale),
            ).fetchone()
            if row is None:
                return
            self.append(
                actor.event(kind=kind, code=claim.code, document=claim.sale, payload=payload)
            )
            if taken and row["state"] == ClaimState.LIVE:
                self._take_out(actor, claim, row["entry"])

    def _take_out(self, actor: Actor, claim: Claim, entry: int) -> None:
        row = self._conn.execute(
            "UPDATE sale_entries SET state = 'ended' WHERE sale = ? AND entry = ? RETURNING line",
            (claim.sale, entry),
        ).fetchone()
        let_go(self._conn, claim.sale, (claim.code,))
        payload: dict[str, object] = {"line": row["line"], "why": "taken"}
        self.append(
            actor.event(
                kind=EventKind.BOX_RELEASED, code=claim.code, document=claim.sale, payload=payload
            )
        )
