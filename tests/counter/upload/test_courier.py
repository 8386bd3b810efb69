"""The courier: every line reaches the platform once, whatever the line does to it."""

import json
from typing import Any

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.adapters.store.upload.waiting import OutboxQueue
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.ports.doors import Reply
from pharmacy_desk.core.upload.outbox import LineState
from pharmacy_desk.counter import news
from pharmacy_desk.counter.lanes import Looked
from pharmacy_desk.counter.upload.courier import RoundCounts
from tests import plain
from tests.conftest import asked_of
from tests.counter.upload.courier_kit import (
    Round,
    accept,
    answer,
    found,
    lost,
    no_line,
    refuse,
    work_of,
)


def box(number: int, item: str = "8436282") -> str:
    return f"{item}{number:013d}"


@pytest.fixture
def at_work(shop: Any) -> Round:
    return work_of(shop)


@pytest.fixture
def two_lines(at_work: Round) -> tuple[Round, str, str]:
    """One sale of two drugs: two lines in one message."""
    at_work.shop.sell(box(1), box(1, "8385793"))
    first, second = sorted(at_work.lines())
    return at_work, first, second


def test_an_accepted_message_settles_its_lines_and_is_never_sent_again(two_lines: Any) -> None:
    at_work, _, _ = two_lines
    assert at_work.go(accept) == RoundCounts(accepted=2)
    assert at_work.states() == [LineState.ACCEPTED] * 2
    at_work.shop.clock.advance(3600)
    assert at_work.go() == RoundCounts()
    assert at_work.go(everything=True) == RoundCounts()
    assert at_work.platform.numbers() == ["3505A"]


def test_the_message_is_on_the_disk_and_its_lines_marked_before_it_is_sent(two_lines: Any) -> None:
    at_work, first, second = two_lines
    looked: list[Any] = []

    def look(message: dict[str, Any]) -> None:
        kept = at_work.shop.ledger.outbox.message(message["msgid"])
        looked.append((kept.body == at_work.platform.sent[-1][1], set(kept.keys)))
        looked.append([line.state for line in at_work.lines().values()])
        second = message["msgid"][12:28]
        (used,) = plain.row(
            at_work.shop.ledger.path, "SELECT used FROM message_ids WHERE second = ?", (second,)
        )
        assert used == 1
        assert not at_work.shop.ledger.chain.conn.in_transaction

    at_work.platform.looks = look
    at_work.go(accept)
    assert looked == [(True, {first, second}), [LineState.SENDING] * 2]


def test_one_refused_line_does_not_hold_back_the_others(two_lines: Any) -> None:
    at_work, first, second = two_lines
    at_work.shop.sell(box(2))
    counts = at_work.go(refuse(first), accept)
    assert counts == RoundCounts(accepted=2, refused=1)
    lines = at_work.lines()
    assert (lines[first].state, lines[first].platform_words) == (LineState.REFUSED, "批号不符")
    assert lines[second].state is LineState.ACCEPTED
    assert at_work.go(everything=True) == RoundCounts()


def test_a_timed_out_message_that_arrived_is_accepted_without_being_sent_again(
    two_lines: Any,
) -> None:
    at_work, first, second = two_lines
    assert at_work.go(lost) == RoundCounts(unknown=2, errors=1)
    assert at_work.states() == [LineState.UNKNOWN] * 2
    at_work.shop.clock.advance(120)
    assert at_work.go(found(first, second), found(first, second)) == RoundCounts(accepted=2)
    assert at_work.platform.numbers() == ["3505A", "3513", "3513"]


def test_one_message_without_an_answer_does_not_hold_up_the_others(at_work: Round) -> None:
    for number in range(3):
        at_work.shop.sell(box(number))
    assert at_work.go(lost, accept, accept) == RoundCounts(accepted=2, unknown=1, errors=1)


def test_three_messages_without_an_answer_end_the_round(at_work: Round) -> None:
    for number in range(5):
        at_work.shop.sell(box(number))
    assert at_work.go(lost, lost, lost) == RoundCounts(unknown=3, errors=3)
    assert sorted(at_work.states())[:2] == [LineState.QUEUED] * 2


def test_a_line_refused_as_a_double_is_asked_about(two_lines: Any) -> None:
    at_work, first, second = two_lines
    assert at_work.go(lambda body: answer(None, -1, "流水号重复")) == RoundCounts(unknown=2)
    at_work.shop.clock.advance(60)
    assert at_work.go(found(first), found(second)) == RoundCounts(accepted=2)


def test_a_return_waits_until_its_sale_is_at_the_platform(at_work: Round) -> None:
    paid = at_work.shop.sell(box(1))
    at_work.shop.open_sale.returns.take_back(paid.number, box(1), "错发")
    assert at_work.go(no_line) == RoundCounts(queued=1, errors=1)
    assert at_work.go(accept, accept, everything=True) == RoundCounts(accepted=2)
    assert [infno for infno, _ in at_work.platform.sent] == ["3505A", "3505A", "3506A"]


def test_a_clock_set_back_does_not_stop_uploads(at_work: Round) -> None:
    at_work.shop.clock.advance(86_400 * 365)
    at_work.shop.sell(box(1))
    at_work.shop.clock.advance(-86_400 * 365)
    assert at_work.go(accept) == RoundCounts(accepted=1)


def test_after_a_timeout_the_question_waits_until_the_platform_has_come_to_rest(
    two_lines: Any,
) -> None:
    at_work, first, second = two_lines
    at_work.go(lost)
    at_work.shop.clock.advance(at_work.shop.profile.transport.read_timeout_s - 0.1)
    assert at_work.go() == RoundCounts()
    at_work.go(found(first, second), found(first, second), everything=True)
    assert len(at_work.pauses) == 1
    assert 0 < at_work.pauses[0] <= at_work.shop.profile.transport.read_timeout_s


def test_a_message_that_never_arrived_is_sent_again_as_it_was(two_lines: Any) -> None:
    at_work, _, _ = two_lines
    at_work.go(lost)
    at_work.shop.clock.advance(120)
    assert at_work.go(found(), found(), accept) == RoundCounts(accepted=2)
    first, *_, again = at_work.platform.sent
    assert again == first


def test_of_a_half_arrived_message_only_the_rest_is_sent_as_a_new_one(two_lines: Any) -> None:
    at_work, first, second = two_lines
    at_work.go(lost)
    at_work.shop.clock.advance(120)
    counts = at_work.go(found(first), found(first), accept)
    assert counts == RoundCounts(accepted=2)
    before, after = (json.loads(at_work.platform.sent[n][1]) for n in (0, -1))
    assert after["msgid"] != before["msgid"]
    assert [row["fixmedins_bchno"] for row in after["input"]["selinfoDetail"]] == [second]


def test_an_unanswered_question_sends_nothing_and_is_asked_again(two_lines: Any) -> None:
    at_work, first, second = two_lines
    at_work.go(lost)
    for reply in (lost, no_line, lambda body: answer(None), lambda body: Reply(b"<html>", True)):
        at_work.shop.clock.advance(600)
        counts = at_work.go(reply)
        assert (counts.unknown, counts.errors) == (2, 1)
        assert at_work.states() == [LineState.UNKNOWN] * 2
    at_work.shop.clock.advance(600)
    at_work.go(found(first, second), found(first, second))
    assert at_work.platform.numbers().count("3505A") == 1


def test_a_down_line_ends_the_round_and_is_knocked_at_less_and_less_often(at_work: Round) -> None:
    for number in range(1, 4):
        at_work.shop.sell(box(number))
    assert at_work.go(no_line) == RoundCounts(queued=1, errors=1)
    assert at_work.states() == [LineState.QUEUED] * 3
    assert at_work.go() == RoundCounts()
    gaps = []
    for _ in range(5):
        waited = 0.0
        while not _knock(at_work):
            at_work.shop.clock.advance(0.5)
            waited += 0.5
        gaps.append(waited)
    assert gaps == sorted(gaps)
    assert gaps[-1] > gaps[0]
    assert [n for n in at_work.news if isinstance(n, news.LineState)] == at_work.news[:1]
    counts = at_work.go(accept, accept, accept, everything=True)
    assert counts == RoundCounts(accepted=3)
    assert at_work.news[-2].up is True  # type: ignore[union-attr]


def _knock(at_work: Round) -> bool:
    """Whether a round sent anything; the line is down."""
    before = len(at_work.platform.sent)
    at_work.platform.answers = [no_line]
    at_work.courier.round()
    return len(at_work.platform.sent) > before


def test_what_was_queued_by_a_down_line_goes_out_with_the_same_message(two_lines: Any) -> None:
    at_work, _, _ = two_lines
    at_work.go(no_line)
    assert at_work.go(accept, everything=True) == RoundCounts(accepted=2)
    assert at_work.platform.sent[0] == at_work.platform.sent[1]


@pytest.mark.parametrize("words", ["访问过于频繁", "系统繁忙，请稍后", "触发限流", "签名验证失败"])
def test_busy_words_mean_later_and_not_refused(two_lines: Any, words: str) -> None:
    at_work, _, _ = two_lines
    assert at_work.go(lambda body: answer(None, -1, words)) == RoundCounts(unknown=2, errors=1)
    assert at_work.states() == [LineState.UNKNOWN] * 2
    at_work.shop.clock.advance(600)
    assert at_work.go(found(), found(), accept).accepted == 2
    assert at_work.platform.sent[0] == at_work.platform.sent[-1]


@pytest.mark.parametrize("words", ["处理超时", "系统异常", "未知错误"])
def test_doubtful_words_mean_ask_and_not_refused(two_lines: Any, words: str) -> None:
    at_work, first, second = two_lines
    assert at_work.go(lambda body: answer(None, -1, words)) == RoundCounts(unknown=2)
    at_work.shop.clock.advance(600)
    assert at_work.go(found(first, second), found(first, second)).accepted == 2


def test_a_plain_refusal_waits_for_a_person_who_may_send_it_again_as_new(two_lines: Any) -> None:
    at_work, first, second = two_lines
    assert at_work.go(lambda body: answer(None, -1, "机构未备案")) == RoundCounts(refused=2)
    at_work.shop.clock.advance(3600)
    assert at_work.go(everything=True) == RoundCounts()
    at_work.shop.ledger.outbox.requeue(Actor(at_work.shop.clock.now(), "007"), [first, second])
    # The platform may have kept what it said it refused: it is asked before anything is sent.
    assert at_work.go(found(), found(), accept) == RoundCounts(accepted=2)
    infnos = [infno for infno, _ in at_work.platform.sent]
    assert infnos == ["3505A", "3513", "3513", "3505A"]
    one, *_, two = (json.loads(body)["msgid"] for _, body in at_work.platform.sent)
    assert two != one


def test_a_kill_while_sending_leaves_lines_unknown_and_they_are_asked_for(two_lines: Any) -> None:
    at_work, first, _second = two_lines

    class KilledError(BaseException):
        pass

    def die(body: dict[str, Any]) -> Reply:
        raise KilledError

    with pytest.raises(KilledError):
        at_work.go(die)
    assert at_work.states() == [LineState.SENDING] * 2
    at_work = work_of(at_work.shop)  # the next start
    assert at_work.go(everything=True) == RoundCounts()
    assert at_work.shop.ledger.outbox.recover_sending(at_work.shop.clock.now()) == 2
    assert at_work.go(found(first), found(first), accept) == RoundCounts(accepted=2)
    assert at_work.platform.numbers() == ["3513", "3513", "3505A"]


def test_a_message_that_could_not_be_settled_is_asked_about_in_the_next_round(
    two_lines: Any,
) -> None:
    at_work, first, second = two_lines
    settle = at_work.shop.ledger.outbox.settle_lines

    def full(became: Any, at: Any) -> None:
        at_work.shop.ledger.outbox.settle_lines = settle
        raise WorldError(Fault.DISK_FULL)

    at_work.shop.ledger.outbox.settle_lines = full
    with pytest.raises(WorldError):
        at_work.go(accept)
    assert at_work.states() == [LineState.SENDING] * 2
    assert at_work.go(found(first, second), found(first, second)) == RoundCounts(accepted=2)


def test_message_ids_carry_todays_time_and_none_comes_twice(at_work: Round) -> None:
    clock = at_work.shop.clock
    days = [clock.now().date()]
    for number, jump in enumerate((0, 86_400 * 300, -86_400 * 300, -50, 0), 1):
        clock.advance(jump)
        days.append(clock.now().date())
        at_work.shop.sell(box(number))
        at_work.go(lost, everything=True)
        at_work.go(found(), accept, everything=True)
    ids: dict[str, str] = {}
    for (infno, body), day in zip(
        at_work.platform.sent, [day for day in days[1:] for _ in range(3)], strict=True
    ):
        message = json.loads(body)
        assert message["msgid"][12:20] == f"{day:%Y%m%d}"
        assert ids.setdefault(message["msgid"], infno) == infno
    assert len(ids) == 10


def test_a_line_without_lot_waits_for_it_and_goes_out_when_it_is_told(at_work: Round) -> None:
    from datetime import timedelta

    from pharmacy_desk.core.catalogue.drugs import Batch

    at_work.shop.sell(box(1, "8177322"))
    assert at_work.go(everything=True) == RoundCounts()
    today = at_work.shop.clock.now().date()
    at_work.shop.open_sale.boxes.set_batch("Y4", Batch("B1", today, today + timedelta(days=700)))
    assert at_work.go(accept) == RoundCounts(accepted=1)
    (row,) = json.loads(at_work.platform.sent[0][1])["input"]["selinfoDetail"]
    assert row["manu_lotnum"] == "B1"


def test_a_sale_too_large_for_one_message_goes_in_several_and_every_code_once(
    at_work: Round,
) -> None:
    items = at_work.shop.ledger.catalogue.find_item("Y1")
    from dataclasses import replace

    many = [
        replace(items, code=f"Z{n}", name="长" * 190, barcodes=(), identifications=(f"81{n:05d}",))
        for n in range(60)
    ]
    at_work.shop.ledger.catalogue.put_items(Actor(at_work.shop.clock.now(), "007"), many)
    codes = [f"81{n:05d}{m:013d}" for n in range(60) for m in range(4)]
    at_work.shop.sell(*codes)
    counts = at_work.go(*[accept] * 2)
    assert counts == RoundCounts(accepted=60)
    rows = []
    for _, body in at_work.platform.sent:
        given = json.loads(body)["input"]
        assert len(json.dumps(given, ensure_ascii=False)) <= 40_000
        rows += given["selinfoDetail"]
    sent = [code["drug_trac_codg"] for row in rows for code in row["drugtracinfo"]]
    assert sorted(sent) == sorted(codes)


def test_goods_outside_the_uploaded_categories_send_nothing(at_work: Round) -> None:
    at_work.shop.open_sale.lines.add_item(at_work.shop.ledger.catalogue.find_item("Y3"), 2)
    at_work.shop.pay()
    assert at_work.go(everything=True) == RoundCounts()
    assert at_work.platform.sent == []
    assert check(at_work.shop.ledger.path).problems == ()


def test_no_words_of_the_platform_leave_lines_hanging(two_lines: Any) -> None:
    at_work, _, _ = two_lines
    words = b'{"infcode":-1,"err_msg":"\\ud800","output":null}'
    at_work.go(lambda body: Reply(words, sent=True))
    assert at_work.states() == [LineState.REFUSED] * 2


def test_a_stop_ends_the_round_between_two_messages(at_work: Round) -> None:
    at_work.shop.sell(box(1))
    at_work.shop.sell(box(2))
    at_work.stops = lambda: len(at_work.platform.sent) > 0
    assert at_work.go(accept) == RoundCounts(accepted=1, gave_way=True)


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 405, 413, 415, 429, 500, 503])
def test_a_body_that_left_is_asked_about_whatever_the_status(two_lines: Any, status: int) -> None:
    at_work, first, second = two_lines
    told = at_work.go(lambda body: Reply(None, sent=True, detail=f"HTTP {status}"))
    assert told == RoundCounts(unknown=2, errors=1)
    at_work.shop.clock.advance(120)
    assert at_work.go(found(first, second), found(first, second)) == RoundCounts(accepted=2)
    assert at_work.platform.numbers() == ["3505A", "3513", "3513"]


def test_a_line_at_the_platform_with_other_codes_is_neither_accepted_nor_sent_again(
    two_lines: Any,
) -> None:
    at_work, first, second = two_lines

    def told(body: dict[str, Any]) -> Reply:
        key = body["input"]["data"]["fixmedins_bchno"]
        own = {first: box(1), second: box(7)}[key]
        return answer({"data": [{"fixmedinsBchno": key, "drugTracCodg": own}]})

    at_work.go(lost)
    at_work.shop.clock.advance(120)
    assert at_work.go(told, told) == RoundCounts(accepted=1, unknown=1)
    lines = at_work.lines()
    assert lines[first].state is LineState.ACCEPTED
    assert (lines[second].state, lines[second].platform_words) == (
        LineState.UNKNOWN, "other_codes",
    )  # fmt: skip
    at_work.shop.clock.advance(60)
    assert at_work.go() == RoundCounts()
    assert at_work.go(told, everything=True) == RoundCounts(unknown=1)
    assert at_work.platform.numbers().count("3505A") == 1


def test_an_answer_that_answered_another_message_before_accepts_nothing(at_work: Round) -> None:
    at_work.shop.sell(box(1))
    at_work.shop.sell(box(2))

    def replayed(body: dict[str, Any]) -> Reply:
        told = {"infcode": 0, "inf_refmsgid": "440300202611221200000000000001",
                "output": {"result": {"retRslt": "1"}}}  # fmt: skip
        return Reply(json.dumps(told).encode(), sent=True)

    assert at_work.go(replayed, replayed) == RoundCounts(accepted=1, unknown=1)


def test_words_of_the_platform_are_kept_bounded_and_clean(two_lines: Any) -> None:
    at_work, first, _ = two_lines
    at_work.go(lambda body: answer(None, -1, "\x00\x1b[2J" + "长" * 100_000))
    words = at_work.lines()[first].platform_words
    assert words.isprintable()
    assert len(words) < 2_100
    assert words.endswith("(+98005)")
    events = plain.row(
        at_work.shop.ledger.path,
        "SELECT max(length(payload)) FROM events WHERE kind = 'upload_settled'",
    )
    assert events[0] < 2 * 6 * 2_100  # two lines, each sign as its escape


def test_a_large_queue_is_carried_in_batches_and_each_line_once(at_work: Round) -> None:
    most = at_work.shop.profile.transport.batch_lines
    for number in range(2 * most + 3):
        at_work.shop.sell(box(number))
    with asked_of(at_work.shop.ledger) as said:
        counts = at_work.go(*[accept] * (2 * most + 3))
    assert counts == RoundCounts(accepted=2 * most + 3)
    assert said.count("COMMIT") < most
    assert check(at_work.shop.ledger.path).problems == ()


def test_a_stop_in_a_batch_leaves_the_rest_queued_with_the_same_message(at_work: Round) -> None:
    for number in range(6):
        at_work.shop.sell(box(number))
    at_work.stops = lambda: len(at_work.platform.sent) > 2
    assert at_work.go(accept, accept, accept) == RoundCounts(accepted=3, gave_way=True)
    assert at_work.states() == [LineState.ACCEPTED] * 3 + [LineState.QUEUED] * 3
    rest = [line for line in at_work.lines().values() if line.state is LineState.QUEUED]
    assert {line.attempts for line in rest} == {0}
    ids = {line.message_id for line in rest}
    at_work.stops = lambda: False
    assert at_work.go(accept, accept, accept) == RoundCounts(accepted=3)
    assert {json.loads(body)["msgid"] for _, body in at_work.platform.sent[3:]} == ids


def test_what_is_asked_often_is_looked_up_seldom_and_a_yes_ends_a_pause() -> None:
    asked: list[int] = []

    def yes_at_once() -> bool:
        asked.append(1)
        return True

    seldom = Looked(lambda: bool(asked.append(1)), every_s=3600)
    assert not any(seldom() for _ in range(100))
    assert len(asked) == 1
    wanted = Looked(yes_at_once)
    wanted.pause(3600)
    assert wanted()
    assert len(asked) == 2


def test_the_queue_is_read_in_order_a_document_at_a_time_and_each_line_once(at_work: Round) -> None:
    for number in range(3):
        at_work.shop.sell(box(2 * number), box(2 * number + 1, "8385793"))
        at_work.shop.clock.advance(1)
    queue, now = OutboxQueue(at_work.shop.ledger.path), at_work.shop.clock.now()
    read: list[list[str]] = []
    behind = None
    while lines := queue.due_lines(now, False, behind, 1):
        behind = lines[-1]
        read.append([line.line.key for line in lines])
    assert [len(part) for part in read] == [2, 2, 2]
    assert [key for part in read for key in part] == sorted(at_work.lines())
    assert len(queue.due_lines(now, False, None, 3)) == 4
    assert len(queue.due_lines(now, False, None, 100)) == 6
