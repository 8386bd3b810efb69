"""The no-code library (无码库) as wishes for the desk lane: keep, approve, close, take a box.

Like the counter's, the methods may be called from any thread; each wish has its answer by a future.
"""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace

from pharmacy_desk.core.people.free_text import kept
from pharmacy_desk.core.people.people import Approval, Request, Subject
from pharmacy_desk.core.ports.catalogue import CatalogueLedger
from pharmacy_desk.core.ports.doors import Clock
from pharmacy_desk.core.ports.no_code import NoCodeLedger
from pharmacy_desk.core.ports.sales import SalesLedger
from pharmacy_desk.core.sale.refund import ReturnDocument, ReturnRefusal, Wanted
from pharmacy_desk.core.stock.no_code import (
    Bar,
    CloseReason,
    Draft,
    NoCodeEntry,
    NoCodeSold,
    NoCodeState,
    Term,
    flaw,
)
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import ReturnAnswer, ReturnDid, SaleAnswer, SaleDid, returned
from pharmacy_desk.counter.lanes import Lane
from pharmacy_desk.counter.people.approvals import Approvals
from pharmacy_desk.counter.people.awaited import awaited
from pharmacy_desk.counter.sale.open_sale import OpenSale
from pharmacy_desk.counter.views.stock_answers import NoCodeAnswer, NoCodeDid


class NoCodeWishes:
    """Keeps the library.

    `shut` says why the open sale must not change just now, `looked` has the gate looked
    at after a change.
    """

    def __init__(
        self,
        *,
        lane: Lane,
        sales: SalesLedger,
        no_code: NoCodeLedger,
        catalogue: CatalogueLedger,
        open_sale: OpenSale,
        approvals: Approvals,
        clock: Clock,
        shut: Callable[[], SaleDid | None],
        looked: Callable[[], object],
        post: Callable[[news.News], None],
        wake_courier: Callable[[bool], None],
    ) -> None:
        self._lane = lane
        self._sales = sales
        self._no_code = no_code
        self._catalogue = catalogue
        self._open_sale = open_sale
        self._approvals = approvals
        self._clock = clock
        self._wake_courier = wake_courier
        self._shut = shut
        self._looked = looked
        self._post = post

    def term(self) -> Term:
        """Today, and the last day on which the region settles without a code; told at once."""
        return self._open_sale.second.term()

    def keep(self, draft: Draft) -> Future[NoCodeAnswer]:
        """Put an entry into the library; it gives boxes once a manager has approved it."""

        def job() -> NoCodeAnswer:
            actor = self._open_sale.who.actor()
            today = actor.at.date()
            item = self._catalogue.find_item(draft.item)
            why = flaw(draft, item, today)
            if why or item is None:
                return NoCodeAnswer(NoCodeDid.FLAWED, flaw=why)
            evidence = kept(draft.evidence, today)
            whole = replace(draft, item=item.code, evidence=evidence)
            entry = self._no_code.keep_no_code(actor, whole)
            self._post(news.NoCodeChanged(entry.number, NoCodeState.PROPOSED))
            return NoCodeAnswer(NoCodeDid.KEPT, entry.number)

        return self._lane.wish(job)

    def approve(self, number: str) -> Future[NoCodeAnswer]:
        """Ask a manager to approve an entry."""

        def job() -> NoCodeAnswer:
            entry = self._no_code.no_code_entry(number)
            if entry is None or entry.state is not NoCodeState.PROPOSED:
                return self._barred(number)
            if not self._approvals.possible():
                return NoCodeAnswer(NoCodeDid.BARRED, number, bar=Bar.NOBODY)
            request = self._request(entry)
            later = awaited(
                lambda then, dropped: self._approvals.want_yes(
                    request,
                    then,
                    dropped,
                    still=lambda: self._no_code.no_code_entry(number) == entry,
                ),
                lambda yes: self._approved(number, yes),
                NoCodeAnswer(NoCodeDid.NOT_APPROVED, number),
            )
            return NoCodeAnswer(NoCodeDid.APPROVAL_AWAITED, number, later=later)

        return self._lane.wish(job)

    def _request(self, entry: NoCodeEntry) -> Request:
        item = self._catalogue.find_item(entry.item)
        name = f"{item.name if item else entry.item} {entry.batch.lot or ''}".strip()
        return Request(
            Subject.NO_CODE,
            Subject.NO_CODE.value,
            self._open_sale.who.person,
            name,
            entry.quantity,
            document=entry.number,
            author=entry.operator,
        )

    def _approved(self, number: str, yes: Approval) -> NoCodeAnswer:
        actor = self._open_sale.who.actor()
        event = yes.event(actor.at)
        if not self._no_code.approve_no_code(actor, number, yes.approver, event):
            return self._barred(number)
        self._post(news.NoCodeChanged(number, NoCodeState.APPROVED))
        return NoCodeAnswer(NoCodeDid.APPROVED, number)

    def close(self, number: str, why: CloseReason) -> Future[NoCodeAnswer]:
        """An entry gives no box any more; what it says stays in the records."""

        def job() -> NoCodeAnswer:
            if not self._no_code.close_no_code(self._open_sale.who.actor(), number, why.value):
                return self._barred(number)
            self._post(news.NoCodeChanged(number, NoCodeState.CLOSED))
            return NoCodeAnswer(NoCodeDid.CLOSED, number)

        return self._lane.wish(job)

    def _barred(self, number: str) -> NoCodeAnswer:
        """Why nothing was done with an entry, by the state it is in."""
        entry = self._no_code.no_code_entry(number)
        if entry is None:
            bar = Bar.NOT_FOUND
        else:
            closed = entry.state is NoCodeState.CLOSED
            bar = Bar.CLOSED if closed else Bar.APPROVED_BEFORE
        return NoCodeAnswer(NoCodeDid.BARRED, number, bar=bar)

    def take_back(self, box: NoCodeSold, number: str, reason: str) -> Future[ReturnAnswer]:
        """A customer brings back a box that was sold from an entry; it goes to the returns."""

        def job() -> ReturnAnswer:
            sale = self._sales.load_sale(box.sale)
            if sale and sale.settlement and not sale.settlement.cancelled:
                return ReturnAnswer(ReturnDid.INSURED, "")
            answer = returned(self._taken_back(box, number, reason))
            if answer.number:
                self._post(news.Returned(answer.number, ""))
                self._post(news.QueueChanged())
                self._wake_courier(False)
            return answer

        return self._lane.wish(job)

    def _taken_back(
        self, box: NoCodeSold, number: str, reason: str
    ) -> ReturnDocument | ReturnRefusal:
        """The return's document, or why there is none.

        A returned box gives nothing back to the library: it is not sold again (facts on the
        trade, section 3).
        """
        sale = self._sales.load_sale(box.sale)
        found = (
            Wanted(line.number, one.entry)
            for line in (sale.lines if sale else ())
            for one in line.no_code
            if one.entry == box.entry and one.number == number
        )
        wanted = [next(found, Wanted(0))]
        return self._open_sale.back.take(self._open_sale.who.actor(), box.sale, wanted, reason)

    def take(self, number: str, line: int) -> Future[SaleAnswer | NoCodeAnswer]:
        """Put one box of an entry into a line of the open sale that lacks a code."""

        def job() -> SaleAnswer | NoCodeAnswer:
            sale = self._open_sale.sale
            shut = self._shut()
            if shut:
                return SaleAnswer(shut)
            why: Bar | None = Bar.NOTHING_LACKING
            if sale is not None:
                why = self._open_sale.boxes.take_no_code(line, number)
                sale = self._open_sale.sale
            self._post(news.SaleChanged(sale, self._open_sale.held.count(), self._open_sale.chosen))
            self._looked()
            if why:
                return NoCodeAnswer(NoCodeDid.BARRED, number, bar=why)
            self._post(news.NoCodeTaken(number, line))
            return self._taken(number, line)

        return self._lane.wish(job)

    def _taken(self, number: str, place: int) -> NoCodeAnswer:
        entry, sale = self._no_code.no_code_entry(number), self._open_sale.sale
        lines = sale.lines if sale else ()
        return NoCodeAnswer(
            NoCodeDid.TAKEN,
            number,
            lot=entry.batch.lot or "" if entry else "",
            left=entry.left if entry else 0,
            lacking=sum(line.lacking for line in lines if line.number == place),
        )
