"""Failures of the world in words: one row for each, for the window and for the commands.

The window shows the row in its language; the commands print it as it stands here.
"""

from collections.abc import Mapping

from pharmacy_desk.core.basics.errors import Fault
from pharmacy_desk.core.basics.marked import marked

_WORDS: Mapping[Fault, tuple[str, str]] = {
    Fault.HOME_IN_USE: (
        marked("Fault", "Another Pharmacy Desk is already open on {path}."),
        marked("Fault", "Use that window, or close it first."),
    ),
    Fault.HOME_NOT_WRITABLE: (
        marked("Fault", "Nothing can be written to {path}."),
        marked("Fault", "Check that the disk is not read-only and that you may write there."),
    ),
    Fault.DISK_FULL: (
        marked("Fault", "The disk is full; this step was not saved."),
        marked("Fault", "Free some space, then do it again. Nothing before it is lost."),
    ),
    Fault.LEDGER_NEWER: (
        marked("Fault", "The ledger was written by a newer program ({schema})."),
        marked("Fault", "Install the newer program; this one changes nothing."),
    ),
    Fault.LEDGER_OF_NO_RELEASE: (
        marked(
            "Fault",
            "A trial version of the program began this ledger, which lacks {part} ({schema}).",
        ),
        marked(
            "Fault",
            "It was not changed. Use the version that made it, or set this home aside and"
            " begin a new one.",
        ),
    ),
    Fault.LEDGER_DAMAGED: (
        marked("Fault", "The ledger cannot be read: {detail}."),
        marked("Fault", "Do not sell on this counter. Restore the last backup."),
    ),
    Fault.LEDGER_LOST: (
        marked("Fault", "The ledger is gone or empty: everything since {since} is missing."),
        marked("Fault", "A manager restores a backup, or begins anew without it."),
    ),
    Fault.EVENTS_LOST: (
        marked("Fault", "The ledger lacks everything that came after {since}."),
        marked(
            "Fault",
            "It once held more. A manager restores a newer backup, or goes on without it.",
        ),
    ),
    Fault.SETTINGS_LOST: (
        marked("Fault", "The settings of this store are gone: {path}."),
        marked(
            "Fault",
            "Put the file back, restore a backup, or let a manager have written what the"
            " ledger remembers of them.",
        ),
    ),
    Fault.STORE_CODE_MISSING: (
        marked("Fault", "The settings have no store code: {path}."),
        marked(
            "Fault",
            "Put it in, restore a backup, or let a manager have written what the ledger"
            " remembers of them.",
        ),
    ),
    Fault.NOTHING_MISSING: (
        marked("Fault", "Nothing is missing here."),
        marked("Fault", "There is nothing to decide."),
    ),
    Fault.DECISION_REFUSED: (
        marked("Fault", "The decision was not taken ({why})."),
        marked("Fault", "It takes a manager's number and PIN, and a reason that names no person."),
    ),
    Fault.BACKUP_BAD: (
        marked("Fault", "The backup {path} cannot be used ({detail})."),
        marked("Fault", "Choose another one; nothing was changed."),
    ),
    Fault.SETTINGS_BAD: (
        marked("Fault", "The setting {key} in {path} {why}."),
        marked("Fault", "Correct the file, or take the line out to get the default."),
    ),
    Fault.PROFILE_BAD: (
        marked("Fault", "The region profile {name} is missing or incomplete."),
        marked("Fault", "Choose another profile in the settings."),
    ),
    Fault.FILE_MISSING: (
        marked("Fault", "There is no file {path}."),
        marked("Fault", "Check the name."),
    ),
    Fault.SETTINGS_UNREADABLE: (
        marked("Fault", "The settings file {path} cannot be read ({detail})."),
        marked("Fault", "Save it in UTF-8, or put the last good one back."),
    ),
    Fault.FILE_DENIED: (
        marked("Fault", "The file {path} may not be read."),
        marked("Fault", "Give this user the right to read it."),
    ),
    Fault.NOT_A_FILE: (
        marked("Fault", "{path} is not a file but a folder, a pipe or a device."),
        marked("Fault", "Choose a file."),
    ),
    Fault.TEXT_UNREADABLE: (
        marked("Fault", "The file {path} is not text in UTF-8 ({detail})."),
        marked("Fault", "Save it as UTF-8."),
    ),
    Fault.NO_TICKET: (
        marked("Fault", "No ticket has come from the till yet: this box is not in."),
        marked("Fault", "Ring the sale up at the till first, then scan."),
    ),
    Fault.TILL_FILE_REFUSED: (
        marked("Fault", "{why} The till's file {path} was not taken."),
        marked("Fault", "It lies in the folder “refused” with this sentence beside it."),
    ),
    Fault.TILL_TICKET_REFUSED: (
        marked("Fault", "{why} Ticket {ticket} of the till's database was not taken."),
        marked("Fault", "Put it right in the till; its database is asked again."),
    ),
    Fault.SQL_COLUMNS: (
        marked("Fault", "The query on the till's database lacks {missing}. It gives: {found}."),
        marked("Fault", "Name the columns in the query, or in the setting till.columns."),
    ),
    Fault.SQL_FAILED: (
        marked("Fault", "The till's database gives no answer ({detail})."),
        marked("Fault", "Look at its address, account and query; it is asked again."),
    ),
    Fault.SQL_NO_DRIVER: (
        marked("Fault", "The till's database cannot be spoken to ({detail})."),
        marked("Fault", "Install the extra “sql” and the engine's driver, or mend till.sql_url."),
    ),
    Fault.SQL_NOT_READING: (
        marked("Fault", "The query in {path} is not sent: it is not a single plain SELECT."),
        marked("Fault", "Write one SELECT; nothing is changed in the till's database from here."),
    ),
    Fault.SQL_NOT_SET: (
        marked("Fault", "The setting {name} is empty."),
        marked("Fault", "Say there what is asked of the till's database."),
    ),
    Fault.SQL_SLOW: (
        marked("Fault", "The till's database has not answered within {seconds} s."),
        marked("Fault", "Make the query quicker, or ask who runs the database."),
    ),
    Fault.SQL_TOO_MANY: (
        marked("Fault", "The query on the till's database gives more than {most} rows."),
        marked("Fault", "Limit it to what is open at this counter."),
    ),
    Fault.TILL_PORT_TAKEN: (
        marked("Fault", "Another program listens on port {port}: the till cannot reach us."),
        marked("Fault", "End that program, or set another port under “Beside another till”."),
    ),
    Fault.FILE_UNREADABLE: (
        marked("Fault", "The file {path} cannot be read ({detail})."),
        marked("Fault", "Export it again as CSV or XLSX."),
    ),
    Fault.FILE_TOO_LARGE: (
        marked(
            "Fault", "The file {path} is too large: it, or what it holds, is over {most} bytes."
        ),
        marked("Fault", "Export only what is needed."),
    ),
    Fault.PICTURE_UNREADABLE: (
        marked("Fault", "The picture {path} cannot be read."),
        marked("Fault", "Take it again, or save it as JPEG or PNG."),
    ),
    Fault.PICTURE_TOO_LARGE: (
        marked(
            "Fault",
            "The picture {path} has more than 80 million pixels, or over 20 000 in a row or"
            " column.",
        ),
        marked("Fault", "Take it with fewer; 12 million are enough for a tray."),
    ),
    Fault.CAMERA_ABSENT: (
        marked("Fault", "There is no camera to be used ({detail})."),
        marked("Fault", "Choose a picture file, or let the camera's program fill a folder."),
    ),
    Fault.IMPORT_CUT: (
        marked(
            "Fault",
            "The disk is full or cannot be written: the first {rows} rows are in, the rest is not.",
        ),
        marked("Fault", "Free some space, then import the file again."),
    ),
    Fault.LIMITS_OLDER: (
        marked("Fault", "This list of limits is of {day}; one of {newest} is in use."),
        marked("Fault", "Get the newest list from the insurance bureau and import that."),
    ),
    Fault.IMPORT_PARTLY: (
        marked(
            "Fault",
            "The disk is full or cannot be written: {done} are posted, the rest of the file is"
            " not.",
        ),
        marked("Fault", "Free some space, then import only the rest."),
    ),
    Fault.HEADER_MISSING: (
        marked("Fault", "The first row has no columns {columns}."),
        marked("Fault", "Name these columns in the first row and import again."),
    ),
    Fault.PORT_MISSING: (
        marked("Fault", "The scanner is not connected."),
        marked("Fault", "Plug it in; it is found again by itself."),
    ),
    Fault.PORT_DENIED: (
        marked("Fault", "The port of scanner {name} may not be opened."),
        marked("Fault", "Add this user to the group that may use serial ports."),
    ),
    Fault.HID_DENIED: (
        marked("Fault", "The scanner {name} may not be read."),
        marked(
            "Fault",
            "Install its udev rule (pharmacy-desk doctor says how), then plug it in again.",
        ),
    ),
    Fault.SCANNER_KEYBOARD_MODE: (
        marked("Fault", "The scanner {name} types like a keyboard."),
        marked("Fault", "Scan “USB HID-POS” in its manual, or switch HID-POS off here."),
    ),
    Fault.SCANNER_SETUP_MODE: (
        marked("Fault", "The scanner {name} is in its setup mode and reads no box."),
        marked("Fault", "Leave it alone for 5 seconds, or unplug it and plug it in again."),
    ),
    Fault.SCANNER_FAILED: (
        marked("Fault", "Something in reading from the scanner {name} went wrong."),
        marked("Fault", "It goes on. Check whether the last box is in, and send the log."),
    ),
    Fault.PRINTER_FAILED: (
        marked("Fault", "The receipt was not printed ({printer}). The sale is complete."),
        marked("Fault", "Check paper and cable, then press Ctrl+P to print it again."),
    ),
    Fault.ADDRESS_BAD: (
        marked("Fault", "{url} is no address of a platform."),
        marked(
            "Fault",
            "Write scheme, host, port (1 to 65535) and path as the bureau gave them, without"
            " user name, query or special characters.",
        ),
    ),
    Fault.PRACTICE_LOOPBACK_ONLY: (
        marked("Fault", "A practice home does not reach {url}."),
        marked("Fault", "Set up the store first; training stays on this machine."),
    ),
    Fault.PERSON_NUMBER: (
        marked(
            "Fault",
            "A person's number (identity number, e-voucher or phone) stands in what was to be"
            " kept ({where}). Nothing was written.",
        ),
        marked("Fault", "Leave the number out and try again."),
    ),
    Fault.NO_SUCH_RECEIPT: (
        marked("Fault", "There is no receipt {number} here."),
        marked("Fault", "Check the number on the paper."),
    ),
    Fault.NO_SUCH_DOCUMENT: (
        marked("Fault", "There is no document {number} here."),
        marked("Fault", "Check its number."),
    ),
    Fault.NOT_A_TRACE_CODE: (
        marked("Fault", "That is not a trace code."),
        marked("Fault", "Scan or type the 20 characters on the box."),
    ),
    Fault.SCRIPT_BAD: (
        marked("Fault", "The script is wrong in line {line}: {why}."),
        marked("Fault", "Correct the line."),
    ),
    Fault.PROGRAM_DID_NOT_START: (
        marked("Fault", "The {program} did not start."),
        marked("Fault", "Start again; if it stays so, run pharmacy-desk doctor."),
    ),
    Fault.WINDOW_LIBRARY_MISSING: (
        marked("Fault", "The window cannot open: this machine lacks {libraries}."),
        marked("Fault", "Type {command}, then start again."),
    ),
    Fault.SECRET_UNAVAILABLE: (
        marked("Fault", "The key of this home cannot be read ({path})."),
        marked("Fault", "Restore the key file from the backup; nothing is sent until then."),
    ),
    Fault.NO_PLATFORM: (
        marked("Fault", "No upload platform is set up."),
        marked("Fault", "Fill in its address in the settings."),
    ),
    Fault.SETTLEMENT_FAILED: (
        marked("Fault", "The line to the insurance is down: nothing can be settled ({detail})."),
        marked(
            "Fault",
            "F3: the customer pays; F4: put the sale aside until the line is back; F2 tries again.",
        ),
    ),
    Fault.SETTLEMENT_REFUSED: (
        marked("Fault", "The insurance does not settle this sale: {detail}."),
        marked("Fault", "Correct the sale, or let the customer pay without insurance (F3)."),
    ),
    Fault.SETTLEMENT_UNKNOWN: (
        marked("Fault", "Whether the insurance settled this sale is not known ({detail})."),
        marked(
            "Fault",
            "It is asked again by itself; Enter asks now, F4 puts the sale aside for the next"
            " customer. Until then it cannot be changed.",
        ),
    ),
    Fault.SETTLEMENT_STANDS: (
        marked("Fault", "The insurance settled {number}, this sale cannot be paid, and it stands."),
        marked(
            "Fault",
            "Cancelling {number} is tried again by itself; if it stays, cancel it at the"
            " insurance's own terminal.",
        ),
    ),
    Fault.SETTLEMENT_KEPT: (
        marked("Fault", "The insurance did not cancel the settlement: {detail}."),
        marked(
            "Fault",
            "Nothing came back. Do what it says, or cancel it at the insurance's own terminal.",
        ),
    ),
    Fault.SETTLEMENT_SPLIT: (
        marked("Fault", "The parts of settlement {number} come to ¥{parts}, the sale to ¥{total}."),
        marked(
            "Fault",
            "Nothing is paid. Compare with the insurance's slip and settle again; what the line has"
            " settled so is cancelled by itself.",
        ),
    ),
    Fault.SETTLEMENT_NEEDS_PERSON: (
        marked("Fault", "The insurance asks for whom it is."),
        marked("Fault", "Press F2 and scan the e-voucher, social-security card or identity card."),
    ),
    Fault.INSURANCE_SUSPENDED: (
        marked("Fault", "The person's insurance is suspended (since {since}): it pays nothing."),
        marked("Fault", "Let the customer pay (F3), or ask at the insurance bureau."),
    ),
    Fault.SETTLEMENT_REVERSED: (
        marked("Fault", "The answer was lost; the insurance was asked and holds no settlement."),
        marked("Fault", "Settle again: F2, and the customer shows the card once more."),
    ),
    Fault.SCANNED_WHILE_SETTLING: (
        marked("Fault", "A box was scanned while the settlement was asked, which failed."),
        marked("Fault", "It is not in. Scan it again."),
    ),
    Fault.SCANNED_WHILE_ASKING: (
        marked("Fault", "This box is not in: the manager has to come first."),
        marked("Fault", "A box was scanned three times again. Let the manager approve, then scan."),
    ),
    Fault.TIMES_OUT: (
        marked("Fault", "The program did not answer in time ({step})."),
        marked("Fault", "Look into its log."),
    ),
}


def words_of(of: Fault) -> tuple[str, str]:
    """What happened and what to do, in English, the source of every language.

    `{name}` marks stand for the failure's params.
    """
    return _WORDS[of]


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
