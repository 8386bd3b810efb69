"""Every setting, declared once: key, type, default, limits. File, dialog and checks come from here.

Texts for people are in `gui/texts.py` under the same key. A rename is a row in `RENAMED`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias, TypeVar

from pharmacy_desk.core.policy import FIXED_VERDICTS, Action, Policy, Reason, VerdictName
from pharmacy_desk.core.scanner_ports import ports_form

Value: TypeAlias = str | int | bool


K = TypeVar("K")


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
    restart: bool = False


_ACTIONS = tuple(action.value for action in Action if action is not Action.ASK)

SETTINGS: tuple[Setting, ...] = (
    Setting("store.code", "", pattern=r"[HP]\d{11}|", practice="P44030000001", restart=True),
    Setting("store.name", "", practice="示例大药房（一店）"),
    Setting("store.area", "", pattern=r"\d{6}|", practice="440300"),
    Setting("store.pharmacist", "", practice="示例药师"),
    Setting("store.pharmacist_cert", "", practice="TRAIN000000001"),
    Setting("counter.number", "01", pattern=r"\d\d", restart=True),
    Setting("operator.id", "", practice="007"),
    Setting("operator.name", "", practice="营业员 007"),
    Setting("region.profile", "generic", pattern=r"[a-z0-9_-]+", restart=True),
    Setting("platform.url", "", pattern=r"https?://[^\s]+|", restart=True),
    Setting("platform.settlement_url", "", pattern=r"https?://[^\s]+|", restart=True),
    Setting("platform.paasid", ""),
    # One or several, separated by semicolons; the form is told in `core/scanner_ports.py`.
    Setting("scanner.serial_port", "", check=ports_form, restart=True),
    Setting("scanner.hid", False, restart=True),
    # 9600 8N1 is the usual default of serial scanners (facts on codes, 3.2).
    Setting("scanner.baud", 9600, low=1200, high=921600, restart=True),
    Setting("scanner.parity", "none", ("none", "even", "odd"), restart=True),
    Setting(
        "scanner.terminator", "auto", ("auto", "cr", "lf", "crlf", "tab", "none"), restart=True
    ),
    # Idle gap that ends a frame without terminator: 30–60 ms are in use (facts on codes, 3.2).
    Setting("scanner.idle_ms", 50, low=10, high=2000, restart=True),
    Setting("scanner.replay_file", "", restart=True),
    # Where a document camera's program puts its pictures.
    Setting("scanner.picture_folder", "", restart=True),
    Setting("wedge.enabled", True, restart=True),
    # Scanners type at 1–50 ms a key, people at 80 ms and more; 60 lies between.
    Setting("wedge.gap_ms", 60, low=10, high=200, restart=True),
    # What a keyboard scanner sends before each code, and what it types for GS (0x1D).
    Setting("wedge.prefix", "", restart=True),
    Setting("wedge.gs", "", pattern=r"[~|^#$%&*!?@;]{0,4}", restart=True),
    Setting("scanner.double_read_ms", 1500, low=0, high=10000),
    Setting("printer.kind", "file", ("none", "file", "network"), restart=True),
    Setting("printer.host", "", restart=True),
    Setting("printer.port", 9100, low=1, high=65535, restart=True),
    Setting("receipt.width_mm", 80, ("58", "80"), low=58, high=80),
    Setting("receipt.footer", ""),
    Setting("receipt.auto_print", True),
    Setting("sale.near_expiry_days", 30, low=0, high=730),
    # Refuse boxes of drugs that no line of the sale has asked for.
    Setting("sale.asked_only", False),
    Setting("sale.hold_hours", 24, low=1, high=168),
    Setting("map.second_person", False),
    Setting("ui.language", "zh_CN", ("zh_CN", "en"), restart=True),
    Setting("ui.sound", True),
    *(
        Setting(f"policy.verdict.{name}", "", ("", *_ACTIONS))
        for name in VerdictName
        if name not in FIXED_VERDICTS
    ),
    *(
        Setting(f"policy.{kind}.{reason}", "", ("", *_ACTIONS))
        for kind in ("insured", "self")
        for reason in Reason
    ),
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
    def policy(self) -> Policy:
        """The policy cells this store has changed."""

        def cells(prefix: str, kind: Callable[[str], K]) -> dict[K, Action]:
            return {
                kind(key.removeprefix(prefix)): Action(str(value))
                for key, value in self.values.items()
                if key.startswith(prefix) and value
            }

        return Policy(
            cells("policy.verdict.", VerdictName),
            cells("policy.insured.", Reason),
            cells("policy.self.", Reason),
        )
