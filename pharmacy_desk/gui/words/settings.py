"""Names of settings and their choices, for the settings screen and the assistant."""

from collections.abc import Mapping

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.sale.gate.rules import REASONS
from pharmacy_desk.core.sale.limits import LimitKind, LimitMode
from pharmacy_desk.gui.base.said import in_language, translate
from pharmacy_desk.gui.words import limits as limit_words
from pharmacy_desk.gui.words.payment import payment


def group_text(name: str) -> str:
    """Heading of a group of settings."""
    return {
        "store": translate("Setting", "Store"),
        "counter": translate("Setting", "Counter"),
        "operator": translate("Setting", "Operator"),
        "region": translate("Setting", "Region"),
        "platform": translate("Setting", "Platform"),
        "settlement": translate("Setting", "Insurance settlement"),
        "scanner": translate("Setting", "Scanner"),
        "wedge": translate("Setting", "Keyboard scanner"),
        "printer": translate("Setting", "Printer"),
        "receipt": translate("Setting", "Receipt"),
        "sale": translate("Setting", "Sale"),
        "reservations": translate("Setting", "Reservations"),
        "till": translate("Setting", "Beside another till"),
        "map": translate("Setting", "Three-code map"),
        "ui": translate("Setting", "Window"),
        "people": translate("Setting", "Lock and badges"),
        "approval": translate("Setting", "Second person"),
        "limits": translate("Setting", "Limits and reminders"),
        "policy": translate("Setting", "Policy"),
    }[name]


_NAMES: Mapping[str, str] = {
    "store.code": marked("Setting", "Institution code (P + 11 digits)"),
    "store.name": marked("Setting", "Store name"),
    "store.area": marked("Setting", "Area code (6 digits)"),
    "store.pharmacist": marked("Setting", "Pharmacist"),
    "store.pharmacist_cert": marked("Setting", "Pharmacist's licence number"),
    "store.designated": marked("Setting", "The store settles with the insurance (designated)"),
    "store.agreement_from": marked("Setting", "Its agreement begins on (2026-01-31)"),
    "store.agreement_until": marked("Setting", "Its agreement ends on"),
    "store.suspended_from": marked("Setting", "Suspended by the insurance from"),
    "store.suspended_until": marked("Setting", "Suspended until"),
    "counter.number": marked("Setting", "Counter number (two digits)"),
    "operator.id": marked("Setting", "Operator number"),
    "operator.name": marked("Setting", "Operator name"),
    "region.profile": marked("Setting", "Region profile"),
    "platform.url": marked("Setting", "Upload address"),
    "platform.settlement_url": marked("Setting", "Settlement address"),
    "platform.paasid": marked("Setting", "TIF paasid"),
    "settlement.door": marked("Setting", "Insured sales are settled"),
    "settlement.folder": marked("Setting", "Folder of the terminal's settlement files"),
    "scanner.serial_port": marked("Setting", "Serial ports (several: with ; between)"),
    "scanner.hid": marked("Setting", "Read HID-POS scanners"),
    "scanner.baud": marked("Setting", "Baud rate"),
    "scanner.parity": marked("Setting", "Parity"),
    "scanner.terminator": marked("Setting", "A scan ends with"),
    "scanner.idle_ms": marked("Setting", "or with this silence (ms)"),
    "scanner.replay_file": marked("Setting", "Replay scans from file"),
    "scanner.picture_folder": marked("Setting", "Read pictures from folder"),
    "wedge.enabled": marked("Setting", "Take scans from keyboard scanners"),
    "wedge.prefix": marked("Setting", "Characters the scanner sends before each code"),
    "wedge.gs": marked("Setting", "What the scanner types for the separator GS"),
    "wedge.gap_ms": marked("Setting", "Longest gap between a scanner's keys (ms)"),
    "scanner.double_read_ms": marked("Setting", "Same code again within (ms) stays silent"),
    "printer.kind": marked("Setting", "Print receipts to"),
    "printer.host": marked("Setting", "Printer address"),
    "printer.port": marked("Setting", "Printer port"),
    "receipt.width_mm": marked("Setting", "Paper width"),
    "receipt.footer": marked("Setting", "Last line of the receipt"),
    "receipt.auto_print": marked("Setting", "Print after each sale"),
    "sale.insured_kind": marked("Setting", "Insured sales are usually settled by"),
    "sale.near_expiry_days": marked("Setting", "Warn of expiry this many days before"),
    "sale.discount_clerk": marked("Setting", "A clerk may take off a price, at most (percent)"),
    "sale.discount_pharmacist": marked(
        "Setting", "A pharmacist may take off a price, at most (percent)"
    ),
    "sale.asked_only": marked("Setting", "Take only boxes of drugs asked for before"),
    "sale.ask_bearer": marked("Setting", "Ask at insured sales who fetches the goods"),
    "sale.order_platforms": marked("Setting", "Online order platforms (with ; between)"),
    "sale.same_day_restore": marked(
        "Setting", "A manager may put a box back on the shelf on the day it was sold"
    ),
    "sale.split_review": marked("Setting", "Second person of a split sale"),
    "sale.cash_rounding": marked("Setting", "Round cash down (抹零)"),
    "sale.pharmacist_otc_a": marked(
        "Setting", "A pharmacist must be on duty for class-A OTC drugs too"
    ),
    "sale.hold_hours": marked("Setting", "A sale on hold ends after (hours)"),
    "reservations.door": marked("Setting", "Who keeps the reservations of codes"),
    "till.mode": marked("Setting", "Whose sales are they"),
    "till.port": marked("Setting", "Port for the till's calls (0: any)"),
    "till.gate": marked("Setting", "A ticket that lacks codes"),
    "till.folder": marked("Setting", "Folder of the till's files"),
    "till.columns": marked("Setting", "What the till calls our columns"),
    "till.answer": marked("Setting", "Its files are answered as"),
    "till.sql_url": marked("Setting", "Address of the till's database (without password)"),
    "till.sql_tickets": marked("Setting", "File with the query for open tickets"),
    "till.sql_catalogue": marked("Setting", "File with the query for the drug list"),
    "till.uploads": marked("Setting", "The till's sales are uploaded"),
    "till.receipt": marked("Setting", "The codes of a ticket are printed"),
    "map.second_person": marked("Setting", "A second person confirms a new code"),
    "people.lock_minutes": marked("Setting", "Lock after minutes without a key (0: never)"),
    "people.sign_in_at_start": marked("Setting", "Sign in when the program starts"),
    "people.badge_alone": marked("Setting", "A badge signs in without PIN"),
    "approval.loss": marked("Setting", "Loss"),
    "approval.destruction": marked("Setting", "Destruction"),
    "approval.other_out": marked("Setting", "Other stock out"),
    "approval.count": marked("Setting", "Differences of a stock-take"),
    "approval.transfer_out": marked("Setting", "Transfer out"),
    "approval.to_supplier": marked("Setting", "Return to supplier"),
    "approval.single_person": marked(
        "Setting", "One person runs the store: whoever asks may approve"
    ),
    "till.prefix": marked("Setting", "Guard: typed before each code"),
    "till.suffix_text": marked("Setting", "Guard: typed behind each code"),
    "till.suffix": marked("Setting", "Guard: key behind each code"),
    "till.key_ms": marked("Setting", "Guard: wait between two keys in addition (ms)"),
    "till.pass_through": marked("Setting", "Guard: 69 barcodes and other scans"),
    "till.end_pattern": marked("Setting", "Guard: barcode of the till's receipts (pattern)"),
    "ui.language": marked("Setting", "Language"),
    "ui.theme": marked("Setting", "Colours"),
    "ui.size": marked("Setting", "Size of texts (as far as the screen has room)"),
    "ui.touch": marked("Setting", "For fingers: higher rows, digits on the screen"),
    "ui.customer_screen": marked("Setting", "Screen for the customer, on a second monitor"),
    "ui.sound": marked("Setting", "Tones"),
}


def setting_text(key: str) -> str:
    """Name of a setting; policy cells are named by what they decide."""
    if key.startswith("policy."):
        _, kind, name = key.split(".")
        return f"{policy_column(kind)} · {policy_name(name)}"
    if key.startswith("limits."):
        return _limit_text(LimitKind(key.removeprefix("limits.").removesuffix("_from")), key)
    return in_language("Setting", _NAMES[key])


def _limit_text(kind: LimitKind, key: str) -> str:
    if key.endswith("_from"):
        words = translate("Setting", "%1: remind from so many yuan on a line")
        return words.replace("%1", limit_words.kind(kind))
    return limit_words.kind(kind)


def policy_column(name: str) -> str:
    """A column of the policy: every payment, the five insured kinds together, or one kind."""
    if name == "verdict":
        return translate("Setting", "every payment")
    if name == "insured":
        return translate("Setting", "insured, all five")
    return payment(PaymentKind(name))


def policy_name(name: str) -> str:
    """A row of the policy, as the file of its rule calls it."""
    if name == "served":
        return translate("Setting", "taken in this store")
    return in_language("Setting", REASONS[name].row)


# Choices that mean something else for these settings than for any other.
_OWN_CHOICES = {
    "people.badge_alone": {
        "none": marked("Setting", "nobody"),
        "staff": marked("Setting", "clerks and pharmacists"),
        "all": marked("Setting", "everybody"),
    },
    "ui.theme": {"light": marked("Setting", "light"), "dark": marked("Setting", "dark")},
    "ui.size": {
        "normal": marked("Setting", "normal"),
        "large": marked("Setting", "large"),
        "larger": marked("Setting", "larger"),
    },
    "settlement.door": {
        "typed": marked("Setting", "at the insurance's terminal, its slip typed here"),
        "national": marked("Setting", "by this program (1101, 2101, 2102)"),
    },
    "reservations.door": {"local": marked("Setting", "this counter alone")},
    "till.mode": {
        "own": marked("Setting", "ours: this program is the till"),
        "ticket": marked("Setting", "another till's: it tells its sales, we capture the codes"),
        "guard": marked("Setting", "another till's: accepted codes are typed into it"),
    },
    "till.gate": {
        "inform": marked("Setting", "may be settled, the gap is kept (self-paid)"),
        "strict": marked("Setting", "is not settled"),
    },
    "till.answer": {
        "json": marked("Setting", "JSON"),
        "same": marked("Setting", "the form they came in"),
    },
    "till.uploads": {
        "ours": marked("Setting", "by this program"),
        "till": marked("Setting", "by the till; nothing of them is sent from here"),
    },
    "till.receipt": {
        "slip": marked("Setting", "here, on a slip of our own"),
        "till": marked("Setting", "by the till"),
    },
    "till.suffix": {
        "enter": marked("Setting", "Enter"),
        "tab": marked("Setting", "Tab"),
        "none": marked("Setting", "none"),
    },
    "till.pass_through": {
        "pass": marked("Setting", "are typed on as scanned"),
        "hold": marked("Setting", "are held back"),
    },
    "sale.split_review": {
        "optional": marked("Setting", "PIN or signature on paper"),
        "required": marked("Setting", "PIN is wanted"),
        "paper": marked("Setting", "signature on paper"),
    },
}
_CHOICES = {
    "": marked("Setting", "default"),
    "allow": marked("Setting", "allow"),
    "warn": marked("Setting", "warn"),
    "approve": marked("Setting", "second person"),
    "block": marked("Setting", "refuse"),
    "none": marked("Setting", "none"),
    "even": marked("Setting", "even"),
    "odd": marked("Setting", "odd"),
    "auto": marked("Setting", "automatic"),
    "jiao": marked("Setting", "to 0.10 yuan (角)"),
    "yuan": marked("Setting", "to whole yuan (元)"),
    "file": marked("Setting", "files in the home"),
    "network": marked("Setting", "network printer"),
}
_PLAIN_CHOICES = {"zh_CN": "简体中文", "en": "English", "58": "58 mm", "80": "80 mm"}


def choice_text(key: str, choice: str) -> str:
    """A choice in words; what needs none is shown as it is."""
    if key.startswith("limits."):
        return limit_words.mode(LimitMode(choice))
    if key == "sale.insured_kind":
        return payment(PaymentKind(choice))
    if key.startswith("approval.") and choice == "none":
        return translate("Setting", "not needed")
    own = _OWN_CHOICES.get(key)
    if own:
        return in_language("Setting", own[choice])
    if choice in _CHOICES:
        return in_language("Setting", _CHOICES[choice])
    plain = _PLAIN_CHOICES.get(choice, choice)
    return plain.upper() if key == "scanner.terminator" else plain


def problem_text(problem: str) -> str:
    """Why a value cannot be kept, in words."""
    return {
        "type": translate("Setting", "this is of the wrong type"),
        "choice": translate("Setting", "this is not one of the choices"),
        "low": translate("Setting", "this is too small"),
        "high": translate("Setting", "this is too large"),
        "line": translate("Setting", "this must be one line of text"),
        "form": translate("Setting", "digits or letters are missing or too many"),
        "missing": translate("Setting", "this is missing"),
    }[problem]
