"""Approvals: what waits for a second person, and what that person's yes lets happen.

One thing waits at a time. It may come from a payment, a scan or a document; the window's dialog
and the rehearsal's step answer it by the same method. Every method runs on the desk lane.
"""

from collections.abc import Callable
from dataclasses import dataclass

from pharmacy_desk.core.people.people import (
    Approval,
    ApprovalRefusal,
    Operator,
    Request,
    Right,
    Subject,
    clean_reason,
    may_approve,
    may_do,
    reason_problem,
)
from pharmacy_desk.core.ports.doors import Clock, Ledger
from pharmacy_desk.core.settings.settings import APPROVAL_CELLS, Settings
from pharmacy_desk.counter import news
from pharmacy_desk.counter.sale.till import Till


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A request with what follows a yes, what follows a no, and whether it still stands."""

    request: Request
    then: Callable[[Approval], None]
    dropped: Callable[[], None]
    still: Callable[[], bool]


class Approvals:
    """Asks for a second person and takes the answer."""

    def __init__(
        self,
        ledger: Ledger,
        till: Till,
        clock: Clock,
        settings: Callable[[], Settings],
        post: Callable[[news.News], None],
    ) -> None:
        self._ledger = ledger
        self._till = till
        self._clock = clock
        self._settings = settings
        self._post = post
        self._waiting: _Waiting | None = None

    @property
    def waiting(self) -> Request | None:
        """What waits for a second person now."""
        return self._waiting.request if self._waiting else None

    def possible(self) -> bool:
        """False in a store that has no people yet: there is nobody to be asked.

        Such a store is not set up; the machine check and the settings say so.
        """
        return self._till.has_people

    def ask(
        self,
        request: Request,
        then: Callable[[Approval], None],
        dropped: Callable[[], None] = lambda: None,
        still: Callable[[], bool] = lambda: True,
    ) -> None:
        """Let `request` wait; `then` hears the yes, `dropped` that nobody will give it.

        `still` is asked when the yes comes: what the second person was shown must not have
        changed. What waited before is dropped.
        """
        before, self._waiting = self._waiting, _Waiting(request, then, dropped, still)
        if before:
            before.dropped()
        self._post(news.ApprovalWanted(request))

    def answer(self, person: str, pin: str, reason: str, shown: Request | None = None) -> None:
        """A second person says yes, with number, PIN and reason; the answer is posted first.

        `shown` is what that person has read: a yes never goes to what took its place meanwhile.
        """
        waiting, reason = self._waiting, clean_reason(reason)
        if waiting is None:
            self._refuse(None, ApprovalRefusal.NOTHING)
            return
        if shown is not None and shown != waiting.request:
            self._refuse(shown, ApprovalRefusal.CHANGED)
            return
        wrong = reason_problem(reason, self._clock.now().date())
        if wrong is None and not waiting.still():
            self._waiting = None
            self._refuse(waiting.request, ApprovalRefusal.CHANGED)
            waiting.dropped()
            return
        approver = wrong or self._prove(waiting.request, person, pin)
        if isinstance(approver, ApprovalRefusal):
            self._refuse(waiting.request, approver)
            return
        self._waiting = None
        self._post(news.ApprovalAnswered(waiting.request, approver.id))
        waiting.then(Approval(waiting.request, approver.id, reason))

    def _prove(self, request: Request, person: str, pin: str) -> Operator | ApprovalRefusal:
        known = self._ledger.people.prove(self._till.actor(), person, pin)
        if isinstance(known, str):
            return ApprovalRefusal(known)
        if not may_approve(known.role, request.subject):
            return ApprovalRefusal.ROLE
        alone = self._settings().flag("approval.single_person")
        # Who took over the counter meanwhile would be allowing what is now their own doing.
        own = known.id in {request.asker.id, request.author, self._till.operator}
        return ApprovalRefusal.OWN if own and not alone else known

    def _refuse(self, request: Request | None, why: ApprovalRefusal) -> None:
        self._post(news.ApprovalAnswered(request, "", why.value))

    def drop(self) -> None:
        """Nobody approves: what was wanted does not happen."""
        waiting, self._waiting = self._waiting, None
        if waiting:
            self._refuse(waiting.request, ApprovalRefusal.DROPPED)
            waiting.dropped()

    # --- things the house asks for --------------------------------------------------------

    def need(
        self, right: Right, then: Callable[[], None], dropped: Callable[[], None] = lambda: None
    ) -> None:
        """Do it when the person's role may; else somebody whose role may is asked first."""
        person = self._till.person
        if may_do(person.role, right):
            then()
            return

        def allowed(approval: Approval) -> None:
            self._ledger.chain.note(approval.event(self._clock.now()))
            then()

        self.ask(Request(Subject.RIGHT, right.value, person), allowed, dropped)

    def cell(self, name: str) -> bool:
        """Whether this store wants a second person for a kind of document (`approval.…`)."""
        asks = name in APPROVAL_CELLS and self._settings().text(f"approval.{name}") == "approve"
        return asks and self.possible()
