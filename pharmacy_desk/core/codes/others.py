"""Things scanned by mistake: fillers, veterinary and pesticide codes, devices, parcels, links.

Rules: facts on codes, section 1.5, 1.6 and section 2, rows 3, 12 to 19.
"""

import re
from urllib.parse import unquote, urlsplit

from pharmacy_desk.core.codes import gs1, trace
from pharmacy_desk.core.scan import Kind, Problem, Reading

_FILLER = re.compile(r"(?:9{20}|0{20})\Z")
_VETERINARY = re.compile(r"20[0-9]{22}\Z")
_PESTICIDE = re.compile(r"[0-9]{32}\Z")
_MA_DEVICE = re.compile(r"MA\.156\.M0\.[0-9]{6}\.[0-9]{8}", re.IGNORECASE)
_PARCEL = re.compile(r"(?:SF|JD|YT|ZTO|JT|STO|DPK)[A-Za-z]{0,4}[0-9]{8,}(?:-[0-9-]*)?\Z", re.I)
_PARCEL_DIGITS = re.compile(r"[0-9]{12,15}\Z")
_LINK = re.compile(r"(?:https?|weixin|alipays?)://|weixin\.qq\.com/", re.IGNORECASE)
_TOKEN = re.compile(r"(?<![0-9])8[0-9]{19}(?![0-9])")


def read_filler(text: str, raw: str) -> Reading | None:
    """Twenty nines or zeros: what some systems send for a split box; never a code."""
    return Reading(Kind.FILLER, raw, text) if _FILLER.match(text) else None


def read_link(text: str, raw: str) -> Reading | None:
    """A link: a trace code when it carries exactly one, a GS1 Digital Link, else just a link."""
    if not _LINK.match(text):
        return None
    tokens = set(_TOKEN.findall(text))
    if len(tokens) == 1:
        return trace.read_20(tokens.pop(), raw)
    if len(tokens) > 1:
        return Reading(Kind.DAMAGED, raw, problem=Problem.MERGED)
    linked = _digital_link(text, raw)
    return linked or Reading(Kind.URL, raw)


def _digital_link(text: str, raw: str) -> Reading | None:
    """`/01/{gtin}/21/{serial}?17=YYMMDD` read as the element string it stands for."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    steps = [unquote(step) for step in parts.path.split("/") if step]
    if "01" not in steps:
        return None
    pairs = steps[steps.index("01") :]
    elements = list(zip(pairs[::2], pairs[1::2], strict=False))
    for item in parts.query.split("&"):
        key, _, value = item.partition("=")
        if key.isdigit():
            elements.append((key, unquote(value)))
    first = [(ai, v.zfill(14) if ai == "01" else v) for ai, v in elements]
    return gs1.read("\x1d".join(ai + value for ai, value in first), raw)


def read(text: str, raw: str) -> Reading | None:
    """Veterinary, pesticide, device and parcel codes."""
    if _VETERINARY.match(text):
        return Reading(Kind.VETERINARY, raw, text)
    if _PESTICIDE.match(text):
        return Reading(Kind.PESTICIDE, raw, text)
    if _MA_DEVICE.match(text):
        return Reading(Kind.UDI, raw, text)
    if _PARCEL.match(text) or (text.startswith("{") and '"mn"' in text):
        return Reading(Kind.PARCEL, raw, text)
    return None


def read_parcel_digits(text: str, raw: str) -> Reading | None:
    """12 to 15 digits that are nothing else: most likely a parcel (tested last)."""
    return Reading(Kind.PARCEL, raw, text) if _PARCEL_DIGITS.match(text) else None
