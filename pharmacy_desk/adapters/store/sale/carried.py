"""Unpaid sales when a new epoch begins: carried over under a number of that epoch.

The other copy of this home may pay the same sale under the old number, with other boxes in it. So
the old one ends and a new one takes its boxes, each by the events that a person's hand would have
written; nothing of it is seen at the counter but the new number.
"""

import json
import sqlite3

from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.chain import Chain
from pharmacy_desk.adapters.store.base.part import Part
from pharmacy_desk.adapters.store.base.rows import doubt_of, moment
from pharmacy_desk.adapters.store.sale import claims
from pharmacy_desk.adapters.store.sale.basket import Basket, set_state
from pharmacy_desk.adapters.store.sale.persons import SalePersons
from pharmacy_desk.adapters.store.sale.settlements import Settlements
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.events import EventKind
from pharmacy_desk.core.catalogue.drugs import NO_BATCH
from pharmacy_desk.core.sale.sale import Box, SaleState
from pharmacy_desk.core.stock.reservation import Claim

_WHY = "carried_over"


@reads_rows
class Carried(Part):
    """The part of the ledger that keeps unpaid sales through a change of epoch."""

    def __init__(
        self, chain: Chain, *, basket: Basket, settlements: Settlements, persons: SalePersons
    ) -> None:
        super().__init__(chain)
        self._persons = persons
        self._basket = basket
        self._settlements = settlements

    def carry_over(self, actor: Actor) -> None:
        """Give every unpaid sale that began in another epoch a number of this one."""
        found = self._conn.execute(
            # Each by its own index: at every start, and years of paid sales lie around them.
            "SELECT * FROM sales WHERE state = 'open' UNION ALL"
            " SELECT * FROM sales WHERE state = 'held' ORDER BY changed_at"
        ).fetchall()
        ours = self.origin.document(0).partition("-")[0]
        for sale in found:
            if sale["number"].partition("-")[0] != ours:
                with self.transaction() as conn:
                    self._carry(actor, conn, sale)

    def _carry(self, actor: Actor, conn: sqlite3.Connection, sale: sqlite3.Row) -> None:
        old, new = sale["number"], self._chain.next_document()
        entries = conn.execute(
            "SELECT e.*, c.since, c.keeper FROM sale_entries e"
            " LEFT JOIN claims c ON c.code = e.code AND c.sale = e.sale"
            " WHERE e.sale = ? AND e.state IN ('live', 'units') ORDER BY e.entry",
            (old,),
        ).fetchall()
        self._basket.release(actor, old, _WHY)
        set_state(conn, old, SaleState.VOIDED, actor.at)
        payload: dict[str, object] = {"why": _WHY, "to": new}
        self.append(actor.event(kind=EventKind.SALE_VOIDED, document=old, payload=payload))
        held = sale["state"] == SaleState.HELD or sale["counter"] != self.origin.counter
        state = SaleState.HELD if held else SaleState.OPEN
        conn.execute(
            "INSERT INTO sales(number, counter, state, operator, opened_at, changed_at,"
            " order_platform, order_number, prescription, origin, ticket) SELECT ?, ?, ?, operator,"
            " opened_at, ?, order_platform, order_number, prescription, origin, ticket FROM sales"
            " WHERE number = ?",
            (new, self.origin.counter, state.value, sale["changed_at"], old),
        )
        self.append(actor.event(kind=EventKind.SALE_OPENED, document=new, payload={"from": old}))
        self._settlements.carry_settlement(old, new)
        self._persons.carry(actor, old, new)
        self._carry_lines(conn, old, new, entries)
        for entry in entries:
            self._carry_entry(actor, conn, entry, new)
        claims.carry_over(conn, old, new)
        self.tell_gifts(actor, conn, new)
        self.tell_prices(actor, conn, new)
        if sale["order_number"] is not None:
            payload = {"platform": sale["order_platform"], "number": sale["order_number"]}
            self.append(actor.event(kind=EventKind.ORDER_SET, document=new, payload=payload))
        if sale["prescription"] is not None:
            payload = {"rx": sale["prescription"]}
            self.append(actor.event(kind=EventKind.RX_SET, document=new, payload=payload))
        if sale["ticket"] is not None:
            conn.execute("UPDATE tickets SET sale = ? WHERE sale = ?", (new, old))
            payload = {"ticket": sale["ticket"]}
            self.append(actor.event(EventKind.TICKET_CARRIED, document=new, payload=payload))
        if held:
            self.append(actor.event(EventKind.SALE_HELD, None, new))

    def _carry_lines(
        self, conn: sqlite3.Connection, old: str, new: str, entries: list[sqlite3.Row]
    ) -> None:
        for line in sorted({entry["line"] for entry in entries}):
            conn.execute(
                "INSERT INTO sale_lines(sale, line, item, price_fen, split, gift, list_fen,"
                " price_reason, cover) SELECT ?, line, item, price_fen, split, gift, list_fen,"
                " price_reason, cover FROM sale_lines"
                " WHERE sale = ? AND line = ?",
                (new, old, line),
            )

    def _carry_entry(
        self, actor: Actor, conn: sqlite3.Connection, entry: sqlite3.Row, new: str
    ) -> None:
        """One box, or one asked number, as it stood, with the event that puts it there."""
        names = "entry, line, code, asked, state, lot, made, expiry, at, units, typed, no_code"
        conn.execute(
            f"INSERT INTO sale_entries(sale, {names}) SELECT ?, entry, line, code, asked, ?, lot,"
            " made, expiry, at, units, typed, no_code FROM sale_entries WHERE sale = ?"
            " AND entry = ?",
            (new, entry["state"], entry["sale"], entry["entry"]),
        )
        item = conn.execute(
            "SELECT item FROM sale_lines WHERE sale = ? AND line = ?", (new, entry["line"])
        ).fetchone()[0]
        payload: dict[str, object] = {"item": item, "line": entry["line"]}
        if entry["no_code"]:
            conn.execute("UPDATE no_code SET used = used + 1 WHERE number = ?", (entry["no_code"],))
            payload |= {"no_code": entry["no_code"], "entry": entry["entry"]}
            self.append(actor.event(kind=EventKind.NO_CODE_USED, document=new, payload=payload))
        elif entry["code"]:
            if entry["state"] == "units":
                self._basket.take_units(entry["code"], entry["units"])
            payload = self.reserved_before(entry["code"], entry["sale"]) | payload
            if entry["state"] == "live":
                made = Claim(
                    entry["code"], new, self.origin.counter, actor.operator, moment(entry["at"])
                )
                box = Box(entry["entry"], entry["code"], NO_BATCH, not_known=doubt_of(entry))
                claims.claim(conn, made, box)
            if not entry["since"]:
                payload.pop("not_known", None)
            self.append(
                actor.event(
                    kind=EventKind.BOX_RESERVED, code=entry["code"], document=new, payload=payload
                )
            )
        else:
            payload["boxes"] = entry["asked"]
            self.append(actor.event(kind=EventKind.ITEM_ASKED, document=new, payload=payload))

    def reserved_before(self, code: str, sale: str) -> dict[str, object]:
        """What was said when the box was scanned: the scan as received, its port, its verdict."""
        row = self._conn.execute(
            "SELECT payload FROM events WHERE code = ? AND document = ? AND kind = ?"
            " ORDER BY seq DESC LIMIT 1",
            (code, sale, EventKind.BOX_RESERVED.value),
        ).fetchone()
        told: dict[str, object] = json.loads(row["payload"]) if row else {}
        return told

    def tell_prices(self, actor: Actor, conn: sqlite3.Connection, sale: str) -> None:
        """Tell anew which lines of a sale cost another price than by the list."""
        found = conn.execute(
            "SELECT line, item, list_fen, price_fen, price_reason FROM sale_lines"
            " WHERE sale = ? AND list_fen IS NOT NULL ORDER BY line",
            (sale,),
        ).fetchall()
        for row in found:
            payload: dict[str, object] = {
                "item": row["item"],
                "line": row["line"],
                "list_fen": row["list_fen"],
                "from_fen": row["list_fen"],
                "price_fen": row["price_fen"],
                "reason": row["price_reason"],
            }
            self.append(actor.event(kind=EventKind.LINE_REPRICED, document=sale, payload=payload))

    def tell_gifts(self, actor: Actor, conn: sqlite3.Connection, sale: str) -> None:
        """Tell anew which lines of a sale are gifts."""
        found = conn.execute(
            "SELECT l.line, l.item, json_group_array(e.entry) AS entries FROM sale_lines l"
            " JOIN sale_entries e ON e.sale = l.sale AND e.line = l.line"
            " WHERE l.sale = ? AND l.gift GROUP BY l.line",
            (sale,),
        ).fetchall()
        for row in found:
            payload: dict[str, object] = {
                "item": row["item"],
                "from": row["line"],
                "to": row["line"],
                "entries": json.loads(row["entries"]),
                "ask": None,
                "mark": None,
            }
            self.append(actor.event(kind=EventKind.GIFT_MADE, document=sale, payload=payload))
