"""The one place for our own bugs: log, say so once, keep the counter open."""

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType

_LOG = logging.getLogger(__name__)


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
