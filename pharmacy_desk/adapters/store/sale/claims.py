"""Claims: who has or had a code. One row a code is the constraint of invariant 2.

A claim lives with its reservation, becomes final by the payment, and stays after a return to the
returns, so that the code is not sold again. It goes when the box is released or put back on the
shelf. Units of a box that was opened before stand on that box's claim and have none of their own.

Each of these steps leaves in `unheard` what the keeper of reservations is to be told of it.
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
from pharmacy_desk.core.stock.reservation import Claim, Unheard, Word


def claim(conn: sqlite3.Connection, made: Claim, box: Box, *, opened: bool = False) -> None:
    """A new claim. The row of another sale makes it fail, whoever looked before.

    An `opened` box stands on the claim of the sale that opened it.
    """
    if opened:
        return
    doubt = box.not_known
    # Its release need not be heard any more: the keeper is asked for it again.
    conn.execute("DELETE FROM unheard WHERE sale = ? AND code = ?", (made.sale, made.code))
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


def let_go(
    conn: sqlite3.Connection, sale: str, codes: Sequence[str], word: Word = Word.RELEASED
) -> None:
    """The codes are free again."""
    conn.executemany(
        "DELETE FROM claims WHERE code = ? AND sale = ?", [(code, sale) for code in codes]
    )
    _to_tell(conn, word, sale, codes)


def become_returned(conn: sqlite3.Connection, sale: str, code: str) -> None:
    """What was sold is back, to be kept apart."""
    conn.execute("UPDATE claims SET state = 'returned' WHERE code = ? AND sale = ?", (code, sale))
    _to_tell(conn, Word.GIVEN_BACK, sale, (code,))


def become_final(conn: sqlite3.Connection, sale: str) -> None:
    """What a sale has reserved is sold."""
    sold = conn.execute(
        "UPDATE claims SET state = 'final' WHERE sale = ?1 AND code IN (SELECT code"
        " FROM sale_entries WHERE sale = ?1 AND state = 'live' AND code IS NOT NULL)"
        " RETURNING entry, code",
        (sale,),
    )
    _to_tell(conn, Word.SOLD, sale, [code for _, code in sorted(map(tuple, sold))])


def carry_over(conn: sqlite3.Connection, old: str, new: str) -> None:
    """The codes that a sale has let go are those of the sale that it goes on as."""
    conn.execute(
        "UPDATE unheard SET word = 'carried_over', to_sale = ?2 WHERE sale = ?1"
        " AND word = 'released' AND code IN (SELECT code FROM claims WHERE sale = ?2)",
        (old, new),
    )


def _to_tell(conn: sqlite3.Connection, word: Word, sale: str, codes: Sequence[str]) -> None:
    """The keeper has to hear this, whenever it can."""
    conn.executemany(
        "INSERT INTO unheard(word, sale, code) VALUES (?, ?, ?)",
        [(word.value, sale, code) for code in codes],
    )


@reads_rows
class Doubts(Part):
    """The part of the ledger that settles claims made while their keeper was silent.

    What that keeper has yet to hear is no event: it is derived from those that are, and goes.
    """

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

    def unheard(self, code: str | None = None) -> tuple[Unheard, ...]:
        """What the keeper has yet to hear, of this code or of all, in the order it happened."""
        asked, values = ("", ()) if code is None else (" WHERE code = ?", (code,))
        found = self._conn.execute(f"SELECT * FROM unheard{asked} ORDER BY id", values)
        return tuple(
            Unheard(row["id"], Word(row["word"]), row["sale"], row["code"], row["to_sale"])
            for row in found
        )

    def heard(self, ids: Sequence[int]) -> None:
        """The keeper has heard these."""
        with self.transaction() as conn:
            conn.executemany("DELETE FROM unheard WHERE id = ?", [(one,) for one in ids])

    def tell_later(self, word: Word, sale: str, code: str) -> None:
        """One thing more, which no step of the ledger has written."""
        with self.transaction() as conn:
            _to_tell(conn, word, sale, (code,))
