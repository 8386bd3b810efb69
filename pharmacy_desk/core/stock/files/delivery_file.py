"""A supplier's delivery note (随货同行单) as a table: what was sent, by lot, with codes if it has.

Layout: contracts, section 6. Which columns are needed: GSP asks a delivery note for supplier,
lot and quantity; production date and expiry may be missing and are then unknown, never made up.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum

from pharmacy_desk.core.basics import money
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drug_list import BadRow
from pharmacy_desk.core.stock.files import cells
from pharmacy_desk.core.stock.files.cells import Codes, RowError
from pharmacy_desk.core.stock.files.headers import Header, Layout
from pharmacy_desk.core.stock.files.rows import Table, read_each
from pharmacy_desk.core.stock.supplier_words import SupplierWords

DELIVERY = Layout(
    columns={
        "number": (
            "单号",
            "随货同行单号",
            "随货单号",
            "单据编号",
            "单据号",
            "出库单号",
            "发货单号",
            "送货单号",
            "销售单号",
            "配送单号",
        ),
        "supplier": (
            "供货单位",
            "供应商",
            "供货商",
            "供应商名称",
            "供货单位名称",
            "供货企业",
            "发货单位",
        ),
        "code": ("商品编码", "货号", "商品编号"),
        "identification": ("药品标识码", "标识码"),
        "approval": ("批准文号", "国药准字"),
        "spec": ("规格", "商品规格", "药品规格", "规格型号", "型号规格", "品规"),
        "lot": ("生产批号", "批号", "产品批号"),
        "made": ("生产日期",),
        "expiry": (
            "有效期至",
            "效期",
            "有效期",
            "失效日期",
            "到期",
            "到期日期",
            "到期日",
            "有效日期",
        ),
        "quantity": (
            "数量",
            "发货数量",
            "实发数量",
            "出库数量",
            "配送数量",
            "送货数量",
            "数目",
            "盒数",
        ),
        "price": ("单价", "含税单价", "供货价", "进价", "购进价"),
        "codes": ("追溯码", "药品追溯码", "追溯码信息", "curCode", "code"),
        "level": ("包装级别", "packLayer", "level"),
        # Behind the others: a practised hand knows the marks by which columns are chosen.
        "name": ("商品名称", "通用名", "品名", "通用名称", "药品名称", "药品通用名", "商品名"),
        "maker": ("生产企业", "生产厂家", "上市许可持有人", "厂家", "生产单位", "生产厂商"),
        # How what is kept cold came; the acceptance record has the same two.
        "celsius": ("到货温度", "到达温度"),
        "arrived": ("到货时间", "到达时间"),
    },
    needed=(
        (("number",),),
        (("supplier",),),
        (("code",), ("identification",), ("approval", "spec"), ("name", "spec")),
        (("lot",),),
        (("quantity",),),
    ),
    carried=("number", "supplier"),
)


class KeyKind(StrEnum):
    """By what a row names its drug; the order is the one in which a row's keys are tried."""

    ITEM_CODE = "item_code"
    IDENTIFICATION = "identification"
    APPROVAL = "approval"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class ItemKey:
    """A drug as a supplier names it. `spec` belongs to an approval number or a name."""

    kind: KeyKind
    text: str
    spec: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One line of a delivery. Quantity counts smallest packs; the price is fen for one of them.

    `item_key` is the first key the row has, `other_keys` the ones after it: a supplier's item
    code may be its own and not the store's. `name`, `spec` and `maker` are the supplier's
    words: a name with its spec is the key of a row that has no other. `level` is the pack level of
    `codes`, 1 = smallest. Whether codes and quantity agree is for the receiving to tell, which
    opens cartons. `celsius` and `arrived` (`2026-01-31 09:30`) tell how it came.
    """

    row: int
    number: str
    supplier: str
    item_key: ItemKey
    lot: str | None
    made: date | None
    expiry: date | None
    quantity: int
    price_fen: int | None = None
    codes: tuple[str, ...] = ()
    level: int | None = None
    other_keys: tuple[ItemKey, ...] = ()
    name: str = ""
    spec: str = ""
    maker: str = ""
    celsius: str = ""
    arrived: str = ""

    @property
    def words(self) -> SupplierWords | None:
        """The supplier's own words for the drug; None where it has none but a key."""
        named = self.name or next(
            (key.text for key in (self.item_key, *self.other_keys) if key.kind is KeyKind.NAME), ""
        )
        return SupplierWords(self.supplier, named, self.spec, self.maker) if named else None


def read_delivery(
    header: Header, table: Table, today: date, mapped: Container[str] = frozenset()
) -> Iterator[DeliveryRow | BadRow]:
    """Each data row as a line of a delivery or as a bad row; see `Codes` for `mapped`."""
    codes = Codes(today, mapped)

    def make(number: int, row: Mapping[str, str], beside: str) -> tuple[DeliveryRow]:
        first, *others = _keys(row)
        batch = cells.batch_of(row)
        made = DeliveryRow(
            row=number,
            number=_told(row, "number", cells.MAX_NUMBER),
            supplier=_told(row, "supplier", cells.MAX_SUPPLIER),
            item_key=first,
            lot=batch.lot,
            made=batch.made,
            expiry=batch.expiry,
            quantity=cells.quantity_of(row),
            price_fen=cells.price_of(row),
            codes=codes.several(row.get("codes", ""), beside),
            level=cells.level_of(row),
            other_keys=tuple(others),
            name=cells.text_of(row, "name", cells.MAX_SUPPLIER),
            spec=cells.text_of(row, "spec", cells.MAX_SUPPLIER),
            maker=cells.text_of(row, "maker", cells.MAX_SUPPLIER),
            celsius=cells.celsius_of(row),
            arrived=cells.moment_of(row, "arrived"),
        )
        codes.take(made.codes, number)
        return (made,)

    return read_each(DELIVERY, header, table, make)


def _told(row: Mapping[str, str], column: str, most: int) -> str:
    text = cells.text_of(row, column, most)
    if not text:
        raise RowError(f"{column}_missing")
    return text


def _keys(row: Mapping[str, str]) -> list[ItemKey]:
    """By what a row names its drug, at least one. Raises `RowError` when there is none."""
    code = cells.item_code_of(row, "code")
    identification = cells.identification_of(row)
    approval = cells.text_of(row, "approval", cells.MAX_APPROVAL)
    spec = cells.text_of(row, "spec", cells.MAX_SUPPLIER)
    name = cells.text_of(row, "name", cells.MAX_SUPPLIER)
    keys = [
        ItemKey(KeyKind.ITEM_CODE, code),
        ItemKey(KeyKind.IDENTIFICATION, identification),
        # An approval number stands for several sizes: without the size it names no drug.
        ItemKey(KeyKind.APPROVAL, approval if spec else "", spec if approval else ""),
    ]
    found = [key for key in keys if key.text]
    if not found and name and spec:
        found = [ItemKey(KeyKind.NAME, name, spec)]
    if not found:
        raise RowError("item_missing", approval)
    return found


def delivery_export(rows: Iterable[DeliveryRow]) -> list[list[str]]:
    """Header and rows that `read_delivery` reads back; no cell is a formula."""
    table = [[DELIVERY.written(column) for column in DELIVERY.columns]]
    for row in rows:
        keys = {key.kind: key for key in (row.item_key, *row.other_keys)}
        approval = keys.get(KeyKind.APPROVAL)
        told = {
            "number": row.number,
            "supplier": row.supplier,
            "code": keys[KeyKind.ITEM_CODE].text if KeyKind.ITEM_CODE in keys else "",
            "identification": (
                keys[KeyKind.IDENTIFICATION].text if KeyKind.IDENTIFICATION in keys else ""
            ),
            "name": row.name,
            "approval": approval.text if approval else "",
            "spec": row.spec or (approval.spec if approval else ""),
            "maker": row.maker,
            "lot": row.lot or "",
            "made": row.made.isoformat() if row.made else "",
            "expiry": row.expiry.isoformat() if row.expiry else "",
            "quantity": str(row.quantity),
            "price": money.yuan(row.price_fen) if row.price_fen is not None else "",
            "codes": ";".join(row.codes),
            "level": str(row.level) if row.level else "",
            "celsius": row.celsius,
            "arrived": row.arrived,
        }
        table.append([cells.protected(told[column]) for column in DELIVERY.columns])
    return table
