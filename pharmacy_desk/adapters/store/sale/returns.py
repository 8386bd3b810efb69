"""Sold boxes that come back: to the returns, or (撤销) to the shelf on the day they were sold.

A box put back has no claim any more, so that its code may be sold again; the platform hears
of it as of any return. The rule when this may happen stands in `core/sale/restore.py`.
"""

from datetime import datetime

from pharmacy_desk.adapters.store.base import proofs, rows
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.part import Part
from pharmacy_desk.adapters.store.sale import claims
from pharmacy_desk.adapters.store.stock.custody import put_box
from pharmacy_desk.adapters.store.upload.outbox import insert_lines
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.events import Event, EventKind
from pharmacy_desk.core.ports.sales import ReturnSlip
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.facts import ClaimState
from pharmacy_desk.core.upload.outbox import OutboxLine


@reads_rows
class Returns(Part):
    """The part of the ledger that takes sold boxes back."""

    def return_box(self, actor: Actor, slip: ReturnSlip, line: OutboxLine | None) -> bool:
        """End the final row of a code by a return document, with its outbox line."""
        return self._come_back(actor, slip, line, None)

    def restore_box(
        self, slip: ReturnSlip, line: OutboxLine | None, approval: Event, at: datetime
    ) -> bool:
        """Put a box back by a return document, with its outbox line and who approved it.

        False when its sale is not final any more: it was taken back before.
        """
        return self._come_back(Actor(at, approval.operator), slip, line, approval)

    def _come_back(
        self, actor: Actor, slip: ReturnSlip, line: OutboxLine | None, approval: Event | None
    ) -> bool:
        """With an approval the box goes on the shelf, else to the returns."""
        ended, state, kind = "returned", BoxState.RETURNED, EventKind.BOX_RETURNED
        if approval:
            ended, state, kind = "restored", BoxState.ON_SHELF, EventKind.BOX_RESTORED
        with self.transaction() as conn:
            sold = conn.execute(
                "UPDATE sale_entries SET state = ?"
                " WHERE sale = ? AND code = ? AND state = 'final' AND units IS NULL",
                (ended, slip.sale, slip.code),
            )
            if sold.rowcount != 1:
                return False
            if approval:
                claims.let_go(conn, slip.sale, (slip.code,))
            else:
                claims.become(conn, slip.sale, slip.code, ClaimState.RETURNED)
            conn.execute(
                "INSERT INTO returns(number, sale, code, reason, at, operator)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    slip.number,
                    slip.sale,
                    slip.code,
                    slip.reason,
                    actor.at.isoformat(),
                    actor.operator,
                ),
            )
            put_box(
                conn=conn,
                code=slip.code,
                state=state,
                item=slip.item,
                batch=slip.batch,
                document=slip.number,
                party="",
                actor=actor,
                counter=self.origin.counter,
            )
            lines = [line] if line else []
            insert_lines(conn, lines, actor.at)
            lot, made, expiry = rows.batch_columns(slip.batch)
            payload: dict[str, object] = {
                "sale": slip.sale,
                "reason": slip.reason,
                "item": slip.item,
                "lot": lot,
                "made": made,
                "expiry": expiry,
                **proofs.uploads(conn, lines),
            }
            if approval:
                payload["approver"] = approval.payload.get("approver")
                self.append(approval)
            self.append(
                actor.event(kind=kind, code=slip.code, document=slip.number, payload=payload)
            )
        return True
