"""Prescription drugs without a prescription that counts: each way in words of its own.

Sources: facts on the trade, section 1 (Rx drug without prescription, out-of-area prescriptions,
prescriptions kept for each Rx sale); what a region asks beyond that is its profile's data.
"""

from dataclasses import replace

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.policy import Action, Reason
from pharmacy_desk.core.sale.dispensing import allot, needs_prescription, packs_of
from pharmacy_desk.core.sale.gate.facts import Facts, Hit, Rule, Words, on_lines
from pharmacy_desk.core.sale.prescription import Prescription
from pharmacy_desk.core.sale.rx_rules import RxFlaw
from pharmacy_desk.core.sale.sale import Cover, Line

# Self-paid the gap is shown and the sale closes (contracts, section 5: self-paid limits remind).
NO_PRESCRIPTION = Reason(
    "NO_PRESCRIPTION", marked("Setting", "prescription missing"), self_paid=Action.WARN
)


def _asked(facts: Facts) -> list[Line]:
    """Lines that need one. What the customer pays alone beside insured lines is sold self-paid.

    So it stops the sale only where the self-paid cell would.
    """
    lines = [line for line in facts.sale.lines if needs_prescription(line)]
    alone = facts.policy.of_reason(NO_PRESCRIPTION, PaymentKind.SELF)
    if facts.payment.insured and alone in (Action.ALLOW, Action.WARN):
        return [line for line in lines if facts.cover_of(line) is not Cover.OWN]
    return lines


def missing(facts: Facts) -> Hit | None:
    """Prescription drugs in a sale without a prescription.

    Where the region takes no upload of them without a prescriber, no policy softens it.
    """
    lines = _asked(facts) if facts.sale.prescription is None else []
    hit = on_lines(lines)
    strict = any(line.item.rx not in facts.rx.no_prescriber for line in lines)
    return replace(hit, fixed=strict, boxes=0) if hit else None


def outside(facts: Facts) -> Hit | None:
    """Prescription drugs that the sale's prescription does not name."""
    known = facts.sale.prescription
    if known is None:
        return None
    return _no_boxes(on_lines([ln for ln in _asked(facts) if known.drug_for(ln.item) is None]))


def used_up(facts: Facts) -> Hit | None:
    """Drugs of the prescription of which nothing is left: when it was taken, by which receipt."""
    known = facts.sale.prescription
    if known is None:
        return None
    lines = [ln for ln in _asked(facts) if (drug := known.drug_for(ln.item)) and not drug.left]
    hit = _no_boxes(on_lines(lines))
    if hit is None or known.last is None:
        return hit
    told = (known.last.receipt, f"{known.last.at:%Y-%m-%d %H:%M}")
    return replace(hit, words=replace(_USED_UP, more=told))


def too_many(facts: Facts) -> Hit | None:
    """More than is left of a drug of the prescription."""
    known = facts.sale.prescription
    if known is None:
        return None
    lines = [line for line in _asked(facts) if _short(known, line, facts)]
    hit = _no_boxes(on_lines(lines))
    if hit is None:
        return None
    drug = known.drug_for(lines[0].item)
    return replace(hit, words=replace(_TOO_MANY, more=(str(drug.left if drug else 0),)))


def _short(known: Prescription, line: Line, facts: Facts) -> bool:
    drug = known.drug_for(line.item)
    if drug is None or not drug.left:
        return False
    got = (d.packs for d in allot(known, facts.sale.lines) if d.sale_line == line.number)
    return sum(got) < packs_of(line)


def _flawed(flaw: RxFlaw, words: Words) -> Rule:
    """A rule about the prescription itself; it matters while a line needs one."""

    def find(facts: Facts) -> Hit | None:
        known = facts.sale.prescription
        lines = _asked(facts)
        if known is None or not lines:
            return None
        flaws = facts.rx.flaws(known, facts.payment, facts.area, facts.today)
        if flaw not in flaws:
            return None
        told = (known.number, known.institution, known.area, known.issued.isoformat())
        numbers = tuple(line.number for line in lines)
        return Hit(numbers, words=replace(words, more=told))

    return Rule(place=_PLACES[flaw], reason=NO_PRESCRIPTION, words=words, find=find)


def _no_boxes(hit: Hit | None) -> Hit | None:
    return replace(hit, boxes=0) if hit else None


_PLACES = {
    RxFlaw.OUT_OF_AREA: 46,
    RxFlaw.AREA_UNKNOWN: 41,
    RxFlaw.EXPIRED: 47,
    RxFlaw.NOT_LISTED: 48,
    RxFlaw.NOT_ELECTRONIC: 49,
}
_USED_UP = Words(
    marked("Gate", "Prescription used up: %1"),
    marked(
        "Gate",
        "It was dispensed on receipt %2 at %3. A prescription is dispensed once: ask for a new"
        " one, or take the lines out.",
    ),
)
_TOO_MANY = Words(
    marked("Gate", "More than the prescription has left: %1"),
    marked("Gate", "%2 packs are left on it. Take the others out."),
)
RULES = (
    Rule(
        place=42,
        reason=NO_PRESCRIPTION,
        words=Words(
            marked("Gate", "Prescription missing: %1"),
            marked("Gate", "Press Ctrl+Q and enter the prescription, or take the lines out."),
        ),
        find=missing,
    ),
    Rule(
        place=43,
        reason=NO_PRESCRIPTION,
        words=Words(
            marked("Gate", "Not on the prescription: %1"),
            marked("Gate", "Take the boxes out, or enter the prescription that names them."),
        ),
        find=outside,
    ),
    Rule(place=44, reason=NO_PRESCRIPTION, words=_USED_UP, find=used_up),
    Rule(place=45, reason=NO_PRESCRIPTION, words=_TOO_MANY, find=too_many),
    _flawed(
        RxFlaw.OUT_OF_AREA,
        Words(
            marked("Gate", "Prescription from outside the area: %1"),
            marked(
                "Gate",
                "%3 lies in area %4. Insurance takes no prescription from outside the area: ask"
                " for one from here, or sell with F3.",
            ),
        ),
    ),
    _flawed(
        RxFlaw.AREA_UNKNOWN,
        Words(
            marked("Gate", "Area of the prescription not told: %1"),
            marked("Gate", "Press Ctrl+Q and tell in which area %3 lies."),
        ),
    ),
    _flawed(
        RxFlaw.EXPIRED,
        Words(
            marked("Gate", "Prescription out of date: %1"),
            marked("Gate", "It was written on %5. Ask for a new one."),
        ),
    ),
    _flawed(
        RxFlaw.NOT_LISTED,
        Words(
            marked("Gate", "Institution or prescriber not on the list: %1"),
            marked("Gate", "The region's list does not have %3 or its prescriber. Ask the bureau."),
        ),
    ),
    _flawed(
        RxFlaw.NOT_ELECTRONIC,
        Words(
            marked("Gate", "Electronic prescription needed: %1"),
            marked(
                "Gate",
                "This kind of payment takes electronic prescriptions only: press Ctrl+Q and scan"
                " its code, or choose another kind.",
            ),
        ),
    ),
)
