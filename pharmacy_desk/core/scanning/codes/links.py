"""Links: a trace code in a URL, a GS1 Digital Link, a device identifier, or just advertising.

Rules: facts on codes, section 1.6 (exactly one token of 8 and 19 digits in path or query) and
section 2, row 19; GS1 Digital Link: URI Syntax, section 4. Nothing is ever fetched.
"""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import SplitResult, unquote, urlsplit

from pharmacy_desk.core.scanning.codes import devices, trace
from pharmacy_desk.core.scanning.codes.gs1 import reading as gs1
from pharmacy_desk.core.scanning.codes.gs1.parse import value_problem
from pharmacy_desk.core.scanning.codes.gs1.table import IDENTIFIERS, LINK_KEYS
from pharmacy_desk.core.scanning.scan import GS, Kind, Problem, Reading

_LINK = re.compile(r"(?:https?|weixin|alipays?)://|weixin\.qq\.com/", re.IGNORECASE)
_BROKEN = re.compile(r"[\x00-\x20\x7f]")
_TOKEN = re.compile(r"(?<![0-9])8[0-9]{19}(?![0-9])")
# A GTIN may be written without the zeros before it in a Digital Link.
_GTIN = re.compile(r"(?:[0-9]{8}|[0-9]{12,14})\Z")


def read(text: str, raw: str, today: date) -> Reading | None:
    """The reading of a link; None when the text is none."""
    if not _LINK.match(text):
        return None
    if _BROKEN.search(text):
        # Splitting a URL drops line breaks: digits of two lines would become one code.
        return Reading(Kind.DAMAGED, raw, problem=Problem.NOT_ALLOWED_CHARACTER)
    try:
        parts = urlsplit(text)
    except ValueError:
        return Reading(Kind.URL, raw)
    linked = _digital_link(parts, raw, today)
    if linked:
        return linked
    # The host names a server, not a box.
    tokens = set(_TOKEN.findall(f"{parts.path}?{parts.query}#{parts.fragment}"))
    if len(tokens) == 1:
        return trace.read_20(tokens.pop(), raw)
    if len(tokens) > 1:
        return Reading(Kind.DAMAGED, raw, problem=Problem.MERGED)
    return _device(parts, raw) or Reading(Kind.URL, raw)


def _device(parts: SplitResult, raw: str) -> Reading | None:
    """An MA identifier as the last step of the path (`http://s.idcode.org.cn/MA.156.M0…`)."""
    found = devices.read(unquote(parts.path.rsplit("/", 1)[-1]), raw)
    return found if found and found.kind is Kind.UDI else None


def _digital_link(parts: SplitResult, raw: str, today: date) -> Reading | None:
    """`/01/{gtin}/21/{serial}?17=YYMMDD` read as the element string it stands for."""
    steps = [unquote(step) for step in parts.path.split("/") if step]
    keyed = _keyed(steps)
    if keyed is None:
        return None
    elements = [*keyed, *_attributes(parts.query)]
    # A step or attribute may not bring a separator of its own.
    if any(GS in value for _, value in elements):
        return Reading(Kind.DAMAGED, raw, problem=Problem.NOT_ALLOWED_CHARACTER)
    return gs1.read(GS.join(ai + value for ai, value in elements), raw, today)


def _keyed(steps: list[str]) -> list[tuple[str, str]] | None:
    """The key and its qualifiers at the end of a path; None when the path is an ordinary one.

    A step `01` is a key only before something that is a GTIN by its size, any other key only
    before a value that holds: paths of other sites have such steps too (`/2026/01/15/`).
    """
    for start, ai in enumerate(steps[:-1]):
        tail = steps[start:]
        if ai not in LINK_KEYS or len(tail) % 2 or not _is_key(ai, tail[1]):
            continue
        pairs = list(zip(tail[::2], tail[1::2], strict=True))
        if _in_order(LINK_KEYS[ai], [name for name, _ in pairs[1:]]):
            return [(ai, tail[1].zfill(14) if ai == "01" else tail[1]), *pairs[1:]]
    return None


def _is_key(ai: str, value: str) -> bool:
    if ai == "01":
        return bool(_GTIN.match(value))
    return value_problem(IDENTIFIERS[ai], value) is None


def _in_order(allowed: tuple[str, ...], given: list[str]) -> bool:
    rest = iter(allowed)
    return all(any(name == want for want in rest) for name in given)


def _attributes(query: str) -> Iterator[tuple[str, str]]:
    """The GS1 elements of a query; names that are no AI belong to the site and say nothing."""
    for item in re.split("[&;]", query):
        name, _, value = item.partition("=")
        if name in IDENTIFIERS and value:
            yield name, unquote(value)
