"""Every setting, declared once: key, type, default, limits. File, dialog and checks come from here.

Texts for people are in `gui/words/settings.py` under the same key. A rename is a row in `RENAMED`.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import TypeAlias

from pharmacy_desk.core.basics.payment import INSURED_KINDS, KINDS
from pharmacy_desk.core.basics.policy import FIXED_VERDICTS, Action, Policy, VerdictName
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.basics.web_address import address_form
from pharmacy_desk.core.sale.agreement import Agreement
from pharmacy_desk.core.sale.gate.rules import REASONS
from pharmacy_desk.core.sale.guarding import EndKey, Guarding, Others, pattern_form
from pharmacy_desk.core.sale.limits import LimitKind, LimitMode
from pharmacy_desk.core.sale.tender import Rounding
from pharmacy_desk.core.sale.ticket import TillGate, TillMode
from pharmacy_desk.core.sale.ticket_file import learned_columns
from pharmacy_desk.core.scanning.persons import nobodys
from pharmacy_desk.core.scanning.scanner_ports import ports_form
from pharmacy_desk.core.stock.movement import SECOND_PERSON

Value: TypeAlias = str | int | bool
_DAY_CHARS = len("2026-01-31")


def day_form(text: str) -> bool:
    """True for a day as `2026-01-31`, and for none."""
    return not text or _day(text) is not None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == _DAY_CHARS else None
    except ValueError:
        return None


def no_password(url: str) -> bool:
    """True for the address of a database (`engine://user@host/name`) that holds no password."""
    named = "password=" in url.lower() or "pwd=" in url.lower()
    return not url or ("://" in url and not named and not re.search(r"//[^/@]*:[^/@]*@", url))


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `choices` lists what it may be; `low` and `high` bound a number (inclusive).

    `practice` is its value in a practice home when that differs from the default; such a value
    cannot be changed there. `check` is asked for text whose form a pattern cannot tell.
    """

    key: str
    default: Value
    choices: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    pattern: str | None = None
    check: Callable[[str], bool] | None = None
    practice: Value | None = None


# The rows of the policy: softenable verdicts and gate reasons; a verdict the gate looks at again
# has one row for both, and what is fixed has none.
_CELLS = (name for name, reason in REASONS.items() if not reason.fixed)
POLICY_NAMES = tuple(
    dict.fromkeys(str(name) for name in (*VerdictName, *_CELLS) if name not in FIXED_VERDICTS)
)
_MODES = tuple(mode.value for mode in LimitMode)
_ACTIONS = tuple(action.value for action in Action if action is not Action.ASK)

SETTINGS: tuple[Setting, ...] = (
    Setting("store.code", "", pattern=r"[HP]\d{11}|", practice="P44030000001"),
    Setting("store.name", "", check=nobodys, practice="示例大药房（一店）"),
    Setting("store.area", "", pattern=r"\d{6}|", practice="440300"),
    Setting("store.pharmacist", "", check=nobodys, practice="示例药师"),
    Setting("store.pharmacist_cert", "", practice="TRAIN000000001"),
    # Whether the store settles with the insurance at all, and on which days its agreement holds.
    Setting("store.designated", True),
    Setting("store.agreement_from", "", check=day_form),
    Setting("store.agreement_until", "", check=day_form),
    Setting("store.suspended_from", "", check=day_form),
    Setting("store.suspended_until", "", check=day_form),
    Setting("counter.number", "01", pattern=r"\d\d"),
    Setting("operator.id", "", check=nobodys, practice="007"),
    Setting("operator.name", "", check=nobodys, practice="营业员 007"),
    Setting("region.profile", "generic", pattern=r"[a-z0-9_-]+"),
    Setting("platform.url", "", check=address_form),
    Setting("platform.settlement_url", "", check=address_form),
    Setting("platform.paasid", ""),
    # How an insured sale is settled: a person types what the insurance's own terminal says, or the
    # program asks by the national transactions, at `platform.settlement_url`.
    Setting("settlement.door", "typed", ("typed", "national"), practice="national"),
    # Where the insurance's own client or the till writes what it has settled (JSON or CSV).
    Setting("settlement.folder", ""),
    # One or several, separated by semicolons; the form is told in `scanner_ports`.
    Setting("scanner.serial_port", "", check=ports_form),
    Setting("scanner.hid", False),
    # 9600 8N1 is the usual default of serial scanners (facts on codes, 3.2).
    Setting("scanner.baud", 9600, low=1200, high=921600),
    Setting("scanner.parity", "none", ("none", "even", "odd")),
    Setting("scanner.terminator", "auto", ("auto", "cr", "lf", "crlf", "tab", "none")),
    # Idle gap that ends a frame without terminator: 30–60 ms are in use (facts on codes, 3.2).
    Setting("scanner.idle_ms", 50, low=10, high=2000),
    Setting("scanner.replay_file", ""),
    # Where a document camera's program puts its pictures.
    Setting("scanner.picture_folder", ""),
    Setting("wedge.enabled", True),
    # Scanners type at 1–50 ms a key, people at 80 ms and more; 60 lies between.
    Setting("wedge.gap_ms", 60, low=10, high=200),
    # What a keyboard scanner sends before each code, and what it types for GS (0x1D).
    Setting("wedge.prefix", ""),
    Setting("wedge.gs", "", pattern=r"[~|^#$%&*!?@;]{0,4}"),
    Setting("scanner.double_read_ms", 1500, low=0, high=10000),
    Setting("printer.kind", "file", ("none", "file", "network")),
    Setting("printer.host", ""),
    Setting("printer.port", 9100, low=1, high=65535),
    Setting("receipt.width_mm", 80, ("58", "80"), low=58, high=80),
    Setting("receipt.footer", "", check=nobodys),
    Setting("receipt.auto_print", True),
    Setting("sale.insured_kind", "pooled", tuple(kind.value for kind in INSURED_KINDS)),
    Setting("sale.near_expiry_days", 30, low=0, high=730),
    # How many percent of a drug's price each may take off without asking the manager.
    Setting("sale.discount_clerk", 0, low=0, high=100),
    Setting("sale.discount_pharmacist", 20, low=0, high=100),
    # Refuse boxes of drugs that no line of the sale has asked for.
    Setting("sale.asked_only", False),
    # 抹零: cash is rounded down to 角 or 元; never what the insurance or a transfer pays.
    Setting("sale.cash_rounding", "none", tuple(one.value for one in Rounding)),
    # A pharmacist stands behind class-A OTC drugs too, not only behind prescription drugs.
    Setting("sale.pharmacist_otc_a", False),
    # Ask at an insured sale whether the insured person herself stands there (人证相符).
    Setting("sale.ask_bearer", True),
    Setting("sale.hold_hours", 24, low=1, high=168),
    # Where online orders come from, apart by semicolons; one key asks which.
    Setting("sale.order_platforms", "美团;饿了么;京东;抖音;淘宝闪购;自有小程序", check=nobodys),
    # A manager may put a box back on the shelf on the day it was sold (撤销).
    Setting("sale.same_day_restore", False),
    # The second person of a split sale (复核人): asked for, wanted, or signed on paper only.
    Setting("sale.split_review", "optional", ("optional", "required", "paper")),
    # Who is asked whether a code is free: the local ledger of a counter that stands alone.
    Setting("reservations.door", "local", ("local",)),
    # Beside another till: it tells its sales as tickets, or is typed to (contracts, section 7).
    Setting("till.mode", "own", tuple(mode.value for mode in TillMode)),
    # Where its calls are listened to, on loopback alone; 0 = any free port.
    Setting("till.port", 0, low=0, high=65535),
    Setting("till.gate", "inform", tuple(gate.value for gate in TillGate)),
    # A folder with tickets as files, for a till that makes no calls; what it calls our columns; and
    # whether it is answered in its own form.
    Setting("till.folder", ""),
    Setting("till.columns", "", check=lambda text: learned_columns(text) is not None),
    Setting("till.answer", "json", ("json", "same")),
    # A chain's own database: where it is (never with its password), and the files of the two
    # queries: open tickets and the drug list.
    Setting("till.sql_url", "", check=no_password),
    Setting("till.sql_tickets", ""),
    Setting("till.sql_catalogue", ""),
    # Who tells the platform of a sale that the till was paid for: never both.
    Setting("till.uploads", "ours", ("ours", "till")),
    # Who prints the codes: we on a slip of our own, or the till from the text it is given.
    Setting("till.receipt", "slip", ("slip", "till")),
    # The guard before another till: what it types around each code, and behind it.
    Setting("till.prefix", "", check=str.isprintable),
    Setting("till.suffix_text", "", check=str.isprintable),
    Setting("till.suffix", "enter", tuple(one.value for one in EndKey)),
    # What a till that loses quick keys is given between two of them.
    Setting("till.key_ms", 0, low=0, high=50),
    # 69 barcodes and whatever else is no trace code: the till may need them, a payment code too.
    Setting("till.pass_through", "pass", tuple(one.value for one in Others)),
    # What the barcode of the till's receipts holds, whole; groups tell receipt and payment.
    Setting("till.end_pattern", "", check=pattern_form),
    Setting("map.second_person", False),
    # A store's counter opens locked: whoever starts the program is not yet anybody.
    Setting("people.sign_in_at_start", True),
    # Minutes without key or scan until the counter locks itself; 0 = never. Ten minutes are a
    # quiet spell, not a pause between two customers.
    Setting("people.lock_minutes", 10, low=0, high=480),
    # Whose badge signs in without PIN: nobody's, 营业员 and 药师, everybody's.
    Setting("people.badge_alone", "staff", ("none", "staff", "all")),
    # What is made of the limits of the published knowledge base, and from how many yuan on a line
    # is reminded of. Buying again may be innocent: it is told and stops nothing.
    *(
        Setting(f"limits.{kind}", "remind" if kind is LimitKind.REPEAT else "limit", _MODES)
        for kind in LimitKind
    ),
    *(Setting(f"limits.{kind}_from", 0, low=0, high=100_000) for kind in LimitKind),
    # Documents that a second person approves before they are posted.
    *(
        Setting(f"approval.{kind}", "approve" if wanted else "none", ("none", "approve"))
        for kind, wanted in SECOND_PERSON.items()
    ),
    # One person runs the store alone: whoever asks may approve, with PIN and reason.
    Setting("approval.single_person", False),
    Setting("ui.language", "zh_CN", ("zh_CN", "en")),
    Setting("ui.theme", "light", ("light", "dark")),
    Setting("ui.size", "normal", ("normal", "large", "larger")),
    Setting("ui.touch", False),
    Setting("ui.customer_screen", False),
    Setting("ui.sound", True),
    *(
        Setting(f"policy.verdict.{name}", "", ("", *_ACTIONS))
        for name in VerdictName
        if name not in FIXED_VERDICTS
    ),
    *(
        Setting(f"policy.{kind}.{name}", "", ("", *_ACTIONS))
        for kind in ("insured", *KINDS)
        for name in POLICY_NAMES
    ),
    # Kinds the store takes: what none of them would stop is no warning at the scan.
    *(Setting(f"policy.{kind}.served", True) for kind in INSURED_KINDS),
)

PROBLEMS: Mapping[str, str] = {
    "type": "is of the wrong type",
    "choice": "is not one of its choices",
    "low": "is too small",
    "high": "is too large",
    "line": "is not one line of text",
    "form": "does not have the form it must have",
}
BY_KEY: Mapping[str, Setting] = {setting.key: setting for setting in SETTINGS}
# old key → new key, one row for every rename of a released version.
RENAMED: Mapping[str, str] = {}


def problem(setting: Setting, value: object) -> str | None:
    """Why `value` cannot be this setting's, by a word of `PROBLEMS`; None when it can."""
    if type(value) is not type(setting.default):
        return "type"
    if setting.choices and str(value) not in setting.choices:
        return "choice"
    if isinstance(value, int) and not isinstance(value, bool):
        if setting.low is not None and value < setting.low:
            return "low"
        if setting.high is not None and value > setting.high:
            return "high"
    if isinstance(value, str):
        if any(ord(ch) < 32 for ch in value):
            return "line"
        if setting.pattern and not re.fullmatch(setting.pattern, value, re.ASCII):
            return "form"
        if setting.check and not setting.check(value):
            return "form"
    return None


def takes(key: str, value: Value) -> bool:
    """True where the setting of this key can have this value."""
    return problem(BY_KEY[key], value) is None


@dataclass(frozen=True)
class Settings:
    """The settings in force. `practice` tells a practice home, whose store cannot be changed."""

    values: Mapping[str, Value]
    practice: bool

    def text(self, key: str) -> str:
        """A setting of text."""
        return str(self._value(key))

    def number(self, key: str) -> int:
        """A setting that is a whole number."""
        return int(self._value(key))

    def flag(self, key: str) -> bool:
        """A setting that is yes or no."""
        return bool(self._value(key))

    def _value(self, key: str) -> Value:
        setting = BY_KEY[key]
        if self.practice and setting.practice is not None:
            return setting.practice
        return self.values.get(key, setting.default)

    def fixed(self, key: str) -> bool:
        """True when a practice home does not let this setting be changed."""
        return self.practice and BY_KEY[key].practice is not None

    @cached_property
    def agreement(self) -> Agreement:
        """The store's agreement with the insurance, as far as it was told."""
        names = ("agreement_from", "agreement_until", "suspended_from", "suspended_until")
        days = (_day(self.text(f"store.{name}")) for name in names)
        return Agreement(self.flag("store.designated"), *days)

    @cached_property
    def policy(self) -> Policy:
        """The policy cells this store has changed."""
        return Policy(
            {VerdictName(name): action for name, action in self._cells("verdict").items()},
            self._cells("insured"),
            self._cells("self"),
            {
                (name, kind): action
                for kind in INSURED_KINDS
                for name, action in self._cells(kind).items()
            },
            tuple(
                kind
                for kind in KINDS
                if not kind.insured
                or (self.agreement.designated and self.flag(f"policy.{kind}.served"))
            ),
        )

    @cached_property
    def guarding(self) -> Guarding | None:
        """How another till is typed to; None where none is."""
        if self.text("till.mode") != TillMode.GUARD:
            return None
        return Guarding(
            prefix=self.text("till.prefix"),
            suffix=self.text("till.suffix_text"),
            end_key=EndKey(self.text("till.suffix")),
            others=Others(self.text("till.pass_through")),
            end_pattern=self.text("till.end_pattern"),
        )

    def _cells(self, column: str) -> dict[str, Action]:
        """The cells of one column of the policy that are not left to their default."""
        names = (f"policy.{column}.{name}" for name in POLICY_NAMES)
        told = ((key, self.values.get(key)) for key in names)
        return {key.rpartition(".")[2]: Action(str(value)) for key, value in told if value}
