"""The desk: one scan's one path, from bytes to verdict to reservation. Runs on the desk lane."""

import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from enum import StrEnum

from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.basics.events import EventKind
from pharmacy_desk.core.basics.policy import Action, VerdictName
from pharmacy_desk.core.ports.basket import BasketLedger
from pharmacy_desk.core.ports.catalogue import CatalogueLedger
from pharmacy_desk.core.ports.doors import Clock
from pharmacy_desk.core.ports.events import EventLedger
from pharmacy_desk.core.ports.marks import MapLedger
from pharmacy_desk.core.ports.people import PeopleLedger
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.core.sale.sale import Box
from pharmacy_desk.core.sale.settlement import SettlementState
from pharmacy_desk.core.sale.tender import TenderKind
from pharmacy_desk.core.scanning.codes.trace import split_offer
from pharmacy_desk.core.scanning.recognise import promote, recognise, recognise_code
from pharmacy_desk.core.scanning.scan import Kind, RawScan, Reading
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.upload.slip import SlipForm, slip_in
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import (
    SaleDid,
    ScanAnswer,
    ScanDid,
    StockScanned,
    UnitsAnswer,
    UnitsDid,
)
from pharmacy_desk.counter.catalogue.map_book import MapBook
from pharmacy_desk.counter.lanes import answered
from pharmacy_desk.counter.people.approvals import Approvals
from pharmacy_desk.counter.people.porter import Porter
from pharmacy_desk.counter.sale.double_reads import DoubleReads
from pharmacy_desk.counter.sale.gate_watch import GateWatch
from pharmacy_desk.counter.sale.map_question import MapQuestion
from pharmacy_desk.counter.sale.open_sale import OpenSale
from pharmacy_desk.counter.sale.repeats import Repeats
from pharmacy_desk.counter.sale.scan_log import ScanLog
from pharmacy_desk.counter.sale.taking import Taking
from pharmacy_desk.counter.sale.waiting_scans import WaitingScans

# What the number on a prescription's barcode may be taken for: no rule of any other code fits it.
_PAPER_KINDS = frozenset({Kind.UNKNOWN, Kind.PARCEL, Kind.URL})


class ScanTarget(StrEnum):
    """What the screen in front wants a scan for.

    `PAPER` is a question about a paper beside the sale: its barcode answers it, a box is sold.
    """

    SALE = "sale"
    PAPER = "paper"
    LOOK_UP = "look_up"
    RECEIVING = "receiving"
    COUNT = "count"
    MOVING = "moving"
    TRIAL = "trial"


# By whose code the rest of a sale is paid.
_PAYMENT_CODES = {Kind.WECHAT_PAY: TenderKind.WECHAT, Kind.ALIPAY: TenderKind.ALIPAY}


class Desk:
    """Takes scans in order and answers each with exactly one verdict."""

    def __init__(
        self,
        *,
        basket: BasketLedger,
        catalogue: CatalogueLedger,
        mappings: MapLedger,
        people: PeopleLedger,
        events: EventLedger,
        open_sale: OpenSale,
        clock: Clock,
        settings: Callable[[], Settings],
        post: Callable[[news.News], None],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._catalogue = catalogue
        self._open_sale = open_sale
        self._clock = clock
        self._settings = settings
        self._post = post
        self._monotonic = monotonic
        self._scans = 0
        self._scanned_at = monotonic()
        self._double = DoubleReads(settings, monotonic)
        self.waiting = WaitingScans(self.scan, self._behind_settlement)
        self.target = ScanTarget.SALE
        self.sessions: dict[ScanTarget, Callable[[Reading, int], StockScanned | None]] = {}
        self.log = ScanLog(events, open_sale.who, self._document)
        self.gate = GateWatch(open_sale.gate, post)
        self._taking = Taking(
            basket=basket,
            catalogue=catalogue,
            open_sale=open_sale,
            gate=self.gate,
            settings=settings,
            post=post,
        )
        # A step on the screen asks whom the sale is for: what names a person belongs to it.
        self.asks_person = False
        # Another till tells the sales: without its ticket no box is taken.
        self.tickets_only = False
        # Likewise what the insurance's terminal settled; its slip may have a barcode.
        self.asks_slip = False
        self.slip_form: SlipForm | None = None
        # Whether a scan is the end of a sale at the till that the guard stands before.
        self.till_end: Callable[[Reading, int], bool] = lambda _reading, _number: False
        self.approvals = Approvals(
            people=people,
            events=events,
            who=open_sale.who,
            clock=clock,
            settings=settings,
            post=post,
        )
        self.maps = MapBook(
            catalogue=catalogue, mappings=mappings, who=open_sale.who, settings=settings
        )
        self.question = MapQuestion(
            maps=self.maps, shut=self.shut, take=self._answered_box, post=post
        )
        self.repeats = Repeats(
            approvals=self.approvals, events=events, open_sale=open_sale, clock=clock
        )
        self.porter = Porter(
            people=people,
            who=open_sale.who,
            approvals=self.approvals,
            clock=clock,
            settings=settings,
            post=post,
        )

    @property
    def paying(self) -> bool:
        """True while the ledger knows of a settlement that was asked for and is not decided."""
        return self._open_sale.settling is not None

    @property
    def idle(self) -> bool:
        """True while nothing is on the counter: no box, no question about one."""
        return not (self._open_sale.sale and self._open_sale.sale.lines) and not self.question.open

    def scan(self, raw: RawScan) -> Future[ScanAnswer]:
        """Handle one scan. While a payment is being settled it waits: it is the next customer's.

        Where the settlement's answer was lost, nobody knows for how long: the scan says so.
        """
        asked = self._open_sale.settling
        if asked and asked.state is SettlementState.ASKED:
            return self.waiting.put(raw)
        self._scans += 1
        number = self._scans
        if asked:
            lost = WorldError(Fault.SETTLEMENT_UNKNOWN, detail=asked.words)
            return answered(self._not_taken(ScanDid.SETTLING, number, lost))
        self._scanned_at = self._monotonic()
        try:
            return answered(self._handle(raw, number))
        except WorldError as error:
            return answered(self._not_taken(ScanDid.FAILED, number, error))

    def _not_taken(self, what: ScanDid, number: int, error: WorldError) -> ScanAnswer:
        """A scan that nothing was done with: told to everybody, and to the one who scanned."""
        self._post(news.ScanFailed(number, error))
        return ScanAnswer(what, number, error=error)

    def _behind_settlement(self) -> ScanAnswer:
        self._scans += 1
        why = WorldError(Fault.SCANNED_WHILE_SETTLING)
        return self._not_taken(ScanDid.SETTLING, self._scans, why)

    @property
    def quiet_s(self) -> float:
        """Seconds since the last scan."""
        return self._monotonic() - self._scanned_at

    def _handle(self, raw: RawScan, number: int) -> ScanAnswer:
        reading = recognise(raw)
        try:
            return self._taken(raw, reading, number)
        except WorldError:
            self.log.remember(raw, reading, ScanDid.FAILED.value)
            raise

    def _taken(self, raw: RawScan, reading: Reading, number: int) -> ScanAnswer:
        aside = self._aside(raw, reading, number)
        if aside:
            self.log.remember(raw, reading, aside.what.value)
            return aside
        if self.tickets_only and not self._has_sale():
            self.log.remember(raw, reading, ScanDid.NO_TICKET.value)
            return self._not_taken(ScanDid.NO_TICKET, number, WorldError(Fault.NO_TICKET))
        verdict = self._counted(self._decide(raw, reading))
        offer = split_offer(reading.text) if verdict.name is VerdictName.DAMAGED else ()
        return self._judged_scan(raw, verdict, number, port=raw.port, split=offer)

    def _document(self) -> str | None:
        return self._open_sale.sale.number if self._open_sale.sale else None

    def _has_sale(self) -> bool:
        """A ticket, or a sale of our own that was begun before another till's came."""
        sale = self._open_sale.sale
        return sale is not None and bool(sale.ticket or sale.lines)

    def _aside(self, raw: RawScan, reading: Reading, number: int) -> ScanAnswer | None:
        """What became of a scan that is no box to be sold; None leaves it to the sale."""
        door = self.porter.takes(raw, reading, number)
        if door:
            return door
        session = self.sessions.get(self.target)
        if session:
            return ScanAnswer(ScanDid.STOCK, number, stock=session(reading, number))
        if self._looks_up(reading):
            self._post(news.LookedUp(reading, number))
            return ScanAnswer(ScanDid.LOOKED_UP, number, reading=reading)
        if self.target is ScanTarget.TRIAL:
            self._post(news.Tried(raw, reading, number))
            return ScanAnswer(ScanDid.TRIED, number, reading=reading)
        if self.till_end(reading, number):
            return ScanAnswer(ScanDid.TILL_END, number, reading=reading)
        return self._belongs_to_payment(reading, number)

    def _belongs_to_payment(self, reading: Reading, number: int) -> ScanAnswer | None:
        """A scan that a step on the way to the payment asks for; or that no scan is taken now."""
        tender = _PAYMENT_CODES.get(reading.kind) if self.gate.payment else None
        if tender:
            # At any other time a payment code is refused.
            self._post(news.TenderShown(tender, number))
            return ScanAnswer(ScanDid.TENDER, number, tender=tender)
        if self.repeats.waiting:
            return self._manager_awaited(number)
        slip = slip_in(reading.text, self.slip_form) if self.asks_slip and self.slip_form else None
        if slip:
            self._post(news.SlipShown(slip, number))
            return ScanAnswer(ScanDid.SLIP, number, slip=slip)
        if self.asks_person and reading.is_personal:
            seen = self._open_sale.customer.see(reading.text)
            self._post(news.PersonShown(seen, number))
            return ScanAnswer(ScanDid.PERSON, number, person=seen)
        return None

    def _judged_scan(
        self,
        raw: RawScan,
        verdict: Verdict,
        number: int,
        *,
        port: str = "",
        split: tuple[str, ...] = (),
    ) -> ScanAnswer:
        """A box was judged: tell it, and ask for the manager where it was scanned too often."""
        self.log.remember(raw, verdict.reading, verdict.name.value)
        self._tell(verdict, number, port=port, split=split)
        self.gate.look()
        self.repeats.call_manager()
        return ScanAnswer(
            ScanDid.JUDGED,
            number,
            verdict=verdict,
            sale=self._open_sale.sale,
            line=self._line_of(verdict),
            split=split,
            awaits=self.repeats.due,
        )

    def _line_of(self, verdict: Verdict) -> int | None:
        """The line of the open sale that a judged box, or a drug that was scanned, is on."""
        sale, code = self._open_sale.sale, verdict.reading.code
        if sale is None:
            return None
        held = (one for one in sale.lines if any(box.code == code for box in one.boxes))
        line = next(held, None) if code else None
        if line is None and verdict.item and verdict.name in (VerdictName.ITEM, VerdictName.EXEMPT):
            line = sale.line_of(verdict.item.code)
        return line.number if line else None

    def _looks_up(self, reading: Reading) -> bool:
        """Whether a scan answers what is looked up or asked for, and is no box to be sold."""
        if self.target is not ScanTarget.PAPER:
            return self.target is ScanTarget.LOOK_UP
        if reading.kind not in _PAPER_KINDS:
            return reading.is_personal
        # Twenty digits that the three-code map knows are a box.
        return not (reading.code_needs_map and self._catalogue.facts(reading).items)

    def _tell(
        self,
        verdict: Verdict,
        number: int,
        *,
        answered: bool = False,
        port: str = "",
        split: tuple[str, ...] = (),
    ) -> None:
        """Post what became of a box, with the sale as it is now."""
        self._post(
            news.Judged(
                verdict,
                self._open_sale.sale,
                number,
                self._clock.now(),
                chosen=self._open_sale.chosen,
                answered=answered,
                port=port,
                split=split,
            )
        )

    def _counted(self, verdict: Verdict) -> Verdict:
        """The verdict with how often this box was scanned again in this sale."""
        again = self.repeats.count(verdict)
        return replace(verdict, repeats=again) if again else verdict

    def _manager_awaited(self, number: int) -> ScanAnswer:
        """While a thrice repeated box waits for the manager nothing is taken; the scan says so."""
        why = WorldError(Fault.SCANNED_WHILE_ASKING)
        told = self._not_taken(ScanDid.MANAGER_AWAITED, number, why)
        self.repeats.call_manager()
        return replace(told, awaits=self.repeats.due)

    def waits_for_manager(self) -> bool:
        """The same for boxes that come without a scan: units of a box, a line that comes back."""
        if not self.repeats.waiting:
            return False
        self._scans += 1
        self._manager_awaited(self._scans)
        return True

    def shut(self) -> SaleDid | None:
        """Why no box goes in without a scan now; None when one may.

        That the manager is awaited is told as of a scan.
        """
        if self.porter.locked:
            return SaleDid.LOCKED
        if self.paying:
            return SaleDid.SETTLING
        return SaleDid.MANAGER_AWAITED if self.waits_for_manager() else None

    def _decide(self, raw: RawScan, reading: Reading) -> Verdict:
        facts = self._catalogue.facts(reading)
        if facts.items:
            reading = promote(reading)
        verdict = self._taking.judged(raw, reading, facts)
        confirmed = self._double.confirmed(verdict)
        if confirmed:
            return confirmed
        if not verdict.accepted:
            self._follow(raw, verdict)
        return self._double.silenced(verdict)

    def _follow(self, raw: RawScan, verdict: Verdict) -> None:
        """What a scan leads to that puts no box into the sale."""
        if verdict.name in (VerdictName.ITEM, VerdictName.EXEMPT) and verdict.item:
            # What is on a ticket is the till's to say.
            if not (self._open_sale.sale and self._open_sale.sale.ticket):
                self._open_sale.lines.add_item(verdict.item)
        elif verdict.name is VerdictName.UNMAPPED:
            self.question.ask(raw, verdict.reading)
        elif verdict.name is VerdictName.DAMAGED:
            self.log.note(EventKind.READ_DAMAGED, raw, verdict, self._clock.now())
        elif verdict.reading.is_trace or (verdict.reading.kind is Kind.UDI and verdict.item):
            self.log.note(EventKind.SCAN_REFUSED, raw, verdict, self._clock.now())

    def split(self, code: str, units: int, reviewer: str = "") -> UnitsAnswer:
        """Sell `units` of a box: open it, or take more of an opened one (拆零).

        `reviewer` is the second person (复核人), empty when that one signs on paper.
        """
        raw = RawScan(code.encode(), "split", self._clock.now())
        reading, facts = self._taking.known(raw)
        if reading.code:
            facts = self._taking.asked(reading.code, facts)
        verdict = self._taking.judge(reading, facts)
        item, record = verdict.item, verdict.record
        if not verdict.accepted or item is None:
            return UnitsAnswer(UnitsDid.VERDICT, code, units, verdict=verdict)
        ratio = item.split_ratio or 0
        opened = record is not None and record.state is BoxState.OPENED
        left = (record.units_left or 0) if record and opened else ratio
        if ratio < 2 or not 1 <= units <= left:
            what = UnitsDid.TOO_MANY if ratio >= 2 and left else UnitsDid.NOT_SPLITTABLE
            return UnitsAnswer(what, code, units, left if ratio >= 2 else 0)
        verdict = self._taking.reserve(raw, verdict, facts, units, reviewer)
        if verdict.accepted:
            name = VerdictName.OK_SPLIT
            verdict = replace(verdict, name=name, action=self._settings().policy.of_verdict(name))
        self._scans += 1
        self._tell(verdict, self._scans, answered=True)
        self.gate.look()
        what = UnitsDid.TAKEN if verdict.accepted else UnitsDid.VERDICT
        return UnitsAnswer(what, code, units, left - units, verdict)

    def take_again(self, box: Box) -> Verdict:
        """Put a box of a line that comes back into the sale, judged anew; no news tell of it.

        What it told of its lot when it was scanned counts still. Units that a second person has
        to check are not taken again without that person.
        """
        port = "typed" if box.typed else "undo"
        raw = RawScan(box.code.encode(), port, self._clock.now())
        reading, facts = self._taking.known(raw)
        reading = replace(
            reading,
            lot=reading.lot or box.batch.lot,
            made=reading.made or box.batch.made,
            expiry=reading.expiry or box.batch.expiry,
        )
        facts = self._taking.asked(box.code, facts)
        verdict = self._taking.judge(reading, facts)
        opened = verdict.record is not None and verdict.record.state is BoxState.OPENED
        left = verdict.record.units_left or 0 if verdict.record and opened else None
        units = box.units
        lacks = left is not None and (units or left + 1) > left
        if verdict.accepted and (lacks or (units is not None and self._taking.review_wanted())):
            return replace(verdict, action=Action.ASK)
        return self._taking.reserve(raw, verdict, facts, units) if verdict.accepted else verdict

    def type_code(self, code: str) -> ScanAnswer:
        """A code typed by hand because its label does not scan (手工录入), kept as typed."""
        return self.take(RawScan(code.encode(), "typed", self._clock.now()))

    def take(self, raw: RawScan) -> ScanAnswer:
        """A code that is meant for the open sale whatever the screen shows: typed, or handed on."""
        self._scans += 1
        if self.repeats.waiting:
            return self._manager_awaited(self._scans)
        number = self._scans
        return self._judged_scan(raw, self._counted(self._decide(raw, recognise(raw))), number)

    def _answered_box(self, raw: RawScan, reading: Reading) -> Verdict:
        """The box that raised a question is in hand: judge it now that its drug is known."""
        verdict = self._decide(raw, reading)
        self._double.came_in(verdict)
        self._tell(verdict, self._scans, answered=True)
        self.gate.look()
        return verdict

    def settle_doubts(self) -> None:
        """The keeper of reservations may answer again: tell it, ask it, and tell what it says.

        A box that somebody else has is told like a scan that is refused, on its way out. Nothing
        leaves a sale under the settlement's hands.
        """
        self._open_sale.keeper.tell_unheard()
        if self.paying or self._open_sale.aside:
            return
        before = self._open_sale.sale
        for claim, taken in self._open_sale.boxes.settle_doubts():
            reading = recognise_code(claim.code, self._clock.now().date())
            verdict = self._taking.judge(
                reading, replace(self._catalogue.facts(reading), earlier=taken)
            )
            self._scans += 1
            self._tell(verdict, self._scans, answered=True)
        if self._open_sale.sale != before:
            self.gate.look()

    def sale_ended(self) -> None:
        """A sale was paid, held or voided: what belonged to it is forgotten."""
        self.question.ended()
        self._double.ended()
        self.gate.payment = None
        self.repeats.ended()
