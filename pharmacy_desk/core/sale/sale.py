"""The sale: lines, boxes, totals.

Lines need not have been typed here: a ticket from an existing till fills them the same way
(design, section 7). A line's quantity is what was asked for or what was scanned, whichever is
more, so that a scan-only sale needs no second count.
"""

from collections import Counter
from dataclasses import field, replace
from datetime import datetime
from enum import StrEnum

from pharmacy_desk.core.basics.payment import PaymentKind as PaymentKind
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drugs import Batch, Item
from pharmacy_desk.core.sale.online import OnlineOrder
from pharmacy_desk.core.sale.person import SalePerson
from pharmacy_desk.core.sale.prescription import Prescription
from pharmacy_desk.core.sale.tender import Taken, Tender
from pharmacy_desk.core.stock.no_code import NoCodeBox
from pharmacy_desk.core.stock.reservation import NotKnown

# A trace code of 码上放心 (facts on codes, section 1.1).
_TRACE_CHARS = 20


class SaleState(StrEnum):
    """Where a sale stands. Paid and voided are final."""

    OPEN = "open"
    HELD = "held"
    PAID = "paid"
    VOIDED = "voided"


class SaleOrigin(StrEnum):
    """Who took the money: this counter, or another till that told of it."""

    OWN = "own"
    TILL = "till"


class Cover(StrEnum):
    """Who pays a line of an insured sale; `core/sale/cover.py` tells by which lists.

    `BARRED` is what may not stand in the sale at all; where a store's policy lets it stand all the
    same, the customer pays it alone.
    """

    INSURED = "insured"
    OWN = "own"
    BARRED = "barred"


@dataclass(frozen=True, slots=True)
class Box:
    """One scanned box in a sale. `entry` is its place in the order of scanning.

    `units` counts what is sold of an opened box (拆零), None for a whole one; `typed` marks a code
    that was typed by hand (手工录入); `received` tells that it came in by a document; `not_known`
    that the keeper of reservations was silent when it came in, and still is.
    """

    entry: int
    code: str
    batch: Batch
    units: int | None = None
    typed: bool = False
    received: bool = True
    not_known: NotKnown | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """The boxes of a line that have one lot and stand on the same ground.

    `no_code` marks boxes of the no-code library (无码库); a part without boxes and without that
    mark holds boxes whose code is lacking.
    """

    batch: Batch
    boxes: tuple[Box, ...]
    count: int
    no_code: bool = False


@dataclass(frozen=True, slots=True)
class Repriced:
    """What one of a line cost before its price was changed at the counter, and why it was."""

    list_fen: int
    reason: str


@dataclass(frozen=True, slots=True)
class Line:
    """One drug in a sale: how many boxes were asked for and which were scanned.

    A `split` line sells units of opened boxes; its price is that of one unit. `no_code` are boxes
    that stand on the no-code library (无码库) instead of a code. A `gift` line (赠品) costs nothing
    and stands beside the paid line of the same drug. `price_fen` is what one is paid with, by the
    list unless it was `repriced`. `cover` tells who pays it in an insured sale, from the moment the
    insurance is asked; None in a self-paid one, and in sales of before it was kept.
    """

    number: int
    item: Item
    asked: int
    price_fen: int
    boxes: tuple[Box, ...] = ()
    split: bool = False
    no_code: tuple[NoCodeBox, ...] = ()
    gift: bool = False
    repriced: Repriced | None = None
    cover: Cover | None = None

    @property
    def special(self) -> bool:
        """True for 特药: trace codes that begin with 89 (facts on codes, section 1.1)."""
        told = [box.code for box in self.boxes if len(box.code) == _TRACE_CHARS]
        return any(code.startswith("89") for code in told or self.item.identifications)

    @property
    def quantity(self) -> int:
        """Boxes sold on this line; on a split line units."""
        if self.split:
            return sum(box.units or 0 for box in self.boxes)
        return max(self.asked, self._there)

    @property
    def every_box(self) -> tuple[Box | NoCodeBox, ...]:
        """Its boxes with a code, then those of the no-code library."""
        return (*self.boxes, *self.no_code)

    @property
    def _there(self) -> int:
        return len(self.boxes) + len(self.no_code)

    @property
    def lacking(self) -> int:
        """Boxes that still need their code scanned, or an entry of the no-code library."""
        if self.split or not self.item.needs_code:
            return 0
        return self.quantity - self._there

    @property
    def amount_fen(self) -> int:
        """Price of the line in fen."""
        return self.price_fen * self.quantity

    @property
    def list_fen(self) -> int:
        """What one of it costs by the list, in fen."""
        return self.repriced.list_fen if self.repriced else self.price_fen

    @property
    def discount_fen(self) -> int:
        """How much less than by the list the line costs, in fen; below 0 where it costs more."""
        return (self.list_fen - self.price_fen) * self.quantity

    def batches(self) -> tuple[tuple[Batch, tuple[Box, ...], int], ...]:
        """The line split by lot: (batch, boxes of it, how many). Boxes without a code go last."""
        return tuple((part.batch, part.boxes, part.count) for part in self.parts())

    def parts(self) -> tuple[Part, ...]:
        """The line split by lot, and by what its boxes stand on.

        An upload line carries one lot, so a line with two lots becomes two (facts, 2.5). A box
        known only by the item's current lot takes that lot; nothing is made up.
        """
        groups: dict[Batch, list[Box]] = {}
        for box in self.boxes:
            groups.setdefault(self.item.batch_of(box.batch), []).append(box)
        if self.split:
            return tuple(
                Part(batch, tuple(boxes), sum(box.units or 0 for box in boxes))
                for batch, boxes in groups.items()
            )
        made = [Part(batch, tuple(boxes), len(boxes)) for batch, boxes in groups.items()]
        unmarked = Counter(self.item.batch_of(box.batch) for box in self.no_code)
        made += [Part(batch, (), count, no_code=True) for batch, count in unmarked.items()]
        rest = self.quantity - self._there
        if rest:
            made.append(Part(self.item.batch, (), rest))
        return tuple(made)


@dataclass(frozen=True, slots=True)
class Settlement:
    """What the settlement answered: ids and how the total is split, in fen.

    The parts are 统筹基金, 个人账户, 共济账户 and 个人现金. What nobody told is None, never 0,
    and is printed and sent as not known. `typed` marks one that a person read off the
    insurance's own terminal or slip; `cancelled` one that was undone when goods came back.
    """

    setl_id: str
    mdtrt_id: str | None = None
    fund_fen: int | None = None
    account_fen: int | None = None
    mutual_fen: int | None = None
    cash_fen: int | None = None
    typed: bool = field(default=False, compare=False)
    cancelled: bool = field(default=False, compare=False)

    @property
    def parts(self) -> tuple[int | None, ...]:
        """Fund, account, mutual account, cash."""
        return self.fund_fen, self.account_fen, self.mutual_fen, self.cash_fen

    def adds_up(self, total_fen: int) -> bool:
        """False where the parts that were told cannot be the split of this total.

        A door that names no mutual account says three parts, and they must be the whole.
        """
        known = [part for part in self.parts if part is not None]
        if any(part < 0 for part in known):
            return False
        whole = None not in (self.fund_fen, self.account_fen, self.cash_fen)
        return sum(known) == total_fen if whole else sum(known) <= total_fen


@dataclass(frozen=True, slots=True)
class Sale:
    """A sale as the ledger holds it.

    `last_entry` and `last_line` number its newest entry and line, ended ones too.

    `head` is the chain's head when it was paid (epoch-seq and the hash's beginning), as the ledger
    tells it: printed on the receipt, it notes outside what the log held.

    `tendered_fen` is the cash that was handed over, where a person typed it; `taken` tells all
    tenders, None for a sale of before they were kept.

    `order` is the online order it is picked for, `person` whom it is for, as far as anybody had
    to know; `prescription` the one its prescription drugs are sold on, with what sales before it
    have taken. `resettles` is the insured sale whose kept goods it settles anew (退货重结). Of
    a sale that another till was paid for (`origin`) `ticket` is its number there, if it told one.
    """

    number: str
    state: SaleState
    counter: str
    operator: str
    opened_at: datetime
    lines: tuple[Line, ...] = ()
    held_at: datetime | None = None
    paid_at: datetime | None = None
    payment: PaymentKind | None = None
    settlement: Settlement | None = None
    tendered_fen: int | None = None
    taken: Taken | None = None
    upload_serial: str | None = None
    last_entry: int = 0
    last_line: int = 0
    order: OnlineOrder | None = None
    person: SalePerson | None = None
    prescription: Prescription | None = None
    resettles: str = ""
    origin: SaleOrigin = SaleOrigin.OWN
    ticket: str = ""
    head: str = field(default="", compare=False)

    @property
    def total_fen(self) -> int:
        """What the customer owes, in fen."""
        return sum(line.amount_fen for line in self.lines)

    def insures(self, line: Line) -> bool:
        """True when the insurance is asked for this line; of a sale of before covers for all."""
        if line.cover is None:
            paid_so = self.payment is not None and self.payment.insured
            return paid_so or self.settlement is not None
        return line.cover is Cover.INSURED

    @property
    def insured_fen(self) -> int:
        """What the insurance is asked to settle, in fen."""
        return sum(line.amount_fen for line in self.lines if self.insures(line))

    @property
    def own_fen(self) -> int:
        """What stands beside it and is paid by the customer alone, in fen."""
        return self.total_fen - self.insured_fen

    @property
    def mixed(self) -> bool:
        """True where insured lines and lines the customer pays alone stand in one sale."""
        return {self.insures(line) for line in self.lines if line.cover} == {True, False}

    def insured_part(self) -> "Sale":
        """The sale as the insurance is asked about it: its insured lines alone."""
        return replace(self, lines=tuple(line for line in self.lines if self.insures(line)))

    @property
    def discount_fen(self) -> int:
        """How much less than by the list all lines cost, in fen."""
        return sum(line.discount_fen for line in self.lines)

    @property
    def change_fen(self) -> int:
        """Change due for what was tendered, in fen; nothing when nothing was tendered or owed.

        How much of an insured sale is owed in cash is known only where the split was told.
        """
        if self.taken is not None:
            return self.taken.change_fen
        if self.owed_fen is None or self.tendered_fen is None:
            return 0
        return max(0, self.tendered_fen - self.owed_fen)

    @property
    def tenders(self) -> tuple[Tender, ...]:
        """How the customer paid, as handed over; nothing for a sale of before tenders were kept."""
        return self.taken.tenders if self.taken else ()

    @property
    def open_fen(self) -> int:
        """What of the customer's part no tender was told for, in fen; below nothing: too much was.

        Only a sum that was told after the tenders were leaves one.
        """
        if self.taken is None or self.owed_fen is None:
            return 0
        taken = self.taken
        handed_fen = sum(tender.amount_fen for tender in taken.tenders)
        return self.owed_fen - taken.rounded_fen - handed_fen + taken.change_fen

    @property
    def owed_fen(self) -> int | None:
        """What the customer pays by herself, in fen; None where the split was not told.

        Her part of what the insurance settled, and all that stands beside it.
        """
        if self.settlement is None:
            return self.total_fen
        cash_fen = self.settlement.cash_fen
        return None if cash_fen is None else cash_fen + self.own_fen

    @property
    def box_count(self) -> int:
        """Whole boxes sold (盒); units of opened boxes are none."""
        return sum(line.quantity for line in self.lines if not line.split)

    @property
    def code_count(self) -> int:
        """Trace codes held (码)."""
        return sum(len(line.boxes) for line in self.lines)

    @property
    def full(self) -> frozenset[str]:
        """Item codes of which every box that was asked for is there."""
        return self.items - {line.item.code for line in self.lines if line.lacking}

    @property
    def items(self) -> frozenset[str]:
        """Item codes that have a line."""
        return frozenset(line.item.code for line in self.lines)

    def line_of(self, item: str, *, split: bool = False) -> Line | None:
        """The line of this item, if it has one; units of opened boxes have a line of their own."""
        lines = [
            line
            for line in self.lines
            if line.item.code == item and line.split is split and not line.gift
        ]
        # A till may tell several lines of one drug: the first that still wants a box comes first.
        return next((line for line in lines if line.lacking), lines[0] if lines else None)

    def gift_of(self, item: str) -> Line | None:
        """The gift line of this item, if it has one."""
        return next((ln for ln in self.lines if ln.item.code == item and ln.gift), None)

    def line_for(self, item: str, *, split: bool = False, chosen: int | None = None) -> Line | None:
        """The line that the next box of this item goes to; None when it opens a paid one.

        The line a person has chosen, by its number; else the paid one until its asked boxes are
        scanned, then a gift that still lacks its box. Nothing is given away by default.
        """
        paid, gift = self.line_of(item, split=split), self.gift_of(item)
        if split or gift is None:
            return paid
        for line in (paid, gift):
            if line and line.number == chosen:
                return line
        return gift if gift.lacking and not (paid and paid.lacking) else paid

    def with_box(self, line: int, item: Item, box: Box) -> "Sale":
        """The sale with one box more, as the ledger holds it after the box's reservation."""
        if any(there.number == line for there in self.lines):
            lines = tuple(
                replace(there, boxes=(*there.boxes, box)) if there.number == line else there
                for there in self.lines
            )
        else:
            split = box.units is not None
            price_fen = item.unit_price_fen if split else item.price_fen
            lines = (
                *self.lines,
                Line(
                    number=line, item=item, asked=0, price_fen=price_fen, boxes=(box,), split=split
                ),
            )
        last_line = max(self.last_line, line)
        return replace(self, lines=lines, last_entry=box.entry, last_line=last_line)

    def no_code_numbers(self) -> tuple[str, ...]:
        """The library's entries that boxes of this sale stand on, one for each box."""
        return tuple(box.number for line in self.lines for box in line.no_code)

    def codes(self) -> tuple[str, ...]:
        """Every trace code in the sale, in the order of its lines and scans."""
        return tuple(box.code for line in self.lines for box in line.boxes)
