"""Wishes of a screen to its session, which lives on the desk's lane."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.counter import news

if TYPE_CHECKING:
    from pharmacy_desk.gui.base.desk_view import DeskView


class Wishes:
    """What the session answers is news; `failed` hears when the world kept it from that."""

    def __init__(self, desk: DeskView, failed: Callable[[Exception], None]) -> None:
        self._desk = desk
        self._failed = failed

    def ask(self, work: Callable[[], object], done: Callable[[], None] = lambda: None) -> None:
        """Call the session; `done` hears that it has answered, after its news."""

        def heard(value: object) -> None:
            done()
            if isinstance(value, WorldError):
                self._failed(value)

        self._desk.stock.files.wish(work, heard)


def failure(message: news.News, *, front: bool, flying: bool) -> Exception | None:
    """What has failed for a screen, if anything.

    A document on its way fails with or without anybody before it; a scan is of the screen in front.
    """
    if isinstance(message, news.Trouble) and (front or flying):
        return message.error
    return message.error if isinstance(message, news.ScanFailed) and front else None
