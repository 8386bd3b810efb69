"""What the window asks of sales."""

from datetime import date
from typing import Protocol

from pharmacy_desk.core.sale.limits_told import Days, LimitSum, LimitTold
from pharmacy_desk.core.sale.prescription import Prescription
from pharmacy_desk.core.sale.refund import OpenedReceipt
from pharmacy_desk.core.sale.register_record import RegisterRow
from pharmacy_desk.core.sale.rx_list import RxFilter, RxRow
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.core.sale.sales_list import SalesFilter, SalesSum, SoldRow, SumBy
from pharmacy_desk.core.sale.split_record import SplitRow


class PrescriptionReading(Protocol):
    """What prescriptions are kept; what is sealed of them is opened by a wish, never read."""

    def by_number(self, number: str, sale: str) -> Prescription | None:
        """The newest one of this number, as the open sale `sale` would have it."""
        ...

    def listed(self, wanted: RxFilter, behind: RxRow | None, limit: int) -> list[RxRow]:
        """Those a filter lets through, the newest first, behind the last one read."""
        ...

    def listed_count(self, wanted: RxFilter) -> int:
        """How many a filter lets through."""
        ...


class SaleReading(Protocol):
    """What was sold."""

    @property
    def prescriptions(self) -> PrescriptionReading:
        """What prescriptions are kept."""
        ...

    def sale(self, number: str) -> Sale | None:
        """A sale by its number."""
        ...

    def find_sale(self, text: str) -> str | None:
        """The number of a sale by whole number or by its last digits (the newest one)."""
        ...

    def sale_of_order(self, number: str) -> str | None:
        """The newest sale for an online order, or a till's ticket, of this number; none voided."""
        ...

    def held(self) -> tuple[Sale, ...]:
        """Held sales, the oldest first, as they are numbered to be taken up."""
        ...

    def last_paid(self) -> str | None:
        """The number of the newest paid sale."""
        ...

    def receipt(self, number: str) -> OpenedReceipt | None:
        """A paid sale opened: all it sold, and what of it has come back."""
        ...

    def listed(self, wanted: SalesFilter, behind: SoldRow | None, limit: int) -> list[SoldRow]:
        """Paid sales that a filter lets through, the newest first, behind the last one read."""
        ...

    def listed_sum(self, wanted: SalesFilter) -> tuple[int, int, int]:
        """How many sales a filter lets through, their fen together, and what came back of them."""
        ...

    def sums(self, wanted: SalesFilter, by: SumBy) -> list[SalesSum]:
        """The sales that a filter lets through, added up: days the newest first, else by money."""
        ...


class RegisterReading(Protocol):
    """The register of special compound preparations, masked."""

    def entered(
        self, since: date, until: date, behind: RegisterRow | None, limit: int
    ) -> list[RegisterRow]:
        """Entries from the first day to the last, the oldest first; `behind` is the last read."""
        ...


class SplitReading(Protocol):
    """What was sold of opened boxes."""

    def sold(self, since: date, until: date, behind: SplitRow | None, limit: int) -> list[SplitRow]:
        """Units sold from the first day to the last, the oldest first; `behind` is the last read.

        A moment is kept with the store's own offset, so its first ten characters are its day.
        """
        ...

    def of(self, code: str) -> list[SplitRow]:
        """Every time units were sold of this box, the oldest first."""
        ...


class LimitReading(Protocol):
    """How often limits were told of, and what followed."""

    def told_limits(self, days: Days, behind: LimitTold | None, limit: int) -> list[LimitTold]:
        """What sales were told on these days, the newest first, behind the last one read."""
        ...

    def sums(self, days: Days) -> list[LimitSum]:
        """The same by kind of limit, the most frequent first."""
        ...
