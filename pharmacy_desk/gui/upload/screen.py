"""追溯上传: what the platform has and has not confirmed, line by line, in its own words."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pharmacy_desk.core.people.lessons import Deed
from pharmacy_desk.core.scanning.scan import spaced
from pharmacy_desk.core.upload.outbox import (
    EVERY_LINE,
    LineState,
    QueuedLine,
    QueueFilter,
    QueueSummary,
    Which,
)
from pharmacy_desk.counter import news
from pharmacy_desk.counter.sale.desk import ScanTarget
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.base.section import Meanings, Section
from pharmacy_desk.gui.widgets.days import DayRange, no_day
from pharmacy_desk.gui.widgets.paged import PagedRows
from pharmacy_desk.gui.widgets.parts import Card, Combo, button, plain
from pharmacy_desk.gui.widgets.table import TableView
from pharmacy_desk.gui.words import faults as faults_words
from pharmacy_desk.gui.words import times as times_words
from pharmacy_desk.gui.words import uploads as uploads_words


class UploadsScreen(Section):
    """The queue with the age of its oldest line; refused lines first."""

    target = ScanTarget.LOOK_UP

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._stale = True
        self._state = plain(px=26, bold=True)
        self._detail = plain(quiet=True)
        self._send = button(
            translate("Uploads", "Send now (F5)"), desk.wishes.send_now, primary=True
        )
        self._again = button(translate("Uploads", "Send refused again (F8)"), self.requeue)
        self.rows: PagedRows[QueuedLine] = PagedRows(
            desk.asker,
            [
                translate("Uploads", "State"),
                translate("Uploads", "Since"),
                translate("Uploads", "Receipt"),
                translate("Uploads", "Drug"),
                translate("Uploads", "Trace codes"),
                translate("Uploads", "Tries"),
                translate("Uploads", "The platform's own words"),
            ],
            self._cells,
            self._tone,
        )
        self._empty = translate(
            "Uploads", "Nothing to upload yet. Paid sales appear here by themselves."
        )
        self.table = TableView(self._empty, 6)
        self.table.show_model(self.rows, (140, 116, 180, 170, 240, 56, 200))
        self.table.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.which = Combo()
        self.which.setAccessibleName(translate("Uploads", "State"))
        for which in Which:
            self.which.addItem(uploads_words.which(which), which)
        self.which.currentIndexChanged.connect(lambda _: self._choose())
        self.days = DayRange()
        self.days.changed.connect(self._choose)
        self._lay_out()

    def _lay_out(self) -> None:
        head = Card()
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.addWidget(self._state)
        words.addWidget(self._detail)
        row.addLayout(words, 1)
        row.addWidget(self._again)
        row.addWidget(self._send)
        head.body.addLayout(row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 10)
        layout.setSpacing(10)
        choice = QHBoxLayout()
        choice.setSpacing(8)
        choice.addWidget(plain(translate("Uploads", "State")))
        choice.addWidget(self.which)
        choice.addSpacing(12)
        choice.addWidget(self.days)
        choice.addStretch(1)
        layout.addWidget(head)
        layout.addLayout(choice)
        layout.addWidget(self.table, 1)

    def meanings(self) -> Meanings:
        """F5 sends now, F8 puts refused lines back in the queue."""
        return {"F5": self._desk.wishes.send_now, "F8": self.requeue}

    def shown(self) -> None:
        """The screen comes to the front."""
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def hear(self, message: news.News) -> None:
        """React to what the counter posts."""
        if isinstance(message, (news.QueueChanged, news.Paid)) and self.isVisible():
            self._summarise()
            self._stale = True
            if not self._being_read():
                self.refresh()
        elif isinstance(message, news.Trouble) and self.isVisible() and not self.rows.rowCount():
            self.table.set_empty_text(" ".join(faults_words.fault(message.error)))

    def wanted(self) -> QueueFilter | None:
        """The lines that are chosen by state and day; None while a day is no day."""
        days = self.days.days()
        which = Which(self.which.currentData())  # Qt makes plain text of it
        return QueueFilter(which, *days) if days else None

    def _choose(self) -> None:
        """Other lines are wanted."""
        self.table.clearSelection()
        self.refresh()

    def _came(self) -> None:
        """Who sees what is not there yet checks the shop; an empty list shows nobody anything."""
        wanted = self.wanted()
        if wanted and wanted.which is Which.NOT_THERE and self.rows.rowCount():
            self.seen.emit(Deed.UNSENT_FOUND)

    def refresh(self) -> None:
        """Read the queue again."""
        wanted = self.wanted()
        if wanted is None:
            self.rows.stop()
            self.table.set_empty_text(no_day())
            return
        self._stale = False
        fits = translate("Uploads", "No line fits. Choose every state and empty the days.")
        self.table.set_empty_text(self._empty if wanted == EVERY_LINE else fits)
        self._summarise()
        self.rows.begin(
            lambda reader, last, size: reader.outbox.lines(last, size, wanted), self._came
        )

    def _being_read(self) -> bool:
        """Somebody has scrolled down or chosen lines: the list stays until they are back."""
        return self.table.verticalScrollBar().value() > 0 or bool(self.table.selected_rows())

    def _scrolled(self, place: int) -> None:
        if place == 0 and self._stale and self.isVisible() and not self._being_read():
            self.refresh()

    def _summarise(self) -> None:
        self._desk.asker.ask(lambda reader: reader.outbox.queue(), self._show)

    def _show(self, summary: QueueSummary) -> None:
        if summary.refused:
            text = translate("Uploads", "✕ %1 lines refused").replace("%1", str(summary.refused))
        elif summary.open:
            text = translate("Uploads", "! %1 lines wait").replace("%1", str(summary.open))
        elif not summary.accepted:
            text = translate("Uploads", "Nothing to upload yet")
        else:
            text = translate("Uploads", "✓ Everything is at the platform")
        self._state.setText(text)
        parts = [
            translate("Uploads", "accepted %1").replace("%1", str(summary.accepted)),
            translate("Uploads", "unknown %1").replace("%1", str(summary.unknown)),
            translate("Uploads", "waiting for a lot %1").replace("%1", str(summary.waiting)),
        ]
        if summary.oldest:
            old = times_words.age(summary.oldest, self._desk.now())
            parts.insert(0, translate("Uploads", "the oldest waits %1").replace("%1", old))
        self._detail.setText(" · ".join(parts))
        self._again.setEnabled(bool(summary.refused))

    def requeue(self) -> None:
        """Send refused lines again: the selected ones, or all."""
        chosen = [self.rows.row(row) for row in self.table.selected_rows()]
        self.table.clearSelection()
        if any(chosen):
            self._requeue(
                [line.line.key for line in chosen if line and line.state is LineState.REFUSED]
            )
        else:
            self._desk.asker.ask(lambda reader: reader.outbox.refused_keys(), self._requeue)

    def _requeue(self, keys: list[str]) -> None:
        if keys:
            self._desk.wishes.requeue(keys)

    def _cells(self, queued: QueuedLine) -> tuple[str, ...]:
        line = queued.line
        waiting = line.waiting.value if line.waiting else None
        state = uploads_words.outbox_state(queued.state.value, waiting)
        signs = {"accepted": "✓", "refused": "✕", "unknown": "?", "queued": "…", "sending": "→"}
        more = f" +{len(line.codes) - 1}" if len(line.codes) > 1 else ""
        return (
            f"{signs[queued.state.value]} {state}",
            f"{queued.created_at:%m-%d %H:%M}",
            line.document,
            line.words.get("item_name", ""),
            (spaced(line.codes[0]) + more) if line.codes else translate("Uploads", "no code"),
            str(queued.attempts),
            faults_words.platform_words(queued.platform_words or ""),
        )

    def _tone(self, queued: QueuedLine) -> theme.Tone | None:
        if queued.state is LineState.REFUSED:
            return theme.NO
        if queued.state is LineState.UNKNOWN or queued.line.waiting:
            return theme.ASK
        return None
