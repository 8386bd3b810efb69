"""Goods that the insurance does not pay for."""

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.core.basics.policy import Reason
from pharmacy_desk.core.sale.gate.facts import Facts, Hit, Rule, Words, on_lines


def not_payable(facts: Facts) -> Hit | None:
    """Lines of an insured sale that are no drugs of class 甲 or 乙; gifts are told as gifts."""
    if not facts.payment.insured:
        return None
    lines = facts.sale.lines
    return on_lines([line for line in lines if not line.item.insurance_payable and not line.gift])


NOT_PAYABLE = Reason("NOT_PAYABLE", marked("Setting", "not payable by insurance"))
RULES = (
    Rule(
        place=20,
        reason=NOT_PAYABLE,
        words=Words(
            marked("Gate", "Insurance does not pay: %1"),
            marked("Gate", "Sell it in a sale of its own with F3, or take the line out."),
        ),
        find=not_payable,
    ),
)
