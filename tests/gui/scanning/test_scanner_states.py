"""What the strip says of scanners: which one, what is wrong, what to do."""

from datetime import datetime

import pytest

from pharmacy_desk.core.scanning.scanner_ports import ScannerWord
from pharmacy_desk.counter import news
from pharmacy_desk.gui.shell.status_strip import SetUp, StatusStrip

NOW = datetime.fromisoformat("2026-11-22T12:00:00+08:00")


@pytest.fixture
def strip(qtbot) -> StatusStrip:
    made = StatusStrip(SetUp("printer", prints=True, uploads=True, settles=True, training=False))
    qtbot.addWidget(made)
    return made


def _hear(strip: StatusStrip, name: str, word: str, detail: str = "") -> str:
    strip.hear(news.ScannerState(name, word, detail), NOW)
    return strip.parts["scanner"].text()


@pytest.mark.parametrize("word", [word for word in ScannerWord if word is not ScannerWord.OK])
def test_each_state_is_told_with_the_scanner_and_what_to_do(strip: StatusStrip, word: str) -> None:
    text = _hear(strip, "usb:0c2e:0b6a:S123", word)
    assert text.startswith("▲ ")
    assert "S123" in text
    assert len(strip.parts["scanner"].toolTip()) > len("<qt></qt>") + 10
    assert _hear(strip, "usb:0c2e:0b6a:S123", "ok") == "○ 扫码枪 0c2e:0b6a:S123 已连接"
    strip.hear(news.ScanArrived("usb:0c2e:0b6a:S123", NOW), NOW)
    assert strip.parts["scanner"].text() == "● 扫码枪 0c2e:0b6a:S123"
    assert strip.parts["scanner"].toolTip().startswith("●")
    assert _hear(strip, "usb:0c2e:0b6a:S123", word).startswith("▲ ")
    assert _hear(strip, "usb:0c2e:0b6a:S123", "ok").startswith("○ ")  # it proves itself again


def test_the_practice_scanner_is_named_without_a_stray_blank(strip: StatusStrip) -> None:
    name = "serial:/home/x/practice-scanner"
    assert _hear(strip, name, "ok") == "○ 扫码枪（练习）已连接"
    strip.hear(news.ScanArrived(name, NOW), NOW)
    assert strip.parts["scanner"].text() == "● 扫码枪（练习）"


def test_the_states_differ_in_words(strip: StatusStrip) -> None:
    said = {_hear(strip, "usb:0c2e:0b6a", word) for word in ScannerWord}
    assert len(said) == len(ScannerWord)


def test_several_scanners_are_told_apart(strip: StatusStrip) -> None:
    _hear(strip, "serial:/dev/ttyACM0", "ok")
    assert "ttyACM1" in _hear(strip, "serial:/dev/ttyACM1", "absent")
    text = _hear(strip, "serial:/dev/ttyACM1", "ok")
    assert "ttyACM0" in text
    assert "ttyACM1" in text
    strip.hear(news.ScanArrived("serial:/dev/ttyACM1", NOW), NOW)
    assert strip.parts["scanner"].text().startswith("○ ")
    assert "ttyACM0" in strip.parts["scanner"].toolTip()  # which one has not scanned
    assert "ttyACM1" not in strip.parts["scanner"].toolTip()
    strip.hear(news.ScanArrived("serial:/dev/ttyACM0", NOW), NOW)
    assert strip.parts["scanner"].text().startswith("● ")


def test_what_a_device_calls_itself_is_plain_text(strip: StatusStrip) -> None:
    _hear(strip, "hid", "keyboard_mode", "<img src=x>")
    assert "<img" in strip.parts["scanner"].text()  # a button shows plain text
    assert "<img" not in strip.parts["scanner"].toolTip()
    assert "&lt;img" in strip.parts["scanner"].toolTip()
