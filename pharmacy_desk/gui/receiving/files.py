"""Read a delivery note for the receiving screen, and ask what its columns are when it must."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.stock.drafts import Unread
from pharmacy_desk.core.stock.files.delivery_file import DeliveryRow
from pharmacy_desk.core.stock.files.learned import HeaderQuestion, HeadersSaid
from pharmacy_desk.counter.stock.trade_tables import TradeTable
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.receiving import draft_notes as drafts
from pharmacy_desk.gui.receiving import notes
from pharmacy_desk.gui.receiving.header_names import HeaderNames
from pharmacy_desk.gui.widgets.choices import Choices
from pharmacy_desk.gui.words import faults as faults_words

# The lines of one note, and the bad rows of its file.
Ready = Callable[[list[DeliveryRow], Unread], None]


class NoteReader:
    """From a file to the lines of one delivery note; `ready` gets them."""

    def __init__(
        self,
        desk: DeskView,
        screen: QWidget,
        choices: Choices,
        say: Callable[[Said], None],
        ready: Ready,
    ) -> None:
        self._desk = desk
        self._screen = screen
        self._choices = choices
        self._say = say
        self._ready = ready
        self._bad: Unread = ()
        self.question: HeaderNames | None = None

    def choose(self) -> Path | None:
        """Ask for the file."""
        name, _ = QFileDialog.getOpenFileName(
            self._screen,
            translate("Stock", "Delivery note"),
            "",
            translate("Catalogue", "Tables (*.csv *.txt *.xlsx)"),
        )
        return Path(name) if name else None

    def read(self, path: Path, said: HeadersSaid | None = None) -> None:
        """Read the file by what is known of its columns, or by what a person has said."""
        if not self._choices.isHidden():  # what was offered is answered by this file
            self._choices.close_question()
            self._choices.left.emit()
        self._say(Said(theme.NOTE, translate("Stock", "Reading …"), path.name))
        self._desk.stock.files.read_delivery(
            path, said, lambda answer: self._read(path, said, answer)
        )

    def _read(self, path: Path, said: HeadersSaid | None, answer: object) -> None:
        if isinstance(answer, WorldError):
            word = translate("Stock", "Not read")
            self._say(Said(theme.NO, word, *faults_words.fault(answer)))
        elif isinstance(answer, HeaderQuestion):
            self._ask(path, answer)
        elif isinstance(answer, TradeTable):
            if not answer.rows and answer.bad and said is None:
                # What was learned of this supplier's columns may be wrong: ask without it.
                self.read(path, HeadersSaid({}))
                return
            if said and answer.rows:
                self._say(drafts.names_kept(answer.supplier() or said.given.get("supplier", "")))
            self._take(answer)

    def _ask(self, path: Path, question: HeaderQuestion) -> None:
        self._say(
            Said(
                theme.ASK,
                translate("Stock", "Which column?"),
                translate("Stock", "This file does not say by its names what is what."),
            )
        )
        asked = HeaderNames(question, path.name, self._screen)
        asked.said.connect(lambda said: self.read(path, said))
        asked.rejected.connect(lambda: self._say(drafts.names_missing()))
        asked.finished.connect(lambda _: self._closed())
        self.question = asked
        asked.open()

    def _closed(self) -> None:
        if self.question:
            self.question.deleteLater()
            self.question = None

    def _take(self, table: TradeTable) -> None:
        deliveries: dict[tuple[str, str], list[DeliveryRow]] = {}
        for row in table.rows:
            if isinstance(row, DeliveryRow):
                deliveries.setdefault((row.supplier, row.number), []).append(row)
        self._bad = tuple((f"#{bad.row}", bad.reason) for bad in table.bad)
        if not deliveries:
            self._say(notes.no_lines(len(self._bad)))
            self._ready([], self._bad)
        elif len(deliveries) == 1:
            self.chosen(next(iter(deliveries.values())))
        else:
            # A file may hold several notes: one is received at a time.
            answers = [(f"{n} · {s} · {len(d)}", d) for (s, n), d in deliveries.items()]
            self._choices.ask(translate("Stock", "Which delivery note?"), answers)

    def chosen(self, delivery: list[DeliveryRow]) -> None:
        """One note of the file is the one to receive."""
        self._ready(delivery, self._bad)
