"""A till's ticket where a sale of our own is paid: which one, how many codes it lacks, who waits.

Money is the till's: none is shown. A line of which nobody knows the drug is asked for in the
search field, which adds nothing to a ticket anyway; what is answered there is remembered.
"""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.catalogue.drugs import Item
from pharmacy_desk.core.ports.till import TicketAnswer
from pharmacy_desk.core.sale.gate.rules import blocking
from pharmacy_desk.core.sale.ticket import CapturedLine, Ticket, TicketState
from pharmacy_desk.counter import news
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.item_search import ItemSearch
from pharmacy_desk.gui.widgets.parts import Card, plain
from pharmacy_desk.gui.words import gate
from pharmacy_desk.gui.words.payment import payment as payment_word

# As large as a sum to be paid: it is what the person looks for.
_MISSING_PX = 44


class TicketPanel(QWidget):
    """Shows the ticket whose sale is open; `answer_drug` takes what the search has found."""

    def __init__(self, desk: DeskView, search: ItemSearch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._search = search
        self._usual_hint = search.field.placeholderText()
        self._sale = ""
        self.ticket: Ticket | None = None
        self._waiting: dict[str, Ticket] = {}
        frame = Card()
        self.head = plain(px=20, bold=True)
        self.missing = plain(px=_MISSING_PX, bold=True)
        self.state = plain()
        self.unknown = plain(bold=True)
        self.queue = plain(quiet=True)
        for part in (self.head, self.missing, self.state, self.unknown, self.queue):
            frame.body.addWidget(part)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self._show()

    @property
    def number(self) -> str:
        """The till's number of the ticket that is shown, empty where none is."""
        return self.ticket.order.ticket if self.ticket else ""

    def begin(self) -> None:
        """Learn which tickets wait, also those of before this start."""
        self._desk.bridge.follow(self._desk.tickets.waiting(), self._learn)

    def hear(self, message: news.News) -> None:
        """A ticket came or changed, or another sale is the open one."""
        match message:
            case news.TicketChanged(ticket=ticket):
                self._take(ticket)
            case news.SaleChanged(sale=sale) | news.Judged(sale=sale):
                number = sale.number if sale else ""
                if number != self._sale:
                    self._sale = number
                    self._show()

    def answer_drug(self, item: Item) -> bool:
        """The search has found which drug the line is that is asked for; False: none is."""
        line = self._asked()
        if line is None or self.ticket is None:
            return False
        place = self.ticket.lines.index(line)
        wished = self._desk.tickets.match(self.ticket.order.ticket, place, item.code)
        self._desk.bridge.follow(wished, self._answered)
        return True

    def _answered(self, answer: TicketAnswer) -> None:
        if answer.ticket:
            self._take(answer.ticket)

    def _learn(self, waiting: tuple[Ticket, ...]) -> None:
        self._waiting = {ticket.order.ticket: ticket for ticket in waiting}
        self._show()

    def _take(self, ticket: Ticket) -> None:
        if ticket.state.ended:
            self._waiting.pop(ticket.order.ticket, None)
        else:
            self._waiting[ticket.order.ticket] = ticket
        self._show()

    def _asked(self) -> CapturedLine | None:
        """The first line of which nobody has said which drug it is."""
        unknown = self.ticket.unknown if self.ticket else ()
        return unknown[0] if unknown else None

    def _show(self) -> None:
        tickets = self._waiting.values()
        self.ticket = next((one for one in tickets if one.sale == self._sale), None)
        others = len(self._waiting) - (self.ticket is not None)
        words = translate("Till", "%1 more tickets wait (F4: the next one)")
        self.queue.setText(words.replace("%1", str(others)) if others else "")
        self.queue.setVisible(bool(others))
        self._show_ticket(self.ticket)
        self._show_unknown(self._asked())

    def _show_ticket(self, ticket: Ticket | None) -> None:
        if ticket is None:
            self.head.setText(translate("Till", "No ticket"))
            self.missing.setText("—")
            self.state.setText(
                translate("Till", "The till tells the sale: ring it up there. Then scan here.")
            )
            return
        head = translate("Till", "Ticket %1 · %2")
        head = head.replace("%2", _paid_by(ticket.order.payment))
        self.head.setText(head.replace("%1", ticket.order.ticket))
        if ticket.missing:
            lacking = translate("Till", "%1 codes missing").replace("%1", str(ticket.missing))
            self.missing.setText(lacking)
            self.state.setText(translate("Till", "Scan each box of the lines on the left."))
        elif ticket.state is TicketState.COMPLETE:
            self.missing.setText(translate("Till", "✓ complete"))
            self.state.setText(translate("Till", "Every code is there. Settle it at the till."))
        else:
            self.missing.setText("!")
            self.state.setText(_what_is_open(ticket))

    def _show_unknown(self, line: CapturedLine | None) -> None:
        self.unknown.setVisible(line is not None)
        if line is None:
            self._search.field.setPlaceholderText(self._usual_hint)
            return
        told = " ".join(part for part in (line.told.key, line.told.name, line.told.spec) if part)
        ask = translate("Till", "Which drug is line %1: %2? Look it up and press Enter.")
        said = ask.replace("%2", told).replace("%1", str(line.told.line))
        self.unknown.setText(said)
        self._search.field.setPlaceholderText(said)


def _paid_by(payment: PaymentKind) -> str:
    """Which kind of insurance a till has not told is nothing to scan by."""
    if payment is PaymentKind.UNTOLD:
        return translate("Till", "insured")
    return payment_word(payment)


def _what_is_open(ticket: Ticket) -> str:
    """Why a ticket with all its codes is not complete: a drug to be told, or what the gate says."""
    by_line = [
        (reason, [line.item.name] if line.item else [])
        for line in ticket.lines
        for reason in line.reasons
    ]
    for reason, drugs in (*((reason, []) for reason in ticket.reasons), *by_line):
        if blocking([reason], frozenset()):
            told = translate("Till", "%1. Put it right here, or change the ticket at the till.")
            return told.replace("%1", gate.reason_of(reason, drugs))
    return translate("Till", "A line's drug is still to be told.")
