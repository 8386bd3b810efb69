"""A web page that somebody has open on the machine reaches nothing of the practice platform."""

from __future__ import annotations

from typing import Any

import pytest
import requests

_PLAN = {"faults": [{"nth": 1, "infno": "3505A", "at": "refuse"}]}
_HTTP_OK, _FORBIDDEN, _WRONG_TYPE = 200, 403, 415


def _own(counter: Any) -> str:
    return str(counter.url).removeprefix("http://")


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", "127.0.0.1.evil.example:{port}", "192.0.2.1:{port}",
     "localhost.evil:{port}", "x@127.0.0.1:{port}", "127.0.0.1:{port}:1", ""],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/_faults", "/fsi/api/anything"])
def test_a_name_that_points_here_is_refused(counter: Any, host: str, path: str) -> None:
    told = host.format(port=_own(counter).rpartition(":")[2])
    answer = requests.post(counter.url + path, json=_PLAN, headers={"Host": told}, timeout=5)
    assert answer.status_code in (_FORBIDDEN, 400)
    assert counter.sell(counter.line())["infcode"] == 0


def test_a_name_that_points_here_reads_no_records(counter: Any) -> None:
    asked = requests.get(f"{counter.url}/_records", headers={"Host": "evil.example"}, timeout=5)
    assert asked.status_code == _FORBIDDEN
    assert "records" not in asked.text


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
def test_what_a_page_posts_across_sites_is_refused(counter: Any, origin: str) -> None:
    for path in ("/_faults", "/fsi/api/drugStoreService/settle"):
        answer = requests.post(
            counter.url + path, json=_PLAN, headers={"Origin": origin}, timeout=5
        )
        assert answer.status_code == _FORBIDDEN
    assert counter.sell(counter.line())["infcode"] == 0


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_faults_come_as_json_only(counter: Any, kind: str) -> None:
    data = b'{"faults": [{"nth": 1, "infno": "3505A", "at": "refuse"}]}'
    headers = {"Content-Type": kind}
    answer = requests.post(f"{counter.url}/_faults", data=data, headers=headers, timeout=5)
    assert answer.status_code == _WRONG_TYPE
    assert counter.sell(counter.line())["infcode"] == 0


@pytest.mark.parametrize("name", ["127.0.0.1", "LOCALHOST", "[::1]"])
def test_programs_of_this_machine_are_heard(counter: Any, name: str) -> None:
    host = f"{name}:{_own(counter).rpartition(':')[2]}"
    asked = requests.get(f"{counter.url}/_health", headers={"Host": host}, timeout=5)
    assert asked.status_code == _HTTP_OK
