"""Keep the receiving on the disk while it is worked on, and offer what waits unfinished there.

No answer to a scan is shown before its box is on the disk (design, invariant 1).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from uuid import uuid4

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.stock.drafts import Unfinished, Waiting
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import Said, translate
from pharmacy_desk.gui.receiving import draft_notes as notes
from pharmacy_desk.gui.widgets.choices import Choices


class Place(Protocol):
    """What the keeper asks of the screen."""

    def unfinished(self) -> Unfinished:
        """The receiving as it stands."""
        ...

    def take_up(self, unfinished: Unfinished) -> None:
        """Show another receiving."""
        ...

    def say(self, said: Said) -> None:
        """Show an answer."""
        ...


@dataclass(frozen=True, slots=True)
class _Asked:
    """One answer of a question: what it does."""

    act: Callable[[], None]


class DraftKeeper:
    """Knows under which number the receiving on the screen is kept; empty when it is not yet."""

    def __init__(self, desk: DeskView, choices: Choices, place: Place) -> None:
        self._desk = desk
        self._choices = choices
        self._place = place
        self._aside: set[str] = set()
        self._asked = 0
        self._said = 0
        self._unsaved = False
        self._last: Unfinished | None = None
        self._held: list[Said | None] | None = None
        self.number = ""

    # --- to the disk ----------------------------------------------------------------------

    def keep(self, said: Said | None = None) -> None:
        """Bring the receiving to the disk, then say `said`; a failure is said instead."""
        if self._held is not None:
            self._held.append(said)
            return
        unfinished = self._last = self._place.unfinished()
        self._asked += 1
        order = self._asked
        if not unfinished.receiving.empty:
            self.number = self.number or uuid4().hex
            self._desk.stock.files.keep_draft(
                self.number, unfinished, lambda answer: self._kept(order, answer, said)
            )
        elif self.number:
            number, self.number = self.number, ""
            self._desk.stock.files.drop_draft(
                number, lambda answer: self._kept(order, answer, said)
            )
        else:
            self._kept(order, None, said)

    def keep_changes(self) -> None:
        """The same when something differs from what was brought there last."""
        if self._place.unfinished() != self._last:
            self.keep()

    def answer(self, said: Said) -> None:
        """Say what has changed nothing; answers to what came before do not come after it.

        After a failure it is the next try to bring the receiving to the disk.
        """
        if self._unsaved:
            self.keep(said)
            return
        self._asked += 1
        self._kept(self._asked, None, said)

    def _kept(self, order: int, answer: object, said: Said | None) -> None:
        self._unsaved = isinstance(answer, WorldError)
        if isinstance(answer, WorldError):
            self._said = order
            self._place.say(notes.not_kept(answer, len(self._place.unfinished().receiving.boxes)))
        elif said and order > self._said:
            self._said = order
            self._place.say(said)

    def hold(self) -> None:
        """Documents are on their way: they change the draft, and nothing else does until `go_on`.

        Without this a box that is posted could be written back into the draft.
        """
        self._held = []

    def release(self) -> None:
        """The disk failed on the way: nothing is held any more, and the next change is kept."""
        self._held = None

    def go_on(self, *, ended: bool) -> None:
        """The documents are answered: what is left of the receiving goes to the disk.

        Where they have `ended` the draft, that is a new one.
        """
        if ended:
            self.number = ""
        held, self._held = self._held or [], None
        last = next((said for said in reversed(held) if said), None)
        self.keep(last)

    # --- what waits -----------------------------------------------------------------------

    def offer(self, *, everything: bool) -> None:
        """Ask what to do with unfinished receivings; those put aside only when all are wanted."""

        def listed(found: list[Waiting]) -> None:
            others = [one for one in found if one.number != self.number]
            if not everything:
                others = [one for one in others if one.number not in self._aside]
                if not self._place.unfinished().receiving.empty:
                    return
            if others:
                self._which(others)
            elif everything:
                self._place.say(notes.nothing_waits())

        self._desk.asker.ask(lambda reader: reader.drafts(), listed)

    def put_aside(self) -> None:
        """Leave the receiving on the screen for later; it stays on the disk."""
        unfinished = self._place.unfinished()
        if unfinished.receiving.empty:
            self._place.say(notes.nothing_to_put_aside())
            return
        if self._held is not None:
            return
        left = self.number = self.number or uuid4().hex
        # On the disk first: what the screen forgets must not be the only copy.
        self._desk.stock.files.keep_draft(
            left, unfinished, lambda answer: self._put_aside(left, answer)
        )

    def _put_aside(self, number: str, answer: object) -> None:
        if isinstance(answer, WorldError):
            boxes = len(self._place.unfinished().receiving.boxes)
            self._place.say(notes.not_kept(answer, boxes))
            return
        self._aside.add(number)
        if number == self.number:
            self._take_up("", notes.EMPTY)
            self._place.say(notes.put_aside())

    def _which(self, found: list[Waiting]) -> None:
        if len(found) == 1:
            self._what(found[0])
            return
        answers: list[tuple[str, object]] = [
            (notes.line(one), _Asked(lambda one=one: self._what(one)))  # type: ignore[misc]
            for one in found
        ]
        leave = _Asked(lambda: self._leave(found))
        answers.append((translate("Stock", "Put all aside"), leave))
        title = translate("Stock", "%1 deliveries are unfinished. Which one?")
        self._choices.ask(title.replace("%1", str(len(found))), answers)

    def _what(self, one: Waiting) -> None:
        answers: list[tuple[str, object]] = [
            (translate("Stock", "Continue"), _Asked(lambda: self._continue(one))),
            (translate("Stock", "Leave it for later"), _Asked(lambda: self._leave([one]))),
            (translate("Stock", "Discard …"), _Asked(lambda: self._sure(one))),
        ]
        self._choices.ask(notes.unfinished_title(one), answers)

    def _sure(self, one: Waiting) -> None:
        answers: list[tuple[str, object]] = [
            (translate("Stock", "No, keep it"), _Asked(lambda: self._leave([one]))),
            (
                translate("Stock", "Yes, discard it for good"),
                _Asked(lambda: self._discard(one)),
            ),
        ]
        self._choices.ask(notes.discard_title(one), answers)

    def chosen(self, value: object) -> bool:
        """The answer to a question; False when it was not one of this keeper's."""
        if not isinstance(value, _Asked):
            return False
        value.act()
        return True

    def _leave(self, found: list[Waiting]) -> None:
        self._aside.update(one.number for one in found)
        self._place.say(notes.put_aside())

    def _continue(self, one: Waiting) -> None:
        def loaded(unfinished: Unfinished | None) -> None:
            if unfinished is None:
                self._place.say(notes.unreadable())
                return
            if not self._place.unfinished().receiving.empty:
                self._aside.add(self.number)
            self._aside.discard(one.number)
            self._take_up(one.number, unfinished)
            self._place.say(notes.taken_up(one))

        self._desk.asker.ask(lambda reader: reader.draft(one.number), loaded)

    def _discard(self, one: Waiting) -> None:
        def gone(answer: object) -> None:
            if isinstance(answer, WorldError):
                self._place.say(notes.not_discarded(answer))
            else:
                self._place.say(notes.discarded(one))

        self._desk.stock.files.drop_draft(one.number, gone)

    def _take_up(self, number: str, unfinished: Unfinished) -> None:
        self.number = number
        self._place.take_up(unfinished)
        self._last = self._place.unfinished()
