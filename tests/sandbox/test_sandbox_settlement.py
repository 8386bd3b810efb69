"""The practice settlement: sums, idempotence, cancelling, and what it refuses."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pytest
import requests

_documents = itertools.count(1)


def _ask(counter: Any, path: str = "", **changes: Any) -> requests.Response:
    body = {
        "store": "P44030000001",
        "document": f"D{next(_documents)}",
        "payment": "pooled",
        "total_fen": 1999,
        "lines": [{"item": "A001", "quantity": 1, "amount_fen": 1999}],
    } | changes
    return requests.post(f"{counter.url}/practice/settlement{path}", json=body, timeout=5)


@pytest.mark.parametrize(
    ("payment", "fund"),
    [("account", 0), ("pooled", 1399), ("chronic", 1399), ("dual", 1399), ("injury", 1399)],
)
def test_the_parts_make_the_total(counter: Any, payment: str, fund: int) -> None:
    answer = _ask(counter, payment=payment).json()
    assert answer["fund_fen"] == fund
    assert answer["fund_fen"] + answer["account_fen"] + answer["cash_fen"] == 1999
    assert re.fullmatch(r"TRAIN[0-9]{1,25}", answer["setl_id"])
    assert re.fullmatch(r"TRAINM[0-9]{1,24}", answer["mdtrt_id"])


def test_a_document_is_settled_once(counter: Any) -> None:
    first = _ask(counter, document="SAME").json()
    assert _ask(counter, document="SAME").json() == first
    assert _ask(counter, document="SAME", total_fen=1).status_code == 400
    assert _ask(counter).json()["setl_id"] != first["setl_id"]
    assert _ask(counter, document="SAME", store="P44030000002").json() != first


def test_cancelling(counter: Any) -> None:
    first = _ask(counter, document="UNDO").json()
    for _ in range(2):
        answer = _ask(counter, "/cancel", document="UNDO", setl_id=first["setl_id"])
        assert answer.json() == {"cancelled": True}
    assert _ask(counter, document="UNDO").json()["setl_id"] != first["setl_id"]
    assert _ask(counter, "/cancel", document="OTHER", setl_id="TRAIN1").status_code == 400


@pytest.mark.parametrize(
    "change",
    [
        {"store": "44030000001"},
        {"document": ""},
        {"payment": "self"},
        {"payment": ["pooled"]},
        {"total_fen": -1},
        {"total_fen": 1.5},
        {"total_fen": True},
        {"lines": []},
        {"lines": ["A001"]},
        {"lines": [{"item": "A001", "quantity": 0, "amount_fen": 1}]},
        {"lines": [{"item": "", "quantity": 1, "amount_fen": 1}]},
    ],
)
def test_bad_requests(counter: Any, change: dict[str, Any]) -> None:
    answer = _ask(counter, **change)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_no_json_and_no_such_page(counter: Any) -> None:
    url = f"{counter.url}/practice/settlement"
    assert requests.post(url, data=b"{", timeout=5).status_code == 400
    assert requests.get(f"{counter.url}/nowhere", timeout=5).status_code == 404
    assert requests.get(f"{counter.url}/_health", timeout=5).json() == {"ok": True}


@pytest.mark.parametrize("at", ["before_commit", "after_commit"])
def test_an_answer_that_is_lost_is_repeated(counter: Any, at: str) -> None:
    document = f"LOST-{at}"
    counter.faults({"infno": "settlement", "at": at, "nth": 1})
    with pytest.raises(requests.ConnectionError):
        _ask(counter, document=document)
    first = _ask(counter, document=document).json()
    assert _ask(counter, document=document).json() == first
    counter.faults()


def test_faults_of_any_number_do_not_strike_the_settlement(counter: Any) -> None:
    counter.faults({"at": "after_commit"})
    assert _ask(counter).status_code == 200
    counter.faults()
