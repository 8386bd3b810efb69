"""The judge of recognised codes: the rules once more, character by character, without the program's.

It says what a reading claims that the scan does not hold, and what it shows that it must not. It
knows the contract (section 3) and the facts on codes (sections 1 and 2), and imports none of the
program's own rules.
"""

import unicodedata
from datetime import date
from urllib.parse import unquote

from pharmacy_desk.core.scanning.scan import Reading
from tests.drills.random_codes import SPELLED_CONTROLS, SPELLED_SEPARATORS, looks_like_digits

TODAY = date(2026, 11, 22)
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"
_EDGES = " \r\n\t\x00\x02\x03\x04"
_GS1_MARKS = ("]C1", "]d2", "]d8", "]Q3", "]e0", "]J1")
_LINKS = ("http://", "https://", "weixin://", "alipay://", "alipays://", "weixin.qq.com/")
_DIGITS = frozenset("0123456789")


def complaint(data: bytes, reading: Reading) -> str | None:
    """What is wrong with this reading of these bytes, or None."""
    text = _decoded(data)
    mark, whole = _unwrapped(text)
    if reading.text != text:
        return "the text is not the scan"
    if not reading.shown().isprintable():
        return "what is shown is not printable"
    if reading.is_personal:
        return _exposed(reading, whole)
    if _eight_and_nineteen(whole) and (reading.kind, reading.code) != ("trace_20", whole):
        return "a whole trace code was not seen"
    separators = any(sign in whole for sign in ("\x1d", *SPELLED_SEPARATORS))
    marked_gs1 = mark in _GS1_MARKS or separators
    if any(sign in (reading.code or "") for sign in (*SPELLED_SEPARATORS, *SPELLED_CONTROLS)):
        return "a control character is written out in the code"
    if _personal(whole) and not (marked_gs1 and reading.kind == "trace_gs1"):
        return "a personal code is not personal"
    if reading.kind == "trace_20":
        return _judge_20(whole, reading.code or "")
    if reading.kind == "trace_self":
        return _judge_self(whole, reading.code or "")
    if reading.kind == "trace_gs1":
        return _judge_gs1(whole, reading.code or "", marked_gs1)
    return None


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(map(chr, data))


def _unwrapped(text: str) -> tuple[str, str]:
    """The symbology identifier, if any, and the text without it and without what surrounds it."""
    plain = "".join(_plain(ch) for ch in text)
    plain = "".join(ch for ch in plain if ch not in _INVISIBLE).strip(_EDGES)
    letter_and_sign = plain[1:2].isalpha() and plain[2:3].isalnum() and plain[:3].isascii()
    if plain[:1] == "]" and letter_and_sign:
        return plain[:3], plain[3:].strip(" \r\n\t")
    return "", plain


def _plain(ch: str) -> str:
    """Full-width forms and wide blanks as plain ones; no other sign stands for a digit."""
    full_width = "\uff01" <= ch <= "\uff5e"
    return unicodedata.normalize("NFKC", ch) if full_width or ch.isspace() else ch


def _all_digits(text: str) -> bool:
    return bool(text) and all(ch in _DIGITS for ch in text)


def _eight_and_nineteen(text: str) -> bool:
    return len(text) == 20 and text[0] == "8" and _all_digits(text)


def _runs(text: str) -> list[str]:
    """The unbroken runs of plain digits."""
    return "".join(ch if ch in _DIGITS else " " for ch in text).split()


def _personal(whole: str) -> bool:
    """A text that is a personal code from its first to its last character."""
    size = len(whole)
    if size == 18 and _identity(whole.upper()):
        return True
    if not _all_digits(whole):
        return (
            9 <= size <= 12 and whole[0].isascii() and whole[0].isalpha() and _all_digits(whole[1:])
        )
    return (
        (size == 18 and "10" <= whole[:2] <= "15")
        or (16 <= size <= 24 and "25" <= whole[:2] <= "30")
        or size == 28
        or (size == 19 and whole[:2] == "62")
    )


def _identity(text: str) -> bool:
    """ISO 7064 mod 11-2 by its recurrence, and a day between 1900 and today."""
    if not _all_digits(text[:17]) or text[17] not in "0123456789X":
        return False
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    remainder = 0
    for ch in text[:17]:
        remainder = (remainder + int(ch)) * 2 % 11
    check = (12 - remainder) % 11
    return date(1900, 1, 1) <= born <= TODAY and text[17] == ("X" if check == 10 else str(check))


def _exposed(reading: Reading, whole: str) -> str | None:
    """A personal reading may show its first two and last two characters, no more."""
    named = (reading.code, reading.identification, reading.gtin, reading.serial, reading.lot)
    if any(value is not None for value in named):
        return "a personal code is named"
    shown = reading.shown()
    if len(shown.replace("*", "")) > 4:
        return "a personal code shows more than four characters"
    pieces = {whole[i : i + 6] for i in range(len(whole) - 5)}
    if any(piece in repr(reading) for piece in pieces if _all_digits(piece)):
        return "a personal code stands in the representation"
    return None


def _judge_20(whole: str, code: str) -> str | None:
    if not _eight_and_nineteen(code):
        return "no 8 and 19 digits"
    if whole == code:
        return None
    runs = _runs(whole)
    if whole.lower().startswith(_LINKS):
        wholes = {run for run in runs if _eight_and_nineteen(run)}
        path = (whole.partition("://")[2] or whole).partition("/")[2]
        # Parts of the same text, kept apart: digits of two of them are not one run.
        behind_host = " ".join((path, whole.partition("?")[2], whole.partition("#")[2]))
        return None if code in wholes and code in _runs(behind_host) else "not in the link"
    labelled = "药品标识码" in whole and "序列号" in whole
    if labelled and code[:7] in runs and code[7:] in runs:
        return None
    return "a trace code out of something else"


def _judge_self(whole: str, code: str) -> str | None:
    printable = all("!" <= ch <= "~" for ch in code)
    lettered = any(ch.isalpha() for ch in code)
    if looks_like_digits(code):
        return "20 digits with letters that look like digits"
    if whole == code and len(code) == 20 and printable and lettered:
        return None
    return "no manufacturer's code"


def _judge_gs1(whole: str, code: str, marked: bool) -> str | None:
    gtin, serial = code[2:16], code[18:]
    shaped = code[:2] == "01" and code[16:18] == "21" and _all_digits(gtin) and len(gtin) == 14
    if not shaped or not 1 <= len(serial) <= 20:
        return "no GTIN and serial"
    total = sum(int(ch) * (3, 1)[place % 2] for place, ch in enumerate(gtin))
    if total % 10:
        return "the GTIN's check digit is wrong"
    plain = unquote(whole)
    if gtin.lstrip("0") not in plain or not (serial in plain or serial in whole):
        return "GTIN or serial is not in the scan"
    opened = whole.startswith(("01" + gtin, "(")) or whole.lower().startswith(_LINKS)
    return None if marked or opened else "nothing says that this is GS1"
