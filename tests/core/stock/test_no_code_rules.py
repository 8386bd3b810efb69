"""The no-code library: what may be kept, what may be taken, and what the insurance settles."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_desk.core.catalogue.drugs import NO_BATCH, Batch, Category, InsuranceClass, Item
from pharmacy_desk.core.sale.sale import Box, Line, Sale, SaleState
from pharmacy_desk.core.stock.facts import Recall
from pharmacy_desk.core.stock.no_code import (
    MOST_BOXES,
    Bar,
    Draft,
    Flaw,
    NoCodeBox,
    NoCodeEntry,
    NoCodeReason,
    NoCodeState,
    Share,
    Term,
    bar,
    flaw,
)

TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 12, tzinfo=timezone(timedelta(hours=8)))
LOT = Batch("OLD1", date(2025, 1, 2), date(2028, 1, 1))
DRUG = Item("Y1", "布洛芬缓释胶囊", insurance_code="X1", insurance_class=InsuranceClass.B,
            price_fen=2180, batch=Batch("NEW1", date(2026, 1, 1), date(2029, 1, 1)))  # fmt: skip
PIECE = Item("Y3", "枸杞子", category=Category.DECOCTION_PIECE, price_fen=3200)
DRAFT = Draft("Y1", LOT, 3, NoCodeReason.MADE_BEFORE, date(2025, 3, 1), "发票 7")
ENTRY = NoCodeEntry("E1", "Y1", LOT, 3, 0, NoCodeReason.MADE_BEFORE, date(2025, 3, 1), "发票 7",
                    NoCodeState.APPROVED, AT, "007", "001")  # fmt: skip


@pytest.mark.parametrize(
    ("draft", "item", "found"),
    [
        (DRAFT, DRUG, None),
        (DRAFT, None, Flaw.DRUG),
        (DRAFT, PIECE, Flaw.NEEDS_NONE),
        (replace(DRAFT, batch=replace(LOT, lot=None)), DRUG, Flaw.LOT),
        (replace(DRAFT, batch=replace(LOT, made=None)), DRUG, Flaw.DATES),
        (replace(DRAFT, batch=replace(LOT, expiry=None)), DRUG, Flaw.DATES),
        (replace(DRAFT, batch=replace(LOT, expiry=LOT.made)), DRUG, Flaw.DATES),
        (replace(DRAFT, quantity=0), DRUG, Flaw.QUANTITY),
        (replace(DRAFT, quantity=MOST_BOXES + 1), DRUG, Flaw.QUANTITY),
        (replace(DRAFT, bought_on=TODAY + timedelta(1)), DRUG, Flaw.BOUGHT_ON),
        (replace(DRAFT, bought_on=date(2025, 1, 1)), DRUG, Flaw.BOUGHT_ON),
        (replace(DRAFT, evidence=" "), DRUG, Flaw.EVIDENCE),
    ],
)
def test_an_entry_is_kept_only_when_it_says_what_can_be_checked(
    draft: Draft, item: Item | None, found: Flaw | None
) -> None:
    assert flaw(draft, item, TODAY) is found


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        (ENTRY, None),
        (replace(ENTRY, used=2), None),
        (replace(ENTRY, used=3), Bar.USED_UP),
        (replace(ENTRY, state=NoCodeState.PROPOSED), Bar.NOT_APPROVED),
        (replace(ENTRY, state=NoCodeState.CLOSED), Bar.CLOSED),
        (replace(ENTRY, item="Y2"), Bar.OTHER_DRUG),
        (replace(ENTRY, batch=replace(LOT, expiry=TODAY)), None),
        (replace(ENTRY, batch=replace(LOT, expiry=TODAY - timedelta(1))), Bar.EXPIRED),
    ],
)
def test_an_entry_gives_a_box_only_while_it_may(entry: NoCodeEntry, found: Bar | None) -> None:
    assert bar(entry, DRUG, TODAY) is found


def test_a_recall_holds_a_box_without_code_too() -> None:
    assert bar(ENTRY, DRUG, TODAY, [Recall("R", "lot", "OLD1")]) is Bar.RECALLED
    assert bar(ENTRY, DRUG, TODAY, [Recall("R", "drug", "Y1")]) is Bar.RECALLED
    assert bar(ENTRY, DRUG, TODAY, [Recall("R", "lot", "OLD2")]) is None


@pytest.mark.parametrize(
    ("bought", "today", "until", "insured"),
    [
        (date(2025, 6, 30), TODAY, None, True),
        (date(2025, 7, 1), TODAY, None, False),
        (date(2025, 7, 2), TODAY, None, False),
        (date(2025, 6, 30), date(2026, 6, 30), date(2026, 6, 30), True),
        (date(2025, 6, 30), date(2026, 7, 1), date(2026, 6, 30), False),
        (date(2025, 7, 1), date(2026, 6, 30), date(2026, 6, 30), False),
    ],
)
def test_the_insurance_takes_what_was_bought_before_until_the_regions_last_day(
    bought: date, today: date, until: date | None, insured: bool
) -> None:
    assert Term(today, until).insured(bought) is insured


def _sale(*bought: date, asked: int = 0, codes: int = 0) -> Sale:
    boxes = tuple(Box(n, f"8436282{n:013d}", NO_BATCH) for n in range(codes))
    no_code = tuple(NoCodeBox(50 + n, "E1", LOT, day) for n, day in enumerate(bought))
    line = Line(1, DRUG, asked, DRUG.price_fen, boxes, no_code=no_code)
    return Sale("01ABCDEF-000001", SaleState.OPEN, "01", "007", AT, (line,))


EARLY = date(2025, 6, 30)


@given(st.integers(0, 5), st.integers(0, 5), st.integers(0, 12))
def test_a_line_counts_every_box_once(codes: int, unmarked: int, asked: int) -> None:
    line = _sale(*[EARLY] * unmarked, asked=asked, codes=codes).lines[0]
    assert line.quantity == max(asked, codes + unmarked)
    assert line.lacking == line.quantity - codes - unmarked
    parts = line.parts()
    assert sum(part.count for part in parts) == line.quantity
    assert sum(part.count for part in parts if part.no_code) == unmarked
    assert all(part.batch.lot == "OLD1" for part in parts if part.no_code)
    assert sum(len(part.boxes) for part in parts) == codes


@pytest.mark.parametrize(
    ("taken", "needed", "per_mille"),
    [(0, 0, 0), (0, 9, 0), (1, 1000, 1), (1, 9999, 1), (3, 4, 750)],
)
def test_a_share_is_never_rounded_away(taken: int, needed: int, per_mille: int) -> None:
    assert Share(taken, needed).per_mille == per_mille
