"""What the store knows of a box: who has or had it, where it is, its pack, what recalls it."""

from datetime import datetime
from enum import StrEnum

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drugs import Batch, Item
from pharmacy_desk.core.stock.custody import BoxState


class ClaimState(StrEnum):
    """A code's row in the ledger: reserved by an open sale, finally sold, or ended."""

    LIVE = "live"
    FINAL = "final"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Earlier:
    """The earlier claim on a code: the evidence a refusal names (when, receipt, counter, who).

    Of the `past` it is a sale of the system that stood here before, under that system's number.
    """

    state: ClaimState
    sale: str
    counter: str
    operator: str
    at: datetime
    held: bool = False
    past: bool = False


@dataclass(frozen=True, slots=True)
class BoxRecord:
    """What the ledger knows of a box besides its sale: where it is, whose it is, its lot.

    `units_left` counts split units of an opened box, `party` is the supplier or store it came
    from. `settled_at` and `settled_words` are there once the platform said that the code was
    settled elsewhere: when it did, and in which words.
    """

    code: str
    state: BoxState
    item: str
    batch: Batch
    document: str
    at: datetime
    counter: str
    operator: str
    party: str = ""
    units_left: int | None = None
    settled_at: datetime | None = None
    settled_words: str = ""


@dataclass(frozen=True, slots=True)
class PackFacts:
    """Where a code stands among packs: `level` 1 is the smallest, `inner` the boxes inside.

    `parent_sold` is the sale of a pack around it, `inner_taken` a box inside that is in a sale,
    sold, or came back from one.
    """

    level: int = 1
    parent: str | None = None
    inner: tuple[str, ...] = ()
    parent_sold: Earlier | None = None
    inner_taken: "TakenBox | None" = None


@dataclass(frozen=True, slots=True)
class TakenBox:
    """A box of a pack that has gone its own way: its code, and who has or had it."""

    code: str
    claim: Earlier


@dataclass(frozen=True, slots=True)
class Recall:
    """One open recall or hold: what it names (`key`), its value, its number and its reason."""

    number: str
    key: str
    value: str
    reason: str = ""

    def holds(self, code: str, item: Item, batch: Batch, record: BoxRecord | None) -> bool:
        """Whether it holds this box."""
        match self.key:
            case "code":
                return code == self.value
            case "lot":
                return batch.lot == self.value
            case "drug":
                return self.value in (item.code, item.name, item.approval)
            case "supplier":
                return record is not None and record.party == self.value
        return False


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One moment of a box's life."""

    at: datetime
    event: str
    document: str | None
    operator: str
    counter: str
    payload: dict[str, object]
