"""What the gate is told of a sale and its payment, what a rule finds, what comes of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.policy import Action, Policy, Reason
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drugs import Category
from pharmacy_desk.core.people.duty import OnDuty
from pharmacy_desk.core.sale.agreement import IN_FORCE, Agreement
from pharmacy_desk.core.sale.cover import NO_LISTS, CoverRules
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.core.sale.limits import LimitBook, LimitHit
from pharmacy_desk.core.sale.rx_rules import NO_RX_RULES, RxRules
from pharmacy_desk.core.sale.sale import Box, Cover, Line, Sale, Settlement
from pharmacy_desk.core.sale.special import SpecialRule
from pharmacy_desk.core.sale.tender import EXACT_CASH, Rounding, Tendered
from pharmacy_desk.core.stock.no_code import NoCodeBox, Term


@dataclass(frozen=True, slots=True)
class Duty:
    """Who has signed on as pharmacist, at which moment it is asked.

    `otc_a` tells that this store lets a pharmacist stand behind class-A OTC drugs too.
    """

    pharmacists: tuple[OnDuty, ...]
    now: datetime
    otc_a: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What a person has told of this very payment.

    `settlement` is what was typed of the insurance's own terminal, and `insured_fen` what the lines
    cost that it pays. `handed` is what the customer gives, `owed_fen` her part as far as it is
    known by now, `rounding` how cash is rounded down.
    """

    settlement: Settlement | None = None
    insured_fen: int = 0
    handed: Tendered = EXACT_CASH
    owed_fen: int | None = None
    rounding: Rounding = Rounding.NONE


# While a sale is only looked at.
NOTHING_TOLD = Told()


@dataclass(frozen=True, slots=True)
class Facts:
    """A sale that is to be paid in a way, and what else speaks for or against it.

    `settled` tells that the settlement is there or can be asked for. `term` tells how far the
    no-code library stands in for codes; without one the insurance takes none. `asked_only` is the
    setting that refuses boxes of drugs no line has asked for. `judged` are the second verdicts by
    entry, and `recalled` the entries without a code that a recall holds. `cover` are the region's
    lists of what each kind pays, `rx` what it asks of prescriptions; `area` is the store's own
    (empty: not known, no area is compared). `duty` is who stands behind prescription drugs, None
    where nobody keeps count of it. `special` is the rule of this day for special compound
    preparations. `limits` is what the sale is looked up in, nothing where nobody has asked for it;
    `store` what is known of the store's agreement with the insurance. `coded` are devices that
    need a code of their own. `told` is what was told of the payment itself. `suspended_since` is
    from when on the person's insurance pays nothing, empty where that was not told, None where she
    is not suspended or nobody was asked.
    """

    sale: Sale
    payment: PaymentKind
    policy: Policy
    today: date
    settled: bool = True
    near_expiry_days: int = 0
    asked_only: bool = False
    term: Term | None = None
    special: SpecialRule | None = None
    recalled: frozenset[int] = frozenset()
    judged: Mapping[int, Verdict] = field(default_factory=dict)
    rx: RxRules = NO_RX_RULES
    area: str = ""
    cover: CoverRules = NO_LISTS
    limits: LimitBook | None = None
    store: Agreement = IN_FORCE
    coded: frozenset[Category] = frozenset()
    duty: Duty | None = None
    told: Told = NOTHING_TOLD
    suspended_since: str | None = None

    def cover_of(self, line: Line) -> Cover:
        """Who would pay this line, were the sale paid now."""
        return self.cover.of(line, self.payment, self.today)

    def lines_with(self, entries: frozenset[int]) -> tuple[int, ...]:
        """Numbers of the lines that hold one of these entries."""
        return tuple(
            line.number
            for line in self.sale.lines
            if any(box.entry in entries for box in line.every_box)
        )


@dataclass(frozen=True, slots=True)
class Words:
    """What the pay button tells and what to do now, in English, the source of every language.

    `%1` stands for the drugs that are meant, or for `number` where the text counts; `%2` and on
    for `more`.
    """

    told: str
    todo: str
    number: int | None = None
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule has found: lines and boxes; see `Refusal`.

    `fixed` is what no cell of the policy softens: a box that the judge refuses by now. `words` are
    said in place of the rule's own. `limits` are told each with its own words; `reminds` marks
    what never stops a payment.
    """

    lines: tuple[int, ...] = ()
    boxes: int = 0
    doubts: tuple[Verdict, ...] = ()
    fixed: bool = False
    words: Words | None = None
    limits: tuple[LimitHit, ...] = ()
    reminds: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the gate, whole in its own file: when it is told, why, in which words, how found.

    Reasons are told in rising `place`; the tens between leave room for what is still to come.
    `judged` marks what the judge answers: it holds however a sale is paid.
    """

    place: int
    reason: Reason
    words: Words
    find: Callable[[Facts], Hit | None]
    judged: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why a sale is not paid: what follows, and which lines or how many boxes.

    `doubts` are the second verdicts on boxes that may not be sold, `limits` what goes beyond the
    insurance's limits.
    """

    reason: Reason
    action: Action
    words: Words
    lines: tuple[int, ...] = ()
    boxes: int = 0
    doubts: tuple[Verdict, ...] = ()
    limits: tuple[LimitHit, ...] = ()


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
