"""Import a drug list: rows in, a report out; written in pieces so that the counter sells on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice

from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.catalogue.drug_list import BadRow, read_header, read_rows
from pharmacy_desk.core.catalogue.drugs import Item
from pharmacy_desk.core.ports.doors import Clock, Ledger

# One piece is written in some 50 ms: a scan never waits longer for an import than that.
_PIECE = 200


@dataclass(slots=True)
class ImportReport:
    """What an import did: rows read, items added and changed, rows not taken, unknown columns."""

    read: int = 0
    added: int = 0
    changed: int = 0
    rejected: list[BadRow] = field(default_factory=list)
    unknown_columns: tuple[str, ...] = ()


def import_catalogue(
    table: Iterator[tuple[int, list[str]]],
    ledger: Ledger,
    clock: Clock,
    operator: str,
    initials: Callable[[str], str],
    on_desk: Callable[[Callable[[], object]], object],
    progress: Callable[[int], bool] = lambda _: True,
    dry_run: bool = False,
) -> ImportReport:
    """Import a table of items. `progress(rows)` answers False to stop; what is in stays in.

    Raises `WorldError` when the file has no header that names item code and name.
    """
    first = next(table, None)
    header = read_header(first[1]) if first else None
    if header is None or header.missing:
        missing = "、".join(header.missing) if header else "商品编码、商品名称"
        raise WorldError(Fault.HEADER_MISSING, columns=missing)
    report = ImportReport(unknown_columns=header.unknown)
    columns = frozenset(header.places)
    found = read_rows(header, table)
    while piece := list(islice(found, _PIECE)):
        report.read += len(piece)
        report.rejected += [row for row in piece if isinstance(row, BadRow)]
        items = [_searchable(row, initials) for row in piece if isinstance(row, Item)]
        write = partial(
            ledger.put_items, items, clock.now(), operator, dry_run=dry_run, columns=columns
        )
        _count(report, on_desk, write)
        if not progress(report.read):
            break
    return report


def _searchable(item: Item, initials: Callable[[str], str]) -> Item:
    return item if item.pinyin else replace(item, pinyin=initials(item.name))


def _count(
    report: ImportReport,
    on_desk: Callable[[Callable[[], object]], object],
    write: Callable[[], tuple[int, int]],
) -> None:
    counts: list[tuple[int, int]] = []
    on_desk(lambda: counts.append(write()))
    report.added += counts[0][0]
    report.changed += counts[0][1]
