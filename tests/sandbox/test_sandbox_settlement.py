"""The practice settlement: what it refuses, which faults strike it, and what it shows."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
import requests

_lines = itertools.count(1)


def _given(**changes: Any) -> dict[str, Any]:
    n = next(_lines)
    info = {
        "psn_no": "TRAINP00000000",
        "mdtrt_cert_type": "01",
        "mdtrt_cert_no": "TRAINING",
        "begntime": "2026-11-20 10:00:00",
        "medfee_sumamt": "19.99",
        "invono": f"D{n}",
        "insutype": "310",
        "acct_used_flag": "1",
        "med_type": "11",
    }
    line = {
        "feedetl_sn": f"F{n}",
        "fee_ocur_time": "2026-11-20 10:00:00",
        "med_list_codg": "XA01ABD075A002010100483",
        "medins_list_codg": "A001",
        "det_item_fee_sumamt": "19.99",
        "cnt": "1",
        "pric": "19.99",
    }
    return {"druginfo": info | changes, "drugdetail": [line]}


def _settle(counter: Any, given: Any = None, **changes: Any) -> Any:
    return counter.send("2102", given or _given(), **changes)


@pytest.mark.parametrize(
    ("med_type", "used", "parts"),
    [("41", "1", ("0.00", "19.99", "0.00")), ("11", "1", ("13.99", "6.00", "0.00")),
     ("11", "0", ("13.99", "0.00", "6.00"))],
)  # fmt: skip
def test_the_parts_make_the_total(
    counter: Any, med_type: str, used: str, parts: tuple[str, ...]
) -> None:
    told = _settle(counter, _given(med_type=med_type, acct_used_flag=used))["output"]["setlinfo"]
    assert (told["fund_pay_sumamt"], told["acct_pay"], told["psn_cash_pay"]) == parts
    assert told["setl_id"].startswith("TRAIN")
    assert told["mdtrt_id"].startswith("TRAINM")


@pytest.mark.parametrize(
    ("change", "words"),
    [({"psn_no": "P1"}, "人员编号"), ({"medfee_sumamt": "20.00"}, "合计"),
     ({"medfee_sumamt": "x"}, "数值"), ({"psn_no": ""}, "psn_no"),
     ({"psn_no": "TRAINP00000004"}, "暂停")],
)  # fmt: skip
def test_bad_settlements(counter: Any, change: dict[str, Any], words: str) -> None:
    answer = _settle(counter, _given(**change), insuplc_admdvs="440300")
    assert answer["infcode"] == -1
    assert words in answer["err_msg"]


def test_a_settlement_without_lines_or_with_a_code_twice_is_refused(counter: Any) -> None:
    empty = _given() | {"drugdetail": []}
    code = {"feedetl_sn": "F", "drug_trac_codg": "84", "trdn_flag": "0", "min_prcunt_type": "2"}
    twice = _given() | {"drug_trac_info": [code, code]}
    assert "drugdetail" in _settle(counter, empty)["err_msg"]
    assert "重复" in _settle(counter, twice)["err_msg"]


def test_a_message_settles_once(counter: Any) -> None:
    body = counter.body("2102", _given())
    assert counter.post(body).json()["infcode"] == 0
    assert "重复" in counter.post(body).json()["err_msg"]


def test_cancelling_needs_number_and_person(counter: Any) -> None:
    made = _settle(counter)["output"]["setlinfo"]
    wrong = {"setl_id": made["setl_id"], "psn_no": "TRAINP00000001"}
    right = wrong | {"psn_no": "TRAINP00000000"}
    assert "不存在" in counter.send("2103", {"data": wrong})["err_msg"]
    assert counter.send("2103", {"data": right})["infcode"] == 0
    assert "已撤销" in counter.send("2103", {"data": right})["err_msg"]


def test_only_a_settlement_is_reversed(counter: Any) -> None:
    given = {"psn_no": "TRAINP00000000", "omsgid": "P44030000001" + "0" * 18, "oinfno": "3505"}
    assert "oinfno" in counter.send("2601", {"data": given})["err_msg"]


@pytest.mark.parametrize("at", ["before_commit", "after_commit"])
@pytest.mark.parametrize("name", ["settlement", "2102"])
def test_an_answer_that_is_lost(counter: Any, at: str, name: str) -> None:
    counter.faults({"infno": name, "at": at, "nth": 1})
    with pytest.raises(requests.ConnectionError):
        _settle(counter)
    assert _settle(counter)["infcode"] == 0


def test_faults_of_any_number_do_not_strike_the_settlement(counter: Any) -> None:
    counter.faults({"at": "after_commit"})
    assert _settle(counter)["infcode"] == 0


def test_faults_of_the_settlement_strike_neither_person_nor_preview(counter: Any) -> None:
    counter.faults({"infno": "settlement", "at": "refuse"})
    assert counter.send("2101", _given())["infcode"] == 0
    assert _settle(counter)["infcode"] == -1


def test_the_rate_of_uploads_is_not_the_settlements(counter: Any) -> None:
    counter.faults(calls_per_second=1)
    assert all(_settle(counter)["infcode"] == 0 for _ in range(3))


def test_what_is_shown_names_no_person(counter: Any) -> None:
    number = "110101197801309040"
    told = counter.send("1101", {"data": {"mdtrt_cert_type": "02", "mdtrt_cert_no": number}})
    assert told["output"]["baseinfo"]["certno"] == number
    _settle(counter)
    shown = requests.get(f"{counter.url}/_records", timeout=5).json()["settlements"]
    assert {"setl_id", "msgid", "codes", "cancelled", "total_fen"} <= shown[-1].keys()
    assert "psn_no" not in shown[-1]
