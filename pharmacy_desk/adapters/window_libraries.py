"""What Qt needs from the system to open a window here, found out without loading Qt.

Qt ends the process when its platform plugin cannot be loaded, so it is asked beforehand: the
libraries that the plugin names in its file (its NEEDED entries, and those of Qt's own libraries
behind it) are tried one by one with the dynamic loader, which is what would load them.
"""

from __future__ import annotations

import ctypes
import importlib.util
import mmap
import struct
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from pharmacy_desk.adapters.resources import toml_resource
from pharmacy_desk.core.basics.errors import Fault, WorldError

# Of the ELF format (gabi.xinuos.com, chapters 4 and 5): 64-bit little-endian files, as Qt's are.
_ELF64_LE = b"\x7fELF\x02\x01"
_PT_LOAD, _PT_DYNAMIC = 1, 2
_DT_NULL, _DT_NEEDED, _DT_STRTAB = 0, 1, 5
_PROGRAM_HEADER = struct.Struct("<IIQQQQQQ")
_DYNAMIC_ENTRY = struct.Struct("<qQ")

# Behind every window, whatever shows it.
_WIDGETS = "libQt6Widgets.so.6"


def require(environ: Mapping[str, str]) -> None:
    """Raise `WorldError` when a window cannot be opened for want of a library of the system."""
    lacking = missing(environ)
    if lacking:
        raise WorldError(
            Fault.WINDOW_LIBRARY_MISSING, libraries=", ".join(lacking), command=command(lacking)
        )


def missing(
    environ: Mapping[str, str], qt: Path | None = None, loads: Callable[[str], bool] | None = None
) -> list[str]:
    """Libraries that the dynamic loader does not find for a window with this environment.

    `qt` is Qt's folder with `lib` and `plugins` (the wheel's own), `loads` asks the loader.
    Empty where Qt is not of a wheel: its packages bring what they need.
    """
    folder = qt or _qt_folder()
    if folder is None:
        return []
    found = loads or _loads
    lacking: list[str] = []
    for name in candidates(environ):
        plugin = folder / "plugins" / "platforms" / f"libq{name}.so"
        if plugin.exists():  # else another place may hold it: Qt will say
            lacking = [one for one in sorted(_system_names(folder, plugin)) if not found(one)]
            if not lacking:
                return []
    return lacking


def candidates(environ: Mapping[str, str]) -> list[str]:
    """Platform plugins that Qt would try, the last one the most usual."""
    chosen = environ.get("QT_QPA_PLATFORM", "")
    if chosen:
        return [part.split(":", 1)[0] for part in chosen.split(";")]
    if environ.get("WAYLAND_DISPLAY") or environ.get("XDG_SESSION_TYPE") == "wayland":
        return ["wayland", "xcb"]
    return ["xcb"] if environ.get("DISPLAY") else ["offscreen"]


def command(libraries: list[str]) -> str:
    """What to type to install them; a library whose package is not known stands as it is."""
    groups = toml_resource("system-libraries.toml").values()
    packages = {lib: name for one in groups if isinstance(one, dict) for lib, name in one.items()}
    names = sorted({str(packages.get(one, one)) for one in libraries})
    return "sudo apt-get install " + " ".join(names)


def _qt_folder() -> Path | None:
    if not sys.platform.startswith("linux"):
        return None
    spec = importlib.util.find_spec("PySide6")  # of a package: found without running it
    places = spec.submodule_search_locations if spec else None
    folder = Path(next(iter(places))) / "Qt" if places else None
    return folder if folder and (folder / "plugins").is_dir() else None


def _system_names(qt: Path, plugin: Path) -> set[str]:
    """What the plugin and the window's library need, and Qt brings not along itself."""
    waiting, seen, outside = [plugin, qt / "lib" / _WIDGETS], set[Path](), set[str]()
    while waiting:
        file = waiting.pop()
        if file in seen:
            continue
        seen.add(file)
        for name in needed(file):
            own = qt / "lib" / name
            if own.exists():
                waiting.append(own)
            else:
                outside.add(name)
    return outside


def needed(file: Path) -> list[str]:
    """The NEEDED entries of a shared library; none for a file of another kind."""
    with (
        file.open("rb") as opened,
        mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as data,  # a few pages of many MB
    ):
        return _needed(data) if data[:6] == _ELF64_LE else []


def _needed(data: mmap.mmap) -> list[str]:
    loads, dynamic = list[tuple[int, int, int]](), (0, 0)
    for kind, _, offset, address, _, size, _, _ in _program_headers(data):
        if kind == _PT_LOAD:
            loads.append((address, offset, size))
        elif kind == _PT_DYNAMIC:
            dynamic = (offset, size)
    entries = list(_entries(data[dynamic[0] : sum(dynamic)]))
    table = next((value for tag, value in entries if tag == _DT_STRTAB), 0)
    start = next((table - at + off for at, off, size in loads if at <= table < at + size), 0)
    return [_text(data, start + value) for tag, value in entries if tag == _DT_NEEDED]


def _program_headers(data: mmap.mmap) -> Iterator[tuple[int, ...]]:
    (first,) = struct.unpack_from("<Q", data, 32)
    size, count = struct.unpack_from("<HH", data, 54)
    for number in range(count):
        yield _PROGRAM_HEADER.unpack_from(data, first + number * size)


def _entries(section: bytes) -> Iterator[tuple[int, int]]:
    whole = len(section) - len(section) % _DYNAMIC_ENTRY.size
    for tag, value in _DYNAMIC_ENTRY.iter_unpack(section[:whole]):
        if tag == _DT_NULL:
            return
        yield tag, value


def _text(data: mmap.mmap, start: int) -> str:
    return data[start : data.find(b"\0", start)].decode("ascii", "replace")


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
