"""What the practice platform refuses, and in which words."""

from __future__ import annotations

import hashlib
import time
from typing import Any

import pytest
import requests

LINE_FAULTS = [
    ("fixmedins_bchno", ""),
    ("fixmedins_hilist_id", None),
    ("fixmedins_hilist_name", "  "),
    ("hi_feesetl_type", ""),
    ("mdtrt_sn", ""),
    ("manu_lotnum", ""),
    ("manu_date", ""),
    ("manu_date", "2026-1-5"),
    ("manu_date", "2026-02-30"),
    ("expy_end", "20280104"),
    ("rx_flag", "9"),
    ("rx_flag", ""),
    ("trdn_flag", 0),
    ("rtal_docno", "R" * 41),
    ("sel_retn_cnt", 0),
    ("sel_retn_cnt", "one"),
    ("sel_retn_cnt", 1.00001),
    ("sel_retn_cnt", 10**12),
    ("sel_retn_cnt", "1_0"),
    ("sel_retn_cnt", True),
    ("finl_trns_pric", "1e3"),
    ("sel_retn_time", "2026-11-20T10:00:00"),
    ("sel_retn_time", "2026-11-2010:00:00"),
    ("sel_retn_opter_name", ""),
    ("mdtrt_setl_type", ""),
    ("mdtrt_setl_type", "3"),
    ("fixmedins_hilist_name", "药" * 201),
    ("drugtracinfo", {"drug_trac_codg": "81"}),
    ("drugtracinfo", [{"drug_trac_codg": ""}]),
    ("drugtracinfo", [{"drug_trac_codg": "8" * 101}]),
    ("drugtracinfo", [{"drug_trac_codg": "81"}, {"drug_trac_codg": "81"}]),
    ("drugtracinfo", ["81"]),
]


@pytest.mark.parametrize(("name", "value"), LINE_FAULTS)
def test_a_wrong_line_is_refused_beside_a_right_one(counter: Any, name: str, value: Any) -> None:
    good, bad = counter.line(), counter.line(**{name: value})
    answer = counter.sell(bad, good)
    assert answer["infcode"] == 0
    assert answer["output"]["result"]["retRslt"] == "1"
    (row,) = answer["output"]["selinfoErrDetail"]
    assert row["retRslt"] == "0"
    assert name in row["msgRslt"]
    assert row["fixmedins_bchno"] == (bad["fixmedins_bchno"] or "")
    assert len(counter.kept(good, bad)) == 1


@pytest.mark.parametrize("name", ["med_list_codg", "setl_id", "psn_cert_type"])
def test_an_insured_line_needs_more_than_a_self_paid_one(counter: Any, name: str) -> None:
    insured = {"mdtrt_setl_type": "1", "setl_id": "T1", "psn_cert_type": "01"}
    whole = counter.line(**insured)
    assert "selinfoErrDetail" not in counter.sell(whole)["output"]
    answer = counter.sell(counter.line(**insured | {name: ""}))
    assert answer["output"]["result"]["retRslt"] == "0"
    assert name in answer["output"]["selinfoErrDetail"][0]["msgRslt"]
    assert "selinfoErrDetail" not in counter.sell(counter.line(**{name: ""}))["output"]


@pytest.mark.parametrize("name", ["prsc_dr_name", "phar_name", "phar_prac_cert_no"])
def test_a_prescription_line_names_doctor_and_pharmacist(counter: Any, name: str) -> None:
    people = {"prsc_dr_name": "甲", "phar_name": "乙", "phar_prac_cert_no": "1", "rx_flag": "1"}
    assert "selinfoErrDetail" not in counter.sell(counter.line(**people))["output"]
    answer = counter.sell(counter.line(**people | {name: ""}))
    assert name in answer["output"]["result"]["msgRslt"]


def test_a_line_without_codes_is_accepted(counter: Any) -> None:
    bare = counter.line()
    del bare["drugtracinfo"]
    empty = counter.line(drugtracinfo=[])
    assert counter.sell(bare, empty)["output"] == {
        "result": {"retRslt": "1", "msgRslt": "成功", "memo": ""}
    }


ENVELOPE_FAULTS = [
    ("msgid", "", "msgid"),
    ("msgid", "P44030000002202611201000000001", "msgid"),
    ("msgid", "X44030000001202611201000000001", "msgid"),
    ("msgid", "P4403000000120261120100000001", "msgid"),
    ("mdtrtarea_admvs", "4403000", "mdtrtarea_admvs"),
    ("recer_sys_code", None, "recer_sys_code"),
    ("infver", "", "infver"),
    ("opter_type", "9", "opter_type"),
    ("opter", 7, "opter"),
    ("opter_name", "", "opter_name"),
    ("inf_time", "2026/11/20 10:00:00", "inf_time"),
    ("fixmedins_code", "", "fixmedins_code"),
    ("fixmedins_code", "P44030", "msgid"),
    ("fixmedins_name", "", "fixmedins_name"),
    ("input", "{}", "input"),
    ("input", {"selinfoDetail": [], "more": "x" * 40000}, "input"),
    ("input", {"selinfoDetail": []}, "selinfoDetail"),
    ("input", {"selinfoDetail": {}}, "selinfoDetail"),
    ("infno", "3507B", "3507B"),
    ("infno", None, "交易编号"),
]


@pytest.mark.parametrize(("name", "value", "word"), ENVELOPE_FAULTS)
def test_a_wrong_envelope_is_refused_whole(counter: Any, name: str, value: Any, word: str) -> None:
    line = counter.line()
    body = counter.body("3505A", {"selinfoDetail": [line]}) | {name: value}
    answer = counter.post(body).json()
    assert answer["infcode"] == -1
    assert word in answer["err_msg"]
    assert counter.kept(line) == []


def test_the_insured_area_is_needed_once_a_person_is_named(counter: Any) -> None:
    given = {"selinfoDetail": [counter.line(psn_no="1")]}
    answer = counter.send("3505A", given, insuplc_admdvs="")
    assert "insuplc_admdvs" in answer["err_msg"]
    assert counter.send("3505A", given)["infcode"] == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'"text"',
        b"\xff\xfe",
        b'{"infno": "\\ud800"}',
        b"[" * 100000,
        b"{" + b" " * (2 * 1024 * 1024),
        b'{"infno": ["3505A"], "mdtrtarea_admvs": {}}',
    ],
)
def test_a_body_that_is_no_message_gets_a_sentence(counter: Any, content: bytes) -> None:
    answer = requests.post(f"{counter.url}/fsi/api/x", data=content, timeout=5)
    assert answer.status_code == 200
    assert answer.json()["infcode"] == -1
    assert answer.json()["err_msg"]


def test_a_listed_path_serves_only_its_own_number(counter: Any) -> None:
    body = counter.body("3505A", {"selinfoDetail": [counter.line()]})
    assert counter.post(body, "goodsService/goodsBuy").json()["infcode"] == -1
    assert counter.post(body, "goodsService/goodsSell").json()["infcode"] == 0
    body = counter.body("3505A", {"selinfoDetail": [counter.line()]})
    assert counter.post(body, "rsfComIfsService/callService").json()["infcode"] == 0


def test_answers_have_the_shape_of_the_platform(counter: Any) -> None:
    answer = counter.sell(counter.line())
    assert len(answer["inf_refmsgid"]) == 30
    assert answer["inf_refmsgid"].startswith("440300")
    assert len(answer["respond_time"]) == len(answer["refmsg_time"]) == 17


def test_signed_messages(started: Any, counter: Any) -> None:
    signing = type(counter)(started("secret")[0])
    body = signing.body("9001", {"signIn": {"opter_no": "007", "mac": "", "ip": "127.0.0.1"}})
    refused = signing.post(body).json()
    assert (refused["infcode"], refused["err_msg"]) == (-1, "签名验证失败")

    def signed(stamp: float, token: str = "secret") -> Any:
        text = str(int(stamp))
        whole = hashlib.sha256(f"{text}{token}n1{text}".encode()).hexdigest()
        headers = {
            "x-tif-paasid": "shop",
            "x-tif-timestamp": text,
            "x-tif-nonce": "n1",
            "x-tif-signature": whole,
        }
        return signing.post(body, headers=headers).json()["infcode"]

    assert signed(time.time()) == 0
    assert signed(time.time() - 290) == 0
    assert signed(time.time() - 320) == -1
    assert signed(time.time(), "other") == -1
    signing.faults(clock_skew_s=1000)
    assert signed(time.time()) == -1
    assert signed(time.time() + 1000) == 0
