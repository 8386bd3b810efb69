"""Open tickets of a chain's database are captured like those of the drop folder.

Asked again and again by one thread. There is no door back into that database: the answer of a
ticket that has ended is a file in `out` of the till's folder, as the drop folder writes it.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from pharmacy_desk.adapters.till.telling import tell, write_json
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.catalogue.drug_list import BadRow
from pharmacy_desk.core.ports.till import TicketDid, TillDesk, TillWords
from pharmacy_desk.core.sale.ticket import Ticket
from pharmacy_desk.core.sale.ticket_file import TICKETS, FileTicket, read_tickets
from pharmacy_desk.core.scanning.persons import masked
from pharmacy_desk.core.stock.files.headers import HeaderRefusal, find_places

_LOG = logging.getLogger(__name__)
# Open tickets of one counter; a query that gives more has forgotten its WHERE.
MOST_ROWS = 10_000
# What was begun before the counter started, and what changes while the query runs.
_BACK = timedelta(days=2)
_OVERLAP = timedelta(minutes=5)
Rows = list[tuple[int, list[str]]]


class TicketQuery(Protocol):
    """The query that gives open tickets."""

    def __call__(self, since: datetime) -> Rows:
        """Its header and rows. Raises `WorldError`."""
        ...


class SqlTickets:
    """Looks for tickets; `look` is called again and again by one thread."""

    def __init__(
        self,
        ask: TicketQuery,
        desk: TillDesk,
        words: TillWords,
        *,
        learned: Callable[[], Mapping[str, str]],
        out: Path | None,
        trouble: Callable[[WorldError], None],
        now: Callable[[], datetime],
    ) -> None:
        self._ask = ask
        self._desk = desk
        self._words = words
        self._learned = learned
        self._out = out
        self._trouble = trouble
        self._now = now
        self._since = now() - _BACK
        self._open: dict[str, FileTicket] = {}
        self._told: set[tuple[Fault, str]] = set()
        self._ended: set[str] = set()

    def look(self) -> None:
        """One round. What is refused is told once; a database that is away is told once too."""
        begun = self._now()
        try:
            rows = self._ask(self._since)
        except WorldError as error:
            self._say(error)
        else:
            self._take(rows)
            self._since = begun - _OVERLAP
        for number, one in list(self._open.items()):
            self._tell(number, one)

    def _take(self, rows: Rows) -> None:
        """Each ticket by itself: a bad row stops none but its own."""
        header, *body = rows
        places = find_places(TICKETS, header[1], self._learned())
        missing = TICKETS.missing(places)
        if missing:
            found = "、".join(header[1])
            self._say(WorldError(Fault.SQL_COLUMNS, missing="、".join(missing), found=found))
            return
        # It answers again: when it is away the next time, that is said again.
        self._told = {said for said in self._told if said[0] is Fault.TILL_TICKET_REFUSED}
        groups: dict[str, Rows] = {}
        for number, cells in body:
            groups.setdefault(cells[places["ticket"]], []).append((number, cells))
        for ticket, of_it in groups.items():
            self._read(ticket, [header, *of_it])

    def _read(self, number: str, rows: Rows) -> None:
        found = read_tickets(iter(rows), self._learned())
        if isinstance(found, BadRow):
            self._refuse(number, self._words.row(found))
        elif not isinstance(found, HeaderRefusal):  # its columns are there: that was looked at
            self._open |= {one.order.ticket: one for one in found}

    def _tell(self, number: str, one: FileTicket) -> None:
        answer = tell(self._desk, one)
        if answer.what in (TicketDid.LOCKED, TicketDid.BUSY):
            return
        if answer.what.refused or answer.ticket is None:
            self._refuse(number, " ".join(self._words.did(answer.what)), answer.differs)
            del self._open[number]
        elif answer.ticket.state.ended:
            self._answer(number, answer.ticket)

    def _answer(self, number: str, ticket: Ticket) -> None:
        """Once in a life of the program: after a restart the same file may be written again."""
        if self._out and number not in self._ended:
            try:
                self._out.mkdir(parents=True, exist_ok=True)
                write_json(self._out / f"sql-{quote(number, safe='')}.json", self._words, [ticket])
            except OSError as error:  # the share is away: the next round writes it
                _LOG.info("the till's folder cannot be written: %s", error.strerror)
                return
        self._ended.add(number)
        del self._open[number]

    def _refuse(self, number: str, words: str, differs: Sequence[str] = ()) -> None:
        day = self._now().date()
        why = masked(f"{words} {', '.join(differs)}".strip(), day)
        self._say(WorldError(Fault.TILL_TICKET_REFUSED, ticket=masked(number, day), why=why))

    def _say(self, error: WorldError) -> None:
        """Once: the same is found in every round."""
        said = (error.fault, str(error.params))
        if said not in self._told:
            self._told.add(said)
            self._trouble(error)
