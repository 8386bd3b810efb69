"""Fuse box: one counter's process, from its settings to the scanners that feed it.

Read `Counter` from the top: settings, the doors out, the ledger, the lanes, the clerks of the
sale and of the stock; then what `start` opens in which order, and `stop` closes in the other.
Only the commands and the window's half of the fuse box import it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future
from datetime import timedelta
from functools import partial
from pathlib import Path

from pharmacy_desk.adapters import resources
from pharmacy_desk.adapters.clock import SystemClock
from pharmacy_desk.adapters.files.slips import SlipFolder
from pharmacy_desk.adapters.home import Home
from pharmacy_desk.core.ports.doors import Scanner
from pharmacy_desk.core.ports.typist import Typist
from pharmacy_desk.core.sale.guarding import Guarding
from pharmacy_desk.core.sale.sale import Sale, SaleOrigin
from pharmacy_desk.core.sale.ticket import TillMode
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import ScanAnswer
from pharmacy_desk.counter.catalogue.drug_wishes import DrugWishes
from pharmacy_desk.counter.catalogue.map_book import MapBook
from pharmacy_desk.counter.lanes import Lane, Ticker
from pharmacy_desk.counter.paper.answers import PrintAnswer
from pharmacy_desk.counter.paper.press import Press
from pharmacy_desk.counter.people.at_counter import AtCounter
from pharmacy_desk.counter.people.duty_wishes import DutyWishes
from pharmacy_desk.counter.people.register_wishes import RegisterWishes
from pharmacy_desk.counter.people.roster import Roster
from pharmacy_desk.counter.people.trainer import Trainer
from pharmacy_desk.counter.sale.day_wishes import DayWishes
from pharmacy_desk.counter.sale.desk import Desk, ScanTarget
from pharmacy_desk.counter.sale.dialogue import Dialogue
from pharmacy_desk.counter.sale.guard import TillGuard
from pharmacy_desk.counter.sale.limits import Limits
from pharmacy_desk.counter.sale.open_sale import OpenSale, SalePorts
from pharmacy_desk.counter.sale.patients import Patients
from pharmacy_desk.counter.sale.payments import Payments
from pharmacy_desk.counter.sale.tickets import Tickets
from pharmacy_desk.counter.sale.undoing import Undoing
from pharmacy_desk.counter.sale.wishes import SaleWishes
from pharmacy_desk.counter.stock.count_session import CountSession
from pharmacy_desk.counter.stock.movements import Movements
from pharmacy_desk.counter.stock.moving_session import MovingSession
from pharmacy_desk.counter.stock.no_code_wishes import NoCodeWishes
from pharmacy_desk.counter.stock.receiving_session import ReceivingSession
from pharmacy_desk.counter.stock.wishes import StockWishes
from pharmacy_desk.counter.upload.courier import Courier
from pharmacy_desk.counter.upload.sold_there import SoldThereAsker
from pharmacy_desk.wiring import files, scanners
from pharmacy_desk.wiring.doors import Doors, NoPlatform
from pharmacy_desk.wiring.ledger import open_ledger
from pharmacy_desk.wiring.options import Options
from pharmacy_desk.wiring.practice_home import load_sample

# How often the courier looks by itself; a payment wakes it at once.
_COURIER_EVERY_S = 1.0
# How often the cashier looks whether a settlement is to be asked for again.
_SETTLEMENT_EVERY_S = 1.0
# A settlement file is waited for by a person who looks at the screen.
_SLIPS_EVERY_S = 0.5
# A receipt nobody has asked for within the hour is not printed by itself any more.
_PRINT_LATE = timedelta(hours=1)
# Between two customers.
_QUIET_S = 5.0


class Counter:
    """One counter at work: everything but the window."""

    def __init__(self, home: Home, options: Options, post: Callable[[news.News], None]) -> None:
        self.home = home
        self.options = options
        self._listeners: list[Callable[[news.News], None]] = [post]
        self.clock = SystemClock()
        self._settings = home.load_settings()
        self.profile = resources.load_profile(self._settings.text("region.profile"))
        self.receipt_words = resources.words("receipt.zh_CN")
        self.doors = Doors(
            home=home,
            options=options,
            settings=lambda: self._settings,
            profile=self.profile,
            clock=self.clock,
        )
        self.ledger = open_ledger(
            home=home,
            settings=self._settings,
            now=self.clock.now(),
            sealer=self.doors.sealer(),
            head_key=self.doors.head_key,
            deciding=options.deciding,
        )
        self._make_lanes()
        self._make_sale()
        self._make_house()
        self._make_stock()
        self._make_sessions()
        self.scanners: list[Scanner] = []
        self.scanner_states: dict[str, tuple[str, str]] = {}
        # Looks at what becomes of each scan of a scanner or the wedge: a rehearsal does.
        self.scanned: Callable[[Future[ScanAnswer]], None] = lambda answer: None

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self._settings

    def change_settings(self, settings: Settings) -> None:
        """Take over settings that were saved; some of them only count from the next start."""
        self._settings = settings

    @property
    def maps(self) -> MapBook:
        """Who decides about mappings."""
        return self.desk.maps

    def listen(self, hear: Callable[[news.News], None]) -> None:
        """Tell this one too from now on, on whatever thread the news come from."""
        self._listeners.append(hear)

    def post(self, message: news.News) -> None:
        """Tell everybody who listens."""
        for listener in self._listeners:
            listener(message)

    # --- what a counter is made of ----------------------------------------------------------

    def _make_lanes(self) -> None:
        """One thread for each: only the desk's writes the ledger."""
        self.desk_lane = Lane("desk", self._trouble)
        self.printer_lane = Lane("printer", self._trouble)
        self.settlement_lane = Lane("settlement", self._trouble)
        self.courier_ticker = Ticker("courier", self._courier_round, _COURIER_EVERY_S)
        self._slips: SlipFolder | None = None
        self._slip_ticker: Ticker | None = None
        self._slips_since = self.clock.now()
        self.guard: TillGuard | None = None
        self._typing_lane: Lane | None = None
        self._typist: Typist | None = None
        self._settlements = Ticker("settlement-again", self._look_again, _SETTLEMENT_EVERY_S)

    def _make_sale(self) -> None:
        """Who works here, the open sale, and who looks at what is scanned."""
        self.limits = Limits(
            ledger=self.ledger.limits,
            shipped=resources.shipped_limits,
            settings=lambda: self._settings,
            profile=self.profile,
        )
        self.who = AtCounter(
            people=self.ledger.people, clock=self.clock, settings=lambda: self._settings
        )
        self.roster = Roster(self.ledger.duty, self.ledger.people)
        self.open_sale = OpenSale(
            SalePorts(
                sales=self.ledger.sales,
                basket=self.ledger.basket,
                gifts=self.ledger.gifts,
                settlements=self.ledger.settlements,
                returns=self.ledger.returns,
                claims=self.ledger.claims,
                persons=self.ledger.persons,
                sealed=self.ledger.sealed,
                prescriptions=self.ledger.prescriptions,
                boxes=self.ledger.boxes,
                no_code=self.ledger.no_code,
                no_code_sales=self.ledger.no_code_sales,
                catalogue=self.ledger.catalogue,
                people=self.ledger.people,
                outbox=self.ledger.outbox,
                events=self.ledger.chain,
            ),
            who=self.who,
            roster=self.roster,
            limits=self.limits,
            clock=self.clock,
            settings=lambda: self._settings,
            profile=self.profile,
            door=self.doors.reservations(self.ledger.basket),
        )
        self.desk = Desk(
            basket=self.ledger.basket,
            catalogue=self.ledger.catalogue,
            mappings=self.ledger.map,
            people=self.ledger.people,
            events=self.ledger.chain,
            open_sale=self.open_sale,
            clock=self.clock,
            settings=lambda: self._settings,
            post=self.post,
        )

    def _make_house(self) -> None:
        """Who prints, and who keeps the register, the day, the duty and the lessons."""
        self.press = Press(
            sales=self.ledger.sales,
            events=self.ledger.chain,
            printer=self.doors.printer(),
            clock=self.clock,
            settings=lambda: self._settings,
            operator=lambda: self.who.operator,
            words=self.receipt_words,
            on_desk=self.desk_lane.call,
            post=self.post,
        )
        self.register = RegisterWishes(
            lane=self.desk_lane,
            sealed=self.ledger.sealed,
            who=self.who,
            approvals=self.desk.approvals,
        )
        self.day = DayWishes(
            lane=self.desk_lane,
            shifts=self.ledger.shifts,
            people=self.ledger.people,
            open_sale=self.open_sale,
            post=self.post,
            print_closing=lambda closing: self.printer_lane.wish(
                lambda: self.press.print_closing(closing)
            ),
        )
        self.duty = DutyWishes(
            lane=self.desk_lane,
            duty=self.ledger.duty,
            people=self.ledger.people,
            who=self.who,
            roster=self.roster,
            approvals=self.desk.approvals,
            practice=lambda: self._settings.practice,
            looked=self.desk.gate.look,
            post=self.post,
        )
        self.trainer = Trainer(
            lane=self.desk_lane,
            events=self.ledger.chain,
            who=self.who,
            post=self.post,
            wake_courier=self.wake_courier,
        )
        self._listeners.append(self.trainer.hear)

    def _make_stock(self) -> None:
        """Who moves boxes, who keeps the no-code library, and who the drug list."""
        self.movements = Movements(
            sales=self.ledger.sales,
            boxes=self.ledger.boxes,
            catalogue=self.ledger.catalogue,
            mappings=self.ledger.map,
            events=self.ledger.chain,
            who=self.who,
            open_sale=self.open_sale,
            clock=self.clock,
            settings=lambda: self._settings,
            profile=self.profile,
            wake_courier=self.wake_courier,
        )
        self.keeper = StockWishes(
            lane=self.desk_lane,
            boxes=self.ledger.boxes,
            drafts=self.ledger.drafts,
            movements=self.movements,
            approvals=self.desk.approvals,
            actor=self.who.actor,
            post=self.post,
        )
        self.drugs = DrugWishes(
            lane=self.desk_lane,
            catalogue=self.ledger.catalogue,
            people=self.ledger.people,
            who=self.who,
            desk=self.desk.question,
            porter=self.desk.porter,
            approvals=self.desk.approvals,
            initials=files.pinyin_initials,
        )
        self.no_code = NoCodeWishes(
            lane=self.desk_lane,
            sales=self.ledger.sales,
            no_code=self.ledger.no_code,
            catalogue=self.ledger.catalogue,
            open_sale=self.open_sale,
            approvals=self.desk.approvals,
            clock=self.clock,
            shut=self.desk.shut,
            looked=self.desk.gate.look,
            post=self.post,
            wake_courier=self.wake_courier,
        )

    def _make_sessions(self) -> None:
        """Receiving, counting and moving: where scans go while a person is at one of them."""
        self._book = self.doors.stock_book()
        self.receiving = ReceivingSession(
            book=self._book,
            keeper=self.keeper,
            clock=self.clock,
            settings=lambda: self._settings,
            post=self.post,
        )
        self.counting = CountSession(
            book=self._book, keeper=self.keeper, clock=self.clock, post=self.post
        )
        self.moving = MovingSession(
            book=self._book, keeper=self.keeper, clock=self.clock, post=self.post
        )
        self.desk.sessions = {
            ScanTarget.RECEIVING: self.receiving.scan,
            ScanTarget.COUNT: self.counting.scan,
            ScanTarget.MOVING: self.moving.scan,
        }

    def _make_clerk(self) -> None:
        """Who takes payments, and who takes a person's wishes."""
        patients = Patients(self.open_sale, self.ledger.sealed)
        self._payments = Payments(
            open_sale=self.open_sale,
            desk=self.desk,
            door=self._door,
            settings=lambda: self._settings,
            to_desk=self.desk_lane.submit,
            to_settlement=self.settlement_lane.submit,
            post=self.post,
            print_receipt=self._print,
            wake_courier=lambda: self.wake_courier(False),
            line=self._settlement_line,
            patients=patients,
        )
        self._undoing = Undoing(
            undos=self.ledger.undoings,
            sales=self.ledger.sales,
            returns=self.ledger.returns,
            events=self.ledger.chain,
            open_sale=self.open_sale,
            payments=self._payments,
            door=self._door,
            clock=self.clock,
            to_desk=self.desk_lane.submit,
            to_settlement=self.settlement_lane.submit,
            post=self.post,
            wake_courier=lambda: self.wake_courier(False),
        )
        dialogue = None
        if self._door:
            dialogue = Dialogue(
                open_sale=self.open_sale,
                patients=patients,
                door=self._door,
                to_desk=self.desk_lane.submit,
                to_settlement=self.settlement_lane.submit,
                post=self.post,
                line=self._settlement_line,
            )
        self._make_slips()
        self.wishes = SaleWishes(
            lane=self.desk_lane,
            catalogue=self.ledger.catalogue,
            people=self.ledger.people,
            outbox=self.ledger.outbox,
            prescriptions=self.ledger.prescriptions,
            open_sale=self.open_sale,
            desk=self.desk,
            payments=self._payments,
            undoing=self._undoing,
            dialogue=dialogue,
            post=self.post,
            print_receipt=self._print,
            wake_courier=self.wake_courier,
            electronic=self.doors.electronic(self._upload_url),
            to_door=self.settlement_lane.submit,
        )

    def _make_tickets(self) -> None:
        """Who takes what another till tells, where one does."""
        self.tickets = Tickets(
            lane=self.desk_lane,
            tickets=self.ledger.tickets,
            sales=self.ledger.sales,
            returns=self.ledger.returns,
            catalogue=self.ledger.catalogue,
            open_sale=self.open_sale,
            desk=self.desk,
            events=self.ledger.chain,
            clock=self.clock,
            settings=lambda: self._settings,
            post=self.post,
            print_receipt=self._print,
            receipt_words=self.receipt_words,
            wake_courier=lambda: self.wake_courier(False),
        )
        if self._settings.text("till.mode") == TillMode.TICKET:
            self.desk.tickets_only = True
            self.listen(self.tickets.hear)
            self.desk_lane.call(self.tickets.take_up)

    def _make_slips(self) -> None:
        """Who hears of what the insurance's own terminal settled, where it writes files."""
        form = self.profile.settlement.slip if self.profile.settlement else None
        self.desk.slip_form = form
        folder = self._settings.text("settlement.folder")
        if form and folder:
            self._slips = SlipFolder(Path(folder), form)
            self._slip_ticker = Ticker("slips", self._look_for_slips, _SLIPS_EVERY_S)

    def _look_for_slips(self, _urgent: bool) -> None:
        """Tell a slip that came while it was asked for; what came before is another sale's."""
        if not self.desk.asks_slip:
            self._slips_since = self.clock.now()
            return
        slip = self._slips.newest(self._slips_since) if self._slips else None
        if slip:
            self.post(news.SlipShown(slip))

    def _make_guard(self) -> None:
        """Who stands before another till, where the settings want it; known from the start on."""
        if self._settings.guarding is None:
            return
        self._typist = self.doors.typist()
        self._typing_lane = Lane("typing", self._trouble)
        self.guard = TillGuard(
            lane=self.desk_lane,
            typing=self._typing_lane,
            typist=self._typist,
            ledger=self.ledger.typed_on,
            open_sale=self.open_sale,
            wishes=self.wishes,
            held=self.wishes.held,
            tickets=self.tickets,
            kinds=lambda: [kind for kind in self._settings.policy.served if kind.insured],
            guarding=lambda: self._settings.guarding or Guarding(),
            post=self.post,
        )
        self.desk.till_end = self.guard.ends
        self.listen(self.guard.hear)

    def make_courier(
        self, stopping: Callable[[], bool], pause: Callable[[float], None] = time.sleep
    ) -> Courier:
        """A courier over this counter's ledger and platform."""
        return Courier(
            outbox=self.ledger.outbox,
            sold_there=self.ledger.sold_there,
            sealed=self.ledger.sealed,
            waiting=self.doors.waiting(),
            platform=self.platform,
            profile=self.profile,
            clock=self.clock,
            sender=self.who.sender,
            counter=self._settings.text("counter.number"),
            on_desk=self.desk_lane.call,
            post=self.post,
            pause=pause,
            stopping=stopping,
        )

    def make_asker(
        self, stopping: Callable[[], bool], pause: Callable[[float], None] = time.sleep
    ) -> SoldThereAsker:
        """Who asks the platform what was sold in a time that is missing here."""
        return SoldThereAsker(
            outbox=self.ledger.outbox,
            sold_there=self.ledger.sold_there,
            platform=self.platform,
            profile=self.profile,
            clock=self.clock,
            sender=self.who.sender,
            counter=self._settings.text("counter.number"),
            on_desk=self.desk_lane.call,
            pause=pause,
            stopping=stopping,
        )

    # --- start and stop -------------------------------------------------------------------

    def start(self) -> None:
        """Recover what a kill left, then open the doors: platform, courier, scanners."""
        self.desk_lane.call(lambda: self.ledger.outbox.recover_sending(self.clock.now()))
        self.desk_lane.call(self.open_sale.held.expire)
        self.desk_lane.call(self.open_sale.customer.drop_due)
        if self.home.practice:
            self.desk_lane.call(lambda: load_sample(self))
        upload_url, settlement_url = self.doors.addresses()
        self.platform = self.doors.platform(upload_url)
        self._door = self.doors.settlement(settlement_url)
        self.desk.gate.can_settle = self._door is not None
        self._upload_url = upload_url
        self._make_clerk()
        self._make_tickets()
        self._make_guard()
        self.asker = self.make_asker(lambda: self.courier_ticker.stopping)
        self.courier = self.make_courier(lambda: self.courier_ticker.stopping)
        self.courier_ticker.start()
        self._settlements.start()
        if self._slip_ticker:
            self._slip_ticker.start()
        self._print_what_is_missing()
        self._start_scanners()

    def open_platform(self) -> None:
        """Open only what one courier round needs (`sync --once`)."""
        self.desk_lane.call(lambda: self.ledger.outbox.recover_sending(self.clock.now()))
        self.platform = self.doors.platform(self.doors.addresses()[0])

    def stop(self) -> None:
        """Scanners first, then what they feed; the ledger last.

        What the desk has been told may still ask the insurance, and a settled sale be printed: the
        desk works off its queue before either of them is stopped.
        """
        for scanner in self.scanners:
            scanner.stop()
        self.courier_ticker.stop()
        self._settlements.stop()
        if self._slip_ticker:
            self._slip_ticker.stop()
        for fed in (self.settlement_lane, self.printer_lane, self._typing_lane):
            if fed:
                self.desk_lane.call(lambda: None)
                fed.stop()
        if self._typist:
            self._typist.close()
        # Nobody settles any more: who scanned behind a settlement is told so.
        self.desk_lane.submit(self.desk.waiting.refuse)
        self.desk_lane.submit(self._book.close)
        self.desk_lane.stop()
        self.ledger.close()
        self.doors.close()

    def _print_what_is_missing(self) -> None:
        """Receipts of sales that were paid just before a kill, of those that are printed here."""
        if self._settings.text("printer.kind") == "none":
            return
        since = self.clock.now() - _PRINT_LATE
        for number in self.desk_lane.call(lambda: self.ledger.sales.unprinted(since)):
            if self._prints(self.desk_lane.call(partial(self.ledger.sales.load_sale, number))):
                self._print(number)

    def _prints(self, sale: Sale | None) -> bool:
        """Whether a sale's receipt is printed by itself: of another till's, whether it is ours."""
        if sale and sale.origin is SaleOrigin.TILL:
            return self._settings.text("till.receipt") == "slip"
        return self._settings.flag("receipt.auto_print")

    def _start_scanners(self) -> None:
        self.scanners += scanners.make(
            settings=self._settings,
            given=self.options.serial_port,
            now=self.clock.now,
            reporter=self.scanner_reporter,
        )
        self.scanners += scanners.files(
            settings=self._settings, replay=self.options.replay_file, now=self.clock.now
        )
        for scanner in self.scanners:
            scanner.start(self.deliver, self.scanner_reporter(scanner.name))

    def deliver(self, raw: RawScan) -> None:
        """A scanner has scanned: `scanned` may look at what becomes of it."""
        self.scanned(self.wishes.scan(raw))

    # --- while it runs --------------------------------------------------------------------

    @property
    def has_settlement(self) -> bool:
        """True when this counter can ask for an insurance settlement by itself."""
        return self._door is not None

    @property
    def has_platform(self) -> bool:
        """True when there is an address that this counter uploads to."""
        return not isinstance(self.platform, NoPlatform)

    def wake_courier(self, urgent: bool) -> None:
        """Let the courier look now."""
        self.courier_ticker.wake(urgent)

    def scanner_reporter(self, name: str) -> Callable[[str, str], None]:
        """Where the scanner of this name tells its state."""

        def report(state: str, detail: str) -> None:
            self.scanner_states[name] = (state, detail)
            self.post(news.ScannerState(name, state, detail))

        return report

    def _trouble(self, error: Exception) -> None:
        self.post(news.Trouble(error))

    def _look_again(self, _urgent: bool) -> None:
        self.desk_lane.submit(self._payments.look)
        self.desk_lane.submit(self._undoing.look)

    def _courier_round(self, urgent: bool) -> None:
        if not self.trainer.line_down:
            self.asker.round()
            self.courier.round(everything=urgent)
        if self.desk.quiet_s > _QUIET_S:
            self.desk_lane.submit(self.ledger.chain.tidy)
            self.desk_lane.submit(self.desk.settle_doubts)
            self.desk_lane.submit(self.open_sale.customer.drop_due)

    def _print(self, number: str) -> Future[PrintAnswer]:
        return self.printer_lane.wish(lambda: self.press.print(number))

    def _settlement_line(self, up: bool, detail: str) -> None:
        self.post(news.LineState("settlement", up, self.clock.now(), detail))
