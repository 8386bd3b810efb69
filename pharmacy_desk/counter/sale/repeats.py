"""A person's own repeats: said gently twice, and at the third time a manager is asked.

Finland tells a pharmacy twice, softly, that it is repeating its own pack before it raises an alarm
(facts on the trade, section 4). What is counted is kept in memory for the sale at the counter and
for sales on hold; an ordinary scan asks the disk nothing.
"""

from collections import Counter

from pharmacy_desk.core.basics.policy import VerdictName
from pharmacy_desk.core.people.people import Approval, Request, Subject
from pharmacy_desk.core.ports.doors import Clock
from pharmacy_desk.core.ports.events import EventLedger
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.counter.people.approvals import Approvals
from pharmacy_desk.counter.sale.open_sale import OpenSale

# The first two are a slip of the hand; at the third something is wrong with the boxes.
LIMIT = 3
# Sales on hold keep their counts; a counter has a handful of them, and none lasts for days.
_MOST_SALES = 50


class Repeats:
    """Counts boxes scanned again in vain, and asks for the manager. Runs on the desk lane."""

    def __init__(
        self, *, approvals: Approvals, events: EventLedger, open_sale: OpenSale, clock: Clock
    ) -> None:
        self._approvals = approvals
        self._events = events
        self._open_sale = open_sale
        self._clock = clock
        self._counts: dict[str, Counter[str]] = {}
        self._due: Request | None = None

    def count(self, verdict: Verdict) -> int:
        """How often this box was scanned again in this sale, this time included; 0 for others.

        A repeat inside the double-read window is the scanner's; a box that somebody else has sold
        is no repeat of this person's.
        """
        code = verdict.reading.code
        if code is None or verdict.silent or not self._own(verdict):
            return 0
        counts = self._counts.setdefault(self._sale, Counter())
        counts[code] += 1
        if counts[code] >= LIMIT and not self._approvals.possible():
            counts[code] = LIMIT - 1  # nobody to be asked: it is said as the second time
        elif counts[code] >= LIMIT:
            name = verdict.item.name if verdict.item else ""
            person = self._open_sale.who.person
            self._due = Request(
                subject=Subject.REPEAT,
                what=verdict.name.value,
                asker=person,
                name=name,
                boxes=1,
                code=code,
                document=self._sale or None,
            )
        return counts[code]

    def _own(self, verdict: Verdict) -> bool:
        if verdict.name is VerdictName.IN_THIS_SALE:
            return True
        seller = verdict.earlier.operator if verdict.earlier else None
        return verdict.name is VerdictName.SOLD_HERE and seller == self._open_sale.who.operator

    @property
    def _sale(self) -> str:
        """The sale at the counter; before its first box what is counted is the coming one's."""
        return self._open_sale.sale.number if self._open_sale.sale else ""

    @property
    def due(self) -> Request | None:
        """What the manager is asked, if anything."""
        return self._due

    @property
    def waiting(self) -> bool:
        """True while no scan is taken because the manager has not come yet."""
        return self._due is not None

    def call_manager(self) -> None:
        """Ask for the manager, if that is due and not asked already."""
        due = self._due
        if due is None or self._approvals.waiting == due:
            return

        def approved(approval: Approval) -> None:
            self._due = None
            self._counts.get(due.document or "", Counter()).pop(due.code or "", None)
            self._events.note(approval.event(self._clock.now()))

        self._approvals.want_yes(due, approved, self._dropped, lambda: self._due == due)

    def _dropped(self) -> None:
        """Nobody came. Without a sale at the counter there is nothing to wait for."""
        if self._open_sale.sale is None:
            self._forget("")

    def ended(self) -> None:
        """The sale was paid, held, resumed or cancelled: nobody need come for it any more.

        A sale on hold keeps its counts: the next repeat in it asks again.
        """
        due, self._due = self._due, None
        self._counts.pop("", None)
        while len(self._counts) > _MOST_SALES:
            self._counts.pop(next(iter(self._counts)))
        if due is not None and self._approvals.waiting == due:
            self._approvals.drop()

    def _forget(self, sale: str) -> None:
        self._due = None
        self._counts.pop(sale, None)
