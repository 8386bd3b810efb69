"""What the insurance's own client or the till tells of a settlement: a small file, or a barcode.

Which columns and which barcode, the region's profile says. What is read is only offered: a person
compares it with the paper and confirms it, as if it had been typed.
"""

import re
from collections.abc import Mapping

from pharmacy_desk.core.basics.money import parse_yuan
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.sale.sale import Settlement
from pharmacy_desk.core.sale.settlement import typed_settlement

# setl_id and mdtrt_id are C30 (facts on platforms, 2.5 rows 13 and 14).
_NUMBER = re.compile(r"[0-9A-Za-z]{1,30}")
_PARTS = ("fund", "account", "mutual", "cash")


@dataclass(frozen=True, slots=True)
class SlipForm:
    """Names under which each word may stand in a file, and the form of the slip's barcode.

    The words are `setl_id`, `mdtrt_id`, `fund`, `account`, `mutual`, `cash` (yuan) and `document`,
    our own number of the sale; the barcode's groups have the same names. No barcode: empty.
    """

    columns: Mapping[str, tuple[str, ...]]
    barcode: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    """A settlement as a slip tells it; `document` is the sale it names, if it names one."""

    settlement: Settlement
    document: str = ""


def slip_of(cells: Mapping[str, str], form: SlipForm) -> Slip | None:
    """The slip in the cells of a file; None where it has no number or an amount is none."""
    return _slip(
        {
            word: next((cells[name].strip() for name in names if cells.get(name, "").strip()), "")
            for word, names in form.columns.items()
        }
    )


def slip_in(text: str, form: SlipForm) -> Slip | None:
    """The slip in a scanned barcode; None for any other text."""
    found = re.fullmatch(form.barcode, text) if form.barcode else None
    return _slip({word: told or "" for word, told in found.groupdict().items()}) if found else None


def _slip(told: Mapping[str, str]) -> Slip | None:
    number, visit = told.get("setl_id", ""), told.get("mdtrt_id", "")
    amounts = [told.get(name, "") for name in _PARTS]
    parts = [parse_yuan(one) if one else None for one in amounts]
    bad = [one for one, part in zip(amounts, parts, strict=True) if one and part is None]
    if bad or not _NUMBER.fullmatch(number) or (visit and not _NUMBER.fullmatch(visit)):
        return None
    return Slip(typed_settlement(number, visit or None, parts), told.get("document", ""))
