"""Ctrl+N at the checkout: no code on the box, take it from the no-code library (无码库)."""

from pharmacy_desk.core.sale.sale import Line
from pharmacy_desk.core.stock.no_code import Bar, NoCodeEntry, Term
from pharmacy_desk.counter.answers import SaleAnswer
from pharmacy_desk.counter.views.stock_answers import NoCodeAnswer
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.sale.asks import Checkout
from pharmacy_desk.gui.widgets.choices import Choices
from pharmacy_desk.gui.widgets.parts import plain
from pharmacy_desk.gui.words import no_code as no_code_words
from pharmacy_desk.gui.words import stock_answers as answers_words


class NoCodeAsk:
    """Asks which entry a box comes from; the answer becomes a wish to the library's keeper."""

    def __init__(self, desk: DeskView, checkout: Checkout) -> None:
        self._desk = desk
        self._checkout = checkout
        self._line: Line | None = None
        self.choices = Choices(checkout.questions)
        hint = translate("NoCode", "Enter takes one box of it, Esc takes none.")
        self.choices.body.addWidget(plain(hint, quiet=True))
        self.choices.body.addStretch(1)
        checkout.questions.addWidget(self.choices)
        self.choices.chosen.connect(self._chosen)
        self.choices.left.connect(self._left)

    def ask(self) -> None:
        """List the entries that fit the line that lacks a code."""
        line = self._line = self._lacking()
        if line is None:
            self._checkout.say(no_code_words.bar(Bar.NOTHING_LACKING))
            return
        today = self._desk.now().date()

        def show(found: list[tuple[NoCodeEntry, Bar | None]]) -> None:
            sale = self._checkout.sale
            if self._line is line and sale and line in sale.lines:
                self._offer(line, found)

        self._desk.asker.ask(lambda reader: reader.no_code.approved_for(line.item, today), show)

    def _lacking(self) -> Line | None:
        """The chosen line if it lacks a code, else the first that does."""
        sale, chosen = self._checkout.sale, self._checkout.lines.selected_line()
        lacking = [line for line in sale.lines if line.lacking] if sale else []
        number = chosen.number if chosen else 0
        return next((ln for ln in lacking if ln.number == number), lacking[0] if lacking else None)

    def _offer(self, line: Line, found: list[tuple[NoCodeEntry, Bar | None]]) -> None:
        fitting = [entry for entry, why in found if why is None]
        if not fitting:
            self._checkout.say(none_fits(line, next((why for _, why in found if why), None)))
            return
        term = self._desk.stock.no_code.term()
        fitting.sort(key=lambda entry: not term.insured(entry.bought_on))
        title = translate("NoCode", "No code on the box of %1: from which entry?")
        answers = [(offered(entry, term), entry) for entry in fitting]
        self.choices.ask(title.replace("%1", line.item.name), answers)
        self._checkout.questions.show_page(self.choices, self.choices.list)

    def _chosen(self, entry: object) -> None:
        self._checkout.questions.close_question()
        if isinstance(entry, NoCodeEntry) and self._line:
            wished = self._desk.stock.no_code.take(entry.number, self._line.number)
            self._checkout.follow(wished)
            self._desk.bridge.follow(wished, self._answered)
        self._checkout.focus_search()

    def _answered(self, answer: SaleAnswer | NoCodeAnswer) -> None:
        said = answers_words.no_code(answer) if isinstance(answer, NoCodeAnswer) else None
        if said:
            self._checkout.say(said)

    def _left(self) -> None:
        self._checkout.questions.close_question()
        self._checkout.focus_search()


def offered(entry: NoCodeEntry, term: Term) -> str:
    """One answer: lot, expiry, what is left, by whom it may be paid."""
    text = translate("NoCode", "%1, expires %2, %3 left, %4")
    expiry = entry.batch.expiry.isoformat() if entry.batch.expiry else "?"
    text = text.replace("%2", expiry).replace("%3", str(entry.left))
    return text.replace("%4", no_code_words.pays(entry, term)).replace("%1", entry.batch.lot or "?")


def none_fits(line: Line, why: Bar | None) -> Said:
    """No entry gives a box of the line's drug; `why` is what bars the one there is."""
    if why:
        return no_code_words.bar(why)
    what = translate("NoCode", "The no-code library has no approved box of %1.")
    return Said(
        theme.NO,
        translate("NoCode", "None there"),
        what.replace("%1", line.item.name),
        translate("NoCode", "Scan its code; or enter it: Ctrl+3, No-code library, manager's PIN."),
    )
