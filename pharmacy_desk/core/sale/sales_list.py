"""销售单: the list of paid sales, its filter, its sums, and its columns as a file has them."""

from datetime import date, datetime
from enum import StrEnum

from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.sale.sale import SaleOrigin

# In Chinese whatever the window's language, as those of every file that leaves the house.
COLUMNS = (
    "小票号",
    "时间",
    "收银台",
    "营业员",
    "付款方式",
    "药品",
    "品种数",
    "码数",
    "金额",
    "已退数量",
    "改价品种",
    "收银系统",
)
PAYMENTS = {
    PaymentKind.SELF: "自费",
    PaymentKind.ACCOUNT: "个人账户",
    PaymentKind.POOLED: "门诊统筹",
    PaymentKind.CHRONIC: "门诊慢特病",
    PaymentKind.DUAL: "双通道",
    PaymentKind.INJURY: "工伤",
    PaymentKind.UNTOLD: "医保（种类未告知）",
}


@dataclass(frozen=True, slots=True)
class SalesFilter:
    """Days, both included; a way of paying; and text about receipt, drug, code or clerk."""

    text: str = ""
    first: date | None = None
    last: date | None = None
    payment: PaymentKind | None = None


@dataclass(frozen=True, slots=True)
class SoldRow:
    """One paid sale in the list: `drug` is its first of `drugs`, `back` what has come back.

    `repriced` counts its lines that did not cost what the list says; of another till's sale
    (`origin`) `ticket` is its number there, if the till told one.
    """

    number: str
    paid_at: datetime
    counter: str
    operator: str
    payment: PaymentKind
    total_fen: int
    codes: int
    drug: str
    drugs: int
    back: int
    repriced: int = 0
    origin: SaleOrigin = SaleOrigin.OWN
    ticket: str = ""

    def cells(self) -> tuple[str, ...]:
        """The row of `COLUMNS`."""
        return (
            self.number,
            f"{self.paid_at:%Y-%m-%d %H:%M:%S}",
            self.counter,
            self.operator,
            PAYMENTS[self.payment],
            self.drug,
            str(self.drugs),
            str(self.codes),
            yuan(self.total_fen),
            str(self.back) if self.back else "",
            str(self.repriced) if self.repriced else "",
            (self.ticket or "是") if self.origin is SaleOrigin.TILL else "",
        )


class SumBy(StrEnum):
    """What the sales of a filter are added up by."""

    DAY = "day"
    CLERK = "clerk"
    DRUG = "drug"
    PAYMENT = "payment"


# In Chinese, as `COLUMNS`.
SUM_TITLES = {
    SumBy.DAY: "按日汇总",
    SumBy.CLERK: "按营业员汇总",
    SumBy.DRUG: "按药品汇总",
    SumBy.PAYMENT: "按付款方式汇总",
}
_SUM_NAMES = {
    SumBy.DAY: ("日期",),
    SumBy.CLERK: ("营业员",),
    SumBy.DRUG: ("商品编码", "药品"),
    SumBy.PAYMENT: ("付款方式",),
}
_SUM_MONEY = ("单数", "盒数", "拆零数量", "金额", "已退金额", "净额")


@dataclass(frozen=True, slots=True)
class SalesSum:
    """The sums of one day, clerk, drug or way of paying, in fen where they are money.

    `key` is the day in ISO form, the clerk's number, the item's code or the kind's value, and
    `name` the drug's name. `boxes` are whole packs, `units` what was sold of opened ones. A sale
    of several drugs counts as one of `sales` with each of them. `back_fen` is what came back of
    these sales, whenever it came.
    """

    key: str
    sales: int
    boxes: int
    units: int
    total_fen: int
    back_fen: int
    name: str = ""

    @property
    def net_fen(self) -> int:
        """What stayed sold, in fen."""
        return self.total_fen - self.back_fen

    def cells(self, by: SumBy) -> tuple[str, ...]:
        """The row of `sum_columns`."""
        named: tuple[str, ...] = (self.key,)
        if by is SumBy.PAYMENT:
            named = (PAYMENTS[PaymentKind(self.key)],)
        elif by is SumBy.DRUG:
            named = (self.key, self.name)
        return (
            *named,
            str(self.sales),
            str(self.boxes),
            str(self.units) if self.units else "",
            yuan(self.total_fen),
            yuan(self.back_fen) if self.back_fen else "",
            yuan(self.net_fen),
        )


def sum_columns(by: SumBy) -> tuple[str, ...]:
    """The heads of sums by this."""
    return (*_SUM_NAMES[by], *_SUM_MONEY)
