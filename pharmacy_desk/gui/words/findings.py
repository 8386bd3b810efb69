"""What the scanner assistant says: a sentence for each finding; names of ports and ends."""

from pharmacy_desk.core.scanning.burst import KEYBOARD, End
from pharmacy_desk.core.scanning.scanner_report import Finding, Found, named
from pharmacy_desk.core.scanning.test_card import Proof
from pharmacy_desk.gui.base.said import translate


def finding_text(of: Finding) -> str:
    """What was found and what to change, in one sentence."""
    text = _sentence(of)
    for mark, value in (("%1", named(of.text)), ("%2", str(of.count)), ("%3", str(of.of))):
        text = text.replace(mark, value)
    return text


def _sentence(of: Finding) -> str:
    keyboard = of.port == KEYBOARD
    if of.found is Found.END:
        return end_sentence(End(of.text), keyboard=keyboard)
    table = _keyboard_sentences() if keyboard else _other_sentences()
    return table.get(of.found) or _common_sentences()[of.found]


def end_sentence(end: End, *, keyboard: bool) -> str:
    """How a scan ends, and whether that is good."""
    if end is not End.NONE:
        return translate("Scanner", "Each scan ends with %1.").replace("%1", end_text(end))
    if keyboard:
        return translate(
            "Scanner",
            "No key ends a scan, so each waits for a pause: set the scanner to send Enter (CR).",
        )
    return translate(
        "Scanner", "Nothing ends a scan, so each waits for a pause: set the scanner to send CR."
    )


def end_text(end: End) -> str:
    """Name of what ends a scan."""
    return {
        End.CR: translate("Scanner", "Enter (CR)"),
        End.LF: "LF",
        End.CRLF: "CR+LF",
        End.TAB: "Tab",
        End.NONE: translate("Scanner", "nothing"),
    }[end]


def _common_sentences() -> dict[Found, str]:
    return {
        Found.READ: translate("Scanner", "Read as printed."),
        Found.GS_ARRIVES: translate("Scanner", "The GS1 separator GS comes through."),
        Found.GS_MISSING: translate(
            "Scanner",
            "The GS1 separator is missing, lots and serial numbers run together:"
            " switch on “transmit GS (0x1D)” in the scanner.",
        ),
        Found.CAPS_LOCK: translate(
            "Scanner",
            "Capital and small letters are swapped: switch Caps Lock off, and set the scanner"
            " to leave letters as they are.",
        ),
        Found.ALL_UPPER: translate(
            "Scanner", "All letters arrive as capitals: switch off the case change in the scanner."
        ),
        Found.ALL_LOWER: translate(
            "Scanner",
            "All letters arrive as small ones: switch off the case change in the scanner.",
        ),
        Found.FULL_WIDTH: translate(
            "Scanner",
            "The input method turns keys into full-width signs: switch it to half width"
            " or to English.",
        ),
        Found.TAIL: translate(
            "Scanner", "The scanner sends %1 behind each code: switch this suffix off in it."
        ),
        Found.CUT: translate(
            "Scanner",
            "Only the first %2 of %3 characters arrive: raise the greatest code length"
            " in the scanner.",
        ),
        Found.MERGED: translate(
            "Scanner",
            "%2 codes arrived as one scan: set the scanner to read one code a pull,"
            " and cover the neighbour.",
        ),
    }


def _keyboard_sentences() -> dict[Found, str]:
    return {
        Found.PREFIX: translate(
            "Scanner", "The scanner types %1 before each code: let the program take it off."
        ),
        Found.GS_REPLACED: translate(
            "Scanner", "The scanner types %1 for the separator GS: tell the program so."
        ),
        Found.LOST: translate(
            "Scanner",
            "%2 of %3 keys were lost: switch the input method to English, or give the scanner"
            " a longer delay between keys.",
        ),
        Found.HEAD_LOST: translate(
            "Scanner",
            "The first %2 keys were lost: switch the input method to English, or give the scanner"
            " a delay before the code.",
        ),
        Found.LAYOUT: translate(
            "Scanner",
            "Signs or letters are exchanged: set the scanner's keyboard country to the"
            " computer's layout, usually US.",
        ),
    }


def _other_sentences() -> dict[Found, str]:
    return {
        Found.PREFIX: translate(
            "Scanner", "The scanner sends %1 before each code: switch this prefix off in it."
        ),
        Found.GS_REPLACED: translate(
            "Scanner", "The scanner sends %1 for the separator GS: switch that change off in it."
        ),
        Found.LOST: translate(
            "Scanner", "%2 of %3 characters were lost: check the cable, then the speed."
        ),
        Found.HEAD_LOST: translate(
            "Scanner", "The first %2 characters were lost: check the cable, and scan again."
        ),
        Found.LAYOUT: translate(
            "Scanner", "Characters arrive changed: let the program find speed and parity."
        ),
    }


def short_proof(proof: Proof) -> str:
    """A line of the test card in two or three words."""
    return {
        Proof.PLAIN: translate("Scanner", "20 digits"),
        Proof.ZEROS: translate("Scanner", "many zeros"),
        Proof.SEPARATOR: translate("Scanner", "GS1 with separator"),
        Proof.CASE: translate("Scanner", "letters and signs"),
        Proof.LONG: translate("Scanner", "long code"),
        Proof.QR: translate("Scanner", "QR code"),
        Proof.FIRST_OF_TWO: translate("Scanner", "first of two"),
        Proof.SECOND_OF_TWO: translate("Scanner", "second of two"),
    }[proof]


def port_text(name: str) -> str:
    """A port's name as people know it."""
    known = {
        KEYBOARD: translate("Scanner", "keyboard"),
        "picture": translate("Scanner", "picture"),
        "hid": "HID-POS",
    }
    if name.endswith("practice-scanner"):
        return translate("Scanner", "practice scanner")
    if name.startswith("usb:"):
        return translate("Scanner", "USB scanner")
    # A path tells a counter nothing; its last part (COM3, ttyACM0) tells two ports apart.
    return known.get(name, name.rsplit("/", 1)[-1].removeprefix("serial:"))
