"""The HTTP session every platform door uses: no proxy, no redirect, and loopback that is loopback.

The address was checked before (`core/basics/web_address.py`); what is checked here is the machine
at the other end of the connection, whatever the address became on its way through the libraries.
"""

import contextlib
import io
import socket
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NewConnectionError

from pharmacy_desk.core.basics.web_address import loopback_numbers


class Leaving(io.BytesIO):
    """A message on its way: knows whether any of it was handed to a connection."""

    def __init__(self, body: bytes) -> None:
        super().__init__(body)
        self.begun = False

    def read(self, size: int | None = -1, /) -> bytes:
        """The next part; it is asked for only when there is a connection to send it on."""
        self.begun = True
        return super().read(size)


class PlainSession(requests.Session):
    """Goes where it was told and nowhere else."""

    def __init__(self) -> None:
        super().__init__()
        # A proxy of the machine is for browsers; medical-insurance lines are private networks.
        self.trust_env = False

    def get_redirect_target(self, resp: requests.Response) -> None:
        """An answer that points elsewhere is an answer; nothing is sent there."""


def session(*, loopback_only: bool) -> PlainSession:
    """A session; with `loopback_only` it connects to this machine and to nothing else."""
    made = PlainSession()
    if loopback_only:
        for scheme in ("http://", "https://"):
            made.mount(scheme, _LoopbackAdapter())
    return made


def _connect(connection: HTTPConnection) -> socket.socket:
    """A connection to this machine, by number; no name is looked up."""
    for number in loopback_numbers(connection.host.strip("[]")):
        with contextlib.suppress(OSError):
            made = socket.create_connection((number, connection.port), connection.timeout)
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return made
    raise NewConnectionError(connection, "nothing there, or not this machine")


class _Plain(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self)


class _Encrypted(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self)


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _EncryptedPool(HTTPSConnectionPool):
    ConnectionCls = _Encrypted


class _LoopbackAdapter(HTTPAdapter):
    """Pools whose connections lead to this machine only."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        manager: PoolManager = self.poolmanager
        manager.pool_classes_by_scheme = {"http": _PlainPool, "https": _EncryptedPool}
