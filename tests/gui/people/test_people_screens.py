"""People in the window: quick switch, badge, lock, approvals in place, the people page."""

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.people.people import ApprovalRefusal, Operator, Request, Right, Subject
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.core.stock.movement import MovementKind
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import ApprovalDid, SignInAnswer, SignInDid
from pharmacy_desk.counter.people.staff_wishes import StaffDid
from pharmacy_desk.counter.stock.movements import Wanted
from pharmacy_desk.counter.stock.wishes import Order
from pharmacy_desk.counter.views.stock_answers import MoveDid
from pharmacy_desk.gui.people import badge_card
from pharmacy_desk.gui.people.card import no_manager
from pharmacy_desk.gui.words import people as people_words
from tests.gui import seen
from tests.gui.conftest import BOX, opened
from tests.gui.stock.test_stock_screens import move

BADGE = "OP7K3MNP4XQRS6TUVW"
PIN = {"001": "135790", "008": "246810"}


@pytest.fixture
def staffed(shop):
    for person in (Operator("001", "王芳", "店长"), Operator("008", "李四", "营业员")):
        on_desk(
            shop,
            lambda p=person: ledger(shop).people.put_operator(Actor(now(shop), ""), p, PIN[p.id]),
        )
    return shop


def ledger(shop):
    return shop.whole.counter.ledger


def now(shop):
    return shop.whole.counter.clock.now()


def on_desk(shop, job):
    return shop.whole.counter.desk_lane.call(job)


def give_badge(shop, person):
    on_desk(shop, lambda: ledger(shop).people.set_badge(Actor(now(shop), "001"), person, BADGE))


def deliver(shop, raw):
    return lambda: shop.whole.counter.wishes.scan(RawScan(raw.encode(), "test", now(shop)))


def names(people_list):
    return [people_list.item(row).text() for row in range(people_list.count())]


# --- quick switch -----------------------------------------------------------------------------


def test_f10_lists_who_works_here_and_the_sale_stays_open(staffed):
    shop = staffed
    shop.scan(BOX)
    shop.key(Qt.Key.Key_F10)
    page = shop.checkout.questions.currentWidget()
    shop.qtbot.waitUntil(lambda: page.people.count() == 2)
    assert "李四" in names(page.people)[1]
    QTest.keyClick(page.people, Qt.Key.Key_Down)
    page.people.setCurrentRow(1)
    QTest.keyClick(page.people, Qt.Key.Key_Return)
    assert page.first.text() == "008"
    pin = seen.field(page, "密码")
    pin.setText(PIN["008"])
    shop.wait_for(news.SignedIn, lambda: seen.enter(pin))
    assert shop.window.operator.text() == "李四"
    assert shop.checkout.sale.codes() == (BOX,)


def test_a_badge_switches_the_person_and_a_managers_badge_asks_the_pin(staffed):
    shop = staffed
    give_badge(shop, "008")
    shop.wait_for(news.SignedIn, deliver(shop, BADGE))
    assert shop.window.operator.text() == "李四"
    on_desk(shop, lambda: ledger(shop).people.set_badge(Actor(now(shop), "001"), "008", None))
    give_badge(shop, "001")
    shop.wait_for(news.BadgeScanned, deliver(shop, BADGE))
    page = shop.checkout.questions.currentWidget()
    assert page.first.text() == "001"
    assert shop.window.operator.text() == "李四"
    assert BADGE not in seen.told(shop.window)


# --- the lock ---------------------------------------------------------------------------------


def test_the_lock_covers_all_keys_and_scans_and_the_sale_is_there_afterwards(staffed):
    shop = staffed
    shop.scan(BOX)
    shop.wait_for(news.CounterLocked, lambda: shop.key(Qt.Key.Key_F11))
    page = shop.window.guard.page
    assert page.isVisible()
    assert page.geometry() == shop.window.rect()
    shop.key(Qt.Key.Key_F4)  # hold
    shop.key(Qt.Key.Key_F3)
    shop.wait_for(news.ScannedWhileLocked, deliver(shop, "84362820442053402133"))
    assert "! 已锁屏：1 次扫码未收。" in seen.told(page)
    assert "123456" in seen.told(page)  # whoever tries training is not shut out by a scan
    assert not shop.checkout.pay_panel.armed
    page.form.first.setText("008")
    pin = seen.field(page.form, "密码")
    pin.setText("000000")
    answer = shop.answer_to(lambda: seen.enter(pin), SignInAnswer)
    assert answer.what is SignInDid.BAD_PIN
    assert shop.word == "密码不对"  # behind the page the checkout says it too
    assert page.isVisible()
    assert page.form.first.selectedText() == "008"  # the next number replaces it
    pin.setText(PIN["008"])
    shop.wait_for(news.SignedIn, lambda: seen.enter(pin))
    assert not page.isVisible()
    assert shop.checkout.sale.codes() == (BOX,)
    shop.scan("84362820442053402133")
    assert len(shop.checkout.sale.codes()) == 2


def test_the_lock_page_grows_with_the_window(staffed):
    shop = staffed
    shop.wait_for(news.CounterLocked, shop.window.guard.lock_now)
    shop.window.resize(1500, 900)
    QApplication.processEvents()
    assert shop.window.guard.page.geometry() == shop.window.rect()


def test_nobody_at_the_counter_locks_it_and_any_key_keeps_it_open(staffed):
    shop, guard = staffed, staffed.window.guard
    guard.tick()
    shop.steady.passed += 9 * 60
    shop.key(Qt.Key.Key_Shift)
    shop.steady.passed += 9 * 60
    guard.tick()
    on_desk(shop, lambda: None)
    QApplication.processEvents()
    assert not guard.locked
    shop.steady.passed += 61
    shop.wait_for(news.CounterLocked, guard.tick)
    assert guard.locked


def test_zero_minutes_never_lock(staffed):
    shop = staffed
    shop.whole.counter.change_settings(Settings({"people.lock_minutes": 0}, practice=True))
    guard = shop.window.guard
    guard.tick()
    shop.steady.passed += 10**6
    guard.tick()
    on_desk(shop, lambda: None)
    QApplication.processEvents()
    assert not guard.locked


def test_a_counter_that_was_locked_opens_locked(staffed, filled, qtbot):
    staffed.wait_for(news.CounterLocked, staffed.window.guard.lock_now)
    staffed.window.close()
    QApplication.processEvents()
    with opened(filled, qtbot) as again:
        assert again.window.guard.locked


def test_without_people_f11_says_why_it_does_not_lock(shop):
    shop.wait_for(news.CounterLocked, lambda: shop.key(Qt.Key.Key_F11))
    assert not shop.window.guard.locked
    assert shop.checkout.verdict.said.todo


# --- approvals --------------------------------------------------------------------------------


def test_a_document_waits_for_the_manager_in_place(staffed):
    shop = staffed
    wanted = (Wanted(BOX, "A1", Batch()),)
    shop.wait_for(news.Moved, lambda: move(shop, Order(MovementKind.DELIVERY, wanted, "某公司")))
    order = Order(MovementKind.DESTRUCTION, (Wanted(BOX),), reason="破损")
    waiting = []
    shop.wait_for(news.ApprovalWanted, lambda: waiting.append(move(shop, order)))
    dialog = shop.window.guard.dialog
    shop.qtbot.waitUntil(lambda: dialog.people.count() == 1)  # the clerk may not
    shop.wait_for(news.ApprovalAnswered, dialog.reject)
    moved = waiting[0].result(timeout=10).later.result(timeout=10)
    assert moved.what is MoveDid.NOT_APPROVED
    shop.wait_for(news.ApprovalWanted, lambda: move(shop, order))
    dialog.reason.setCurrentIndex(dialog.reason.count() - 1)
    dialog.person.setText("001")
    dialog.pin.setText(PIN["001"])
    with shop.qtbot.waitSignal(shop.window.guard.answered, timeout=10_000) as told:
        dialog.approve()
    assert told.args[0].what is ApprovalDid.NO_REASON
    assert dialog.isVisible()
    assert dialog.more.hasFocus()
    dialog.more.setText("两人看着砸的")
    dialog.pin.setText(PIN["001"])
    assert shop.wait_for(news.Moved, dialog.approve).boxes == 1
    assert not dialog.isVisible()


def test_an_approval_needs_the_keyboard_only(staffed):
    shop = staffed
    wanted = (Wanted(BOX, "A1", Batch()),)
    shop.wait_for(news.Moved, lambda: move(shop, Order(MovementKind.DELIVERY, wanted, "某公司")))
    order = Order(MovementKind.DESTRUCTION, (Wanted(BOX),), reason="破损")
    shop.wait_for(news.ApprovalWanted, lambda: move(shop, order))
    dialog = shop.window.guard.dialog
    shop.qtbot.waitUntil(lambda: dialog.person.text() == "001")
    shop.qtbot.waitUntil(dialog.pin.hasFocus)
    QTest.keyClicks(dialog.pin, PIN["001"], delay=100)
    enter = lambda: QTest.keyClick(dialog.pin, Qt.Key.Key_Return)  # noqa: E731
    assert shop.wait_for(news.Moved, enter).boxes == 1


def test_a_badge_in_the_dialog_names_the_person_and_the_pin_is_still_asked(staffed):
    shop = staffed
    give_badge(shop, "008")
    shop.wait_for(news.SignedIn, deliver(shop, BADGE))
    on_desk(shop, lambda: ledger(shop).people.set_badge(Actor(now(shop), "001"), "008", None))
    give_badge(shop, "001")
    shop.whole.counter.change_settings(Settings({"people.badge_alone": "all"}, practice=True))
    settings = shop.window.screens["settings"]
    shop.wait_for(news.ApprovalWanted, settings.save)
    dialog = shop.window.guard.dialog
    shop.wait_for(news.BadgeScanned, deliver(shop, BADGE))
    assert dialog.person.text() == "001"
    assert dialog.isVisible()
    assert shop.window.operator.text() == "李四"
    dialog.reject()


def test_a_clerk_changes_settings_only_with_the_managers_yes(staffed, filled):
    shop = staffed
    give_badge(shop, "008")
    shop.wait_for(news.SignedIn, deliver(shop, BADGE))
    settings = shop.window.screens["settings"]
    shop.wait_for(news.ApprovalWanted, settings.save)
    dialog = shop.window.guard.dialog
    assert people_words.right("settings") in seen.told(dialog)
    shop.wait_for(news.ApprovalAnswered, dialog.reject)
    shop.qtbot.waitUntil(lambda: seen.refused(settings))
    assert not (filled.folder / "practice.toml").exists()
    shop.wait_for(news.ApprovalWanted, settings.save)
    dialog.person.setText("001")
    dialog.pin.setText(PIN["001"])
    shop.wait_for(news.ApprovalAnswered, dialog.approve)
    shop.qtbot.waitUntil((filled.folder / "practice.toml").exists)


def test_every_request_and_refusal_has_its_words():
    asker = Operator("007", "张三", "营业员")
    whats = {
        Subject.GATE: "MISSING_CODES,NO_LOT",
        Subject.MOVEMENT: MovementKind.LOSS.value,
        Subject.RIGHT: Right.SETTINGS.value,
    }
    for subject in Subject:
        request = Request(subject, whats.get(subject, "X"), asker, "布洛芬", 2, BOX)
        assert people_words.what_for(request)
        assert len(people_words.reasons(request)) >= 2
    for kind in MovementKind:
        assert people_words.what_for(Request(Subject.MOVEMENT, kind.value, asker, boxes=1))
    for word in (
        *ApprovalRefusal,
        *(set(ApprovalDid) - {ApprovalDid.GIVEN}),
        *(d for d in StaffDid if d.refused),
    ):
        assert people_words.staff_refused(word.value) != word.value
    assert all(people_words.right(right) for right in Right)
    for what in SignInDid:
        assert (people_words.not_signed_in(what) is None) is (what is SignInDid.SIGNED_IN)


# --- the people page --------------------------------------------------------------------------


def page_of(shop):
    shop.window.go("settings")
    card = shop.window.screens["settings"].people
    on_desk(shop, lambda: None)
    QApplication.processEvents()
    return card


def fill(card, number, name, role, pin):
    card.number.setText(number)
    card.name.setText(name)
    card.role.setCurrentText(role)
    card.pin.setText(pin)


def rows(card):
    return [card.rows.row(place) for place in range(card.rows.rowCount())]


def test_a_store_without_a_manager_says_so_and_takes_a_manager_first(shop):
    card = page_of(shop)
    assert no_manager() in seen.labels(shop.window.screens["settings"])
    fill(card, "008", "李四", "营业员", "246810")
    card.keep()
    shop.qtbot.waitUntil(lambda: "店长" in card.hint.text() and "✕" in card.hint.text())
    fill(card, "001", "王芳", "店长", "135790")
    shop.wait_for(news.PeopleChanged, card.keep)
    shop.qtbot.waitUntil(lambda: [one.operator.id for one in rows(card)] == ["001"])
    assert no_manager() not in seen.labels(shop.window.screens["settings"])


def test_names_and_roles_change_pins_are_kept_and_people_leave_and_come_back(staffed):
    shop, card = staffed, page_of(staffed)
    shop.qtbot.waitUntil(lambda: len(rows(card)) == 2)
    card.table.selectRow(1)
    assert card.number.text() == "008"
    fill(card, "008", "李小四", "药师", "")
    shop.wait_for(news.PeopleChanged, card.keep)
    known = on_desk(
        shop, lambda: ledger(shop).people.prove(Actor(now(shop), "007"), "008", PIN["008"])
    )
    assert known == Operator("008", "李小四", "药师")
    shop.wait_for(news.PeopleChanged, card.turn_active)
    assert on_desk(shop, lambda: ledger(shop).people.operator("008")) is None
    shop.qtbot.waitUntil(lambda: not rows(card)[-1].active)
    shop.wait_for(news.PeopleChanged, card.turn_active)
    assert on_desk(shop, lambda: ledger(shop).people.operator("008")) is not None


def test_a_locked_number_is_shown_and_freed(staffed):
    shop = staffed
    for _ in range(5):
        on_desk(shop, lambda: shop.whole.counter.open_sale.who.sign_in("008", "000000"))
    card = page_of(shop)
    shop.qtbot.waitUntil(lambda: len(rows(card)) == 2)
    last = card.rows.columnCount() - 1
    assert "✕" in card.rows.index(1, last).data()
    card.table.selectRow(1)
    shop.wait_for(news.PeopleChanged, card.free)
    assert (
        on_desk(shop, lambda: shop.whole.counter.open_sale.who.sign_in("008", PIN["008"])).id
        == "008"
    )


def enrol(shop, card, name):
    """The page says once, by the wish's answer, whose card is to be scanned."""
    heard = []
    shop.window.heard.connect(heard.append)
    card.enrol()
    shop.qtbot.waitUntil(lambda: name in card.hint.text())
    shop.rest()
    assert not any(isinstance(one, news.Enrolling) for one in heard)


def test_a_card_is_enrolled_by_two_scans_on_the_page(staffed):
    shop, card = staffed, page_of(staffed)
    shop.qtbot.waitUntil(lambda: len(rows(card)) == 2)
    card.table.selectRow(1)
    enrol(shop, card, "李四")
    shop.wait_for(news.Enrolling, deliver(shop, "STAFFCARD-0042"))
    assert card.hint.text() == "✓ 第一次。请再扫一次同一张卡。"
    shop.wait_for(news.Enrolling, deliver(shop, "STAFFCARD-0042"))
    shop.qtbot.waitUntil(lambda: rows(card)[1].has_badge)
    assert "STAFFCARD" not in card.hint.text()
    shop.wait_for(news.SignedIn, deliver(shop, "STAFFCARD-0042"))
    assert shop.window.operator.text() == "李四"


def test_leaving_the_page_gives_scans_back_to_the_sale(staffed):
    shop, card = staffed, page_of(staffed)
    shop.qtbot.waitUntil(lambda: len(rows(card)) == 2)
    card.table.selectRow(1)
    enrol(shop, card, "李四")
    shop.window.go("checkout")
    shop.scan(BOX)
    assert shop.checkout.sale.codes() == (BOX,)


def test_a_new_badge_is_written_as_a_card_that_signs_in(staffed, tmp_path, monkeypatch):
    shop, card = staffed, page_of(staffed)
    shop.qtbot.waitUntil(lambda: len(rows(card)) == 2)
    drawn = []
    real = badge_card.save_pdf

    def save(path, person, text, store):
        drawn.append(badge_card.picture(person, text, store))
        real(path, person, text, store)

    monkeypatch.setattr(badge_card, "save_pdf", save)
    file = tmp_path / "badge.pdf"
    shop.wait_for(news.PeopleChanged, lambda: card.print_badge(rows(card)[1].operator, file))
    shop.qtbot.waitUntil(file.exists)
    assert file.read_bytes().startswith(b"%PDF")
    image = drawn[0]
    image.save(str(tmp_path / "badge.png"))
    with Image.open(tmp_path / "badge.png") as picture:
        (found,) = zxingcpp.read_barcodes(picture)
    assert found.text.startswith("OP")
    shop.wait_for(news.SignedIn, deliver(shop, found.text))
    assert shop.window.operator.text() == "李四"


@pytest.mark.parametrize("name", ["李" * 40, "A very long name of a person indeed, longer still"])
def test_a_long_name_does_not_run_over_the_card(qapp, name):
    image = badge_card.picture(Operator("008", name, "营业员"), BADGE, "店" * 60)
    right = [image.pixelColor(image.width() - 3, y).lightness() for y in range(image.height())]
    assert min(right) == 255


def test_a_clerk_imports_a_drug_list_only_with_the_managers_yes(staffed, tmp_path):
    shop = staffed
    give_badge(shop, "008")
    shop.wait_for(news.SignedIn, deliver(shop, BADGE))
    table = tmp_path / "list.csv"
    table.write_text("商品编码,商品名称,零售价\nB9,新药,1.00\n", encoding="utf-8")
    catalogue = shop.window.screens["catalogue"]
    shop.wait_for(news.ApprovalWanted, lambda: catalogue.import_file(table))
    assert on_desk(shop, lambda: ledger(shop).catalogue.find_item("B9")) is None
    dialog = shop.window.guard.dialog
    dialog.person.setText("001")
    dialog.pin.setText(PIN["001"])
    shop.wait_for(news.ApprovalAnswered, dialog.approve)
    shop.qtbot.waitUntil(
        lambda: on_desk(shop, lambda: ledger(shop).catalogue.find_item("B9")) is not None
    )
