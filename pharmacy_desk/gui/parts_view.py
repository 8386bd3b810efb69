"""Makers of the window's late parts, handed to it by the fuse box."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pharmacy_desk.gui.desk_view import DeskView
    from pharmacy_desk.gui.screens.checkout_asks import Checkout
    from pharmacy_desk.gui.screens.checkout_no_code import NoCodeAsk
    from pharmacy_desk.gui.screens.scanner_assistant import ScannerAssistant
    from pharmacy_desk.gui.screens.tray import TrayDialog
    from pharmacy_desk.gui.section import Section
    from pharmacy_desk.gui.widgets.approval import ApprovalDialog
    from pharmacy_desk.gui.widgets.lock_page import LockPage
    from pharmacy_desk.gui.widgets.receipt_preview import ReceiptPreview


@dataclass(frozen=True)
class Parts:
    """Sections by name, and the dialogs beside the sale; each is made when first wanted."""

    sections: Mapping[str, Callable[[DeskView], Section]]
    tray: Callable[[DeskView, QWidget], TrayDialog]
    assistant: Callable[[DeskView, QWidget], ScannerAssistant]
    preview: Callable[[DeskView, QWidget], ReceiptPreview]
    approval: Callable[[DeskView, QWidget], ApprovalDialog]
    lock_page: Callable[[DeskView, QWidget], LockPage]
    no_code: Callable[[DeskView, Checkout], NoCodeAsk]
