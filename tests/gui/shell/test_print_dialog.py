"""The dialog that asks for a printer, and what its 属性 opens, are Chinese to the last word."""

import re

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QTabWidget,
    QWidget,
)

# What may be Latin: a key or a unit in brackets, paths, measures, the kind of file, and papers' own
# names, which stand beside their Chinese ones.
_MAY = re.compile(r"\(&?[A-Za-z]{1,2}\)|/\S*|[0-9.]+mm|PDF|CUPS|[ABCJR]\d+")
PAPERS = "pageSizeCombo"


def _texts(dialog):
    for part in dialog.findChildren(QWidget):
        if isinstance(part, QAbstractButton | QLabel):
            yield part.text()
        elif isinstance(part, QGroupBox):
            yield part.title()
        elif isinstance(part, QTabWidget):
            yield from (part.tabText(tab) for tab in range(part.count()))
        elif isinstance(part, QComboBox) and part.objectName() != PAPERS:
            yield from (part.itemText(row) for row in range(part.count()))
        elif isinstance(part, QAbstractSpinBox | QLineEdit):
            yield part.text()
        yield part.toolTip()


def _english(dialog):
    told = [dialog.windowTitle(), *_texts(dialog)]
    return {text for text in told if re.search("[A-Za-z]{2}", _MAY.sub("", text))}


@pytest.fixture
def dialog(qapp, qtbot):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)  # the dialog does not keep it alive
    made = QPrintDialog(printer)
    qtbot.addWidget(made)
    made.show()
    QApplication.processEvents()
    yield made
    made.close()


def test_no_english_word_is_left(dialog):
    assert len([text for text in _texts(dialog) if text]) > 20
    assert dialog.windowTitle() == "打印"
    assert _english(dialog) == set()


def test_nor_in_the_properties_of_a_printer(dialog):
    seen = []

    def look():
        shown = QApplication.activeModalWidget()
        seen.append((len(list(_texts(shown))), _english(shown)))
        shown.close()

    QTimer.singleShot(0, look)
    dialog.findChild(QAbstractButton, "properties").click()
    ((texts, english),) = seen
    assert texts > 20
    assert not english, "\n".join(sorted(english))
