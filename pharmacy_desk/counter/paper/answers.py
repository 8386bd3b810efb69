"""What became of printing; a failed print never touches what is printed."""

from enum import StrEnum

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.basics.values import dataclass


class PrintDid(StrEnum):
    """What became of a paper; `NO_PRINTER`: the store has none, and wants none."""

    PRINTED = "printed"
    FAILED = "print_failed"
    NO_PRINTER = "no_printer"
    NOT_THERE = "not_there"


@dataclass(frozen=True, slots=True)
class PrintAnswer:
    """A document by its number; `where` names the file or the address it went to."""

    what: PrintDid
    number: str
    where: str = ""
    error: WorldError | None = None
