"""Verdicts about who has or had a code: this sale, another one, another counter, the platform."""

from pharmacy_desk.core.basics.policy import VerdictName
from pharmacy_desk.core.scanning.scan import spaced
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.words.times import when
from pharmacy_desk.gui.words.verdicts.case import Case
from pharmacy_desk.gui.words.verdicts.short import word


def in_this_sale(case: Case) -> Said:
    """The box is in this sale already."""
    what = translate("Verdict", "This box is already in this sale: %1.")
    return Said(
        theme.NO,
        word(VerdictName.IN_THIS_SALE),
        what.replace("%1", spaced(case.verdict.reading.code or "")),
        translate("Verdict", "Nothing was added. Scan the next box."),
    )


def held_elsewhere(case: Case) -> Said:
    """The box is in a sale on hold."""
    what = translate("Verdict", "This box is in a sale on hold: %1.")
    return Said(
        theme.NO,
        word(VerdictName.HELD_ELSEWHERE),
        what.replace("%1", case.claim),
        translate("Verdict", "Press F5 to resume that sale, or scan another box."),
    )


def sold_here(case: Case) -> Said:
    """The box was sold at this counter, or by the system that stood here before."""
    if case.by_old_system:
        what = translate("Verdict", "This box was already sold by the old system: %1.")
        return Said(
            theme.NO,
            word(VerdictName.SOLD_HERE),
            what.replace("%1", case.claim),
            translate("Verdict", "Scan another box and tell the manager."),
        )
    what = translate("Verdict", "This box was already sold here: %1.")
    return Said(
        theme.NO,
        word(VerdictName.SOLD_HERE),
        what.replace("%1", case.claim),
        translate(
            "Verdict",
            "Scan another box. If the customer brought it back, return it with F6 first;"
            " this box must not be sold again.",
        ),
    )


def sold_elsewhere(case: Case) -> Said:
    """The box was sold at another counter."""
    what = translate("Verdict", "This box was sold at another counter: %1.")
    return Said(
        theme.NO,
        word(VerdictName.SOLD_ELSEWHERE),
        what.replace("%1", case.told),
        translate("Verdict", "Scan another box and tell the manager."),
    )


def settled_on_platform(case: Case) -> Said:
    """The platform says that somebody else settled the code."""
    what = translate("Verdict", "The platform holds a sale of this box: %1.")
    return Said(
        theme.NO,
        word(VerdictName.SETTLED_ON_PLATFORM),
        what.replace("%1", case.told),
        translate("Verdict", "Scan another box and tell the manager."),
    )


def returned_hold(case: Case) -> Said:
    """A customer brought the box back."""
    what = translate("Verdict", "A customer returned this box: %1.")
    return Said(
        theme.NO,
        word(VerdictName.RETURNED_HOLD),
        what.replace("%1", case.claim),
        translate("Verdict", "Returned drugs are not sold again. Put it to the returns."),
    )


def not_known(case: Case) -> Said:
    """Whoever keeps the reservations does not answer; a store may refuse such boxes."""
    silent = case.verdict.not_known
    since = when(silent.since, case.now) if silent else "?"
    if case.verdict.accepted:
        what = translate(
            "Verdict", "%1 is in, but whether another counter has it is not known: silent since %2."
        )
        todo = translate(
            "Verdict", "It is asked again by itself. To be safe scan a box you took off the shelf."
        )
        tone = theme.ASK
    else:
        what = translate("Verdict", "Whether another counter has %1 is not known: silent since %2.")
        todo = translate("Verdict", "Put the box aside until the counters hear each other again.")
        tone = theme.NO
    what = what.replace("%2", since).replace("%1", case.item)
    return Said(tone, word(VerdictName.NOT_KNOWN), what, todo)
