"""处方登记: the list of kept prescriptions, what it is filtered by, and its columns as a file."""

from datetime import date, datetime

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.sale.prescription import Prescription

# In Chinese whatever the window's language, as those of every file that leaves the house.
COLUMNS = (
    "处方编号",
    "登记时间",
    "开具日期",
    "医疗机构",
    "统筹区",
    "开方医师",
    "药品",
    "剩余数量",
    "审核",
    "调配",
    "核对",
    "电子处方",
    "小票号",
)


@dataclass(frozen=True, slots=True)
class RxFilter:
    """Days on which they were kept, both included; and text about number, drug, who wrote it."""

    text: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class RxRow:
    """One kept prescription, when it was kept, and the receipts that took of it."""

    prescription: Prescription
    at: datetime
    receipts: tuple[str, ...] = ()

    @property
    def drugs(self) -> str:
        """What it prescribes, with quantities."""
        return "、".join(f"{drug.name} ×{drug.quantity}" for drug in self.prescription.drugs)

    @property
    def left(self) -> int:
        """Packs that may still be dispensed, all drugs together."""
        return sum(drug.left for drug in self.prescription.drugs)

    def cells(self) -> tuple[str, ...]:
        """The row of `COLUMNS`; what is sealed is in none of them."""
        known = self.prescription
        return (
            known.number,
            f"{self.at:%Y-%m-%d %H:%M:%S}",
            known.issued.isoformat(),
            known.institution,
            known.area,
            known.prescriber,
            self.drugs,
            str(self.left),
            known.checkers.reviewer,
            known.checkers.dispenser,
            known.checkers.checker,
            "是" if known.electronic else "",
            "、".join(self.receipts),
        )
