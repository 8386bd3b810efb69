"""Ask what shall become of unfinished receivings; the session keeps them."""

from collections.abc import Callable

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.stock.drafts import Waiting
from pharmacy_desk.counter.stock.receiving_session import ReceivingSession
from pharmacy_desk.counter.views.receiving_view import Answer
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.receiving import draft_notes as notes
from pharmacy_desk.gui.widgets.choices import Choices


@dataclass(frozen=True, slots=True)
class _Asked:
    """One answer of a question: what it does."""

    act: Callable[[], None]


class DraftQuestions:
    """Which one, what of it, and is that sure; `wish` brings the answer to the session."""

    def __init__(
        self,
        session: ReceivingSession,
        choices: Choices,
        wish: Callable[[Callable[[], Answer | None]], None],
    ) -> None:
        self._session = session
        self._choices = choices
        self._wish = wish

    def ask(self, found: tuple[Waiting, ...]) -> None:
        """Ask what to do with these."""
        if len(found) == 1:
            self._what(found[0])
            return
        answers: list[tuple[str, object]] = [
            (notes.line(one), _Asked(lambda one=one: self._what(one)))  # type: ignore[misc]
            for one in found
        ]
        answers.append((translate("Stock", "Put all aside"), self._leaving(*found)))
        title = translate("Stock", "%1 deliveries are unfinished. Which one?")
        self._choices.ask(title.replace("%1", str(len(found))), answers)

    def _what(self, one: Waiting) -> None:
        answers: list[tuple[str, object]] = [
            (translate("Stock", "Continue"), self._wishing(lambda: self._session.take_up(one))),
            (translate("Stock", "Leave it for later"), self._leaving(one)),
            (translate("Stock", "Discard …"), _Asked(lambda: self._sure(one))),
        ]
        self._choices.ask(notes.unfinished_title(one), answers)

    def _sure(self, one: Waiting) -> None:
        yes = self._wishing(lambda: self._session.discard(one))
        answers: list[tuple[str, object]] = [
            (translate("Stock", "No, keep it"), self._leaving(one)),
            (translate("Stock", "Yes, discard it for good"), yes),
        ]
        self._choices.ask(notes.discard_title(one), answers)

    def _leaving(self, *found: Waiting) -> _Asked:
        return self._wishing(lambda: self._session.leave(found))

    def _wishing(self, work: Callable[[], Answer | None]) -> _Asked:
        return _Asked(lambda: self._wish(work))

    def chosen(self, value: object) -> bool:
        """The answer to a question; False when it was not one of these."""
        if not isinstance(value, _Asked):
            return False
        value.act()
        return True
