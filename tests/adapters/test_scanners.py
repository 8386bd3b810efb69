"""Scanners: nothing lost, merged or out of order, and found again after the cable was pulled."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from pharmacy_desk.adapters.scanners.practice_port import PracticePort
from pharmacy_desk.adapters.scanners.replay import ReplayScanner
from pharmacy_desk.adapters.scanners.serial_port import SerialScanner
from pharmacy_desk.core.scan import RawScan

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

    def state(self, word: str, detail: str) -> None:
        self.states.append(word)

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
    assert heard.data == [code(1), code(2)[:9]]
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
