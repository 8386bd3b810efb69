"""The trainer on a real counter's desk: lessons go on by what the desk tells, and are kept."""

from dataclasses import replace

import pytest

from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.events import EventKind
from pharmacy_desk.core.basics.policy import Action, VerdictName
from pharmacy_desk.core.people.lessons import Deed, Lesson
from pharmacy_desk.core.people.people import Operator
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.core.sale.sale import PaymentKind, Sale, SaleState
from pharmacy_desk.core.scanning.recognise import recognise_text
from pharmacy_desk.core.stock.drafts import Unfinished
from pharmacy_desk.core.stock.movement import MovementKind
from pharmacy_desk.core.stock.receiving import Arrival, Match, Receiving, SeenBox
from pharmacy_desk.counter import news
from pharmacy_desk.counter.people.answers import LessonDid
from pharmacy_desk.counter.people.trainer import Trainer, deeds_of
from pharmacy_desk.counter.views.receiving_view import Arrived, ReceivingView
from tests.conftest import NOON
from tests.fakes.lane import NowLane
from tests.fakes.open_sale import KeptLedger


@pytest.fixture
def kept():
    return KeptLedger()


@pytest.fixture
def told():
    return []


@pytest.fixture
def woken():
    return []


@pytest.fixture
def trainer(kept, clock, profile, told, woken):
    return Trainer(
        lane=NowLane(),
        events=kept.events,
        who=kept.open_sale(clock, profile).who,
        wake_courier=woken.append,
        post=told.append,
    )


def kinds(kept):
    return [(one.kind.value, one.payload.get("lesson")) for one in kept.events.noted]


def test_a_lesson_is_kept_when_it_begins_and_when_it_is_passed(trainer, kept, told):
    assert trainer.begin(Lesson.CHECK).result().what is LessonDid.BEGUN
    assert kinds(kept) == [("lesson_begun", "check")]
    early = trainer.did(Deed.HISTORY_SEEN).result()  # not its turn
    assert early.what is LessonDid.NOT_ASKED_FOR
    assert told[-1].progress.done == 0
    for done, deed in enumerate((Deed.BOX_IN, Deed.PAID, Deed.UNSENT_FOUND), start=1):
        counted = trainer.did(deed).result()
        assert (counted.what, counted.progress) == (LessonDid.COUNTED, told[-1].progress)
        assert told[-1].progress.done == done
    trainer.did(Deed.HISTORY_SEEN)
    assert told[-1].progress.passed
    trainer.did(Deed.HISTORY_SEEN)
    assert kinds(kept) == [("lesson_begun", "check"), ("lesson_passed", "check")]
    assert kept.events.noted[-1].operator == told[-1].person.id


def test_nothing_is_followed_and_nothing_kept_while_no_lesson_is_in_hand(trainer, kept, told):
    trainer.did(Deed.PAID)
    trainer.hear(news.Moved(MovementKind.DELIVERY, ("1",), 1))
    trainer.begin(Lesson.SELL)
    trainer.leave()
    assert told[-1].progress is None
    trainer.did(Deed.BOX_IN)
    assert kinds(kept) == [("lesson_begun", "sell")]


def test_another_person_does_not_pass_what_this_one_has_begun(trainer, kept, told):
    trainer.begin(Lesson.CHECK)
    trainer.hear(news.SignedIn("001", "店长"))
    assert told[-1].progress is None
    for deed in (Deed.BOX_IN, Deed.PAID, Deed.UNSENT_FOUND, Deed.HISTORY_SEEN):
        trainer.did(deed)
    assert kinds(kept) == [("lesson_begun", "check")]


def test_the_line_is_down_until_the_unsent_is_found(trainer, woken):
    assert not trainer.line_down
    trainer.begin(Lesson.SELL)
    assert not trainer.line_down
    trainer.begin(Lesson.CHECK)
    for deed in (Deed.BOX_IN, Deed.PAID):
        assert trainer.line_down
        trainer.did(deed)
    assert (trainer.line_down, woken) == (True, [])
    trainer.did(Deed.UNSENT_FOUND)
    assert (trainer.line_down, woken) == (False, [True])


@pytest.mark.parametrize("end", ["leave", "other lesson", "other person"])
def test_a_lesson_that_ends_lets_go_what_it_held_back(trainer, woken, end):
    trainer.begin(Lesson.CHECK)
    if end == "leave":
        trainer.leave()
    elif end == "other lesson":
        trainer.begin(Lesson.SELL)
    else:
        trainer.hear(news.SignedIn("001", "店长"))
    assert (trainer.line_down, woken) == (False, [True])


def test_the_record_is_read_from_the_log_with_names(ledger, tmp_path):
    actor = Actor(NOON, "007")
    ledger.people.put_operator(actor, Operator("007", "李四", "店长"), "246810")
    for kind in ("LESSON_BEGUN", "LESSON_BEGUN", "LESSON_PASSED"):
        event = actor.event(EventKind[kind], payload={"lesson": "return"})
        ledger.chain.note(event)
    reader = Reader(tmp_path / "ledger.db")
    (record,) = reader.lessons.records()
    reader.close()
    assert (record.person, record.name, record.lesson) == (actor.operator, "李四", Lesson.RETURN)
    assert (record.tries, record.passed_at) == (2, actor.at)


SALE = Sale("S1", SaleState.PAID, "01", "007", NOON)
READING = recognise_text("84362820442053402132", NOON.date())
VIEW = ReceivingView(Unfinished(Receiving()), (), 0, {})


def judged(name, action):
    return news.Judged(Verdict(name, action, READING), None, 1, NOON)


def arrived(match):
    return news.ReceivingShown(VIEW, 1, Arrived(Arrival(match, SeenBox(READING))))


@pytest.mark.parametrize(
    ("told", "deeds"),
    [
        (judged(VerdictName.OK, Action.ALLOW), {Deed.BOX_IN}),
        (judged(VerdictName.SOLD_HERE, Action.BLOCK), {Deed.SAME_BOX_AGAIN}),
        (judged(VerdictName.RECALLED, Action.BLOCK), set()),
        (news.GateLooked(SALE, PaymentKind.POOLED, ()), {Deed.INSURED_CHOSEN}),
        (news.GateLooked(SALE, PaymentKind.SELF, ()), set()),
        (news.Paid(replace(SALE, payment=PaymentKind.SELF)), {Deed.PAID}),
        (news.Paid(replace(SALE, payment=PaymentKind.POOLED)), {Deed.PAID, Deed.PAID_INSURED}),
        (news.Returned("R1", ""), {Deed.BROUGHT_BACK}),
        (news.Returned("R1", "", restored=True), set()),
        (news.Moved(MovementKind.DELIVERY, ("1",), 2), {Deed.DELIVERY_POSTED}),
        (news.Moved(MovementKind.DELIVERY, (), 0), set()),
        (news.Moved(MovementKind.LOSS, ("1",), 2), set()),
        (arrived(Match.IN_LIST), {Deed.BOX_ARRIVED}),
        (arrived(Match.EXTRA), {Deed.BOX_ARRIVED}),
        (arrived(Match.ALREADY_HERE), set()),
        (arrived(Match.EXPIRED), set()),
        (news.ReceivingShown(VIEW), set()),
        (news.QueueChanged(), set()),
    ],
)
def test_what_a_lesson_takes_from_news(told, deeds):
    assert deeds_of(told) == deeds
