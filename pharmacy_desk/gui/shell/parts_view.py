"""Makers of the window's late parts, handed to it by the fuse box."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from pharmacy_desk.core.basics.values import dataclass

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pharmacy_desk.gui.base.desk_view import DeskView
    from pharmacy_desk.gui.base.section import Section
    from pharmacy_desk.gui.help.dialog import HelpDialog
    from pharmacy_desk.gui.paper.receipt_preview import ReceiptPreview
    from pharmacy_desk.gui.people.approval import ApprovalDialog
    from pharmacy_desk.gui.people.lock_page import LockPage
    from pharmacy_desk.gui.sale.asks import Checkout
    from pharmacy_desk.gui.sale.no_code import NoCodeAsk
    from pharmacy_desk.gui.scanning.assistant import ScannerAssistant
    from pharmacy_desk.gui.scanning.tray import TrayDialog


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
    help: Callable[[DeskView, QWidget], HelpDialog]
