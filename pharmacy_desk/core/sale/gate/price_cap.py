"""Drugs that cost more than the region lets the insurance pay: price caps, 集采."""

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.core.basics.policy import Reason
from pharmacy_desk.core.sale.gate.facts import Facts, Hit, Rule, Words, on_lines
from pharmacy_desk.core.sale.sale import Cover, Line


def above(facts: Facts) -> Hit | None:
    """Insured lines above their cap; a unit of an opened box is priced by its pack."""
    if not facts.payment.insured:
        return None
    insured = [line for line in facts.sale.lines if facts.cover_of(line) is Cover.INSURED]
    return on_lines([line for line in insured if _above(facts, line)])


def _above(facts: Facts, line: Line) -> bool:
    cap = facts.cover.cap(line.item, facts.today)
    price_fen = line.item.price_fen if line.split else line.price_fen
    return cap is not None and price_fen > cap.most_fen


RULES = (
    Rule(
        place=27,
        reason=Reason("PRICE_CAP", marked("Setting", "above the price cap")),
        words=Words(
            marked("Gate", "Dearer than the insurance lets it be: %1"),
            marked(
                "Gate",
                "Have the office put its price right (Ctrl+7), or let the customer pay with F3.",
            ),
        ),
        find=above,
    ),
)
