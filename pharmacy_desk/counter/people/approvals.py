"""Approvals: what waits for a second person, and what that person's yes lets happen.

One thing waits at a time. It may come from a payment, a scan or a document; the window's dialog
and the rehearsal's step answer it by the same method. Every method runs on the desk lane.
"""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeAlias, TypeVar

from pharmacy_desk.core.basics.values import dataclass
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
from pharmacy_desk.core.ports.doors import Clock
from pharmacy_desk.core.ports.events import EventLedger
from pharmacy_desk.core.ports.people import PeopleLedger
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import Answer, ApprovalAnswer, ApprovalDid
from pharmacy_desk.counter.lanes import answered
from pharmacy_desk.counter.people.at_counter import AtCounter

A = TypeVar("A", bound=Answer)
# What a yes lets happen, and its answer, at once or later. A future of one answer is none of
# another for the type checker, so it is said here what it is of.
Then: TypeAlias = Callable[[Approval], Answer | Future[Any] | None]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A request with what follows a yes, what follows a no, and whether it still stands."""

    request: Request
    then: Then
    dropped: Callable[[], None]
    still: Callable[[], bool]


class Approvals:
    """Asks for a second person and takes the answer."""

    def __init__(
        self,
        *,
        people: PeopleLedger,
        events: EventLedger,
        who: AtCounter,
        clock: Clock,
        settings: Callable[[], Settings],
        post: Callable[[news.News], None],
    ) -> None:
        self._people = people
        self._events = events
        self._who = who
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
        return self._who.has_people

    def want_yes(
        self,
        request: Request,
        then: Then,
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

    def answer(
        self, person: str, pin: str, reason: str, shown: Request | None = None
    ) -> Future[ApprovalAnswer]:
        """A second person says yes, with number, PIN and reason; that one did is posted first.

        `shown` is what that person has read: a yes never goes to what took its place meanwhile.
        The answer comes with what the yes let happen, which may be later.
        """
        waiting, reason = self._waiting, clean_reason(reason)
        if waiting is None:
            return answered(ApprovalAnswer(ApprovalDid.NOTHING, None))
        approver = self._approver(waiting, person, pin, reason, shown)
        if isinstance(approver, ApprovalRefusal):
            return answered(ApprovalAnswer(ApprovalDid(approver.value), shown or waiting.request))
        self._waiting = None
        self._post(news.ApprovalAnswered(waiting.request, approver.id))
        came = waiting.then(Approval(waiting.request, approver.id, reason))
        return _with(waiting.request, came)

    def _approver(
        self, waiting: _Waiting, person: str, pin: str, reason: str, shown: Request | None
    ) -> Operator | ApprovalRefusal:
        """Who says yes to what waits, or why that is none; what has changed waits no more."""
        if shown is not None and shown != waiting.request:
            return ApprovalRefusal.CHANGED
        wrong = reason_problem(reason, self._clock.now().date())
        if wrong is None and not waiting.still():
            self._end(ApprovalRefusal.CHANGED)
            return ApprovalRefusal.CHANGED
        return wrong or self._prove(waiting.request, person, pin)

    def _prove(self, request: Request, person: str, pin: str) -> Operator | ApprovalRefusal:
        known = self._people.prove(self._who.actor(), person, pin)
        if isinstance(known, str):
            return ApprovalRefusal(known)
        if not may_approve(known.role, request.subject):
            return ApprovalRefusal.ROLE
        alone = self._settings().flag("approval.single_person")
        # Who took over the counter meanwhile would be allowing what is now their own doing.
        own = known.id in {request.asker.id, request.author, self._who.operator}
        return ApprovalRefusal.OWN if own and not alone else known

    def drop(self) -> ApprovalAnswer:
        """Nobody approves: what was wanted does not happen."""
        waited = self._end(ApprovalRefusal.DROPPED)
        return ApprovalAnswer(ApprovalDid.DROPPED if waited else ApprovalDid.NOTHING, waited)

    def _end(self, why: ApprovalRefusal) -> Request | None:
        """What waits is put away without a yes; what it was."""
        waiting, self._waiting = self._waiting, None
        if waiting is None:
            return None
        self._post(news.ApprovalAnswered(waiting.request, ended=why))
        waiting.dropped()
        return waiting.request

    # --- things the house asks for --------------------------------------------------------

    def need(
        self, right: Right, then: Callable[[], object], dropped: Callable[[], None] = lambda: None
    ) -> None:
        """Do it when the person's role may; else somebody whose role may is asked first."""
        person = self._who.person
        if may_do(person.role, right):
            then()
            return

        def allowed(approval: Approval) -> None:
            self._events.note(approval.event(self._clock.now()))
            then()

        self.want_yes(Request(Subject.RIGHT, right.value, person), allowed, dropped)

    def by_right(self, right: Right, about: str, then: Callable[[str], A]) -> A | None:
        """The same for what is answered: None while somebody is asked.

        `then` hears who said yes, nobody where none was wanted; `about` tells that person what
        it is about.
        """
        person = self._who.person
        if may_do(person.role, right):
            return then("")

        def allowed(approval: Approval) -> A:
            self._events.note(approval.event(self._clock.now()))
            return then(approval.approver)

        self.want_yes(Request(Subject.RIGHT, right.value, person, name=about), allowed)
        return None


def _with(request: Request, came: Answer | Future[Any] | None) -> Future[ApprovalAnswer]:
    """A yes that was taken, told once there is the answer of what it let happen."""
    if not isinstance(came, Future):
        return answered(ApprovalAnswer(ApprovalDid.GIVEN, request, came))
    told: Future[ApprovalAnswer] = Future()

    def ended(then: Future[Any]) -> None:
        error = then.exception()
        if error is None:
            told.set_result(ApprovalAnswer(ApprovalDid.GIVEN, request, then.result()))
        else:
            told.set_exception(error)

    came.add_done_callback(ended)
    return told
