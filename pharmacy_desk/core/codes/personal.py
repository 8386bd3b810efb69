"""Codes that identify or charge a person: recognised so that they are never kept.

Rules: facts on codes, section 2, rows 7 to 11; the identity number is tested before WeChat.
"""

import re
from datetime import date

from pharmacy_desk.core.codes.checks import is_id_number
from pharmacy_desk.core.scan import Kind, Reading

_WECHAT = re.compile(r"1[0-5][0-9]{16}\Z")
_ALIPAY = re.compile(r"(?:2[5-9]|30)[0-9]{14,22}\Z")
_VOUCHER = re.compile(r"[0-9]{28}\Z")
_SOCIAL = re.compile(r"[A-Za-z][0-9]{8}\Z")
# An e-voucher is any 28 digits: only a whole trace code beside it proves the cut.
_TELLING = frozenset({Kind.ID_CARD, Kind.WECHAT_PAY})
_PERSONAL_SIZES = (28, 18, 16, 17, 19, 20, 21, 22, 23, 24, 9)
_BETWEEN = " ,;|/\r\n\t"
_TRACE_PART = re.compile(r"8[0-9]{19}")


def read(text: str, raw: str, today: date) -> Reading | None:
    """The personal kind of `text`, if it is one."""
    kind = _kind(text, today)
    return Reading(kind, raw) if kind else None


def read_inside(text: str, raw: str, today: date) -> Reading | None:
    """A personal code glued to a trace code in one read: the personal kind wins over damage."""
    kind = _beside_a_trace_code(text, today)
    if kind:
        return Reading(kind, raw)
    for piece in re.findall(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])", text):
        if is_id_number(piece, today):
            return Reading(Kind.ID_CARD, raw)
    return None


def _beside_a_trace_code(text: str, today: date) -> Kind | None:
    """The personal kind of what stands before or behind trace codes, whole or damaged.

    Two whole trace codes are left alone: any 28 of their digits would look like an e-voucher.
    """
    chunks = [text[i : i + 20] for i in range(0, len(text), 20)]
    if all(_TRACE_PART.fullmatch(chunk) for chunk in chunks):
        return None
    for size in _PERSONAL_SIZES:
        for part, rest in ((text[-size:], text[:-size]), (text[:size], text[size:])):
            rest = rest.strip(_BETWEEN)
            if len(part) == size and rest.startswith("8") and 15 <= len(rest) <= 60:
                whole_rest = all(
                    _TRACE_PART.fullmatch(rest[i : i + 20]) for i in range(0, len(rest), 20)
                )
                kind = _kind(part, today)
                if kind and (whole_rest or kind in _TELLING):
                    return kind
    return None


def _kind(text: str, today: date) -> Kind | None:
    if is_id_number(text, today):
        return Kind.ID_CARD
    if _WECHAT.match(text):
        return Kind.WECHAT_PAY
    if _ALIPAY.match(text):
        return Kind.ALIPAY
    if _VOUCHER.match(text):
        return Kind.INSURANCE_VOUCHER
    if _SOCIAL.match(text):
        return Kind.SOCIAL_CARD
    return None
