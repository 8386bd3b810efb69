"""Recognise a scan: which kind of code it is, in the one order that tells them apart.

The order is that of the facts on codes, section 2; a personal kind wins over damage. Every text
gives exactly one `Reading`; nothing here raises.
"""

import re
from datetime import date

from pharmacy_desk.core.codes import gs1, others, personal, retail, trace
from pharmacy_desk.core.scan import (
    MAX_SCAN_CHARS,
    Kind,
    Problem,
    RawScan,
    Reading,
    decode,
    normalise,
)

_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_CONTROL = re.compile(r"[\x00-\x1c\x1e\x1f\x7f-\x9f\ufffd]")
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
    return (
        personal.read(text, raw, today)
        or others.read_filler(text, raw)
        or others.read_link(text, raw)
        or _gs1(text, raw, aim, today)
        or _digits_and_shapes(text, raw)
        or _personal_inside(text, raw, today)
        or _doubtful(text, raw)
    )


def _gs1(text: str, raw: str, aim: str | None, today: date) -> Reading | None:
    plain = gs1.bracketed(text)
    if plain is not None:
        return gs1.read(plain, raw)
    if not gs1.looks_like(text, aim):
        return None
    if _CONTROL.search(text):
        return None
    if text.isdigit() and len(text) == 16 and aim is None:
        return Reading(Kind.DAMAGED, raw, gtin=text[2:], problem=Problem.MISSING_SERIAL)
    reading = gs1.read(text, raw)
    if reading.kind is Kind.DAMAGED:
        return personal.read_inside(text, raw, today) or reading
    return reading


def _digits_and_shapes(text: str, raw: str) -> Reading | None:
    return retail.read(text, raw) or others.read(text, raw) or trace.read_label(text, raw)


def _personal_inside(text: str, raw: str, today: date) -> Reading | None:
    return personal.read_inside(text, raw, today) if len(text) > 18 else None


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
