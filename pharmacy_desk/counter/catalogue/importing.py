"""Import a drug list: rows in, a report out; written in pieces so that the counter sells on."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import field, replace
from functools import partial
from itertools import islice
from typing import TypeVar

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drug_list import BadRow, KeptCell, read_header, read_rows
from pharmacy_desk.core.catalogue.drugs import Item
from pharmacy_desk.core.ports.catalogue import CatalogueLedger

T = TypeVar("T")
# One piece is written in some 50 ms, also where each of its drugs has changed and is told as an
# event: a scan never waits longer for an import than that.
PIECE = 100


@dataclass(slots=True)
class ImportReport:
    """What an import did: rows read, items added and changed, rows not taken, unknown columns.

    `kept` are cells of taken rows that were not understood.
    """

    read: int = 0
    added: int = 0
    changed: int = 0
    rejected: list[BadRow] = field(default_factory=list)
    unknown_columns: tuple[str, ...] = ()
    kept: list[KeptCell] = field(default_factory=list)


def import_catalogue(
    table: Iterator[tuple[int, list[str]]],
    catalogue: CatalogueLedger,
    actor: Callable[[], Actor],
    initials: Callable[[str], str],
    on_desk: Callable[[Callable[[], object]], object],
    progress: Callable[[int], bool] = lambda _: True,
    dry_run: bool = False,
    whole: bool = False,
) -> ImportReport:
    """Import a table of items. `progress(rows)` answers False to stop; what is in stays in.

    With `whole` all of it is one transaction: everything is in or nothing, and nobody is asked
    whether to go on. Raises `WorldError` when the file has no header that names item code and
    name, and when it cannot be written.
    """
    first = next(table, None)
    header = read_header(first[1]) if first else None
    if header is None or header.missing:
        missing = "、".join(header.missing) if header else "商品编码、商品名称"
        raise WorldError(Fault.HEADER_MISSING, columns=missing)
    report = ImportReport(unknown_columns=header.unknown)
    found = read_rows(header, table)

    def write(items: Iterable[Item]) -> None:
        added, changed = catalogue.put_items(
            actor(), items, dry_run=dry_run, columns=frozenset(header.places)
        )
        report.added += added
        report.changed += changed

    if whole:
        on_desk(lambda: write(_items(found, report, initials)))
        return report
    while piece := list(islice(found, PIECE)):
        before = report.read
        items = list(_items(piece, report, initials))
        cut_off(partial(on_desk, partial(write, items)), rows_in(before))
        if not progress(report.read):
            break
    return report


def cut_off(write: Callable[[], T], stands: WorldError | None) -> T:
    """Write a piece of a file; `stands` tells what of the file is in already, if anything.

    Raises `WorldError`: where the world leaves no room for the piece, the one that tells.
    """
    try:
        return write()
    except WorldError as error:
        if stands is None or error.fault not in (Fault.DISK_FULL, Fault.HOME_NOT_WRITABLE):
            raise
        raise stands from error


def rows_in(count: int) -> WorldError | None:
    """What stands of a list whose first `count` rows are in."""
    return WorldError(Fault.IMPORT_CUT, rows=count) if count else None


def _items(
    rows: Iterable[Item | BadRow | KeptCell],
    report: ImportReport,
    initials: Callable[[str], str],
) -> Iterator[Item]:
    """The items among rows, ready to be found by their initials; the report counts all rows."""
    for row in rows:
        if isinstance(row, KeptCell):
            report.kept.append(row)
            continue
        report.read += 1
        if isinstance(row, BadRow):
            report.rejected.append(row)
        else:
            yield _searchable(row, initials)


def _searchable(item: Item, initials: Callable[[str], str]) -> Item:
    return item if item.pinyin else replace(item, pinyin=initials(item.name))
