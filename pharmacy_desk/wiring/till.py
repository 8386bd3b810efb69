"""Fuse box, another till's part: its calls are served while the window is open."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.adapters.till.api import Counter as Served
from pharmacy_desk.adapters.till.serving import TillService
from pharmacy_desk.core.ports.till import TillWords
from pharmacy_desk.counter import news
from pharmacy_desk.counter.lanes import Ticker
from pharmacy_desk.version import VERSION
from pharmacy_desk.wiring.box_life import box_life
from pharmacy_desk.wiring.counter import Counter


class TillDoors:
    """What is open to the till: the calls, and its folder where it has one."""

    def __init__(self, service: TillService, folder: Ticker | None) -> None:
        self._service = service
        self._folder = folder

    def stop(self) -> None:
        """Close both; what is under way is ended first."""
        if self._folder:
            self._folder.stop()
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
    place = counter.settings.text("till.folder")
    if not place:
        return TillDoors(service, None)
    from pharmacy_desk.wiring.till_folder import watch

    return TillDoors(service, watch(counter, words, Path(place)))
