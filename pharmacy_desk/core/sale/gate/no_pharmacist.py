"""Prescription drugs while no pharmacist is on duty, or only one whom the insurance has suspended.

A suspended or terminated pharmacist cannot stand behind an insured sale (facts on the trade, 2).
"""

from pharmacy_desk.core.basics.marked import marked
from pharmacy_desk.core.basics.policy import Action, Reason
from pharmacy_desk.core.catalogue.drugs import RxFlag
from pharmacy_desk.core.people.duty import standing
from pharmacy_desk.core.sale.gate.facts import Facts, Hit, Rule, Words, on_lines


def no_pharmacist(facts: Facts) -> Hit | None:
    """Lines that want a pharmacist while none stands behind them."""
    duty = facts.duty
    if duty is None:
        return None
    wanting = {RxFlag.RX, RxFlag.OTC_A} if duty.otc_a else {RxFlag.RX}
    lines = [line for line in facts.sale.lines if line.item.rx in wanting]
    there, barred = standing(duty.pharmacists, duty.now, insured=facts.payment.insured)
    if there or not lines:
        return None
    found = on_lines(lines)
    return Hit(found.lines, found.boxes, words=_SUSPENDED) if barred and found else found


_SUSPENDED = Words(
    marked("Gate", "The pharmacist on duty is suspended: %1"),
    marked("Gate", "Another pharmacist signs on with Ctrl+9; or sell it self-paid with F3."),
)
NO_PHARMACIST = Reason(
    "NO_PHARMACIST", marked("Setting", "no pharmacist on duty"), self_paid=Action.WARN
)
RULES = (
    Rule(
        place=22,
        reason=NO_PHARMACIST,
        words=Words(
            marked("Gate", "No pharmacist is on duty: %1"),
            marked("Gate", "The pharmacist signs on with Ctrl+9, or take the line out."),
        ),
        find=no_pharmacist,
    ),
)
