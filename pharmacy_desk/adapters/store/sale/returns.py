"""Sold goods that come back: to the returns, or (撤销) to the shelf on the day they were sold.

What one customer brings back of one receipt is one document, whole or not at all. A box put back
has no claim any more, so that its code may be sold again; the platform hears of it as of any
return. The rules stand in `core/sale/refund.py` and `core/sale/restore.py`.
"""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from pharmacy_desk.adapters.store.base import facts, proofs, rows
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.part import Part
from pharmacy_desk.adapters.store.sale import claims
from pharmacy_desk.adapters.store.stock.custody import put_box
from pharmacy_desk.adapters.store.upload.outbox import insert_lines
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.events import Event, EventKind
from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.ports.sales import ReturnSlip
from pharmacy_desk.core.sale.refund import CameBack, ReturnDocument, ReturnLine, pieces
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.reservation import Word
from pharmacy_desk.core.upload.outbox import OutboxLine


def came_back(conn: sqlite3.Connection, sale: str) -> tuple[CameBack, ...]:
    """What has come back of a sale, in the order of its documents."""
    found = conn.execute(
        "SELECT r.*, e.state FROM returns r LEFT JOIN sale_entries e"
        " ON e.sale = r.sale AND e.entry = r.entry WHERE r.sale = ?"
        " ORDER BY r.at, r.number, r.line",
        (sale,),
    )
    return tuple(
        CameBack(
            document=row["number"],
            line=row["sale_line"],
            entry=row["entry"],
            quantity=row["quantity"],
            refund_fen=row["refund_fen"],
            at=rows.moment(row["at"]),
            operator=row["operator"],
            restored=row["state"] == "restored" and row["moved_to"] is None,
            moved_to=row["moved_to"] or "",
        )
        for row in found
    )


def _slip(document: ReturnDocument, line: ReturnLine) -> ReturnSlip:
    """One box of a return document."""
    piece = line.piece
    return ReturnSlip(
        number=document.number,
        sale=document.sale,
        code=piece.code,
        reason=document.reason,
        item=piece.line.item.code,
        batch=piece.batch,
    )


@reads_rows
class Returns(Part):
    """The part of the ledger that takes sold goods back."""

    def came_back(self, sale: str) -> tuple[CameBack, ...]:
        """What has come back of a sale, in the order of its documents."""
        return came_back(self._conn, sale)

    def sold_uncoded_line(self, document: str, item: str, price_fen: int) -> OutboxLine | None:
        """The upload line into which a sale's goods without a code of this price went."""
        found = self._conn.execute(
            "SELECT * FROM outbox WHERE document = ? AND item = ? AND codes = '[]'"
            # The no-code library's boxes have a line of their own, with a memo.
            " AND coalesce(json_extract(words, '$.memo'), '') = ''"
            " AND json_extract(words, '$.price') = ? ORDER BY line LIMIT 1",
            (document, item, yuan(price_fen)),
        ).fetchone()
        return rows.outbox_of(found).line if found else None

    def restore_box(
        self, slip: ReturnSlip, line: OutboxLine | None, approval: Event, at: datetime
    ) -> bool:
        """Put a box back by a return document, with its outbox line and who approved it.

        False when its sale is not final any more: it was taken back before.
        """
        actor = Actor(at, approval.operator)
        with self.transaction() as conn:
            kept = conn.execute(
                "INSERT INTO returns(number, line, sale, sale_line, entry, code, quantity,"
                " refund_fen, reason, at, operator) SELECT ?, 1, e.sale, e.line, e.entry, e.code,"
                " 1, l.price_fen, ?, ?, ? FROM sale_entries e"
                " JOIN sale_lines l ON l.sale = e.sale AND l.line = e.line"
                " WHERE e.sale = ? AND e.code = ? AND e.state = 'final' AND e.units IS NULL",
                (
                    slip.number,
                    slip.reason,
                    at.isoformat(),
                    approval.operator,
                    slip.sale,
                    slip.code,
                ),
            )
            if kept.rowcount != 1:
                return False
            self._end_box(actor, slip, BoxState.ON_SHELF)
            lines = [line] if line else []
            insert_lines(conn, lines, at)
            payload = proofs.uploads(conn, lines)
            payload["approver"] = approval.payload.get("approver")
            self.append(approval)
            self._tell_box(actor, EventKind.BOX_RESTORED, slip, payload)
        return True

    def post_return(
        self, actor: Actor, document: ReturnDocument, lines: Sequence[OutboxLine]
    ) -> bool:
        """Post a whole return; False, and nothing done, when part of it came back before.

        What is kept leaves its receipt like a box that is put back on the shelf: the sale it goes
        on as takes it from there, in the same transaction.
        """
        with self.joined() as conn:
            if not self._all_there(document):
                return False
            for place, line in enumerate(document.lines, 1):
                self._keep_row(actor, document, place, line)
                if line.piece.code:
                    slip = _slip(document, line)
                    self._end_box(actor, slip, BoxState.RETURNED)
                    self._tell_box(actor, EventKind.BOX_RETURNED, slip, {})
                elif line.piece.entry is not None:
                    self._end_no_code(actor, document, line)
            for place, line in enumerate(document.kept, len(document.lines) + 1):
                self._keep_row(actor, document, place, line, moved_to=document.anew)
                if line.piece.code:
                    slip = _slip(document, line)
                    self._end_box(actor, slip, BoxState.ON_SHELF)
                    moved: dict[str, object] = {"moved_to": document.anew}
                    self._tell_box(actor, EventKind.BOX_RESTORED, slip, moved)
            insert_lines(conn, lines, actor.at)
            payload: dict[str, object] = {
                "sale": document.sale,
                "reason": document.reason,
                "boxes": document.boxes,
                "refund_fen": document.refund_fen,
                "proof": proofs.return_proof(conn, document.number),
                **proofs.uploads(conn, lines),
            }
            if document.kept:
                payload["moved_to"] = document.anew
                payload["moved"] = [*range(len(document.lines) + 1, len(document.every_line) + 1)]
            self.append(
                actor.event(EventKind.RETURN_POSTED, document=document.number, payload=payload)
            )
        return True

    def _all_there(self, document: ReturnDocument) -> bool:
        """All of it is with the customer still, asked inside the transaction that takes it back."""
        sale = facts.load_sale(self._conn, document.sale)
        now = pieces(sale, self.came_back(document.sale)) if sale else ()
        left = {(piece.line.number, piece.entry): piece.returnable for piece in now}
        return all(
            line.quantity <= left.get((line.piece.line.number, line.piece.entry), 0)
            for line in document.every_line
        )

    def _keep_row(
        self,
        actor: Actor,
        document: ReturnDocument,
        place: int,
        line: ReturnLine,
        moved_to: str | None = None,
    ) -> None:
        self._conn.execute(
            "INSERT INTO returns(number, line, sale, sale_line, entry, code, quantity, refund_fen,"
            " reason, at, operator, moved_to) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document.number,
                place,
                document.sale,
                line.piece.line.number,
                line.piece.entry,
                line.piece.code,
                line.quantity,
                line.refund_fen,
                document.reason,
                actor.at.isoformat(),
                actor.operator,
                moved_to,
            ),
        )

    def _end_no_code(self, actor: Actor, document: ReturnDocument, line: ReturnLine) -> None:
        """A box of the no-code library came back; the library gets nothing back."""
        self._conn.execute(
            "UPDATE sale_entries SET state = 'returned' WHERE sale = ? AND entry = ?",
            (document.sale, line.piece.entry),
        )
        payload: dict[str, object] = {
            "sale": document.sale,
            "entry": line.piece.entry,
            "no_code": line.piece.no_code,
            "reason": document.reason,
        }
        self.append(
            actor.event(EventKind.NO_CODE_RETURNED, document=document.number, payload=payload)
        )

    def _end_box(self, actor: Actor, slip: ReturnSlip, state: BoxState) -> None:
        """Its sale's row, its claim and its place, inside the running transaction."""
        back = state is BoxState.RETURNED
        self._conn.execute(
            "UPDATE sale_entries SET state = ?"
            " WHERE sale = ? AND code = ? AND state = 'final' AND units IS NULL",
            ("returned" if back else "restored", slip.sale, slip.code),
        )
        if back:
            claims.become_returned(self._conn, slip.sale, slip.code)
        else:
            claims.let_go(self._conn, slip.sale, (slip.code,), Word.ON_SALE)
        put_box(
            conn=self._conn,
            code=slip.code,
            state=state,
            item=slip.item,
            batch=slip.batch,
            document=slip.number,
            party="",
            actor=actor,
            counter=self.origin.counter,
        )

    def _tell_box(
        self, actor: Actor, kind: EventKind, slip: ReturnSlip, more: dict[str, object]
    ) -> None:
        lot, made, expiry = rows.batch_columns(slip.batch)
        payload: dict[str, object] = {
            "sale": slip.sale,
            "reason": slip.reason,
            "item": slip.item,
            "lot": lot,
            "made": made,
            "expiry": expiry,
            **more,
        }
        self.append(actor.event(kind=kind, code=slip.code, document=slip.number, payload=payload))
