"""What happens on the wire itself: cut connections, the wrong date, the endless answer."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from email.utils import formatdate
from typing import Any

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

_OWN_HOST = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::[0-9]{1,5})?")
HUGE_BYTES = 200 * 1024 * 1024


class Dropped(Response):
    """No answer at all: the connection is cut."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Cuts the connection and waits until the server has noticed."""
        transport = scope["state"]["transport"]
        transport.abort()
        await asyncio.sleep(0.01)


class Protocol(H11Protocol):
    """HTTP/1.1 that lets a request reach its own connection, so that it can be cut."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Notes the connection beside the request's state."""
        self.app_state = {**self.app_state, "transport": transport}
        super().connection_made(transport)


class Dated:
    """Puts the platform's own clock, right or wrong, into the Date header."""

    def __init__(self, app: ASGIApp, now: Callable[[], float]) -> None:
        """Wraps an application."""
        self._app = app
        self._now = now

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes everything on and dates the answers."""

        async def dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                stamp = formatdate(self._now(), usegmt=True).encode()
                message["headers"] = [*message.get("headers", []), (b"date", stamp)]
            await send(message)

        await self._app(scope, receive, dated)


class OwnOnly:
    """Answers programs of this machine and no web page that somebody has open on it.

    A page's own host name can be made to point here, so the Host header has to name this machine;
    and what a page sends across sites carries its Origin. The port is not compared: a relay before
    the platform has another one.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wraps an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on what is ours; refuses the rest before anything of it is read."""
        if scope["type"] == "http" and not self._ours(scope):
            answer = Response("只接受本机程序的请求", 403, media_type="text/plain; charset=utf-8")
            await answer(scope, receive, send)
            return
        await self._app(scope, receive, send)

    @staticmethod
    def _ours(scope: Scope) -> bool:
        told: dict[str, list[str]] = {"host": [], "origin": []}
        for name, value in scope["headers"]:
            told.get(name.decode("latin-1").lower(), []).append(value.decode("latin-1").lower())
        hosts, origins = told["host"], told["origin"]
        if len(hosts) != 1 or not _OWN_HOST.fullmatch(hosts[0]):
            return False
        return all(origin == f"http://{hosts[0]}" for origin in origins)


async def endless(body: dict[str, Any]) -> AsyncIterator[bytes]:
    """A good answer with 200 MB of padding in it."""
    head, tail = json.dumps({**body, "warn_msg": "\0"}, ensure_ascii=False).split("\\u0000")
    yield head.encode("utf-8")
    chunk = b"x" * 65536
    for _ in range(HUGE_BYTES // len(chunk)):
        yield chunk
    yield tail.encode("utf-8")
