"""The cashier: from "pay" to the receipt. The settlement is asked off the desk lane."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.basics.policy import Action
from pharmacy_desk.core.people.people import Approval, Request, Subject
from pharmacy_desk.core.ports.doors import SettlementDoor
from pharmacy_desk.core.sale.gate.facts import Refusal
from pharmacy_desk.core.sale.sale import Sale, Settlement
from pharmacy_desk.core.scanning.persons import names_person
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.counter import news
from pharmacy_desk.counter.sale.desk import Desk
from pharmacy_desk.counter.sale.till import PayOrder, Till


class Cashier:
    """Takes a payment through gate, settlement and ledger; then wakes printer and courier.

    While the settlement is being asked the counter stays usable: scans wait and belong to the
    next sale (`Desk.paying`).
    """

    def __init__(
        self,
        till: Till,
        desk: Desk,
        door: SettlementDoor | None,
        settings: Callable[[], Settings],
        to_desk: Callable[[Callable[[], object]], None],
        to_settlement: Callable[[Callable[[], object]], None],
        post: Callable[[news.News], None],
        print_receipt: Callable[[str], None],
        wake_courier: Callable[[], None],
        line: Callable[[bool, str], None],
    ) -> None:
        self._till = till
        self._desk = desk
        self._door = door
        self._settings = settings
        self._to_desk = to_desk
        self._to_settlement = to_settlement
        self._post = post
        self._print_receipt = print_receipt
        self._wake_courier = wake_courier
        self._line = line

    def pay(self, order: PayOrder) -> None:
        """Begin a payment (desk lane). The answer is posted: paid, refused, or settling."""
        sale = self._till.sale
        if self._desk.paying:
            return
        if sale is None or not sale.lines:
            self._post(news.SaleChanged(sale, self._till.held_count(), "nothing_to_pay"))
            return
        if order.setl_id and names_person(order.setl_id, self._till.term().today):
            why = WorldError(Fault.PERSON_NUMBER, where="settlement number")
            self._post(news.PayRefused(sale, order.payment, (), why))
            return
        insured = order.payment.insured
        can_settle = not insured or bool(order.setl_id) or self._door is not None
        refusals = self._till.refusals(order, can_settle)
        if refusals:
            self._post(news.PayRefused(sale, order.payment, refusals))
            if all(refusal.action is Action.APPROVE for refusal in refusals):
                self._ask_second_person(sale, order, refusals)
        elif insured and not order.setl_id:
            self._desk.paying = True
            self._post(news.PayStarted(sale, order.payment))
            self._to_settlement(lambda: self._settle(sale, order))
        else:
            known = Settlement(order.setl_id, "") if insured and order.setl_id else None
            self._finish(order, _with_visit(known, sale), judged=True)

    def _ask_second_person(self, sale: Sale, order: PayOrder, refusals: Sequence[Refusal]) -> None:
        """Only a yes stands between this sale and its payment: pay when it comes."""
        reasons = frozenset(refusal.reason for refusal in refusals)
        request = Request(
            Subject.GATE, ",".join(refusal.reason.value for refusal in refusals),
            self._till.person, boxes=sum(refusal.boxes for refusal in refusals),
            document=sale.number,
        )  # fmt: skip

        def pay(approval: Approval) -> None:
            self.pay(replace(order, approved=order.approved | reasons, approval=approval))

        approvals = self._desk.approvals
        approvals.ask(request, pay, still=lambda: self._till.sale == sale)

    def _settle(self, sale: Sale, order: PayOrder) -> None:
        """Ask the settlement (settlement lane), then go on at the desk."""
        door = self._door
        if door is None:
            raise AssertionError("the gate lets nothing through without a settlement door")
        try:
            settlement = door.settle(sale, order.payment.value)
        except WorldError as error:
            failure = error
            self._line(False, str(error.params.get("detail", "")))
            self._to_desk(lambda: self._refuse(sale, order, failure))
            return
        except BaseException:  # a bug of ours must not keep the counter waiting
            self._to_desk(self._desk.release_waiting)
            raise
        self._line(True, "")
        self._to_desk(lambda: self._finish(order, settlement))

    def _refuse(self, sale: Sale, order: PayOrder, error: WorldError) -> None:
        refusals = self._till.refusals(order, settled=False)
        self._post(news.PayRefused(sale, order.payment, refusals, error))
        self._desk.refuse_waiting()

    def _finish(
        self, order: PayOrder, settlement: Settlement | None, *, judged: bool = False
    ) -> None:
        """Write the sale down (desk lane); paper and network come after the commit."""
        kept_open = False
        try:
            paid = self._till.complete(order, settlement, judged=judged)
            if isinstance(paid, Sale):
                self._desk.sale_ended()
                self._post(news.Paid(paid, self._till.held_count()))
                if self._settings().flag("receipt.auto_print"):
                    self._print_receipt(paid.number)
                self._wake_courier()
            elif paid and self._till.sale:
                kept_open = True
                self._post(news.PayRefused(self._till.sale, order.payment, paid))
        finally:
            self._till.refresh()
            # Scans that came meanwhile would fall into a sale that is open still.
            (self._desk.refuse_waiting if kept_open else self._desk.release_waiting)()


def _with_visit(settlement: Settlement | None, sale: Sale) -> Settlement | None:
    """An id typed from the insurance's terminal has no visit id: the sale's own serial stands in.

    `mdtrt_sn` is required (facts on platforms, 2.5 row 14) and is never invented to look like one.
    """
    if settlement is None:
        return None
    return Settlement(
        settlement.setl_id, sale.number.replace("-", ""), settlement.fund_fen, sale.total_fen, 0
    )
