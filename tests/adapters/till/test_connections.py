"""Callers who speak HTTP badly, slowly, or leave: over raw sockets against a real server."""

import contextlib
import logging
import socket
import threading
import time
from concurrent.futures import Future
from urllib.parse import urlsplit

import pytest

from pharmacy_desk.adapters.till import serving
from pharmacy_desk.core.ports.till import TicketAnswer
from pharmacy_desk.counter.sale.tickets import Tickets
from tests.adapters.till.conftest import Served
from tests.adapters.till.test_api import TICKET
from tests.conftest import box

PERSON = "11010119850312902X"


def speak(served: Served, text: bytes, seconds: float = 10.0) -> bytes:
    """Say this on a connection of its own; what is answered until it is closed."""
    with connected(served) as line:
        line.settimeout(seconds)
        line.sendall(text.replace(b"\n", b"\r\n"))
        heard = b""
        while part := line.recv(65536):
            heard += part
        return heard


def connected(served: Served) -> socket.socket:
    url = urlsplit(served.url)
    assert url.hostname
    assert url.port
    return socket.create_connection((url.hostname, url.port), timeout=10)


def drip(line: socket.socket) -> None:
    """A head that never ends, until it is hung up on."""
    with contextlib.suppress(OSError):
        while True:
            line.sendall(b"X: y\r\n")
            time.sleep(0.05)


def head(served: Served, call: str, *more: str) -> bytes:
    lines = [call, f"Host: {urlsplit(served.url).netloc}", f"Authorization: Bearer {served.token}"]
    return "\n".join([*lines, "Connection: close", *more, "", ""]).encode()


def test_forms_of_http_that_a_till_may_use(served: Served) -> None:
    old = head(served, "GET /v1/health HTTP/1.0")
    assert speak(served, old).startswith(b"HTTP/1.1 200")
    post = "POST /v1/tickets/none/cancel HTTP/1.1"
    parts = head(served, post, "Content-Type: application/json", "Transfer-Encoding: chunked")
    assert speak(served, parts + b"1\n{\n1\n}\n0\n\n").startswith(b"HTTP/1.1 404")
    asked = head(served, post, "Content-Type: application/json", "Content-Length: 2",
                 "Expect: 100-continue")  # fmt: skip
    heard = speak(served, asked + b"{}")
    assert b"HTTP/1.1 404" in heard


@pytest.mark.parametrize(
    "text",
    [b"GET /v1/health HTTP/1.1\n\n", b"GET /v1/health HTTP/9.9\nHost: x\n\n", b"\x16\x03\x01\n\n",
     b"GET /v1/health HTTP/1.1\nHost: a\nHost: b\n\n",
     b"POST /v1/returns HTTP/1.1\nHost: a\nContent-Length: 2\nContent-Length: 3\n\n{}",
     b"POST /v1/returns HTTP/1.1\nHost: a\nContent-Length: -1\n\n",
     b"GET /v1/health HTTP/1.1\nHost: a\nX: " + b"x" * 100_000 + b"\n\n"],
)  # fmt: skip
def test_what_is_no_http_is_refused_and_hung_up(served: Served, text: bytes) -> None:
    assert speak(served, text).startswith(b"HTTP/1.1 4")
    assert served.call("GET", "/v1/health").status_code == 200


def test_who_says_nothing_or_half_a_head_is_hung_up(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "HEAD_S", 0.3)
    assert speak(served, b"") == b""
    with connected(served) as line:
        line.settimeout(10)
        line.sendall(b"GET /v1/health HTTP/1.1\r\n")
        dripping = threading.Thread(target=drip, args=(line,), daemon=True)
        begin = time.monotonic()
        dripping.start()
        dripping.join(timeout=10)
        assert time.monotonic() - begin < 5, "it was listened to"


def test_a_call_longer_than_a_head_may_take_is_not_hung_up(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "HEAD_S", 0.3)
    served.call("POST", "/v1/tickets", TICKET)
    assert served.call("GET", "/v1/tickets/A1?wait=1").json()["state"] == "capturing"
    assert served.call("GET", "/v1/tickets/A1?wait=1").json()["state"] == "capturing"


def test_a_caller_who_leaves_while_waiting_is_let_go(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    served.call("POST", "/v1/tickets", TICKET)
    looked = threading.Semaphore(0)
    look = Tickets.look

    def counted(tickets: Tickets, number: str) -> "Future[TicketAnswer]":
        looked.release()
        return look(tickets, number)

    monkeypatch.setattr(Tickets, "look", counted)
    with connected(served) as line:
        line.sendall(head(served, "GET /v1/tickets/A1?wait=30 HTTP/1.1").replace(b"\n", b"\r\n"))
        assert looked.acquire(timeout=10)
        assert not looked.acquire(timeout=0.3)
    assert looked.acquire(timeout=5), "it still waits"


def test_a_change_between_a_look_and_the_waiting_is_not_missed(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The box is scanned before the answer to the look has reached the waiting call."""
    served.call("POST", "/v1/tickets", TICKET)
    look = Tickets.look
    looks: list[str] = []

    def slow(tickets: Tickets, number: str) -> "Future[TicketAnswer]":
        looks.append(number)
        found = look(tickets, number)
        if len(looks) == 1:
            found.result(timeout=10)
            served.scan(box(1))
        return found

    monkeypatch.setattr(Tickets, "look", slow)
    begin = time.monotonic()
    assert served.call("GET", "/v1/tickets/A1?wait=20").json()["missing"] == 1
    assert time.monotonic() - begin < 10


def test_nobody_s_number_reaches_the_log(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for told in ({"ticket": PERSON}, {"operator": PERSON}, {PERSON: PERSON}):
        served.call("POST", "/v1/tickets", TICKET | told)
    served.call("POST", "/v1/tickets", TICKET)
    served.call("GET", f"/v1/tickets/{PERSON}?wait={PERSON}")
    served.call("GET", f"/v1/codes/{PERSON}")
    served.call("POST", "/v1/tickets/A1/scans", {"text": PERSON})
    served.call("POST", "/v1/tickets/A1/settle", {"receipt": PERSON})
    served.call("POST", "/v1/tickets/A1/cancel", {"reason": PERSON})
    ours = [line.getMessage() for line in caplog.records if not line.name.startswith("urllib3")]
    assert not [line for line in ours if PERSON in line]
