"""The keeper of prices: a line of the open sale costs something else, by right or by a yes."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeAlias

from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.people.people import clean_reason
from pharmacy_desk.core.sale.prices import PriceRefusal, right_for
from pharmacy_desk.core.sale.sale import Line
from pharmacy_desk.counter.answers import NO_PRICE, SaleAnswer, SaleDid
from pharmacy_desk.counter.sale.desk import Desk
from pharmacy_desk.counter.sale.line_back import LineBack, Repriced
from pharmacy_desk.counter.sale.open_sale import OpenSale

# Does a wish on the desk lane, unless the counter is locked or the sale settled.
Guard: TypeAlias = Callable[[Callable[[], SaleAnswer]], Future[SaleAnswer]]


class PriceWishes:
    """Takes wishes from any thread; each returns what became of it.

    Who may not by their role is not sent away: a second person is asked in place.
    """

    def __init__(
        self,
        *,
        open_sale: OpenSale,
        desk: Desk,
        steps: LineBack,
        guard: Guard,
        changed: Callable[[], object],
    ) -> None:
        self._open_sale = open_sale
        self._desk = desk
        self._steps = steps
        self._guard = guard
        self._changed = changed

    def reprice(self, number: int, fen: int, reason: str) -> Future[SaleAnswer]:
        """Let one of a line cost `fen`, with a reason; its price by the list takes that back."""
        return self._guard(lambda: self._wished(number, fen, clean_reason(reason)))

    def undo(self) -> SaleAnswer | None:
        """On the desk's thread: the price a line had before, when its change was the last step.

        A price above or below the list that comes back so is asked for like any other.
        """
        step = self._steps.last_price()
        line = self._steps.there(step) if step else None
        if step is None or line is None:
            return None
        reason = step.line.repriced.reason if step.line.repriced else ""
        return self._wished(line.number, step.line.price_fen, reason, step)

    def _wished(
        self, number: int, fen: int, reason: str, undone: Repriced | None = None
    ) -> SaleAnswer:
        line, sale = self._open_sale.line(number), self._open_sale.sale
        refused = self._refused(number, fen, reason)
        if refused or line is None or sale is None:
            return refused or SaleAnswer(NO_PRICE[PriceRefusal.NOTHING_THERE])
        right = right_for(line, fen, self._open_sale.lines.free_discount())
        if right is None:
            return self._done(line, fen, reason, "", undone)

        def allowed(approver: str) -> SaleAnswer:
            """What was asked for may be gone by the time somebody says yes."""
            now = self._open_sale.line(number) if self._open_sale.sale else None
            same = self._open_sale.sale and self._open_sale.sale.number == sale.number
            if now is None or not same or now.item.code != line.item.code:
                return SaleAnswer(NO_PRICE[PriceRefusal.NOTHING_THERE], line.item.name)
            if self._desk.paying:
                return SaleAnswer(SaleDid.SETTLING)
            refused = self._refused(number, fen, reason)
            return refused or self._done(now, fen, reason, approver, undone)

        about = f"{line.item.name} ¥{yuan(line.list_fen)} → ¥{yuan(fen)} ×{line.quantity}"
        done = self._desk.approvals.by_right(right, f"{about} · {reason}", allowed)
        return done or SaleAnswer(SaleDid.MANAGER_AWAITED)

    def _refused(self, number: int, fen: int, reason: str) -> SaleAnswer | None:
        payment = self._desk.gate.payment
        insured = payment is not None and payment.insured
        refused = self._open_sale.lines.price_refusal(number, fen, reason, insured=insured)
        line = self._open_sale.line(number)
        name = line.item.name if line else ""
        return SaleAnswer(NO_PRICE[refused], name) if refused else None

    def _done(
        self, line: Line, fen: int, reason: str, approver: str, undone: Repriced | None
    ) -> SaleAnswer:
        after = self._open_sale.lines.reprice(line, fen, reason, approver)
        if undone:
            self._steps.forget(undone)
        elif (after.price_fen, after.list_fen) != (line.price_fen, line.list_fen):
            self._steps.repriced(line)
        self._changed()
        what = SaleDid.REPRICED if after.repriced else SaleDid.PRICE_BACK
        return SaleAnswer(what, f"{after.item.name} ¥{yuan(fen)}")
