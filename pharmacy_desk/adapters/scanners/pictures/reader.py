"""Read all trace codes of one picture, a code only when two reads of it agree.

What is known of the reader (facts on codes, 4.1): bytes and not its human-readable text, EAN left
out because it is found inside Code 128, tilt and 1.5-fold passes for linear codes. Beyond those
passes barcodes are located by their edges and read one by one, laid level.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
import zxingcpp
from zxingcpp import BarcodeFormat, BarcodeFormats

from pharmacy_desk.adapters.scanners.pictures import views
from pharmacy_desk.adapters.scanners.pictures.load import Grey, load
from pharmacy_desk.adapters.scanners.pictures.locate import Bars, locate
from pharmacy_desk.adapters.scanners.pictures.views import View
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.scanning.tray import (
    Corners,
    Photo,
    Picture,
    Symbol,
    Tray,
    centre,
    inside,
    is_box,
    overlap,
    reading_order,
)

# The carriers of trace codes (facts on codes, 1.2 and 1.4).
FORMATS = BarcodeFormats([BarcodeFormat.Code128, BarcodeFormat.DataMatrix, BarcodeFormat.QRCode])
_LINEAR = BarcodeFormats([BarcodeFormat.Code128])
# Commodity barcodes are only read to know that an area is one; they never become a code.
_RETAIL = BarcodeFormats([BarcodeFormat.EANUPC, BarcodeFormat.ITF])
_TILTS = (20.0, -20.0, 40.0, -40.0)
_UPSCALE = 1.5
# Larger pictures show a tray of A4 width at 19 px/mm and more: 0.17 mm, the narrowest module in
# use, is then 3.2 px, and the larger copy would only cost time.
_UPSCALE_MOST_PIXELS = 24_000_000
_STRIP_SCALES = (1.0, 1.5, 2.0)
# A second look at a symbol: at another sampling, so that it is a read of its own. Large matrix
# symbols are made smaller, which is cheaper and blurs noise.
_AGAIN_LARGER, _AGAIN_SMALLER, _LARGE_PX = 1.5, 0.75, 150
# The second look at a linear symbol needs some rows of it only.
_BAND_SHARE, _BAND_PX = 4, 10
_MARGIN = 0.1
# The smallest matrix symbol (10 modules) at 2.5 px a module, and how far from a square it is seen.
_LEAST_MATRIX_PX, _MOST_ASPECT = 25, 1.6
_MOST_DOUBTS = 40
# Ink and paper differ by more than this in grey levels; blank paper with noise sigma 8 by 26.
_LEAST_CONTRAST = 60
# An EAN read explains an area only when it fills this much of it: a part of a Code 128 can look
# like one.
_FILLS = 0.6
# What Pillow, numpy and zxing-cpp raise on a picture of a shape they were not made for.
_GIVES_UP = (ValueError, RuntimeError, ArithmeticError, MemoryError, SystemError)


def read_file(path: Path, expect: int | None, today: date) -> Picture:
    """Open and read a picture file. Raises `WorldError` when it cannot be opened or looked at."""
    grey = load(path)
    photo = Photo(grey.tobytes(), grey.shape[1], grey.shape[0])
    try:
        return Picture(photo, read_tray(grey, expect, today))
    except _GIVES_UP as error:
        raise WorldError(Fault.PICTURE_UNREADABLE, path=str(path)) from error


def read_photo(photo: Photo, expect: int | None, today: date) -> Picture:
    """Read a picture that a camera has just taken."""
    grey = np.frombuffer(photo.grey, np.uint8).reshape(photo.height, photo.width)
    return Picture(photo, read_tray(grey, expect, today))


def read_tray(grey: Grey, expect: int | None, today: date) -> Tray:
    """All codes of a picture; further passes only while fewer than `expect` boxes have one.

    Without `expect` all passes are made. The time counted is that of looking, not of opening.
    """
    begin = time.perf_counter()
    search = _Search(grey, expect, today)
    for attempt in search.passes():
        attempt()
        if search.enough():
            break
    symbols, unread = search.result()
    height, width = grey.shape
    return Tray(symbols, unread, width, height, (time.perf_counter() - begin) * 1000)


class _Search:
    """One picture being looked at; what is known so far."""

    def __init__(self, grey: Grey, expect: int | None, today: date) -> None:
        self._grey = grey
        self._expect = expect
        self._today = today
        self._found: dict[str | bytes, Symbol] = {}
        # Every place where a code was read twice, also the second place of one code.
        self._places: list[Corners] = []
        self._seen_once: dict[bytes, Corners] = {}
        self._matrix: list[Corners] = []
        self._unread_bars: list[Corners] = []
        self._conflicts: list[Corners] = []

    def passes(self) -> Iterator[Callable[[], None]]:
        """What is tried, cheapest and most fruitful first."""
        yield lambda: self._whole(View(self._grey), FORMATS)
        yield self._strips
        yield self._doubtful_matrix
        if self._grey.size <= _UPSCALE_MOST_PIXELS:
            yield lambda: self._whole(views.scaled(self._grey, _UPSCALE), FORMATS)
        yield lambda: self._whole(View(255 - self._grey), FORMATS)
        for degrees in _TILTS:
            yield partial(self._tilted, degrees)

    def enough(self) -> bool:
        """True when as many boxes have a code as the person counted."""
        if self._expect is None:
            return False
        boxes = sum(is_box(symbol.reading(self._today)) for symbol in self._found.values())
        return boxes >= self._expect

    def result(self) -> tuple[tuple[Symbol, ...], tuple[Corners, ...]]:
        """Symbols and unread places in reading order."""
        symbols = list(self._found.values())
        ordered = [symbols[i] for i in reading_order([s.corners for s in symbols])]
        unread: list[Corners] = []
        doubts = [*self._conflicts, *self._seen_once.values(), *self._unread_bars, *self._matrix]
        for place in doubts:
            if not self._explained(place) and not any(overlap(place, u) for u in unread):
                unread.append(place)
        return tuple(ordered), tuple(unread[i] for i in reading_order(unread))

    # --- passes ---------------------------------------------------------------------------

    def _whole(self, view: View, formats: BarcodeFormats) -> None:
        """One look at the whole picture. Linear symbols with an error say nothing of a place."""
        for read in zxingcpp.read_barcodes(
            view.grey,
            formats,
            try_invert=False,
            return_errors=True,
            try_downscale=formats is FORMATS,
        ):
            if read.error is None and read.bytes:
                self._read_once(view, read)
            elif read.format != BarcodeFormat.Code128 and len(self._matrix) < _MOST_DOUBTS:
                self._located(view.corners(read.position))

    def _tilted(self, degrees: float) -> None:
        """A look for linear symbols at the picture turned."""
        self._whole(views.turned(self._grey, degrees), _LINEAR)

    def _strips(self) -> None:
        """Each barcode-like area that no read explains, laid level."""
        for bars in locate(self._grey):
            corners = bars.corners()
            if self._explained(corners):
                continue
            if not self._read_bars(views.levelled(self._grey, bars)):
                self._unread_bars.append(corners)

    def _read_bars(self, bars: Bars) -> bool:
        """Try one area at several scales, plain and averaged, until two reads agree."""
        votes: Counter[tuple[bytes, str, str]] = Counter()
        for scale in _STRIP_SCALES:
            level = views.strip(self._grey, bars, scale)
            for view in (level, views.averaged(level)):
                for read in _level(view, _LINEAR):
                    vote = read.bytes, read.format.name, read.symbology_identifier
                    votes[vote] += 1
                    if votes[vote] == 2:
                        self._take(Symbol(vote[1], vote[2], vote[0], view.corners(read.position)))
        agreed = any(count > 1 for count in votes.values())
        return agreed or (not votes and self._is_retail(bars))

    def _is_retail(self, bars: Bars) -> bool:
        """True for a commodity barcode: read alike at two scales, over most of the area."""
        read: list[bytes] = []
        for scale in _STRIP_SCALES[:2]:
            view = views.strip(self._grey, bars, scale)
            for code in _level(view, _RETAIL):
                width = abs(code.position.top_right.x - code.position.top_left.x)
                if width > _FILLS * bars.length * scale:
                    read.append(code.bytes)
        return len(read) == 2 and read[0] == read[1]

    def _located(self, place: Corners) -> None:
        """Keep a matrix symbol with errors, unless it is only noise that looks like one."""
        left, top, right, bottom = _bounds(place)
        short, long = sorted((right - left, bottom - top))
        shaped = short >= _LEAST_MATRIX_PX and long <= short * _MOST_ASPECT
        if shaped and not any(overlap(place, other) for other in self._matrix):
            ink, paper = np.percentile(
                self._grey[max(0, top) : bottom, max(0, left) : right], (5, 95)
            )
            if paper - ink >= _LEAST_CONTRAST:
                self._matrix.append(place)

    def _doubtful_matrix(self) -> None:
        """Matrix symbols that were located with errors: closer, at two scales."""
        doubts, self._matrix = self._matrix, []
        for place in doubts:
            known = any(overlap(place, bars) for bars in self._unread_bars)
            if not known and not self._explained(place) and self._closer(place):
                self._matrix.append(place)

    def _closer(self, place: Corners) -> bool:
        """Look again; True when a symbol stands there that could not be read."""
        box = _grown(_bounds(place), 0.25)
        located = 0
        for scale in (_UPSCALE, 2.0):
            view = views.part(self._grey, box, scale)
            reads = zxingcpp.read_barcodes(view.grey, FORMATS, return_errors=True)
            located += bool(reads)
            for read in reads:
                if read.error is None and read.bytes:
                    self._read_once(view, read)
        return located == 2 and not self._explained(place)

    # --- agreeing -------------------------------------------------------------------------

    def _read_once(self, view: View, read: zxingcpp.Barcode) -> None:
        """A first read: it counts when an earlier pass or a second look says the same."""
        corners, data = view.corners(read.position), read.bytes
        earlier = self._seen_once.get(data)
        known = any(
            symbol.data == data and overlap(corners, symbol.corners)
            for symbol in self._found.values()
        )
        if known:
            return
        if (earlier and overlap(earlier, corners)) or _again(view, read):
            self._take(Symbol(read.format.name, read.symbology_identifier, data, corners))
        else:
            self._seen_once.setdefault(data, corners)

    def _take(self, symbol: Symbol) -> None:
        """Count a code once; two codes on one place are both doubtful."""
        key = symbol.reading(self._today).code or symbol.data
        self._seen_once.pop(symbol.data, None)
        if any(overlap(symbol.corners, place) for place in self._conflicts):
            return
        for other_key, other in list(self._found.items()):
            same_place = other.format == symbol.format and overlap(other.corners, symbol.corners)
            if other_key != key and same_place:
                del self._found[other_key]
                self._conflicts.append(other.corners)
                return
        self._places.append(symbol.corners)
        self._found.setdefault(key, symbol)

    def _explained(self, place: Corners) -> bool:
        """True when a code was read there; bars reach further than the rows that were read."""
        return any(overlap(place, known) or _near(place, known) for known in self._places)


def _near(place: Corners, known: Corners) -> bool:
    """True when the middle of `place` lies in `known` made three times as high."""
    tl, tr, br, bl = known
    up = bl[0] - tl[0], bl[1] - tl[1]
    taller = (
        (tl[0] - up[0], tl[1] - up[1]),
        (tr[0] - up[0], tr[1] - up[1]),
        (br[0] + up[0], br[1] + up[1]),
        (bl[0] + up[0], bl[1] + up[1]),
    )
    wide = abs(tr[0] - tl[0]) + abs(tr[1] - tl[1]) > 2 * (abs(up[0]) + abs(up[1]))
    return wide and inside(centre(place), taller)


def _level(view: View, formats: BarcodeFormats) -> list[zxingcpp.Barcode]:
    """Reads of a level strip: nothing to turn, shrink or invert."""
    found = zxingcpp.read_barcodes(
        view.grey, formats, try_rotate=False, try_downscale=False, try_invert=False
    )
    return [read for read in found if read.bytes]


def _again(view: View, read: zxingcpp.Barcode) -> bool:
    """A second look at a symbol alone, sampled anew: True when it says the same."""
    bounds = _bounds(views.own_corners(read.position))
    formats = BarcodeFormats([read.format])
    whole = _grown(bounds, _MARGIN)
    if read.format == BarcodeFormat.Code128:
        looks_at = [(_band(bounds), _AGAIN_LARGER), (whole, _AGAIN_LARGER)]
    else:
        looks_at = [(whole, _AGAIN_LARGER), (whole, _AGAIN_SMALLER)]
        if bounds[2] - bounds[0] > _LARGE_PX:
            looks_at.reverse()
    for box, scale in looks_at:
        close = views.part(view.grey, box, scale)
        looks = zxingcpp.read_barcodes(close.grey, formats, try_downscale=False, try_invert=False)
        if any(look.bytes == read.bytes for look in looks):
            return True
    return False


def _bounds(corners: Corners) -> tuple[int, int, int, int]:
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _grown(box: tuple[int, int, int, int], share: float) -> tuple[int, int, int, int]:
    """A box with a margin: the quiet zone and some pixels for a corner that is off."""
    more = round(max(box[2] - box[0], box[3] - box[1]) * share) + 8
    return box[0] - more, box[1] - more, box[2] + more, box[3] + more


def _band(box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """Some rows in the middle of a linear symbol, or columns of one that stands upright."""
    left, top, right, bottom = _grown(box, _MARGIN)
    wide, high = box[2] - box[0], box[3] - box[1]
    if wide >= high:
        middle, half = (box[1] + box[3]) // 2, max(_BAND_PX, high // _BAND_SHARE) // 2
        return left, middle - half, right, middle + half
    middle, half = (box[0] + box[2]) // 2, max(_BAND_PX, wide // _BAND_SHARE) // 2
    return middle - half, top, middle + half, bottom
