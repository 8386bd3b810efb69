"""Wishes about goods of a paid sale: brought back, cancelled, put back on the shelf."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Protocol

from pharmacy_desk.core.people.people import Approval, Request, Subject
from pharmacy_desk.core.sale.refund import Wanted
from pharmacy_desk.core.sale.restore import RestoreRefusal
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import ReturnAnswer, ReturnDid, SaleAnswer, not_restored
from pharmacy_desk.counter.lanes import Lane, answered, flat
from pharmacy_desk.counter.sale.customer_wishes import Guard
from pharmacy_desk.counter.sale.desk import Desk
from pharmacy_desk.counter.sale.open_sale import OpenSale


class Undoes(Protocol):
    """Who undoes insured sales (`Undoing`)."""

    def begin(
        self, receipt: str, wanted: Sequence[Wanted] | None, reason: str, *, confirmed: bool
    ) -> Future[ReturnAnswer] | None:
        """Take goods of an insured sale back; None where an ordinary return does."""
        ...


class ReturnWishes:
    """Takes goods back; of an insured sale the settlement is undone first."""

    def __init__(
        self,
        *,
        lane: Lane,
        open_sale: OpenSale,
        desk: Desk,
        undoing: Undoes,
        guard: Guard,
        post: Callable[[news.News], None],
        wake_courier: Callable[[bool], None],
    ) -> None:
        self._lane = lane
        self._open_sale = open_sale
        self._desk = desk
        self._undoing = undoing
        self._guard = guard
        self._post = post
        self._wake_courier = wake_courier

    def take_back(
        self, receipt: str, code: str, reason: str, *, confirmed: bool = False
    ) -> Future[ReturnAnswer]:
        """A customer brings a box back; `confirmed` as for goods."""

        def job() -> Future[ReturnAnswer]:
            wanted = [self._open_sale.back.place_of(receipt, code)]
            begun = self._undoing.begin(receipt, wanted, reason, confirmed=confirmed)
            return begun or answered(
                self._came_back(self._open_sale.returns.take_back(receipt, code, reason))
            )

        return flat(self._lane.wish(job))

    def take_goods_back(
        self, receipt: str, wanted: Sequence[Wanted], reason: str, *, confirmed: bool = False
    ) -> Future[ReturnAnswer]:
        """A customer brings any goods of a receipt back: one document, whole or not at all.

        Of an insured sale the settlement is cancelled first, and what is kept settled anew;
        `confirmed` says that a person has cancelled it at the insurance's own terminal.
        """

        def job() -> Future[ReturnAnswer]:
            begun = self._undoing.begin(receipt, wanted, reason, confirmed=confirmed)
            return begun or answered(
                self._came_back(self._open_sale.returns.take_goods_back(receipt, wanted, reason))
            )

        return flat(self._lane.wish(job))

    def cancel_sale(
        self, receipt: str, reason: str, *, confirmed: bool = False
    ) -> Future[ReturnAnswer]:
        """Cancel a whole insured sale (整单冲正): the settlement first, then every box."""

        def job() -> Future[ReturnAnswer]:
            begun = self._undoing.begin(receipt, None, reason, confirmed=confirmed)
            return begun or answered(ReturnAnswer(ReturnDid.NO_SUCH_RECEIPT, ""))

        return flat(self._lane.wish(job))

    def put_back(self, receipt: str, code: str, reason: str) -> Future[ReturnAnswer | SaleAnswer]:
        """Put a sold box back on the shelf (撤销), once a manager has approved it."""

        def job() -> ReturnAnswer:
            approvals, found = (
                self._desk.approvals,
                self._open_sale.returns.restorable(receipt, code),
            )
            if not isinstance(found, RestoreRefusal) and not approvals.possible():
                found = RestoreRefusal.NOBODY
            if isinstance(found, RestoreRefusal):
                return not_restored(found, code)
            sale, line, _ = found
            request = Request(
                subject=Subject.RESTORE,
                what=Subject.RESTORE.value,
                asker=self._open_sale.who.person,
                name=line.item.name,
                boxes=1,
                code=code,
                document=sale.number,
            )

            def approved(approval: Approval) -> ReturnAnswer:
                return self._came_back(
                    self._open_sale.returns.put_back(sale.number, code, reason, approval)
                )

            approvals.want_yes(request, approved)
            return ReturnAnswer(ReturnDid.APPROVAL_AWAITED, code, on_shelf=True)

        return self._guard(job)

    def _came_back(self, answer: ReturnAnswer) -> ReturnAnswer:
        """A box that came back has its document on the disk: tell whoever shows it or sends it."""
        if answer.number:
            self._post(news.Returned(answer.number, answer.code, restored=answer.on_shelf))
            self._post(news.QueueChanged())
            self._wake_courier(False)
        return answer
