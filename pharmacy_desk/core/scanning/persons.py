"""The numbers of persons, wherever they stand in a text: the one gate of what is kept.

Events are never changed, so what must not lie in them has to be left out before (design,
invariants 8 and 9). Two questions are asked. Prose (reasons, notes, the platform's words) loses
nothing of worth when a number is masked, so everything that looks like a person's is. A field that
is a number itself (lot, order, settlement) may look like a payment code or a card by chance: only
what names a person for good counts there, and it is refused, as a masked lot is no lot.

A trace code is never taken for a person's number, in either.
"""

import re
from collections.abc import Container, Iterator
from datetime import date, timedelta
from unicodedata import decimal

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.scanning.codes.checks import gs1_mod10, is_id_number
from pharmacy_desk.core.scanning.scan import Kind, mask, normalise

# The shortest number of a person: a card's letter and eight digits.
_LEAST = 9
_DIGITS = re.compile(r"[0-9]")
# A card's eight; no number of a person has fewer digits.
_FEWEST_DIGITS = 8
# Texts of a drug list by the ten thousand: each sign stays one sign when the text is made plain,
# and none becomes a digit that is none.
_ORDINARY = re.compile(r"[ -~\u4e00-\u9fff，。；：（）、《》【】“”‘’×·]*")
# Numbers of receipts and settlements by the million, which name nobody for good whatever they look
# like: too short behind letters for an identity number, or without a day where one has it.
_NOBODYS = re.compile(
    r"[A-Za-z]+[0-9]{1,17}"
    r"|(?![0-9]*[0-9]{6}(?:19|[2-9][0-9])[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{4})[0-9]{16,27}"
)
_TRACE_CODES = re.compile(r"(?:8[0-9]{19})+")
# A GTIN with dates, and the lot or the serial number that ends what a run of digits can be; a
# symbology identifier before it brings a digit of its own.
_GS1 = re.compile(r"01(?P<gtin>[0-9]{14})(?:1[1357][0-9]{6})*(?:(?P<end>10|21)[0-9]{1,20})?")
_AIM = re.compile(r"\][A-Za-z]\Z")
# Identity numbers as people write them: in groups, set apart by one blank or dash.
_SPACED_ID = re.compile(r"(?<![0-9])[0-9](?:[ -]?[0-9]){16}[ -]?[0-9Xx](?![0-9])")
_SPACED_PHONE = re.compile(r"(?<![0-9A-Za-z])1[3-9][0-9][ -][0-9]{4}[ -]?[0-9]{4}(?![0-9A-Za-z])")
_PHONE = re.compile(r"(?:0086|86)?1[3-9][0-9]{9}")
_RUN = re.compile(r"[0-9]{11,}[Xx]?")
# Facts on codes, section 2, rows 8 to 11; 62 is UnionPay's.
_PAYMENT = re.compile(r"1[0-5][0-9]{16}|(?:2[5-9]|30)[0-9]{14,22}|62[0-9]{17}")
_CARD = re.compile(r"(?<![0-9A-Za-z])[A-Za-z][0-9]{8,11}(?![0-9A-Za-z])")
# Longer than any word that is told apart by its form.
_NEAR = 40
_VOUCHER_CHARS, _ID_CHARS, _OLD_ID_CHARS, _TRACE_CHARS, _EAN_CHARS = 28, 18, 15, 20, 13
# First two digits of an identity number: the provinces of GB/T 2260, and 81 to 83 and 91 of the
# residence permits.
_PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91")
# A document's number may be the area of a city (it ends in 00, where people have a county's) and a
# day: of two digits of a year up to this one it is that.
_CITY, _LATEST_DOCUMENT = re.compile(r"[0-7][0-9]{3}00"), 40
# Nobody is older: what looks like an earlier birth date of a 15-digit number counts something.
_OLDEST = timedelta(days=115 * 366)
# What a number is called just before it: then it is no person's, whatever it looks like.
_NAMED = re.compile(
    r"(?:批号|批次|准字|发票|票号|单号|编号|货号|机构|药店|门店|(?i:lot|batch|no))"
    r"[^0-9A-Za-z]{0,4}[A-Za-z]{0,3}\Z"
)
# Store codes, alone and at the head of a message id, and numbers that begin with a date.
_STORE = re.compile(r"[HP][0-9]{11}(?:20[0-9]{12,16})?")
_DATED = re.compile(
    r"[A-Za-z]20(?:1[5-9]|2[0-9]|3[0-5])(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])[0-9]*"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A person's number in a text: where it stands, and what it is."""

    start: int
    end: int
    kind: Kind


def names_person(text: str, today: date, *, prose: bool = False) -> bool:
    """Whether a person's number stands anywhere in a text; `prose` counts doubtful ones too."""
    if _has_few_digits(text) or (not prose and _NOBODYS.fullmatch(text)):
        return False
    return next(_find(plain(text), today, prose), None) is not None


def nobodys(text: str) -> bool:
    """Whether a setting's text holds no identity number and no e-voucher.

    The store's own phone may well stand on its receipts.
    """
    lasting = (Kind.ID_CARD, Kind.INSURANCE_VOUCHER)
    return not any(one.kind in lasting for one in _find(plain(text), date.max, prose=False))


def masked(text: str, today: date, *, prose: bool = True) -> str:
    """A text with every person's number masked; only where there is one is it made plain."""
    if _has_few_digits(text):
        return text
    told = plain(text)
    found = sorted(_find(told, today, prose), key=lambda one: (one.start, -one.end))
    if not found:
        return text
    pieces, at = [], 0
    for one in found:
        if one.start >= at:
            pieces += [told[at : one.start], mask(told[one.start : one.end])]
            at = one.end
        elif one.end > at:  # two that overlap: what is left of the second says nothing
            pieces.append("*")
            at = one.end
    return "".join((*pieces, told[at:]))


def _has_few_digits(text: str) -> bool:
    """True for most texts, found out quickly: they cannot hold a person's number."""
    return bool(_ORDINARY.fullmatch(text)) and len(_DIGITS.findall(text)) < _FEWEST_DIGITS


def masked_within(value: object, today: date, spared: Container[str] = ()) -> object:
    """Names and numbers in lists and mappings; what stands under a `spared` name stays as it is."""
    if isinstance(value, str):
        return masked(value, today, prose=False) if len(value) >= _LEAST else value
    if isinstance(value, dict):
        return {
            name: one if name in spared else masked_within(one, today, spared)
            for name, one in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [masked_within(one, today, spared) for one in value]
    return value


def held_in(value: object, today: date, spared: Container[str] = ()) -> bool:
    """Whether a person's number stands anywhere in lists and mappings, but under `spared` names."""
    if isinstance(value, str):
        return len(value) >= _LEAST and names_person(value, today)
    if isinstance(value, dict):
        return any(
            name not in spared and (held_in(name, today) or held_in(one, today, spared))
            for name, one in value.items()
        )
    return isinstance(value, (list, tuple)) and any(held_in(one, today, spared) for one in value)


def plain(text: str) -> str:
    """A text in which every way of writing a digit is one: full-width, Arabic-Indic, and so on."""
    if text.isascii():
        return text
    told = normalise(text)
    return told if told.isascii() else "".join(_sign(ch) for ch in told)


def _sign(ch: str) -> str:
    digit = decimal(ch, -1)
    return str(digit) if digit >= 0 else ch


def _find(text: str, today: date, prose: bool) -> Iterator[Found]:
    """What stands in a text made plain; a number may be found twice."""
    if len(text) < _LEAST or _DIGITS.search(text) is None:
        return
    for run in _RUN.finditer(text):
        yield from _in_run(text, run, today, prose)
    for spaced in _SPACED_ID.finditer(text):
        number = re.sub("[ -]", "", spaced.group())
        if _PROVINCE.match(number) and is_id_number(number, today):
            yield Found(*spaced.span(), Kind.ID_CARD)
    for phone in _SPACED_PHONE.finditer(text):
        yield Found(*phone.span(), Kind.UNKNOWN)
    if prose:
        for card in _CARD.finditer(text):
            if not _named_else(text, card):
                yield Found(*card.span(), Kind.SOCIAL_CARD)


def _in_run(text: str, run: re.Match[str], today: date, prose: bool) -> Iterator[Found]:
    """The numbers in one run of digits, and an X behind it."""
    start = run.start() + bool(_AIM.search(text[: run.start()][-2:]))
    signs = text[start : run.end()]
    digits = signs.rstrip("Xx")
    gs1 = _GS1.fullmatch(digits)
    gs1 = gs1 if gs1 and gs1_mod10(gs1["gtin"]) else None
    # A GTIN with a serial number is a trace code, whatever its digits look like.
    if _TRACE_CODES.fullmatch(digits) or (gs1 and gs1["end"] == "21"):
        return
    for at in range(len(signs) - _ID_CHARS + 1):
        number = signs[at : at + _ID_CHARS]
        # A whole number is one by date and check; one inside a longer run may be so by chance.
        if is_id_number(number, today) and (number == signs or _PROVINCE.match(number)):
            yield Found(start + at, start + at + _ID_CHARS, Kind.ID_CARD)
    if gs1 and len(digits) != _VOUCHER_CHARS:
        return
    end = start + len(digits)
    kind = _whole(digits, today)
    if kind is None and _alone(text, start, end):
        kind = _alone_kind(digits, today)
        if kind is None and prose and _PAYMENT.fullmatch(digits) and not _named_else(text, run):
            kind = Kind.UNKNOWN
    if kind and not _STORE.fullmatch(_word(text, start, end)):
        yield Found(start, end, kind)


def _whole(digits: str, today: date) -> Kind | None:
    """An e-voucher is any 28 digits: what is longer may hold one, unless trace codes explain it."""
    size = len(digits)
    if size < _VOUCHER_CHARS or size == _VOUCHER_CHARS:
        return Kind.INSURANCE_VOUCHER if size == _VOUCHER_CHARS else None
    return None if _of_trace_codes(digits) else Kind.INSURANCE_VOUCHER


def _of_trace_codes(digits: str) -> bool:
    """Whole trace codes with one that lost or won a digit or two, as scanners merge them.

    29 digits are never that: they are a voucher behind a digit. 41 and more that end or begin in a
    commodity barcode may be one too.
    """
    codes, left = 0, digits
    while left.startswith("8") and len(left) >= _TRACE_CHARS:
        codes, left = codes + 1, left[_TRACE_CHARS:]
    if _is_barcode(digits[:_EAN_CHARS]) or _is_barcode(digits[-_EAN_CHARS:]):
        return codes > 0 and len(left) in (0, _EAN_CHARS)
    short = len(left) <= 2 or (left.startswith("8") and len(left) >= 17)
    if codes and short:
        return True
    head = len(digits) % _TRACE_CHARS
    tail = digits[head:]
    return head >= 17 and digits.startswith("8") and bool(_TRACE_CODES.fullmatch(tail))


def _is_barcode(digits: str) -> bool:
    return digits.startswith("69") and gs1_mod10(digits)


def _alone_kind(digits: str, today: date) -> Kind | None:
    """A phone or a 15-digit identity number: only where no letter or digit stands beside it."""
    if _PHONE.fullmatch(digits):
        return Kind.UNKNOWN
    if len(digits) != _OLD_ID_CHARS or not _PROVINCE.match(digits):
        return None
    if _CITY.match(digits) and int(digits[6:8]) <= _LATEST_DOCUMENT:
        return None
    try:
        born = date(1900 + int(digits[6:8]), int(digits[8:10]), int(digits[10:12]))
    except ValueError:
        return None
    first = today - _OLDEST if today.year < date.max.year else date(1911, 1, 1)
    return Kind.ID_CARD if born >= first else None


def _alone(text: str, start: int, end: int) -> bool:
    return _word(text, start, end) == text[start:end]


def _word(text: str, start: int, end: int) -> str:
    """The letters and digits of ASCII around a place; Chinese may touch a number.

    Of a long word only what is near: a text of one endless word is looked through once.
    """
    first, last = max(0, start - _NEAR), min(len(text), end + _NEAR)
    while start > first and text[start - 1].isascii() and text[start - 1].isalnum():
        start -= 1
    while end < last and text[end].isascii() and text[end].isalnum():
        end += 1
    return text[start:end]


def _named_else(text: str, found: re.Match[str]) -> bool:
    """The words before it, or its form, say that it is a lot, an invoice or a store."""
    word = found.group()
    if _STORE.fullmatch(word) or _DATED.fullmatch(word):
        return True
    return _NAMED.search(text[max(0, found.start() - 12) : found.start()]) is not None
