"""Who may call: before a call is looked at, its sender, its size and its rate are.

Loopback alone is not enough: a web page in a browser on this machine reaches loopback too. So the
call must name us as its host, come from no page, carry the token of the file that only this user
may read, and be of a size and a rate that a till has.
"""

import asyncio
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pharmacy_desk.core.ports.till import CallFault

# 200 lines with long names come to 100 kB.
_MOST_BYTES = 256 * 1024
# Lists in lists in lists: a ticket has three.
_MOST_DEPTH = 16
# A till that asks after every scan of a fast scanner makes 20 calls a second.
_CALLS_A_SECOND, _BURST = 50.0, 200.0
# Who sends a body over loopback is done in a moment.
BODY_S = 10.0
# So many wrong tokens are no typing error of the one who set the till up. That is written down once
# a minute at most: the book is kept for ever.
_WRONG_TOKENS, _WRONG_EVERY_S = 5, 60.0
_OPEN = ("/openapi.json",)
_STATUS = {
    CallFault.BAD_BODY: 400,
    CallFault.BAD_TOKEN: 401,
    CallFault.FOREIGN_PAGE: 401,
    CallFault.TOO_MANY: 429,
}


class Gatekeeper:
    """ASGI: lets in what may come in, and answers all else itself."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        token: str,
        hosts: frozenset[str],
        words: Callable[[CallFault], tuple[str, str]],
        wrong_tokens: Callable[[], object],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app = app
        self._token = token.encode("ascii")
        self._hosts = hosts
        self._words = words
        self._wrong_tokens = wrong_tokens
        self._monotonic = monotonic
        self._wrong, self._told_at = 0, -_WRONG_EVERY_S
        # Strangers do not use up what the till may ask.
        self._till, self._strangers = _Bucket(monotonic), _Bucket(monotonic)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One call."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        fault = self._sender(scope, headers)
        if fault is None:
            body = await _body(receive, BODY_S)
            fault = _flaw(body)
            if fault is None and body is not None:
                await self._app(scope, _once(body, receive), send)
                return
        await self._refuse(fault or CallFault.BAD_BODY, send)

    def _sender(self, scope: Scope, headers: dict[bytes, bytes]) -> CallFault | None:
        host = headers.get(b"host", b"").decode("latin-1").lower()
        if host not in self._hosts or b"origin" in headers:
            return CallFault.FOREIGN_PAGE
        said = headers.get(b"authorization", b"")
        kind, _, told = said.partition(b" ")
        knows = kind.lower() == b"bearer" and hmac.compare_digest(told.strip(), self._token)
        if not (self._till if knows else self._strangers).in_time():
            return CallFault.TOO_MANY
        if knows:
            self._wrong = 0
        elif scope["path"] not in _OPEN:
            self._count_wrong()
            return CallFault.BAD_TOKEN
        return None

    def _count_wrong(self) -> None:
        self._wrong += 1
        now = self._monotonic()
        if self._wrong >= _WRONG_TOKENS and now - self._told_at >= _WRONG_EVERY_S:
            self._wrong, self._told_at = 0, now
            self._wrong_tokens()

    async def _refuse(self, fault: CallFault, send: Send) -> None:
        body = json.dumps(described(fault, self._words), ensure_ascii=False).encode()
        headers = [(b"content-type", b"application/json")]
        if fault in (CallFault.BAD_TOKEN, CallFault.FOREIGN_PAGE):
            headers.append((b"www-authenticate", b"Bearer"))
        await send({"type": "http.response.start", "status": _STATUS[fault], "headers": headers})
        await send({"type": "http.response.body", "body": body})


class _Bucket:
    """Fills by the second and is emptied by calls."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._left, self._at = _BURST, monotonic()

    def in_time(self) -> bool:
        """Takes one call out; False when it is empty."""
        now = self._monotonic()
        self._left = min(_BURST, self._left + (now - self._at) * _CALLS_A_SECOND)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


async def _body(receive: Receive, seconds: float) -> bytes | None:
    """The whole body; None for one that is too large or slow, or of a caller who has gone."""
    try:
        async with asyncio.timeout(seconds):
            return await _whole(receive)
    except TimeoutError:
        return None


async def _whole(receive: Receive) -> bytes | None:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        part = message.get("body", b"")
        size += len(part)
        if size > _MOST_BYTES:
            return None
        parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts)


def _flaw(body: bytes | None) -> CallFault | None:
    """Too large, or nested so deep that reading it would be work."""
    if body is None:
        return CallFault.BAD_BODY
    if body.count(b"[") + body.count(b"{") <= _MOST_DEPTH:
        return None
    depth = most = 0
    text, escaped = False, False
    for byte in body:
        if escaped:
            escaped = False
        elif text:
            escaped = byte == 0x5C
            text = byte != 0x22
        elif byte == 0x22:
            text = True
        elif byte in b"[{":
            depth += 1
            most = max(most, depth)
        elif byte in b"]}":
            depth -= 1
    return CallFault.BAD_BODY if most > _MOST_DEPTH else None


def _once(body: bytes, receive: Receive) -> Receive:
    """What was read already, then whatever comes."""
    told: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return told.pop() if told else await receive()

    return again


def described(fault: CallFault, words: Callable[[CallFault], tuple[str, str]]) -> dict[str, Any]:
    """The body of a refusal."""
    said, todo = words(fault)
    return {"error": {"reason": fault.value, "words": said, "what_to_do": todo}}
