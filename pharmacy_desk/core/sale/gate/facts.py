"""What the gate is told of a sale and its payment, what a rule finds, what comes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.policy import Action, Policy, Reason
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.core.sale.sale import Box, Line, Sale
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.core.stock.no_code import NoCodeBox, Term


@dataclass(frozen=True, slots=True)
class Facts:
    """A sale that is to be paid in a way, and what else speaks for or against it.

    `settled` tells that the settlement is there or can be asked for. `term` tells how far the
    no-code library stands in for codes; without one the insurance takes none. `asked_only` is the
    setting that refuses boxes of drugs no line has asked for. `judged` are the second verdicts by
    entry, and `recalled` the entries without a code that a recall holds.
    """

    sale: Sale
    payment: PaymentKind
    policy: Policy
    today: date
    settled: bool = True
    near_expiry_days: int = 0
    asked_only: bool = False
    term: Term | None = None
    recalled: frozenset[int] = frozenset()
    judged: Mapping[int, Verdict] = field(default_factory=dict)

    def lines_with(self, entries: frozenset[int]) -> tuple[int, ...]:
        """Numbers of the lines that hold one of these entries."""
        return tuple(
            line.number
            for line in self.sale.lines
            if any(box.entry in entries for box in line.every_box)
        )


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule has found: lines and boxes; see `Refusal`.

    `fixed` is what no cell of the policy softens: a box that the judge refuses by now.
    """

    lines: tuple[int, ...] = ()
    boxes: int = 0
    no_code: int = 0
    doubts: tuple[Verdict, ...] = ()
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why a sale is not paid: what follows, and which lines or how many boxes.

    `no_code` counts those of the `boxes` that have an entry of the no-code library, but one that
    the insurance does not take. `doubts` are the second verdicts on boxes that may not be sold.
    """

    reason: Reason
    action: Action
    lines: tuple[int, ...] = ()
    boxes: int = 0
    no_code: int = 0
    doubts: tuple[Verdict, ...] = ()


def facts_of(
    sale: Sale, payment: PaymentKind, settings: Settings, term: Term, *, settled: bool
) -> Facts:
    """The facts that settings and calendar tell; second verdicts are added by who has them."""
    return Facts(
        sale,
        payment,
        settings.policy,
        term.today,
        settled=settled,
        near_expiry_days=settings.number("sale.near_expiry_days"),
        asked_only=settings.flag("sale.asked_only"),
        term=term,
    )


def on_lines(lines: Sequence[Line]) -> Hit | None:
    """A find about whole lines; their boxes are those still to be scanned."""
    if not lines:
        return None
    numbers = tuple(line.number for line in lines)
    return Hit(numbers, sum(line.lacking for line in lines))


def on_boxes(found: Sequence[tuple[Line, Box | NoCodeBox]]) -> Hit | None:
    """A find about single boxes."""
    if not found:
        return None
    return Hit(tuple(dict.fromkeys(line.number for line, _ in found)), len(found))


def boxes_of(sale: Sale) -> list[tuple[Line, Box | NoCodeBox]]:
    """Every box of a sale with its line."""
    return [(line, box) for line in sale.lines for box in line.every_box]
