"""顾客退货: what of a paid sale may come back, and what the goods cost.

A receipt comes back line by line: boxes by their code, boxes of the no-code library by their entry,
goods that were sold without a code by number. One visit of a customer is one document, and it is
whole or not at all. What was given for nothing gives nothing back; a box sold in parts stays sold.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.sale.sale import Line, Sale, SaleState


class ReturnRefusal(StrEnum):
    """Why nothing of a receipt is taken back."""

    NOTHING_CHOSEN = "nothing_chosen"
    NO_REASON = "no_reason"
    NO_SUCH_RECEIPT = "no_such_receipt"
    NOT_ON_RECEIPT = "not_on_receipt"
    IN_PARTS = "sold_in_parts"
    BEFORE = "already_returned"
    KEPT_WITHOUT_CODE = "kept_without_code"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a customer brings: a box by its entry in the sale, or a number of a line's goods."""

    line: int
    entry: int | None = None
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class CameBack:
    """What has come back before; `restored` when it went on the shelf again (撤销).

    `moved_to` is the sale it went on as where it was settled anew (退货重结): it never came back.
    """

    document: str
    line: int
    entry: int | None
    quantity: int
    refund_fen: int
    at: datetime
    operator: str
    restored: bool = False
    moved_to: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One row of an opened receipt: a box, or all goods of a line that were sold without a code.

    `units` are those of a box sold in parts (拆零), `no_code` its entry in the no-code library.
    """

    line: Line
    entry: int | None
    code: str
    batch: Batch
    sold: int
    back: tuple[CameBack, ...] = ()
    units: int | None = None
    no_code: str = ""

    @property
    def left(self) -> int:
        """How many are still with the customer."""
        return self.sold - sum(one.quantity for one in self.back)

    @property
    def returnable(self) -> int:
        """How many may come back."""
        return 0 if self.units is not None else self.left


@dataclass(frozen=True, slots=True)
class OpenedReceipt:
    """A paid sale as it is opened to be looked at, printed or taken back."""

    sale: Sale
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """A line of a return document."""

    piece: Piece
    quantity: int

    @property
    def refund_fen(self) -> int:
        """What these goods cost, in fen."""
        return self.piece.line.price_fen * self.quantity


@dataclass(frozen=True, slots=True)
class ReturnDocument:
    """Everything that one customer brings back of one receipt, at once.

    `kept` are goods she keeps: they leave the receipt and go on as the sale `anew`. `held_fen` is
    what she had paid of it by herself and not had back; None where nobody told.
    """

    number: str
    sale: str
    reason: str
    lines: tuple[ReturnLine, ...]
    kept: tuple[ReturnLine, ...] = ()
    anew: str = ""
    held_fen: int | None = None

    @property
    def every_line(self) -> tuple[ReturnLine, ...]:
        """What comes back, then what goes on as another sale."""
        return self.lines + self.kept

    @property
    def refund_fen(self) -> int:
        """What the goods that come back cost, in fen."""
        return sum(line.refund_fen for line in self.lines)

    @property
    def give_fen(self) -> int:
        """What she is given for them: what was rounded off (抹零) she never paid."""
        cost_fen = self.refund_fen
        return cost_fen if self.held_fen is None else min(cost_fen, self.held_fen)

    @property
    def boxes(self) -> int:
        """How many boxes come back."""
        return sum(line.quantity for line in self.lines)


def pieces(sale: Sale, before: Iterable[CameBack] = ()) -> tuple[Piece, ...]:
    """A paid sale row by row, with what has come back of each, in the order of its lines."""
    back: dict[tuple[int, int | None], list[CameBack]] = {}
    for one in before:
        back.setdefault((one.line, one.entry), []).append(one)
    return tuple(piece for line in sale.lines for piece in _of_line(line, back) if piece.sold)


def _of_line(line: Line, back: dict[tuple[int, int | None], list[CameBack]]) -> Iterable[Piece]:
    def came(entry: int | None) -> tuple[CameBack, ...]:
        return tuple(back.get((line.number, entry), ()))

    for box in line.boxes:
        batch = line.item.batch_of(box.batch)
        units = box.units
        yield Piece(
            line=line,
            entry=box.entry,
            code=box.code,
            batch=batch,
            sold=1,
            back=came(box.entry),
            units=units,
        )
    for one in line.no_code:
        batch = line.item.batch_of(one.batch)
        yield Piece(
            line=line,
            entry=one.entry,
            code="",
            batch=batch,
            sold=1,
            back=came(one.entry),
            no_code=one.number,
        )
    if not line.split:
        uncoded = line.quantity - len(line.every_box)
        yield Piece(
            line=line, entry=None, code="", batch=line.item.batch, sold=uncoded, back=came(None)
        )


def return_plan(
    sale: Sale | None, before: Iterable[CameBack], wanted: Sequence[Wanted], reason: str
) -> tuple[ReturnLine, ...] | ReturnRefusal:
    """The lines of the document that takes this back, or why nothing of it is taken back."""
    if sale is None or sale.state is not SaleState.PAID:
        return ReturnRefusal.NO_SUCH_RECEIPT
    if not wanted or any(one.quantity < 1 for one in wanted):
        return ReturnRefusal.NOTHING_CHOSEN
    if not reason.strip():
        return ReturnRefusal.NO_REASON
    known = {(piece.line.number, piece.entry): piece for piece in pieces(sale, before)}
    asked: dict[tuple[int, int | None], int] = {}
    for one in wanted:  # the same box named twice is one too many, not one
        place = (one.line, one.entry)
        asked[place] = asked.get(place, 0) + one.quantity
    for place, quantity in asked.items():
        refused = _why_not(known.get(place), quantity)
        if refused:
            return refused
    return tuple(ReturnLine(known[place], asked[place]) for place in known if place in asked)


def _why_not(piece: Piece | None, quantity: int) -> ReturnRefusal | None:
    if piece is None or quantity > piece.sold:
        return ReturnRefusal.NOT_ON_RECEIPT
    if piece.units is not None:
        return ReturnRefusal.IN_PARTS
    return ReturnRefusal.BEFORE if quantity > piece.left else None


def held_fen(sale: Sale, before_fen: int) -> int | None:
    """What the customer has paid of a sale by herself and not had back, in fen; None: not told."""
    if sale.owed_fen is None or sale.taken is None:
        return None
    return sale.owed_fen - sale.taken.rounded_fen - before_fen
