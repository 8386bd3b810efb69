"""The gate's second look at scanned boxes, once it is known how the sale is paid.

At the scan the strictest cell of all payment kinds only warns (`Policy.at_scan`). Here each box is
held against the cell of the real kind: a manager approves, or the payment is refused. What the
judge says of a box by then (`judge_again`) has no cell: a box it refuses is not paid.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.policy import Action, Policy, Reason, VerdictName
from pharmacy_desk.core.basics.settings import Settings
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.core.sale.sale import Box, Line, Refusal, Sale, gate
from pharmacy_desk.core.stock.no_code import NoCodeBox, Term

_ORDER = tuple(Reason)


@dataclass(frozen=True, slots=True)
class Look:
    """What the gate must know besides the sale: the day, and the settings that judge boxes.

    `asked_only` is the setting that refuses boxes of drugs no line has asked for; `judged` are
    the second verdicts by entry, and `recalled` the entries without a code that a recall holds.
    """

    today: date
    near_expiry_days: int
    asked_only: bool = False
    recalled: frozenset[int] = frozenset()
    judged: Mapping[int, Verdict] = field(default_factory=dict)


def whole_gate(
    sale: Sale,
    payment: PaymentKind,
    settled: bool,
    settings: Settings,
    term: Term,
    recalled: frozenset[int] = frozenset(),
    judged: Mapping[int, Verdict] | None = None,
) -> tuple[Refusal, ...]:
    """Both gates: of the sale's lines (`gate`) and of its boxes, in the order they are told.

    `term` tells the day, and how far the no-code library stands in for codes; `recalled` and
    `judged` see `Look`.
    """
    days, asked = settings.number("sale.near_expiry_days"), settings.flag("sale.asked_only")
    look = Look(term.today, days, asked, recalled, judged or {})
    found = (
        *gate(sale, payment, settled, settings.policy, term),
        *box_refusals(sale, payment, settings.policy, look),
        *doubts(sale, look),
    )
    return tuple(sorted(found, key=lambda refusal: _ORDER.index(refusal.reason)))


def box_refusals(
    sale: Sale, payment: PaymentKind, policy: Policy, look: Look
) -> tuple[Refusal, ...]:
    """What speaks against the boxes of a sale that is paid this way; see `Reason`."""
    found = []
    for reason, holds in _RULES.items():
        hits = {
            line.number: sum(holds(line, box, look) for box in line.every_box)
            for line in sale.lines
        }
        lines = tuple(number for number, boxes in hits.items() if boxes)
        action = policy.of_reason(reason, payment)
        if lines and action is not Action.ALLOW:
            found.append(Refusal(reason, action, lines, sum(hits.values())))
    return tuple(found)


def doubts(sale: Sale, look: Look) -> tuple[Refusal, ...]:
    """Boxes that the judge refuses by now, whatever they are paid with and whoever approves."""
    found = {
        Reason.RECALLED: {
            box.entry for line in sale.lines for box in line.every_box if _recalled(box, look)
        },
        Reason.NOT_PAYABLE: {
            box.entry for line in sale.lines for box in line.boxes if _refused(box, look)
        },
    }
    return tuple(
        Refusal(
            reason,
            Action.BLOCK,
            tuple(ln.number for ln in sale.lines if any(b.entry in entries for b in ln.every_box)),
            len(entries),
            doubts=tuple(look.judged[entry] for entry in sorted(entries) if entry in look.judged),
        )
        for reason, entries in found.items()
        if entries
    )


def _recalled(box: Box | NoCodeBox, look: Look) -> bool:
    said = look.judged.get(box.entry)
    return box.entry in look.recalled or (said is not None and said.name is VerdictName.RECALLED)


def _refused(box: Box, look: Look) -> bool:
    said = look.judged.get(box.entry)
    return said is not None and said.refuses and said.name is not VerdictName.RECALLED


def _expired(line: Line, box: Box | NoCodeBox, look: Look) -> bool:
    expiry = line.item.batch_of(box.batch).expiry
    return expiry is not None and expiry < look.today


def _near(line: Line, box: Box | NoCodeBox, look: Look) -> bool:
    expiry = line.item.batch_of(box.batch).expiry
    limit = look.today + timedelta(days=look.near_expiry_days)
    return expiry is not None and look.today <= expiry < limit


def _unreceived(line: Line, box: Box | NoCodeBox, look: Look) -> bool:
    # A box of the no-code library came in by its entry.
    return isinstance(box, Box) and not box.received


def _not_asked(line: Line, box: Box | NoCodeBox, look: Look) -> bool:
    return look.asked_only and not line.split and not line.asked


_RULES: dict[Reason, Callable[[Line, Box | NoCodeBox, Look], bool]] = {
    Reason.EXPIRED: _expired,
    Reason.NEAR_EXPIRY: _near,
    Reason.OK_UNRECEIVED: _unreceived,
    Reason.NOT_ON_SALE_LINE: _not_asked,
}
