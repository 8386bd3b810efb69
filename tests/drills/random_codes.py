"""Random codes of every family, well formed, for counting what is taken for what.

The forms are those of the facts on codes, section 2; every generator gets its random source.
"""

import random
import string
from collections.abc import Callable
from datetime import date, timedelta

_CONTROL_NAMES = (
    "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "HT", "LF", "VT", "FF", "CR", "SO",
    "SI", "DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM", "SUB", "ESC", "FS",
    "GS", "RS", "US",
)  # fmt: skip


def _spellings(number: int, name: str) -> tuple[str, ...]:
    """One control as scanners, label software, workbooks, programs and web pages write it."""
    bracketed = (f"<{name}>", f"<{name.lower()}>", f"{{{name}}}", f"[{name}]", f"({name})")
    coded = (
        f"<0x{number:02X}>", f"<x{number:02x}>", f"[0x{number:02x}]", f"{{0X{number:02X}}}",
        f"<{number:02X}>", f"0x{number:02X}", f"%{number:02X}", f"%{number:02x}",
        f"%25{number:02X}", f"%3C{name}%3E", f"%253C{name}%253E", f"&lt;{name}&gt;",
        f"&#{number};", f"&#x{number:X};", f"\\x{number:02x}", f"\\u00{number:02x}",
        f"\\{number:03o}", f"^{chr(number + 64)}", chr(0x2400 + number), f"_x00{number:02X}_",
        f"U+00{number:02X}", f"~d{number:03d}", f"＜{name}＞", f"< {name} >", f"<{name}/>",
    )  # fmt: skip
    return (*bracketed, *coded)


# Written out separators and other controls; none of them is ever part of a value.
SPELLED_SEPARATORS = (
    *_spellings(0x1D, "GS"), "<FNC1>", "<fnc1>", "{FNC1}", "[FNC1]", "(FNC1)", "FNC1", "<<GS>>",
    "<GS", "GS>", "=1D", "|GS|", "_GS_", "<GroupSeparator>", "<group_sep>", "<29>", "<1Dh>",
)  # fmt: skip
_OTHERS = [(number, name) for number, name in enumerate(_CONTROL_NAMES) if name != "GS"]
SPELLED_CONTROLS = (
    *(spelling for number, name in _OTHERS for spelling in _spellings(number, name)),
    "<DEL>", "<TAB>", "<CRLF>", "<ENTER>", "%7F", "<0x7F>", "\\x7f", "\\r", "\\n", "\\t",
)  # fmt: skip

Maker = Callable[[random.Random], str]
_LETTERS_AND_DIGITS = string.ascii_uppercase + string.digits
_COURIERS = ("SF", "JD", "YT", "ZTO", "JT", "STO", "DPK")
_BORN_FROM = date(1900, 1, 1)
_BORN_DAYS = (date(2026, 11, 22) - _BORN_FROM).days
_MADE_FROM = date(2024, 1, 1)


def digits(dice: random.Random, size: int) -> str:
    """Digits, the first of which may be 0."""
    return f"{dice.randrange(10**size):0{size}d}"


def with_check_digit(body: str) -> str:
    """`body` and its GS1 check digit."""
    total = sum(int(ch) * (3, 1)[place % 2] for place, ch in enumerate(reversed(body)))
    return body + str(-total % 10)


def id_number(dice: random.Random) -> str:
    """A resident identity number with a day of birth that was."""
    born = _BORN_FROM + timedelta(days=dice.randrange(_BORN_DAYS))
    body = f"{dice.randrange(110000, 660000)}{born:%Y%m%d}{dice.randrange(1000):03d}"
    remainder = 0
    for ch in body:
        remainder = (remainder + int(ch)) * 2 % 11
    return body + "0123456789X"[(12 - remainder) % 11]


def payment_code(dice: random.Random) -> str:
    """A payment code of WeChat or Alipay."""
    if dice.random() < 0.5:
        return "1" + str(dice.randrange(6)) + digits(dice, 16)
    return str(dice.randrange(25, 31)) + digits(dice, dice.randrange(14, 23))


def voucher(dice: random.Random) -> str:
    """An insurance e-voucher."""
    return digits(dice, 28)


def parcel_number(dice: random.Random) -> str:
    """A courier's number, with or without its prefix."""
    if dice.random() < 0.5:
        return dice.choice(_COURIERS) + digits(dice, dice.randrange(8, 15))
    return digits(dice, dice.randrange(12, 16))


def ean(dice: random.Random) -> str:
    """A commodity barcode: EAN-13, EAN-8, UPC-A or ITF-14."""
    size = dice.choice((13, 13, 13, 8, 12, 14))
    start = dice.choice(("69", "")) if size == 13 else ""
    return with_check_digit(start + digits(dice, size - 1 - len(start)))


def trace_20(dice: random.Random) -> str:
    """8 and 19 digits."""
    return "8" + digits(dice, 19)


def trace_self(dice: random.Random) -> str:
    """A manufacturer's code: seven characters of identification, thirteen of serial."""
    while True:
        code = "".join(dice.choices(_LETTERS_AND_DIGITS, k=7))
        code += digits(dice, 13) if dice.random() < 0.5 else "".join(
            dice.choices(_LETTERS_AND_DIGITS, k=13)
        )  # fmt: skip
        # The prefixes of couriers come first in the order of the facts (section 2, row 16).
        other = code.startswith(_COURIERS) or looks_like_digits(code) or "FNC1" in code
        if not code.isdigit() and not other:
            return code


def looks_like_digits(code: str) -> bool:
    """A code that is digits, but for letters that are mistaken for digits."""
    letters = {ch for ch in code if ch not in string.digits}
    if code[0] == "8":
        return letters <= set("OoDQIiLlZzSsGbBgq")
    return not letters & set(code[:7]) and letters <= set("OoIl")


def trace_gs1(dice: random.Random) -> str:
    """GTIN and serial of a medicine, mostly with lot and expiry, as a GS1 symbol delivers them."""
    gtin = with_check_digit(dice.choice("01234") + "69" + digits(dice, 10))
    letters = string.digits if dice.random() < 0.5 else _LETTERS_AND_DIGITS
    serial = "".join(dice.choices(letters, k=dice.randrange(6, 21)))
    lot = "".join(dice.choices(letters, k=dice.randrange(4, 11)))
    made = _MADE_FROM + timedelta(days=dice.randrange(900))
    expiry = made + timedelta(days=dice.randrange(300, 1500))
    body = dice.choice((
        f"01{gtin}21{serial}",
        f"01{gtin}17{expiry:%y%m%d}10{lot}\x1d21{serial}",
        f"01{gtin}21{serial}\x1d17{expiry:%y%m%d}10{lot}",
        f"01{gtin}21{serial}\x1d10{lot}\x1d17{expiry:%y%m%d}11{made:%y%m%d}",
        f"01{gtin}11{made:%y%m%d}17{expiry:%y%m}0010{lot}\x1d21{serial}",
    ))  # fmt: skip
    whole = dice.choice(("]d2", "]C1", "]Q3", "]d8", "]J1")) + body
    return trace_gs1(dice) if "FNC1" in whole else whole


def spelled_gs1(dice: random.Random) -> tuple[str, str]:
    """A box whose separators are written out, with one spelling or two, and the code it has."""
    gtin = with_check_digit("069" + digits(dice, 10))
    serial, lot = (
        "".join(dice.choices(_LETTERS_AND_DIGITS, k=dice.randrange(4, 13))) for _ in "12"
    )
    elements = [f"21{serial}", f"10{lot}", "17271231"]
    dice.shuffle(elements)
    marks = [dice.choice(dice.choice((SPELLED_SEPARATORS, SPELLED_CONTROLS))) for _ in range(2)]
    text = elements[0] + dice.choice(marks) + elements[1] + dice.choice(marks) + elements[2]
    before, after = (dice.choice(("", "", *marks)) for _ in "12")
    return f"{dice.choice(('', ']d2', ']C1'))}{before}01{gtin}{text}{after}", f"01{gtin}21{serial}"


NEVER_TRACE: dict[str, Maker] = {
    "payment codes": payment_code,
    "e-vouchers": voucher,
    "parcel numbers": parcel_number,
    "commodity barcodes": ean,
    "identity numbers": id_number,
}
MUST_BE_PERSONAL = frozenset({"payment codes", "e-vouchers", "identity numbers"})
ALWAYS_TRACE: dict[str, Maker] = {
    "trace_20": trace_20,
    "trace_self": trace_self,
    "trace_gs1": trace_gs1,
}
