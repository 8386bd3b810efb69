"""The page for a code that does not scan: what was typed goes on as it was typed."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pharmacy_desk.gui.sale.question_pages import TypedPage

CODE = "84362820442053402132"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (CODE, CODE),
        ("8436282 0442053402132", CODE),
        ("８４３６２８２０４４２０５３４０２１３２", CODE),
        (CODE[:19] + "²", CODE[:19] + "²"),
        (CODE[:19] + "O", CODE[:19] + "O"),
        (CODE[:10] + "\x1d" + CODE[11:], CODE[:10] + "\x1d" + CODE[11:]),
    ],
)
def test_only_blanks_and_full_width_are_made_plain(qtbot: QtBot, typed: str, told: str) -> None:
    page, said = TypedPage(), []
    qtbot.addWidget(page)
    page.said.connect(said.append)
    for field in (page.first, page.again):
        field.setText(typed)
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert said == [told]
