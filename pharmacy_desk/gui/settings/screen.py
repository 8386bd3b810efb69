"""设置: store, counter, scanner, printer, platform, policy; made from the one settings table."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from pharmacy_desk.core.people.people import ApprovalRefusal, Right
from pharmacy_desk.core.settings.settings import SETTINGS, Setting, Value, problem
from pharmacy_desk.counter import news
from pharmacy_desk.counter.people.answers import RightAnswer
from pharmacy_desk.counter.sale.desk import ScanTarget
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.base.section import Meanings, Section
from pharmacy_desk.gui.people.card import PeopleCard, no_manager
from pharmacy_desk.gui.people.register_card import RegisterCard
from pharmacy_desk.gui.settings.index import Group, SettingsIndex
from pharmacy_desk.gui.settings.policy_table import PolicyTable
from pharmacy_desk.gui.settings.port_field import PortField
from pharmacy_desk.gui.widgets.parts import Card, Combo, Spin, button, plain
from pharmacy_desk.gui.words import people as people_words
from pharmacy_desk.gui.words import readings as readings_words
from pharmacy_desk.gui.words.settings import choice_text, group_text, problem_text, setting_text

# The words a row may be sought by, and what shows or hides it.
Row: TypeAlias = tuple[str, Callable[[bool], None]]
# Wide enough for a store's name and an address; a wider field only looks empty.
_FIELD_PX = 560


class SettingField:
    """One setting's widget with its value in and out."""

    def __init__(self, setting: Setting, value: Value, desk: DeskView) -> None:
        self.setting = setting
        self.widget, self.read = _widget(setting, value, desk)
        self.widget.setAccessibleName(setting_text(setting.key))

    def show(self, value: Value) -> None:
        """Show another value."""
        widget = self.widget
        if isinstance(widget, PortField):
            widget.show_value(str(value))
        elif isinstance(widget, QComboBox):
            widget.setCurrentIndex(widget.findData(str(value)))
        elif isinstance(widget, QLineEdit):
            widget.setText(str(value))
        elif isinstance(widget, QSpinBox):
            widget.setValue(int(value))
        elif isinstance(widget, QCheckBox):
            widget.setChecked(bool(value))

    def problem(self) -> str | None:
        """Why the value cannot be kept."""
        return problem(self.setting, self.read())


def _widget(setting: Setting, value: Value, desk: DeskView) -> tuple[QWidget, Callable[[], Value]]:
    if isinstance(setting.default, bool):
        box = QCheckBox(translate("Settings", "yes"))
        box.setChecked(bool(value))
        return box, box.isChecked
    if setting.key == "scanner.serial_port":
        ports = PortField(desk.ports())
        ports.show_value(str(value))
        return ports, ports.value
    options = _options(setting, desk)
    if options:
        combo = Combo()
        for data, label in options:
            combo.addItem(label, data)
        combo.setCurrentIndex(combo.findData(str(value)))
        if isinstance(setting.default, int):
            return combo, lambda: int(combo.currentData())
        return combo, lambda: str(combo.currentData() or "")
    if isinstance(setting.default, int):
        spin = Spin()
        spin.setRange(setting.low or 0, setting.high or 1_000_000)
        spin.setValue(int(value))
        return spin, spin.value
    line = QLineEdit(str(value))
    line.setMaxLength(200)
    return line, lambda: line.text().strip()


def _options(setting: Setting, desk: DeskView) -> list[tuple[str, str]]:
    if setting.key == "region.profile":
        return desk.profiles()
    return [(choice, choice_text(setting.key, choice)) for choice in setting.choices]


def _row(form: QFormLayout, field: SettingField) -> Row:
    """A setting's row in its group, with the words it may be sought by: its name and its key."""
    name = setting_text(field.setting.key)
    form.addRow(plain(name), field.widget)

    def show(visible: bool) -> None:
        form.setRowVisible(field.widget, visible)

    return f"{name} {field.setting.key}", show


class SettingsScreen(Section):
    """Every setting with its field; saving checks all of them first."""

    target = ScanTarget.LOOK_UP

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._title = plain(translate("Settings", "Settings"), px=26, bold=True)
        self._detail = plain(quiet=True)
        self._fields: list[SettingField] = []
        self._body = QWidget()
        self._form = QVBoxLayout(self._body)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setSpacing(10)
        self.index = SettingsIndex(self._fill())
        self.index.wanted.connect(self._show_group)
        scroll = self._scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._body)
        head = Card()
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.addWidget(self._title)
        words.addWidget(self._detail)
        row.addLayout(words, 1)
        self.again = button(translate("Settings", "Open again now"), self.again_wanted.emit)
        self.again.hide()
        row.addWidget(self.again)
        row.addWidget(
            button(translate("Settings", "Scanner assistant (F12)"), self.assistant_wanted.emit)
        )
        row.addWidget(button(translate("Settings", "People (F8)"), self.go_to_people))
        row.addWidget(button(translate("Settings", "Save (Ctrl+S)"), self.save, primary=True))
        head.body.addLayout(row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 10)
        layout.setSpacing(10)
        layout.addWidget(head)
        body = QHBoxLayout()
        body.setSpacing(10)
        body.addWidget(self.index)
        body.addWidget(scroll, 1)
        layout.addLayout(body, 1)

    def _fill(self) -> list[Group]:
        settings = self._desk.settings()
        forms: dict[str, tuple[Card, QFormLayout, list[Row]]] = {}
        cells: list[SettingField] = []
        for setting in SETTINGS:
            name = setting.key.split(".")[0]
            value: Value = settings.text(setting.key)
            if isinstance(setting.default, bool):
                value = settings.flag(setting.key)
            elif isinstance(setting.default, int):
                value = settings.number(setting.key)
            field = SettingField(setting, value, self._desk)
            self._fields.append(field)
            if name == "policy":
                cells.append(field)
                continue
            if name not in forms:
                forms[name] = (*self._card(name), [])
            field.widget.setMaximumWidth(_FIELD_PX)
            field.widget.setEnabled(not settings.fixed(setting.key))
            forms[name][2].append(_row(forms[name][1], field))
        policy, self.people = PolicyTable(cells), PeopleCard(self._desk)
        self.register = RegisterCard(self._desk)
        self.people.lacks_manager.connect(self._lacks_manager)
        self._form.addWidget(policy)
        self._form.addWidget(self.people)
        self._form.addWidget(self.register)
        self._form.addStretch(1)
        practice = translate(
            "Settings", "Training: the store is the sample store and cannot be changed."
        )
        self._detail.setText(practice if settings.practice else str(self._desk.home))
        groups = [Group(group_text(name), card, rows) for name, (card, _, rows) in forms.items()]
        people = Group(translate("Settings", "People"), self.people)
        register = Group(translate("Duty", "Staff register"), self.register)
        return [*groups, Group(group_text("policy"), policy), people, register]

    def _card(self, name: str) -> tuple[Card, QFormLayout]:
        """A group's card with its heading, and the form its settings go into."""
        card, form = Card(), QFormLayout()
        card.body.addWidget(plain(group_text(name), px=19, bold=True))
        form.setHorizontalSpacing(16)
        card.body.addLayout(form)
        self._form.addWidget(card)
        return card, form

    def _show_group(self, card: QWidget) -> None:
        """Bring a group's heading to the top of what is seen."""
        QTimer.singleShot(0, self, lambda: self._scroll.verticalScrollBar().setValue(card.y()))

    def meanings(self) -> Meanings:
        """Ctrl+S saves, F8 leads to the people."""
        return {"Ctrl+S": self.save, "F8": self.go_to_people}

    def go_to_people(self) -> None:
        """F8: the list of people."""
        self.index.search.clear()
        self._scroll.ensureWidgetVisible(self.people, 0, 0)
        self.people.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lacks_manager(self, words: str) -> None:
        """A store without a manager says so as long as nothing else has to be said."""
        if words or self._detail.text() == no_manager():
            self._detail.setText(words)

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt's hook: scans are no badge any more once another screen is in front."""
        self.people.leave()
        super().hideEvent(event)

    def shown(self) -> None:
        """The screen comes to the front."""
        self._fields[0].widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def hear(self, message: news.News) -> None:
        """A scan here is a trial: say what arrived."""
        self.people.hear(message)
        self.register.hear(message)
        if isinstance(message, news.LookedUp) and self.isVisible():
            what = readings_words.named(message.reading, 60)
            words = translate("Settings", "Scanner works. It sent: %1").replace("%1", what)
            self._detail.setText(words)

    def take_over(self, values: Mapping[str, Value]) -> None:
        """Show settings that were written elsewhere: saving here must not undo them."""
        for field in self._fields:
            if field.setting.key in values:
                field.show(values[field.setting.key])

    def save(self) -> None:
        """Check and write; what is wrong is named and gets the keyboard."""
        for field in self._fields:
            why = field.problem()
            if why and field.widget.isEnabled():
                name = setting_text(field.setting.key)
                sentence = translate("Settings", "✕ %1 is not right: %2").replace("%1", name)
                self._detail.setText(sentence.replace("%2", problem_text(why)))
                self.index.search.clear()  # the field may be hidden by what was sought
                field.widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        values = {
            field.setting.key: field.read()
            for field in self._fields
            if field.widget.isEnabled() and field.read() != field.setting.default
        }

        def decided(answer: RightAnswer) -> None:
            if answer.allowed:
                self._write(values)
            else:
                self._not_approved()

        self._desk.bridge.follow(self._desk.wishes.people.need(Right.SETTINGS), decided)

    def _not_approved(self) -> None:
        """The role may not, and nobody said yes: nothing was written, the fields stay."""
        word = people_words.refused(ApprovalRefusal.DROPPED.value)
        self._detail.setText(f"✕ {word}")

    def _write(self, values: dict[str, Value]) -> None:
        self._desk.save_settings(values, self._desk.settings().practice)
        self._detail.setText(
            translate(
                "Settings",
                "✓ Saved. Scanner, printer, platform and the window's look count once the window is"
                " opened again; an open sale stays.",
            )
        )
        self.again.show()
