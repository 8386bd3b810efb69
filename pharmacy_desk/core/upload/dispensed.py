"""7206: an electronic prescription is told as dispensed, box by box (facts on platforms, 2.10).

Its lines go through the outbox in the sale's own transaction, as every upload: one effect, and a
lost answer is asked about. The message's flat field holds one trace code, so each box is a line.
"""

from collections.abc import Sequence
from dataclasses import replace

from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.basics.numbers import line_key
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.sale.dispensing import prescribed_for
from pharmacy_desk.core.sale.sale import Line, Sale
from pharmacy_desk.core.upload.message import Sender, outbox_line, stamp, wire_code
from pharmacy_desk.core.upload.outbox import OutboxLine
from pharmacy_desk.core.upload.profile import Profile

# The last letter of such a line's key; see `core.upload.movements`.
LETTER = "V"


@dataclass(frozen=True, slots=True)
class Handlers:
    """Names of who reviewed (审核), dispensed (调配) and checked (核对) it; empty: not told."""

    reviewer: str = ""
    dispenser: str = ""
    checker: str = ""


def dispensed_lines(
    sale: Sale,
    sold: Sequence[OutboxLine],
    handlers: Handlers,
    sender: Sender,
    profile: Profile,
) -> tuple[OutboxLine, ...]:
    """The lines by which a paid sale's electronic prescription is marked; none for a paper one.

    What is settled anew (退货重结) was told as dispensed by the sale before it. `sold` are the
    sale's own upload lines, whose words they share.
    """
    known, message = sale.prescription, profile.dispensed
    if message is None or known is None or not known.electronic or sale.resettles:
        return ()
    head = _head(sale, handlers, sender, profile)
    by_item = {line.item.code: line for line in sale.lines if prescribed_for(sale, line)}
    found: list[OutboxLine] = []
    for one in sold:
        line = by_item.get(one.item)
        if line is None:
            continue
        for code in one.codes or ("",):
            number = len(sold) + len(found) + 1
            words = one.words | head | _goods(line, code, profile)
            words["quantity"] = "1" if one.codes and not line.split else one.words["quantity"]
            words["key"] = line_key(sale.number, number, LETTER)
            made = outbox_line(
                profile=profile,
                message=message,
                document=sale.number,
                number=number,
                item=line.item,
                words=words,
                codes=(),
            )
            found.append(replace(made, waiting=made.waiting or one.waiting))
    return tuple(found)


def _goods(line: Line, code: str, profile: Profile) -> dict[str, str]:
    return {
        "code": wire_code(code, profile.gs1_form) if code else "",
        "dosage_form": line.item.dosage_form,
        "spec": line.item.spec,
        "unit": line.item.unit,
        "maker": line.item.maker or profile.fillers["maker"],
        "approval": line.item.approval or profile.fillers["approval"],
    }


def _head(sale: Sale, handlers: Handlers, sender: Sender, profile: Profile) -> dict[str, str]:
    """What all lines share; money that nobody told of the settlement stays empty, never 0."""
    settled, insured = sale.settlement, sale.payment is not None and sale.payment.insured
    parts = {
        "fund": settled.fund_fen if settled else None,
        "account": settled.account_fen if settled else None,
    }
    cash = sale.owed_fen
    mode = "self" if not insured else "both" if cash else "insured"
    return {
        "download": sale.prescription.download if sale.prescription else "",
        "reviewer": handlers.reviewer or sender.pharmacist or profile.fillers["pharmacist"],
        "dispenser": handlers.dispenser or profile.fillers["pharmacist"],
        "checker": handlers.checker or profile.fillers["pharmacist"],
        "pay_mode": profile.word("rx_pay_mode", mode),
        "setl_time": stamp(sale.paid_at) if settled else "",
        "cash_sum": yuan(cash) if cash is not None else "",
        **{f"{name}_sum": "" if fen is None else yuan(fen) for name, fen in parts.items()},
    }
