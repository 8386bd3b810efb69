"""A customer brings back a box without code: which receipt, which reason; by digits."""

from PySide6.QtCore import QObject, Signal

from pharmacy_desk.core.stock.no_code import NoCodeRow, NoCodeSold
from pharmacy_desk.counter.answers import ReturnAnswer
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.widgets.choices import Choices
from pharmacy_desk.gui.widgets.side_panel import SidePanel
from pharmacy_desk.gui.words import no_code as no_code_words
from pharmacy_desk.gui.words import returns as returns_words

# As many as have a digit, the newest first: returns come within days.
_MOST_SOLD = 9


class NoCodeReturns(QObject):
    """Two questions, one after the other; `closed` tells that none is open any more."""

    closed = Signal()

    def __init__(self, desk: DeskView, panel: SidePanel) -> None:
        super().__init__(panel)
        self._desk = desk
        self._panel = panel
        self._number = ""
        self._sold: NoCodeSold | None = None
        self.choices = Choices()
        self.choices.chosen.connect(self._chosen)
        self.choices.left.connect(self.closed)

    def ask(self, row: NoCodeRow) -> None:
        """Ask which box sold from this entry comes back."""
        self._number, self._sold = row.entry.number, None
        number = row.entry.number

        def show(sold: list[NoCodeSold]) -> None:
            if number == self._number:
                self._ask_which(row, sold)

        self._desk.asker.ask(lambda reader: reader.no_code.sold(number, _MOST_SOLD), show)

    def _ask_which(self, row: NoCodeRow, sold: list[NoCodeSold]) -> None:
        if not sold:
            self.closed.emit()
            what = translate("NoCode", "No box of this entry is with a customer.")
            self._panel.say(Said(theme.ASK, translate("NoCode", "Nothing to do"), what))
            return
        drug = f"{row.name} {row.spec} {row.entry.batch.lot or ''}".strip()
        self._panel.say(Said(theme.ASK, translate("NoCode", "Take it back?"), drug))
        title = translate("NoCode", "On which receipt was it sold?")
        self.choices.ask(title, [(f"{one.sale}  {one.paid_at:%m-%d %H:%M}", one) for one in sold])

    def _chosen(self, answer: object) -> None:
        if isinstance(answer, NoCodeSold):
            self._sold = answer
            answers = [(no_code_words.return_reason(word), word) for word in no_code_words.RETURNS]
            self.choices.ask(translate("NoCode", "Why does the customer bring it back?"), answers)
            return
        sold, self._sold = self._sold, None
        self.closed.emit()
        if sold:
            wished = self._desk.stock.no_code.take_back(sold, self._number, str(answer))
            self._desk.bridge.follow(wished, lambda told: self._panel.say(_taken_back(told)))


def _taken_back(answer: ReturnAnswer) -> Said:
    """What became of the box."""
    if answer.what.refused:
        return Said(theme.NO, translate("NoCode", "Not done"), returns_words.refused(answer))
    what = translate("NoCode", "Return %1 is on the disk and will be uploaded.")
    todo = translate("NoCode", "Put the box to the returns; the library gets none back.")
    word = translate("NoCode", "Returned")
    return Said(theme.YES, word, what.replace("%1", answer.number), todo)
