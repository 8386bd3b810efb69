"""The real program as a guard before another till, telling on standard output what it did.

Run as a module: `python -m tests.window.guard_child HOME PORT SETTINGS`. Lines of JSON:
`{"ready": true}`, then one `{"scan", "what", "why", "untyped", "answer"}` for every view of the
guard, and `{"focus"}` whenever a window of the program gets or loses the keyboard. A word on
standard input is a key of the strip; `shot FILE` saves its picture, `where KEY` tells `{"x", "y"}`
of a key, `down` puts the program's own window away, `quit` ends.
"""

import json
import sys
import threading
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from pharmacy_desk.adapters.home import Home
from pharmacy_desk.counter import news
from pharmacy_desk.wiring.look import make_application
from pharmacy_desk.wiring.options import Options
from pharmacy_desk.wiring.window import WindowedCounter


class Told(QObject):
    """A word from another thread."""

    word = Signal(str)


def say(**words):
    print(json.dumps(words, ensure_ascii=False), flush=True)


def main():
    home = Home(Path(sys.argv[1]))
    home.make()
    home.save_settings({"till.mode": "guard"} | json.loads(sys.argv[3]), practice=True)
    home.acquire()
    app = make_application("zh_CN")
    options = Options(own_practice_platform=False, serial_port=sys.argv[2])
    whole = WindowedCounter(home, options, rehearsed=True, play=False)
    window = whole.open()
    strip = whole.strip
    keys = {
        "again": strip.again, "there": strip.there, "self": strip.self_paid,
        "insured": strip.insured, "back": strip.back, "hold": strip.aside, "up": strip.open,
    }  # fmt: skip

    def hear(message):
        if isinstance(message, news.GuardShown):
            view = message.view
            say(
                scan=message.scan_number,
                what=view.what,
                why=view.why,
                untyped=view.untyped,
                boxes=view.sale.box_count if view.sale else 0,
                answer=view.answer.what.value if view.answer else None,
                said=[strip.text.said.word, strip.text.said.evidence, strip.text.said.todo],
            )

    def answer(word):
        if word.startswith("shot "):
            strip.grab().save(word[5:])
            say(shot=True)
        elif word in keys:
            keys[word].click()
        elif word == "down":
            window.showMinimized()
        elif word.startswith("where "):
            centre = strip.mapToGlobal(keys[word[6:]].geometry().center())
            say(x=centre.x(), y=centre.y())
        else:
            window.close()
            app.quit()

    window.heard.connect(hear)
    QGuiApplication.instance().focusWindowChanged.connect(lambda own: say(focus=own is not None))
    told = Told()
    told.word.connect(answer)
    threading.Thread(
        target=lambda: [told.word.emit(line.strip()) for line in sys.stdin], daemon=True
    ).start()
    say(ready=True)
    app.exec()
    whole.stop()


if __name__ == "__main__":
    main()
