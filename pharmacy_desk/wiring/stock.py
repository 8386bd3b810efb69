"""Fuse box, the stock's doors: files on the lane of files, wishes on the desk's lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.counter.lanes import Lane, flat
from pharmacy_desk.wiring.files import (
    import_limits_file,
    import_map_file,
    move_file,
    read_delivery,
    save_records,
    save_table,
)

if TYPE_CHECKING:
    from pharmacy_desk.core.stock.files.learned import HeadersSaid
    from pharmacy_desk.core.stock.receiving import AcceptanceLine
    from pharmacy_desk.counter.views.stock_answers import MoveAnswer
    from pharmacy_desk.wiring.counter import Counter

Done = Callable[[object], None]
A = TypeVar("A")


class StockDoors:
    """`StockFiles` of the window; `answer(receiver, value)` brings a value to its thread."""

    def __init__(
        self, counter: Counter, lane: Lane, answer: Callable[[Done, object], None]
    ) -> None:
        self._counter = counter
        self._lane = lane
        self._answer = answer
        self._stopped = False

    def stop(self) -> None:
        """Take no wish any more: a closing window's fields may still tell that they are left."""
        self._stopped = True

    def move(
        self, kind: str, path: Path, party: str = "", reference: str = "", reason: str = ""
    ) -> Future[MoveAnswer]:
        """Post what a file says."""

        def job() -> Future[MoveAnswer]:
            return move_file(
                counter=self._counter,
                kind=kind,
                path=path,
                party=party,
                reference=reference,
                reason=reason,
            )

        return flat(self._lane.wish(job))

    def read_delivery(self, path: Path, said: HeadersSaid | None, done: Done) -> None:
        """Read a delivery note."""
        self._on(self._lane, lambda: read_delivery(self._counter, path, said), done)

    def save_records(self, path: Path, lines: Sequence[AcceptanceLine], done: Done) -> None:
        """Write an acceptance record."""

        def work() -> Path:
            save_records(path, lines)
            return path

        self._on(self._lane, work, done)

    def save_table(
        self, path: Path, sheet: str, table: Sequence[Sequence[str]], done: Done
    ) -> None:
        """Write a table."""

        def work() -> Path:
            save_table(path, sheet, table)
            return path

        self._on(self._lane, work, done)

    def import_limits(self, path: Path, done: Done) -> None:
        """Import a published list of limits."""
        self._on(self._lane, lambda: import_limits_file(self._counter, path), done)

    def import_map(self, path: Path, progress: Callable[[int], bool], done: Done) -> None:
        """Import rows of the three-code map."""
        self._on(self._lane, lambda: import_map_file(self._counter, path, progress), done)

    def wish(self, work: Callable[[], A]) -> Future[A]:
        """Do it on the desk's lane; a failure of the world is the answer's alone."""
        answer: Future[A] = Future()

        def job() -> None:
            try:
                answer.set_result(work())
            except WorldError as error:
                answer.set_exception(error)

        if self._stopped:
            answer.cancel()
        else:
            self._counter.desk_lane.submit(job)
        return answer

    def _on(self, lane: Lane, work: Callable[[], object], done: Done) -> None:
        """Do it there; `done` hears its answer, or the `WorldError` it raised."""

        def job() -> None:
            answer: object
            try:
                answer = work()
            except WorldError as error:
                answer = error
            self._answer(done, answer)

        if not self._stopped:
            lane.submit(job)
