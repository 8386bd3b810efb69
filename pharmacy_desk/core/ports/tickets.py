"""Tickets of another till, as the counter sees the ledger."""

from collections.abc import Sequence
from typing import Protocol

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.catalogue.drugs import Item
from pharmacy_desk.core.sale.ticket import TicketOrder, TicketRecord


class TicketLedger(Protocol):
    """Tickets from their arrival to their end; they are settled and cancelled with their sale."""

    def ticket(self, number: str) -> TicketRecord | None:
        """The ticket of this number of the till's."""
        ...

    def open_tickets(self) -> tuple[TicketRecord, ...]:
        """Tickets that are neither settled nor cancelled, who waits longest first."""
        ...

    def open_ticket(
        self, actor: Actor, order: TicketOrder, items: Sequence[Item | None], *, held: bool
    ) -> TicketRecord:
        """Keep a ticket with a sale of its own: open, or put aside where another one is.

        `items` are the drugs its lines stand for, None where that is not known yet.
        """
        ...

    def match_line(self, actor: Actor, number: str, place: int, item: Item) -> TicketRecord:
        """Which drug the line at this place is; the till's name for it is remembered."""
        ...

    def learned_item(self, key: str) -> str | None:
        """The item code that a person has told for this name of the till's."""
        ...
