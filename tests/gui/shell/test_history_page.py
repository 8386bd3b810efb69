"""The page before the window: what is missing is said, a scan is answered, a manager decides."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from pharmacy_desk.commands.main import main
from pharmacy_desk.wiring import window as wiring_window
from pharmacy_desk.wiring.counter import Counter
from pharmacy_desk.wiring.history import still_missing
from pharmacy_desk.wiring.options import Options
from pharmacy_desk.wiring.practice_home import PRACTICE_MANAGER
from tests.conftest import box
from tests.practice import practice_home


def _home(folder):
    home = practice_home(folder)
    counter = Counter(home, Options(own_practice_platform=False), lambda _: None)
    counter.start()
    counter.stop()
    return home


def _page(qtbot, home):
    page = wiring_window.history_page(home, still_missing(home))
    qtbot.addWidget(page)
    page.show()
    return page


def _decide(page, pin):
    page.person.setText("001")
    page.pin.setText(pin)
    page.reason.setText("硬盘坏了")
    QTest.mouseClick(page.go_on, Qt.MouseButton.LeftButton)


def test_a_scan_on_the_page_sells_nothing_and_is_answered(qtbot, tmp_path):
    home = _home(tmp_path)
    home.ledger.write_bytes(b"")
    page = _page(qtbot, home)
    QTest.keyClicks(page, box(1))
    QTest.keyClick(page, Qt.Key.Key_Return)
    assert page.said.text().startswith("!")
    assert page.isVisible()


def test_a_backup_that_is_older_leaves_the_decision_to_the_manager(qtbot, tmp_path, capsys):
    home = _home(tmp_path / "home")
    kept = tmp_path / "kept"
    assert main(["--home", str(home.folder), "backup", str(kept)]) == 0
    counter = Counter(home, Options(own_practice_platform=False), lambda _: None)
    counter.desk_lane.call(counter.open_sale.open)
    counter.stop()
    home.ledger.write_bytes(b"")
    page = _page(qtbot, home)
    page.take_backup(tmp_path / "none")
    assert page.said.text().startswith("✕")
    page.take_backup(kept)
    assert page.isVisible()
    assert still_missing(home)
    _decide(page, "000000")
    assert page.said.text().startswith("✕")
    assert page.pin.text() == ""
    _decide(page, PRACTICE_MANAGER[1])
    assert page.result() == QDialog.DialogCode.Accepted
    assert still_missing(home) is None
