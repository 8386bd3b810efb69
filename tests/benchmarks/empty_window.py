"""An empty PySide6 window, run as a module: the bare start, and the bare memory.

It prints one line after its first paint: `painted`, or with `--memory` its USS in bytes and the
modules it could not import. Names of modules to import first come on standard input, one a line.
"""

import sys

if __name__ == "__main__" and "--memory" in sys.argv:
    import importlib

    missing = []
    for name in sys.stdin.read().split():
        try:
            importlib.import_module(name)
        except Exception:  # noqa: BLE001 - whatever a module says to being imported alone
            missing.append(name)

import os

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow


class EmptyWindow(QMainWindow):
    """Tells once that it has painted, when Qt is done with it."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Qt's hook."""
        super().paintEvent(event)
        QTimer.singleShot(0, told)


def told() -> None:
    """Print what is wanted and end."""
    if "--memory" in sys.argv:
        import psutil

        print(psutil.Process().memory_full_info().uss, *missing, flush=True)
    else:
        print("painted", flush=True)
    QApplication.quit()


if __name__ == "__main__":
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(["empty"])
    window = EmptyWindow()
    window.resize(1366, 768)
    window.show()
    app.exec()
