"""A loopback relay between the program and the platform: `offline` closes it, `online` opens it."""

import contextlib
import socket
import threading

from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.basics.web_address import loopback_numbers, web_address
from pharmacy_desk.core.scanning.scan import visible

_CHUNK = 65_536


class Relay:
    """Forwards TCP connections to one address; closed, it refuses and cuts what is under way."""

    def __init__(self, target_url: str) -> None:
        address = web_address(target_url)
        if address is None or not address.loopback:
            raise WorldError(Fault.PRACTICE_LOOPBACK_ONLY, url=visible(target_url))
        # By number: a name may lead elsewhere at the next look.
        self._targets = [(number, address.port) for number in loopback_numbers(address.host)]
        self._port = 0
        self._listener: socket.socket | None = None
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self.open()

    @property
    def url(self) -> str:
        """Where the program finds the platform."""
        return f"http://127.0.0.1:{self._port}"

    def open(self) -> None:
        """Accept connections (again, on the same port)."""
        if self._listener is not None:
            return
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self._port))
        listener.listen(16)
        self._port = listener.getsockname()[1]
        self._listener = listener
        threading.Thread(target=self._accept, args=(listener,), name="relay", daemon=True).start()

    def close(self) -> None:
        """Refuse new connections and cut the running ones."""
        listener, self._listener = self._listener, None
        if listener is not None:
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        with self._lock:
            cut = list(self._open)
        for connection in cut:
            _cut(connection)

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            try:
                server = self._connect()
            except OSError:
                client.close()
                continue
            server.settimeout(None)
            with self._lock:
                self._open |= {client, server}
            for source, sink in ((client, server), (server, client)):
                threading.Thread(
                    target=self._pump, args=(source, sink), name="relay", daemon=True
                ).start()

    def _connect(self) -> socket.socket:
        *first, last = self._targets
        for target in first:
            with contextlib.suppress(OSError):
                return socket.create_connection(target, timeout=5)
        return socket.create_connection(last, timeout=5)

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(_CHUNK):
                sink.sendall(data)
        for end in (source, sink):
            _cut(end)
            with self._lock:
                self._open.discard(end)


def _cut(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
