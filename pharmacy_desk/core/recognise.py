"""Recognise a scan: which kind of code it is, in the one order that tells them apart.

The order is that of the facts on codes, section 2; a personal kind wins over damage. Every text
gives exactly one `Reading`; nothing here raises.
"""

import re
from datetime import date

from pharmacy_desk.core.codes import gs1, others, personal, retail, trace
from pharmacy_desk.core.scan import (
    MAX_SCAN_CHARS,
    PERSONAL_KINDS,
    Kind,
    Problem,
    RawScan,
    Reading,
    decode,
    normalise,
)

_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_CONTROL = re.compile(r"[\x00-\x1c\x1e\x1f\x7f-\x9f\ufffd]")
# Kinds whose whole text is the code itself: nothing can hide in them.
_BARE_KINDS = frozenset(
    {
        *PERSONAL_KINDS,
        Kind.FILLER,
        Kind.PRODUCT_BARCODE,
        Kind.DRUG_MASTER_CODE,
        Kind.IN_STORE_BARCODE,
        Kind.VETERINARY,
        Kind.PESTICIDE,
        Kind.TRACE_SELF,
    }
)
_TWENTY_DIGITS = re.compile(r"[0-9]{20}\Z")


def recognise(scan: RawScan) -> Reading:
    """The reading of one raw scan; the day of the scan bounds birth dates in identity numbers."""
    return recognise_text(decode(scan.data), scan.at.date())


def recognise_text(raw: str, today: date) -> Reading:
    """The reading of one scanned text. Pure; total; the hot path is 20 digits from 8."""
    if len(raw) == 20 and raw.isascii() and trace.TRACE_20.match(raw):
        return trace.read_20(raw, raw)
    if len(raw) > MAX_SCAN_CHARS:
        return Reading(Kind.DAMAGED, raw, problem=Problem.TOO_LONG)
    text = normalise(raw)
    aim = None
    if _AIM.match(text):
        aim, text = text[:3], text[3:].strip(" \r\n\t")
    if trace.TRACE_20.match(text):
        return trace.read_20(text, raw)
    found = (
        personal.read(text, raw, today)
        or others.read_filler(text, raw)
        or others.read_link(text, raw)
        or _gs1(text, raw, aim)
        or _digits_and_shapes(text, raw)
        or _doubtful(text, raw)
    )
    return _unless_personal(found, text, raw, today)


def _unless_personal(found: Reading, text: str, raw: str, today: date) -> Reading:
    """A personal code hidden in what was found wins, so that it is neither kept nor shown."""
    if found.kind in _BARE_KINDS or len(text) < 16:
        return found
    certain = found.kind not in (Kind.DAMAGED, Kind.UNKNOWN)
    return personal.read_hidden(text, raw, today, certain) or found


def _gs1(text: str, raw: str, aim: str | None) -> Reading | None:
    plain = gs1.bracketed(text)
    if plain is not None:
        return gs1.read(plain, raw)
    if not gs1.looks_like(text, aim):
        return None
    if _CONTROL.search(text):
        return None
    if text.isdigit() and len(text) == 16 and aim is None:
        return Reading(Kind.DAMAGED, raw, gtin=text[2:], problem=Problem.MISSING_SERIAL)
    return gs1.read(text, raw)


def _digits_and_shapes(text: str, raw: str) -> Reading | None:
    return retail.read(text, raw) or others.read(text, raw) or trace.read_label(text, raw)


def _doubtful(text: str, raw: str) -> Reading:
    """What is left: a self-coded trace code, a damaged read, or something unknown."""
    if not text:
        return Reading(Kind.UNKNOWN, raw)
    if trace.two_codes(text):
        return Reading(Kind.DAMAGED, raw, problem=Problem.MERGED)
    if _CONTROL.search(text):
        return Reading(Kind.DAMAGED, raw, problem=Problem.NOT_ALLOWED_CHARACTER)
    if _TWENTY_DIGITS.match(text):
        return Reading(Kind.UNKNOWN, raw, text, text[:7], problem=Problem.NEEDS_MAP)
    return (
        trace.damage(text, raw)
        or trace.read_self(text, raw)
        or others.read_parcel_digits(text, raw)
        or Reading(Kind.UNKNOWN, raw)
    )


def promote(reading: Reading) -> Reading:
    """A 20-digit code that the three-code map knows, as a trace code (contracts, section 3)."""
    if reading.kind is Kind.UNKNOWN and reading.problem is Problem.NEEDS_MAP and reading.code:
        return Reading(
            Kind.TRACE_20, reading.text, reading.code, reading.code[:7], serial=reading.code[7:]
        )
    return reading
