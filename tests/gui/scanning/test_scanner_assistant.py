"""The scanner assistant: scans are tried, faults named, settings written, ports searched."""

import os
import pty
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from pharmacy_desk.adapters.home import Home
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.scanning.burst import KEYBOARD, End
from pharmacy_desk.core.scanning.scan import GS, RawScan
from pharmacy_desk.core.scanning.scanner_list import Plugged, Way
from pharmacy_desk.core.scanning.scanner_report import Found, SerialLine
from pharmacy_desk.core.scanning.test_card import CARD, Proof
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import ScanDid
from pharmacy_desk.gui.scanning.ports_page import PortsPage
from pharmacy_desk.gui.scanning.ring_page import answer_text
from pharmacy_desk.gui.shell.remote import burst
from pharmacy_desk.gui.words.findings import finding_text, short_proof
from tests.gui.conftest import BOX

LINE = {line.proof: line.payload for line in CARD}
WECHAT = "134567890123456789"


@pytest.fixture
def assistant(shop):
    """Opened by its key at the checkout."""
    shop.key(Qt.Key.Key_F12)
    dialog = shop.window.assistant
    shop.qtbot.waitUntil(dialog.isVisible)
    yield dialog
    dialog.close()


def tried(shop, text, port="serial:/dev/ttyACM0"):
    """A scan from a port, tried."""
    now = shop.whole.counter.clock.now()
    raw = RawScan(text.encode(), port, now)
    return shop.wait_for(news.Tried, lambda: shop.whole.counter.wishes.scan(raw))


def typed(shop, assistant, text, end="\r"):
    """A scan of a keyboard scanner over the dialog."""
    window = assistant.windowHandle()
    return shop.wait_for(news.Tried, lambda: burst(window, text + end))


def proofs(assistant):
    """The sign before each line of the test card, as it is read aloud."""
    words = {f"{short_proof(proof)} ": proof for proof in Proof}
    spoken = [one.accessibleName() for one in assistant.trial.findChildren(QLabel)]
    return {
        proof: name.removeprefix(said)
        for said, proof in words.items()
        for name in spoken
        if name.startswith(said)
    }


def bad(assistant):
    """Sentences that want something changed."""
    return [text for text in assistant.trial.sentences if not text.startswith("✓")]


def press_fix(assistant):
    button = next(b for b in assistant.trial.findChildren(QPushButton) if b.text() == "写入设置")
    button.click()


def text_in(assistant):
    return "\n".join((assistant.trial.what.text(), assistant.trial.raw.text(),
                      assistant.trial.about.text()))  # fmt: skip


def test_while_it_is_open_scans_are_tried_and_not_sold(shop, assistant):
    heard = typed(shop, assistant, BOX)
    assert heard.reading.code == BOX
    assert shop.whole.counter.desk_lane.call(lambda: shop.whole.counter.open_sale.sale) is None
    assert BOX in assistant.trial.raw.text()
    assert "追溯码" in assistant.trial.what.text()
    assert "键盘" in assistant.trial.about.text()
    assert "CR" in assistant.trial.about.text()
    assert shop.word == "仅试扫"
    QTest.keyClick(assistant, Qt.Key.Key_Escape)
    assert not assistant.isVisible()
    shop.scan(BOX)
    assert shop.word == "已加入"


def test_switching_screens_keeps_scans_here_and_closing_gives_them_to_the_screen(shop, assistant):
    shop.window.go("lookup")
    tried(shop, BOX)
    assistant.close()
    shop.scan(BOX)
    assert BOX in shop.window.screens["lookup"].field.text()
    assert shop.whole.counter.desk_lane.call(lambda: shop.whole.counter.open_sale.sale) is None
    shop.window.go("checkout")
    shop.scan(BOX)
    assert shop.word == "已加入"


def test_the_settings_screen_opens_it(shop):
    shop.window.go("settings")
    button = next(b for b in shop.window.screens["settings"].findChildren(QPushButton)
                  if "F12" in b.text())  # fmt: skip
    button.click()
    assert shop.window.assistant.isVisible()
    shop.window.assistant.close()


def test_the_tray_closes_it_so_that_its_boxes_are_sold(shop, assistant):
    shop.window.activateWindow()
    shop.qtbot.waitUntil(shop.window.isActiveWindow)
    shop.key(Qt.Key.Key_F7)
    assert not assistant.isVisible()
    shop.window.tray.close()
    shop.scan(BOX)
    assert shop.word == "已加入"


def test_bytes_are_readable_and_controls_have_names(shop, assistant):
    tried(shop, f"]d2{LINE[Proof.SEPARATOR]}\r")
    raw = assistant.trial.raw.text()
    assert "10LOT42⟨GS⟩21TEST0001⟨CR⟩" in raw
    assert "ttyACM0" in assistant.trial.about.text()


@pytest.mark.parametrize("code", [WECHAT, "11010519491231002X", "1" * 28])
def test_personal_codes_are_masked_everywhere(shop, assistant, code):
    if shop.whole.wedge and code == WECHAT:
        typed(shop, assistant, code)
    else:
        tried(shop, code)
    assert code[3:-3] not in text_in(assistant)
    assert bad(assistant) == []
    assistant.tabs.setCurrentWidget(assistant.ring)
    shop.qtbot.waitUntil(lambda: assistant.ring.rows.rowCount() == 1)
    assert code[3:-3] not in " ".join(assistant.ring.rows.table()[1])


def test_a_sound_scanner_proves_the_whole_card(shop, assistant):
    for line in CARD:
        tried(shop, line.payload)
    assert bad(assistant) == []
    assert set(proofs(assistant).values()) == {"✓"}


def test_a_prefix_is_found_written_and_taken_off_from_the_next_scan_on(shop, assistant, filled):
    typed(shop, assistant, "*" + LINE[Proof.PLAIN])
    assert any("*" in text for text in bad(assistant))
    assert proofs(assistant)[Proof.PLAIN] == "✕"
    press_fix(assistant)
    assert Home(filled.folder).load_settings().text("wedge.prefix") == "*"
    typed(shop, assistant, "*" + LINE[Proof.PLAIN])
    assert bad(assistant) == []
    assert proofs(assistant)[Proof.PLAIN] == "✓"


def test_a_substitute_for_gs_is_found_and_written(shop, assistant, filled):
    typed(shop, assistant, LINE[Proof.SEPARATOR].replace(GS, "~"))
    press_fix(assistant)
    assert Home(filled.folder).load_settings().text("wedge.gs") == "~"
    heard = typed(shop, assistant, LINE[Proof.SEPARATOR].replace(GS, "~"))
    assert heard.reading.lot == "LOT42"
    assert bad(assistant) == []


def test_other_settings_stay_when_one_is_written(shop, assistant, filled):
    shop.whole.view.save_settings({"ui.sound": False}, True)
    typed(shop, assistant, "*" + LINE[Proof.PLAIN])
    press_fix(assistant)
    kept = Home(filled.folder).load_settings()
    assert (kept.flag("ui.sound"), kept.text("wedge.prefix")) == (False, "*")


def test_saving_the_settings_screen_afterwards_does_not_undo_it(shop, assistant, filled):
    shop.window.go("settings")
    typed(shop, assistant, "*" + LINE[Proof.PLAIN])
    press_fix(assistant)
    shop.window.screens["settings"].save()
    assert Home(filled.folder).load_settings().text("wedge.prefix") == "*"


@pytest.mark.parametrize(
    ("end", "words"), [("\r", "CR"), ("\t", "Tab"), ("\r\r", "CR+LF"), ("", "没有结束键")]
)
def test_the_key_that_ends_a_scan_is_named(shop, assistant, end, words):
    typed(shop, assistant, LINE[Proof.PLAIN], end)
    shop.qtbot.waitUntil(lambda: any(words in text for text in assistant.trial.sentences))
    assert bool(bad(assistant)) is (end == "")


def test_a_terminator_set_wrongly_is_seen_and_mended(shop, assistant, filled):
    shop.whole.view.save_settings({"scanner.terminator": "lf"}, True)
    tried(shop, LINE[Proof.PLAIN] + "\r")
    press_fix(assistant)
    assert Home(filled.folder).load_settings().text("scanner.terminator") == "cr"


def test_start_anew_forgets_the_findings(shop, assistant):
    tried(shop, LINE[Proof.LONG][:128])
    assert bad(assistant)
    QTest.keyClick(assistant, Qt.Key.Key_F5)
    assert bad(assistant) == []
    assert set(proofs(assistant).values()) == {"○"}


def test_a_code_that_is_not_of_the_card_leaves_the_report_alone(shop, assistant):
    tried(shop, LINE[Proof.LONG][:128])
    before = assistant.trial.sentences
    tried(shop, BOX)
    assert assistant.trial.sentences == before
    assert BOX in assistant.trial.raw.text()


def test_hostile_text_is_plain(shop, assistant):
    tried(shop, "<img src=x>\x1b[2J\u202e")
    assert assistant.trial.raw.textFormat() is Qt.TextFormat.PlainText
    assert "<img src=x>\\x1B[2J\\u202E" in assistant.trial.raw.text()


def test_the_last_scans_are_listed_newest_first(shop, assistant):
    assistant.close()
    shop.scan(BOX)
    shop.scan(BOX[:-1])
    shop.window.help_scanner()
    tried(shop, "http://a.b/c")
    assistant.tabs.setCurrentWidget(assistant.ring)
    shop.qtbot.waitUntil(lambda: assistant.ring.rows.rowCount() == 3)
    texts = assistant.ring.rows.table()[1:]
    assert [row[4] for row in texts] == ["试扫", "没读清", "已加入，无收货记录"]
    assert [row[3] for row in texts] == ["************", BOX[:-1], BOX]


def test_rows_chosen_for_copying_stay_chosen_while_nothing_comes(shop, assistant):
    tried(shop, BOX)
    assistant.tabs.setCurrentWidget(assistant.ring)
    shop.qtbot.waitUntil(lambda: assistant.ring.rows.rowCount() == 1)
    assistant.ring.table.selectRow(0)
    entries = shop.whole.counter.desk_lane.call(lambda: tuple(shop.whole.counter.desk.log.ring))
    assistant.ring.take(entries)
    assert assistant.ring.table.selected_rows() == [0]


def test_nothing_of_the_last_scans_is_written_to_disk(shop, assistant, filled):
    secret = "GEHEIM-ZETTEL-77"
    tried(shop, secret)
    assistant.tabs.setCurrentWidget(assistant.ring)
    shop.qtbot.waitUntil(lambda: assistant.ring.rows.rowCount() == 1)
    files = [path for path in filled.folder.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if secret.encode() in path.read_bytes()]


def test_every_finding_has_a_sentence_of_its_own(qapp):
    from pharmacy_desk.core.scanning.scanner_report import Finding

    for port in (KEYBOARD, "serial:x"):
        said = [finding_text(Finding(found, port, End.CR, 3, 20)) for found in Found]
        assert len(set(said)) == len(Found)
        assert not [text for text in said if "%" in text]
    ends = {finding_text(Finding(Found.END, KEYBOARD, end)) for end in End}
    assert len(ends) == len(End)


def test_answers_are_words():
    assert answer_text("DAMAGED") != "DAMAGED"
    unseen = {ScanDid.JUDGED, ScanDid.SETTLING}  # a verdict's name stands for it; never in the ring
    assert [what for what in ScanDid if what not in unseen and answer_text(what) == what] == []


def test_the_test_card_is_saved_and_where_it_is_said(shop, assistant, tmp_path):
    path = tmp_path / "card.pdf"
    assistant.save_card(path)
    assert path.read_bytes().startswith(b"%PDF")
    assert str(path) in assistant.said.text()
    assistant.save_card(tmp_path / "none" / "card.pdf")
    assert assistant.said.text().startswith("✕")


def test_it_fits_a_small_counter_screen(shop, assistant):
    tried(shop, LINE[Proof.LONG])
    assert assistant.minimumSizeHint().width() <= 1280
    assert assistant.minimumSizeHint().height() <= 680


# --- ports ----------------------------------------------------------------------------------


@pytest.fixture
def line():
    """A pseudo terminal: (what the program opens, what the scanner writes to)."""
    scanner, port = pty.openpty()
    yield os.ttyname(port), scanner
    os.close(scanner)
    os.close(port)


def show_port(shop, assistant, device):
    """The list with one free port in it, chosen: whatever is plugged into this machine."""
    port = Plugged(f"serial:{device}", Way.SERIAL, "free", device, device)
    listed = (Plugged(KEYBOARD, Way.KEYBOARD, "ok"), port)
    shop.whole.view.scanners().ask = lambda receiver: receiver(listed)
    assistant.tabs.setCurrentWidget(assistant.ports)
    shop.qtbot.waitUntil(lambda: assistant.ports.chosen() == port)


def test_the_list_names_the_keyboard_and_what_is_set_up(shop, assistant, line):
    device, _ = line
    shop.whole.view.save_settings({"scanner.serial_port": device}, True)
    shop.whole.view.scanners().reopen()
    assistant.tabs.setCurrentWidget(assistant.ports)

    def ready():
        assistant.ports.refresh()
        texts = {row[0]: row[2] for row in assistant.ports.rows.table()[1:]}
        return texts.get(Path(device).name, "").startswith("●") and texts["键盘"].startswith("●")

    shop.qtbot.waitUntil(ready, timeout=10_000)


def test_a_scanner_of_the_list_counts_its_scans(shop, assistant, line):
    device, scanner = line
    shop.whole.view.save_settings({"scanner.serial_port": device}, True)
    shop.wait_for(news.ScannerState, shop.whole.view.scanners().reopen)
    shop.wait_for(news.Tried, lambda: os.write(scanner, f"{BOX}\r".encode()))
    assistant.tabs.setCurrentWidget(assistant.ports)

    def counted():
        assistant.ports.refresh()
        told = {row[0]: row[3] for row in assistant.ports.rows.table()[1:]}
        return told.get(Path(device).name) == "1"

    shop.qtbot.waitUntil(counted, timeout=10_000)


def test_the_search_finds_speed_and_end_and_sets_the_port_up(shop, assistant, filled, line):
    device, scanner = line
    show_port(shop, assistant, device)
    QTest.keyClick(assistant, Qt.Key.Key_F6)
    assert assistant.ports.busy.isVisible()
    shop.qtbot.waitUntil(lambda: "9600" in assistant.ports.said.text(), timeout=10_000)
    os.write(scanner, f"{LINE[Proof.PLAIN]}\r\n".encode())
    shop.qtbot.waitUntil(lambda: not assistant.ports.searching, timeout=10_000)
    assert not assistant.ports.busy.isVisible()
    assert assistant.ports.said.text().startswith("✓")
    assert "CR+LF" in assistant.ports.said.text()
    shop.wait_for(news.ScannerState, assistant.ports.use_button.click)
    assert Home(filled.folder).load_settings().text("scanner.serial_port") == f"{device}@9600N"
    # It counts at once: the port delivers.
    heard = shop.wait_for(news.Tried, lambda: os.write(scanner, f"{BOX}\r\n".encode()))
    assert heard.reading.code == BOX
    assert heard.raw.port == f"serial:{device}"


def test_the_window_answers_during_a_search_and_f6_gives_it_up(shop, assistant, line):
    show_port(shop, assistant, line[0])
    assistant.ports.search()
    typed(shop, assistant, BOX)
    assert assistant.ports.searching
    QTest.keyClick(assistant, Qt.Key.Key_F6)
    shop.qtbot.waitUntil(lambda: not assistant.ports.searching, timeout=10_000)
    assert "停止" in assistant.ports.said.text()
    # A newer list does not take the answer away; another scanner does.
    device = line[0]
    newer = Plugged(f"serial:{device}", Way.SERIAL, "absent", device, device)
    assistant.ports.take((Plugged(KEYBOARD, Way.KEYBOARD, "ok"), newer))
    assert "停止" in assistant.ports.said.text()
    assistant.ports.table.selectRow(0)
    assert "停止" not in assistant.ports.said.text()


def test_closing_the_window_ends_a_search(shop, assistant, line):
    show_port(shop, assistant, line[0])
    assistant.ports.search()
    shop.qtbot.waitUntil(lambda: "9600" in assistant.ports.said.text(), timeout=10_000)
    shop.window.close()
    QApplication.processEvents()
    assert not [t for t in threading.enumerate() if t.name == "scanners"]


def test_a_port_that_is_gone_is_a_sentence(shop, assistant, tmp_path):
    show_port(shop, assistant, str(tmp_path / "ttyACM7"))
    assistant.ports.search()
    shop.qtbot.waitUntil(lambda: not assistant.ports.searching, timeout=10_000)
    assert assistant.ports.said.text().startswith("✕ 扫码枪没有连上")


def test_a_narrow_terminator_gives_way_to_what_the_search_heard(shop, assistant, filled):
    shop.whole.view.save_settings({"scanner.terminator": "tab"}, True)
    port = Plugged("serial:/dev/none", Way.SERIAL, "free", "/dev/none", "/dev/none")
    assistant.ports.found.emit(port, SerialLine(115200, "odd", End.CR))
    kept = Home(filled.folder).load_settings()
    assert kept.text("scanner.terminator") == "auto"
    assert kept.text("scanner.serial_port") == "/dev/none@115200O"


class Denied:
    """`ScannerHelp` of a machine whose ports may not be opened by this user."""

    def __init__(self, *plugged):
        self.plugged = plugged

    def ask(self, receiver):
        receiver(self.plugged)

    def probe(self, device, expected, turn, done):
        done(WorldError(Fault.PORT_DENIED, name=device))

    def end_probe(self):
        pass

    def reopen(self):
        pass


def test_the_list_shows_no_path_but_in_the_tool_tip(qapp, qtbot):
    path = "/dev/serial/by-id/ttyACM7"
    maker = Plugged(f"serial:{path}", Way.SERIAL, "free", path, path, "Newland HR32")
    plain = Plugged("serial:COM3", Way.SERIAL, "absent", "COM3", "COM3")
    told = Plugged("usb:0c2e:0b6a:S1", Way.SERIAL, "absent", "", "usb:0c2e:0b6a:S1")
    ports = PortsPage(Denied(maker, plain, told))
    qtbot.addWidget(ports)
    ports.refresh()
    rows = ports.rows
    assert [rows.index(at, 0).data() for at in range(3)] == [
        "Newland HR32 (ttyACM7)",
        "COM3",
        "USB 扫码枪",
    ]
    texts = [rows.index(at, column).data() for at in range(3) for column in range(6)]
    assert not any("/" in text for text in texts)
    assert path in rows.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    ports.table.selectRow(0)
    assert "Newland HR32 (ttyACM7)" in ports.said.text()
    assert path not in ports.said.text()
    ports.search()
    assert ports.said.text().startswith("✕")
    assert "Newland HR32" in ports.said.text()
    assert path not in ports.said.text()
