"""A scanner on a serial port or USB-CDC (`Scanner`): one blocking reader thread of its own."""

import threading
import time
from collections.abc import Callable
from datetime import datetime

import serial
from serial.tools import list_ports

from pharmacy_desk.core.framing import Framer
from pharmacy_desk.core.scan import RawScan

_PARITY = {"none": serial.PARITY_NONE, "even": serial.PARITY_EVEN, "odd": serial.PARITY_ODD}
# A read returns at once when bytes are there; this bounds how late silence is noticed.
_POLL_S = 0.02
# Once or twice a second is soon enough to find a scanner again, and cheap (facts on codes, 3.2).
_RETRY_S = 0.5


class SerialScanner:
    """Reads frames from a port; when the port goes away it looks for it until it is back."""

    def __init__(
        self,
        port: str,
        now: Callable[[], datetime],
        baud: int = 9600,
        parity: str = "none",
        terminator: str = "auto",
        idle_ms: int = 50,
    ) -> None:
        self.name = f"serial:{port}"
        self._port = port
        self._now = now
        self._baud = baud
        self._parity = parity
        self._framing = (terminator, idle_ms / 1000)
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, deliver: Callable[[RawScan], None], state: Callable[[str, str], None]) -> None:
        """Begin to read. `state` hears `ok`, `absent` or `denied` with the port's name."""
        self._thread = threading.Thread(
            target=self._run, args=(deliver, state), name=f"port-{self.name}", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Stop and wait for the thread."""
        self._stop.set()
        if self._thread:
            self._thread.join(timeout=5)

    def _run(self, deliver: Callable[[RawScan], None], state: Callable[[str, str], None]) -> None:
        said = ""
        while not self._stop.is_set():
            word = "absent"
            try:
                with self._open() as port:
                    state("ok", self._port)
                    said = "ok"
                    self._read(port, deliver)
            except PermissionError:
                word = "denied"
            except (serial.SerialException, OSError) as error:
                word = "denied" if "denied" in str(error).lower() else "absent"
            if self._stop.is_set():
                break
            if word != said:
                state(word, self._port)
                said = word
            self._stop.wait(_RETRY_S)

    def _open(self) -> serial.Serial:
        return serial.Serial(
            self._port, self._baud, parity=_PARITY[self._parity], timeout=_POLL_S, exclusive=None
        )

    def _read(self, port: serial.Serial, deliver: Callable[[RawScan], None]) -> None:
        """Read until the port fails; half a frame at that moment is delivered as it is."""
        framer = Framer(*self._framing)
        try:
            while not self._stop.is_set():
                chunk = port.read(max(1, port.in_waiting))
                now = time.monotonic()
                for frame in framer.feed(chunk, now) if chunk else framer.idle(now):
                    deliver(RawScan(frame, self.name, self._now()))
        finally:
            for frame in framer.idle(float("inf")):
                deliver(RawScan(frame, self.name, self._now()))


def ports() -> list[tuple[str, str]]:
    """Serial ports of this machine: (device, description)."""
    return [(port.device, port.description or port.device) for port in list_ports.comports()]
