"""The desk: one scan's one path, from bytes to verdict to reservation. Runs on the desk lane."""

import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.basics.events import Event, EventKind
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.policy import Action, VerdictName
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drugs import Item, PackLevel
from pharmacy_desk.core.people.free_text import kept, kept_scan
from pharmacy_desk.core.ports.basket import BasketLedger
from pharmacy_desk.core.ports.catalogue import CatalogueLedger
from pharmacy_desk.core.ports.doors import Clock
from pharmacy_desk.core.ports.events import EventLedger
from pharmacy_desk.core.ports.marks import MapLedger
from pharmacy_desk.core.ports.people import PeopleLedger
from pharmacy_desk.core.sale.gate.rules import blocking, reminders
from pharmacy_desk.core.sale.judge import BoxFacts, Verdict, judge
from pharmacy_desk.core.sale.sale import Box, Sale
from pharmacy_desk.core.sale.settlement import SettlementState
from pharmacy_desk.core.sale.tender import TenderKind
from pharmacy_desk.core.scanning.codes.trace import split_offer
from pharmacy_desk.core.scanning.recognise import promote, recognise, recognise_code
from pharmacy_desk.core.scanning.scan import Kind, RawScan, Reading
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.facts import Earlier
from pharmacy_desk.core.stock.reservation import NotKnown, TakenBy
from pharmacy_desk.core.upload.slip import SlipForm, slip_in
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import (
    GateAnswer,
    GateDid,
    MapAnswer,
    MapDid,
    QuestionAnswer,
    QuestionDid,
    SaleDid,
    ScanAnswer,
    ScanDid,
    StockScanned,
    UnitsAnswer,
    UnitsDid,
)
from pharmacy_desk.counter.catalogue.map_book import MapBook
from pharmacy_desk.counter.lanes import answered, give_on
from pharmacy_desk.counter.people.approvals import Approvals
from pharmacy_desk.counter.people.porter import Porter
from pharmacy_desk.counter.sale.open_sale import OpenSale
from pharmacy_desk.counter.sale.repeats import Repeats

# Support asks for "the last scans"; fifty are a minute of a busy counter.
RING_SIZE = 50
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


@dataclass(frozen=True, slots=True)
class RingEntry:
    """One scan kept in memory for support: masked unless it is a trace code or damaged."""

    at: datetime
    port: str
    kind: Kind
    shown: str
    answer: str


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
        self._basket = basket
        self._catalogue = catalogue
        self._events = events
        self._open_sale = open_sale
        self._clock = clock
        self._settings = settings
        self._post = post
        self._monotonic = monotonic
        self._scans = 0
        self._scanned_at = monotonic()
        self._question: tuple[RawScan, Verdict] | None = None
        self._confirmable: tuple[str, Verdict] | None = None
        self._last_code: tuple[str, float] | None = None
        self._waiting: list[tuple[RawScan, Future[ScanAnswer]]] = []
        self.target = ScanTarget.SALE
        self.sessions: dict[ScanTarget, Callable[[Reading, int], StockScanned | None]] = {}
        self.ring: deque[RingEntry] = deque(maxlen=RING_SIZE)
        self.payment: PaymentKind | None = None
        # Whether a settlement can be asked for at all; the fuse box knows the doors.
        self.can_settle = False
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
        return not (self._open_sale.sale and self._open_sale.sale.lines) and self._question is None

    def scan(self, raw: RawScan) -> Future[ScanAnswer]:
        """Handle one scan. While a payment is being settled it waits: it is the next customer's.

        Where the settlement's answer was lost, nobody knows for how long: the scan says so.
        """
        asked = self._open_sale.settling
        if asked and asked.state is SettlementState.ASKED:
            waits: Future[ScanAnswer] = Future()
            self._waiting.append((raw, waits))
            return waits
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

    @property
    def quiet_s(self) -> float:
        """Seconds since the last scan."""
        return self._monotonic() - self._scanned_at

    def release_waiting(self) -> None:
        """After a payment: the scans that came meanwhile, in their order."""
        waiting, self._waiting = self._waiting, []
        broken: Exception | None = None
        for raw, answer in waiting:
            try:
                give_on(self.scan(raw), answer)
            except Exception as error:  # noqa: BLE001 - raised behind the other boxes
                answer.set_exception(error)
                broken = error
        if broken:
            raise broken

    def refuse_waiting(self) -> None:
        """After a settlement that failed: whose boxes came meanwhile is not known; scan again."""
        waiting, self._waiting = self._waiting, []
        for _, answer in waiting:
            self._scans += 1
            why = WorldError(Fault.SCANNED_WHILE_SETTLING)
            answer.set_result(self._not_taken(ScanDid.SETTLING, self._scans, why))

    def _handle(self, raw: RawScan, number: int) -> ScanAnswer:
        reading = recognise(raw)
        try:
            return self._taken(raw, reading, number)
        except WorldError:
            self._remember(raw, reading, ScanDid.FAILED.value)
            raise

    def _taken(self, raw: RawScan, reading: Reading, number: int) -> ScanAnswer:
        aside = self._aside(raw, reading, number)
        if aside:
            self._remember(raw, reading, aside.what.value)
            return aside
        if self.tickets_only and not self._has_sale():
            self._remember(raw, reading, ScanDid.NO_TICKET.value)
            return self._not_taken(ScanDid.NO_TICKET, number, WorldError(Fault.NO_TICKET))
        verdict = self._counted(self._decide(raw, reading))
        offer = split_offer(reading.text) if verdict.name is VerdictName.DAMAGED else ()
        return self._judged_scan(raw, verdict, number, port=raw.port, split=offer)

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
        tender = _PAYMENT_CODES.get(reading.kind) if self.payment else None
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
        self._remember(raw, verdict.reading, verdict.name.value)
        self._tell(verdict, number, port=port, split=split)
        self.look_at_gate()
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
        verdict = self._judged(raw, reading, facts)
        confirmed = self._confirmed_again(verdict)
        if confirmed:
            return confirmed
        if not verdict.accepted:
            self._follow(raw, verdict)
        return self._silence_double_read(verdict)

    def _judged(self, raw: RawScan, reading: Reading, facts: BoxFacts) -> Verdict:
        """The verdict; an accepted box is reserved when this returns."""
        verdict = self._judge(reading, facts)
        sale = self._open_sale.sale
        if verdict.name is VerdictName.OK_SPLIT and sale and reading.code in sale.codes():
            # Its units are in; another scan of the same box must not add one silently.
            action = self._settings().policy.of_verdict(VerdictName.IN_THIS_SALE)
            return replace(verdict, name=VerdictName.IN_THIS_SALE, action=action)
        if verdict.name is VerdictName.OK_SPLIT and self._review_wanted():
            return replace(verdict, action=Action.ASK)  # Ctrl+U asks for the second person
        if verdict.accepted and sale is not None:
            # Nothing is asked before: the reservation itself finds out who has the code.
            return self._reserve(raw, verdict, facts)
        if reading.code and (reading.is_trace or reading.code_needs_map):
            facts = self._asked(reading.code, facts)
            verdict = self._judge(reading, facts)
        return self._reserve(raw, verdict, facts) if verdict.accepted else verdict

    def _asked(self, code: str, facts: BoxFacts) -> BoxFacts:
        """The facts with what the keeper of reservations says of the code; nothing is reserved."""
        answer = self._open_sale.keeper.who_has(code)
        if isinstance(answer, TakenBy):
            return replace(facts, earlier=answer.earlier)
        return replace(facts, not_known=answer) if isinstance(answer, NotKnown) else facts

    def _review_wanted(self) -> bool:
        return self._settings().text("sale.split_review") == "required"

    def _follow(self, raw: RawScan, verdict: Verdict) -> None:
        """What a scan leads to that puts no box into the sale."""
        if verdict.name in (VerdictName.ITEM, VerdictName.EXEMPT) and verdict.item:
            # What is on a ticket is the till's to say.
            if not (self._open_sale.sale and self._open_sale.sale.ticket):
                self._open_sale.lines.add_item(verdict.item)
        elif verdict.name is VerdictName.UNMAPPED:
            self._question = (raw, verdict)
        elif verdict.name is VerdictName.DAMAGED:
            self._note(EventKind.READ_DAMAGED, raw, verdict)
        elif verdict.reading.is_trace or (verdict.reading.kind is Kind.UDI and verdict.item):
            self._note(EventKind.SCAN_REFUSED, raw, verdict)

    def _judge(self, reading: Reading, facts: BoxFacts) -> Verdict:
        return judge(
            reading, facts, self._open_sale.second.bench(self._open_sale.sale, self.payment)
        )

    def _reserve(
        self,
        raw: RawScan,
        verdict: Verdict,
        facts: BoxFacts,
        units: int | None = None,
        reviewer: str = "",
    ) -> Verdict:
        """Reserve first, at the door and in the ledger, then say so.

        When somebody else was there first, or nobody can say, the box is judged again.
        """
        code = verdict.reading.code or ""
        answer = self._open_sale.boxes.claim(code)
        if isinstance(answer, TakenBy):
            return self._judge(verdict.reading, replace(facts, earlier=answer.earlier))
        silent = answer if isinstance(answer, NotKnown) else None
        if silent != verdict.not_known:
            verdict = self._judge(verdict.reading, replace(facts, not_known=silent))
            if not verdict.accepted:
                return verdict
        taken = self._written(raw, verdict, units, reviewer)
        if taken is None:
            return verdict
        if taken.sale != self._open_sale.open().number:
            self._open_sale.keeper.let_go(self._open_sale.open().number, code)
        return self._judge(verdict.reading, replace(facts, earlier=taken))

    def _written(
        self, raw: RawScan, verdict: Verdict, units: int | None, reviewer: str
    ) -> Earlier | None:
        """Put the box into the ledger's sale; who has its code when the constraint refuses it."""
        if verdict.name is VerdictName.OK_SPLIT and units is None:
            units = 1  # the person changes the number when it is another
        record, item = verdict.record, verdict.item
        if item and record and record.state is BoxState.MISSING:
            self._open_sale.boxes.found_again(record, item)
            self._post(news.QueueChanged())
        sale = self._open_sale.open()
        line = self._open_sale.next_line(item.code, split=units is not None) if item else None
        answer = self._basket.reserve(
            actor=self._open_sale.who.actor(),
            sale=sale,
            verdict=verdict,
            raw=raw,
            line=line,
            units=units,
            typed=raw.port == "typed",
            reviewer=reviewer,
        )
        if isinstance(answer, Sale):
            self._open_sale.box_in(answer, line)
            return None
        return answer

    def _confirmed_again(self, verdict: Verdict) -> Verdict | None:
        """The first scan of a box that came in by answering a question confirms it.

        The person was just told that the box is in without having scanned it again; calling that
        natural second scan a repeat would blame them.
        """
        if self._confirmable is None:
            return None
        code, earlier = self._confirmable
        if verdict.reading.code != code:
            return None
        self._confirmable = None
        self._last_code = (code, self._monotonic())
        return earlier if verdict.name is VerdictName.IN_THIS_SALE else None

    def _silence_double_read(self, verdict: Verdict) -> Verdict:
        """A repeat within the double-read window is the scanner's, not the person's: no tone."""
        code = verdict.reading.code
        if code is None:
            return verdict
        now = self._monotonic()
        window = self._settings().number("scanner.double_read_ms") / 1000
        repeated = self._last_code and self._last_code[0] == code
        silent = (
            bool(repeated)
            and self._last_code is not None
            and now - self._last_code[1] <= window
            and verdict.name is VerdictName.IN_THIS_SALE
        )
        self._last_code = (code, now)
        return replace(verdict, silent=True) if silent else verdict

    def split(self, code: str, units: int, reviewer: str = "") -> UnitsAnswer:
        """Sell `units` of a box: open it, or take more of an opened one (拆零).

        `reviewer` is the second person (复核人), empty when that one signs on paper.
        """
        raw = RawScan(code.encode(), "split", self._clock.now())
        reading, facts = self._known(raw)
        if reading.code:
            facts = self._asked(reading.code, facts)
        verdict = self._judge(reading, facts)
        item, record = verdict.item, verdict.record
        if not verdict.accepted or item is None:
            return UnitsAnswer(UnitsDid.VERDICT, code, units, verdict=verdict)
        ratio = item.split_ratio or 0
        opened = record is not None and record.state is BoxState.OPENED
        left = (record.units_left or 0) if record and opened else ratio
        if ratio < 2 or not 1 <= units <= left:
            what = UnitsDid.TOO_MANY if ratio >= 2 and left else UnitsDid.NOT_SPLITTABLE
            return UnitsAnswer(what, code, units, left if ratio >= 2 else 0)
        verdict = self._reserve(raw, verdict, facts, units, reviewer)
        if verdict.accepted:
            name = VerdictName.OK_SPLIT
            verdict = replace(verdict, name=name, action=self._settings().policy.of_verdict(name))
        self._scans += 1
        self._tell(verdict, self._scans, answered=True)
        self.look_at_gate()
        what = UnitsDid.TAKEN if verdict.accepted else UnitsDid.VERDICT
        return UnitsAnswer(what, code, units, left - units, verdict)

    def take_again(self, box: Box) -> Verdict:
        """Put a box of a line that comes back into the sale, judged anew; no news tell of it.

        What it told of its lot when it was scanned counts still. Units that a second person has
        to check are not taken again without that person.
        """
        port = "typed" if box.typed else "undo"
        raw = RawScan(box.code.encode(), port, self._clock.now())
        reading, facts = self._known(raw)
        reading = replace(
            reading,
            lot=reading.lot or box.batch.lot,
            made=reading.made or box.batch.made,
            expiry=reading.expiry or box.batch.expiry,
        )
        facts = self._asked(box.code, facts)
        verdict = self._judge(reading, facts)
        opened = verdict.record is not None and verdict.record.state is BoxState.OPENED
        left = verdict.record.units_left or 0 if verdict.record and opened else None
        units = box.units
        lacks = left is not None and (units or left + 1) > left
        if verdict.accepted and (lacks or (units is not None and self._review_wanted())):
            return replace(verdict, action=Action.ASK)
        return self._reserve(raw, verdict, facts, units) if verdict.accepted else verdict

    def _known(self, raw: RawScan) -> tuple[Reading, BoxFacts]:
        """A code that was read before, with what the ledger knows of it."""
        reading = recognise_code(raw.data.decode(), raw.at.date())
        facts = self._catalogue.facts(reading)
        return (promote(reading) if facts.items else reading), facts

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

    def answer_map(
        self,
        identification: str,
        item: Item,
        second: str | None,
        level: PackLevel = PackLevel.SMALLEST,
        anyway: bool = True,
    ) -> MapAnswer:
        """A person says which drug an identification is; see `MapBook.say`."""
        answer = self.maps.say(identification, item, second, level, anyway)
        if not answer.what.refused:
            self._post(news.MapChanged(identification))
        if answer.what is not MapDid.CONFIRMED:
            return answer
        return replace(answer, verdict=self._take_up_question(identification))

    def _take_up_question(self, identification: str) -> Verdict | None:
        """The box that raised the question is in hand: judge it now that its drug is known."""
        if self._question is None:
            return None
        raw, asked = self._question
        if asked.reading.identification != identification or self.shut():
            return None
        self._question = None
        verdict = self._decide(raw, asked.reading)
        if verdict.accepted and verdict.reading.code:
            self._confirmable = (verdict.reading.code, verdict)
        self._tell(verdict, self._scans, answered=True)
        self.look_at_gate()
        return verdict

    def choose_payment(self, payment: PaymentKind | None) -> GateAnswer:
        """Say how the sale will be paid: from here on scans are judged for that kind."""
        self.payment = payment
        return self._look_at_gate()

    def look_at_gate(self) -> None:
        """Tell what stops the way of paying that was chosen, after every change of the sale."""
        self._look_at_gate()

    def _look_at_gate(self) -> GateAnswer:
        payment = self.payment
        sale = self._open_sale.gate.covered(payment) if payment else None
        if sale is None or payment is None:
            return GateAnswer(GateDid.NO_SALE)
        said = self._open_sale.gate.said(payment, settled=self.can_settle)
        stops, told = blocking(said, frozenset()), reminders(said)
        self._post(news.GateLooked(sale, payment, stops, told))
        waits = all(refusal.action is Action.APPROVE for refusal in stops)
        what = GateDid.OPEN if not stops else GateDid.WAITS if waits else GateDid.STOPPED
        unchecked = self._open_sale.gate.unchecked(payment)
        return GateAnswer(
            what=what,
            sale=sale,
            payment=payment,
            refusals=stops,
            reminders=told,
            unchecked=unchecked,
        )

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
            verdict = self._judge(reading, replace(self._catalogue.facts(reading), earlier=taken))
            self._scans += 1
            self._tell(verdict, self._scans, answered=True)
        if self._open_sale.sale != before:
            self.look_at_gate()

    def dismiss_question(self) -> QuestionAnswer:
        """The person puts the unknown box aside."""
        asked, self._question = self._question, None
        if asked is None:
            return QuestionAnswer(QuestionDid.NONE_ASKED)
        return QuestionAnswer(QuestionDid.DISMISSED, asked[1].reading.code)

    def sale_ended(self) -> None:
        """A sale was paid, held or voided: what belonged to it is forgotten."""
        self._question = None
        self._confirmable = None
        self._last_code = None
        self.payment = None
        self.repeats.ended()

    def _note(self, kind: EventKind, raw: RawScan, verdict: Verdict) -> None:
        """Keep a refused trace code or a damaged read as received, with its verdict."""
        reading = verdict.reading
        payload: dict[str, object] = {
            "verdict": verdict.name.value,
            "problem": reading.problem.value if reading.problem else None,
            "raw": kept_scan(raw.data, raw.at.date())[:4096].hex(),
            "port": raw.port,
            "scanned_at": raw.at.isoformat(),
        }
        sale = self._open_sale.sale
        number = sale.number if sale else None
        self._events.note(
            Event(
                kind=kind,
                at=self._clock.now(),
                operator=self._open_sale.who.operator,
                code=reading.code,
                document=number,
                payload=payload,
            )
        )

    def _remember(self, raw: RawScan, reading: Reading, answer: str) -> None:
        keeps = reading.is_trace or reading.kind is Kind.DAMAGED
        shown = kept(reading.text, raw.at.date(), 80) if keeps else "*" * min(len(reading.text), 12)
        self.ring.append(RingEntry(raw.at, raw.port, reading.kind, shown, answer))
