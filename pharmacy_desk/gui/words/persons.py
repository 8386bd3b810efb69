"""What is said of the person a sale is for: masked, and only what somebody told."""

from collections.abc import Sequence
from datetime import datetime

from pharmacy_desk.core.people.identity import ProofKind, Sex
from pharmacy_desk.core.sale.person import Relation, SalePerson
from pharmacy_desk.core.sale.special import Bought
from pharmacy_desk.counter.answers import PersonAnswer, PersonDid
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import Said, translate

# What stands on one line of the panel beside the first receipts.
_MOST_TOLD = 3
_MOST_NAME = 6


def kind(proof: ProofKind) -> str:
    """What was shown."""
    return {
        ProofKind.ID: translate("Person", "Identity card"),
        ProofKind.CARD: translate("Person", "Social security card"),
        ProofKind.VOUCHER: translate("Person", "Insurance e-voucher"),
    }[proof]


def relation(who: Relation) -> str:
    """What one who buys for another is to her."""
    return {
        Relation.SPOUSE: translate("Person", "Spouse"),
        Relation.CHILD: translate("Person", "Child"),
        Relation.PARENT: translate("Person", "Parent"),
        Relation.RELATIVE: translate("Person", "Other relative"),
        Relation.CARER: translate("Person", "Carer or other"),
    }[who]


def short(person: SalePerson | None) -> str:
    """Whom the sale is for, in a word beside the sum; empty where nobody was seen."""
    return (person.name_masked or person.masked) if person else ""


def shown(person: SalePerson) -> str:
    """Everything that may be shown of a person, on one line; what nobody told is left out."""
    sexes = {Sex.MALE: translate("Person", "male"), Sex.FEMALE: translate("Person", "female")}
    age = translate("Person", "%1 years").replace("%1", str(person.age))
    parts = (
        person.name_masked,
        f"{kind(person.kind)} {person.masked}" if person.kind else "",
        sexes[person.sex] if person.sex else "",
        age if person.age is not None else "",
    )
    return " · ".join(part for part in parts if part)


def bought(rows: Sequence[Bought], days: int, now: datetime) -> str:
    """What the register holds of the person, so many days back; empty where it holds nothing."""
    if not rows:
        return ""
    packs = sum(row.quantity for row in rows)
    head = translate("Person", "! In the register: %1 bought in the last %2 days")
    head = head.replace("%1", str(packs)).replace("%2", str(days))
    told = [
        f"{_cut(row.name)} ×{row.quantity}{row.unit} {_when(row.at, now)} {row.sale}"
        for row in rows[:_MOST_TOLD]
    ]
    return "\n".join((head, *told))


def _cut(name: str) -> str:
    """A long name's beginning: receipt and number are what the question is about."""
    return name if len(name) <= _MOST_NAME else f"{name[:_MOST_NAME]}…"


def _when(at: datetime, now: datetime) -> str:
    return f"{at:%H:%M}" if at.date() == now.date() else f"{at:%m-%d}"


def why_not(what: PersonDid) -> str:
    """Why nothing was taken, and what to do; empty where something was."""
    table = {
        PersonDid.NOTHING: translate(
            "Person", "✕ That is no card of a person. Scan the card, or type its number."
        ),
        PersonDid.WRONG_CHECK: translate(
            "Person", "✕ That number has a slip: its last sign does not fit. Type it again."
        ),
        PersonDid.PAYMENT_CODE: translate(
            "Person", "✕ That is a payment code, nothing was kept. Show the card first."
        ),
        PersonDid.OTHER_KIND: translate("Person", "✕ Another kind of card is wanted."),
        PersonDid.BAD_NAME: translate("Person", "✕ Type the name, without digits."),
        PersonDid.NOBODY: translate("Person", "✕ Nobody was seen yet. Show the card first."),
    }
    return table.get(what, "")


def person(answer: PersonAnswer) -> Said | None:
    """What is said in the panel; None where the open page says it."""
    if answer.what is PersonDid.FORGOTTEN:
        return Said(
            theme.NOTE,
            translate("Person", "For nobody"),
            translate("Person", "The sale is for nobody any more; what was entered is gone."),
        )
    return None
