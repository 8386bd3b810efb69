"""Recalls in force, and where the boxes of one are: here, sold on which receipts, or gone."""

from datetime import datetime

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.stock.facts import Recall


@dataclass(frozen=True, slots=True)
class OpenRecall:
    """A recall in force: since when, and by whom."""

    recall: Recall
    at: datetime
    operator: str


@dataclass(frozen=True, slots=True)
class Traced:
    """One box: what it is, where it is, and the document that says so.

    `units` is how many of an opened box's units a receipt sold; None for a whole box. Boxes of
    the no-code library have no code: there `units` is how many are left of an entry, and its
    number is the document.
    """

    code: str
    item: str
    name: str
    lot: str | None
    state: str
    document: str
    at: str
    party: str = ""
    units: int | None = None

    def as_json(self) -> dict[str, str | int | None]:
        """The box as the contract's object."""
        return {
            "code": self.code or None,
            "item": self.item,
            "name": self.name,
            "lot": self.lot,
            "state": self.state,
            "document": self.document,
            "at": self.at,
            "party": self.party,
            "units": self.units,
        }


@dataclass(frozen=True, slots=True)
class Found:
    """One row of a recall's list; `run` and `key` tell where the next page begins."""

    where: str
    box: Traced
    run: int
    key: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """How many boxes of a recall are here, sold and gone; goes back to its reader for the rows.

    Units sold of one box on several receipts are several rows, each counted.
    """

    here: int
    sold: int
    gone: int
