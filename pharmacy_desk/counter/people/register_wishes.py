"""Opening the register of special compound preparations: by a manager's right, each an event."""

from collections.abc import Callable, Mapping, Sequence

from pharmacy_desk.core.people.people import Right
from pharmacy_desk.core.ports.sealed import SealedRecords
from pharmacy_desk.counter.lanes import Lane
from pharmacy_desk.counter.people.approvals import Approvals
from pharmacy_desk.counter.sale.open_sale import OpenSale

# Name and identity number of each record that was opened.
Opened = Mapping[str, tuple[str, str]]


class RegisterWishes:
    """Opens what is sealed of the register, for paper or a table and nothing else."""

    def __init__(
        self, *, lane: Lane, sealed: SealedRecords, open_sale: OpenSale, approvals: Approvals
    ) -> None:
        self._lane = lane
        self._sealed = sealed
        self._open_sale = open_sale
        self._approvals = approvals

    def open(
        self,
        records: Sequence[str],
        why: str,
        done: Callable[[Opened], None],
        dropped: Callable[[], None],
    ) -> None:
        """Open these records when a manager works here, or one says yes; else `dropped`.

        Both are called on the desk lane. Each opening is an event: who, when, which and `why`.
        """
        wanted = tuple(dict.fromkeys(records))
        self._lane.submit(
            lambda: self._approvals.need(
                Right.REGISTER, lambda: done(self._opened(wanted, why)), dropped
            )
        )

    def _opened(self, records: Sequence[str], why: str) -> Opened:
        found: dict[str, tuple[str, str]] = {}
        for record in records:
            held = self._sealed.open(self._open_sale.actor(), record, why)
            if held is not None:
                found[record] = str(held.get("name", "")), str(held.get("number", ""))
        return found
