"""What a person sees of a part of the window and does with it, by its words: no name of the code."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget


def labels(part: QWidget) -> list[str]:
    """The words that stand on it, one text a label."""
    found = [one for one in part.findChildren(QLabel) if one.isVisibleTo(part)]
    return [one.text() for one in found if one.text()]


def told(part: QWidget) -> str:
    """All words that stand on it."""
    return "\n".join(labels(part))


def refused(part: QWidget) -> bool:
    """Whether one of its sentences says that something does not go."""
    return any(text.startswith("✕") for text in labels(part))


def label(part: QWidget, words: str, *, whole: bool = False) -> QLabel:
    """The one label in sight that holds these words, or says just them."""
    (found,) = (
        one
        for one in part.findChildren(QLabel)
        if one.isVisibleTo(part) and (words == one.text() if whole else words in one.text())
    )
    return found


def buttons(part: QWidget, words: str) -> list[QAbstractButton]:
    """The buttons in sight that say these words."""
    return [
        one
        for one in part.findChildren(QAbstractButton)
        if one.isVisibleTo(part) and words in one.text()
    ]


def button(part: QWidget, words: str) -> QAbstractButton:
    """The one button in sight that says these words."""
    (found,) = buttons(part, words)
    return found


def press(part: QWidget, words: str) -> None:
    """Click the button that says these words."""
    made = button(part, words)
    assert made.isEnabled(), f"{words}: greyed"
    QTest.mouseClick(made, Qt.MouseButton.LeftButton)


def field(part: QWidget, name: str) -> QLineEdit:
    """The field in sight that is called so, by what is read aloud or stands in it while empty."""
    (found,) = (
        one
        for one in part.findChildren(QLineEdit)
        if one.isVisibleTo(part) and name in (one.accessibleName(), one.placeholderText())
    )
    return found


def fields(part: QWidget) -> list[QLineEdit]:
    """The fields in sight as one reads them: row by row, from left to right."""
    found = [one for one in part.findChildren(QLineEdit) if one.isVisibleTo(part)]
    return sorted(found, key=lambda one: _place(one, part))


def _place(one: QWidget, part: QWidget) -> tuple[int, int]:
    at = one.mapTo(part, QPoint())
    return at.y(), at.x()


def named(part: QWidget, name: str) -> QWidget:
    """What is called so when it is read aloud, in sight or not."""
    (found,) = (one for one in part.findChildren(QWidget) if one.accessibleName() == name)
    return found


def enter(part: QWidget) -> None:
    """Press Enter in it."""
    QTest.keyClick(part, Qt.Key.Key_Return)
