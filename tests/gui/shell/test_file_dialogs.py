"""The dialogs that ask for a file are Chinese to the last word, in whatever they are asked for."""

import os
import re
import subprocess
import sys

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QTreeView, QWidget

# What may be Latin: a key in brackets, endings and paths, sizes with their unit. Sizes and days are
# the system's, whose language a test before this one may have asked for: they have their own test.
_MAY = re.compile(r"\(&?[A-Z]\)|\*\.\w+|/\S*|[KMG]iB|[0-9]+ bytes|[0-9] [AP]M|CSV 文档")
_MODES = QFileDialog.FileMode


def _texts(dialog):
    for part in dialog.findChildren(QWidget):
        for told in ("text", "placeholderText", "toolTip", "windowTitle", "accessibleName"):
            if hasattr(part, told):
                yield str(getattr(part, told)())
        yield from (action.text() for action in part.actions())
        if isinstance(part, QComboBox):
            yield from (part.itemText(row) for row in range(part.count()))
    view = dialog.findChild(QTreeView)
    model, root = view.model(), view.rootIndex()
    for column in range(model.columnCount()):
        yield str(model.headerData(column, Qt.Orientation.Horizontal))
        if column:  # the first is the file's own name
            yield from (model.index(row, column, root).data() or "" for row in range(3))


@pytest.mark.parametrize("mode", [_MODES.ExistingFile, _MODES.AnyFile, _MODES.Directory])
@pytest.mark.parametrize("way", list(QFileDialog.AcceptMode))
def test_no_english_word_is_left(qapp, qtbot, tmp_path, mode, way):
    (tmp_path / "1").mkdir()
    (tmp_path / "2.csv").write_text("1", encoding="utf-8")
    (tmp_path / "3.toml").write_text("", encoding="utf-8")
    dialog = QFileDialog(None, "随货同行单", str(tmp_path), "表格 (*.csv *.txt *.toml)")
    qtbot.addWidget(dialog)
    dialog.setFileMode(mode)
    dialog.setAcceptMode(way)
    dialog.show()
    assert dialog.findChild(QTreeView) is not None, "Qt's own, in our dress"
    qtbot.waitUntil(lambda: dialog.findChild(QTreeView).model().rowCount() > 0)
    QApplication.processEvents()
    left = {text for text in _texts(dialog) if re.search("[A-Za-z]{2}", _MAY.sub("", text))}
    left -= {"3.toml", "2.csv", tmp_path.name}
    assert left == set()


@pytest.mark.parametrize("system", ["C.UTF-8", "en_US.UTF-8"])
@pytest.mark.parametrize(
    ("language", "told"),
    [("zh_CN", "1 字节 2026/9/5 15:04"), ("en", "1 bytes 9/5/26 3:04\u202fPM")],
)
def test_sizes_and_days_are_told_in_the_programs_language(system, language, told):
    asking = (
        "import sys; from PySide6.QtCore import QDateTime, QLocale;"
        "from pharmacy_desk.wiring.look import make_application;"
        "app = make_application(sys.argv[1]); system = QLocale.system();"
        "day = QDateTime.fromString('2026-09-05T15:04:00', 'yyyy-MM-ddTHH:mm:ss');"
        "short = QLocale.FormatType.ShortFormat;"
        "print(system.formattedDataSize(1), system.toString(day, short))"
    )
    env = os.environ | {"LC_ALL": system, "LANGUAGE": "de", "QT_QPA_PLATFORM": "offscreen"}
    ran = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", asking, language],
        env=env, check=True, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert ran.stdout.strip() == told


@pytest.mark.parametrize(
    "question",
    [
        "%1 already exists.\nDo you want to replace it?",
        "%1\nFile not found.\nPlease verify the correct file name was given.",
        "%1\nDirectory not found.\nPlease verify the correct directory name was given.",
        "New Folder",
        "&Rename",
        "&Delete",
        "Recent Places",
        "Show &hidden files",
    ],
)
def test_what_it_asks_and_offers_is_chinese(qapp, question):
    told = QCoreApplication.translate("QFileDialog", question)
    assert re.search("[\u4e00-\u9fff]", told), told


def test_days_are_written_as_here(qapp):
    assert QLocale().name() == "zh_CN"
