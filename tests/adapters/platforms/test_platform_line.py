"""Where the platform doors go: to the address they were told, and in training to this machine."""

import contextlib
import socket
import threading
from collections.abc import Iterator

import pytest
import requests

from pharmacy_desk.adapters.platforms.line import session
from pharmacy_desk.adapters.platforms.nhsa import NhsaPlatform
from pharmacy_desk.adapters.platforms.signers import no_signature
from pharmacy_desk.adapters.resources import load_profile
from tests.conftest import NOON

_TARGET = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"


class Listener:
    """Answers every connection with the same bytes and counts them."""

    def __init__(self, answer: bytes) -> None:
        self.heard: list[bytes] = []
        self._answer = answer
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._socket.accept()
            except OSError:
                return
            with client, contextlib.suppress(OSError):
                self.heard.append(client.recv(65_536))
                client.sendall(self._answer)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


@pytest.fixture
def elsewhere() -> Iterator[Listener]:
    one = Listener(_TARGET)
    yield one
    one.close()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_nowhere(elsewhere, status):
    head = f"HTTP/1.1 {status} X\r\nLocation: http://127.0.0.1:{elsewhere.port}/\r\n"
    platform = Listener(f"{head}Content-Length: 0\r\nConnection: close\r\n\r\n".encode())
    url = f"http://127.0.0.1:{platform.port}"
    door = NhsaPlatform(url, load_profile("generic"), no_signature, lambda: NOON, alone=True)
    reply = door.send("2102", b"{}")
    assert (reply.body, reply.sent) == (None, True)
    door.close()
    for inside in (False, True):
        with session(loopback_only=inside) as made:
            answer = made.get(f"http://127.0.0.1:{platform.port}/", timeout=5)
            assert answer.status_code == status
    platform.close()
    assert len(platform.heard) == 3
    assert not elsewhere.heard


@pytest.mark.parametrize("host", ["192.0.2.1", "127.0.0.2", "example.invalid", "[2001:db8::1]"])
def test_a_session_of_training_connects_to_no_other_machine(host):
    # 127.0.0.2 stands for another machine: it would answer here.
    there = contextlib.suppress(OSError)
    with there, socket.create_server(("127.0.0.2", 0)) as listener:
        port = listener.getsockname()[1]
        listener.settimeout(0)
        with session(loopback_only=True) as made, pytest.raises(requests.ConnectionError):
            made.get(f"http://{host}:{port}/", timeout=5)
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_training_reaches_this_machine_by_every_name_and_through_no_proxy(elsewhere, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with session(loopback_only=True) as made:
        for host in ("127.0.0.1", "localhost"):
            assert made.get(f"http://{host}:{elsewhere.port}/", timeout=5).text == "{}"
