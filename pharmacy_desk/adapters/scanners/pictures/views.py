"""Views of a picture: parts of it turned and scaled, each knowing where it came from."""

import math
from dataclasses import replace
from typing import TypeAlias

import numpy as np
import zxingcpp
from PIL import Image

from pharmacy_desk.adapters.scanners.pictures.load import Grey
from pharmacy_desk.adapters.scanners.pictures.locate import Bars
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.scanning.tray import Corners, Point

# x = a·u + b·v + c, y = d·u + e·v + f takes a pixel (u, v) of the view to the picture.
Affine: TypeAlias = tuple[float, float, float, float, float, float]

_SAME: Affine = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)
_PAPER = 255
# Quiet zone that a strip keeps on either side: Code 128 wants 10 modules, here of up to 8 px.
_QUIET_PX = 80
# The middle of the bars: above and below are their slanted ends and the digits.
_MIDDLE = 0.5
_LEAST_ROWS, _MOST_ROWS = 24, 160
# Tangent of 6°: the error of a located angle, with something to spare.
_MOST_SLANT = 0.105
# Rows of an averaged strip: the reader looks at several and wants two that agree.
_COPIES = 16


@dataclass(frozen=True, slots=True)
class View:
    """Grey pixels and the way from them back to the picture."""

    grey: Grey
    to_picture: Affine = _SAME

    def corners(self, position: zxingcpp.Position) -> Corners:
        """A symbol's corners in the picture."""
        tl, tr, br, bl = own_corners(position)
        return self._point(tl), self._point(tr), self._point(br), self._point(bl)

    def _point(self, point: Point) -> Point:
        a, b, c, d, e, f = self.to_picture
        x, y = point
        return round(a * x + b * y + c), round(d * x + e * y + f)


def own_corners(position: zxingcpp.Position) -> Corners:
    """A symbol's corners in the view it was read from."""
    tl, tr = position.top_left, position.top_right
    br, bl = position.bottom_right, position.bottom_left
    return (tl.x, tl.y), (tr.x, tr.y), (br.x, br.y), (bl.x, bl.y)


def turned(grey: Grey, degrees: float) -> View:
    """The whole picture turned about its middle, with room for its corners."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    height, width = grey.shape
    wide = math.ceil(abs(width * cos) + abs(height * sin))
    high = math.ceil(abs(width * sin) + abs(height * cos))
    affine = _about((width / 2, height / 2), (wide / 2, high / 2), cos, sin)
    return _cut(grey, (wide, high), affine, Image.Resampling.BILINEAR)


def scaled(grey: Grey, scale: float) -> View:
    """The whole picture larger or smaller."""
    height, width = grey.shape
    size = max(1, round(width * scale)), max(1, round(height * scale))
    made = Image.fromarray(grey).resize(size, Image.Resampling.BILINEAR)
    return View(np.asarray(made), (1 / scale, 0.0, 0.0, 0.0, 1 / scale, 0.0))


def part(grey: Grey, box: tuple[int, int, int, int], scale: float) -> View:
    """The rectangle (left, top, right, bottom) of a picture, cut at its edges, scaled."""
    height, width = grey.shape
    left, top = min(max(0, box[0]), width - 1), min(max(0, box[1]), height - 1)
    cut = grey[top : max(top + 1, box[3]), left : max(left + 1, box[2])]
    made = scaled(np.ascontiguousarray(cut), scale)
    return View(made.grey, (1 / scale, 0.0, float(left), 0.0, 1 / scale, float(top)))


def strip(grey: Grey, bars: Bars, scale: float) -> View:
    """The middle of a barcode laid level, with paper around it."""
    rows = min(_MOST_ROWS, max(_LEAST_ROWS, bars.height * _MIDDLE))
    size = round((bars.length + 2 * _QUIET_PX) * scale), round(rows * scale)
    cos, sin = math.cos(bars.angle) / scale, math.sin(bars.angle) / scale
    affine = _about((bars.x, bars.y), (size[0] / 2, size[1] / 2), cos, sin)
    return _cut(grey, size, affine, Image.Resampling.BICUBIC)


def levelled(grey: Grey, bars: Bars) -> Bars:
    """The area with its angle put right by how far the bars wander from its top to its bottom.

    Gradients of neighbouring pixels take narrow bars for up to 4.5° steeper or flatter than they
    are (measured at 3 px a module); read as one profile the bars must be straight within 1°.
    """
    level = strip(grey, bars, 1.0).grey
    band = level.shape[0] // 4
    reach = min(round(level.shape[0] * _MOST_SLANT), level.shape[1] // 4)
    top = level[:band].mean(axis=0)
    bottom = level[-band:].mean(axis=0)
    middle = slice(reach, level.shape[1] - reach)
    top = top[middle] - top[middle].mean()
    shifts = range(-reach, reach + 1)
    best = max(shifts, key=lambda s: float(top @ bottom[middle.start + s : middle.stop + s]))
    return replace(bars, angle=bars.angle - math.atan2(best, level.shape[0] - band))


def averaged(view: View) -> View:
    """A level strip with every row the mean of all: noise goes, bars stay."""
    mean = view.grey.mean(axis=0).astype(np.uint8)
    a, b, c, d, e, f = view.to_picture
    # The copies stand for the strip's whole height.
    grow = view.grey.shape[0] / _COPIES
    return View(np.tile(mean, (_COPIES, 1)), (a, b * grow, c, d, e * grow, f))


def _about(middle: tuple[float, float], at: tuple[float, float], cos: float, sin: float) -> Affine:
    """The way back that takes `at` of the view to `middle` of the picture, turned."""
    return (
        cos,
        -sin,
        middle[0] - cos * at[0] + sin * at[1],
        sin,
        cos,
        middle[1] - sin * at[0] - cos * at[1],
    )


def _cut(grey: Grey, size: tuple[int, int], affine: Affine, how: Image.Resampling) -> View:
    """Sample a view; only the part of the picture that it shows is touched."""
    a, b, c, d, e, f = affine
    corners = [(a * u + b * v + c, d * u + e * v + f) for u in (0, size[0]) for v in (0, size[1])]
    left, top = (max(0, math.floor(min(p[i] for p in corners)) - 2) for i in (0, 1))
    right, bottom = (math.ceil(max(p[i] for p in corners)) + 2 for i in (0, 1))
    near = np.ascontiguousarray(grey[top:bottom, left:right])
    if not near.size:
        return View(np.full((size[1], size[0]), _PAPER, np.uint8), affine)
    made = Image.fromarray(near).transform(
        size, Image.Transform.AFFINE, (a, b, c - left, d, e, f - top), how, fillcolor=_PAPER
    )
    return View(np.asarray(made), affine)
