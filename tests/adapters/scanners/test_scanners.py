"""Scanners: nothing lost, merged or out of order, and found again after the cable was pulled."""

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest
import serial
from serial.tools import list_ports
from serial.tools.list_ports_common import ListPortInfo

from pharmacy_desk.adapters.scanners.discovery import Claims, SystemPorts, ports
from pharmacy_desk.adapters.scanners.practice_port import PracticePort
from pharmacy_desk.adapters.scanners.probing import LINES, Line, probe
from pharmacy_desk.adapters.scanners.replay import ReplayScanner
from pharmacy_desk.adapters.scanners.serial_port import SerialScanner
from pharmacy_desk.core.scanning.found_port import FoundPort
from pharmacy_desk.core.scanning.framing import BROKEN_OFF
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.core.scanning.scanner_ports import SerialPort, UsbId
from tests.drills import cycles

pty_only = pytest.mark.skipif(sys.platform == "win32", reason="there is no pty on Windows")
NOW = datetime.fromisoformat("2026-11-22T12:00:00+08:00")


def code(number: int) -> bytes:
    return b"8436282%013d" % number


def wait_until(true: Callable[[], object], within_s: float = 10.0) -> None:
    until = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < until, "still not so"
        threading.Event().wait(0.002)


class Heard:
    """What a scanner delivered and said of itself."""

    def __init__(self) -> None:
        self.scans: list[RawScan] = []
        self.states: list[str] = []
        self.details: list[str] = []

    def state(self, word: str, detail: str) -> None:
        self.states.append(word)
        self.details.append(detail)

    @property
    def data(self) -> list[bytes]:
        return [scan.data for scan in self.scans]


@pytest.fixture
def port(tmp_path: Path) -> Iterator[PracticePort]:
    made = PracticePort(tmp_path / "scanner")
    yield made
    made.close()


@pytest.fixture
def heard(port: PracticePort) -> Iterator[Heard]:
    made = Heard()
    scanner = SerialScanner(port.path, lambda: NOW)
    scanner.start(made.scans.append, made.state)
    wait_until(lambda: made.states == ["ok"])
    yield made
    scanner.stop()


@pty_only
def test_a_scan_arrives_as_it_was_sent_with_port_and_time(port: PracticePort, heard: Heard) -> None:
    port.send(code(1).decode())
    wait_until(lambda: heard.scans)
    assert heard.scans == [RawScan(code(1), f"serial:{port.path}", NOW)]


@pty_only
def test_two_hundred_scans_back_to_back_arrive_whole_and_in_order(
    port: PracticePort, heard: Heard
) -> None:
    sent = [code(n) for n in range(200)]
    for one in sent:
        port.send_bytes(one + b"\r\n")
    wait_until(lambda: len(heard.scans) >= len(sent))
    assert heard.data == sent


@pty_only
def test_a_scan_in_pieces_is_one_scan(port: PracticePort, heard: Heard) -> None:
    port.send_bytes(code(1) + b"\r")  # from now on the port is known to send ends
    for byte in code(2):
        port.send_bytes(bytes([byte]))
    port.send_bytes(b"\r")
    wait_until(lambda: len(heard.scans) == 2)
    assert heard.data == [code(1), code(2)]


@pty_only
def test_a_scan_without_end_is_delivered_after_silence(port: PracticePort, heard: Heard) -> None:
    port.send_bytes(code(1))
    wait_until(lambda: heard.scans)
    assert heard.data == [code(1)]


@pty_only
def test_bytes_of_every_value_but_ends_arrive_unchanged(port: PracticePort, heard: Heard) -> None:
    every = bytes(b for b in range(256) if b not in b"\r\n\t")
    port.send_bytes(every + b"\r")
    wait_until(lambda: heard.scans)
    assert heard.data == [every]


@pty_only
def test_a_pulled_scanner_is_said_and_found_again(port: PracticePort, heard: Heard) -> None:
    port.send_bytes(code(1) + b"\r" + code(2)[:9])
    wait_until(lambda: heard.scans)
    port.unplug()
    wait_until(lambda: heard.states[-1] == "absent")
    assert heard.data == [code(1), code(2)[:9] + BROKEN_OFF]
    port.plug_in()
    wait_until(lambda: heard.states[-1] == "ok")
    port.send_bytes(code(3) + b"\r")
    wait_until(lambda: heard.data[-1] == code(3))
    assert heard.states == ["ok", "absent", "ok"]


@pty_only
def test_a_scanner_that_is_not_there_is_said_once_and_then_found(tmp_path: Path) -> None:
    heard = Heard()
    link = tmp_path / "later"
    scanner = SerialScanner(str(link), lambda: NOW)
    scanner.start(heard.scans.append, heard.state)
    wait_until(lambda: heard.states == ["absent"])
    port = PracticePort(link)
    wait_until(lambda: heard.states == ["absent", "ok"])
    port.send("x1")
    wait_until(lambda: heard.data == [b"x1"])
    scanner.stop()
    port.close()


class Sockets:
    """`PortDiscovery` that says what is plugged in."""

    def __init__(self) -> None:
        self.found: tuple[FoundPort, ...] = ()

    def find(self) -> Sequence[FoundPort]:
        return self.found


NUMBERS = (0x0C2E, 0x0B6A)


def _by_numbers(
    sockets: Sockets, serial: str | None, claims: Claims, number: int = 1
) -> SerialScanner:
    port = SerialPort(UsbId(*NUMBERS, serial), 9600, "none", f"scanner {number}")
    return SerialScanner(port, lambda: NOW, discovery=sockets, claims=claims, retry_s=0.01)


@pty_only
def test_scanners_are_told_apart_by_serial_number_and_found_at_another_port(tmp_path: Path) -> None:
    ports = [PracticePort(tmp_path / f"tty{n}") for n in range(3)]
    sockets, claims = Sockets(), Claims()
    heard = [Heard(), Heard()]
    scanners = [_by_numbers(sockets, f"S{n}", claims, n) for n in range(2)]
    sockets.found = tuple(FoundPort(ports[n].path, *NUMBERS, f"S{n}") for n in range(2))
    for scanner, one in zip(scanners, heard, strict=True):
        scanner.start(one.scans.append, one.state)
    wait_until(lambda: all(one.states == ["ok"] for one in heard))
    # The first moves to another port; the second keeps working meanwhile.
    sockets.found = (FoundPort(ports[2].path, *NUMBERS, "s0"), sockets.found[1])
    ports[0].unplug()
    wait_until(lambda: heard[0].states == ["ok", "absent", "ok"])
    ports[2].send(code(1).decode())
    ports[1].send(code(2).decode())
    wait_until(lambda: heard[0].scans and heard[1].scans)
    for scanner in scanners:
        scanner.stop()
    for port in ports:
        port.close()
    assert heard[0].scans == [RawScan(code(1), "scanner 0", NOW)]
    assert heard[1].scans == [RawScan(code(2), "scanner 1", NOW)]
    assert scanners[0].counts.line("x") == "x scans=1 bytes=21 dropped=0 reopened=1 last=12:00:00"
    assert scanners[1].counts.reopened == 0
    assert heard[1].states == ["ok"]


@pty_only
def test_two_scanners_of_one_kind_without_numbers_never_share_a_port(tmp_path: Path) -> None:
    ports = [PracticePort(tmp_path / f"tty{n}") for n in range(2)]
    sockets, claims = Sockets(), Claims()
    heard = [Heard(), Heard()]
    scanners = [_by_numbers(sockets, None, claims, n) for n in range(2)]
    sockets.found = (FoundPort(ports[0].path, *NUMBERS),)
    for scanner, one in zip(scanners, heard, strict=True):
        scanner.start(one.scans.append, one.state)
    wait_until(lambda: sorted(one.states for one in heard) == [["absent"], ["ok"]])
    sockets.found += (FoundPort(ports[1].path, *NUMBERS),)
    wait_until(lambda: all(one.states[-1] == "ok" for one in heard))
    for n, port in enumerate(ports):
        port.send(code(n).decode())
    wait_until(lambda: heard[0].scans and heard[1].scans)
    for scanner in scanners:
        scanner.stop()
    for port in ports:
        port.close()
    assert sorted(heard[0].data + heard[1].data) == [code(0), code(1)]


@pty_only
def test_a_device_of_other_numbers_is_left_alone(tmp_path: Path) -> None:
    port = PracticePort(tmp_path / "modem")
    sockets, heard = Sockets(), Heard()
    sockets.found = (FoundPort(port.path, 0x1234, 0x0B6A, "S1"), FoundPort(port.path))
    scanner = _by_numbers(sockets, "S1", Claims())
    scanner.start(heard.scans.append, heard.state)
    wait_until(lambda: heard.states == ["absent"])
    port.send("AT")
    sockets.found = (FoundPort(port.path, *NUMBERS, "S1"),)
    wait_until(lambda: heard.states == ["absent", "ok"])
    scanner.stop()
    port.close()
    assert heard.data == []


def test_the_systems_ports_are_offered_by_their_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    scanner, plain = ListPortInfo("/dev/ttyACM0"), ListPortInfo("/dev/ttyS0")
    scanner.vid, scanner.pid, scanner.serial_number = *NUMBERS, "S1"
    scanner.description = "Voyager"
    monkeypatch.setattr(list_ports, "comports", lambda: [plain, scanner])
    assert SystemPorts().find()[0] == FoundPort("/dev/ttyACM0", *NUMBERS, "S1", "Voyager")
    assert ports() == [
        ("usb:0c2e:0b6a:S1", "Voyager (ttyACM0)"),
        ("/dev/ttyS0", "ttyS0"),
    ]


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (serial.SerialException(13, "could not open port /dev/ttyACM0: Permission denied"), "denied"),
        (serial.SerialException("could not open port 'COM3': PermissionError(13, 'Access is denied.')"), "denied"),
        (PermissionError(13, "Permission denied"), "denied"),
        (serial.SerialException(2, "could not open port /dev/ttyACM0: No such file"), "absent"),
        (serial.SerialException("ClearCommError failed (OSError(22))"), "absent"),
        (OSError(5, "Input/output error"), "absent"),
    ],
)  # fmt: skip
def test_what_the_system_says_is_told_in_one_word(
    error: OSError, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(serial, "Serial", refused)
    heard = Heard()
    scanner = SerialScanner("ttyX", lambda: NOW, retry_s=0.001)
    scanner.start(heard.scans.append, heard.state)
    wait_until(lambda: heard.states)
    scanner.stop()
    assert heard.states == [word]


@pty_only
def test_a_scanner_in_setup_mode_is_said_and_its_replies_are_no_scans(
    port: PracticePort, heard: Heard
) -> None:
    port.send_bytes(b"@@@@")
    wait_until(lambda: heard.states == ["ok", "setup_mode"])
    port.send_bytes(b"!99900030;")
    port.send_bytes(b"^^^^")
    wait_until(lambda: heard.states == ["ok", "setup_mode", "ok"])
    port.send_bytes(b"@@@@\r")
    wait_until(lambda: heard.states[-1] == "setup_mode")
    port.send(code(1).decode())
    wait_until(lambda: heard.states[-1] == "ok")
    assert heard.data == [code(1)]


@pty_only
def test_ten_kilobytes_of_noise_are_counted_and_the_next_scan_is_whole(port: PracticePort) -> None:
    heard = Heard()
    scanner = SerialScanner(port.path, lambda: NOW)
    scanner.start(heard.scans.append, heard.state)
    wait_until(lambda: heard.states == ["ok"])
    for sent in range(20):  # a pty holds 4 KiB at most
        port.send_bytes(b"\xa5" * 512)
        wait_until(lambda sent=sent: scanner.counts.received == 512 * (sent + 1))
    threading.Event().wait(0.2)  # the person scans again
    port.send(code(1).decode())
    wait_until(lambda: heard.data[-1:] == [code(1)])
    scanner.stop()
    noise = heard.data[:-1]
    assert set(b"".join(noise)) == {0xA5}
    assert sum(map(len, noise)) + scanner.counts.dropped == 512 * 20
    assert scanner.counts.dropped > 0


@pty_only
def test_unplugging_again_and_again_leaks_nothing_and_loses_nothing() -> None:
    result = cycles.run(25, cycles.FAST_S)
    assert result.clean, result
    assert result.cycles == result.reopened == 25


class Wire:
    """A port at the far end of which a scanner sends at its own speed and parity."""

    def __init__(self, sends: Line, line: Line, scan: bytes) -> None:
        garbled = bytes(byte ^ 0xB5 for byte in scan[::3])
        self.waiting = list(scan if sends == line else garbled)
        self.closed = False

    def read(self, size: int) -> bytes:
        return bytes([self.waiting.pop(0)]) if self.waiting else b""

    def close(self) -> None:
        self.closed = True


@pytest.mark.parametrize("sends", LINES)
@pytest.mark.parametrize("aim", [b"", b"]C0"])
def test_probing_finds_speed_and_parity_and_closes_every_port(sends: Line, aim: bytes) -> None:
    opened: list[Wire] = []
    clock = iter(range(100_000))

    def open_(port: str, line: Line) -> Wire:
        assert port == "ttyX"
        opened.append(Wire(sends, line, aim + code(1) + b"\r"))
        return opened[-1]

    answer = probe("ttyX", code(1).decode(), lambda _: True, open_, now=lambda: next(clock) / 100)
    assert answer.line == sends
    assert [heard.clean for heard in answer.heard] == [False] * LINES.index(sends) + [True]
    assert all(wire.closed for wire in opened)


def test_probing_says_when_nothing_came_and_when_another_code_was_scanned() -> None:
    clock = iter(range(1_000_000))

    def now() -> float:
        return next(clock) / 100

    silent = probe("x", None, lambda _: True, lambda _, line: Wire(line, line, b""), now=now)
    assert (silent.line, silent.silent, len(silent.heard)) == (None, True, 2 * len(LINES))
    other = probe("x", code(1).decode(), lambda _: True,
                  lambda _, line: Wire(line, line, code(2) + b"\r"), now=now)  # fmt: skip
    assert (other.line, other.silent) == (None, False)
    stopped = probe("x", None, lambda _: False, lambda _, line: Wire(line, line, b"x"), now=now)
    assert stopped.heard == ()


def _replayed(path: Path) -> tuple[ReplayScanner, Heard]:
    heard = Heard()
    scanner = ReplayScanner(path, lambda: NOW)
    scanner.start(heard.scans.append, heard.state)
    return scanner, heard


def test_a_replay_delivers_each_whole_line_once_and_follows_the_file(tmp_path: Path) -> None:
    path = tmp_path / "scans.txt"
    path.write_bytes(code(1) + b"\n\n" + code(2) + b"\r\n\xff\x00\n" + code(3)[:5])
    scanner, heard = _replayed(path)
    wait_until(lambda: len(heard.scans) == 3)
    with path.open("ab") as file:
        file.write(code(3)[5:] + b"\n")
    wait_until(lambda: len(heard.scans) == 4)
    scanner.stop()
    assert heard.data == [code(1), code(2), b"\xff\x00", code(3)]
    assert {scan.port for scan in heard.scans} == {"replay:scans.txt"}
    assert heard.states == ["ok"]


def test_a_replay_waits_for_a_file_that_is_not_there_yet(tmp_path: Path) -> None:
    path = tmp_path / "later.txt"
    scanner, heard = _replayed(path)
    wait_until(lambda: heard.states == ["absent"])
    path.write_bytes(b"a\nb\n")
    wait_until(lambda: heard.data == [b"a", b"b"])
    scanner.stop()
    assert heard.states == ["absent", "ok"]


def test_a_replay_of_many_lines_keeps_their_order(tmp_path: Path) -> None:
    path = tmp_path / "many.txt"
    sent = [code(n) for n in range(5000)]
    path.write_bytes(b"\n".join(sent) + b"\n")
    scanner, heard = _replayed(path)
    wait_until(lambda: len(heard.scans) >= len(sent))
    scanner.stop()
    assert heard.data == sent
