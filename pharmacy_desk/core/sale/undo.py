"""Cancel (整单冲正) and return (退货重结) of an insured sale.

The settlement is cancelled first, whole by its number (facts on the trade, section 3, "reviewed
practice"); only then is anything told of boxes. What the customer keeps is settled anew and goes on
as a sale of its own, linked to the old one.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.sale.refund import (
    CameBack,
    ReturnLine,
    ReturnRefusal,
    Wanted,
    pieces,
    return_plan,
)
from pharmacy_desk.core.sale.sale import Line, Sale, SaleState, Settlement
from pharmacy_desk.core.sale.tender import (
    EXACT_CASH,
    Taken,
    Tender,
    Tendered,
    TenderKind,
    refund,
)


class UndoState(StrEnum):
    """What is known of a cancelling. A lost answer is `unknown`, and is asked about again."""

    ASKED = "asked"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    DONE = "done"

    @property
    def open(self) -> bool:
        """True while the insurance may have cancelled the settlement without our knowing."""
        return self in (UndoState.ASKED, UndoState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Undo:
    """A settlement that is to be cancelled, and what comes back then.

    `number` is the return document's, taken before anything is asked; `settlement` the cancelled
    one's id in the ledger; `anew` the sale that what is kept goes on as, once it is there.
    """

    number: str
    sale: str
    settlement: str
    reason: str
    wanted: tuple[Wanted, ...]
    state: UndoState = UndoState.ASKED
    words: str = ""
    anew: str = ""


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """What comes back, and what the customer keeps that is to be settled anew."""

    back: tuple[ReturnLine, ...]
    kept: tuple[ReturnLine, ...] = ()

    @property
    def lines(self) -> tuple[ReturnLine, ...]:
        """Every line of the return document: the old sale's upload lines all end."""
        return self.back + self.kept


@dataclass(frozen=True, slots=True)
class Refund:
    """What an undoing comes to: the parts as the insurance told them, and the customer's own money.

    `own_fen` is what of the customer's alone was taken off the old sale, `anew` the sale that was
    settled in its place, `taken` how she had paid. `held_fen` is what she had paid by herself and
    not had back, `before_fen` what she had had back. What nobody told is None.
    """

    cancelled: Settlement
    own_fen: int
    anew: Sale | None = None
    taken: Taken | None = None
    held_fen: int | None = None
    before_fen: int = 0

    @property
    def cash_fen(self) -> int | None:
        """What the customer gets back of her own money; below 0 where she still owes.

        What was rounded off (抹零) she never paid, then nor now.
        """
        before = self.cancelled.cash_fen
        after = self.anew.owed_fen if self.anew else 0
        if before is None or after is None:
            return None
        back_fen = before + self.own_fen
        if self.held_fen is not None:
            back_fen = min(back_fen, self.held_fen)
        rounded_fen = self.anew.taken.rounded_fen if self.anew and self.anew.taken else 0
        return back_fen - (after - rounded_fen)

    @property
    def tenders(self) -> tuple[Tender, ...]:
        """By which tenders that goes back: as it was paid; nothing where it was not kept."""
        back_fen = max(0, self.cash_fen or 0)
        return refund(self.taken, self.before_fen, back_fen) if self.taken else ()


def paid_again(sale: Sale) -> Tendered:
    """By what her part of the kept goods is taken: as she paid most of it before."""
    net = sale.taken.net if sale.taken else {}
    most = max(net, key=lambda kind: net[kind], default=TenderKind.CASH)
    # What a commercial insurance pays beside it has a case number of its own.
    if most in (TenderKind.CASH, TenderKind.COMMERCIAL):
        return EXACT_CASH
    return Tendered(rest=most)


def everything(sale: Sale, before: Iterable[CameBack]) -> tuple[Wanted, ...]:
    """All of a sale that can still come back."""
    return tuple(
        Wanted(piece.line.number, piece.entry, piece.returnable)
        for piece in pieces(sale, before)
        if piece.returnable
    )


def undo_plan(
    sale: Sale | None, before: Sequence[CameBack], wanted: Sequence[Wanted], reason: str
) -> UndoPlan | ReturnRefusal:
    """What comes back and what is settled anew, or why nothing of it is done.

    Lines of the customer's alone stay as they are where nothing insured is kept. Units of opened
    boxes and boxes of the no-code library do not move to another sale.
    """
    back = return_plan(sale, before, wanted, reason)
    if isinstance(back, ReturnRefusal) or sale is None:
        return back if isinstance(back, ReturnRefusal) else ReturnRefusal.NO_SUCH_RECEIPT
    taken = {(one.piece.line.number, one.piece.entry): one.quantity for one in back}
    left = [
        (piece, piece.left - taken.get((piece.line.number, piece.entry), 0))
        for piece in pieces(sale, before)
    ]
    kept = tuple(ReturnLine(piece, count) for piece, count in left if count > 0)
    if not any(sale.insures(one.piece.line) for one in kept):
        return UndoPlan(back)
    if any(one.piece.units is not None for one in kept):
        return ReturnRefusal.IN_PARTS
    if any(one.piece.no_code for one in kept):
        return ReturnRefusal.KEPT_WITHOUT_CODE
    return UndoPlan(back, kept)


def touches_settlement(sale: Sale, plan: UndoPlan) -> bool:
    """True when something comes back that the insurance has paid."""
    return any(sale.insures(one.piece.line) for one in plan.back)


def own_fen(sale: Sale, plan: UndoPlan) -> int:
    """What of the customer's alone is taken off the old sale, in fen."""
    own = [one for one in plan.lines if not sale.insures(one.piece.line)]
    return sum(one.refund_fen for one in own)


def kept_sale(sale: Sale, plan: UndoPlan, number: str, operator: str, at: datetime) -> Sale:
    """The sale that what is kept goes on as, put aside until it is settled."""
    numbers = dict.fromkeys(one.piece.line.number for one in plan.kept)
    by_line = {line.number: line for line in sale.lines}
    return Sale(
        number=number,
        state=SaleState.HELD,
        counter=sale.counter,
        operator=operator,
        opened_at=at,
        lines=tuple(_kept_line(by_line[line], plan.kept) for line in numbers),
        order=sale.order,
        prescription=sale.prescription,
        resettles=sale.number,
    )


def _kept_line(line: Line, kept: Sequence[ReturnLine]) -> Line:
    """A line as far as it is kept; goods without a code are counted by what was asked for."""
    mine = [one for one in kept if one.piece.line.number == line.number]
    boxes = {one.piece.entry for one in mine}
    uncoded = sum(one.quantity for one in mine if one.piece.entry is None)
    there = tuple(box for box in line.boxes if box.entry in boxes)
    return Line(
        number=line.number,
        item=line.item,
        asked=len(there) + uncoded if uncoded else 0,
        price_fen=line.price_fen,
        boxes=there,
        gift=line.gift,
        repriced=line.repriced,
        cover=line.cover,
    )
