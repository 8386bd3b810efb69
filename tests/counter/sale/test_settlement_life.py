"""A settlement's life on the disk: asked, settled, refused, unknown, cancelled."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import Fault
from pharmacy_desk.core.ports.settlement import (
    Bill,
    Cancelled,
    Refused,
    Settled,
    SettlementAnswer,
    Unknown,
)
from pharmacy_desk.core.sale.gate.rules import REASONS
from pharmacy_desk.core.sale.sale import PaymentKind, SaleState, Settlement
from pharmacy_desk.core.sale.settlement import SettlementState
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.core.stock.facts import Recall
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import PayAnswer, PayDid
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from pharmacy_desk.counter.sale.payments import Ended, Payments
from tests import plain
from tests.conftest import Shop, box
from tests.fakes.settlement import ToldDoor

SETTLED = Settlement("SETL1", "M1", fund_fen=1000, account_fen=1180, cash_fen=0)
POOLED = PayOrder(PaymentKind.POOLED, tendered_fen=500)


class Door(ToldDoor):
    """`SettlementDoor` that gives its answers one after the other; the last one for good."""

    def __init__(self, *answers: SettlementAnswer, cancelled: Any = None) -> None:
        super().__init__()
        self._answers = list(answers)
        self.cancelled = cancelled or Cancelled()
        self.heard: list[tuple[str, str]] = []
        self.msgids: list[str] = []

    def settle(self, bill: Bill) -> SettlementAnswer:
        self.heard.append(("settle", bill.sale.number))
        self.msgids.append(bill.msgid)
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]

    def ask_again(self, bill: Bill) -> SettlementAnswer:
        answer = self.settle(bill)
        self.heard[-1] = ("ask_again", bill.sale.number)
        return answer

    def cancel(self, bill: Bill, known: Settlement) -> Any:
        self.heard.append(("cancel", known.setl_id))
        return self.cancelled


class At:
    """A cashier whose settlement lane runs when it is told to, and its time."""

    def __init__(self, shop: Shop, door: Door | None) -> None:
        self.shop = shop
        self.time = 0.0
        self.later: list[Callable[[], object]] = []
        self.payments = Payments(
            shop.open_sale, shop.desk, door, lambda: shop.settings, lambda job: job(),
            self.later.append, shop.news.append, lambda _: None, lambda: None, lambda _, __: None,
            lambda: self.time,
        )  # fmt: skip

    def run(self) -> Any:
        """What was asked is answered; the newest news."""
        while self.later:
            self.later.pop(0)()
        return self.shop.news[-1]

    def pay(self, order: PayOrder = POOLED) -> Any:
        """What a payment came to, once everything that was asked is answered."""
        ended = self.payments.pay(order)
        self.run()
        return ended.result(timeout=0)


def _rows(shop: Shop) -> list[tuple[object, ...]]:
    found = plain.rows(
        shop.ledger.path,
        "SELECT state, setl_id, fund_fen, account_fen, cash_fen FROM settlements ORDER BY id",
    )
    return [tuple(row) for row in found]


def _events(shop: Shop) -> list[str]:
    found = plain.rows(
        shop.ledger.path, "SELECT kind FROM events WHERE kind GLOB 'settlement_*' ORDER BY seq"
    )
    return [row[0].removeprefix("settlement_") for row in found]


def _proved(shop: Shop) -> None:
    assert check(shop.ledger.path).problems == ()


def _again(shop: Shop, open_ledger: Any, place: str = "here") -> Shop:
    """The same home in its next life: the ledger as a kill left it, opened anew."""
    return Shop(open_ledger(shop.ledger.path, place), shop.clock, shop.profile)


def test_what_is_asked_is_on_the_disk_before_it_is_asked(shop: Shop) -> None:
    at = At(shop, Door(Settled(SETTLED)))
    shop.scan(box(1))
    at.payments.pay(POOLED)
    assert _rows(shop) == [("asked", None, None, None, None)]
    assert at.later
    assert isinstance(at.run(), news.Paid)
    assert _rows(shop) == [("settled", "SETL1", 1000, 1180, 0)]
    assert _events(shop) == ["asked", "settled"]
    _proved(shop)


def test_a_kill_before_the_answer_is_asked_about_first_in_the_next_life(
    shop: Shop, open_ledger: Any
) -> None:
    shop.scan(box(1))
    At(shop, Door(Settled(SETTLED))).payments.pay(POOLED)  # killed here
    after = _again(shop, open_ledger)
    assert after.desk.paying
    after.desk.scan(RawScan(box(2).encode(), "test", shop.clock.now()))
    door = Door(Settled(SETTLED))
    at = At(after, door)
    at.payments.look()
    at.run()
    paid = next(one for one in after.news if isinstance(one, news.Paid))
    assert door.heard == [("ask_again", paid.sale.number)]
    assert paid.sale.codes() == (box(1),)
    assert paid.sale.tendered_fen == 500
    assert after.open_sale.sale
    assert after.open_sale.sale.codes() == (box(2),)  # the next customer's
    _proved(after)


def test_without_a_door_any_more_the_number_is_typed(shop: Shop, open_ledger: Any) -> None:
    shop.scan(box(1))
    At(shop, Door(Settled(SETTLED))).payments.pay(POOLED)  # killed here
    after = _again(shop, open_ledger)
    at = At(after, None)
    after.desk.scan(RawScan(box(2).encode(), "test", shop.clock.now()))
    at.payments.look()
    assert [type(one).__name__ for one in after.news] == ["PayEnded", "ScanFailed"]
    at.payments.look()
    assert len(after.news) == 2
    told = at.pay()
    assert (told.what, told.error.fault) == (PayDid.UNDECIDED, Fault.SETTLEMENT_UNKNOWN)
    assert at.pay(PayOrder(PaymentKind.POOLED, settled=Settlement("SETL77"))).what is PayDid.PAID
    _proved(after)


def test_a_sale_that_goes_on_under_a_new_number_is_asked_about_by_its_old_one(
    shop: Shop, open_ledger: Any
) -> None:
    shop.scan(box(1))
    assert shop.open_sale.sale
    old = shop.open_sale.sale.number
    At(shop, Door(Settled(SETTLED))).payments.pay(POOLED)  # the machine loses its power here
    after = _again(shop, open_ledger, "elsewhere")
    assert after.open_sale.sale
    assert after.open_sale.sale.number != old
    door = Door(Settled(SETTLED))
    at = At(after, door)
    at.payments.look()
    assert at.run().answer.what is PayDid.PAID
    assert door.heard == [("ask_again", old)]
    _proved(after)


def test_a_lost_answer_locks_the_sale_and_is_asked_about_with_growing_gaps(shop: Shop) -> None:
    door = Door(Unknown("ReadTimeout"), Unknown("ReadTimeout"), Refused("", reached=False),
                Settled(SETTLED))  # fmt: skip
    at = At(shop, door)
    shop.scan(box(1))
    told = at.pay()
    assert (told.what, told.error.fault) == (PayDid.UNDECIDED, Fault.SETTLEMENT_UNKNOWN)
    assert [one.reason for one in told.refusals] == [REASONS["NO_SETTLEMENT"]]
    assert shop.open_sale.settling
    assert shop.open_sale.settling.state is SettlementState.UNKNOWN
    shop.desk.scan(RawScan(box(2).encode(), "test", shop.clock.now()))
    assert shop.news[-1].error.fault is Fault.SETTLEMENT_UNKNOWN  # type: ignore[union-attr]
    asked, gaps = len(door.heard), []
    began = at.time
    while shop.open_sale.sale:
        at.time += 0.1
        at.payments.look()
        at.run()
        if len(door.heard) > asked:
            asked = len(door.heard)
            gaps.append(at.time - began)
            began = at.time
    assert gaps == sorted(gaps)
    assert gaps[-1] > 2 * gaps[0]
    # Not reached says nothing of what was asked first: it stays unknown.
    assert _events(shop) == ["asked", "unknown", "unknown", "settled"]
    _proved(shop)


def test_enter_asks_at_once(shop: Shop) -> None:
    at = At(shop, Door(Unknown("ReadTimeout"), Settled(SETTLED)))
    shop.scan(box(1))
    at.pay()
    told = at.pay(PayOrder(PaymentKind.SELF))
    assert told.what is PayDid.PAID
    assert told.sale.payment is PaymentKind.POOLED


def test_a_refusal_says_why_and_frees_the_sale(shop: Shop) -> None:
    at = At(shop, Door(Refused("参保人待遇未生效 110101199003070476")))
    shop.scan(box(1))
    told = at.pay()
    assert (told.what, told.error.fault) == (PayDid.NOT_SETTLED, Fault.SETTLEMENT_REFUSED)
    assert not shop.desk.paying
    kept = plain.row(shop.ledger.path, "SELECT words FROM settlements")[0]
    assert "待遇未生效" in kept
    assert "110101199003070476" not in kept
    assert at.pay(PayOrder(PaymentKind.SELF)).what is PayDid.PAID
    assert _rows(shop)[0][0] == "refused"
    _proved(shop)


def _gate_closes(shop: Shop, at: At) -> Ended:
    shop.scan(box(1))
    ended = at.payments.pay(POOLED)
    recall = Recall("R1", "code", box(1), "厂家召回")
    shop.ledger.boxes.open_recall(Actor(shop.clock.now(), "007"), recall)
    return ended


def test_what_was_settled_and_may_not_be_sold_by_now_is_cancelled(shop: Shop) -> None:
    door = Door(Settled(SETTLED))
    at = At(shop, door)
    ended = _gate_closes(shop, at)
    at.run()
    told = ended.result(timeout=0)
    assert isinstance(told, PayAnswer)
    assert (told.what, told.error) == (PayDid.REFUSED, None)
    assert not [one for one in shop.news if isinstance(one, news.PayEnded)]
    assert door.heard[-1] == ("cancel", "SETL1")
    assert _events(shop) == ["asked", "settled", "cancelled"]
    assert not shop.desk.paying
    assert shop.open_sale.sale
    shop.open_sale.ending.void()
    _proved(shop)


@pytest.mark.parametrize("answer", [Unknown("ReadTimeout"), Refused("已清算")])
def test_a_settlement_that_cannot_be_cancelled_is_told_with_its_number(
    shop: Shop, answer: Any
) -> None:
    at = At(shop, Door(Settled(SETTLED), cancelled=answer))
    ended = _gate_closes(shop, at)
    told = at.run().answer
    assert ended.result(timeout=0).what is PayDid.REFUSED
    assert told.what is PayDid.STANDS
    assert told.error.fault is Fault.SETTLEMENT_STANDS
    assert told.error.params["number"] == "SETL1"
    assert _rows(shop)[0][:2] == ("settled", "SETL1")
    assert any("SETL1" in one for one in check(shop.ledger.path).unproven)
    assert not shop.desk.paying
    _proved(shop)


def test_a_number_typed_is_a_settlement_whose_split_nobody_knows(shop: Shop) -> None:
    at = At(shop, None)
    shop.scan(box(1))
    at.pay(PayOrder(PaymentKind.ACCOUNT, settled=Settlement("SETL77")))
    assert _rows(shop) == [("settled", "SETL77", None, None, None)]
    _proved(shop)


def test_a_number_typed_decides_what_was_unknown(shop: Shop) -> None:
    at = At(shop, Door(Unknown("ReadTimeout")))
    shop.scan(box(1))
    at.pay()
    assert at.pay(PayOrder(PaymentKind.POOLED, settled=Settlement("SETL77"))).what is PayDid.PAID
    assert _rows(shop) == [("settled", "SETL77", None, None, None)]
    _proved(shop)


@pytest.mark.parametrize(
    "change",
    ["UPDATE settlements SET setl_id = 'OTHER'", "UPDATE settlements SET state = 'refused'",
     "DELETE FROM settlements", "UPDATE settlements SET fund_fen = 1"],
)  # fmt: skip
def test_the_check_proves_settlements(shop: Shop, change: str) -> None:
    at = At(shop, Door(Settled(SETTLED)))
    shop.scan(box(1))
    at.pay()
    conn = sqlite3.connect(shop.ledger.path)
    with conn:
        conn.execute(change)
    conn.close()
    assert any(one.startswith("settlement:") for one in check(shop.ledger.path).problems)


def test_a_ledger_of_before_has_no_settlement_to_prove(tmp_path: Path, open_ledger: Any) -> None:
    saved = Path(__file__).parents[2] / "data" / "ledgers" / "m006_queue.db"
    path = tmp_path / "ledger.db"
    path.write_bytes(saved.read_bytes())
    ledger = open_ledger(path)
    assert check(path).problems == ()
    paid = [
        row[0] for row in plain.rows(ledger.path, "SELECT number FROM sales WHERE setl_id <> ''")
    ]
    assert paid
    assert ledger.sales.load_sale(paid[0]).state is SaleState.PAID


def test_a_cancel_that_failed_is_tried_again_until_it_is_undone(shop: Shop) -> None:
    door = Door(Settled(SETTLED), cancelled=Unknown("ReadTimeout"))
    at = At(shop, door)
    _gate_closes(shop, at)
    at.run()
    for _ in range(3):
        at.time += 120
        at.payments.look()
        at.run()
    assert door.heard.count(("cancel", "SETL1")) == 4
    told = [one.answer.what for one in shop.news if isinstance(one, news.PayEnded)]
    assert told == [PayDid.STANDS]  # told once
    door.cancelled = Cancelled()
    for _ in range(3):
        at.time += 120
        at.payments.look()
        at.run()
    assert door.heard.count(("cancel", "SETL1")) == 5
    assert _events(shop) == ["asked", "settled", "cancelled"]
    assert check(shop.ledger.path).unproven == ()
    _proved(shop)


def test_a_cancel_that_failed_is_tried_again_in_the_next_life(shop: Shop, open_ledger: Any) -> None:
    at = At(shop, Door(Settled(SETTLED), cancelled=Unknown("ReadTimeout")))
    _gate_closes(shop, at)
    at.run()
    shop.open_sale.ending.void()
    after = _again(shop, open_ledger)
    door = Door(Settled(SETTLED))
    again = At(after, door)
    again.payments.look()
    again.later.pop()()
    assert door.heard == [("cancel", "SETL1")]
    assert _events(after)[-1] == "cancelled"
    _proved(after)


def test_of_a_sale_that_was_settled_anew_only_the_settlement_before_is_cancelled(
    shop: Shop,
) -> None:
    door = Door(Settled(SETTLED), Settled(Settlement("SETL2", "M2", 0, 2180, 0)),
                cancelled=Unknown("ReadTimeout"))  # fmt: skip
    at = At(shop, door)
    _gate_closes(shop, at)
    at.run()
    at.time += 1
    shop.ledger.boxes.close_recall(Actor(shop.clock.now(), "007"), "R1")
    assert at.pay().sale.settlement.setl_id == "SETL2"
    at.time += 120
    at.payments.look()
    at.run()
    assert door.heard.count(("cancel", "SETL1")) == 2
    door.cancelled = Cancelled()
    at.time += 120
    at.payments.look()
    at.run()
    at.time += 120
    at.payments.look()
    at.run()
    assert door.heard.count(("cancel", "SETL1")) == 3
    assert ("cancel", "SETL2") not in door.heard
