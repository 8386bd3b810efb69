"""Boxes and quantities in an open sale, as the counter sees the ledger."""

from typing import Protocol

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drugs import Item
from pharmacy_desk.core.people.people import Operator as Operator
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.core.stock.facts import Earlier


@dataclass(frozen=True, slots=True)
class Undone:
    """What the last undo took back: a box by its code, boxes asked for of an item, or a gift."""

    code: str | None
    item_name: str
    gift: bool = False


class BasketLedger(Protocol):
    """Boxes and quantities in an open sale."""

    def earlier(self, code: str) -> Earlier | None:
        """Who has or had this code: a live reservation, a final sale, or a return."""
        ...

    def ask_item(self, actor: Actor, sale: str, item: Item, boxes: int) -> None:
        """Add `boxes` to what is asked for of `item`, on its line or a new one."""
        ...

    def ask_less(self, actor: Actor, sale: str, line: int, boxes: int) -> None:
        """Take `boxes` off what is asked for on a line, the newest first."""
        ...

    def reprice(
        self,
        actor: Actor,
        sale: str,
        line: int,
        price_fen: int,
        reason: str,
        approver: str = "",
    ) -> None:
        """Let one of a line cost `price_fen`; its price by the list takes the change back.

        `approver` is the second person who allowed it.
        """
        ...

    def reserve(
        self,
        actor: Actor,
        sale: Sale,
        verdict: Verdict,
        raw: RawScan,
        line: int | None = None,
        units: int | None = None,
        typed: bool = False,
        reviewer: str = "",
    ) -> Sale | Earlier:
        """Reserve the code by its unique row: the sale with the box in, or who has the code.

        `sale` is the open sale exactly as the ledger holds it, `line` the one of its lines that
        the box goes to; without a number it opens a new one. `units` opens the box, and
        `reviewer` is the second person who checked them (复核人). A verdict with `not_known`
        marks the box and its event with the keeper that was silent.
        """
        ...

    def undo_last(self, actor: Actor, sale: str) -> Undone | None:
        """Take back the last box or asked quantity; None when there is nothing left."""
        ...

    def remove_line(self, actor: Actor, sale: str, line: int) -> None:
        """Take a whole line out of an open sale."""
        ...
