"""Judge a reading: may this box be in this sale, and if not, why.

The store gives the facts, this module the verdict. A verdict says where its knowledge comes from
and how old it is, so that a green never claims more than is known (design, invariant 6).
"""

from dataclasses import replace
from datetime import date, timedelta

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.policy import FIXED_VERDICTS, Action, Policy, VerdictName
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drugs import NO_BATCH, Batch, Category, Item
from pharmacy_desk.core.scanning.scan import Kind, Problem, Reading
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.facts import (
    BoxRecord,
    ClaimState,
    Earlier,
    PackFacts,
    Recall,
)
from pharmacy_desk.core.stock.reservation import NotKnown


@dataclass(frozen=True, slots=True)
class BoxFacts:
    """What the store knows about a reading, told to the judge.

    `level` is the pack level that the three-code map tells of its identification (1 = smallest).
    `not_known` is there when the keeper of reservations does not answer.
    """

    earlier: Earlier | None = None
    items: tuple[Item, ...] = ()
    proposed: Item | None = None
    record: BoxRecord | None = None
    pack: PackFacts | None = None
    level: int = 1
    not_known: NotKnown | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to one scan. `action` is what follows; the box is in when `accepted`.

    `at_payment` names the payment kinds whose gate will stop the box; `repeats` counts how often
    this person has scanned the same box in vain in this sale. Of a till's `ticket`, `full` tells
    that every box of this drug that it asks for is there already.
    """

    name: VerdictName
    action: Action
    reading: Reading
    item: Item | None = None
    batch: Batch = NO_BATCH
    earlier: Earlier | None = None
    candidates: tuple[Item, ...] = ()
    proposed: Item | None = None
    silent: bool = False
    record: BoxRecord | None = None
    pack: PackFacts | None = None
    recall: Recall | None = None
    at_payment: tuple[tuple[PaymentKind, Action], ...] = ()
    repeats: int = 0
    not_known: NotKnown | None = None
    ticket: bool = False
    full: bool = False

    @property
    def accepted(self) -> bool:
        """True when the box may be reserved in the sale."""
        return self.name in _BOX_VERDICTS and self.action in (Action.ALLOW, Action.WARN)

    @property
    def refuses(self) -> bool:
        """True when no way of paying and nobody's approval lets the box through."""
        return self.name not in (*_BOX_VERDICTS, VerdictName.EXEMPT)


_BOX_VERDICTS = frozenset(
    {
        VerdictName.OK,
        VerdictName.OK_UNRECEIVED,
        VerdictName.OK_SPLIT,
        VerdictName.NOT_KNOWN,
        VerdictName.NEAR_EXPIRY,
        VerdictName.EXPIRED,
        VerdictName.NOT_ON_SALE_LINE,
    }
)
# A doubt whether the box is free is said before these; an opened box goes on being sold in units,
# and what is refused at the scan is refused whoever has it. The gate looks at the mark itself.
_HIDDEN_BY_DOUBT = frozenset({VerdictName.OK, VerdictName.OK_UNRECEIVED, VerdictName.NEAR_EXPIRY})
# Where a box is that is not for sale, and the refusal that says so.
_ELSEWHERE = {
    BoxState.USED_UP: VerdictName.SPLIT_EXHAUSTED,
    BoxState.RETURNED: VerdictName.RETURNED_HOLD,
    BoxState.REFUSED: VerdictName.RETURNED_HOLD,
    BoxState.TO_SUPPLIER: VerdictName.TRANSFERRED_OUT,
    BoxState.TRANSFERRED_OUT: VerdictName.TRANSFERRED_OUT,
    BoxState.DESTROYED: VerdictName.DESTROYED,
    BoxState.BROKEN: VerdictName.OUTER_PACK,
}


@dataclass(frozen=True, slots=True)
class Bench:
    """What the judge must know besides the box: the sale, the day, the policy, near-expiry days.

    `asked_only` refuses boxes of drugs that no line has asked for; `recalls` are the open ones;
    `payment` is how the sale will be paid, once that is chosen. `coded` are the
    classes of devices whose UDI is kept as the code of its box, and asked for, in this region.
    A `ticket` of another till takes what it asks for and nothing else: `full` are its drugs of
    which every box is there.
    """

    sale: str | None
    items_in_sale: frozenset[str]
    today: date
    policy: Policy
    near_expiry_days: int
    counter: str = ""
    asked_only: bool = False
    recalls: tuple[Recall, ...] = ()
    payment: PaymentKind | None = None
    coded: frozenset[Category] = frozenset()
    ticket: bool = False
    full: frozenset[str] = frozenset()


def judge(reading: Reading, facts: BoxFacts, bench: Bench) -> Verdict:
    """The verdict on one reading. Refusals about the code come before those about the drug."""

    def say(
        name: VerdictName,
        item: Item | None = None,
        batch: Batch = NO_BATCH,
        recall: Recall | None = None,
    ) -> Verdict:
        action = bench.policy.at_scan(name, bench.payment)
        if name is VerdictName.NOT_ON_SALE_LINE and bench.ticket:
            action = Action.BLOCK
        return Verdict(
            name=name,
            action=action,
            reading=reading,
            item=item,
            batch=batch,
            earlier=facts.earlier,
            candidates=facts.items,
            proposed=facts.proposed,
            silent=False,
            record=facts.record,
            pack=facts.pack,
            recall=recall,
            at_payment=() if name in FIXED_VERDICTS else bench.policy.at_payment(name),
            not_known=facts.not_known,
            ticket=bench.ticket,
            full=item is not None and item.code in bench.full,
        )

    device = _device(reading, facts, bench)
    if device and not (device.category in bench.coded and reading.code and reading.serial):
        return say(_by_life(facts, bench) or VerdictName.EXEMPT, device)
    if reading.kind is Kind.DAMAGED:
        return say(VerdictName.DAMAGED)
    if reading.kind is Kind.PRODUCT_BARCODE and facts.items:
        item = _choose(facts.items, bench.items_in_sale) or facts.items[0]
        return say(VerdictName.ITEM if item.needs_code else VerdictName.EXEMPT, item)
    if not device and not reading.is_trace and not reading.code_needs_map:
        return say(VerdictName.NOT_TRACE)
    chosen = _choose(facts.items, bench.items_in_sale)
    refused = _by_life(facts, bench)
    if refused:
        return say(refused, chosen)
    if chosen is None:
        return say(VerdictName.UNMAPPED)
    name, batch, recall = _of_drug(reading, facts.record, chosen, bench)
    if facts.not_known and name in _HIDDEN_BY_DOUBT:
        name = VerdictName.NOT_KNOWN
    return say(name, chosen, batch, recall)


def judge_again(reading: Reading, facts: BoxFacts, bench: Bench, item: Item) -> Verdict:
    """The verdict on a box that is in the sale of `bench` as `item`, by what is known by now.

    The claim on its code is that sale's own and speaks against nothing; units that the sale
    itself took of an opened box are in `facts` as if they were still inside.
    """
    same = tuple(known for known in facts.items if known.code == item.code)
    known = same or facts.items[:1]
    if facts.earlier or facts.items != known:
        facts = replace(facts, items=known, earlier=None)
    said = judge(reading, facts, replace(bench, full=frozenset()) if bench.full else bench)
    if same or not said.accepted:
        return said
    return replace(said, name=VerdictName.WRONG_DRUG, action=Action.BLOCK)


def _device(reading: Reading, facts: BoxFacts, bench: Bench) -> Item | None:
    """The class II or III device whose UDI this is; None for every other scan.

    A UDI that tells no serial names many boxes: it is no box's code. GS1 marks of drugs and
    devices look alike, only the catalogue tells them apart (facts on codes, section 2, row 15).
    """
    lot_level = reading.problem is Problem.MISSING_SERIAL
    if reading.kind not in (Kind.UDI, Kind.TRACE_GS1) and not lot_level:
        return None
    chosen = _choose(facts.items, bench.items_in_sale)
    return chosen if chosen and chosen.carries_udi else None


def _of_drug(
    reading: Reading, record: BoxRecord | None, item: Item, bench: Bench
) -> tuple[VerdictName, Batch, Recall | None]:
    """What speaks for or against a box whose code is free and whose drug is known."""
    batch = _batch(reading, item, record)
    if record and record.item not in ("", item.code):
        return VerdictName.WRONG_DRUG, NO_BATCH, None
    for recall in bench.recalls:
        if recall.holds(reading.code or "", item, batch, record):
            return VerdictName.RECALLED, batch, recall
    unasked = item.code not in bench.items_in_sale or item.code in bench.full
    if bench.ticket and record and record.state is BoxState.OPENED:
        return VerdictName.NOT_ON_SALE_LINE, batch, None
    if (bench.asked_only or bench.ticket) and bench.sale and unasked:
        return VerdictName.NOT_ON_SALE_LINE, batch, None
    return _by_date(batch, bench) or _good(record), batch, None


def _by_life(facts: BoxFacts, bench: Bench) -> VerdictName | None:
    """A refusal for what has become of the box already: sold, moved, or part of a pack."""
    record = facts.record
    if record and record.settled_at and not _in_hand(facts.earlier):
        return VerdictName.SETTLED_ON_PLATFORM
    if record and record.state is BoxState.OPENED:
        return VerdictName.SPLIT_EXHAUSTED if record.units_left == 0 else None
    if record and record.state in _ELSEWHERE:
        return _ELSEWHERE[record.state]
    if facts.earlier:
        return _taken(facts.earlier, bench)
    pack = facts.pack
    if pack and pack.parent_sold:
        return VerdictName.INNER_OF_SOLD_PACK
    # A pack of which one box has gone is none any more, though the store sells it as one.
    if pack and pack.inner_taken:
        return VerdictName.OUTER_PACK
    # A relation speaks of this very code, the map only of its identification.
    if (pack.level if pack else facts.level) > 1:
        return VerdictName.OUTER_PACK
    return None


def _in_hand(earlier: Earlier | None) -> bool:
    """In a sale that is not paid yet: that is said first."""
    return earlier is not None and earlier.state is ClaimState.LIVE


def _batch(reading: Reading, item: Item, record: BoxRecord | None) -> Batch:
    """Lot and dates: by the code itself, else by receiving, else the item's current lot."""
    told = Batch(reading.lot, reading.made, reading.expiry)
    if record:
        told = told.over(record.batch)
    return item.batch_of(told)


def _good(record: BoxRecord | None) -> VerdictName:
    if record is None:
        return VerdictName.OK_UNRECEIVED
    return VerdictName.OK_SPLIT if record.state is BoxState.OPENED else VerdictName.OK


def _choose(items: tuple[Item, ...], in_sale: frozenset[str]) -> Item | None:
    """The one drug meant: the only one, or the only one of several that has a line already."""
    if len(items) == 1:
        return items[0]
    there = [item for item in items if item.code in in_sale]
    return there[0] if len(there) == 1 else None


def _taken(earlier: Earlier, bench: Bench) -> VerdictName:
    if earlier.state is ClaimState.RETURNED:
        return VerdictName.RETURNED_HOLD
    if earlier.state is ClaimState.FINAL:
        here = earlier.past or earlier.counter == bench.counter or not bench.counter
        return VerdictName.SOLD_HERE if here else VerdictName.SOLD_ELSEWHERE
    if earlier.sale == bench.sale:
        return VerdictName.IN_THIS_SALE
    return VerdictName.HELD_ELSEWHERE


def _by_date(batch: Batch, bench: Bench) -> VerdictName | None:
    if batch.expiry and batch.expiry < bench.today:
        return VerdictName.EXPIRED
    if batch.expiry and batch.expiry < bench.today + timedelta(days=bench.near_expiry_days):
        return VerdictName.NEAR_EXPIRY
    return None
