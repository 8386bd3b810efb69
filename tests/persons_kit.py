"""Random numbers of persons, and where their bytes may lie."""

import base64
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_REGIONS = ("110105", "440303", "310115", "510104", "650102", "330106", "820001", "421126")


def _digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))


def id_number(rng: random.Random) -> str:
    """An 18-character identity number."""
    born = date(1930, 1, 1) + timedelta(days=rng.randrange(90 * 365))
    body = f"{rng.choice(_REGIONS)}{born:%Y%m%d}{_digits(rng, 3)}"
    total = sum(int(sign) * weight for sign, weight in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def old_id_number(rng: random.Random) -> str:
    """A 15-digit identity number."""
    born = date(1930, 1, 1) + timedelta(days=rng.randrange(69 * 365))
    return f"{rng.choice(_REGIONS)}{born:%y%m%d}{_digits(rng, 3)}"


def voucher(rng: random.Random) -> str:
    """An e-voucher (医保电子凭证)."""
    return _digits(rng, 28)


def phone(rng: random.Random) -> str:
    """A mobile phone's number."""
    return f"1{rng.choice('3456789')}{_digits(rng, 9)}"


def card(rng: random.Random) -> str:
    """A social-security card."""
    # A card that reads as a letter and a day of ours is taken for a lot.
    return rng.choice("ABCDEFGKLMNQRSTUVWXYZ") + rng.choice("013456789") + _digits(rng, 7)


def wechat(rng: random.Random) -> str:
    """A WeChat payment code."""
    return f"1{rng.choice('012345')}{_digits(rng, 16)}"


def alipay(rng: random.Random) -> str:
    """An Alipay payment code."""
    return rng.choice(("25", "26", "27", "28", "29", "30")) + _digits(rng, rng.randrange(14, 23))


# What names a person for good, and what else is masked in prose.
LASTING = {"id": id_number, "old id": old_id_number, "voucher": voucher, "phone": phone}
PASSING = {"card": card, "wechat": wechat, "alipay": alipay}


_RUN = re.compile(rb"[0-9A-Za-z]?[0-9]{8,}[0-9Xx]?")
_HEX = re.compile(rb"(?:[0-9A-Fa-f]{2}){9,}")
_BASE64 = re.compile(rb"[A-Za-z0-9+/]{12,}")


def lying_in(data: bytes, numbers: set[str]) -> set[str]:
    """Which of the numbers lie in these bytes: plain, as UTF-16, in hex or in base64."""
    sizes = {len(number) for number in numbers}
    found: set[str] = set()
    for view in _views(data):
        for run in _RUN.findall(view):
            text = run.decode("ascii").upper()
            for size in sizes:
                windows = (text[at : at + size] for at in range(len(text) - size + 1))
                found.update(one for one in windows if one in numbers)
    return found


def _views(data: bytes) -> Iterator[bytes]:
    yield data
    yield data.replace(b"\0", b"")
    for run in _HEX.findall(data):
        for shift in (0, 1):
            told = run[shift : len(run) - (len(run) - shift) % 2]
            yield bytes.fromhex(told.decode("ascii")).replace(b"\0", b"")
    for run in _BASE64.findall(data):
        for shift in range(4):
            told = run[shift:]
            told = told[: len(told) - (len(told) % 4 == 1)]
            yield base64.b64decode(told + b"=" * (-len(told) % 4))
