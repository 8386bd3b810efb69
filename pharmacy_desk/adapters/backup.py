"""A home's backup: one file with a copy of the ledger, the settings and the file of secrets.

The copy is made by SQLite while the counter sells on, and is opened and checked before it counts.
"""

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from pharmacy_desk.adapters.given_files import opened
from pharmacy_desk.adapters.home import Home
from pharmacy_desk.adapters.store.base import database, past
from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.basics.values import dataclass

_FORMAT = 1
# A ledger of ten million codes has some 10 GB; a manifest names three files.
_MAX_BYTES, _MAX_MANIFEST_BYTES = 1_000_000_000_000, 100_000
# What zip and JSON raise of a file that is no backup; RuntimeError also of one with a password.
_NO_BACKUP = (
    zipfile.BadZipFile,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    EOFError,
    RuntimeError,
    zlib.error,
)
_MANIFEST = "backup.json"
_SECRETS = "secrets.json"
_NAMES = {
    True: ("practice-ledger.db", "practice.toml"),
    False: ("ledger.db", "settings.toml"),
}


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds: events, the newest one's head, and what the check of it found."""

    events: int
    head: str | None
    problems: tuple[str, ...]


def save(home: Home, file: Path, now: datetime) -> Backup:
    """Write a home's backup. Raises `WorldError` when something cannot be read or written."""
    ledger, settings = _NAMES[home.practice]
    with _writing(file), tempfile.TemporaryDirectory(dir=file.absolute().parent) as made:
        folder = Path(made)
        _copy_ledger(home.ledger, folder / ledger)
        for name in (settings, _SECRETS):
            if (home.folder / name).exists():
                shutil.copyfile(home.folder / name, folder / name)
        found = check(folder / ledger)
        names = [
            path.name for path in folder.iterdir() if path.name in (ledger, settings, _SECRETS)
        ]
        manifest = {
            "format": _FORMAT,
            "made_at": now.isoformat(),
            "practice": home.practice,
            "head": found.head,
            "files": {name: _digest(folder / name) for name in sorted(names)},
        }
        fresh = folder / "backup.zip"
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as out:
            out.writestr(_MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=2))
            for name in sorted(names):
                out.write(folder / name, name)
        fresh.chmod(0o600)
        with fresh.open("rb+") as written:
            os.fsync(written.fileno())
        fresh.replace(file)
    return Backup(found.events, found.head, found.problems)


def restore(home: Home, file: Path, now: datetime) -> Path:
    """Put a backup in a home's place; where what it replaced is kept. The home is ours meanwhile.

    The mark beside the ledger stays: it tells at the next start whether the backup is older than
    what it replaced. Raises `WorldError` when the backup is not whole; nothing is changed then.
    """
    home.make()
    home.acquire()
    try:
        with _writing(home.folder), tempfile.TemporaryDirectory(dir=home.folder) as made:
            practice, names = _unpack(file, Path(made))
            if practice and not home.practice:
                raise WorldError(Fault.BACKUP_BAD, path=str(file), detail="practice")
            ledger = _NAMES[practice][0]
            _prove(Path(made) / ledger, file, now)
            aside = home.folder / f"replaced-{now:%Y%m%d-%H%M%S}"
            aside.mkdir(mode=0o700)
            for name in (*names, f"{ledger}-wal", f"{ledger}-shm"):
                if (home.folder / name).exists():
                    (home.folder / name).replace(aside / name)
            for name in names:
                (Path(made) / name).replace(home.folder / name)
            return aside
    finally:
        home.release()


def _copy_ledger(source: Path, target: Path) -> None:
    with (
        contextlib.closing(database.open_reader(source)) as there,
        database.world_errors(source),
        contextlib.closing(sqlite3.connect(target)) as copy,
    ):
        there.backup(copy)


def _unpack(file: Path, folder: Path) -> tuple[bool, list[str]]:
    """A backup's files in a folder, each as it was when it was saved."""
    try:
        with opened(file, _MAX_BYTES) as given, zipfile.ZipFile(given) as packed:
            practice, told = _manifest(packed)
            for name, digest in told.items():
                _take_out(packed, name, digest, folder)
    except _NO_BACKUP as error:
        raise WorldError(Fault.BACKUP_BAD, path=str(file), detail=str(error)) from error
    return practice, list(told)


def _manifest(packed: zipfile.ZipFile) -> tuple[bool, dict[str, str]]:
    """Whether it is a practice home's, and the digest of each of its files."""
    if packed.getinfo(_MANIFEST).file_size > _MAX_MANIFEST_BYTES:
        raise ValueError(_MANIFEST)
    manifest = json.loads(packed.read(_MANIFEST))
    practice, told = bool(manifest["practice"]), dict(manifest["files"])
    known = manifest["format"] == _FORMAT and set(told) <= {*_NAMES[practice], _SECRETS}
    if not known or _NAMES[practice][0] not in told:
        raise ValueError("format")
    return practice, told


def _take_out(packed: zipfile.ZipFile, name: str, digest: str, folder: Path) -> None:
    with packed.open(name) as source, (folder / name).open("wb") as target:
        shutil.copyfileobj(source, target)
        target.flush()
        os.fsync(target.fileno())
    (folder / name).chmod(0o600)
    if _digest(folder / name) != digest:
        raise ValueError(name)


def _prove(ledger: Path, file: Path, now: datetime) -> None:
    """The copy can be opened and is in order; it notes that it was restored."""
    found = [one for one in check(ledger).problems if not one.startswith("history:")]
    if found:
        raise WorldError(Fault.BACKUP_BAD, path=str(file), detail=found[0])
    with contextlib.closing(sqlite3.connect(ledger)) as conn, conn:
        conn.execute("PRAGMA journal_mode=DELETE")
        conn.execute(
            "INSERT OR REPLACE INTO home(name, value) VALUES (?, ?)",
            (past.RESTORED, now.isoformat()),
        )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextlib.contextmanager
def _writing(path: Path) -> Iterator[None]:
    with database.world_errors(path):
        yield
