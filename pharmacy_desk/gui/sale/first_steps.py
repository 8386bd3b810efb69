"""What an empty shop does first: without a drug list every box would be a question."""

from PySide6.QtCore import Signal

from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.widgets.parts import Card, button, plain


class ImportFirst(Card):
    """Beside the verdict while the catalogue is empty: the button that fills it."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        told = translate("Checkout", "The drug list comes from your ERP, as CSV or XLSX.")
        self.button = button(
            translate("Checkout", "Import drug list…"), self.wanted.emit, primary=True
        )
        self.body.addWidget(plain(told, quiet=True))
        self.body.addWidget(self.button)
        self.hide()


def import_first() -> Said:
    """Nothing can be sold by name yet."""
    return Said(
        theme.ASK,
        translate("Checkout", "Import the drug list first"),
        translate("Checkout", "There is no drug in the catalogue yet."),
        translate("Checkout", "Press the button below and choose the file."),
    )
