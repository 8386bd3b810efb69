"""What the upload queue says of a line's fate."""

import pytest
from PySide6.QtWidgets import QApplication

from pharmacy_desk.gui.words import faults as faults_words


@pytest.mark.parametrize("number", ["3508", "3509", "3510", "3513"])
def test_a_line_settled_by_a_question_says_which_one(qapp: QApplication, number: str) -> None:
    said = faults_words.platform_words(number)
    assert number in said
    assert said != number


def test_the_platforms_own_words_are_shown_as_they_are(qapp: QApplication) -> None:
    assert faults_words.platform_words("批号 3510 不符") == "批号 3510 不符"
