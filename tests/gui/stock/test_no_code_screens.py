"""The no-code library as a person uses it: entered, approved, taken at the checkout, closed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.people.people import ApprovalRefusal
from pharmacy_desk.core.ports.doors import Operator
from pharmacy_desk.core.sale.gate.missing_codes import NOT_TAKEN
from pharmacy_desk.core.sale.sale import PaymentKind
from pharmacy_desk.core.stock.no_code import Bar, Draft, NoCodeReason, NoCodeState, Share, Term
from pharmacy_desk.counter import news
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.sale.sale_list import code_rows
from pharmacy_desk.gui.words import no_code as no_code_words
from tests.gui import seen
from tests.gui.conftest import BOX

BARCODE = "6900000000014"
OLD = Batch("OLD1", date(2025, 1, 2), date(2028, 1, 1))
DRAFT = Draft("A1", OLD, 2, NoCodeReason.MADE_BEFORE, date(2025, 3, 1), "发票 7")


@pytest.fixture
def library(shop):
    """The tab, with a manager 001 in the house."""
    on_desk(shop, lambda c: c.ledger.people.put_operator(
        Actor(c.clock.now(), ""), Operator("001", "店长", "店长"), "246810"))  # fmt: skip
    shop.window.go("stock")
    stock = shop.window.screens["stock"]
    seen.press(stock, "无码库")
    return stock.no_code


def on_desk(shop, job):
    counter = shop.whole.counter
    return counter.desk_lane.call(lambda: job(counter))


def settled(shop):
    """Wait until the reader has answered everything asked so far, and it is shown."""
    shop.read()


def entered(shop, draft=DRAFT, *, approved=True):
    def job(counter):
        now = counter.clock.now()
        number = counter.ledger.no_code.keep_no_code(Actor(now, "007"), draft).number
        if approved:
            counter.ledger.no_code.approve_no_code(Actor(now, "007"), number, "001")
        return number

    return on_desk(shop, job)


def offered(shop):
    """Press Ctrl+N; the answers that are offered."""
    shop.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    settled(shop)
    if not shop.checkout.questions.is_open:
        return []
    listed = shop.checkout.questions.currentWidget().list
    return [listed.item(n).text() for n in range(listed.count())]


def fill(form, **texts):
    for name, text in texts.items():
        getattr(form, name).setText(text)


# The tab


def test_an_empty_library_says_what_it_is_for(shop, library):
    settled(shop)
    assert library.rows.rowCount() == 0
    assert "Ctrl+N" in library.table.empty_text
    assert no_code_words.share(Share(0, 0)) in seen.labels(library)


def test_an_entry_is_typed_kept_and_approved_by_the_manager_with_keys(shop, library):
    library.search.field.setText("BLF")
    shop.qtbot.waitUntil(lambda: library.search.hits.count() > 0)
    seen.enter(library.search.field)
    assert library.form.lot.hasFocus()
    fill(library.form, lot="OLD1", quantity="12", made="20250102", expiry="2028-01-01",
         bought="2025-03-01", evidence="发票 12345678")  # fmt: skip
    kept = shop.wait_for(news.NoCodeChanged, lambda: shop.key(Qt.Key.Key_F8))
    assert kept.state is NoCodeState.PROPOSED
    settled(shop)
    assert library.rows.data(library.rows.index(0, 0)).startswith("!")
    assert library.form.item is None
    shop.wait_for(news.ApprovalWanted, lambda: shop.key(Qt.Key.Key_Return))
    wishes = shop.whole.counter.wishes
    dropped = shop.wait_for(news.ApprovalAnswered, wishes.people.drop_approval)
    assert dropped.ended is ApprovalRefusal.DROPPED
    settled(shop)
    assert library.rows.data(library.rows.index(0, 0)).startswith("!")
    shop.wait_for(news.ApprovalWanted, library.approve)
    approved = shop.wait_for(
        news.NoCodeChanged, lambda: wishes.people.answer_approval("001", "246810", "已核对")
    )
    assert approved.state is NoCodeState.APPROVED
    settled(shop)
    assert library.rows.data(library.rows.index(0, 0)).startswith("✓")
    assert "001" in seen.told(library)
    assert "发票 12345678" in seen.told(library)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"lot": ""}, "lot"), ({"quantity": "0"}, "quantity"), ({"quantity": "x"}, "quantity"),
        ({"made": "2025"}, "made"), ({"expiry": "2024-01-01"}, "expiry"),
        ({"bought": "2099-01-01"}, "bought"), ({"evidence": "  "}, "evidence"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_and_gets_the_keyboard(shop, library, changed, field):
    library.search.chosen.emit(on_desk(shop, lambda c: c.ledger.catalogue.find_item("A1")))
    good = {"lot": "L", "quantity": "1", "made": "2025-01-01", "expiry": "2028-01-01",
            "bought": "2025-03-01", "evidence": "发票"}  # fmt: skip
    fill(library.form, **(good | changed))
    library.post()
    on_desk(shop, lambda _: None)
    shop.qtbot.waitUntil(lambda: getattr(library.form, field).hasFocus())
    assert library.panel.verdict.said.tone is theme.ASK
    assert library.form.item is not None
    settled(shop)
    assert library.rows.rowCount() == 0


def test_a_barcode_chooses_the_drug_and_a_trace_code_needs_no_entry(shop, library):
    shop.scan(BARCODE)
    shop.qtbot.waitUntil(lambda: library.form.item is not None)
    assert library.form.item.code == "A1"
    shop.scan(BOX)
    assert library.panel.verdict.said.tone is theme.ASK


def test_an_entry_is_closed_for_a_reason(shop, library):
    number = entered(shop)
    library.refresh()
    settled(shop)
    shop.key(Qt.Key.Key_F6)
    assert not library.why.isHidden()
    closed = shop.wait_for(news.NoCodeChanged, lambda: shop.key(Qt.Key.Key_1))
    assert closed == news.NoCodeChanged(number, NoCodeState.CLOSED)
    settled(shop)
    assert library.rows.data(library.rows.index(0, 0)).startswith("✕")
    shop.key(Qt.Key.Key_F6)
    assert library.why.isHidden()


def test_what_is_typed_as_evidence_is_shown_as_it_is(shop, library):
    entered(shop, Draft("A4", OLD, 1, NoCodeReason.OTHER, date(2025, 3, 1), "<b>x</b>"))
    library.refresh()
    settled(shop)
    assert "<b>x</b>" in seen.told(library)
    assert seen.label(library, "<b>x</b>").textFormat() is Qt.TextFormat.PlainText


def test_the_share_is_counted_by_day(shop, library):
    number = entered(shop)
    on_desk(shop, lambda c: c.open_sale.lines.add_item(c.ledger.catalogue.find_item("A1"), 4))
    shop.wait_for(news.NoCodeTaken, lambda: shop.whole.view.stock.no_code.take(number, 1))
    on_desk(shop, lambda c: _pay(c))
    library.refresh()
    settled(shop)
    assert "25.0" in seen.told(library)
    library.last.setText("nonsense")
    library.count_share()
    assert seen.refused(library)


def _pay(counter):
    from pharmacy_desk.counter.sale.parts.pay_order import PayOrder

    return counter.open_sale.ending.complete(PayOrder(PaymentKind.SELF), None)


def test_a_sold_box_is_taken_back_by_digits(shop, library):
    number = entered(shop)
    library.refresh()
    settled(shop)
    library.take_back()
    settled(shop)
    assert library.back.choices.isHidden()
    assert not library.form.isHidden()
    on_desk(shop, lambda c: c.open_sale.lines.add_item(c.ledger.catalogue.find_item("A1"), 1))
    shop.wait_for(news.NoCodeTaken, lambda: shop.whole.view.stock.no_code.take(number, 1))
    on_desk(shop, lambda c: _pay(c))
    library.refresh()
    settled(shop)
    library.table.setFocus()
    shop.key(Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    settled(shop)
    assert not library.back.choices.isHidden()
    shop.key(Qt.Key.Key_1)
    returned = shop.wait_for(news.Returned, lambda: shop.key(Qt.Key.Key_2))
    assert returned.number
    assert library.panel.verdict.said.tone is theme.YES
    assert not library.form.isHidden()
    assert on_desk(shop, lambda c: c.ledger.no_code.no_code_entry(number)).used == 1
    assert on_desk(shop, lambda c: check(c.ledger.path)).problems == ()


# The checkout


def test_a_box_is_taken_from_the_library_and_settled(shop):
    number = entered(shop)
    shop.scan(BARCODE)
    assert shop.checkout.lines.lines.line(0).lacking == 1
    (answer,) = offered(shop)
    assert "OLD1" in answer
    assert "2028-01-01" in answer
    entry = on_desk(shop, lambda c: c.ledger.no_code.no_code_entry(number))
    both = no_code_words.pays(entry, Term(date(2026, 1, 1)))
    assert answer.endswith(both)
    shop.wait_for(news.NoCodeTaken, lambda: shop.key(Qt.Key.Key_Return))
    line = shop.checkout.lines.lines.line(0)
    assert (line.lacking, [box.number for box in line.no_code]) == (0, [number])
    assert shop.checkout.verdict.said.tone is theme.UNSURE
    assert shop.checkout.questions.isHidden()
    shop.rest()
    shop.key(Qt.Key.Key_F3)
    paid = shop.wait_for(news.Paid, lambda: shop.key(Qt.Key.Key_Return))
    assert paid.sale.no_code_numbers() == (number,)
    assert on_desk(shop, lambda c: check(c.ledger.path)).problems == ()


def test_the_line_says_that_it_has_no_code(shop):
    entered(shop)
    shop.scan(BARCODE)
    offered(shop)
    shop.wait_for(news.NoCodeTaken, lambda: shop.key(Qt.Key.Key_1))
    view = shop.checkout.lines
    rows = code_rows(view.lines.line(0), 600)
    assert len(rows) == 1
    assert "OLD1" in rows[0]
    assert "2028-01-01" in rows[0]


def test_backspace_gives_the_box_back(shop):
    number = entered(shop)
    shop.scan(BARCODE)
    offered(shop)
    shop.wait_for(news.NoCodeTaken, lambda: shop.key(Qt.Key.Key_Return))
    shop.wait_for(news.SaleChanged, lambda: shop.key(Qt.Key.Key_Backspace))
    assert shop.checkout.lines.lines.line(0).lacking == 1
    assert on_desk(shop, lambda c: c.ledger.no_code.no_code_entry(number)).used == 0


def test_goods_bought_too_late_are_self_paid_only(shop):
    draft = replace(DRAFT, reason=NoCodeReason.NOT_READABLE, bought_on=date(2025, 7, 1))
    number = entered(shop, draft)
    shop.scan(BARCODE)
    (answer,) = offered(shop)
    entry = on_desk(shop, lambda c: c.ledger.no_code.no_code_entry(number))
    only = no_code_words.pays(entry, Term(date(2026, 1, 1)))
    assert only != no_code_words.pays(replace(entry, bought_on=date(2025, 6, 30)), Term(date.max))
    assert answer.endswith(only)
    shop.wait_for(news.NoCodeTaken, lambda: shop.key(Qt.Key.Key_Return))
    refused = shop.wait_for(news.GateLooked, shop.insured)
    assert next((r.boxes, r.words) for r in refused.refusals) == (1, replace(NOT_TAKEN, number=1))
    assert "2025-07-01" in shop.checkout.verdict.said.todo
    assert not shop.checkout.pay_panel.pay.isEnabled()
    shop.key(Qt.Key.Key_F3)
    assert shop.checkout.pay_panel.pay.isEnabled()


def test_without_a_fitting_entry_it_says_what_to_do(shop):
    shop.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert shop.checkout.verdict.said.tone is theme.NO
    entered(shop, approved=False)
    entered(shop, Draft("A2", OLD, 1, NoCodeReason.OTHER, date(2025, 3, 1), "x"))
    shop.scan(BARCODE)
    assert offered(shop) == []
    assert shop.checkout.questions.isHidden()
    assert "布洛芬" in shop.checkout.verdict.said.evidence
    yesterday = shop.whole.counter.clock.now().date() - timedelta(1)
    old = Batch("OLD2", date(2024, 1, 1), yesterday)
    entered(shop, Draft("A1", old, 1, NoCodeReason.OTHER, date(2025, 3, 1), "x"))
    assert offered(shop) == []
    assert shop.checkout.verdict.said == no_code_words.bar(Bar.EXPIRED)


def test_escape_leaves_the_question_and_takes_nothing(shop):
    number = entered(shop)
    shop.scan(BARCODE)
    assert len(offered(shop)) == 1
    shop.key(Qt.Key.Key_Escape)
    assert shop.checkout.questions.isHidden()
    assert on_desk(shop, lambda c: c.ledger.no_code.no_code_entry(number)).used == 0
    assert shop.checkout.lines.lines.line(0).lacking == 1
