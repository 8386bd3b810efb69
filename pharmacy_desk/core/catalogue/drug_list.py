"""A drug list as chains export it: header names, synonyms, and what each row must hold.

Layout: contracts, section 6. A bad row is reported by number and reason, a good one is kept.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from pharmacy_desk.core.basics.money import parse_yuan
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drugs import Batch, Category, InsuranceClass, Item, RxFlag
from pharmacy_desk.core.scanning.codes.checks import gs1_mod10
from pharmacy_desk.core.scanning.persons import masked, names_person

# Our column → the header names it is known by; the first is what we write.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("商品编码", "货号", "商品编号"),
    "name": ("商品名称", "通用名", "品名", "通用名称", "药品名称"),
    "spec": ("规格", "商品规格"),
    "dosage_form": ("剂型",),
    "maker": ("生产企业", "生产厂家", "上市许可持有人", "厂家"),
    "approval": ("批准文号", "国药准字"),
    "insurance_code": ("医保编码", "国家医保代码", "国标代码", "国家医保编码"),
    "insurance_class": ("医保类别", "医保类型"),
    "barcodes": ("商品条码", "69码", "条码", "条形码"),
    "identifications": ("药品标识码", "标识码"),
    "rx": ("处方标志", "处方类别", "处方类型"),
    "category": ("类别", "商品类型", "商品类别"),
    "price": ("零售价", "售价"),
    "cost": ("购进价", "进价", "购入价"),
    "unit": ("单位", "包装单位"),
    "split_unit": ("拆零单位",),
    "split_ratio": ("拆零比",),
    "ephedrine": ("含麻",),
    "doping": ("含兴奋剂",),
    "cold": ("冷藏",),
    "lot": ("生产批号", "批号"),
    "made": ("生产日期",),
    "expiry": ("有效期至", "效期", "有效期"),
    "pinyin": ("拼音码", "助记码"),
}
ALL_COLUMNS = frozenset(COLUMNS)
REQUIRED = ("code", "name")
# Codes of the store and of the trade: a drug is never refused for how its code looks.
_OWN_CODES = frozenset({"code", "barcodes", "identifications"})
_BATCH = ("lot", "made", "expiry")
# Column → field of an item where the two are called differently.
_FIELDS = {column: column for column in COLUMNS if column not in _BATCH} | {
    "price": "price_fen",
    "cost": "cost_fen",
}
K = TypeVar("K")


_CATEGORY_SYNONYMS = {
    "西药": Category.WESTERN,
    "化学药": Category.WESTERN,
    "生物制品": Category.WESTERN,
    "中成药": Category.PREPARED_CHINESE,
    "饮片": Category.DECOCTION_PIECE,
    "颗粒": Category.FORMULA_GRANULE,
    "一类": Category.DEVICE_I,
    "二类": Category.DEVICE_II,
    "三类": Category.DEVICE_III,
} | {category.value: category for category in Category}
_RX_SYNONYMS = {flag.value: flag for flag in RxFlag} | {
    "处方药": RxFlag.RX,
    "处方": RxFlag.RX,
    "甲类OTC": RxFlag.OTC_A,
    "乙类OTC": RxFlag.OTC_B,
    "非处方药": RxFlag.OTC,
}
_INSURANCE_SYNONYMS = {known.value: known for known in InsuranceClass} | {
    "甲类": InsuranceClass.A,
    "乙类": InsuranceClass.B,
    "丙类": InsuranceClass.C,
    "自费药": InsuranceClass.SELF,
    "": InsuranceClass.SELF,
}
_DATE = re.compile(
    r"([0-9]{4})(?:[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?|([0-9]{2})([0-9]{2}))\Z"
)


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was not taken: its number in the file, a reason word, and the cell's text."""

    row: int
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class KeptCell:
    """A cell that was not understood in a row that was taken: as it stood, and taken as what."""

    row: int
    column: str
    text: str
    taken_as: str


@dataclass(frozen=True, slots=True)
class Header:
    """Where our columns stand in a file, and the file's columns that we do not know."""

    places: Mapping[str, int]
    unknown: tuple[str, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Required columns that the file lacks, by the name we write."""
        return tuple(COLUMNS[name][0] for name in REQUIRED if name not in self.places)


def read_header(cells: Sequence[str]) -> Header:
    """Learn a header row by names and synonyms, never by position."""
    known = {name: column for column, names in COLUMNS.items() for name in names}
    places: dict[str, int] = {}
    unknown: list[str] = []
    for index, cell in enumerate(cells):
        column = known.get(re.sub(r"[\s（(].*", "", cell.strip()))
        if column and column not in places:
            places[column] = index
        elif cell.strip():
            unknown.append(cell.strip()[:40])
    return Header(places, tuple(unknown))


class _RowError(ValueError):
    """Carries reason and cell text from a cell's reader to the row's."""


def read_rows(
    header: Header, table: Iterator[tuple[int, list[str]]]
) -> Iterator[Item | BadRow | KeptCell]:
    """Each row as an item or as a bad row. A code that comes twice is kept the first time.

    An item with a cell that was not understood comes behind that cell.
    """
    seen: set[str] = set()
    for number, cells in table:
        row = {
            column: cells[index] if index < len(cells) else ""
            for column, index in header.places.items()
        }
        try:
            _refuse_broken(cells)
            plain = _nobodys(row)
            item = _item(plain)
            if item.code in seen:
                yield BadRow(number, "duplicate_row", item.code)
                continue
            yield from _strange(number, plain)
            yield item
            seen.add(item.code)
        except _RowError as error:
            yield BadRow(number, str(error.args[0]), masked(str(error.args[1]), date.max)[:80])


def _refuse_broken(cells: Sequence[str]) -> None:
    """Refuse a row with a NUL anywhere: something was lost in it, and nobody knows what."""
    if any("\x00" in cell for cell in cells):
        raise _RowError("nul_character", "")


def _nobodys(row: Mapping[str, str]) -> Mapping[str, str]:
    """The row with nobody's number in its texts; a lot that is one is refused, for it is no lot."""
    if names_person(row.get("lot", ""), date.max):
        raise _RowError("personal_code", row["lot"])
    return {
        name: text if name in _OWN_CODES else masked(text, date.max, prose=False)
        for name, text in row.items()
    }


def _strange(number: int, row: Mapping[str, str]) -> Iterator[KeptCell]:
    """An insurance class nobody knows: the drug comes in, as one the fund pays nothing for."""
    text = row.get("insurance_class", "").strip()
    if _insurance_class(text) is None:
        written = COLUMNS["insurance_class"][0]
        yield KeptCell(number, written, text[:40], InsuranceClass.SELF.value)


def _insurance_class(text: str) -> InsuranceClass | None:
    return _INSURANCE_SYNONYMS.get(text)


def _item(row: Mapping[str, str]) -> Item:
    code, name = row["code"], row["name"]
    if not re.fullmatch(r"[!-~]{1,30}", code):
        raise _RowError("bad_item_code", code)
    if not name or any(not ch.isprintable() for ch in name):
        raise _RowError("name_missing", name)
    batch = Batch(row.get("lot") or None, _day(row, "made"), _day(row, "expiry"))
    if batch.made and batch.expiry and batch.expiry <= batch.made:
        raise _RowError("expiry_before_production", str(batch.expiry))
    return Item(
        code=code,
        name=name[:200],
        spec=row.get("spec", ""),
        dosage_form=row.get("dosage_form", ""),
        maker=row.get("maker", ""),
        approval=row.get("approval", ""),
        insurance_code=row.get("insurance_code", ""),
        insurance_class=_insurance_class(row.get("insurance_class", "").strip())
        or InsuranceClass.SELF,
        rx=_one_of(row, "rx", _RX_SYNONYMS, RxFlag.NONE),
        category=_one_of(row, "category", _CATEGORY_SYNONYMS, Category.WESTERN),
        price_fen=_price(row, "price") or 0,
        cost_fen=_price(row, "cost"),
        unit=row.get("unit") or "盒",
        split_unit=row.get("split_unit", ""),
        split_ratio=_whole(row, "split_ratio"),
        ephedrine=_yes(row, "ephedrine"),
        doping=_yes(row, "doping"),
        cold=_yes(row, "cold"),
        batch=batch,
        pinyin=row.get("pinyin", "").upper(),
        barcodes=tuple(_barcode(part) for part in _parts(row, "barcodes")),
        identifications=tuple(_identification(part) for part in _parts(row, "identifications")),
    )


def over_known(item: Item, known: Item, columns: frozenset[str]) -> Item:
    """`item` as it was told, with what `columns` do not tell as it was known before.

    What was to be completed stays so while something still lacks.
    """
    batch = Batch(
        *(getattr(item.batch if part in columns else known.batch, part) for part in _BATCH)
    )
    kept = {
        field: getattr(known, field)
        for column, field in _FIELDS.items()
        if column not in columns and column not in _BATCH
    }
    over = replace(item, **kept, batch=batch, incomplete=known.incomplete)
    return replace(over, incomplete=False) if known.incomplete and not over.lacking else over


def _parts(row: Mapping[str, str], column: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;；]", row.get(column, "")) if part.strip()]


def _one_of(row: Mapping[str, str], column: str, known: Mapping[str, K], empty: K) -> K:
    text = row.get(column, "").strip()
    if not text:
        return empty
    found = known.get(text) or known.get(text.upper())
    if found is None:
        raise _RowError(f"bad_{column}", text)
    return found


def _price(row: Mapping[str, str], column: str) -> int | None:
    text = row.get(column, "")
    if not text:
        return None
    fen = parse_yuan(text)
    if fen is None:
        raise _RowError(f"bad_{column}", text)
    return fen


def _whole(row: Mapping[str, str], column: str) -> int | None:
    text = row.get(column, "")
    if not text:
        return None
    if not re.fullmatch(r"[1-9]\d{0,4}", text):
        raise _RowError(f"bad_{column}", text)
    return int(text)


def _yes(row: Mapping[str, str], column: str) -> bool:
    text = row.get(column, "")
    if text in ("", "否", "0", "N", "n"):
        return False
    if text in ("是", "1", "Y", "y"):
        return True
    raise _RowError(f"bad_{column}", text)


def _day(row: Mapping[str, str], column: str) -> date | None:
    text = row.get(column, "")
    if not text:
        return None
    found = parse_day(text.split(" ")[0])
    if found is None:
        raise _RowError(f"bad_{column}", text)
    return found


def parse_day(text: str) -> date | None:
    """A whole date in the spellings in use: 2027-05-31, 2027.5.31, 2027年5月31日, 20270531.

    A month without a day is None: which day was meant is not ours to guess.
    """
    match = _DATE.match(text.strip())
    try:
        return date(*(int(part) for part in match.groups() if part)) if match else None
    except ValueError:
        return None


def _barcode(text: str) -> str:
    """A commodity barcode; a number that a spreadsheet has rounded (6.9E+12) is refused."""
    if not text.isascii() or not text.isdigit() or len(text) not in (8, 12, 13, 14):
        raise _RowError("bad_barcode", text)
    if not gs1_mod10(text):
        raise _RowError("bad_barcode_check_digit", text)
    return text


def _identification(text: str) -> str:
    """First seven characters of a trace code, or a GTIN-14."""
    if re.fullmatch(r"[!-~]{7}", text):
        return text
    if re.fullmatch(r"\d{14}", text) and gs1_mod10(text):
        return text
    raise _RowError("bad_identification", text)


def pinyin_key(syllables: Sequence[str]) -> str:
    """A search key from a pinyin library's answer: first letters, and other text as it is."""
    return "".join(ch for part in syllables for ch in part if ch.isalnum()).upper()[:60]
