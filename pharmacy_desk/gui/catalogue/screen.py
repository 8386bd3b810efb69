"""商品: the drug list, and beside it the three-code map.

Find a drug, see its codes, import the list that the ERP exports.
"""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.catalogue.drugs import Item
from pharmacy_desk.core.people.people import ApprovalRefusal, Right
from pharmacy_desk.core.ports.reading.ledger import LedgerReading
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import Answer, DrugAnswer
from pharmacy_desk.counter.catalogue.importing import ImportReport
from pharmacy_desk.counter.people.answers import RightAnswer
from pharmacy_desk.counter.sale.desk import ScanTarget
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.base.section import Meanings, Section
from pharmacy_desk.gui.catalogue.drug_page import DrugPage
from pharmacy_desk.gui.catalogue.map_page import MapPage
from pharmacy_desk.gui.widgets.paged import PagedRows
from pharmacy_desk.gui.widgets.parts import Card, button, plain
from pharmacy_desk.gui.widgets.tab_row import TabRow
from pharmacy_desk.gui.widgets.table import TableView
from pharmacy_desk.gui.words import drugs as drug_words
from pharmacy_desk.gui.words import faults as faults_words
from pharmacy_desk.gui.words import imports as imports_words
from pharmacy_desk.gui.words import people as people_words
from pharmacy_desk.gui.words import readings as readings_words

# Whoever has more hits than this types another letter.
_MOST_HITS = 200
_PAUSE_MS = 80


class CatalogueScreen(Section):
    """Search, list and import of the catalogue."""

    target = ScanTarget.LOOK_UP

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.field = QLineEdit()
        self.field.setObjectName("search")
        self.field.setPlaceholderText(
            translate("Catalogue", "Name, pinyin initials, item code or barcode; or scan a box")
        )
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self.field.textChanged.connect(lambda _: self._pause.start())
        self._title = plain(px=26, bold=True)
        self._detail = plain(quiet=True)
        self._reading = imports_words.Progress(desk.bridge, self._detail.setText)
        self._import = button(
            translate("Catalogue", "Import drug list…"), self.choose_file, primary=True
        )
        self._cancel = button(translate("Catalogue", "Stop"), self._reading.stop)
        self._progress = QProgressBar()
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(120)
        self.rows: PagedRows[Item] = PagedRows(
            desk.asker,
            [
                translate("Catalogue", "Item code"),
                translate("Catalogue", "Name"),
                translate("Catalogue", "Spec"),
                translate("Catalogue", "Maker"),
                translate("Catalogue", "Barcode"),
                translate("Catalogue", "Identification"),
                translate("Catalogue", "Rx"),
                translate("Catalogue", "Insurance"),
                translate("Catalogue", "Price"),
                translate("Catalogue", "Lot"),
            ],
            _cells,
            lambda item: theme.ASK if item.incomplete else None,
        )
        self.table = TableView(
            translate("Catalogue", "No drug found. Try fewer letters, or import the drug list."), 1
        )
        self.table.show_model(self.rows, (84, 200, 104, 100, 150, 96, 72, 56, 72, 76))
        self.table.activated.connect(lambda at: self._open(self.rows.row(at.row())))
        self.field.returnPressed.connect(self._entered)
        self.only = button("", self.refresh)
        self.only.setObjectName("choice")
        self.only.setCheckable(True)
        self.open_button = button(translate("Catalogue", "Open (Enter)"), self.open_chosen)
        self.open_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.drug = DrugPage(desk)
        self.drug.left.connect(self._back)
        self.maps: MapPage | None = None
        self._stack = QStackedWidget()
        self._tabs = self._tab_row()
        self._lay_out()
        self._busy(on=False)

    def _lay_out(self) -> None:
        head = self._head = Card()
        words = QVBoxLayout()
        words.addWidget(self._title)
        words.addWidget(self._detail)
        row = QHBoxLayout()
        row.addLayout(words, 1)
        row.addWidget(self._progress)
        row.addWidget(self._cancel)
        row.addWidget(self._import)
        head.body.addLayout(row)
        page = QWidget()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(10)
        search = QHBoxLayout()
        search.addWidget(self.field, 1)
        search.addWidget(self.only)
        search.addWidget(self.open_button)
        inner.addWidget(head)
        inner.addLayout(search)
        inner.addWidget(self.table, 1)
        inner.addWidget(self.drug, 1)
        self.drug.hide()
        self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 10)
        layout.setSpacing(8)
        layout.addWidget(self._tabs)
        layout.addWidget(self._stack, 1)

    def _tab_row(self) -> TabRow:
        """Two pages, reached by Alt and a digit as those of the stock."""
        row = TabRow(self)
        row.add(translate("Catalogue", "Drug list"))
        row.add(translate("Catalogue", "Three-code map"))
        row.mark(0)
        row.wanted.connect(self.turn)
        return row

    def turn(self, number: int) -> None:
        """Bring a page to the front; the map's is made when it is first wanted."""
        if number and self.maps is None:
            self.maps = MapPage(self._desk)
            self._stack.addWidget(self.maps)
        self._tabs.mark(number)
        self._stack.setCurrentIndex(number)
        if self.isVisible():
            self.shown()

    @property
    def _map_in_front(self) -> MapPage | None:
        return self.maps if self._stack.currentIndex() else None

    def meanings(self) -> Meanings:
        """Of the map's page, of the opened drug, else of the list."""
        page = self._map_in_front
        if page:
            return page.meanings()
        if self.drug.isVisible():
            return {"F8": self.drug.keep}
        return {"Ctrl+I": self.choose_file, "F5": self.only.click}

    def shown(self) -> None:
        """The screen comes to the front."""
        page = self._map_in_front
        if page:
            page.shown()
            return
        if self.drug.isVisible():
            self.drug.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.refresh()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def hear(self, message: news.News) -> None:
        """React to what the counter posts."""
        if self.maps:
            self.maps.hear(message)
        looking = self.isVisible() and not self._map_in_front
        if isinstance(message, news.LookedUp) and looking:
            reading = message.reading
            key = reading.identification or reading.code
            if key and not reading.is_personal:
                self._desk.asker.ask(lambda reader: _by_scan(reader, key), self._found)
            else:
                self._detail.setText(readings_words.named(reading))

    def take_answer(self, answer: Answer) -> None:
        """A manager has said yes to a change."""
        if isinstance(answer, DrugAnswer) and self.drug.code:
            self.drug.take_answer(answer)

    # --- one drug -------------------------------------------------------------------------

    def _entered(self) -> None:
        """Enter in the search: the only hit opens, of several the keyboard goes to the list."""
        if self.rows.rowCount() == 1:
            self._open(self.rows.row(0))
        elif self.rows.rowCount():
            self.table.setCurrentIndex(self.rows.index(0, 0))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_chosen(self) -> None:
        """Enter: the drug under the keyboard, else the only hit."""
        chosen = self.rows.row(self.table.currentIndex().row())
        if chosen:
            self._open(chosen)
        else:
            self._entered()

    def _open(self, item: Item | None) -> None:
        if item:
            self._show_list(on=False)
            self.drug.show_drug(item)

    def _back(self) -> None:
        self._show_list(on=True)
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_list(self, *, on: bool) -> None:
        for part in (self._head, self.field, self.only, self.open_button, self.table):
            part.setVisible(on)
        self.drug.setVisible(not on)

    def _found(self, item: Item | None) -> None:
        if self.drug.isVisible():
            if item and not self.drug.changes():
                self.drug.show_drug(item)
        elif item:
            self.field.setText(item.code)
        else:
            self._detail.setText(
                translate("Catalogue", "That code belongs to no drug of the list.")
            )

    def refresh(self) -> None:
        """Read the list again."""
        text = self.field.text().strip()

        only = self.only.isChecked()
        nothing = translate(
            "Catalogue", "No drug found. Try fewer letters, or import the drug list."
        )
        if only:
            nothing = translate("Catalogue", "Nothing to be completed; F5 shows all drugs.")
        self.table.set_empty_text(nothing)

        def page(reader: LedgerReading, last: Item | None, size: int) -> list[Item]:
            if not text:
                behind = last.code if last else ""
                return reader.catalogue.items_behind(behind, size, incomplete=only)
            found = [] if last else reader.catalogue.search_items(text, _MOST_HITS)
            return [item for item in found if item.incomplete or not only]

        self._desk.asker.ask(
            lambda reader: (reader.catalogue.item_count(), reader.catalogue.incomplete_count()),
            self._show,
        )
        self.rows.begin(page)

    def _show(self, counts: tuple[int, int]) -> None:
        count, incomplete = counts
        only = translate("Catalogue", "To be completed: %1 (F5)")
        self.only.setText(only.replace("%1", f"{incomplete:,}"))
        self._title.setText(translate("Catalogue", "%1 drugs").replace("%1", f"{count:,}"))

    def choose_file(self) -> None:
        """Choose the file and import it while the counter sells on."""
        name, _ = QFileDialog.getOpenFileName(
            self,
            translate("Catalogue", "Drug list"),
            "",
            translate("Catalogue", "Tables (*.csv *.txt *.xlsx)"),
        )
        if name:
            self.import_file(Path(name))

    def import_file(self, path: Path) -> None:
        """Import a file, if the role may or somebody who may says yes."""

        def decided(answer: RightAnswer) -> None:
            if answer.allowed:
                self._start_import(path)
            else:
                self._not_approved()

        self._desk.bridge.follow(self._desk.wishes.people.need(Right.IMPORT), decided)

    def _not_approved(self) -> None:
        self._detail.setText("✕ " + people_words.refused(ApprovalRefusal.DROPPED.value))

    def _start_import(self, path: Path) -> None:
        """Import on the lane of files; progress comes back as it goes."""
        self._reading.begin()
        self._busy(on=True)
        self._desk.import_catalogue(path, self._reading.read, self._imported)

    def _imported(self, answer: object) -> None:
        self._busy(on=False)
        if isinstance(answer, ImportReport):
            self._detail.setText(imports_words.done(answer))
        elif isinstance(answer, WorldError):
            self._detail.setText(" ".join(faults_words.fault(answer)))
        self.refresh()

    def _busy(self, *, on: bool) -> None:
        self._progress.setVisible(on)
        self._cancel.setVisible(on)
        self._import.setEnabled(not on)


def _by_scan(reader: LedgerReading, key: str) -> Item | None:
    return reader.catalogue.find_item(key) or reader.catalogue.drug_of(key)


def _name(item: Item) -> str:
    if not item.incomplete:
        return item.name
    return translate("Catalogue", "%1 (to be completed)").replace("%1", item.name)


def _cells(item: Item) -> tuple[str, ...]:
    return (
        item.code,
        _name(item),
        item.spec,
        item.maker,
        "; ".join(item.barcodes),
        "; ".join(item.identifications),
        drug_words.rx(item.rx),
        item.insurance_class.value,
        yuan(item.price_fen),
        item.batch.lot or "",
    )
