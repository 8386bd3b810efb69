"""Drugs by hand in words: their columns, why one cannot be kept, and the steps of their history."""

from collections.abc import Mapping

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.core.catalogue.by_hand import NO, BadCell
from pharmacy_desk.core.catalogue.drug_history import DrugMoment, DrugStep
from pharmacy_desk.counter.answers import DrugAnswer, DrugDid
from pharmacy_desk.gui.base.said import in_language, translate
from pharmacy_desk.gui.words import rows as rows_words

_COLUMNS: Mapping[str, str] = {
    "name": marked("Drug", "Name"),
    "spec": marked("Drug", "Spec"),
    "maker": marked("Drug", "Maker"),
    "approval": marked("Drug", "Approval number"),
    "price": marked("Drug", "Price ¥"),
    "category": marked("Drug", "Category"),
    "rx": marked("Drug", "Prescription or OTC"),
    "insurance_class": marked("Drug", "Insurance class"),
    "insurance_code": marked("Drug", "Insurance code"),
    "dosage_form": marked("Drug", "Dosage form"),
    "unit": marked("Drug", "Unit"),
    "barcodes": marked("Drug", "Barcodes, by semicolons"),
    "cost": marked("Drug", "Cost ¥"),
    "split_unit": marked("Drug", "Split unit"),
    "split_ratio": marked("Drug", "Units in a box"),
    "ephedrine": marked("Drug", "Ephedrine"),
    "doping": marked("Drug", "Doping substance"),
    "cold": marked("Drug", "Keep cold"),
    "pinyin": marked("Drug", "Pinyin initials"),
    "lot": marked("Drug", "Lot"),
    "made": marked("Drug", "Made on"),
    "expiry": marked("Drug", "Expires on"),
    "incomplete": marked("Drug", "To be completed"),
}


def column(name: str) -> str:
    """A column of the drug list; one that a newer program tells of by its own name."""
    return in_language("Drug", _COLUMNS[name]) if name in _COLUMNS else name


def columns(names: tuple[str, ...]) -> str:
    """Several columns in one line."""
    return "、".join(column(name) for name in names)


def why_not(answer: DrugAnswer) -> str:
    """Why a drug was not added or changed, and what to do; empty when it was."""
    if answer.bad:
        return _bad(answer.bad)
    text = {
        DrugDid.APPROVAL_AWAITED: translate("Drug", "A manager has to say yes; it waits here."),
        DrugDid.ALREADY_THERE: translate(
            "Drug", "The list has it already: %1. Take it by Enter, nothing was added."
        ),
        DrugDid.NO_SUCH_ITEM: translate("Drug", "This drug is not in the list any more."),
        DrugDid.BAD_PIN: translate("Drug", "The second person's number or PIN is wrong."),
        DrugDid.LOCKED_OUT: translate(
            "Drug", "This number is locked after too many wrong PINs: let somebody else confirm."
        ),
    }.get(answer.what, "")
    other = f"{answer.other.name} {answer.other.spec}".strip() if answer.other else ""
    sign = "!" if answer.what is DrugDid.APPROVAL_AWAITED else "✕"
    return f"{sign} {text.replace('%1', other)}" if text else ""


def _bad(bad: BadCell) -> str:
    why = rows_words.why(bad.reason)
    return f"✕ {column(bad.column)}：{why.rstrip('：:')}" if bad.column else f"✕ {why}"


def changed(answer: DrugAnswer) -> str:
    """What became of a drug that the office has changed."""
    if answer.what is DrugDid.SAME:
        return translate("Drug", "Nothing was changed.")
    if answer.what is not DrugDid.CHANGED:
        return why_not(answer)
    if answer.lacking:
        left = translate("Drug", "✓ Kept. Still to be told: %1")
        return left.replace("%1", columns(answer.lacking))
    return translate("Drug", "✓ Kept; the history tells it.")


def step(of: DrugStep) -> str:
    """A step of a drug's history."""
    return {
        DrugStep.LISTED: translate("Drug", "in by a drug list"),
        DrugStep.ADDED: translate("Drug", "added by hand"),
        DrugStep.EDITED: translate("Drug", "changed by hand"),
        DrugStep.OVERWRITTEN: translate("Drug", "overwritten by a drug list"),
        DrugStep.LOT_TOLD: translate("Drug", "lot told at the counter"),
    }[of]


def what_changed(moment: DrugMoment) -> str:
    """The cells of one step: what each was and is."""
    unknown = translate("Drug", "empty")
    places = list(_COLUMNS)
    told = []
    for name, (was, now) in sorted(
        moment.changes.items(),
        key=lambda one: places.index(one[0]) if one[0] in places else len(places),
    ):
        if was is None and now == NO:  # of a new drug only what it is
            continue
        text = f"{column(name)} {now or unknown}"
        if was is not None:
            text = f"{column(name)} {was or unknown} → {now or unknown}"
        told.append(text)
    return "；".join(told)
