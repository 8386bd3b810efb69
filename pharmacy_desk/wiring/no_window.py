"""Fuse box, where the window cannot be opened: it is said on the desktop, else in the log.

Whoever starts the program by its icon sees no terminal. What Qt needs for a window may be missing,
so that nothing here loads more of it than its translations.
"""

import logging
from collections.abc import Callable, Mapping

from pharmacy_desk.adapters import desktop_message, resources
from pharmacy_desk.adapters.home import Home
from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.basics.fault_words import words_of
from pharmacy_desk.wiring.logs import start_logging

_LOG = logging.getLogger("pharmacy_desk.window")
# In the order in which they count.
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")


def tell(
    error: WorldError,
    home: Home,
    environ: Mapping[str, str],
    show: Callable[[str], bool] = desktop_message.show,
) -> None:
    """Say why no window opens to who has clicked the icon; where nothing shows it, log it."""
    words = sentence(error, environ)
    if not show(words):
        home.make()
        start_logging(home)
        _LOG.error("%s", words)


def sentence(error: WorldError, environ: Mapping[str, str]) -> str:
    """What happened and what to do, in Chinese where the system speaks it."""
    locale = next((environ[name] for name in _LOCALE if environ.get(name)), "")
    parts = [part for part in words_of(error.fault) if part]
    if locale.startswith("zh"):
        parts = _in_chinese(parts)
    text = "\n".join(parts)
    for name, value in error.params.items():
        text = text.replace("{" + name + "}", str(value))
    return text


def _in_chinese(parts: list[str]) -> list[str]:
    try:
        from PySide6.QtCore import QTranslator
    except ImportError:  # not even that can be loaded here
        return parts
    translator = QTranslator()
    if not translator.load(str(resources.resource("i18n", "zh_CN.qm"))):
        return parts
    return [translator.translate("Fault", part) or part for part in parts]
