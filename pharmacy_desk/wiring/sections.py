"""Fuse box, the window's parts: sections and dialogs, loaded when somebody first wants them.

The checkout need not wait for them at the start: their modules take a third of a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmacy_desk.gui.shell.parts_view import Parts

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
            "day": _day,
        },
        tray=_tray,
        assistant=_assistant,
        preview=_preview,
        approval=_approval,
        lock_page=_lock_page,
        no_code=_no_code,
        help=_help,
    )


def _receiving(desk: DeskView) -> Section:
    from pharmacy_desk.gui.receiving.screen import ReceivingScreen

    return ReceivingScreen(desk)


def _stock(desk: DeskView) -> Section:
    from pharmacy_desk.gui.stock.screen import StockScreen

    return StockScreen(desk)


def _lookup(desk: DeskView) -> Section:
    from pharmacy_desk.gui.lookup.screen import LookupScreen

    return LookupScreen(desk)


def _uploads(desk: DeskView) -> Section:
    from pharmacy_desk.gui.upload.screen import UploadsScreen

    return UploadsScreen(desk)


def _catalogue(desk: DeskView) -> Section:
    from pharmacy_desk.gui.catalogue.screen import CatalogueScreen

    return CatalogueScreen(desk)


def _settings(desk: DeskView) -> Section:
    from pharmacy_desk.gui.settings.screen import SettingsScreen

    return SettingsScreen(desk)


def _day(desk: DeskView) -> Section:
    from pharmacy_desk.gui.day.screen import DayScreen

    return DayScreen(desk)


def _tray(desk: DeskView, window: QWidget) -> TrayDialog:
    from pharmacy_desk.gui.scanning.tray import TrayDialog

    return TrayDialog(desk, window)


def _assistant(desk: DeskView, window: QWidget) -> ScannerAssistant:
    from pharmacy_desk.gui.scanning.assistant import ScannerAssistant

    return ScannerAssistant(desk, window)


def _preview(desk: DeskView, window: QWidget) -> ReceiptPreview:
    from pharmacy_desk.gui.paper.receipt_preview import ReceiptPreview

    return ReceiptPreview(desk, window)


def _no_code(desk: DeskView, checkout: Checkout) -> NoCodeAsk:
    from pharmacy_desk.gui.sale.no_code import NoCodeAsk

    return NoCodeAsk(desk, checkout)


def _approval(desk: DeskView, window: QWidget) -> ApprovalDialog:
    from pharmacy_desk.gui.people.approval import ApprovalDialog

    return ApprovalDialog(desk, window)


def _lock_page(desk: DeskView, window: QWidget) -> LockPage:
    from pharmacy_desk.gui.people.lock_page import LockPage

    return LockPage(desk, window)


def _help(desk: DeskView, window: QWidget) -> HelpDialog:
    from pharmacy_desk.adapters import about, resources
    from pharmacy_desk.gui.help.dialog import HelpDialog
    from pharmacy_desk.gui.help.pages import About, page_of

    tables = resources.help_tables(desk.settings().text("ui.language"))
    stands_on = About(about.version(), about.licence(), about.libraries())
    return HelpDialog(tuple(page_of(table) for table in tables), stands_on, window)
