"""The three-code map as it is listed: its rows, which of them, and the steps of one."""

from datetime import datetime
from enum import StrEnum

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drugs import Mapping, PackLevel


class MapFilter(StrEnum):
    """Which rows of the map are listed."""

    ALL = "all"
    CONFLICTS = "conflicts"
    PROPOSED = "proposed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class MapLine:
    """One row of the map. `rivals` are names of other drugs the identification stands for."""

    mapping: Mapping
    name: str
    spec: str
    operator: str
    at: datetime
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MapMoment:
    """One step of an identification: `word` is confirmed, proposed, removed, or imported."""

    at: datetime
    word: str
    item: str
    name: str
    level: PackLevel
    operator: str
    reason: str = ""
