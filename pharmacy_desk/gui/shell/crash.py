"""The one place for our own bugs: log, say so once, keep the counter open."""

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_LOG = logging.getLogger(__name__)
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
# Said by the offscreen platform whenever a window has a least size; it means nothing there.
_HARMLESS = ("This plugin does not support propagateSizeHints()",)


def qt_to_log() -> None:
    """Qt's own messages go to the log, not to the terminal of whoever started the program."""

    def handle(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if text not in _HARMLESS:
            if kind is QtMsgType.QtFatalMsg and sys.stderr:
                # Qt ends the process now: not without a word.
                sys.stderr.write(text + "\n")
                sys.stderr.flush()
            _LOG.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", text)

    qInstallMessageHandler(handle)


def install(tell: Callable[[Exception], None]) -> None:
    """Catch what nothing else caught, on every thread. `tell` is called with the exception."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _LOG.critical("a bug", exc_info=(kind, error, trace))
        if isinstance(error, Exception):
            tell(error)

    def thread_hook(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            hook(args.exc_type, args.exc_value, args.exc_traceback)

    sys.excepthook = hook
    threading.excepthook = thread_hook
