"""The three-code map's page: by keys, beside the drug list."""

from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.catalogue.drugs import MapState, PackLevel
from pharmacy_desk.core.catalogue.map import MapFilter
from pharmacy_desk.core.ports.doors import Operator
from pharmacy_desk.counter.answers import MapDid
from pharmacy_desk.gui.words import rows as rows_words
from tests.gui import seen

CARTON = "8555555"
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def page(shop):
    """The map's page in front."""
    shop.window.go("catalogue")
    shop.key(Qt.Key.Key_2, ALT)
    found = shop.window.screens["catalogue"].maps
    shop.qtbot.waitUntil(lambda: found.rows.rowCount() == 3)
    return found


def row_of(page, identification):
    places = (page.rows.row(at) for at in range(page.rows.rowCount()))
    return next(n for n, line in enumerate(places) if line.mapping.identification == identification)


def choose(page, identification):
    page.table.setFocus()
    page.table.setCurrentIndex(page.rows.index(row_of(page, identification), 0))


def entries(shop, identification):
    counter = shop.whole.counter
    found = counter.desk_lane.call(lambda: counter.ledger.map.map_entries(identification))
    return {one.mapping.item: (one.mapping.state, one.mapping.level) for one in found}


def answer_to(shop, page, key):
    """The answer of the wish that a key makes, once the page has said it."""
    with shop.qtbot.waitSignal(page.answered, timeout=10_000) as told:
        shop.key(key)
    shop.settle()
    return told.args[0]


def say(shop, page, identification, drug, level=PackLevel.SMALLEST):
    page.form.identification.setText(identification)
    page.form.search.field.setText(drug)
    shop.qtbot.waitUntil(lambda: page.form.search.hits.count() > 0)
    seen.enter(page.form.search.field)
    shop.qtbot.waitUntil(lambda: not page.form.search.field.text())
    page.form.level.setCurrentIndex(page.form.level.findData(level))
    return answer_to(shop, page, Qt.Key.Key_F8)


def test_a_scanned_carton_is_mapped_with_its_level_and_is_asked_about_at_the_checkout(shop, page):
    shop.scan(f"{CARTON}{1:013d}")
    assert page.form.identification.text() == CARTON
    assert say(shop, page, CARTON, "BLF", PackLevel.CARTON).what is MapDid.CONFIRMED
    assert entries(shop, CARTON) == {"A1": (MapState.CONFIRMED, PackLevel.CARTON)}
    shop.window.go("checkout")
    shop.scan(f"{CARTON}{1:013d}")
    assert shop.checkout.lines.lines.rowCount() == 0


def test_enter_takes_a_row_into_the_form_and_f6_takes_it_out_with_a_reason(shop, page):
    choose(page, "8436282")
    shop.key(Qt.Key.Key_Return)
    assert page.form.identification.text() == "8436282"
    assert any(text.startswith("A1 ") for text in seen.labels(page.form))
    choose(page, "8436282")
    shop.key(Qt.Key.Key_F6)
    assert not page.reasons.isHidden()
    changed = answer_to(shop, page, Qt.Key.Key_2)
    assert (changed.what, changed.identification) == (MapDid.REMOVED, "8436282")
    assert entries(shop, "8436282")["A1"][0] is MapState.REMOVED
    shop.qtbot.waitUntil(lambda: page.rows.rowCount() == 2)
    for _ in range(3):
        shop.key(Qt.Key.Key_F5)
    assert MapFilter(page.filter.currentData()) is MapFilter.REMOVED

    def told() -> bool:
        return page.history.rowCount() > 0 and page.history.row(0).reason == "包装级别错误"

    shop.qtbot.waitUntil(told)


def test_a_conflict_is_said_first_kept_on_the_second_f8_and_listed(shop, page):
    assert say(shop, page, "8436282", "FFDS").what is MapDid.CONFLICT
    assert set(entries(shop, "8436282")) == {"A1"}
    kept = answer_to(shop, page, Qt.Key.Key_F8)
    assert kept.what is MapDid.CONFIRMED
    assert set(entries(shop, "8436282")) == {"A1", "A2"}
    shop.key(Qt.Key.Key_F5)
    shop.qtbot.waitUntil(lambda: page.rows.rowCount() == 2)
    assert "!" in page.rows.index(0, 4).data()


def test_another_answer_after_a_conflict_is_asked_about_again(shop, page):
    say(shop, page, "8436282", "FFDS")
    assert say(shop, page, "8400001", "FFDS").what is MapDid.CONFLICT


def test_two_persons_confirm_at_the_page(shop, page):
    counter = shop.whole.counter
    counter.desk_lane.call(
        lambda: counter.ledger.people.put_operator(
            Actor(counter.clock.now(), "007"), Operator("008", "李四", "药师"), "246810"
        )
    )
    shop.whole.counter.change_settings(
        type(counter.settings)({**counter.settings.values, "map.second_person": True}, True)
    )
    page.shown()
    assert say(shop, page, CARTON, "BLF").what is MapDid.PROPOSED
    shop.qtbot.waitUntil(lambda: page.rows.rowCount() == 4)
    choose(page, CARTON)
    shop.key(Qt.Key.Key_Return)
    seen.field(page.form, "第二人工号").setText("008")
    pin = seen.field(page.form, "密码")
    pin.setText("111111")
    assert answer_to(shop, page, Qt.Key.Key_F8).what is MapDid.BAD_PIN
    assert pin.text() == ""
    pin.setText("246810")
    assert answer_to(shop, page, Qt.Key.Key_F8).what is MapDid.CONFIRMED
    assert entries(shop, CARTON)["A1"][0] is MapState.CONFIRMED


def test_a_map_is_imported_and_exported_while_the_counter_sells(shop, page, tmp_path):
    table = tmp_path / "map.csv"
    table.write_text(f"药品标识码,商品编码,包装级别\n{CARTON},A1,3\n8436282,A2,1\n", "utf-8")
    page.import_file(table)
    shop.qtbot.waitUntil(lambda: rows_words.why("conflict") in seen.told(page), timeout=10_000)
    assert entries(shop, CARTON) == {"A1": (MapState.CONFIRMED, PackLevel.CARTON)}
    out = tmp_path / "out.csv"
    page.export_file(out)
    shop.qtbot.waitUntil(out.exists, timeout=10_000)
    shop.qtbot.waitUntil(lambda: "✓ 已写入" in seen.told(page))
    assert f"{CARTON},A1,3" in out.read_text("utf-8-sig")


def test_the_form_names_what_is_missing_and_keeps_nothing(shop, page):
    shop.key(Qt.Key.Key_F8)
    assert seen.refused(page.form)
    page.form.identification.setText(CARTON)
    shop.key(Qt.Key.Key_F8)
    assert seen.refused(page.form)
    assert entries(shop, CARTON) == {}


def test_a_personal_code_is_masked_on_the_page(shop, page):
    shop.scan("134567890123456789")
    assert "134567890123456789" not in seen.told(page)
    assert page.form.identification.text() == ""


def test_the_page_fits_a_small_screen_with_its_question_open(shop, page):
    shop.window.resize(1280, 720)
    choose(page, "8436282")
    page.take_out()
    page.form.search.field.setText("A")
    QApplication.processEvents()
    shop.qtbot.waitUntil(lambda: shop.window.minimumSizeHint().height() <= 720)
    assert shop.window.minimumSizeHint().width() <= 1280


def test_hostile_names_are_shown_as_they_are(shop, page, filled):
    with closing(Reader(filled.ledger)) as reader:
        (line,) = reader.map.lines(MapFilter.ALL, "粗体", None, 5)
    assert line.name == "<b>粗体</b>名"
    choose(page, "8400001")
    shop.key(Qt.Key.Key_Return)
    drug = seen.label(page.form, "<b>粗体</b>名")
    assert drug.textFormat() is Qt.TextFormat.PlainText
