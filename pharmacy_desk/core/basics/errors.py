"""Errors of the world: things that fail outside the program and that a person can mend.

A refusal of the trade is a value (`Verdict`, `Refusal`), not an exception. What is neither is a
bug and goes to the one crash hook.
"""

from enum import StrEnum


class Fault(StrEnum):
    """What failed. Each has one sentence and one thing to do in the words file and in texts."""

    HOME_IN_USE = "home_in_use"
    HOME_NOT_WRITABLE = "home_not_writable"
    DISK_FULL = "disk_full"
    LEDGER_NEWER = "ledger_newer"
    LEDGER_OF_NO_RELEASE = "ledger_of_no_release"
    LEDGER_DAMAGED = "ledger_damaged"
    LEDGER_LOST = "ledger_lost"
    EVENTS_LOST = "events_lost"
    SETTINGS_LOST = "settings_lost"
    STORE_CODE_MISSING = "store_code_missing"
    NOTHING_MISSING = "nothing_missing"
    DECISION_REFUSED = "decision_refused"
    BACKUP_BAD = "backup_bad"
    SETTINGS_BAD = "settings_bad"
    PROFILE_BAD = "profile_bad"
    SETTINGS_UNREADABLE = "settings_unreadable"
    FILE_MISSING = "file_missing"
    FILE_DENIED = "file_denied"
    NOT_A_FILE = "not_a_file"
    TEXT_UNREADABLE = "text_unreadable"
    FILE_UNREADABLE = "file_unreadable"
    FILE_TOO_LARGE = "file_too_large"
    PICTURE_UNREADABLE = "picture_unreadable"
    PICTURE_TOO_LARGE = "picture_too_large"
    CAMERA_ABSENT = "camera_absent"
    IMPORT_CUT = "import_cut"
    IMPORT_PARTLY = "import_partly"
    LIMITS_OLDER = "limits_older"
    HEADER_MISSING = "header_missing"
    PORT_MISSING = "port_missing"
    PORT_DENIED = "port_denied"
    HID_DENIED = "hid_denied"
    SCANNER_KEYBOARD_MODE = "scanner_keyboard_mode"
    SCANNER_SETUP_MODE = "scanner_setup_mode"
    SCANNER_FAILED = "scanner_failed"
    PRINTER_FAILED = "printer_failed"
    ADDRESS_BAD = "address_bad"
    PRACTICE_LOOPBACK_ONLY = "practice_loopback_only"
    PERSON_NUMBER = "person_number"
    NO_SUCH_RECEIPT = "no_such_receipt"
    NO_SUCH_DOCUMENT = "no_such_document"
    NOT_A_TRACE_CODE = "not_a_trace_code"
    SCRIPT_BAD = "script_bad"
    PROGRAM_DID_NOT_START = "program_did_not_start"
    WINDOW_LIBRARY_MISSING = "window_library_missing"
    SECRET_UNAVAILABLE = "secret_unavailable"
    NO_PLATFORM = "no_platform"
    SETTLEMENT_FAILED = "settlement_failed"
    SETTLEMENT_REFUSED = "settlement_refused"
    SETTLEMENT_UNKNOWN = "settlement_unknown"
    SETTLEMENT_STANDS = "settlement_stands"
    NO_TICKET = "no_ticket"
    TILL_FILE_REFUSED = "till_file_refused"
    TILL_TICKET_REFUSED = "till_ticket_refused"
    SQL_COLUMNS = "sql_columns"
    SQL_FAILED = "sql_failed"
    SQL_NO_DRIVER = "sql_no_driver"
    SQL_NOT_READING = "sql_not_reading"
    SQL_NOT_SET = "sql_not_set"
    SQL_SLOW = "sql_slow"
    SQL_TOO_MANY = "sql_too_many"
    TILL_PORT_TAKEN = "till_port_taken"
    SETTLEMENT_KEPT = "settlement_kept"
    SETTLEMENT_SPLIT = "settlement_split"
    SETTLEMENT_REVERSED = "settlement_reversed"
    SETTLEMENT_NEEDS_PERSON = "settlement_needs_person"
    INSURANCE_SUSPENDED = "insurance_suspended"
    SCANNED_WHILE_SETTLING = "scanned_while_settling"
    SCANNED_WHILE_ASKING = "scanned_while_asking"
    TIMES_OUT = "times_out"


class WorldError(Exception):
    """The world failed: `fault` says how, `params` fill its sentence (plain text, untrusted)."""

    def __init__(self, fault: Fault, **params: object) -> None:
        super().__init__(fault.value, params)
        self.fault = fault
        self.params = params

    def __str__(self) -> str:
        detail = ", ".join(f"{key}={value!r}" for key, value in self.params.items())
        return f"{self.fault.value}({detail})"
