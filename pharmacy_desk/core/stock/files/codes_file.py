"""A list of codes as a table: boxes of a transfer, of a recall, of a stock-take.

Layout: contracts, section 6; everything but the code is optional. A transfer's file also tells its
number and the two stores, so that the sister store books it as what it is.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drug_list import BadRow
from pharmacy_desk.core.stock.files import cells
from pharmacy_desk.core.stock.files.cells import Codes, RowError
from pharmacy_desk.core.stock.files.headers import Header, Layout
from pharmacy_desk.core.stock.files.rows import Table, read_each

CODES = Layout(
    columns={
        "number": (
            "单号",
            "调拨单号",
            "随货同行单号",
            "单据编号",
            "单据号",
            "出库单号",
            "配送单号",
        ),
        "supplier": (
            "供货单位",
            "调出单位",
            "调出门店",
            "发货单位",
            "供应商",
            "供应商名称",
            "供货商",
        ),
        "receiver": ("收货单位", "调入单位", "调入门店"),
        "codes": ("追溯码", "药品追溯码", "追溯码信息", "curCode", "code"),
        "code": ("商品编码", "货号", "商品编号"),
        "lot": ("生产批号", "批号", "产品批号"),
        "made": ("生产日期",),
        "expiry": ("有效期至", "效期", "有效期", "失效日期"),
    },
    needed=((("codes",),),),
    carried=("number", "supplier", "receiver"),
)


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One box and what its row tells of it. A cell with several codes gives one row for each.

    `number` is the document the row belongs to, `supplier` who sends it and `receiver` who gets it.
    """

    row: int
    code: str
    item: str | None = None
    lot: str | None = None
    expiry: date | None = None
    made: date | None = None
    number: str = ""
    supplier: str = ""
    receiver: str = ""


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
        whole = CodeRow(
            number,
            code="",
            item=item,
            lot=batch.lot,
            expiry=batch.expiry,
            made=batch.made,
            number=cells.text_of(row, "number", cells.MAX_NUMBER),
            supplier=cells.text_of(row, "supplier", cells.MAX_SUPPLIER),
            receiver=cells.text_of(row, "receiver", cells.MAX_SUPPLIER),
        )
        codes.take(found, number)
        return [replace(whole, code=code) for code in found]

    return read_each(CODES, header, table, make)


def codes_export(rows: Iterable[CodeRow]) -> list[list[str]]:
    """Header and one row a box, which `read_codes` reads back; no cell is a formula."""
    table = [[CODES.written(column) for column in CODES.columns]]
    for row in rows:
        told = {
            "number": row.number,
            "supplier": row.supplier,
            "receiver": row.receiver,
            "codes": row.code,
            "code": row.item or "",
            "lot": row.lot or "",
            "made": row.made.isoformat() if row.made else "",
            "expiry": row.expiry.isoformat() if row.expiry else "",
        }
        table.append([cells.protected(told[column]) for column in CODES.columns])
    return table
