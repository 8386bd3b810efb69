"""Open a picture file as eight bits of grey, upright, whatever its mode; refuse what is none."""

import struct
import warnings
import zlib
from pathlib import Path
from typing import BinaryIO, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from pharmacy_desk.adapters.given_files import opened
from pharmacy_desk.core.basics.errors import Fault, WorldError

Grey: TypeAlias = NDArray[np.uint8]

# Six times a 12-megapixel document camera; below Pillow's own alarm at 89 million, so that the
# refusal is always ours. 80 million pixels are 80 MB of grey and 320 MB while being converted.
MOST_PIXELS = 80_000_000
# Twice the longest side of such a picture. One that is all side and no picture is none: laid
# askew (`pictures_views.turned`) it would be a square of its length.
MOST_SIDE = 20_000
# An uncompressed picture of so many pixels in four channels is 320 MB.
_MOST_BYTES = 400_000_000
# What cameras and their programs write. EPS is left out: Pillow would start another program.
_FORMATS = ("JPEG", "PNG", "BMP", "GIF", "TIFF", "WEBP", "PPM")
SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff", ".webp", ".ppm", ".pgm"}
)
# What Pillow's readers raise on damaged files, beside its own errors (all OSError).
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    LookupError,
    TypeError,
    ArithmeticError,
    AttributeError,
    RuntimeError,
    EOFError,
    MemoryError,
    struct.error,
    zlib.error,
)


def load(path: Path) -> Grey:
    """The picture as rows of grey.

    Raises `WorldError`: no such file, not a picture or a broken one, too many pixels, too
    long a side.
    """
    with opened(path, _MOST_BYTES) as file:
        return _read(path, file)


def _read(path: Path, file: BinaryIO) -> Grey:
    try:
        # Pillow warns of metadata it cannot read and of many pixels; both are judged here.
        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(file, formats=_FORMATS) as picture,
        ):
            if picture.width * picture.height > MOST_PIXELS or max(picture.size) > MOST_SIDE:
                raise WorldError(Fault.PICTURE_TOO_LARGE, path=str(path))
            return _grey(picture)
    except Image.DecompressionBombError as error:
        raise WorldError(Fault.PICTURE_TOO_LARGE, path=str(path)) from error
    except _BROKEN as error:
        raise WorldError(Fault.PICTURE_UNREADABLE, path=str(path)) from error


def _grey(picture: Image.Image) -> Grey:
    picture.load()
    return np.ascontiguousarray(_eight_bits(_upright(picture)), dtype=np.uint8)


def _upright(picture: Image.Image) -> Image.Image:
    """The picture with its EXIF turn applied; a broken EXIF part turns nothing."""
    try:
        return ImageOps.exif_transpose(picture)
    except _BROKEN:
        return picture


def _eight_bits(image: Image.Image) -> Grey:
    if image.mode.startswith("I") or image.mode == "F":
        return _from_deep(np.asarray(image, dtype=np.float64))
    if image.mode in ("P", "PA", "LA", "La", "RGBa", "RGBA") or "transparency" in image.info:
        whole = image.convert("RGBA")
        # What is transparent is paper: codes are dark on it.
        paper = Image.new("RGBA", whole.size, "white")
        image = Image.alpha_composite(paper, whole)
    elif image.mode not in ("1", "L", "RGB"):
        image = image.convert("RGB")  # CMYK, YCbCr, LAB, HSV
    return np.asarray(image.convert("L"))


def _from_deep(deep: NDArray[np.float64]) -> Grey:
    """16 and 32 bits a pixel, stretched over what is used: cameras seldom use them all."""
    finite = np.nan_to_num(deep, nan=0.0, posinf=0.0, neginf=0.0)
    low, high = float(finite.min()), float(finite.max())
    if high <= low:
        return np.zeros(finite.shape, np.uint8)
    return ((finite - low) * (255.0 / (high - low))).astype(np.uint8)
