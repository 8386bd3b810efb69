"""Which serial ports this machine has now (`PortDiscovery`), and which of them are taken.

Source: facts on codes, section 3.2: after unplugging a scanner is looked for by VID:PID:serial and
not by the name of its port, which may be another one.
"""

import threading
from collections.abc import Sequence

from serial.tools import list_ports

from pharmacy_desk.core.scanning.found_port import FoundPort
from pharmacy_desk.core.scanning.scanner_ports import wanted_text


class SystemPorts:
    """`PortDiscovery` over what the operating system lists."""

    def find(self) -> Sequence[FoundPort]:
        """The ports of this moment, in the order of their names."""
        return sorted(
            (
                FoundPort(port.device, port.vid, port.pid, port.serial_number, port.description)
                for port in list_ports.comports()
            ),
            key=lambda port: port.device,
        )


class Claims:
    """Devices that are open, so that two scanners of one kind never read the same port."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken: set[str] = set()

    def take(self, device: str) -> bool:
        """Take the device; False when another scanner has it."""
        with self._lock:
            if device in self._taken:
                return False
            self._taken.add(device)
            return True

    def give_back(self, device: str) -> None:
        """The device is closed."""
        with self._lock:
            self._taken.discard(device)


def ports() -> list[tuple[str, str]]:
    """What may be chosen as a scanner's port: (what the setting holds, what people see).

    A USB port comes by its numbers, because its device name may be another one next time. People
    see what it calls itself, and the end of its name where that does not tell it.
    """
    found = []
    for port in SystemPorts().find():
        wanted = wanted_text(port.device, port.vid, port.pid, port.serial)
        name, about = port.device.rsplit("/", 1)[-1], port.description
        unnamed = about in ("", "n/a", port.device)
        found.append((wanted, name if unnamed else about if name in about else f"{about} ({name})"))
    return found
