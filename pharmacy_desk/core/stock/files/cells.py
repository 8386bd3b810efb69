"""Read single cells of the trade's tables, and write them so that no spreadsheet runs them.

A cell is text from outside: it is never run, never rounded, and never shown when it is a
person's. What cannot be taken raises `RowError`, which ends in a bad row (`rows.read_each`).
"""

import re
import unicodedata
from collections.abc import Container, Mapping
from dataclasses import field
from datetime import date

from pharmacy_desk.core.basics.money import parse_yuan
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drug_list import parse_day
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.scanning import persons
from pharmacy_desk.core.scanning.codes import controls, devices
from pharmacy_desk.core.scanning.codes.checks import gs1_mod10
from pharmacy_desk.core.scanning.recognise import promote, recognise_text
from pharmacy_desk.core.scanning.scan import Kind, Reading, normalise, normalise_digits

# Lengths that the platforms take (facts on platforms, 2.3): dynt_no C50, spler_name C200,
# manu_lotnum C30, aprvno C100.
MAX_NUMBER, MAX_SUPPLIER, MAX_LOT, MAX_APPROVAL = 50, 200, 30, 100
# A million boxes in one line is a code in the wrong column, not a delivery.
MAX_QUANTITY = 999_999
# A spreadsheet's own limit for a cell; the table reader cuts there, so that a text of this
# length may have lost codes at its end.
MAX_CELL_CHARS = 32_767
_MOST_SHOWN = 40
_SIGNS = frozenset("=+-@")
# These move what follows into another cell of some programs.
_MOVES = ("\t", "\r", "\n")
# Blanks; the other characters that are not seen are not printable.
_UNSEEN = re.compile(r"\s|\u3164|\u115f|\u1160|\uffa0|\u2800|[\ufe00-\ufe0f]|\u034f")
_PARTS = re.compile(r"[;；]")
# Other systems join codes with these (facts on codes, 1.3).
_OTHER_PARTS = re.compile(r"[,，、|\s]+")
_SCIENTIFIC = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?[eE][+-]?[0-9]+")
# A spreadsheet keeps 15 digits of a number and writes zeros for the other five of a code.
_ZEROED = re.compile(r"(?<![0-9])8[0-9]{14}00000(?![0-9])")
_QUANTITY = re.compile(r"([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.0*)?")
_DEGREES = re.compile(r"\s*(?:℃|°[CＣ]|度)\s*\Z")
_CELSIUS = re.compile(r"[+-]?[0-9]{1,2}(?:\.[0-9]{1,2})?")
_MOMENT = re.compile(r"(\S+)[ T]+([01]?[0-9]|2[0-3]):([0-5][0-9])(?::[0-5][0-9])?(?:\.0+)?")
_ITEM_CODE = re.compile(r"[!-~]{1,30}")


class RowError(ValueError):
    """A cell that cannot be taken: `reason` is a word for the report, `detail` what was there."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


def shown(text: str) -> str:
    """A cell as a report may show it: one line of plain text, personal codes masked."""
    # The last day there is: with it every birth date of the past counts, and more is masked.
    return persons.masked(recognise_text(text, date.max).shown(_MOST_SHOWN), date.max)


def is_run(text: str) -> bool:
    """True for a cell that a spreadsheet may run when the file is opened or the cell edited.

    Full-width signs are signs for one set to Chinese, and what cannot be seen before a sign
    (blanks, line breaks, characters of no width) may be dropped before it is looked at.
    """
    seen = next((ch for ch in text if not _UNSEEN.fullmatch(ch) and ch.isprintable()), "")
    return text.startswith(_MOVES) or unicodedata.normalize("NFKC", seen) in _SIGNS


def protected(text: str) -> str:
    """A cell that no spreadsheet takes for a formula; `unprotected` gives the text back."""
    return f"'{text}" if text.startswith("'") or is_run(text) else text


def formula_safe(text: str) -> str:
    """The same for a file that is not read back; what is `protected` already stays as it is."""
    return f"'{text}" if is_run(text) else text


def unprotected(text: str) -> str:
    """A cell without blanks around it and without the sign that `protected` put before it."""
    plain = text.strip()
    sign, behind = plain[:1], plain[1:]
    return behind if sign == "'" and (behind[:1] == "'" or is_run(behind)) else plain


def parts(text: str) -> list[str]:
    """The values of a cell that holds several, apart by `;` (contracts, section 6)."""
    return [part.strip() for part in _PARTS.split(text) if part.strip()]


def text_of(row: Mapping[str, str], column: str, most: int) -> str:
    """A cell that is kept as it is, at most `most` characters; empty when there is none.

    A person's number in it is masked. Raises `RowError`: too long, not one line of text, or
    nothing but an identity number, which is never kept.
    """
    # Wide and hard blanks of printed forms are plain ones here; a line break is two values.
    text = re.sub(r"[^\S\r\n]+", " ", row.get(column, "").strip())
    if not text:
        return ""
    if len(text) > most or not text.isprintable():
        raise RowError(f"bad_{column}", text)
    # Of the personal kinds only this one has a check: a delivery's number may well look like a
    # payment code.
    if recognise_text(text, date.max).kind is Kind.ID_CARD:
        raise RowError("personal_code", Kind.ID_CARD.value)
    if not persons.names_person(text, date.max):
        return text
    if column == "lot":  # a masked lot is no lot
        raise RowError("personal_code", shown(text))
    return persons.masked(text, date.max, prose=False)


def item_code_of(row: Mapping[str, str], column: str) -> str:
    """An item code (商品编码) in the form the catalogue takes; empty when there is none."""
    text = text_of(row, column, MAX_CELL_CHARS)
    if text and not _ITEM_CODE.fullmatch(text):
        raise RowError("bad_item_code", text)
    return text


def identification_of(row: Mapping[str, str]) -> str:
    """A 药品标识码: seven characters, a GTIN-14, or a device's MA identifier; empty when none."""
    text = row.get("identification", "").strip()
    if text and not (
        re.fullmatch(r"[!-~]{7}", text) or _is_gtin(text) or devices.identifier(text) == text
    ):
        raise RowError("bad_identification", text)
    return text


def _is_gtin(text: str) -> bool:
    return len(text) == 14 and gs1_mod10(text)


def quantity_of(row: Mapping[str, str]) -> int:
    """A positive whole number of boxes; `12.00` of an accounting system is whole, `1.5` is not."""
    text = normalise_digits(row.get("quantity", ""))
    match = _QUANTITY.fullmatch(text)
    count = int(match.group(1).replace(",", "")) if match and len(text) < 20 else 0
    if not 0 < count <= MAX_QUANTITY:
        raise RowError("bad_quantity", text)
    return count


def price_of(row: Mapping[str, str]) -> int | None:
    """A price in fen, from yuan; None when there is none. Parts of a fen are refused."""
    text = row.get("price", "").strip()
    fen = parse_yuan(text) if text else None
    if text and fen is None:
        raise RowError("bad_price", text)
    return fen


def level_of(row: Mapping[str, str]) -> int | None:
    """A pack level, 1 = smallest (facts on codes, 1.2, `packLayer`); None when there is none."""
    text = normalise_digits(row.get("level", ""))
    if text and not re.fullmatch(r"[1-9]", text):
        raise RowError("bad_level", text)
    return int(text) if text else None


def day_of(row: Mapping[str, str], column: str) -> date | None:
    """A whole date, with or without midnight behind it; None when there is none."""
    text = normalise_digits(row.get(column, ""))
    if not text:
        return None
    day = parse_day(re.sub(r"[ T]00?:00(?::00)?(?:\.0+)?\Z", "", text))
    if day is None:
        raise RowError(f"bad_{column}", text)
    return day


def celsius_of(row: Mapping[str, str]) -> str:
    """How warm goods came, degrees C as it stands there; empty when it is not told."""
    text = normalise_digits(_DEGREES.sub("", row.get("celsius", "")))
    if text and not _CELSIUS.fullmatch(text):
        raise RowError("bad_celsius", text)
    return text


def moment_of(row: Mapping[str, str], column: str) -> str:
    """A day with its time to the minute, as `2026-01-31 09:30`; empty when there is none."""
    text = normalise_digits(row.get(column, ""))
    found = _MOMENT.fullmatch(text)
    day = parse_day(found[1]) if found else None
    if text and (found is None or day is None):
        raise RowError(f"bad_{column}", text)
    return f"{day.isoformat()} {int(found[2]):02}:{found[3]}" if found and day else ""


def batch_of(row: Mapping[str, str]) -> Batch:
    """Lot and dates of a row, any of which may be unknown; the expiry lies after production."""
    lot = text_of(row, "lot", MAX_LOT) or None
    if lot and controls.spelled(normalise(lot)):
        raise RowError("bad_lot", lot)
    made, expiry = day_of(row, "made"), day_of(row, "expiry")
    if made and expiry and expiry <= made:
        raise RowError("expiry_before_production", expiry.isoformat())
    return Batch(lot, made, expiry)


@dataclass(slots=True)
class Codes:
    """Reads the trace codes of one file and remembers where each came first.

    `today` bounds birth dates in identity numbers. `mapped` are identification codes that the
    three-code map knows: 20 digits that do not begin with 8 are a trace code only there.
    """

    today: date
    mapped: Container[str] = frozenset()
    _first: dict[str, int] = field(default_factory=dict)

    def several(self, text: str, beside: str = "") -> tuple[str, ...]:
        """The codes of a cell, none when it is empty. `beside` are the cells above and below.

        Raises `RowError` when a single one of them is no trace code: half a cell is not taken.
        """
        if len(text) >= MAX_CELL_CHARS:
            raise RowError("cell_too_long", text)
        if not text:
            return ()
        self._refuse_zeroed(text, beside)
        whole = self._reading(text)
        if whole.code and whole.is_trace:
            return (whole.code,)
        found = [code for part in parts(text) for code in self._part(part)]
        double = next((code for at, code in enumerate(found) if code in found[:at]), None)
        if double:
            raise RowError("duplicate_code", f"{double} (same row)")
        return tuple(found)

    def one(self, text: str) -> str:
        """The one code of a cell. Raises `RowError` when it is empty or no trace code."""
        if not text:
            raise RowError("code_missing")
        self._refuse_zeroed(text, "")
        return self._code(text)

    def take(self, codes: tuple[str, ...], row: int) -> None:
        """Remember that a row brought these codes.

        Raises `RowError` naming the earlier row when one of them came before; then none is
        remembered for this row.
        """
        for code in codes:
            if code in self._first:
                raise RowError("duplicate_code", f"{code} (row {self._first[code]})")
        self._first.update(dict.fromkeys(codes, row))

    def _refuse_zeroed(self, text: str, beside: str) -> None:
        """Refuse codes whose last five digits a spreadsheet has written as zeros.

        One genuine code in 100 000 ends so; two side by side do not.
        """
        mine = _ZEROED.findall(text)
        if mine and len(mine) + len(_ZEROED.findall(beside)) > 1:
            raise RowError("code_rounded", mine[0])

    def _part(self, text: str) -> tuple[str, ...]:
        """One code, or several that another sign sets apart, if each piece is a whole one."""
        pieces = [piece for piece in _OTHER_PARTS.split(text) if piece]
        if len(pieces) > 1 and not self._reading(text).is_trace:
            readings = [self._reading(piece) for piece in pieces]
            if all(reading.is_trace for reading in readings):
                return tuple(reading.code for reading in readings if reading.code)
        return (self._code(text),)

    def _code(self, text: str) -> str:
        if _SCIENTIFIC.fullmatch(text):
            raise RowError("code_rounded", text)
        reading = self._reading(text)
        if reading.is_personal:
            raise RowError("personal_code", reading.kind.value)
        if reading.code_needs_map:
            raise RowError("code_needs_map", text)
        if reading.kind is Kind.DAMAGED and reading.problem:
            raise RowError(f"code_{reading.problem.value}", text)
        if not reading.is_trace or reading.code is None:
            raise RowError("not_a_trace_code", f"{reading.kind.value}: {shown(text)}")
        return reading.code

    def _reading(self, text: str) -> Reading:
        reading = recognise_text(text, self.today)
        if not reading.is_trace and text.startswith("'"):
            # What a spreadsheet puts before a number that is text.
            reading = recognise_text(text[1:], self.today)
        known = reading.code_needs_map and reading.identification in self.mapped
        return promote(reading) if known else reading
