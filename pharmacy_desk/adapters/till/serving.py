"""The till's calls are listened to on this machine alone, in a thread of its own.

Where and with which token stands in `till-api.json` of the home, which only this user may read.
"""

import asyncio
import json
import os
import secrets
import socket
import threading
from pathlib import Path
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from pharmacy_desk.adapters.till.api import Changes, Counter, make_app
from pharmacy_desk.core.basics.errors import Fault, WorldError

_HERE = "127.0.0.1"
_TOKEN_BYTES = 32
# A call that waits for a change is let go at once; one that writes ends within this.
_END_S = 5
# A call's head over loopback is there at once; the server itself would wait for it for ever.
HEAD_S = 5.0


class _Connection(H11Protocol):
    """A connection that is closed when no call comes, or its head does not come to an end."""

    _late: asyncio.TimerHandle | None = None

    # Named by the server.
    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._forget()

    def _watch(self) -> None:
        """While a call is worked off nothing is late; what follows it has its time anew."""
        if self.cycle is not None and not self.cycle.response_complete:
            self._forget()
        elif self._late is None:
            self._late = self.loop.call_later(HEAD_S, self.transport.close)

    def _forget(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None


class TillService:
    """The listening service; made when it is wanted, so that FastAPI is loaded for nobody else."""

    def __init__(self, counter: Counter, file: Path, port: int) -> None:
        self._file = file
        self.changes = Changes()
        self._socket = _bound(port)
        number = self._socket.getsockname()[1]
        self.url = f"http://{_HERE}:{number}"
        token = _kept_token(file) or secrets.token_urlsafe(_TOKEN_BYTES)
        hosts = frozenset({f"{_HERE}:{number}", f"localhost:{number}"})
        config = uvicorn.Config(
            make_app(counter, self.changes, token, hosts),
            http=_Connection,
            log_config=None,
            log_level="error",  # below it, anybody on this machine could fill the log
            access_log=False,
            server_header=False,
            ws="none",
            lifespan="on",
            timeout_graceful_shutdown=_END_S,
            limit_concurrency=64,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._run, name="till", daemon=True)
        _write(file, {"url": self.url, "token": token})

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self) -> None:
        """End what is under way, then stop listening."""
        self.changes.close()
        self._server.should_exit = True
        if self._thread.ident is not None:
            self._thread.join(timeout=2 * _END_S)
        self._socket.close()

    def _run(self) -> None:
        self._server.run(sockets=[self._socket])


def _bound(port: int) -> socket.socket:
    """The socket, on loopback alone. Raises `WorldError` when the port is taken."""
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name != "nt":  # there it would let a second program listen on the same port
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((_HERE, port))
    except OSError as error:
        made.close()
        raise WorldError(
            Fault.TILL_PORT_TAKEN, port=str(port), detail=error.strerror or ""
        ) from error
    made.listen(64)
    return made


def _kept_token(file: Path) -> str:
    """The token of before: a till that was set up once stays so."""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    token = told.get("token") if isinstance(told, dict) else None
    whole = isinstance(token, str) and token.isascii() and len(token) >= _TOKEN_BYTES
    return token if isinstance(token, str) and whole else ""


def _write(file: Path, told: dict[str, str]) -> None:
    fresh = file.with_suffix(".new")
    fresh.unlink(missing_ok=True)  # one left by a kill may be readable by others
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        json.dump(told, out)
    os.replace(fresh, file)
