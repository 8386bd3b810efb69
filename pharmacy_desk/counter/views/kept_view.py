"""What a session of scans tells of the disk: kept there, waiting there, taken up again."""

from typing import TypeAlias

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.stock.scanned import WaitingScans


@dataclass(frozen=True, slots=True)
class NotKept:
    """What changed did not reach the disk; it is still in hand."""

    error: WorldError
    boxes: int


@dataclass(frozen=True, slots=True)
class Offered:
    """This waits unfinished, and so many others."""

    waiting: WaitingScans
    others: int


@dataclass(frozen=True, slots=True)
class NothingWaits:
    """None waits."""


@dataclass(frozen=True, slots=True)
class TakenUp:
    """One that waited goes on; `gone` of its boxes are no longer where they could be moved."""

    waiting: WaitingScans
    gone: int = 0


@dataclass(frozen=True, slots=True)
class Unreadable:
    """One that waited could not be read any more, and is forgotten."""


Kept: TypeAlias = NotKept | Offered | NothingWaits | TakenUp | Unreadable
