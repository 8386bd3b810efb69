"""Every screen opens in every language, says what to do when empty, and keeps what is set."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from pharmacy_desk.adapters.home import Home
from pharmacy_desk.core.basics.payment import KINDS
from pharmacy_desk.core.settings.settings import SETTINGS
from pharmacy_desk.counter import news
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.settings.assistant import Assistant
from pharmacy_desk.gui.words import faults as faults_words
from pharmacy_desk.gui.words import readings as readings_words
from pharmacy_desk.gui.words import rows as rows_words
from pharmacy_desk.gui.words import settings as settings_words
from pharmacy_desk.gui.words.settings import setting_text
from pharmacy_desk.wiring.look import translators
from tests.gui import seen
from tests.gui.conftest import BOX, CATALOGUE


@pytest.mark.parametrize("section", ["checkout", "lookup", "uploads", "catalogue", "settings"])
def test_every_screen_fits_a_small_counter_screen(shop, section):
    shop.window.go(section)
    shop.window.resize(1280, 720)
    QApplication.processEvents()
    assert shop.window.minimumSizeHint().height() <= 720
    assert shop.window.minimumSizeHint().width() <= 1280


def test_the_checkout_fits_with_any_question_open(shop):
    item = shop.whole.counter.desk_lane.call(
        lambda: shop.whole.counter.ledger.catalogue.find_item("A1")
    )
    questions, insured = shop.checkout.questions, [kind for kind in KINDS if kind.insured]
    for ask in (
        lambda: questions.ask_batch(item, item.batch),
        lambda: questions.ask_drug("8499999", None, second=True),
        lambda: questions.ask_kind(insured),
        lambda: questions.ask_settlement(insured[0], 2180),
        lambda: questions.ask_units(item.name, "粒", 24, more=True, review="optional"),
        lambda: questions.ask_order(["美团"], None),
        questions.ask_code,
        questions.ask_sign_in,
    ):
        ask()
        shop.qtbot.waitUntil(lambda: shop.window.minimumSizeHint().height() <= 720)


def test_every_fault_every_kind_and_every_setting_has_its_words():
    from pharmacy_desk.core.basics.errors import Fault, WorldError
    from pharmacy_desk.core.scanning.scan import Kind

    for fault in Fault:
        assert all(faults_words.fault(WorldError(fault)))
    assert all(readings_words.kind(kind) for kind in Kind)
    for setting in SETTINGS:
        assert settings_words.setting_text(setting.key)
        assert settings_words.group_text(setting.key.split(".")[0])


def test_saving_a_wrong_setting_names_it_and_keeps_nothing(shop, filled):
    settings = shop.window.screens["settings"]
    number = seen.named(settings, setting_text("counter.number"))
    number.setText("x")
    settings.save()
    assert seen.refused(settings)
    assert not (filled.folder / "practice.toml").exists()
    number.setText("07")
    settings.save()
    shop.qtbot.waitUntil((filled.folder / "practice.toml").exists)
    assert Home(filled.folder).load_settings().text("counter.number") == "07"


def test_the_catalogue_finds_by_pinyin_and_imports_while_selling(shop, tmp_path):
    catalogue = shop.window.screens["catalogue"]
    shop.window.go("catalogue")
    catalogue.field.setText("ffds")
    shop.qtbot.waitUntil(lambda: catalogue.rows.rowCount() == 1)
    table = tmp_path / "more.csv"
    table.write_text(CATALOGUE + "B1,新药,,,,,,,,西药,abc,,,\nB2,好药,,,,,,,,西药,1.00,,,\n",
                     encoding="gb18030")  # fmt: skip
    catalogue.import_file(table)
    shop.qtbot.waitUntil(
        lambda: rows_words.why("bad_price") in seen.told(catalogue), timeout=10_000
    )
    assert not seen.buttons(catalogue, "停止")


def test_a_receipt_is_printed_again_as_a_copy(shop, filled):
    shop.scan(BOX)
    shop.rest()
    shop.checkout.self_paid()
    first = shop.wait_for(news.Printed, shop.checkout.confirm_payment)
    shop.wait_for(news.Printed, lambda: shop.key(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier))
    copy = (filled.receipts / f"{first.number}.2.escpos").read_bytes()
    assert "补打".encode("gb18030") in copy


def test_the_assistant_makes_a_real_store_of_its_own(shop, filled):
    assistant = Assistant(shop.whole.view, shop.window)
    shop.qtbot.addWidget(assistant)
    values = {"store.code": "P44030000002", "store.name": "一店", "store.area": "440300",
              "operator.id": "012", "operator.name": "张三"}  # fmt: skip
    for key, value in values.items():
        seen.named(assistant, setting_text(key)).setText(value)
    assistant.pin.setText("482615")
    assistant.again.setText("482615")
    done = []
    assistant.finished_setup.connect(done.append)
    for _ in range(5):
        seen.enter(assistant)
    assert done[0]["store.code"] == "P44030000002"
    filled.save_settings({k: v for k, v in done[0].items() if v != ""}, practice=False)
    real = Home(filled.folder)
    assert not real.practice
    assert real.ledger != filled.folder / "practice-ledger.db"
    assert not real.ledger.exists()


def test_the_assistant_names_what_is_missing(shop):
    assistant = Assistant(shop.whole.view, shop.window)
    shop.qtbot.addWidget(assistant)
    assistant.show()
    seen.enter(assistant)
    assert "1/7" in seen.told(assistant)
    wrong = {field: label for field, label in assistant.wrong.items() if label.isVisible()}
    assert {field.accessibleName() for field in wrong} == {
        setting_text(key) for key in ("store.code", "store.name", "store.area")
    }
    assert all(label.text() == "✕ 还没有填" for label in wrong.values())
    name = seen.named(assistant, setting_text("store.name"))
    assert theme.NO.edge in name.styleSheet()
    QApplication.processEvents()
    for field, label in wrong.items():  # under the field, not over it
        assert label.y() >= field.geometry().bottom()
    name.setText("一店")
    assert not wrong[name].isVisible()
    assert not name.styleSheet()


def _first_step(assistant):
    """Which store it is."""
    assistant.show()
    for key, value in (("code", "P44030000002"), ("name", "一店"), ("area", "440300")):
        seen.named(assistant, setting_text(f"store.{key}")).setText(value)


def _second_step(assistant, again):
    """Who works here; Enter is still to come."""
    seen.enter(assistant)
    seen.named(assistant, setting_text("operator.id")).setText("012")
    seen.named(assistant, setting_text("operator.name")).setText("张三")
    assistant.pin.setText("482615")
    assistant.again.setText(again)


def test_the_assistant_says_at_the_field_what_is_wrong_with_a_pin(shop):
    assistant = Assistant(shop.whole.view, shop.window)
    shop.qtbot.addWidget(assistant)
    _first_step(assistant)
    _second_step(assistant, "482616")
    seen.enter(assistant)
    assert "2/7" in seen.told(assistant)
    assert assistant.wrong[assistant.again].text() == "✕ 两次输入的密码不一样。"
    assert not assistant.wrong[assistant.pin].isVisible()
    assistant.again.setText("482615")
    seen.enter(assistant)
    assert "3/7" in seen.told(assistant)


def test_the_assistant_says_that_keyboard_scanners_need_nothing(shop):
    assistant = Assistant(shop.whole.view, shop.window)
    shop.qtbot.addWidget(assistant)
    _first_step(assistant)
    _second_step(assistant, "482615")
    seen.enter(assistant)
    told = [one.text() for one in assistant.findChildren(QLabel) if one.isVisible()]
    assert any("什么都不用填" in text for text in told)


def test_english_needs_no_translation_file():
    assert translators("en") == []
    assert len(translators("zh_CN")) >= 1
