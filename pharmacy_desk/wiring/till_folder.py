"""Fuse box, the till's folder: loaded only where there is one, for what reads tables is large."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pharmacy_desk.adapters.files.dbf_table import read_dbf, write_dbf
from pharmacy_desk.adapters.files.records import write_table
from pharmacy_desk.adapters.files.tables import read_table
from pharmacy_desk.adapters.till.folder import DropFolder, Tables
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.ports.till import TillWords
from pharmacy_desk.core.sale.ticket_file import learned_columns
from pharmacy_desk.counter import news
from pharmacy_desk.counter.lanes import Ticker
from pharmacy_desk.wiring.counter import Counter

# Between a till that writes and a person who scans, half a second is nothing.
_FOLDER_EVERY_S = 0.5


def watch(counter: Counter, words: TillWords, place: Path) -> Ticker:
    """Look through the till's folder again and again."""
    folder = DropFolder(
        place,
        counter.tickets,
        words,
        Tables(
            read=lambda path: (read_dbf if path.suffix.lower() == ".dbf" else read_table)(path),
            write=_written,
            learned=lambda: learned_columns(counter.settings.text("till.columns")) or {},
        ),
        refused=lambda name, words: counter.post(
            news.Trouble(WorldError(Fault.TILL_FILE_REFUSED, path=name, why=words))
        ),
        same_form=lambda: counter.settings.text("till.answer") == "same",
    )
    ticker = Ticker("till-folder", lambda _urgent: folder.look(), _FOLDER_EVERY_S)
    ticker.start()
    return ticker


def _written(path: Path, table: Sequence[Sequence[str]]) -> None:
    if path.suffix.lower() == ".dbf":
        write_dbf(path, table)
    else:
        write_table(path, "追溯码", table)
