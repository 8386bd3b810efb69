"""Electronic prescriptions on the wire: what is believed of an answer, what 7206 tells."""

from dataclasses import replace
from datetime import date

import pytest

from pharmacy_desk.adapters.resources import load_profile
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.sale.prescription import Prescribed, Prescription
from pharmacy_desk.core.sale.sale import PaymentKind, Settlement
from pharmacy_desk.core.upload.dispensed import Handlers, dispensed_lines
from pharmacy_desk.core.upload.electronic import order_of
from pharmacy_desk.core.upload.message import Sender, sale_lines, wire_payload
from pharmacy_desk.core.upload.outbox import Waiting
from tests.core.sale.gate.kit import AT, line, sale
from tests.core.sale.gate.test_no_prescription import OTHER, RX

PROFILE = load_profile("generic")
FORM = PROFILE.electronic
SENDER = Sender("P44030000001", "店", "440300", "007", "小王", "李药师", "LIC1")
TOLD = {
    "hi_rxno": "R1", "fixmedins_name": "示例医院", "mdtrtarea_admvs": "440300",
    "prsc_dr_name": "张医师", "prsc_time": "2026-11-20 09:00:00", "diag_name": "扁桃体炎",
    "download_ide_code": "D1",
    "rxdetail": [{"med_list_codg": "X2", "drug_name": "阿莫西林", "drug_cnt": 2}],
}  # fmt: skip


def test_an_answer_is_a_prescription_with_its_drugs_by_insurance_code():
    order = order_of({"data": TOLD}, FORM)
    assert order is not None
    assert (order.number, order.download, order.issued) == ("R1", "D1", date(2026, 11, 20))
    assert order.prescribed == (Prescribed(1, "", "阿莫西林", 2, "X2"),)


@pytest.mark.parametrize(
    "wrong",
    [
        {"hi_rxno": ""},
        {"download_ide_code": None},
        {"prsc_time": "soon"},
        {"rxdetail": []},
        {"rxdetail": ["x"]},
        {"rxdetail": [{"med_list_codg": "X2", "drug_cnt": "many"}]},
        {"rxdetail": [{"med_list_codg": "", "drug_cnt": 1}]},
    ],
)
def test_an_answer_that_lacks_a_needed_part_is_none(wrong):
    assert order_of({"data": TOLD | wrong}, FORM) is None
    assert order_of({}, FORM) is None


def paid(**changes):
    known = Prescription(
        "RX1", "R1", "示例医院", "440300", "张医师", AT.date(),
        (Prescribed(1, "Y2", "阿莫西林", 2, "X2"),), download="D1",
    )  # fmt: skip
    made = sale(line(1, RX, 2, 2), line(2, OTHER, 1, 1))
    return replace(
        made, prescription=known, paid_at=AT, payment=PaymentKind.SELF, upload_serial="S1",
        number="01AAAAAA-000001", **changes,
    )  # fmt: skip


def marked(made):
    sold = sale_lines(made, SENDER, PROFILE)
    handlers = Handlers(reviewer="李药师")
    return dispensed_lines(made, sold, handlers, SENDER, PROFILE)


def test_each_box_of_the_prescription_is_a_line_and_no_other_is():
    lines = marked(paid())
    assert [one.item for one in lines] == ["Y2", "Y2"]
    assert len({one.key for one in lines}) == 2
    assert all(one.codes == () and one.infno == "7206" for one in lines)
    payload = wire_payload(lines, PROFILE.dispensed, PROFILE)
    head, rows = payload["data"], payload["drugdetail"]
    assert (head["hi_rxno"], head["download_ide_code"], head["payMode"]) == ("R1", "D1", "1")
    assert (head["phar_name"], head["dspeer_name"]) == ("李药师", "无")
    assert "fund_pay_sumamt" not in head
    assert [row["sel_retn_cnt"] for row in rows] == ["1", "1"]
    assert len({row["drug_trac_codg"] for row in rows}) == 2


def test_money_nobody_told_is_left_out_and_cash_beside_insurance_is_both():
    typed = marked(paid(settlement=Settlement("SETL1")))[0].words
    assert typed["fund_sum"] == typed["cash_sum"] == ""
    whole = Settlement("SETL1", "M1", fund_fen=4000, account_fen=360, cash_fen=2180)
    made = replace(paid(settlement=whole), payment=PaymentKind.POOLED)
    words = marked(made)[0].words
    assert (words["fund_sum"], words["pay_mode"]) == ("40.00", "3")


def test_a_paper_one_is_not_marked_and_a_missing_lot_waits():
    made = paid()
    paper = replace(made, prescription=replace(made.prescription, download=""))
    assert marked(paper) == ()
    assert marked(replace(made, resettles="01AAAAAA-000000")) == ()
    bare = replace(RX, batch=Batch())
    lines = tuple(replace(ln, item=bare) if ln.item is RX else ln for ln in made.lines)
    assert {one.waiting for one in marked(replace(made, lines=lines))} == {Waiting.NO_LOT}


def test_a_settled_line_names_its_prescription():
    words = sale_lines(paid(), SENDER, PROFILE)[0].words
    assert (words["prescriber"], words["rx_number"], words["rx_circ"]) == ("张医师", "R1", "1")
    other = sale_lines(paid(), SENDER, PROFILE)[1].words
    assert (other["prescriber"], other["rx_number"]) == ("无", "")
