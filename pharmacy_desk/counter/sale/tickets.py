"""Tickets: what another till tells is captured here, and the till is told what came of it.

Each ticket is a sale of ours whose lines, prices and settlement are the till's. Several wait in
the order they came; the first is the open sale. Every call may come again, after a crash on either
side, and gets the same answer. Every method's work runs on the desk lane.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import date

from pharmacy_desk.core.basics.events import EventKind
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drugs import Item
from pharmacy_desk.core.paper.receipt import captured_texts
from pharmacy_desk.core.people.free_text import kept
from pharmacy_desk.core.ports.after_sale import ReturnsLedger
from pharmacy_desk.core.ports.catalogue import CatalogueLedger
from pharmacy_desk.core.ports.doors import Clock
from pharmacy_desk.core.ports.events import EventLedger
from pharmacy_desk.core.ports.sales import SalesLedger
from pharmacy_desk.core.ports.tickets import TicketLedger
from pharmacy_desk.core.ports.till import (
    DeskState,
    NotBack,
    TicketAnswer,
    TicketDid,
    TicketReturn,
    TicketScan,
)
from pharmacy_desk.core.sale.gate.facts import Refusal
from pharmacy_desk.core.sale.gate.rules import blocking, gate
from pharmacy_desk.core.sale.refund import CameBack, ReturnRefusal
from pharmacy_desk.core.sale.sale import Sale, SaleState
from pharmacy_desk.core.sale.ticket import (
    Ticket,
    TicketEnd,
    TicketLine,
    TicketOrder,
    TicketRecord,
    TillGate,
    TillTold,
    captured,
    differences,
    gap,
    told_end,
    told_order,
)
from pharmacy_desk.core.scanning.persons import names_person
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.core.upload.outbox import Channel
from pharmacy_desk.counter import news
from pharmacy_desk.counter.lanes import Lane
from pharmacy_desk.counter.sale.desk import Desk
from pharmacy_desk.counter.sale.open_sale import OpenSale
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder

# The name of the port by which the till's own scans come in.
TILL_PORT = "till"
# What changes nothing of how a ticket stands; whatever else is told may.
_ELSEWHERE = (
    news.TicketChanged,
    news.QueueChanged,
    news.ScanArrived,
    news.ScannerState,
    news.Printed,
)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A ticket as it was shown last, and everything that it was judged by."""

    record: TicketRecord
    sale: Sale
    today: date
    known: object
    ticket: Ticket


class Tickets:
    """Takes what the till tells from any thread, works it off in order on the desk lane."""

    def __init__(
        self,
        *,
        lane: Lane,
        tickets: TicketLedger,
        sales: SalesLedger,
        returns: ReturnsLedger,
        catalogue: CatalogueLedger,
        open_sale: OpenSale,
        desk: Desk,
        events: EventLedger,
        clock: Clock,
        settings: Callable[[], Settings],
        post: Callable[[news.News], None],
        print_receipt: Callable[[str], object],
        receipt_words: Mapping[str, str],
        wake_courier: Callable[[], None],
    ) -> None:
        self._lane = lane
        self._tickets = tickets
        self._sales = sales
        self._returns = returns
        self._catalogue = catalogue
        self._open_sale = open_sale
        self._desk = desk
        self._events = events
        self._clock = clock
        self._settings = settings
        self._post = post
        self._print_receipt = print_receipt
        self._receipt_words = receipt_words
        self._wake_courier = wake_courier
        # Another one whenever something was told that a ticket may be judged by.
        self._known = object()
        self._shown: dict[str, _Shown] = {}
        self._told_last: dict[str, Ticket] = {}

    def hear(self, message: news.News) -> None:
        """From any thread: the open ticket is told anew behind what was told of its sale.

        A counter that has become free takes up the ticket that waits longest.
        """
        if not isinstance(message, _ELSEWHERE):
            self._known = object()
        if isinstance(message, news.SaleChanged) and message.sale is None:
            self._lane.submit(self.take_up)
        elif (
            isinstance(message, (news.Judged, news.SaleChanged))
            and message.sale
            and message.sale.ticket
        ):
            self._lane.submit(self._tell_open)

    # --- what the till wishes ---------------------------------------------------------------

    def open(self, order: TicketOrder) -> Future[TicketAnswer]:
        """The till tells a sale; its codes are captured from now on."""
        return self._lane.wish(lambda: self._open(order))

    def look(self, number: str) -> Future[TicketAnswer]:
        """How a ticket stands."""
        return self._lane.wish(lambda: self._looked(number))

    def scan(self, number: str, text: str) -> Future[TicketScan]:
        """The till hands on what its own scanner read for this ticket."""
        return self._lane.wish(lambda: self._scan(number, text))

    def settle(self, number: str, end: TicketEnd) -> Future[TicketAnswer]:
        """The till has been paid: its codes are final and queued."""
        return self._lane.wish(lambda: self._settle(number, end))

    def cancel(self, number: str, reason: str) -> Future[TicketAnswer]:
        """The till has dropped the sale: its codes are free again."""
        return self._lane.wish(lambda: self._cancel(number, reason))

    def take_back(self, number: str, codes: Sequence[str], reason: str) -> Future[TicketReturn]:
        """Boxes of a settled ticket come back."""
        return self._lane.wish(lambda: self._take_back(number, tuple(codes), reason))

    def state(self) -> Future[DeskState]:
        """Whether the counter takes scans now."""

        def job() -> DeskState:
            if self._desk.porter.locked:
                return DeskState.LOCKED
            return DeskState.BUSY if self._desk.paying else DeskState.READY

        return self._lane.wish(job)

    def wrong_token(self) -> Future[None]:
        """Somebody on this machine has tried wrong tokens: it is written down."""
        return self._lane.wish(
            lambda: self._events.note(self._open_sale.who.actor().event(EventKind.TILL_REFUSED))
        )

    def end_open(self, payment: PaymentKind, end: TicketEnd) -> Future[TicketAnswer]:
        """The open sale, of which the till has told no ticket, was paid there in this way.

        Insured, and uploaded from here, it wants the number under which it was settled.
        """
        return self._lane.wish(lambda: self._end_open(payment, end))

    # --- what a person at the counter wishes ------------------------------------------------

    def match(self, number: str, place: int, item_code: str) -> Future[TicketAnswer]:
        """A person says which drug a line is; what the till calls it is remembered."""
        return self._lane.wish(lambda: self._match(number, place, item_code))

    def waiting(self) -> Future[tuple[Ticket, ...]]:
        """Tickets that are neither settled nor cancelled, who waits longest first."""
        return self._lane.wish(
            lambda: tuple(self._look(record) for record in self._tickets.open_tickets())
        )

    def take_up(self) -> None:
        """On the desk lane: the ticket that waits longest comes to a counter that is free."""
        if self._free():
            for record in self._tickets.open_tickets():
                self._bring(record)
                return

    # --- on the desk lane -------------------------------------------------------------------

    def _open(self, order: TicketOrder) -> TicketAnswer:
        there = self._tickets.ticket(order.ticket)
        order = self._masked(order)
        if there:
            differs = differences(told_order(there.order), told_order(order))
            what = TicketDid.DIFFERS if differs else TicketDid.THERE
            return TicketAnswer(what, self._look(there), differs)
        today = self._clock.now().date()
        if any(names_person(text, today) for text in (order.ticket, order.operator)):
            return TicketAnswer(TicketDid.PERSON_NUMBER)
        held = not self._free()
        if not held:
            self._open_sale.ending.void()  # an open sale without lines would be in the way
        items = tuple(self._item(line) for line in order.lines)
        actor = self._open_sale.who.actor()
        record = self._tickets.open_ticket(actor, order, items, held=held)
        self._changed()
        return self._told(TicketDid.OPENED, record)

    def _masked(self, order: TicketOrder) -> TicketOrder:
        """The order with nothing of a person in its free text."""
        day = self._clock.now().date()
        lines = tuple(
            replace(line, name=kept(line.name, day), spec=kept(line.spec, day))
            for line in order.lines
        )
        return replace(order, lines=lines)

    def _item(self, line: TicketLine) -> Item | None:
        """The drug a line stands for: as a person has told it, else by our own codes."""
        learned = self._tickets.learned_item(line.key)
        if learned:
            return self._catalogue.find_item(learned)
        named = (key for key in (line.item, line.barcode) if key)
        return next((item for key in named if (item := self._catalogue.find_item(key))), None)

    def _looked(self, number: str) -> TicketAnswer:
        record = self._tickets.ticket(number)
        if record is None:
            return TicketAnswer(TicketDid.NO_TICKET)
        return TicketAnswer(TicketDid.THERE, self._look(record))

    def _scan(self, number: str, text: str) -> TicketScan:
        record = self._tickets.ticket(number)
        if record is None:
            return TicketScan(TicketDid.NO_TICKET)
        if record.settled or record.cancelled:
            return TicketScan(TicketDid.ENDED)
        if self._desk.porter.locked:
            return TicketScan(TicketDid.LOCKED)
        if self._desk.paying:
            return TicketScan(TicketDid.BUSY)
        self._bring(record)
        answer = self._desk.take(RawScan(text.encode(), TILL_PORT, self._clock.now()))
        if answer.verdict is None:
            return TicketScan(TicketDid.BUSY)
        self._tell(record)
        return TicketScan(TicketDid.THERE, answer.verdict, _line_there(record, answer.line))

    def _settle(self, number: str, end: TicketEnd) -> TicketAnswer:
        record = self._tickets.ticket(number)
        if record is None:
            return TicketAnswer(TicketDid.NO_TICKET)
        if record.cancelled:
            return TicketAnswer(TicketDid.ENDED, self._view(record))
        if record.settled:
            differs = differences(told_end(record.end or TicketEnd()), told_end(end))
            what = TicketDid.DIFFERS if differs else TicketDid.THERE
            return TicketAnswer(what, self._view(record), differs)
        if self._names_person(end):
            return TicketAnswer(TicketDid.PERSON_NUMBER, self._view(record))
        sale = self._sale(record)
        stopped = self._stopped(record, sale, end)
        if stopped:
            return stopped
        payment = record.order.payment
        told = TillTold(record.order.ticket, end, gap(sale, self._open_sale.second.exempt(sale)))
        settlement = end.settlement if payment.insured else None
        paid = self._open_sale.ending.complete(
            PayOrder(payment),
            settlement,
            judged=True,
            aside=_with_lots(record, sale),
            till=told,
        )
        if not isinstance(paid, Sale):
            return TicketAnswer(TicketDid.NOT_PAYABLE, self._view(record), refusals=paid or ())
        self._end(paid)
        return self._told(TicketDid.SETTLED, self._there(number))

    def _end_open(self, payment: PaymentKind, end: TicketEnd) -> TicketAnswer:
        sale = self._open_sale.sale
        if sale is None or not sale.lines or sale.ticket:
            return TicketAnswer(TicketDid.NO_TICKET)
        if self._desk.paying:
            return TicketAnswer(TicketDid.BUSY)
        if self._names_person(end):
            return TicketAnswer(TicketDid.PERSON_NUMBER)
        settlement = end.settlement if payment.insured else None
        ours = self._settings().text("till.uploads") != Channel.TILL
        if payment.insured and settlement is None and ours:
            return TicketAnswer(TicketDid.NO_SETTLEMENT)
        covered = self._open_sale.second.covered(sale, payment)
        if settlement and not settlement.adds_up(covered.insured_fen):
            return TicketAnswer(TicketDid.SPLIT_WRONG)
        paid = self._open_sale.ending.complete(
            PayOrder(payment),
            settlement,
            till=TillTold("", end, gap(sale, self._open_sale.second.exempt(sale))),
        )
        if not isinstance(paid, Sale):
            return TicketAnswer(TicketDid.NOT_PAYABLE, refusals=paid or ())
        self._end(paid)
        return TicketAnswer(TicketDid.SETTLED)

    def _names_person(self, end: TicketEnd) -> bool:
        today = self._clock.now().date()
        return any(names_person(text, today) for text in (end.setl_id, end.mdtrt_id, end.receipt))

    def _stopped(self, record: TicketRecord, sale: Sale, end: TicketEnd) -> TicketAnswer | None:
        """Why the till's payment does not close it; what it only has to know is told elsewhere."""
        payment, ticket = record.order.payment, self._view(record)
        if ticket.unknown:
            return TicketAnswer(TicketDid.UNKNOWN_ITEM, ticket)
        doubts = self._open_sale.second.doubts(sale)
        if doubts:
            return TicketAnswer(TicketDid.NOT_PAYABLE, ticket, refusals=doubts)
        strict = self._strict or payment.insured
        if strict and ticket.missing:
            return TicketAnswer(TicketDid.MISSING_CODES, ticket)
        settlement = end.settlement
        if payment.insured and settlement is None:
            return TicketAnswer(TicketDid.NO_SETTLEMENT, ticket)
        covered = self._open_sale.second.covered(sale, payment)
        if payment.insured and settlement and not settlement.adds_up(covered.insured_fen):
            return TicketAnswer(TicketDid.SPLIT_WRONG, ticket)
        refusals = blocking(self._refusals(sale, payment), frozenset()) if self._strict else ()
        return TicketAnswer(TicketDid.GATE, ticket, refusals=refusals) if refusals else None

    def _cancel(self, number: str, reason: str) -> TicketAnswer:
        record = self._tickets.ticket(number)
        if record is None:
            return TicketAnswer(TicketDid.NO_TICKET)
        if record.settled:
            return TicketAnswer(TicketDid.ENDED, self._view(record))
        if record.cancelled:
            return TicketAnswer(TicketDid.THERE, self._view(record))
        actor = self._open_sale.who.actor()
        self._sales.void(actor, record.sale, reason=kept(reason, actor.at.date()))
        self._open_sale.keeper.tell_unheard()
        self._open_sale.refresh()
        self._desk.sale_ended()
        self._changed()
        self.take_up()
        return self._told(TicketDid.CANCELLED, self._there(number))

    def _match(self, number: str, place: int, item_code: str) -> TicketAnswer:
        record, item = self._tickets.ticket(number), self._catalogue.find_item(item_code)
        if record is None or item is None:
            what = TicketDid.NO_TICKET if record is None else TicketDid.UNKNOWN_ITEM
            return TicketAnswer(what)
        if record.settled or record.cancelled or record.places[place] is not None:
            return TicketAnswer(TicketDid.ENDED, self._view(record))
        record = self._tickets.match_line(self._open_sale.who.actor(), number, place, item)
        self._open_sale.refresh()
        self._changed()
        return self._told(TicketDid.MATCHED, record)

    def _take_back(self, number: str, codes: tuple[str, ...], reason: str) -> TicketReturn:
        record = self._tickets.ticket(number)
        if record is None:
            return TicketReturn(TicketDid.NO_TICKET)
        if not record.settled:
            return TicketReturn(TicketDid.ENDED)
        sale = self._sale(record)
        before = self._came_back(sale)
        fresh, refused = [], []
        for code in dict.fromkeys(codes):
            if code in before:
                continue
            place = self._open_sale.back.place_of(sale.number, code)
            if place.line == 0:
                refused.append(NotBack(code, ReturnRefusal.NOT_ON_RECEIPT))
            else:
                fresh.append((code, place))
        document = next((before[code].document for code in codes if code in before), "")
        if fresh:
            places = [place for _, place in fresh]
            answer = self._open_sale.returns.take_goods_back(sale.number, places, reason)
            if answer.reason:
                why = ReturnRefusal(answer.reason)
                refused += [NotBack(code, why) for code, _ in fresh]
                fresh = []
            else:
                document = answer.number
                self._wake_courier()
                self._post(news.QueueChanged())
        there = {*before, *(code for code, _ in fresh)}
        returned = tuple(code for code in dict.fromkeys(codes) if code in there)
        return TicketReturn(TicketDid.THERE, document, returned, tuple(refused))

    def _came_back(self, sale: Sale) -> dict[str, CameBack]:
        """What of a sale has come back, by its code."""
        codes = {(line.number, box.entry): box.code for line in sale.lines for box in line.boxes}
        found = self._returns.came_back(sale.number)
        named = ((codes.get((one.line, one.entry or 0)), one) for one in found)
        return {code: one for code, one in named if code}

    # ----------------------------------------------------------------------------------------

    @property
    def _strict(self) -> bool:
        return self._settings().text("till.gate") == TillGate.STRICT

    def _free(self) -> bool:
        """True while no sale with lines is on the counter, and none is being settled."""
        sale = self._open_sale.sale
        return not self._desk.paying and not (sale and (sale.lines or sale.ticket))

    def _bring(self, record: TicketRecord) -> None:
        """Its sale is the open one; another one waits meanwhile."""
        sale = self._open_sale.sale
        if sale and sale.number == record.sale:
            return
        self._open_sale.held.take_up(record.sale)
        self._desk.sale_ended()
        self._changed()
        self._tell(record)

    def _sale(self, record: TicketRecord) -> Sale:
        sale = self._sales.load_sale(record.sale)
        if sale is None:
            raise AssertionError("a ticket has its sale")
        return sale

    def _refusals(self, sale: Sale, payment: PaymentKind) -> tuple[Refusal, ...]:
        """What the gate says of it; whether the insurance settles it is the till's to know."""
        return gate(self._open_sale.second.facts(sale, payment, settled=True))

    def _view(self, record: TicketRecord) -> Ticket:
        sale = self._sale(record)
        open_still = sale.state in (SaleState.OPEN, SaleState.HELD)
        refusals = self._refusals(sale, record.order.payment) if open_still and sale.lines else ()
        stopped = self._strict and bool(blocking(refusals, frozenset()))
        exempt = self._open_sale.second.exempt(sale)
        ticket = captured(record, sale, refusals, exempt, stopped=stopped)
        return replace(ticket, receipt=self._receipt(sale)) if record.settled else ticket

    def _receipt(self, sale: Sale) -> tuple[str, ...]:
        """What the till is given to print, unless our own slip tells the codes."""
        settings = self._settings()
        if settings.text("till.receipt") != "till":
            return ()
        return captured_texts(sale, settings.number("receipt.width_mm"), self._receipt_words)

    def _look(self, record: TicketRecord) -> Ticket:
        """How it stands; judged anew only where something has changed since it was looked at."""
        number, known = record.order.ticket, self._known
        sale, today = self._sale(record), self._clock.now().date()
        shown = self._shown.get(number)
        if not (
            shown
            and shown.known is known
            and (shown.record, shown.sale, shown.today) == (record, sale, today)
        ):
            shown = _Shown(record, sale, today, known, self._view(record))
            if not shown.ticket.state.ended:  # nothing of it changes, and there are ever more
                self._shown[number] = shown
        return shown.ticket

    def _tell_open(self) -> None:
        sale = self._open_sale.sale
        record = self._tickets.ticket(sale.ticket) if sale and sale.ticket else None
        if record:
            self._tell(record)

    def _there(self, number: str) -> TicketRecord:
        record = self._tickets.ticket(number)
        if record is None:
            raise AssertionError("a ticket that was kept is there")
        return record

    def _told(self, what: TicketDid, record: TicketRecord) -> TicketAnswer:
        return TicketAnswer(what, self._tell(record))

    def _tell(self, record: TicketRecord) -> Ticket:
        """How it stands, told to everybody who listens where it is not what they know."""
        ticket, number = self._look(record), record.order.ticket
        if self._told_last.get(number) != ticket:
            self._told_last[number] = ticket
            self._post(news.TicketChanged(ticket))
        if ticket.state.ended:
            self._told_last.pop(number, None)
            self._shown.pop(number, None)
        return ticket

    def _end(self, paid: Sale) -> None:
        """Its sale is on the disk: tell it, print it, send it, take up the next."""
        self._desk.sale_ended()
        self._post(news.Paid(paid))
        if self._settings().text("till.receipt") == "slip":
            self._print_receipt(paid.number)
        self._wake_courier()
        self._changed()
        self.take_up()

    def _changed(self) -> None:
        now = self._open_sale
        now.refresh()
        self._post(news.SaleChanged(now.sale, now.held.count(), now.chosen))


def _line_there(record: TicketRecord, line: int | None) -> int | str | None:
    """The till's own number of a line of the sale."""
    if line is None or line not in record.places:
        return None
    return record.order.lines[record.places.index(line)].line


def _with_lots(record: TicketRecord, sale: Sale) -> Sale:
    """The sale with the lot the till told for a line, of boxes that tell none themselves."""
    told = {
        place: line.batch
        for place, line in zip(record.places, record.order.lines, strict=True)
        if place is not None
    }
    lines = tuple(
        replace(
            line,
            boxes=tuple(
                replace(box, batch=box.batch.over(told[line.number])) for box in line.boxes
            ),
        )
        if line.number in told
        else line
        for line in sale.lines
    )
    return replace(sale, lines=lines)
