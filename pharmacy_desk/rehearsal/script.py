"""The rehearsal script: one step a line (contracts, section 4). Pure."""

import re
import shlex

from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.rehearsal.steps import LATER, STEPS, Step

_ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]{2}|r|n|t|\\)")
_NAMED = {"r": "\r", "n": "\n", "t": "\t", "\\": "\\"}


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
    if name in LATER:
        raise WorldError(Fault.SCRIPT_BAD, line=number, why=f"{name} is not in this version")
    row = STEPS.get(name)
    if row is None:
        raise WorldError(Fault.SCRIPT_BAD, line=number, why=f"{name[:30]!r} is not a step")
    try:
        words = tuple(shlex.split(rest))
    except ValueError as error:
        raise WorldError(Fault.SCRIPT_BAD, line=number, why=str(error)) from error
    if len(words) < row.fewest or (row.most is not None and len(words) > row.most):
        raise WorldError(Fault.SCRIPT_BAD, line=number, why=f"{name} has a wrong number of words")
    why = row.check(words)
    if why:
        raise WorldError(Fault.SCRIPT_BAD, line=number, why=why)
    return Step(number, name, words)
