"""提醒: how often each limit was told of, the money it concerned, and what followed.

The list names who overlooked what; nobody is nagged by it at the counter.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.sale.limits import LimitList
from pharmacy_desk.core.sale.limits_told import COLUMNS, Days, Followed, LimitSum, LimitTold
from pharmacy_desk.counter.catalogue.importing import ImportReport
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.base.section import Meanings
from pharmacy_desk.gui.widgets.days import DayRange, no_day
from pharmacy_desk.gui.widgets.paged import PagedRows
from pharmacy_desk.gui.widgets.parts import button, plain
from pharmacy_desk.gui.widgets.table import Rows, TableView
from pharmacy_desk.gui.words import faults as faults_words
from pharmacy_desk.gui.words import imports as import_words
from pharmacy_desk.gui.words import limits as limit_words
from pharmacy_desk.gui.words import payment as payment_words

_PAUSE_MS = 200
_MOST_SAVED = 100_000
# Eight kinds and the header are seen at once; what is below them scrolls.
_SUMS_PX = 250


class LimitsPage(QWidget):
    """`wanted` tells which receipt is to be opened."""

    wanted = Signal(str)

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.days = DayRange()
        self.days.first.setText(desk.now().date().replace(day=1).isoformat())
        self._lists, self._note = plain(quiet=True), plain(quiet=True)
        self.sums: Rows[LimitSum] = Rows(_sum_heads(), _sum_cells)
        self.sum_table = TableView(translate("Limits", "Nothing was told in these days."), 0)
        self.sum_table.show_model(self.sums, (180, 80, 130, 110, 110, 110, 110, 110))
        self.sum_table.setFixedHeight(_SUMS_PX)
        self.rows: PagedRows[LimitTold] = PagedRows(
            desk.asker, _row_heads(), _row_cells, lambda row: _TONES.get(row.followed)
        )
        self.table = TableView("", 2)
        self.table.show_model(self.rows, (110, 170, 250, 130, 100, 110, 100, 110, 90))
        self.table.activated.connect(lambda _: self.open_chosen())
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self.days.changed.connect(self._pause.start)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._lists, 1)
        head.addWidget(self.days)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._note, 1)
        for words, action in (
            (translate("Limits", "Receipt (Enter)"), self.open_chosen),
            (translate("Limits", "Import a list (Ctrl+O)"), self.ask_list),
            (translate("Limits", "Save as a file (Ctrl+S)"), self.ask_file),
        ):
            foot.addWidget(_foot_button(words, action))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.sum_table)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)

    # --- reading --------------------------------------------------------------------------

    def shown(self) -> None:
        """The page comes to the front."""
        self._desk.bridge.follow(self._desk.wishes.limit_lists(), self._show_lists)
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _wanted_days(self) -> Days | None:
        days = self.days.days()
        return None if days is None else Days(*days)

    def refresh(self) -> None:
        """Read both lists from their beginning."""
        self._pause.stop()
        days = self._wanted_days()
        if days is None:
            self._note.setText(no_day())
            return
        self.table.set_empty_text(translate("Limits", "Reading …"))
        self.rows.begin(
            lambda reader, last, n: reader.limits.told_limits(days, last, n), self._arrived
        )
        self._desk.asker.ask(lambda reader: reader.limits.sums(days), self._counted)

    def _arrived(self) -> None:
        self.table.set_empty_text(translate("Limits", "No sale was told of a limit."))

    def _counted(self, found: list[LimitSum]) -> None:
        self.sums.show(found)
        words = translate("Limits", "%1 times, ¥%2 · the newest first")
        times, fen = sum(one.times for one in found), sum(one.amount_fen for one in found)
        self._note.setText(words.replace("%1", str(times)).replace("%2", yuan(fen)))

    def _show_lists(self, lists: tuple[LimitList, ...]) -> None:
        """What the counter looks things up in, the newest first."""
        words = translate("Limits", "In use: %1")
        names = "；".join(_list_name(one) for one in reversed(lists))
        self._lists.setText(words.replace("%1", names))

    # --- what is done with it -------------------------------------------------------------

    def meanings(self) -> Meanings:
        """Ctrl+S saves, Ctrl+O imports a list."""
        return {"Ctrl+S": self.ask_file, "Ctrl+O": self.ask_list}

    def open_chosen(self) -> None:
        """Enter: the receipt under the keyboard, where the sale was paid."""
        told = self.rows.row(self.table.currentIndex().row())
        if told is not None and told.followed in (Followed.PAID, Followed.SELF_PAID):
            self.wanted.emit(told.sale)

    def ask_list(self) -> None:
        """Ctrl+O: a list of the bureau, or a region's list of certified diseases."""
        name, _ = QFileDialog.getOpenFileName(
            self,
            translate("Limits", "List of limits"),
            "",
            translate("Stock", "Tables (*.xlsx *.csv)"),
        )
        if name:
            self.import_list(Path(name))

    def import_list(self, path: Path) -> None:
        """Import a list; what it did is said below."""
        self._note.setText(translate("Limits", "Reading …"))
        self._desk.stock.files.import_limits(path, self._imported)

    def _imported(self, answer: object) -> None:
        if isinstance(answer, WorldError):
            self._note.setText("✕ " + " ".join(faults_words.fault(answer)))
        elif isinstance(answer, ImportReport):
            self._note.setText(import_words.done(answer))
            self._desk.bridge.follow(self._desk.wishes.limit_lists(), self._show_lists)

    def ask_file(self) -> None:
        """Ctrl+S: everything that was told in these days, XLSX or CSV by the name."""
        name, _ = QFileDialog.getSaveFileName(
            self,
            translate("Limits", "Reminders"),
            f"限制提醒-{self._desk.now():%Y%m%d}.xlsx",
            translate("Stock", "Tables (*.xlsx *.csv)"),
        )
        if name:
            self.save(Path(name))

    def save(self, path: Path) -> None:
        """Write what was told to a file."""
        days = self._wanted_days()
        if days is None:
            return
        known = path.suffix.lower() in (".xlsx", ".csv")
        path = path if known else path.with_name(path.name + ".xlsx")

        def write(found: list[LimitTold]) -> None:
            table = [COLUMNS, *(row.cells() for row in found)]
            self._desk.stock.files.save_table(
                path, "限制提醒", table, lambda answer: self._saved(answer, path, len(found))
            )

        self._desk.asker.ask(
            lambda reader: reader.limits.told_limits(days, None, _MOST_SAVED), write
        )

    def _saved(self, answer: object, path: Path, count: int) -> None:
        if isinstance(answer, WorldError):
            self._note.setText("✕ " + " ".join(faults_words.fault(answer)))
            return
        words = translate("Limits", "✓ %1 rows saved: %2")
        self._note.setText(words.replace("%1", str(count)).replace("%2", path.name))


_TONES = {Followed.OPEN: theme.UNSURE, Followed.CANCELLED: theme.UNSURE}


def _foot_button(words: str, action: Callable[[], None]) -> QWidget:
    made = button(words, action)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setMinimumHeight(44)
    return made


def _list_name(one: LimitList) -> str:
    if one.as_of is None:
        return one.name
    words = translate("Limits", "%1 (as of %2)")
    return words.replace("%1", one.name).replace("%2", one.as_of.isoformat())


def _sum_heads() -> list[str]:
    return [
        translate("Limits", "Limit"),
        translate("Limits", "Times"),
        translate("Limits", "Money"),
        *(limit_words.followed(what) for what in Followed),
    ]


def _sum_cells(one: LimitSum) -> tuple[str, ...]:
    counts = (one.followed.get(what, 0) for what in Followed)
    return (
        limit_words.kind(one.kind),
        str(one.times),
        f"¥{yuan(one.amount_fen)}",
        *(str(count) if count else "" for count in counts),
    )


def _row_heads() -> list[str]:
    return [
        translate("Limits", "When"),
        translate("Limits", "Receipt"),
        translate("Limits", "Drug"),
        translate("Limits", "Limit"),
        translate("Limits", "Told as"),
        translate("Limits", "Payment"),
        translate("Limits", "Money"),
        translate("Limits", "What followed"),
        translate("Limits", "Clerk"),
    ]


def _row_cells(row: LimitTold) -> tuple[str, ...]:
    return (
        f"{row.at:%m-%d %H:%M}",
        row.sale,
        row.drug,
        limit_words.kind(row.kind),
        limit_words.mode(row.mode),
        payment_words.payment(row.payment),
        f"¥{yuan(row.amount_fen)}",
        limit_words.followed(row.followed),
        row.operator,
    )
