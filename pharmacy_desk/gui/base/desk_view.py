"""What the screens may use of the counter: wishes, questions and facts, nothing wired by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QImage

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.settings.settings import Settings, Value
from pharmacy_desk.counter.sale.wishes import SaleWishes
from pharmacy_desk.gui.base.bridge import Asker, Bridge

if TYPE_CHECKING:
    from pharmacy_desk.core.paper.receipt import Row
    from pharmacy_desk.core.people.people import Operator
    from pharmacy_desk.core.people.working_days import Calendar
    from pharmacy_desk.core.scanning.scanner_list import Plugged
    from pharmacy_desk.core.scanning.scanner_report import SerialLine
    from pharmacy_desk.core.scanning.tray import Photo
    from pharmacy_desk.counter.catalogue.drug_wishes import DrugWishes
    from pharmacy_desk.counter.people.duty_wishes import DutyWishes
    from pharmacy_desk.counter.people.register_wishes import RegisterWishes
    from pharmacy_desk.counter.sale.day_wishes import DayWishes
    from pharmacy_desk.counter.sale.tickets import Tickets
    from pharmacy_desk.counter.stock.count_session import CountSession
    from pharmacy_desk.counter.stock.moving_session import MovingSession
    from pharmacy_desk.counter.stock.no_code_wishes import NoCodeWishes
    from pharmacy_desk.counter.stock.receiving_session import ReceivingSession
    from pharmacy_desk.counter.stock.wishes import StockWishes
    from pharmacy_desk.gui.base.stock_files import StockFiles


class Paper(Protocol):
    """Draws composed receipts (`gui/paper/receipt.py`)."""

    def picture(self, rows: Sequence[Row], mm: int, dpi: int = ...) -> QImage:
        """The receipt as a picture."""
        ...

    def save_pdf(self, rows: Sequence[Row], mm: int, path: Path) -> None:
        """Write the receipt as PDF. Raises `WorldError` when it cannot be written."""
        ...


class ScannerHelp(Protocol):
    """What the scanner assistant may ask (`app_assistant.ScannerDoors`); answers come later."""

    def ask(self, receiver: Callable[[tuple[Plugged, ...]], None]) -> None:
        """List what is plugged in."""
        ...

    def probe(
        self,
        device: str,
        expected: str,
        turn: Callable[[SerialLine], None],
        done: Callable[[object], None],
    ) -> None:
        """Find speed and parity; `done` hears a `SerialLine`, None, or a `WorldError`."""
        ...

    def end_probe(self) -> None:
        """Give the search up."""
        ...

    def reopen(self) -> None:
        """Let serial scanners begin anew with the settings in force now."""
        ...


@dataclass(frozen=True, slots=True)
class StockView:
    """What the screens may use of the stock.

    `files` reads and writes files and brings wishes to the desk's lane, where `receiving`,
    `counting` and `moving` live. `no_code` keeps the no-code library.
    """

    keeper: StockWishes
    no_code: NoCodeWishes
    receiving: ReceivingSession
    counting: CountSession
    moving: MovingSession
    files: StockFiles


@dataclass(frozen=True, slots=True)
class DeskView:
    """Handed to every screen by its constructor.

    `import_catalogue(path, progress)` runs on a lane of its own; `save_settings` writes and
    takes over settings; `monotonic` counts the seconds that go by, whatever is done to the clock;
    `paper` draws receipts and `scanners` helps with scanners, and both load what they need when
    first called; `ports` lists serial ports as (device, description).
    `read_picture(source, expect, done)` reads on a lane of its own; `done` hears a `Picture` or a
    `WorldError`. `print_test(done)` prints a page to try the printer; `done` hears where it went
    (empty: no printer), or a `WorldError`.
    """

    wishes: SaleWishes
    drugs: DrugWishes
    duty: DutyWishes
    day: DayWishes
    register: RegisterWishes
    tickets: Tickets
    calendar: Calendar
    stock: StockView
    bridge: Bridge
    asker: Asker
    settings: Callable[[], Settings]
    save_settings: Callable[[dict[str, Value], bool], None]
    now: Callable[[], datetime]
    monotonic: Callable[[], float]
    receipt_words: Mapping[str, str]
    ports: Callable[[], list[tuple[str, str]]]
    profiles: Callable[[], list[tuple[str, str]]]
    import_catalogue: Callable[[Path, Callable[[int], bool], Callable[[object], None]], None]
    read_picture: Callable[[Path | Photo, int | None, Callable[[object], None]], None]
    print_test: Callable[[Callable[[object], None]], None]
    paper: Callable[[], Paper]
    samples: Callable[[], list[dict[str, str]]]
    scanners: Callable[[], ScannerHelp]
    save_card: Callable[[Path], None]
    save_badge: Callable[[Path, Operator, str], None]
    home: Path
    has_settlement: bool
    has_platform: bool
