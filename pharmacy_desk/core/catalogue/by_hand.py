"""A drug that a person tells: added at the counter, or changed in the catalogue.

Its cells are those of a drug list and read by the same rules, but nothing is taken for granted:
what nobody tells stays unknown.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drug_list import (
    BadRow,
    Header,
    KeptCell,
    over_known,
    read_rows,
)
from pharmacy_desk.core.catalogue.drugs import Category, InsuranceClass, Item
from pharmacy_desk.core.scanning.persons import names_person

# What stands on a box, and its price: what is asked at the counter.
AT_THE_COUNTER = ("name", "spec", "maker", "approval", "price")
# What the office may change. The item code is fixed; lots are told by boxes and documents, and
# identifications by the three-code map.
EDITABLE = (
    *AT_THE_COUNTER,
    "category",
    "rx",
    "insurance_class",
    "insurance_code",
    "dosage_form",
    "unit",
    "barcodes",
    "cost",
    "split_unit",
    "split_ratio",
    "ephedrine",
    "doping",
    "cold",
    "pinyin",
)
YES, NO = "是", "否"
# The number alone, as it is read off a box: H20130339 is 国药准字H20130339, HJ is an import.
_APPROVAL = re.compile(r"[HZSBTFJ]J?[0-9]{8}")


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell that cannot be kept: its column where one is to blame, and a reason word."""

    column: str
    reason: str


def added(code: str, cells: Mapping[str, str]) -> Item | BadCell:
    """A drug that the list does not know, as it is told at the counter; to be completed."""
    item = _told(code, cells)
    if isinstance(item, BadCell):
        return item
    return item if item.price_fen else BadCell("price", "bad_price")


def edited(known: Item, cells: Mapping[str, str]) -> Item | BadCell:
    """A known drug with other cells; what they do not name stays as it is."""
    told = _told(known.code, {"name": known.name, **cells})
    if isinstance(told, BadCell):
        return told
    return replace(over_known(told, known, frozenset(cells)), lots=known.lots)


def _told(code: str, cells: Mapping[str, str]) -> Item | BadCell:
    row = {column: text.strip() for column, text in cells.items()}
    if _APPROVAL.fullmatch(row.get("approval", "")):
        row["approval"] = f"国药准字{row['approval']}"
    for column, text in row.items():
        if column != "barcodes" and names_person(text, date.max):
            return BadCell(column, "personal_code")
    header = Header({column: place for place, column in enumerate(("code", *row))}, ())
    for read in read_rows(header, iter([(1, [code, *row.values()])])):
        if isinstance(read, BadRow):
            return BadCell(_blamed(read.reason), read.reason)
        if isinstance(read, KeptCell):
            return BadCell("insurance_class", "bad_insurance_class")
        return _unknown_where_untold(read, row)
    raise AssertionError("a row is read as an item or as a bad one")


def _unknown_where_untold(item: Item, row: Mapping[str, str]) -> Item:
    """A list that does not tell the class tells a drug the fund does not pay; a person does not."""
    return replace(
        item,
        category=item.category if row.get("category") else Category.UNKNOWN,
        insurance_class=item.insurance_class
        if row.get("insurance_class")
        else InsuranceClass.UNKNOWN,
        incomplete=True,
    )


def _blamed(reason: str) -> str:
    column = reason.removeprefix("bad_").removesuffix("_missing")
    if column.startswith("barcode"):
        return "barcodes"
    return column if column in EDITABLE else ""


def cells_of(item: Item) -> dict[str, str]:
    """A drug as the cells of a drug list: what a form shows, and what an event tells."""
    batch = item.batch
    return {
        "name": item.name,
        "spec": item.spec,
        "dosage_form": item.dosage_form,
        "maker": item.maker,
        "approval": item.approval,
        "insurance_code": item.insurance_code,
        "insurance_class": item.insurance_class.value,
        "barcodes": ";".join(sorted(item.barcodes)),
        "rx": item.rx.value,
        "category": item.category.value,
        "price": yuan(item.price_fen),
        "cost": "" if item.cost_fen is None else yuan(item.cost_fen),
        "unit": item.unit,
        "split_unit": item.split_unit,
        "split_ratio": str(item.split_ratio or ""),
        "ephedrine": YES if item.ephedrine else NO,
        "doping": YES if item.doping else NO,
        "cold": YES if item.cold else NO,
        "lot": batch.lot or "",
        "made": batch.made.isoformat() if batch.made else "",
        "expiry": batch.expiry.isoformat() if batch.expiry else "",
        "pinyin": item.pinyin,
        "incomplete": YES if item.incomplete else NO,
    }


def changes(before: Item, after: Item) -> dict[str, tuple[str, str]]:
    """Column by column what a drug was and is."""
    was, now = cells_of(before), cells_of(after)
    return {column: (was[column], now[column]) for column in now if was[column] != now[column]}
