"""Fuse box, the till's database: loaded only where there is one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pharmacy_desk.adapters.secrets import Secrets
from pharmacy_desk.adapters.till.sql_tickets import MOST_ROWS, Rows, SqlTickets
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.ports.till import TillWords
from pharmacy_desk.core.sale.ticket_file import learned_columns
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.counter import news
from pharmacy_desk.counter.lanes import Ticker
from pharmacy_desk.wiring.counter import Counter

if TYPE_CHECKING:
    from pharmacy_desk.adapters.till.sql_door import SqlDoor

PASSWORD = "till.sql_password"
# A customer waits for the first scan meanwhile; the database of a chain has other work too.
_EVERY_S = 3.0
# A spreadsheet's rows, as for a drug list from a file; it takes longer than open tickets.
_MOST_DRUGS, _DRUGS_S = 1_048_576, 300.0


def door(settings: Settings, home: Path, seconds: float = 20.0) -> SqlDoor:
    """The door to the till's database. Raises `WorldError` without address or driver."""
    url = _told(settings, "till.sql_url")
    try:
        from pharmacy_desk.adapters.till.sql_door import SqlDoor
    except ImportError as error:
        raise WorldError(Fault.SQL_NO_DRIVER, detail=error.name or "SQLAlchemy") from error
    return SqlDoor(url, Secrets(home).get(PASSWORD), seconds=seconds)


def drug_list(settings: Settings, home: Path) -> Rows:
    """The drug list that the chain's query gives, as a table. Raises `WorldError`."""
    file = Path(_told(settings, "till.sql_catalogue"))
    return door(settings, home, _DRUGS_S).rows(file, _MOST_DRUGS)


def open_tickets(settings: Settings, home: Path, since: datetime) -> Rows:
    """The open tickets that the chain's query gives now, as a table. Raises `WorldError`."""
    file = Path(_told(settings, "till.sql_tickets"))
    return door(settings, home).rows(file, MOST_ROWS, since)


def _told(settings: Settings, name: str) -> str:
    told = settings.text(name)
    if not told:
        raise WorldError(Fault.SQL_NOT_SET, name=name)
    return told


class SqlWatch:
    """Looks for tickets again and again on a thread of its own."""

    def __init__(self, counter: Counter, words: TillWords, out: str) -> None:
        settings = counter.settings
        self._door = door(settings, counter.home.folder)
        file = Path(_told(settings, "till.sql_tickets"))
        tickets = SqlTickets(
            lambda since: self._door.rows(file, MOST_ROWS, since),
            counter.tickets,
            words,
            learned=lambda: learned_columns(counter.settings.text("till.columns")) or {},
            out=Path(out) / "out" if out else None,
            trouble=lambda error: counter.post(news.Trouble(error)),
            now=counter.clock.now,
        )
        self._ticker = Ticker("till-sql-tickets", lambda _urgent: tickets.look(), _EVERY_S)
        self._ticker.start()

    def stop(self) -> None:
        """A question that is under way is broken off."""
        self._door.stop()
        self._ticker.stop()
