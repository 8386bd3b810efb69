"""What a person says of the open sale by a key: this is a gift, this is for an online order."""

from typing import Protocol

from pharmacy_desk.core.sale.online import platforms
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.counter import news
from pharmacy_desk.counter.sale.desk import ScanTarget
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.sale.questions import Questions
from pharmacy_desk.gui.sale.sale_list import SaleList


class Checkout(Protocol):
    """What gifts and orders need of their screen."""

    questions: Questions
    lines: SaleList
    target: ScanTarget

    @property
    def sale(self) -> Sale | None:
        """The open sale."""
        ...

    def focus_search(self) -> None:
        """Keyboard to the search field."""
        ...


class Marks:
    """Keys and answers become wishes to the clerk."""

    def __init__(self, desk: DeskView, checkout: Checkout) -> None:
        self._desk = desk
        self._checkout = checkout
        checkout.lines.picked.connect(self._picked)
        checkout.questions.order_said.connect(self._order_said)
        checkout.questions.opened.connect(self._question_opened)

    def gift(self) -> None:
        """Ctrl+G: the line under the keyboard, else what was scanned last, is a gift, or is not."""
        lines = self._checkout.lines
        line = lines.selected_line() if lines.hasFocus() else None
        self._desk.clerk.turn_gift(line.number if line else None)

    def order(self) -> None:
        """Ctrl+O: which online order this sale is picked for."""
        known = platforms(self._desk.settings().text("sale.order_platforms"))
        sale = self._checkout.sale
        self._checkout.questions.ask_order(known, sale.order if sale else None)
        self._aim(ScanTarget.LOOK_UP)

    def hear(self, message: news.News) -> bool:
        """A scan goes into the open question; True when it did."""
        questions = self._checkout.questions
        asking = self._checkout.target is ScanTarget.LOOK_UP
        if asking and isinstance(message, news.LookedUp):
            questions.order_page.scanned(message.reading)
            return True
        return False

    def _aim(self, target: ScanTarget) -> None:
        self._checkout.target = target
        self._desk.clerk.aim(target)

    def _question_opened(self, is_open: bool) -> None:
        """Once another question is in front, or none, boxes are sold again."""
        if self._checkout.target is ScanTarget.LOOK_UP and not is_open:
            self._aim(ScanTarget.SALE)

    def _order_said(self, platform: str, number: str) -> None:
        self._desk.clerk.set_order(platform, number)
        self._checkout.focus_search()

    def _picked(self, number: int) -> None:
        """The keyboard is on a line: of two lines of one drug it takes the next box."""
        sale = self._checkout.sale
        line = next((ln for ln in sale.lines if ln.number == number), None) if sale else None
        if sale is None or line is None:
            return
        wanted = number if sale.gift_of(line.item.code) and not line.split else None
        if wanted != sale.chosen:
            self._desk.clerk.choose_line(wanted)


def note(name: str, detail: str) -> Said | None:
    """What to say to a note about a gift or an order; None for one of something else."""
    said = _gift(name) or _no_gift(name) or _order(name)
    return said and Said(said.tone, said.word, said.evidence.replace("%1", detail), said.todo)


def _gift(name: str) -> Said | None:
    return {
        "gift": Said(
            theme.NOTE,
            translate("Checkout", "Gift"),
            translate("Checkout", "%1 is a gift at ¥0.00; its code is uploaded as any other."),
            translate(
                "Checkout", "The next box of it is paid for, unless you choose the gift line."
            ),
        ),
        "gift_back": Said(
            theme.NOTE,
            translate("Checkout", "No gift"),
            translate("Checkout", "%1 is paid for again."),
        ),
        "gift_undone": Said(
            theme.NOTE,
            translate("Checkout", "Undone"),
            translate("Checkout", "%1 is as it was before the last Ctrl+G."),
        ),
    }.get(name)


def _no_gift(name: str) -> Said | None:
    """Why something is no gift (facts on the trade, section 3)."""
    texts = {
        "no_gift_nothing_there": (
            translate("Checkout", "There is no box yet that could be a gift."),
            translate("Checkout", "Scan it, then press Ctrl+G."),
        ),
        "no_gift_prescription": (
            translate("Checkout", "Prescription drugs are never given away."),
            translate("Checkout", "It stays on its line and is paid for."),
        ),
        "no_gift_otc_a": (
            translate("Checkout", "Class-A OTC drugs are never given away."),
            translate("Checkout", "It stays on its line and is paid for."),
        ),
        "no_gift_class_unknown": (
            translate("Checkout", "The list does not say whether this is Rx or which OTC class."),
            translate(
                "Checkout", "Fill in its Rx column in the drug list; until then it is paid for."
            ),
        ),
        "no_gift_units": (
            translate("Checkout", "Units of an opened box are never given away."),
            translate("Checkout", "Give a whole box instead."),
        ),
    }
    if name not in texts:
        return None
    return Said(theme.NO, translate("Checkout", "No gift"), *texts[name])


def _order(name: str) -> Said | None:
    return {
        "order_set": Said(
            theme.NOTE,
            translate("Checkout", "Online order"),
            translate("Checkout", "This sale is for the order %1."),
            translate("Checkout", "Scan its boxes."),
        ),
        "order_gone": Said(
            theme.NOTE,
            translate("Checkout", "No order"),
            translate("Checkout", "This sale is for no online order."),
        ),
        "order_twice": Said(
            theme.ASK,
            translate("Checkout", "Twice?"),
            translate(
                "Checkout", "This order number is on receipt %1 already. It is kept here too."
            ),
            translate(
                "Checkout", "Look that receipt up. If it is the same order, cancel this sale."
            ),
        ),
        "bad_order": Said(
            theme.NO,
            translate("Checkout", "No order"),
            translate("Checkout", "That is no order number; nothing was changed."),
            translate("Checkout", "Press Ctrl+O and scan or type it again."),
        ),
    }.get(name)
