"""三码映射: what each identification stands for, by drug; conflicts; who said what of one."""

from concurrent.futures import Future
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.catalogue.drugs import PackLevel
from pharmacy_desk.core.catalogue.map import MapFilter, MapLine, MapMoment
from pharmacy_desk.core.stock.files.map_file import map_export
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import MapAnswer, MapDid
from pharmacy_desk.counter.catalogue.importing import ImportReport
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.base.section import Meanings
from pharmacy_desk.gui.catalogue.map_form import MapForm
from pharmacy_desk.gui.widgets.choices import Choices
from pharmacy_desk.gui.widgets.paged import PagedRows
from pharmacy_desk.gui.widgets.parts import Combo, button, plain
from pharmacy_desk.gui.widgets.table import Rows, TableView
from pharmacy_desk.gui.words import faults as faults_words
from pharmacy_desk.gui.words import imports as imports_words
from pharmacy_desk.gui.words import map as map_words
from pharmacy_desk.gui.words import readings as readings_words

_PAUSE_MS = 80
_FORM_WIDTH = 380


class MapPage(QWidget):
    """The map on the left with the history of its chosen row, the form on the right."""

    # The answer of a wish made here, once it is said.
    answered = Signal(object)

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.field = QLineEdit()
        self.field.setObjectName("search")
        self.field.setMaxLength(60)
        self.field.setPlaceholderText(
            translate("Map", "Name, initials, item code or identification; or scan a box")
        )
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self.field.textChanged.connect(lambda _: self._pause.start())
        self.filter = Combo()
        self.filter.setFont(theme.font(16))
        self.filter.setAccessibleName(translate("Map", "Shown"))
        for which in MapFilter:
            self.filter.addItem(f"{map_words.shown(which)}  F5", which)
        self.filter.currentIndexChanged.connect(lambda _: self.refresh())
        self._note = plain(quiet=True)
        self._reading = imports_words.Progress(desk.bridge, self._note.setText)
        self._import = button(translate("Map", "Import… (Ctrl+L)"), self.choose_import)
        self._export = button(translate("Map", "Export… (Ctrl+E)"), self.choose_export)
        self._stop = button(translate("Map", "Stop"), self._reading.stop)
        self._stop.hide()
        self._take = button(translate("Map", "Into the form (Enter)"), self.take_chosen)
        self._out = button(translate("Map", "Take it out (F6)"), self.take_out)
        self.form = MapForm(desk.asker)
        self.form.kept.connect(self._keep)
        self.reasons = Choices()
        self.reasons.chosen.connect(self._unmap)
        self.reasons.left.connect(self._focus_list)
        self._leaving: MapLine | None = None
        self._make_tables()
        self._lay_out()
        self._say_keys()

    def _make_tables(self) -> None:
        self.rows: PagedRows[MapLine] = PagedRows(
            self._desk.asker,
            [
                translate("Map", "Item code"),
                translate("Map", "Drug"),
                translate("Map", "Identification"),
                translate("Map", "Level"),
                translate("Map", "State"),
                translate("Map", "By"),
            ],
            _cells,
            lambda line: map_words.state(line)[1],
        )
        self.table = TableView("", 1)
        self.table.show_model(self.rows, (100, 220, 150, 90, 190, 80))
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_history())
        self.history: Rows[MapMoment] = Rows(
            [
                translate("Map", "When"),
                translate("Map", "What"),
                translate("Map", "Drug"),
                translate("Map", "Level"),
                translate("Map", "Who"),
                translate("Map", "Reason"),
            ],
            _moment_cells,
        )
        self.list = TableView(translate("Map", "The history of the chosen row stands here."), 2)
        self.list.show_model(self.history, (150, 130, 200, 90, 80, 150))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.field, 1)
        for part in (self.filter, self._import, self._export, self._stop):
            head.addWidget(part)
        told = QHBoxLayout()
        told.addWidget(self._note, 1)
        for made in (self._take, self._out):
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            told.addWidget(made)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.table, 3)
        left.addWidget(self.reasons)
        left.addWidget(self.list, 1)
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addLayout(left, 1)
        self.form.setFixedWidth(_FORM_WIDTH)
        body.addWidget(self.form)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addLayout(told)
        layout.addLayout(body, 1)
        for keys, action in (("Ctrl+L", self.choose_import), ("Ctrl+E", self.choose_export)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    # --- the list -------------------------------------------------------------------------

    def shown(self) -> None:
        """The page comes to the front."""
        self.form.want_second(wanted=self._desk.settings().flag("map.second_person"))
        self.refresh()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read the list from its beginning; the keyboard stays on its row if that is there."""
        # Qt gives a word back where an enum was put in.
        which, text = MapFilter(self.filter.currentData()), self.field.text().strip()
        self.table.set_empty_text(translate("Map", "Reading …"))
        chosen = self._chosen()

        def arrived() -> None:
            self.table.set_empty_text(map_words.empty(which))
            places = [self.rows.row(at) for at in range(self.rows.rowCount())]
            same = (at for at, line in enumerate(places) if _same(line, chosen))
            if places:
                self.table.setCurrentIndex(self.rows.index(next(same, 0), 0))
            self._show_history()

        self.rows.begin(lambda reader, last, n: reader.map.lines(which, text, last, n), arrived)

    def _chosen(self) -> MapLine | None:
        return self.rows.row(self.table.currentIndex().row())

    def _focus_list(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_history(self) -> None:
        line = self._chosen()
        if line is None:
            self.history.show(())
            return

        def show(moments: list[MapMoment]) -> None:
            if _same(line, self._chosen()):
                self.history.show(moments)

        known = line.mapping.identification
        self._desk.asker.ask(lambda reader: reader.map.history(known), show)

    def hear(self, message: news.News) -> None:
        """Scans look a code up; answers to wishes are said, and the list is read again."""
        if isinstance(message, news.LookedUp) and self.isVisible():
            self._scanned(message)
        elif isinstance(message, news.MapChanged) and self.isVisible():
            self.refresh()

    def _scanned(self, heard: news.LookedUp) -> None:
        reading = heard.reading
        if reading.identification and not reading.is_personal:
            self.field.setText(reading.identification)
            self.form.scanned(reading.identification)
        else:
            self._note.setText("✕ " + readings_words.named(reading))

    # --- wishes ---------------------------------------------------------------------------

    def meanings(self) -> Meanings:
        """F5 shows others, F6 takes the chosen row out, F8 keeps what the form says."""
        return {"F5": self.turn_filter, "F6": self.take_out, "F8": self.form.keep}

    def turn_filter(self) -> None:
        """F5: the next filter."""
        self.filter.setCurrentIndex((self.filter.currentIndex() + 1) % self.filter.count())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook: Enter takes the row into the form, Delete takes it out."""
        line, key = self._chosen(), event.key()
        if line and self.table.hasFocus() and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take_chosen()
        elif line and self.table.hasFocus() and key == Qt.Key.Key_Delete:
            self.take_out()
        elif self.field.hasFocus() and key == Qt.Key.Key_Down:
            self._focus_list()
        else:
            super().keyPressEvent(event)

    def take_chosen(self) -> None:
        """Enter: the chosen row into the form."""
        line = self._chosen()
        if line:
            self.form.take(line)
        else:
            self._choose_first()

    def _choose_first(self) -> None:
        self._note.setText(translate("Map", "✕ Choose a row of the list first."))

    def take_out(self) -> None:
        """F6: ask why the chosen row is taken out of use."""
        self._leaving = self._chosen()
        if self._leaving is None:
            self._choose_first()
            return
        title = translate("Map", "Why does %1 no longer stand for %2?")
        title = title.replace("%1", self._leaving.mapping.identification)
        self.reasons.ask(title.replace("%2", self._leaving.name), map_words.reasons())

    def _unmap(self, reason: object) -> None:
        if self._leaving:
            mapping = self._leaving.mapping
            maps = self._desk.wishes.maps
            self._follow(maps.unmap(mapping.identification, mapping.item, str(reason)))
        self._focus_list()

    def _keep(
        self, identification: str, item: str, level: object, second: object, both: object
    ) -> None:
        pair = second if isinstance(second, tuple) else None
        of = level if isinstance(level, PackLevel) else PackLevel.SMALLEST
        self._follow(self._desk.wishes.maps.say(identification, item, of, pair, bool(both)))

    def _follow(self, wished: Future[MapAnswer]) -> None:
        self._desk.bridge.follow(wished, self._answer)

    def _answer(self, answer: MapAnswer) -> None:
        self._say(map_words.answer(answer))
        if answer.what is MapDid.CONFLICT:
            self.form.contradicted()
        elif answer.what in (MapDid.CONFIRMED, MapDid.PROPOSED):
            self.form.clear()
            self._focus_list()
        self.refresh()
        self.answered.emit(answer)

    def _say(self, said: Said) -> None:
        self._note.setText(f"{said.tone.sign} {said.evidence} {said.todo}".strip())

    def _say_keys(self) -> None:
        self._note.setText(
            translate("Map", "Enter takes a row into the form · F6 takes it out · F5 shows others")
        )

    # --- files ----------------------------------------------------------------------------

    def choose_import(self) -> None:
        """Ctrl+L: choose a table and import it while the counter sells on."""
        name, _ = QFileDialog.getOpenFileName(
            self,
            translate("Map", "Three-code map"),
            "",
            translate("Map", "Tables (*.csv *.txt *.xlsx)"),
        )
        if name:
            self.import_file(Path(name))

    def import_file(self, path: Path) -> None:
        """Import a table on its lane."""
        self._reading.begin()
        self._busy(on=True)
        self._desk.stock.files.import_map(path, self._reading.read, self._imported)

    def _imported(self, answer: object) -> None:
        self._busy(on=False)
        if isinstance(answer, ImportReport):
            self._note.setText(imports_words.done(answer))
        elif isinstance(answer, WorldError):
            self._note.setText(" ".join(("✕", *faults_words.fault(answer))))
        self.refresh()

    def _busy(self, *, on: bool) -> None:
        self._stop.setVisible(on)
        self._import.setEnabled(not on)

    def choose_export(self) -> None:
        """Ctrl+E: write every mapping in use."""
        name, _ = QFileDialog.getSaveFileName(
            self,
            translate("Map", "Three-code map"),
            "三码映射.xlsx",
            translate("Map", "Tables (*.xlsx *.csv)"),
        )
        if name:
            self.export_file(Path(name))

    def export_file(self, path: Path) -> None:
        """Write every mapping in use to a file."""
        files = self._desk.stock.files
        self._desk.asker.ask(
            lambda reader: map_export(reader.map.in_use()),
            lambda table: files.save_table(path, "三码映射", table, self._exported),
        )

    def _exported(self, answer: object) -> None:
        if isinstance(answer, WorldError):
            self._note.setText(" ".join(("✕", *faults_words.fault(answer))))
        else:
            self._note.setText(translate("Map", "✓ Written to %1").replace("%1", str(answer)))


def _same(one: MapLine | None, other: MapLine | None) -> bool:
    if one is None or other is None:
        return False
    return (one.mapping.identification, one.mapping.item) == (
        other.mapping.identification,
        other.mapping.item,
    )


def _cells(line: MapLine) -> tuple[str, ...]:
    return (
        line.mapping.item,
        f"{line.name}  {line.spec}".strip(),
        line.mapping.identification,
        map_words.level(line.mapping.level),
        map_words.state(line)[0],
        line.operator,
    )


def _moment_cells(moment: MapMoment) -> tuple[str, ...]:
    return (
        f"{moment.at:%Y-%m-%d %H:%M}",
        map_words.step(moment.word),
        moment.name or moment.item,
        map_words.level(moment.level),
        moment.operator,
        moment.reason,
    )
