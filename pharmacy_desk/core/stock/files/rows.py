"""Go through a table's data rows: each becomes what it tells, or one bad row with the reason."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from pharmacy_desk.core.catalogue.drug_list import BadRow
from pharmacy_desk.core.stock.files.cells import RowError, shown
from pharmacy_desk.core.stock.files.headers import Header, Layout

T = TypeVar("T")
Table = Iterator[tuple[int, Sequence[str]]]
# A row's number, its cells by our columns, and the code cells of the rows above and below.
Make = Callable[[int, Mapping[str, str], str], Sequence[T]]


def read_each(layout: Layout, header: Header, table: Table, make: Make[T]) -> Iterator[T | BadRow]:
    """What `make` gives for each data row (at least one value), or a bad row where it raises.

    Rows that the header passes over (repeated headers, totals) give nothing. An empty cell of a
    carried column takes the last one above it: the rest of a merged cell.
    """
    carried = {column: header.fixed.get(column, "") for column in layout.carried}
    above = ""
    for number, cells, below in _with_next(header, table):
        row = {column: header.cell(cells, column) for column in header.places}
        row |= {column: text for column, text in header.fixed.items() if not row.get(column)}
        for column in carried:
            carried[column] = header.cell(cells, column) or carried[column]
            row[column] = carried[column]
        try:
            _refuse_broken(cells)
            yield from make(number, row, f"{above} {below}")
        except RowError as error:
            yield BadRow(number, error.reason, shown(error.detail))
        above = row.get("codes", "")


def _refuse_broken(cells: Sequence[str]) -> None:
    """Refuse a row with a NUL anywhere: something was lost in it, and nobody knows what."""
    if any("\x00" in cell for cell in cells):
        raise RowError("nul_character")


def _with_next(header: Header, table: Table) -> Iterator[tuple[int, Sequence[str], str]]:
    """Each data row with the code cell of the one after it."""
    data = ((number, cells) for number, cells in table if not header.passes_over(cells))
    last = next(data, None)
    for after in data:
        if last:
            yield *last, header.cell(after[1], "codes")
        last = after
    if last:
        yield *last, ""
