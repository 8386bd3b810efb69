"""A list of codes as a table: boxes of a transfer, of a recall, of a stock-take.

Layout: contracts, section 6; everything but the code is optional.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pharmacy_desk.core.catalogue_file import BadRow
from pharmacy_desk.core.trade_files import cells
from pharmacy_desk.core.trade_files.cells import Codes, RowError
from pharmacy_desk.core.trade_files.headers import Header, Layout
from pharmacy_desk.core.trade_files.rows import Table, read_each

CODES = Layout(
    columns={
        "codes": ("追溯码", "药品追溯码", "追溯码信息", "curCode", "code"),
        "code": ("商品编码", "货号", "商品编号"),
        "lot": ("生产批号", "批号", "产品批号"),
        "expiry": ("有效期至", "效期", "有效期", "失效日期"),
    },
    needed=((("codes",),),),
)


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One box and what its row tells of it. A cell with several codes gives one row for each."""

    row: int
    code: str
    item: str | None = None
    lot: str | None = None
    expiry: date | None = None


def read_codes(
    header: Header, table: Table, today: date, mapped: Container[str] = frozenset()
) -> Iterator[CodeRow | BadRow]:
    """Each data row as its boxes, or as a bad row; see `Codes` for `mapped`."""
    codes = Codes(today, mapped)

    def make(number: int, row: Mapping[str, str], beside: str) -> list[CodeRow]:
        item = cells.item_code_of(row, "code") or None
        batch = cells.batch_of(row)
        found = codes.several(row.get("codes", ""), beside)
        if not found:
            raise RowError("code_missing")
        codes.take(found, number)
        return [CodeRow(number, code, item, batch.lot, batch.expiry) for code in found]

    return read_each(CODES, header, table, make)


def codes_export(rows: Iterable[CodeRow]) -> list[list[str]]:
    """Header and one row a box, which `read_codes` reads back; no cell is a formula."""
    table = [[CODES.written(column) for column in CODES.columns]]
    for row in rows:
        expiry = row.expiry.isoformat() if row.expiry else ""
        told = (row.code, row.item or "", row.lot or "", expiry)
        table.append([cells.protected(text) for text in told])
    return table
