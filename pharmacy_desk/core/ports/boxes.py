"""Where boxes are: custody, packs, movements, recalls, as the counter sees the ledger."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.catalogue.drugs import Item
from pharmacy_desk.core.people.people import Operator as Operator
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.drafts import DraftStep
from pharmacy_desk.core.stock.facts import BoxRecord, PackFacts, Recall
from pharmacy_desk.core.stock.movement import Movement, PackRelation, StockLot
from pharmacy_desk.core.upload.outbox import OutboxLine


class BoxLedger(Protocol):
    """Where boxes are: custody, packs, movements, recalls."""

    def record(self, code: str) -> BoxRecord | None:
        """What is known of a box besides its sale."""
        ...

    def state(self, code: str) -> BoxState | None:
        """Where a box is now; None for one the ledger has never heard of."""
        ...

    def drug_of_code(self, code: str) -> Item | None:
        """The one drug the three-code map knows a trace code's identification for."""
        ...

    def shelf(self, items: frozenset[str]) -> frozenset[str]:
        """Codes of the boxes of these items that are on the shelf."""
        ...

    def recalls(self) -> tuple[Recall, ...]:
        """Recalls and holds in force."""
        ...

    def post_movement(
        self, movement: Movement, uploads: Sequence[OutboxLine], draft: DraftStep | None = None
    ) -> None:
        """A document, its boxes' moves, events, outbox lines and draft in one transaction."""
        ...

    def put_packs(self, actor: Actor, relations: Iterable[PackRelation]) -> int:
        """Take over pack relations; how many were new or changed."""
        ...

    def put_stock(self, actor: Actor, stock: Iterable[StockLot]) -> int:
        """Opening stock by item and lot; how many lots were new or changed."""
        ...

    def open_recall(self, actor: Actor, recall: Recall) -> None:
        """From now on the boxes it names refuse to sell."""
        ...

    def close_recall(self, actor: Actor, number: str) -> bool:
        """The boxes may be sold again; False when no such recall is open."""
        ...

    def pack(self, code: str) -> PackFacts | None:
        """Where a code stands among packs."""
        ...
