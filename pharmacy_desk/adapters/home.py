"""A home: the folder that holds settings, ledger, logs and printed receipts of one counter."""

import contextlib
import os
import platform
import time
import tomllib
from pathlib import Path
from typing import Any

import tomli_w
from filelock import FileLock, Timeout
from platformdirs import user_data_path

from pharmacy_desk.adapters.given_files import read_text
from pharmacy_desk.adapters.outside_mark import mark_file
from pharmacy_desk.adapters.private_files import make_private, only_ours_from_now
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.settings.settings import BY_KEY, PROBLEMS, RENAMED, Settings, Value, problem

_MAX_SETTINGS_BYTES = 1_000_000
# Of one line. tomllib takes time by the square of a dotted key's parts, of which ours have three.
_MAX_DOTS = 500
# Beside the home's lock: held by a program that would give way, and by one that waits for it.
_YIELDING, _WANTED = "home.yielding", "home.wanted"
# The longest a program that gives way is at one message: a connection (3 s), an answer (10 s) and
# what it writes; then it lets go.
_GIVES_WAY_S = 20.0
_LOOK_S = 0.05


class Home:
    """Paths, settings and the lock of one home.

    A home without `settings.toml` is a practice home (contracts, section 1): what is changed there
    is kept in `practice.toml`, its store is the sample store, and it reaches loopback only.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock: FileLock | None = None
        self._yielding: FileLock | None = None

    @property
    def practice(self) -> bool:
        """True while no real store has been set up here. One whose settings are gone stays one."""
        return not self._real_file.exists() and not self._was_store

    @property
    def ledger(self) -> Path:
        """The ledger's file; training's own one never becomes the store's."""
        return self.folder / ("practice-ledger.db" if self.practice else "ledger.db")

    @property
    def receipts(self) -> Path:
        """Where receipts printed to files go."""
        return self.folder / ("practice-receipts" if self.practice else "receipts")

    @property
    def logs(self) -> Path:
        """Where logs go."""
        return self.folder / "logs"

    @property
    def place(self) -> str:
        """Where this home is: machine and folder. A copy is somewhere else (design, section 7)."""
        machine = Path("/etc/machine-id")
        known = machine.read_text(encoding="ascii").strip() if machine.is_file() else ""
        return f"{known or platform.node()}|{self.folder.resolve()}"

    @property
    def settings_file(self) -> Path:
        """The file of a real store's settings."""
        return self._real_file

    @property
    def _real_file(self) -> Path:
        return self.folder / "settings.toml"

    @property
    def _was_store(self) -> bool:
        """A real store's ledger is here, or has left a mark inside or outside the home."""
        ledger = self.folder / "ledger.db"
        marks = (ledger, ledger.with_suffix(".head"), mark_file(self.place, ledger))
        return any(mark.exists() for mark in marks)

    @property
    def _practice_file(self) -> Path:
        return self.folder / "practice.toml"

    def make(self) -> None:
        """Make the folders, this user's alone. Raises `WorldError` when it cannot be written."""
        only_ours_from_now()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            make_private(self.folder)
            for folder in (self.receipts, self.logs):
                folder.mkdir(parents=True, exist_ok=True)
            probe = self.folder / ".writable"
            probe.write_bytes(b"")
            probe.unlink()
        except OSError as error:
            raise WorldError(
                Fault.HOME_NOT_WRITABLE, path=str(self.folder), detail=error.strerror or ""
            ) from error

    def acquire(self) -> None:
        """Be the one program that writes here. Raises `WorldError` when another one does.

        One that gives way is waited for: it ends what it is at and lets go.
        """
        if self._take():
            return
        if self._is_held(_YIELDING):
            wanted = FileLock(self.folder / _WANTED, timeout=_GIVES_WAY_S, mode=0o600)
            deadline = time.monotonic() + _GIVES_WAY_S
            with contextlib.suppress(Timeout), wanted:
                while time.monotonic() < deadline:
                    if self._take():
                        return
                    time.sleep(_LOOK_S)
        raise WorldError(Fault.HOME_IN_USE, path=str(self.folder))

    def acquire_giving_way(self) -> None:
        """Write here until another program wants to (`wanted`). Raises `WorldError` as `acquire`.

        All of it are locks, so that none is left behind by a program that was killed.
        """
        if not self._take():
            raise WorldError(Fault.HOME_IN_USE, path=str(self.folder))
        # Somebody may be looking whether it is held, for a moment.
        self._yielding = FileLock(self.folder / _YIELDING, timeout=_GIVES_WAY_S, mode=0o600)
        self._yielding.acquire()

    def wanted(self) -> bool:
        """Whether another program waits for this home."""
        return self._is_held(_WANTED)

    def release(self) -> None:
        """Let another program write here."""
        for lock in (self._yielding, self._lock):
            if lock:
                lock.release()
        self._lock = self._yielding = None

    def _take(self) -> bool:
        lock = FileLock(self.folder / "home.lock", timeout=0, mode=0o600)
        try:
            lock.acquire()
        except Timeout:
            return False
        self._lock = lock
        return True

    def _is_held(self, name: str) -> bool:
        """Whether another program holds this lock, found out by taking it for a moment."""
        try:
            with FileLock(self.folder / name, timeout=0, mode=0o600):
                return False
        except Timeout:
            return True

    def load_settings(self) -> Settings:
        """The settings in force. Raises `WorldError` naming the key that is wrong."""
        practice = self.practice
        file = self._practice_file if practice else self._real_file
        if not file.exists() and practice:
            return Settings({}, practice)
        if not file.exists():
            mark = mark_file(self.place, self.ledger)
            raise WorldError(Fault.SETTINGS_LOST, path=str(file), mark=str(mark))
        values = _read_toml(file)
        values = {RENAMED.get(key, key): value for key, value in values.items()}
        good: dict[str, Value] = {}
        for key, value in values.items():
            setting = BY_KEY.get(key)
            wrong = problem(setting, value) if setting else None
            why = "is not a setting" if setting is None else PROBLEMS.get(wrong or "")
            if why or not isinstance(value, (str, int, bool)):
                raise WorldError(Fault.SETTINGS_BAD, path=str(file), key=key, why=why)
            good[key] = value
        if not practice and not good.get("store.code"):
            raise WorldError(Fault.STORE_CODE_MISSING, path=str(file))
        return Settings(good, practice)

    def save_settings(self, values: dict[str, Value], *, practice: bool) -> None:
        """Write settings whole, through a new file that then takes the old one's place."""
        file = self._practice_file if practice else self._real_file
        tree: dict[str, Any] = {}
        for key, value in sorted(values.items()):
            *groups, last = key.split(".")
            node = tree
            for group in groups:
                node = node.setdefault(group, {})
            node[last] = value
        fresh = file.with_suffix(".new")
        try:
            with fresh.open("wb") as out:
                tomli_w.dump(tree, out)
                out.flush()
                os.fsync(out.fileno())
            fresh.replace(file)
        except OSError as error:
            raise WorldError(
                Fault.HOME_NOT_WRITABLE, path=str(file), detail=error.strerror or ""
            ) from error


def default_folder() -> Path:
    """Where a home is when nobody says: the user's data folder."""
    return user_data_path("pharmacy-desk", appauthor=False)


def _read_toml(file: Path) -> dict[str, object]:
    """Every setting of a file by its dotted key. Raises `WorldError` when it cannot be read."""
    try:
        return _flatten(_parsed(read_text(file, _MAX_SETTINGS_BYTES)))
    except (RecursionError, ValueError) as error:  # tomllib's, of numbers and dates also others
        why = "nested too deep" if isinstance(error, RecursionError) else str(error)
        raise WorldError(Fault.SETTINGS_UNREADABLE, path=str(file), detail=why) from error
    except WorldError as error:
        if error.fault is not Fault.TEXT_UNREADABLE:
            raise
        why = f"not UTF-8, {error.params['detail']}"
        raise WorldError(Fault.SETTINGS_UNREADABLE, path=str(file), detail=why) from error


def _parsed(text: str) -> dict[str, object]:
    if max(line.count(".") for line in text.split("\n")) > _MAX_DOTS:
        raise RecursionError
    return tomllib.loads(text)


def _flatten(tree: dict[str, object], prefix: str = "") -> dict[str, object]:
    flat: dict[str, object] = {}
    for name, value in tree.items():
        key = f"{prefix}{name}"
        if isinstance(value, dict):
            flat |= _flatten(value, key + ".")
        else:
            flat[key] = value
    return flat
