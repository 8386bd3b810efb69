"""What a person sees of a part of the window and does with it, by its words: no name of the code."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget


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


def label(part: QWidget, words: str) -> QLabel:
    """The one label in sight that holds these words."""
    (found,) = (
        one for one in part.findChildren(QLabel) if one.isVisibleTo(part) and words in one.text()
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


def choice(part: QWidget, name: str) -> QComboBox:
    """The choice in sight that is called so."""
    (found,) = (
        one
        for one in part.findChildren(QComboBox)
        if one.isVisibleTo(part) and one.accessibleName() == name
    )
    return found


def enter(part: QWidget) -> None:
    """Press Enter in it."""
    QTest.keyClick(part, Qt.Key.Key_Return)
