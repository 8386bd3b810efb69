"""Drugs and what is known of a reading, as the counter sees the ledger."""

from collections.abc import Iterable
from typing import Protocol

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.catalogue.drug_list import ALL_COLUMNS
from pharmacy_desk.core.catalogue.drugs import Batch, Item
from pharmacy_desk.core.people.people import Operator as Operator
from pharmacy_desk.core.sale.judge import BoxFacts
from pharmacy_desk.core.scanning.scan import Reading
from pharmacy_desk.core.stock.supplier_words import SupplierWords


class CatalogueLedger(Protocol):
    """Drugs and what is known of a reading."""

    def facts(self, reading: Reading) -> BoxFacts:
        """What is known about a reading, but not who has or had its code."""
        ...

    def find_item(self, key: str) -> Item | None:
        """An item by its code or one of its barcodes."""
        ...

    def find_by_insurance_code(self, code: str) -> Item | None:
        """The one item of this national insurance code; None for none or several."""
        ...

    def find_by_approval(self, approval: str, spec: str) -> Item | None:
        """The one item with this approval number and spec."""
        ...

    def find_by_name(self, name: str, spec: str, maker: str = "") -> Item | None:
        """The one item of this name, spec and, if it is told, maker."""
        ...

    def find_supplied(self, words: SupplierWords) -> Item | None:
        """The drug that a supplier's words mean, as a person has said."""
        ...

    def has_items(self) -> bool:
        """True when the catalogue holds anything."""
        ...

    def put_items(
        self,
        actor: Actor,
        items: Iterable[Item],
        dry_run: bool = False,
        columns: frozenset[str] = ALL_COLUMNS,
    ) -> tuple[int, int]:
        """Insert or change items, all or none; (added, changed). A dry run writes nothing.

        Of an item that is known only the `columns` that the file has are changed.
        """
        ...

    def add_drug(self, actor: Actor, item: Item, second: str = "") -> Item:
        """Add a drug that a person has told; it is given its code. `second` allowed it."""
        ...

    def change_drug(self, actor: Actor, item: Item) -> bool:
        """Write a drug as a person has changed it; False when it was so already or is not there."""
        ...

    def set_batch(self, actor: Actor, item: str, batch: Batch) -> int:
        """Set the item's current lot; fills open sales and waiting lines; how many lines."""
        ...
