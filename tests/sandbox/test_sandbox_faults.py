"""Every fault the practice platform can be told to make."""

from __future__ import annotations

import json
import time
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from pharmacy_desk.sandbox import faults


def test_refuse_refuses_the_first_line(counter: Any) -> None:
    counter.faults({"nth": 1, "infno": "3505A", "at": "refuse"})
    lines = [counter.line() for _ in range(3)]
    answer = counter.sell(*lines)
    (row,) = answer["output"]["selinfoErrDetail"]
    assert row["fixmedins_bchno"] == lines[0]["fixmedins_bchno"]
    assert len(counter.kept(*lines)) == 2
    assert counter.sell(lines[0])["output"]["result"]["retRslt"] == "1"


@pytest.mark.parametrize(
    ("at", "kept"), [("before_commit", 0), ("after_commit", 3), ("half", 1), ("500", 0)]
)
def test_faults_without_an_answer(counter: Any, at: str, kept: int) -> None:
    counter.faults({"nth": 1, "infno": "3505A", "at": at})
    lines = [counter.line() for _ in range(3)]
    if at == "500":
        body = counter.body("3505A", {"selinfoDetail": lines})
        assert counter.post(body).status_code == 500
    else:
        with pytest.raises(requests.ConnectionError):
            counter.sell(*lines)
    assert len(counter.kept(*lines)) == kept
    assert len(counter.sell(*lines)["output"].get("selinfoErrDetail", [])) == kept
    assert len(counter.kept(*lines)) == 3


@pytest.mark.parametrize(
    ("at", "kept"),
    [("html", 0), ("encoding", 1), ("infcode_text", 1), ("no_output", 1), ("other_message", 1)],
)
def test_faults_with_a_strange_answer(counter: Any, at: str, kept: int) -> None:
    counter.faults({"at": at})
    line = counter.line()
    answer = counter.post(counter.body("3505A", {"selinfoDetail": [line]}))
    assert answer.status_code == 200
    assert len(counter.kept(line)) == kept
    if at == "html":
        assert answer.headers["content-type"].startswith("text/html")
    elif at == "encoding":
        with pytest.raises(UnicodeDecodeError):
            answer.content.decode("utf-8")
        assert json.loads(answer.content.decode("gbk"))["infcode"] == 0
    elif at == "infcode_text":
        assert answer.json()["infcode"] == "0"
    elif at == "no_output":
        assert answer.json()["infcode"] == 0
        assert "output" not in answer.json()
    else:
        assert answer.json()["infcode"] == 0
        assert "result" not in answer.json()["output"]


def test_slow_answers_late_but_keeps(counter: Any) -> None:
    counter.faults({"nth": 1, "infno": "3505A", "at": "slow", "seconds": 0.4})
    line = counter.line()
    body = counter.body("3505A", {"selinfoDetail": [line]})
    with pytest.raises(requests.ReadTimeout):
        counter.post(body, timeout=0.1)
    assert counter.kept(line) == []
    time.sleep(0.6)
    assert len(counter.kept(line)) == 1


def test_huge_never_seems_to_end(counter: Any) -> None:
    counter.faults({"nth": 1, "at": "huge"})
    line = counter.line()
    body = counter.body("3505A", {"selinfoDetail": [line]})
    with counter.post(body, stream=True) as answer:
        read = 0
        for chunk in answer.iter_content(65536):
            read += len(chunk)
            if read > 5_000_000:
                break
    assert read > 5_000_000
    assert len(counter.kept(line)) == 1


def test_nth_counts_calls_of_its_own_number(counter: Any) -> None:
    counter.faults({"nth": [2, 3], "infno": "3513", "at": "refuse"})
    counter.sell(counter.line())
    assert [counter.ask()["infcode"] for _ in range(4)] == [0, -1, -1, 0]
    counter.faults({"nth": 2, "at": "refuse"})
    counter.sell(counter.line())
    assert [counter.ask()["infcode"] for _ in range(2)] == [-1, 0]


def test_the_rate(counter: Any) -> None:
    counter.faults(calls_per_second=2)
    answers = [counter.sell(counter.line()) for _ in range(3)]
    assert [answer["infcode"] for answer in answers] == [0, 0, -1]
    assert answers[2]["err_msg"] == "访问过于频繁"


def test_the_clock(counter: Any) -> None:
    counter.faults(clock_skew_s=-3600)
    answer = counter.post(counter.body("3505A", {"selinfoDetail": [counter.line()]}))
    stamp = parsedate_to_datetime(answer.headers["date"]).timestamp()
    assert time.time() - stamp == pytest.approx(3600, abs=5)
    there = time.strptime(answer.json()["respond_time"][:14], "%Y%m%d%H%M%S")
    china = time.gmtime(time.time() - 3600 + 8 * 3600)
    assert abs(time.mktime(there) - time.mktime(china)) < 5


@pytest.mark.parametrize(
    "body",
    [
        {"faults": [{"at": "nowhere"}]},
        {"faults": [{"at": "slow", "seconds": -1}]},
        {"faults": [{"at": "slow", "nth": "1"}]},
        {"faults": [{"at": "slow", "when": 1}]},
        {"faults": {"at": "slow"}},
        {"duplicates": "maybe"},
        {"duplicate": "reject"},
        {"calls_per_second": "fast"},
        {"clock_skew_s": float("inf")},
    ],
)
def test_a_wrong_plan_is_refused(counter: Any, body: Any) -> None:
    with pytest.raises(faults.FaultsError):
        faults.parse(body)
    kind = {"Content-Type": "application/json"}
    answer = requests.post(f"{counter.url}/_faults", data=json.dumps(body), headers=kind, timeout=5)
    assert answer.status_code == 400
    assert answer.json()["error"]


@pytest.mark.parametrize("name", ["fault", "faults"])
def test_the_file(tmp_path: Path, name: str) -> None:
    file = tmp_path / "faults.toml"
    text = f'duplicates = "double"\n[[{name}]]\nnth = 2\ninfno = "3505A"\nat = "slow"\nseconds = 1'
    file.write_text(text, encoding="utf-8")
    plan = faults.read(file)
    assert plan.duplicates == "double"
    assert plan.faults == (faults.Fault("slow", "3505A", (2,), 1.0),)
    assert faults.read(None) == faults.Plan()
    with pytest.raises(faults.FaultsError):
        faults.read(tmp_path / "absent.toml")
    file.write_text("= broken", encoding="utf-8")
    with pytest.raises(faults.FaultsError):
        faults.read(file)


@pytest.mark.parametrize("status", [301, 400, 429, 503])
def test_status_answers_so_after_the_line_was_kept(counter: Any, status: int) -> None:
    counter.faults({"nth": 1, "infno": "3505A", "at": "status", "status": status})
    line = counter.line()
    answer = counter.post(counter.body("3505A", {"selinfoDetail": [line]}))
    assert answer.status_code == status
    assert len(counter.kept(line)) == 1


@pytest.mark.parametrize("status", [0, 199, 600, True, "429", 4.29])
def test_a_status_that_is_none_is_refused(status: Any) -> None:
    with pytest.raises(faults.FaultsError):
        faults.parse({"faults": [{"at": "status", "status": status}]})
