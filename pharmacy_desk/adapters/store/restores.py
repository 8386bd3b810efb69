"""撤销 in the ledger: a sold box goes back on the shelf, on the day it was sold.

Its entry leaves the index of claims, so that the code may be sold again; the platform hears of it
as of any return. The rule when this may happen stands in `core/restore.py`.
"""

from datetime import datetime

from pharmacy_desk.adapters.store.chain import Chain
from pharmacy_desk.adapters.store.custody import put_box
from pharmacy_desk.adapters.store.outbox import insert_lines
from pharmacy_desk.core.custody import BoxState
from pharmacy_desk.core.events import Event, EventKind
from pharmacy_desk.core.outbox import OutboxLine
from pharmacy_desk.core.ports import ReturnSlip


class Restores(Chain):
    """The part of the ledger that puts sold boxes back."""

    def restore_box(
        self, slip: ReturnSlip, line: OutboxLine | None, approval: Event, at: datetime
    ) -> bool:
        """Put a box back by a return document, with its outbox line and who approved it.

        False when its sale is not final any more: it was taken back before.
        """
        with self.transaction() as conn:
            ended = conn.execute(
                "UPDATE sale_entries SET state = 'restored'"
                " WHERE sale = ? AND code = ? AND state = 'final' AND units IS NULL",
                (slip.sale, slip.code),
            )
            if ended.rowcount != 1:
                return False
            operator = approval.operator
            conn.execute(
                "INSERT INTO returns(number, sale, code, reason, at, operator)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (slip.number, slip.sale, slip.code, slip.reason, at.isoformat(), operator),
            )
            put_box(
                conn, slip.code, BoxState.ON_SHELF, slip.item, slip.batch, slip.number, "", at,
                self.origin.counter, operator,
            )  # fmt: skip
            payload: dict[str, object] = {
                "sale": slip.sale,
                "reason": slip.reason,
                "approver": approval.payload.get("approver"),
                "uploads": [line.key] if line else [],
            }
            self.append(approval)
            self.append(
                Event(EventKind.BOX_RESTORED, at, operator, slip.code, slip.number, payload)
            )
            insert_lines(conn, [line] if line else [], at)
        return True
