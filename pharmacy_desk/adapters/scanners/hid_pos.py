"""Scanners in HID-POS mode (`Scanner`): all that are plugged in, each with its own reader thread.

Source: facts on codes, section 3.3: usage page 0x8C; of two collections of one device that one and
not the vendor's; the first report is lost by slow readers, so each device is read without a pause;
Linux needs a udev rule; a scanner in keyboard mode cannot be read this way.

Opening and listing are given to the constructor: in use they are hidapi's (`hidapi_door`), in
tests they give recorded and generated reports. Not tried on hardware.
"""

import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain, count
from typing import Any, Protocol

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.scanning.hid_report import GAP_S, ReportAssembler
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.core.scanning.scanner_ports import ScannerCounts, ScannerWord, UsbId

BARCODE_PAGE = 0x8C
_DESKTOP_PAGE, _KEYBOARD = 0x01, 0x06
# Vendors that make scanners, so that one in keyboard mode is told from a keyboard: Hand Held
# Products, Symbol/Zebra, PSC/Datalogic, Opticon, Metrologic/Honeywell, Newland. From the public
# list of USB numbers; the udev rule names the same.
SCANNER_VENDORS = (0x0536, 0x05E0, 0x05F9, 0x065A, 0x0C2E, 0x1EAB)
# In the package's resources, folder udev.
UDEV_RULE = "70-pharmacy-desk-scanners.rules"
_SCANNER_WORDS = ("scan", "barcode", "bar code", "imager")
# Reports are at most 64 bytes (facts on codes, 3.3); room for a report id before longer ones of
# other makers.
_MOST_BYTES = 1024
# A scanner must be usable within 2 s after it is back: while one is away it is looked for twice a
# second, otherwise new ones are looked for every 1.5 s.
RETRY_S = 0.5
_CALM = 3

Deliver = Callable[[RawScan], None]
Tell = Callable[[str, str], None]
# One collection as hidapi lists it: path, vendor_id, product_id, serial_number, usage_page, usage,
# product_string.
Collection = Mapping[str, Any]


def may_read(path: bytes) -> bool:
    """False for a device that is there and may not be opened by this user (Linux)."""
    return not os.path.exists(path) or os.access(path, os.R_OK | os.W_OK)


class HidHandle(Protocol):
    """An open HID device, as hidapi gives it."""

    def read(self, max_length: int, timeout_ms: int) -> Sequence[int]:
        """The next input report, empty when none came in time. Raises `OSError` when gone."""
        ...

    def close(self) -> None:
        """Close the device."""
        ...


@dataclass(frozen=True, slots=True)
class HidFound:
    """Collections to read as (scanner's name, path), and scanners that type like a keyboard."""

    readable: tuple[tuple[str, bytes], ...]
    typing: tuple[str, ...]


def choose(collections: Sequence[Collection]) -> HidFound:
    """The collections to read, and the scanners that can only type.

    hidraw lists one path once for each of its collections; a path is read once.
    """
    readable = {
        bytes(one["path"]): f"hid:{_device(one)}"
        for one in collections
        if one["usage_page"] == BARCODE_PAGE
    }
    read = {_device(one) for one in collections if one["usage_page"] == BARCODE_PAGE}
    typing = {
        _title(one)
        for one in collections
        if (one["usage_page"], one["usage"]) == (_DESKTOP_PAGE, _KEYBOARD)
        and _is_scanner(one)
        and _device(one) not in read
    }
    pairs = tuple((name, path) for path, name in sorted(readable.items()))
    return HidFound(pairs, tuple(sorted(typing)))


def _device(one: Collection) -> str:
    usb = UsbId(one["vendor_id"], one["product_id"], one.get("serial_number") or None)
    return str(usb).removeprefix("usb:")


def _title(one: Collection) -> str:
    return str(one.get("product_string") or _device(one)).strip()


def _is_scanner(one: Collection) -> bool:
    title = _title(one).lower()
    return one["vendor_id"] in SCANNER_VENDORS or any(word in title for word in _SCANNER_WORDS)


class HidPosScanners:
    """Looks for HID-POS scanners and reads each on a thread of its own.

    `list_` lists the collections, `open_` opens one by its path (raises `OSError`), `may_read`
    tells a path that is forbidden from one that is gone, `report` gives the place where the state
    of the scanner of a name is told. `retry_s` is the time between two looks (seconds).
    """

    name = "hid"

    def __init__(
        self,
        now: Callable[[], datetime],
        list_: Callable[[], Sequence[Collection]],
        open_: Callable[[bytes], HidHandle],
        report: Callable[[str], Tell],
        may_read: Callable[[bytes], bool] = may_read,
        retry_s: float = RETRY_S,
    ) -> None:
        self._now = now
        self._list = list_
        self._open = open_
        self._report = report
        self._may_read = may_read
        self._retry_s = retry_s
        self._readers: dict[str, _Reader] = {}
        self._said: dict[str, str] = {}
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def counted(self) -> dict[str, ScannerCounts]:
        """What each scanner did since the start, by its name (`CountingScanner`)."""
        return {name: reader.counts for name, reader in list(self._readers.items())}

    def start(self, deliver: Deliver, state: Tell) -> None:
        """Begin to look. `state` hears about scanners as a whole: none, or only typing ones."""
        self._thread = threading.Thread(
            target=self._run, args=(deliver, state), name=f"port-{self.name}", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Stop and wait for every thread."""
        self._stop.set()
        if self._thread:
            self._thread.join(timeout=5)

    def _run(self, deliver: Deliver, state: Tell) -> None:
        while not self._stop.is_set():
            try:
                found = choose(self._list())
            except OSError:
                found = HidFound((), ())
            for base, path in found.readable:
                self._look_after(base, path, deliver)
            word, about = ScannerWord.OK, ""
            if not found.readable:
                word = ScannerWord.KEYBOARD_MODE if found.typing else ScannerWord.ABSENT
                about = ", ".join(found.typing)
            self._say(self.name, word, about, state)
            calm = self._readers and all(reader.alive for reader in self._readers.values())
            self._stop.wait(self._retry_s * (_CALM if calm else 1))
        for reader in self._readers.values():
            reader.stop()

    def _look_after(self, base: str, path: bytes, deliver: Deliver) -> None:
        """Begin to read a scanner that is plugged in and not read yet."""
        if any(reader.path == path and reader.alive for reader in self._readers.values()):
            return
        name = self._free_name(base)
        reader = self._readers.setdefault(name, _Reader(name, self._now))
        state = self._report(name)
        try:
            handle = self._open(path)
        except OSError:
            denied = not self._may_read(path)
            word = ScannerWord.HID_DENIED if denied else ScannerWord.ABSENT
            self._say(name, word, reader.counts.line(name), state)
            return
        self._say(name, ScannerWord.OK, reader.counts.line(name), state)

        def gone() -> None:
            self._say(name, ScannerWord.ABSENT, reader.counts.line(name), state)

        reader.start(path, handle, deliver, gone)

    def _free_name(self, base: str) -> str:
        """The name of a scanner that is not being read now.

        Two scanners of one kind without serial numbers are told apart by `#2`.
        """
        names = chain([base], (f"{base}#{number}" for number in count(2)))
        return next(n for n in names if n not in self._readers or not self._readers[n].alive)

    def _say(self, name: str, word: ScannerWord, about: str, state: Tell) -> None:
        """Tell a state once, when it changes."""
        if self._said.get(name) != word:
            self._said[name] = word
            state(word, about)


class _Reader:
    """Reads one scanner while it is plugged in; kept, with its counts, while it is away."""

    def __init__(self, name: str, now: Callable[[], datetime]) -> None:
        self.counts = ScannerCounts()
        self.path = b""
        self._name = name
        self._now = now
        self._opened = False
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def alive(self) -> bool:
        """True while the device is being read."""
        return bool(self._thread and self._thread.is_alive())

    def start(
        self, path: bytes, handle: HidHandle, deliver: Deliver, gone: Callable[[], None]
    ) -> None:
        """Read until the device goes away; then `gone` is called."""
        self.path = path
        if self._opened:
            self.counts = replace(self.counts, reopened=self.counts.reopened + 1)
        self._opened = True
        self._thread = threading.Thread(
            target=self._run, args=(handle, deliver, gone), name=f"port-{self._name}", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Stop and wait for the thread."""
        self._stop.set()
        if self._thread:
            self._thread.join(timeout=5)

    def _run(self, handle: HidHandle, deliver: Deliver, gone: Callable[[], None]) -> None:
        assembler = ReportAssembler()
        wait_ms = int(GAP_S * 500)  # half the gap: silence is noticed after at most 1.5 gaps
        try:
            while not self._stop.is_set():
                report = handle.read(_MOST_BYTES, wait_ms)
                now = time.monotonic()
                if report:
                    self._count(len(report))
                scans = assembler.feed(report, now) if report else assembler.idle(now)
                self._deliver(scans, deliver)
        except OSError:
            self._deliver(assembler.break_off(), deliver)
        finally:
            handle.close()
        if not self._stop.is_set():
            gone()

    def _deliver(self, scans: Sequence[bytes], deliver: Deliver) -> None:
        for data in scans:
            self.counts = replace(self.counts, scans=self.counts.scans + 1)
            deliver(RawScan(data, self._name, self._now()))

    def _count(self, size: int) -> None:
        self.counts = replace(self.counts, received=self.counts.received + size, seen=self._now())
