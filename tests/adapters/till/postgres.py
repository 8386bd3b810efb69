"""A PostgreSQL server of its own for a test, where one is installed."""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

# It does not run as root; packages make this user.
_USER = "postgres"
_START_S = 60.0


def why_not() -> str:
    """Why none can be started here; empty when one can."""
    if not (shutil.which("initdb") and shutil.which("postgres")):
        return "no PostgreSQL server (initdb, postgres) is installed"
    if os.geteuid() == 0:
        try:
            pwd.getpwnam(_USER)
        except KeyError:
            return "PostgreSQL does not run as root, and there is no user postgres"
    return ""


@contextlib.contextmanager
def server() -> Iterator[int]:
    """Its port on loopback; superuser `boss`, who needs no password; ended and removed after."""
    user = _USER if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="pg-") as made, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        if user:
            shutil.chown(made, user)
        data = Path(made) / "data"
        init = ["initdb", "-D", str(data), "-U", "boss", "--auth=trust", "-E", "UTF8", "--locale=C"]
        subprocess.run([*init, "--no-sync"], user=user, cwd=made, check=True, capture_output=True)
        # Who reads for the counter has a password, so that one is really used.
        (data / "pg_hba.conf").write_text(
            "host all boss 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n",
            encoding="ascii",
        )
        words = ["postgres", "-D", str(data), "-p", str(port), "-k", made, "-c", "fsync=off"]
        with subprocess.Popen(
            [*words, "-c", "listen_addresses=127.0.0.1"], user=user, cwd=made,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        ) as process:  # fmt: skip
            try:
                _wait_for(port)
                yield port
            finally:
                process.terminate()


def _wait_for(port: int) -> None:
    until = time.monotonic() + _START_S
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise AssertionError("PostgreSQL does not listen")
