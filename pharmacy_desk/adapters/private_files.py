"""A home is its user's alone: folders 0700, files 0600, whatever the umask was, old ones too.

On Windows the same by an access list (user, SYSTEM, administrators), written after Microsoft's
reference of icacls and not tried there. A home under ProgramData keeps what its installer gave it:
it is shared by the users of the counter on purpose.
"""

import logging
import os
import stat
import subprocess
from pathlib import Path

_LOG = logging.getLogger(__name__)
_OTHERS = 0o077
_LEDGERS = ("ledger.db", "practice-ledger.db")
_SETTINGS = ("settings.toml", "practice.toml")
_OURS = (*_SETTINGS, "secrets.json", "home.lock", "till-api.json", "practice-platform.db")
# Left behind once the access list is written: icacls takes 30 ms and more.
_MARK = ".private"


def only_ours_from_now() -> None:
    """Whatever this process writes from here on, others cannot read."""
    os.umask(_OTHERS)


def make_private(folder: Path) -> None:
    """Take a home's folder and files from others. What belongs to somebody else is left.

    A folder that is more than a home (the user's own, /tmp) keeps its mode; our files in it do not.
    """
    if os.name == "nt":
        _windows(folder)
        return
    try:
        names = os.listdir(folder)
        if not _is_home(folder, names):
            for name in names:
                if name in _OURS or name.startswith(_LEDGERS):
                    _take(folder / name)
            return
        if folder.stat().st_mode & _OTHERS:  # once; then the folder itself keeps others out
            for place, folders, files in os.walk(folder):
                for name in (*folders, *files):
                    _take(Path(place) / name)
        else:
            for name in names:
                _take(folder / name)
        _take(folder)
    except OSError as error:
        _LOG.info("%s is not this user's alone: %s", folder, error.strerror)


def others_may_read(folder: Path) -> bool:
    """True when somebody else on this machine may look into a home's ledger."""
    if os.name == "nt" or folder.stat().st_mode & _OTHERS == 0:
        return False
    there = (folder / name for name in (*_LEDGERS, *_SETTINGS))
    return any(file.exists() and file.stat().st_mode & _OTHERS for file in there)


def _is_home(folder: Path, names: list[str]) -> bool:
    """Made for us, or a home by what is in it; never a folder that other things need open."""
    known = not names or any(name in names for name in (*_LEDGERS, *_SETTINGS, "home.lock"))
    real = folder.resolve()
    shared = folder.stat().st_mode & stat.S_ISVTX or real in (Path.home(), Path(real.anchor))
    return known and not shared


def _take(path: Path) -> None:
    mode = path.lstat().st_mode
    if stat.S_IMODE(mode) & _OTHERS and not stat.S_ISLNK(mode):
        path.chmod(stat.S_IMODE(mode) & ~_OTHERS)


def _windows(folder: Path) -> None:
    shared = os.environ.get("PROGRAMDATA")
    if (folder / _MARK).exists() or (shared and folder.resolve().is_relative_to(Path(shared))):
        return
    user = f"{os.environ.get('USERDOMAIN', '.')}\\{os.environ.get('USERNAME', '')}"
    grants = [f"{who}:(OI)(CI)F" for who in (user, "*S-1-5-18", "*S-1-5-32-544")]
    command = ["icacls", str(folder), "/inheritance:r", "/grant:r", *grants]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=30)
        (folder / _MARK).touch()
    except (OSError, subprocess.SubprocessError) as error:
        _LOG.info("%s is not this user's alone: %s", folder, error)
