"""Parts of the ledger's door that stand by themselves: gifts and orders, the three-code map."""

from collections.abc import Sequence
from typing import Protocol

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.catalogue.drugs import MapEntry, Mapping
from pharmacy_desk.core.sale.online import OnlineOrder


class MarkLedger(Protocol):
    """Writes what a person says of an open sale: gifts, and the online order it is picked for."""

    def newest_entry(self, sale: str) -> tuple[int, int] | None:
        """(entry, line) of the box, or the number asked for, that came last and is there."""
        ...

    def turn_gift(self, actor: Actor, sale: str, line: int, entry: int | None) -> int:
        """Make an entry, or all of a line, a gift or paid again; the line they are on now."""
        ...

    def set_order(self, actor: Actor, sale: str, order: OnlineOrder | None) -> None:
        """Say which online order a sale is picked for; None takes it back."""
        ...

    def order_taken(self, order: OnlineOrder, but: str) -> str | None:
        """The newest sale, other than `but` and not voided, that has this order already."""
        ...


class MapLedger(Protocol):
    """Writes the three-code map (三码映射)."""

    def put_mapping(self, actor: Actor, mapping: Mapping) -> None:
        """Write one row of the three-code map and its event."""
        ...

    def put_mappings(self, actor: Actor, mappings: Sequence[Mapping]) -> None:
        """Write several rows in one transaction, each with its event."""
        ...

    def unmap(self, actor: Actor, identification: str, item: str, reason: str) -> bool:
        """Take a row out of use, with the reason; False when there is none in use."""
        ...

    def map_entries(self, identification: str) -> tuple[MapEntry, ...]:
        """Every row of an identification, those out of use too."""
        ...
