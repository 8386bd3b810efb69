"""Prescriptions at the counter, over the real ledger: kept, dispensed once, sealed, proved."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.adapters.store.ledger import SqliteLedger
from pharmacy_desk.adapters.store.upload.waiting import OutboxQueue
from pharmacy_desk.core.people.people import Operator
from pharmacy_desk.core.ports.electronic import RxFound, RxNotFound, RxNotReached
from pharmacy_desk.core.sale.prescription import Checkers, Prescribed, RxOrder
from pharmacy_desk.core.sale.sale import PaymentKind, Sale
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.core.upload.message import Sender
from pharmacy_desk.counter.answers import RxAnswer, RxDid, SaleAnswer, SaleDid
from pharmacy_desk.counter.lanes import answered
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from pharmacy_desk.counter.sale.rx_wishes import RxWishes
from tests.conftest import OTC, RX, SETTLED, Shop, box


@pytest.fixture
def rx(shop: Shop) -> RxWishes:
    """The keeper of prescriptions of this shop, without lanes."""
    return RxWishes(
        prescriptions=shop.ledger.prescriptions,
        catalogue=shop.ledger.catalogue,
        people=shop.ledger.people,
        open_sale=shop.open_sale,
        guard=lambda job: answered(job()),
        changed=lambda: None,
    )


class ToldRx:
    """`ElectronicRx` that answers what it is told."""

    def __init__(self, *answers: RxFound | RxNotFound | RxNotReached) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, str]] = []

    def look_up(
        self, token: str, sender: Sender, msgid: str
    ) -> RxFound | RxNotFound | RxNotReached:
        self.asked.append((token, msgid))
        return self.answers.pop(0)


def at_once(job: Callable[[], object]) -> None:
    job()


def electronic(
    shop: Shop,
    door: ToldRx | None,
    to_door: Callable[[Callable[[], object]], None] = at_once,
    locked: Sequence[bool] = (),
) -> RxWishes:
    """The keeper with a door that answers at once; `to_door` may wait, `locked` begin to be."""
    return RxWishes(
        prescriptions=shop.ledger.prescriptions,
        catalogue=shop.ledger.catalogue,
        people=shop.ledger.people,
        open_sale=shop.open_sale,
        guard=lambda job: answered(SaleAnswer(SaleDid.LOCKED) if locked else job()),
        changed=lambda: None,
        door=door,
        to_door=to_door,
    )


def order(shop: Shop, number: str = "P1", packs: int = 2, **more: Any) -> RxOrder:
    told = RxOrder(
        number, "示例医院", "440305", "张医师", shop.clock.now().date(), (("Y2", packs),)
    )
    return replace(told, **more)


def kept(rx: RxWishes, told: RxOrder) -> RxAnswer:
    answer = rx.keep(told).result()
    assert isinstance(answer, RxAnswer)
    return answer


def pay(shop: Shop, payment: PaymentKind = PaymentKind.SELF) -> Sale:
    settled = SETTLED if payment.insured else None
    if settled and shop.open_sale.sale:
        settled = replace(SETTLED, fund_fen=0, account_fen=shop.open_sale.sale.total_fen)
        settled = replace(settled, cash_fen=0)
    paid = shop.open_sale.ending.complete(PayOrder(payment), settled, judged=True)
    assert isinstance(paid, Sale)
    return paid


def stops(shop: Shop, payment: PaymentKind) -> list[str]:
    found = shop.open_sale.gate.stops(payment, settled=True)
    return [one.words.told for one in found if one.reason.name == "NO_PRESCRIPTION"]


def test_an_insured_sale_needs_it_and_closes_on_it(shop: Shop, rx: RxWishes) -> None:
    shop.scan(box(1, RX))
    assert stops(shop, PaymentKind.POOLED) == ["Prescription missing: %1"]
    assert kept(rx, order(shop)).what is RxDid.KEPT
    assert stops(shop, PaymentKind.POOLED) == []
    paid = pay(shop, PaymentKind.POOLED)
    line = shop.ledger.outbox.sold_line(paid.number, box(1, RX))
    assert line is not None
    told = ("prescriber", "rx_number", "rx_circ")
    assert [line.words[name] for name in told] == ["张医师", "P1", "1"]
    assert check(shop.ledger.path).problems == ()


def test_one_that_was_downloaded_is_not_typed_over(shop: Shop, rx: RxWishes) -> None:
    """Typed anew as a paper's it would not be told as dispensed."""
    shop.scan(box(1, RX))
    kept(rx, order(shop, packs=1, download="D1"))
    kept(rx, order(shop, packs=9))
    there = shop.open_sale.sale
    assert there is not None
    assert there.prescription is not None
    assert there.prescription.electronic
    assert [drug.quantity for drug in there.prescription.drugs] == [1]


def test_a_part_keeps_its_rest_and_a_used_up_one_is_refused(shop: Shop, rx: RxWishes) -> None:
    shop.scan(box(1, RX))
    kept(rx, order(shop))
    first = pay(shop)
    shop.scan(box(2, RX))
    again = kept(rx, order(shop, prescriber="另一位"))
    assert again.what is RxDid.KNOWN
    assert again.prescription is not None
    assert again.prescription.prescriber == "张医师"  # dispensed on: as it was kept
    assert [drug.left for drug in again.prescription.drugs] == [1]
    second = pay(shop)
    shop.scan(box(3, RX))
    used = kept(rx, order(shop))
    assert used.prescription is not None
    assert used.prescription.used_up
    assert used.prescription.last is not None
    assert used.prescription.last.receipt in (first.number, second.number)
    assert stops(shop, PaymentKind.POOLED) == ["Prescription used up: %1"]
    assert check(shop.ledger.path).problems == ()


def test_until_it_is_dispensed_what_was_told_may_be_told_anew(shop: Shop, rx: RxWishes) -> None:
    shop.scan(box(1, RX))
    kept(rx, order(shop, prescriber="张医"))
    kept(rx, order(shop))
    sale = shop.open_sale.sale
    assert sale is not None
    assert sale.prescription is not None
    assert sale.prescription.prescriber == "张医师"
    assert check(shop.ledger.path).problems == ()


def test_one_that_a_held_sale_has_is_not_put_to_another(shop: Shop, rx: RxWishes) -> None:
    shop.scan(box(1, RX))
    kept(rx, order(shop))
    held = shop.open_sale.sale
    shop.open_sale.held.hold()
    shop.scan(box(2, RX))
    answer = kept(rx, order(shop))
    assert held is not None
    assert (answer.what, answer.detail) == (RxDid.WAITS_ELSEWHERE, held.number)
    shop.open_sale.held.resume(1)
    assert shop.open_sale.sale is not None
    assert shop.open_sale.sale.prescription is not None


def test_taken_off_it_stays_kept(shop: Shop, rx: RxWishes) -> None:
    shop.scan(box(1, RX))
    kept(rx, order(shop))
    assert rx.take_off().result().what is RxDid.TAKEN_OFF
    assert stops(shop, PaymentKind.POOLED) == ["Prescription missing: %1"]
    assert kept(rx, order(shop)).what is RxDid.KEPT
    assert check(shop.ledger.path).problems == ()


def test_without_drugs_told_it_prescribes_what_stands_in_the_sale(shop: Shop, rx: RxWishes) -> None:
    assert kept(rx, order(shop, drugs=())).what is RxDid.NO_DRUGS
    shop.scan(box(1, RX))
    answer = kept(rx, order(shop, drugs=()))
    assert answer.prescription is not None
    assert [(d.item, d.quantity) for d in answer.prescription.drugs] == [("Y2", 1)]


def test_what_is_wrong_is_named_and_nothing_is_kept(shop: Shop, rx: RxWishes) -> None:
    shop.settings = Settings({"operator.id": "007"}, practice=False)
    shop.ledger.people.put_operator(
        shop.open_sale.who.actor(), Operator("007", "小王", "营业员"), "135791"
    )
    shop.scan(box(1, RX))
    tomorrow = shop.clock.now().date() + timedelta(days=1)
    assert kept(rx, order(shop, issued=tomorrow)).detail == "issued"
    assert kept(rx, order(shop, drugs=(("???", 1),))).what is RxDid.NO_SUCH_DRUG
    stranger = kept(rx, order(shop, checkers=Checkers(reviewer="999")))
    assert (stranger.what, stranger.detail) == (RxDid.NO_SUCH_PERSON, "999")
    assert shop.open_sale.sale is not None
    assert shop.open_sale.sale.prescription is None


def test_the_diagnosis_is_nowhere_on_the_disk_in_the_clear(shop: Shop, rx: RxWishes) -> None:
    shop.scan(box(1, RX))
    answer = kept(rx, order(shop, diagnosis="急性扁桃体炎", picture=b"PICTURE-OF-IT"))
    pay(shop)
    for file in shop.ledger.path.parent.glob(f"{shop.ledger.path.name}*"):
        held = file.read_bytes()
        assert "急性扁桃体炎".encode() not in held
        assert b"PICTURE-OF-IT" not in held
    sealed = answer.prescription.sealed if answer.prescription else None
    assert sealed
    opened = shop.ledger.sealed.open(shop.open_sale.who.actor(), sealed, "test")
    assert opened == {"diagnosis": "急性扁桃体炎", "picture": b"PICTURE-OF-IT"}
    assert check(shop.ledger.path).problems == ()


def test_a_carried_over_sale_keeps_its_prescription(
    shop: Shop, rx: RxWishes, open_ledger: Callable[[Path], SqliteLedger]
) -> None:
    shop.scan(box(1, RX))
    kept(rx, order(shop))
    before = shop.open_sale.open()
    shop.ledger.chain.begin_epoch(shop.open_sale.who.actor(), "jumped")
    shop.ledger.close()
    again = Shop(open_ledger(shop.ledger.path), shop.clock, shop.profile)
    sale = again.open_sale.refresh()
    assert sale is not None
    assert sale.number != before.number
    assert sale.prescription is not None
    assert check(shop.ledger.path).problems == ()


@pytest.mark.parametrize(
    "forged",
    [
        "UPDATE prescriptions SET prescriber = '别人'",
        "UPDATE prescription_lines SET quantity = 99",
        "DELETE FROM dispensings",
        "UPDATE dispensings SET packs = 2",
        "UPDATE sales SET prescription = NULL",
        "INSERT INTO prescriptions SELECT 'RXX', 'P2', institution, area, prescriber, issued,"
        " reviewer, dispenser, checker, download, sealed, salt, at, operator FROM prescriptions",
    ],
)
def test_the_check_tells_what_was_changed_behind_its_back(
    shop: Shop, rx: RxWishes, forged: str
) -> None:
    shop.scan(box(1, RX))
    kept(rx, order(shop))
    pay(shop)
    assert check(shop.ledger.path).problems == ()
    conn = sqlite3.connect(shop.ledger.path)
    with conn:
        conn.execute(forged)
    conn.close()
    assert any("prescription" in one for one in check(shop.ledger.path).problems)


def test_an_electronic_one_fills_the_sale_and_is_marked_with_the_payment(shop: Shop) -> None:
    drugs = (
        Prescribed(1, "", "阿莫西林", 2, RX.insurance_code),
        Prescribed(2, "", "别的", 1, "XX"),
    )
    found = RxFound(order(shop, drugs=(), download="D1", prescribed=drugs))
    door = ToldRx(found)
    told = electronic(shop, door).electronic("TOKEN").result()
    assert isinstance(told, RxAnswer)
    assert told.what is RxDid.KEPT
    ((_, msgid),) = door.asked
    assert len(msgid) == 30
    sale = shop.open_sale.sale
    assert sale is not None
    assert [(ln.item.code, ln.asked, ln.lacking) for ln in sale.lines] == [("Y2", 2, 2)]
    shop.scan(box(1, RX))
    shop.scan(box(2, RX))
    shop.scan(box(1, OTC))
    paid = pay(shop)
    found_lines = OutboxQueue(shop.ledger.path).due_lines(shop.clock.now(), True, None, 100)
    assert sorted(one.line.infno for one in found_lines) == ["3505A", "3505A", "7206", "7206"]
    assert paid.prescription is not None
    assert paid.prescription.electronic
    assert check(shop.ledger.path).problems == ()


@pytest.mark.parametrize(
    ("said", "what"),
    [
        (RxNotFound("未查询到"), RxDid.NOT_FOUND),
        (RxNotReached("ConnectTimeout"), RxDid.NOT_REACHED),
    ],
)
def test_what_is_not_found_or_not_reached_changes_nothing(
    shop: Shop, said: RxNotFound | RxNotReached, what: RxDid
) -> None:
    told = electronic(shop, ToldRx(said)).electronic("TOKEN").result()
    assert isinstance(told, RxAnswer)
    assert told.what is what
    assert shop.open_sale.sale is not None
    assert shop.open_sale.sale.prescription is None


def test_without_a_door_that_is_said(shop: Shop) -> None:
    assert electronic(shop, None).electronic("TOKEN").result() == RxAnswer(RxDid.NO_DOOR)


def test_an_answer_that_comes_after_the_sale_has_ended_is_for_nobody(shop: Shop) -> None:
    waiting: list[Any] = []
    wishes = electronic(shop, ToldRx(RxFound(order(shop, download="D1"))), waiting.append)
    ended = wishes.electronic("TOKEN")
    shop.open_sale.ending.void()
    waiting.pop()()
    assert ended.result() == RxAnswer(RxDid.SALE_GONE)


def test_what_comes_at_a_locked_counter_fills_nothing(shop: Shop) -> None:
    locked: list[bool] = []
    waiting: list[Any] = []
    found = ToldRx(RxFound(order(shop, download="D1")))
    wishes = electronic(shop, found, waiting.append, locked)
    ended = wishes.electronic("TOKEN")
    locked.append(True)
    waiting.pop()()
    assert ended.result() == SaleAnswer(SaleDid.LOCKED)
    assert shop.open_sale.sale is not None
    assert shop.open_sale.sale.prescription is None


def test_with_the_last_box_its_prescription_goes(shop: Shop, rx: RxWishes) -> None:
    """The next customer's drug is not sold on the paper of the one before."""
    shop.scan(box(1, RX))
    shop.scan(box(2, RX))
    kept(rx, order(shop))
    shop.open_sale.lines.undo()
    assert shop.open_sale.sale.prescription is not None
    shop.open_sale.lines.undo()
    assert shop.open_sale.sale.prescription is None
    shop.scan(box(3, RX))
    kept(rx, order(shop))
    shop.open_sale.lines.remove_line(shop.open_sale.sale.lines[0].number)
    assert shop.open_sale.sale.prescription is None
    assert check(shop.ledger.path).problems == ()
