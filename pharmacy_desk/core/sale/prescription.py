"""Prescriptions (处方): what was prescribed, by whom, and what of it has been dispensed.

Pure values. A prescription is kept once; what a sale takes of it is counted in the sale's own
transaction, so that nothing is dispensed twice and a part keeps its rest. What was diagnosed and
the picture are sealed records: here stands only their reference.
"""

from datetime import date, datetime

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drugs import Item


@dataclass(frozen=True, slots=True)
class Prescribed:
    """One drug of a prescription, in whole packs; `dispensed` is what paid sales have taken.

    It is known by our item code, or by its insurance code where another's list names it.
    """

    line: int
    item: str
    name: str
    quantity: int
    insurance_code: str = ""
    dispensed: int = 0

    @property
    def left(self) -> int:
        """Packs that may still be dispensed."""
        return max(0, self.quantity - self.dispensed)

    def is_for(self, item: Item) -> bool:
        """True when this box of the shelf is what was prescribed."""
        if self.item == item.code:
            return True
        return bool(self.insurance_code) and self.insurance_code == item.insurance_code


@dataclass(frozen=True, slots=True)
class Taken:
    """A paid sale that took of a prescription: its receipt and when."""

    receipt: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Checkers:
    """Who reviewed (审核), dispensed (调配) and checked (核对) it: numbers of our staff."""

    reviewer: str = ""
    dispenser: str = ""
    checker: str = ""


@dataclass(frozen=True, slots=True)
class Prescription:
    """A prescription as the ledger keeps it. `id` is its random reference, all an event holds.

    `area` is the institution's insurance area (six digits), empty when nobody told. `download` is
    what the electronic one was given out under, by which it is marked as dispensed; a paper one
    has none. `sealed` is the reference of its diagnosis and picture. `last` is the newest sale
    that took of it, `waits_in` another open or held sale it was put to.
    """

    id: str
    number: str
    institution: str
    area: str
    prescriber: str
    issued: date
    drugs: tuple[Prescribed, ...]
    checkers: Checkers = Checkers()
    download: str = ""
    sealed: str | None = None
    last: Taken | None = None
    waits_in: str = ""

    @property
    def electronic(self) -> bool:
        """True for one that came from the insurance's electronic prescriptions."""
        return bool(self.download)

    @property
    def untouched(self) -> bool:
        """True while no paid sale has taken of it: what was told may still be told anew."""
        return not any(drug.dispensed for drug in self.drugs)

    @property
    def used_up(self) -> bool:
        """True when nothing of it is left."""
        return not any(drug.left for drug in self.drugs)

    def drug_for(self, item: Item) -> Prescribed | None:
        """What it prescribes of this item: a line with something left, else one without."""
        found = [drug for drug in self.drugs if drug.is_for(item)]
        return next((drug for drug in found if drug.left), found[0] if found else None)


# What a form and a platform's field hold (facts on platforms, 2.5: rxno C40, names C50).
MOST_NUMBER_CHARS = 40
MOST_NAME_CHARS = 50
MOST_INSTITUTION_CHARS = 100
MOST_PACKS = 999


@dataclass(frozen=True, slots=True, repr=False)
class RxOrder:
    """A prescription as a person tells it, before it is kept.

    `drugs` are (item code or barcode, packs); none means the sale's prescription drugs as they
    stand. `prescribed` is what an electronic one names by insurance codes. `diagnosis` and
    `picture` are sealed and never shown by `repr`.
    """

    number: str
    institution: str
    area: str
    prescriber: str
    issued: date | None
    drugs: tuple[tuple[str, int], ...] = ()
    checkers: Checkers = Checkers()
    diagnosis: str = ""
    picture: bytes = b""
    download: str = ""
    prescribed: tuple[Prescribed, ...] = ()


def order_flaw(order: RxOrder, today: date) -> str:
    """What is lacking or wrong in what was told; empty when it can be kept."""
    checks = (
        (_fits(order.number, MOST_NUMBER_CHARS), "number"),
        (_fits(order.institution, MOST_INSTITUTION_CHARS), "institution"),
        (_fits(order.prescriber, MOST_NAME_CHARS), "prescriber"),
        (not order.area or (order.area.isascii() and len(order.area) == 6), "area"),
        (order.area.isdigit() or not order.area, "area"),
        (order.issued is not None and order.issued <= today, "issued"),
        (all(0 < packs <= MOST_PACKS for _, packs in order.drugs), "drugs"),
    )
    return next((name for right, name in checks if not right), "")


def _fits(text: str, most: int) -> bool:
    return 0 < len(text) <= most and text.isprintable()
