"""Fuse box: reads settings, makes store, ports and lanes, and starts and stops them in order.

Only `cli` and the window's half of the fuse box import it.
"""

from __future__ import annotations

import contextlib
import json
import logging
import logging.handlers
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pharmacy_desk.adapters import resources
from pharmacy_desk.adapters.clock import SystemClock
from pharmacy_desk.adapters.home import Home
from pharmacy_desk.adapters.log_lines import LogLines
from pharmacy_desk.adapters.platforms.signers import Signer, no_signature, tif_signer
from pharmacy_desk.adapters.reservations.local import LocalReservations
from pharmacy_desk.adapters.scanners.replay import ReplayScanner
from pharmacy_desk.adapters.store.base import database
from pharmacy_desk.adapters.store.ledger import SqliteLedger
from pharmacy_desk.adapters.store.upload.waiting import OutboxQueue
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.basics.history import LOST, Missing
from pharmacy_desk.core.basics.web_address import web_address
from pharmacy_desk.core.ports.doors import (
    HeadKey,
    Operator,
    Platform,
    Printer,
    Reply,
    Scanner,
    Sealer,
)
from pharmacy_desk.core.ports.reservations import Reservations
from pharmacy_desk.core.ports.settlement import SettlementDoor
from pharmacy_desk.core.scanning.scan import visible
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.counter import news
from pharmacy_desk.counter.catalogue.map_book import MapBook
from pharmacy_desk.counter.lanes import Lane, Ticker
from pharmacy_desk.counter.paper.press import Press
from pharmacy_desk.counter.sale.cashier import Cashier
from pharmacy_desk.counter.sale.clerk import Clerk
from pharmacy_desk.counter.sale.desk import Desk, ScanTarget
from pharmacy_desk.counter.sale.till import Till
from pharmacy_desk.counter.stock.count_session import CountSession
from pharmacy_desk.counter.stock.movements import Movements
from pharmacy_desk.counter.stock.moving_session import MovingSession
from pharmacy_desk.counter.stock.no_code import NoCodeKeeper
from pharmacy_desk.counter.stock.receiving_session import ReceivingSession
from pharmacy_desk.counter.stock.storekeeper import Storekeeper
from pharmacy_desk.counter.upload.courier import Courier
from pharmacy_desk.counter.upload.sold_there import SoldThereAsker
from pharmacy_desk.wiring import scanners
from pharmacy_desk.wiring.files import import_file
from pharmacy_desk.wiring.late import (
    LatePlatform,
    LatePrinter,
    LateSealer,
    LateSettlement,
    LateStockBook,
)

if TYPE_CHECKING:
    from pharmacy_desk.adapters.store.reading import Reader

_LOG = logging.getLogger(__name__)
# How often the courier looks by itself; a payment wakes it at once.
_COURIER_EVERY_S = 1.0
# How often the cashier looks whether a settlement is to be asked for again.
_SETTLEMENT_EVERY_S = 1.0
# A receipt nobody has asked for within the hour is not printed by itself any more.
_PRINT_LATE = timedelta(hours=1)
# Between two customers.
_QUIET_S = 5.0
_LOG_BYTES, _LOG_FILES = 1_000_000, 5
# The second person of a practice home, number and PIN, so that approvals can be tried.
PRACTICE_MANAGER = ("001", "123456")


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks of a counter."""

    platform_url: str | None = None
    settlement_url: str | None = None
    own_practice_platform: bool = True
    serial_port: str | None = None
    replay_file: Path | None = None
    # Somebody is about to decide on what is missing of the past: only then it may be opened so.
    deciding: bool = False


class NoPlatform:
    """`Platform` of a counter that has none set up: everything waits."""

    def send(self, infno: str, body: bytes) -> Reply:
        """Nothing is sent."""
        return Reply(None, sent=False, detail="no_platform")


class PracticePlatform:
    """The practice platform as a process of its own, ended together with this one."""

    def __init__(self, store: Path) -> None:
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "pharmacy_desk",
                "sandbox",
                "--port",
                "0",
                "--store",
                str(store),
                "--with-parent",
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def url(self) -> str:
        """Its address, waited for. Raises `WorldError` when it does not start."""
        line = self._process.stdout.readline().strip() if self._process.stdout else ""
        if not line.startswith("http://127.0.0.1:"):
            raise WorldError(Fault.PROGRAM_DID_NOT_START, program="practice platform")
        return line

    def stop(self) -> None:
        """End it; it also ends by itself when this process dies."""
        if self._process.stdin:
            self._process.stdin.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()


class _LogFile(logging.handlers.RotatingFileHandler):
    """A log that a full disk cannot make loud: lines that do not fit are counted, then told of."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path, maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8", delay=True
        )
        self._lost = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line, behind one that says how many were lost before it."""
        lost, self._lost = self._lost, 0
        if lost:
            told = logging.LogRecord(
                __name__, logging.WARNING, __file__, 0, "%d log lines were lost", (lost,), None
            )
            super().emit(told)
            if self._lost:  # still no room
                self._lost += lost
                return
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Count the line and print no traceback of it; the next one opens the file anew."""
        self._lost += 1
        stream, self.stream = self.stream, None
        with contextlib.suppress(OSError):
            if stream:
                stream.close()


def start_logging(home: Home) -> None:
    """Rotating log files in the home; they hold no scan and no name of a person."""
    handler = _LogFile(home.logs / "pharmacy-desk.log")
    handler.setFormatter(LogLines())
    root = logging.getLogger("pharmacy_desk")
    root.setLevel(logging.INFO)
    for old in list(root.handlers):
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)


def lost_error(home: Home, missing: Missing) -> WorldError:
    """What is missing of a home's past, as a failure that a person can mend."""
    since = missing.since.isoformat(" ", "minutes") if missing.since else "?"
    return WorldError(LOST[missing.loss], since=since, path=str(home.ledger))


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
        self._practice: PracticePlatform | None = None
        self.scanners: list[Scanner] = []
        self.scanner_states: dict[str, tuple[str, str]] = {}
        self._open_ledger()
        self._make_lanes()
        self._make_sessions()

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

    def post(self, message: news.News) -> None:
        """Tell everybody who listens."""
        for listener in self._listeners:
            listener(message)

    def _open_ledger(self) -> None:
        if not database.is_current(self.home.ledger):
            from pharmacy_desk.adapters.store.base.upgrade import bring_up_to_date

            bring_up_to_date(self.home.ledger)
        settings = self._settings
        self.ledger = SqliteLedger(
            actor=Actor(self.clock.now(), settings.text("operator.id")),
            path=self.home.ledger,
            counter=settings.text("counter.number"),
            place=self.home.place,
            sealer=LateSealer(self._sealer),
            head_key=self._head_key,
        )
        missing = self.ledger.chain.missing
        if missing and not self.options.deciding:
            self.ledger.close()
            raise lost_error(self.home, missing)
        if not self.home.practice:
            self.ledger.chain.remember_settings(
                json.dumps(dict(settings.values), ensure_ascii=False)
            )

    def _make_lanes(self) -> None:
        self.desk_lane = Lane("desk", lambda error: self.post(news.Trouble(error)))
        self.printer_lane = Lane("printer", lambda error: self.post(news.Trouble(error)))
        self.settlement_lane = Lane("settlement", lambda error: self.post(news.Trouble(error)))
        self.till = Till(
            sales=self.ledger.sales,
            basket=self.ledger.basket,
            gifts=self.ledger.gifts,
            settlements=self.ledger.settlements,
            returns=self.ledger.returns,
            claims=self.ledger.claims,
            boxes=self.ledger.boxes,
            no_code=self.ledger.no_code,
            catalogue=self.ledger.catalogue,
            people=self.ledger.people,
            outbox=self.ledger.outbox,
            events=self.ledger.chain,
            clock=self.clock,
            settings=lambda: self._settings,
            profile=self.profile,
            door=self._reservations(),
        )
        self.desk = Desk(
            basket=self.ledger.basket,
            catalogue=self.ledger.catalogue,
            mappings=self.ledger.map,
            people=self.ledger.people,
            events=self.ledger.chain,
            till=self.till,
            clock=self.clock,
            settings=lambda: self._settings,
            post=self.post,
        )
        self.press = Press(
            sales=self.ledger.sales,
            events=self.ledger.chain,
            printer=LatePrinter(self._printer),
            clock=self.clock,
            settings=lambda: self._settings,
            operator=lambda: self.till.operator,
            words=self.receipt_words,
            on_desk=self.desk_lane.call,
            post=self.post,
        )
        self.courier_ticker = Ticker("courier", self._courier_round, _COURIER_EVERY_S)
        self._settlements = Ticker(
            "settlement-again",
            lambda _: self.desk_lane.submit(self._cashier.look),
            _SETTLEMENT_EVERY_S,
        )
        movements = Movements(
            sales=self.ledger.sales,
            boxes=self.ledger.boxes,
            catalogue=self.ledger.catalogue,
            mappings=self.ledger.map,
            events=self.ledger.chain,
            till=self.till,
            clock=self.clock,
            settings=lambda: self._settings,
            profile=self.profile,
            wake_courier=self.wake_courier,
        )
        self.keeper = Storekeeper(
            lane=self.desk_lane,
            boxes=self.ledger.boxes,
            drafts=self.ledger.drafts,
            movements=movements,
            approvals=self.desk.approvals,
            actor=self.till.actor,
            post=self.post,
        )

        self.no_code = NoCodeKeeper(
            lane=self.desk_lane,
            sales=self.ledger.sales,
            no_code=self.ledger.no_code,
            no_code_sales=self.ledger.no_code_sales,
            catalogue=self.ledger.catalogue,
            till=self.till,
            approvals=self.desk.approvals,
            clock=self.clock,
            shut=self.desk.shut,
            looked=self.desk.look_at_gate,
            post=self.post,
            wake_courier=self.wake_courier,
        )

    def _reservations(self) -> Reservations:
        """Who keeps the reservations of codes, by `reservations.door`."""
        doors = {"local": LocalReservations}
        return doors[self._settings.text("reservations.door")](self.ledger.basket.earlier)

    def _make_sessions(self) -> None:
        self._book = LateStockBook(self._reader)
        self.receiving = ReceivingSession(
            self._book, self.keeper, self.clock, lambda: self._settings, self.post
        )
        self.counting = CountSession(self._book, self.keeper, self.post)
        self.moving = MovingSession(self._book, self.keeper, self.post)
        self.desk.sessions = {
            ScanTarget.RECEIVING: self.receiving.scan,
            ScanTarget.COUNT: self.counting.scan,
            ScanTarget.MOVING: self.moving.scan,
        }

    def _reader(self) -> Reader:
        from pharmacy_desk.adapters.store.reading import Reader

        return Reader(self.home.ledger)

    def start(self) -> None:
        """Recover what a kill left, then open the doors: platform, courier, scanners."""
        self.desk_lane.call(lambda: self.ledger.outbox.recover_sending(self.clock.now()))
        self.desk_lane.call(self.till.expire_holds)
        self.desk_lane.call(self._load_sample)
        upload_url, settlement_url = self._platform_urls()
        self.platform = self._platform(upload_url)
        self._door = self._settlement_door(settlement_url)
        self.desk.can_settle = self._door is not None
        self._cashier = cashier = Cashier(
            till=self.till,
            desk=self.desk,
            door=self._door,
            settings=lambda: self._settings,
            to_desk=self.desk_lane.submit,
            to_settlement=self.settlement_lane.submit,
            post=self.post,
            print_receipt=self._print,
            wake_courier=lambda: self.wake_courier(False),
            line=self._settlement_line,
        )
        self.clerk = Clerk(
            lane=self.desk_lane,
            catalogue=self.ledger.catalogue,
            people=self.ledger.people,
            outbox=self.ledger.outbox,
            till=self.till,
            desk=self.desk,
            cashier=cashier,
            post=self.post,
            print_receipt=self._print,
            wake_courier=self.wake_courier,
        )
        self.asker = self.make_asker(lambda: self.courier_ticker.stopping)
        self.courier = self.make_courier(lambda: self.courier_ticker.stopping)
        self.courier_ticker.start()
        self._settlements.start()
        self._print_what_is_missing()
        self._start_scanners()

    def _print_what_is_missing(self) -> None:
        """Receipts of sales that were paid just before a kill."""
        settings = self._settings
        if not settings.flag("receipt.auto_print") or settings.text("printer.kind") == "none":
            return
        since = self.clock.now() - _PRINT_LATE
        for number in self.desk_lane.call(lambda: self.ledger.sales.unprinted(since)):
            self._print(number)

    @property
    def has_settlement(self) -> bool:
        """True when this counter can ask for an insurance settlement by itself."""
        return self._door is not None

    @property
    def has_platform(self) -> bool:
        """True when there is an address that this counter uploads to."""
        return not isinstance(self.platform, NoPlatform)

    def make_courier(
        self, stopping: Callable[[], bool], pause: Callable[[float], None] = time.sleep
    ) -> Courier:
        """A courier over this counter's ledger and platform."""
        return Courier(
            outbox=self.ledger.outbox,
            sold_there=self.ledger.sold_there,
            waiting=OutboxQueue(self.ledger.path),
            platform=self.platform,
            profile=self.profile,
            clock=self.clock,
            sender=self.till.sender,
            counter=self._settings.text("counter.number"),
            on_desk=self.desk_lane.call,
            post=self.post,
            pause=pause,
            stopping=stopping,
        )

    def open_platform(self) -> None:
        """Open only what one courier round needs (`sync --once`)."""
        self.desk_lane.call(lambda: self.ledger.outbox.recover_sending(self.clock.now()))
        self.platform = self._platform(self._platform_urls()[0])

    def stop(self) -> None:
        """Scanners first, then what they feed; the ledger last."""
        for scanner in self.scanners:
            scanner.stop()
        self.courier_ticker.stop()
        self._settlements.stop()
        self.settlement_lane.stop()
        self.printer_lane.stop()
        self.desk_lane.submit(self._book.close)
        self.desk_lane.stop()
        self.ledger.close()
        if self._practice:
            self._practice.stop()

    def wake_courier(self, urgent: bool) -> None:
        """Let the courier look now."""
        self.courier_ticker.wake(urgent)

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
            sender=self.till.sender,
            counter=self._settings.text("counter.number"),
            on_desk=self.desk_lane.call,
            pause=pause,
            stopping=stopping,
        )

    def _courier_round(self, urgent: bool) -> None:
        self.asker.round()
        self.courier.round(everything=urgent)
        if self.desk.quiet_s > _QUIET_S:
            self.desk_lane.submit(self.ledger.chain.tidy)
            self.desk_lane.submit(self.desk.settle_doubts)

    def _print(self, number: str) -> None:
        self.printer_lane.submit(lambda: self.press.print(number))

    def _settlement_line(self, up: bool, detail: str) -> None:
        self.post(news.LineState("settlement", up, self.clock.now(), detail))

    def _platform_urls(self) -> tuple[str, str]:
        """Upload and settlement address; a practice home starts its own platform if it may."""
        upload = self.options.platform_url or self._settings.text("platform.url")
        settlement = (
            self.options.settlement_url
            or self._settings.text("platform.settlement_url")
            or (upload if self.home.practice else "")
        )
        for url in (upload, settlement):
            require_address(url, practice=self.home.practice)
        if self.home.practice and not upload and self.options.own_practice_platform:
            self._practice = PracticePlatform(self.home.folder / "practice-platform.db")
            upload = settlement = self._practice.url()
        return upload, settlement

    def _sealer(self) -> Sealer:
        from pharmacy_desk.adapters.secrets import RecordSealer, Secrets

        return RecordSealer(Secrets(self.home.folder))

    def _head_key(self) -> HeadKey:
        from pharmacy_desk.adapters.secrets import SecretHeadKey, Secrets

        return SecretHeadKey(Secrets(self.home.folder), self.home.ledger.stem)

    def _platform(self, url: str) -> Platform:
        return LatePlatform(lambda: self._nhsa(url)) if url else NoPlatform()

    def _nhsa(self, url: str) -> Platform:
        from pharmacy_desk.adapters.platforms.nhsa import NhsaPlatform

        signer: Signer = no_signature
        if self.profile.transport.signer == "tif":
            from pharmacy_desk.adapters.secrets import Secrets

            token = Secrets(self.home.folder).get("platform.token") or ""
            signer = tif_signer(self._settings.text("platform.paasid"), token)
        inside = self.home.practice
        return NhsaPlatform(url, self.profile, signer, self.clock.now, loopback_only=inside)

    def _settlement_door(self, url: str) -> SettlementDoor | None:
        if not self.home.practice or not url:
            return None
        return LateSettlement(lambda: self._practice_settlement(url))

    def _practice_settlement(self, url: str) -> SettlementDoor:
        from pharmacy_desk.adapters.platforms.practice import PracticeSettlement

        return PracticeSettlement(url, self._settings.text("store.code"))

    def _printer(self) -> Printer:
        """The configured printer; its library (0.3 s to load) comes on the printer lane."""
        from pharmacy_desk.adapters.printers.escpos_printer import (
            FilePrinter,
            NetworkPrinter,
            NullPrinter,
        )

        kind = self._settings.text("printer.kind")
        if kind == "network":
            return NetworkPrinter(
                self._settings.text("printer.host"), self._settings.number("printer.port")
            )
        return FilePrinter(self.home.receipts) if kind == "file" else NullPrinter()

    def _start_scanners(self) -> None:
        settings = self._settings
        self.scanners += scanners.make(
            settings, self.options.serial_port, self.clock.now, self.scanner_reporter
        )
        replay = self.options.replay_file or settings.text("scanner.replay_file")
        if replay:
            self.scanners.append(ReplayScanner(Path(replay), self.clock.now))
        pictures = settings.text("scanner.picture_folder")
        if pictures:
            from pharmacy_desk.adapters.scanners.pictures.folder import FolderScanner

            self.scanners.append(FolderScanner(Path(pictures), self.clock.now))
        for scanner in self.scanners:
            scanner.start(self.clerk.scan, self.scanner_reporter(scanner.name))

    def scanner_reporter(self, name: str) -> Callable[[str, str], None]:
        """Where the scanner of this name tells its state."""

        def report(state: str, detail: str) -> None:
            self.scanner_states[name] = (state, detail)
            self.post(news.ScannerState(name, state, detail))

        return report

    def _load_sample(self) -> None:
        """A practice home without a catalogue gets the sample catalogue."""
        if not self.home.practice or self.ledger.catalogue.has_items():
            return
        with resources.sample_catalogue() as path:
            import_file(self, path, lambda job: job())
        manager = Operator(PRACTICE_MANAGER[0], "店长 001", "店长")
        self.ledger.people.put_operator(Actor(self.clock.now(), ""), manager, PRACTICE_MANAGER[1])


def require_address(url: str, *, practice: bool) -> None:
    """Raise `WorldError` for what is no address, or one that a practice home must not reach."""
    address = web_address(url)
    if url and address is None:
        raise WorldError(Fault.ADDRESS_BAD, url=visible(url))
    if address and practice and not address.loopback:
        raise WorldError(Fault.PRACTICE_LOOPBACK_ONLY, url=visible(url))
