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
_TRACE_PART = re.compile(r"8[0-9]{19}")


def read(text: str, raw: str, today: date) -> Reading | None:
    """The personal kind of `text`, if it is one."""
    kind = _kind(text, today)
    return Reading(kind, raw) if kind else None


def read_inside(text: str, raw: str, today: date) -> Reading | None:
    """A personal code glued to a trace code in one read: the personal kind wins over damage."""
    for part in (text[20:], text[:-20]):
        if part and _TRACE_PART.fullmatch(text[:20] if part == text[20:] else text[-20:]):
            kind = _kind(part.strip(" ,;|/\r\n\t"), today)
            if kind:
                return Reading(kind, raw)
    for piece in re.findall(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])", text):
        if is_id_number(piece, today):
            return Reading(Kind.ID_CARD, raw)
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
