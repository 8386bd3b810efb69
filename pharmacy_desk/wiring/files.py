"""Fuse box, the files' part: tables and pictures read by their doors, handed to the clerks.

The doors' libraries come with the first file; reading happens on the caller's thread, writing on
the desk lane.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.ports.doors import Clock, Ledger
from pharmacy_desk.core.stock.movement import MovementKind
from pharmacy_desk.counter import news
from pharmacy_desk.counter.catalogue.map_book import MapBook
from pharmacy_desk.counter.lanes import Lane
from pharmacy_desk.counter.sale.open_sale import OpenSale
from pharmacy_desk.counter.stock.wishes import StockWishes

if TYPE_CHECKING:
    from pharmacy_desk.core.scanning.tray import Photo, Picture
    from pharmacy_desk.core.stock.files.learned import HeaderQuestion, HeadersSaid
    from pharmacy_desk.core.stock.receiving import AcceptanceLine
    from pharmacy_desk.counter.catalogue.importing import ImportReport
    from pharmacy_desk.counter.sale.past_import import PastReport
    from pharmacy_desk.counter.stock.count_session import CountSession
    from pharmacy_desk.counter.stock.moving_session import MovingSession
    from pharmacy_desk.counter.stock.receiving_session import ReceivingSession
    from pharmacy_desk.counter.stock.trade_tables import TradeTable
    from pharmacy_desk.counter.views.stock_answers import MoveAnswer

Table = Iterator[tuple[int, list[str]]]


class Books(Protocol):
    """What a file needs of a counter."""

    @property
    def ledger(self) -> Ledger:
        """Where rows are written."""
        ...

    @property
    def clock(self) -> Clock:
        """The time of writing."""
        ...

    @property
    def open_sale(self) -> OpenSale:
        """Who works at the counter."""
        ...


class Store(Books, Protocol):
    """What a movement's file needs of a counter at work."""

    @property
    def keeper(self) -> StockWishes:
        """Who moves the boxes."""
        ...

    @property
    def receiving(self) -> ReceivingSession:
        """Who receives what is delivered."""
        ...

    @property
    def counting(self) -> CountSession:
        """Who counts shelves."""
        ...

    @property
    def moving(self) -> MovingSession:
        """Who makes documents of boxes."""
        ...

    @property
    def desk_lane(self) -> Lane:
        """Where it is written."""
        ...

    @property
    def maps(self) -> MapBook:
        """Who decides about mappings."""
        ...

    def post(self, message: news.News) -> None:
        """Tell everybody."""
        ...


def import_file(
    counter: Books,
    path: Path,
    on_desk: Callable[[Callable[[], object]], object],
    progress: Callable[[int], bool] = lambda _: True,
    dry_run: bool = False,
    whole: bool = False,
) -> ImportReport:
    """Import a drug list into a counter's catalogue; the report comes back.

    `whole` is for when nobody sells meanwhile: everything is in or nothing.
    """
    return import_drugs(counter, _table(path), on_desk, progress, dry_run=dry_run, whole=whole)


def import_drugs(
    counter: Books,
    table: Iterator[tuple[int, list[str]]],
    on_desk: Callable[[Callable[[], object]], object],
    progress: Callable[[int], bool] = lambda _: True,
    dry_run: bool = False,
    whole: bool = False,
) -> ImportReport:
    """Import a drug list from a table, wherever it comes from; as `import_file`."""
    from pharmacy_desk.counter.catalogue.importing import import_catalogue

    # Who began it has done all of it, whoever signs in meanwhile.
    operator = counter.open_sale.who.operator
    return import_catalogue(
        table=table,
        catalogue=counter.ledger.catalogue,
        actor=lambda: Actor(counter.clock.now(), operator),
        initials=pinyin_initials,
        on_desk=on_desk,
        progress=progress,
        dry_run=dry_run,
        whole=whole,
    )


def pinyin_initials(name: str) -> str:
    """How a drug's name is searched for; the library is loaded with the first one."""
    from pharmacy_desk.adapters.files.pinyin import initials

    return initials(name)


def import_map_file(
    counter: Store,
    path: Path,
    progress: Callable[[int], bool] = lambda _: True,
    dry_run: bool = False,
    whole: bool = False,
) -> ImportReport:
    """Import rows of the three-code map; the report comes back. `whole` as above.

    Raises `WorldError` when the file or its header cannot be read.
    """
    from pharmacy_desk.counter.catalogue.map_tables import import_map

    on_desk = counter.desk_lane.call
    return import_map(
        table=_table(path),
        book=counter.maps,
        on_desk=on_desk,
        progress=progress,
        dry_run=dry_run,
        whole=whole,
    )


def import_trade_file(counter: Store, what: str, path: Path, dry_run: bool = False) -> ImportReport:
    """Import opening stock, a delivery, pack relations or a list of codes.

    Raises `WorldError` when the file or its header cannot be read.
    """
    from pharmacy_desk.counter.stock import trade_tables

    known = (
        counter.desk_lane.call(counter.ledger.drafts.learned_headers) if what == "delivery" else {}
    )
    table = trade_tables.read(what, _table(path), counter.clock.now().date(), known)
    if dry_run:
        return table.report()
    return counter.desk_lane.call(lambda: trade_tables.write(table, what, counter.keeper))


def import_limits_file(counter: Store, path: Path, dry_run: bool = False) -> ImportReport:
    """Import a published list of limits, whole; it is called after its file where it tells no name.

    Raises `WorldError` when the file cannot be read, or is older than the list in use.
    """
    from pharmacy_desk.core.people.free_text import kept
    from pharmacy_desk.counter.sale.limit_import import import_limits

    now, operator = counter.clock.now(), counter.open_sale.who.operator
    return import_limits(
        table=_table(path),
        name=kept(path.stem, now.date()),
        limits=counter.open_sale.limits,
        actor=lambda: Actor(counter.clock.now(), operator),
        on_desk=counter.desk_lane.call,
        dry_run=dry_run,
    )


def import_past_file(
    counter: Store,
    path: Path,
    progress: Callable[[int], bool] = lambda _: True,
    dry_run: bool = False,
) -> PastReport:
    """Import the old system's sales; a file that was begun goes on where it stood.

    Raises `WorldError` when the file or its header cannot be read.
    """
    from pharmacy_desk.adapters.files.tables import digest_of
    from pharmacy_desk.core.people.free_text import kept
    from pharmacy_desk.core.sale.past import PastFile
    from pharmacy_desk.counter.sale.past_import import import_past

    now, operator = counter.clock.now(), counter.open_sale.who.operator
    return import_past(
        table=_table(path),
        file=PastFile(digest_of(path), kept(path.name, now.date())),
        past=counter.ledger.past,
        actor=lambda: Actor(counter.clock.now(), operator),
        now=now,
        on_desk=counter.desk_lane.call,
        progress=progress,
        dry_run=dry_run,
    )


def move_file(
    counter: Store, kind: str, path: Path, party: str = "", reference: str = "", reason: str = ""
) -> Future[MoveAnswer]:
    """Post what a file says: a delivery, a transfer, or what a stock-take has scanned.

    Numbers and parties of the file come first; `party` and `reference` are for rows without, and
    without either the file's name is the reference. Raises `WorldError` when the file cannot be
    read.
    """
    from pharmacy_desk.counter.stock import trade_tables

    what = "delivery" if kind == "delivery" else "codes"
    known = (
        counter.desk_lane.call(counter.ledger.drafts.learned_headers) if what == "delivery" else {}
    )
    table = trade_tables.read(what, _table(path), counter.clock.now().date(), known)
    if kind == "stocktake":
        count = counter.counting
        return counter.desk_lane.wish(lambda: count.take_file(table.codes, table.unread))
    orders = [
        replace(order, reason=reason)
        for order in table.orders(MovementKind(kind), reference or path.stem, party)
    ]
    post = counter.receiving.receive_file if kind == "delivery" else counter.moving.post_file
    return counter.desk_lane.wish(lambda: post(orders, table.unread))


def read_delivery(
    counter: Store, path: Path, said: HeadersSaid | None = None
) -> TradeTable | HeaderQuestion:
    """Read a supplier's delivery note by what was learned of its headers; posts nothing.

    What a person has `said` of them is remembered for the supplier once a line of the note is read
    by it.
    Raises `WorldError` when the file cannot be read.
    """
    from pharmacy_desk.core.stock.files.learned import HeaderQuestion
    from pharmacy_desk.counter.stock import trade_tables

    known = counter.desk_lane.call(counter.ledger.drafts.learned_headers)
    today = counter.clock.now().date()
    found = trade_tables.read_or_ask("delivery", _table(path), today, known, said)
    if said and not isinstance(found, HeaderQuestion) and found.rows:
        party = found.supplier() or said.given.get("supplier", "")
        names = said.of(found.header)
        counter.desk_lane.call(lambda: counter.keeper.learn_headers(party, names))
    return found


def save_records(path: Path, lines: Sequence[AcceptanceLine]) -> None:
    """Write an acceptance record. Raises `WorldError` when its file cannot be written."""
    from pharmacy_desk.adapters.files.records import write_records

    write_records(path, lines)


def save_table(path: Path, sheet: str, table: Sequence[Sequence[str]]) -> None:
    """Write a table as XLSX or CSV by its name. Raises `WorldError` when it cannot be written."""
    from pharmacy_desk.adapters.files.records import write_table

    write_table(path, sheet, table)


def read_picture(source: Path | Photo, expect: int | None, today: date) -> Picture:
    """Read a picture of a tray. Raises `WorldError` when its file cannot be opened.

    The reader's libraries (0.15 s to load) come with the first picture.
    """
    from pharmacy_desk.adapters.scanners.pictures.reader import read_file, read_photo
    from pharmacy_desk.core.scanning.tray import Photo

    if isinstance(source, Photo):
        return read_photo(source, expect, today)
    return read_file(source, expect, today)


def _table(path: Path) -> Table:
    if path.suffix.lower() == ".dbf":
        from pharmacy_desk.adapters.files.dbf_table import read_dbf

        return read_dbf(path)
    from pharmacy_desk.adapters.files.tables import read_table

    return read_table(path)
