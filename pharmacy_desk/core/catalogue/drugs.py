"""Drugs of the catalogue, what they need at the counter, and the three-code map (三码映射)."""

import re
import unicodedata
from datetime import date, datetime
from enum import IntEnum, StrEnum

from pharmacy_desk.core.basics.values import dataclass

# `0.3g×24粒`, `0.3g*24粒`, `0.3g x 24粒`: an x between a unit and a number.
_TIMES = re.compile(r"[×✕*]|(?<=[^0-9])x(?=[0-9])")


class Category(StrEnum):
    """What an item is, as the catalogue file names it (contracts, section 6).

    Unknown is what nobody has told yet of a drug that was added at the counter.
    """

    WESTERN = "西药"
    PREPARED_CHINESE = "中成药"
    DECOCTION_PIECE = "中药饮片"
    FORMULA_GRANULE = "配方颗粒"
    HOSPITAL_PREPARATION = "院内制剂"
    DEVICE_I = "一类医疗器械"
    DEVICE_II = "二类医疗器械"
    DEVICE_III = "三类医疗器械"
    HEALTH_FOOD = "保健食品"
    DAILY = "日用品"
    UNKNOWN = ""


class RxFlag(StrEnum):
    """Prescription flag of an item."""

    RX = "RX"
    OTC = "OTC"
    OTC_A = "OTC甲"
    OTC_B = "OTC乙"
    NONE = ""


class InsuranceClass(StrEnum):
    """How the insurance fund classes an item; unknown until somebody tells."""

    A = "甲"
    B = "乙"
    C = "丙"
    SELF = "自费"
    NOT_DRUG = "非药品"
    UNKNOWN = ""


# Categories that need no trace code: facts on the trade, section 1, "What needs no code".
# Devices of class II and III carry UDI, not trace codes; food and daily goods are not drugs. What
# nobody knows yet was added for a box that carries one.
_NEEDS_CODE = frozenset({Category.WESTERN, Category.PREPARED_CHINESE, Category.UNKNOWN})
# Drugs in their several forms: what the insurance fund may pay for at all.
DRUGS = frozenset(
    {
        Category.WESTERN,
        Category.PREPARED_CHINESE,
        Category.DECOCTION_PIECE,
        Category.FORMULA_GRANULE,
        Category.HOSPITAL_PREPARATION,
    }
)


@dataclass(frozen=True, slots=True)
class Batch:
    """Lot number (生产批号), production date and expiry of a box; any of them may be unknown."""

    lot: str | None = None
    made: date | None = None
    expiry: date | None = None

    @property
    def complete(self) -> bool:
        """True when all three are known: what an upload line needs (facts on platforms, 2.5)."""
        return bool(self.lot and self.made and self.expiry)

    def over(self, other: "Batch") -> "Batch":
        """This batch with its gaps filled from `other`, unless the two contradict each other."""
        pairs = ((self.lot, other.lot), (self.made, other.made), (self.expiry, other.expiry))
        if any(mine and theirs and mine != theirs for mine, theirs in pairs):
            return self
        return Batch(self.lot or other.lot, self.made or other.made, self.expiry or other.expiry)


NO_BATCH = Batch()


@dataclass(frozen=True, slots=True)
class Item:
    """One catalogue item. Prices are fen. `split_ratio` is units in one box (拆零比), or None.

    `incomplete` marks a drug that was added at the counter until the office has completed it.
    """

    code: str
    name: str
    spec: str = ""
    dosage_form: str = ""
    maker: str = ""
    approval: str = ""
    insurance_code: str = ""
    insurance_class: InsuranceClass = InsuranceClass.SELF
    rx: RxFlag = RxFlag.NONE
    category: Category = Category.WESTERN
    price_fen: int = 0
    cost_fen: int | None = None
    unit: str = "盒"
    split_unit: str = ""
    split_ratio: int | None = None
    ephedrine: bool = False
    doping: bool = False
    cold: bool = False
    batch: Batch = NO_BATCH
    pinyin: str = ""
    barcodes: tuple[str, ...] = ()
    identifications: tuple[str, ...] = ()
    lots: tuple[Batch, ...] = ()
    incomplete: bool = False

    def batch_of(self, box: Batch) -> Batch:
        """What is known of a box that tells `box` by itself: its own lot's dates, never others'.

        A box that tells no lot is taken to be of the item's current one.
        """
        for known in (*self.lots, self.batch):
            if box.lot and known.lot == box.lot:
                box = box.over(known)
        return box if box.lot else box.over(self.batch)

    @property
    def unit_price_fen(self) -> int:
        """Price of one split unit in fen, rounded up: a box sold in parts never costs less."""
        ratio = self.split_ratio or 1
        return -(-self.price_fen // ratio)

    @property
    def needs_code(self) -> bool:
        """True when every box of it must have its trace code scanned."""
        return self.category in _NEEDS_CODE

    @property
    def lacking(self) -> tuple[str, ...]:
        """Columns of the drug list that a drug must have told before it is complete.

        The prescription flag is asked of drugs only, once it is known that it is one.
        """
        told = {
            "spec": self.spec,
            "maker": self.maker,
            "approval": self.approval,
            "category": self.category.value,
            "insurance_class": self.insurance_class.value,
            "price": self.price_fen,
        }
        if self.category in (Category.WESTERN, Category.PREPARED_CHINESE):
            told["rx"] = self.rx.value
        return tuple(column for column, value in told.items() if not value)

    @property
    def carries_udi(self) -> bool:
        """True for devices of class II and III: their boxes carry a UDI, not a trace code."""
        return self.category in (Category.DEVICE_II, Category.DEVICE_III)

    @property
    def needs_batch(self) -> bool:
        """True when its lot and dates must be known before an upload line can be made."""
        return self.category in _NEEDS_CODE

    @property
    def insurance_payable(self) -> bool:
        """True when the fund may pay for it: a drug of class 甲 or 乙 with an insurance code."""
        return (
            self.category in DRUGS
            and self.insurance_class in (InsuranceClass.A, InsuranceClass.B)
            and bool(self.insurance_code)
        )


def plain_drug(text: str) -> str:
    """A drug's name or size without what differs from paper to paper: width, case, blanks, ×."""
    wide = unicodedata.normalize("NFKC", text).casefold()
    return _TIMES.sub("*", "".join(wide.split()))


class MapState(StrEnum):
    """A row of the three-code map: proposed by one person, confirmed for use, or taken out.

    A row that was taken out stays known: the next drug list does not bring it back unseen.
    """

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REMOVED = "removed"


class PackLevel(IntEnum):
    """What one code of an identification stands for: 小, 中 or 大包装 (design, section 5)."""

    SMALLEST = 1
    MIDDLE = 2
    CARTON = 3


@dataclass(frozen=True, slots=True)
class Mapping:
    """One identification code (药品标识码) known, or said, to stand for one item."""

    identification: str
    item: str
    state: MapState = MapState.CONFIRMED
    level: PackLevel = PackLevel.SMALLEST


@dataclass(frozen=True, slots=True)
class MapEntry:
    """A mapping as the ledger holds it: who said it, and when it was last changed."""

    mapping: Mapping
    operator: str
    at: datetime
