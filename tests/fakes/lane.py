"""`Lane` for tests of one class: what is wished is done at once, on the caller's thread."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


class NowLane:
    """`Lane` that works at once."""

    def submit(self, job: Callable[[], object]) -> None:
        job()

    def wish(self, job: Callable[[], T]) -> "Future[T]":
        done: Future[T] = Future()
        done.set_result(job())
        return done
