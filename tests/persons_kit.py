"""Random numbers of persons, and where their bytes may lie."""

import base64
import random
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


def written(number: str) -> Iterator[bytes]:
    """The ways in which a file may hold a number."""
    for text in {number, number.lower()}:
        data = text.encode("ascii")
        yield data
        yield data.hex().encode()
        yield data.hex().upper().encode()
        yield text.encode("utf-16-le")
        yield text.encode("utf-16-be")
        # Base64 of a text that begins at any byte: what does not depend on its neighbours.
        for shift in range(3):
            coded = base64.b64encode(b"\0" * shift + data)
            yield coded[(0, 2, 3)[shift] + 1 : -4]
