"""The wishes about who works at the counter: signing in, the lock, and a second person's yes."""

from collections.abc import Callable
from concurrent.futures import Future

from pharmacy_desk.core.people.people import Request, Right
from pharmacy_desk.counter.answers import ApprovalAnswer, SignInAnswer, SignInDid
from pharmacy_desk.counter.lanes import Lane, flat
from pharmacy_desk.counter.people.answers import LockAnswer, RightAnswer, RightDid
from pharmacy_desk.counter.people.approvals import Approvals
from pharmacy_desk.counter.people.awaited import awaited
from pharmacy_desk.counter.people.porter import Porter


class PorterWishes:
    """Nobody takes over a counter while a payment is being settled (`settling`)."""

    def __init__(
        self,
        *,
        lane: Lane,
        porter: Porter,
        approvals: Approvals,
        settling: Callable[[], bool],
    ) -> None:
        self._lane = lane
        self._porter = porter
        self._approvals = approvals
        self._settling = settling

    def answer_approval(
        self, person: str, pin: str, reason: str, shown: Request | None = None
    ) -> Future[ApprovalAnswer]:
        """A second person says yes to what waits, `shown` to them, with number, PIN and reason."""
        return flat(self._lane.wish(lambda: self._approvals.answer(person, pin, reason, shown)))

    def drop_approval(self) -> Future[ApprovalAnswer]:
        """Nobody says yes: what was wanted does not happen."""
        return self._lane.wish(self._approvals.drop)

    def need(self, right: Right) -> Future[RightAnswer]:
        """Whether the person's role may; else somebody whose role may is asked first.

        The answer is there once that is known; who wished goes on then.
        """

        def job() -> Future[RightAnswer]:
            return awaited(
                lambda then, dropped: self._approvals.need(right, then, dropped),
                lambda: RightAnswer(RightDid.ALLOWED, right),
                RightAnswer(RightDid.NOT_APPROVED, right),
            )

        return flat(self._lane.wish(job))

    def lock(self, why: str) -> Future[LockAnswer]:
        """Lock the counter (`why`: `key` or `idle`); the sale stays as it is."""
        return self._lane.wish(lambda: self._porter.lock(why))

    def sign_in(self, person: str, pin: str) -> Future[SignInAnswer]:
        """Another person takes over the counter, with the PIN of their own."""

        def job() -> SignInAnswer:
            if self._settling():
                return SignInAnswer(SignInDid.SETTLING, person)
            return self._porter.sign_in(person, pin)

        return self._lane.wish(job)
