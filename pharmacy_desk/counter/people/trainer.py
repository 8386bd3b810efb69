"""The trainer: follows a lesson by what is told of the counter, and keeps who passed it."""

from collections.abc import Callable
from concurrent.futures import Future

from pharmacy_desk.core.basics.events import EventKind
from pharmacy_desk.core.basics.policy import VerdictName
from pharmacy_desk.core.people.lessons import Deed, Lesson, Progress
from pharmacy_desk.core.ports.events import EventLedger
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.core.stock.movement import MovementKind
from pharmacy_desk.core.stock.receiving import TAKEN
from pharmacy_desk.counter import news
from pharmacy_desk.counter.lanes import Lane
from pharmacy_desk.counter.people.answers import LessonAnswer, LessonDid
from pharmacy_desk.counter.people.at_counter import AtCounter
from pharmacy_desk.counter.views.receiving_view import Arrived

_NOTHING: frozenset[Deed] = frozenset()


class Trainer:
    """Wishes come from any thread and are done on the desk lane; what happened is heard there."""

    def __init__(
        self,
        *,
        lane: Lane,
        events: EventLedger,
        who: AtCounter,
        post: Callable[[news.News], None],
        wake_courier: Callable[[bool], None],
    ) -> None:
        self._lane = lane
        self._events = events
        self._who = who
        self._post = post
        self._wake_courier = wake_courier
        self._progress: Progress | None = None

    @property
    def line_down(self) -> bool:
        """True while the lesson in hand wants nothing to reach the platform. From any thread."""
        return self._progress is not None and self._progress.line_down

    def show(self) -> Future[news.LessonShown]:
        """Tell how the lesson in hand stands, and who learns."""
        return self._lane.wish(self._tell)

    def begin(self, lesson: Lesson) -> Future[LessonAnswer]:
        """Begin a lesson, the one in hand ends; that is a try, and kept."""

        def job() -> LessonAnswer:
            self._stand(Progress(lesson))
            self._note(EventKind.LESSON_BEGUN)
            self._tell()
            return LessonAnswer(LessonDid.BEGUN, self._progress)

        return self._lane.wish(job)

    def leave(self) -> Future[LessonAnswer]:
        """Give the lesson up, or put a passed one away."""

        def job() -> LessonAnswer:
            self._stand(None)
            self._tell()
            return LessonAnswer(LessonDid.LEFT)

        return self._lane.wish(job)

    def did(self, deed: Deed) -> Future[LessonAnswer]:
        """Something was seen or said at the window, which no news tells."""

        def job() -> LessonAnswer:
            counts = self._happened(frozenset({deed}))
            what = LessonDid.COUNTED if counts else LessonDid.NOT_ASKED_FOR
            return LessonAnswer(what, self._progress)

        return self._lane.wish(job)

    def hear(self, message: news.News) -> None:
        """What has just been told, on the desk's thread; another person has begun no lesson."""
        if self._progress is None:
            return
        if isinstance(message, news.SignedIn):
            self._stand(None)
            self._tell()
        else:
            self._happened(deeds_of(message))

    def _happened(self, deeds: frozenset[Deed]) -> bool:
        """Something was done; whether the lesson in hand had waited for it."""
        before = self._progress
        after = before.after(deeds) if before else None
        if after is before or after is None:
            return False
        self._stand(after)
        if after.passed:
            self._note(EventKind.LESSON_PASSED)
        self._tell()
        return True

    def _stand(self, progress: Progress | None) -> None:
        """The lesson stands there now; what was held back for it goes."""
        was_down = self.line_down
        self._progress = progress
        if was_down and not self.line_down:
            self._wake_courier(True)

    def _note(self, kind: EventKind) -> None:
        if self._progress:
            lesson = self._progress.lesson.value
            self._events.note(self._who.actor().event(kind, payload={"lesson": lesson}))

    def _tell(self) -> news.LessonShown:
        shown = news.LessonShown(self._who.person, self._progress)
        self._post(shown)
        return shown


def deeds_of(message: news.News) -> frozenset[Deed]:
    """What a lesson may take from news; most news are none of its business."""
    match message:
        case news.Judged(verdict=verdict):
            return _of_scan(verdict)
        case news.GateLooked(payment=payment) if payment.insured:
            return frozenset({Deed.INSURED_CHOSEN})
        case news.Paid(sale=sale):
            insured = sale.payment is not None and sale.payment.insured
            return frozenset({Deed.PAID, Deed.PAID_INSURED} if insured else {Deed.PAID})
        case news.Returned(number=str(), restored=False):
            return frozenset({Deed.BROUGHT_BACK})
        case news.ReceivingShown(answer=Arrived(arrival=arrival)):
            return frozenset({Deed.BOX_ARRIVED}) if arrival.match in TAKEN else _NOTHING
        case news.Moved(kind=MovementKind.DELIVERY, boxes=boxes) if boxes:
            return frozenset({Deed.DELIVERY_POSTED})
    return _NOTHING


def _of_scan(verdict: Verdict) -> frozenset[Deed]:
    if verdict.accepted:
        return frozenset({Deed.BOX_IN})
    again = verdict.name is VerdictName.SOLD_HERE
    return frozenset({Deed.SAME_BOX_AGAIN}) if again else _NOTHING
