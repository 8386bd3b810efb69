"""Sentences about a scanner that cannot be used as it is: what happened, what to do."""

from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.scanning.scanner_ports import SCANNER_FAULTS
from pharmacy_desk.gui.words.faults import fault


def scanner_text(word: str, name: str) -> tuple[str, str]:
    """A state that is not `ok` (a `ScannerWord`) as (what happened, what to do)."""
    of = SCANNER_FAULTS.get(word, Fault.PORT_MISSING)
    return fault(WorldError(of, name=name))
