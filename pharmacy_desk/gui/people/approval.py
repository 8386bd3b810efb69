"""The approval dialog: who asks, what for, and a second person's number, PIN and reason."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pharmacy_desk.core.people.people import Person, Request, may_approve
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import ApprovalAnswer, ApprovalDid
from pharmacy_desk.gui.base.desk_view import DeskView
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.people.people_list import PeopleList
from pharmacy_desk.gui.widgets.number_pad import number_pads
from pharmacy_desk.gui.widgets.parts import Card, Combo, button, plain
from pharmacy_desk.gui.words import people as people_words

_WIDTH = 560
# After these there is nothing left to say yes to.
_OVER = frozenset({ApprovalDid.GIVEN, ApprovalDid.CHANGED, ApprovalDid.NOTHING})


class ApprovalDialog(QDialog):
    """One for the whole window; the same for a payment, a scan, a document, a setting.

    `answered` hands on what became of a yes, with what it let happen.
    """

    answered = Signal(object)

    def __init__(self, desk: DeskView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._request: Request | None = None
        self._answered = False
        self.setWindowTitle(translate("Approval", "Approval"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setFixedWidth(_WIDTH)
        self._what, self._who = plain(px=19, bold=True), plain(quiet=True)
        self._hint = plain()
        self.reason, self.more = Combo(), QLineEdit()
        self.person, self.pin = QLineEdit(), QLineEdit()
        self.people = PeopleList()
        self._lay_out()

    def _lay_out(self) -> None:
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        for field, hint in (
            (self.more, translate("Approval", "More about the reason (optional)")),
            (self.person, translate("Ask", "Second person's number")),
            (self.pin, translate("Ask", "PIN")),
        ):
            field.setPlaceholderText(hint)
            field.setAccessibleName(hint)
            field.setMaxLength(60)
        number_pads(self.person, self.pin)
        self.reason.setAccessibleName(translate("Approval", "Reason"))
        self.more.returnPressed.connect(self._to_person)
        self.person.returnPressed.connect(self.pin.setFocus)
        self.person.textChanged.connect(self.people.mark)
        self.people.chosen.connect(self._person_chosen)
        self.pin.returnPressed.connect(self.approve)
        card = Card()
        for part in (self._what, self._who):
            card.body.addWidget(part)
        row = QHBoxLayout()
        row.addWidget(self.person)
        row.addWidget(self.pin)
        keys = QHBoxLayout()
        keys.addWidget(button(translate("Approval", "Not now (Esc)"), self.reject))
        keys.addStretch(1)
        yes = button(translate("Approval", "Approve (Enter)"), self.approve, primary=True)
        keys.addWidget(yes)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(10)
        layout.addWidget(card)
        layout.addWidget(plain(translate("Approval", "Reason"), quiet=True))
        layout.addWidget(self.reason)
        layout.addWidget(self.more)
        layout.addWidget(plain(translate("Ask", "A second person approves:"), quiet=True))
        layout.addWidget(self.people)
        layout.addLayout(row)
        layout.addWidget(self._hint)
        layout.addLayout(keys)

    def ask(self, request: Request) -> None:
        """Show what waits; the people come from the ledger a moment later."""
        self._request, self._answered = request, False
        self._what.setText(people_words.what_for(request))
        who = translate("Approval", "%1 asks for it.")
        self._who.setText(who.replace("%1", f"{request.asker.name}（{request.asker.id}）"))
        self._hint.setText("")
        self.reason.clear()
        self.reason.addItems(people_words.reasons(request))
        for field in (self.more, self.person, self.pin):
            field.clear()
        self.people.show_people((), self._desk.now())
        self._desk.bridge.follow(self._desk.wishes.staff.people(), self.show_people)
        self.open()
        # A PIN that is typed at once must not stand in a field that shows it.
        self.pin.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_people(self, people: Sequence[Person]) -> None:
        """List those who may approve this."""
        request = self._request
        if request is None:
            return
        alone = self._desk.settings().flag("approval.single_person")
        able = [
            one
            for one in people
            if one.active
            and may_approve(one.operator.role, request.subject)
            and (alone or one.operator.id != request.asker.id)
        ]
        self.people.show_people(able, self._now())
        if len(able) == 1:
            self.person.setText(able[0].operator.id)
        elif not able:
            nobody = translate(
                "Approval",
                "✕ Nobody here may approve this. Add a manager under Settings, People.",
            )
            self._hint.setText(nobody)
        self.adjustSize()

    def _now(self) -> datetime:
        return self._desk.now()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook: Enter on the reason goes on to who approves."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.reason.hasFocus():
            # The last reason is "other": it wants words of its own.
            last = self.reason.currentIndex() == self.reason.count() - 1
            (self.more.setFocus if last else self._to_person)()
        else:
            super().keyPressEvent(event)

    def _to_person(self) -> None:
        """The PIN; who it is is clicked, or typed in the field before."""
        self.pin.setFocus()

    def _person_chosen(self, number: str) -> None:
        self.person.setText(number)
        self.pin.setFocus(Qt.FocusReason.OtherFocusReason)

    def approve(self) -> None:
        """Enter: ask the desk whether it is a yes."""
        person, pin = self.person.text().strip(), self.pin.text()
        if pin and not person:
            who = translate(
                "Approval", "✕ Who approves? Click the name, or type the number left of it."
            )
            self._hint.setText(who)
            return
        self.pin.clear()
        more = self.more.text().strip()
        last = self.reason.currentIndex() == self.reason.count() - 1
        words = [] if last else [self.reason.currentText()]
        reason = "：".join([*words, *([more] if more else [])])
        if not person or not pin:
            self._hint.setText(translate("Approval", "✕ Number and PIN are needed."))
            self.pin.setFocus()
            return
        wished = self._desk.wishes.people.answer_approval(person, pin, reason, self._request)
        self._desk.bridge.follow(wished, self.answered.emit)

    def hear(self, message: news.News) -> None:
        """What was asked waits no more, or a badge names the second person."""
        if isinstance(message, news.BadgeScanned) and self.isVisible():
            self._person_chosen(message.operator)
            self._hint.setText(people_words.refused("needs_pin"))
        elif isinstance(message, news.ApprovalAnswered) and message.request == self._request:
            self._end()

    def take_answer(self, answer: ApprovalAnswer) -> None:
        """What became of a second person's yes, given here or by an order."""
        if answer.request != self._request:
            return
        if answer.what in _OVER:
            self._end()
            return
        self._hint.setText("✕ " + people_words.refused(answer.what))
        reasons = (ApprovalDid.NO_REASON, ApprovalDid.PERSONAL_REASON)
        field = self.more if answer.what in reasons else self.pin
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _end(self) -> None:
        self._answered = True
        self.accept()

    def reject(self) -> None:
        """Esc: nobody approves; what was wanted does not happen."""
        if not self._answered:
            self._answered = True
            self._desk.wishes.people.drop_approval()
        super().reject()
