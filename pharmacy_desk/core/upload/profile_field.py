"""One field of a message, as a region's profile writes it."""

from pharmacy_desk.core.basics.values import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a message: its name on the wire, what fills it, its greatest length.

    `source` is one of the words that `core.upload` and `core.movement_upload` give a line, or
    `=text` for a fixed text. `cut` lets a
    name be shortened to its length; any other value that is too long stops the line.
    """

    name: str
    source: str
    length: int
    cut: bool = False
    omit_empty: bool = False
    number: bool = False
