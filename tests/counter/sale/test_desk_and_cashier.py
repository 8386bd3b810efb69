"""One scan's one path, and the way from "pay" to the receipt."""

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.basics.events import EventKind
from pharmacy_desk.core.basics.policy import Action, VerdictName
from pharmacy_desk.core.catalogue.drugs import PackLevel
from pharmacy_desk.core.paper.receipt import Row
from pharmacy_desk.core.ports.doors import Operator
from pharmacy_desk.core.ports.settlement import Bill, Refused, Settled, SettlementAnswer
from pharmacy_desk.core.sale.gate.rules import REASONS
from pharmacy_desk.core.sale.sale import PaymentKind, Settlement
from pharmacy_desk.core.sale.settlement import SettlementState
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import (
    ApprovalDid,
    MapDid,
    PayAnswer,
    PayDid,
    ReturnDid,
    SaleAnswer,
    SaleDid,
)
from pharmacy_desk.counter.lanes import Lane, Ticker
from pharmacy_desk.counter.paper.press import Press
from pharmacy_desk.counter.sale.desk import ScanTarget
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from pharmacy_desk.counter.sale.payments import Payments
from pharmacy_desk.counter.sale.wishes import SaleWishes
from tests import plain
from tests.fakes.settlement import ToldDoor
from tests.fakes.undoing import NothingInsured

V = VerdictName
WECHAT = "134567890123456789"


def box(number: int, item: str = "8436282") -> str:
    return f"{item}{number:013d}"


def _raw(shop: Any, text: str) -> None:
    shop.desk.scan(RawScan(text.encode(), "test", shop.clock.now()))


def _events(shop: Any) -> list[tuple[str, str | None]]:
    rows = plain.rows(shop.ledger.path, "SELECT kind, code FROM events ORDER BY seq")
    return [(row["kind"], row["code"]) for row in rows]


# The desk


def test_every_scan_gets_exactly_one_verdict_with_its_number(shop: Any) -> None:
    texts = [box(1), box(1), "hello", WECHAT, "6924561884074", "843628", box(7, "8999999"), ""]
    for text in texts:
        shop.scan(text)
    judged = [entry for entry in shop.news if isinstance(entry, news.Judged)]
    assert [entry.scan_number for entry in judged] == list(range(1, len(texts) + 1))
    assert [entry.verdict.name for entry in judged] == [
        V.OK_UNRECEIVED, V.IN_THIS_SALE, V.NOT_TRACE, V.NOT_TRACE, V.ITEM, V.NOT_TRACE, V.UNMAPPED,
        V.NOT_TRACE,
    ]  # fmt: skip


def test_the_verdict_is_told_after_the_box_is_on_the_disk(shop: Any) -> None:
    seen: list[Any] = []
    shop.hears = lambda told: seen.append(
        (
            told.verdict.name,
            shop.ledger.sales.current_sale().codes(),
            shop.ledger.chain.conn.in_transaction,
        )
    )
    _raw(shop, box(1))
    assert seen == [(V.OK_UNRECEIVED, (box(1),), False)]


def test_a_repeat_is_silent_inside_the_double_read_window_only(shop: Any) -> None:
    _raw(shop, box(1))
    shop.mono += 1.4
    _raw(shop, box(1))
    shop.mono += 1.6
    _raw(shop, box(1))
    repeats = [entry.verdict for entry in shop.news[1:]]
    assert [verdict.name for verdict in repeats] == [V.IN_THIS_SALE] * 2
    assert [verdict.silent for verdict in repeats] == [True, False]


def test_a_refused_sale_is_never_silent(shop: Any) -> None:
    shop.sell(box(1))
    for _ in range(2):
        _raw(shop, box(1))
    assert [entry.verdict.silent for entry in shop.news[-2:]] == [False, False]


def test_a_barcode_opens_its_line_and_asks_for_one_box_until_it_is_scanned(shop: Any) -> None:
    for _ in range(3):
        shop.scan("6900000000014")
    (line,) = shop.open_sale.sale.lines
    assert (line.quantity, line.lacking) == (1, 1)
    shop.scan(box(1))
    assert shop.open_sale.sale.lines[0].lacking == 0
    shop.scan("6900000000014")
    assert shop.open_sale.sale.lines[0].quantity == 2
    assert shop.scan("6900000000045").name is V.EXEMPT


def test_an_answered_question_takes_the_box_in_and_its_next_scan_confirms_it(shop: Any) -> None:
    code = box(1, "8999999")
    assert shop.scan(code).name is V.UNMAPPED
    told = shop.desk.question.answer_map("8999999", shop.ledger.catalogue.find_item("Y1"), None)
    assert told.what is MapDid.CONFIRMED
    assert told.verdict == shop.news[-1].verdict
    assert news.MapChanged("8999999") in shop.news
    assert shop.news[-1].answered
    assert shop.news[-1].verdict.name is V.OK_UNRECEIVED
    assert shop.open_sale.sale.codes() == (code,)
    assert shop.scan(code).name is V.OK_UNRECEIVED
    assert shop.scan(code).name is V.IN_THIS_SALE
    assert shop.open_sale.sale.codes() == (code,)


def test_where_two_persons_are_wanted_one_alone_maps_nothing(shop: Any) -> None:
    shop.set(map__second_person=True)
    item = shop.ledger.catalogue.find_item("Y1")
    code = box(1, "8999999")
    shop.scan(code)
    for _ in range(2):
        told = shop.desk.question.answer_map("8999999", item, None)
        assert (told.what, told.reason, told.verdict) == (MapDid.PROPOSED, "second_person", None)
    assert shop.scan(code).name is V.UNMAPPED
    assert shop.desk.question.answer_map("8999999", item, "008").what is MapDid.CONFIRMED
    assert shop.open_sale.sale.codes() == (code,)


def test_no_payment_code_is_written_down_anywhere(shop: Any) -> None:
    for text in (WECHAT, "2812345678901234", "1" * 28, box(1) + WECHAT, "A12345678"):
        assert shop.scan(text).name is V.NOT_TRACE
    shop.ledger.close()
    data = shop.ledger.path.read_bytes()
    for secret in (WECHAT, "2812345678901234", "1" * 28, "A12345678"):
        assert secret.encode() not in data
        assert secret.encode().hex().encode() not in data
        assert all(secret not in entry.shown for entry in shop.desk.log.ring)


def test_a_damaged_read_is_kept_as_received(shop: Any) -> None:
    raw = (box(1) + box(2)).encode()
    assert shop.scan(raw).name is V.DAMAGED
    row = plain.row(shop.ledger.path, "SELECT payload FROM events WHERE kind = 'read_damaged'")
    assert raw.hex() in row[0]


def test_a_screen_that_looks_things_up_sells_nothing(shop: Any) -> None:
    shop.desk.target = ScanTarget.LOOK_UP
    _raw(shop, box(1))
    assert isinstance(shop.news[-1], news.LookedUp)
    assert shop.open_sale.sale is None


def test_scans_that_come_while_a_payment_is_settled_are_the_next_customers(shop: Any) -> None:
    shop.scan(box(1))
    shop.open_sale.settlements.ask(PayOrder(PaymentKind.POOLED))
    _raw(shop, box(2))
    _raw(shop, box(3))
    assert shop.open_sale.sale.codes() == (box(1),)
    paid = shop.pay(PaymentKind.POOLED, SETTLED)
    shop.desk.waiting.release()
    assert paid.codes() == (box(1),)
    assert shop.open_sale.sale.codes() == (box(2), box(3))


def test_an_expired_box_stays_out_and_is_written_down(shop: Any) -> None:
    assert shop.scan("]d2010690123456789217200101" + "10OLD\x1d21A1").name is V.EXPIRED
    assert shop.open_sale.sale is None
    assert _events(shop)[-1] == ("scan_refused", "010690123456789221A1")


# The cashier


class Door(ToldDoor):
    """`SettlementDoor` that answers as told, or has a bug."""

    def __init__(self, answer: SettlementAnswer | Exception) -> None:
        super().__init__()
        self.told = answer

    def settle(self, bill: Bill) -> SettlementAnswer:
        if isinstance(self.told, Exception):
            raise self.told
        return self.told

    ask_again = settle


SETTLED = Settlement("SETL1", "M1", fund_fen=1000, account_fen=1180, cash_fen=0)


class Desk:
    """A cashier over the shop, and what it set in motion."""

    def __init__(self, shop: Any, door: Door | None) -> None:
        self.shop = shop
        self.printed: list[str] = []
        self.woken = 0
        self.lines: list[bool] = []
        self.later: list[Callable[[], object]] = []
        self.payments = Payments(
            shop.open_sale, shop.desk, door, lambda: shop.settings, lambda job: job(),
            self.later.append, shop.news.append, self.printed.append, self._wake,
            lambda up, detail: self.lines.append(up),
        )  # fmt: skip

    def _wake(self) -> None:
        self.woken += 1

    def pay(self, order: PayOrder) -> Any:
        """What a payment came to, once everything that was asked is answered."""
        ended = self.payments.pay(order)
        for job in self.later:
            job()
        self.later.clear()
        return ended.result(timeout=0)


def test_a_self_paid_sale_is_paid_printed_and_sent(shop: Any) -> None:
    at = Desk(shop, None)
    shop.scan(box(1))
    told = at.pay(PayOrder(PaymentKind.SELF, tendered_fen=3000))
    assert told.what is PayDid.PAID
    assert told.sale.change_fen == 820
    assert (at.printed, at.woken) == ([told.sale.number], 1)
    assert shop.open_sale.sale is None


def test_an_insured_sale_is_settled_first_and_carries_the_answer(shop: Any) -> None:
    at = Desk(shop, Door(Settled(SETTLED)))
    shop.scan(box(1))
    told = at.pay(PayOrder(PaymentKind.POOLED))
    assert told.what is PayDid.PAID
    assert told.sale.settlement == SETTLED
    assert at.lines == [True]
    assert [type(one) for one in shop.news[-3:]] == [news.PayStarted, news.SaleChanged, news.Paid]
    assert not shop.desk.paying


def test_a_settlement_that_fails_leaves_the_sale_open_and_says_why(shop: Any) -> None:
    at = Desk(shop, Door(Refused("ConnectionError", reached=False)))
    shop.scan(box(1))
    told = at.pay(PayOrder(PaymentKind.POOLED))
    assert told.what is PayDid.NOT_SETTLED
    assert [refusal.reason for refusal in told.refusals] == [REASONS["NO_SETTLEMENT"]]
    assert isinstance(told.error, WorldError)
    assert shop.open_sale.sale.codes() == (box(1),)
    assert (at.lines, at.printed, shop.desk.paying) == ([False], [], False)


def test_a_bug_in_the_settlement_leaves_it_unknown_and_is_said(shop: Any) -> None:
    at = Desk(shop, Door(RecursionError("deep")))
    shop.scan(box(1))
    ended = at.payments.pay(PayOrder(PaymentKind.POOLED))
    with pytest.raises(RecursionError):
        at.later.pop()()
    assert shop.open_sale.settling.state is SettlementState.UNKNOWN
    told = ended.result(timeout=0)
    assert isinstance(told, PayAnswer)
    assert told.what is PayDid.UNDECIDED
    assert told.error
    assert told.error.fault is Fault.SETTLEMENT_UNKNOWN


def test_an_id_from_the_insurances_own_terminal_is_taken(shop: Any) -> None:
    at = Desk(shop, None)
    shop.scan(box(1))
    told = at.pay(PayOrder(PaymentKind.ACCOUNT, settled=Settlement("SETL77")))
    assert told.what is PayDid.PAID
    assert told.sale.settlement.setl_id == "SETL77"
    # Nobody told its visit, nor how it was split: neither is made up.
    assert told.sale.settlement.mdtrt_id is None
    assert told.sale.settlement.parts == (None,) * 4
    kept = shop.ledger.sales.sale(told.sale.number) if hasattr(shop.ledger.sales, "sale") else None
    assert kept is None or kept.settlement.parts == (None,) * 4


def test_without_settlement_no_insured_sale_is_paid(shop: Any) -> None:
    at = Desk(shop, None)
    shop.scan(box(1))
    told = at.pay(PayOrder(PaymentKind.POOLED))
    assert [refusal.reason for refusal in told.refusals] == [REASONS["NO_SETTLEMENT"]]
    assert shop.open_sale.sale


def test_a_sale_with_missing_codes_is_blocked_when_insured_and_reminded_when_not(
    shop: Any,
) -> None:
    at = Desk(shop, Door(Settled(SETTLED)))
    shop.open_sale.lines.add_item(shop.ledger.catalogue.find_item("Y1"), 2)
    told = at.pay(PayOrder(PaymentKind.POOLED))
    assert [(r.reason, r.action, r.boxes) for r in told.refusals] == [
        (REASONS["MISSING_CODES"], Action.BLOCK, 2)
    ]
    assert at.pay(PayOrder(PaymentKind.SELF)).what is PayDid.PAID


def test_nothing_is_paid_when_nothing_is_open_or_a_payment_is_under_way(shop: Any) -> None:
    at = Desk(shop, Door(Settled(SETTLED)))
    nothing = at.payments.pay(PayOrder(PaymentKind.SELF))
    assert nothing.result(timeout=0) == SaleAnswer(SaleDid.NOTHING_TO_PAY)
    shop.scan(box(1))
    first = at.payments.pay(PayOrder(PaymentKind.POOLED))
    told = len(shop.news)
    second = at.payments.pay(PayOrder(PaymentKind.SELF))
    assert second.result(timeout=0) == SaleAnswer(SaleDid.SETTLING)
    assert not first.done()
    assert len(shop.news) == told
    assert shop.open_sale.sale.codes() == (box(1),)


def test_an_approval_is_written_down_with_who_gave_it(shop: Any) -> None:
    shop.set(policy__self__MISSING_CODES="approve")
    at = Desk(shop, None)
    shop.open_sale.lines.add_item(shop.ledger.catalogue.find_item("Y1"), 1)
    told = at.pay(PayOrder(PaymentKind.SELF))
    assert told.what is PayDid.APPROVAL_AWAITED
    assert [refusal.reason for refusal in told.refusals] == [REASONS["MISSING_CODES"]]
    assert isinstance(shop.news[-1], news.ApprovalWanted)
    shop.ledger.people.put_operator(
        Actor(shop.clock.now(), "007"), Operator("008", "李四", "店长"), "471100"
    )
    yes = shop.desk.approvals.answer("008", "471100", "店长在场核对").result(timeout=0)
    assert yes.what is ApprovalDid.GIVEN
    assert isinstance(yes.then, PayAnswer)
    assert yes.then.what is PayDid.PAID
    assert isinstance(shop.news[-1], news.Paid)
    given = plain.row(
        shop.ledger.path, "SELECT operator, payload FROM events WHERE kind = 'approval_given'"
    )
    told = json.loads(given["payload"])
    assert (told["what"], told["approver"], told["asker"], told["reason"]) == (
        "MISSING_CODES", "008", "007", "店长在场核对",
    )  # fmt: skip


# The press


class Printer:
    """`Printer` that keeps rows, or fails."""

    def __init__(self, fails: bool = False) -> None:
        self.fails = fails
        self.rows: list[Any] = []

    def print_receipt(self, number: str, rows: tuple[Row, ...], mm: int) -> str:
        if self.fails:
            raise WorldError(Fault.PRINTER_FAILED, printer="p", detail="paper")
        self.rows.append("".join(row.text for row in rows))
        return "paper"


def _press(shop: Any, printer: Printer) -> Press:
    from pharmacy_desk.adapters.resources import words

    return Press(
        sales=shop.ledger.sales,
        events=shop.ledger.chain,
        printer=printer,
        clock=shop.clock,
        settings=lambda: shop.settings,
        operator=lambda: shop.open_sale.who.operator,
        words=words("receipt.zh_CN"),
        on_desk=lambda job: job(),
        post=shop.news.append,
    )


def test_the_second_print_of_a_receipt_is_marked(shop: Any) -> None:
    printer = Printer()
    press = _press(shop, printer)
    number = shop.sell(box(1)).number
    press.print(number)
    press.print(number)
    assert ["补打" in text for text in printer.rows] == [False, True]
    press.print("none")
    assert len(printer.rows) == 2


def test_a_failed_print_leaves_the_sale_and_can_be_done_again_unmarked(shop: Any) -> None:
    number = shop.sell(box(1)).number
    _press(shop, Printer(fails=True)).print(number)
    assert isinstance(shop.news[-1], news.PrintFailed)
    assert shop.ledger.sales.load_sale(number).codes() == (box(1),)
    printer = Printer()
    _press(shop, printer).print(number)
    assert "补打" not in printer.rows[0]
    assert check(shop.ledger.path).problems == ()


# Lanes


def test_a_lane_works_in_order_on_one_named_thread_and_survives_failures(caplog: Any) -> None:
    failed: list[Exception] = []
    lane = Lane("desk", failed.append)
    done: list[Any] = []
    world = WorldError(Fault.DISK_FULL)

    def fail() -> None:
        raise world

    for number in range(100):
        lane.submit(lambda n=number: done.append((n, threading.current_thread().name)))
    lane.submit(fail)
    assert lane.call(lambda: lane.call(lambda: "inside")) == "inside"
    with pytest.raises(WorldError):
        lane.call(fail)
    assert lane.wish(lambda: 5).result(timeout=5) == 5
    lane.submit(lambda: done.append("last"))
    lane.stop()
    assert done == [*((n, "desk") for n in range(100)), "last"]
    assert failed == [world]


@pytest.mark.may_log("a job failed")
def test_a_bug_in_a_job_is_logged_told_and_the_lane_goes_on() -> None:
    failed: list[Exception] = []
    lane = Lane("desk", failed.append)
    lane.submit(lambda: 1 // 0)
    assert lane.call(lambda: "on") == "on"
    lane.stop()
    assert [type(error) for error in failed] == [ZeroDivisionError]


@pytest.mark.may_log("a round failed")
def test_a_ticker_runs_at_once_when_woken_and_after_a_failure() -> None:
    runs: list[bool] = []
    gate = threading.Semaphore(0)

    def job(urgent: bool) -> None:
        runs.append(urgent)
        gate.release()
        if len(runs) == 1:
            raise ValueError("first")

    ticker = Ticker("courier", job, 3600)
    ticker.start()
    assert gate.acquire(timeout=5)
    ticker.wake(urgent=True)
    assert gate.acquire(timeout=5)
    ticker.stop()
    assert ticker.stopping
    assert runs == [False, True]


@pytest.mark.parametrize("fails", [False, True])
def test_a_print_is_logged_with_who_works_at_the_counter(shop: Any, fails: bool) -> None:
    number = shop.sell(box(1)).number
    shop.ledger.people.put_operator(
        Actor(shop.clock.now(), "007"), Operator("008", "李四", "药师"), "4711"
    )
    shop.open_sale.who.sign_in("008", "4711")
    _press(shop, Printer(fails=fails)).print(number)
    kind = EventKind.PRINT_FAILED if fails else EventKind.RECEIPT_PRINTED
    who = plain.rows(shop.ledger.path, "SELECT operator FROM events WHERE kind = ?", (kind.value,))
    assert [row[0] for row in who] == ["008"]


# The clerk on a real lane


@pytest.fixture
def wishes(shop: Any) -> Any:
    lane = Lane("desk", lambda error: shop.news.append(news.Trouble(error)))
    at = Desk(shop, None)
    made = SaleWishes(
        lane=lane,
        catalogue=shop.ledger.catalogue,
        people=shop.ledger.people,
        outbox=shop.ledger.outbox,
        prescriptions=shop.ledger.prescriptions,
        open_sale=shop.open_sale,
        desk=shop.desk,
        payments=at.payments,
        undoing=NothingInsured(),
        post=shop.news.append,
        print_receipt=at.printed.append,
        wake_courier=lambda urgent: None,
    )
    yield made
    lane.stop()


def _told(wishes: Any, shop: Any) -> Any:
    wishes.lane.call(lambda: None)
    return shop.news[-1]


def test_wishes_are_worked_off_in_the_order_they_came(wishes: Any, shop: Any) -> None:
    for number in range(1, 51):
        wishes.scan(RawScan(box(number).encode(), "test", shop.clock.now()))
    undone = wishes.undo()
    added = wishes.add_item("Y3", 2)
    paying = wishes.pay(PayOrder(PaymentKind.SELF))
    told = _told(wishes, shop)
    assert [wish.result().what for wish in (undone, added, paying)] == [
        SaleDid.UNDONE, SaleDid.EXEMPT_ADDED, PayDid.PAID,
    ]  # fmt: skip
    assert isinstance(told, news.Paid)
    assert told.sale.codes() == tuple(box(number) for number in range(1, 50))
    assert told.sale.total_fen == 49 * 2180 + 2 * 3200


def test_wishes_that_cannot_be_met_say_why(wishes: Any) -> None:
    wishes = (wishes.undo(), wishes.held.hold(), wishes.held.void(), wishes.held.resume(1), wishes.add_item("none"),
              wishes.pay(PayOrder(PaymentKind.SELF)))  # fmt: skip
    answers = [wish.result(timeout=5) for wish in wishes]
    assert [answer.what for answer in answers] == [
        SaleDid.NOTHING_TO_UNDO, SaleDid.NOTHING_TO_HOLD, SaleDid.NOTHING_TO_VOID,
        SaleDid.NOTHING_TO_RESUME, SaleDid.NO_SUCH_ITEM, SaleDid.NOTHING_TO_PAY,
    ]  # fmt: skip
    assert all(answer.what.refused for answer in answers)


def test_each_wish_has_its_own_answer_though_their_news_look_alike(wishes: Any, shop: Any) -> None:
    wishes = [wishes.add_item("Y3", 1), wishes.add_item("none"), wishes.add_item("Y1", 1_000)]
    told = [(wish.result(timeout=5).what, wish.result().detail) for wish in wishes]
    named = shop.ledger.catalogue.find_item
    assert told == [
        (SaleDid.EXEMPT_ADDED, f"{named('Y3').name} ×1"),
        (SaleDid.NO_SUCH_ITEM, "none"),
        (SaleDid.BAD_QUANTITY, f"{named('Y1').name} ×1000"),
    ]


def test_a_wish_that_fails_has_no_answer_and_is_told_as_trouble(wishes: Any, shop: Any) -> None:
    shop.ledger.people.put_operator(
        Actor(shop.clock.now(), "007"), Operator("008", "李四", "药师"), "4711"
    )
    plain.write(shop.ledger.path, "DROP TABLE sale_entries")
    wished = wishes.add_item("Y3")
    assert wished.exception(timeout=5) is not None
    assert isinstance(_told(wishes, shop), news.Trouble)


def test_a_sale_being_settled_is_not_changed(wishes: Any, shop: Any) -> None:
    wishes.scan(RawScan(box(1).encode(), "test", shop.clock.now()))
    _told(wishes, shop)
    shop.open_sale.settlements.ask(PayOrder(PaymentKind.POOLED))
    for wish in (wishes.undo, wishes.held.void, lambda: wishes.remove_line(1),
                 lambda: wishes.add_item("Y3"), lambda: wishes.held.resume(1)):  # fmt: skip
        assert wish().result(timeout=5).what is SaleDid.SETTLING
    assert shop.open_sale.sale.codes() == (box(1),)


def test_a_second_person_needs_the_right_pin(wishes: Any, shop: Any) -> None:
    shop.ledger.people.put_operator(
        Actor(shop.clock.now(), "007"), Operator("008", "李四", "药师"), "4711"
    )
    wishes.scan(RawScan(box(1, "8999999").encode(), "test", shop.clock.now()))
    wrong = wishes.answer_map("8999999", "Y1", ("008", "0000")).result(timeout=5)
    assert (wrong.what, wrong.verdict) == (MapDid.BAD_PIN, None)
    assert shop.open_sale.sale is None
    told = wishes.answer_map("8999999", "Y1", ("008", "4711")).result(timeout=5)
    assert told.what is MapDid.CONFIRMED
    assert told.verdict.accepted
    nothing = wishes.answer_map("8999999", "none").result(timeout=5)
    assert nothing == SaleAnswer(SaleDid.NO_SUCH_ITEM, "none")


def test_the_maps_page_is_answered_and_news_tell_only_what_has_changed(
    wishes: Any, shop: Any
) -> None:
    drug = shop.ledger.catalogue.find_item("Y1").name
    say, unmap, level = wishes.maps.say, wishes.maps.unmap, PackLevel.CARTON
    wishes = (
        say("8999998", "none", level), say("8999998", "Y1", level), say("8999998", "Y2", level),
        say("8999998", "Y1", level, ("008", "0")), unmap("8999998", "Y1", "x"),
        unmap("8999998", "Y1", "x"),
    )  # fmt: skip
    told = [wish.result(timeout=5) for wish in wishes]
    assert [one.what for one in told] == [
        MapDid.NO_SUCH_ITEM, MapDid.CONFIRMED, MapDid.CONFLICT, MapDid.BAD_PIN, MapDid.REMOVED,
        MapDid.NOT_THERE,
    ]  # fmt: skip
    assert (told[1].item, told[2].other) == (drug, drug)
    assert shop.news.count(news.MapChanged("8999998")) == 2


def test_a_return_is_answered_with_its_number_or_why_not(wishes: Any, shop: Any) -> None:
    number = shop.sell(box(1)).number
    for what in (ReturnDid.TAKEN_BACK, ReturnDid.BEFORE):
        told = wishes.returns.take_back(number, box(1), "错发").result(timeout=5)
        assert (told.what, bool(told.number)) == (what, what is ReturnDid.TAKEN_BACK)
    (fact,) = (entry for entry in shop.news if isinstance(entry, news.Returned))
    assert fact.code == box(1)


def test_settings_of_the_till_are_read_when_they_are_needed(shop: Any) -> None:
    shop.settings = replace(shop.settings, practice=False)
    shop.set(operator__id="042")
    shop.scan(box(1))
    assert shop.open_sale.sale.operator == "042"


def test_f4_puts_aside_what_is_being_settled_where_every_other_change_is_refused(
    wishes: Any, shop: Any
) -> None:
    shop.scan(box(1))
    shop.open_sale.settlements.ask(PayOrder(PaymentKind.POOLED))
    wishes.scan(RawScan(box(2).encode(), "test", shop.clock.now()))
    assert wishes.undo().result(5).what is SaleDid.SETTLING
    held = wishes.held.hold().result(5)
    assert (held.what, held.sale.codes()) == (SaleDid.HELD_SETTLING, (box(1),))
    # What was scanned meanwhile is the next customer's.
    assert shop.open_sale.sale.codes() == (box(2),)
    assert not shop.desk.paying
