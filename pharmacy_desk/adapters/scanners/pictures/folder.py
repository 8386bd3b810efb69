"""A scanner that is a folder (`Scanner`): pictures that a document camera's program puts there."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from pharmacy_desk.adapters.scanners.pictures.load import SUFFIXES
from pharmacy_desk.adapters.scanners.pictures.reader import read_file
from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.scanning.scan import RawScan

_LOG = logging.getLogger(__name__)
READ, UNREAD = "read", "unread"
# Soon enough for a person, and a file that has not grown between two looks is whole.
_POLL_S = 0.3
# A file that cannot be read may still be on its way over a network: this many looks are 3 s.
_PATIENCE = 10

State = Callable[[str, str], None]


@dataclass(frozen=True, slots=True, order=True)
class _Seen:
    """One state of a picture file; it sorts by age, then by name."""

    changed_ns: int
    name: str
    size: int


class FolderScanner:
    """Delivers the codes of each new picture, oldest picture first, in reading order.

    A picture is moved only after its codes were delivered: to `read/` when everything located was
    read, else to `unread/`. One that cannot be moved is not delivered twice.
    """

    def __init__(self, folder: Path, now: Callable[[], datetime], poll_s: float = _POLL_S) -> None:
        self.name = f"folder:{folder.name}"
        self._folder = folder
        self._now = now
        self._poll_s = poll_s
        self._seen: set[_Seen] = set()
        self._kept: set[_Seen] = set()
        self._tries: dict[_Seen, int] = {}
        self._said = ""
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, deliver: Callable[[RawScan], None], state: State) -> None:
        """Begin to look. `state` hears `ok`, `absent` (no such folder), `denied` or `failed`.

        After `failed` it goes on; the log says why. After a picture the detail of `ok` is its
        name with codes read and symbols located.
        """
        self._thread = threading.Thread(
            target=self._run, args=(deliver, state), name=f"port-{self.name}", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Stop and wait for the thread; a picture under way is finished first."""
        self._stop.set()
        if self._thread:
            self._thread.join(timeout=20)

    def _run(self, deliver: Callable[[RawScan], None], state: State) -> None:
        while not self._stop.is_set():
            try:
                self._look(deliver, state)
            except Exception:  # noqa: BLE001 - a port's top: whatever it was, it looks again
                _LOG.exception("%s: a look failed", self.name)
                self._say("failed", state)
            self._stop.wait(self._poll_s)

    def _look(self, deliver: Callable[[RawScan], None], state: State) -> None:
        try:
            ready = self._ready()
            word = "denied" if self._kept else "ok"
        except PermissionError:
            ready, word = [], "denied"
        except OSError:
            ready, word = [], "absent"
        self._say(word, state)
        for seen in ready:
            if self._stop.is_set():
                return
            try:
                self._take(seen, deliver, state)
            except Exception:
                self._move(seen, UNREAD)  # it is not tried again: the next picture is read
                raise

    def _say(self, word: str, state: State) -> None:
        if word != self._said:
            self._said = word
            state(word, self._folder.name)

    def _ready(self) -> list[_Seen]:
        """Pictures that have not changed since the last look. Raises `OSError`."""
        now = set()
        for path in self._folder.iterdir():
            if path.suffix.lower() in SUFFIXES and not path.name.startswith("."):
                try:
                    told = path.stat()
                except FileNotFoundError:
                    continue  # its writer has renamed it meanwhile
                if path.is_file():
                    now.add(_Seen(told.st_mtime_ns, path.name, told.st_size))
        still, self._seen = now & self._seen, now
        self._kept &= now
        self._tries = {seen: tries for seen, tries in self._tries.items() if seen in now}
        return sorted(still - self._kept)

    def _take(self, seen: _Seen, deliver: Callable[[RawScan], None], state: State) -> None:
        path = self._folder / seen.name
        try:
            tray = read_file(path, None, self._now().date()).tray
        except WorldError:
            self._tries[seen] = self._tries.get(seen, 0) + 1
            if self._tries[seen] >= _PATIENCE and self._move(seen, UNREAD):
                state("ok", f"{seen.name} 0/0")
            return
        for symbol in tray.symbols:
            deliver(RawScan(symbol.scanned, self.name, self._now()))
        whole = bool(tray.symbols) and not tray.unread
        if self._move(seen, READ if whole else UNREAD):
            located = len(tray.symbols) + len(tray.unread)
            state("ok", f"{seen.name} {len(tray.symbols)}/{located}")

    def _move(self, seen: _Seen, where: str) -> bool:
        """Put a picture away under a name that is free; True when it is away."""
        source, target = self._folder / seen.name, self._folder / where / seen.name
        number = 1
        try:
            target.parent.mkdir(exist_ok=True)
            while target.exists():
                number += 1
                target = target.with_name(f"{source.stem}-{number}{source.suffix}")
            source.rename(target)
        except OSError:
            self._kept.add(seen)
            return False
        return True
