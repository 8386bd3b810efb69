"""The rehearsal script: one step a line (contracts, section 4). Pure."""

import re
import shlex
from dataclasses import dataclass
from datetime import date

from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.catalogue.drug_list import parse_day
from pharmacy_desk.core.scanning.recognise import recognise_text

# step → (fewest words, most words) behind it; None = any number.
_STEPS: dict[str, tuple[int, int | None]] = {
    "item": (1, 2),
    "undo": (0, 0),
    "hold": (0, 0),
    "resume": (1, 1),
    "void": (0, 0),
    "pay": (1, 2),
    "lot": (4, 4),
    "map": (2, 2),
    "return": (3, None),
    "restore": (3, None),
    "approve": (2, None),
    "type": (1, 1),
    "split": (2, 2),
    "gift": (0, 1),
    "order": (2, 2),
    "receive": (1, 1),
    "transfer": (2, 2),
    "stocktake": (1, 1),
    "recall": (2, None),
    "operator": (2, 2),
    "unplug": (0, 0),
    "replug": (0, 0),
    "kill": (0, 0),
    "wait": (1, 1),
    "offline": (0, 1),
    "online": (0, 0),
    "expect": (1, 1),
    "expect_refused": (1, 1),
    "expect_sales": (1, 1),
    "shot": (1, 1),
}
# Steps of the contract whose flows are not in this version; said plainly instead of guessed at.
_LATER = frozenset({"rx", "duty", "shift"})
_ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]{2}|r|n|t|\\)")
_NAMED = {"r": "\r", "n": "\n", "t": "\t", "\\": "\\"}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its line in the script, its name, its words. A scan's text is one word."""

    line: int
    name: str
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        """The step as it was written, for reports; what was scanned may be personal."""
        if self.name == "scan":
            return self.name
        today = date.today()  # noqa: DTZ011 - only bounds birth dates
        shown = (recognise_text(word, today).shown(60) for word in self.words)
        return " ".join((self.name, *shown))


def unescape(text: str) -> str:
    r"""`\xHH`, `\r`, `\n`, `\t` and `\\` as the characters they stand for."""

    def one(match: re.Match[str]) -> str:
        mark = match.group(1)
        return chr(int(mark[1:], 16)) if mark[0] == "x" else _NAMED[mark]

    return _ESCAPE.sub(one, text)


def parse(text: str) -> tuple[Step, ...]:
    """The steps of a script; `#` begins a comment line. Raises `WorldError` naming the line."""
    steps = []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if line and not line.startswith("#"):
            steps.append(_step(number, line))
    return tuple(steps)


def _step(number: int, line: str) -> Step:
    name, _, rest = line.partition(" ")
    if name == "scan":
        return Step(number, name, (unescape(rest.strip()),))
    if name in _LATER:
        raise WorldError(Fault.SCRIPT_BAD, line=number, why=f"{name} is not in this version")
    if name not in _STEPS:
        raise WorldError(Fault.SCRIPT_BAD, line=number, why=f"{name[:30]!r} is not a step")
    try:
        words = tuple(shlex.split(rest))
    except ValueError as error:
        raise WorldError(Fault.SCRIPT_BAD, line=number, why=str(error)) from error
    fewest, most = _STEPS[name]
    if len(words) < fewest or (most is not None and len(words) > most):
        raise WorldError(Fault.SCRIPT_BAD, line=number, why=f"{name} has a wrong number of words")
    why = _wrong(name, words)
    if why:
        raise WorldError(Fault.SCRIPT_BAD, line=number, why=why)
    return Step(number, name, words)


def _wrong(name: str, words: tuple[str, ...]) -> str:
    """What is wrong with a step's words; empty when they can be played."""
    numbers = {"gift": 0, "resume": 0, "expect_sales": 0, "item": 1, "split": 1}
    place = numbers.get(name, len(words))
    if place < len(words) and not re.fullmatch(r"[0-9]{1,6}", words[place]):
        return f"{words[place][:20]!r} is not a number"
    if name == "wait" and not re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,3})?", words[0]):
        return f"{words[0][:20]!r} is no number of seconds"
    if name == "offline" and words and words[0] not in ("upload", "settlement"):
        return "offline takes upload, settlement or nothing"
    if name == "pay" and not re.fullmatch(
        r"self|insured(:(account|pooled|chronic|dual|injury))?", words[0]
    ):
        return f"{words[0][:20]!r} is not a payment"
    if name == "pay" and len(words) > 1 and not re.fullmatch(r"[^:]+(:\d{1,9}){4}|[^:]+", words[1]):
        return "pay takes SETL_ID or SETL_ID:FUND:ACCOUNT:MUTUAL:CASH in fen"
    if name == "transfer" and words[0] not in ("in", "out"):
        return "transfer takes in or out"
    if name == "recall" and words[0] not in ("lot", "drug", "supplier", "code"):
        return "recall takes lot, drug, supplier or code"
    if name == "lot":
        made, expiry = parse_day(words[2]), parse_day(words[3])
        if made is None or expiry is None or expiry <= made:
            return "lot takes ITEM LOT MADE EXPIRY, the expiry after the production"
    return ""
