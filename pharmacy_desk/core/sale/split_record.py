"""The record of split sales (拆零销售记录): one row for each time units left an opened box.

The ten columns are those the trade's inspectors want of a split sale; who checked it (复核人) signs
on paper where no PIN was given. Nothing is kept for it: every row is read from its sale.
"""

from collections.abc import Sequence
from datetime import date, datetime

from pharmacy_desk.core.basics.values import dataclass

# In the trade's own words whatever the window's language: the record is for inspectors.
TITLE = "药品拆零销售记录"
COLUMNS = (
    "起始日期",
    "通用名",
    "规格",
    "批号",
    "生产厂商",
    "有效期",
    "数量",
    "日期",
    "分拆人",
    "复核人",
)
# Beside them, in a table for another program: which box, and which receipt.
MORE_COLUMNS = ("追溯码", "小票号")


@dataclass(frozen=True, slots=True)
class SplitRow:
    """Units that were sold of an opened box.

    `opened_on` is the day it was opened; `units` are counted in `unit`. `splitter` and `reviewer`
    are names, or numbers of people who are known no more; `reviewer` is empty where the second
    person signs on paper. `entry` is the place in the receipt.
    """

    opened_on: date
    name: str
    spec: str
    lot: str
    maker: str
    expiry: date | None
    units: int
    unit: str
    sold_at: datetime
    splitter: str
    reviewer: str
    code: str
    receipt: str
    entry: int

    def cells(self) -> tuple[str, ...]:
        """The row in the order of `COLUMNS`."""
        return (
            self.opened_on.isoformat(),
            self.name,
            self.spec,
            self.lot,
            self.maker,
            self.expiry.isoformat() if self.expiry else "",
            f"{self.units}{self.unit}",
            f"{self.sold_at:%Y-%m-%d}",
            self.splitter,
            self.reviewer,
        )


def record_table(rows: Sequence[SplitRow]) -> list[tuple[str, ...]]:
    """The record as a table with its header, for CSV or XLSX."""
    body = [(*row.cells(), row.code, row.receipt) for row in rows]
    return [(*COLUMNS, *MORE_COLUMNS), *body]
