"""Fuse box of the scanners: from settings to the doors of serial and HID-POS scanners.

The doors are imported late: a counter with a keyboard scanner needs neither pyserial nor hidapi.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from pharmacy_desk.adapters.scanners.replay import ReplayScanner
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.ports.doors import CountingScanner, Scanner
from pharmacy_desk.core.scanning.scanner_ports import (
    RefusedPort,
    ScannerCounts,
    ScannerWord,
    parse_ports,
)
from pharmacy_desk.core.settings.settings import Settings

_LOG = logging.getLogger(__name__)
_PORT = "scanner.serial_port"
Reporter = Callable[[str], Callable[[str, str], None]]


def make(
    settings: Settings, given: str | None, now: Callable[[], datetime], reporter: Reporter
) -> list[Scanner]:
    """The scanners of the settings, not started; `given` is a port from the command line instead.

    Raises `WorldError` when the port given cannot be understood.
    """
    made = _serial(settings, given or settings.text(_PORT), now)
    if settings.flag("scanner.hid"):
        made += _hid(now, reporter)
    return made


def files(settings: Settings, replay: Path | None, now: Callable[[], datetime]) -> list[Scanner]:
    """What is read as a scanner is: a file of scans, and a folder that a camera puts pictures in.

    `replay` is a file from the command line instead of the settings' one.
    """
    made: list[Scanner] = []
    scans = replay or settings.text("scanner.replay_file")
    if scans:
        made.append(ReplayScanner(Path(scans), now))
    pictures = settings.text("scanner.picture_folder")
    if pictures:
        from pharmacy_desk.adapters.scanners.pictures.folder import FolderScanner

        made.append(FolderScanner(Path(pictures), now))
    return made


def counts(scanners: Sequence[Scanner]) -> dict[str, ScannerCounts]:
    """What the scanners that count did since the start, by name."""
    found: dict[str, ScannerCounts] = {}
    for scanner in scanners:
        if isinstance(scanner, CountingScanner):
            found |= scanner.counted()
    return found


def _serial(settings: Settings, wanted: str, now: Callable[[], datetime]) -> list[Scanner]:
    """One scanner for each port."""
    ports = parse_ports(wanted, settings.number("scanner.baud"), settings.text("scanner.parity"))
    if isinstance(ports, RefusedPort):
        raise WorldError(Fault.SETTINGS_BAD, key=_PORT, path=wanted, why=ports.sentence())
    if not ports:
        return []
    from pharmacy_desk.adapters.scanners.discovery import Claims, SystemPorts
    from pharmacy_desk.adapters.scanners.serial_port import SerialScanner

    discovery, claims = SystemPorts(), Claims()
    ends = settings.text("scanner.terminator"), settings.number("scanner.idle_ms")
    return [SerialScanner(port, now, *ends, discovery, claims) for port in ports]


def _hid(now: Callable[[], datetime], reporter: Reporter) -> list[Scanner]:
    """Every HID-POS scanner that is plugged in, now or later."""
    from pharmacy_desk.adapters.scanners.hid_pos import HidPosScanners

    try:
        from pharmacy_desk.adapters.scanners import hidapi_door
    except ImportError:  # a system without libudev: the counter opens all the same
        _LOG.exception("hidapi does not load")
        reporter(HidPosScanners.name)(ScannerWord.ABSENT, "hidapi")
        return []
    return [
        HidPosScanners(now, hidapi_door.list_collections, hidapi_door.open_collection, reporter)
    ]
