"""Fuse box, the window's parts: sections and dialogs, loaded when somebody first wants them.

The checkout need not wait for them at the start: their modules take a third of a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmacy_desk.gui.parts_view import Parts

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


def parts() -> Parts:
    """Everything the window makes late."""
    return Parts(
        sections={
            "receiving": _receiving,
            "stock": _stock,
            "lookup": _lookup,
            "uploads": _uploads,
            "catalogue": _catalogue,
            "settings": _settings,
        },
        tray=_tray,
        assistant=_assistant,
        preview=_preview,
        approval=_approval,
        lock_page=_lock_page,
        no_code=_no_code,
    )


def _receiving(desk: DeskView) -> Section:
    from pharmacy_desk.gui.screens.stock_receiving import ReceivingScreen

    return ReceivingScreen(desk)


def _stock(desk: DeskView) -> Section:
    from pharmacy_desk.gui.screens.stock import StockScreen

    return StockScreen(desk)


def _lookup(desk: DeskView) -> Section:
    from pharmacy_desk.gui.screens.lookup import LookupScreen

    return LookupScreen(desk)


def _uploads(desk: DeskView) -> Section:
    from pharmacy_desk.gui.screens.uploads import UploadsScreen

    return UploadsScreen(desk)


def _catalogue(desk: DeskView) -> Section:
    from pharmacy_desk.gui.screens.catalogue import CatalogueScreen

    return CatalogueScreen(desk)


def _settings(desk: DeskView) -> Section:
    from pharmacy_desk.gui.screens.settings import SettingsScreen

    return SettingsScreen(desk)


def _tray(desk: DeskView, window: QWidget) -> TrayDialog:
    from pharmacy_desk.gui.screens.tray import TrayDialog

    return TrayDialog(desk, window)


def _assistant(desk: DeskView, window: QWidget) -> ScannerAssistant:
    from pharmacy_desk.gui.screens.scanner_assistant import ScannerAssistant

    return ScannerAssistant(desk, window)


def _preview(desk: DeskView, window: QWidget) -> ReceiptPreview:
    from pharmacy_desk.gui.widgets.receipt_preview import ReceiptPreview

    return ReceiptPreview(desk, window)


def _no_code(desk: DeskView, checkout: Checkout) -> NoCodeAsk:
    from pharmacy_desk.gui.screens.checkout_no_code import NoCodeAsk

    return NoCodeAsk(desk, checkout)


def _approval(desk: DeskView, window: QWidget) -> ApprovalDialog:
    from pharmacy_desk.gui.widgets.approval import ApprovalDialog

    return ApprovalDialog(desk, window)


def _lock_page(desk: DeskView, window: QWidget) -> LockPage:
    from pharmacy_desk.gui.widgets.lock_page import LockPage

    return LockPage(desk, window)
