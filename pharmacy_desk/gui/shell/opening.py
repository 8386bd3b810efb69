"""“Opening …”, while a start takes long: the window comes when everything behind it is there."""

import time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.parts import Card, plain

# A window system shows a window a little after it was asked to; it is not waited for longer.
_SHOWN_WITHIN_S = 0.3


class Opening(Card):
    """Small, in the middle of the screen, and gone before the window can be covered by it."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowFlags(Qt.WindowType.SplashScreen)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setWindowTitle("Pharmacy Desk")
        for label in (
            plain(translate("Opening", "Opening …"), px=26, bold=True),
            plain(translate("Opening", "The first time takes a little longer."), quiet=True),
        ):
            label.setWordWrap(False)
            self.body.addWidget(label)

    def show_now(self) -> None:
        """Show it before anything else goes on."""
        self.adjustSize()
        self.move(self.screen().availableGeometry().center() - self.rect().center())
        self.show()
        until = time.monotonic() + _SHOWN_WITHIN_S
        while time.monotonic() < until:
            QApplication.processEvents()
            handle = self.windowHandle()
            if handle and handle.isExposed():
                break
        self.repaint()
        QApplication.processEvents()
