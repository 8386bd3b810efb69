"""The practice platform's stock-takes, changes, purchases and purchase returns: 3501 to 3504."""

from __future__ import annotations

import itertools
import sqlite3
from pathlib import Path
from typing import Any

import pytest
import requests

from pharmacy_desk.sandbox.records import Records

STORE = "P44030000001"
NUMBERS = ("3501A", "3502A", "3503A", "3504A")
QUERIES = {"3501A": "3508", "3502A": "3509", "3503A": "3510", "3504A": "3510"}
NODES = {"3501": "invinfo", "3502": "invinfo", "3503": "purcinfo", "3504": "purcinfo"}
PATHS = {
    "3501A": "goodsService/goodsUpload",
    "3502A": "goodsService/goodsUpdate",
    "3503A": "goodsService/goodsBuy",
    "3504A": "goodsService/goodsBuyReturn",
}
_count = itertools.count(1)


def _line(infno: str, **changes: Any) -> dict[str, Any]:
    """A line that is right in every field its transaction asks for, and has codes."""
    n = next(_count)
    goods = {
        "med_list_codg": "XA01ABD075A002010100483",
        "fixmedins_hilist_id": "A001",
        "fixmedins_hilist_name": "阿莫西林胶囊",
        "fixmedins_bchno": f"M{n:08d}",
        "rx_flag": "0",
        "drugtracinfo": [{"drug_trac_codg": f"7{n:019d}"}, {"drug_trac_codg": f"6{n:019d}"}],
    }
    dates = {"manu_date": "2026-01-05", "expy_end": "2028-01-04"}
    bought = {
        "spler_name": "示例医药公司",
        "purc_retn_cnt": "2",
        "purc_retn_stoin_time": "2026-11-20 10:00:00",
        "purc_retn_opter_name": "营业员",
    }
    own = {
        "3501A": dates | {"invdate": "2026-11-20", "inv_cnt": 2},
        "3502A": {"inv_chg_type": "102", "pric": 12.5, "cnt": "2", "trdn_flag": "0",
                  "inv_chg_time": "2026-11-20 10:00:00"},
        "3503A": dates | bought
        | {"manu_lotnum": "L1", "prodentp_name": "示例药业", "aprvno": "国药准字H20990001"},
        "3504A": dates | bought | {"purc_invo_no": "F1"},
    }[infno]  # fmt: skip
    return goods | own | changes


def _send(counter: Any, infno: str, *lines: dict[str, Any]) -> Any:
    return counter.send(infno, {f"{NODES[infno[:4]]}Detail": list(lines)})


def _ask(counter: Any, infno: str, **question: Any) -> Any:
    return counter.send(infno, {"data": {"fixmedins_code": STORE} | question})


def _failed(answer: Any, infno: str) -> list[Any]:
    rows: list[Any] = answer["output"].get(f"{NODES[infno[:4]]}ErrDetail", [])
    return rows


@pytest.mark.parametrize("infno", NUMBERS)
def test_a_right_line_is_kept_with_its_codes_and_its_number(counter: Any, infno: str) -> None:
    line = _line(infno)
    assert _send(counter, infno, line)["output"] == {
        "result": {"retRslt": "1", "msgRslt": "成功", "memo": ""}
    }
    (row,) = counter.kept(line)
    assert (row["infno"], row["received"], row["fixmedins_hilist_id"]) == (infno, 1, "A001")
    assert row["codes"] == [child["drug_trac_codg"] for child in line["drugtracinfo"]]


def test_the_records_tell_what_each_movement_was(counter: Any) -> None:
    lines = {infno: _line(infno) for infno in NUMBERS}
    for infno, line in lines.items():
        _send(counter, infno, line)
    count, change, bought, back = counter.kept(*lines.values())
    assert (count["inv_cnt"], count["invdate"]) == (2, "2026-11-20")
    assert (change["inv_chg_type"], change["cnt"]) == ("102", "2")
    assert (bought["spler_name"], bought["purc_retn_cnt"]) == ("示例医药公司", "2")
    assert (bought["manu_lotnum"], bought["expy_end"]) == ("L1", "2028-01-04")
    assert back["purc_invo_no"] == "F1"


REQUIRED = [
    *(("3501A", name) for name in ("med_list_codg", "fixmedins_hilist_id", "fixmedins_hilist_name",
      "rx_flag", "invdate", "inv_cnt", "fixmedins_bchno", "manu_date", "expy_end")),
    *(("3502A", name) for name in ("med_list_codg", "inv_chg_type", "fixmedins_hilist_id",
      "fixmedins_hilist_name", "fixmedins_bchno", "pric", "cnt", "rx_flag", "inv_chg_time",
      "trdn_flag")),
    *(("3503A", name) for name in ("med_list_codg", "fixmedins_hilist_id", "fixmedins_hilist_name",
      "fixmedins_bchno", "spler_name", "manu_lotnum", "prodentp_name", "aprvno", "manu_date",
      "expy_end", "purc_retn_cnt", "rx_flag", "purc_retn_stoin_time", "purc_retn_opter_name")),
    *(("3504A", name) for name in ("med_list_codg", "fixmedins_hilist_id", "fixmedins_hilist_name",
      "fixmedins_bchno", "spler_name", "manu_date", "expy_end", "purc_retn_cnt", "purc_invo_no",
      "rx_flag", "purc_retn_stoin_time", "purc_retn_opter_name")),
]  # fmt: skip
WRONG = [
    ("3501A", "inv_cnt", "1.234"),
    ("3501A", "inv_cnt", True),
    ("3501A", "invdate", "2026-11-20 10:00:00"),
    ("3501A", "manu_lotnum", "L" * 31),
    ("3502A", "inv_chg_type", "112"),
    ("3502A", "trdn_flag", "2"),
    ("3502A", "cnt", 0),
    ("3502A", "cnt", "1.00001"),
    ("3502A", "pric", "1e3"),
    ("3502A", "inv_chg_time", "2026-11-20"),
    ("3502A", "memo", "长" * 501),
    ("3503A", "spler_name", "司" * 201),
    ("3503A", "aprvno", "H" * 101),
    ("3503A", "dynt_no", "D" * 51),
    ("3503A", "purc_retn_cnt", 0),
    ("3503A", "prod_geay_flag", "2"),
    ("3503A", "manu_date", "2026-02-30"),
    ("3504A", "purc_invo_no", "F" * 51),
    ("3504A", "purc_retn_stoin_time", "20261120100000"),
    *((infno, "rx_flag", "9") for infno in NUMBERS),
    *((infno, "drugtracinfo", [{"drug_trac_codg": ""}]) for infno in NUMBERS),
    *((infno, "drugtracinfo", [{"drug_trac_codg": "8" * 101}]) for infno in NUMBERS),
    *((infno, "drugtracinfo", [{"drug_trac_codg": "81"}] * 2) for infno in NUMBERS),
    *((infno, "drugtracinfo", {"drug_trac_codg": "81"}) for infno in NUMBERS),
]


@pytest.mark.parametrize(
    ("infno", "name", "value"), [*((infno, name, "") for infno, name in REQUIRED), *WRONG]
)
def test_a_wrong_line_is_refused_beside_a_right_one(
    counter: Any, infno: str, name: str, value: Any
) -> None:
    good, bad = _line(infno), _line(infno, **{name: value})
    answer = _send(counter, infno, bad, good)
    assert (answer["infcode"], answer["output"]["result"]["retRslt"]) == (0, "1")
    (row,) = _failed(answer, infno)
    assert row["retRslt"] == "0"
    assert name in row["msgRslt"]
    assert row["fixmedins_bchno"] == bad["fixmedins_bchno"]
    assert [kept["fixmedins_bchno"] for kept in counter.kept(good, bad)] == [
        good["fixmedins_bchno"]
    ]


def test_nothing_left_is_a_count(counter: Any) -> None:
    lines = [_line("3501A", inv_cnt=value, drugtracinfo=[]) for value in (0, "0")]
    assert _failed(_send(counter, "3501A", *lines), "3501A") == []
    assert len(counter.kept(*lines)) == 2


@pytest.mark.parametrize("infno", NUMBERS)
def test_a_serial_is_taken_once_for_each_kind_of_line(counter: Any, infno: str) -> None:
    line = _line(infno)
    _send(counter, infno, line)
    answer = _send(counter, infno, line)
    assert answer["output"]["result"]["retRslt"] == "0"
    assert [row["msgRslt"] for row in _failed(answer, infno)] == ["流水号重复"]
    assert [row["received"] for row in counter.kept(line)] == [2]
    other = "3502A" if infno != "3502A" else "3501A"
    same = _line(other, fixmedins_bchno=line["fixmedins_bchno"])
    assert _send(counter, other, same)["output"]["result"]["retRslt"] == "1"


@pytest.mark.parametrize(("policy", "rows"), [("overwrite", ["9"]), ("double", ["2", "9"])])
def test_doubles_pass_where_the_plan_says_so(counter: Any, policy: str, rows: list[str]) -> None:
    counter.faults(duplicates=policy)
    line = _line("3502A")
    _send(counter, "3502A", line)
    _send(counter, "3502A", line | {"cnt": "9"})
    assert [row["cnt"] for row in counter.kept(line)] == rows


@pytest.mark.parametrize("infno", NUMBERS)
@pytest.mark.parametrize(
    ("at", "kept"), [("before_commit", 0), ("after_commit", 3), ("half", 1), ("500", 0)]
)
def test_faults_strike_movements_too(counter: Any, infno: str, at: str, kept: int) -> None:
    counter.faults({"nth": 1, "infno": infno, "at": at})
    lines = [_line(infno) for _ in range(3)]
    with pytest.raises(requests.RequestException):
        _send(counter, infno, *lines)  # a dropped connection, or a page that is no JSON
    assert len(counter.kept(*lines)) == kept
    assert len(_failed(_send(counter, infno, *lines), infno)) == kept


@pytest.mark.parametrize("infno", NUMBERS)
def test_a_line_is_found_by_its_serial_and_only_by_its_own_question(
    counter: Any, infno: str
) -> None:
    line, bare = _line(infno), _line(infno, drugtracinfo=[])
    _send(counter, infno, line, bare)
    for infno_asked in ("3508", "3509", "3510"):
        asked = _ask(counter, infno_asked, fixmedins_bchno=line["fixmedins_bchno"])
        assert len(asked["output"]["data"]) == (2 if infno_asked == QUERIES[infno] else 0)
    assert counter.ask(fixmedins_bchno=line["fixmedins_bchno"])["output"]["data"] == []
    (row,) = _ask(counter, QUERIES[infno], fixmedins_bchno=bare["fixmedins_bchno"])["output"][
        "data"
    ]
    assert (row["fixmedinsBchno"], row["drugTracCodg"]) == (bare["fixmedins_bchno"], "")
    assert row["optTime"][:10] == "2026-11-20"


def test_questions_can_ask_for_days_drugs_and_codes(counter: Any) -> None:
    line, back = _line("3503A", fixmedins_hilist_id="Q7"), _line("3504A", fixmedins_hilist_id="Q7")
    _send(counter, "3503A", line)
    _send(counter, "3504A", back)
    rows = _ask(counter, "3510", medins_list_codg="Q7")["output"]["data"]
    assert {row["fixmedinsBchno"] for row in rows} == {line["fixmedins_bchno"]}
    assert rows[0]["splerName"] == "示例医药公司"
    code = line["drugtracinfo"][1]["drug_trac_codg"]
    (row,) = _ask(counter, "3510", drug_trac_codg=code)["output"]["data"]
    assert row["drugTracCodg"] == code
    found = {
        day: len(_ask(counter, "3510", medins_list_codg="Q7", begndate=day)["output"]["data"])
        for day in ("2026-11-20", "2026-11-21")
    }
    assert found == {"2026-11-20": 2, "2026-11-21": 0}
    assert _ask(counter, "3508", fixmedins_code="P44030000002")["infcode"] == -1
    assert counter.send("3509", {"data": {}})["infcode"] == -1


@pytest.mark.parametrize(("kind", "infno"), [("1", "3501A"), ("2", "3502A"), ("3", "3503A"), ("3", "3504A")])  # fmt: skip
def test_deleting_names_the_kind_of_line(counter: Any, kind: str, infno: str) -> None:
    line = _line(infno)
    _send(counter, infno, line)
    for wrong in {"1", "2", "3", "4"} - {kind}:
        row = {"fixmedins_bchno": line["fixmedins_bchno"], "inv_data_type": wrong}
        assert counter.send("3507", {"data": row})["output"]["result"]["msgRslt"] == "记录不存在"
    right = {"fixmedins_bchno": line["fixmedins_bchno"], "inv_data_type": kind}
    assert counter.send("3507A", {"goodDetail": [right]})["output"]["result"]["retRslt"] == "1"
    assert counter.kept(line) == []


def test_goods_sent_back_name_a_purchase_that_is_there_or_none(counter: Any) -> None:
    line = _line("3503A")
    _send(counter, "3503A", line)
    good = _line("3504A", medins_prod_purc_no=line["fixmedins_bchno"])
    bad = _line("3504A", medins_prod_purc_no="NOWHERE")
    (row,) = _failed(_send(counter, "3504A", good, bad), "3504A")
    assert (row["fixmedins_bchno"], row["msgRslt"]) == (bad["fixmedins_bchno"], "原采购记录不存在")


def test_single_messages_and_their_addresses(counter: Any) -> None:
    for infno in NUMBERS:
        line, node = _line(infno), NODES[infno[:4]]
        single = counter.body(infno[:4], {node: line})
        other = next(path for number, path in PATHS.items() if number != infno)
        assert counter.post(single, other).json()["infcode"] == -1
        assert counter.post(single, PATHS[infno]).json()["output"]["result"]["retRslt"] == "1"
        again = counter.body(infno, {f"{node}Detail": [line]})
        rows = _failed(counter.post(again, PATHS[infno]).json(), infno)
        assert [row["msgRslt"] for row in rows] == ["流水号重复"]


def test_a_book_of_an_earlier_version_gets_the_columns_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / "book.sqlite"
    old = sqlite3.connect(path)
    old.execute(
        "CREATE TABLE lines (id INTEGER PRIMARY KEY AUTOINCREMENT, store TEXT NOT NULL, kind TEXT"
        " NOT NULL, bchno TEXT NOT NULL, copy INTEGER NOT NULL, infno TEXT, msgid TEXT, opter TEXT,"
        " opter_name TEXT, at TEXT, med_list_codg, UNIQUE (store, kind, bchno, copy))"
    )
    old.execute("INSERT INTO lines (store, kind, bchno, copy) VALUES ('P', 'sale', 'B1', 0)")
    old.commit()
    old.close()
    for _ in range(2):
        book = Records(path)
        (row,) = book.lines()
        assert (row["bchno"], row["inv_chg_type"], row["sel_retn_cnt"]) == ("B1", "", "")
        book.close()
