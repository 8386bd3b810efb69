"""小票: a receipt opened as a receipt. All its lines; tick what comes back, say why, F6."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.ports.reading.ledger import LedgerReading
from pharmacy_desk.core.sale.refund import OpenedReceipt, Piece, ReturnLine, Wanted
from pharmacy_desk.core.sale.sale import SaleOrigin
from pharmacy_desk.core.scanning.scan import Reading, spaced
from pharmacy_desk.counter.answers import Answer, ReturnAnswer, ReturnDid
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.base.section import run
from pharmacy_desk.gui.widgets.parts import Card, button, plain
from pharmacy_desk.gui.widgets.side_panel import SidePanel
from pharmacy_desk.gui.widgets.table import Rows, TableView
from pharmacy_desk.gui.words import no_code as no_code_words
from pharmacy_desk.gui.words import receipt as words

# A finger finds it, and in a narrow list a name or a code stands in two lines.
_ROW_HEIGHT = 50
_TOUCH = 44
# What was wished last, and waits for a person to cancel at the insurance's own terminal.
_BACK, _WHOLE = "back", "whole"
_TICKED, _OPEN, _NONE = "☑", "☐", "—"


class ReceiptPage(QWidget):
    """`left` tells that Esc leads back, `box_wanted` whose life is asked for."""

    left = Signal()
    box_wanted = Signal(str)

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.opened: OpenedReceipt | None = None
        self._ticks: dict[tuple[int, int | None], int] = {}
        self._number = plain(px=26, bold=True)
        self._facts = plain(quiet=True)
        self.rows: Rows[Piece] = Rows(
            [
                translate("Receipts", "Back"),
                translate("Receipts", "Drug"),
                translate("Receipts", "Lot"),
                translate("Receipts", "Trace code or number"),
                translate("Receipts", "Price"),
                translate("Receipts", "Now"),
            ],
            self._cells,
        )
        self.table = TableView(translate("Receipts", "No receipt is open."), 1)
        self.table.show_model(self.rows, (72, 250, 84, 206, 80, 166))
        self.table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        self.table.clicked.connect(lambda index: self.tick(index.row()))
        self.table.installEventFilter(self)
        self.panel = SidePanel(
            {
                "Space": translate("Keys", "Tick"),
                "−": translate("Keys", "One fewer"),
                "+": translate("Keys", "One more"),
                "Ctrl+A": translate("Keys", "All of it"),
                "Enter": translate("Keys", "History"),
            },
            self._touched,
        )
        self.reasons = QButtonGroup(self)
        self.reasons.setExclusive(True)
        self.reasons.buttonClicked.connect(lambda _: self._say())
        self._take = button(
            translate("Receipts", "Take back (F6)"), lambda: self.take_back(), primary=True
        )
        self._take.setMinimumHeight(_TOUCH)
        self._cancel = button(
            translate("Receipts", "Cancel the whole insured sale (Ctrl+Z)"), self.cancel_sale
        )
        self._cancel.setMinimumHeight(_TOUCH)
        self._at_terminal, self._wished = "", ""
        self._lay_out()

    def _lay_out(self) -> None:
        self.panel.add(self._why())
        self.panel.add(self._take)
        self.panel.add(self._cancel)
        head = Card()
        row = QHBoxLayout()
        told = QVBoxLayout()
        told.addWidget(self._number)
        told.addWidget(self._facts)
        row.addLayout(told, 1)
        row.addWidget(button(translate("Receipts", "Print again (Ctrl+P)"), self.print_again))
        row.addWidget(button(translate("Receipts", "Back (Esc)"), self.left.emit))
        head.body.addLayout(row)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(head)
        left.addWidget(self.table, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(left, 1)
        layout.addWidget(self.panel)

    def _why(self) -> Card:
        """The reasons, none chosen."""
        why = Card()
        why.body.addWidget(plain(translate("Receipts", "Why does it come back?"), bold=True))
        grid = QGridLayout()
        grid.setSpacing(8)
        for place, word in enumerate(no_code_words.RETURNS):
            made = QPushButton(f"{place + 1}  {no_code_words.return_reason(word)}")
            made.setObjectName("choice")
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.setMinimumHeight(_TOUCH)
            self.reasons.addButton(made, place)
            grid.addWidget(made, place // 2, place % 2)
        why.body.addLayout(grid)
        return why

    # --- what is shown --------------------------------------------------------------------

    def show_receipt(self, opened: OpenedReceipt, code: str = "") -> None:
        """Open a receipt with nothing ticked, or with the box that led to it."""
        self.opened = opened
        self._ticks = {}
        self._clear_reason()
        self._number.setText(translate("Receipts", "Receipt %1").replace("%1", opened.sale.number))
        self._facts.setText(words.headline(opened))
        self._draw(None)
        piece = self._piece_of(code) if code else None
        if piece is not None and piece.returnable:
            self._set(piece, piece.returnable)
        else:
            self._say()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read the open receipt again: something came back elsewhere; the ticks stay."""
        if self.opened is None:
            return
        self._desk.asker.ask(_question(self.opened.sale.number), self._read_again)

    def _read_again(self, opened: OpenedReceipt | None) -> None:
        if opened is None or self.opened is None or opened.sale.number != self.opened.sale.number:
            return
        self.opened = opened
        self._facts.setText(words.headline(opened))
        here = {_place(piece): piece.returnable for piece in opened.pieces}
        self._ticks = {
            place: min(count, here.get(place, 0))
            for place, count in self._ticks.items()
            if here.get(place)
        }
        self._draw(self.rows.row(self.table.currentIndex().row()))
        self._offer()

    def _draw(self, piece: Piece | None) -> None:
        """Show what is open now, with the same goods chosen as before."""
        self.rows.show(self.opened.pieces if self.opened else ())
        if self.rows.rowCount():
            self.table.selectRow(self._row_of(piece) if piece else 0)

    def _cells(self, piece: Piece) -> tuple[str, ...]:
        ticked = self._ticks.get(_place(piece), 0)
        mark = (_TICKED if ticked else _OPEN) if piece.returnable else _NONE
        if ticked and piece.returnable > 1:
            mark = f"{_TICKED} {ticked}/{piece.returnable}"
        item = piece.line.item
        name = f"{item.name} {item.spec}".strip()
        what = spaced(piece.code) if piece.code else f"×{piece.sold}"
        if piece.no_code:
            what = translate("Receipts", "no-code library %1").replace("%1", piece.no_code)
        price = f"¥{yuan(piece.line.price_fen)}"
        return (mark, name, piece.batch.lot or "", what, price, words.standing(piece))

    def _say(self) -> None:
        if self.opened:
            self.panel.say(words.ask(self.opened, self.chosen(), self._reason_text()))
        self._at_terminal = ""
        self._offer()

    def _offer(self) -> None:
        """What can be wished now; an insured sale is cancelled whole as long as it is settled."""
        self._take.setEnabled(bool(self._ticks) and self.reason() is not None)
        settled = self.opened.sale.settlement if self.opened else None
        ours = self.opened is not None and self.opened.sale.origin is SaleOrigin.OWN
        self._cancel.setVisible(ours and settled is not None and not settled.cancelled)
        self._cancel.setEnabled(self.reason() is not None)

    # --- ticks and reason -----------------------------------------------------------------

    def chosen(self) -> list[ReturnLine]:
        """What is ticked."""
        pieces = self.opened.pieces if self.opened else ()
        counted = ((piece, self._ticks.get(_place(piece), 0)) for piece in pieces)
        return [ReturnLine(piece, count) for piece, count in counted if count]

    def tick(self, row: int) -> None:
        """Tick a row with all that may come back of it, or take the tick away."""
        piece = self.rows.row(row)
        if piece is not None and piece.returnable:
            self._set(piece, 0 if self._ticks.get(_place(piece)) else piece.returnable)

    def tick_all(self) -> None:
        """Everything that may come back; everything ticked before: nothing."""
        pieces = self.opened.pieces if self.opened else ()
        every = {_place(piece): piece.returnable for piece in pieces if piece.returnable}
        self._ticks = {} if self._ticks == every else every
        self.rows.tell_again()
        self._say()

    def _more(self, step: int) -> None:
        """One more, or one less, of goods without a code."""
        piece = self.rows.row(self.table.currentIndex().row())
        if piece is not None and piece.returnable:
            count = self._ticks.get(_place(piece), 0) + step
            self._set(piece, max(0, min(count, piece.returnable)))

    def _set(self, piece: Piece, count: int) -> None:
        self._ticks.pop(_place(piece), None)
        if count:
            self._ticks[_place(piece)] = count
        self.rows.tell_again()
        self.table.selectRow(self._row_of(piece))
        self._say()

    def reason(self) -> str | None:
        """The chosen reason as it is kept; none is chosen for anybody."""
        place = self.reasons.checkedId()
        return no_code_words.RETURNS[place] if place >= 0 else None

    def _reason_text(self) -> str | None:
        reason = self.reason()
        return no_code_words.return_reason(reason) if reason else None

    def choose_reason(self, place: int) -> None:
        """Say why it comes back; 0 is the first reason."""
        made = self.reasons.button(place)
        if made is not None:
            made.setChecked(True)
            self._say()

    def _clear_reason(self) -> None:
        self.reasons.setExclusive(False)
        for made in self.reasons.buttons():
            made.setChecked(False)
        self.reasons.setExclusive(True)

    # --- scans, keys and wishes -----------------------------------------------------------

    def scanned(self, reading: Reading) -> bool:
        """A box of this receipt is ticked by its scan; False for what this receipt cannot take.

        One of which nothing can come back any more takes none: the scan is looked up.
        """
        if not reading.code or self.opened is None:
            return False
        if not any(piece.returnable for piece in self.opened.pieces):
            return False
        piece = self._piece_of(reading.code)
        if piece is None:
            self.panel.say(words.not_here(reading.shown(60)))
        elif piece.returnable:
            self._set(piece, piece.returnable)
        else:
            self.table.selectRow(self._row_of(piece))
            self.panel.say(words.not_again(piece))
        return True

    def _piece_of(self, code: str) -> Piece | None:
        pieces = self.opened.pieces if self.opened else ()
        return next((piece for piece in pieces if piece.code == code), None)

    def _row_of(self, piece: Piece) -> int:
        """Where it is shown: the list may be filtered."""
        shown = range(self.rows.rowCount())
        here = ((row, self.rows.row(row)) for row in shown)
        return next((row for row, one in here if one and _place(one) == _place(piece)), 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's hook: the keys of the list."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key, row = event.key(), self.table.currentIndex().row()
        if key == Qt.Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.tick_all()
        elif key == Qt.Key.Key_Z and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.cancel_sale()
        elif key == Qt.Key.Key_Space:
            self.tick(row)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._more(1)
        elif key == Qt.Key.Key_Minus:
            self._more(-1)
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_4:
            self.choose_reason(key - Qt.Key.Key_1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open_box(row)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            return False
        return True

    def _touched(self, key: str) -> None:
        """A key of the card: what the key of the keyboard does to the chosen row."""
        row = self.table.currentIndex().row()
        keys: dict[str, Callable[[], object]] = {
            "Space": lambda: self.tick(row),
            "−": lambda: self._more(-1),
            "+": lambda: self._more(1),
            "Ctrl+A": self.tick_all,
            "Enter": lambda: self._open_box(row),
        }
        run(keys, key)

    def _open_box(self, row: int) -> None:
        piece = self.rows.row(row)
        if piece is not None and piece.code:
            self.box_wanted.emit(piece.code)

    def take_back(self) -> None:
        """F6: take back what is ticked, for the reason that was chosen."""
        opened, reason = self.opened, self.reason()
        lines = self.chosen()
        if opened is None or not lines or reason is None:
            self._say()
            return
        wanted = [Wanted(ln.piece.line.number, ln.piece.entry, ln.quantity) for ln in lines]
        confirmed = self._at_terminal == _BACK
        self._wait(_BACK)
        wished = self._desk.wishes.returns.take_goods_back(
            opened.sale.number, wanted, reason, confirmed=confirmed
        )
        self._desk.bridge.follow(wished, self.take_answer)

    def cancel_sale(self) -> None:
        """Ctrl+Z: cancel the whole insured sale, its settlement first."""
        opened, reason = self.opened, self.reason()
        if opened is None or reason is None or not self._cancel.isVisible():
            self._say()
            return
        confirmed = self._at_terminal == _WHOLE
        self._wait(_WHOLE)
        wished = self._desk.wishes.returns.cancel_sale(
            opened.sale.number, reason, confirmed=confirmed
        )
        self._desk.bridge.follow(wished, self.take_answer)

    def _wait(self, wish: str) -> None:
        """Until the answer comes nothing else is wished of this receipt."""
        self._wished = wish
        self._take.setEnabled(False)
        self._cancel.setEnabled(False)

    def take_answer(self, answer: Answer) -> None:
        """The goods came back, or why not."""
        if self.opened is None or not isinstance(answer, ReturnAnswer):
            return
        if answer.what in (ReturnDid.AT_TERMINAL, ReturnDid.AT_TILL):
            # The same key again says that it is cancelled there; a tick changed meanwhile does not.
            self._say()
            self._at_terminal = self._wished
            self.panel.say(words.done(self.opened, answer))
            return
        self._ticks = {}
        self._clear_reason()
        self._take.setEnabled(False)
        self.rows.tell_again()
        self.panel.say(words.done(self.opened, answer))
        self.refresh()

    def print_again(self) -> None:
        """Ctrl+P: this receipt again, marked as a copy."""
        if self.opened:
            self._desk.wishes.print_again(self.opened.sale.number)


def _place(piece: Piece) -> tuple[int, int | None]:
    return piece.line.number, piece.entry


def _question(number: str) -> Callable[[LedgerReading], OpenedReceipt | None]:
    return lambda reader: reader.sales.receipt(number)
