"""The no-code library as the counter sees it: one Protocol, beside those of `core.ports`."""

from datetime import date
from typing import Protocol

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.events import Event
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.stock.no_code import Bar, Draft, NoCodeEntry
from pharmacy_desk.core.upload.outbox import OutboxLine


class NoCodeLedger(Protocol):
    """Every method that writes is one transaction with its event, called on the desk lane."""

    def no_code_entry(self, number: str) -> NoCodeEntry | None:
        """An entry by its number."""
        ...

    def keep_no_code(self, actor: Actor, draft: Draft) -> NoCodeEntry:
        """A new proposed entry with its number."""
        ...

    def approve_no_code(
        self, actor: Actor, number: str, approver: str, approval: Event | None = None
    ) -> bool:
        """From now on the entry gives boxes; False when it does not wait for that.

        `approval` tells why the manager said yes, and is kept with it.
        """
        ...

    def close_no_code(self, actor: Actor, number: str, why: str) -> bool:
        """The entry gives no box any more; False when it is closed already."""
        ...

    def sold_no_code_line(
        self, document: str, item: str, batch: Batch, price_fen: int
    ) -> OutboxLine | None:
        """The upload line into which a sale's boxes without code of this lot and price went."""
        ...


class NoCodeSales(Protocol):
    """Boxes of the library in sales."""

    def take_no_code(
        self, actor: Actor, sale: str, line: int, number: str, today: date
    ) -> Bar | None:
        """Put one box of an entry into a line of an open sale; why not, when it is not put there.

        Of two counters on one file that take the last box, the table's own rule lets one have it.
        """
        ...
