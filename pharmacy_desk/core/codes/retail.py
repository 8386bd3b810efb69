"""Product, in-store and master codes: things that name a drug, never a box.

Rules: facts on codes, section 2, rows 4 to 6.
"""

from pharmacy_desk.core.codes.checks import gs1_mod10
from pharmacy_desk.core.scan import Kind, Problem, Reading


def read(text: str, raw: str) -> Reading | None:
    """EAN-13 and its kin, 药品本位码, in-store codes; a failed check digit is damage."""
    if not (text.isascii() and text.isdigit()):
        return None
    size = len(text)
    if size == 14:
        return _fourteen(text, raw)
    if size == 13:
        return _thirteen(text, raw)
    if size in (8, 12) and gs1_mod10(text):
        return Reading(Kind.PRODUCT_BARCODE, raw, text, gtin=text.zfill(14))
    return None


def _fourteen(text: str, raw: str) -> Reading | None:
    good = gs1_mod10(text)
    if text.startswith("869"):
        if good:
            return Reading(Kind.DRUG_MASTER_CODE, raw, text)
        return Reading(Kind.DAMAGED, raw, problem=Problem.BAD_CHECK_DIGIT)
    if good and text[0] != "0":
        return Reading(Kind.PRODUCT_BARCODE, raw, text, gtin=text)
    return None


def _thirteen(text: str, raw: str) -> Reading | None:
    good = gs1_mod10(text)
    if "690" <= text[:3] <= "699":
        if good:
            return Reading(Kind.PRODUCT_BARCODE, raw, text, gtin="0" + text)
        return Reading(Kind.DAMAGED, raw, problem=Problem.BAD_CHECK_DIGIT)
    if good and (text[0] == "2" or text[:2] == "02"):
        return Reading(Kind.IN_STORE_BARCODE, raw, text)
    if good and text[0] != "0":
        return Reading(Kind.PRODUCT_BARCODE, raw, text, gtin="0" + text)
    return None
