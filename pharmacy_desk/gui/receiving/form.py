"""The form of the receiving screen: whose delivery it is, and how warm cold goods came."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.number_pad import number_pads
from pharmacy_desk.gui.widgets.side_panel import Form


class ReceivingForm(Form):
    """`changed` tells that a field was left, `left` that Enter has gone through the last one."""

    changed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        names = {
            "supplier": translate("Stock", "Supplier"),
            "reference": translate("Stock", "Note number"),
            "celsius": translate("Stock", "Arrival °C"),
            "arrived": translate("Stock", "Arrived at"),
        }
        self.fields = {key: QLineEdit() for key in names}
        for key, name in names.items():
            self.add(name, self.fields[key])
            self.fields[key].editingFinished.connect(self.changed)
        number_pads(self.fields["reference"], self.fields["arrived"], sign="-")
        number_pads(self.fields["celsius"])
        for key, behind in (("supplier", "reference"), ("celsius", "arrived")):
            self.fields[key].returnPressed.connect(self.fields[behind].setFocus)
        for key in ("reference", "arrived"):
            self.fields[key].returnPressed.connect(self.left)

    def told(self, key: str) -> str:
        """What stands in a field, without blanks around it."""
        return self.fields[key].text().strip()

    def fill(self, **texts: str) -> None:
        """Write into fields by their keys."""
        for key, text in texts.items():
            self.fields[key].setText(text)
            self.fields[key].setCursorPosition(0)  # a long name is read from its beginning

    def show_cold(self, *, shown: bool) -> None:
        """The two fields of goods that are kept cold."""
        for key in ("celsius", "arrived"):
            self.show_field(self.fields[key], shown=shown)
