"""The guard before another till: what reaches the typist, what is told, and what a kill leaves."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

import pytest

from pharmacy_desk.adapters.resources import words
from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.ports.till import TicketAnswer, TicketDid
from pharmacy_desk.core.sale.guarding import Guarding, NotTyped, Others
from pharmacy_desk.core.sale.ticket import TicketEnd
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import SaleAnswer, SaleDid
from pharmacy_desk.counter.guard_view import GuardDid, GuardView
from pharmacy_desk.counter.sale.guard import TillGuard
from pharmacy_desk.counter.sale.tickets import Tickets
from tests import plain
from tests.conftest import Shop, box
from tests.fakes.lane import NowLane
from tests.fakes.typist import PaperTypist

KINDS = [PaymentKind.POOLED]


class Hands:
    """Undoes and puts aside on the shop's own sale, and tells it as the wishes do."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def undo(self) -> Future[SaleAnswer]:
        undone = self._shop.open_sale.lines.undo()
        return self._told(SaleDid.UNDONE if undone else SaleDid.NOTHING_TO_UNDO)

    def hold(self) -> Future[SaleAnswer]:
        held = self._shop.open_sale.held.hold()
        self._shop.desk.sale_ended()
        return self._told(SaleDid.HELD if held else SaleDid.NOTHING_TO_HOLD)

    def _told(self, what: SaleDid) -> Future[SaleAnswer]:
        self._shop.news.append(news.SaleChanged(self._shop.open_sale.sale, 0))
        done: Future[SaleAnswer] = Future()
        done.set_result(SaleAnswer(what))
        return done


class Told(list[news.News]):
    """What is told, heard by the guard as the fuse box lets it hear."""

    hear: Callable[[news.News], None] = staticmethod(lambda _: None)

    def append(self, told: news.News) -> None:
        super().append(told)
        self.hear(told)


class NeverLane:
    """A lane whose work is lost: the machine died first."""

    def submit(self, job: Callable[[], object]) -> None:
        pass


@dataclass
class Ends:
    """Who ends sales, and with what it was told to."""

    tickets: Tickets
    told: list[tuple[PaymentKind, TicketEnd]] = field(default_factory=list)

    def end_open(self, payment: PaymentKind, end: TicketEnd) -> Future[TicketAnswer]:
        self.told.append((payment, end))
        return self.tickets.end_open(payment, end)


class Guarded:
    """A shop with the guard at work; every lane works at once."""

    def __init__(self, shop: Shop, typing: Any = None) -> None:
        told = Told()
        self.shop = shop = Shop(shop.ledger, shop.clock, shop.profile, news=told)
        self.typist = PaperTypist()
        self.guarding = Guarding()
        self.kinds = list(KINDS)
        lane: Any = NowLane()
        tickets = Tickets(
            lane=lane,
            tickets=shop.ledger.tickets,
            sales=shop.ledger.sales,
            returns=shop.ledger.returns,
            catalogue=shop.ledger.catalogue,
            open_sale=shop.open_sale,
            desk=shop.desk,
            events=shop.ledger.chain,
            clock=shop.clock,
            settings=lambda: shop.settings,
            post=told.append,
            print_receipt=lambda _: None,
            receipt_words=words("receipt.zh_CN"),
            wake_courier=lambda: None,
        )
        self.ends = Ends(tickets)
        self.guard = TillGuard(
            lane=lane,
            typing=typing or lane,
            typist=self.typist,
            ledger=shop.ledger.typed_on,
            open_sale=shop.open_sale,
            wishes=Hands(shop),
            held=Hands(shop),
            tickets=self.ends,
            kinds=lambda: self.kinds,
            guarding=lambda: self.guarding,
            post=told.append,
        )
        told.hear = self.guard.hear  # type: ignore[method-assign]
        shop.desk.till_end = self.guard.ends

    def scan(self, text: str) -> GuardView:
        self.shop.mono += 60
        self.shop.desk.scan(RawScan(text.encode(), "test", self.shop.clock.now()))
        return self.view

    @property
    def view(self) -> GuardView:
        return next(t.view for t in reversed(self.shop.news) if isinstance(t, news.GuardShown))

    def events(self) -> list[tuple[str, str]]:
        rows = plain.rows(self.shop.ledger.path, "SELECT kind, code FROM events ORDER BY seq")
        return [(row["kind"], row["code"]) for row in rows if row["code"]]


@pytest.fixture
def till(shop: Shop) -> Guarded:
    return Guarded(shop)


def test_an_accepted_box_is_typed_behind_its_reservation_and_a_refused_one_is_not(
    till: Guarded,
) -> None:
    till.scan(box(9))
    till.guard.end(PaymentKind.SELF)
    till.typist.texts.clear()
    assert till.scan(box(1)).what is GuardDid.TYPED
    assert till.scan(box(9)).what is GuardDid.REFUSED
    assert till.scan(box(2)).what is GuardDid.TYPED
    assert till.scan(box(2)).what is GuardDid.REFUSED
    assert till.typist.texts == [box(1) + "\r", box(2) + "\r"]
    mine = [event for event in till.events() if event[1] == box(1)]
    assert mine == [("box_reserved", box(1)), ("code_typed", box(1))]
    assert check(till.shop.ledger.path).problems == ()


def test_nothing_is_typed_before_the_disk_has_the_box(till: Guarded) -> None:
    seen: list[bool] = []
    conn = till.shop.ledger.chain.conn
    typed = till.typist.type

    def look(text: str) -> Any:
        sold = plain.rows(till.shop.ledger.path, "SELECT code FROM sale_entries")
        seen.append(not conn.in_transaction and [row["code"] for row in sold] == [box(1)])
        return typed(text)

    till.typist.type = look  # type: ignore[method-assign]
    till.scan(box(1))
    assert seen == [True]


def test_what_is_no_box_passes_or_is_held_by_the_setting(till: Guarded) -> None:
    wechat = "134567890123456789"
    for text in ("6900000000045", wechat):
        assert till.scan(text).what is GuardDid.PASSED
    assert till.typist.texts == ["6900000000045\r", wechat + "\r"]
    till.guarding = Guarding(others=Others.HOLD)
    assert till.scan("6900000000045").what is GuardDid.HELD
    assert till.scan("hello").what is GuardDid.HELD
    assert len(till.typist.texts) == 2
    stored = (
        till.shop.ledger.path.read_bytes()
        + till.shop.ledger.path.with_suffix(".db-wal").read_bytes()
    )
    assert wechat.encode() not in stored


def test_a_damaged_code_never_reaches_the_till(till: Guarded) -> None:
    assert till.scan(box(1) + box(2)).what is GuardDid.REFUSED
    assert till.typist.texts == []


def test_a_double_read_of_the_scanner_is_neither_typed_nor_told(till: Guarded) -> None:
    till.scan(box(1))
    told = len(till.shop.news)
    till.shop.desk.scan(RawScan(box(1).encode(), "test", till.shop.clock.now()))
    assert till.typist.texts == [box(1) + "\r"]
    assert not [one for one in till.shop.news[told:] if isinstance(one, news.GuardShown)]


def test_what_could_not_be_typed_waits_for_a_key_and_is_typed_once(till: Guarded) -> None:
    till.typist.refuses = NotTyped.OWN_WINDOW
    first = till.scan(box(1))
    assert (first.what, first.why, first.untyped) == (
        GuardDid.NOT_TYPED, NotTyped.OWN_WINDOW, (box(1),),
    )  # fmt: skip
    till.typist.refuses = None
    assert till.scan(box(2)).untyped == (box(1),)
    assert till.typist.texts == [box(2) + "\r"]
    till.guard.type_again()
    assert till.typist.texts == [box(2) + "\r", box(1) + "\r"]
    assert (till.view.what, till.view.untyped) == (GuardDid.TYPED, ())
    till.guard.type_again()
    assert len(till.typist.texts) == 2


def test_a_person_may_say_that_it_stands_there(till: Guarded) -> None:
    till.typist.refuses = NotTyped.LOST
    till.scan(box(1))
    till.guard.seen_there()
    assert (till.view.what, till.view.untyped) == (GuardDid.SEEN_THERE, ())
    till.typist.refuses = None
    till.guard.type_again()
    assert till.typist.texts == []
    rows = plain.rows(till.shop.ledger.path, "SELECT payload FROM events WHERE kind = 'code_typed'")
    assert [row["payload"] for row in rows] == ['{"by_person":true}']


def test_a_kill_between_the_commit_and_the_typing_is_told_and_types_nothing_by_itself(
    shop: Shop,
) -> None:
    Guarded(shop).scan(box(1))
    Guarded(shop, typing=NeverLane()).shop.scan(box(2))
    # The program begins anew over what the disk has.
    again = Guarded(shop)
    again.guard.show()
    assert again.view.untyped == (box(2),)
    assert again.typist.texts == []
    again.guard.type_again()
    assert again.typist.texts == [box(2) + "\r"]
    third = Guarded(shop)
    third.guard.show()
    assert third.view.untyped == ()


def test_what_the_till_refused_is_taken_back_and_may_be_typed_anew(till: Guarded) -> None:
    till.scan(box(1))
    till.scan(box(2))
    till.guard.take_back()
    assert isinstance(till.view.answer, SaleAnswer)
    assert till.view.answer.what is SaleDid.UNDONE
    assert till.view.untyped == ()
    assert till.shop.open_sale.sale
    assert till.shop.open_sale.sale.codes() == (box(1),)
    assert till.scan(box(2)).what is GuardDid.TYPED
    assert till.typist.texts == [f"{code}\r" for code in (box(1), box(2), box(2))]


def test_a_sale_put_aside_and_taken_up_knows_what_was_typed(till: Guarded) -> None:
    till.scan(box(1))
    till.typist.refuses = NotTyped.NO_FOCUS
    till.scan(box(2))
    till.guard.hold()
    assert (till.view.sale, till.view.untyped) == (None, ())
    assert till.shop.open_sale.held.resume(1)
    till.guard.show()
    assert till.view.untyped == (box(2),)


def _ended(till: Guarded) -> TicketDid:
    assert isinstance(till.view.answer, TicketAnswer)
    return till.view.answer.what


def test_a_key_ends_the_sale_as_it_was_paid_there(till: Guarded) -> None:
    till.scan(box(1))
    till.guard.end(PaymentKind.SELF)
    assert _ended(till) is TicketDid.SETTLED
    (sale,) = [one.sale for one in till.shop.news if isinstance(one, news.Paid)]
    assert (sale.payment, sale.codes()) == (PaymentKind.SELF, (box(1),))
    till.guard.end(PaymentKind.SELF)
    assert _ended(till) is TicketDid.NO_TICKET


def test_the_tills_receipt_asks_how_it_was_paid_and_is_kept_with_the_sale(till: Guarded) -> None:
    till.guarding = Guarding(end_pattern=r"R\d+")
    assert till.scan("R1").what is GuardDid.NOTHING_OPEN
    till.scan(box(1))
    asked = till.scan("R778899")
    assert asked.what is GuardDid.ASK_PAYMENT
    assert asked.end
    assert asked.end.receipt == "R778899"
    assert till.shop.open_sale.sale
    till.guard.end(PaymentKind.SELF)
    assert _ended(till) is TicketDid.SETTLED
    rows = plain.rows(
        till.shop.ledger.path, "SELECT payload FROM events WHERE payload LIKE '%R778899%'"
    )
    assert len(rows) == 1
    assert till.typist.texts == [box(1) + "\r"]
    assert till.view.end is None


def test_a_receipt_that_tells_the_payment_ends_the_sale_alone(till: Guarded) -> None:
    till.guarding = Guarding(end_pattern=r"(?P<self>S)\d+")
    till.scan(box(1))
    till.scan("S12")
    assert _ended(till) is TicketDid.SETTLED


def test_an_insured_end_asks_which_kind_where_there_are_several(till: Guarded) -> None:
    till.kinds = [PaymentKind.POOLED, PaymentKind.ACCOUNT]
    till.scan(box(1))
    till.guard.end_insured()
    assert till.view.what is GuardDid.ASK_KIND
    # Uploaded from here, it wants the number under which it was settled.
    till.guard.end(PaymentKind.POOLED)
    assert _ended(till) is TicketDid.NO_SETTLEMENT
    assert till.shop.open_sale.sale
    till.shop.set(till__uploads="till")
    till.kinds = [PaymentKind.POOLED]
    till.guard.end_insured()
    assert _ended(till) is TicketDid.SETTLED


def test_a_trace_code_never_ends_a_sale(till: Guarded) -> None:
    till.guarding = Guarding(end_pattern=r"\d+")
    till.scan(box(1))
    assert till.scan(box(2)).what is GuardDid.TYPED


def test_the_next_customers_scan_keeps_the_sale_before_until_somebody_ends_it(
    till: Guarded,
) -> None:
    till.scan(box(1))
    till.shop.clock.advance(3600)
    till.scan(box(2))
    assert till.shop.open_sale.sale
    assert till.shop.open_sale.sale.codes() == (box(1), box(2))


def test_the_end_tells_the_receipt_to_whoever_ends_sales(till: Guarded) -> None:
    till.guarding = Guarding(end_pattern=r"R(?P<receipt>\d+)")
    till.scan(box(1))
    till.scan("R5")
    till.guard.end(PaymentKind.SELF)
    assert till.ends.told == [(PaymentKind.SELF, TicketEnd(receipt="5"))]


def test_the_check_tells_of_a_code_that_was_typed_before_its_sale_had_it(till: Guarded) -> None:
    shop = till.shop
    shop.ledger.typed_on.keep_typed(shop.open_sale.who.actor(), "S1", box(5), by_person=False)
    (problem,) = check(shop.ledger.path).problems
    assert box(5) in problem
    assert "typed on before" in problem
