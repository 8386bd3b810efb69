"""Judge a reading: may this box be in this sale, and if not, why.

The store gives the facts, this module the verdict. A verdict says where its knowledge comes from
and how old it is, so that a green never claims more than is known (design, invariant 6).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from pharmacy_desk.core.drugs import NO_BATCH, Batch, Item
from pharmacy_desk.core.policy import Action, Policy, VerdictName
from pharmacy_desk.core.scan import Kind, Reading


class ClaimState(StrEnum):
    """A code's row in the ledger: reserved by an open sale, finally sold, or ended."""

    LIVE = "live"
    FINAL = "final"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Earlier:
    """The earlier claim on a code: the evidence a refusal names (when, receipt, counter, who)."""

    state: ClaimState
    sale: str
    counter: str
    operator: str
    at: datetime
    held: bool = False


@dataclass(frozen=True, slots=True)
class BoxFacts:
    """What the store knows about a reading, told to the judge."""

    earlier: Earlier | None = None
    items: tuple[Item, ...] = ()
    proposed: Item | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to one scan. `action` is what follows; the box is in when `accepted`."""

    name: VerdictName
    action: Action
    reading: Reading
    item: Item | None = None
    batch: Batch = NO_BATCH
    earlier: Earlier | None = None
    candidates: tuple[Item, ...] = ()
    proposed: Item | None = None
    silent: bool = False

    @property
    def accepted(self) -> bool:
        """True when the box may be reserved in the sale."""
        return self.name in _BOX_VERDICTS and self.action in (Action.ALLOW, Action.WARN)


_BOX_VERDICTS = frozenset({VerdictName.OK_UNRECEIVED, VerdictName.NEAR_EXPIRY, VerdictName.EXPIRED})


@dataclass(frozen=True, slots=True)
class Bench:
    """What the judge must know besides the box: the sale, the day, the policy, near-expiry days."""

    sale: str | None
    items_in_sale: frozenset[str]
    today: date
    policy: Policy
    near_expiry_days: int


def judge(reading: Reading, facts: BoxFacts, bench: Bench) -> Verdict:
    """The verdict on one reading. Refusals about the code come before those about the drug."""

    def say(name: VerdictName, item: Item | None = None, batch: Batch = NO_BATCH) -> Verdict:
        return Verdict(
            name, bench.policy.of_verdict(name), reading, item, batch, facts.earlier,
            facts.items, facts.proposed,
        )  # fmt: skip

    if reading.kind is Kind.DAMAGED:
        return say(VerdictName.DAMAGED)
    if reading.kind is Kind.PRODUCT_BARCODE and facts.items:
        item = _choose(facts.items, bench.items_in_sale) or facts.items[0]
        return say(VerdictName.ITEM if item.needs_code else VerdictName.EXEMPT, item)
    if not reading.is_trace and not reading.code_needs_map:
        return say(VerdictName.NOT_TRACE)
    if facts.earlier:
        return say(_taken(facts.earlier, bench.sale), _choose(facts.items, bench.items_in_sale))
    chosen = _choose(facts.items, bench.items_in_sale)
    if chosen is None:
        return say(VerdictName.UNMAPPED)
    batch = chosen.batch_of(Batch(reading.lot, reading.made, reading.expiry))
    return say(_by_date(batch, bench), chosen, batch)


def _choose(items: tuple[Item, ...], in_sale: frozenset[str]) -> Item | None:
    """The one drug meant: the only one, or the only one of several that has a line already."""
    if len(items) == 1:
        return items[0]
    there = [item for item in items if item.code in in_sale]
    return there[0] if len(there) == 1 else None


def _taken(earlier: Earlier, sale: str | None) -> VerdictName:
    if earlier.state is ClaimState.RETURNED:
        return VerdictName.RETURNED_HOLD
    if earlier.state is ClaimState.FINAL:
        return VerdictName.SOLD_HERE
    return VerdictName.IN_THIS_SALE if earlier.sale == sale else VerdictName.HELD_ELSEWHERE


def _by_date(batch: Batch, bench: Bench) -> VerdictName:
    if batch.expiry and batch.expiry < bench.today:
        return VerdictName.EXPIRED
    if batch.expiry and batch.expiry < bench.today + timedelta(days=bench.near_expiry_days):
        return VerdictName.NEAR_EXPIRY
    return VerdictName.OK_UNRECEIVED
