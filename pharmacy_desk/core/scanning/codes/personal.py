"""Codes that identify or charge a person: recognised so that they are never kept.

Rules: facts on codes, section 2, rows 7 to 11; the identity number is tested before WeChat.
"""

import re
from datetime import date

from pharmacy_desk.core.scanning.codes.checks import gs1_mod10, is_id_number
from pharmacy_desk.core.scanning.scan import Kind, Reading

_WECHAT = re.compile(r"1[0-5][0-9]{16}\Z")
_ALIPAY = re.compile(r"(?:2[5-9]|30)[0-9]{14,22}\Z")
_VOUCHER = re.compile(r"[0-9]{28}\Z")
# Social security and hospital cards: a letter and digits, 9 to 12 characters together.
_SOCIAL = re.compile(r"[A-Za-z][0-9]{8,11}\Z")
# UnionPay payment codes and bank cards have no kind of their own in the contract.
_UNIONPAY = re.compile(r"62[0-9]{17}\Z")
# An e-voucher is any 28 digits: only a whole trace code beside it proves the cut.
_TELLING = frozenset({Kind.ID_CARD, Kind.WECHAT_PAY})
_PERSONAL_SIZES = (28, 18, 16, 17, 19, 20, 21, 22, 23, 24, 9)
_BETWEEN = " ,;|/\r\n\t"
_SEPARATORS = re.compile(r"[ ,;|/\r\n\t]+")
_TRACE_PARTS = re.compile(r"(?:8[0-9]{19})+")
# First two digits of an identity number: the provinces of GB/T 2260 and 81 to 83, 91 for the
# residence permits. Asked only of digits inside longer ones, to find fewer by chance.
_PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91")


def read(text: str, raw: str, today: date) -> Reading | None:
    """The personal kind of `text`, if it is one."""
    kind = _kind(text, today)
    if kind is None and _UNIONPAY.match(text):
        return Reading(Kind.UNKNOWN, raw, confidential=True)
    return Reading(kind, raw) if kind else None


def read_hidden(text: str, raw: str, today: date, only_certain: bool) -> Reading | None:
    """A personal code somewhere inside a text that is nothing better: it wins over damage.

    `only_certain` takes identity numbers alone, whose date and check character prove them: in a
    link or a serial number other digits may look like a payment code by chance. Nothing hides in
    whole trace codes: any 28 of their digits would look like an e-voucher, and what follows `80`
    in one of them often like a WeChat code.
    """
    if all(_TRACE_PARTS.fullmatch(piece) for piece in _SEPARATORS.split(text) if piece):
        return None
    kind = _id_inside(text, today)
    if kind is None and not only_certain:
        pieces = (piece for piece in re.split(r"[^0-9A-Za-z]+", text) if len(piece) >= 16)
        found = (_kind(piece, today) for piece in pieces)
        kind = next((k for k in found if k), None) or _beside_another_code(text, today)
    return Reading(kind, raw) if kind else None


def _id_inside(text: str, today: date) -> Kind | None:
    """An identity number in any 18 characters of a run of digits."""
    for run in re.finditer(r"[0-9]{17,}[0-9Xx]", text):
        digits = run.group()
        for start in range(len(digits) - 17):
            number = digits[start : start + 18]
            if _PROVINCE.match(number) and is_id_number(number, today):
                return Kind.ID_CARD
    return None


def _beside_another_code(text: str, today: date) -> Kind | None:
    """The personal kind of what is glued to trace codes, a barcode or another personal code."""
    for size in _PERSONAL_SIZES:
        for part, rest in ((text[-size:], text[:-size]), (text[:size], text[size:])):
            rest = rest.strip(_BETWEEN)
            if len(part) == size and _is_code(rest, today):
                whole_rest = _TRACE_PARTS.fullmatch(rest) is not None
                kind = _kind(part, today)
                if kind and (whole_rest or kind in _TELLING):
                    return kind
    return None


def _is_code(rest: str, today: date) -> bool:
    """True for what may stand beside a personal code: trace codes, a barcode, another one."""
    if rest.startswith("8") and 15 <= len(rest) <= 60:
        return True
    barcode = len(rest) == 13 and rest.startswith("69") and gs1_mod10(rest)
    return barcode or (len(rest) >= 16 and _kind(rest, today) is not None)


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
