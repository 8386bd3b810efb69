"""Which scanners this counter has and could have: for the scanner assistant's list. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from enum import StrEnum

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.scanning.burst import KEYBOARD
from pharmacy_desk.core.scanning.found_port import FoundPort
from pharmacy_desk.core.scanning.scanner_ports import (
    PARITY_LETTERS,
    RefusedPort,
    ScannerCounts,
    ScannerWord,
    SerialPort,
    parse_ports,
    wanted_text,
)
from pharmacy_desk.core.scanning.scanner_report import SerialLine


class Way(StrEnum):
    """How a scanner is connected."""

    KEYBOARD = "keyboard"
    SERIAL = "serial"
    HID = "hid"
    OTHER = "other"


class NotUsed(StrEnum):
    """Why something that is plugged in delivers no scans; stands in place of a `ScannerWord`."""

    OFF = "off"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Plugged:
    """One line of the list. `name` is the port's name as its scans carry it.

    `word` is a `ScannerWord`, or a word of `NotUsed`. `device` is what a search for the speed
    opens, empty where there is nothing to search; `wanted` is how the setting names the port.
    `about` is what the system calls the device
    (untrusted).
    """

    name: str
    way: Way
    word: str
    device: str = ""
    wanted: str = ""
    about: str = ""
    counts: ScannerCounts | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known at this moment about scanners, from settings, system and doors.

    `states` and `counts` are by the scanner's name; `hid_free` and `typing` name HID-POS devices
    that nobody reads and scanners that type.
    """

    wedge: bool
    wanted: Sequence[SerialPort] = ()
    found: Sequence[FoundPort] = ()
    states: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    counts: Mapping[str, ScannerCounts] = field(default_factory=dict)
    hid_free: Sequence[str] = ()
    typing: Sequence[str] = ()


def listed(known: Known) -> tuple[Plugged, ...]:
    """The keyboard first, then serial ports, HID-POS scanners and what else delivers scans."""
    about = ", ".join(known.typing)
    word = ScannerWord.OK if known.wedge else NotUsed.OFF
    lines = [Plugged(KEYBOARD, Way.KEYBOARD, word, about=about)]
    lines += _serial(known)
    told = {line.name for line in lines}
    for name, (state, detail) in known.states.items():
        if name not in told:
            way = Way.HID if name.split(":")[0] == "hid" else Way.OTHER
            said = detail if state == ScannerWord.KEYBOARD_MODE else ""
            lines.append(Plugged(name, way, state, about=said, counts=known.counts.get(name)))
            told.add(name)
    lines += [Plugged(n, Way.HID, NotUsed.OFF) for n in known.hid_free if n not in told]
    return tuple(lines)


def _serial(known: Known) -> list[Plugged]:
    """Ports that are set up, then those that are only there."""
    lines: list[Plugged] = []
    used: set[str] = set()
    for port in known.wanted:
        at = _at(port, known.found, used)
        device = at.device if at else str(port.where) if isinstance(port.where, str) else ""
        used.add(device)
        state = known.states.get(port.name, (str(ScannerWord.ABSENT), ""))[0]
        about = at.description if at else ""
        counts = known.counts.get(port.name)
        where = str(port.where)
        lines.append(
            Plugged(
                name=port.name,
                way=Way.SERIAL,
                word=state,
                device=device,
                wanted=where,
                about=about,
                counts=counts,
            )
        )
    return lines + [_free(port) for port in known.found if port.device not in used]


def _free(port: FoundPort) -> Plugged:
    wanted = wanted_text(port.device, port.vid, port.pid, port.serial)
    name = f"serial:{port.device}"
    return Plugged(
        name=name,
        way=Way.SERIAL,
        word=NotUsed.FREE,
        device=port.device,
        wanted=wanted,
        about=port.description,
    )


def with_line(setting: str, plugged: Plugged, line: SerialLine) -> str:
    """The setting `scanner.serial_port` with this speed and parity for one port, added if new.

    Other ports stay as they were written.
    """
    letter = next(sign for sign, name in PARITY_LETTERS.items() if name == line.parity)
    mine = f"{plugged.wanted}@{line.baud}{letter}"
    kept, replaced = [], False
    for element in filter(None, (part.strip() for part in setting.split(";"))):
        ports = parse_ports(element, line.baud, line.parity)
        same = not isinstance(ports, RefusedPort) and str(ports[0].where) == plugged.wanted
        if same and not replaced:
            kept.append(mine)
        else:
            kept.append(element)
        replaced = replaced or same
    return ";".join(kept if replaced else [*kept, mine])


def _at(port: SerialPort, found: Sequence[FoundPort], used: set[str]) -> FoundPort | None:
    """Where a port that is set up is plugged in now."""
    for one in found:
        where = port.where
        if one.device in used:
            continue
        if where == one.device:
            return one
        if not isinstance(where, str) and where.matches(one.vid, one.pid, one.serial):
            return one
    return None
