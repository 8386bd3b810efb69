"""A settlement's slip, by the columns and the barcode of a region."""

from dataclasses import replace

import pytest

from pharmacy_desk.adapters.resources import load_profile
from pharmacy_desk.core.upload.slip import Slip, SlipForm, slip_in, slip_of

FORM = SlipForm(
    {"setl_id": ("setl_id", "结算编号"), "fund": ("统筹支付",), "cash": ("现金支付",),
     "document": ("小票号",)},
    r"SETL-(?P<setl_id>[0-9]{6})-(?P<fund>[0-9.]+)-(?P<cash>[0-9.]+)",
)  # fmt: skip


def test_a_slip_is_read_by_any_of_a_words_names_and_what_is_not_told_is_not_known() -> None:
    slip = slip_of({"结算编号": " S1 ", "统筹支付": "10.00", "小票号": "01-000001"}, FORM)
    assert slip
    assert (slip.settlement.setl_id, slip.document) == ("S1", "01-000001")
    assert slip.settlement.parts == (1000, None, None, None)
    assert slip.settlement.typed


@pytest.mark.parametrize(
    "cells",
    [{}, {"结算编号": ""}, {"结算编号": "S 1；"}, {"结算编号": "S" * 31},
     {"结算编号": "S1", "统筹支付": "ten"}, {"结算编号": "S1", "统筹支付": "-1"},
     {"结算编号": "S1", "统筹支付": "1.005"}],
)  # fmt: skip
def test_what_is_no_slip_is_none(cells: dict[str, str]) -> None:
    assert slip_of(cells, FORM) is None


def test_a_barcode_is_a_slip_only_whole_and_only_where_the_region_has_one() -> None:
    slip = slip_in("SETL-000123-10.00-11.80", FORM)
    assert slip
    assert slip.settlement.parts == (1000, None, None, 1180)
    assert slip_in("84362820442053402132", FORM) is None
    assert slip_in("SETL-000123-10.00-11.80x", FORM) is None
    assert slip_in("SETL-000123-10.00-11.80", replace(FORM, barcode="")) is None


def test_the_generic_region_reads_the_platforms_own_names() -> None:
    known = load_profile("generic").settlement
    assert known
    assert known.slip
    slip = slip_of({"setl_id": "S1", "fund_pay_sumamt": "1", "psn_cash_pay": "2"}, known.slip)
    assert isinstance(slip, Slip)
    assert slip.settlement.parts == (100, None, None, 200)
