"""The till's calls are listened to on this machine alone, in a thread of its own.

Where and with which token stands in `till-api.json` of the home, which only this user may read.
"""

import json
import os
import secrets
import socket
import threading
from pathlib import Path

import uvicorn

from pharmacy_desk.adapters.till.api import Changes, Counter, make_app
from pharmacy_desk.core.basics.errors import Fault, WorldError

_HERE = "127.0.0.1"
_TOKEN_BYTES = 32
# A call that waits for a change is let go at once; one that writes ends within this.
_END_S = 5


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
            log_config=None,
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
    return token if isinstance(token, str) and len(token) >= _TOKEN_BYTES else ""


def _write(file: Path, told: dict[str, str]) -> None:
    fresh = file.with_suffix(".new")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        json.dump(told, out)
    os.replace(fresh, file)
