"""What every session of the stock answers to an outer pack."""

from pharmacy_desk.core.basics.values import dataclass


@dataclass(frozen=True, slots=True)
class PackOpened:
    """An outer pack was scanned: so many of the boxes inside it were taken."""

    taken: int
    inside: int
