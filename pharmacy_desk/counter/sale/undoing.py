"""Cancel and return of insured sales: the settlement first, then the boxes. Runs on the desk lane.

What is asked of the insurance is on the disk before it is asked: a kill or a lost answer leaves it
unknown, and it is asked again by itself until it is known. What the customer keeps is put aside as
a sale of its own in the same commit as the return, and is paid like any sale put aside.
"""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from functools import partial

from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.people.free_text import kept as kept_text
from pharmacy_desk.core.ports.after_sale import ReturnsLedger
from pharmacy_desk.core.ports.doors import Clock
from pharmacy_desk.core.ports.events import EventLedger
from pharmacy_desk.core.ports.sales import SalesLedger
from pharmacy_desk.core.ports.settlement import Cancelled, Refused, SettlementDoor, Unknown
from pharmacy_desk.core.ports.undoing import Anew, Standing, UndoLedger
from pharmacy_desk.core.sale.refund import ReturnDocument, ReturnRefusal, Wanted, held_fen
from pharmacy_desk.core.sale.sale import Sale, SaleOrigin
from pharmacy_desk.core.sale.undo import (
    Refund,
    Undo,
    UndoPlan,
    UndoState,
    everything,
    kept_sale,
    own_fen,
    paid_again,
    touches_settlement,
    undo_plan,
)
from pharmacy_desk.core.upload.outbox import backoff_s
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import PayAnswer, PayDid, ReturnAnswer, ReturnDid
from pharmacy_desk.counter.lanes import answered
from pharmacy_desk.counter.sale.open_sale import OpenSale
from pharmacy_desk.counter.sale.payments import Payments

CancelAnswer = Cancelled | Refused | Unknown
# Between two questions about one lost answer, as for payments.
_AGAIN_FIRST_S, _AGAIN_MOST_S = 2.0, 60.0


class Undoing:
    """Takes an insured sale, or part of it, through the insurance and the ledger."""

    def __init__(
        self,
        *,
        undos: UndoLedger,
        sales: SalesLedger,
        returns: ReturnsLedger,
        events: EventLedger,
        open_sale: OpenSale,
        payments: Payments,
        door: SettlementDoor | None,
        clock: Clock,
        to_desk: Callable[[Callable[[], object]], None],
        to_settlement: Callable[[Callable[[], object]], None],
        post: Callable[[news.News], None],
        wake_courier: Callable[[], None],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._undos = undos
        self._sales = sales
        self._returns = returns
        self._events = events
        self._open_sale = open_sale
        self._payments = payments
        self._door = door
        self._clock = clock
        self._to_desk = to_desk
        self._to_settlement = to_settlement
        self._post = post
        self._wake_courier = wake_courier
        self._monotonic = monotonic
        self._under_way: set[str] = set()
        self._tries: dict[str, int] = {}
        self._again_at: dict[str, float] = {}

    def begin(
        self, receipt: str, wanted: Sequence[Wanted] | None, reason: str, *, confirmed: bool
    ) -> Future[ReturnAnswer] | None:
        """Take goods of an insured sale back; all of it without `wanted`.

        None where nothing the insurance has settled comes back: that is an ordinary return.
        `confirmed` says that a person has cancelled the settlement at the insurance's terminal.
        """
        sale = self._sales.find_sale(receipt)
        if sale and sale.origin is SaleOrigin.TILL and sale.settlement:
            return self._at_till(sale, wanted, reason, confirmed=confirmed)
        standing = self._undos.standing(sale.number) if sale else None
        if sale is None or standing is None:
            return None
        before = self._returns.came_back(sale.number)
        wanted = everything(sale, before) if wanted is None else tuple(wanted)
        plan = undo_plan(sale, before, wanted, reason)
        if isinstance(plan, ReturnRefusal):
            return answered(ReturnAnswer(ReturnDid(plan.value), ""))
        if not touches_settlement(sale, plan):
            return None
        if self._undos.undo_of(sale.number):
            return answered(ReturnAnswer(ReturnDid.NOT_KNOWN_YET, ""))
        by_hand = standing.typed or self._door is None
        if by_hand and not confirmed:
            asked = ReturnAnswer(ReturnDid.AT_TERMINAL, "", setl_id=standing.asked.setl_id or "")
            return answered(asked)
        undo = Undo(
            number=self._events.take_document(),
            sale=sale.number,
            settlement=standing.asked.id,
            reason=kept_text(reason, self._clock.now().date()),
            wanted=wanted,
        )
        self._undos.begin_undo(self._open_sale.who.actor(), undo)
        ended: Future[ReturnAnswer] = Future()
        if by_hand:
            self._end(ended, lambda: self._finish(undo, ended, by_hand=True))
        else:
            self._ask(undo, sale, standing, ended)
        return ended

    def _at_till(
        self, sale: Sale, wanted: Sequence[Wanted] | None, reason: str, *, confirmed: bool
    ) -> Future[ReturnAnswer] | None:
        """Another till has settled it, and cancels it: nothing is asked of the insurance here.

        Once a person says that it was, what she has chosen comes back as of any other sale.
        """
        before = self._returns.came_back(sale.number)
        plan = undo_plan(sale, before, wanted or everything(sale, before), reason)
        if isinstance(plan, ReturnRefusal):
            return answered(ReturnAnswer(ReturnDid(plan.value), ""))
        if wanted is not None and (confirmed or not touches_settlement(sale, plan)):
            return None
        setl_id = sale.settlement.setl_id if sale.settlement else ""
        return answered(ReturnAnswer(ReturnDid.AT_TILL, "", setl_id=setl_id))

    def look(self) -> None:
        """Ask about cancellings of which nothing is known, when it is time; nobody waits for it."""
        for undo in self._undos.open_undos():
            due = self._again_at.get(undo.number, float("-inf"))
            if undo.number in self._under_way or self._monotonic() < due:
                continue
            sale, standing = self._sales.load_sale(undo.sale), self._undos.standing(undo.sale)
            if sale is None or standing is None:
                continue
            ended: Future[ReturnAnswer] = Future()
            ended.add_done_callback(partial(self._tell, first=undo.number not in self._tries))
            if standing.typed or self._door is None:
                # A person had confirmed it; only the commit was lost.
                self._end(ended, partial(self._finish, undo, ended, by_hand=True))
            else:
                self._ask(undo, sale, standing, ended, again=True)

    def _tell(self, ended: Future[ReturnAnswer], *, first: bool) -> None:
        """What became of one that nobody waits for; that it is not known yet is told once."""
        told = None if ended.exception() else ended.result()
        if told and (first or told.what is not ReturnDid.NOT_KNOWN_YET):
            self._post(news.UndoEnded(told))

    def _ask(
        self,
        undo: Undo,
        sale: Sale,
        standing: Standing,
        ended: Future[ReturnAnswer],
        *,
        again: bool = False,
    ) -> None:
        """Cancel on the settlement lane; the answer comes back to the desk lane."""
        door, asked = self._door, standing.asked
        if door is None:
            raise AssertionError("without a door a person cancels at the terminal")
        bill = self._payments.bill(sale, asked, fresh=True)

        def job() -> None:
            answer: CancelAnswer = Unknown("")
            try:
                answer = door.cancel(bill, asked.known)
            finally:
                self._to_desk(lambda: self._answered(undo, answer, ended, again=again))

        self._under_way.add(undo.number)
        self._to_settlement(job)

    def _answered(
        self, undo: Undo, answer: CancelAnswer, ended: Future[ReturnAnswer], *, again: bool
    ) -> None:
        """The door has answered (desk lane). Not reached again: what was asked first is unknown."""
        self._under_way.discard(undo.number)
        match answer:
            case Cancelled():
                self._end(ended, lambda: self._finish(undo, ended, by_hand=False))
            case Refused(words, reached) if reached or not again:
                fault = Fault.SETTLEMENT_KEPT if reached else Fault.SETTLEMENT_FAILED
                why = replace(undo, state=UndoState.REFUSED, words=words)
                told = ReturnAnswer(
                    ReturnDid.NOT_CANCELLED, "", error=WorldError(fault, detail=words)
                )
                self._end(ended, lambda: self._leave(why, told))
            case Refused(words) | Unknown(words):
                tries = self._tries[undo.number] = self._tries.get(undo.number, 0) + 1
                gap_s = backoff_s(tries, _AGAIN_FIRST_S, _AGAIN_MOST_S, undo.number)
                self._again_at[undo.number] = self._monotonic() + gap_s
                why = replace(undo, state=UndoState.UNKNOWN, words=words)
                pending = ReturnAnswer(ReturnDid.NOT_KNOWN_YET, "")
                self._end(ended, lambda: self._leave(why, pending))

    def _leave(self, undo: Undo, told: ReturnAnswer) -> ReturnAnswer:
        self._undos.end_undo(self._open_sale.who.actor(), undo)
        return told

    def _end(self, ended: Future[ReturnAnswer], work: Callable[[], ReturnAnswer | None]) -> None:
        """Give the answer, once on every path; None where it comes later."""
        try:
            told = work()
        except BaseException as error:
            ended.set_exception(error)
            raise
        if told is not None:
            ended.set_result(told)

    def _finish(
        self, undo: Undo, ended: Future[ReturnAnswer], *, by_hand: bool
    ) -> ReturnAnswer | None:
        """The settlement is cancelled: write down all that follows, then settle what is kept."""
        sale, standing = self._sales.load_sale(undo.sale), self._undos.standing(undo.sale)
        if sale is None or standing is None or sale.settlement is None:
            raise AssertionError("a sale that is undone was settled")
        before = self._returns.came_back(sale.number)
        plan = undo_plan(sale, before, undo.wanted, undo.reason)
        if isinstance(plan, ReturnRefusal):
            raise WorldError(Fault.LEDGER_DAMAGED, detail=f"{undo.number}: {plan.value}")
        actor = self._open_sale.who.actor()
        anew = self._anew(sale, standing, plan, by_hand=by_hand)
        number = anew.sale.number if anew else ""
        document = ReturnDocument(
            undo.number, sale.number, undo.reason, plan.back, kept=plan.kept, anew=number
        )
        uploads = self._open_sale.back.uploads(sale, document, actor.at)
        done = replace(undo, state=UndoState.DONE, anew=number)
        self._undos.finish_undo(actor, done, document, uploads, anew)
        self._tries.pop(undo.number, None)
        self._open_sale.keeper.tell_unheard()
        self._open_sale.refresh()
        self._post(news.Returned(document.number, "", restored=False))
        self._post(news.QueueChanged())
        self._wake_courier()
        # As long as the settlement stood, only goods of the customer's alone came back.
        before_fen = sum(one.refund_fen for one in before)
        refund = Refund(
            cancelled=sale.settlement,
            own_fen=own_fen(sale, plan),
            taken=sale.taken,
            held_fen=held_fen(sale, before_fen),
            before_fen=before_fen,
        )
        told = ReturnAnswer(
            ReturnDid.TAKEN_BACK,
            "",
            document.number,
            refund_fen=document.refund_fen,
            refund=refund,
            anew=number,
        )
        if anew is None:
            return told
        if anew.msgid is None:
            self._payments.bring_back(number)
            return replace(told, what=ReturnDid.TO_SETTLE)
        settled = self._payments.settle_kept(number)
        settled.add_done_callback(lambda paid: ended.set_result(_with(told, paid)))
        return None

    def _anew(
        self, sale: Sale, standing: Standing, plan: UndoPlan, *, by_hand: bool
    ) -> Anew | None:
        """The sale that what is kept goes on as; a person settles it where one is needed."""
        if not plan.kept:
            return None
        asker = self._open_sale.who.actor()
        number = self._events.take_document()
        kept = kept_sale(sale, plan, number, asker.operator, asker.at)
        kept = replace(kept, payment=standing.asked.payment)
        person = by_hand or self._door is None or self._door.wants_person
        return Anew(
            kept, None if person else self._open_sale.settlements.message_id(), paid_again(sale)
        )


def _with(told: ReturnAnswer, paid: "Future[PayAnswer]") -> ReturnAnswer:
    """The return with what its kept goods came to."""
    answer = None if paid.exception() else paid.result()
    if answer is None or answer.what is not PayDid.PAID or told.refund is None:
        error = answer.error if answer else None
        return replace(told, what=ReturnDid.TO_SETTLE, error=error)
    return replace(told, refund=replace(told.refund, anew=answer.sale))
