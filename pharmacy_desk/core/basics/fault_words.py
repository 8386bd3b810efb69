"""Failures of the world in words: one row for each, for the window and for the commands.

The window shows the row in its language; the commands print it as it stands here.
"""

from pharmacy_desk.core.basics.errors import Fault
from pharmacy_desk.core.basics.marked import translate


def words_of(of: Fault) -> tuple[str, str]:
    """What happened and what to do, in English, the source of every language.

    `{name}` marks stand for the failure's params.
    """
    return {
        Fault.HOME_IN_USE: (
            translate("Fault", "Another Pharmacy Desk is already open on {path}."),
            translate("Fault", "Use that window, or close it first."),
        ),
        Fault.HOME_NOT_WRITABLE: (
            translate("Fault", "Nothing can be written to {path}."),
            translate(
                "Fault", "Check that the disk is not read-only and that you may write there."
            ),
        ),
        Fault.DISK_FULL: (
            translate("Fault", "The disk is full; this step was not saved."),
            translate("Fault", "Free some space, then do it again. Nothing before it is lost."),
        ),
        Fault.LEDGER_NEWER: (
            translate("Fault", "The ledger was written by a newer program ({schema})."),
            translate("Fault", "Install the newer program; this one changes nothing."),
        ),
        Fault.LEDGER_OF_NO_RELEASE: (
            translate(
                "Fault",
                "A trial version of the program began this ledger, which lacks {part} ({schema}).",
            ),
            translate(
                "Fault",
                "It was not changed. Use the version that made it, or set this home aside and"
                " begin a new one.",
            ),
        ),
        Fault.LEDGER_DAMAGED: (
            translate("Fault", "The ledger cannot be read: {detail}."),
            translate("Fault", "Do not sell on this counter. Restore the last backup."),
        ),
        Fault.LEDGER_LOST: (
            translate("Fault", "The ledger is gone or empty: everything since {since} is missing."),
            translate("Fault", "A manager restores a backup, or begins anew without it."),
        ),
        Fault.EVENTS_LOST: (
            translate("Fault", "The ledger lacks everything that came after {since}."),
            translate(
                "Fault",
                "It once held more. A manager restores a newer backup, or goes on without it.",
            ),
        ),
        Fault.SETTINGS_LOST: (
            translate("Fault", "The settings of this store are gone: {path}."),
            translate(
                "Fault",
                "Put the file back, restore a backup, or let a manager have written what the"
                " ledger remembers of them.",
            ),
        ),
        Fault.STORE_CODE_MISSING: (
            translate("Fault", "The settings have no store code: {path}."),
            translate(
                "Fault",
                "Put it in, restore a backup, or let a manager have written what the ledger"
                " remembers of them.",
            ),
        ),
        Fault.NOTHING_MISSING: (
            translate("Fault", "Nothing is missing here."),
            translate("Fault", "There is nothing to decide."),
        ),
        Fault.DECISION_REFUSED: (
            translate("Fault", "The decision was not taken ({why})."),
            translate(
                "Fault", "It takes a manager's number and PIN, and a reason that names no person."
            ),
        ),
        Fault.BACKUP_BAD: (
            translate("Fault", "The backup {path} cannot be used ({detail})."),
            translate("Fault", "Choose another one; nothing was changed."),
        ),
        Fault.SETTINGS_BAD: (
            translate("Fault", "The setting {key} in {path} {why}."),
            translate("Fault", "Correct the file, or take the line out to get the default."),
        ),
        Fault.PROFILE_BAD: (
            translate("Fault", "The region profile {name} is missing or incomplete."),
            translate("Fault", "Choose another profile in the settings."),
        ),
        Fault.FILE_MISSING: (
            translate("Fault", "There is no file {path}."),
            translate("Fault", "Check the name."),
        ),
        Fault.SETTINGS_UNREADABLE: (
            translate("Fault", "The settings file {path} cannot be read ({detail})."),
            translate("Fault", "Save it in UTF-8, or put the last good one back."),
        ),
        Fault.FILE_DENIED: (
            translate("Fault", "The file {path} may not be read."),
            translate("Fault", "Give this user the right to read it."),
        ),
        Fault.NOT_A_FILE: (
            translate("Fault", "{path} is not a file but a folder, a pipe or a device."),
            translate("Fault", "Choose a file."),
        ),
        Fault.TEXT_UNREADABLE: (
            translate("Fault", "The file {path} is not text in UTF-8 ({detail})."),
            translate("Fault", "Save it as UTF-8."),
        ),
        Fault.FILE_UNREADABLE: (
            translate("Fault", "The file {path} cannot be read ({detail})."),
            translate("Fault", "Export it again as CSV or XLSX."),
        ),
        Fault.FILE_TOO_LARGE: (
            translate(
                "Fault", "The file {path} is too large: it, or what it holds, is over {most} bytes."
            ),
            translate("Fault", "Export only what is needed."),
        ),
        Fault.PICTURE_UNREADABLE: (
            translate("Fault", "The picture {path} cannot be read."),
            translate("Fault", "Take it again, or save it as JPEG or PNG."),
        ),
        Fault.PICTURE_TOO_LARGE: (
            translate(
                "Fault",
                "The picture {path} has more than 80 million pixels, or over 20 000 in a row or"
                " column.",
            ),
            translate("Fault", "Take it with fewer; 12 million are enough for a tray."),
        ),
        Fault.CAMERA_ABSENT: (
            translate("Fault", "There is no camera to be used ({detail})."),
            translate("Fault", "Choose a picture file, or let the camera's program fill a folder."),
        ),
        Fault.IMPORT_CUT: (
            translate(
                "Fault",
                "The disk is full or cannot be written: the first {rows} rows are in, the rest is"
                " not.",
            ),
            translate("Fault", "Free some space, then import the file again."),
        ),
        Fault.IMPORT_PARTLY: (
            translate(
                "Fault",
                "The disk is full or cannot be written: {done} are posted, the rest of the file is"
                " not.",
            ),
            translate("Fault", "Free some space, then import only the rest."),
        ),
        Fault.HEADER_MISSING: (
            translate("Fault", "The first row has no columns {columns}."),
            translate("Fault", "Name these columns in the first row and import again."),
        ),
        Fault.PORT_MISSING: (
            translate("Fault", "The scanner is not connected."),
            translate("Fault", "Plug it in; it is found again by itself."),
        ),
        Fault.PORT_DENIED: (
            translate("Fault", "The port of scanner {name} may not be opened."),
            translate("Fault", "Add this user to the group that may use serial ports."),
        ),
        Fault.HID_DENIED: (
            translate("Fault", "The scanner {name} may not be read."),
            translate(
                "Fault",
                "Install its udev rule (pharmacy-desk doctor says how), then plug it in again.",
            ),
        ),
        Fault.SCANNER_KEYBOARD_MODE: (
            translate("Fault", "The scanner {name} types like a keyboard."),
            translate("Fault", "Scan “USB HID-POS” in its manual, or switch HID-POS off here."),
        ),
        Fault.SCANNER_SETUP_MODE: (
            translate("Fault", "The scanner {name} is in its setup mode and reads no box."),
            translate("Fault", "Leave it alone for 5 seconds, or unplug it and plug it in again."),
        ),
        Fault.SCANNER_FAILED: (
            translate("Fault", "Something in reading from the scanner {name} went wrong."),
            translate("Fault", "It goes on. Check whether the last box is in, and send the log."),
        ),
        Fault.PRINTER_FAILED: (
            translate("Fault", "The receipt was not printed ({printer}). The sale is complete."),
            translate("Fault", "Check paper and cable, then press Ctrl+P to print it again."),
        ),
        Fault.ADDRESS_BAD: (
            translate("Fault", "{url} is no address of a platform."),
            translate(
                "Fault",
                "Write scheme, host, port (1 to 65535) and path as the bureau gave them, without"
                " user name, query or special characters.",
            ),
        ),
        Fault.PRACTICE_LOOPBACK_ONLY: (
            translate("Fault", "A practice home does not reach {url}."),
            translate("Fault", "Set up the store first; training stays on this machine."),
        ),
        Fault.PERSON_NUMBER: (
            translate(
                "Fault",
                "A person's number (identity number, e-voucher or phone) stands in what was to be"
                " kept ({where}). Nothing was written.",
            ),
            translate("Fault", "Leave the number out and try again."),
        ),
        Fault.NO_SUCH_RECEIPT: (
            translate("Fault", "There is no receipt {number} here."),
            translate("Fault", "Check the number on the paper."),
        ),
        Fault.NO_SUCH_DOCUMENT: (
            translate("Fault", "There is no document {number} here."),
            translate("Fault", "Check its number."),
        ),
        Fault.NOT_A_TRACE_CODE: (
            translate("Fault", "That is not a trace code."),
            translate("Fault", "Scan or type the 20 characters on the box."),
        ),
        Fault.SCRIPT_BAD: (
            translate("Fault", "The script is wrong in line {line}: {why}."),
            translate("Fault", "Correct the line."),
        ),
        Fault.PROGRAM_DID_NOT_START: (
            translate("Fault", "The {program} did not start."),
            translate("Fault", "Start again; if it stays so, run pharmacy-desk doctor."),
        ),
        Fault.WINDOW_LIBRARY_MISSING: (
            translate("Fault", "The window cannot open: this machine lacks {libraries}."),
            translate("Fault", "Install it with: {command}"),
        ),
        Fault.SECRET_UNAVAILABLE: (
            translate("Fault", "The key of this home cannot be read ({path})."),
            translate("Fault", "Restore the key file from the backup; nothing is sent until then."),
        ),
        Fault.NO_PLATFORM: (
            translate("Fault", "No upload platform is set up."),
            translate("Fault", "Fill in its address in the settings."),
        ),
        Fault.SETTLEMENT_FAILED: (
            translate("Fault", "The insurance settlement does not answer ({detail})."),
            translate("Fault", "Try again, or let the customer pay without insurance (F3)."),
        ),
        Fault.SETTLEMENT_REFUSED: (
            translate("Fault", "The insurance does not settle this sale: {detail}."),
            translate("Fault", "Correct the sale, or let the customer pay without insurance (F3)."),
        ),
        Fault.SETTLEMENT_UNKNOWN: (
            translate("Fault", "Whether the insurance settled this sale is not known ({detail})."),
            translate(
                "Fault",
                "It is asked again by itself; Enter asks now. Until then the sale cannot be"
                " changed.",
            ),
        ),
        Fault.SETTLEMENT_STANDS: (
            translate(
                "Fault", "The insurance settled {number}, this sale cannot be paid, and it stands."
            ),
            translate("Fault", "Cancel settlement {number} at the insurance's own terminal."),
        ),
        Fault.SCANNED_WHILE_SETTLING: (
            translate("Fault", "A box was scanned while the settlement was asked, which failed."),
            translate("Fault", "It is not in. Scan it again."),
        ),
        Fault.SCANNED_WHILE_ASKING: (
            translate("Fault", "This box is not in: the manager has to come first."),
            translate(
                "Fault", "A box was scanned three times again. Let the manager approve, then scan."
            ),
        ),
        Fault.TIMES_OUT: (
            translate("Fault", "The program did not answer in time ({step})."),
            translate("Fault", "Look into its log."),
        ),
    }[of]


_DECIDE = (
    "Nothing is sold until then: pharmacy-desk restore FILE, or pharmacy-desk ledger accept"
    " --operator ID --pin PIN --reason TEXT."
)


def by_command(of: Fault) -> str:
    """What to type, for the commands alone: the window has buttons for it. Empty for most."""
    return {
        Fault.LEDGER_LOST: _DECIDE,
        Fault.EVENTS_LOST: _DECIDE,
        Fault.SETTINGS_LOST: _DECIDE,
        Fault.STORE_CODE_MISSING: _DECIDE,
        Fault.HID_DENIED: "The rule is 70-pharmacy-desk-scanners.rules.",
        Fault.NO_PLATFORM: "Or give --platform.",
    }.get(of, "")
