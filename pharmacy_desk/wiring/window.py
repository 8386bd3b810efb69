"""Fuse box, second half: the window over a counter. Loaded only when a window is wanted."""

from __future__ import annotations

import contextlib
import gc
import logging
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from pharmacy_desk.adapters import resources
from pharmacy_desk.adapters.clock import SystemClock
from pharmacy_desk.adapters.home import Home
from pharmacy_desk.adapters.scanners.practice_port import PracticePort
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.people.people import Operator
from pharmacy_desk.core.sale.ticket import TillMode
from pharmacy_desk.core.settings.settings import Settings, Value
from pharmacy_desk.counter import news
from pharmacy_desk.counter.lanes import Lane
from pharmacy_desk.counter.sale.desk import ScanTarget
from pharmacy_desk.gui.base.bridge import Asker, Bridge
from pharmacy_desk.gui.base.desk_view import DeskView, Paper, StockView
from pharmacy_desk.gui.base.sound import Tones
from pharmacy_desk.gui.keys.wedge import Wedge
from pharmacy_desk.gui.shell import crash
from pharmacy_desk.gui.shell.main_window import MainWindow
from pharmacy_desk.gui.words import faults as faults_words
from pharmacy_desk.wiring.counter import Counter
from pharmacy_desk.wiring.files import import_file, read_picture
from pharmacy_desk.wiring.keys import NativeKeys, native_keys
from pharmacy_desk.wiring.logs import start_logging
from pharmacy_desk.wiring.look import dressed_application, make_application, start_again
from pharmacy_desk.wiring.options import Options
from pharmacy_desk.wiring.sections import parts
from pharmacy_desk.wiring.stock import StockDoors

if TYPE_CHECKING:
    from pharmacy_desk.adapters.store.reading import Reader
    from pharmacy_desk.core.basics.payment import PaymentKind
    from pharmacy_desk.core.ports.till import TicketAnswer
    from pharmacy_desk.core.scanning.tray import Photo
    from pharmacy_desk.counter.sale.guard import TillGuard
    from pharmacy_desk.gui.people.lessons_panel import LessonsPanel
    from pharmacy_desk.gui.shell.history_page import HistoryPage
    from pharmacy_desk.gui.shell.till_front import TillFront
    from pharmacy_desk.gui.till.strip import GuardStrip
    from pharmacy_desk.wiring.assistant import ScannerDoors
    from pharmacy_desk.wiring.till import TillDoors

_LOG = logging.getLogger(__name__)
# A screen at least this large shows the 1366×768 window with its frame and a task bar.
_ROOMY = (1400, 860)
# Counts and lists are read once the window is painted: what reads them takes long to load.
_LISTS_AFTER_MS = 100
# Exit code of the event loop: open again, as a real store or with other settings.
_AGAIN = 77
# Open again as the store that has just been set up: its drug list and its printer come next.
_SET_UP = 78


class WindowedCounter:
    """A counter with its window: made, run, and stopped in one order."""

    def __init__(
        self,
        home: Home,
        options: Options,
        *,
        rehearsed: bool,
        play: bool,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._home = home
        self._monotonic = monotonic
        self._rehearsed = rehearsed
        self._port = PracticePort(home.folder / "practice-scanner") if play else None
        if self._port and not options.serial_port:
            options = replace(
                options,
                serial_port=self._port.path if self._port.is_serial else None,
                replay_file=None if self._port.is_serial else Path(self._port.path),
            )
        self.bridge = Bridge()
        self.counter = Counter(home, options, self.bridge.post)
        self._import_lane = Lane("import", lambda error: self.bridge.post(news.Trouble(error)))
        self._picture_lane = Lane("pictures", lambda error: self.bridge.post(news.Trouble(error)))
        self._stock_doors = StockDoors(self.counter, self._import_lane, self.bridge.answer)
        self._scanner_doors: ScannerDoors | None = None
        self.asker = Asker(lambda: _reader(home.ledger), self.bridge, asleep=True)
        self.tones = Tones(
            Path(str(resources.resource("sounds"))),
            enabled=self.counter.settings.flag("ui.sound") and not rehearsed,
        )
        self._stopped = False
        self._till: TillDoors | None = None
        self._native_keys: NativeKeys | None = None
        self.strip: GuardStrip | None = None
        self.front: TillFront | None = None

    def open(self, *, lock: bool = True) -> MainWindow:
        """Start the counter and show its window; `lock` where the settings want a sign-in first."""
        self.counter.start()
        if (
            lock
            and self.counter.settings.flag("people.sign_in_at_start")
            and not self._home.practice
        ):
            self.counter.desk_lane.call(lambda: self.counter.desk.porter.lock("start"))
        view = self._view()
        self.window = MainWindow(view, self.tones, parts(), self.stop)
        self.view = view
        for name, (state, detail) in list(self.counter.scanner_states.items()):
            self.bridge.post(news.ScannerState(name, state, detail))
        crash.install(lambda error: self.bridge.post(news.Trouble(error)))
        if self.counter.settings.flag("wedge.enabled"):
            self._take_keys()
        if self._port:
            self._put_practice_scanner(self._port)
        self._show_window()
        if self.counter.settings.text("till.mode") == TillMode.TICKET:
            self._listen_to_till()
        QTimer.singleShot(_LISTS_AFTER_MS, self.asker.begin)
        gc.freeze()
        gc.enable()
        if self.counter.desk.porter.locked:  # it was locked when the program ended
            self.window.guard.cover()
        return self.window

    def _put_customer_screen(self) -> None:
        """Beside the counter's window, for the customer; it comes and goes with its monitor."""
        from pharmacy_desk.gui.sale.customer_screen import CustomerScreen

        screen = CustomerScreen(self.counter.settings.text("store.name"), self.window)
        self.window.heard.connect(screen.hear)
        screen.stay_beside(self.window)

    def _listen_to_till(self) -> None:
        """Another till on this machine tells its sales; its calls are served from now on.

        What serves them is loaded for no other counter.
        """
        from pharmacy_desk.gui.shell.till_front import TillFront
        from pharmacy_desk.gui.words.till import WordsForTills
        from pharmacy_desk.wiring.till import listen

        self.front = TillFront(self.window)
        self.window.heard.connect(self.front.hear)
        try:
            self._till = listen(self.counter, WordsForTills(self.counter.clock.now))
        except WorldError as error:
            self.bridge.post(news.Trouble(error))

    def _show_window(self) -> None:
        """Show it, or the guard's strip; and the customer's screen where there is one."""
        guard = self.counter.guard
        room = self.window.screen().availableSize()
        small = room.width() < _ROOMY[0] or room.height() < _ROOMY[1]
        if guard and not self.counter.desk.porter.locked:
            self.window.showMinimized()
        # On a counter's usual screen the title bar would push the strip out of sight.
        elif small and not self._rehearsed:
            self.window.showMaximized()
        else:
            self.window.show()
        if self.counter.settings.flag("ui.customer_screen"):
            self._put_customer_screen()
        if guard:
            self._put_strip(guard)
        else:
            self.window.activateWindow()

    def _put_strip(self, guard: TillGuard) -> None:
        """On top of the other till, with the program's own window out of its way.

        That one comes up when it is wanted, and first of all while somebody has to sign in.
        """
        from pharmacy_desk.gui.till.strip import GuardStrip

        self.strip = GuardStrip(guard, self._insured_kinds, self.counter.clock.now)
        self.window.heard.connect(self.strip.hear)
        self.strip.open_wanted.connect(self._bring_up)
        self.strip.put_on(self.window.screen().availableGeometry())
        self.strip.show()
        guard.show()

    def _bring_up(self) -> None:
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.raise_()
        self.window.activateWindow()

    def _insured_kinds(self) -> list[PaymentKind]:
        return [kind for kind in self.counter.settings.policy.served if kind.insured]

    def tell_ticket(self, path: Path) -> Future[TicketAnswer]:
        """A rehearsal's till tells the ticket of a file."""
        from pharmacy_desk.wiring.till import tell_file

        return self._import_lane.wish(lambda: tell_file(self.counter.tickets, path))

    def _put_practice_scanner(self, port: PracticePort) -> None:
        """The samples at the window's side, and on the shelf the boxes they are."""
        from pharmacy_desk.gui.scanning.practice_scanner import PracticeScanner
        from pharmacy_desk.wiring.practice import receive_shelf

        receive_shelf(self.counter, self.view.samples())
        chinese = self.counter.settings.text("ui.language") == "zh_CN"
        self.practice = PracticeScanner(self.view, port.send, chinese, self._lessons())
        self.window.put_beside(self.practice)
        self.window.offer_lessons(self.practice.open_lessons)

    def _lessons(self) -> LessonsPanel:
        """The lessons; what somebody looks at in the window counts for them too."""
        from pharmacy_desk.gui.people.lesson_texts import lesson_texts
        from pharmacy_desk.gui.people.lessons_panel import LessonsPanel

        trainer = self.counter.trainer
        self.window.seen.connect(trainer.did)
        tables = resources.lesson_tables(self.counter.settings.text("ui.language"))
        return LessonsPanel(self.view, trainer, lesson_texts(tables))

    def _take_keys(self) -> None:
        """Scanners in keyboard mode: by native keys where there are any, else by the window's."""
        settings = self.counter.settings
        self.wedge = Wedge(
            gap_ms=settings.number("wedge.gap_ms"),
            deliver=self.counter.deliver,
            now=self.counter.clock.now,
            parent=self.window,
            prefix=settings.text("wedge.prefix"),
            gs_as=settings.text("wedge.gs"),
        )
        self.window.follow(self.wedge)
        app = QApplication.instance()
        try:
            keys = native_keys(QGuiApplication.platformName(), self.wedge.stroke)
        except OSError:
            _LOG.warning("no native keys: an input method may take keys of a scanner")
            return
        if app and keys:
            self._native_keys = keys
            app.installNativeEventFilter(keys.filter)
            self.wedge.feed_natively(keys.send)

    def _leave_keys(self) -> None:
        app = QApplication.instance()
        if self._native_keys and app:
            app.removeNativeEventFilter(self._native_keys.filter)
            self._native_keys.close()
            self._native_keys = None

    def aim_at_sale(self) -> None:
        """Scans go to the sale again, unless the counter has been stopped."""
        if not self._stopped:
            self.counter.wishes.aim(ScanTarget.SALE)

    def stop(self) -> None:
        """Stop everything; a second call does nothing."""
        if self._stopped:
            return
        self._stopped = True
        if self.strip:
            self.strip.close()
            self.strip.deleteLater()
        self._leave_keys()
        if self._till:
            self._till.stop()
        if self._scanner_doors:
            self._scanner_doors.stop()
        self._stock_doors.stop()
        self._import_lane.stop()
        self._picture_lane.stop()
        self.asker.stop()
        self.counter.stop()
        self.tones.stop()
        if self._port:
            self._port.close()
        self._home.release()

    def _view(self) -> DeskView:
        return DeskView(
            wishes=self.counter.wishes,
            drugs=self.counter.drugs,
            duty=self.counter.duty,
            day=self.counter.day,
            register=self.counter.register,
            tickets=self.counter.tickets,
            calendar=self.counter.profile.calendar,
            stock=StockView(
                keeper=self.counter.keeper,
                no_code=self.counter.no_code,
                receiving=self.counter.receiving,
                counting=self.counter.counting,
                moving=self.counter.moving,
                files=self._stock_doors,
            ),
            bridge=self.bridge,
            asker=self.asker,
            settings=lambda: self.counter.settings,
            save_settings=self._save_settings,
            now=self.counter.clock.now,
            monotonic=self._monotonic,
            receipt_words=self.counter.receipt_words,
            ports=_ports,
            profiles=resources.profile_titles,
            import_catalogue=self._import,
            read_picture=self._read_picture,
            print_test=self._print_test,
            paper=_paper,
            samples=resources.scan_samples,
            scanners=self._scanner_help,
            save_card=_save_card,
            save_badge=self._save_badge,
            home=self._home.folder,
            has_settlement=self.counter.has_settlement,
            has_platform=self.counter.has_platform,
        )

    def _scanner_help(self) -> ScannerDoors:
        from pharmacy_desk.wiring.assistant import ScannerDoors

        if self._scanner_doors is None:
            self._scanner_doors = ScannerDoors(
                self.counter,
                self.bridge.answer,
                lambda error: self.bridge.post(news.Trouble(error)),
            )
        return self._scanner_doors

    def _save_badge(self, path: Path, person: Operator, text: str) -> None:
        from pharmacy_desk.gui.people.badge_card import save_pdf

        save_pdf(path, person, text, self.counter.settings.text("store.name"))

    def _save_settings(self, values: dict[str, Value], practice: bool) -> None:
        self._home.save_settings(values, practice=practice)
        self.counter.change_settings(Settings(values, practice))
        self.tones.enabled = self.counter.settings.flag("ui.sound") and not self._rehearsed

    def _import(
        self, path: Path, progress: Callable[[int], bool], done: Callable[[object], None]
    ) -> None:
        def job() -> None:
            answer: object
            try:
                answer = import_file(self.counter, path, self.counter.desk_lane.call, progress)
            except WorldError as error:
                answer = error
            self.bridge.answer(done, answer)

        self._import_lane.submit(job)

    def _print_test(self, done: Callable[[object], None]) -> None:
        press = self.counter.press
        self.counter.printer_lane.submit(lambda: self.bridge.answer(done, press.print_test()))

    def _read_picture(
        self, source: Path | Photo, expect: int | None, done: Callable[[object], None]
    ) -> None:
        def job() -> None:
            answer: object
            try:
                answer = read_picture(source, expect, self.counter.clock.now().date())
            except WorldError as error:
                answer = error
            self.bridge.answer(done, answer)

        self._picture_lane.submit(job)


def _paper() -> Paper:
    """The receipt's drawing; its barcode library is loaded with the first receipt shown."""
    from pharmacy_desk.gui.paper import receipt

    return receipt


def _save_card(path: Path) -> None:
    """Write the scanner test card; what draws its symbols is loaded with the first card."""
    from pharmacy_desk.gui.scanning.test_card import save_pdf

    save_pdf(path)


def run_window(
    home: Home, options: Options, *, rehearsed: bool, training: bool, just_set_up: bool = False
) -> int:
    """Open the counter's window and stay until it is closed. Raises `WorldError` before that.

    Where something of the past is missing, a manager decides first; a rehearsal has none.
    `just_set_up` ends the first run: whoever has just chosen the PIN need not type it again.
    """
    home.make()
    if not rehearsed and not _is_whole(home):
        return 0
    home.acquire()
    try:
        start_logging(home)
        crash.qt_to_log()
        settings = home.load_settings()
        app = dressed_application(settings)
        with say_opening(first=not rehearsed and not home.ledger.exists()):
            whole = WindowedCounter(home, options, rehearsed=rehearsed, play=training)
            window = whole.open(lock=not just_set_up)
        window.again_wanted.connect(lambda: _open_again(window))
        if rehearsed:
            _be_led(whole, window)
        elif home.practice and not training:
            QTimer.singleShot(0, lambda: _offer_setup(whole, window))
        elif just_set_up:
            QTimer.singleShot(0, lambda: _last_steps(whole, window))
        code = app.exec()
        whole.stop()
    finally:
        home.release()
    if code in (_AGAIN, _SET_UP):
        # The old window goes for good, its wedge with it: two would both take the same keys.
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        if home.load_settings().text("ui.size") != settings.text("ui.size"):
            start_again()
        return run_window(
            home, options, rehearsed=rehearsed, training=training, just_set_up=code == _SET_UP
        )
    return code


@contextlib.contextmanager
def say_opening(*, first: bool) -> Iterator[None]:
    """A home's first start makes its ledger and its shelf: something stands there meanwhile.

    A start after that shows its window at once, and loads nothing of this.
    """
    if not first:
        yield
        return
    from pharmacy_desk.gui.shell.opening import Opening

    shown = Opening()
    shown.show_now()
    try:
        yield
    finally:
        shown.close()


def _be_led(whole: WindowedCounter, window: MainWindow) -> None:
    """Take the rehearsal's orders from standard input; the module is loaded for nobody else."""
    from pharmacy_desk.gui.shell.remote import Remote, Script
    from pharmacy_desk.rehearsal.steps import Clerk, wish
    from pharmacy_desk.rehearsal.told import told_failure, told_of

    clerk = Clerk(
        sale=whole.counter.wishes,
        stock=whole.counter.keeper,
        duty=whole.counter.duty,
        day=whole.counter.day,
        move=whole.view.stock.files.move,
        ticket=whole.tell_ticket,
    )
    remote = Remote(
        window=window,
        wishes=whole.counter.wishes,
        script=Script(partial(wish, clerk), told_of, told_failure),
        bridge=whole.bridge,
        orders=sys.stdin,
        out=sys.stdout,
    )
    whole.counter.scanned = remote.scanned
    remote.start(whole.counter.scanner_states)


def _open_again(window: MainWindow, code: int = _AGAIN) -> None:
    """Close the window and open it with the settings of now; an open sale waits on the disk."""
    window.close()
    QApplication.exit(code)


def _is_whole(home: Home) -> bool:
    """True when nothing is missing of the past, or somebody has decided about it now."""
    from pharmacy_desk.wiring.history import still_missing

    missing = still_missing(home)
    if missing is None:
        return True
    make_application("zh_CN")
    return history_page(home, missing).exec() == QDialog.DialogCode.Accepted


def history_page(home: Home, missing: WorldError) -> HistoryPage:
    """The page on which a manager decides about what is missing of a home's past."""
    from pharmacy_desk.adapters import backup
    from pharmacy_desk.gui.shell.history_page import HistoryPage
    from pharmacy_desk.wiring.history import accept, still_missing

    def accept_loss(person: str, pin: str, reason: str) -> WorldError | None:
        home.acquire()
        try:
            accept(home, person, pin, reason)
        finally:
            home.release()
        return still_missing(home)

    def restore(file: Path) -> WorldError | None:
        backup.restore(home, file, SystemClock().now())
        return still_missing(home)

    return HistoryPage(missing, accept_loss, restore)


def show_problem(error: WorldError, language: str) -> None:
    """Say in a window why the program does not open; nobody reads a terminal at a counter."""
    make_application(language)
    what, todo = faults_words.fault(error)
    box = QMessageBox(QMessageBox.Icon.Warning, "Pharmacy Desk", what)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(todo)
    box.exec()


def _reader(path: Path) -> Reader:
    """The connection for lists and searches; what it needs is loaded behind the first window."""
    from pharmacy_desk.adapters.store.reading import Reader

    return Reader(path)


def _ports() -> list[tuple[str, str]]:
    from pharmacy_desk.adapters.scanners.discovery import ports

    return ports()


def _put_manager(home: Home, manager: Operator, pin: str) -> None:
    """The first person of a store, so that somebody can sign in, approve and add the others."""
    counter = Counter(home, Options(own_practice_platform=False), lambda _: None)
    try:
        now = counter.clock.now()
        counter.desk_lane.call(
            lambda: counter.ledger.people.put_operator(Actor(now, manager.id), manager, pin)
        )
    finally:
        counter.stop()


def _offer_setup(whole: WindowedCounter, window: MainWindow) -> None:
    """The first-run assistant over the practice window; skipping it leaves training."""
    from pharmacy_desk.gui.settings.assistant import Assistant

    assistant = Assistant(whole.view, window)

    def look_up() -> None:
        whole.counter.wishes.aim(ScanTarget.LOOK_UP)

    look_up()

    def begin(values: dict[str, Value]) -> None:
        kept = {key: value for key, value in values.items() if value != ""}
        whole.stop()
        whole.counter.home.save_settings(kept, practice=False)
        _put_manager(whole.counter.home, assistant.manager, assistant.pin.text())
        _open_again(window, _SET_UP)

    assistant.finished_setup.connect(begin)
    assistant.finished.connect(lambda _: whole.aim_at_sale())
    assistant.open()
    if whole.front:
        whole.front.give_way(assistant, look_up)


def _last_steps(whole: WindowedCounter, window: MainWindow) -> None:
    """The end of the first run: what needs the store's own ledger and printer."""
    from pharmacy_desk.gui.settings.last_steps import LastSteps

    LastSteps(whole.view, window).open()
