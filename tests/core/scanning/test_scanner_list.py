"""The list of scanners: what is set up, what is plugged in, what is not used."""

import pytest

from pharmacy_desk.core.scanning.found_port import FoundPort
from pharmacy_desk.core.scanning.scanner_list import Known, NotUsed, Plugged, Way, listed, with_line
from pharmacy_desk.core.scanning.scanner_ports import ScannerCounts, parse_ports
from pharmacy_desk.core.scanning.scanner_report import SerialLine

USB = FoundPort("/dev/ttyACM1", 0x0C2E, 0x0B6A, "S123", "Scanner 1950")
PLAIN = FoundPort("/dev/ttyS0", description="ttyS0")


def wanted(text):
    return parse_ports(text, 9600, "none")


def test_the_keyboard_is_always_there():
    assert listed(Known(wedge=True)) == (Plugged("wedge", Way.KEYBOARD, "ok"),)
    assert listed(Known(wedge=False))[0].word == NotUsed.OFF
    assert listed(Known(wedge=True, typing=["Imager"]))[0].about == "Imager"


def test_a_port_that_is_set_up_is_found_by_its_usb_numbers():
    counts = ScannerCounts(scans=3)
    known = Known(
        wedge=True,
        wanted=wanted("usb:0c2e:0b6a"),
        found=[USB, PLAIN],
        states={"usb:0c2e:0b6a": ("ok", "")},
        counts={"usb:0c2e:0b6a": counts},
    )
    _, usb, free = listed(known)
    assert usb == Plugged(
        "usb:0c2e:0b6a", Way.SERIAL, "ok", USB.device, "usb:0c2e:0b6a", "Scanner 1950", counts
    )
    assert (free.device, free.word, free.wanted) == ("/dev/ttyS0", NotUsed.FREE, "/dev/ttyS0")


def test_what_is_set_up_and_not_there_is_said_so():
    _, gone = listed(Known(wedge=True, wanted=wanted("usb:0c2e:0b6a")))
    assert (gone.word, gone.device) == ("absent", "")
    _, path = listed(Known(wedge=True, wanted=wanted("/dev/pts/9"), states={
        "serial:/dev/pts/9": ("ok", "")}))  # fmt: skip
    assert (path.word, path.device) == ("ok", "/dev/pts/9")


def test_two_scanners_of_one_kind_are_two_lines():
    second = FoundPort("/dev/ttyACM2", 0x0C2E, 0x0B6A)
    known = Known(wedge=True, wanted=wanted("usb:0c2e:0b6a;usb:0c2e:0b6a"), found=[USB, second])
    assert [one.device for one in listed(known)[1:]] == [USB.device, second.device]


def test_hid_scanners_come_from_their_states_or_as_switched_off():
    known = Known(
        wedge=True,
        states={"hid": ("keyboard_mode", "Imager"), "hid:0c2e:0b6a": ("ok", "x")},
        hid_free=["hid:0c2e:0b6a", "hid:0536:0001"],
    )
    lines = {one.name: one for one in listed(known)}
    assert lines["hid"].about == "Imager"
    assert (lines["hid:0c2e:0b6a"].way, lines["hid:0c2e:0b6a"].word) == (Way.HID, "ok")
    assert lines["hid:0536:0001"].word == NotUsed.OFF


@pytest.mark.parametrize(
    ("setting", "port", "after"),
    [
        ("", "/dev/ttyS0", "/dev/ttyS0@115200N"),
        ("/dev/ttyS0", "/dev/ttyS0", "/dev/ttyS0@115200N"),
        ("/dev/ttyS0@9600E; usb:0c2e:0b6a", "/dev/ttyS0", "/dev/ttyS0@115200N;usb:0c2e:0b6a"),
        ("usb:0C2E:0b6a@9600", "usb:0c2e:0b6a", "usb:0c2e:0b6a@115200N"),
        ("usb:0c2e:0b6a", "/dev/ttyS0", "usb:0c2e:0b6a;/dev/ttyS0@115200N"),
    ],
)
def test_a_found_speed_is_written_for_its_port_alone(setting, port, after):
    plugged = Plugged(f"serial:{port}", Way.SERIAL, NotUsed.FREE, port, port)
    written = with_line(setting, plugged, SerialLine(115200, "none"))
    assert written == after
    assert isinstance(wanted(written), tuple)  # a form the program reads
