"""What acceptance (验收) asks before a receiving is posted: what lacks, what is doubtful."""

from datetime import datetime, tzinfo
from enum import StrEnum
from math import isfinite
from typing import TypeAlias

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.stock.drafts import Unfinished
from pharmacy_desk.core.stock.movement import WhyNot

# Refrigerated goods arrive at 2 to 8 degrees C (GSP, annex on cold storage and transport).
_COLDEST, _WARMEST = 2.0, 8.0


@dataclass(frozen=True, slots=True)
class Transport:
    """How a delivery came, as it was told: when (`2026-01-31 09:30`), how warm what is kept cold.

    `insisted` says that a person has told a temperature twice that is none of cold goods.
    """

    arrived: str = ""
    celsius: str = ""
    insisted: bool = False

    def why_not_cold(self) -> WhyNot | None:
        """Why refrigerated goods that came so are not received."""
        degrees = degrees_of(self.celsius)
        if degrees is None or moment(self.arrived, None) is None:
            return WhyNot.COLD_NOT_TOLD
        return None if self.insisted or _is_cold(degrees) else WhyNot.NOT_COLD


NOT_TOLD = Transport()


class Lack(StrEnum):
    """What has to be told before a receiving can be posted."""

    LOT = "lot"
    BOXES = "boxes"
    SUPPLIER = "supplier"
    CELSIUS = "celsius"
    ARRIVED = "arrived"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that lacks; `row` is the receiving's row whose lot it is."""

    lack: Lack
    row: int | None = None


@dataclass(frozen=True, slots=True)
class NotCold:
    """Goods that are kept cold came warmer or colder than they may."""

    celsius: str


@dataclass(frozen=True, slots=True)
class Differs:
    """What came is not what the note says, in boxes and in lines of unknown drugs."""

    missing: int
    extra: int
    unknown: int


Doubt: TypeAlias = NotCold | Differs


def lacking(unfinished: Unfinished) -> tuple[Missing, ...]:
    """Everything that lacks, what a person fills in first before the rest."""
    receiving, found = unfinished.receiving, []
    row = receiving.without_lot()
    if row is not None:
        found.append(Missing(Lack.LOT, row))
    if not receiving.boxes and not any(one.item and one.counted for one in receiving.rows):
        found.append(Missing(Lack.BOXES))
    if not receiving.supplier:
        found.append(Missing(Lack.SUPPLIER))
    if receiving.cold and degrees_of(unfinished.celsius) is None:
        found.append(Missing(Lack.CELSIUS))
    if receiving.cold and moment(unfinished.arrived, None) is None:
        found.append(Missing(Lack.ARRIVED))
    return tuple(found)


def doubts(unfinished: Unfinished) -> tuple[Doubt, ...]:
    """What a person has to say twice before it is posted."""
    found: list[Doubt] = []
    degrees = degrees_of(unfinished.celsius) if unfinished.receiving.cold else None
    if degrees is not None and not _is_cold(degrees):
        found.append(NotCold(unfinished.celsius))
    receiving = unfinished.receiving
    if receiving.listed:
        tallies = receiving.tallies()
        differs = Differs(
            sum(tally.missing for tally in tallies),
            sum(tally.extra for tally in tallies),
            sum(row.item is None for row in receiving.rows),
        )
        if differs != Differs(0, 0, 0):
            found.append(differs)
    return tuple(found)


def moment(text: str, zone: tzinfo | None) -> datetime | None:
    """A time as `2026-01-31 09:30`, in this zone; None when it is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.replace(tzinfo=zone) if zone else found


def degrees_of(celsius: str) -> float | None:
    """How warm cold goods came, degrees C; None when that is no number."""
    try:
        found = float(celsius)
    except ValueError:
        return None
    return found if isfinite(found) else None


def _is_cold(degrees: float) -> bool:
    return _COLDEST <= degrees <= _WARMEST
