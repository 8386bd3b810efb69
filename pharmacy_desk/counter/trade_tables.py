"""Tables of the trade as documents: what a file names, put into orders for the storekeeper."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TypeAlias

from pharmacy_desk.core.catalogue_file import BadRow
from pharmacy_desk.core.drugs import Batch
from pharmacy_desk.core.errors import Fault, WorldError
from pharmacy_desk.core.movement import MovementKind, PackRelation, StockLot
from pharmacy_desk.core.trade_files.codes_file import CODES, CodeRow, read_codes
from pharmacy_desk.core.trade_files.delivery_file import (
    DELIVERY,
    DeliveryRow,
    KeyKind,
    read_delivery,
)
from pharmacy_desk.core.trade_files.headers import HeaderRefusal, find_header
from pharmacy_desk.core.trade_files.packs_file import PACKS, PackRow, read_packs
from pharmacy_desk.core.trade_files.stock_file import STOCK, StockRow, read_stock
from pharmacy_desk.counter import news
from pharmacy_desk.counter.importing import ImportReport
from pharmacy_desk.counter.movements import Wanted
from pharmacy_desk.counter.storekeeper import Order, Storekeeper

Row: TypeAlias = DeliveryRow | StockRow | PackRow | CodeRow
Table: TypeAlias = Iterator[tuple[int, list[str]]]
_READERS = {
    "delivery": (DELIVERY, read_delivery),
    "stock": (STOCK, read_stock),
    "packs": (PACKS, read_packs),
    "codes": (CODES, read_codes),
}


@dataclass(frozen=True, slots=True)
class TradeTable:
    """A table that was read: its rows, and those that could not be taken with the reason."""

    rows: tuple[Row, ...]
    bad: tuple[BadRow, ...]
    unknown_columns: tuple[str, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code the table names, in its order."""
        return tuple(code for row in self.rows for code in _codes(row))

    @property
    def unread(self) -> tuple[news.NotMoved, ...]:
        """Rows that could not be taken, as a document tells what stayed behind."""
        return tuple(news.NotMoved(None, f"#{bad.row}", bad.reason) for bad in self.bad)

    def report(self) -> ImportReport:
        """What an import of the table would tell before anything is written."""
        read = len({row.row for row in self.rows}) + len(self.bad)
        return ImportReport(read, 0, 0, list(self.bad), self.unknown_columns)

    def orders(self, kind: MovementKind, reference: str = "") -> Iterator[Order]:
        """The documents it stands for: a delivery one for each of the supplier's numbers."""
        deliveries = [row for row in self.rows if isinstance(row, DeliveryRow)]
        if not deliveries:
            yield Order(kind, tuple(self._boxes()), reference=reference)
            return
        deliveries.sort(key=_document)
        for (supplier, number), rows in groupby(deliveries, key=_document):
            wanted = tuple(one for row in rows for one in _delivered(row))
            yield Order(kind, wanted, supplier, number)

    def _boxes(self) -> Iterator[Wanted]:
        for row in self.rows:
            if isinstance(row, CodeRow):
                batch = Batch(row.lot, None, row.expiry)
                yield Wanted(row.code, row.item or "", batch)

    def lots(self) -> tuple[StockLot, ...]:
        """Opening stock by drug and lot."""
        found: dict[tuple[str, Batch], int] = {}
        for row in self.rows:
            if isinstance(row, StockRow):
                key = (row.item_code, Batch(row.lot, row.made, row.expiry))
                found[key] = found.get(key, 0) + row.quantity
        return tuple(StockLot(item, batch, count) for (item, batch), count in found.items())

    def bound(self) -> tuple[Wanted, ...]:
        """Boxes that opening stock names by their codes."""
        return tuple(
            Wanted(code, row.item_code, Batch(row.lot, row.made, row.expiry))
            for row in self.rows
            if isinstance(row, StockRow)
            for code in row.codes
        )

    def relations(self) -> tuple[PackRelation, ...]:
        """Pack relations; a parent without a row of its own is one level above its boxes."""
        levels = {row.code: row.level for row in self.rows if isinstance(row, PackRow)}
        parents: dict[str, str] = {}
        smallest: set[str] = set()
        for row in self.rows:
            if isinstance(row, PackRow):
                if row.parent:
                    parents[row.code] = row.parent
                if row.smallest:
                    smallest.add(row.code)
        codes = dict.fromkeys([*levels, *parents.values()])
        return tuple(
            PackRelation(
                code, parents.get(code), levels.get(code) or _height(code, parents),
                code in smallest,
            )
            for code in codes
        )  # fmt: skip


def read(what: str, table: Table, today: date) -> TradeTable:
    """Read a `delivery`, `stock`, `packs` or `codes` table.

    Raises `WorldError` when no header names the columns that must be there.
    """
    layout, reader = _READERS[what]
    header = find_header(layout, table)
    if isinstance(header, HeaderRefusal):
        raise WorldError(Fault.HEADER_MISSING, columns="、".join(header.missing))
    found: Sequence[Row | BadRow] = list(reader(header, table, today))
    return TradeTable(
        tuple(row for row in found if not isinstance(row, BadRow)),
        tuple(row for row in found if isinstance(row, BadRow)),
        header.unknown,
    )


def write(table: TradeTable, what: str, keeper: Storekeeper) -> ImportReport:
    """Write a table's rows; called on the desk lane."""
    report = table.report()
    if what == "packs":
        report.changed = keeper.load_packs(table.relations())
    elif what == "stock":
        loaded = keeper.load_stock(table.lots(), table.bound())
        report.changed, report.added = loaded.changed, loaded.outcome.moved
        report.rejected += _rejected(loaded.outcome.refused_codes(), table)
    else:
        kind = MovementKind.DELIVERY if what == "delivery" else MovementKind.TRANSFER_IN
        for order in table.orders(kind):
            outcome = keeper.post(order)
            report.added += outcome.moved
            report.rejected += _rejected(outcome.refused_codes(), table)
    return report


def _rejected(refused: Iterable[tuple[str | None, str]], table: TradeTable) -> list[BadRow]:
    """Boxes that did not move, by the row that names them."""
    places = {code: row.row for row in table.rows for code in _codes(row)}
    return [BadRow(places.get(code or "", 0), why, code or "") for code, why in refused]


def _codes(row: Row) -> tuple[str, ...]:
    return row.codes if isinstance(row, (DeliveryRow, StockRow)) else (row.code,)


def _document(row: DeliveryRow) -> tuple[str, str]:
    return row.supplier, row.number


def _delivered(row: DeliveryRow) -> Iterator[Wanted]:
    """A delivery's row: its codes one by one, and the boxes it names without one."""
    batch = Batch(row.lot, row.made, row.expiry)
    keys = (row.item_key, *row.other_keys)
    item = next((key.text for key in keys if key.kind is not KeyKind.APPROVAL), "")
    approval = next(((key.text, key.spec) for key in keys if key.kind is KeyKind.APPROVAL), None)
    for code in row.codes:
        yield Wanted(code, item, batch, 1, row.price_fen, approval)
    rest = row.quantity - len(row.codes)
    if rest > 0 and row.level in (None, 1):
        yield Wanted(None, item, batch, rest, row.price_fen, approval)


def _height(code: str, parents: dict[str, str]) -> int:
    """One more than the boxes inside; a code that nothing is inside of is the smallest."""
    inside = [child for child, parent in parents.items() if parent == code]
    return 1 + max((_height(child, parents) for child in inside), default=0)
