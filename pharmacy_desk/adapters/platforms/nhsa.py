"""The national insurance platform over HTTP (`Platform`): one message out, one answer in."""

import time
from collections.abc import Callable
from datetime import datetime

import requests
from urllib3.exceptions import HTTPError

from pharmacy_desk.adapters.platforms.line import Leaving, session
from pharmacy_desk.adapters.platforms.signers import Signer
from pharmacy_desk.core.ports.doors import Reply
from pharmacy_desk.core.upload.answers import MAX_REPLY_BYTES
from pharmacy_desk.core.upload.profile import Profile

_CHUNK = 65_536


class NhsaPlatform:
    """Sends finished bodies. TLS is always verified; no redirect is followed.

    What it tells apart is whether anything can have reached the platform. Not sent is a message of
    which no byte was handed to a connection: none was made, or its TLS failed before. Whatever
    comes after that is no answer unless it is HTTP 200: it is unknown (invariant 4).

    `alone` gives each message a connection of its own: one that the other side closed meanwhile
    would take a settlement and lose it.
    """

    def __init__(
        self,
        base_url: str,
        profile: Profile,
        signer: Signer,
        now: Callable[[], datetime],
        *,
        loopback_only: bool = False,
        alone: bool = False,
    ) -> None:
        self._base = base_url.rstrip("/")
        self._profile = profile
        self._signer = signer
        self._now = now
        self._session = session(loopback_only=loopback_only)
        if alone:
            self._session.headers["Connection"] = "close"

    def url(self, infno: str) -> str:
        """The address of one transaction."""
        transport = self._profile.transport
        path = self._profile.paths.get(infno, transport.single_path)
        if transport.style == "single":
            path = transport.single_path
        return f"{self._base}{transport.prefix}{path}"

    def send(self, infno: str, body: bytes) -> Reply:
        """Send one message; never raises for the line, the platform or its answer."""
        transport = self._profile.transport
        headers = {"Content-Type": "application/json; charset=utf-8"}
        headers |= self._signer(body, self._now())
        leaving = Leaving(body)
        try:
            with self._session.post(
                self.url(infno),
                data=leaving,
                headers=headers,
                timeout=(transport.connect_timeout_s, transport.read_timeout_s),
                allow_redirects=False,
                stream=True,
            ) as answer:
                return self._read(answer)
        except (requests.RequestException, HTTPError, OSError) as error:
            return Reply(None, sent=leaving.begun, detail=_say(error))

    def _read(self, answer: requests.Response) -> Reply:
        deadline = time.monotonic() + self._profile.transport.read_timeout_s
        body = bytearray()
        # read1 gives what has arrived: an answer that drips byte by byte meets the deadline too.
        while chunk := answer.raw.read1(_CHUNK, decode_content=True):
            body += chunk
            if len(body) > MAX_REPLY_BYTES:
                return Reply(None, sent=True, detail="answer_too_large")
            if time.monotonic() > deadline:
                return Reply(None, sent=True, detail="answer_too_slow")
        if answer.status_code != requests.codes.ok:
            return Reply(None, sent=True, detail=f"HTTP {answer.status_code}")
        return Reply(bytes(body), sent=True)

    def close(self) -> None:
        """Close pooled connections."""
        self._session.close()


def _say(error: Exception) -> str:
    """The kind of failure only: an address or a body has no business in a log."""
    return type(error).__name__
