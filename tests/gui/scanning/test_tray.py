"""A tray from one picture at the counter: seen, counted, and scanned like any other box."""

import os
import queue
import types

import numpy as np
import pytest
from PIL import Image, ImageFilter
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QProgressBar

from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.scanning.tray import Count, Photo
from pharmacy_desk.core.stock.facts import Recall
from pharmacy_desk.counter import news
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.scanning.camera import CameraDialog
from pharmacy_desk.gui.scanning.tray import PORT, count_words
from pharmacy_desk.wiring.counter import Counter
from pharmacy_desk.wiring.options import Options
from tests.benchmarks.trays import symbol
from tests.gui import seen
from tests.gui.conftest import BOX

KNOWN = [b"8436282%013d" % n for n in (7, 8)]
STRANGE = b"84999990000000000001"
ID_NUMBER = b"11010519491231002X"


def sheet(path, *codes, blurred=()):
    """A picture with codes below each other."""
    made = Image.new("L", (1100, 240 * (len(codes) + len(blurred)) + 40), 255)
    for row, code in enumerate((*codes, *blurred)):
        kind = "linear" if code.isdigit() and len(code) == 20 else "qr"
        label = symbol(code, kind, 4, 150)
        if code in blurred:
            label = label.filter(ImageFilter.GaussianBlur(3))
        made.paste(label, (60, 30 + row * 240))
    made.save(path)
    return path


@pytest.fixture
def tray(shop):
    """The dialog, opened by its key at the checkout."""
    shop.key(Qt.Key.Key_F7)
    dialog = shop.window.tray
    shop.qtbot.waitUntil(dialog.isVisible)
    yield dialog
    dialog.close()


def busy(tray):
    return tray.findChild(QProgressBar).isVisibleTo(tray)


def codes(tray):
    """The codes it shows, as on the boxes."""
    return [row[1].replace(" ", "").encode() for row in tray.rows.table()[1:]]


def read(shop, tray, path):
    tray.read(path)
    shop.qtbot.waitUntil(lambda: not busy(tray), timeout=20_000)


def enter(tray):
    QTest.keyClick(tray, Qt.Key.Key_Return)


def codes_in_sale(shop):
    sale = shop.checkout.sale
    return set(sale.codes()) if sale else set()


def test_enter_scans_every_code_of_the_picture_into_the_sale(shop, tray, tmp_path):
    read(shop, tray, sheet(tmp_path / "a.png", *KNOWN))
    assert [sign for sign, _ in tray.picture.marks()] == ["1", "2"]
    assert "2" in tray.said.text()
    heard = []
    shop.window.heard.connect(heard.append)
    enter(tray)
    shop.qtbot.waitUntil(lambda: not tray.isVisible(), timeout=10_000)
    QApplication.processEvents()
    assert codes_in_sale(shop) == {code.decode() for code in KNOWN}
    judged = [n.verdict.reading.code for n in heard if isinstance(n, news.Judged)]
    assert judged == [code.decode() for code in KNOWN]
    assert {entry.port for entry in shop.whole.counter.desk.log.ring} == {PORT}


def test_another_scan_that_fails_meanwhile_does_not_stop_the_picture(shop, tray, tmp_path):
    read(shop, tray, sheet(tmp_path / "a.png", *KNOWN))
    enter(tray)
    # Told while the first code is on its way: it answers a scan of the gun, not this one.
    shop.whole.bridge.post(news.ScanFailed(99, WorldError(Fault.SCANNED_WHILE_ASKING)))
    shop.qtbot.waitUntil(lambda: not tray.isVisible(), timeout=10_000)
    assert codes_in_sale(shop) == {code.decode() for code in KNOWN}


def test_nothing_is_scanned_before_enter_and_esc_sends_nothing(shop, tray, tmp_path):
    read(shop, tray, sheet(tmp_path / "a.png", *KNOWN))
    QTest.keyClick(tray, Qt.Key.Key_Escape)
    shop.qtbot.waitUntil(lambda: not tray.isVisible())
    assert codes_in_sale(shop) == set()
    assert not shop.whole.counter.desk.log.ring


def test_a_missing_box_is_said_and_where_it_lies_is_marked(shop, tray, tmp_path):
    tray.boxes.setValue(2)
    read(shop, tray, sheet(tmp_path / "a.png", KNOWN[0], blurred=[KNOWN[1]]))
    signs = [sign for sign, _ in tray.picture.marks()]
    assert signs == ["1", "?"]
    assert "少了标有问号的这一盒" in tray.said.text()
    assert any("问号" in text for text in seen.labels(tray) if text != tray.said.text())
    tray.boxes.setValue(1)
    assert tray.said.text().startswith("✓")


def test_outlines_are_painted_in_both_tones(shop, tray, tmp_path):
    read(shop, tray, sheet(tmp_path / "a.png", KNOWN[0], blurred=[KNOWN[1]]))
    image = tray.picture.grab().toImage()
    seen = {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }
    assert theme.UNSURE.edge.lower() in seen
    assert theme.ASK.edge.lower() in seen
    assert theme.YES.edge.lower() not in seen  # read is not sold: nobody has judged it yet


def test_a_recalled_box_is_crossed_out_in_the_picture(shop, tray, tmp_path):
    counter = shop.whole.counter
    recall, boxes = Recall("R1", "code", KNOWN[0].decode(), "质量公告"), counter.ledger.boxes
    counter.desk_lane.call(lambda: boxes.open_recall(counter.open_sale.who.actor(), recall))
    read(shop, tray, sheet(tmp_path / "a.png", *KNOWN))
    enter(tray)
    shop.qtbot.waitUntil(lambda: "被拒绝" in tray.said.text(), timeout=10_000)
    assert [sign for sign, _ in tray.picture.marks()] == ["✕ 1", "✓ 2"]
    image = tray.picture.grab().toImage()
    seen = {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }
    assert {theme.NO.edge.lower(), theme.YES.edge.lower()} <= seen


def test_a_code_that_asks_stops_there_and_enter_goes_on_with_the_rest(shop, tray, tmp_path):
    read(shop, tray, sheet(tmp_path / "a.png", KNOWN[0], STRANGE, KNOWN[1]))
    enter(tray)
    shop.qtbot.waitUntil(lambda: not tray.isVisible(), timeout=10_000)
    assert not shop.checkout.questions.isHidden()
    assert codes_in_sale(shop) == {KNOWN[0].decode()}
    shop.key(Qt.Key.Key_Escape)
    shop.key(Qt.Key.Key_F7)
    shop.qtbot.waitUntil(tray.isVisible)
    enter(tray)
    shop.qtbot.waitUntil(lambda: KNOWN[1].decode() in codes_in_sale(shop), timeout=10_000)
    assert "?" in tray.rows.table()[2][2]
    assert STRANGE.decode() not in codes_in_sale(shop)


def test_a_box_that_is_in_already_is_marked_refused(shop, tray, tmp_path):
    shop.scan(BOX)
    read(shop, tray, sheet(tmp_path / "a.png", BOX.encode(), KNOWN[0]))
    enter(tray)
    shop.qtbot.waitUntil(lambda: "被拒绝" in tray.said.text(), timeout=10_000)
    assert [row[2][0] for row in tray.rows.table()[1:]] == ["✕", "✓"]
    assert tray.isVisible()


def test_a_personal_code_in_the_picture_is_masked_and_never_scanned(shop, tray, tmp_path):
    read(shop, tray, sheet(tmp_path / "a.png", KNOWN[0], ID_NUMBER))
    shown = " ".join(" ".join(row) for row in tray.rows.table()[1:])
    assert "1949" not in shown
    assert ID_NUMBER[2:-2].decode() not in shown
    enter(tray)
    shop.qtbot.waitUntil(lambda: not tray.isVisible(), timeout=10_000)
    assert [entry.kind.value for entry in shop.whole.counter.desk.log.ring] == ["trace_20"]


def test_failures_are_sentences(shop, tray, tmp_path):
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"x")
    read(shop, tray, bad)
    assert "读不出来" in tray.said.text()
    Image.new("L", (300, 300), 255).save(tmp_path / "blank.png")
    read(shop, tray, tmp_path / "blank.png")
    assert "没有找到码" in tray.said.text()
    tray.read_newest(tmp_path / "none")
    assert "没有图片" in tray.said.text()
    assert not seen.button(tray, "Enter").isEnabled()


def test_the_newest_picture_of_a_folder_is_read(shop, tray, tmp_path):
    for age, code in ((100, KNOWN[0]), (50, KNOWN[1])):
        path = sheet(tmp_path / f"{age}.png", code)
        os.utime(path, (1_700_000_000 - age,) * 2)
    tray.read_newest(tmp_path)
    shop.qtbot.waitUntil(lambda: not busy(tray), timeout=20_000)
    assert codes(tray) == [KNOWN[1]]


def test_a_newer_picture_makes_an_older_answer_worthless(shop, tray, tmp_path):
    tray.read(sheet(tmp_path / "a.png", *KNOWN))
    read(shop, tray, sheet(tmp_path / "b.png", KNOWN[1]))
    assert codes(tray) == [KNOWN[1]]
    shop.qtbot.wait(50)
    assert codes(tray) == [KNOWN[1]]


def test_the_window_answers_while_a_picture_is_read(shop, tray):
    noise = np.random.default_rng(1).integers(0, 255, (2000, 2000), np.uint8)
    tray.read(Photo(noise.tobytes(), 2000, 2000))
    assert busy(tray)
    shop.scan(BOX)  # waits for its verdict
    assert codes_in_sale(shop) == {BOX}
    shop.qtbot.waitUntil(lambda: not busy(tray), timeout=60_000)


def test_without_the_camera_part_one_sentence_says_so(shop, tray):
    def load(name):
        raise ImportError(name)

    with pytest.raises(WorldError) as refused:
        CameraDialog(tray, load)
    assert "摄像头" in str(refused.value.params["detail"])


def test_with_the_part_but_no_camera_another_sentence_says_so(shop, tray):
    def load(name):
        part = types.ModuleType(name)
        part.QMediaDevices = types.SimpleNamespace(videoInputs=list)
        return part

    with pytest.raises(WorldError) as refused:
        CameraDialog(tray, load)
    assert refused.value.params["detail"] == "未连接摄像头"


def test_the_dialog_fits_a_small_counter_screen(shop, tray):
    assert tray.minimumSizeHint().width() <= 1280
    assert tray.minimumSizeHint().height() <= 680


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (Count(6, 1, 7), "7 盒，6 个码：少了标有问号的这一盒。"),
        (Count(6, 0, 7), "7 盒，6 个码：少了一个。"),
        (Count(4, 0, 7), "7 盒，4 个码：少了 3 个。"),
        (Count(7, 0, 7), "✓ 7 盒，7 个码。"),
        (Count(8, 0, 7), "7 盒却读出 8 个码，请重新点数。"),
        (Count(3, 0, None), "读出 3 个码。"),
    ],
)
def test_the_count_in_words(qapp, count, words):
    assert count_words(count)[0] == words


def test_pictures_in_the_folder_of_the_settings_are_scanned_by_themselves(filled, tmp_path):
    folder = tmp_path / "camera"
    folder.mkdir()
    filled.save_settings({"scanner.picture_folder": str(folder)}, practice=True)
    heard = queue.Queue()
    counter = Counter(filled, Options(own_practice_platform=False), heard.put)
    counter.start()
    try:
        sheet(tmp_path / "a.png", *KNOWN).rename(folder / "a.png")
        codes = []
        while len(codes) < 2:
            message = heard.get(timeout=30)
            if isinstance(message, news.Judged):
                assert message.verdict.accepted
                codes.append(message.verdict.reading.code.encode())
    finally:
        counter.stop()
    assert codes == KNOWN
    assert (folder / "read" / "a.png").exists()
