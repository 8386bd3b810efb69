"""商品: the drug list. Find a drug, see its codes, import the list that the ERP exports."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.core.drugs import Item
from pharmacy_desk.core.errors import WorldError
from pharmacy_desk.core.money import yuan
from pharmacy_desk.counter import news
from pharmacy_desk.counter.desk import ScanTarget
from pharmacy_desk.counter.importing import ImportReport
from pharmacy_desk.gui import fault_texts, texts
from pharmacy_desk.gui.desk_view import DeskView
from pharmacy_desk.gui.said import translate
from pharmacy_desk.gui.section import Section
from pharmacy_desk.gui.widgets.parts import Card, button, plain
from pharmacy_desk.gui.widgets.table import Rows, TableView

_PAGE = 200
_PAUSE_MS = 80


class CatalogueScreen(Section):
    """Search, list and import of the catalogue."""

    target = ScanTarget.LOOK_UP

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._stop_import = False
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
        self._import = button(
            translate("Catalogue", "Import drug list…"), self.choose_file, primary=True
        )
        self._cancel = button(translate("Catalogue", "Stop"), self._cancel_import)
        self._progress = QProgressBar()
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(120)
        self.rows: Rows[Item] = Rows(
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
        )
        self.table = TableView(
            translate("Catalogue", "No drug found. Try fewer letters, or import the drug list."), 1
        )
        self.table.show_model(self.rows, (90, 200, 120, 150, 150, 130, 84, 64, 84, 90))
        self._lay_out()
        self._busy(on=False)

    def _lay_out(self) -> None:
        head = Card()
        words = QVBoxLayout()
        words.addWidget(self._title)
        words.addWidget(self._detail)
        row = QHBoxLayout()
        row.addLayout(words, 1)
        row.addWidget(self._progress)
        row.addWidget(self._cancel)
        row.addWidget(self._import)
        head.body.addLayout(row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 10)
        layout.setSpacing(10)
        layout.addWidget(head)
        layout.addWidget(self.field)
        layout.addWidget(self.table, 1)

    def shown(self) -> None:
        """The screen comes to the front."""
        self.refresh()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def hear(self, message: news.News) -> None:
        """React to what the clerk posts."""
        if isinstance(message, news.LookedUp) and self.isVisible():
            reading = message.reading
            key = reading.identification or reading.code
            if key and not reading.is_personal:
                self._desk.asker.ask(lambda reader: _by_scan(reader, key), self._found)
            else:
                self._detail.setText(f"{texts.kind(reading.kind)}: {reading.shown(40)}")

    def _found(self, item: Item | None) -> None:
        if item:
            self.field.setText(item.code)
        else:
            self._detail.setText(
                translate("Catalogue", "That code belongs to no drug of the list.")
            )

    def refresh(self) -> None:
        """Read the list again."""
        text = self.field.text().strip()

        def question(reader: Reader) -> tuple[int, list[Item]]:
            items = reader.search_items(text, _PAGE) if text else reader.items_page(0, _PAGE)
            return reader.item_count(), items

        self._desk.asker.ask(question, self._show)

    def _show(self, answer: tuple[int, list[Item]]) -> None:
        count, items = answer
        self._title.setText(translate("Catalogue", "%1 drugs").replace("%1", f"{count:,}"))
        self.rows.show(items)

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
        """Import a file on its lane; progress comes back as it goes."""
        self._stop_import = False
        self._busy(on=True)
        self._desk.import_catalogue(path, self._progressed, self._imported)

    def _progressed(self, rows: int) -> bool:
        self._desk.bridge.answer(self._show_progress, rows)
        return not self._stop_import

    def _show_progress(self, rows: object) -> None:
        self._detail.setText(translate("Catalogue", "%1 rows read …").replace("%1", str(rows)))

    def _cancel_import(self) -> None:
        self._stop_import = True

    def _imported(self, answer: object) -> None:
        self._busy(on=False)
        if isinstance(answer, ImportReport):
            words = translate("Catalogue", "%1 rows: %2 new, %3 changed, %4 not taken.")
            for mark, value in (
                ("%1", answer.read),
                ("%2", answer.added),
                ("%3", answer.changed),
                ("%4", len(answer.rejected)),
            ):
                words = words.replace(mark, str(value))
            first = [f"{bad.row}: {bad.reason} {bad.detail}" for bad in answer.rejected[:3]]
            self._detail.setText("\n".join([words, *first]))
        elif isinstance(answer, WorldError):
            self._detail.setText(" ".join(fault_texts.fault(answer)))
        self.refresh()

    def _busy(self, *, on: bool) -> None:
        self._progress.setVisible(on)
        self._cancel.setVisible(on)
        self._import.setEnabled(not on)


def _by_scan(reader: Reader, key: str) -> Item | None:
    return reader.find_item(key) or reader.drug_of(key)


def _cells(item: Item) -> tuple[str, ...]:
    return (
        item.code,
        item.name,
        item.spec,
        item.maker,
        "; ".join(item.barcodes),
        "; ".join(item.identifications),
        item.rx.value,
        item.insurance_class.value,
        yuan(item.price_fen),
        item.batch.lot or "",
    )
