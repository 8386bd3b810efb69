"""A box that another store has sold is refused by the practice platform."""

import pytest

from pharmacy_desk.sandbox.faults import FaultsError, parse
from tests.sandbox.conftest import STORE

OTHER = "P44030000009"


def _refused(answer):
    rows = answer["output"].get("selinfoErrDetail") or []
    return [row["msgRslt"] for row in rows if row["retRslt"] != "1"]


def _by_other(counter, line, infno="3505A", node="selinfoDetail"):
    msgid = counter.body(infno, {})["msgid"].replace(STORE, OTHER)
    return counter.send(infno, {node: [line]}, fixmedins_code=OTHER, msgid=msgid)


def test_a_box_another_store_has_sold_is_refused_with_where_and_when(counter):
    line = counter.line()
    assert _by_other(counter, line)["output"]["result"]["retRslt"] == "1"
    code = line["drugtracinfo"][0]["drug_trac_codg"]
    (words,) = _refused(counter.sell(counter.line(drugtracinfo=line["drugtracinfo"])))
    assert words == f"追溯码{code}已结算：{OTHER}，2026-11-20 10:00:00"


def test_the_same_store_and_units_of_an_opened_box_are_let_through(counter):
    line = counter.line()
    counter.sell(line)
    assert _refused(counter.sell(counter.line(drugtracinfo=line["drugtracinfo"]))) == []
    split = counter.line(trdn_flag="1")
    _by_other(counter, split)
    again = counter.line(drugtracinfo=split["drugtracinfo"], trdn_flag="1")
    assert _refused(counter.sell(again)) == []


def test_a_plan_may_say_what_another_store_has_sold():
    plan = parse({"sold": [{"code": "8" * 20, "store": OTHER, "at": "2026-11-01 10:00:00"}]})
    assert plan.sold[0].store == OTHER
    for wrong in ({"code": "8"}, {"code": 8, "store": "x", "at": "y"}, "8"):
        with pytest.raises(FaultsError):
            parse({"sold": [wrong]})


def test_a_planned_sale_is_refused_as_a_real_one(counter):
    line = counter.line()
    code = line["drugtracinfo"][0]["drug_trac_codg"]
    counter.faults(sold=[{"code": code, "store": OTHER, "at": "2026-11-01 10:00:00"}])
    (words,) = _refused(counter.sell(line))
    assert words.startswith(f"追溯码{code}已结算")
