"""Which serial scanners there are: shown by the names people know, kept as the setting has them."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from pharmacy_desk.gui.widgets.parts import Combo


class PortField(Combo):
    """Ports to choose from, or any text of the setting's form; the tool tip shows the raw value.

    `known` are the ports of this moment: (what the setting holds, what people see).
    """

    def __init__(self, known: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self._names = dict(known)
        self._told: tuple[str, str] = ("", "")
        self.addItem("", "")
        for wanted, name in known:
            self.addItem(name, wanted)
        self.editTextChanged.connect(lambda _: self.setToolTip(self.value()))

    def show_value(self, value: str) -> None:
        """Show the setting's value."""
        self._told = (in_names(value, self._names), value)
        self.setEditText(self._told[0])
        self.setToolTip(value)

    def value(self) -> str:
        """What the setting is to hold: of what was shown or chosen, else what was typed."""
        text = self.currentText().strip()
        if text == self._told[0]:
            return self._told[1]
        chosen = self.findText(text)
        return str(self.itemData(chosen)) if chosen >= 0 else text


def in_names(value: str, names: Mapping[str, str]) -> str:
    """A value with each port that is there by its name; a speed stays behind it."""
    parts = (part.strip().partition("@") for part in value.split(";") if part.strip())
    return "; ".join(f"{names.get(where, where)}{at}{speed}" for where, at, speed in parts)
