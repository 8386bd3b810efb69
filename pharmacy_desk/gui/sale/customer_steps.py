"""The steps before a payment that ask about the customer, one after the other, and back to it.

F2 → kind → card (where something wants one) → 人证相符 → the payment stands armed again. A step is
left by Esc, and ends with its sale.
"""

from concurrent.futures import Future
from typing import Protocol, TypeVar

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.core.sale.special import special_lines
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import Answer, PersonAnswer, PersonDid
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.sale.person_pages import BearerPage, PersonPage
from pharmacy_desk.gui.sale.questions import Questions

A = TypeVar("A", bound=Answer | None)


class Checkout(Protocol):
    """What the steps need of their screen."""

    questions: Questions

    @property
    def sale(self) -> Sale | None:
        """The open sale."""
        ...

    def follow(self, wished: Future[A]) -> None:
        """Show what becomes of a wish."""
        ...

    def focus_search(self) -> None:
        """Keyboard to the search field."""
        ...

    def arm(self, payment: PaymentKind) -> None:
        """Go on with this payment."""
        ...


class CustomerSteps:
    """Opens the pages, hears what is scanned for them, and goes on where it was asked."""

    def __init__(self, desk: DeskView, checkout: Checkout) -> None:
        self._desk = desk
        self._checkout = checkout
        self._then: PaymentKind | None = None
        self._awaits = False
        self._page: PersonPage | None = None
        self._bearer: BearerPage | None = None
        checkout.questions.opened.connect(self._question_opened)

    def ask(self) -> None:
        """Ctrl+K: whose card."""
        self.ask_person(None)

    def ask_person(self, then: PaymentKind | None) -> None:
        """Ask whose card; `then` is the payment that waits for it."""
        sale = self._checkout.sale
        page = self._person_page()
        wants_name = sale is not None and bool(special_lines(sale))
        page.begin(sale.person if sale else None, wants_name=wants_name)
        self._checkout.questions.show_page(page, page.focus_field())
        self._then = then
        self._awaits = True
        self._desk.wishes.customer.await_proof(awaited=True)

    def before(self, kind: PaymentKind) -> bool:
        """What is asked before an insured payment; True while it is."""
        sale = self._checkout.sale
        asked = self._desk.settings().flag("sale.ask_bearer")
        if sale is None or not (kind.insured and asked) or (sale.person and sale.person.bearer):
            return False
        page = self._bearer_page()
        page.begin()
        self._checkout.questions.show_page(page, page.first)
        self._then = kind
        return True

    def hear(self, message: news.News) -> bool:
        """A card was scanned at the step that asks for one; True when it was."""
        if not isinstance(message, news.PersonShown):
            return False
        self.answered(message.answer)
        return True

    def answered(self, answer: PersonAnswer) -> None:
        """What the counter took of what was shown, typed or said."""
        if answer.what is PersonDid.BEARER_TOLD:
            self._go_on()
        elif self._asks_person and self._page:
            if answer.what is PersonDid.FORGOTTEN:
                self._page.begin(None, wants_name=not self._page.name.isHidden())
            else:
                self._page.answered(answer, self._desk.now())

    @property
    def _asks_person(self) -> bool:
        questions = self._checkout.questions
        return questions.is_open and questions.currentWidget() is self._page

    def _person_page(self) -> PersonPage:
        if self._page is None:
            self._page = page = PersonPage()
            self._checkout.questions.addWidget(page)
            customer = self._desk.wishes.customer
            page.shown.connect(
                lambda text, name: self._checkout.follow(customer.see(text, name=name))
            )
            page.named.connect(lambda name: self._checkout.follow(customer.name(name)))
            page.forgotten.connect(lambda: self._checkout.follow(customer.forget()))
            page.done.connect(self._go_on)
        return self._page

    def _bearer_page(self) -> BearerPage:
        if self._bearer is None:
            self._bearer = page = BearerPage()
            self._checkout.questions.addWidget(page)
            customer = self._desk.wishes.customer
            page.said.connect(
                lambda who, name: self._checkout.follow(customer.tell_bearer(who, name))
            )
        return self._bearer

    def _go_on(self) -> None:
        """Nothing is left to ask here: back to the payment that waited."""
        then = self._then
        self._checkout.questions.close_question()
        if then:
            self._checkout.arm(then)
        else:
            self._checkout.focus_search()

    def _question_opened(self, _is_open: bool) -> None:
        """Once another question is in front, or none, cards are refused again."""
        self._then = None
        if self._awaits:
            self._awaits = False
            self._desk.wishes.customer.await_proof(awaited=False)
