"""What the customer hands over does not pay her part, as far as that is known by now."""

from collections.abc import Callable, Mapping

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.core.basics.policy import Action, Reason
from pharmacy_desk.core.sale.gate.facts import Facts, Hit, Rule, Words
from pharmacy_desk.core.sale.tender import Taken, TenderFlaw, form_flaw, take

_WORDS: Mapping[TenderFlaw, Words] = {
    TenderFlaw.BAD_AMOUNT: Words(
        marked("Gate", "An amount is no sum of money"),
        marked("Gate", "Type it anew, in yuan."),
    ),
    TenderFlaw.NO_NUMBER: Words(
        marked("Gate", "The commercial insurance's case has no number"),
        marked("Gate", "Type the number of its slip."),
    ),
    TenderFlaw.TOO_MUCH: Words(
        marked("Gate", "More than the sum is paid without cash"),
        marked("Gate", "Only cash gives change: lower the other amounts."),
    ),
    TenderFlaw.SHORT: Words(
        marked("Gate", "What was given does not cover the sum"),
        marked("Gate", "Type the rest, or press the key of how it is paid."),
    ),
}
# After all that is wrong with the goods: money is counted last.
_FIRST_PLACE = 130


def flaw_of(facts: Facts) -> TenderFlaw | None:
    """What is wrong with the tenders that were told; nothing where none were."""
    told = facts.told
    taken: TenderFlaw | Taken | None = form_flaw(told.handed)
    if taken is None and told.owed_fen is not None:
        taken = take(told.handed, told.owed_fen, told.rounding)
    return taken if isinstance(taken, TenderFlaw) else None


def _finder(flaw: TenderFlaw) -> Callable[[Facts], Hit | None]:
    def found(facts: Facts) -> Hit | None:
        return Hit() if flaw_of(facts) is flaw else None

    return found


RULES = tuple(
    Rule(
        place=_FIRST_PLACE + at,
        reason=Reason(flaw.value, self_paid=Action.BLOCK, fixed=True),
        words=words,
        find=_finder(flaw),
    )
    for at, (flaw, words) in enumerate(_WORDS.items())
)
