"""Serial scanners in the settings: the names people know outside, the setting's own text inside."""

import pytest

from pharmacy_desk.gui.settings.port_field import PortField

KNOWN = [("usb:0c2e:0b6a:S1", "Voyager (ttyACM0)"), ("/dev/ttyS0", "ttyS0")]


@pytest.fixture
def field(qapp, qtbot):
    made = PortField(KNOWN)
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("", ""),
        ("usb:0c2e:0b6a:S1", "Voyager (ttyACM0)"),
        ("usb:0c2e:0b6a:S1@115200N;/dev/ttyS0", "Voyager (ttyACM0)@115200N; ttyS0"),
        ("usb:1111:2222", "usb:1111:2222"),
    ],
)
def test_a_port_is_shown_by_its_name_and_kept_as_it_was(field, value, shown):
    field.show_value(value)
    assert (field.currentText(), field.toolTip(), field.value()) == (shown, value, value)


def test_a_chosen_port_is_kept_by_its_numbers_and_a_typed_one_as_it_is(field):
    field.setCurrentIndex(1)
    assert (field.value(), field.toolTip()) == (KNOWN[0][0], KNOWN[0][0])
    field.setEditText(" COM7@9600E ")
    assert field.value() == "COM7@9600E"
    field.setCurrentIndex(0)
    assert field.value() == ""
