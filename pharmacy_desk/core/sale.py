"""The sale: lines, boxes, totals, and the gate that says whether it may be paid.

Lines need not have been typed here: a ticket from an existing till fills them the same way
(design, section 7). A line's quantity is what was asked for or what was scanned, whichever is
more, so that a scan-only sale needs no second count.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from pharmacy_desk.core.drugs import Batch, Item
from pharmacy_desk.core.policy import Action, Policy, Reason


class SaleState(StrEnum):
    """Where a sale stands. Paid and voided are final."""

    OPEN = "open"
    HELD = "held"
    PAID = "paid"
    VOIDED = "voided"


class PaymentKind(StrEnum):
    """How a sale is paid for: 自费 / 个人账户 / 门诊统筹 / 门诊慢特病 / 双通道 / 工伤."""

    SELF = "self"
    ACCOUNT = "account"
    POOLED = "pooled"
    CHRONIC = "chronic"
    DUAL = "dual"
    INJURY = "injury"

    @property
    def insured(self) -> bool:
        """True for every kind the insurance fund or account settles."""
        return self is not PaymentKind.SELF


@dataclass(frozen=True, slots=True)
class Box:
    """One scanned box in a sale. `entry` is its place in the order of scanning.

    `units` counts what is sold of an opened box (拆零), None for a whole one; `typed` marks a code
    that was typed by hand (手工录入).
    """

    entry: int
    code: str
    batch: Batch
    units: int | None = None
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One drug in a sale: how many boxes were asked for and which were scanned.

    A `split` line sells units of opened boxes; its price is that of one unit.
    """

    number: int
    item: Item
    asked: int
    price_fen: int
    boxes: tuple[Box, ...] = ()
    split: bool = False

    @property
    def quantity(self) -> int:
        """Boxes sold on this line; on a split line units."""
        if self.split:
            return sum(box.units or 0 for box in self.boxes)
        return max(self.asked, len(self.boxes))

    @property
    def lacking(self) -> int:
        """Boxes that still need their code scanned."""
        if self.split or not self.item.needs_code:
            return 0
        return self.quantity - len(self.boxes)

    @property
    def amount_fen(self) -> int:
        """Price of the line in fen."""
        return self.price_fen * self.quantity

    def batches(self) -> tuple[tuple[Batch, tuple[Box, ...], int], ...]:
        """The line split by lot: (batch, boxes of it, how many). Boxes without a code go last.

        An upload line carries one lot, so a line with two lots becomes two (facts, 2.5). A box
        known only by the item's current lot takes that lot; nothing is made up.
        """
        groups: dict[Batch, list[Box]] = {}
        for box in self.boxes:
            groups.setdefault(self.item.batch_of(box.batch), []).append(box)
        if self.split:
            return tuple(
                (batch, tuple(boxes), sum(box.units or 0 for box in boxes))
                for batch, boxes in groups.items()
            )
        rows = [(batch, tuple(boxes), len(boxes)) for batch, boxes in groups.items()]
        rest = self.quantity - len(self.boxes)
        if rest:
            rows.append((self.item.batch, (), rest))
        return tuple(rows)


@dataclass(frozen=True, slots=True)
class Settlement:
    """What the settlement answered: ids and how the total is split, in fen."""

    setl_id: str
    mdtrt_id: str
    fund_fen: int = 0
    account_fen: int = 0
    cash_fen: int = 0


@dataclass(frozen=True, slots=True)
class Sale:
    """A sale as the ledger holds it. `last_entry` numbers its newest entry, ended ones too."""

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
    upload_serial: str | None = None
    last_entry: int = 0

    @property
    def total_fen(self) -> int:
        """What the customer owes, in fen."""
        return sum(line.amount_fen for line in self.lines)

    @property
    def change_fen(self) -> int:
        """Change due for what was tendered, in fen; nothing when nothing was tendered."""
        owed = self.settlement.cash_fen if self.settlement else self.total_fen
        return max(0, (self.tendered_fen or 0) - owed) if self.tendered_fen is not None else 0

    @property
    def box_count(self) -> int:
        """Whole boxes sold (盒); units of opened boxes are none."""
        return sum(line.quantity for line in self.lines if not line.split)

    @property
    def code_count(self) -> int:
        """Trace codes held (码)."""
        return sum(len(line.boxes) for line in self.lines)

    @property
    def items(self) -> frozenset[str]:
        """Item codes that have a line."""
        return frozenset(line.item.code for line in self.lines)

    def line_of(self, item: str, *, split: bool = False) -> Line | None:
        """The line of this item, if it has one; units of opened boxes have a line of their own."""
        lines = (line for line in self.lines if line.item.code == item and line.split is split)
        return next(lines, None)

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
            lines = (*self.lines, Line(line, item, 0, price_fen, (box,), split))
        return replace(self, lines=lines, last_entry=box.entry)

    def codes(self) -> tuple[str, ...]:
        """Every trace code in the sale, in the order of its lines and scans."""
        return tuple(box.code for line in self.lines for box in line.boxes)


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why a sale is not paid: what follows, and which lines or how many boxes."""

    reason: Reason
    action: Action
    lines: tuple[int, ...] = ()
    boxes: int = 0


def gate(sale: Sale, payment: PaymentKind, settled: bool, policy: Policy) -> tuple[Refusal, ...]:
    """Every gate reason that holds for paying `sale` this way, each with what its cell says.

    An insured sale needs every code, payable drugs, lots and dates, and a settlement
    (facts on the trade, section 1; contracts, section 5).
    """
    insured = payment.insured
    found: list[tuple[Reason, Sequence[Line]]] = [
        (Reason.MISSING_CODES, [line for line in sale.lines if line.lacking]),
        (Reason.NO_LOT, [line for line in sale.lines if not _batch_known(line)]),
    ]
    if insured:
        payable = [line for line in sale.lines if not line.item.insurance_payable]
        found.insert(1, (Reason.NOT_PAYABLE, payable))
    refusals = [
        Refusal(
            reason,
            policy.of_reason(reason, insured),
            tuple(line.number for line in lines),
            sum(line.lacking for line in lines),
        )
        for reason, lines in found
        if lines
    ]
    if insured and not settled:
        action = policy.of_reason(Reason.NO_SETTLEMENT, insured)
        refusals.append(Refusal(Reason.NO_SETTLEMENT, action))
    return tuple(r for r in refusals if r.action is not Action.ALLOW)


def _batch_known(line: Line) -> bool:
    if not line.item.needs_batch:
        return True
    return all(batch.complete for batch, _, _ in line.batches())


def blocking(refusals: Sequence[Refusal], approved: frozenset[Reason]) -> tuple[Refusal, ...]:
    """The refusals that stop the payment: blocked cells, and approvals nobody has given."""
    return tuple(
        refusal
        for refusal in refusals
        if refusal.action is Action.BLOCK
        or (refusal.action in (Action.APPROVE, Action.ASK) and refusal.reason not in approved)
    )
