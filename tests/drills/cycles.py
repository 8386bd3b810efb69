"""Pull a scanner out and plug it in again, many times: usable each time, and nothing leaks.

A pseudo terminal has no VID:PID, so the discovery is a small fake that gives each new one the same
numbers, as the system does for a scanner that comes back under another name.
"""

import os
import queue
import threading
import time
import tty
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pharmacy_desk.adapters.scanners.serial_port import RETRY_S, SerialScanner
from pharmacy_desk.core.scanning.found_port import FoundPort
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.core.scanning.scanner_ports import SerialPort, UsbId

_NUMBERS = UsbId(0x0C2E, 0x0B6A, "S123")
# At the drill's speed a look takes this long (seconds); 1 000 cycles then fit into two minutes.
FAST_S = 0.01
_WAIT_S = 20.0


class Socket:
    """A USB socket: what is plugged in is found under its numbers (`PortDiscovery`)."""

    def __init__(self) -> None:
        self._found: tuple[FoundPort, ...] = ()
        self._ends: tuple[int, ...] = ()

    def find(self) -> Sequence[FoundPort]:
        """The ports of this moment."""
        return self._found

    def plug_in(self) -> None:
        """A scanner comes, under whatever name the system gives it."""
        master, slave = os.openpty()
        tty.setraw(slave)
        self._ends = (master, slave)
        self._found = (
            FoundPort(os.ttyname(slave), _NUMBERS.vid, _NUMBERS.pid, _NUMBERS.serial, "drill"),
        )

    def pull_out(self) -> None:
        """The cable is pulled."""
        self._found = ()
        for end in self._ends:
            os.close(end)
        self._ends = ()

    def send(self, data: bytes) -> None:
        """The scanner sends."""
        os.write(self._ends[0], data)


@dataclass(frozen=True, slots=True)
class Result:
    """What a drill found: times in milliseconds from plugging in to the delivered scan."""

    cycles: int
    seconds: float
    median_ms: float
    worst_ms: float
    reopened: int
    lost: int
    threads: tuple[int, int]
    handles: tuple[int, int]

    @property
    def clean(self) -> bool:
        """True when every scan came and nothing was left open or running."""
        even = self.threads[0] == self.threads[1] and self.handles[0] == self.handles[1]
        return even and not self.lost and self.reopened == self.cycles


def _left() -> tuple[int, int]:
    """Threads and open file descriptors of this process."""
    return threading.active_count(), len(os.listdir("/proc/self/fd"))


def run(cycles: int, retry_s: float) -> Result:
    """Plug in, then `cycles` times: pull out, plug in, scan."""
    before = _left()
    began = time.monotonic()
    socket = Socket()
    scans: queue.Queue[RawScan] = queue.Queue()
    states: queue.Queue[str] = queue.Queue()
    scanner = SerialScanner(
        SerialPort(_NUMBERS, 9600, "none", str(_NUMBERS)), lambda: datetime.now(UTC),
        discovery=socket, retry_s=retry_s,
    )  # fmt: skip
    socket.plug_in()
    scanner.start(scans.put, lambda word, _: states.put(word))
    took: list[float] = []
    lost = 0
    try:
        _until(states, "ok")
        for number in range(cycles):
            socket.pull_out()
            _until(states, "absent")
            plugged = time.monotonic()
            socket.plug_in()
            _until(states, "ok")
            data = b"8436282%013d" % number
            socket.send(data + b"\r")
            came = scans.get(timeout=_WAIT_S)
            took.append((time.monotonic() - plugged) * 1000)
            lost += came.data != data
    finally:
        socket.pull_out()
        scanner.stop()
    after = _left()
    took.sort()
    return Result(
        cycles, time.monotonic() - began, took[len(took) // 2], took[-1], scanner.counts.reopened,
        lost + scans.qsize(), (before[0], after[0]), (before[1], after[1]),
    )  # fmt: skip


def _until(states: "queue.Queue[str]", word: str) -> None:
    while states.get(timeout=_WAIT_S) != word:
        pass


def drill(cycles: int) -> list[str]:
    """Run the drill and say what came out; what is wrong comes back as sentences.

    A few cycles at the program's own speed follow, to say how soon a scanner is usable again.
    """
    results = [run(cycles, FAST_S), run(min(10, cycles), RETRY_S)]
    for result in results:
        print(
            f"{result.cycles} cycles in {result.seconds:.1f} s, usable after"
            f" {result.median_ms:.0f} ms (worst {result.worst_ms:.0f}), {result.lost} lost,"
            f" threads {result.threads[0]} → {result.threads[1]},"
            f" handles {result.handles[0]} → {result.handles[1]}",
            flush=True,
        )
    return [f"the cycles were not clean: {result}" for result in results if not result.clean]
