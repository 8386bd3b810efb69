"""Payments: from "pay" to the receipt. The settlement is asked off the desk lane."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from typing import TypeAlias

from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.basics.policy import Action
from pharmacy_desk.core.people.people import Approval, Request, Subject
from pharmacy_desk.core.ports.settlement import (
    Bill,
    Cancelled,
    NoneThere,
    Refused,
    Settled,
    SettlementAnswer,
    SettlementDoor,
    Unknown,
)
from pharmacy_desk.core.sale.gate.facts import Refusal, Told
from pharmacy_desk.core.sale.sale import Sale, SaleState, Settlement
from pharmacy_desk.core.sale.settlement import Asked, Outcome, SettlementState
from pharmacy_desk.core.scanning.persons import names_person
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.core.upload.outbox import backoff_s
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import PayAnswer, PayDid, SaleAnswer, SaleDid
from pharmacy_desk.counter.lanes import answered
from pharmacy_desk.counter.sale.desk import Desk
from pharmacy_desk.counter.sale.open_sale import OpenSale
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from pharmacy_desk.counter.sale.patients import Patients
from pharmacy_desk.counter.sale.settling import line_of, split_wrong, stops

# A payment under way: its answer comes once, whatever it comes to.
Ended: TypeAlias = Future[PayAnswer | SaleAnswer]

# Between two questions about one lost answer: a dropped line is back in seconds, a platform that
# is down is not knocked at more than once a minute.
_AGAIN_FIRST_S, _AGAIN_MOST_S = 2.0, 60.0
# What is told where the settings name no settlement address any more.
_NO_DOOR = "no_settlement_address"
# What is kept of a question that was undone because its answer was lost.
_REVERSED = "reversed"


class Payments:
    """Takes a payment through gate, settlement and ledger; then wakes printer and courier.

    What is asked of the insurance is on the disk before it is asked (`OpenSale.settling`): a kill
    or a lost answer leaves it undecided, and it is asked about again before the sale goes on.
    Scans that come while it is asked wait and belong to the next sale. A sale that was put aside
    meanwhile (`OpenSale.aside`) is asked about just so, and paid where it is.
    """

    def __init__(
        self,
        open_sale: OpenSale,
        desk: Desk,
        door: SettlementDoor | None,
        settings: Callable[[], Settings],
        to_desk: Callable[[Callable[[], object]], None],
        to_settlement: Callable[[Callable[[], object]], None],
        post: Callable[[news.News], None],
        print_receipt: Callable[[str], object],
        wake_courier: Callable[[], None],
        line: Callable[[bool, str], None],
        monotonic: Callable[[], float] = time.monotonic,
        patients: Patients | None = None,
    ) -> None:
        self._patients = patients
        self._open_sale = open_sale
        self._desk = desk
        self._door = door
        self._settings = settings
        self._to_desk = to_desk
        self._to_settlement = to_settlement
        self._post = post
        self._print_receipt = print_receipt
        self._wake_courier = wake_courier
        self._line = line
        self._monotonic = monotonic
        # What is under way on the settlement lane: the sale of each settlement.
        self._under_way: dict[str, str] = {}
        # How often each was asked about, and when it is time again.
        self._tries: dict[str, int] = {}
        self._again_at: dict[str, float] = {}
        # When the ledger is looked through for settlements to be cancelled; never where none is.
        self._cancel_at = float("-inf")

    def pay(self, order: PayOrder) -> Ended:
        """Begin a payment (desk lane); the answer is there once it is known what it came to."""
        sale, asked = self._open_sale.sale, self._open_sale.settling
        if sale is None or not sale.lines:
            return answered(SaleAnswer(SaleDid.NOTHING_TO_PAY))
        if sale.number in self._under_way.values():
            return answered(SaleAnswer(SaleDid.SETTLING))
        insured, ended = order.payment.insured, Ended()
        if asked and not (order.settled and insured):
            self._ask_about(sale, asked, ended, pressed=True)
            return ended
        stopped = self._stopped(sale, order)
        if stopped:
            return answered(stopped)
        if insured and not order.settled:
            early = self._not_yet(sale, order)
            if early:
                return answered(early)
            asked = self._open_sale.settlements.ask(order)
            sale = self._open_sale.sale or sale
            self._post(news.PayStarted(sale, order.payment))
            # The approval is on the disk with what was asked.
            self._ask(sale, replace(order, approval=None), asked, ended)
            return ended
        known = replace(order.settled, typed=True) if insured and order.settled else None
        self._end(ended, lambda: self._finish(order, known, judged=True))
        return ended

    def _not_yet(self, sale: Sale, order: PayOrder) -> PayAnswer | None:
        """The step that comes first: a person is shown, or the split is looked at again."""
        if order.preview and not order.preview.fits(sale, order.payment):
            return PayAnswer(PayDid.CHANGED, sale)
        return stops(self._door, self._patients, sale)

    def _stopped(self, sale: Sale, order: PayOrder) -> PayAnswer | None:
        """Why this payment does not begin; a second person is asked where only a yes is lacking."""
        typed = order.settled
        if typed and any(
            names_person(number, self._open_sale.second.term().today)
            for number in (typed.setl_id, typed.mdtrt_id or "")
        ):
            why = WorldError(Fault.PERSON_NUMBER, where="settlement number")
            return PayAnswer(PayDid.PERSON_NUMBER, sale, error=why)
        can_settle = not order.payment.insured or typed is not None or self._door is not None
        refusals = self._open_sale.gate.refusals(order, can_settle, self._told(sale, order))
        if not refusals:
            return None
        if any(refusal.action is not Action.APPROVE for refusal in refusals):
            return PayAnswer(PayDid.REFUSED, sale, refusals)
        self._ask_second_person(sale, order, refusals)
        return PayAnswer(PayDid.APPROVAL_AWAITED, sale, refusals)

    def _told(self, sale: Sale, order: PayOrder) -> Told:
        """What the gate hears of the payment itself."""
        covered = self._open_sale.gate.covered(order.payment) or sale
        typed = order.settled if order.payment.insured else None
        owed_fen: int | None = sale.total_fen
        if typed:
            owed_fen = replace(covered, settlement=typed).owed_fen
        elif order.payment.insured:
            # Not known while it was neither previewed nor settled.
            owed_fen = order.preview.owed_fen if order.preview else None
        return Told(
            settlement=typed,
            insured_fen=covered.insured_fen,
            handed=order.handed,
            owed_fen=owed_fen,
            rounding=self._open_sale.ending.rounding,
        )

    def _ask_second_person(self, sale: Sale, order: PayOrder, refusals: Sequence[Refusal]) -> None:
        """Only a yes stands between this sale and its payment: pay when it comes."""
        reasons = frozenset(refusal.reason for refusal in refusals)
        request = Request(
            Subject.GATE,
            ",".join(refusal.reason.name for refusal in refusals),
            self._open_sale.who.person,
            boxes=sum(refusal.boxes for refusal in refusals),
            document=sale.number,
        )

        def pay(approval: Approval) -> Ended:
            return self.pay(replace(order, approved=order.approved | reasons, approval=approval))

        approvals = self._desk.approvals
        approvals.want_yes(request, pay, still=lambda: self._open_sale.sale == sale)

    def look(self) -> None:
        """Ask about settlements of which nothing is known, when it is time; no wish waits for it.

        After a kill the first look asks: what was paid for in the life before is not known here.
        """
        for asked in (self._open_sale.settling, *self._open_sale.aside):
            sale = self._sale_of(asked) if asked else None
            if asked is None or sale is None or asked.id in self._under_way:
                continue
            told_before = asked.state is not SettlementState.ASKED
            again_at = self._again_at.get(asked.id, float("-inf"))
            if told_before if self._door is None else self._monotonic() < again_at:
                continue
            ended, first = Ended(), asked.id not in self._tries
            ended.add_done_callback(partial(self._tell, first=first))
            self._ask_about(sale, asked, ended)
        self._cancel_again()

    def settle_kept(self, number: str) -> "Future[PayAnswer]":
        """Settle what is kept of a sale that is undone: put aside, and asked for already."""
        asked = next(one for one in self._open_sale.aside if one.sale == number)
        ended, told = Ended(), Future[PayAnswer]()

        def came(paid: Ended) -> None:
            answer = None if paid.exception() else paid.result()
            if isinstance(answer, PayAnswer):
                told.set_result(answer)
            else:
                why = paid.exception() or AssertionError("what is kept has lines")
                told.set_exception(why)

        ended.add_done_callback(came)
        sale = self._kept(asked)
        order = PayOrder(asked.payment, None, asked.tendered_fen, asked.tendered)
        self._ask(sale, order, asked, ended)
        return told

    def bring_back(self, number: str) -> None:
        """A sale put aside that a person is to settle comes to the counter where it is free."""
        if self._desk.idle:
            self._open_sale.held.take_up(number)
        self._post(news.SaleChanged(self._open_sale.sale, self._open_sale.held.count()))

    def _cancel_again(self) -> None:
        """A settlement that could not be cancelled, in this life or before, is not let stand."""
        if self._door is None or self._monotonic() < self._cancel_at:
            return
        self._cancel_at = float("inf")
        for asked, sale in self._open_sale.settlements.standing():
            if sale.number not in self._under_way.values():
                self._cancel(asked, asked.setl_id or "", sale)

    def _sale_of(self, asked: Asked) -> Sale | None:
        """The sale a settlement is for: one that was put aside, or the open one."""
        return self._open_sale.settlements.put_aside(asked.id) or self._open_sale.sale

    def _tell(self, ended: Ended, *, first: bool) -> None:
        """What a payment came to that nobody waits for; that it is not known yet is told once."""
        told = None if ended.exception() else ended.result()
        if isinstance(told, PayAnswer) and (first or told.what is not PayDid.UNDECIDED):
            self._post(news.PayEnded(told))

    def _ask_about(self, sale: Sale, asked: Asked, ended: Ended, *, pressed: bool = False) -> None:
        """Ask again what became of a settlement."""
        if self._door is None:
            self._end(ended, lambda: self._no_door(sale, asked))
            return
        if pressed:
            self._post(news.PayStarted(sale, asked.payment))
        order = PayOrder(asked.payment, None, asked.tendered_fen, asked.tendered)
        self._ask(sale, order, asked, ended, again=True)

    def _no_door(self, sale: Sale, asked: Asked) -> PayAnswer:
        """Nobody to ask any more: a person reads the number off the insurance's terminal."""
        if asked.state is SettlementState.ASKED:
            outcome = Outcome(SettlementState.UNKNOWN, words=_NO_DOOR)
            self._open_sale.settlements.end(asked.id, outcome)
        return self._not_settled(PayDid.UNDECIDED, sale, asked, Fault.SETTLEMENT_UNKNOWN, _NO_DOOR)

    def _ask(
        self, sale: Sale, order: PayOrder, asked: Asked, ended: Ended, *, again: bool = False
    ) -> None:
        """Ask on the settlement lane; the answer comes back to the desk lane."""
        door = self._door
        if door is None:
            raise AssertionError("the gate lets nothing through without a settlement door")
        bill = self.bill(sale, asked, fresh=again)
        question = door.ask_again if again else door.settle

        def job() -> None:
            try:
                answer = question(bill)
            except BaseException as error:  # a bug of ours: what it did at the door is not known
                lost = Unknown(type(error).__name__)
                self._to_desk(lambda: self._answered(order, asked, lost, ended, again=again))
                raise
            self._line(*line_of(answer))
            self._to_desk(lambda: self._answered(order, asked, answer, ended, again=again))

        self._under_way[asked.id] = sale.number
        self._to_settlement(job)

    def bill(self, sale: Sale, asked: Asked, *, fresh: bool) -> Bill:
        """What the insurance is asked about; `fresh` gives the message an id of its own."""
        return Bill(
            # Only what the insurance pays is its business; the rest of the basket is not told.
            sale=replace(sale.insured_part(), number=asked.document),
            payment=asked.payment,
            sender=self._open_sale.who.sender(),
            msgid=asked.msgid or "",
            fresh=self._open_sale.settlements.message_id() if fresh else "",
            patient=self._patients.of(sale) if self._patients else None,
        )

    def _answered(
        self, order: PayOrder, asked: Asked, answer: SettlementAnswer, ended: Ended, *, again: bool
    ) -> None:
        """The door has answered (desk lane): the payment ends, whatever it is.

        Unless what was lost is undone, and the same is asked for anew.
        """
        del self._under_way[asked.id]
        if not isinstance(answer, NoneThere) or not self._can_ask_anew(asked):
            self._end(ended, lambda: self._came_to(order, asked, answer, again=again))
            return
        try:
            self._ask_anew(order, asked, ended)
        except BaseException as error:
            ended.set_exception(error)
            self._desk.waiting.release()
            raise

    def _can_ask_anew(self, asked: Asked) -> bool:
        """Whether whom it is for is still at hand, or need not be."""
        patient = self._patients.of(self._kept(asked)) if self._patients else None
        if patient:
            return patient.shown
        return self._door is not None and not self._door.wants_person

    def _ask_anew(self, order: PayOrder, asked: Asked, ended: Ended) -> None:
        """The insurance holds nothing of a lost question: it is asked once more, as a new one."""
        sale, aside = self._kept(asked), self._open_sale.settlements.put_aside(asked.id)
        gone = Outcome(SettlementState.CANCELLED, words=_REVERSED)
        self._open_sale.settlements.end(asked.id, gone)
        again = PayOrder(asked.payment, None, asked.tendered_fen, asked.tendered)
        anew = self._open_sale.settlements.ask(again, aside)
        self._tries[anew.id] = self._tries.pop(asked.id, 0)
        self._ask(sale, order, anew, ended)

    def _kept(self, asked: Asked) -> Sale:
        """The sale a settlement is for; one that is being settled is kept."""
        sale = self._sale_of(asked)
        if sale is None:
            raise AssertionError("a sale that is being settled is kept")
        return sale

    def _end(self, ended: Ended, work: Callable[[], PayAnswer | SaleAnswer]) -> None:
        """Give the answer, once on every path; then the scans that came meanwhile have their turn.

        They would fall into a sale that is open still: whose boxes came is not known then. Those
        that wait for another settlement go on waiting.
        """
        try:
            told = work()
        except BaseException as error:
            ended.set_exception(error)
            self._desk.waiting.release()
            raise
        ended.set_result(told)
        if self._open_sale.settling and self._open_sale.settling.state is SettlementState.ASKED:
            return
        kept_open = isinstance(told, PayAnswer) and told.what is not PayDid.PAID
        (self._desk.waiting.refuse if kept_open else self._desk.waiting.release)()

    def _came_to(
        self, order: PayOrder, asked: Asked, answer: SettlementAnswer, *, again: bool
    ) -> PayAnswer | SaleAnswer:
        """What the door said. Not reached again: what was asked first is not known."""
        sale = self._kept(asked)
        self._again_at[asked.id] = self._monotonic() + self._gap(asked)
        match answer:
            case Settled(settlement) if not settlement.adds_up(sale.insured_fen):
                # Nothing of it can be told to anybody: it is undone there, and the sale stays open.
                self._take_back(asked, settlement, sale, ())
                wrong = split_wrong(settlement, sale)
                aside = sale.state is SaleState.HELD
                return PayAnswer(PayDid.SPLIT_WRONG, sale, error=wrong, aside=aside)
            case Settled(settlement):
                return self._finish(order, settlement, asked=asked)
            case NoneThere():
                sale = self._brought_back(sale)
                gone = Outcome(SettlementState.CANCELLED, words=_REVERSED)
                self._open_sale.settlements.end(asked.id, gone)
                fault = Fault.SETTLEMENT_REVERSED
                return self._not_settled(PayDid.NOT_SETTLED, sale, asked, fault, "")
            case Refused(words, reached) if reached or not again:
                sale = self._brought_back(sale)
                self._open_sale.settlements.end(
                    asked.id, Outcome(SettlementState.REFUSED, words=words)
                )
                fault = Fault.SETTLEMENT_REFUSED if reached else Fault.SETTLEMENT_FAILED
                return self._not_settled(PayDid.NOT_SETTLED, sale, asked, fault, words)
            case Refused(why) | Unknown(why):
                self._open_sale.settlements.end(
                    asked.id, Outcome(SettlementState.UNKNOWN, words=why)
                )
                fault = Fault.SETTLEMENT_UNKNOWN
                return self._not_settled(PayDid.UNDECIDED, sale, asked, fault, why)

    def _gap(self, asked: Asked) -> float:
        """Seconds until it is asked once more; one more try is counted."""
        tries = self._tries[asked.id] = self._tries.get(asked.id, 0) + 1
        return backoff_s(tries, _AGAIN_FIRST_S, _AGAIN_MOST_S, asked.id)

    def _not_settled(
        self, what: PayDid, sale: Sale, asked: Asked, fault: Fault, words: str
    ) -> PayAnswer:
        """Why the sale is not paid: the insurance, and what the gate says without it."""
        aside = sale.state is SaleState.HELD
        refusals = (
            () if aside else self._open_sale.gate.refusals(PayOrder(asked.payment), settled=False)
        )
        return PayAnswer(what, sale, refusals, WorldError(fault, detail=words), aside=aside)

    def _brought_back(self, sale: Sale) -> Sale:
        """A sale put aside that is not settled comes back by itself where nothing else is done."""
        if sale.state is not SaleState.HELD or not self._desk.idle:
            return sale
        self._open_sale.held.take_up(sale.number)
        self._post(news.SaleChanged(self._open_sale.sale, self._open_sale.held.count()))
        return self._open_sale.sale or sale

    def _take_back(
        self, asked: Asked, settlement: Settlement, sale: Sale, why: tuple[Refusal, ...]
    ) -> None:
        """The insurance settled what may not be sold by now: undo it there."""
        self._open_sale.settlements.end(asked.id, Outcome(SettlementState.SETTLED, settlement))
        self._tries.pop(asked.id, None)
        asked = replace(asked, setl_id=settlement.setl_id, mdtrt_id=settlement.mdtrt_id)
        self._cancel(asked, settlement.setl_id, sale, why)

    def _cancel(self, asked: Asked, number: str, sale: Sale, why: tuple[Refusal, ...] = ()) -> None:
        """Undo a settlement at the insurance; one that stands is told once, and tried again."""
        door = self._door
        if door is None:
            raise AssertionError("what was settled was asked for")
        bill = self.bill(sale, asked, fresh=True)
        known = replace(asked.known, setl_id=number)

        def undone(answer: Cancelled | Refused | Unknown) -> None:
            del self._under_way[asked.id]
            if isinstance(answer, Cancelled):
                self._open_sale.settlements.end(asked.id, Outcome(SettlementState.CANCELLED))
                return
            self._cancel_at = self._monotonic() + self._gap(asked)
            if self._tries[asked.id] > 1:
                return
            aside = self._open_sale.sale is None or self._open_sale.sale.number != sale.number
            error = WorldError(Fault.SETTLEMENT_STANDS, number=number)
            self._post(news.PayEnded(PayAnswer(PayDid.STANDS, sale, why, error, aside)))

        def job() -> None:
            answer: Cancelled | Refused | Unknown = Unknown("")
            try:
                answer = door.cancel(bill, known)
            finally:
                self._to_desk(lambda: undone(answer))

        self._under_way[asked.id] = sale.number
        self._to_settlement(job)

    def _finish(
        self,
        order: PayOrder,
        settlement: Settlement | None,
        *,
        judged: bool = False,
        asked: Asked | None = None,
    ) -> PayAnswer | SaleAnswer:
        """Write the sale down (desk lane); paper and network come after the commit."""
        aside = self._open_sale.settlements.put_aside(asked.id) if asked else None
        try:
            paid = self._open_sale.ending.complete(order, settlement, judged=judged, aside=aside)
            sale = aside or self._open_sale.sale
            if isinstance(paid, Sale):
                if not aside:
                    self._desk.sale_ended()
                self._paid(paid)
                return PayAnswer(PayDid.PAID, paid, aside=bool(aside))
            if paid is None or sale is None:
                return SaleAnswer(SaleDid.NOTHING_TO_PAY)
            if asked and settlement:
                self._take_back(asked, settlement, sale, paid)
            return PayAnswer(PayDid.REFUSED, sale, paid, aside=bool(aside))
        finally:
            self._open_sale.refresh()

    def _paid(self, paid: Sale) -> None:
        """The sale is on the disk: tell it, print it, send it."""
        self._post(news.SaleChanged(self._open_sale.sale, self._open_sale.held.count()))
        self._post(news.Paid(paid))
        if self._settings().flag("receipt.auto_print"):
            self._print_receipt(paid.number)
        self._wake_courier()
