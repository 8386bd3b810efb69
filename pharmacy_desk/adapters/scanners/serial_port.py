"""A scanner on a serial port or USB-CDC (`Scanner`): one blocking reader thread of its own.

Speeds and parities were not tried on hardware: no real scanner was attached, and a pseudo terminal
has neither.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import serial

from pharmacy_desk.adapters.scanners.discovery import Claims, SystemPorts
from pharmacy_desk.core.ports.doors import PortDiscovery
from pharmacy_desk.core.scanning.framing import Framer
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.core.scanning.scanner_ports import ScannerCounts, ScannerWord, SerialPort
from pharmacy_desk.core.scanning.setup_reply import SETUP_ENDS_S, SetupReply, setup_reply

PARITY = {"none": serial.PARITY_NONE, "even": serial.PARITY_EVEN, "odd": serial.PARITY_ODD}
# A read returns at once when bytes are there; this bounds how late silence is noticed.
_POLL_S = 0.02
# A scanner that is back must be usable within 2 s: looked for after at most 0.5 s, opened in a few
# milliseconds. Looking costs about as much as reading a folder (facts on codes, 3.2).
RETRY_S = 0.5

Deliver = Callable[[RawScan], None]
Tell = Callable[[str, str], None]


class SerialScanner:
    """Reads frames from a port; when the port goes away it looks for it until it is back.

    A `port` given as text is a device path or COM name at 9600 8N1. `retry_s` is the time between
    two looks (seconds). `counts` tells support what the scanner did since the start.
    """

    def __init__(
        self,
        port: SerialPort | str,
        now: Callable[[], datetime],
        terminator: str = "auto",
        idle_ms: int = 50,
        discovery: PortDiscovery | None = None,
        claims: Claims | None = None,
        retry_s: float = RETRY_S,
    ) -> None:
        self._port = (
            SerialPort(port, 9600, "none", f"serial:{port}") if isinstance(port, str) else port
        )
        self.name = self._port.name
        self.counts = ScannerCounts()
        self._now = now
        self._framing = (terminator, idle_ms / 1000)
        self._discovery = discovery or SystemPorts()
        self._claims = claims or Claims()
        self._retry_s = retry_s
        self._opened = False
        self._said = ""
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, deliver: Deliver, state: Tell) -> None:
        """Begin to read. `state` hears a `ScannerWord` with the port and the counts."""
        self._thread = threading.Thread(
            target=self._run, args=(deliver, state), name=f"port-{self.name}", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Stop and wait for the thread."""
        self._stop.set()
        if self._thread:
            self._thread.join(timeout=5)

    def counted(self) -> dict[str, ScannerCounts]:
        """The counts under the scanner's name (`CountingScanner`)."""
        return {self.name: self.counts}

    def _run(self, deliver: Deliver, state: Tell) -> None:
        while not self._stop.is_set():
            word = ScannerWord.ABSENT
            try:
                device = self._claim()
                if device:
                    try:
                        self._use(device, deliver, state)
                    finally:
                        self._claims.give_back(device)
            except PermissionError:
                word = ScannerWord.DENIED
            except (serial.SerialException, OSError) as error:
                denied = "denied" in str(error).lower()
                word = ScannerWord.DENIED if denied else ScannerWord.ABSENT
            if self._stop.is_set():
                break
            self._say(word, str(self._port.where), state)
            self._stop.wait(self._retry_s)

    def _claim(self) -> str | None:
        """The device to open, taken; None while there is none that is free."""
        wanted = self._port.where
        if isinstance(wanted, str):
            return wanted if self._claims.take(wanted) else None
        for port in self._discovery.find():
            if wanted.matches(port.vid, port.pid, port.serial) and self._claims.take(port.device):
                return port.device
        return None

    def _use(self, device: str, deliver: Deliver, state: Tell) -> None:
        """Open the device and read until it fails or the scanner is stopped."""
        port = serial.Serial(
            device,
            self._port.baud,
            parity=PARITY[self._port.parity],
            timeout=_POLL_S,
            exclusive=None,
        )
        with port:
            if self._opened:
                self.counts = replace(self.counts, reopened=self.counts.reopened + 1)
            self._opened = True
            self._say(ScannerWord.OK, device, state)
            self._read(port, deliver, state)

    def _read(self, port: serial.Serial, deliver: Deliver, state: Tell) -> None:
        """Read until the port fails; half a frame at that moment is delivered as broken off."""
        framer = Framer(*self._framing, dropped=self.counts.dropped)
        setup_until = 0.0
        try:
            while not self._stop.is_set():
                chunk = port.read(max(1, port.in_waiting))
                now = time.monotonic()
                frames = framer.feed(chunk, now) if chunk else framer.idle(now)
                if chunk:
                    self._count(chunk, framer.dropped)
                for frame in frames:
                    in_setup = self._take(frame, deliver)
                    setup_until = now + SETUP_ENDS_S if in_setup else 0.0
                setup = now < setup_until
                self._say(
                    ScannerWord.SETUP_MODE if setup else ScannerWord.OK, str(port.port), state
                )
        finally:
            for frame in framer.break_off():
                self._take(frame, deliver)

    def _take(self, frame: bytes, deliver: Deliver) -> bool:
        """Deliver a scan; a reply of the setup mode is none. True when the mode is on now."""
        reply = setup_reply(frame)
        if reply is None:
            self.counts = replace(self.counts, scans=self.counts.scans + 1)
            deliver(RawScan(frame, self.name, self._now()))
        return reply is SetupReply.IN_SETUP

    def _count(self, chunk: bytes, dropped: int) -> None:
        self.counts = replace(
            self.counts,
            received=self.counts.received + len(chunk),
            dropped=dropped,
            seen=self._now(),
        )

    def _say(self, word: ScannerWord, where: str, state: Tell) -> None:
        """Tell a state once, when it changes."""
        if word != self._said:
            self._said = word
            state(word, self.counts.line(where))
