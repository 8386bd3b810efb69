"""A sentence for who has clicked an icon, where no window of ours can be opened.

Desktops bring small programs that show a text; the first one that is there and does it is taken.
"""

import shutil
import subprocess
from collections.abc import Callable, Sequence

# A dialog that cannot be shown ends at once; one that is still there after this stands before
# somebody, who closes it without us.
_SHOWN_AFTER_S = 1.5
_TITLE = "Pharmacy Desk"
_WAYS: tuple[tuple[str, ...], ...] = (
    ("zenity", "--error", "--no-markup", f"--title={_TITLE}", "--text"),
    ("kdialog", "--title", _TITLE, "--error"),
    ("xmessage", "-center"),
    ("notify-send", "--urgency=critical", _TITLE),
)


def show(
    text: str,
    which: Callable[[str], str | None] = shutil.which,
    stands: Callable[[Sequence[str]], bool] | None = None,
) -> bool:
    """Show a sentence by what this desktop has; False when nothing has shown it."""
    shown = stands or _stands
    return any(which(way[0]) is not None and shown((*way, text)) for way in _WAYS)


def _stands(command: Sequence[str]) -> bool:
    """Start it; True while it stands there, or when it has ended well."""
    try:
        started = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except OSError:
        return False
    try:
        return started.wait(_SHOWN_AFTER_S) == 0
    except subprocess.TimeoutExpired:
        return True
