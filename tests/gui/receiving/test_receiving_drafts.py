"""An unfinished receiving over a restart, put aside, discarded, and on a full disk."""

import os
import subprocess
import threading
from contextlib import ExitStack

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pharmacy_desk.adapters.home import Home
from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.counter import news
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.words import faults as faults_words
from pharmacy_desk.wiring.counter import Counter
from pharmacy_desk.wiring.files import import_file
from pharmacy_desk.wiring.options import Options
from tests.gui.conftest import CATALOGUE, opened
from tests.gui.stock.test_stock_screens import NOTE, a1, a2, open_note, press, scan, state


@pytest.fixture
def note(tmp_path):
    path = tmp_path / "note.csv"
    path.write_text(NOTE, encoding="gb18030")
    return path


@pytest.fixture
def open_window(qapp, qtbot):
    """Opens the window over a home; each is closed before the next and at the end."""
    with ExitStack() as windows:

        def open_(home):
            windows.close()
            return windows.enter_context(opened(home, qtbot))

        yield open_


def receiving(shop):
    shop.window.go("receiving")
    return shop.window.screens["receiving"]


def kept(home):
    """What lies on the disk, read by somebody else."""
    reader = Reader(home.ledger)
    try:
        return [(one.reference, one.scanned, one.expected) for one in reader.drafts.waiting()]
    finally:
        reader.close()


def settled(shop, screen, *codes):
    """Scan, and wait until the answer is shown, which means that the box is on the disk."""
    scan(shop, *codes)


def choose(shop, screen, number):
    shop.qtbot.waitUntil(lambda: not screen.choices.isHidden())
    shop.key(Qt.Key.Key_0 + number)
    QApplication.processEvents()


def test_an_unfinished_delivery_is_offered_after_a_restart_and_posted(open_window, filled, note):
    shop = open_window(filled)
    screen = receiving(shop)
    open_note(shop, screen, note)
    settled(shop, screen, a1(1), a1(2))
    shop.key(Qt.Key.Key_F6)
    shop.key(Qt.Key.Key_1)
    screen.form.fill(celsius="4.5")
    screen.form.changed.emit()
    shop.whole.counter.desk_lane.call(lambda: None)
    assert kept(filled) == [("SH-1", 2, 3)]
    shop = open_window(filled)
    screen = receiving(shop)
    choose(shop, screen, 1)
    shop.qtbot.waitUntil(lambda: screen.receiving.listed)
    assert [(b.code, b.refused) for b in screen.receiving.boxes] == [
        (a1(1), ""), (a1(2), "包装破损"),
    ]  # fmt: skip
    assert screen.form.told("celsius") == "4.5"
    assert screen.form.told("supplier") == "示例医药"
    settled(shop, screen, a2(1))
    shop.key(Qt.Key.Key_F8)  # one box is refused: nothing is missing
    shop.qtbot.waitUntil(lambda: screen.receiving.empty)
    assert (state(shop, a1(1)), state(shop, a1(2))) == (BoxState.ON_SHELF, BoxState.REFUSED)
    assert kept(filled) == []
    assert check(filled.ledger).problems == ()


def test_a_box_is_on_the_disk_when_its_answer_is_shown(open_window, filled, note):
    shop = open_window(filled)
    screen = receiving(shop)
    open_note(shop, screen, note)
    seen = []
    show = screen.panel.say
    screen.panel.say = lambda said: (seen.append((said.tone, kept(filled))), show(said))
    settled(shop, screen, a1(1))
    shop.qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(theme.YES, [("SH-1", 1, 3)])]


def test_rows_that_could_not_be_read_are_still_told_after_a_restart(open_window, filled, note):
    text = note.read_text("gb18030") + "SH-1,示例医药,A1,L1,2026-01-02,2028-01-01,x,1\n"
    note.write_text(text, encoding="gb18030")
    shop = open_window(filled)
    screen = receiving(shop)
    open_note(shop, screen, note)
    settled(shop, screen, a1(1))
    before = screen.lists.boxes.row(0)
    assert before.code == "#4"
    shop = open_window(filled)
    screen = receiving(shop)
    choose(shop, screen, 1)
    shop.qtbot.waitUntil(lambda: screen.receiving.listed)
    assert screen.lists.boxes.row(0) == before


def test_several_deliveries_wait_and_each_is_taken_up_again(open_window, filled, note, tmp_path):
    second = tmp_path / "second.csv"
    second.write_text(NOTE.replace("SH-1", "SH-2"), encoding="utf-8")
    shop = open_window(filled)
    screen = receiving(shop)
    open_note(shop, screen, note)
    settled(shop, screen, a1(1))
    shop.key(Qt.Key.Key_F4)
    shop.qtbot.waitUntil(lambda: screen.receiving.empty)
    assert screen.form.told("supplier") == ""
    open_note(shop, screen, second)
    settled(shop, screen, a1(2))
    assert kept(filled) == [("SH-2", 1, 3), ("SH-1", 1, 3)]
    shop.window.go("checkout")
    shop.window.go("receiving")
    assert screen.choices.isHidden()  # one is on the screen: nothing is asked
    shop.key(Qt.Key.Key_F5)
    choose(shop, screen, 1)
    shop.qtbot.waitUntil(lambda: screen.receiving.reference == "SH-1")
    assert [b.code for b in screen.receiving.boxes] == [a1(1)]
    shop = open_window(filled)
    screen = receiving(shop)
    choose(shop, screen, 2)  # of two, the older
    choose(shop, screen, 1)
    shop.qtbot.waitUntil(lambda: screen.receiving.reference == "SH-1")
    assert len(kept(filled)) == 2


def test_put_aside_is_not_asked_again_today_and_discarded_only_after_a_second_yes(
    open_window, filled, note
):
    shop = open_window(filled)
    screen = receiving(shop)
    open_note(shop, screen, note)
    settled(shop, screen, a1(1))
    shop = open_window(filled)
    screen = receiving(shop)
    choose(shop, screen, 2)
    shop.window.go("checkout")
    shop.window.go("receiving")
    settled(shop, screen)
    assert screen.choices.isHidden()
    shop.key(Qt.Key.Key_F5)
    choose(shop, screen, 3)
    choose(shop, screen, 1)  # no, keep it
    assert kept(filled) == [("SH-1", 1, 3)]
    shop.key(Qt.Key.Key_F5)
    choose(shop, screen, 3)
    choose(shop, screen, 2)
    shop.whole.counter.desk_lane.call(lambda: None)
    assert kept(filled) == []
    assert state(shop, a1(1)) is None


def test_dropping_all_forgets_the_draft_and_keys_without_any_say_so(open_window, filled, note):
    shop = open_window(filled)
    screen = receiving(shop)
    open_note(shop, screen, note)
    settled(shop, screen, a1(1))
    shop.key(Qt.Key.Key_Escape)
    shop.key(Qt.Key.Key_Return)
    shop.whole.counter.desk_lane.call(lambda: None)
    assert kept(filled) == []
    for key in (Qt.Key.Key_F5, Qt.Key.Key_F4):
        shop.key(key)
        shop.qtbot.waitUntil(lambda: screen.panel.verdict.said.tone is theme.ASK)
        shop.qtbot.waitUntil(lambda: screen.choices.isHidden())
        assert shop.window.front is screen


def test_a_draft_that_cannot_be_read_is_a_sentence_and_can_be_discarded(open_window, filled, note):
    shop = open_window(filled)
    counter = shop.whole.counter
    now = counter.clock.now()
    counter.desk_lane.call(lambda: counter.ledger.drafts.put_draft(Actor(now, "007"), "x", "{}"))
    screen = receiving(shop)
    choose(shop, screen, 1)
    shop.qtbot.waitUntil(lambda: screen.panel.verdict.said.tone is theme.NO)
    shop.key(Qt.Key.Key_F5)
    choose(shop, screen, 3)
    choose(shop, screen, 2)
    counter.desk_lane.call(lambda: None)
    assert kept(filled) == []


def test_a_box_scanned_while_documents_are_posted_is_kept_after_them(open_window, filled, note):
    shop = open_window(filled)
    screen = receiving(shop)
    open_note(shop, screen, note)
    settled(shop, screen, a1(1), a1(2), a2(1))
    gate, hold = shop.whole.counter.desk_lane, threading.Event()
    gate.submit(hold.wait)
    try:
        shop.key(Qt.Key.Key_F8)
        assert screen.posting
        now = shop.whole.counter.clock.now()
        shop.whole.counter.wishes.scan(RawScan(a1(9).encode(), "test", now))
    finally:
        hold.set()
    shop.qtbot.waitUntil(lambda: [b.code for b in screen.receiving.boxes] == [a1(9)])
    gate.call(lambda: None)
    assert [scanned for _, scanned, _ in kept(filled)] == [1]
    assert check(filled.ledger).problems == ()


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 4 MB of its own; only root may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.name == "nt" or os.geteuid() != 0:
        pytest.skip("only root may mount a small file system")
    command = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("this machine mounts no tmpfs")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill_up(folder):
    """Leave no byte free; the file that takes them."""
    path = folder / "filler"
    with path.open("wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            try:
                while file.write(b"\0" * size) == size:
                    pass
            except OSError:
                continue
    return path


def test_a_full_disk_costs_no_box_that_was_scanned(open_window, small_disk, note, tmp_path):
    home = Home(small_disk / "home")
    home.make()
    table = tmp_path / "catalogue.csv"
    table.write_text(CATALOGUE, encoding="utf-8")
    counter = Counter(home, Options(own_practice_platform=False), lambda _: None)
    import_file(counter, table, counter.desk_lane.call)
    counter.stop()
    shop = open_window(home)
    screen = receiving(shop)
    open_note(shop, screen, note)
    settled(shop, screen, a1(1))
    filler = fill_up(small_disk)
    full, _ = faults_words.fault(WorldError(Fault.DISK_FULL))
    # The log has some room inside it; it is used up first.
    for number in range(2, 400):
        settled(shop, screen, a1(number))
        if screen.panel.verdict.said.tone is theme.NO:
            break
    said = screen.panel.verdict.said
    assert full in said.evidence
    scanned = len(screen.receiving.boxes)
    assert scanned == number
    assert kept(home)[0][1] == scanned - 1  # the last good state
    press(shop, Qt.Key.Key_F8)
    shop.key(Qt.Key.Key_F8)
    shop.qtbot.waitUntil(lambda: not screen.posting)
    assert len(screen.receiving.boxes) == scanned
    assert state(shop, a1(1)) is None
    filler.unlink()
    settled(shop, screen, a1(number))  # the same box again: its answer is the next try to save
    shop.qtbot.waitUntil(lambda: kept(home)[0][1] == scanned)
    settled(shop, screen, a2(1))
    shop.qtbot.waitUntil(lambda: kept(home)[0][1] == scanned + 1)
    heard = []
    shop.window.heard.connect(lambda n: isinstance(n, news.Moved) and heard.append(n))
    press(shop, Qt.Key.Key_F8)
    shop.key(Qt.Key.Key_F8)
    shop.qtbot.waitUntil(lambda: bool(heard))
    assert (heard[0].boxes, kept(home)) == (scanned + 1, [])
    assert check(home.ledger).problems == ()
