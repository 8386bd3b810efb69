"""What the stock's screens may ask of files and sessions; answers come on the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from pharmacy_desk.core.stock.files.learned import HeadersSaid
    from pharmacy_desk.core.stock.receiving import AcceptanceLine
    from pharmacy_desk.counter.views.stock_answers import MoveAnswer

A = TypeVar("A")


class StockFiles(Protocol):
    """Files are read and written on a lane of their own (`wiring.stock.StockDoors`).

    Every `done` hears its value, or the `WorldError` that kept it from being.
    """

    def move(
        self, kind: str, path: Path, party: str = "", reference: str = "", reason: str = ""
    ) -> Future[MoveAnswer]:
        """Read a file of codes or a delivery and post what it says.

        What the file tells of number and party comes before `reference` and `party`.
        """
        ...

    def read_delivery(
        self, path: Path, said: HeadersSaid | None, done: Callable[[object], None]
    ) -> None:
        """Read a delivery note only; `done` hears a `TradeTable` or a `HeaderQuestion`."""
        ...

    def save_records(
        self, path: Path, lines: Sequence[AcceptanceLine], done: Callable[[object], None]
    ) -> None:
        """Write an acceptance record, XLSX or CSV by the name; `done` hears its path."""
        ...

    def save_table(
        self,
        path: Path,
        sheet: str,
        table: Sequence[Sequence[str]],
        done: Callable[[object], None],
    ) -> None:
        """Write a table, XLSX or CSV by the name; `done` hears its path."""
        ...

    def import_limits(self, path: Path, done: Callable[[object], None]) -> None:
        """Import a published list of limits; `done` hears an `ImportReport` or a `WorldError`."""
        ...

    def import_map(
        self, path: Path, progress: Callable[[int], bool], done: Callable[[object], None]
    ) -> None:
        """Import rows of the three-code map; `progress(rows)` says False to stop.

        `done` hears an `ImportReport` or a `WorldError`.
        """
        ...

    def wish(self, work: Callable[[], A]) -> Future[A]:
        """Call a session on the desk's lane; its answer comes after its news are told.

        A failure of the world is told to nobody but who wished.
        """
        ...
