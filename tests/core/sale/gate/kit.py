"""The gate asked as the tests' tables write it, and sales to ask it about."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.policy import Action, Policy
from pharmacy_desk.core.catalogue.drugs import NO_BATCH, Batch, InsuranceClass, Item
from pharmacy_desk.core.people.identity import ProofKind
from pharmacy_desk.core.sale.gate.facts import Facts, Refusal
from pharmacy_desk.core.sale.gate.rules import gate as every_rule
from pharmacy_desk.core.sale.person import SalePerson
from pharmacy_desk.core.sale.sale import Box, Line, Sale, SaleState
from pharmacy_desk.core.sale.special import SpecialRule
from pharmacy_desk.core.stock.no_code import Term

# Long before any date of the tests' boxes: what expires is another file's matter.
LONG_AGO = date(2000, 1, 1)
TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 12, tzinfo=timezone(timedelta(hours=8)))
NEAR = Batch("L1", date(2025, 1, 1), date(2026, 12, 1))
GONE = Batch("L0", date(2024, 1, 1), date(2026, 11, 21))
GOOD = Batch("L2", date(2026, 1, 1), date(2029, 1, 1))
DRUG = Item(
    "Y1", "布洛芬", insurance_code="X1", insurance_class=InsuranceClass.B,
    price_fen=2180, batch=GOOD,
)  # fmt: skip
NO_LOT_ITEM = replace(DRUG, batch=NO_BATCH)
INSURED = [kind for kind in PaymentKind if kind.insured]


def gate(
    sale: Sale, payment: PaymentKind, settled: bool, policy: Policy, term: Term | None = None
) -> tuple[Refusal, ...]:
    return every_rule(Facts(sale, payment, policy, LONG_AGO, settled=settled, term=term))


def today(
    sale: Sale, payment: PaymentKind, policy: Policy, *, asked_only: bool = False
) -> tuple[Refusal, ...]:
    """The gate on a day on which boxes expire; 30 days before they are near it."""
    return every_rule(
        Facts(sale, payment, policy, TODAY, near_expiry_days=30, asked_only=asked_only)
    )


def told(found: tuple[Refusal, ...]) -> list[tuple[str, Action, tuple[int, ...], int]]:
    """Each refusal as the tables write it: its reason's name, its action, lines and boxes."""
    return [(one.reason.name, one.action, one.lines, one.boxes) for one in found]


def names(found: tuple[Refusal, ...]) -> list[str]:
    """The names of the reasons, in the order in which they are told."""
    return [one.reason.name for one in found]


def box(batch: Batch = NO_BATCH, number: int = 1, *, received: bool = True) -> Box:
    return Box(number, f"843628{number:014d}", batch, received=received)


def line(number: int, item: Item, asked: int, boxes: int = 0, batch: Batch = NO_BATCH) -> Line:
    """A line with that many boxes, each with an entry and a code of its own."""
    made = tuple(box(batch, number * 100 + place) for place in range(boxes))
    return Line(number, item, asked, item.price_fen, made)


def sale(*lines: Line) -> Sale:
    return Sale("01ABCDEF-000001", SaleState.OPEN, "01", "007", AT, lines)


def sale_of(*boxes: Box, asked: int = 0) -> Sale:
    """A sale with one line of these boxes."""
    return sale(Line(1, DRUG, asked, DRUG.price_fen, boxes))


COLD = replace(DRUG, code="E1", name="伪麻", ephedrine=True)
COUGH = replace(DRUG, code="E2", name="麻黄", ephedrine=True)
RULE = SpecialRule(date(2012, 9, 4), most_packs=2, repeat_days=30)
SEEN = SalePerson(record="r", kind=ProofKind.ID, masked="11********2X", name_masked="示**")


def told_special(
    what: Sale,
    kind: PaymentKind = PaymentKind.SELF,
    rule: SpecialRule | None = RULE,
    person: SalePerson | None = SEEN,
) -> list[tuple[str, Action, tuple[int, ...], int]]:
    """What the two rules of special preparations say of a sale for a person."""
    facts = Facts(replace(what, person=person), kind, Policy(), TODAY, special=rule)
    return [one for one in told(every_rule(facts)) if one[0] in ("ID_REQUIRED", "QUANTITY_LIMIT")]
