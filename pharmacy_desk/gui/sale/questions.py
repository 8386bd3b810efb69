"""Questions asked beside the sale, never in a modal box: drug, lot, settlement number, units."""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.catalogue.drug_list import parse_day
from pharmacy_desk.core.catalogue.drugs import Batch, Item
from pharmacy_desk.core.people.people import Person
from pharmacy_desk.core.sale.online import OnlineOrder
from pharmacy_desk.core.sale.sale import Line, Sale
from pharmacy_desk.core.sale.settlement import Preview
from pharmacy_desk.gui.base.bridge import Asker
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.people.sign_in import SignInPage
from pharmacy_desk.gui.sale.new_drug import NewDrugPage
from pharmacy_desk.gui.sale.order_page import OrderPage
from pharmacy_desk.gui.sale.price_page import PricePage
from pharmacy_desk.gui.sale.question_pages import TypedPage, UnitsPage
from pharmacy_desk.gui.sale.rx_page import RxPage
from pharmacy_desk.gui.sale.settlement_pages import KindPage, PreviewPage, SettlementPage
from pharmacy_desk.gui.widgets.choices import Choices
from pharmacy_desk.gui.widgets.column import Compact
from pharmacy_desk.gui.widgets.item_search import ItemSearch
from pharmacy_desk.gui.widgets.leave_button import LeaveButton, make_way
from pharmacy_desk.gui.widgets.number_pad import number_pad, number_pads
from pharmacy_desk.gui.widgets.parts import Card, button, plain

_BY_TAB = Qt.FocusPolicy.TabFocus
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Questions(QStackedWidget):
    """One question at a time; hidden when there is none.

    An open question owns the keyboard: no key that one of its fields has used or left reaches the
    screen around it, so that the Enter that answers it does nothing else.
    """

    drug_said = Signal(str, object, object)
    dismissed = Signal()
    batch_said = Signal(object, object)
    kind_said = Signal(object)
    settlement_said = Signal(object, object)
    preview_said = Signal(object)
    units_said = Signal(int, object)
    code_typed = Signal(str)
    sign_in_said = Signal(str, str)
    order_said = Signal(str, str)
    price_said = Signal(int, int, str)
    rx_said = Signal(object)
    opened = Signal(bool)
    left = Signal()

    def __init__(self, asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._identification = ""
        self._item: Item | None = None
        self._second = False
        self._kind = PaymentKind.POOLED
        self._first: QWidget | None = None
        self.leave_button = LeaveButton(self, self._leave)
        self.addWidget(self._drug_page(asker))
        self.addWidget(self._batch_page())
        self.kind_page, self.settlement_page = KindPage(), SettlementPage()
        self.preview_page = PreviewPage()
        self._units, self._typed, self._sign_in = UnitsPage(), TypedPage(), SignInPage()
        for page, said in (
            (self.kind_page, self._kind_entered),
            (self.settlement_page, self._settlement_entered),
            (self.preview_page, self._preview_entered),
            (self._units, self._units_entered),
            (self._typed, self._code_entered),
            (self._sign_in, self._sign_in_entered),
        ):
            self.addWidget(page)
            page.said.connect(said)
        self.new_drug = NewDrugPage()
        self.addWidget(self.new_drug)
        self.price_page = PricePage()
        self.addWidget(self.price_page)
        self.price_page.said.connect(self._price_entered)
        self.order_page = OrderPage()
        self.addWidget(self.order_page)
        self.order_page.said.connect(self._order_entered)
        self.rx_page = RxPage()
        self.addWidget(self.rx_page)
        self.rx_page.said.connect(self._rx_entered)
        self.rx_page.electronic_said.connect(lambda _: self.close_question())
        self.rx_page.taken_off.connect(self.close_question)
        self.hide()

    def addWidget(self, page: QWidget) -> int:
        """Qt's own: one more question; every one can be left by its corner."""
        if isinstance(page, Card):
            make_way(page)
        return super().addWidget(page)

    def _drug_page(self, asker: Asker) -> QWidget:
        page = Card()
        self._drug_title = plain(bold=True)
        self.drug_search = ItemSearch(asker, translate("Ask", "Name, pinyin initials or barcode"))
        self.drug_search.chosen.connect(self._drug_chosen)
        self._person, self._pin = QLineEdit(), QLineEdit()
        self._pin.setEchoMode(QLineEdit.EchoMode.Password)
        self._person.setPlaceholderText(translate("Ask", "Second person's number"))
        self._pin.setPlaceholderText(translate("Ask", "PIN"))
        number_pads(self._person, self._pin)
        self._persons = QWidget()
        row = QHBoxLayout(self._persons)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._person)
        row.addWidget(self._pin)
        layout = page.body
        layout.addWidget(self._drug_title)
        layout.addWidget(self.drug_search)
        layout.addWidget(self._persons)
        add = button(translate("Ask", "Not in the list: add it (Alt+N)"), self._add_drug)
        add.setShortcut(QKeySequence("Alt+N"))
        keys = QHBoxLayout()
        keys.addWidget(add)
        keys.addWidget(button(translate("Ask", "Put this box aside"), self._dismiss))
        layout.addLayout(keys)
        return page

    def _batch_page(self) -> QWidget:
        page = Card()
        self._batch_title = plain(bold=True)
        self._lot, self._made, self._expiry = QLineEdit(), QLineEdit(), QLineEdit()
        self._made.setPlaceholderText("2026-01-31")
        self._expiry.setPlaceholderText("2028-01-30")
        form = QGridLayout()
        form.setSpacing(6)
        names = (
            translate("Ask", "Lot"),
            translate("Ask", "Made on"),
            translate("Ask", "Expires on"),
        )
        for column, (name, field) in enumerate(
            zip(names, (self._lot, self._made, self._expiry), strict=True)
        ):
            field.setAccessibleName(name)
            form.addWidget(plain(name, px=14, quiet=True), 0, column)
            form.addWidget(field, 1, column)
        self._batch_hint = plain(quiet=True)
        for field in (self._lot, self._made, self._expiry):
            field.returnPressed.connect(self._batch_entered)
            number_pad(field, "-")
        layout = page.body
        layout.addWidget(self._batch_title)
        layout.addLayout(form)
        layout.addWidget(self._batch_hint)
        layout.addWidget(
            button(translate("Ask", "Keep lot (Enter)"), self._batch_entered, primary=True)
        )
        return page

    def ask_drug(self, identification: str, proposed: Item | None, second: bool) -> None:
        """Ask which drug an identification is; `second` also asks for a second person."""
        self._identification = identification
        self._second = second
        title = translate("Ask", "Which drug is %1?").replace("%1", identification)
        self._drug_title.setText(title)
        self._persons.setVisible(second)
        self._person.clear()
        self._pin.clear()
        self.drug_search.clear()
        if proposed:
            self.drug_search.field.setText(proposed.name)
        self._show(0, self.drug_search.field)

    def ask_batch(self, item: Item, known: Batch) -> None:
        """Ask lot and dates of a drug's boxes; what they have told by themselves is filled in."""
        self._item = item
        self._batch_title.setText(translate("Ask", "On the box of %1:").replace("%1", item.name))
        self._lot.setText(known.lot or "")
        self._made.setText(known.made.isoformat() if known.made else "")
        self._expiry.setText(known.expiry.isoformat() if known.expiry else "")
        self._batch_hint.setText("")
        empty = next((f for f in (self._lot, self._made, self._expiry) if not f.text()), self._lot)
        self._show(1, empty)

    def ask_kind(self, kinds: Sequence[PaymentKind]) -> None:
        """Ask by which kind of insurance the sale is settled, the one used last first."""
        self.kind_page.begin(kinds)
        self._show(self.indexOf(self.kind_page), self.kind_page.first)

    def ask_settlement(self, kind: PaymentKind, total_fen: int) -> None:
        """Ask what the insurance's own terminal settled."""
        self._kind = kind
        self.settlement_page.begin(kind, total_fen)
        self._show(self.indexOf(self.settlement_page), self.settlement_page.first)

    def ask_preview(self, preview: Preview) -> None:
        """Show how the insurance would split the sale; it is settled so, or left."""
        self.preview_page.begin(preview)
        self._show(self.indexOf(self.preview_page), self.preview_page.first)

    def look_at_preview(self, sale: Sale | None) -> bool:
        """Close a split that is shown of another sale than this one; True when it was closed."""
        shown = self.is_open and self.currentWidget() is self.preview_page
        preview = self.preview_page.preview if shown else None
        if preview is None or (sale and preview.fits(sale, preview.payment)):
            return False
        self.close_question()
        return True

    def ask_units(self, name: str, unit: str, left: int, *, more: bool, review: str) -> None:
        """Ask how many units of a box are sold; `more` when some of it are in the sale.

        `review` says how a second person is asked for (the setting `sale.split_review`).
        """
        self._units.begin(name, unit, left, more=more, review=review)
        self._show(self.indexOf(self._units), self._units.first)

    def ask_code(self) -> None:
        """Ask for a trace code that does not scan, twice."""
        self._typed.begin()
        self._show(self.indexOf(self._typed), self._typed.first)

    def ask_sign_in(self) -> None:
        """Ask who takes over the counter."""
        self._sign_in.begin()
        self._show(self.indexOf(self._sign_in), self._sign_in.first)

    def show_people(self, people: Sequence[Person], now: datetime) -> None:
        """Who may sign in, for the page that asks it."""
        self._sign_in.show_people(people, now)
        self.updateGeometry()

    def take_person(self, number: str) -> None:
        """A badge that does not sign in by itself named a person: ask the PIN."""
        if self.currentWidget() is not self._sign_in or self.isHidden():
            self.ask_sign_in()
        self._sign_in.take_person(number)

    def show_page(self, page: QWidget, focus: QWidget) -> None:
        """Ask by a page that was made late and added here (`addWidget`); it closes by itself."""
        self._show(self.indexOf(page), focus)

    def ask_order(self, platforms: Sequence[str], known: OnlineOrder | None) -> None:
        """Ask which online order the sale is picked for."""
        self.order_page.begin(platforms, known)
        self._show(self.indexOf(self.order_page), self.order_page.first)

    def ask_price(self, line: Line) -> None:
        """Ask what one of a line costs instead."""
        self.price_page.begin(line)
        self._show(self.indexOf(self.price_page), self.price_page.first)

    def ask_rx(self, sale: Sale | None, area: str, today: date, operator: str) -> None:
        """Ask which prescription the sale is sold on."""
        self.rx_page.begin(sale, area, today, operator)
        self._show(self.indexOf(self.rx_page), self.rx_page.first)

    def _rx_entered(self, order: object) -> None:
        self.close_question()
        self.rx_said.emit(order)

    def _price_entered(self, line: int, fen: int, reason: str) -> None:
        self.close_question()
        self.price_said.emit(line, fen, reason)

    def _order_entered(self, platform: str, number: str) -> None:
        self.close_question()
        self.order_said.emit(platform, number)

    def _kind_entered(self, kind: object) -> None:
        self.close_question()
        self.kind_said.emit(kind)

    def _settlement_entered(self, settled: object) -> None:
        self.close_question()
        self.settlement_said.emit(self._kind, settled)

    def _preview_entered(self, preview: object) -> None:
        self.close_question()
        self.preview_said.emit(preview)

    def _units_entered(self, units: int, second: object) -> None:
        self.close_question()
        self.units_said.emit(units, second)

    def _code_entered(self, code: str) -> None:
        self.close_question()
        self.code_typed.emit(code)

    def _sign_in_entered(self, person: str, pin: str) -> None:
        self.close_question()
        self.sign_in_said.emit(person, pin)

    @property
    def is_open(self) -> bool:
        """True until the question is answered or left."""
        return not self.isHidden()

    @property
    def about_box(self) -> bool:
        """True while what is asked is about the box that was scanned last."""
        pages = (0, self.indexOf(self._units), self.indexOf(self.new_drug))
        return self.is_open and self.currentIndex() in pages

    @property
    def asks_settlement(self) -> bool:
        """True while the page that is shown asks what the insurance's terminal settled."""
        return self.currentWidget() is self.settlement_page

    @property
    def tells_drug(self) -> bool:
        """True while a drug is told by hand: a form that no stray scan may take away."""
        return self.is_open and self.currentWidget() is self.new_drug

    def asks_drug(self, identification: str) -> bool:
        """True while it is asked which drug this identification is."""
        pages = (0, self.indexOf(self.new_drug))
        asked = self.is_open and self.currentIndex() in pages
        return asked and identification == self._identification

    def end_sale(self) -> None:
        """Another sale is in front: only who works here is still asked."""
        if self.is_open and self.currentWidget() is not self._sign_in:
            self.close_question()

    def close_question(self) -> None:
        """No question is open."""
        self.hide()
        self.opened.emit(False)

    def take_keyboard(self) -> None:
        """The keyboard goes back to where the open question is answered."""
        now = QApplication.focusWidget()
        if self._first and not (now and self.isAncestorOf(now)):
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook: what no field wanted. A text field hands on also the Enter it has used."""
        event.accept()
        now = QApplication.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() in _ENTERS and isinstance(now, QPushButton) and self.isAncestorOf(now):
            now.click()

    def _leave(self) -> None:
        self.close_question()
        self.left.emit()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's own name
        """Qt's hook: Tab stays within the open question."""
        page, now = self.currentWidget(), QApplication.focusWidget()
        fields = [
            field
            for field in (page.findChildren(QWidget) if page else ())
            if field.isVisible() and field.isEnabled() and field.focusPolicy() & _BY_TAB
        ]
        if not fields:
            return True
        place = fields.index(now) if now in fields else -1
        there = fields[(place + (1 if next else -1)) % len(fields)]
        there.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def sizeHint(self) -> QSize:
        """Qt's hook: as tall as the open question, not as the tallest of all."""
        page = self.currentWidget()
        return self._as_wide_as_here(page.sizeHint(), page) if page else super().sizeHint()

    @property
    def full_height(self) -> int:
        """How high the open question is when it shows everything."""
        page: object = self.currentWidget()
        return page.full_height if isinstance(page, Compact) else self.sizeHint().height()

    def make_compact(self, *, compact: bool) -> None:
        """Let a question that can scroll give way to a long answer."""
        page: object = self.currentWidget()
        if isinstance(page, Compact):
            page.make_compact(compact=compact)
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Qt's hook, likewise."""
        page = self.currentWidget()
        if page is None:
            return super().minimumSizeHint()
        return self._as_wide_as_here(page.minimumSizeHint(), page)

    def _as_wide_as_here(self, hint: QSize, page: QWidget) -> QSize:
        if page.hasHeightForWidth():
            hint.setHeight(page.heightForWidth(self.width()))
        return hint

    def hasHeightForWidth(self) -> bool:
        """Qt's hook: asked about it, the stack would answer for its tallest page."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's hook: another width wraps the question's sentences otherwise."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _show(self, page: int, focus: QWidget) -> None:
        self.setCurrentIndex(page)
        self.leave_button.setVisible(not isinstance(self.currentWidget(), Choices))  # has its own
        self.leave_button.raise_()
        self.updateGeometry()
        self._first = focus
        self.opened.emit(True)  # makes room first: for a moment without it the window would grow
        self.show()
        focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drug_chosen(self, item: object) -> None:
        person = self._person.text().strip()
        second = (person, self._pin.text()) if self._second and person else None
        self.drug_said.emit(self._identification, item, second)

    def _add_drug(self) -> None:
        """No list knows it: it is told by hand."""
        self.new_drug.begin(self._identification, second=self._second)
        self._show(self.indexOf(self.new_drug), self.new_drug.first)

    def ask_drug_again(self, name: str) -> None:
        """The drug is in the list after all: ask which one it is, with its name typed."""
        self.ask_drug(self._identification, None, self._second)
        self.drug_search.field.setText(name)

    def _dismiss(self) -> None:
        self.close_question()
        self.dismissed.emit()

    def _batch_entered(self) -> None:
        made, expiry = parse_day(self._made.text()), parse_day(self._expiry.text())
        lot = self._lot.text().strip()
        if not lot:
            self._need(self._lot, translate("Ask", "The lot is missing."))
        elif made is None:
            self._need(self._made, translate("Ask", "The production date is not a date."))
        elif expiry is None or expiry <= made:
            self._need(
                self._expiry, translate("Ask", "The expiry must be a date after production.")
            )
        else:
            self.close_question()
            self.batch_said.emit(self._item, Batch(lot, made, expiry))

    def _need(self, field: QLineEdit, why: str) -> None:
        if not self._batch_hint.text() and not field.text():
            why = translate("Ask", "Fill in the next field.")
        self._batch_hint.setText(why)
        field.setFocus()
