"""Product, in-store and master codes: things that name a drug, never a box.

Rules: facts on codes, section 2, rows 4 to 6. A scanner sends a commodity barcode as EAN-13, EAN-8,
UPC-A (12 digits, or 13 with a zero before them), ITF-14, or with a two- or five-digit add-on, then
under the AIM id `]E3` (section 1.4).
"""

from pharmacy_desk.core.scanning.codes.checks import gs1_mod10
from pharmacy_desk.core.scanning.scan import Kind, Problem, Reading

_WITH_ADD_ON = "]E3"
_ADD_ON_SIZES = (15, 18)


def read(text: str, raw: str, aim: str | None = None) -> Reading | None:
    """EAN-13 and its kin, 药品本位码, in-store codes; a failed check digit is damage."""
    if not (text.isascii() and text.isdigit()):
        return None
    size = len(text)
    if aim == _WITH_ADD_ON and size in _ADD_ON_SIZES:
        return _thirteen(text[:13], raw)
    if size == 14:
        return _fourteen(text, raw)
    if size == 13:
        return _thirteen(text, raw)
    if size in (8, 12) and _good(text):
        # UPC-A of number system 2 is what EAN-13 writes as 02: weighed and packed in the store.
        in_store = size == 12 and text[0] == "2"
        return _in_store(text, raw) if in_store else _product(text, raw)
    return None


def _fourteen(text: str, raw: str) -> Reading | None:
    good = _good(text)
    if text.startswith("869"):
        return Reading(Kind.DRUG_MASTER_CODE, raw, text) if good else _bad_check(raw)
    return _product(text, raw) if good else None


def _thirteen(text: str, raw: str) -> Reading | None:
    good = _good(text)
    if "690" <= text[:3] <= "699":
        return _product(text, raw) if good else _bad_check(raw)
    if good and (text[0] == "2" or text[:2] == "02"):
        return _in_store(text, raw)
    return _product(text, raw) if good else None


def _good(text: str) -> bool:
    """A check digit that fits; zeros alone fit too and name no product."""
    return gs1_mod10(text) and text.strip("0") != ""


def _product(text: str, raw: str) -> Reading:
    return Reading(Kind.PRODUCT_BARCODE, raw, text, gtin=text.zfill(14))


def _in_store(text: str, raw: str) -> Reading:
    return Reading(Kind.IN_STORE_BARCODE, raw, text)


def _bad_check(raw: str) -> Reading:
    return Reading(Kind.DAMAGED, raw, problem=Problem.BAD_CHECK_DIGIT)
