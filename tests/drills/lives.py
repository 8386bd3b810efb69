"""One life of a counter in a drill, from start to end or kill; and the platform it sends to."""

import contextlib
import json
import queue
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path
from typing import Any


class Worker:
    """One life of the counter, from start to kill."""

    def __init__(self, home: Path, url: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.drills.worker", str(home), url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.heard: queue.Queue[dict[str, object]] = queue.Queue()
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()
        self.heard.get(timeout=60)

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            with contextlib.suppress(ValueError):  # half a line at the moment of the kill
                self.heard.put(json.loads(line))

    def order(self, **order: object) -> None:
        """Send one order; a dead worker takes none."""
        assert self.process.stdin
        with contextlib.suppress(OSError):
            self.process.stdin.write(json.dumps(order) + "\n")
            self.process.stdin.flush()

    def end(self, *, kill: bool) -> list[dict[str, object]]:
        """Kill it or let it close; everything it said."""
        if kill:
            self.process.kill()
        else:
            assert self.process.stdin
            self.process.stdin.close()
        self.process.wait(timeout=60)
        self.thread.join(timeout=10)
        said = []
        while not self.heard.empty():
            said.append(self.heard.get())
        return said


class PracticePlatform:
    """The practice platform on a file of its own."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pharmacy_desk", "sandbox", "--port", "0", "--store",
             str(folder / "platform.db"), "--with-parent"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self._process.stdout
        self.url = self._process.stdout.readline().strip()

    def lay(self, plan: dict[str, Any]) -> None:
        """Let it fail in these ways from now on."""
        request = urllib.request.Request(
            self.url + "/_faults", json.dumps(plan).encode(), {"Content-Type": "application/json"}
        )
        urllib.request.urlopen(request, timeout=10).close()

    def records(self) -> bytes:
        """What it holds, as JSON."""
        with urllib.request.urlopen(self.url + "/_records", timeout=30) as answer:
            return bytes(answer.read())

    def stop(self) -> None:
        """End it."""
        self._process.communicate(timeout=20)
