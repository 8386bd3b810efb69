"""The register of special compound preparations (含麻黄碱类复方制剂销售登记专册), row by row.

A list shows it masked; names and identity numbers stand in it only where a manager let it be
opened, for paper or a table (facts on domain, section 7).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from pharmacy_desk.core.basics.values import dataclass

# In the trade's own words whatever the window's language: the register is for inspectors.
TITLE = "含麻黄碱类复方制剂销售登记专册"
COLUMNS = (
    "销售时间",
    "购买人",
    "身份证号",
    "药品名称",
    "规格",
    "生产企业",
    "批号",
    "数量",
    "经办人",
    "小票号",
)
# What stands where nobody told a name, and where the record was dropped after its time.
_NOT_TOLD, _DROPPED = "未登记", "已按期销毁"


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One entry. `record` refers to who bought it, sealed; `masked` and `name` may be shown.

    `clerk` is a name, or a number of somebody who is known no more.
    """

    at: datetime
    receipt: str
    line: int
    part: int
    name_masked: str
    masked: str
    name: str
    spec: str
    maker: str
    lot: str
    quantity: int
    unit: str
    clerk: str
    record: str
    dropped: bool = False

    def cells(self, person: tuple[str, str] | None = None) -> tuple[str, ...]:
        """The row in the order of `COLUMNS`, with (name, number) where it was opened."""
        who, number = person or (self.name_masked, self.masked)
        if self.dropped:
            who = number = _DROPPED
        return (
            f"{self.at:%Y-%m-%d %H:%M}",
            who or _NOT_TOLD,
            number or _NOT_TOLD,
            self.name,
            self.spec,
            self.maker,
            self.lot,
            f"{self.quantity}{self.unit}",
            self.clerk,
            self.receipt,
        )


def register_table(
    rows: Sequence[RegisterRow], opened: Mapping[str, tuple[str, str]]
) -> list[tuple[str, ...]]:
    """The register as a table for another program; `opened` are names and numbers by record."""
    return [COLUMNS, *(row.cells(opened.get(row.record)) for row in rows)]
