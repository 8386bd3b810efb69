"""HID-POS scanners through the one door: reports and listings go in where hidapi's would."""

import queue
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import pytest

from pharmacy_desk.adapters import resources
from pharmacy_desk.adapters.scanners.hid_pos import (
    SCANNER_VENDORS,
    UDEV_RULE,
    HidPosScanners,
    choose,
)
from pharmacy_desk.commands import doctor
from pharmacy_desk.core.scanning.framing import BROKEN_OFF
from pharmacy_desk.core.scanning.scan import RawScan
from tests.adapters.scanners.hid_reports import collection, hhp, microscan

NOW = datetime.fromisoformat("2026-11-22T12:00:00+08:00")
CODE = b"84362820442053402132"
GS1 = b"010690123456789221SER\x1d17271231" + b"10LOT" * 12
SCANNER = collection("/dev/hidraw3", 0x8C, 2)
# One device: the barcode collection, and the vendor's own beside it.
TWO_COLLECTIONS = [collection("/dev/hidraw4", 0xFF8C, 1), SCANNER]
KEYBOARD = collection("/dev/hidraw1", 1, 6, vendor_id=0x046D, product_string="Keyboard K120")
TYPING = collection("/dev/hidraw2", 1, 6)


def wait_until(true: Callable[[], object], within_s: float = 10.0) -> None:
    until = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < until, "still not so"
        threading.Event().wait(0.002)


class Device:
    """An open device, as hidapi gives it: reports in order, then silence, then gone."""

    def __init__(self) -> None:
        self.reports: queue.Queue[bytes | None] = queue.Queue()
        self.open = True

    def read(self, max_length: int, timeout_ms: int) -> Sequence[int]:
        assert self.open, "read after close"
        try:
            report = self.reports.get(timeout=timeout_ms / 1000)
        except queue.Empty:
            return []
        if report is None:
            raise OSError("read error")
        return list(report[:max_length])

    def close(self) -> None:
        self.open = False


class Bus:
    """hidapi's listing and opening, with devices that can be plugged in and pulled out."""

    def __init__(self, listed: Iterable[dict[str, Any]]) -> None:
        self.listed = list(listed)
        self.devices: dict[bytes, Device] = {}
        self.opened: list[bytes] = []
        self.refuses = False
        self.scans: list[RawScan] = []
        self.states: list[tuple[str, str]] = []
        self.scanners = HidPosScanners(
            lambda: NOW, lambda: list(self.listed), self.open_, self.report,
            lambda _: not self.refuses, retry_s=0.005,
        )  # fmt: skip

    def open_(self, path: bytes) -> Device:
        if self.refuses or path not in {one["path"] for one in self.listed}:
            raise OSError("open failed")
        self.opened.append(path)
        self.devices[path] = Device()
        return self.devices[path]

    def report(self, name: str) -> Callable[[str, str], None]:
        return lambda word, _: self.states.append((name, word))

    def start(self) -> None:
        self.scanners.start(self.scans.append, self.report("hid"))

    def send(self, path: bytes, reports: Iterable[bytes]) -> None:
        for report in reports:
            self.devices[path].reports.put(report)

    def pull_out(self, path: bytes) -> None:
        self.listed = [one for one in self.listed if one["path"] != path]
        self.devices[path].reports.put(None)

    @property
    def data(self) -> list[bytes]:
        return [scan.data for scan in self.scans]


@pytest.fixture
def buses() -> Iterator[Callable[[Iterable[dict[str, Any]]], Bus]]:
    made: list[Bus] = []

    def make(listed: Iterable[dict[str, Any]]) -> Bus:
        made.append(Bus(listed))
        made[-1].start()
        return made[-1]

    yield make
    for bus in made:
        bus.scanners.stop()
        assert not any(device.open for device in bus.devices.values()), "a handle is left open"


Make = Callable[[Iterable[dict[str, Any]]], Bus]
PATH = b"/dev/hidraw3"
NAME = "hid:0c2e:0b61:S1"


def test_the_barcode_collection_of_two_is_read_and_no_keyboard(buses: Make) -> None:
    bus = buses([*TWO_COLLECTIONS, KEYBOARD])
    wait_until(lambda: bus.devices)
    bus.send(PATH, [*hhp(b"]C0", CODE), *hhp(b"]d2", GS1)])
    wait_until(lambda: len(bus.scans) == 2)
    assert bus.scans == [RawScan(b"]C0" + CODE, NAME, NOW), RawScan(b"]d2" + GS1, NAME, NOW)]
    assert bus.opened == [PATH]
    assert bus.states == [(NAME, "ok"), ("hid", "ok")]


def test_a_path_that_is_listed_for_each_collection_is_read_once(buses: Make) -> None:
    bus = buses(
        [SCANNER, collection("/dev/hidraw3", 0x8C, 1), collection("/dev/hidraw3", 0xFF00, 1)]
    )
    wait_until(lambda: ("hid", "ok") in bus.states)
    bus.send(PATH, microscan(b"]d2" + GS1))
    wait_until(lambda: bus.scans)
    assert bus.data == [b"]d2" + GS1]
    assert bus.opened == [PATH]


def test_two_hundred_codes_arrive_whole_and_in_order(buses: Make) -> None:
    bus = buses([SCANNER])
    wait_until(lambda: bus.devices)
    sent = [b"]C0" + b"8436282%013d" % n for n in range(200)]
    for data in sent:
        bus.send(PATH, hhp(data[:3], data[3:]))
    wait_until(lambda: len(bus.scans) == 200)
    assert bus.data == sent
    counts = bus.scanners.counted()[NAME]
    assert (counts.scans, counts.received, counts.reopened, counts.seen) == (200, 12_800, 0, NOW)


def test_a_pulled_scanner_is_said_and_found_again_at_another_path(buses: Make) -> None:
    bus = buses([SCANNER])
    wait_until(lambda: bus.devices)
    first, _ = hhp(b"]d2", GS1)
    bus.send(PATH, [first])
    bus.pull_out(PATH)
    wait_until(lambda: ("hid", "absent") in bus.states)
    assert bus.data == [b"]d2" + GS1[:56] + BROKEN_OFF]
    bus.listed = [collection("/dev/hidraw9", 0x8C, 2)]
    wait_until(lambda: b"/dev/hidraw9" in bus.devices)
    bus.send(b"/dev/hidraw9", hhp(b"]C0", CODE))
    wait_until(lambda: len(bus.scans) == 2)
    assert bus.scans[1] == RawScan(b"]C0" + CODE, NAME, NOW)
    assert bus.scanners.counted()[NAME].reopened == 1
    wait_until(lambda: bus.states[-1] == ("hid", "ok"))
    assert [word for name, word in bus.states if name == NAME] == ["ok", "absent", "ok"]


def test_the_second_of_two_alike_is_never_read_twice_when_the_first_goes(buses: Make) -> None:
    plain = [collection(f"/dev/hidraw{n}", 0x8C, 2, serial_number="") for n in (3, 5)]
    bus = buses(plain)
    wait_until(lambda: len(bus.devices) == 2)
    bus.pull_out(b"/dev/hidraw3")
    wait_until(lambda: ("hid:0c2e:0b61", "absent") in bus.states)
    bus.listed.append(collection("/dev/hidraw7", 0x8C, 2, serial_number=""))
    wait_until(lambda: b"/dev/hidraw7" in bus.devices)
    bus.send(b"/dev/hidraw5", hhp(b"]C0", CODE))
    bus.send(b"/dev/hidraw7", hhp(b"]C0", CODE[::-1]))
    wait_until(lambda: len(bus.scans) == 2)
    assert {(scan.port, scan.data[3:]) for scan in bus.scans} == {
        ("hid:0c2e:0b61#2", CODE), ("hid:0c2e:0b61", CODE[::-1]),
    }  # fmt: skip
    assert bus.opened == [b"/dev/hidraw3", b"/dev/hidraw5", b"/dev/hidraw7"]


def test_a_scanner_that_types_is_said_and_a_keyboard_is_not(buses: Make) -> None:
    bus = buses([TYPING, KEYBOARD])
    wait_until(lambda: bus.states)
    assert bus.states == [("hid", "keyboard_mode")]
    bus.listed = [SCANNER, TYPING]
    wait_until(lambda: ("hid", "ok") in bus.states)
    other = buses([KEYBOARD])
    wait_until(lambda: other.states)
    assert other.states == [("hid", "absent")]


def test_a_missing_right_is_said_and_its_coming_is_noticed(buses: Make) -> None:
    bus = buses([])
    bus.refuses = True
    bus.listed = [SCANNER]
    wait_until(lambda: (NAME, "hid_denied") in bus.states)
    bus.refuses = False
    wait_until(lambda: (NAME, "ok") in bus.states)
    bus.send(PATH, hhp(b"]C0", CODE))
    wait_until(lambda: bus.scans)


def test_plugging_again_and_again_leaves_one_thread_and_one_handle(buses: Make) -> None:
    bus = buses([])
    for number in range(25):
        path = f"/dev/hidraw{number}"
        bus.listed = [collection(path, 0x8C, 2)]
        wait_until(lambda path=path: path.encode() in bus.devices)
        bus.send(path.encode(), hhp(b"]C0", CODE))
        wait_until(lambda number=number: len(bus.scans) == number + 1)
        bus.pull_out(path.encode())
    wait_until(lambda: not any(device.open for device in bus.devices.values()))
    assert bus.scanners.counted()[NAME].reopened == 24
    wait_until(lambda: sum(t.name == f"port-{NAME}" for t in threading.enumerate()) == 0)


def test_the_doctor_names_the_rule_and_the_mode() -> None:
    may = doctor.hid_check(choose(TWO_COLLECTIONS), lambda _: True)
    assert (may.state, may.detail) == ("ok", NAME)
    denied = doctor.hid_check(choose(TWO_COLLECTIONS), lambda _: False)
    assert denied.state == "fault"
    assert UDEV_RULE in denied.fix
    typing = doctor.hid_check(choose([TYPING, KEYBOARD]), lambda _: True)
    assert (typing.state, typing.detail) == ("fault", "Voyager 1450g types like a keyboard")
    assert "HID-POS" in typing.fix
    assert doctor.hid_check(choose([KEYBOARD]), lambda _: True).state == "fault"


def test_the_rule_is_shipped_and_names_every_maker_the_door_knows() -> None:
    rule = resources.resource("udev", UDEV_RULE).read_text(encoding="utf-8")
    lines = [line for line in rule.splitlines() if "idVendor" in line]
    assert len(lines) == 2
    for line in lines:
        assert all(f"{vendor:04x}" in line for vendor in SCANNER_VENDORS)
        assert 'TAG+="uaccess"' in line
    assert int(UDEV_RULE.split("-")[0]) < 73  # 73-seat-late.rules reads the tag


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="hidraw is Linux's")
def test_hidapi_itself_lists_and_refuses_as_the_door_expects() -> None:
    from pharmacy_desk.adapters.scanners import hidapi_door

    choose(hidapi_door.list_collections())  # the keys are there, whatever is plugged in
    with pytest.raises(OSError, match="open failed"):
        hidapi_door.open_collection(b"/dev/no-such-hidraw")
