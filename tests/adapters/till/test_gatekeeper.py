"""Who may call, by the clock: rates, wrong tokens, and senders of a name that is not ours."""

import asyncio
import json
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from pharmacy_desk.adapters.till import gatekeeper
from pharmacy_desk.adapters.till.gatekeeper import Gatekeeper

TOKEN = "t" * 43


async def _let_in(_scope: Scope, receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"{}"})


class Door:
    """The gatekeeper before a service that lets everybody in, at a time the test says."""

    def __init__(self) -> None:
        self.now = 0.0
        self.written = 0
        self.keeper = Gatekeeper(
            _let_in,
            token=TOKEN,
            hosts=frozenset({"127.0.0.1:8000"}),
            words=lambda fault: (fault.value, ""),
            wrong_tokens=self._write,
            monotonic=lambda: self.now,
        )

    def _write(self) -> None:
        self.written += 1

    def call(
        self, token: str = TOKEN, host: bytes = b"127.0.0.1:8000", body: Receive | None = None
    ) -> str:
        """The reason of the refusal, or nothing."""
        sent: list[Message] = []

        async def whole() -> Message:
            return {"type": "http.request", "body": b"{}"}

        async def send(message: Message) -> None:
            sent.append(message)

        headers = [(b"host", host), (b"authorization", f"Bearer {token}".encode())]
        scope: dict[str, Any] = {"type": "http", "path": "/v1/health", "headers": headers}
        asyncio.run(self.keeper(scope, body or whole, send))
        return json.loads(sent[1]["body"]).get("error", {}).get("reason", "")


def test_a_till_is_told_to_wait_and_is_served_again() -> None:
    door = Door()
    answers = [door.call() for _ in range(300)]
    assert (answers.count(""), answers.count("TOO_MANY")) == (200, 100)
    door.now += 1
    assert [door.call() for _ in range(60)].count("") == 50


def test_strangers_do_not_use_up_what_the_till_may_ask() -> None:
    door = Door()
    strangers = {door.call(token="no") for _ in range(500)}
    assert strangers == {"BAD_TOKEN", "TOO_MANY"}
    assert door.call() == ""


def test_wrong_tokens_are_written_down_once_a_minute() -> None:
    door = Door()
    for _ in range(4):
        door.call(token="no")
    assert door.written == 0
    for _ in range(100):
        door.call(token="no")
    assert door.written == 1
    door.now += 61
    door.call(token="no")
    assert door.written == 2


@pytest.mark.parametrize(
    "host",
    [b"", b"127.0.0.1", b"127.0.0.1:8001", b"[::1]:8000", b"[::ffff:127.0.0.1]:8000",
     b"localhost.:8000", b"127.1:8000", b"2130706433:8000", b"127.0.0.1:8000.evil.example",
     b"evil.example:8000", b"127.0.0.1:8000, evil.example", b"127.0.0.1:08000", b"\xff"],
)  # fmt: skip
def test_only_our_own_name_is_a_host(host: bytes) -> None:
    assert Door().call(host=host) == "FOREIGN_PAGE"


def test_a_body_that_does_not_come_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gatekeeper, "BODY_S", 0.05)

    async def never() -> Message:
        await asyncio.sleep(60)
        raise AssertionError("it was waited for")

    assert Door().call(body=never) == "BAD_BODY"
