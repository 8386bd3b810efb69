"""Long lists: a screen reads as many rows as somebody looks at, however many there are."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pharmacy_desk.core.catalogue.drugs import Item
from pharmacy_desk.core.stock.listed import ShelfLot
from pharmacy_desk.core.stock.recall import Found, Traced
from pharmacy_desk.core.upload.outbox import LineState
from pharmacy_desk.counter import news
from pharmacy_desk.gui.catalogue.screen import CatalogueScreen
from pharmacy_desk.gui.stock.recalls import RecallsTab
from pharmacy_desk.gui.stock.shelf import ShelfTab
from pharmacy_desk.gui.widgets.paged import MOST_ARRANGED, PAGE_ROWS, PagedRows
from pharmacy_desk.gui.widgets.table import TableView
from tests import plain
from tests.fakes.reading import ToldCatalogue, ToldReading, ToldRecalls, ToldShelf

MILLION = 1_000_000
_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {})"


class Reading:
    """Stands in for the reader lane: answers at once, or when it is told to."""

    def __init__(self, late=False):
        self.late, self.waiting, self.asked = late, [], []

    def ask(self, question, receiver):
        if self.late:
            self.waiting.append((question, receiver))
        else:
            receiver(question(self))

    def answer(self):
        waiting, self.waiting = self.waiting, []
        for question, receiver in waiting:
            receiver(question(self))

    def page(self, last, size):
        first = 0 if last is None else last + 1
        self.asked.append((first, size))
        return range(first, min(first + size, MILLION))


@pytest.fixture
def listed(qtbot):
    """A list over a million rows: (its reader, its model, its table, what was made text of)."""

    def make(late=False):
        reading, made = Reading(late), []

        def cells(number):
            made.append(number)
            return (str(number), "x")

        rows = PagedRows(reading, ["a", "b"], cells)
        table = TableView("", 0)
        table.show_model(rows, (100, 100))
        qtbot.addWidget(table)
        table.resize(400, 600)
        with qtbot.waitExposed(table):
            table.show()
        rows.begin(lambda reader, last, size: reader.page(last, size))
        return reading, rows, table, made

    return make


def test_a_million_rows_cost_a_page_to_open_and_a_page_for_each_end(listed):
    reading, rows, table, made = listed()
    QApplication.processEvents()
    assert reading.asked == [(0, PAGE_ROWS)]
    for step in range(1, 60):
        table.scrollToBottom()
        QApplication.processEvents()
        assert len(reading.asked) == step + 1, "one page for one way down"
        assert reading.asked[-1] == (step * PAGE_ROWS, PAGE_ROWS)
    assert rows.rowCount() == len(made) == 60 * PAGE_ROWS
    before = len(reading.asked)
    for place in (rows.rowCount() // 2, 0, rows.rowCount() // 3):
        table.scrollTo(rows.index(place, 0), TableView.ScrollHint.PositionAtCenter)
        QApplication.processEvents()
        assert rows.index(place, 0).data() == str(place)
    assert len(reading.asked) == before, "what was read is not read again"
    assert len(made) == 60 * PAGE_ROWS


def test_the_end_key_pressed_while_a_page_is_on_its_way_asks_for_no_second_one(listed):
    reading, rows, table, _ = listed(late=True)
    reading.answer()
    for _ in range(5):
        QTest.keyClick(table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
        table.scrollToBottom()
        QApplication.processEvents()
    assert len(reading.waiting) == 1
    reading.answer()
    assert rows.rowCount() == 2 * PAGE_ROWS
    assert [first for first, _ in reading.asked] == [0, PAGE_ROWS]


def test_a_list_begun_anew_takes_no_page_of_the_one_before(listed):
    reading, rows, table, _ = listed(late=True)
    reading.answer()
    table.scrollToBottom()
    QApplication.processEvents()
    rows.begin(lambda reader, last, size: range(5) if last is None else ())
    reading.answer()
    assert [rows.row(n) for n in range(rows.rowCount())] == list(range(5))


def test_a_filter_on_a_list_that_is_too_long_says_that_it_does_nothing(listed):
    _, rows, table, _ = listed()
    table.tools.begin_filter()
    table.tools.field.setText("7")
    QApplication.processEvents()
    assert MOST_ARRANGED <= rows.rowCount() < MILLION
    assert table.said_below.startswith("行数太多")
    table.tools.field.clear()
    QApplication.processEvents()
    assert table.said_below == ""


def test_a_list_that_is_too_long_to_sort_shows_no_arrow_and_says_why(listed):
    _, rows, table, _ = listed()
    heads = table.horizontalHeader()
    table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    QApplication.processEvents()
    assert heads.sortIndicatorSection() == -1
    assert [rows.row(n) for n in range(3)] == [0, 1, 2]
    assert table.said_below.startswith("行数太多")
    assert "排序" in table.said_below
    rows.begin(lambda reader, last, size: range(5) if last is None else ())
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert heads.sortIndicatorSection() == 0
    assert [rows.row(n) for n in range(5)] == [4, 3, 2, 1, 0]
    assert table.said_below == ""


def _execute(shop, *statements):
    counter = shop.whole.counter

    def write():
        for statement in statements:
            plain.write(counter.ledger.path, statement)

    counter.desk_lane.call(write)


def _outbox(count, state="accepted", first=0):
    return (
        _NUMBERS.format(count) + " INSERT INTO outbox(key, document, line, infno, item, words,"
        " codes, state, attempts, due_at, created_at, changed_at) SELECT"
        f" printf('K%07d', i + {first}), 'D1', 1, '3505', 'A1', '{{}}', '[]', '{state}', 0,"
        f" printf('2026-01-01T00:00:00.%06d+08:00', i), '2026-01-01T00:00:00+08:00',"
        f" printf('2026-01-01T00:00:00.%06d+08:00', i) FROM n"
    )


def _open_uploads(shop):
    _execute(shop, _outbox(430))
    shop.window.go("uploads")
    return shop.window.screens["uploads"]


def _open_catalogue(part):
    items = [Item(f"Z{n:03d}", "x") for n in range(430)]
    return part(CatalogueScreen, ToldReading(catalogue=ToldCatalogue(items)))


def _open_shelf(part):
    lots = [ShelfLot("A1", "x", "", f"L{n}", None, 1, 0, 0) for n in range(430)]
    return part(ShelfTab, ToldReading(shelf=ToldShelf(lots)))


def _open_recall(part):
    boxes = [Traced(f"8436282{n:013d}", "A1", "x", "L1", "on_shelf", "D1", "") for n in range(430)]
    found = [Found("here", box, 0, (box.code,)) for box in boxes]
    recalls = part(RecallsTab, ToldReading(recalls=ToldRecalls(boxes=found)))
    recalls.value.setText("L1")
    recalls.look()
    return _Listed(recalls.found, recalls.list)


class _Listed:
    def __init__(self, rows, table):
        self.rows, self.table = rows, table


@pytest.mark.parametrize("open_", [_open_catalogue, _open_shelf, _open_recall])
def test_every_long_list_is_read_as_it_is_scrolled(part, qtbot, open_):
    _reads_all(qtbot, open_(part))


def test_the_uploads_are_read_from_the_disk_as_they_are_scrolled(shop):
    _reads_all(shop.qtbot, _open_uploads(shop))


def _reads_all(qtbot, listed):
    for rows in (100, 200, 300, 400, 430):
        qtbot.waitUntil(lambda wanted=rows: listed.rows.rowCount() == wanted)
        listed.table.scrollToBottom()
    QApplication.processEvents()
    assert listed.rows.rowCount() == 430


def test_the_uploads_are_those_of_the_days_that_are_chosen(shop):
    """Lines of the first and of the second of January, chosen by both fields."""
    uploads = _open_uploads(shop)
    _execute(shop, _outbox(7, first=9000).replace("2026-01-01", "2026-01-02"))
    for first, last, found in (
        ("2026-01-02", "", 7),
        ("", "2026-01-01", 100),
        ("2026-01-02", "2026-01-02", 7),
        ("2026-01-03", "", 0),
        ("", "2025-12-31", 0),
    ):
        uploads.days.first.setText(first)
        uploads.days.last.setText(last)
        shop.qtbot.waitUntil(lambda found=found: uploads.rows.rowCount() == found)
        days = {uploads.rows.row(n).changed_at.day for n in range(uploads.rows.rowCount())}
        assert days == ({2} if found == 7 else {1} if found else set())
    uploads.days.first.setText("gestern")
    shop.qtbot.waitUntil(lambda: uploads.rows.rowCount() == 0)
    assert uploads.table.empty_text.startswith("✕")


def test_uploads_come_with_the_refused_first_and_every_line_once(shop):
    _execute(shop, _outbox(150), _outbox(120, "refused", 1000), _outbox(30, "queued", 2000))
    reader = []
    shop.whole.asker.ask(lambda found: _all_lines(found, 7), reader.extend)
    shop.qtbot.waitUntil(lambda: bool(reader))
    states = [line.state for line in reader]
    assert (
        states == [LineState.REFUSED] * 120 + [LineState.QUEUED] * 30 + [LineState.ACCEPTED] * 150
    )
    assert len({line.line.key for line in reader}) == 300
    done = [line.changed_at for line in reader if line.state is LineState.ACCEPTED]
    assert done == sorted(done, reverse=True)


def _all_lines(reader, size):
    found, last = [], None
    while page := reader.outbox.lines(last, size):
        assert len(page) <= size
        found += page
        last = page[-1]
    return found


def test_all_refused_lines_are_sent_again_not_only_those_on_the_screen(shop):
    _execute(shop, _outbox(250, "refused"))
    shop.window.go("uploads")
    uploads = shop.window.screens["uploads"]
    shop.qtbot.waitUntil(lambda: uploads.rows.rowCount() == 100)
    shop.wait_for(news.QueueChanged, uploads.requeue)
    left = shop.whole.counter.desk_lane.call(
        lambda: plain.row(
            shop.whole.counter.ledger.path, "SELECT count(*) FROM outbox WHERE state = 'refused'"
        )[0]
    )
    assert left == 0


def test_what_is_uploaded_meanwhile_does_not_move_the_list_under_a_reader(shop):
    uploads = _open_uploads(shop)
    shop.qtbot.waitUntil(lambda: uploads.rows.rowCount() == 100)
    uploads.table.scrollToBottom()
    shop.qtbot.waitUntil(lambda: uploads.rows.rowCount() == 200)
    bar = uploads.table.verticalScrollBar()
    place = bar.value()
    _execute(shop, _outbox(1, "refused", 5000))
    shop.wait_for(news.QueueChanged, lambda: shop.whole.counter.post(news.QueueChanged()))
    QApplication.processEvents()
    assert (bar.value(), uploads.rows.rowCount()) == (place, 200)
    bar.setValue(0)
    shop.qtbot.waitUntil(lambda: uploads.rows.row(0).state is LineState.REFUSED)
