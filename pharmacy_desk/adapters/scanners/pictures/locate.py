"""Find where linear barcodes stand in a picture, at any tilt, without reading them.

Bars are many strong edges of one direction: in blocks of the picture the structure tensor (the
sums of squared gradients) is large and has one direction only; text and matrix codes have two.
"""

import math

import numpy as np
from numpy.typing import NDArray

from pharmacy_desk.adapters.scanners.pictures.load import Grey
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.scanning.tray import Corners

# Half resolution keeps the edges of bars of 3 px a module and halves noise. A block of 8 × 8 half
# pixels (16 × 16 px) then holds at least two edges of every Code 128 character.
_HALF, _BLOCK = 2, 8
BLOCK_PX = _HALF * _BLOCK
# Mean squared gradient of a block in grey levels: bars of the weakest contrast wanted (noise
# sigma 8, blur 1.2) give above 200, noise alone about 50 after halving.
_LEAST_ENERGY = 120.0
# 1 = edges of one direction only. Bars with noise are above 0.7, text is about 0.3.
_LEAST_COHERENCE = 0.5
# Neighbouring blocks are one barcode when their directions differ by less (in degrees).
_SAME_DIRECTION = 12.0
# The shortest Code 128 of 20 digits at 3 px a module is 155 modules; half of it is worth a try.
_LEAST_LENGTH_PX, _LEAST_HEIGHT_PX, _LEAST_BLOCKS = 200, 24, 10

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Bars:
    """A barcode-like area: middle, reading direction in radians, length along it, bar height."""

    x: float
    y: float
    angle: float
    length: float
    height: float

    def corners(self) -> Corners:
        """Its four corners in the picture."""
        along = math.cos(self.angle) * self.length / 2, math.sin(self.angle) * self.length / 2
        up = -math.sin(self.angle) * self.height / 2, math.cos(self.angle) * self.height / 2

        def corner(a: int, u: int) -> tuple[int, int]:
            return (
                round(self.x + a * along[0] + u * up[0]),
                round(self.y + a * along[1] + u * up[1]),
            )

        return corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)


def locate(grey: Grey) -> list[Bars]:
    """All barcode-like areas of a picture, largest first."""
    height, width = (side // BLOCK_PX * _BLOCK for side in grey.shape)
    if height < 2 * _BLOCK or width < 2 * _BLOCK:
        return []
    xx, yy, xy = _tensor(_halved(grey, height, width))
    energy = (xx + yy) / (9 * _BLOCK * _BLOCK)  # 9 blocks are summed
    spread = np.hypot(xx - yy, 2 * xy)
    coherence = spread / np.maximum(xx + yy, 1.0)
    bars = (energy > _LEAST_ENERGY) & (coherence > _LEAST_COHERENCE)
    doubled = np.arctan2(2 * xy, xx - yy)
    found = [_measure(area, doubled) for area in _areas(bars, doubled)]
    large = [b for b in found if b.length >= _LEAST_LENGTH_PX and b.height >= _LEAST_HEIGHT_PX]
    return sorted(large, key=lambda b: -b.length * b.height)


def _halved(grey: Grey, height: int, width: int) -> Floats:
    quads = grey[: 2 * height, : 2 * width].astype(np.float32)
    return (quads[::2, ::2] + quads[1::2, ::2] + quads[::2, 1::2] + quads[1::2, 1::2]) * 0.25


def _tensor(half: Floats) -> tuple[Floats, Floats, Floats]:
    """Sums of squared gradients of each block and its eight neighbours."""
    across, down = np.zeros_like(half), np.zeros_like(half)
    across[:, 1:-1] = half[:, 2:] - half[:, :-2]
    down[1:-1] = half[2:] - half[:-2]
    return (
        _sums(across * across),
        _sums(down * down),
        _sums(across * down),
    )


def _sums(values: Floats) -> Floats:
    rows, columns = values.shape[0] // _BLOCK, values.shape[1] // _BLOCK
    blocks = values.reshape(rows, _BLOCK, columns, _BLOCK).sum(axis=3).sum(axis=1)
    padded = np.pad(blocks, 1)
    wide = padded[:, :-2] + padded[:, 1:-1] + padded[:, 2:]
    summed: Floats = wide[:-2] + wide[1:-1] + wide[2:]
    return summed


def _areas(bars: NDArray[np.bool_], doubled: Floats) -> list[list[tuple[int, int]]]:
    """Neighbouring blocks of one direction, put together."""
    waiting = {(int(row), int(column)) for row, column in np.argwhere(bars)}
    areas = []
    limit = math.radians(2 * _SAME_DIRECTION)
    while waiting:
        first = waiting.pop()
        area, edge = [first], [first]
        while edge:
            row, column = edge.pop()
            here = float(doubled[row, column])
            for near in (
                (row - 1, column),
                (row + 1, column),
                (row, column - 1),
                (row, column + 1),
            ):
                if near in waiting and _turn(float(doubled[near]), here) < limit:
                    waiting.discard(near)
                    area.append(near)
                    edge.append(near)
        if len(area) >= _LEAST_BLOCKS:
            areas.append(area)
    return areas


def _turn(one: float, other: float) -> float:
    """The angle between two directions."""
    return abs(math.remainder(one - other, 2 * math.pi))


def _measure(area: list[tuple[int, int]], doubled: Floats) -> Bars:
    """The rectangle around an area, along the mean direction of its edges."""
    cells = np.array(area)
    turns = doubled[cells[:, 0], cells[:, 1]]
    angle = 0.5 * math.atan2(float(np.sin(turns).sum()), float(np.cos(turns).sum()))
    x, y = (cells[:, 1] + 0.5) * BLOCK_PX, (cells[:, 0] + 0.5) * BLOCK_PX
    along = x * math.cos(angle) + y * math.sin(angle)
    up = -x * math.sin(angle) + y * math.cos(angle)
    mid_along = (float(along.max()) + float(along.min())) / 2
    mid_up = (float(up.max()) + float(up.min())) / 2
    return Bars(
        mid_along * math.cos(angle) - mid_up * math.sin(angle),
        mid_along * math.sin(angle) + mid_up * math.cos(angle),
        angle,
        float(along.max() - along.min()) + BLOCK_PX,
        float(up.max() - up.min()) + BLOCK_PX,
    )
