"""Import the three-code map from a table, in pieces so that the counter sells on."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.catalogue.drug_list import BadRow
from pharmacy_desk.core.catalogue.drugs import MapEntry, Mapping, MapState, PackLevel
from pharmacy_desk.core.stock.files.headers import HeaderRefusal, find_header
from pharmacy_desk.core.stock.files.map_file import MAP, MapRow, read_map
from pharmacy_desk.core.stock.files.rows import Table
from pharmacy_desk.counter.catalogue.importing import PIECE, ImportReport, cut_off, rows_in
from pharmacy_desk.counter.catalogue.map_book import MapBook


def import_map(
    table: Table,
    book: MapBook,
    on_desk: Callable[[Callable[[], object]], object],
    progress: Callable[[int], bool] = lambda _: True,
    dry_run: bool = False,
    whole: bool = False,
) -> ImportReport:
    """Import a table of mappings; a dry run tells the same and writes nothing.

    `progress(rows)` answers False to stop; what is in stays in. With `whole` everything is in or
    nothing. Raises `WorldError` when the file has no header that names identification and item
    code, and when it cannot be written.
    """
    header = find_header(MAP, table)
    if isinstance(header, HeaderRefusal):
        raise WorldError(Fault.HEADER_MISSING, columns="、".join(header.missing))
    report = ImportReport(unknown_columns=header.unknown)
    first: dict[str, MapRow] = {}
    made: dict[tuple[str, str], Mapping] = {}
    found = _once(read_map(header, table), first)
    while piece := list(islice(found, None if whole else PIECE)):
        before, report.read = report.read, report.read + len(piece)
        write = partial(_write, piece, book, report, made=made, dry_run=dry_run)
        cut_off(partial(on_desk, write), rows_in(before))
        if not progress(report.read):
            break
    return report


def _once(rows: Iterator[MapRow | BadRow], first: dict[str, MapRow]) -> Iterator[MapRow | BadRow]:
    """The rows; one that says otherwise than an earlier one of the file is refused."""
    for row in rows:
        if isinstance(row, MapRow):
            before = first.setdefault(row.identification, row)
            if (before.item, before.level) != (row.item, row.level):
                yield BadRow(row.row, "conflict", f"{row.identification} (row {before.row})")
                continue
        yield row


def _write(
    piece: list[MapRow | BadRow],
    book: MapBook,
    report: ImportReport,
    made: dict[tuple[str, str], Mapping],
    dry_run: bool,
) -> None:
    new = []
    for row in piece:
        led = _judge(row, book) if isinstance(row, MapRow) else row
        if isinstance(led, BadRow):
            report.rejected.append(led)
        elif led and (led.identification, led.item) not in made:
            made[led.identification, led.item] = led
            new.append(led)
            known = book.knows(led)
            report.changed += known
            report.added += not known
    if not dry_run:
        book.write(new)


def _judge(row: MapRow, book: MapBook) -> Mapping | BadRow | None:
    """What a row of a file leads to: a mapping to write, a refusal, or nothing new.

    A file never overwrites what people have said otherwise: such rows are refused by name.
    """
    if not book.has_item(row.item):
        return BadRow(row.row, "unknown_item", row.item)
    held, others = book.held(row.identification, row.item)
    if others:
        return BadRow(row.row, "conflict", f"{row.identification} = {', '.join(others)}")
    if held is None:
        state = MapState.PROPOSED if book.two_persons else MapState.CONFIRMED
        return Mapping(row.identification, row.item, state, row.level or PackLevel.SMALLEST)
    return _over(row, held, book)


def _over(row: MapRow, held: MapEntry, book: MapBook) -> Mapping | BadRow | None:
    """What a row leads to whose pair is known already."""
    known, two = held.mapping, book.two_persons
    level = row.level or known.level
    same = level is known.level
    if known.state is MapState.REMOVED:
        return BadRow(row.row, "was_unmapped", row.identification)
    if known.state is MapState.CONFIRMED and same:
        return None
    if known.state is MapState.CONFIRMED and two:
        return BadRow(row.row, "second_person", row.identification)
    if two and same and held.operator == book.operator:
        return None  # the first person says it again
    state = MapState.PROPOSED if two and not same else MapState.CONFIRMED
    return Mapping(row.identification, row.item, state, level)
