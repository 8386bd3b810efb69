"""What the practice platform keeps, deletes and tells: sales, returns, 3507, 3513, duplicates."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
import requests


def test_each_code_stands_once_in_the_records(counter: Any) -> None:
    codes = ["82000000000000009991", "82000000000000009992"]
    line = counter.line(drugtracinfo=[{"drug_trac_codg": code} for code in codes], sel_retn_cnt=2)
    counter.sell(line)
    text = requests.get(f"{counter.url}/_records", timeout=5).text
    assert [text.count(code) for code in codes] == [1, 1]
    (row,) = counter.kept(line)
    assert row["codes"] == codes
    assert (row["infno"], row["sel_retn_cnt"], row["received"]) == ("3505A", 2, 1)
    assert row["rtal_docno"] == line["rtal_docno"]
    assert row["opter"] == "007"


def test_rows_come_in_order_of_acceptance(counter: Any) -> None:
    lines = [counter.line() for _ in range(4)]
    counter.sell(lines[2], lines[0])
    counter.sell(lines[3], lines[1])
    found = [row["fixmedins_bchno"] for row in counter.kept(*lines)]
    assert found == [lines[n]["fixmedins_bchno"] for n in (2, 0, 3, 1)]


@pytest.mark.parametrize(("policy", "rows", "lot"), [("overwrite", 1, "L2"), ("double", 2, "L1")])
def test_duplicates_that_pass(counter: Any, policy: str, rows: int, lot: str) -> None:
    counter.faults(duplicates=policy)
    line = counter.line()
    counter.sell(line)
    answer = counter.sell({**line, "manu_lotnum": "L2"})
    assert answer["output"]["result"]["retRslt"] == "1"
    kept = counter.kept(line)
    assert len(kept) == rows
    assert kept[0]["manu_lotnum"] == lot
    assert {row["received"] for row in kept} == {2}


def test_duplicates_are_rejected_unless_told_otherwise(counter: Any) -> None:
    line, fresh = counter.line(), counter.line()
    counter.sell(line)
    answer = counter.sell(line, fresh)
    (row,) = answer["output"]["selinfoErrDetail"]
    assert (row["retRslt"], row["msgRslt"]) == ("0", "流水号重复")
    assert row["fixmedins_bchno"] == line["fixmedins_bchno"]
    assert [row["received"] for row in counter.kept(line, fresh)] == [2, 1]
    assert counter.sell(line)["output"]["result"]["retRslt"] == "0"


def test_a_sale_and_its_return_may_share_a_serial(counter: Any) -> None:
    line = counter.line()
    counter.sell(line)
    back = {**line, "medins_prod_sel_no": line["fixmedins_bchno"]}
    assert counter.give_back(back)["output"]["result"]["retRslt"] == "1"
    assert [row["infno"] for row in counter.kept(line)] == ["3505A", "3506A"]


def test_a_return_of_an_unknown_sale_is_refused(counter: Any) -> None:
    answer = counter.give_back(counter.line(medins_prod_sel_no="NOWHERE"))
    assert answer["output"]["selinfoErrDetail"][0]["msgRslt"] == "原销售记录不存在"


def test_single_messages(counter: Any) -> None:
    line = counter.line()
    assert counter.send("3505", {"selinfo": line})["output"]["result"]["retRslt"] == "1"
    again = counter.send("3505", {"selinfo": line})["output"]
    assert again == {"result": {"retRslt": "0", "msgRslt": "流水号重复", "memo": ""}}
    back = counter.line(medins_prod_sel_no=line["fixmedins_bchno"])
    assert counter.send("3506", {"selinfo": back})["output"]["result"]["retRslt"] == "1"
    assert counter.send("3505", {"selinfo": [line]})["infcode"] == -1


def test_deleting(counter: Any) -> None:
    one, two = counter.line(), counter.line()
    counter.sell(one, two)
    rows = [{"fixmedins_bchno": n["fixmedins_bchno"], "inv_data_type": "4"} for n in (one, two)]
    assert counter.send("3507", {"data": rows[0]})["output"]["result"]["retRslt"] == "1"
    answer = counter.send("3507A", {"goodDetail": rows})["output"]
    assert answer["result"]["retRslt"] == "1"
    assert [row["msgRslt"] for row in answer["goodErrDetail"]] == ["记录不存在"]
    assert counter.kept(one, two) == []
    assert counter.sell(one)["output"]["result"]["retRslt"] == "1"
    wrong = {**rows[0], "inv_data_type": "3"}
    assert counter.send("3507", {"data": wrong})["output"]["result"]["retRslt"] == "0"
    assert len(counter.kept(one)) == 1


def test_asking_what_was_sold(counter: Any) -> None:
    line, bare = counter.line(memo="m"), counter.line(drugtracinfo=[])
    counter.sell(line, bare)
    code = line["drugtracinfo"][0]["drug_trac_codg"]
    (row,) = counter.ask(drug_trac_codg=code)["output"]["data"]
    assert row["fixmedinsBchno"] == line["fixmedins_bchno"]
    assert (row["drugTracCodg"], row["memo"], len(row["rid"])) == (code, "m", 40)
    (row,) = counter.ask(fixmedins_bchno=bare["fixmedins_bchno"])["output"]["data"]
    assert row["drugTracCodg"] == ""
    both = {"fixmedins_bchno": bare["fixmedins_bchno"], "drug_trac_codg": code}
    assert counter.ask(**both)["output"] == {"data": []}
    asked = {"fixmedins_bchno": line["fixmedins_bchno"]}
    assert counter.ask(**asked, begndate="2026-11-21")["output"]["data"] == []
    assert len(counter.ask(**asked, enddate="2026-11-20")["output"]["data"]) == 1


def test_asking_about_returns_and_about_others(counter: Any) -> None:
    line = counter.line()
    counter.sell(line)
    back = {**line, "fixmedins_bchno": line["fixmedins_bchno"] + "R"}
    counter.give_back(back)
    code = line["drugtracinfo"][0]["drug_trac_codg"]
    assert len(counter.ask(drug_trac_codg=code)["output"]["data"]) == 1
    (row,) = counter.ask(fixmedins_bchno=back["fixmedins_bchno"])["output"]["data"]
    assert row["memo"] == "退货"
    assert counter.ask(fixmedins_code="P44030000002")["infcode"] == -1
    assert counter.ask(psn_cert_type="")["infcode"] == -1


def test_sign_in(counter: Any) -> None:
    given = {"signIn": {"opter_no": "007", "mac": "", "ip": "127.0.0.1"}}
    out = counter.send("9001", given)["output"]["signinoutb"]
    assert out["sign_no"]
    assert out["sign_time"]
    assert counter.send("9001", {"signIn": {}})["infcode"] == -1


def test_the_book_outlives_its_process(started: Any, counter: Any, tmp_path: Any) -> None:
    url, process = started(store=tmp_path / "book.sqlite")
    line = counter.line()
    first = type(counter)(url)
    first.sell(line)
    process.kill()
    process.wait(timeout=5)
    second = type(counter)(started(store=tmp_path / "book.sqlite")[0])
    assert len(second.kept(line)) == 1
    assert "selinfoErrDetail" in second.sell(line)["output"]


def test_it_ends_when_stdin_ends(started: Any) -> None:
    _, process = started()
    process.stdin.close()
    assert process.wait(timeout=5) == 0
    process.stdin = None


def test_the_room_itself_needs_no_web_library() -> None:
    code = "import sys, pharmacy_desk.sandbox; sys.exit('starlette' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
