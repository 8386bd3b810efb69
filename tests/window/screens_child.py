"""The real program with a screen for the customer, telling where its two windows are.

Run as a module: `python -m tests.window.screens_child HOME`. A line `ask` on standard input is
answered by a line of JSON, `scan CODE` delivers a scan, `quit` ends.
"""

import json
import sys
import threading
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel

from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.gui.sale.customer_screen import CustomerScreen
from pharmacy_desk.wiring.look import make_application
from pharmacy_desk.wiring.options import Options
from pharmacy_desk.wiring.window import WindowedCounter
from tests.practice import practice_home


class Orders(QObject):
    """Lines of standard input, handed to the window's thread."""

    came = Signal(str)

    def read(self):
        for line in sys.stdin:
            self.came.emit(line.strip())


def told(app, window, screen):
    """Both windows and all monitors as rectangles, and what the customer reads."""
    labels = screen.findChildren(QLabel)
    return {
        "monitors": sorted(one.geometry().getRect() for one in app.screens()),
        "own": window.screen().geometry().getRect(),
        "customer": screen.frameGeometry().getRect() if screen.isVisible() else None,
        "full": screen.isFullScreen(),
        "active": app.activeWindow() is window,
        "reads": [one.text() for one in labels if one.isVisible() and one.text()],
    }


def main():
    home = practice_home(Path(sys.argv[1]))
    home.save_settings({"ui.customer_screen": True}, practice=True)
    home.acquire()
    app = make_application("zh_CN")
    whole = WindowedCounter(home, Options(own_practice_platform=False), rehearsed=True, play=False)
    window = whole.open()
    (screen,) = window.findChildren(CustomerScreen)

    def obey(order):
        word, _, code = order.partition(" ")
        if word == "ask":
            print(json.dumps(told(app, window, screen), ensure_ascii=False), flush=True)
        elif word == "scan":
            whole.counter.wishes.scan(RawScan(code.encode(), "test", whole.counter.clock.now()))
        else:
            window.close()
            app.quit()

    orders = Orders()
    orders.came.connect(obey)
    threading.Thread(target=orders.read, daemon=True).start()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
