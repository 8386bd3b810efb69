"""Fuse box, another till's part: its calls are served while the window is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

from pharmacy_desk.adapters.given_files import read_bytes
from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.adapters.till.api import Counter as Served
from pharmacy_desk.adapters.till.bodies import tickets_of_json
from pharmacy_desk.adapters.till.serving import TillService
from pharmacy_desk.adapters.till.telling import tell
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.ports.till import TicketAnswer, TillDesk, TillWords
from pharmacy_desk.counter import news
from pharmacy_desk.version import VERSION
from pharmacy_desk.wiring.box_life import box_life
from pharmacy_desk.wiring.counter import Counter

# Of a ticket that a rehearsal tells; one with 200 lines comes to 100 kB.
_MOST_BYTES = 5_000_000


class Stops(Protocol):
    """A door that is closed at the end."""

    def stop(self) -> None:
        """Close it."""
        ...


class TillDoors:
    """What is open to the till: the calls, and its folder and its database where it has them."""

    def __init__(self, service: TillService, others: Sequence[Stops]) -> None:
        self._service = service
        self._others = others

    def stop(self) -> None:
        """Close all; what is under way is ended first."""
        for other in self._others:
            other.stop()
        self._service.stop()


def listen(counter: Counter, words: TillWords) -> TillDoors:
    """Serve the till's calls and files. Raises `WorldError` when the port is taken."""

    def life(code: str) -> dict[str, Any] | None:
        with closing(Reader(counter.home.ledger)) as reader:
            return box_life(reader, code, counter.clock.now().date())

    served = Served(
        desk=counter.tickets,
        words=words,
        version=VERSION,
        store=lambda: counter.settings.text("store.code"),
        number=lambda: counter.settings.text("counter.number"),
        box_life=life,
    )
    file = counter.home.folder / "till-api.json"
    service = TillService(served, file, counter.settings.number("till.port"))

    def hear(message: news.News) -> None:
        if isinstance(message, news.TicketChanged):
            service.changes.tell()

    counter.listen(hear)
    service.start()
    return TillDoors(service, list(_others(counter, words)))


def _others(counter: Counter, words: TillWords) -> Iterator[Stops]:
    """The doors of a till that makes no calls; each is loaded where it is set up."""
    settings = counter.settings
    place = settings.text("till.folder")
    if place:
        from pharmacy_desk.wiring.till_folder import watch

        yield watch(counter, words, Path(place))
    if settings.text("till.sql_url") and settings.text("till.sql_tickets"):
        from pharmacy_desk.wiring.till_sql import SqlWatch

        try:
            yield SqlWatch(counter, words, place)
        except WorldError as error:  # the calls are served all the same
            counter.post(news.Trouble(error))


def tell_file(desk: TillDesk, path: Path) -> TicketAnswer:
    """Tell the tickets of a JSON file as the drop folder does; the last one's answer.

    Raises `WorldError` for a file that holds none.
    """
    try:
        tickets = tickets_of_json(read_bytes(path, _MOST_BYTES))
    except ValueError as error:
        raise WorldError(Fault.FILE_UNREADABLE, path=str(path), detail="JSON") from error
    answers = [tell(desk, one) for one in tickets]
    if not answers:
        raise WorldError(Fault.FILE_UNREADABLE, path=str(path), detail="JSON")
    return answers[-1]
