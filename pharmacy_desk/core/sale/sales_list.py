"""销售单: the list of paid sales, what it is filtered by, and its columns as a file has them."""

from dataclasses import dataclass
from datetime import date, datetime

from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.basics.payment import PaymentKind

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
)
PAYMENTS = {
    PaymentKind.SELF: "自费",
    PaymentKind.ACCOUNT: "个人账户",
    PaymentKind.POOLED: "门诊统筹",
    PaymentKind.CHRONIC: "门诊慢特病",
    PaymentKind.DUAL: "双通道",
    PaymentKind.INJURY: "工伤",
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

    `repriced` counts its lines that did not cost what the list says.
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
        )
