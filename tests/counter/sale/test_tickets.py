"""Tickets of another till: captured, settled, cancelled, returned; every call may come again."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pharmacy_desk.adapters.resources import words
from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.adapters.store.upload.waiting import OutboxQueue
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.policy import Action, VerdictName
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.paper.receipt import Heading, compose
from pharmacy_desk.core.ports.till import TicketAnswer, TicketDid
from pharmacy_desk.core.sale.gate.facts import Facts
from pharmacy_desk.core.sale.refund import ReturnRefusal
from pharmacy_desk.core.sale.sale import Sale, SaleOrigin, SaleState
from pharmacy_desk.core.sale.ticket import TicketEnd, TicketLine, TicketOrder, TicketState
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.core.upload.outbox import Channel
from pharmacy_desk.counter import news
from pharmacy_desk.counter.sale.tickets import Tickets
from tests.conftest import EXEMPT, OTC, RX, Shop, box
from tests.fakes.lane import NowLane

NOTHING_MORE = TicketEnd()
WORDS = words("receipt.zh_CN")
INSURED = TicketEnd("SETL1", "MD1", fund_fen=1526, account_fen=654, mutual_fen=0, cash_fen=0)


def order(
    *lines: TicketLine, number: str = "T-1", payment: PaymentKind = PaymentKind.SELF
) -> TicketOrder:
    told = lines or (TicketLine(1, 2, item="Y1", unit_price_fen=1990),)
    return TicketOrder(number, payment, told, operator="till-3")


class Till:
    """The other till, over a shop."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.printed: list[str] = []
        self.tickets = Tickets(
            lane=NowLane(),
            tickets=shop.ledger.tickets,
            sales=shop.ledger.sales,
            returns=shop.ledger.returns,
            catalogue=shop.ledger.catalogue,
            open_sale=shop.open_sale,
            desk=shop.desk,
            events=shop.ledger.chain,
            clock=shop.clock,
            settings=lambda: shop.settings,
            post=shop.news.append,
            print_receipt=self.printed.append,
            receipt_words=WORDS,
            wake_courier=lambda: None,
        )

    def open(self, told: TicketOrder) -> TicketAnswer:
        return self.tickets.open(told).result()

    def settle(self, end: TicketEnd = NOTHING_MORE, number: str = "T-1") -> TicketAnswer:
        return self.tickets.settle(number, end).result()

    def state(self, number: str = "T-1") -> TicketState:
        ticket = self.tickets.look(number).result().ticket
        assert ticket
        return ticket.state


@pytest.fixture
def till(shop: Shop) -> Till:
    return Till(shop)


def sound(shop: Shop) -> None:
    assert check(shop.ledger.path).problems == ()


def test_a_ticket_is_captured_settled_and_uploaded_at_the_tills_price(till: Till) -> None:
    opened = till.open(order())
    assert opened.what is TicketDid.OPENED
    assert opened.ticket
    assert (opened.ticket.state, opened.ticket.missing) == (TicketState.CAPTURING, 2)
    assert till.shop.scan(box(1)).name is VerdictName.OK_UNRECEIVED
    handed = till.tickets.scan("T-1", box(2)).result()
    assert handed.verdict
    assert handed.verdict.accepted
    assert handed.line == 1
    assert till.state() is TicketState.COMPLETE
    settled = till.settle()
    assert settled.what is TicketDid.SETTLED
    assert settled.ticket
    assert settled.ticket.lines[0].codes == (box(1), box(2))
    sale = till.shop.ledger.sales.load_sale(settled.ticket.sale)
    assert sale
    assert (sale.state, sale.origin, sale.ticket) == (
        SaleState.PAID,
        SaleOrigin.TILL,
        "T-1",
    )
    assert (sale.total_fen, sale.taken, sale.tendered_fen) == (3980, None, None)
    assert till.printed == [sale.number]
    reader = Reader(till.shop.ledger.path)
    (line,) = reader.outbox.lines()
    assert (line.line.codes, line.line.words["price"]) == ((box(1), box(2)), "19.90")
    reader.close()
    sound(till.shop)


def test_a_change_is_told_once_and_judged_once_however_often_it_is_looked_at(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[str] = []
    look = till.shop.open_sale.second.facts

    def facts(sale: Sale, *told: PaymentKind, settled: bool) -> Facts:
        judged.append(sale.number)
        return look(sale, *told, settled=settled)

    def heard() -> list[int]:
        told = (one for one in till.shop.news if isinstance(one, news.TicketChanged))
        return [one.ticket.missing for one in told]

    monkeypatch.setattr(till.shop.open_sale.second, "facts", facts)
    first = till.open(order()).ticket
    till.open(order(number="T-2"))
    assert (len(judged), heard()) == (2, [2, 2])
    for _ in range(5):
        till.tickets.look("T-1").result()
        till.tickets.waiting().result()
    assert len(judged) == 2
    till.tickets.hear(news.QueueChanged())
    till.shop.scan(box(1))
    till.tickets.hear(next(n for n in reversed(till.shop.news) if isinstance(n, news.Judged)))
    assert (len(judged), heard()) == (3, [2, 2, 1])
    assert first
    assert judged[-1] == first.sale
    till.tickets.hear(news.SaleChanged(till.shop.open_sale.sale, 0, None))
    assert heard() == [2, 2, 1]
    before = len(judged)
    till.tickets.hear(news.RecallChanged("R1"))
    till.tickets.look("T-1").result()
    assert len(judged) == before + 1


def test_a_till_that_prints_the_codes_is_given_them_under_their_drugs(till: Till) -> None:
    kept = till.shop.settings
    till.shop.settings = Settings(kept.values | {"till.receipt": "till"}, kept.practice)
    till.open(order(TicketLine(1, 2, item="Y1", unit_price_fen=1990, batch=Batch("L9"))))
    for number in (1, 2):
        till.shop.scan(box(number))
    asked = till.tickets.look("T-1").result().ticket
    assert asked
    assert asked.receipt == ()
    settled = till.settle().ticket
    assert settled
    name, lot, *codes = settled.receipt
    assert name == f"1. {settled.lines[0].item.name if settled.lines[0].item else ''}"
    assert lot.split() == ["批号", "L9", "效期", "未填"]
    assert [row.split() for row in codes] == [["追溯码", box(1)], ["追溯码", box(2)]]
    assert till.printed == []


def test_our_slip_of_a_ticket_names_it_and_invents_no_money(till: Till) -> None:
    till.open(order(payment=PaymentKind.UNTOLD))
    for number in (1, 2):
        till.shop.scan(box(number))
    settled = till.settle(TicketEnd("SETL1")).ticket
    assert settled
    assert settled.receipt == ()
    sale = till.shop.ledger.sales.load_sale(settled.sale)
    assert sale
    slip = [row.text.split() for row in compose(sale, Heading("店", "007"), 80, WORDS)]
    assert ["收银系统小票", "T-1"] in slip
    assert ["支付方式", "医保（种类以收银系统为准）"] in slip
    assert ["医保分担", "以医保结算单为准"] in slip
    told = {word for row in slip for word in row}
    assert told.isdisjoint({"现金", "找零", "实收", "抹零", "现金应付"})


def test_the_same_call_gets_the_same_answer_and_another_content_is_named(till: Till) -> None:
    till.open(order())
    assert till.open(order()).what is TicketDid.THERE
    other = order(TicketLine(1, 3, item="Y1", unit_price_fen=1990))
    answer = till.open(other)
    assert (answer.what, answer.differs) == (TicketDid.DIFFERS, ("lines[0].quantity",))
    for number in (1, 2):
        till.shop.scan(box(number))
    first = till.settle(TicketEnd(receipt="R1"))
    assert till.settle(TicketEnd(receipt="R1")).ticket == first.ticket
    differs = till.settle(TicketEnd(receipt="R2"))
    assert (differs.what, differs.differs) == (TicketDid.DIFFERS, ("receipt",))
    assert till.tickets.cancel("T-1", "").result().what is TicketDid.ENDED
    assert till.tickets.scan("T-1", box(3)).result().what is TicketDid.ENDED


def test_what_no_line_asks_for_and_what_is_too_many_is_refused(till: Till) -> None:
    till.open(order(TicketLine("a", 1, item="Y1")))
    # Whatever the store's policy says: what is on a ticket is the till's to say.
    till.shop.set(policy__verdict__NOT_ON_SALE_LINE="allow")
    other = till.shop.scan(box(1, RX))
    assert (other.name, other.action, other.full) == (
        VerdictName.NOT_ON_SALE_LINE, Action.BLOCK, False,
    )  # fmt: skip
    assert till.shop.scan(box(1)).accepted
    more = till.shop.scan(box(2))
    assert (more.name, more.action, more.full) == (
        VerdictName.NOT_ON_SALE_LINE, Action.BLOCK, True,
    )  # fmt: skip
    assert till.shop.scan(EXEMPT.barcodes[0]).name is VerdictName.EXEMPT
    sale = till.shop.open_sale.sale
    assert sale
    assert [line.item.code for line in sale.lines] == ["Y1"]
    assert till.settle().what is TicketDid.SETTLED
    sound(till.shop)


def test_lacking_codes_are_kept_as_a_gap_or_withhold_completion(till: Till) -> None:
    till.open(order())
    till.shop.set(till__gate="strict")
    till.shop.scan(box(1))
    assert till.settle().what is TicketDid.MISSING_CODES
    till.shop.set(till__gate="inform")
    settled = till.settle()
    assert settled.ticket
    assert settled.ticket.missing == 1
    sound(till.shop)


def test_an_insured_ticket_wants_every_code_and_a_settlement_that_adds_up(till: Till) -> None:
    line = TicketLine(1, 1, item="Y1", unit_price_fen=2180)
    till.open(order(line, payment=PaymentKind.POOLED))
    assert till.settle(INSURED).what is TicketDid.MISSING_CODES
    till.shop.scan(box(1))
    assert till.settle().what is TicketDid.NO_SETTLEMENT
    assert till.settle(replace(INSURED, fund_fen=1527)).what is TicketDid.SPLIT_WRONG
    settled = till.settle(INSURED)
    assert settled.what is TicketDid.SETTLED
    assert settled.ticket
    sale = till.shop.ledger.sales.load_sale(settled.ticket.sale)
    assert sale
    assert sale.settlement
    assert sale.settlement.parts == (1526, 654, 0, 0)
    sound(till.shop)


def test_tickets_wait_in_their_order_and_a_scan_brings_its_own(till: Till) -> None:
    shop = till.shop
    till.open(order(TicketLine(1, 1, item="Y1")))
    till.open(order(TicketLine(1, 1, item="Y2"), number="T-2"))
    assert shop.open_sale.sale
    assert shop.open_sale.sale.ticket == "T-1"
    scanned = till.tickets.scan("T-2", box(1, RX)).result()
    assert scanned.verdict
    assert scanned.verdict.accepted
    assert shop.open_sale.sale.ticket == "T-2"
    till.settle(number="T-2")
    assert shop.open_sale.sale
    assert shop.open_sale.sale.ticket == "T-1"
    shop.clock.advance(72 * 3600)
    shop.open_sale.held.hold()
    assert shop.open_sale.held.expire() == 0
    # What waits is settled where it is.
    assert till.settle().what is TicketDid.SETTLED
    sound(shop)


def test_a_sale_of_the_counters_own_is_not_in_the_way(till: Till) -> None:
    till.shop.scan(box(7))
    till.open(order())
    assert till.shop.open_sale.sale
    assert till.shop.open_sale.sale.ticket == ""
    till.shop.pay()
    till.tickets.take_up()
    assert till.shop.open_sale.sale.ticket == "T-1"


@pytest.mark.parametrize("by_till", [True, False])
def test_a_cancelled_ticket_frees_its_codes_whoever_cancels(till: Till, by_till: bool) -> None:
    till.open(order())
    till.shop.scan(box(1))
    if by_till:
        assert till.tickets.cancel("T-1", "no").result().what is TicketDid.CANCELLED
    else:
        till.shop.open_sale.ending.void()
    assert till.state() is TicketState.CANCELLED
    assert till.settle().what is TicketDid.ENDED
    assert till.tickets.cancel("T-1", "no").result().what is TicketDid.THERE
    assert till.shop.sell(box(1)).origin is SaleOrigin.OWN
    sound(till.shop)


def test_a_drug_the_till_calls_by_its_own_name_is_asked_once(till: Till) -> None:
    strange = TicketLine(1, 1, item="ERP-99", name="布洛芬")
    opened = till.open(order(strange))
    assert opened.ticket
    assert len(opened.ticket.unknown) == 1
    assert till.settle().what is TicketDid.UNKNOWN_ITEM
    assert till.tickets.match("T-1", 0, "Y1").result().what is TicketDid.MATCHED
    till.shop.scan(box(1))
    till.settle()
    again = till.open(order(strange, number="T-2"))
    assert again.ticket
    assert again.ticket.lines[0].item
    assert again.ticket.lines[0].item.code == "Y1"
    sound(till.shop)


def test_two_lines_of_one_drug_fill_in_turn_each_at_its_price(till: Till) -> None:
    till.open(order(TicketLine(1, 1, item="Y1", unit_price_fen=2000),
                    TicketLine(2, 1, barcode=OTC.barcodes[0], unit_price_fen=100)))  # fmt: skip
    till.shop.scan(box(1))
    assert till.tickets.scan("T-1", box(2)).result().line == 2
    settled = till.settle().ticket
    assert settled
    assert [line.codes for line in settled.lines] == [(box(1),), (box(2),)]
    sale = till.shop.ledger.sales.load_sale(settled.sale)
    assert sale
    assert sale.total_fen == 2100
    sound(till.shop)


def test_a_lot_the_till_tells_stands_where_the_box_tells_none(till: Till) -> None:
    told = Batch("TILL1", None, None)
    till.open(order(TicketLine(1, 1, item="Y4", batch=told)))
    code = f"8177322{1:013d}"
    till.shop.scan(code)
    settled = till.settle().ticket
    assert settled
    assert settled.lines[0].batch.lot == "TILL1"
    sound(till.shop)


def test_returns_name_what_came_back_and_say_it_again(till: Till) -> None:
    till.open(order())
    for number in (1, 2):
        till.shop.scan(box(number))
    till.settle()
    first = till.tickets.take_back("T-1", [box(1), box(9)], "坏了").result()
    assert first.returned == (box(1),)
    assert [(one.code, one.why) for one in first.refused] == [
        (box(9), ReturnRefusal.NOT_ON_RECEIPT)
    ]
    again = till.tickets.take_back("T-1", [box(1)], "坏了").result()
    assert (again.document, again.returned) == (first.document, (box(1),))
    # What was settled stays what it was.
    ticket = till.tickets.look("T-1").result().ticket
    assert ticket
    assert ticket.lines[0].codes == (box(1), box(2))
    sound(till.shop)


def test_a_persons_number_is_no_ticket(till: Till) -> None:
    assert till.open(order(number="11010119850312902X")).what is TicketDid.PERSON_NUMBER
    assert till.tickets.look("11010119850312902X").result().what is TicketDid.NO_TICKET


def test_a_kill_leaves_the_ticket_where_it_was(
    till: Till, tmp_path: Path, open_ledger: Callable[..., object]
) -> None:
    till.open(order())
    till.shop.scan(box(1))
    till.shop.ledger.close()
    again = Till(Shop(open_ledger(tmp_path / "ledger.db"), till.shop.clock, till.shop.profile))  # type: ignore[arg-type]
    assert again.shop.open_sale.sale
    assert again.shop.open_sale.sale.codes() == (box(1),)
    assert again.open(order()).what is TicketDid.THERE
    # A home that was copied begins a new epoch: the sale has another number, the ticket is there.
    again.shop.ledger.close()
    moved = Till(
        Shop(open_ledger(tmp_path / "ledger.db", place="there"), till.shop.clock, till.shop.profile)  # type: ignore[arg-type]
    )
    assert moved.shop.open_sale.sale
    assert moved.shop.open_sale.sale.ticket == "T-1"
    moved.shop.scan(box(2))
    assert moved.settle().what is TicketDid.SETTLED
    sound(moved.shop)


def test_what_changes_is_told(till: Till) -> None:
    till.open(order())
    told = [one for one in till.shop.news if isinstance(one, news.TicketChanged)]
    assert told[-1].ticket.order.ticket == "T-1"


def test_a_sale_without_a_ticket_is_ended_as_the_person_says(till: Till) -> None:
    assert till.tickets.end_open(PaymentKind.SELF, NOTHING_MORE).result().what is (
        TicketDid.NO_TICKET
    )
    till.shop.scan(box(1))
    insured = till.tickets.end_open(PaymentKind.POOLED, NOTHING_MORE).result()
    assert insured.what is TicketDid.NO_SETTLEMENT
    ended = till.tickets.end_open(PaymentKind.SELF, TicketEnd(receipt="R9")).result()
    assert ended.what is TicketDid.SETTLED
    paid = [one.sale for one in till.shop.news if isinstance(one, news.Paid)][-1]
    assert (paid.origin, paid.ticket, paid.taken) == (SaleOrigin.TILL, "", None)
    sound(till.shop)


def test_what_the_till_uploads_is_never_sent_from_here(till: Till) -> None:
    till.shop.set(till__uploads="till")
    till.open(order())
    for number in (1, 2):
        till.shop.scan(box(number))
    till.settle()
    till.tickets.take_back("T-1", [box(1)], "坏了").result()
    now = till.shop.clock.now()
    assert OutboxQueue(till.shop.ledger.path).due_lines(now, True, None, 9) == ()
    reader = Reader(till.shop.ledger.path)
    assert {line.line.channel for line in reader.outbox.lines()} == {Channel.TILL}
    reader.close()
    sound(till.shop)
