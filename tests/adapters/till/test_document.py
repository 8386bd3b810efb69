"""Every call of the served document, made up by Schemathesis and by hand, against a real counter."""

from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.adapters.till.conftest import Served
from tests.adapters.till.test_api import TICKET

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
# Each is answered in a few milliseconds; a till's rate is 50 a second.
EXAMPLES = 20
OPERATIONS = [
    ("GET", "/v1/health"),
    ("POST", "/v1/tickets"),
    ("GET", "/v1/tickets/{ticket}"),
    ("POST", "/v1/tickets/{ticket}/scans"),
    ("POST", "/v1/tickets/{ticket}/settle"),
    ("POST", "/v1/tickets/{ticket}/cancel"),
    ("POST", "/v1/returns"),
    ("GET", "/v1/codes/{code}"),
]


def test_every_call_of_the_document_is_tried(served: Served) -> None:
    paths = served.session.get(f"{served.url}/openapi.json", timeout=9).json()["paths"]
    told = {(method.upper(), path) for path, methods in paths.items() for method in methods}
    assert told == set(OPERATIONS)


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_every_answer_is_one_of_the_document(
    served: Served, method: str, path: str, mode: GenerationMode
) -> None:
    schema = schemathesis.openapi.from_url(f"{served.url}/openapi.json", wait_for_schema=9)
    operation = schema[path][method]
    served.call("POST", "/v1/tickets", TICKET)
    calls = operation.as_strategy(generation_mode=mode)

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=calls, known=st.booleans())
    def tried(case: Any, known: bool) -> None:
        if known and "ticket" in case.path_parameters:
            case.path_parameters["ticket"] = "A1"
        if isinstance(case.query.get("wait"), int | float):
            case.query["wait"] /= 1000  # nobody changes anything here
        answer = case.call_and_validate(checks=CHECKS, session=served.session, timeout=40)
        assert answer.status_code != 429

    tried()


ODD_BODIES = [
    (b'{"ticket": "\\ud800", "payment": "self", "lines": [{"line": 1, "quantity": 1}]}', 422),
    (b'{"\\ud800": 1}', 400),
    (b'{"ticket": "a\\u0000b", "payment": "self", "lines": [{"line": 1, "quantity": 1}]}', 422),
    (b'{"ticket": "A2", "payment": "self", "lines": [{"line": 1, "quantity": NaN}]}', 422),
    (b'{"ticket": "A2", "payment": "self", "lines": [{"line": 1, "quantity": true}]}', 422),
    (b'{"ticket": "A2", "payment": "self", "lines": [{"line": 1e400, "quantity": 1}]}', 422),
    (b'{"ticket": "A2", "payment": "self", "lines": [{"line": 1, "quantity": 1, "expiry": 0}]}', 422),
    (b'{"ticket": "A2", "payment": "self", "lines": [{"line": ' + b"9" * 5000 + b', "quantity": 1}]}', 400),
    (b'{"ticket": "\xff"}', 400),
    (b"", 400),
    (b"null", 400),
    (b"\x00", 400),
    (b"{" * 17, 400),
]  # fmt: skip


@pytest.mark.parametrize(("body", "status"), ODD_BODIES)
def test_odd_bodies_are_refused_with_a_reason(served: Served, body: bytes, status: int) -> None:
    answer = served.session.post(
        f"{served.url}/v1/tickets",
        data=body,
        headers={"Content-Type": "application/json"},
        timeout=9,
    )
    reason = {400: "BAD_BODY", 422: "BAD_FIELD"}[status]
    assert (answer.status_code, answer.json()["error"]["reason"]) == (status, reason)


def test_a_number_with_odd_characters_is_found_again(served: Served) -> None:
    for number in (
        "2026/11/29-1",
        "小票 1",
        "a%2Fb",
        "A1/scans",
        "?x=1#y",
        "'; DROP TABLE sales;--",
    ):
        served.call("POST", "/v1/tickets", TICKET | {"ticket": number})
        path = f"/v1/tickets/{quote(number, safe='')}"
        assert served.call("GET", path).json()["ticket"] == number
        assert served.call("POST", f"{path}/cancel", {}).json()["state"] == "cancelled"
