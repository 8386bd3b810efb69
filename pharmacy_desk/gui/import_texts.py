"""What an import of a table has done, in words: for the drug list and for the three-code map."""

from pharmacy_desk.counter.importing import ImportReport
from pharmacy_desk.gui import row_texts
from pharmacy_desk.gui.said import translate

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
        " ".join((row.replace("%1", str(bad.row)), row_texts.why(bad.reason), bad.detail)).strip()
        for bad in report.rejected[:_SHOWN]
    ]
    return "\n".join([words, *left])
