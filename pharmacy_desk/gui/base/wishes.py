"""Wishes of a screen to its session, which lives on the desk's lane."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from pharmacy_desk.counter import news

if TYPE_CHECKING:
    from pharmacy_desk.gui.base.desk_view import DeskView

A = TypeVar("A")


class Wishes(Generic[A]):
    """Brings wishes to the session: each has its answer, after the news of what it changed.

    `answered` hears what a wish came to, `failed` that the world kept it from that.
    """

    def __init__(
        self, desk: DeskView, answered: Callable[[A], None], failed: Callable[[Exception], None]
    ) -> None:
        self._desk = desk
        self._answered = answered
        self._failed = failed

    def ask(self, work: Callable[[], A], done: Callable[[], None] = lambda: None) -> None:
        """Call the session; `done` hears that it has answered, before the answer is."""

        def heard(answer: A) -> None:
            done()
            self._answered(answer)

        def failed(error: Exception) -> None:
            done()
            self._failed(error)

        self._desk.bridge.follow(self._desk.stock.files.wish(work), heard, failed)


def failure(message: news.News, *, front: bool, flying: bool) -> Exception | None:
    """What has failed for a screen, if anything.

    A document on its way fails with or without anybody before it; a scan is of the screen in front.
    """
    if isinstance(message, news.Trouble) and (front or flying):
        return message.error
    return message.error if isinstance(message, news.ScanFailed) and front else None
