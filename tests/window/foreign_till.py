"""A till that knows nothing of us: one field, and a list of what was entered into it.

Run as a module: `python -m tests.window.foreign_till qt|tk`. Lines of JSON: `{"ready": true}` once
its field has the keyboard, `{"line"}` for every text that Enter or Tab ended; `ask` on standard
input is answered by `{"field"}`, `quit` ends it.
"""

import json
import sys
import threading


def say(**words):
    print(json.dumps(words, ensure_ascii=False), flush=True)


def qt():
    from PySide6.QtCore import QObject, Qt, Signal
    from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QVBoxLayout, QWidget

    class Field(QLineEdit):
        def keyPressEvent(self, event):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Tab):
                entered()
            else:
                super().keyPressEvent(event)

        def event(self, event):  # Tab would leave the field
            if event.type() == event.Type.KeyPress and event.key() == Qt.Key.Key_Tab:
                self.keyPressEvent(event)
                return True
            return super().event(event)

        def focusInEvent(self, event):
            super().focusInEvent(event)
            say(ready=True)

    class Asked(QObject):
        word = Signal(str)

    def entered():
        say(line=field.text())
        listed.addItem(field.text())
        listed.scrollToBottom()
        field.clear()

    def answer(word):
        if word == "ask":
            say(field=field.text())
        else:
            app.quit()

    app = QApplication([])
    window = QWidget()
    window.setWindowTitle("收银")
    layout = QVBoxLayout(window)
    field, listed = Field(), QListWidget()
    layout.addWidget(field)
    layout.addWidget(listed)
    asked = Asked()
    asked.word.connect(answer)
    threading.Thread(
        target=lambda: [asked.word.emit(line.strip()) for line in sys.stdin], daemon=True
    ).start()
    window.setGeometry(80, 160, 900, 500)
    window.show()
    app.exec()


def tk():
    import tkinter

    root = tkinter.Tk()
    root.title("收银")
    root.geometry("900x500+80+160")
    field = tkinter.Entry(root)
    field.pack(fill="x")
    words = []

    def entered(_):
        say(line=field.get())
        field.delete(0, "end")
        return "break"

    def look():
        while words:
            if words.pop(0) == "ask":
                say(field=field.get())
            else:
                root.destroy()
                return
        root.after(50, look)

    field.bind("<Return>", entered)
    field.bind("<Tab>", entered)
    field.bind("<FocusIn>", lambda _: say(ready=True))
    threading.Thread(
        target=lambda: [words.append(line.strip()) for line in sys.stdin], daemon=True
    ).start()
    root.after(200, field.focus_force)
    root.after(50, look)
    root.mainloop()


if __name__ == "__main__":
    {"qt": qt, "tk": tk}[sys.argv[1]]()
