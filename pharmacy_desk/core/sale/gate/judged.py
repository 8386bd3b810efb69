"""Boxes that the judge refuses by now, whatever they are paid with and whoever approves.

Pack relations, recalls, mappings and the platform's word may arrive after the scan; the judge is
the same as at the scan.
"""

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.core.basics.policy import Reason, VerdictName
from pharmacy_desk.core.sale.gate.facts import Facts, Hit, Rule, Words
from pharmacy_desk.core.sale.gate.not_payable import NOT_PAYABLE


def recalled(facts: Facts) -> Hit | None:
    """Boxes that an open recall holds, those without a code too."""
    named = (entry for entry, said in facts.judged.items() if said.name is VerdictName.RECALLED)
    return _hit(facts, facts.recalled | frozenset(named))


def refused(facts: Facts) -> Hit | None:
    """Boxes that would be refused for anything else if they were scanned now."""
    return _hit(
        facts,
        frozenset(
            entry
            for entry, said in facts.judged.items()
            if said.refuses and said.name is not VerdictName.RECALLED
        ),
    )


def _hit(facts: Facts, entries: frozenset[int]) -> Hit | None:
    if not entries:
        return None
    doubts = tuple(facts.judged[entry] for entry in sorted(entries) if entry in facts.judged)
    return Hit(facts.lines_with(entries), len(entries), doubts=doubts, fixed=True)


# A box refused by now is told beside the goods that the insurance does not pay, by the same name.
RULES = (
    Rule(
        place=25,
        reason=NOT_PAYABLE,
        words=Words(
            marked("Gate", "Not for sale any more: %1"),
            marked(
                "Gate", "This became known after the scan. Take the box out of the sale, then pay."
            ),
        ),
        find=refused,
        judged=True,
    ),
    Rule(
        place=40,
        reason=Reason("RECALLED", verdict=VerdictName.RECALLED),
        words=Words(
            marked("Gate", "Recalled: %1"),
            marked("Gate", "Take the boxes out of the sale and off the shelf."),
        ),
        find=recalled,
        judged=True,
    ),
)
