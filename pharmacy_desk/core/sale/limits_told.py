"""What sales were told of limits, and what followed: for whoever looks after the store's rules."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.sale.limits import LimitKind, LimitMode
from pharmacy_desk.core.sale.sales_list import PAYMENTS


class Followed(StrEnum):
    """What became of a line that a sale was told of.

    `PAID`: as it was told of; `SELF_PAID`: by the customer alone instead; `OPEN`: not known yet.
    """

    PAID = "paid"
    SELF_PAID = "self_paid"
    TAKEN_OUT = "taken_out"
    CANCELLED = "cancelled"
    OPEN = "open"


# In Chinese whatever the window's language, as those of every file that leaves the house.
COLUMNS = (
    "时间",
    "小票号",
    "商品编码",
    "药品",
    "限制类型",
    "处理方式",
    "付款方式",
    "金额",
    "后续",
    "名单",
    "营业员",
)
KINDS: Mapping[LimitKind, str] = {
    LimitKind.SEX: "性别",
    LimitKind.AGE: "年龄",
    LimitKind.PAID_COURSE: "支付疗程",
    LimitKind.INSTITUTION_LEVEL: "医疗机构级别",
    LimitKind.VISIT: "就医方式",
    LimitKind.INSURANCE_TYPE: "险种",
    LimitKind.DISEASE: "认定病种",
    LimitKind.REPEAT: "短期重复购药",
}
_MODES: Mapping[LimitMode, str] = {
    LimitMode.OFF: "不核对",
    LimitMode.REMIND: "提醒",
    LimitMode.LIMIT: "按策略",
    LimitMode.INTERCEPT: "拦截",
}
_FOLLOWED: Mapping[Followed, str] = {
    Followed.PAID: "照付",
    Followed.SELF_PAID: "改自费",
    Followed.TAKEN_OUT: "取出",
    Followed.CANCELLED: "整单取消",
    Followed.OPEN: "未结",
}


@dataclass(frozen=True, slots=True)
class Days:
    """From one day to another, both included; None sets no bound."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class LimitTold:
    """One line of one sale that was told of one limit, and what followed."""

    at: datetime
    sale: str
    item: str
    drug: str
    kind: LimitKind
    mode: LimitMode
    payment: PaymentKind
    amount_fen: int
    version: str
    operator: str
    followed: Followed

    def cells(self) -> tuple[str, ...]:
        """The row of `COLUMNS`."""
        return (
            f"{self.at:%Y-%m-%d %H:%M:%S}",
            self.sale,
            self.item,
            self.drug,
            KINDS[self.kind],
            _MODES[self.mode],
            PAYMENTS[self.payment],
            yuan(self.amount_fen),
            _FOLLOWED[self.followed],
            self.version,
            self.operator,
        )


@dataclass(frozen=True, slots=True)
class LimitSum:
    """How often a kind of limit was told of, the money of those lines, and what followed."""

    kind: LimitKind
    times: int
    amount_fen: int
    followed: Mapping[Followed, int]
