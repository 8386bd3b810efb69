"""Opening stock (期初库存) as a table: what stood on the shelves when the program came in.

Layout: contracts, section 6. Codes are optional: stock bought before codes were asked for has
none (facts on codes, 1.1, 无码库).
"""

from collections.abc import Container, Iterator, Mapping
from datetime import date

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drug_list import BadRow
from pharmacy_desk.core.stock.files import cells
from pharmacy_desk.core.stock.files.cells import Codes, RowError
from pharmacy_desk.core.stock.files.headers import Header, Layout
from pharmacy_desk.core.stock.files.rows import Table, read_each

STOCK = Layout(
    columns={
        "code": ("商品编码", "货号", "商品编号"),
        "lot": ("生产批号", "批号", "产品批号"),
        "made": ("生产日期",),
        "expiry": ("有效期至", "效期", "有效期", "失效日期"),
        "quantity": ("数量", "库存数量", "库存", "期初数量", "实盘数量"),
        "codes": ("追溯码", "药品追溯码", "追溯码信息", "curCode"),
    },
    needed=((("code",),), (("lot",),), (("quantity",),)),
)


@dataclass(frozen=True, slots=True)
class StockRow:
    """One drug and lot on the shelf. Quantity counts smallest packs, coded or not."""

    row: int
    item_code: str
    lot: str | None
    made: date | None
    expiry: date | None
    quantity: int
    codes: tuple[str, ...] = ()


def read_stock(
    header: Header, table: Table, today: date, mapped: Container[str] = frozenset()
) -> Iterator[StockRow | BadRow]:
    """Each data row as stock of one lot or as a bad row; see `Codes` for `mapped`."""
    codes = Codes(today, mapped)

    def make(number: int, row: Mapping[str, str], beside: str) -> tuple[StockRow]:
        item = cells.item_code_of(row, "code")
        if not item:
            raise RowError("item_missing")
        batch = cells.batch_of(row)
        quantity = cells.quantity_of(row)
        found = codes.several(row.get("codes", ""), beside)
        codes.take(found, number)
        return (
            StockRow(
                row=number,
                item_code=item,
                lot=batch.lot,
                made=batch.made,
                expiry=batch.expiry,
                quantity=quantity,
                codes=found,
            ),
        )

    return read_each(STOCK, header, table, make)
