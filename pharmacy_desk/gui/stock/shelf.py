"""在库: what is here by drug and lot; Enter shows the codes on the shelf."""

from datetime import date, timedelta

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pharmacy_desk.core.scanning.scan import spaced
from pharmacy_desk.core.stock.listed import EVERY_LOT, ShelfFilter, ShelfLot
from pharmacy_desk.counter import news
from pharmacy_desk.counter.sale.desk import ScanTarget
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.paged import PagedRows
from pharmacy_desk.gui.widgets.parts import button, plain, touchable
from pharmacy_desk.gui.widgets.table import TableView
from pharmacy_desk.gui.words import faults as faults_words

# A pause in typing; the list is asked anew after it.
_PAUSE_MS = 200


class ShelfTab(QWidget):
    """Lots above, codes below; both are read as they are scrolled."""

    target = ScanTarget.LOOK_UP

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._stale = True
        self.rows: PagedRows[ShelfLot] = PagedRows(
            desk.asker,
            [
                translate("Stock", "Drug"),
                translate("Stock", "Spec"),
                translate("Stock", "Lot"),
                translate("Stock", "Expiry"),
                translate("Stock", "On the shelf"),
                translate("Stock", "Opened"),
                translate("Stock", "Put aside"),
                translate("Stock", "State"),
            ],
            self._cells,
            self._tone,
        )
        self.table = TableView("", 0)
        self.table.show_model(self.rows, (240, 170, 130, 120, 90, 90, 90, 150))
        self.field = QLineEdit()
        self.field.setMaxLength(100)
        self.field.setPlaceholderText(translate("Stock", "Name, pinyin initials, item code or lot"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self.field.textChanged.connect(lambda _: self._pause.start())
        days = str(desk.settings().number("sale.near_expiry_days"))
        near = translate("Stock", "Near expiry: within %1 days").replace("%1", days)
        self.near = button(near, self.refresh)
        self.near.setObjectName("choice")
        self.near.setCheckable(True)
        self.codes: PagedRows[str] = PagedRows(
            desk.asker, [translate("Stock", "Trace code")], lambda code: (spaced(code),)
        )
        self.list = TableView(translate("Stock", "Press Enter on a drug to see its codes."), 0)
        self.list.show_model(self.codes, (300,))
        self._lay_out()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        search = QHBoxLayout()
        search.setSpacing(8)
        search.addWidget(self.field, 1)
        search.addWidget(touchable(self.near))
        layout.addLayout(search)
        about = translate("Stock", "Boxes with a trace code, by drug and lot. Enter shows codes.")
        codes = touchable(button(translate("Stock", "Codes  Enter"), self.show_codes))
        codes.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head = QHBoxLayout()
        head.addWidget(plain(about, quiet=True), 1)
        head.addWidget(codes)
        layout.addLayout(head)
        layout.addWidget(self.table, 3)
        layout.addWidget(self.list, 2)

    def shown(self) -> None:
        """The tab comes to the front."""
        if self._stale:
            self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def hear(self, message: news.News) -> None:
        """What was moved or sold is counted anew when somebody looks next."""
        if isinstance(message, (news.Moved, news.Paid)):
            self._stale = True
            if self.isVisible():
                self.refresh()
        elif isinstance(message, news.Trouble) and self.isVisible():
            self._stale = True
            self.rows.stop()
            self.table.set_empty_text(" ".join(faults_words.fault(message.error)))

    def refresh(self) -> None:
        """Read the list from its beginning."""
        self._stale = False
        self._pause.stop()
        self.table.set_empty_text(translate("Stock", "Reading …"))
        wanted = self.wanted()
        self.rows.begin(lambda reader, last, n: reader.shelf.lots(last, n, wanted), self._arrived)

    def wanted(self) -> ShelfFilter:
        """What is looked for, and whether only what expires soon."""
        near = self._near_from() - timedelta(days=1) if self.near.isChecked() else None
        return ShelfFilter(self.field.text().strip(), near)

    def _near_from(self) -> date:
        """The first day that is not near expiry any more."""
        days = self._desk.settings().number("sale.near_expiry_days")
        return self._desk.now().date() + timedelta(days=days)

    def _arrived(self) -> None:
        self.table.set_empty_text(
            translate("Stock", "No box is recorded here yet. Receive a delivery with Ctrl+2.")
            if self.wanted() == EVERY_LOT
            else translate("Stock", "Nothing on the shelf fits. Empty the field to see all.")
        )
        if self.rows.rowCount():
            self.table.setCurrentIndex(self.rows.index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook: Enter shows the codes of the drug under the keyboard, from the field too."""
        focused = self.table.hasFocus() or self.field.hasFocus()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and focused:
            self.show_codes()
        else:
            super().keyPressEvent(event)

    def show_codes(self) -> None:
        """Enter: the codes of the drug under the keyboard."""
        lot = self.rows.row(self.table.currentIndex().row())
        if lot is None:
            self.list.set_empty_text(translate("Stock", "Choose a drug in the list above first."))
            return
        item = lot.item
        self.list.set_empty_text(translate("Stock", "None of its boxes is on the shelf."))
        self.codes.begin(lambda reader, last, n: reader.shelf.codes(item, last or "", n))

    def post(self) -> None:
        """F8 does nothing here."""

    def second(self) -> None:
        """F6 does nothing here."""

    def _cells(self, lot: ShelfLot) -> tuple[str, ...]:
        return (
            lot.name,
            lot.spec,
            lot.lot or translate("Stock", "? not told"),
            lot.expiry.isoformat() if lot.expiry else "",
            str(lot.shelf),
            str(lot.opened) if lot.opened else "",
            str(lot.aside) if lot.aside else "",
            self._state(lot),
        )

    def _state(self, lot: ShelfLot) -> str:
        if lot.expiry and lot.expiry < self._desk.now().date():
            return translate("Stock", "✕ expired")
        if lot.expiry and lot.expiry < self._near_from():
            return translate("Stock", "! near expiry")
        return ""

    def _tone(self, lot: ShelfLot) -> theme.Tone | None:
        state = self._state(lot)
        return theme.NO if state.startswith("✕") else theme.ASK if state else None
