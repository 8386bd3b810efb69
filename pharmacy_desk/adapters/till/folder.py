"""The drop folder: tickets as files, for tills that make no calls (contracts, section 7).

A file stays in `in` until its tickets have an end, so that a kill loses nothing: it is read again,
and the same number gets the same answer. Then the answer is written to `out` under another name and
renamed, and the original goes to `done`; one that cannot be taken goes to `refused` with a
sentence beside it. A file that is still being written is left alone: over a network half a file
is the normal case.
"""

import logging
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from pharmacy_desk.adapters.till.bodies import tickets_of_json
from pharmacy_desk.adapters.till.telling import tell, unseen, write_json
from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drug_list import BadRow
from pharmacy_desk.core.ports.till import CallFault, TicketDid, TillDesk, TillWords
from pharmacy_desk.core.sale.ticket import Ticket
from pharmacy_desk.core.sale.ticket_file import FileTicket, read_tickets
from pharmacy_desk.core.stock.files.headers import HeaderRefusal

_LOG = logging.getLogger(__name__)
_ENDS = (".json", ".csv", ".xlsx", ".xlsm", ".dbf")
# A file that has not changed for so long is whole; what still cannot be read then is refused.
_QUIET_S = 1.0
_GIVEN_UP_S = 10.0
_MOST_BYTES = 5_000_000
_MOST_FILES = 200
_COLUMNS = ("小票号", "行号", "商品编码", "追溯码", "生产批号", "有效期至", "状态")
ReadTable = Callable[[Path], Iterator[tuple[int, list[str]]]]
WriteTable = Callable[[Path, Sequence[Sequence[str]]], None]


class _NotWhole(Exception):
    """The file cannot be read as it is: half written, or none of ours; `words` say why."""


@dataclass(frozen=True, slots=True)
class Tables:
    """How tables are read and written, and what a till calls our columns."""

    read: ReadTable
    write: WriteTable
    learned: Callable[[], Mapping[str, str]]


class DropFolder:
    """Looks through the folder; `look` is called again and again by one thread."""

    def __init__(
        self,
        folder: Path,
        desk: TillDesk,
        words: TillWords,
        tables: Tables,
        *,
        same_form: Callable[[], bool],
        refused: Callable[[str, str], None] = lambda name, words: None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._folder = folder
        self._desk = desk
        self._words = words
        self._tables = tables
        self._same_form = same_form
        self._tell_refused = refused
        self._now = now
        self._seen: dict[str, tuple[int, int]] = {}
        self._read: dict[str, tuple[FileTicket, ...]] = {}

    def look(self) -> None:
        """One round: what is new is told, what has its end is answered. A bad disk is logged."""
        try:
            for name in ("in", "out", "done", "refused"):
                (self._folder / name).mkdir(parents=True, exist_ok=True)
            files = sorted(one for one in (self._folder / "in").iterdir() if _is_ours(one))
        except OSError as error:
            _LOG.info("the till's folder cannot be read: %s", error.strerror)
            return
        for file in files[:_MOST_FILES]:
            try:
                self._take(file)
            except OSError as error:  # locked by the one who writes it, or the share is away
                _LOG.info("%s is left for later: %s", file.name, error.strerror)

    def _take(self, file: Path) -> None:
        state = file.stat()
        stamp = (state.st_size, state.st_mtime_ns)
        changed = self._seen.get(file.name) != stamp
        self._seen[file.name] = stamp
        quiet_s = self._now() - state.st_mtime
        if changed or quiet_s < _QUIET_S:
            self._read.pop(file.name, None)
            return
        tickets = self._read.get(file.name)
        if tickets is None:
            try:
                tickets = self._tickets(file)
            except _NotWhole as why:
                if quiet_s >= _GIVEN_UP_S:
                    self._refuse(file, str(why))
                return
            self._read[file.name] = tickets
        self._tell(file, tickets)

    def _tell(self, file: Path, tickets: Sequence[FileTicket]) -> None:
        """Tell each ticket; the file has its answer when each has its end."""
        told_all: list[Ticket] = []
        for one in tickets:
            answer = tell(self._desk, one)
            if answer.what is TicketDid.LOCKED or answer.what is TicketDid.BUSY:
                return
            if answer.what.refused or answer.ticket is None:
                self._refuse(file, " ".join(self._words.did(answer.what)), answer.differs)
                return
            told_all.append(answer.ticket)
        if all(ticket.state.ended for ticket in told_all):
            self._answer(file, told_all)

    def _tickets(self, file: Path) -> tuple[FileTicket, ...]:
        """Raises `_NotWhole`."""
        if file.stat().st_size > _MOST_BYTES:
            raise _NotWhole(" ".join(self._words.fault(CallFault.BAD_BODY)))
        if file.suffix.lower() == ".json":
            return self._of_json(file)
        try:
            found = read_tickets(iter(list(self._tables.read(file))), self._tables.learned())
        except WorldError as error:
            raise _NotWhole(self._words.world(error)) from error
        if isinstance(found, HeaderRefusal):
            raise _NotWhole(self._words.no_columns(found.missing, found.found))
        if isinstance(found, BadRow):
            raise _NotWhole(self._words.bad_row(found))
        if not found:
            raise _NotWhole(self._words.no_columns((), ()))
        return found

    def _of_json(self, file: Path) -> tuple[FileTicket, ...]:
        try:
            return tickets_of_json(file.read_bytes())
        except ValueError as error:
            raise _NotWhole(" ".join(self._words.fault(CallFault.BAD_BODY))) from error

    def _answer(self, file: Path, tickets: Sequence[Ticket]) -> None:
        """Under a name that nobody looks for, then renamed; then the original is done."""
        form = file.suffix if self._same_form() and file.suffix.lower() != ".json" else ".json"
        target = self._folder / "out" / f"{file.stem}{form}"
        if form == ".json":
            write_json(target, self._words, tickets)
        else:
            fresh = unseen(target)
            self._tables.write(fresh, [_COLUMNS, *_rows(tickets)])
            os.replace(fresh, target)
        self._move(file, "done")

    def _refuse(self, file: Path, words: str, differs: Sequence[str] = ()) -> None:
        text = f"{words} {', '.join(differs)}".strip()
        refused = self._move(file, "refused")
        refused.with_name(f"{refused.name}.txt").write_text(text + "\n", encoding="utf-8-sig")
        self._tell_refused(file.name, text)

    def _move(self, file: Path, where: str) -> Path:
        """Beside an older one of the same name, never over it."""
        target, number = self._folder / where / file.name, 1
        while target.exists():
            number += 1
            target = target.with_name(f"{file.stem}-{number}{file.suffix}")
        os.replace(file, target)
        self._seen.pop(file.name, None)
        self._read.pop(file.name, None)
        return target


def _is_ours(file: Path) -> bool:
    return file.suffix.lower() in _ENDS and not file.name.startswith((".", "~"))


def _rows(tickets: Sequence[Ticket]) -> list[list[str]]:
    """A row a code; a line without codes has one row without."""
    return [
        [
            ticket.order.ticket,
            str(line.told.line),
            line.item.code if line.item else line.told.key,
            code,
            line.batch.lot or "",
            line.batch.expiry.isoformat() if line.batch.expiry else "",
            ticket.state.value,
        ]
        for ticket in tickets
        for line in ticket.lines
        for code in line.codes or ("",)
    ]
