"""What a box may do in a sale, and what a sale may do at the till."""

import itertools
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pharmacy_desk.core.basics.policy import FIXED_VERDICTS, Action, Policy, VerdictName
from pharmacy_desk.core.catalogue.drugs import NO_BATCH, Batch, Category, InsuranceClass, Item
from pharmacy_desk.core.sale.gate.rules import REASONS
from pharmacy_desk.core.sale.judge import Bench, BoxFacts, judge
from pharmacy_desk.core.sale.sale import Box, Line, Sale, SaleState, Settlement
from pharmacy_desk.core.scanning.recognise import promote, recognise_text
from pharmacy_desk.core.scanning.scan import Reading
from pharmacy_desk.core.stock.facts import ClaimState, Earlier

TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 12, tzinfo=timezone(timedelta(hours=8)))
LOT = Batch("L1", date(2025, 1, 1), date(2028, 1, 1))
DRUG = Item("Y1", "布洛芬", insurance_code="X1", insurance_class=InsuranceClass.B,
            price_fen=2180, batch=LOT)  # fmt: skip
OTHER = replace(DRUG, code="Y2", name="对乙酰氨基酚")
PIECE = Item("Y3", "枸杞子", category=Category.DECOCTION_PIECE, price_fen=3200)
NO_POLICY = Policy()
V = VerdictName


def _read(text: str) -> Reading:
    return recognise_text(text, TODAY)


TRACE = _read("84362820442053402132")
BARCODE = _read("6924561884074")


def _bench(policy: Policy = NO_POLICY, items: tuple[str, ...] = (), near: int = 30) -> Bench:
    return Bench("S1", frozenset(items), TODAY, policy, near)


def _earlier(state: ClaimState, sale: str = "S0", held: bool = False) -> Earlier:
    return Earlier(state, sale, "02", "008", AT, held)


def _say(reading: Reading, facts: BoxFacts, **bench: object) -> VerdictName:
    return judge(reading, facts, _bench(**bench)).name  # type: ignore[arg-type]


def _expiring(day: date) -> Item:
    return replace(DRUG, batch=Batch("L1", date(2025, 1, 1), day))


@pytest.mark.parametrize(
    ("text", "facts", "name", "action"),
    [
        ("84362820442053402132", BoxFacts(items=(DRUG,)), V.OK_UNRECEIVED, Action.WARN),
        ("6924561884074", BoxFacts(items=(DRUG,)), V.ITEM, Action.ASK),
        ("6924561884074", BoxFacts(items=(PIECE,)), V.EXEMPT, Action.ALLOW),
        ("6924561884074", BoxFacts(), V.NOT_TRACE, Action.BLOCK),
        ("843628204420534021", BoxFacts(), V.DAMAGED, Action.BLOCK),
        ("134567890123456789", BoxFacts(), V.NOT_TRACE, Action.BLOCK),
        ("hello", BoxFacts(), V.NOT_TRACE, Action.BLOCK),
        ("84362820442053402132", BoxFacts(), V.UNMAPPED, Action.ASK),
        ("12345678901234567890", BoxFacts(), V.UNMAPPED, Action.ASK),
        ("84362820442053402132", BoxFacts(items=(DRUG, OTHER)), V.UNMAPPED, Action.ASK),
    ],
)
def test_each_reading_gets_its_verdict_and_its_default(
    text: str, facts: BoxFacts, name: VerdictName, action: Action
) -> None:
    verdict = judge(_read(text), facts, _bench())
    assert (verdict.name, verdict.action) == (name, action)
    assert verdict.accepted == (name is V.OK_UNRECEIVED)


@pytest.mark.parametrize(
    ("earlier", "name"),
    [
        (_earlier(ClaimState.LIVE, "S1"), V.IN_THIS_SALE),
        (_earlier(ClaimState.LIVE, "S2"), V.HELD_ELSEWHERE),
        (_earlier(ClaimState.LIVE, "S2", held=True), V.HELD_ELSEWHERE),
        (_earlier(ClaimState.FINAL), V.SOLD_HERE),
        (_earlier(ClaimState.RETURNED), V.RETURNED_HOLD),
    ],
)
def test_a_claimed_code_is_refused_whatever_drug_it_is_and_the_refusal_names_the_claim(
    earlier: Earlier, name: VerdictName
) -> None:
    for items in ((), (DRUG,), (DRUG, OTHER), (_expiring(date(2020, 1, 1)),)):
        verdict = judge(TRACE, BoxFacts(earlier, items), _bench())
        assert (verdict.name, verdict.action) == (name, Action.BLOCK)
        assert verdict.earlier == earlier
        assert not verdict.accepted


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 11, 21), V.EXPIRED),
        (date(2026, 11, 22), V.NEAR_EXPIRY),
        (date(2026, 12, 21), V.NEAR_EXPIRY),
        (date(2026, 12, 22), V.OK_UNRECEIVED),
    ],
)
def test_a_box_is_good_through_its_last_day_and_near_it_for_thirty(
    day: date, name: VerdictName
) -> None:
    assert _say(TRACE, BoxFacts(items=(_expiring(day),))) is name


def test_no_days_of_warning_means_no_warning() -> None:
    assert _say(TRACE, BoxFacts(items=(_expiring(TODAY),)), near=0) is V.OK_UNRECEIVED


def test_the_date_on_the_box_counts_more_than_the_items_lot() -> None:
    box = _read("]d20106901234567892172001011" + "0OLD\x1d21A1")
    assert _say(box, BoxFacts(items=(DRUG,))) is V.EXPIRED
    fresh = _read("]d2010690123456789217300101" + "10NEW\x1d21A1")
    old = replace(DRUG, batch=Batch("OLD", None, date(2020, 1, 1)))
    assert _say(fresh, BoxFacts(items=(old,))) is V.OK_UNRECEIVED


def test_of_several_drugs_the_one_that_has_a_line_is_meant() -> None:
    facts = BoxFacts(items=(DRUG, OTHER))
    assert judge(TRACE, facts, _bench(items=("Y2",))).item == OTHER
    assert _say(TRACE, facts, items=("Y1", "Y2")) is V.UNMAPPED
    assert judge(BARCODE, facts, _bench(items=("Y2",))).item == OTHER
    assert judge(BARCODE, facts, _bench()).item == DRUG


def test_an_unknown_twenty_digits_is_sold_once_the_map_knows_it() -> None:
    reading = promote(_read("12345678901234567890"))
    assert _say(reading, BoxFacts(items=(DRUG,))) is V.OK_UNRECEIVED


@pytest.mark.parametrize("name", sorted(FIXED_VERDICTS))
def test_no_cell_softens_a_fixed_verdict(name: VerdictName) -> None:
    for action in Action:
        assert Policy(verdicts={name: action}).of_verdict(name) is NO_POLICY.of_verdict(name)


def test_a_second_sale_of_a_code_stays_blocked_under_the_softest_policy() -> None:
    soft = Policy(
        dict.fromkeys(VerdictName, Action.ALLOW),
        dict.fromkeys(REASONS, Action.ALLOW),
        dict.fromkeys(REASONS, Action.ALLOW),
    )
    for state in ClaimState:
        for sale in ("S1", "S2"):
            facts = BoxFacts(_earlier(state, sale), (DRUG,))
            assert judge(TRACE, facts, _bench(soft)).action is Action.BLOCK
    assert judge(_read("hello"), BoxFacts(), _bench(soft)).action is Action.BLOCK


@pytest.mark.parametrize("name", sorted(set(VerdictName) - FIXED_VERDICTS))
def test_a_cell_decides_a_verdict_that_is_not_fixed(name: VerdictName) -> None:
    for action in Action:
        assert Policy(verdicts={name: action}).of_verdict(name) is action


@pytest.mark.parametrize("action", list(Action))
def test_a_box_is_in_unless_its_cell_refuses_or_asks_whatever_the_payment(action: Action) -> None:
    policy = Policy(verdicts={V.EXPIRED: action})
    verdict = judge(TRACE, BoxFacts(items=(_expiring(date(2020, 1, 1)),)), _bench(policy))
    # What a manager may approve is in with a warning; the gate asks for the approval.
    assert verdict.accepted == (action in (Action.ALLOW, Action.WARN, Action.APPROVE))


# The gate

ENTRY = itertools.count(1)


def _line(number: int, item: Item, asked: int, boxes: int = 0, batch: Batch = NO_BATCH) -> Line:
    made = tuple(Box(next(ENTRY), f"843628{next(ENTRY):014d}", batch) for _ in range(boxes))
    return Line(number, item, asked, item.price_fen, made)


def _sale(*lines: Line) -> Sale:
    return Sale("01ABCDEF-000001", SaleState.OPEN, "01", "007", AT, lines)


# Lines, lots, totals


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 9), st.integers(0, 9))
def test_a_line_sells_what_was_asked_or_scanned_whichever_is_more(asked: int, boxes: int) -> None:
    line = _line(1, DRUG, asked, boxes)
    assert line.quantity == max(asked, boxes)
    assert line.lacking == max(0, asked - boxes)
    assert line.amount_fen == 2180 * max(asked, boxes)
    assert _line(1, PIECE, asked).lacking == 0
    assert sum(count for _, _, count in line.batches()) == line.quantity


def test_a_line_is_split_by_lot_and_boxes_without_code_go_last() -> None:
    second = Batch("L2", date(2026, 1, 1), date(2029, 1, 1))
    line = Line(1, DRUG, 4, 2180, (Box(1, "a", LOT), Box(2, "b", second), Box(3, "c", NO_BATCH)))
    assert [(batch.lot, len(boxes), count) for batch, boxes, count in line.batches()] == [
        ("L1", 2, 2), ("L2", 1, 1), ("L1", 0, 1),
    ]  # fmt: skip


def test_gaps_of_a_lot_are_filled_only_from_the_same_lot() -> None:
    assert Batch("L1").over(LOT) == LOT
    assert Batch("L9").over(LOT) == Batch("L9")
    assert NO_BATCH.over(LOT) == LOT
    assert LOT.over(NO_BATCH) == LOT


def test_a_box_whose_dates_contradict_the_items_lot_is_not_given_that_lot() -> None:
    box = Batch(None, None, date(2027, 6, 30))
    assert box.over(LOT).lot is None


def test_change_is_due_only_for_what_was_tendered_beyond_the_share_in_cash() -> None:
    sale = _sale(_line(1, DRUG, 2, 2))
    assert (sale.total_fen, sale.change_fen) == (4360, 0)
    assert replace(sale, tendered_fen=5000).change_fen == 640
    assert replace(sale, tendered_fen=4000).change_fen == 0
    settled = Settlement("S", "M", fund_fen=3000, account_fen=0, cash_fen=1360)
    assert replace(sale, settlement=settled, tendered_fen=2000).change_fen == 640


def test_a_sale_counts_boxes_and_codes_apart() -> None:
    sale = _sale(_line(1, DRUG, 3, 1), _line(2, PIECE, 2))
    assert (sale.box_count, sale.code_count, len(sale.codes())) == (5, 1, 1)
    assert sale.items == {"Y1", "Y3"}
    assert sale.line_of("Y3") == sale.lines[1]
    assert sale.line_of("Y9") is None
