"""Names of settings and their choices, for the settings screen and the assistant."""

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.sale.gate.rules import REASONS
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.words.payment import payment

# Another name for texts that are written out elsewhere, beside the gate's rules.
_in_language = translate


def group_text(name: str) -> str:
    """Heading of a group of settings."""
    return {
        "store": translate("Setting", "Store"),
        "counter": translate("Setting", "Counter"),
        "operator": translate("Setting", "Operator"),
        "region": translate("Setting", "Region"),
        "platform": translate("Setting", "Platform"),
        "scanner": translate("Setting", "Scanner"),
        "wedge": translate("Setting", "Keyboard scanner"),
        "printer": translate("Setting", "Printer"),
        "receipt": translate("Setting", "Receipt"),
        "sale": translate("Setting", "Sale"),
        "reservations": translate("Setting", "Reservations"),
        "map": translate("Setting", "Three-code map"),
        "ui": translate("Setting", "Window"),
        "people": translate("Setting", "Lock and badges"),
        "approval": translate("Setting", "Second person"),
        "policy": translate("Setting", "Policy"),
    }[name]


def setting_text(key: str) -> str:
    """Name of a setting; policy cells are named by what they decide."""
    if key.startswith("policy."):
        _, kind, name = key.split(".")
        return f"{policy_column(kind)} · {policy_name(name)}"
    return {
        "store.code": translate("Setting", "Institution code (P + 11 digits)"),
        "store.name": translate("Setting", "Store name"),
        "store.area": translate("Setting", "Area code (6 digits)"),
        "store.pharmacist": translate("Setting", "Pharmacist"),
        "store.pharmacist_cert": translate("Setting", "Pharmacist's licence number"),
        "counter.number": translate("Setting", "Counter number (two digits)"),
        "operator.id": translate("Setting", "Operator number"),
        "operator.name": translate("Setting", "Operator name"),
        "region.profile": translate("Setting", "Region profile"),
        "platform.url": translate("Setting", "Upload address"),
        "platform.settlement_url": translate("Setting", "Settlement address"),
        "platform.paasid": translate("Setting", "TIF paasid"),
        "scanner.serial_port": translate("Setting", "Serial ports (several: with ; between)"),
        "scanner.hid": translate("Setting", "Read HID-POS scanners"),
        "scanner.baud": translate("Setting", "Baud rate"),
        "scanner.parity": translate("Setting", "Parity"),
        "scanner.terminator": translate("Setting", "A scan ends with"),
        "scanner.idle_ms": translate("Setting", "or with this silence (ms)"),
        "scanner.replay_file": translate("Setting", "Replay scans from file"),
        "scanner.picture_folder": translate("Setting", "Read pictures from folder"),
        "wedge.enabled": translate("Setting", "Take scans from keyboard scanners"),
        "wedge.prefix": translate("Setting", "Characters the scanner sends before each code"),
        "wedge.gs": translate("Setting", "What the scanner types for the separator GS"),
        "wedge.gap_ms": translate("Setting", "Longest gap between a scanner's keys (ms)"),
        "scanner.double_read_ms": translate("Setting", "Same code again within (ms) stays silent"),
        "printer.kind": translate("Setting", "Print receipts to"),
        "printer.host": translate("Setting", "Printer address"),
        "printer.port": translate("Setting", "Printer port"),
        "receipt.width_mm": translate("Setting", "Paper width"),
        "receipt.footer": translate("Setting", "Last line of the receipt"),
        "receipt.auto_print": translate("Setting", "Print after each sale"),
        "sale.near_expiry_days": translate("Setting", "Warn of expiry this many days before"),
        "sale.asked_only": translate("Setting", "Take only boxes of drugs asked for before"),
        "sale.order_platforms": translate("Setting", "Online order platforms (with ; between)"),
        "sale.same_day_restore": translate(
            "Setting", "A manager may put a box back on the shelf on the day it was sold"
        ),
        "sale.split_review": translate("Setting", "Second person of a split sale"),
        "sale.hold_hours": translate("Setting", "A sale on hold ends after (hours)"),
        "reservations.door": translate("Setting", "Who keeps the reservations of codes"),
        "map.second_person": translate("Setting", "A second person confirms a new code"),
        "people.lock_minutes": translate("Setting", "Lock after minutes without a key (0: never)"),
        "people.sign_in_at_start": translate("Setting", "Sign in when the program starts"),
        "people.badge_alone": translate("Setting", "A badge signs in without PIN"),
        "approval.loss": translate("Setting", "Loss"),
        "approval.destruction": translate("Setting", "Destruction"),
        "approval.other_out": translate("Setting", "Other stock out"),
        "approval.count": translate("Setting", "Differences of a stock-take"),
        "approval.transfer_out": translate("Setting", "Transfer out"),
        "approval.to_supplier": translate("Setting", "Return to supplier"),
        "approval.single_person": translate(
            "Setting", "One person runs the store: whoever asks may approve"
        ),
        "ui.language": translate("Setting", "Language"),
        "ui.sound": translate("Setting", "Tones"),
    }[key]


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
    return _in_language("Setting", REASONS[name].row)


def choice_text(key: str, choice: str) -> str:
    """A choice in words; what needs none is shown as it is."""
    if key == "people.badge_alone":
        return {
            "none": translate("Setting", "nobody"),
            "staff": translate("Setting", "clerks and pharmacists"),
            "all": translate("Setting", "everybody"),
        }[choice]
    if key == "reservations.door":
        return {"local": translate("Setting", "this counter alone")}[choice]
    if key == "sale.split_review":
        return {
            "optional": translate("Setting", "PIN or signature on paper"),
            "required": translate("Setting", "PIN is wanted"),
            "paper": translate("Setting", "signature on paper"),
        }[choice]
    if key.startswith("approval.") and choice == "none":
        return translate("Setting", "not needed")
    words = {
        "": translate("Setting", "default"),
        "allow": translate("Setting", "allow"),
        "warn": translate("Setting", "warn"),
        "approve": translate("Setting", "second person"),
        "block": translate("Setting", "refuse"),
        "none": translate("Setting", "none"),
        "even": translate("Setting", "even"),
        "odd": translate("Setting", "odd"),
        "auto": translate("Setting", "automatic"),
        "file": translate("Setting", "files in the home"),
        "network": translate("Setting", "network printer"),
        "zh_CN": "简体中文",
        "en": "English",
        "58": "58 mm",
        "80": "80 mm",
    }
    return words.get(choice, choice.upper() if key == "scanner.terminator" else choice)


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
