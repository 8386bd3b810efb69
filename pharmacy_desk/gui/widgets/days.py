"""From one day to another: two fields that may be empty."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from pharmacy_desk.core.catalogue.drug_list import parse_day
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.number_pad import number_pad
from pharmacy_desk.gui.widgets.parts import plain

_FIELD_PX = 132


class DayRange(QWidget):
    """Both days are included; `changed` tells every key."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first, self.last = QLineEdit(), QLineEdit()
        for field, name in (
            (self.first, translate("Days", "from the day")),
            (self.last, translate("Days", "to the day")),
        ):
            field.setPlaceholderText(name)
            field.setAccessibleName(name)
            field.setMaxLength(10)
            field.setFixedWidth(_FIELD_PX)
            field.textChanged.connect(lambda _: self.changed.emit())
            number_pad(field, "-")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.first)
        layout.addWidget(plain("–"))
        layout.addWidget(self.last)

    def days(self) -> tuple[date | None, date | None] | None:
        """The days, each None where its field is empty; None while one is no day."""
        found = []
        for field in (self.first, self.last):
            text = field.text().strip()
            day = parse_day(text)
            if text and day is None:
                return None
            found.append(day)
        return found[0], found[1]


def no_day() -> str:
    """What is said while a field holds no day."""
    return translate("Days", "✕ That is no day. Write 2026-01-31.")
