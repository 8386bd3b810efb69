"""The faults the practice platform is told to make, and the counting that decides when."""

from __future__ import annotations

import stat
import tomllib
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PLACES = (
    "refuse",
    "before_commit",
    "after_commit",
    "half",
    "slow",
    "500",
    "html",
    "encoding",
    "infcode_text",
    "no_output",
    "other_message",
    "huge",
    "status",
    "split",
)
# Stands for the numbers that decide about a settlement, together: 2102 and 2601.
SETTLEMENT = "settlement"
DUPLICATES = ("reject", "overwrite", "double")
_TOP = {"fault", "faults", "sold", "duplicates", "calls_per_second", "clock_skew_s"}
_KEYS = {"nth", "infno", "at", "seconds", "status"}
_SOLD_KEYS = {"code", "store", "at"}
DEFAULT_SECONDS = 5.0
# A plan of some hundred faults is 10 kB.
MOST_BYTES = 1_000_000
_MOST_DOTS = 500
DEFAULT_STATUS = 500


class FaultsError(ValueError):
    """A faults file or body that cannot be read as one; the text says why."""


@dataclass(frozen=True)
class Fault:
    """One fault: where it strikes, on which number (empty: any) and which calls (empty: every).

    `status` answers with that HTTP status when the message was processed already; `split` tells
    a fund that is a fen too large.
    """

    at: str
    infno: str = ""
    nth: tuple[int, ...] = ()
    seconds: float = DEFAULT_SECONDS
    status: int = DEFAULT_STATUS


@dataclass(frozen=True)
class Sold:
    """A code that another store has settled before the rehearsal begins."""

    code: str
    store: str
    at: str


@dataclass(frozen=True)
class Plan:
    """All that a faults file says."""

    faults: tuple[Fault, ...] = ()
    sold: tuple[Sold, ...] = ()
    duplicates: str = "reject"
    calls_per_second: float = 0.0
    clock_skew_s: float = 0.0


def _number(row: Mapping[str, Any], key: str, default: float, least: float | None = 0) -> float:
    """A number of the plan, or the default."""
    value = row.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise FaultsError(f"{key} must be a number, not {value!r}")
    if least is not None and value < least:
        raise FaultsError(f"{key} must not be below {least}, but is {value!r}")
    if not abs(value) < 1e9:
        raise FaultsError(f"{key} is out of range: {value!r}")
    return float(value)


def _only(row: Mapping[str, Any], known: set[str]) -> None:
    """Refuses keys that mean nothing, so that a misspelt fault never passes for none."""
    strange = sorted(set(row) - known)
    if strange:
        raise FaultsError(f"unknown key {strange[0]!r}; known: {', '.join(sorted(known))}")


def _fault(row: Any) -> Fault:
    """Reads one fault."""
    if not isinstance(row, Mapping):
        raise FaultsError(f"a fault must be a table, not {row!r}")
    _only(row, _KEYS)
    at = str(row.get("at", ""))
    if at not in PLACES:
        raise FaultsError(f"at must be one of {', '.join(PLACES)}, not {at!r}")
    nth = row.get("nth", 0)
    calls = nth if isinstance(nth, list) else [nth]
    if not all(isinstance(n, int) and not isinstance(n, bool) and n >= 0 for n in calls):
        raise FaultsError(f"nth must be a whole number or a list of them, not {nth!r}")
    wanted = () if 0 in calls else tuple(calls)
    seconds = _number(row, "seconds", DEFAULT_SECONDS)
    status = row.get("status", DEFAULT_STATUS)
    if isinstance(status, bool) or not isinstance(status, int) or not 200 <= status <= 599:
        raise FaultsError(f"status must be a whole number from 200 to 599, not {status!r}")
    return Fault(at, str(row.get("infno", "")), wanted, seconds, status)


def _sold(row: Any) -> Sold:
    """Reads one code that another store has settled."""
    if not isinstance(row, Mapping):
        raise FaultsError(f"a sold code must be a table, not {row!r}")
    _only(row, _SOLD_KEYS)
    told = {key: row.get(key) for key in sorted(_SOLD_KEYS)}
    for key, value in told.items():
        if not isinstance(value, str) or not value:
            raise FaultsError(f"sold: {key} must be a text, not {value!r}")
    return Sold(str(told["code"]), str(told["store"]), str(told["at"]))


def parse(data: Any) -> Plan:
    """Reads a plan from decoded TOML or JSON."""
    if not isinstance(data, Mapping):
        raise FaultsError("the faults must be one table")
    _only(data, _TOP)
    rows = [*_list(data, "faults"), *_list(data, "fault")]
    duplicates = data.get("duplicates", "reject")
    if duplicates not in DUPLICATES:
        raise FaultsError(f"duplicates must be one of {', '.join(DUPLICATES)}")
    return Plan(
        faults=tuple(_fault(row) for row in rows),
        sold=tuple(_sold(row) for row in _list(data, "sold")),
        duplicates=duplicates,
        calls_per_second=_number(data, "calls_per_second", 0),
        clock_skew_s=_number(data, "clock_skew_s", 0, least=None),
    )


def _list(data: Mapping[str, Any], key: str) -> list[Any]:
    """A list of the plan, empty when absent."""
    rows = data.get(key, [])
    if not isinstance(rows, list):
        raise FaultsError(f"{key} must be a list of tables")
    return rows


def read(path: Path | None) -> Plan:
    """Reads a faults file; no file is a platform without faults."""
    if path is None:
        return Plan()
    try:
        return parse(tomllib.loads(_text(path)))
    except OSError as error:
        raise FaultsError(f"cannot read the faults file: {error}") from error
    except RecursionError as error:
        raise FaultsError(f"the faults file {path.name} is nested too deep") from error
    except ValueError as error:
        raise FaultsError(f"the faults file {path.name} is wrong: {error}") from error


def _text(path: Path) -> str:
    """A faults file's text; no pipe is waited for and no device read to its end."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise FaultsError("it is not a file but a folder, a pipe or a device")
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise FaultsError(f"it is larger than {MOST_BYTES} bytes")
    text = data.decode("utf-8-sig")
    # tomllib takes time by the square of a dotted key's parts, of which a plan has one.
    if max(line.count(".") for line in text.split("\n")) > _MOST_DOTS:
        raise FaultsError("it is nested too deep")
    return text


class Faults:
    """The plan in force, with the calls counted since it was laid."""

    def __init__(self, plan: Plan | None = None) -> None:
        """Starts with a plan, or with none."""
        self.replace(plan or Plan())

    def replace(self, plan: Plan) -> None:
        """Lays another plan and counts from one again."""
        self.plan = plan
        self._calls: Counter[str] = Counter()
        self._recent: deque[float] = deque()

    def too_fast(self, now: float) -> bool:
        """Whether this call is above the rate; refused calls do not count towards it."""
        if not self.plan.calls_per_second:
            return False
        while self._recent and now - self._recent[0] >= 1:
            self._recent.popleft()
        if len(self._recent) >= self.plan.calls_per_second:
            return True
        self._recent.append(now)
        return False

    def strike_settlement(self, infno: str, *, deciding: bool) -> Fault | None:
        """The fault due for a message of the settlement: only one that names it, or all of them.

        `deciding` messages count for faults of "settlement" too.
        """
        names = (infno, SETTLEMENT) if deciding else (infno,)
        for name in names:
            self._calls[name] += 1
        for fault in self.plan.faults:
            due = not fault.nth or self._calls[fault.infno] in fault.nth
            if fault.infno in names and due:
                return fault
        return None

    def strike(self, infno: str) -> Fault | None:
        """Counts one call of this number and gives the first fault that is due, if any."""
        self._calls[infno] += 1
        self._calls[""] += 1
        for fault in self.plan.faults:
            if fault.infno not in ("", infno):
                continue
            if not fault.nth or self._calls[fault.infno] in fault.nth:
                return fault
        return None
