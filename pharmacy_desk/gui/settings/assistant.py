"""The first-run assistant: store, counter, scanner, printer, platform; or straight to training.

The store's drug list and a test page follow in its own home (`last_steps`).
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pharmacy_desk.core.people.people import MOST_PIN, Operator, pin_problem
from pharmacy_desk.core.people.roles import Role
from pharmacy_desk.core.settings.settings import BY_KEY, Value
from pharmacy_desk.counter import news
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.settings.screen import SettingField
from pharmacy_desk.gui.widgets.parts import button, plain
from pharmacy_desk.gui.words import people as people_words
from pharmacy_desk.gui.words import readings as readings_words
from pharmacy_desk.gui.words.settings import problem_text, setting_text

_STEPS = (
    ("store.code", "store.name", "store.area", "store.pharmacist", "store.pharmacist_cert"),
    ("counter.number", "operator.id", "operator.name"),
    ("scanner.serial_port", "scanner.baud", "scanner.parity", "scanner.terminator"),
    ("printer.kind", "printer.host", "printer.port", "receipt.width_mm"),
    ("region.profile", "platform.url"),
)
_MUST = ("store.code", "store.name", "store.area", "operator.id", "operator.name")


class Assistant(QDialog):
    """Asks step by step; at the end the home is a real one. Esc stays in training."""

    finished_setup = Signal(dict)

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("Assistant", "Set up this counter"))
        # No least height of its own: it grows where fields say what is wrong with them.
        self.setMinimumWidth(640)
        self.resize(640, 480)
        self._desk = desk
        self._fields: list[SettingField] = []
        self.wrong: dict[QWidget, QLabel] = {}
        self._pages = QStackedWidget()
        self.pin, self.again = QLineEdit(), QLineEdit()
        for keys in _STEPS:
            self._pages.addWidget(self._page(keys))
        self._title = plain(px=26, bold=True)
        self._hint = plain(quiet=True)
        self._back = button(translate("Assistant", "Back"), self._go_back)
        self._next = button("", self._go_on, primary=True)
        row = QHBoxLayout()
        row.addWidget(button(translate("Assistant", "Training instead (Esc)"), self.reject))
        row.addStretch(1)
        row.addWidget(self._back)
        row.addWidget(self._next)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(self._title)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self._hint)
        layout.addLayout(row)
        desk.bridge.news.connect(self.hear)
        self._show(0)

    def _page(self, keys: tuple[str, ...]) -> QWidget:
        page = QWidget()
        outer = QVBoxLayout(page)
        outer.setContentsMargins(0, 0, 0, 0)
        if "scanner.serial_port" in keys:
            outer.addWidget(plain(_about_scanners(), quiet=True))
        form = QFormLayout()
        outer.addLayout(form)
        outer.addStretch(1)
        form.setVerticalSpacing(12)
        form.setHorizontalSpacing(16)
        for key in keys:
            field = SettingField(BY_KEY[key], BY_KEY[key].default, self._desk)
            self._fields.append(field)
            form.addRow(_name(setting_text(key)), self._with_problem(field.widget))
        if "operator.id" in keys:
            self._add_pin(form)
        return page

    def _add_pin(self, form: QFormLayout) -> None:
        """The first person is the manager: nobody else could add people or approve."""
        for field, name in (
            (self.pin, translate("Assistant", "PIN of this person, who is the manager (店长)")),
            (self.again, translate("Assistant", "The same PIN again")),
        ):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setMaxLength(MOST_PIN)
            field.setAccessibleName(name)
            form.addRow(_name(name), self._with_problem(field))

    def _with_problem(self, widget: QWidget) -> QWidget:
        """A field, and in red under it what is wrong, until it is changed."""
        wrong = plain(px=14)
        wrong.setWordWrap(False)
        wrong.setStyleSheet(f"color: {theme.NO.ink};")
        wrong.hide()
        self.wrong[widget] = wrong
        if isinstance(widget, QLineEdit):
            widget.textChanged.connect(lambda _: self._say_wrong(widget, ""))
        column = QWidget()
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(widget)
        layout.addWidget(wrong)
        return column

    def _say_wrong(self, widget: QWidget, words: str) -> None:
        wrong = self.wrong[widget]
        wrong.setText(f"✕ {words}" if words else "")
        wrong.setVisible(bool(words))
        if isinstance(widget, QLineEdit):
            edge = f"QLineEdit {{ border: 2px solid {theme.NO.edge}; padding: 5px 9px; }}"
            widget.setStyleSheet(edge if words else "")
        if words:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def manager(self) -> Operator:
        """The first person of the store."""
        kept = {field.setting.key: str(field.read()) for field in self._fields}
        return Operator(kept["operator.id"], kept["operator.name"], Role.MANAGER.value)

    def _pin_missing(self, step: int) -> bool:
        """The PIN of the first person is part of the second step."""
        if "operator.id" not in _STEPS[step]:
            return False
        why = pin_problem(self.pin.text())
        same = self.pin.text() == self.again.text()
        self._say_wrong(
            self.again, "" if same else translate("Assistant", "The two PINs are not the same.")
        )
        self._say_wrong(self.pin, people_words.staff_refused(why) if why else "")
        return bool(why) or not same

    def _titles(self) -> tuple[str, ...]:
        return (
            translate("Assistant", "1 of 7  Which store is this?"),
            translate("Assistant", "2 of 7  Which counter, and who works here?"),
            translate("Assistant", "3 of 7  Which scanner? Try a scan now."),
            translate("Assistant", "4 of 7  Where do receipts go?"),
            translate("Assistant", "5 of 7  Where are codes uploaded?"),
        )

    def _show(self, step: int) -> None:
        self._pages.setCurrentIndex(step)
        self._title.setText(self._titles()[step])
        self._hint.setText("")
        self._back.setEnabled(step > 0)
        last = step == len(_STEPS) - 1
        self._next.setText(
            translate("Assistant", "Begin") if last else translate("Assistant", "Next")
        )
        self._of_step(step)[0].widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _of_step(self, step: int) -> list[SettingField]:
        return [field for field in self._fields if field.setting.key in _STEPS[step]]

    def _go_back(self) -> None:
        self._show(max(0, self._pages.currentIndex() - 1))

    def _go_on(self) -> None:
        step = self._pages.currentIndex()
        if self._fields_wrong(step) or self._pin_missing(step):
            return
        if step < len(_STEPS) - 1:
            self._show(step + 1)
            return
        values: dict[str, Value] = {field.setting.key: field.read() for field in self._fields}
        self.finished_setup.emit(values)
        self.accept()

    def _fields_wrong(self, step: int) -> bool:
        """Every field that is wrong says so; the first one of them has the keyboard."""
        found = False
        for field in reversed(self._of_step(step)):
            missing = field.setting.key in _MUST and not field.read()
            why = "missing" if missing else field.problem()
            self._say_wrong(field.widget, problem_text(why) if why else "")
            found = found or bool(why)
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook: Enter goes on, as everywhere."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on()
        else:
            super().keyPressEvent(event)

    def hear(self, message: object) -> None:
        """A scan while the assistant is open is a trial of the scanner."""
        if isinstance(message, news.LookedUp) and self.isVisible():
            what = readings_words.named(message.reading)
            said = translate("Assistant", "✓ The scanner works. It sent: %1")
            self._hint.setText(said.replace("%1", what))


def _about_scanners() -> str:
    """Most scanners need nothing: said before anybody looks for a port."""
    return translate(
        "Assistant",
        "A scanner that types like a keyboard needs nothing here: leave the port empty and scan."
        " A port is for scanners on a serial line.",
    )


def _name(text: str) -> QLabel:
    """A field's name on one line: beside wrapped ones a form does not see a row grow."""
    label = plain(text)
    label.setWordWrap(False)
    return label
