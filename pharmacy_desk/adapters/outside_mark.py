"""The mark that a ledger leaves outside its home: a copy of the folder does not carry it along.

It tells which ledger was open here last, how far it had come, and in which run of the machine. A
past is proven unbroken only by the mark of this very place; whatever comes without it (a clone, a
restored backup, a disk put back) begins a new epoch.
"""

import contextlib
import hashlib
import json
import logging
import os
import time
import zlib
from pathlib import Path
from typing import NamedTuple

from platformdirs import user_state_path

_LOG = logging.getLogger(__name__)
# Another folder for marks, as for tests and for a machine's service without a user.
STATE_VARIABLE = "PHARMACY_DESK_STATE"
# Nonce, epoch, hash, boot id, message id and two times come to some 420 characters.
_BYTES = 640
_SUM_CHARS = 8
# A clock is corrected by seconds; a machine that was put aside is behind by minutes or days.
_CLOCK_SLACK_S = 30.0
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
# Made once: every commit writes a mark.
_JSON = json.JSONEncoder(separators=(",", ":"))


class Run(NamedTuple):
    """One run of the machine: its id, and the wall clock less the clock since its start.

    Where there is no id (Windows) the second number alone tells runs apart: it is the moment of
    the start.
    """

    boot: str
    offset_s: float


class Mark(NamedTuple):
    """What the ledger of this place was when it wrote last. `at` and `since` are ISO times.

    `msgid` is the tail of the newest message id it gave out.
    """

    nonce: str
    epoch: str
    seq: int
    hash: str
    at: str
    since: str
    msgid: str
    boot: str
    offset_s: float

    @property
    def run(self) -> Run:
        """The run of the machine in which the ledger was opened."""
        return Run(self.boot, self.offset_s)


def state_folder() -> Path:
    """Where marks are: the state folder of this user on this machine."""
    chosen = os.environ.get(STATE_VARIABLE)
    return Path(chosen) if chosen else user_state_path("pharmacy-desk", appauthor=False)


def mark_file(place: str, ledger: Path) -> Path:
    """The mark of a ledger's file at a place (machine and folder)."""
    name = hashlib.sha256(f"{place}|{ledger.resolve()}".encode()).hexdigest()
    return state_folder() / "homes" / f"{name}.json"


def this_run() -> Run:
    """The run of the machine we are in."""
    boot = ""
    with contextlib.suppress(OSError):
        boot = _BOOT_ID.read_text(encoding="ascii").strip()
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    since_start = time.monotonic() if clock is None else time.clock_gettime(clock)
    return Run(boot, time.time() - since_start)


def same_run(one: Run, other: Run) -> bool:
    """True when both are one run and the wall clock has not jumped between them."""
    return one.boot == other.boot and abs(one.offset_s - other.offset_s) <= _CLOCK_SLACK_S


class OutsideMark:
    """The mark's file: one small write at a fixed place after each commit."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._descriptor: int | None = None

    def read(self) -> Mark | None:
        """The mark; None when there is none, or half of one."""
        try:
            text = self._file.read_bytes()[:_BYTES]
            told = text[_SUM_CHARS:].rstrip()
            whole = f"{zlib.crc32(told):08x}".encode() == text[:_SUM_CHARS]
            return Mark(*json.loads(told)) if whole else None
        except (OSError, ValueError, TypeError):
            return None

    def write(self, mark: Mark) -> None:
        """Replace the mark. Failing costs no more than a new epoch at the next start."""
        told = _JSON.encode(mark).encode("ascii")
        text = f"{zlib.crc32(told):08x}".encode("ascii") + told
        try:
            if self._descriptor is None:
                self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                binary = getattr(os, "O_BINARY", 0)
                self._descriptor = os.open(self._file, os.O_WRONLY | os.O_CREAT | binary, 0o600)
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, text.ljust(_BYTES))
        except OSError as error:
            _LOG.info("the mark outside the home was not written: %s", error.strerror)

    def close(self) -> None:
        """Close the file."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
