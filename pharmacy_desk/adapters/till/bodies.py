"""Bodies of the till's calls and files to values of the trade, and back."""

import json

from pharmacy_desk.adapters.till.schema import (
    FileTicketIn,
    Reason,
    TicketIn,
    TicketLineIn,
    TicketLineOut,
    TicketOut,
)
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.ports.till import TillWords
from pharmacy_desk.core.sale.ticket import (
    CapturedLine,
    Ticket,
    TicketEnd,
    TicketLine,
    TicketOrder,
)
from pharmacy_desk.core.sale.ticket_file import FileTicket


def order_of(told: TicketIn) -> TicketOrder:
    """A sale as the till tells it."""
    if told.payment == "self":
        payment = PaymentKind.SELF
    else:
        payment = PaymentKind(told.kind) if told.kind else PaymentKind.UNTOLD
    lines = tuple(_line(line) for line in told.lines)
    return TicketOrder(told.ticket, payment, lines, told.operator)


def _line(told: TicketLineIn) -> TicketLine:
    return TicketLine(
        line=told.line,
        quantity=told.quantity,
        item=told.item,
        barcode=told.barcode,
        name=told.name,
        spec=told.spec,
        unit_price_fen=told.unit_price_fen,
        batch=Batch(told.lot or None, None, told.expiry),
    )


def told_ticket(words: TillWords, ticket: Ticket) -> TicketOut:
    """How a ticket stands, for the till."""
    return TicketOut(
        ticket=ticket.order.ticket,
        sale=ticket.sale,
        state=ticket.state.value,
        missing=ticket.missing,
        lines=[_line_told(words, line) for line in ticket.lines],
        reasons=[
            Reason(reason=one.reason.name, words=words.refusal(one, "")) for one in ticket.reasons
        ],
        receipt=list(ticket.receipt),
    )


def _line_told(words: TillWords, line: CapturedLine) -> TicketLineOut:
    item = line.item
    return TicketLineOut(
        line=line.told.line,
        item=item.code if item else None,
        name=item.name if item else line.told.name or None,
        needs=line.needs,
        codes=list(line.codes),
        units=line.units,
        lot=line.batch.lot,
        expiry=line.batch.expiry,
        reasons=[
            Reason(
                reason=one.reason.name,
                words=words.refusal(one, item.name if item else ""),
            )
            for one in line.reasons
        ],
    )


def tickets_of_json(data: bytes) -> tuple[FileTicket, ...]:
    """The tickets of a file: one body as a call's, or a list of them. Raises `ValueError`."""
    try:
        said = json.loads(data.decode("utf-8-sig"))
    except RecursionError as error:
        raise ValueError("too deep") from error
    rows = said if isinstance(said, list) else [said]
    bodies = [FileTicketIn.model_validate(row) for row in rows]
    return tuple(
        FileTicket(order_of(body), TicketEnd(**body.settle.model_dump()) if body.settle else None)
        for body in bodies
    )
