"""Recognise a scan: which kind of code it is, in the one order that tells them apart.

The order is that of the facts on codes, section 2, with the contract's section 3: a personal kind
wins over damage. Every text gives exactly one `Reading`; nothing here raises.
"""

import re
from datetime import date

from pharmacy_desk.core.scanning.codes import (
    controls,
    devices,
    farm,
    fillers,
    links,
    parcels,
    personal,
    retail,
    trace,
)
from pharmacy_desk.core.scanning.codes.gs1 import reading as gs1
from pharmacy_desk.core.scanning.scan import (
    GS,
    MAX_SCAN_CHARS,
    Kind,
    Problem,
    RawScan,
    Reading,
    decode,
    normalise,
    unfolded,
)

_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_CONTROL = re.compile(r"[\x00-\x1c\x1e\x1f\x7f-\x9f\ufffd]")
# Kinds in whose text an identity number may stand beside what was recognised.
_ROOMY_KINDS = frozenset({Kind.URL, Kind.PARCEL, Kind.UDI})
_GS1_KINDS = frozenset({Kind.TRACE_GS1, Kind.GS1_OTHER})
_CANONICAL = re.compile(r"01[0-9]{14}21")
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
    found = _read(raw, today)
    if found.code and not raw.isascii():
        sure = unfolded(raw)
        if sure != raw and _read(sure, today).code != found.code:
            return Reading(Kind.DAMAGED, raw, problem=Problem.NOT_ALLOWED_CHARACTER)
    return found


def _read(raw: str, today: date) -> Reading:
    """The reading of a text in plain characters."""
    text = normalise(raw)
    aim = None
    if _AIM.match(text):
        aim, text = text[:3], text[3:].strip(" \r\n\t")
    if trace.TRACE_20.match(text):
        return trace.read_20(text, raw)
    if controls.spelled(text):
        return _with_spelling(text, raw, aim, today)
    return _unless_personal(_in_order(text, raw, aim, today), text, raw, today)


def _in_order(text: str, raw: str, aim: str | None, today: date) -> Reading:
    """What each family says, in the one order."""
    return (
        fillers.read(text, raw)
        or _gs1_trace(text, raw, aim, today)
        or personal.read(text, raw, today)
        or links.read(text, raw, today)
        or _gs1(text, raw, aim, today)
        or _digits_and_shapes(text, raw, aim)
        or _doubtful(text, raw)
    )


def _with_spelling(text: str, raw: str, aim: str | None, today: date) -> Reading:
    """What a text is in which a control character is written out; never part of a value."""
    meant = controls.with_separators(text)
    found = _gs1(meant, raw, aim, today) if meant else None
    if found and found.code:
        return found
    without = controls.blanked(text).strip()
    found = _unless_personal(_in_order(text, raw, aim, today), without, raw, today)
    inside = found.kind in _GS1_KINDS or (found.code and controls.spelled(found.code))
    if inside or (_is_unknown(found) and not _is_unknown(_in_order(without, raw, aim, today))):
        return controls.refusal(text, raw)
    return found


def _is_unknown(found: Reading) -> bool:
    return found.kind is Kind.UNKNOWN and not found.is_personal and not found.code_needs_map


def _unless_personal(found: Reading, text: str, raw: str, today: date) -> Reading:
    """A personal code hidden in what was found wins, so that it is neither kept nor shown.

    What is a code as a whole is left alone: by chance alone 18 digits inside one serial in a
    thousand look like an identity number.
    """
    if len(text) < 16 or found.is_personal or found.code_needs_map:
        return found
    if found.kind in (Kind.DAMAGED, Kind.UNKNOWN):
        return personal.read_hidden(text, raw, today, only_certain=False) or found
    beside = found.kind is Kind.TRACE_20 and len(text) > 20
    if beside or found.kind in _ROOMY_KINDS:
        return personal.read_hidden(text, raw, today, only_certain=True) or found
    return found


def _gs1_trace(text: str, raw: str, aim: str | None, today: date) -> Reading | None:
    """A trace code that its symbol marks as GS1, before digits are taken for a payment code.

    `01` + GTIN + `21` + ten digits is 28 digits, as an e-voucher is: only the symbology
    identifier, or a separator, tells the two apart.
    """
    if aim not in gs1.GS1_AIM_IDS and GS not in text:
        return None
    found = gs1.read(text, raw, today)
    return found if found.kind is Kind.TRACE_GS1 else None


def _gs1(text: str, raw: str, aim: str | None, today: date) -> Reading | None:
    plain = gs1.bracketed(text)
    if plain is not None:
        found = gs1.read(plain, raw, today)
        # `(10) tablets` is no GS1: only a GTIN in front makes a broken text a damaged code.
        return found if found.kind is not Kind.DAMAGED or plain.startswith("01") else None
    if not gs1.looks_like(text, aim) or _CONTROL.search(text):
        return None
    return gs1.read(text, raw, today)


def _digits_and_shapes(text: str, raw: str, aim: str | None) -> Reading | None:
    return (
        retail.read(text, raw, aim)
        or farm.read(text, raw)
        or devices.read(text, raw)
        or parcels.read(text, raw)
        or trace.read_label(text, raw)
    )


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
        trace.look_alike(text, raw)
        or trace.read_self(text, raw)
        or trace.damage(text, raw)
        or parcels.read_digits(text, raw)
        or Reading(Kind.UNKNOWN, raw)
    )


def recognise_code(code: str, today: date) -> Reading:
    """The reading of a canonical code that came from a scan before, as the program keeps it.

    GTIN and serial alone have lost what told them apart from an e-voucher, and what showed that no
    separator was missing; the scan they came from had it.
    """
    if _CANONICAL.match(code):
        found = gs1.read(f"{code[:16]}{GS}{code[16:]}", code, today)
        if found.code == code and not controls.spelled(code):
            return found
    return recognise_text(code, today)


def promote(reading: Reading) -> Reading:
    """A 20-digit code that the three-code map knows, as a trace code (contracts, section 3)."""
    if reading.kind is Kind.UNKNOWN and reading.problem is Problem.NEEDS_MAP and reading.code:
        return Reading(
            Kind.TRACE_20, reading.text, reading.code, reading.code[:7], serial=reading.code[7:]
        )
    return reading
