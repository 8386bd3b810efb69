"""From settings to scanners: any number of them, and no library before it is wanted."""

import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from pharmacy_desk.adapters.home import Home
from pharmacy_desk.commands import doctor
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.scanning.found_port import FoundPort
from pharmacy_desk.core.scanning.scanner_ports import ScannerCounts, SerialPort, UsbId
from pharmacy_desk.core.settings.settings import Settings, Value
from pharmacy_desk.wiring import scanners

NOW = datetime.fromisoformat("2026-11-22T12:00:00+08:00")


def _nobody(_: str) -> Callable[[str, str], None]:
    return lambda *_: None


def _make(given: str | None = None, **values: Value) -> list[str]:
    settings = Settings({f"scanner.{key}": value for key, value in values.items()}, practice=False)
    made = scanners.make(settings, given, lambda: NOW, _nobody)
    return [scanner.name for scanner in made]


def test_every_port_of_the_setting_becomes_a_scanner_with_a_name_and_counts() -> None:
    settings = Settings({"scanner.serial_port": "COM1;usb:0c2e:0b6a:S1@115200N"}, practice=False)
    made = scanners.make(settings, None, lambda: NOW, _nobody)
    assert [scanner.name for scanner in made] == ["serial:COM1", "usb:0c2e:0b6a:S1"]
    assert scanners.counts(made) == dict.fromkeys(
        ["serial:COM1", "usb:0c2e:0b6a:S1"], ScannerCounts()
    )


def test_a_port_of_the_command_line_stands_for_those_of_the_settings() -> None:
    assert _make("/tmp/x", serial_port="COM1;COM2") == ["serial:/tmp/x"]
    assert _make() == []


def test_hid_scanners_come_only_when_they_are_switched_on() -> None:
    assert _make(hid=True) == ["hid"]
    assert _make(hid=False) == []


def test_a_port_of_the_command_line_that_is_wrong_is_refused_with_its_reason() -> None:
    with pytest.raises(WorldError) as caught:
        _make("usb:1")
    assert caught.value.fault is Fault.SETTINGS_BAD
    assert "usb:1" in str(caught.value.params["why"])


def test_neither_hidapi_nor_the_system_is_touched_before_hid_is_switched_on() -> None:
    code = (
        "import sys, pharmacy_desk.wiring.counter, pharmacy_desk.commands.doctor;"
        "print({'hid', 'hidraw'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize(
    ("where", "state"),
    [(UsbId(1, 2, "s1"), "ok"), (UsbId(1, 2), "ok"), (UsbId(1, 2, "S2"), "fault"), ("COM3", "ok"),
     ("COM4", "fault")],
)  # fmt: skip
def test_the_doctor_looks_for_each_scanner(where: UsbId | str, state: str) -> None:
    found = [FoundPort("COM3", 1, 2, "S1", "a scanner")]
    check = doctor.serial_check(SerialPort(where, 9600, "none", "x"), found)
    assert (check.state, bool(check.fix)) == (state, state == "fault")
    assert ("usb:0001:0002:S1" in check.detail) == (state == "fault")


def test_the_doctor_reports_on_every_scanner_of_a_home(tmp_path: Path) -> None:
    (tmp_path / "practice.toml").write_text(
        f'[scanner]\nserial_port = "{tmp_path};usb:0001:0002"\nhid = true\n', encoding="utf-8"
    )
    checks = doctor.examine(Home(tmp_path), None)
    found = [check for check in checks if check.name in ("scanner", "hid")]
    assert [check.name for check in found] == ["scanner", "scanner", "hid"]
    assert [check.state for check in found[:2]] == ["ok", "fault"]
    assert all(check.detail for check in found)
