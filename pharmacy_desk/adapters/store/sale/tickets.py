"""Tickets of another till in the ledger: each one sale of ours, under the till's own number."""

import json
import sqlite3
from collections.abc import Sequence

from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.chain import Chain
from pharmacy_desk.adapters.store.base.part import Part
from pharmacy_desk.adapters.store.base.rows import moment
from pharmacy_desk.adapters.store.sale.basket import Basket
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.events import EventKind, canonical
from pharmacy_desk.core.catalogue.drugs import Item
from pharmacy_desk.core.sale.sale import Sale, SaleOrigin
from pharmacy_desk.core.sale.ticket import (
    TicketEnd,
    TicketLine,
    TicketOrder,
    TicketRecord,
    TillTold,
    order_of,
    told_end,
    told_order,
)


@reads_rows
class Tickets(Part):
    """The part of the ledger that knows what another till has told."""

    def __init__(self, chain: Chain, *, basket: Basket) -> None:
        super().__init__(chain)
        self._basket = basket

    def ticket(self, number: str) -> TicketRecord | None:
        """The ticket of this number of the till's."""
        row = self._conn.execute("SELECT * FROM tickets WHERE number = ?", (number,)).fetchone()
        return self._record(row) if row else None

    def open_tickets(self) -> tuple[TicketRecord, ...]:
        """Tickets that are neither settled nor cancelled, who waits longest first."""
        found = self._conn.execute(
            "SELECT t.* FROM tickets t JOIN sales s ON s.number = t.sale WHERE t.state = 'open'"
            " ORDER BY s.changed_at, t.number"
        ).fetchall()
        return tuple(self._record(row) for row in found)

    def open_ticket(
        self, actor: Actor, order: TicketOrder, items: Sequence[Item | None], *, held: bool
    ) -> TicketRecord:
        """Keep a ticket with a sale of its own; see `ports.tickets`."""
        with self.transaction() as conn:
            sale, stamp = self._chain.next_document(), actor.at.isoformat()
            conn.execute(
                "INSERT INTO sales(number, counter, state, operator, opened_at, changed_at, origin,"
                " ticket) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    sale,
                    self.origin.counter,
                    "held" if held else "open",
                    actor.operator,
                    stamp,
                    stamp,
                    SaleOrigin.TILL.value,
                    order.ticket,
                ),
            )
            told = told_order(order)
            conn.execute(
                "INSERT INTO tickets(number, sale, at, told, state) VALUES (?, ?, ?, ?, 'open')",
                (order.ticket, sale, stamp, canonical(told)),
            )
            self.append(actor.event(EventKind.SALE_OPENED, document=sale))
            self.append(actor.event(EventKind.TICKET_OPENED, document=sale, payload=told))
            for place, (line, item) in enumerate(zip(order.lines, items, strict=True)):
                conn.execute(
                    "INSERT INTO ticket_lines(ticket, place) VALUES (?, ?)", (order.ticket, place)
                )
                if item:
                    self._put_line(
                        actor, ticket=order.ticket, sale=sale, place=place, told=line, item=item
                    )
            if held:
                self.append(actor.event(EventKind.SALE_HELD, None, sale))
        return self._there(order.ticket)

    def match_line(self, actor: Actor, number: str, place: int, item: Item) -> TicketRecord:
        """Which drug a line is; the till's name for it is remembered."""
        record = self._there(number)
        line = record.order.lines[place]
        with self.transaction() as conn:
            conn.execute(
                "INSERT OR REPLACE INTO till_items(key, item, at, operator) VALUES (?, ?, ?, ?)",
                (line.key, item.code, actor.at.isoformat(), actor.operator),
            )
            payload: dict[str, object] = {"item": item.code, "barcode": line.key}
            told = actor.event(EventKind.TILL_ITEM_LEARNED, document=record.sale, payload=payload)
            self.append(told)
            self._put_line(
                actor, ticket=number, sale=record.sale, place=place, told=line, item=item
            )
        return self._there(number)

    def learned_item(self, key: str) -> str | None:
        """The item code that a person has told for this name of the till's."""
        row = self._conn.execute("SELECT item FROM till_items WHERE key = ?", (key,)).fetchone()
        return row["item"] if row else None

    # --- inside the sale's own transactions -------------------------------------------------

    def settle_with(self, actor: Actor, sale: Sale, told: TillTold) -> None:
        """Inside the payment: its origin, and the ticket's end as the till told it."""
        self._conn.execute(
            "UPDATE sales SET origin = ? WHERE number = ?",
            (SaleOrigin.TILL.value, sale.number),
        )
        payload: dict[str, object] = {
            "ticket": told.ticket,
            "end": told_end(told.end),
            "gap": [list(one) for one in told.gap],
        }
        if told.ticket:
            self._end(told.ticket, "settled", payload)
        self.append(actor.event(EventKind.TILL_SETTLED, document=sale.number, payload=payload))

    def cancel_with(self, actor: Actor, sale: str, reason: str) -> None:
        """Inside the end of an unpaid sale: its ticket, where it has one, is cancelled."""
        row = self._conn.execute("SELECT number FROM tickets WHERE sale = ?", (sale,)).fetchone()
        if row is None:
            return
        payload: dict[str, object] = {"ticket": row["number"], "reason": reason}
        self._end(row["number"], "cancelled", payload)
        self.append(actor.event(EventKind.TICKET_CANCELLED, document=sale, payload=payload))

    # ----------------------------------------------------------------------------------------

    def _end(self, number: str, state: str, told: dict[str, object]) -> None:
        self._conn.execute(
            "UPDATE tickets SET state = ?, ended = ? WHERE number = ?",
            (state, canonical(told), number),
        )

    def _put_line(
        self, actor: Actor, *, ticket: str, sale: str, place: int, told: TicketLine, item: Item
    ) -> None:
        """A line of the sale for a line of the ticket, at the till's price where it told one."""
        price_fen = item.price_fen if told.unit_price_fen is None else told.unit_price_fen
        line = self._basket.open_line(actor, sale, item, told.quantity, price_fen)
        self._conn.execute(
            "UPDATE ticket_lines SET sale_line = ? WHERE ticket = ? AND place = ?",
            (line, ticket, place),
        )

    def _there(self, number: str) -> TicketRecord:
        record = self.ticket(number)
        if record is None:
            raise AssertionError("a ticket that was kept is there")
        return record

    def _record(self, row: sqlite3.Row) -> TicketRecord:
        places = self._conn.execute(
            "SELECT sale_line FROM ticket_lines WHERE ticket = ? ORDER BY place", (row["number"],)
        )
        ended = json.loads(row["ended"]) if row["ended"] else {}
        return TicketRecord(
            order=order_of(json.loads(row["told"])),
            sale=row["sale"],
            at=moment(row["at"]),
            places=tuple(line["sale_line"] for line in places),
            settled=row["state"] == "settled",
            cancelled=row["state"] == "cancelled",
            end=TicketEnd(**ended["end"]) if "end" in ended else None,
            reason=ended.get("reason", ""),
        )
