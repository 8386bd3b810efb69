"""A scanner that replays a file (`Scanner`): one scan a line, followed while it grows."""

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from pharmacy_desk.core.scanning.framing import Framer
from pharmacy_desk.core.scanning.scan import RawScan

_POLL_S = 0.02


class ReplayScanner:
    """Delivers each whole line of a file once, in order, and goes on with what is appended."""

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        self.name = f"replay:{path.name}"
        self._path = path
        self._now = now
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, deliver: Callable[[RawScan], None], state: Callable[[str, str], None]) -> None:
        """Begin to read from the file's beginning."""
        self._thread = threading.Thread(
            target=self._run, args=(deliver, state), name=f"port-{self.name}", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Stop and wait for the thread."""
        self._stop.set()
        if self._thread:
            self._thread.join(timeout=5)

    def _run(self, deliver: Callable[[RawScan], None], state: Callable[[str, str], None]) -> None:
        framer = Framer("lf")
        read = 0
        said = ""
        while not self._stop.is_set():
            try:
                with self._path.open("rb") as file:
                    file.seek(read)
                    chunk = file.read(65_536)
                word = "ok"
            except OSError:
                chunk, word = b"", "absent"
            if word != said:
                said = word
                state(word, self._path.name)
            read += len(chunk)
            for frame in framer.feed(chunk, 0.0) if chunk else ():
                text = frame.rstrip(b"\r")
                if text:
                    deliver(RawScan(text, self.name, self._now()))
            if not chunk:
                self._stop.wait(_POLL_S)
