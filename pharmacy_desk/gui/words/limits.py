"""What goes beyond a limit of the insurance: our words first, the bureau's quoted under them."""

from collections.abc import Mapping, Sequence

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.sale.gate.facts import Refusal
from pharmacy_desk.core.sale.limits import LimitHit, LimitKind, LimitMode
from pharmacy_desk.core.sale.limits_told import Followed
from pharmacy_desk.gui.base.said import in_language, translate

_NAMES: Mapping[LimitKind, str] = {
    LimitKind.SEX: marked("Limit", "sex"),
    LimitKind.AGE: marked("Limit", "age"),
    LimitKind.PAID_COURSE: marked("Limit", "paid course"),
    LimitKind.INSTITUTION_LEVEL: marked("Limit", "level of the hospital"),
    LimitKind.VISIT: marked("Limit", "kind of visit"),
    LimitKind.INSURANCE_TYPE: marked("Limit", "insurance type"),
    LimitKind.DISEASE: marked("Limit", "certified disease"),
    LimitKind.REPEAT: marked("Limit", "bought again too soon"),
}
# `%1` is the drug, `%2` what the limit allows, `%3` what was found.
_SENTENCES: Mapping[LimitKind, str] = {
    LimitKind.SEX: marked("Limit", "%1 is paid for the sex %2 only; the person's is %3."),
    LimitKind.AGE: marked("Limit", "%1 is paid for %2 only; the person is %3 years old."),
    LimitKind.PAID_COURSE: marked("Limit", "%1 is paid for %2 at most; with this it is %3 days."),
    LimitKind.INSTITUTION_LEVEL: marked(
        "Limit", "%1 is paid in hospitals of %2 and above only, not from a pharmacy."
    ),
    LimitKind.VISIT: marked("Limit", "%1 is paid for %2 only, not from a pharmacy."),
    LimitKind.INSURANCE_TYPE: marked("Limit", "%1 is paid by %2 insurance only."),
    LimitKind.DISEASE: marked(
        "Limit", "%1 is paid for disease %2 only; the person is not certified for it."
    ),
    LimitKind.REPEAT: marked("Limit", "%1: the same person bought it %3 times just before."),
}
_MODES: Mapping[LimitMode, str] = {
    LimitMode.OFF: marked("Limit", "not looked at"),
    LimitMode.REMIND: marked("Limit", "remind"),
    LimitMode.LIMIT: marked("Limit", "as the policy says"),
    LimitMode.INTERCEPT: marked("Limit", "intercept"),
}
_FOLLOWED: Mapping[Followed, str] = {
    Followed.PAID: marked("Limit", "paid anyway"),
    Followed.SELF_PAID: marked("Limit", "self-paid instead"),
    Followed.TAKEN_OUT: marked("Limit", "taken out"),
    Followed.CANCELLED: marked("Limit", "sale cancelled"),
    Followed.OPEN: marked("Limit", "not decided yet"),
}
# More earlier receipts say nothing new.
_RECEIPTS_TOLD = 2


def kind(of: LimitKind) -> str:
    """What a limit is about, in a word or two."""
    return in_language("Limit", _NAMES[of])


def mode(of: LimitMode) -> str:
    """What a store makes of a kind."""
    return in_language("Limit", _MODES[of])


def followed(what: Followed) -> str:
    """What became of a line that a sale was told of."""
    return in_language("Limit", _FOLLOWED[what])


def hit(one: LimitHit) -> str:
    """One line beyond one limit: what is allowed, what was found."""
    words = in_language("Limit", _SENTENCES[one.kind])
    words = words.replace("%2", "、".join(one.values)).replace("%3", one.found)
    parts = [words.replace("%1", one.drug)]
    if one.receipts:
        receipts = "、".join(one.receipts[-_RECEIPTS_TOLD:])
        parts.append(translate("Limit", "Receipt %1.").replace("%1", receipts))
    if one.assumed_days:
        told = translate("Limit", "A pack counts %1 days: how long it lasts is not told.")
        parts.append(told.replace("%1", str(one.assumed_days)))
    return "".join(parts)


def quote(one: LimitHit) -> str:
    """The bureau's own words, where it has any, and the list in which the limit stands."""
    parts = []
    if one.text:
        parts.append(translate("Limit", "“%1”").replace("%1", one.text))
    if one.version:
        parts.append(translate("Limit", "(%1)").replace("%1", one.version))
    return "".join(parts)


def hits(refusals: Sequence[Refusal]) -> str:
    """Every line beyond a limit among these reasons."""
    told = (hit(one) for refusal in refusals for one in refusal.limits)
    return "；".join(sentence.rstrip("。.") for sentence in told)


def counted(refusals: Sequence[Refusal]) -> str:
    """How many reminders there are, and the money of the lines that they concern."""
    told = [one for refusal in refusals for one in refusal.limits]
    lines = {one.line: one.amount_fen for one in told}
    words = translate("Limit", "%1 reminders, ¥%2.")
    return words.replace("%1", str(len(told))).replace("%2", yuan(sum(lines.values())))


def unchecked(kinds: Sequence[LimitKind]) -> str:
    """What could not be looked at, because nobody has told it of the person."""
    names = "、".join(kind(one) for one in kinds)
    told = translate("Limit", "Not checked, not known: %1.").replace("%1", names)
    if LimitKind.DISEASE in kinds:
        told += translate("Limit", "Ctrl+I: type the disease.")
    return told
