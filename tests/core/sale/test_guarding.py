"""What the guard types, what passes it, and which scan ends a sale at the other till."""

from datetime import date
from typing import Any

import pytest

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.policy import Action, VerdictName
from pharmacy_desk.core.sale.guarding import (
    EndKey,
    Guarding,
    Handing,
    NotTyped,
    Others,
    TillEnd,
    pattern_form,
)
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.core.scanning.recognise import recognise_code
from pharmacy_desk.core.settings.settings import BY_KEY, Settings, problem

V, A = VerdictName, Action
BOX = "84362820442053402132"
GS1 = "]d2010690123456789210LOT7A\x1d21SN0001"


def verdict(name: VerdictName, action: Action, text: str = BOX) -> Verdict:
    return Verdict(name, action, recognise_code(text, date(2026, 11, 22)))


@pytest.mark.parametrize(
    ("name", "action", "passes", "holds"),
    [
        (V.OK, A.ALLOW, Handing.TYPE, Handing.TYPE),
        (V.OK_UNRECEIVED, A.WARN, Handing.TYPE, Handing.TYPE),
        (V.NEAR_EXPIRY, A.WARN, Handing.TYPE, Handing.TYPE),
        (V.OK_UNRECEIVED, A.BLOCK, Handing.REFUSE, Handing.REFUSE),
        (V.OK_SPLIT, A.ASK, Handing.REFUSE, Handing.REFUSE),
        (V.SOLD_HERE, A.BLOCK, Handing.REFUSE, Handing.REFUSE),
        (V.IN_THIS_SALE, A.BLOCK, Handing.REFUSE, Handing.REFUSE),
        (V.UNMAPPED, A.ASK, Handing.REFUSE, Handing.REFUSE),
        (V.DAMAGED, A.BLOCK, Handing.REFUSE, Handing.REFUSE),
        (V.ITEM, A.ALLOW, Handing.PASS, Handing.HOLD),
        (V.EXEMPT, A.ALLOW, Handing.PASS, Handing.HOLD),
        (V.NOT_TRACE, A.BLOCK, Handing.PASS, Handing.HOLD),
    ],
)
def test_only_what_may_be_sold_is_typed(
    name: VerdictName, action: Action, passes: Handing, holds: Handing
) -> None:
    said = verdict(name, action)
    assert Guarding().handing(said) is passes
    assert Guarding(others=Others.HOLD).handing(said) is holds


def test_a_code_stands_between_what_the_till_expects() -> None:
    good = verdict(V.OK, A.ALLOW)
    assert Guarding().text(good) == BOX + "\r"
    assert Guarding("<", ">", EndKey.TAB).text(good) == f"<{BOX}>\t"
    assert Guarding(end_key=EndKey.NONE).text(good) == BOX


def test_a_box_is_typed_as_it_is_uploaded_and_anything_else_as_it_was_scanned() -> None:
    assert Guarding().text(verdict(V.OK, A.ALLOW, GS1)) == "010690123456789221SN0001\r"
    # No control of a scan is a key of the till's.
    other = verdict(V.NOT_TRACE, A.BLOCK, "ABC\x1d\x1b\rDEF\r")
    assert Guarding().text(other) == "ABCDEF\r"


@pytest.mark.parametrize(
    ("pattern", "scan", "end"),
    [
        ("", "R123", None),
        (r"R\d{3}", "R1234", None),
        (r"R\d{3}", "R123\r", TillEnd("R123")),
        (r"R(?P<receipt>\d{3})", "R123", TillEnd("123")),
        (r"(?P<self>S)?(?P<insured>Y)?(?P<receipt>\d+)", "S12", TillEnd("12", PaymentKind.SELF)),
        (r"(?P<self>S)?(?P<insured>Y)?(?P<receipt>\d+)", "Y12", TillEnd("12", insured=True)),
        (r"(?P<self>S)?(?P<pooled>Y)?(?P<receipt>\d+)", "Y12", TillEnd("12", PaymentKind.POOLED)),
        (r"(?P<self>S)?(?P<insured>Y)?(?P<receipt>\d+)", "12", TillEnd("12")),
    ],
)  # fmt: skip
def test_the_tills_receipt_ends_a_sale_and_tells_of_the_payment_only_what_it_says(
    pattern: str, scan: str, end: TillEnd | None
) -> None:
    assert Guarding(end_pattern=pattern).end(scan) == end


def test_what_may_stand_half_typed_in_the_till_is_told_apart() -> None:
    assert {why for why in NotTyped if why.partly} == {NotTyped.FOCUS_LOST, NotTyped.LOST}


def test_there_is_a_guard_only_where_the_settings_want_one() -> None:
    assert Settings({}, practice=False).guarding is None
    told: dict[str, Any] = {
        "till.mode": "guard", "till.prefix": "#", "till.suffix_text": "*", "till.suffix": "tab",
        "till.pass_through": "hold", "till.end_pattern": "R.*",
    }  # fmt: skip
    assert Settings(told, practice=False).guarding == Guarding(
        "#", "*", EndKey.TAB, Others.HOLD, "R.*"
    )
    assert problem(BY_KEY["till.end_pattern"], "R(") == "form"
    assert pattern_form("R(.)")
