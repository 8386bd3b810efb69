"""What doors without calls have in common: a ticket is told until its end, then answered.

The drop folder and the query on a database both read the same tickets again and again.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path

from pharmacy_desk.adapters.till.bodies import told_ticket
from pharmacy_desk.core.ports.till import TicketAnswer, TicketDid, TillDesk, TillWords
from pharmacy_desk.core.sale.ticket import Ticket, TicketEnd, TicketState
from pharmacy_desk.core.sale.ticket_file import FileTicket

# What a person at the counter or another file may still bring.
_WAITS = frozenset(
    {
        TicketDid.MISSING_CODES,
        TicketDid.UNKNOWN_ITEM,
        TicketDid.NOT_PAYABLE,
        TicketDid.GATE,
        TicketDid.NO_SETTLEMENT,
    }
)


def tell(desk: TillDesk, one: FileTicket) -> TicketAnswer:
    """The ticket as it stands; settled once it is complete, with what was told of its payment.

    An insured one without its settlement waits: that may be told later.
    """
    answer = desk.open(one.order).result()
    ticket = answer.ticket
    if answer.what.refused or ticket is None or ticket.state is not TicketState.COMPLETE:
        return answer
    if one.order.payment.insured and one.end is None:
        return answer
    settled = desk.settle(one.order.ticket, one.end or TicketEnd()).result()
    return answer if settled.what in _WAITS else settled


def write_json(target: Path, words: TillWords, tickets: Sequence[Ticket]) -> None:
    """The answer as one document; whoever looks for it finds it whole. Raises `OSError`."""
    answers = [told_ticket(words, ticket).model_dump(mode="json") for ticket in tickets]
    body = answers[0] if len(answers) == 1 else answers
    fresh = unseen(target)
    fresh.write_text(json.dumps(body, ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(fresh, target)


def unseen(target: Path) -> Path:
    """The name that an answer has while it is written: nobody looks for it."""
    return target.with_name(f".{target.stem}.part{target.suffix}")
