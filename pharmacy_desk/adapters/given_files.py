"""Open files that come from outside: regular files only, and never more of one than its bound.

A folder, a pipe or a device by a file's name is refused before anything is read: a pipe waits for
ever, and a device has no end. What grows while it is read is cut off by the same bound.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from pharmacy_desk.core.basics.errors import Fault, WorldError


@contextmanager
def opened(path: Path, most: int) -> Iterator[BinaryIO]:
    """A regular file of at most `most` bytes, open for reading.

    Raises `WorldError`, also for what fails while it is open: missing, not a file, not allowed,
    too large, unreadable.
    """
    try:
        with _open(path) as file:
            told = os.fstat(file.fileno())
            if not stat.S_ISREG(told.st_mode):
                raise WorldError(Fault.NOT_A_FILE, path=str(path))
            if told.st_size > most:
                raise WorldError(Fault.FILE_TOO_LARGE, path=str(path), most=most)
            yield file
    except FileNotFoundError as error:
        raise WorldError(Fault.FILE_MISSING, path=str(path)) from error
    except PermissionError as error:
        raise WorldError(Fault.FILE_DENIED, path=str(path)) from error
    except OSError as error:
        detail = error.strerror or str(error)
        raise WorldError(Fault.FILE_UNREADABLE, path=str(path), detail=detail) from error


def read_bytes(path: Path, most: int) -> bytes:
    """A whole file. Raises `WorldError` as `opened` does."""
    with opened(path, most) as file:
        data = file.read(most + 1)
    if len(data) > most:  # the files of /proc tell a size of 0
        raise WorldError(Fault.FILE_TOO_LARGE, path=str(path), most=most)
    return data


def read_text(path: Path, most: int) -> str:
    """A whole file of UTF-8 text, with or without a BOM, its line ends made one.

    Raises `WorldError` as `opened` does, and for bytes that are no such text.
    """
    try:
        text = read_bytes(path, most).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        detail = f"byte {error.start + 1}"
        raise WorldError(Fault.TEXT_UNREADABLE, path=str(path), detail=detail) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _open(path: Path) -> BinaryIO:
    """Open without waiting for a pipe's other end, and touch no device for the asking."""
    try:
        mode = os.stat(path).st_mode
    except ValueError as error:  # a NUL in the name
        raise WorldError(Fault.FILE_MISSING, path=str(path)) from error
    if not stat.S_ISREG(mode):
        raise WorldError(Fault.NOT_A_FILE, path=str(path))
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags), "rb")
