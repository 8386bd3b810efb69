"""The real program under real keys, telling on standard output what it took and what a field holds.

Run as a module: `python -m tests.window.keys_child HOME`. Lines of JSON: `{"ready": true}`, then
one `{"code", "text", "verdict"}` for every scan; a line `ask` on standard input is answered by
`{"field", "preedit"}`, `quit` ends.
"""

import json
import sys
import threading
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal

from pharmacy_desk.adapters.home import Home
from pharmacy_desk.counter import news
from pharmacy_desk.wiring.look import make_application
from pharmacy_desk.wiring.options import Options
from pharmacy_desk.wiring.window import WindowedCounter


class Preedit(QObject):
    """Follows what an input method shows inside the field; asked for from another thread."""

    asked = Signal(str)
    text = ""

    def eventFilter(self, watched, event):  # noqa: N802 - the name Qt calls
        if event.type() == QEvent.Type.InputMethod:
            self.text = event.preeditString()
        return False


def say(**words):
    print(json.dumps(words, ensure_ascii=False), flush=True)


def main():
    home = Home(Path(sys.argv[1]))
    home.make()
    home.acquire()
    app = make_application("zh_CN")
    whole = WindowedCounter(home, Options(own_practice_platform=False), rehearsed=True, play=False)
    window = whole.open()
    field = window.checkout.search.field
    preedit = Preedit()
    field.installEventFilter(preedit)

    def hear(message):
        if isinstance(message, news.Judged):
            reading = message.verdict.reading
            say(code=reading.code, text=reading.text, verdict=message.verdict.name.value)

    def answer(word):
        if word == "ask":
            say(field=field.text(), preedit=preedit.text, focus=field.hasFocus())
        else:
            window.close()
            app.quit()

    window.heard.connect(hear)
    preedit.asked.connect(answer)
    threading.Thread(
        target=lambda: [preedit.asked.emit(line.strip()) for line in sys.stdin], daemon=True
    ).start()
    say(ready=True)
    app.exec()
    whole.stop()


if __name__ == "__main__":
    main()
