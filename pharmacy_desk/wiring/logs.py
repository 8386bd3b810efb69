"""Fuse box, the log's part: rotating files that a full disk cannot make loud."""

from __future__ import annotations

import contextlib
import logging
import logging.handlers
from pathlib import Path

from pharmacy_desk.adapters.home import Home
from pharmacy_desk.adapters.log_lines import LogLines

_LOG_BYTES = 1_000_000


_LOG_FILES = 5


class _LogFile(logging.handlers.RotatingFileHandler):
    """A log that a full disk cannot make loud: lines that do not fit are counted, then told of."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path, maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8", delay=True
        )
        self._lost = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line, behind one that says how many were lost before it."""
        lost, self._lost = self._lost, 0
        if lost:
            told = logging.LogRecord(
                name=__name__,
                level=logging.WARNING,
                pathname=__file__,
                lineno=0,
                msg="%d log lines were lost",
                args=(lost,),
                exc_info=None,
            )
            super().emit(told)
            if self._lost:  # still no room
                self._lost += lost
                return
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Count the line and print no traceback of it; the next one opens the file anew."""
        self._lost += 1
        stream, self.stream = self.stream, None
        with contextlib.suppress(OSError):
            if stream:
                stream.close()


def start_logging(home: Home) -> None:
    """Rotating log files in the home; they hold no scan and no name of a person."""
    handler = _LogFile(home.logs / "pharmacy-desk.log")
    handler.setFormatter(LogLines())
    root = logging.getLogger("pharmacy_desk")
    root.setLevel(logging.INFO)
    for old in list(root.handlers):
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
