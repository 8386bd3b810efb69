"""Free text as it is kept: nobody's number in it, and everything else as it was typed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_desk.core.people.free_text import kept
from pharmacy_desk.core.scanning.persons import names_person

TODAY = date(2026, 11, 22)
ID = "11010519491231002X"


@pytest.mark.parametrize(
    "text",
    [
        ID,
        f"顾客身份证{ID}要求退",
        f"{ID.lower()} 签字",
        "１１０１０５１９４９１２３１００２Ｘ",
        f"({ID})",
    ],
)
def test_an_identity_number_is_masked_wherever_it_stands(text: str) -> None:
    assert names_person(text, TODAY)
    told = kept(text, TODAY)
    assert "19491231" not in told
    assert "*" in told


@pytest.mark.parametrize(
    "text",
    [
        "破损", "发票 25442000000123456789", "FP20250520，照片 IMG_0231.jpg", "批号 A12345678",
        "8436282044205340213 扫不出", "340105194912310021",
    ],
)  # fmt: skip
def test_invoices_lots_and_codes_stay_as_they_were_typed(text: str) -> None:
    assert not names_person(text, TODAY)
    assert kept(text, TODAY) == text


@given(st.text(max_size=60), st.sampled_from(["", " ", "，", "证", "\n"]))
def test_whatever_is_typed_around_it_is_one_plain_line_without_the_number(
    text: str, beside: str
) -> None:
    told = kept(f"{text}{beside} {ID}", TODAY)
    assert told.isprintable()
    assert ID not in told
