"""The setting of the serial scanners, read; and what makes it wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_desk.core.basics.errors import Fault
from pharmacy_desk.core.scanning.scanner_ports import (
    SCANNER_FAULTS,
    PortRefusal,
    RefusedPort,
    ScannerWord,
    SerialPort,
    UsbId,
    parse_ports,
    wanted_text,
)
from pharmacy_desk.core.settings.settings import BY_KEY, problem

DEVICE = UsbId(0x0C2E, 0x0B6A, "S123")


@pytest.mark.parametrize(
    ("text", "ports"),
    [
        ("", ()),
        ("  ", ()),
        ("/dev/ttyACM0", (SerialPort("/dev/ttyACM0", 9600, "even", "serial:/dev/ttyACM0"),)),
        ("COM3@115200", (SerialPort("COM3", 115200, "even", "serial:COM3"),)),
        ("COM3@115200o", (SerialPort("COM3", 115200, "odd", "serial:COM3"),)),
        ("usb:0c2e:0b6a:S123@115200N", (SerialPort(DEVICE, 115200, "none", "usb:0c2e:0b6a:S123"),)),
        ("usb:0C2E:0B6A", (SerialPort(UsbId(0x0C2E, 0x0B6A), 9600, "even", "usb:0c2e:0b6a"),)),
        (
            "COM1; usb:0c2e:0b6a:S123 ;COM1@19200E",
            (
                SerialPort("COM1", 9600, "even", "serial:COM1"),
                SerialPort(DEVICE, 9600, "even", "usb:0c2e:0b6a:S123"),
                SerialPort("COM1", 19200, "even", "serial:COM1#2"),
            ),
        ),
        # A path may hold what speeds are written with.
        ("/dev/x@y", (SerialPort("/dev/x@y", 9600, "even", "serial:/dev/x@y"),)),
    ],
)
def test_the_setting_names_any_number_of_scanners(text: str, ports: tuple[SerialPort, ...]) -> None:
    assert parse_ports(text, 9600, "even") == ports
    assert problem(BY_KEY["scanner.serial_port"], text) is None


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("COM1;;COM2", RefusedPort("", PortRefusal.EMPTY)),
        ("COM1;", RefusedPort("", PortRefusal.EMPTY)),
        ("@9600", RefusedPort("@9600", PortRefusal.EMPTY)),
        ("usb:0c2e", RefusedPort("usb:0c2e", PortRefusal.USB_FORM)),
        ("usb:0c2e:b6a", RefusedPort("usb:0c2e:b6a", PortRefusal.USB_FORM)),
        ("COM1;usb:0c2e:0b6a:", RefusedPort("usb:0c2e:0b6a:", PortRefusal.USB_FORM)),
        ("COM1@999999", RefusedPort("COM1@999999", PortRefusal.BAUD)),
        ("COM1@1199N", RefusedPort("COM1@1199N", PortRefusal.BAUD)),
    ],
)
def test_what_is_wrong_is_named_and_cannot_be_saved(text: str, refused: RefusedPort) -> None:
    assert parse_ports(text, 9600, "none") == refused
    assert refused.text in refused.sentence()
    assert problem(BY_KEY["scanner.serial_port"], text) == "form"


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    ports = parse_ports(text, 9600, "none")
    if not isinstance(ports, RefusedPort):
        assert len({port.name for port in ports}) == len(ports)


def test_a_device_is_its_numbers_and_its_serial_number_if_one_is_given() -> None:
    assert DEVICE.matches(0x0C2E, 0x0B6A, "s123")
    assert not DEVICE.matches(0x0C2E, 0x0B6A, None)
    assert not DEVICE.matches(0x0C2E, 0x0B6B, "S123")
    assert not DEVICE.matches(None, None, None)
    assert UsbId(0x0C2E, 0x0B6A).matches(0x0C2E, 0x0B6A, "anything")


@pytest.mark.parametrize("serial", ["S123", "a b", "x;y", "x@y", None, ""])
def test_a_port_that_was_found_is_written_so_that_it_is_read_again(serial: str | None) -> None:
    text = wanted_text("/dev/ttyACM0", 0x0C2E, 0x0B6A, serial)
    ports = parse_ports(text, 9600, "none")
    assert not isinstance(ports, RefusedPort)
    (port,) = ports
    assert isinstance(port.where, UsbId)
    assert port.where.matches(0x0C2E, 0x0B6A, serial)
    assert wanted_text("/dev/ttyS0", None, None, None) == "/dev/ttyS0"


def test_every_state_but_ok_has_its_sentence() -> None:
    assert set(SCANNER_FAULTS) == set(ScannerWord) - {ScannerWord.OK}
    assert set(SCANNER_FAULTS.values()) <= set(Fault)
