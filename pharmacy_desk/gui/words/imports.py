"""An import of a table as its page tells it: how far it is, and what it has done.

The same for the drug list and for the three-code map.
"""

from collections.abc import Callable

from pharmacy_desk.counter.catalogue.importing import ImportReport
from pharmacy_desk.gui.base.bridge import Bridge
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.words import rows as rows_words

# As many reasons as fit beside the list; the command line tells all of them.
_SHOWN = 3


def done(report: ImportReport) -> str:
    """How many rows came in, and why the first ones that did not were left out."""
    words = translate("Catalogue", "%1 rows: %2 new, %3 changed, %4 not taken.")
    counts = (report.read, report.added, report.changed, len(report.rejected))
    for mark, value in zip(("%1", "%2", "%3", "%4"), counts, strict=True):
        words = words.replace(mark, str(value))
    row = translate("Stock", "row %1")
    left = [
        " ".join((row.replace("%1", str(bad.row)), rows_words.why(bad.reason), bad.detail)).strip()
        for bad in report.rejected[:_SHOWN]
    ]
    return "\n".join([words, *left, *_kept(report)])


def _kept(report: ImportReport) -> list[str]:
    """Cells that were not understood, each value once, and what the drug was taken as."""
    told: dict[tuple[str, str, str], int] = {}
    for cell in report.kept:
        place = cell.column, cell.text, cell.taken_as
        told[place] = told.get(place, 0) + 1
    words = translate("Catalogue", "! %1 “%2” is not known: taken as %3 (%4 rows).")
    lines = []
    for (column, text, taken_as), count in list(told.items())[:_SHOWN]:
        line = words
        for mark, value in zip(("%1", "%3", "%4"), (column, taken_as, str(count)), strict=True):
            line = line.replace(mark, value)
        lines.append(line.replace("%2", text))
    return lines


class Progress:
    """Tells the rows read so far, and stops an import that nobody wants any more."""

    def __init__(self, bridge: Bridge, show: Callable[[str], None]) -> None:
        self._bridge = bridge
        self._show = show
        self._stopped = False

    def begin(self) -> None:
        """Another import starts."""
        self._stopped = False

    def stop(self) -> None:
        """Read no further; what came in stays."""
        self._stopped = True

    def read(self, rows: int) -> bool:
        """Called on the import's lane; False ends it."""
        self._bridge.answer(self._tell, rows)
        return not self._stopped

    def _tell(self, rows: object) -> None:
        self._show(translate("Catalogue", "%1 rows read …").replace("%1", str(rows)))
