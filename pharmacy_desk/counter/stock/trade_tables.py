"""Tables of the trade as documents: what a file names, put into orders for the storekeeper."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import TypeAlias

from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drug_list import BadRow
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.stock.acceptance import Transport
from pharmacy_desk.core.stock.files.codes_file import CODES, CodeRow, read_codes
from pharmacy_desk.core.stock.files.delivery_file import (
    DELIVERY,
    DeliveryRow,
    KeyKind,
    read_delivery,
)
from pharmacy_desk.core.stock.files.learned import (
    NOTHING_KNOWN,
    HeaderQuestion,
    HeadersSaid,
    Known,
    find_known,
)
from pharmacy_desk.core.stock.files.packs_file import PACKS, PackRow, read_packs
from pharmacy_desk.core.stock.files.stock_file import STOCK, StockRow, read_stock
from pharmacy_desk.core.stock.movement import MovementKind, PackRelation, StockLot, WhyNot
from pharmacy_desk.counter.catalogue.importing import ImportReport, cut_off
from pharmacy_desk.counter.stock.movements import Refused, Wanted
from pharmacy_desk.counter.stock.wishes import Order, StockWishes
from pharmacy_desk.counter.views.stock_answers import NotMoved

Row: TypeAlias = DeliveryRow | StockRow | PackRow | CodeRow
Table: TypeAlias = Iterator[tuple[int, Sequence[str]]]
_CODE_KEYS = (KeyKind.ITEM_CODE, KeyKind.IDENTIFICATION)
_READERS = {
    "delivery": (DELIVERY, read_delivery),
    "stock": (STOCK, read_stock),
    "packs": (PACKS, read_packs),
    "codes": (CODES, read_codes),
}


@dataclass(frozen=True, slots=True)
class TradeTable:
    """A table that was read: its rows, and those that could not be taken with the reason.

    `header` is its header row as it stands.
    """

    rows: tuple[Row, ...]
    bad: tuple[BadRow, ...]
    unknown_columns: tuple[str, ...]
    header: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code the table names, in its order."""
        return tuple(code for row in self.rows for code in _codes(row))

    @property
    def unread(self) -> tuple[NotMoved, ...]:
        """Rows that could not be taken, as a document tells what stayed behind."""
        return tuple(NotMoved(None, f"#{bad.row}", bad.reason) for bad in self.bad)

    def report(self) -> ImportReport:
        """What an import of the table would tell before anything is written."""
        read = len({row.row for row in self.rows}) + len(self.bad)
        return ImportReport(read, 0, 0, list(self.bad), self.unknown_columns)

    def supplier(self) -> str:
        """Who sent the first line; empty when the table does not tell."""
        told = (row.supplier for row in self.rows if isinstance(row, (DeliveryRow, CodeRow)))
        return next(told, "")

    def orders(self, kind: MovementKind, reference: str = "", party: str = "") -> list[Order]:
        """The documents it stands for: one for each party and number that its rows tell.

        `reference` and `party` are for rows that tell none. What came at another time or warmth
        is a document of its own; a row that tells neither came with the first of its delivery.
        """
        if kind is MovementKind.DELIVERY:
            return self._deliveries() or [Order(kind, (), party, reference)]
        found: dict[tuple[str, str], list[Wanted]] = {}
        for row in self.rows:
            if isinstance(row, CodeRow):
                other = row.receiver if kind is MovementKind.TRANSFER_OUT else row.supplier
                whole = (other or party, row.number or reference)
                batch = Batch(row.lot, row.made, row.expiry)
                found.setdefault(whole, []).append(Wanted(row.code, row.item or "", batch))
        if not found:
            return [Order(kind, (), party, reference)]
        return [Order(kind, tuple(wanted), *whole) for whole, wanted in found.items()]

    def _deliveries(self) -> list[Order]:
        rows = [row for row in self.rows if isinstance(row, DeliveryRow)]
        came: dict[tuple[str, str], tuple[str, str]] = {}
        found: dict[tuple[str, str, str, str], list[Wanted]] = {}
        for row in rows:
            if row.celsius or row.arrived:
                came.setdefault((row.supplier, row.number), (row.arrived, row.celsius))
        for row in rows:
            arrived, celsius = came.get((row.supplier, row.number), ("", ""))
            how = row.arrived or arrived, row.celsius or celsius
            found.setdefault((row.supplier, row.number, *how), []).extend(_delivered(row))
        return [
            Order(
                MovementKind.DELIVERY,
                tuple(wanted),
                party=supplier,
                reference=number,
                transport=Transport(arrived, celsius),
            )
            for (supplier, number, arrived, celsius), wanted in found.items()
        ]

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
                code,
                parents.get(code),
                levels.get(code) or _height(code, parents),
                code in smallest,
            )
            for code in codes
        )


def read(what: str, table: Table, today: date, known: Known = NOTHING_KNOWN) -> TradeTable:
    """Read a `delivery`, `stock`, `packs` or `codes` table; `known` is what was learned.

    Raises `WorldError` when no header names the columns that must be there.
    """
    found = read_or_ask(what, table, today, known)
    if isinstance(found, HeaderQuestion):
        raise WorldError(Fault.HEADER_MISSING, columns="、".join(found.missing))
    return found


def read_or_ask(
    what: str,
    table: Table,
    today: date,
    known: Known = NOTHING_KNOWN,
    said: HeadersSaid | None = None,
) -> TradeTable | HeaderQuestion:
    """The same, but columns that are not all known are asked for; `said` is a person's answer.

    Raises `WorldError` for a table with fewer columns than must be told row by row.
    """
    layout, reader = _READERS[what]
    found = find_known(layout, table, known, said)
    if isinstance(found, HeaderQuestion):
        if not found.can_be_answered(layout):
            raise WorldError(Fault.HEADER_MISSING, columns="、".join(found.missing))
        return found
    header = found.header
    read_: Sequence[Row | BadRow] = list(reader(header, found.rows, today))
    return TradeTable(
        tuple(row for row in read_ if not isinstance(row, BadRow)),
        tuple(row for row in read_ if isinstance(row, BadRow)),
        header.unknown,
        header.cells,
    )


def write(table: TradeTable, what: str, keeper: StockWishes) -> ImportReport:
    """Write a table's rows; called on the desk lane.

    Each document is whole or not there. Raises `WorldError`; behind a first document one that
    names those that stand.
    """
    report = table.report()
    if what == "packs":
        report.changed = keeper.load_packs(table.relations())
    elif what == "stock":
        loaded = keeper.load_stock(table.lots(), table.bound())
        report.changed, report.added = loaded.changed, loaded.outcome.moved
        report.rejected += _rejected(loaded.outcome.refused, table)
    else:
        kind = MovementKind.DELIVERY if what == "delivery" else MovementKind.TRANSFER_IN
        posted: list[str] = []
        for order in table.orders(kind):
            stands = WorldError(Fault.IMPORT_PARTLY, done="、".join(posted)) if posted else None
            outcome = cut_off(partial(keeper.post, order), stands)
            posted.append(order.reference or outcome.number or "-")
            report.added += outcome.moved
            report.rejected += _rejected(outcome.refused, table)
    return report


def _rejected(refused: Iterable[Refused], table: TradeTable) -> list[BadRow]:
    """What did not move, by the row that names it; an unknown drug in its supplier's words."""
    places = {
        row.words.text: row.row for row in table.rows if isinstance(row, DeliveryRow) and row.words
    }
    places |= {code: row.row for row in table.rows for code in _codes(row)}
    return [
        BadRow(
            places.get(one.code or one.item, 0),
            one.why.value,
            " ".join(part for part in (one.item, one.code) if part)
            if one.why is WhyNot.UNKNOWN_DRUG
            else one.code or one.item,
        )
        for one in refused
    ]


def _codes(row: Row) -> tuple[str, ...]:
    return row.codes if isinstance(row, (DeliveryRow, StockRow)) else (row.code,)


def _delivered(row: DeliveryRow) -> Iterator[Wanted]:
    """A delivery's row: its codes one by one, and the boxes it names without one."""
    batch = Batch(row.lot, row.made, row.expiry)
    keys = (row.item_key, *row.other_keys)
    item = next((key.text for key in keys if key.kind in _CODE_KEYS), "")
    approval = next(((key.text, key.spec) for key in keys if key.kind is KeyKind.APPROVAL), None)
    for code in row.codes:
        yield Wanted(
            code=code,
            item=item,
            batch=batch,
            quantity=1,
            price_fen=row.price_fen,
            approval=approval,
            named=row.words,
        )
    rest = row.quantity - len(row.codes)
    if rest > 0 and row.level in (None, 1):
        yield Wanted(
            code=None,
            item=item,
            batch=batch,
            quantity=rest,
            price_fen=row.price_fen,
            approval=approval,
            named=row.words,
        )


def _height(code: str, parents: dict[str, str]) -> int:
    """One more than the boxes inside; a code that nothing is inside of is the smallest."""
    inside = [child for child, parent in parents.items() if parent == code]
    return 1 + max((_height(child, parents) for child in inside), default=0)
