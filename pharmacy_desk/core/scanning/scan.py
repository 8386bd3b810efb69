"""What a scanner delivered (`RawScan`) and what it was recognised to be (`Reading`).

Kinds and problems are the names of the `recognise` command; scripts depend on their spelling.
"""

import unicodedata
from dataclasses import field
from datetime import date, datetime
from enum import StrEnum

from pharmacy_desk.core.basics.values import dataclass

GS = "\x1d"
# Longest text any carrier of the trade holds: a DataMatrix carries at most 2 335 characters.
MAX_SCAN_CHARS = 2400
_STRIP = " \r\n\t\x00\x02\x03\x04"
# The device identifier of an MA code (facts on codes, section 1.5).
_MA_CHARS = 25
# Full-width forms, which an input method types for the plain characters.
_FULL_WIDTH = range(0xFF01, 0xFF5F)
_DROPPED = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060"))


class Kind(StrEnum):
    """What a scan is. The first three are trace codes; the last five are personal."""

    TRACE_20 = "trace_20"
    TRACE_SELF = "trace_self"
    TRACE_GS1 = "trace_gs1"
    PRODUCT_BARCODE = "product_barcode"
    DRUG_MASTER_CODE = "drug_master_code"
    IN_STORE_BARCODE = "in_store_barcode"
    UDI = "udi"
    VETERINARY = "veterinary"
    PESTICIDE = "pesticide"
    GS1_OTHER = "gs1_other"
    URL = "url"
    PARCEL = "parcel"
    FILLER = "filler"
    DAMAGED = "damaged"
    UNKNOWN = "unknown"
    ID_CARD = "id_card"
    WECHAT_PAY = "wechat_pay"
    ALIPAY = "alipay"
    INSURANCE_VOUCHER = "insurance_voucher"
    SOCIAL_CARD = "social_card"


TRACE_KINDS = frozenset({Kind.TRACE_20, Kind.TRACE_SELF, Kind.TRACE_GS1})
PERSONAL_KINDS = frozenset(
    {
        Kind.ID_CARD,
        Kind.WECHAT_PAY,
        Kind.ALIPAY,
        Kind.INSURANCE_VOUCHER,
        Kind.SOCIAL_CARD,
    }
)


class Problem(StrEnum):
    """Why a read is damaged, or why a person must decide (`needs_map`)."""

    TRUNCATED = "truncated"
    EXTRA_CHARACTERS = "extra_characters"
    MERGED = "merged"
    BAD_CHECK_DIGIT = "bad_check_digit"
    BAD_DATE = "bad_date"
    MISSING_SERIAL = "missing_serial"
    LOST_SEPARATOR = "lost_separator"
    NOT_ALLOWED_CHARACTER = "not_allowed_character"
    TOO_LONG = "too_long"
    CONFLICT = "conflict"
    NEEDS_MAP = "needs_map"


@dataclass(frozen=True, slots=True)
class RawScan:
    """One delivery of a scanner: the bytes as received, the port's name, the moment (aware).

    The bytes stay out of the representation: they may be a payment code, and a representation
    ends in logs and failure reports.
    """

    data: bytes = field(repr=False)
    port: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reading:
    """What a scan was recognised as. `text` is the scan decoded, before any normalising.

    `code` is the canonical form (the reservation key) of a trace code; `identification` is its
    first seven characters or its GTIN-14. Personal kinds carry their text only so that the one
    step that asked for it can take it from memory; everything shown goes through `shown()`, and
    the text stays out of the representation. `evidence` shows, in signs that need no
    translation, where a damaged GS1 code broke: `(10)ABC123 (21)SN0001`. `confidential` hides a
    code that charges a person but has no kind of its own.
    """

    kind: Kind
    text: str = field(repr=False)
    code: str | None = None
    identification: str | None = None
    gtin: str | None = None
    serial: str | None = None
    lot: str | None = None
    made: date | None = None
    expiry: date | None = None
    problem: Problem | None = None
    evidence: str = ""
    confidential: bool = False

    @property
    def is_trace(self) -> bool:
        """True for the three kinds of trace code."""
        return self.kind in TRACE_KINDS

    @property
    def code_needs_map(self) -> bool:
        """True for 20 digits that are a trace code only if the three-code map knows them."""
        return self.problem is Problem.NEEDS_MAP

    @property
    def is_personal(self) -> bool:
        """True for codes that identify or charge a person (design, invariant 9)."""
        return self.confidential or self.kind in PERSONAL_KINDS

    def shown(self, limit: int = 80) -> str:
        """The scan as it may be shown: one line of plain text, personal kinds masked."""
        if self.is_personal:
            return mask("".join(ch for ch in self.text if ch.isalnum()))
        return visible(self.text, limit)


def decode(data: bytes) -> str:
    """Bytes as text: UTF-8, and latin-1 for what is not UTF-8, so that nothing is refused here."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def normalise(text: str) -> str:
    """NFKC, without BOM and zero-width characters, without white space around; GS (0x1D) stays.

    Full-width digits of an input method become plain ones here (facts on codes, section 3.1).
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_DROPPED)
    return text.strip(_STRIP)


def unfolded(text: str) -> str:
    """`text` with U+FFFD for signs that NFKC makes plain though they are not full-width forms.

    `²`, `①` and the like: no scanner and no input method means a digit or a letter by them.
    """
    return "".join("\ufffd" if _folds(ch) else ch for ch in text)


def normalise_digits(text: str) -> str:
    """As `normalise`, for numbers and keys: nothing but a digit is one (`1²` is not 12)."""
    return normalise(text if text.isascii() else unfolded(text))


def _folds(ch: str) -> bool:
    if ch.isascii() or ord(ch) in _FULL_WIDTH:
        return False
    return any("!" <= plain <= "~" for plain in unicodedata.normalize("NFKC", ch))


def mask(text: str) -> str:
    """A personal code with at most its first two and last two characters left."""
    if len(text) <= 6:
        return "*" * len(text)
    return f"{text[:2]}{'*' * min(len(text) - 4, 8)}{text[-2:]}"


def visible(text: str, limit: int = 80) -> str:
    r"""Scanned text as one line that is safe to show, log or print: controls become `\xHH`."""
    cut = text if len(text) <= limit else text[:limit] + "…"
    if cut.isprintable():
        return cut
    return "".join(
        ch if ch.isprintable() else f"\\x{ord(ch):02X}" if ord(ch) < 256 else f"\\u{ord(ch):04X}"
        for ch in cut
    )


def spaced(code: str) -> str:
    """A trace code as it is printed: identification and serial set apart by one space."""
    if code.startswith("01") and code[16:18] == "21" and code[2:16].isdigit():
        return f"(01){code[2:16]} (21){code[18:]}"
    return f"{code[:7]} {code[7:]}" if len(code) == 20 else code


def identification_of(code: str) -> str:
    """The identification code (药品标识码) of a canonical code: GTIN, device or seven signs."""
    if code.startswith("01") and code[16:18] == "21" and code[2:16].isdigit():
        return code[2:16]
    return code[:_MA_CHARS].upper() if code[:3].upper() == "MA." else code[:7]
