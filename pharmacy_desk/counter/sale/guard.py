"""The guard between the scanner and another till: only what may be sold is typed on there.

It hears what became of each scan on the desk lane, behind the reservation's commit, and types on
a lane of its own, so that a slow window never holds up the next scan. A code is typed once: what
was typed is an event, and a box without one (a kill came between, another window had the focus)
is told as perhaps not typed, for a person to look and press a key.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import Protocol

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.ports.till import TicketAnswer
from pharmacy_desk.core.ports.typist import TypedLedger, Typist
from pharmacy_desk.core.sale.guarding import Guarding, Handing, NotTyped, TillEnd, Typed
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.core.sale.ticket import TicketEnd
from pharmacy_desk.core.scanning.scan import Reading
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import SaleAnswer
from pharmacy_desk.counter.guard_view import GuardDid, GuardView
from pharmacy_desk.counter.sale.open_sale import OpenSale

_OUTCOME = {Handing.HOLD: GuardDid.HELD, Handing.REFUSE: GuardDid.REFUSED}


class Works(Protocol):
    """A lane."""

    def submit(self, job: Callable[[], object]) -> None:
        """Run `job` later, in its turn."""
        ...


class TakesBack(Protocol):
    """Who takes back the last step of the open sale (`SaleWishes`)."""

    def undo(self) -> Future[SaleAnswer]:
        """Take it back."""
        ...


class PutsAside(Protocol):
    """Who puts the open sale aside (`HeldWishes`)."""

    def hold(self) -> Future[SaleAnswer]:
        """Put it aside."""
        ...


class EndsSales(Protocol):
    """Who ends the open sale that another till was paid for (`Tickets`)."""

    def end_open(self, payment: PaymentKind, end: TicketEnd) -> Future[TicketAnswer]:
        """It was paid there in this way."""
        ...


class TillGuard:
    """Hears on the desk lane; its keys may be pressed from any thread."""

    def __init__(
        self,
        *,
        lane: Works,
        typing: Works,
        typist: Typist,
        ledger: TypedLedger,
        open_sale: OpenSale,
        wishes: TakesBack,
        held: PutsAside,
        tickets: EndsSales,
        kinds: Callable[[], Sequence[PaymentKind]],
        guarding: Callable[[], Guarding],
        post: Callable[[news.News], None],
    ) -> None:
        self._lane = lane
        self._typing = typing
        self._typist = typist
        self._ledger = ledger
        self._open_sale = open_sale
        self._wishes = wishes
        self._held = held
        self._tickets = tickets
        self._kinds = kinds
        self._guarding = guarding
        self._post = post
        self._number: str | None = None
        # Codes of the open sale: those in the typist's hands or typed, and those that may not be.
        self._handed: set[str] = set()
        self._untyped: list[str] = []
        self._end: TillEnd | None = None

    # --- what is heard --------------------------------------------------------------------

    def hear(self, message: news.News) -> None:
        """News of the desk, on its lane."""
        match message:
            case news.Judged(verdict=verdict, sale=sale, scan_number=number):
                self._follow(sale)
                self._judged(verdict, number)
            case news.SaleChanged(sale=sale):
                self._follow(sale)
                self._tell(GuardView())
            case news.Paid():
                self._end = None
                self._follow(self._open_sale.sale)
                self._tell(GuardView())

    def _follow(self, sale: Sale | None) -> None:
        """Keep to the open sale; a box that was taken out may be typed anew when it comes back."""
        number = sale.number if sale else None
        codes = sale.codes() if sale else ()
        if number != self._number:
            self._number = number
            typed = self._ledger.typed(number, codes) if number else frozenset()
            self._handed = set(typed)
            self._untyped = [code for code in codes if code not in typed]
            return
        self._handed &= set(codes)
        self._untyped = [code for code in codes if code not in self._handed]

    def _judged(self, verdict: Verdict, number: int) -> None:
        if verdict.silent:  # the scanner read it twice: nobody did anything
            return
        self._end = None
        guarding = self._guarding()
        handing = guarding.handing(verdict)
        view = GuardView(verdict=verdict)
        code = verdict.reading.code
        if handing is Handing.TYPE and code:
            if code in self._handed:  # its scan was only confirmed
                self._tell(replace(view, what=GuardDid.TYPED), number)
            else:
                self._hand(code, guarding.text(verdict), view, number)
        elif handing is Handing.PASS:
            self._pass_on(guarding.text(verdict), view, number)
        else:
            self._tell(replace(view, what=_OUTCOME.get(handing, GuardDid.REFUSED)), number)

    def ends(self, reading: Reading, number: int) -> bool:
        """A scan that the till's receipts carry ends the sale; a trace code never does."""
        end = None if reading.is_trace else self._guarding().end(reading.text)
        if end is None:
            return False
        sale = self._open_sale.sale
        if sale is None or not sale.lines:
            self._tell(GuardView(what=GuardDid.NOTHING_OPEN), number)
            return True
        self._end = end
        if end.payment:
            self.end(end.payment)
        elif end.insured:
            self.end_insured()
        else:
            self._tell(GuardView(what=GuardDid.ASK_PAYMENT), number)
        return True

    # --- typing ---------------------------------------------------------------------------

    def _hand(self, code: str, text: str, view: GuardView, number: int = 0) -> None:
        """Type a box's code; what became of it comes back to the desk lane."""
        self._handed.add(code)
        self._follow(self._open_sale.sale)
        sale = self._number or ""

        def typed(answer: Typed | NotTyped) -> None:
            if isinstance(answer, Typed):
                self._keep(sale, code, by_person=False)
                self._tell(replace(view, what=GuardDid.TYPED), number)
                return
            if sale == self._number:
                self._handed.discard(code)
                self._follow(self._open_sale.sale)
            self._tell(replace(view, what=GuardDid.NOT_TYPED, why=answer), number)

        self._type(text, typed)

    def _pass_on(self, text: str, view: GuardView, number: int) -> None:
        """Type what is no box of ours; nothing of it is kept."""

        def typed(answer: Typed | NotTyped) -> None:
            if isinstance(answer, Typed):
                self._tell(replace(view, what=GuardDid.PASSED), number)
            else:
                self._tell(replace(view, what=GuardDid.NOT_TYPED, why=answer), number)

        self._type(text, typed)

    def _type(self, text: str, typed: Callable[[Typed | NotTyped], None]) -> None:
        def job() -> None:
            answer = self._typist.type(text)
            self._lane.submit(lambda: typed(answer))

        self._typing.submit(job)

    def _keep(self, sale: str, code: str, *, by_person: bool) -> None:
        self._ledger.keep_typed(self._open_sale.who.actor(), sale, code, by_person=by_person)

    # --- the strip's keys -----------------------------------------------------------------

    def show(self) -> None:
        """Tell how it stands, as a strip needs it when it opens."""

        def job() -> None:
            self._follow(self._open_sale.sale)
            self._tell(GuardView())

        self._lane.submit(job)

    def type_again(self) -> None:
        """Type the oldest box that may not stand in the till; a person has looked."""

        def job() -> None:
            if self._untyped:
                code = self._untyped[0]
                self._hand(code, self._guarding().around(code), GuardView())

        self._lane.submit(job)

    def seen_there(self) -> None:
        """A person sees the oldest of them in the till: it is not typed again."""

        def job() -> None:
            if self._untyped and self._number:
                code = self._untyped.pop(0)
                self._handed.add(code)
                self._keep(self._number, code, by_person=True)
                self._tell(GuardView(what=GuardDid.SEEN_THERE))

        self._lane.submit(job)

    def take_back(self) -> None:
        """The till did not take what was typed last: it goes out of the sale here too."""
        self._answered(self._wishes.undo())

    def hold(self) -> None:
        """Put the sale aside, as the till did."""
        self._answered(self._held.hold())

    def end(self, payment: PaymentKind) -> None:
        """The till was paid in this way: the sale ends here too, under its receipt if that came."""

        def job() -> None:
            receipt = self._end.receipt if self._end else ""
            self._answered(self._tickets.end_open(payment, TicketEnd(receipt=receipt)))

        self._lane.submit(job)

    def end_insured(self) -> None:
        """The insurance paid at the till; by which kind is asked where the store takes several."""
        kinds = self._kinds()
        if len(kinds) == 1:
            self.end(kinds[0])
        else:
            self._lane.submit(lambda: self._tell(GuardView(what=GuardDid.ASK_KIND)))

    def _answered(self, wished: Future[SaleAnswer] | Future[TicketAnswer]) -> None:
        def came(done: Future[SaleAnswer] | Future[TicketAnswer]) -> None:
            if done.exception() is None:  # else it was told as trouble
                answer = done.result()
                self._lane.submit(lambda: self._tell(GuardView(answer=answer)))

        wished.add_done_callback(came)

    def _tell(self, view: GuardView, scan_number: int = 0) -> None:
        now = replace(view, sale=self._open_sale.sale, untyped=tuple(self._untyped), end=self._end)
        self._post(news.GuardShown(now, scan_number))
