"""What the customer sees on a second screen: the goods, the codes taken, the sum, the change.

Nothing about the person: no names of people, no card, no settlement's number.
"""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.sale.sale import Line, Sale
from pharmacy_desk.counter import news
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.widgets.parts import Card, plain

# What is seen from two steps away; the newest goods are the ones a customer checks.
_SHOWN_LINES = 7
# Long enough to count the change; the next customer's first box ends it sooner.
_FAREWELL_MS = 30_000


class CustomerScreen(QWidget):
    """Shows the open sale as it grows, then sum and change; takes no key and no focus."""

    def __init__(self, store: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowFlag(Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setWindowTitle(translate("Customer", "Customer's screen"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(f"CustomerScreen {{ background: {theme.colours().ground}; }}")
        self._store = plain(store, px=26, bold=True)
        self._earlier = plain(px=19, quiet=True)
        self._rows = QGridLayout()
        self._rows.setVerticalSpacing(10)
        self._rows.setColumnStretch(0, 1)
        self._codes = plain(px=22)
        self._word = plain(px=26, bold=True)
        self._sum = plain(px=72, bold=True)
        self._sum.setWordWrap(False)
        self._below = plain(px=34, bold=True)
        self._hint = plain(px=19, quiet=True)
        self._farewell = QTimer(self)
        self._farewell.setSingleShot(True)
        self._farewell.setInterval(_FAREWELL_MS)
        self._farewell.timeout.connect(lambda: self.show_sale(None))
        # A monitor that goes is told of while the counter's window still stands on it: that is
        # looked at once Qt has moved it.
        self._turned = QTimer(self)
        self._turned.setSingleShot(True)
        self._turned.setInterval(0)
        self._turned.timeout.connect(lambda: put_on_second_screen(self, parent))
        self._lay_out()
        self.show_sale(None)

    def _lay_out(self) -> None:
        goods, money = Card(), Card()
        goods.body.addWidget(self._earlier)
        goods.body.addLayout(self._rows)
        goods.body.addStretch(1)
        for part in (self._word, self._sum, self._below):
            part.setAlignment(Qt.AlignmentFlag.AlignRight)
            money.body.addWidget(part)
        money.body.addStretch(1)
        money.body.addWidget(self._codes)
        money.body.addWidget(self._hint)
        body = QHBoxLayout()
        body.addWidget(goods, 3)
        body.addWidget(money, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(16)
        layout.addWidget(self._store)
        layout.addLayout(body, 1)

    def stay_beside(self, window: QWidget) -> None:
        """Fill the other monitor, also when one comes or goes or the window moves to another."""
        app, handle = QGuiApplication.instance(), window.windowHandle()
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(lambda _: self._turned.start())
            app.screenRemoved.connect(lambda _: self._turned.start())
        if handle:
            handle.screenChanged.connect(lambda _: self._turned.start())
        put_on_second_screen(self, window)

    def hear(self, message: news.News) -> None:
        """Follow the open sale; a sale that is paid stays until the next one begins."""
        match message:
            case news.Judged(sale=sale) | news.SaleChanged(sale=sale):
                if sale is not None and sale.lines:
                    self.show_sale(sale)
                elif not self._farewell.isActive():
                    self.show_sale(None)
            case news.Paid(sale=sale):
                self._show_paid(sale)

    def show_sale(self, sale: Sale | None) -> None:
        """The open sale; None where nobody is served."""
        self._farewell.stop()
        self._show_lines(sale)
        served = sale is not None and bool(sale.lines)
        self._word.setText(translate("Customer", "Total") if served else "")
        self._sum.setText(f"¥{yuan(sale.total_fen)}" if sale and served else "")
        self._below.setText("")
        self._hint.setText("" if served else translate("Customer", "Welcome"))

    def _show_paid(self, sale: Sale) -> None:
        self._show_lines(sale)
        owed_fen, rounded_fen = sale.owed_fen, sale.taken.rounded_fen if sale.taken else 0
        own_fen = sale.total_fen if owed_fen is None else owed_fen - rounded_fen
        # How the slip of the insurance's own terminal splits the sum may not have been told.
        paid, total = translate("Customer", "Paid"), translate("Customer", "Total")
        self._word.setText(total if owed_fen is None else paid)
        self._sum.setText(f"¥{yuan(own_fen)}")
        below = [translate("Customer", "Change ¥%1").replace("%1", yuan(sale.change_fen))]
        if not sale.change_fen:
            below.clear()
        if own_fen != sale.total_fen:
            below.insert(0, f"{total} ¥{yuan(sale.total_fen)}")
        self._below.setText("\n".join(below))
        hint = translate(
            "Customer",
            "Each box's trace code is on the receipt. Keep it: the code can be checked in the"
            " insurance bureau's app.",
        )
        self._hint.setText(hint if sale.code_count else "")
        self._farewell.start()

    def _show_lines(self, sale: Sale | None) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        lines = sale.lines if sale else ()
        for row, line in enumerate(lines[-_SHOWN_LINES:]):
            for column, label in enumerate(_cells(line)):
                self._rows.addWidget(label, row, column)
        hidden = max(0, len(lines) - _SHOWN_LINES)
        more = translate("Customer", "and %1 more above").replace("%1", str(hidden))
        self._earlier.setText(more if hidden else "")
        self._earlier.setVisible(bool(hidden))
        codes = sale.code_count if sale else 0
        taken = translate("Customer", "%1 trace codes taken").replace("%1", str(codes))
        self._codes.setText(taken if codes else "")


def _cells(line: Line) -> tuple[QLabel, QLabel, QLabel]:
    name = plain(f"{line.item.name}  {line.item.spec}", px=22)
    count = plain(f"× {line.quantity}", px=22)
    amount = f"¥{yuan(line.amount_fen)}"
    price = plain(translate("Customer", "gift") if line.gift else amount, px=22, bold=True)
    for label in (count, price):
        label.setWordWrap(False)
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    return name, count, price


def put_on_second_screen(shown: CustomerScreen, window: QWidget) -> None:
    """Fill a second screen with it; where there is only the counter's own, hide it."""
    screen = _second_screen(window)
    if screen is None:
        shown.hide()
        return
    if shown.screen() is not screen:
        shown.hide()  # a window that fills one monitor is not moved to another
    shown.setScreen(screen)
    shown.setGeometry(screen.geometry())
    shown.setWindowState(Qt.WindowState.WindowFullScreen)
    shown.show()  # `showFullScreen` would ask for the keyboard


def _second_screen(window: QWidget) -> QScreen | None:
    """A screen beside the one that the counter's window is on; None where there is none.

    Mirrored monitors are two screens in one place: the customer's would cover the counter's window.
    """
    own = window.screen().geometry()
    screens = QGuiApplication.screens()
    return next((one for one in screens if not one.geometry().intersects(own)), None)
