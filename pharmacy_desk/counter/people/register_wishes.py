"""Opening the register of special compound preparations: by a manager's right, each an event."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future

from pharmacy_desk.core.people.people import Right
from pharmacy_desk.core.ports.sealed import SealedRecords
from pharmacy_desk.counter.lanes import Lane, flat
from pharmacy_desk.counter.people.answers import RegisterAnswer, RegisterDid
from pharmacy_desk.counter.people.approvals import Approvals
from pharmacy_desk.counter.people.at_counter import AtCounter
from pharmacy_desk.counter.people.awaited import awaited

# Name and identity number of each record that was opened.
Opened = Mapping[str, tuple[str, str]]


class RegisterWishes:
    """Opens what is sealed of the register, for paper or a table and nothing else."""

    def __init__(
        self, *, lane: Lane, sealed: SealedRecords, who: AtCounter, approvals: Approvals
    ) -> None:
        self._lane = lane
        self._sealed = sealed
        self._who = who
        self._approvals = approvals

    def open(self, records: Sequence[str], why: str) -> Future[RegisterAnswer]:
        """Open these records when a manager works here, or one says yes.

        Each opening is an event: who, when, which and `why`.
        """
        wanted = tuple(dict.fromkeys(records))

        def wish() -> Future[RegisterAnswer]:
            return awaited(
                lambda then, dropped: self._approvals.need(Right.REGISTER, then, dropped),
                lambda: RegisterAnswer(RegisterDid.OPENED, self._opened(wanted, why)),
                RegisterAnswer(RegisterDid.NOT_APPROVED),
            )

        return flat(self._lane.wish(wish))

    def _opened(self, records: Sequence[str], why: str) -> Opened:
        found: dict[str, tuple[str, str]] = {}
        for record in records:
            held = self._sealed.open(self._who.actor(), record, why)
            if held is not None:
                found[record] = str(held.get("name", "")), str(held.get("number", ""))
        return found
