"""Take a GS1 element string apart, strictly, by the table of application identifiers.

Source: GS1 General Specifications, section 7.8: elements of predefined length follow each other
without a mark; any other ends at FNC1 (sent as GS, 0x1D) or at the end of the symbol. A GS after
an element of predefined length is not asked for but is read over, as section 7.8.6 tells readers.
"""

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.scanning.codes.gs1.checks import CHARACTERS, CHECKS
from pharmacy_desk.core.scanning.codes.gs1.table import AI_SIZES, IDENTIFIERS, Identifier, Part
from pharmacy_desk.core.scanning.scan import GS, Problem


@dataclass(frozen=True, slots=True)
class Message:
    """The elements read, in order, as (AI, value), and what stopped the reading, if anything did.

    `rest` is where it stopped: the AI, when it is known, and what stood behind it.
    """

    elements: tuple[tuple[str, str], ...]
    problem: Problem | None = None
    rest: tuple[str, str] = ("", "")


def parse(body: str) -> Message:
    """The elements of `body` (no symbology identifier, printable characters and GS only)."""
    elements: list[tuple[str, str]] = []
    position, size = 0, len(body)
    while position < size:
        if body[position] == GS:
            position += 1
            continue
        end = body.find(GS, position)
        run = body[position : end if end >= 0 else size]
        row = IDENTIFIERS.get(run[: AI_SIZES.get(run[:2], 0)])
        if row is None:
            return Message(tuple(elements), _no_identifier(run), ("", run))
        value = run[len(row.ai) :]
        if row.predefined:
            value = value[: row.most]
        problem = value_problem(row, value)
        if problem:
            return Message(tuple(elements), problem, (row.ai, run[len(row.ai) :]))
        elements.append((row.ai, value))
        position += len(row.ai) + len(value)
    return Message(tuple(elements))


def value_problem(row: Identifier, value: str) -> Problem | None:
    """What is wrong with the value of one element, or None."""
    if not value and row.ai == "21":
        return Problem.MISSING_SERIAL
    if len(value) < row.least:
        return Problem.TRUNCATED
    if len(value) > row.most:
        fixed = row.parts[-1].least == row.parts[-1].most
        return Problem.EXTRA_CHARACTERS if fixed else Problem.TOO_LONG
    start = 0
    for part in row.parts:
        piece = value[start : start + part.most]
        if not piece and part.optional:
            break
        problem = _part_problem(part, piece)
        if problem:
            return problem
        start += len(piece)
    return None


def _part_problem(part: Part, piece: str) -> Problem | None:
    if not CHARACTERS[part.letters].issuperset(piece):
        return Problem.NOT_ALLOWED_CHARACTER
    if len(piece) < part.least:
        return Problem.TRUNCATED
    if part.check:
        holds, problem = CHECKS[part.check]
        return None if holds(piece) else problem
    return None


def _no_identifier(run: str) -> Problem:
    """No AI begins here: the end of one when the run stops within it, else foreign characters."""
    begun = any(ai.startswith(run) for ai in IDENTIFIERS)
    return Problem.TRUNCATED if begun else Problem.EXTRA_CHARACTERS
