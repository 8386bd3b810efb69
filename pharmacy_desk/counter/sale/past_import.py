"""Import the old system's sales: pieces of a file in its order, each on the disk before the next.

A kill costs the piece that was under way: the same file, known by its content, goes on behind the
last one that is in.
"""

from collections.abc import Callable, Iterator
from dataclasses import field
from datetime import datetime
from itertools import islice

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.ports.past import PastLedger
from pharmacy_desk.core.sale.past import Finding, PastFile, PastProgress, PastRow
from pharmacy_desk.core.sale.past_file import PAST, PastReader
from pharmacy_desk.core.stock.files.headers import HeaderRefusal, find_header
from pharmacy_desk.core.stock.files.rows import Table

# Rows of a piece. A transaction waits for the disk and touches the whole index, so larger pieces
# are quicker; one of this size is written in half a second and lost at most by a kill.
PIECE = 20_000


@dataclass(slots=True)
class PastReport:
    """What an import of the old system's sales did.

    `read` are rows of data of this run, behind row `went_on_after` where it goes on with a file
    that was begun; `added` are codes that are new, `uncoded` rows of goods without a code.
    `findings` are all of the file, of earlier runs too.
    """

    read: int = 0
    added: int = 0
    uncoded: int = 0
    went_on_after: int = 0
    findings: tuple[Finding, ...] = ()
    unknown_columns: tuple[str, ...] = ()


@dataclass(slots=True)
class _Piece:
    """What a few rows of the file tell, in its order."""

    read: int = 0
    last_row: int = 0
    rows: list[PastRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def import_past(
    table: Table,
    file: PastFile,
    past: PastLedger,
    actor: Callable[[], Actor],
    now: datetime,
    on_desk: Callable[[Callable[[], object]], object],
    progress: Callable[[int], bool] = lambda _: True,
    dry_run: bool = False,
) -> PastReport:
    """Import a table of sold codes. `progress(row)` answers False to stop; what is in stays in.

    Raises `WorldError` when no header names code and day, and when it cannot be written.
    """
    header = find_header(PAST, table)
    if isinstance(header, HeaderRefusal):
        raise WorldError(Fault.HEADER_MISSING, columns="、".join(header.missing))
    known: list[tuple[frozenset[str], PastProgress]] = []
    on_desk(lambda: known.append((past.mapped(), past.progress(file))))
    mapped, before = known[0]
    report = PastReport(went_on_after=before.last_row, unknown_columns=header.unknown)
    reader = PastReader(header, now.date(), now.tzinfo, mapped)
    told: list[Finding] = []
    whole = True
    if not before.done:
        rest = (row for row in table if row[0] > before.last_row)
        for piece in _pieces(reader, rest):
            report.read += piece.read

            def write(piece: _Piece = piece) -> None:
                if dry_run:
                    added, found = past.look_through(piece.rows)
                    told.extend([*piece.findings, *found])
                else:
                    added = past.keep(actor(), file, piece.last_row, piece.rows, piece.findings)
                report.added += added

            on_desk(write)
            if not progress(piece.last_row):
                whole = False
                break
        report.uncoded = reader.uncoded

    def end() -> None:
        if not dry_run:
            if whole and not before.done:
                past.finish(actor(), file)
            told.extend(past.findings(file))

    on_desk(end)
    report.findings = tuple(told)
    return report


def _pieces(reader: PastReader, table: Table) -> Iterator[_Piece]:
    """The rows of a file, so many at a time."""
    rows = reader.rows(table)
    while some := list(islice(rows, PIECE)):
        piece = _Piece(read=len(some), last_row=some[-1][0])
        for _, told in some:
            if isinstance(told, Finding):
                piece.findings.append(told)
            else:
                piece.rows += told
        yield piece
