"""Sales from their opening to their payment, as the counter sees the ledger."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.events import Event
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drugs import NO_BATCH, Batch
from pharmacy_desk.core.people.people import Operator as Operator
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.core.sale.ticket import TillTold
from pharmacy_desk.core.upload.outbox import OutboxLine


@dataclass(frozen=True, slots=True)
class ReturnSlip:
    """One box taken back from a customer: document number, sale, code, reason, drug and lot."""

    number: str
    sale: str
    code: str
    reason: str
    item: str = ""
    batch: Batch = NO_BATCH


class SalesLedger(Protocol):
    """Sales from their opening to their payment."""

    def open_sale(self, actor: Actor) -> Sale:
        """A new open sale with its document number."""
        ...

    def unprinted(self, since: datetime) -> tuple[str, ...]:
        """Paid sales since then whose receipt was neither printed nor failed to print."""
        ...

    def load_sale(self, number: str) -> Sale | None:
        """The sale as the ledger holds it."""
        ...

    def find_sale(self, text: str) -> Sale | None:
        """A sale by its number or its last digits, the newest of several."""
        ...

    def current_sale(self) -> Sale | None:
        """The open sale of this counter, also after a kill."""
        ...

    def held_sales(self) -> tuple[Sale, ...]:
        """Held sales, oldest first."""
        ...

    def hold(self, actor: Actor, sale: str) -> None:
        """Put the sale aside; its codes stay reserved."""
        ...

    def resume(self, actor: Actor, sale: str) -> None:
        """Make a held sale the open one."""
        ...

    def void(self, actor: Actor, sale: str, expired: bool = False, reason: str = "") -> None:
        """End the sale; its codes are free again, and its ticket is cancelled for this reason."""
        ...

    def pay(
        self,
        actor: Actor,
        sale: Sale,
        lines: Sequence[OutboxLine],
        approval: Event | None = None,
        register_until: date | None = None,
        till: TillTold | None = None,
    ) -> None:
        """Sale, final codes, events and outbox in one transaction (invariant 3).

        `approval` is what a second person allowed for this payment, kept with it; `till` what
        another till told that was paid for it.
        """
        ...

    def printed_before(self, document: str) -> bool:
        """True when this receipt was printed already: the next print is marked 补打."""
        ...
