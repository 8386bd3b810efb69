"""One picture of a tray of boxes: which symbols were read, which were only located.

Corners are pixels of the upright picture (its EXIF turn applied), clockwise from the symbol's own
top left. Which kinds a picture may give and why a code needs two reads: facts on codes, 4.1.
"""

from collections.abc import Sequence
from datetime import date
from typing import TypeAlias

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.scanning.recognise import recognise_text
from pharmacy_desk.core.scanning.scan import Reading, decode, mask, visible

Point: TypeAlias = tuple[int, int]
Corners: TypeAlias = tuple[Point, Point, Point, Point]


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol that two reads agree on: its format by name, AIM id, payload bytes and place."""

    format: str
    aim: str
    data: bytes
    corners: Corners

    @property
    def scanned(self) -> bytes:
        """The symbol as a scanner that sends AIM ids would deliver it.

        The id tells GS1 carriers from others (facts on codes, section 1.4), which the payload
        alone does not.
        """
        return self.aim.encode("ascii", "replace") + self.data

    def reading(self, today: date) -> Reading:
        """What the symbol is; `today` bounds birth dates in identity numbers."""
        return recognise_text(decode(self.scanned), today)

    def shown(self, today: date) -> str:
        """The payload as one line that may be shown: personal codes masked (invariant 9)."""
        text = decode(self.data)
        if self.reading(today).is_personal:
            return mask("".join(ch for ch in text if ch.isalnum()))
        return visible(text, 200)


@dataclass(frozen=True, slots=True)
class Tray:
    """What one picture of `width` × `height` pixels gave, in reading order, in `ms` milliseconds.

    `unread` are places where a symbol stands that was not read, or not read twice alike.
    """

    symbols: tuple[Symbol, ...]
    unread: tuple[Corners, ...]
    width: int
    height: int
    ms: float

    def boxes(self, today: date) -> int:
        """How many codes may each stand for a box."""
        return sum(is_box(symbol.reading(today)) for symbol in self.symbols)


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture in memory: eight bits of grey a pixel, row by row, no padding."""

    grey: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it was looked at, and what it gave."""

    photo: Photo
    tray: Tray


@dataclass(frozen=True, slots=True)
class Count:
    """Boxes a person counted against codes that were read; `expected` is None when not given."""

    codes: int
    unread: int
    expected: int | None

    @property
    def missing(self) -> int:
        """How many boxes have no code yet."""
        return max(0, self.expected - self.codes) if self.expected is not None else 0

    @property
    def surplus(self) -> int:
        """How many codes there are more than boxes."""
        return max(0, self.codes - self.expected) if self.expected is not None else 0


def is_box(reading: Reading) -> bool:
    """True for a trace code, also one that only the three-code map can confirm."""
    return reading.is_trace or reading.code_needs_map


def entry(symbol: Symbol, today: date) -> dict[str, object]:
    """A symbol as `decode` prints it: kind, code, format, corners (contracts, section 2).

    `code` is the canonical form of a trace code, else the payload; personal kinds are masked.
    """
    reading = symbol.reading(today)
    shown = symbol.shown(today) if reading.is_personal else decode(symbol.data)
    return {
        "kind": reading.kind.value,
        "code": shown if reading.is_personal else reading.code or shown,
        "raw": shown,
        "format": symbol.format,
        "corners": [list(corner) for corner in symbol.corners],
        "problem": reading.problem.value if reading.problem else None,
        "masked": reading.is_personal,
    }


def centre(corners: Corners) -> tuple[float, float]:
    """The middle of a place."""
    return sum(x for x, _ in corners) / 4, sum(y for _, y in corners) / 4


def inside(point: tuple[float, float], corners: Corners) -> bool:
    """True when a point lies in a place (its edge included), whichever way round the corners go."""
    sides = set()
    for (ax, ay), (bx, by) in zip(corners, corners[1:] + corners[:1], strict=True):
        side = (bx - ax) * (point[1] - ay) - (by - ay) * (point[0] - ax)
        if side:
            sides.add(side > 0)
    return len(sides) < 2


def overlap(one: Corners, other: Corners) -> bool:
    """True when two places are the same symbol: the middle of one lies in the other."""
    return inside(centre(one), other) or inside(centre(other), one)


def reading_order(places: Sequence[Corners]) -> list[int]:
    """Indexes of places from top to bottom, and from left to right within a row.

    A row is led by its highest place; who has its middle above that one's lower edge stands in it.
    """
    waiting = sorted(range(len(places)), key=lambda i: (centre(places[i])[1], places[i]))
    ordered: list[int] = []
    while waiting:
        lower_edge = max(y for _, y in places[waiting[0]])
        row = [i for i in waiting if centre(places[i])[1] <= lower_edge]
        ordered += sorted(row, key=lambda i: (centre(places[i]), places[i]))
        waiting = [i for i in waiting if i not in set(row)]
    return ordered
