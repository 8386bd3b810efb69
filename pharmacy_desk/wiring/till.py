"""Fuse box, another till's part: its calls are served while the window is open."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.adapters.till.api import Counter as Served
from pharmacy_desk.adapters.till.serving import TillService
from pharmacy_desk.core.ports.till import TillWords
from pharmacy_desk.counter import news
from pharmacy_desk.version import VERSION
from pharmacy_desk.wiring.box_life import box_life
from pharmacy_desk.wiring.counter import Counter

# What may change how a ticket stands.
_CHANGES = (news.Judged, news.SaleChanged, news.TicketChanged)


def listen(counter: Counter, words: TillWords) -> TillService:
    """Serve the till's calls. Raises `WorldError` when the port is taken."""

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
        if isinstance(message, _CHANGES):
            service.changes.tell()

    counter.listen(hear)
    service.start()
    return service
