"""A page to try the receipt printer with: the store's name, a ruler, rare characters, a barcode.

What comes out wrong on it would come out wrong on every receipt: the width by the ruler, the
character set by the sample lines, the barcode by a scan of it.
"""

from collections.abc import Mapping
from datetime import datetime

from pharmacy_desk.core.paper.receipt import CELLS, Look, Row, wrap

# A number that no receipt has.
TEST_NUMBER = "TEST-000000"


def printer_page(store: str, mm: int, at: datetime, words: Mapping[str, str]) -> tuple[Row, ...]:
    """The page for paper `mm` wide (58 or 80)."""
    cells = CELLS[mm]
    ruler = "".join(str(place % 10) for place in range(1, cells + 1))
    told = [
        words["test_width"].format(mm=mm, cells=cells),
        words["test_characters"],
        words["test_rare"],
    ]
    return (
        Row(words["test_title"], Look.TITLE),
        *(Row(row, Look.BOLD) for row in wrap(store, cells)),
        Row(f"{at:%Y-%m-%d %H:%M}"),
        Row("", Look.RULE),
        Row(ruler),
        *(Row(row) for text in told for row in wrap(text, cells)),
        Row(TEST_NUMBER, Look.BARCODE),
    )
