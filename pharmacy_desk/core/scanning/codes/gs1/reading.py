"""GS1 codes as a medicine carries them: (01) GTIN, (21) serial, (10) lot, (17) expiry.

This file decides when a text may be read as GS1 at all (facts on codes, section 2, row 2) and
judges the message: only a GTIN with a serial is a trace code (contracts, section 3). The grammar
is in `parse`, its data in `table`.
"""

import re
from collections.abc import Mapping
from datetime import date

from pharmacy_desk.core.scanning.codes.checks import gs1_mod10
from pharmacy_desk.core.scanning.codes.gs1 import lost as gs1_lost
from pharmacy_desk.core.scanning.codes.gs1.checks import read_date
from pharmacy_desk.core.scanning.codes.gs1.parse import Message, parse
from pharmacy_desk.core.scanning.codes.gs1.table import AI_SIZES, IDENTIFIERS
from pharmacy_desk.core.scanning.scan import GS, Kind, Problem, Reading

# GS1-128, GS1 DataMatrix, its rectangular extension, GS1 QR, DataBar, GS1 DotCode (facts on
# codes, section 1.4).
GS1_AIM_IDS = frozenset({"]C1", "]d2", "]d8", "]Q3", "]e0", "]J1"})
_BARE_GTIN = re.compile(r"01[0-9]{14}")
_BRACKETED = re.compile(r"\(([0-9]{2,4})\)")
_PLAIN = re.compile(r"[\x1d!-~]*\Z")
# How many characters of a doubtful value are shown as evidence: a GTIN and a serial, with AIs.
_SHOWN = 48


def looks_like(text: str, aim: str | None) -> bool:
    """True when `text` may be read as GS1: by AIM id, by a separator, or by `01` + valid GTIN.

    Without one of these nobody asks: 17 % of payment codes could be read as some GS1 message.
    """
    if aim in GS1_AIM_IDS or GS in text:
        return True
    return bool(_BARE_GTIN.match(text)) and gs1_mod10(text[2:16])


def bracketed(text: str) -> str | None:
    """Human-readable `(01)…(21)…` as an element string, or None when it is not that.

    A value may hold brackets of its own: only a bracketed AI of the table opens an element.
    """
    first = _BRACKETED.match(text)
    if first is None or first.group(1) not in IDENTIFIERS:
        return None
    opened = [m for m in _BRACKETED.finditer(text) if m.group(1) in IDENTIFIERS]
    ends = [*(m.start() for m in opened[1:]), len(text)]
    return GS.join(
        found.group(1) + text[found.end() : end].strip()
        for found, end in zip(opened, ends, strict=True)
    )


def read(text: str, raw: str, today: date) -> Reading:
    """The reading of a GS1 element string (AIM id already taken off)."""
    body = text.strip(GS)
    if not _PLAIN.match(body):
        return Reading(Kind.DAMAGED, raw, problem=Problem.NOT_ALLOWED_CHARACTER)
    message = parse(body)
    if message.problem:
        return _broken(message, raw, today)
    return _judge(message, raw, GS in body, today)


def _judge(message: Message, raw: str, separated: bool, today: date) -> Reading:
    """What a message that is well formed means."""
    values: dict[str, str] = {}
    for ai, value in message.elements:
        if values.setdefault(ai, value) != value:
            return _damaged(raw, Problem.CONFLICT, values, f"({ai}){values[ai]} ({ai}){value}")
    clash = _clash(values)
    if clash:
        return _damaged(raw, Problem.CONFLICT, values, clash)
    gtin, serial = values.get("01"), values.get("21")
    if gtin is None:
        code = "".join(ai + value for ai, value in values.items())
        return Reading(Kind.GS1_OTHER, raw, code or None)
    meant = "" if separated else gs1_lost.swallowed(values, today)
    if meant:
        return _damaged(raw, Problem.LOST_SEPARATOR, values, meant)
    if not serial:
        return _damaged(raw, Problem.MISSING_SERIAL, values, f"(01){gtin}")
    lonely = _lonely(values)
    if lonely:
        return _damaged(raw, Problem.CONFLICT, values, lonely)
    return Reading(
        Kind.TRACE_GS1,
        raw,
        code=f"01{gtin}21{serial}",
        identification=gtin,
        gtin=gtin,
        serial=serial,
        lot=values.get("10"),
        made=_date(values.get("11"), today),
        expiry=_date(values.get("17"), today),
    )


def _date(digits: str | None, today: date) -> date | None:
    return read_date(digits, today.year) if digits else None


def _clash(values: Mapping[str, str]) -> str:
    """Two elements that may not stand together, as evidence (General Specifications, 4.13.1)."""
    for ai in values:
        for other in IDENTIFIERS[ai].never_with.intersection(values):
            return f"({ai}) ({other})"
    return ""


def _lonely(values: Mapping[str, str]) -> str:
    """An element without the companion it needs, as evidence (General Specifications, 4.13.2).

    Asked only of a message that holds GTIN and serial and so claims to be the whole mark: the
    standard lets a second symbol on the box hold the companions of a message that does not.
    """
    for ai in values:
        for alternatives in IDENTIFIERS[ai].needs:
            if not any(group <= values.keys() for group in alternatives):
                wanted = "/".join("+".join(sorted(group)) for group in alternatives)
                return f"({ai}) – ({wanted})"
    return ""


def _broken(message: Message, raw: str, today: date) -> Reading:
    """Why a message could not be read to its end; a value too long points to a lost separator."""
    ai, rest = message.rest
    values = dict(message.elements)
    problem = message.problem
    evidence = f"({ai or '?'}){rest}"
    if ai and problem in (Problem.TOO_LONG, Problem.EXTRA_CHARACTERS):
        meant = gs1_lost.overlong(ai, rest, values, today)
        if not meant and problem is Problem.EXTRA_CHARACTERS:
            meant = _fixed_then(ai, rest)
        if meant:
            problem, evidence = Problem.LOST_SEPARATOR, meant
    return _damaged(raw, problem, values, evidence)


def _fixed_then(ai: str, rest: str) -> str:
    """A value of one size that needs a separator behind it, run into an element that it lacks."""
    size = IDENTIFIERS[ai].most
    after = parse(rest[size:])
    if after.problem or AI_SIZES.get(rest[size : size + 2]) is None:
        return ""
    tail = " ".join(f"({name}){value}" for name, value in after.elements)
    return f"({ai}){rest[:size]} {tail}"


def _damaged(
    raw: str, problem: Problem | None, values: Mapping[str, str], evidence: str
) -> Reading:
    shown = evidence if len(evidence) <= _SHOWN else evidence[:_SHOWN] + "…"
    return Reading(Kind.DAMAGED, raw, gtin=values.get("01"), problem=problem, evidence=shown)
