"""Insured sales that are undone: what is asked is on the disk before it is asked (invariant 4).

Once the insurance has cancelled, everything else is one commit: the return, its upload lines, and
the sale that what the customer keeps goes on as, its settlement asked for already.
"""

import json
import sqlite3
from collections.abc import Sequence

from pharmacy_desk.adapters.store.base import facts, rows
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.chain import Chain
from pharmacy_desk.adapters.store.base.part import Part
from pharmacy_desk.adapters.store.sale import claims
from pharmacy_desk.adapters.store.sale.carried import Carried
from pharmacy_desk.adapters.store.sale.prescriptions import Prescriptions
from pharmacy_desk.adapters.store.sale.returns import Returns
from pharmacy_desk.adapters.store.sale.settlements import Settlements, asked_of
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.basics.events import EventKind
from pharmacy_desk.core.ports.undoing import Anew, Standing
from pharmacy_desk.core.sale.refund import ReturnDocument, Wanted, pieces
from pharmacy_desk.core.sale.sale import Box, Line, Sale
from pharmacy_desk.core.sale.settlement import Outcome, SettlementState
from pharmacy_desk.core.sale.undo import Undo, UndoState
from pharmacy_desk.core.scanning.persons import masked
from pharmacy_desk.core.stock.reservation import Claim
from pharmacy_desk.core.upload.outbox import OutboxLine

EVENTS = {
    UndoState.ASKED: EventKind.UNDO_ASKED,
    UndoState.UNKNOWN: EventKind.UNDO_UNKNOWN,
    UndoState.REFUSED: EventKind.UNDO_REFUSED,
    UndoState.DONE: EventKind.UNDO_DONE,
}
# The insurance's words are a sentence; more is a page of something else.
_MOST_WORDS = 500


def undo_of(row: sqlite3.Row) -> Undo:
    """A row as a value."""
    return Undo(
        number=row["number"],
        sale=row["sale"],
        settlement=row["settlement"],
        reason=row["reason"],
        wanted=tuple(Wanted(*one) for one in json.loads(row["wanted"])),
        state=UndoState(row["state"]),
        words=row["words"],
        anew=row["anew"] or "",
    )


@reads_rows
class Undoings(Part):
    """The part of the ledger that undoes insured sales."""

    def __init__(
        self,
        chain: Chain,
        *,
        returns: Returns,
        settlements: Settlements,
        carried: Carried,
        prescriptions: Prescriptions,
    ) -> None:
        super().__init__(chain)
        self._returns = returns
        self._settlements = settlements
        self._carried = carried
        self._prescriptions = prescriptions

    def standing(self, sale: str) -> Standing | None:
        """The settlement behind a paid sale, as long as it stands."""
        row = self._conn.execute(
            "SELECT t.* FROM settlements t JOIN sales s ON s.number = t.sale"
            " AND s.setl_id = t.setl_id WHERE t.sale = ? AND t.state = 'settled'",
            (sale,),
        ).fetchone()
        if row is None:
            return None
        told = self._conn.execute(
            "SELECT payload FROM events WHERE document = ? AND kind = ? ORDER BY seq DESC LIMIT 1",
            (sale, EventKind.SETTLEMENT_SETTLED.value),
        ).fetchone()
        typed = bool(told and json.loads(told["payload"]).get("typed"))
        return Standing(asked_of(row), typed)

    def open_undos(self) -> tuple[Undo, ...]:
        """Cancellings of which nothing is known yet, the oldest first."""
        found = self._conn.execute(
            "SELECT * FROM undoings WHERE state IN ('asked', 'unknown') ORDER BY at, number"
        )
        return tuple(undo_of(row) for row in found)

    def undo_of(self, sale: str) -> Undo | None:
        """The one of this sale of which nothing is known yet."""
        return next((undo for undo in self.open_undos() if undo.sale == sale), None)

    def begin_undo(self, actor: Actor, undo: Undo) -> None:
        """Write down that a settlement is to be cancelled, before anybody is asked."""
        with self.transaction() as conn:
            stamp = actor.at.isoformat()
            wanted = [[one.line, one.entry, one.quantity] for one in undo.wanted]
            conn.execute(
                "INSERT INTO undoings(number, sale, settlement, reason, wanted, state, words, at,"
                " changed_at, operator) VALUES (?, ?, ?, ?, ?, 'asked', '', ?, ?, ?)",
                (
                    undo.number,
                    undo.sale,
                    undo.settlement,
                    undo.reason,
                    json.dumps(wanted),
                    stamp,
                    stamp,
                    actor.operator,
                ),
            )
            payload: dict[str, object] = {
                "sale": undo.sale,
                "settlement": undo.settlement,
                "reason": undo.reason,
                "wanted": wanted,
            }
            self.append(actor.event(EventKind.UNDO_ASKED, document=undo.number, payload=payload))

    def end_undo(self, actor: Actor, undo: Undo) -> None:
        """Write down that it was refused, or that nothing is known."""
        with self.transaction():
            self._become(actor, undo)

    def finish_undo(
        self,
        actor: Actor,
        undo: Undo,
        document: ReturnDocument,
        lines: Sequence[OutboxLine],
        anew: Anew | None,
    ) -> None:
        """The settlement is cancelled: its return and the kept sale, in one transaction."""
        with self.transaction() as conn:
            self._settlements.end_settlement(
                actor, undo.settlement, Outcome(SettlementState.CANCELLED)
            )
            if not self._returns.post_return(actor, document, lines):
                why = f"goods of {undo.sale} came back twice"
                raise WorldError(Fault.LEDGER_DAMAGED, detail=why)
            self._prescriptions.take_back(actor, undo.sale, self._gone(undo.sale))
            if anew:
                self._put_anew(actor, conn, undo.sale, anew)
            self._become(actor, undo)

    def _gone(self, sale: str) -> set[int]:
        """Lines of a sale of which the customer has nothing any more, by this sale."""
        sold = facts.load_sale(self._conn, sale)
        left: dict[int, int] = {}
        for piece in pieces(sold, self._returns.came_back(sale)) if sold else ():
            left[piece.line.number] = left.get(piece.line.number, 0) + piece.left
        return {line for line, count in left.items() if not count}

    def _become(self, actor: Actor, undo: Undo) -> None:
        """The row and its event. A state that is told anew adds nothing."""
        words = masked(undo.words, actor.at.date())[:_MOST_WORDS]
        changed = self._conn.execute(
            "UPDATE undoings SET state = ?1, words = ?2, anew = ?3, changed_at = ?4"
            " WHERE number = ?5 AND NOT (state = ?1 AND words IS ?2)",
            (undo.state.value, words, undo.anew or None, actor.at.isoformat(), undo.number),
        )
        if changed.rowcount:
            payload: dict[str, object] = {"sale": undo.sale, "words": words, "anew": undo.anew}
            self.append(actor.event(EVENTS[undo.state], document=undo.number, payload=payload))

    def _put_anew(self, actor: Actor, conn: sqlite3.Connection, old: str, anew: Anew) -> None:
        """The kept goods as a sale put aside, told by the events of a person's hand."""
        sale, stamp = anew.sale, actor.at.isoformat()
        conn.execute(
            "INSERT INTO sales(number, counter, state, operator, opened_at, changed_at,"
            " order_platform, order_number, resettles, prescription)"
            " VALUES (?, ?, 'held', ?, ?, ?, ?, ?, ?, ?)",
            (
                sale.number,
                self.origin.counter,
                actor.operator,
                stamp,
                stamp,
                sale.order.platform if sale.order else None,
                sale.order.number if sale.order else None,
                old,
                sale.prescription.id if sale.prescription else None,
            ),
        )
        payload: dict[str, object] = {"resettles": old}
        self.append(actor.event(EventKind.SALE_OPENED, document=sale.number, payload=payload))
        last = max((box.entry for line in sale.lines for box in line.boxes), default=0)
        for line in sale.lines:
            self._put_line(conn, old, sale.number, line)
            for box in line.boxes:
                self._put_box(actor, conn, old, sale=sale, line=line, box=box)
            if line.asked:
                last += 1
                self._put_asked(actor, conn, sale.number, line, last)
        self._carried.tell_gifts(actor, conn, sale.number)
        self._carried.tell_prices(actor, conn, sale.number)
        if sale.order:
            payload = {"platform": sale.order.platform, "number": sale.order.number}
            self.append(actor.event(EventKind.ORDER_SET, document=sale.number, payload=payload))
        if sale.prescription:
            payload = {"rx": sale.prescription.id}
            self.append(actor.event(EventKind.RX_SET, document=sale.number, payload=payload))
        self.append(actor.event(EventKind.SALE_HELD, None, sale.number))
        if anew.msgid and sale.payment:
            covers = {line.number: line.cover for line in sale.lines if line.cover}
            self._settlements.ask_settlement(
                actor,
                sale.number,
                sale.payment,
                None,
                msgid=anew.msgid,
                covers=covers,
                tendered=anew.tendered,
            )

    def _put_line(self, conn: sqlite3.Connection, old: str, new: str, line: Line) -> None:
        conn.execute(
            "INSERT INTO sale_lines(sale, line, item, price_fen, split, gift, list_fen,"
            " price_reason) SELECT ?, line, item, price_fen, split, gift, list_fen, price_reason"
            " FROM sale_lines WHERE sale = ? AND line = ?",
            (new, old, line.number),
        )

    def _put_box(
        self, actor: Actor, conn: sqlite3.Connection, old: str, sale: Sale, line: Line, box: Box
    ) -> None:
        """A box that stays with the customer is claimed by the new sale."""
        conn.execute(
            "INSERT INTO sale_entries(sale, entry, line, code, asked, state, lot, made, expiry, at,"
            " typed) VALUES (?, ?, ?, ?, 0, 'live', ?, ?, ?, ?, ?)",
            (
                sale.number,
                box.entry,
                line.number,
                box.code,
                *rows.batch_columns(box.batch),
                actor.at.isoformat(),
                int(box.typed),
            ),
        )
        made = Claim(box.code, sale.number, self.origin.counter, actor.operator, actor.at)
        claims.claim(conn, made, Box(box.entry, box.code, box.batch))
        told = self._carried.reserved_before(box.code, old)
        told.pop("not_known", None)
        payload = told | {
            "item": line.item.code,
            "line": line.number,
            "batch": list(rows.batch_columns(box.batch)),
        }
        kind = EventKind.BOX_RESERVED
        self.append(actor.event(kind, code=box.code, document=sale.number, payload=payload))

    def _put_asked(
        self, actor: Actor, conn: sqlite3.Connection, sale: str, line: Line, entry: int
    ) -> None:
        conn.execute(
            "INSERT INTO sale_entries(sale, entry, line, asked, state, at)"
            " VALUES (?, ?, ?, ?, 'live', ?)",
            (sale, entry, line.number, line.asked, actor.at.isoformat()),
        )
        payload: dict[str, object] = {
            "item": line.item.code,
            "line": line.number,
            "boxes": line.asked,
        }
        self.append(actor.event(EventKind.ITEM_ASKED, document=sale, payload=payload))
