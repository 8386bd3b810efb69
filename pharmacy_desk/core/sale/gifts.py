"""Gifts (赠品): boxes that go out at ¥0.00, scanned and uploaded like any other.

Prescription drugs and class-A OTC (甲类 OTC) are never given away, and a drug whose class is not
known might be one of them (facts on the trade, section 3, "reviewed practice").
"""

from enum import StrEnum

from pharmacy_desk.core.catalogue.drugs import Category, Item, RxFlag

# Goods that the drug agency classes as prescription or OTC; pieces, devices and food are not. What
# is not known to be one of those may be a drug.
_CLASSED = frozenset(
    {
        Category.WESTERN,
        Category.PREPARED_CHINESE,
        Category.FORMULA_GRANULE,
        Category.HOSPITAL_PREPARATION,
        Category.UNKNOWN,
    }
)


class GiftRefusal(StrEnum):
    """Why a line does not become a gift, or stays what it is."""

    NOTHING_THERE = "nothing_there"
    PRESCRIPTION = "prescription"
    OTC_A = "otc_a"
    CLASS_UNKNOWN = "class_unknown"
    UNITS = "units"


def gift_refusal(item: Item) -> GiftRefusal | None:
    """Why an item may not be given away; None when it may.

    `OTC` without its letter may be class A: only `OTC乙` is known to be free.
    """
    if item.rx is RxFlag.RX:
        return GiftRefusal.PRESCRIPTION
    if item.rx is RxFlag.OTC_A:
        return GiftRefusal.OTC_A
    if item.category in _CLASSED and item.rx is not RxFlag.OTC_B:
        return GiftRefusal.CLASS_UNKNOWN
    return None
