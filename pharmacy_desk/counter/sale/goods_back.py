"""顾客退货: what a customer brings back of a receipt, as one document. Runs on the desk lane."""

from collections.abc import Callable, Sequence
from datetime import datetime

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.people.free_text import kept
from pharmacy_desk.core.ports.after_sale import ReturnsLedger
from pharmacy_desk.core.ports.events import EventLedger
from pharmacy_desk.core.ports.no_code import NoCodeLedger
from pharmacy_desk.core.ports.outbox import OutboxLedger
from pharmacy_desk.core.ports.sales import SalesLedger
from pharmacy_desk.core.sale.refund import (
    Piece,
    ReturnDocument,
    ReturnLine,
    ReturnRefusal,
    Wanted,
    held_fen,
    return_plan,
)
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.core.upload.message import Sender, return_line
from pharmacy_desk.core.upload.outbox import OutboxLine
from pharmacy_desk.core.upload.profile import Profile
from pharmacy_desk.counter.sale.keeper import Keeper


class GoodsBack:
    """Takes sold goods back: boxes by code, boxes of the no-code library, goods without a code."""

    def __init__(
        self,
        *,
        sales: SalesLedger,
        returns: ReturnsLedger,
        no_code: NoCodeLedger,
        outbox: OutboxLedger,
        events: EventLedger,
        keeper: Keeper,
        sender: Callable[[], Sender],
        profile: Profile,
    ) -> None:
        self._sales = sales
        self._returns = returns
        self._no_code = no_code
        self._outbox = outbox
        self._events = events
        self._keeper = keeper
        self._sender = sender
        self._profile = profile

    def take(
        self, actor: Actor, receipt: str, wanted: Sequence[Wanted], reason: str
    ) -> ReturnDocument | ReturnRefusal:
        """Take it all back by one document, or nothing of it."""
        sale = self._sales.find_sale(receipt)
        before = self._returns.came_back(sale.number) if sale else ()
        plan = return_plan(sale, before, wanted, reason)
        if isinstance(plan, ReturnRefusal) or sale is None:
            return plan if isinstance(plan, ReturnRefusal) else ReturnRefusal.NO_SUCH_RECEIPT
        document = ReturnDocument(
            number=self._events.take_document(),
            sale=sale.number,
            reason=kept(reason, actor.at.date()),
            lines=plan,
            held_fen=held_fen(sale, sum(one.refund_fen for one in before)),
        )
        uploads = self.uploads(sale, document, actor.at)
        if not self._returns.post_return(actor, document, uploads):
            return ReturnRefusal.BEFORE
        self._keeper.tell_unheard()
        return document

    def take_box(
        self, actor: Actor, receipt: str, code: str, reason: str
    ) -> ReturnDocument | ReturnRefusal:
        """Take back one box by its code."""
        return self.take(actor, receipt, [self.place_of(receipt, code)], reason)

    def place_of(self, receipt: str, code: str) -> Wanted:
        """Where a code stands on a receipt; a place that no sale has where it is not on it."""
        sale = self._sales.find_sale(receipt)
        found = (
            Wanted(line.number, box.entry)
            for line in (sale.lines if sale else ())
            for box in line.boxes
            if box.code == code
        )
        return next(found, Wanted(0))

    def uploads(self, sale: Sale, document: ReturnDocument, at: datetime) -> tuple[OutboxLine, ...]:
        """A line for each uploaded line that goods leave, all its boxes together."""
        groups: dict[str, tuple[OutboxLine, list[ReturnLine]]] = {}
        for line in document.every_line:
            sold = self._sold(sale, line.piece)
            if sold is not None:
                groups.setdefault(sold.key, (sold, []))[1].append(line)
        return tuple(
            return_line(
                number=document.number,
                sale=sale,
                line=lines[0].piece.line,
                codes=tuple(one.piece.code for one in lines if one.piece.code),
                sold=sold,
                reason=document.reason,
                at=at,
                sender=self._sender(),
                profile=self._profile,
                place=place,
                count=sum(one.quantity for one in lines),
            )
            for place, (sold, lines) in enumerate(groups.values(), 1)
        )

    def _sold(self, sale: Sale, piece: Piece) -> OutboxLine | None:
        """The line by which this was told to the platform when it was sold."""
        item, price_fen = piece.line.item.code, piece.line.price_fen
        if piece.code:
            return self._outbox.sold_line(sale.number, piece.code)
        if piece.no_code:
            batch = piece.batch
            return self._no_code.sold_no_code_line(sale.number, item, batch, price_fen)
        return self._returns.sold_uncoded_line(sale.number, item, price_fen)
