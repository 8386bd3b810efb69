"""A counter that undoes insured sales: its settlement lane runs when it is told to."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from pharmacy_desk.core.ports.settlement import Settled
from pharmacy_desk.core.sale.sale import PaymentKind, Sale, Settlement
from pharmacy_desk.counter.answers import PayDid, ReturnAnswer
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from pharmacy_desk.counter.sale.payments import Payments
from pharmacy_desk.counter.sale.undoing import Undoing
from tests.conftest import Shop
from tests.fakes.settlement import ToldDoor

POOLED = PayOrder(PaymentKind.POOLED)
THREE = Settlement("S3", "M3", fund_fen=5000, account_fen=1000, mutual_fen=0, cash_fen=540)
ONE = Settlement("S1", "M1", fund_fen=2000, account_fen=0, mutual_fen=0, cash_fen=180)
TWO = Settlement("S2", "M2", fund_fen=3000, account_fen=1000, mutual_fen=0, cash_fen=360)


class Desk:
    """A counter with its payments and undoing; the settlement lane runs when it is told to."""

    def __init__(self, shop: Shop, door: ToldDoor | None) -> None:
        self.shop, self.door, self.time = shop, door, 0.0
        self.later: list[Callable[[], object]] = []
        self.payments = Payments(
            shop.open_sale, shop.desk, door, lambda: shop.settings, lambda job: job(),
            self.later.append, shop.news.append, lambda _: None, lambda: None, lambda _, __: None,
            lambda: self.time,
        )  # fmt: skip
        ledger = shop.ledger
        self.undoing = Undoing(
            undos=ledger.undoings, sales=ledger.sales, returns=ledger.returns,
            events=ledger.chain, open_sale=shop.open_sale, payments=self.payments, door=door,
            clock=shop.clock, to_desk=lambda job: job(),
            to_settlement=self.later.append, post=shop.news.append, wake_courier=lambda: None,
            monotonic=lambda: self.time,
        )  # fmt: skip

    def run(self) -> None:
        while self.later:
            self.later.pop(0)()

    def sell(self, *codes: str, settlement: Settlement = THREE, order: PayOrder = POOLED) -> Sale:
        """An insured sale that the door has settled."""
        for code in codes:
            self.shop.scan(code)
        assert self.door is not None
        self.door.answer = Settled(settlement)
        ended = self.payments.pay(order)
        self.run()
        sale: Any = ended.result(timeout=0)
        assert sale.what is PayDid.PAID, sale
        return sale.sale  # type: ignore[no-any-return]

    def begin(self, sale: Sale, code: str | None = None, **how: bool) -> "Future[ReturnAnswer]":
        wanted = [self.shop.open_sale.back.place_of(sale.number, code)] if code else None
        confirmed = how.get("confirmed", False)
        begun = self.undoing.begin(sale.number, wanted, "质量问题", confirmed=confirmed)
        assert begun is not None
        return begun

    def undo(self, sale: Sale, code: str | None = None, **how: bool) -> ReturnAnswer:
        begun = self.begin(sale, code, **how)
        self.run()
        return begun.result(timeout=0)
