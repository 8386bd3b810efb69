"""The goods of the bench: drugs of a made-up catalogue and trace codes that never repeat."""

import random
import time
from collections.abc import Iterator
from datetime import date

from pharmacy_desk.core.catalogue.drugs import Batch, InsuranceClass, Item, RxFlag

ITEMS = 100_000
# A pharmacy lists far more than it sells: this many drugs have boxes in the ledger.
SOLD_ITEMS = 3_000
# Serials below this are for generated sales, those above for the scans of a run.
_SOLD_SERIALS = 9_000_000_000_000
_FRESH_SERIALS = 1_000_000_000_000
# Shares no factor with 9e12 (2, 3, 5), so that multiplying by it never gives a serial twice.
_STRIDE = 7_368_787_211_057
_WORDS = ("阿莫西林", "布洛芬", "复方丹参", "头孢克肟", "氨氯地平", "二甲双胍", "奥美拉唑")
_FORMS = (("胶囊", "JN"), ("片", "P"), ("颗粒", "KL"), ("滴丸", "DW"), ("缓释片", "HSP"))
_SHORT = ("AMXL", "BLF", "FFDS", "TBKW", "ALDP", "EJSG", "AMLZ")
_BATCH = Batch("250806", date(2025, 8, 6), date(2039, 8, 5))


def identification(number: int) -> str:
    """The identification code of a drug."""
    return f"8{number * 7 % 1_000_000:06d}"


def _barcode(number: int) -> str:
    body = f"690{number:09d}"
    odd, even = sum(map(int, body[0::2])), sum(map(int, body[1::2]))
    return f"{body}{-(odd + 3 * even) % 10}"


def item(number: int) -> Item:
    """Drug `number` of the catalogue, with barcode, identification and a lot that is good."""
    word, form = number % len(_WORDS), number // len(_WORDS) % len(_FORMS)
    return Item(
        code=f"B{number:06d}",
        name=f"{_WORDS[word]}{_FORMS[form][0]}（{number:06d}）",
        spec="0.25g×24粒",
        dosage_form=_FORMS[form][0],
        maker=f"示例药业{number % 97}厂",
        approval=f"国药准字H{20_000_000 + number}",
        insurance_code=f"XZ99AAZ999A{number:012d}",
        insurance_class=InsuranceClass.B,
        rx=RxFlag.OTC_A,
        price_fen=500 + number % 9_000,
        batch=_BATCH,
        pinyin=_SHORT[word] + _FORMS[form][1],
        barcodes=(_barcode(number),),
        identifications=(identification(number),),
    )


def sold_code(number: int) -> tuple[int, str]:
    """(drug, code) of generated box `number`; boxes lie scattered over drugs and serials."""
    drug = number // 10 * 1_999 % SOLD_ITEMS  # ten boxes of one drug, then another drug
    return drug, f"{identification(drug)}{number * _STRIDE % _SOLD_SERIALS:013d}"


def fresh_codes() -> Iterator[str]:
    """Codes never scanned before, also not by an earlier run on the same file.

    Two in a row are of different drugs, so that each verdict reads differently and is painted.
    """
    serial = int(time.time() * 1000) % _FRESH_SERIALS
    draw = random.Random(serial)
    drug = 0
    while True:
        drug = (drug + draw.randrange(1, SOLD_ITEMS)) % SOLD_ITEMS
        serial = (serial + 1) % _FRESH_SERIALS
        yield f"{identification(drug)}{_SOLD_SERIALS + serial:013d}"
