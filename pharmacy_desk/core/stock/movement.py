"""Movements: every document by which boxes come in, go out or are counted, apart from sales.

Quantities are smallest packs (小包装), always. Sources: facts on platforms, 2.1 to 2.4 (3501 to
3504 and the kinds of stock change); facts on the trade, section 3 (what a document must tell).
"""

from datetime import datetime
from enum import StrEnum

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drugs import NO_BATCH, Batch, Item
from pharmacy_desk.core.people.people import Approval
from pharmacy_desk.core.stock.custody import Move


class MovementKind(StrEnum):
    """What a document does to its boxes."""

    DELIVERY = "delivery"
    REFUSAL = "refusal"
    OPENING = "opening"
    TO_SUPPLIER = "to_supplier"
    TRANSFER_OUT = "transfer_out"
    TRANSFER_IN = "transfer_in"
    DESTRUCTION = "destruction"
    OTHER_OUT = "other_out"
    OTHER_IN = "other_in"
    SURPLUS = "surplus"
    LOSS = "loss"
    COUNT = "count"


# What a document of each kind does to a box; a count only says what is there.
MOVES: dict[MovementKind, Move] = {
    MovementKind.DELIVERY: Move.RECEIVE,
    MovementKind.REFUSAL: Move.REFUSE,
    MovementKind.OPENING: Move.STOCK,
    MovementKind.TO_SUPPLIER: Move.TO_SUPPLIER,
    MovementKind.TRANSFER_OUT: Move.TRANSFER_OUT,
    MovementKind.TRANSFER_IN: Move.TRANSFER_IN,
    MovementKind.DESTRUCTION: Move.DESTROY,
    MovementKind.OTHER_OUT: Move.DESTROY,
    MovementKind.OTHER_IN: Move.FIND,
    MovementKind.SURPLUS: Move.FIND,
    MovementKind.LOSS: Move.MISS,
}

# Documents that a store can let a second person approve, and whether it does unless it says
# otherwise: what makes a box vanish from the books without a receiver who would miss it. A count
# stands for the differences of a stock-take, which carry their reasons and stand in a record of
# their own.
SECOND_PERSON: dict[MovementKind, bool] = {
    MovementKind.LOSS: True,
    MovementKind.DESTRUCTION: True,
    MovementKind.OTHER_OUT: True,
    MovementKind.COUNT: False,
    MovementKind.TRANSFER_OUT: False,
    MovementKind.TO_SUPPLIER: False,
}

# Documents with an acceptance record (验收记录), which keeps the drugs as they were that day.
RECORDED = frozenset({MovementKind.DELIVERY, MovementKind.REFUSAL})


class WhyNot(StrEnum):
    """Why a box did not make the move its document wanted."""

    SOLD = "sold"
    ALREADY_HERE = "already_here"
    AWAY = "away"
    UNKNOWN_DRUG = "unknown_drug"
    WRONG_DRUG = "wrong_drug"
    IN_SALE = "in_sale"
    EXPIRED = "expired"
    NO_CODE = "no_code"
    NOT_ALLOWED = "not_allowed"
    TWICE = "twice"
    NOT_APPROVED = "not_approved"
    OUTER_PACK = "outer_pack"
    COLD_NOT_TOLD = "cold_not_told"
    NOT_COLD = "not_cold"


@dataclass(frozen=True, slots=True)
class MovementLine:
    """One drug and lot of a document. `quantity` counts smallest packs, coded or not."""

    item: Item
    batch: Batch = NO_BATCH
    quantity: int = 0
    codes: tuple[str, ...] = ()
    price_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Movement:
    """One document: who it was with, why, and what it moved.

    `party` is the supplier or the other store; `reference` the other side's document number;
    `arrived_at` and `arrival_celsius` belong to goods kept cold. `approval` is the second
    person's yes, where the store wants one.
    """

    number: str
    kind: MovementKind
    at: datetime
    operator: str
    party: str = ""
    reference: str = ""
    reason: str = ""
    lines: tuple[MovementLine, ...] = ()
    arrived_at: datetime | None = None
    arrival_celsius: str = ""
    approval: Approval | None = None

    @property
    def actor(self) -> Actor:
        """Who posts it, and when."""
        return Actor(self.at, self.operator)


@dataclass(frozen=True, slots=True)
class PackRelation:
    """One code of a relation file: what it is packed in, its level (1 = smallest).

    `smallest` marks a carton that is itself sold in parts (facts on codes, 1.2).
    """

    code: str
    parent: str | None
    level: int
    smallest: bool = False


@dataclass(frozen=True, slots=True)
class StockLot:
    """How many smallest packs of a lot a shop starts with."""

    item: str
    batch: Batch
    quantity: int
