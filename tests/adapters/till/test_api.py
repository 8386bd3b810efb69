"""The till's calls over a real socket: statuses, bodies, who may call, and waiting."""

import stat
import threading
import time
from typing import Any

import pytest
import requests

from tests.adapters.till.conftest import Served
from tests.conftest import box

TICKET: dict[str, Any] = {
    "ticket": "A1",
    "payment": "self",
    "lines": [{"line": 1, "item": "Y1", "quantity": 2, "unit_price_fen": 1990}],
}


def test_a_ticket_from_its_arrival_to_its_return(served: Served) -> None:
    opened = served.call("POST", "/v1/tickets", TICKET)
    assert (opened.status_code, opened.json()["missing"]) == (201, 2)
    assert served.call("POST", "/v1/tickets", TICKET).status_code == 200
    served.scan(box(1))
    scanned = served.call("POST", "/v1/tickets/A1/scans", {"text": box(2)})
    assert scanned.json() | {"words": ""} == {
        "verdict": "OK_UNRECEIVED", "action": "warn", "words": "", "line": 1, "code": box(2),
    }  # fmt: skip
    assert served.call("GET", "/v1/tickets/A1").json()["state"] == "complete"
    settled = served.call("POST", "/v1/tickets/A1/settle", {"receipt": "R1"})
    assert settled.json()["state"] == "settled"
    assert settled.json()["lines"][0]["codes"] == [box(1), box(2)]
    again = served.call("POST", "/v1/tickets/A1/settle", {"receipt": "R1"})
    assert again.json() == settled.json()
    back = served.call(
        "POST", "/v1/returns", {"ticket": "A1", "codes": [box(1), box(7)], "reason": "坏了"}
    ).json()
    assert back["returned"] == [box(1)]
    assert [one["code"] for one in back["refused"]] == [box(7)]


def test_what_differs_is_named(served: Served) -> None:
    served.call("POST", "/v1/tickets", TICKET)
    other = served.call("POST", "/v1/tickets", TICKET | {"operator": "8"})
    error = other.json()["error"]
    assert (other.status_code, error["reason"], error["differs"]) == (409, "DIFFERS", ["operator"])


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "reason"),
    [("GET", "/v1/tickets/none", None, 404, "NO_TICKET"),
     ("GET", "/v1/none", None, 404, "NO_SUCH_CALL"),
     ("DELETE", "/v1/tickets/A1", None, 405, "NO_SUCH_CALL"),
     ("POST", "/v1/tickets", {"ticket": "A"}, 422, "BAD_FIELD"),
     ("POST", "/v1/tickets", [], 400, "BAD_BODY"),
     ("POST", "/v1/tickets", TICKET | {"ticket": "11010119850312902X"}, 422, "PERSON_NUMBER"),
     ("POST", "/v1/tickets/none/settle", {}, 404, "NO_TICKET")],
)  # fmt: skip
def test_a_refusal_says_why_and_what_to_do(
    served: Served, method: str, path: str, body: Any, status: int, reason: str
) -> None:
    answer = served.call(method, path, body)
    error = answer.json()["error"]
    assert (answer.status_code, error["reason"]) == (status, reason)
    assert error["words"]
    assert error["what_to_do"]


def test_no_json_too_large_and_too_deep_is_no_body(served: Served) -> None:
    url = f"{served.url}/v1/tickets"
    head = {"Content-Type": "application/json"}
    for body in ("{", "[" * 100 + "]" * 100, '{"ticket": "' + "x" * 300_000 + '"}'):
        answer = served.session.post(url, data=body, headers=head, timeout=9)
        assert (answer.status_code, answer.json()["error"]["reason"]) == (400, "BAD_BODY")


def test_only_a_program_that_knows_the_token_may_call(served: Served) -> None:
    assert stat.S_IMODE(served.file.stat().st_mode) == 0o600
    assert requests.get(f"{served.url}/openapi.json", timeout=9).status_code == 200
    for _ in range(5):
        wrong = requests.get(
            f"{served.url}/v1/health", headers={"Authorization": "Bearer no"}, timeout=9
        )
        assert (wrong.status_code, wrong.json()["error"]["reason"]) == (401, "BAD_TOKEN")
    served.lane.call(lambda: None)
    kinds = [row[0] for row in served.shop.ledger.chain.conn.execute("SELECT kind FROM events")]
    assert kinds.count("till_refused") == 1
    for head in ({"Origin": "https://example.com"}, {"Host": "evil.example"}):
        page = served.call("GET", "/v1/health", headers=head)
        assert (page.status_code, page.json()["error"]["reason"]) == (401, "FOREIGN_PAGE")
    assert served.call("GET", "/v1/health").json()["state"] == "ready"


def test_a_call_waits_for_a_change(served: Served) -> None:
    served.call("POST", "/v1/tickets", TICKET)
    told: list[Any] = []
    waiting = threading.Thread(
        target=lambda: told.append(served.call("GET", "/v1/tickets/A1?wait=20").json())
    )
    waiting.start()
    time.sleep(0.3)
    assert told == []
    served.scan(box(1))
    waiting.join(timeout=15)
    assert told[0]["missing"] == 1


def test_a_counter_that_stops_lets_a_waiting_call_go(served: Served) -> None:
    served.call("POST", "/v1/tickets", TICKET)
    told: list[Any] = []

    def wait() -> None:
        told.append(served.call("GET", "/v1/tickets/A1?wait=30").status_code)

    waiting = threading.Thread(target=wait)
    waiting.start()
    time.sleep(0.3)
    served.service.stop()
    waiting.join(timeout=10)
    assert told == [200]
