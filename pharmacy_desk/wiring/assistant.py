"""Fuse box of the scanner assistant: what is plugged in, and the search for a port's speed.

Doors are imported late: a counter without trouble with its scanners never needs them.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.scanning.found_port import FoundPort
from pharmacy_desk.core.scanning.scanner_list import Known, Plugged, listed
from pharmacy_desk.core.scanning.scanner_ports import RefusedPort, parse_ports
from pharmacy_desk.core.scanning.scanner_report import SerialLine, end_of
from pharmacy_desk.counter.lanes import Lane
from pharmacy_desk.wiring import scanners
from pharmacy_desk.wiring.counter import Counter

_LOG = logging.getLogger(__name__)
_SERIAL = ("serial:", "usb:")
Answer = Callable[[Callable[[object], None], object], None]


class ScannerDoors:
    """`ScannerHelp` of the window over one counter; everything runs on a lane of its own.

    `answer(receiver, value)` brings a value to the window's thread.
    """

    def __init__(
        self, counter: Counter, answer: Answer, failed: Callable[[Exception], None]
    ) -> None:
        self._counter = counter
        self._answer = answer
        self._failed = failed
        self._lane: Lane | None = None
        self._ended = threading.Event()
        self._stopped = False

    def ask(self, receiver: Callable[[tuple[Plugged, ...]], None]) -> None:
        """List what is plugged in."""

        def job() -> None:
            found = self._overview()
            self._answer(lambda _: receiver(found), None)

        self._submit(job)

    def probe(
        self,
        device: str,
        expected: str,
        turn: Callable[[SerialLine], None],
        done: Callable[[object], None],
    ) -> None:
        """Try speeds and parities while `expected` is scanned again and again.

        `turn` hears what is tried now; `done` hears a `SerialLine`, None when none fits, or a
        `WorldError`. Serial scanners rest meanwhile.
        """
        self._ended.clear()

        def job() -> None:
            self._answer(done, self._probed(device, expected, turn))

        self._submit(job)

    def end_probe(self) -> None:
        """Give the search up; its answer is None."""
        self._ended.set()

    def reopen(self) -> None:
        """Let serial scanners begin anew with the settings in force now."""

        def job() -> None:
            self._rest()
            self._wake()

        self._submit(job)

    def stop(self) -> None:
        """End the search and the lane; before the counter stops."""
        self._stopped = True
        self._ended.set()
        if self._lane:
            self._lane.stop()

    def _submit(self, job: Callable[[], None]) -> None:
        if self._stopped:  # a closing window's timers may still ask; nobody would look
            return
        if self._lane is None:
            self._lane = Lane("scanners", self._failed)
        self._lane.submit(job)

    # --- on the lane ----------------------------------------------------------------------

    def _overview(self) -> tuple[Plugged, ...]:
        counter = self._counter
        settings = counter.settings
        wanted = parse_ports(
            counter.options.serial_port or settings.text("scanner.serial_port"),
            settings.number("scanner.baud"),
            settings.text("scanner.parity"),
        )
        hid_free, typing = ((), ()) if settings.flag("scanner.hid") else _hid_devices()
        return listed(
            Known(
                wedge=settings.flag("wedge.enabled"),
                wanted=() if isinstance(wanted, RefusedPort) else wanted,
                found=_serial_ports(),
                states=dict(counter.scanner_states),
                counts=scanners.counts(counter.scanners),
                hid_free=hid_free,
                typing=typing,
            )
        )

    def _probed(
        self, device: str, expected: str, turn: Callable[[SerialLine], None]
    ) -> SerialLine | WorldError | None:
        from pharmacy_desk.adapters.scanners import probing

        tap = _Tap(self._ended)

        def listening(line: probing.Line) -> bool:
            self._answer(lambda _: turn(SerialLine(line.baud, line.parity)), None)
            return not self._ended.is_set()

        def open_(port: str, line: probing.Line) -> probing.ByteSource:
            tap.begin(probing.open_serial(port, line))
            return tap

        self._rest()
        try:
            found = probing.probe(device, expected, listening, open_).line
        except OSError as error:
            if self._ended.is_set():
                return None
            denied = isinstance(error, PermissionError) or "denied" in str(error).lower()
            return WorldError(Fault.PORT_DENIED if denied else Fault.PORT_MISSING, name=device)
        finally:
            if not self._stopped:
                self._wake()
        return SerialLine(found.baud, found.parity, end_of(tap.received)) if found else None

    def _rest(self) -> None:
        """Stop the serial scanners: a port has one reader."""
        scanners = self._counter.scanners
        for scanner in [one for one in scanners if one.name.startswith(_SERIAL)]:
            scanner.stop()
            scanners.remove(scanner)

    def _wake(self) -> None:
        """Serial scanners as the settings want them now."""
        counter = self._counter
        # Scanners of other kinds have gone on; `make` would make them a second time.
        values = {**counter.settings.values, "scanner.hid": False}
        settings = replace(counter.settings, values=values)
        made = scanners.make(
            settings, counter.options.serial_port, counter.clock.now, counter.scanner_reporter
        )
        counter.scanners += made
        for scanner in made:
            scanner.start(counter.deliver, counter.scanner_reporter(scanner.name))


class _Source(Protocol):
    """An open port (`ByteSource` of the search)."""

    def read(self, size: int) -> bytes:
        """At most `size` bytes."""
        ...

    def close(self) -> None:
        """Close the port."""
        ...


class _Tap:
    """`ByteSource` that remembers what came: the end of a scan is told by no frame.

    What it remembers stays in memory and is forgotten with the search.
    """

    def __init__(self, ended: threading.Event) -> None:
        self._ended = ended
        self._source: _Source | None = None
        self.received = b""

    def begin(self, source: _Source) -> None:
        """Listen to another source."""
        self._source, self.received = source, b""

    def read(self, size: int) -> bytes:
        """Read on; a search that was given up ends as if the port were gone."""
        if self._ended.is_set() or self._source is None:
            raise OSError("given up")
        chunk = self._source.read(size)
        self.received += chunk
        return chunk

    def close(self) -> None:
        """Close the source."""
        if self._source:
            self._source.close()


def _serial_ports() -> Sequence[FoundPort]:
    from pharmacy_desk.adapters.scanners.discovery import SystemPorts

    try:
        return SystemPorts().find()
    except OSError:  # the rest of the list is still worth showing
        _LOG.exception("serial ports cannot be listed")
        return ()


def _hid_devices() -> tuple[Sequence[str], Sequence[str]]:
    """HID-POS scanners that nobody reads, and scanners that type."""
    from pharmacy_desk.adapters.scanners.hid_pos import choose

    try:
        from pharmacy_desk.adapters.scanners import hidapi_door

        found = choose(hidapi_door.list_collections())
    except (ImportError, OSError):  # without hidapi the list is shorter
        return (), ()
    return [name for name, _ in found.readable], found.typing
