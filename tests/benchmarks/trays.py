"""Made-up pictures of trays: seeded, with the truth beside each, as a document camera sees them.

The ranges are those a counter's picture is to be read in (tilt ≤ 30°, blur ≤ 1.2 px, noise ≤ 8
grey levels, ≥ 3 px a module) at 12 px/mm, a 12-megapixel document camera over half an A4 sheet.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PIL import Image, ImageFilter

PX_PER_MM = 12
_BAR_MM = (10, 18)
_PAPER = 255
_GTIN = "06901234567892"


@dataclass(frozen=True, slots=True)
class Truth:
    """What one symbol says (its payload bytes) and where its middle stands in the picture."""

    data: bytes
    linear: bool
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Made:
    """A picture in eight bits of grey and what is on it."""

    grey: NDArray[np.uint8]
    truths: tuple[Truth, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """How a tray is photographed: largest tilt in degrees, blur and noise sigma, px a module."""

    tilt: float = 0.0
    blur: float = 0.0
    noise: float = 0.0
    px: int = 4


def payload(rng: random.Random, kind: str) -> bytes:
    """A fresh code of a kind: `linear`, `qr` (20 digits) or `gs1` (01, 21, 10 with its GS, 17)."""
    if kind != "gs1":
        return b"8%019d" % rng.randrange(10**19)
    serial, lot = f"S{rng.randrange(10**9):09d}", f"L{rng.randrange(10**5):05d}"
    return f"01{_GTIN}21{serial}\x1d10{lot}\x1d17290101".encode()


def symbol(data: bytes, kind: str, px: int, bar_px: int) -> Image.Image:
    """The printed symbol with its quiet zone; `px` a module of a linear one, twice of a matrix."""
    if kind == "linear":
        code = zxingcpp.create_barcode(data.decode(), zxingcpp.BarcodeFormat.Code128)
        row = np.array(zxingcpp.write_barcode_to_image(code, scale=1))[0]
        return Image.fromarray(np.tile(np.repeat(row, px), (bar_px, 1)))
    if kind == "gs1":
        text = data.decode()
        gtin, serial = text[2:16], text[18 : text.index("\x1d")]
        lot = text.split("\x1d")[1][2:]
        told = f"(01){gtin}(21){serial}(10){lot}(17)290101"
        code = zxingcpp.create_barcode(
            told, zxingcpp.BarcodeFormat.DataMatrix, gs1=True, forceSquare=True
        )
    else:
        code = zxingcpp.create_barcode(data.decode(), zxingcpp.BarcodeFormat.QRCode)
    return Image.fromarray(np.array(zxingcpp.write_barcode_to_image(code, scale=2 * px)))


def tray(
    seed: int,
    look: Look,
    kinds: Sequence[str],
    size: tuple[int, int] = (4000, 3000),
    columns: int = 5,
) -> Made:
    """A tray of one box a cell, each code turned and moved on its own."""
    rng = random.Random(seed)
    sheet = Image.new("L", size, _PAPER - rng.randrange(30))
    rows = -(-len(kinds) // columns)
    wide, high = size[0] / columns, size[1] / rows
    truths = []
    for place, kind in enumerate(kinds):
        data = payload(rng, kind)
        made = symbol(data, kind, look.px, PX_PER_MM * rng.randint(*_BAR_MM))
        # White packaging around, as the label of a real box.
        box = Image.new("L", (made.width + 40, made.height + 40), _PAPER)
        box.paste(made, (20, 20))
        angle = rng.uniform(-look.tilt, look.tilt)
        mask = Image.new("L", box.size, 255).rotate(angle, expand=True)
        box = box.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=_PAPER)
        room = max(0.0, wide - box.width), max(0.0, high - box.height)
        x = int(place % columns * wide + rng.random() * room[0])
        y = int(place // columns * high + rng.random() * room[1])
        sheet.paste(box, (x, y), mask)
        truths.append(Truth(data, kind == "linear", x + box.width / 2, y + box.height / 2))
    return Made(_photographed(sheet, look, seed), tuple(truths))


def _photographed(sheet: Image.Image, look: Look, seed: int) -> NDArray[np.uint8]:
    if look.blur:
        sheet = sheet.filter(ImageFilter.GaussianBlur(look.blur))
    grey = np.asarray(sheet)
    if not look.noise:
        return grey.copy()
    # Contrast of a lit label: ink is not black, paper not white.
    noise = np.random.default_rng(seed).normal(0.0, look.noise, grey.shape).astype(np.float32)
    lit = grey.astype(np.float32) * 0.75 + 35.0 + noise
    return np.clip(lit, 0, 255).astype(np.uint8)


def mixed(count: int) -> list[str]:
    """Kinds of a usual tray: three linear codes, one GS1 DataMatrix and one QR of every five."""
    return [("linear", "linear", "gs1", "linear", "qr")[n % 5] for n in range(count)]
