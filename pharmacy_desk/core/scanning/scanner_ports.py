"""Which serial scanners a counter has: the setting `scanner.serial_port`, read; and their words.

Several scanners are separated by `;`. Each is a device path or COM name, or
`usb:VID:PID[:SERIAL]` (hexadecimal, four digits each), optionally with `@BAUD` and one letter for
the parity, as in `usb:0c2e:0b6a:S123@115200N`. What is not given comes from `scanner.baud` and
`scanner.parity`. By VID:PID:serial a scanner is found again whatever name the system gives its port
(facts on codes, section 3.2).
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from pharmacy_desk.core.basics.errors import Fault
from pharmacy_desk.core.basics.values import dataclass

PARITY_LETTERS: Mapping[str, str] = {"N": "none", "E": "even", "O": "odd"}
# The speeds of the setting `scanner.baud`.
LEAST_BAUD, MOST_BAUD = 1200, 921600
_SPEED = re.compile(r"@([0-9]{4,6})([NEOneo]?)\Z")
_USB = re.compile(r"usb:([0-9A-Fa-f]{4}):([0-9A-Fa-f]{4})(?::([^;@\s]+))?\Z")


class ScannerWord(StrEnum):
    """State of a scanner, as its door says it; every word but `ok` has a sentence."""

    OK = "ok"
    ABSENT = "absent"
    DENIED = "denied"
    HID_DENIED = "hid_denied"
    KEYBOARD_MODE = "keyboard_mode"
    SETUP_MODE = "setup_mode"
    FAILED = "failed"


# What a person is told, and what to do, for each state that is not `ok`.
SCANNER_FAULTS: Mapping[str, Fault] = {
    ScannerWord.ABSENT: Fault.PORT_MISSING,
    ScannerWord.DENIED: Fault.PORT_DENIED,
    ScannerWord.HID_DENIED: Fault.HID_DENIED,
    ScannerWord.KEYBOARD_MODE: Fault.SCANNER_KEYBOARD_MODE,
    ScannerWord.SETUP_MODE: Fault.SCANNER_SETUP_MODE,
    ScannerWord.FAILED: Fault.SCANNER_FAILED,
}


@dataclass(frozen=True, slots=True)
class UsbId:
    """A USB device by vendor and product number, and by its serial number if it has one."""

    vid: int
    pid: int
    serial: str | None = None

    def __str__(self) -> str:
        serial = f":{self.serial}" if self.serial else ""
        return f"usb:{self.vid:04x}:{self.pid:04x}{serial}"

    def matches(self, vid: int | None, pid: int | None, serial: str | None) -> bool:
        """True when a port of these numbers is this device. Serial numbers ignore case."""
        same = self.serial is None or (serial or "").lower() == self.serial.lower()
        return same and (vid, pid) == (self.vid, self.pid)


@dataclass(frozen=True, slots=True)
class SerialPort:
    """One scanner's port: where it is, its speed (baud) and parity (`none`, `even`, `odd`).

    `name` is what people and the log see; it tells two scanners of one counter apart.
    """

    where: str | UsbId
    baud: int
    parity: str
    name: str


class PortRefusal(StrEnum):
    """Why an element of the setting cannot be used."""

    EMPTY = "empty"
    USB_FORM = "usb_form"
    BAUD = "baud"


@dataclass(frozen=True, slots=True)
class RefusedPort:
    """The element that cannot be used, as it was written, and why."""

    text: str
    why: PortRefusal

    def sentence(self) -> str:
        """The reason in words, for the command line."""
        return {
            PortRefusal.EMPTY: f"has {self.text!r}, which names no port",
            PortRefusal.USB_FORM: f"has {self.text!r}, which is not usb:VID:PID[:SERIAL]",
            PortRefusal.BAUD: f"has {self.text!r}, whose speed is not {LEAST_BAUD}–{MOST_BAUD}",
        }[self.why]


def parse_ports(text: str, baud: int, parity: str) -> tuple[SerialPort, ...] | RefusedPort:
    """The scanners of the setting; `baud` and `parity` hold where an element gives none.

    The answer is empty for an empty setting, and a refusal names the first element that is wrong.
    Two equal elements are two scanners of one kind; the second is named with `#2`.
    """
    if not text.strip():
        return ()
    found: list[SerialPort] = []
    for element in text.split(";"):
        port = _parse_one(element.strip(), baud, parity)
        if isinstance(port, RefusedPort):
            return port
        same = sum(other.where == port.where for other in found)
        found.append(replace(port, name=f"{port.name}#{same + 1}") if same else port)
    return tuple(found)


def ports_form(text: str) -> bool:
    """True when the setting can be used; for the settings table, before its defaults are known."""
    return not isinstance(parse_ports(text, LEAST_BAUD, "none"), RefusedPort)


def _parse_one(element: str, baud: int, parity: str) -> SerialPort | RefusedPort:
    where, written = element, element
    if speed := _SPEED.search(element):
        where = element[: speed.start()]
        baud = int(speed[1])
        parity = PARITY_LETTERS[speed[2].upper()] if speed[2] else parity
        if not LEAST_BAUD <= baud <= MOST_BAUD:
            return RefusedPort(written, PortRefusal.BAUD)
    if not where:
        return RefusedPort(written, PortRefusal.EMPTY)
    if not where.startswith("usb:"):
        return SerialPort(where, baud, parity, f"serial:{where}")
    usb = _USB.match(where)
    if not usb:
        return RefusedPort(written, PortRefusal.USB_FORM)
    device = UsbId(int(usb[1], 16), int(usb[2], 16), usb[3])
    return SerialPort(device, baud, parity, str(device))


def wanted_text(port: str, vid: int | None, pid: int | None, serial: str | None) -> str:
    """How a port that was found is best written in the setting: by its USB numbers if it has any.

    A serial number that the setting cannot hold (`;`, `@`, a space) is left out.
    """
    if vid is None or pid is None:
        return port
    plain = serial if serial and not re.search(r"[;@\s]", serial) else None
    return str(UsbId(vid, pid, plain))


@dataclass(frozen=True, slots=True)
class ScannerCounts:
    """What a scanner did since the program started, for support.

    `dropped` counts bytes of noise that were not delivered; `seen` is when its last byte came.
    """

    scans: int = 0
    received: int = 0
    dropped: int = 0
    reopened: int = 0
    seen: datetime | None = None

    def line(self, where: str) -> str:
        """One line of plain words: where it is plugged in, and the counts."""
        seen = f"{self.seen:%H:%M:%S}" if self.seen else "-"
        return (
            f"{where} scans={self.scans} bytes={self.received} dropped={self.dropped}"
            f" reopened={self.reopened} last={seen}"
        )
