"""Records on A4 paper: every row on its page, every character of a cell, PDF as on the screen."""

import re
from datetime import UTC, date, datetime

import pytest
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.sale.split_record import COLUMNS, SplitRow
from pharmacy_desk.gui.paper import a4
from pharmacy_desk.gui.paper.record_pages import life_sheet, split_sheet

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
LONG = "阿莫西林克拉维酸钾分散片（每片含阿莫西林0.2g与克拉维酸0.0285g，12片）" * 2


def _row(number, name="布洛芬缓释胶囊", reviewer="陈药师"):
    return SplitRow(
        date(2026, 11, 20), name, "0.3g×24粒", "241230", "示例药业有限公司", date(2027, 12, 29), 6,
        "粒", NOW, "小李", reviewer, f"8436282{number:013d}", f"01ABCDEF-{number:06d}", 1,
    )  # fmt: skip


def _split(count, **row):
    return split_sheet([_row(n, **row) for n in range(count)], "示例大药房", ["日期：今天"], NOW)


def _ink(image, left, top, wide, high):
    """Dark dots of a part of a page, given as shares of its width and height."""
    w, h = image.width(), image.height()
    xs = range(round(left * w), round((left + wide) * w))
    ys = range(round(top * h), round((top + high) * h))
    return sum(QColor(image.pixel(x, y)).lightness() < 128 for x in xs for y in ys)


def _rows_of_ink(image):
    """Whether each of the twelve rows has writing in the name's column (its edges left out)."""
    # The table begins 12 + 10 + 2 × 5.5 + 1 + 8 mm from the top and ends 19 mm from the bottom.
    top, low = 42 / 210, 191 / 210
    high = (low - top) / 12
    return [
        _ink(image, 37 / 297, top + n * high + high * 0.15, 46 / 297, high * 0.7) > 20
        for n in range(12)
    ]


@pytest.mark.parametrize(("rows", "pages"), [(0, 1), (1, 1), (12, 1), (13, 2), (25, 3)])
def test_twelve_rows_stand_on_a_page(qapp, rows, pages):
    sheet = _split(rows)
    assert sheet.pages == pages
    last = rows - (pages - 1) * 12
    assert _rows_of_ink(a4.picture(sheet, pages - 1)) == [n < last for n in range(12)]


def test_the_ten_columns_fill_the_page_exactly():
    sheet = _split(1)
    assert [head for head, _ in sheet.columns] == list(COLUMNS)
    assert sum(wide for _, wide in sheet.columns) == pytest.approx(297 - 24)
    life = life_sheet(["", "", "", "", "", ""], [], "", [], NOW)
    assert sum(wide for _, wide in life.columns) == pytest.approx(210 - 24)


def test_an_empty_field_for_the_second_person_is_left_to_sign_in(qapp):
    # The last column, first row, without its edges.
    cell = (268 / 297, 44 / 210, 15 / 297, 8 / 210)
    assert _ink(a4.picture(_split(1)), *cell) > 20
    assert _ink(a4.picture(_split(1, reviewer="")), *cell) == 0


class _Noted(QPainter):
    """Paints, and keeps what each text needs in the letters it was painted in, and its box."""

    def __init__(self, paper):
        super().__init__(paper)
        self.texts = {}

    def drawText(self, box, flags, words):  # noqa: N802 - Qt's name
        metrics = QFontMetricsF(self.font(), self.device())
        self.texts[words] = metrics.boundingRect(box, flags, words), box
        super().drawText(box, flags, words)


def test_a_long_name_stays_in_its_cell_and_loses_no_character(qapp):
    paper = a4.picture(_split(1))
    painter = _Noted(paper)
    a4.draw(painter, _split(1, name=LONG), 0, paper.width() / 297)
    painter.end()
    needs, box = painter.texts[f"{LONG}\n84362820000000000000"]
    assert needs.height() <= box.height()
    assert needs.width() <= box.width()


def test_the_pdf_has_a_page_for_every_twelve_rows(qapp, tmp_path):
    path = tmp_path / "record.pdf"
    a4.save_pdf(_split(25), path)
    data = path.read_bytes()
    assert data.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", data)) == 3
    wide, high = map(float, re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", data).groups())
    assert (round(wide), round(high)) == (842, 595)


def test_a_place_that_cannot_be_written_is_said(qapp, tmp_path):
    for path in (tmp_path, tmp_path / "no" / "record.pdf"):
        with pytest.raises(WorldError):
            a4.save_pdf(_split(1), path)
