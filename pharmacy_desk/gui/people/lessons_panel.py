"""The lessons of training mode: which one, what to do now, and the record for inspectors.

It stands in the practice scanner's column, so that a lesson and the boxes it names are in one
place. Its buttons take no key from the sale.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from string import ascii_uppercase

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.people.lessons import Deed, Lesson, LessonRecord, Progress
from pharmacy_desk.counter import news
from pharmacy_desk.counter.people.trainer import Trainer
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.paper import a4
from pharmacy_desk.gui.paper.record_pages import lessons_sheet
from pharmacy_desk.gui.people.lesson_texts import LessonText, StepText
from pharmacy_desk.gui.widgets.parts import button, plain
from pharmacy_desk.gui.words import faults as faults_words

_ORDER = tuple(Lesson)
# Width of the column it stands in, with its margins.
COLUMN_PX = 188
_SIDE_PX = 8


class LessonsPanel(QWidget):
    """Hidden until it is opened; the trainer tells what it shows."""

    def __init__(
        self,
        desk: DeskView,
        trainer: Trainer,
        texts: Mapping[Lesson, LessonText],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._trainer = trainer
        self._texts = texts
        self._shown: news.LessonShown | None = None
        self.records: Sequence[LessonRecord] = ()
        self.buttons: list[QPushButton] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(_SIDE_PX, 0, _SIDE_PX, 6)
        self._layout.setSpacing(0)
        self._body = QWidget()
        self._layout.addWidget(self._body)
        self.note = plain(px=14)
        self._layout.addWidget(self.note)
        desk.bridge.news.connect(self.hear)
        self.hide()

    def turn(self) -> None:
        """Open the list of lessons, or put it away; a lesson in hand stays as it is."""
        if self.isHidden():
            self.open()
        else:
            self.hide()

    def open(self) -> None:
        """Show the lesson in hand, else the list."""
        self.show()
        self._trainer.show()

    @property
    def progress(self) -> Progress | None:
        """How the lesson in hand stands."""
        return self._shown.progress if self._shown else None

    def hear(self, message: object) -> None:
        """A step is over, or somebody else is at the counter."""
        if isinstance(message, news.LessonShown):
            self._shown = message
            self._note("")
            self._draw()
            self._desk.asker.ask(lambda reader: reader.lessons.records(), self._know)
        elif isinstance(message, news.SignedIn) and self.isVisible():
            self._trainer.show()

    def _know(self, records: tuple[LessonRecord, ...]) -> None:
        self.records = records
        if self.progress is None:
            self._draw()

    def _note(self, words: str) -> None:
        self.note.setText(words)
        _fit(self.note)

    # --- what it looks like ---------------------------------------------------------------

    def _draw(self) -> None:
        old, self._body, self.buttons = self._body, QWidget(), []
        layout = QVBoxLayout(self._body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        progress = self.progress
        if progress is None:
            self._draw_list(layout)
        elif progress.passed:
            self._draw_passed(layout, self._texts[progress.lesson])
        else:
            self._draw_step(layout, self._texts[progress.lesson], progress)
        self._layout.replaceWidget(old, self._body)
        old.hide()
        old.deleteLater()

    def _draw_list(self, layout: QVBoxLayout) -> None:
        person = self._shown.person if self._shown else None
        passed = {
            one.lesson
            for one in self.records
            if person and one.person == person.id and one.passed_at
        }
        _say(layout, plain(translate("Lessons", "Six lessons"), bold=True))
        told = translate("Lessons", "%1: %2 of 6 passed")
        name = f"{person.id} {person.name}" if person else ""
        words = told.replace("%1", name).replace("%2", str(len(passed)))
        _say(layout, plain(words, px=14, quiet=True))
        for place, lesson in enumerate(_ORDER, start=1):
            sign = "✓" if lesson in passed else f"{place}"
            self._offer(layout, f"{sign} {self._texts[lesson].title}", self._beginner(lesson))
        self._offer(layout, translate("Lessons", "Record (PDF)…"), self.ask_record)

    def _draw_step(self, layout: QVBoxLayout, text: LessonText, progress: Progress) -> None:
        step = text.steps[progress.done]
        _say(layout, plain(text.title, bold=True))
        told = translate("Lessons", "step %1 of %2").replace("%1", str(progress.done + 1))
        _say(layout, plain(told.replace("%2", str(progress.steps)), px=14, quiet=True))
        _say(layout, plain(step.do, px=16))
        if step.hint:
            _say(layout, plain(step.hint, px=14, quiet=True))
        if step.say:
            self._draw_sentences(layout, step)
        self._offer(layout, translate("Lessons", "Leave the lesson"), self._trainer.leave)

    def _draw_sentences(self, layout: QVBoxLayout, step: StepText) -> None:
        """Sentences to choose from; a button alone would not wrap them."""
        row = QHBoxLayout()
        row.setSpacing(4)
        for letter, (sentence, why) in zip(ascii_uppercase, step.say, strict=False):
            _say(layout, plain(f"{letter}  {sentence}", px=14))
            self._offer(row, letter, self._sayer(why))
        layout.addLayout(row)

    def _draw_passed(self, layout: QVBoxLayout, text: LessonText) -> None:
        mark = plain(translate("Lessons", "✓ Passed"), px=19, bold=True)
        mark.setStyleSheet(f"color: {theme.YES.ink};")
        _say(layout, mark)
        _say(layout, plain(text.title, bold=True))
        _say(layout, plain(text.done, px=14))
        place = _ORDER.index(text.lesson) + 1
        if place < len(_ORDER):
            following = _ORDER[place]
            words = translate("Lessons", "Next: %1").replace("%1", self._texts[following].title)
            self._offer(layout, words, self._beginner(following))
        self._offer(layout, translate("Lessons", "All lessons"), self._trainer.leave)

    def _offer(
        self, layout: QVBoxLayout | QHBoxLayout, words: str, action: Callable[[], object]
    ) -> None:
        made = button(words, action)
        made.setObjectName("sample")
        made.setToolTip(words)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.buttons.append(made)
        layout.addWidget(made)

    # --- what is done ---------------------------------------------------------------------

    def _beginner(self, lesson: Lesson) -> Callable[[], object]:
        return lambda: self._trainer.begin(lesson)

    def _sayer(self, why: str) -> Callable[[], object]:
        """The right sentence goes on, a wrong one is told why it is wrong."""

        def say() -> None:
            if why:
                self._note("✕ " + why)
            else:
                self._trainer.did(Deed.CUSTOMER_TOLD)

        return say

    def ask_record(self) -> None:
        """Where shall the record go?"""
        title = translate("Lessons", "Training record")
        name, _ = QFileDialog.getSaveFileName(
            self,
            title,
            f"培训记录-{self._desk.now():%Y%m%d}.pdf",
            translate("Split", "PDF (*.pdf)"),
        )
        if name:
            path = Path(name)
            self.save_record(path if path.suffix else path.with_suffix(".pdf"))

    def save_record(self, path: Path) -> None:
        """Write everybody's record as an A4 page."""
        titles = {lesson: text.title for lesson, text in self._texts.items()}
        settings = self._desk.settings()
        mine, name = settings.text("operator.id"), settings.text("operator.name")
        # Whom the ledger does not know by name is the person of the settings.
        records = [
            replace(one, name=name) if one.person == mine and not one.name else one
            for one in self.records
        ]
        sheet = lessons_sheet(records, titles, settings.text("store.name"), self._desk.now())
        try:
            a4.save_pdf(sheet, path)
        except WorldError as error:
            self._note("✕ " + " ".join(faults_words.fault(error)))
        else:
            self._note(translate("Split", "✓ Saved: %1").replace("%1", path.name))


def _say(layout: QVBoxLayout, label: QLabel) -> None:
    layout.addWidget(label)
    _fit(label)


def _fit(label: QLabel) -> None:
    """As high as its text needs in this column: layouts inside each other would cut it."""
    wide = COLUMN_PX - 2 * _SIDE_PX
    label.setMinimumHeight(label.heightForWidth(wide) if label.text() else 0)
