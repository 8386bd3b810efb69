"""Messages to the platform, and what its answers mean."""

import json
import re
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pharmacy_desk.adapters.resources import load_profile, profile_titles
from pharmacy_desk.core.catalogue.drugs import (
    NO_BATCH,
    Batch,
    Category,
    InsuranceClass,
    Item,
    RxFlag,
)
from pharmacy_desk.core.sale.sale import Box, Line, PaymentKind, Sale, SaleState, Settlement
from pharmacy_desk.core.upload.message import (
    Sender,
    message_body,
    query_payload,
    return_line,
    sale_lines,
    wire_code,
    wire_line,
)
from pharmacy_desk.core.upload.outbox import Waiting
from pharmacy_desk.core.upload.profile import Message
from pharmacy_desk.sandbox import tables

AT = datetime(2026, 11, 22, 12, 30, 5, tzinfo=timezone(timedelta(hours=8)))
PROFILE = load_profile("generic")
SENDER = Sender("P44030000001", "示例大药房", "440300", "007", "营业员", "", "")
LOT = Batch("L1", date(2025, 1, 2), date(2028, 1, 1))
DRUG = Item("Y1", "布洛芬缓释胶囊", insurance_code="XM01", insurance_class=InsuranceClass.B,
            price_fen=2180, batch=LOT, barcodes=("6900000000014",))  # fmt: skip
OWN = replace(DRUG, code="Y5", insurance_class=InsuranceClass.SELF)
CODES = ("84362820000000000001", "84362820000000000002")
SETTLED = Settlement("SETL1", "MDTRT1", fund_fen=1000, account_fen=0, cash_fen=0)
OPEN = settings(max_examples=200, deadline=None)


def _line(number: int, item: Item, *codes: str, asked: int = 0, batch: Batch = NO_BATCH) -> Line:
    boxes = tuple(Box(n, code, batch) for n, code in enumerate(codes, 1))
    return Line(number, item, asked, item.price_fen, boxes)


def _sale(*lines: Line, payment: PaymentKind = PaymentKind.SELF) -> Sale:
    settled = SETTLED if payment.insured else None
    return Sale("01K7QF2M-000118", SaleState.PAID, "01", "007", AT, lines, paid_at=AT,
                payment=payment, settlement=settled, upload_serial="01K7QF2M000118")  # fmt: skip


def _wire(sale: Sale) -> list[dict[str, Any]]:
    return [wire_line(line, PROFILE.sale, PROFILE) for line in sale_lines(sale, SENDER, PROFILE)]


def _fits(row: dict[str, Any], message: Message) -> None:
    known = {field.name: field.length for field in message.fields}
    for name, value in row.items():
        if name == PROFILE.trace_node:
            assert all(set(entry) == {PROFILE.trace_field} for entry in value)
            assert all(len(entry[PROFILE.trace_field]) <= PROFILE.trace_length for entry in value)
        else:
            assert isinstance(value, str)
            assert len(value) <= known[name], name


def test_a_self_paid_line_names_no_settlement_and_nobody() -> None:
    (row,) = _wire(_sale(_line(1, DRUG, *CODES)))
    assert "setl_id" not in row
    assert row["mdtrt_sn"] == "01K7QF2M000118"
    assert (row["mdtrt_setl_type"], row["hi_feesetl_type"]) == ("2", "0")
    assert not {"psn_no", "certno", "psn_name", "psn_cert_no"} & set(row)
    assert (row["rtal_docno"], row["sel_retn_cnt"], row["finl_trns_pric"]) == (
        "01K7QF2M-000118", "2", "21.80",
    )  # fmt: skip
    assert row["drugtracinfo"] == [{"drug_trac_codg": code} for code in CODES]
    assert (row["manu_lotnum"], row["manu_date"], row["expy_end"]) == (
        "L1", "2025-01-02", "2028-01-01",
    )  # fmt: skip
    assert row["sel_retn_time"] == "2026-11-22 12:30:05"


@pytest.mark.parametrize("kind", [kind for kind in PaymentKind if kind.insured])
def test_an_insured_line_carries_the_settlements_ids(kind: PaymentKind) -> None:
    (row,) = _wire(_sale(_line(1, DRUG, CODES[0]), payment=kind))
    assert (row["setl_id"], row["mdtrt_sn"]) == ("SETL1", "MDTRT1")
    assert (row["mdtrt_setl_type"], row["hi_feesetl_type"]) == ("1", "1")


def test_in_an_insured_sale_what_the_fund_does_not_pay_is_self_paid() -> None:
    sale = _sale(_line(1, DRUG, CODES[0]), _line(2, OWN, CODES[1]), payment=PaymentKind.POOLED)
    insured, own = _wire(sale)
    assert (insured["mdtrt_setl_type"], own["mdtrt_setl_type"]) == ("1", "2")
    assert "setl_id" not in own
    assert own["mdtrt_sn"] == "01K7QF2M000118"


def test_a_line_is_made_for_each_lot_with_a_key_of_its_own() -> None:
    line = Line(1, DRUG, 4, 2180, (Box(1, CODES[0], LOT), Box(2, CODES[1], replace(LOT, lot="L2"))))
    first, second, third = sale_lines(_sale(line), SENDER, PROFILE)
    assert [ln.words["lot"] for ln in (first, second, third)] == ["L1", "L2", "L1"]
    assert [ln.words["quantity"] for ln in (first, second, third)] == ["1", "1", "2"]
    assert len({ln.key for ln in (first, second, third)}) == 3
    assert "drugtracinfo" not in wire_line(third, PROFILE.sale, PROFILE)


def test_goods_without_code_are_not_uploaded() -> None:
    piece = replace(DRUG, category=Category.DECOCTION_PIECE)
    assert sale_lines(_sale(_line(1, piece, asked=2)), SENDER, PROFILE) == ()


@pytest.mark.parametrize(
    ("rx", "flag"), [(RxFlag.RX, "1"), (RxFlag.OTC_A, "0"), (RxFlag.NONE, "0")]
)
def test_a_prescription_drug_says_so(rx: RxFlag, flag: str) -> None:
    (row,) = _wire(_sale(_line(1, replace(DRUG, rx=rx), CODES[0])))
    assert row["rx_flag"] == flag
    assert row["phar_name"] == PROFILE.fillers["pharmacist"]


def test_a_line_without_lot_waits_and_one_that_does_not_fit_waits_for_a_person() -> None:
    bare = replace(DRUG, batch=Batch("L1"))
    assert sale_lines(_sale(_line(1, bare, CODES[0])), SENDER, PROFILE)[0].waiting is Waiting.NO_LOT
    long = replace(DRUG, batch=replace(LOT, lot="L" * 31))
    assert sale_lines(_sale(_line(1, long, CODES[0])), SENDER, PROFILE)[0].waiting is (
        Waiting.TOO_LONG
    )
    code = "01069012345678922" + "1" * 90
    assert sale_lines(_sale(_line(1, DRUG, code)), SENDER, PROFILE)[0].waiting is Waiting.TOO_LONG


@OPEN
@given(
    name=st.text(max_size=400), code=st.text(max_size=40), lot=st.text(max_size=40),
    operator=st.text(max_size=90), count=st.integers(1, 10**6), price=st.integers(0, 10**8),
)  # fmt: skip
def test_a_line_that_does_not_wait_fits_every_field(
    name: str, code: str, lot: str, operator: str, count: int, price: int
) -> None:
    item = replace(DRUG, name=name, code=code, price_fen=price, batch=replace(LOT, lot=lot or "L"))
    sender = replace(SENDER, operator_name=operator)
    for line in sale_lines(_sale(_line(1, item, CODES[0], asked=count)), sender, PROFILE):
        if line.waiting is None:
            _fits(wire_line(line, PROFILE.sale, PROFILE), PROFILE.sale)
        else:
            assert line.waiting is Waiting.TOO_LONG
            assert len(code) > 30 or len(lot) > 30


def test_a_return_names_the_line_it_takes_back() -> None:
    sale = _sale(_line(1, DRUG, *CODES), payment=PaymentKind.ACCOUNT)
    (sold,) = sale_lines(sale, SENDER, PROFILE)
    back = return_line("01K7QF2M-000119", sale, sale.lines[0], (CODES[1],), sold, "错发", AT, SENDER,
                       PROFILE)  # fmt: skip
    row = wire_line(back, PROFILE.sale_return, PROFILE)
    _fits(row, PROFILE.sale_return)
    assert row["medins_prod_sel_no"] == sold.key
    assert row["sel_retn_cnt"] == "1"
    assert (row["setl_id"], row["mdtrt_sn"], row["memo"]) == ("SETL1", "MDTRT1", "错发")
    assert row["drugtracinfo"] == [{"drug_trac_codg": CODES[1]}]
    assert back.key != sold.key


def test_a_region_chooses_how_a_gs1_code_is_written() -> None:
    code = "010690123456789221SN0001"
    assert wire_code(code, "plain") == code
    assert wire_code(code, "brackets") == "(01)06901234567892(21)SN0001"
    assert wire_code(CODES[0], "brackets") == CODES[0]


def test_the_envelope_is_the_platforms() -> None:
    body = json.loads(message_body("3505A", "M1", {"selinfoDetail": []}, AT, SENDER, PROFILE))
    required = {field.name for field in tables.load().envelope if field.required}
    assert required <= set(body)
    assert all(body[name] not in ("", None) for name in required)
    assert body["inf_time"] == "2026-11-22 12:30:05"
    assert (body["fixmedins_code"], body["mdtrtarea_admvs"]) == ("P44030000001", "440300")


def test_a_question_asks_by_the_lines_own_serial_and_names_nobody() -> None:
    asked = query_payload(PROFILE.sale.query, "K1", SENDER, PROFILE)["data"]
    assert asked == {"fixmedins_code": "P44030000001", "fixmedins_bchno": "K1",
                     "psn_cert_type": "01"}  # fmt: skip


def test_every_shipped_profile_is_whole() -> None:
    names = [name for name, _ in profile_titles()]
    assert "generic" in names
    for name in names:
        profile = load_profile(name)
        sources = {field.source for field in (*profile.sale.fields, *profile.sale_return.fields)}
        (line,) = sale_lines(_sale(_line(1, DRUG, CODES[0])), SENDER, profile)
        known = {*line.words, "memo", "original_key"}
        assert {source for source in sources if not source.startswith("=")} <= known
        assert re.fullmatch(r"none|tif", profile.transport.signer)
