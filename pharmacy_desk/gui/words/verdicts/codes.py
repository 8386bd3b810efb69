"""Verdicts about what was scanned: no trace code, a damaged one, one whose drug is not known."""

from pharmacy_desk.core.basics.policy import VerdictName
from pharmacy_desk.core.scanning.scan import Kind
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.words.readings import damage, damage_todo, kind
from pharmacy_desk.gui.words.verdicts.case import Case
from pharmacy_desk.gui.words.verdicts.short import word


def item(case: Case) -> Said:
    """A commodity barcode: its drug's line is chosen."""
    return Said(
        theme.ASK,
        word(VerdictName.ITEM),
        translate("Verdict", "%1 is chosen.").replace("%1", case.item),
        translate("Verdict", "That was the commodity barcode. Now scan the trace code on the box."),
    )


def exempt(case: Case) -> Said:
    """Goods that need no code."""
    what = translate("Verdict", "%1 needs no trace code. One is added.")
    return Said(theme.YES, word(VerdictName.EXEMPT), what.replace("%1", case.item))


def unmapped(case: Case) -> Said:
    """A good code of a drug that is not known, or known from one person only."""
    known = case.verdict.reading.identification or ""
    proposed = case.verdict.proposed
    if proposed:
        what = translate("Verdict", "%1 was said to be %2; a second person has to confirm it.")
        return Said(
            theme.ASK,
            translate("Verdict", "Second person"),
            what.replace("%1", known).replace("%2", proposed.name),
            translate("Verdict", "Let a colleague confirm below. The box is not in yet."),
        )
    what = translate("Verdict", "The code is readable, but %1 is not known to this shop yet.")
    return Said(
        theme.ASK,
        word(VerdictName.UNMAPPED),
        what.replace("%1", known),
        translate("Verdict", "Find the drug below once, or add it (Alt+N); then it is known."),
    )


def not_trace(case: Case) -> Said:
    """Something else than a drug's trace code; personal codes are said to be forgotten."""
    reading = case.verdict.reading
    what = translate("Verdict", "This is: %1 (%2).").replace("%1", kind(reading.kind))
    if reading.is_personal:
        todo = translate("Verdict", "It was not kept. Use it at payment; here scan the box.")
    elif reading.kind is Kind.PRODUCT_BARCODE:
        todo = translate(
            "Verdict", "This barcode is not in the catalogue. Scan the trace code on the box."
        )
    elif reading.kind is Kind.FILLER:
        todo = translate("Verdict", "It stands for no box. Scan the box itself.")
    else:
        todo = translate("Verdict", "Scan the drug trace code on the box (20 characters).")
    return Said(theme.NO, word(VerdictName.NOT_TRACE), what.replace("%2", reading.shown(40)), todo)


def damaged(case: Case) -> Said:
    """A read that is not whole."""
    reading = case.verdict.reading
    what = " ".join((damage(reading.problem), reading.evidence)).strip()
    return Said(theme.NO, word(VerdictName.DAMAGED), what, damage_todo(reading.problem))
