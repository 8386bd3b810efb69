"""A till's tickets as a table: a row a line of a sale (contracts, section 7, drop folder).

Columns are found by name, in any order; what a till calls by names of its own is said once in the
setting `till.columns`. Nothing is made up: a row without its way of paying is refused.
"""

from collections.abc import Mapping, Sequence

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drug_list import BadRow
from pharmacy_desk.core.sale.ticket import TicketEnd, TicketLine, TicketOrder
from pharmacy_desk.core.stock.files import cells
from pharmacy_desk.core.stock.files.cells import RowError
from pharmacy_desk.core.stock.files.headers import HeaderRefusal, Layout, find_header, plain_name
from pharmacy_desk.core.stock.files.rows import Table, read_each

TICKETS = Layout(
    columns={
        "ticket": ("小票号", "销售单号", "单据号", "流水号", "单号", "票号", "ticket"),
        "line": ("行号", "序号", "line"),
        "item": ("商品编码", "商品编号", "药品编码", "货号", "item"),
        "barcode": ("商品条码", "国际条码", "条码", "barcode"),
        "name": ("商品名称", "药品名称", "通用名称", "通用名", "品名", "name"),
        "spec": ("规格", "规格型号", "spec"),
        "quantity": ("数量", "销售数量", "quantity", "qty"),
        "price": ("单价", "实售价", "售价", "零售价", "price"),
        "lot": ("生产批号", "批号", "lot"),
        "expiry": ("有效期至", "有效期", "效期", "expiry"),
        "payment": ("付款方式", "结算方式", "支付方式", "payment"),
        "operator": ("营业员", "收银员", "operator"),
        "setl_id": ("结算编号", "结算ID", "结算单号", "setl_id"),
        "mdtrt_id": ("就诊ID", "就诊编号", "mdtrt_id"),
        "fund": ("统筹基金", "统筹支付", "fund"),
        "account": ("个人账户", "个账支付", "account"),
        "mutual": ("共济账户", "共济支付", "mutual"),
        "cash": ("个人现金", "现金支付", "cash"),
        "receipt": ("收据号", "小票流水", "receipt"),
    },
    needed=((("ticket",),), (("item",), ("barcode",)), (("quantity",),), (("payment",),)),
    carried=("ticket", "payment", "operator"),
)
_PAYMENTS: Mapping[str, PaymentKind] = {
    "self": PaymentKind.SELF,
    "自费": PaymentKind.SELF,
    "现金": PaymentKind.SELF,
    "微信": PaymentKind.SELF,
    "支付宝": PaymentKind.SELF,
    "银行卡": PaymentKind.SELF,
    "insured": PaymentKind.UNTOLD,
    "医保": PaymentKind.UNTOLD,
    "个人账户": PaymentKind.ACCOUNT,
    "医保个账": PaymentKind.ACCOUNT,
    "account": PaymentKind.ACCOUNT,
    "门诊统筹": PaymentKind.POOLED,
    "pooled": PaymentKind.POOLED,
    "门诊慢特病": PaymentKind.CHRONIC,
    "chronic": PaymentKind.CHRONIC,
    "双通道": PaymentKind.DUAL,
    "dual": PaymentKind.DUAL,
    "工伤": PaymentKind.INJURY,
    "injury": PaymentKind.INJURY,
}
_MOST_NUMBER, _MOST_TEXT = 64, 200


@dataclass(frozen=True, slots=True)
class FileTicket:
    """One ticket of a file; `end` is there where the file tells that it was paid already."""

    order: TicketOrder
    end: TicketEnd | None = None


def read_tickets(
    table: Table, learned: Mapping[str, str]
) -> tuple[FileTicket, ...] | HeaderRefusal | BadRow:
    """The tickets of a table in their order; rows of one number belong together.

    A row that cannot be taken refuses all of it: half a sale is none.
    """
    table = iter(table)
    header = find_header(TICKETS, table, learned)
    if isinstance(header, HeaderRefusal):
        return header
    rows: dict[str, list[Mapping[str, str]]] = {}
    for row in read_each(TICKETS, header, table, lambda _number, row, _beside: (_checked(row),)):
        if isinstance(row, BadRow):
            return row
        rows.setdefault(row["ticket"], []).append(row)
    return tuple(_ticket(number, of_it) for number, of_it in rows.items())


def _checked(row: Mapping[str, str]) -> Mapping[str, str]:
    """The row with every column of ours, once it makes a line and an end. Raises `RowError`."""
    whole = dict.fromkeys(TICKETS.columns, "") | dict(row)
    whole["ticket"] = cells.text_of(whole, "ticket", _MOST_NUMBER)
    if not whole["ticket"]:
        raise RowError("ticket_missing")
    _line(whole, 1)
    _end(whole)
    return whole


def _ticket(number: str, rows: Sequence[Mapping[str, str]]) -> FileTicket:
    lines = tuple(_line(row, place) for place, row in enumerate(rows, 1))
    first = rows[0]
    order = TicketOrder(
        number, _PAYMENTS[first["payment"].strip().lower()], lines, first["operator"]
    )
    return FileTicket(order, _end(first))


def _line(row: Mapping[str, str], place: int) -> TicketLine:
    """Raises `RowError`."""
    if row["payment"].strip().lower() not in _PAYMENTS:
        raise RowError("payment_unknown", cells.shown(row["payment"]))
    item = cells.text_of(row, "item", _MOST_TEXT)
    barcode = cells.text_of(row, "barcode", _MOST_TEXT)
    if not item and not barcode:
        raise RowError("item_missing")
    cells.text_of(row, "operator", _MOST_TEXT)
    return TicketLine(
        line=cells.text_of(row, "line", _MOST_NUMBER) or place,
        quantity=cells.quantity_of(row),
        item=item,
        barcode=barcode,
        name=cells.text_of(row, "name", _MOST_TEXT),
        spec=cells.text_of(row, "spec", _MOST_TEXT),
        unit_price_fen=cells.price_of(row),
        batch=cells.batch_of(row),
    )


def _end(row: Mapping[str, str]) -> TicketEnd | None:
    """What the file tells of the payment; None where it tells nothing of it. Raises `RowError`."""
    names = ("setl_id", "mdtrt_id", "receipt")
    setl_id, mdtrt_id, receipt = (cells.text_of(row, name, _MOST_TEXT) for name in names)
    parts = [cells.price_of({"price": row[name]}) for name in ("fund", "account", "mutual", "cash")]
    if not (setl_id or mdtrt_id or receipt) and all(fen is None for fen in parts):
        return None
    fund, account, mutual, cash = parts
    return TicketEnd(
        setl_id=setl_id,
        mdtrt_id=mdtrt_id,
        receipt=receipt,
        fund_fen=fund,
        account_fen=account,
        mutual_fen=mutual,
        cash_fen=cash,
    )


def learned_columns(said: str) -> dict[str, str] | None:
    """The setting `till.columns` (`XSDH=小票号;SL=数量`) as it is looked up; None: not its form."""
    learned: dict[str, str] = {}
    for part in cells.parts(said):
        theirs, sign, ours = (text.strip() for text in part.partition("="))
        column = TICKETS.own(ours)
        if not theirs or not sign or column is None:
            return None
        learned[plain_name(theirs)] = column
    return learned
