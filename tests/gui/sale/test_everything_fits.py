"""Every state of the checkout's right side fits the counter's screens: measured, not looked at.

Every question page × how payment stands × how long the verdict is, at 1366×768 and at 1280×720,
which is what a 1920×1080 screen at 150 % has room for.
"""

from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QListWidget,
    QScrollArea,
    QWidget,
)

from pharmacy_desk.core.basics.payment import KINDS, PaymentKind
from pharmacy_desk.core.catalogue.drugs import Batch, Item
from pharmacy_desk.core.people.identity import ProofKind, Sex
from pharmacy_desk.core.people.people import Operator, Person
from pharmacy_desk.core.sale.person import InsuredFacts, Relation, SalePerson
from pharmacy_desk.core.sale.prescription import Prescribed, Prescription
from pharmacy_desk.core.sale.sale import Cover, Line, Settlement
from pharmacy_desk.core.sale.settlement import Preview
from pharmacy_desk.core.sale.special import Bought
from pharmacy_desk.core.sale.tender import TenderKind
from pharmacy_desk.core.stock.no_code import NoCodeEntry, NoCodeReason, NoCodeState, Term
from pharmacy_desk.counter.answers import PersonAnswer, PersonDid
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import Said
from pharmacy_desk.gui.sale.no_code import NoCodeAsk, offered
from pharmacy_desk.gui.sale.person_pages import BearerPage
from tests.gui import seen

SIZES = ((1366, 768), (1280, 720))
# A style's hint leaves room for an edge that not every state has.
SLACK = 2
NOW = datetime.fromisoformat("2026-11-22T12:00:00+08:00")
NAME = "示例复方氨酚烷胺人工牛黄马来酸氯苯那敏咖啡因缓释胶囊（儿童与成人通用型）"
LONG = Item(
    code="L1",
    name=NAME,
    spec="0.35g×12粒",
    maker="示例（广东）制药股份有限公司第二分公司",
    price_fen=1680,
)
EVIDENCE = f"{NAME} 8400001 0442053402132：这盒药已在本店卖出：昨天 14:22，1 号收银台，小票 0203-0118，营业员 012"
SAID = {
    "short": Said(theme.YES, "可以销售", "已收货：刚刚。没有卖过。", ""),
    "long": Said(
        theme.NO, "重复", EVIDENCE, "请换一盒再扫；确是顾客退回的，先按 F6 办退货，这盒不能再卖。"
    ),
    "very long": Said(theme.ASK, "还不能收款", "；".join([EVIDENCE] * 3), "请换一盒再扫。" * 4),
    "endless": Said(theme.NO, "没有保存", "；".join([EVIDENCE] * 9), "请换一盒再扫。" * 4),
}


def _people(count):
    return [Person(Operator(f"{n:03}", f"营业员 {n:03}", "营业员")) for n in range(count)]


def _which_drug(shop):
    questions = shop.checkout.questions
    questions.ask_drug("8499999", None, True)
    search = questions.drug_search
    search.field.setText("x")
    search.hits.show_items([LONG] * 30)


def _sign_in(shop):
    shop.checkout.questions.ask_sign_in()
    shop.checkout.questions.show_people(_people(30), NOW)


def _new_drug(shop):
    questions = shop.checkout.questions
    questions.ask_drug("8499999", None, True)
    seen.press(questions, "Alt+N")
    questions.new_drug.refuse(f"✕ 目录里已有：{NAME}")


def _held(shop):
    checkout = shop.checkout
    checkout.held.page.begin(12)
    checkout.questions.show_page(checkout.held.page, checkout.held.page.rows)


def _person(shop):
    """Whose card, with the name still to come and three receipts of before."""
    steps = shop.checkout.customer
    steps.ask()
    page = shop.checkout.questions.currentWidget()
    page.begin(None, wants_name=True)
    person = SalePerson("r", ProofKind.ID, "11********2X", sex=Sex.FEMALE, age=76)
    row = Bought(shop.whole.counter.clock.now(), "01ABCDEF-000118", NAME, 2, "盒")
    page.answered(PersonAnswer(PersonDid.SEEN, person, (row, row, row), 30), row.at)


def _bearer(shop):
    page = BearerPage()
    shop.checkout.questions.addWidget(page)
    page.begin()
    shop.checkout.questions.show_page(page, page.first)
    page.buttons[1 + list(Relation).index(Relation.CARER)].click()


def _prescription(shop):
    """One that is known, with as many drugs as a form has."""
    questions = shop.checkout.questions
    questions.ask_rx(None, "440300", NOW.date(), "007")
    drugs = tuple(Prescribed(n, f"L{n}", "复方氨酚烷胺胶囊", 2) for n in range(1, 6))
    known = Prescription("RX1", "P1", "示例医院", "440300", "张医师", NOW.date(), drugs)
    questions.rx_page.show_known(known)


def _no_code(shop):
    """More entries of the no-code library than a digit can choose."""
    lot = Batch("20250102-ABCDEF", date(2025, 1, 2), date(2028, 1, 1))
    entry = NoCodeEntry("E1", "L1", lot, 9999, 0, NoCodeReason.MADE_BEFORE, date(2025, 3, 1), "发票 7",
                        NoCodeState.APPROVED, NOW, "007", "001")  # fmt: skip
    ask = shop.no_code = NoCodeAsk(shop.whole.view, shop.checkout)  # it is heard while it lives
    answers = [(offered(entry, Term(NOW.date())), entry)] * 12
    ask.choices.ask(f"{NAME} 没有码：从哪一笔里拿？", answers)
    shop.checkout.questions.show_page(ask.choices, ask.choices.list)


def _split(shop):
    """With whom it is for, what stands beside the insurance, and a tender told."""
    person = SalePerson(
        masked="1101**********002X", name_masked="示**", insured=InsuredFacts(other_area=True)
    )
    sale = shop.checkout.sale
    own = replace(sale.lines[0], number=99, cover=Cover.OWN)
    parts = Settlement("", None, fund_fen=123456, account_fen=65432, cash_fen=99999)
    whole = replace(sale, person=person, lines=(*sale.lines, own))
    questions = shop.checkout.questions
    questions.ask_preview(Preview(whole, PaymentKind.DUAL, parts))
    questions.preview_page.tenders.take_rest(TenderKind.WECHAT)


def _disease(shop):
    shop.checkout.disease.ask()
    QTest.keyClick(shop.checkout.disease.page.first, Qt.Key.Key_Return)  # its longest hint


def _tenders(shop):
    """No question: three parts of the payment are told, and a case's number is asked for."""
    panel = shop.checkout.pay_panel
    panel.arm(PaymentKind.SELF)
    for kind in (TenderKind.WECHAT, TenderKind.ALIPAY, TenderKind.CARD, TenderKind.COMMERCIAL):
        panel.tendered.setText("10.00")
        panel.tenders.press(kind)


QUESTIONS = {
    "prescription": _prescription,
    "no code": _no_code,
    "split": _split,
    "disease": _disease,
    "tenders": _tenders,
    "person": _person,
    "bearer": _bearer,
    "none": lambda shop: None,
    "which drug": _which_drug,
    "new drug": _new_drug,
    "lot": lambda shop: shop.checkout.questions.ask_batch(LONG, Batch("L", date(2025, 1, 1), None)),
    "settlement": lambda shop: shop.checkout.questions.ask_settlement(PaymentKind.POOLED, 2180),
    "kind": lambda shop: shop.checkout.questions.ask_kind(KINDS[1:]),
    "units": lambda shop: shop.checkout.questions.ask_units(
        NAME, "粒", 12, more=True, review="required"
    ),
    "held": _held,
    "code": lambda shop: shop.checkout.questions.ask_code(),
    "sign in": _sign_in,
    "price": lambda shop: shop.checkout.questions.ask_price(Line(1, LONG, 3, LONG.price_fen)),
    "order": lambda shop: shop.checkout.questions.ask_order(
        ["美团", "饿了么", "京东到家", "其他平台"], None
    ),
}


def _cut(root: QWidget) -> list[str]:
    """What in `root` is outside the window, over a sibling, or smaller than what it shows."""
    window = root.window()
    frame, wrong = QRect(QPoint(), window.size()), []
    for part in root.findChildren(QWidget):
        shows = isinstance(part, QAbstractButton | QLabel | QLineEdit | QListWidget | QScrollArea)
        if not part.isVisible() or not shows:
            continue
        where = QRect(part.mapTo(window, QPoint()), part.size())
        text = part.text() if isinstance(part, QAbstractButton | QLabel | QLineEdit) else ""
        if not frame.contains(where) and not _scrolled(part):
            wrong.append(f"{type(part).__name__} {text!r} at {where} leaves the window")
        needed = part.minimumSizeHint().height()
        if isinstance(part, QLabel) and part.wordWrap():
            needed = part.heightForWidth(part.width())
        if not isinstance(part, QListWidget | QScrollArea) and part.height() < needed - SLACK:
            wrong.append(f"{type(part).__name__} {text!r} is {part.height()} high, not {needed}")
    return wrong


def _scrolled(part: QWidget) -> bool:
    """What stands in a part that scrolls may be out of sight; that part itself is looked at."""
    around = part.parentWidget()
    while around and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    return around is not None


def _overlaps(parts: list[QWidget]) -> list[str]:
    shown = [part for part in parts if part.isVisible()]
    places = [QRect(part.mapTo(part.window(), QPoint()), part.size()) for part in shown]
    return [
        f"{type(shown[n]).__name__} lies over {type(shown[m]).__name__}"
        for n in range(len(shown))
        for m in range(n)
        if places[n].intersects(places[m])
    ]


def _faults(shop, size) -> list[str]:
    """What is wrong once everything has come to rest: answers of the desk may still be coming."""
    for _ in range(40):
        for _ in range(12):  # sizes travel upwards an event at a time
            QApplication.processEvents()
        faults = _present_faults(shop, size)
        if not faults:
            break
        QTest.qWait(25)
    return faults


def _present_faults(shop, size) -> list[str]:
    checkout, window = shop.checkout, shop.window
    faults = [] if (window.width(), window.height()) == size else [f"window is {window.size()}"]
    parts = [checkout.verdict, checkout.questions, checkout.pay_panel, checkout.keys]
    faults += _overlaps([*parts, window.strip])
    for part in (*parts, window.strip):
        faults += _cut(part) if part.isVisible() else []
    return faults + _verdict_faults(checkout.verdict)


def _verdict_faults(verdict) -> list[str]:
    """Words that stand below the verdict's edge, and a verdict that does not say its word."""
    last = max(
        (corner.y() + layout.boundingRect().height() for corner, layout in verdict.texts),
        default=0,
    )
    over = [f"words end at {last} of {verdict.height()}"] if last > verdict.height() else []
    frame = QRect(QPoint(), verdict.window().size())
    where = QRect(verdict.mapTo(verdict.window(), QPoint()), verdict.size())
    return over + ([] if frame.contains(where) else ["the verdict leaves the window"])


@pytest.mark.parametrize("size", SIZES)
def test_every_state_of_the_right_side_fits(shop, size) -> None:
    checkout = shop.checkout
    for _ in range(3):
        shop.scan(f"8436282{_:013d}")
    shop.window.resize(*size)
    QApplication.processEvents()
    faults = []
    for question, ask in QUESTIONS.items():
        for armed in (None, PaymentKind.CHRONIC, PaymentKind.SELF):
            for length, said in SAID.items():
                checkout.questions.close_question()
                checkout.pay_panel.arm(armed)
                ask(shop)
                checkout.verdict.show_answer(said)
                state = f"{question} · {armed or 'not armed'} · {length}"
                faults += [f"{state}: {fault}" for fault in _faults(shop, size)]
    assert not faults, "\n".join(faults[:40])


@pytest.mark.parametrize("size", SIZES)
def test_beside_a_long_answer_the_most_wanted_keys_stay(shop, size) -> None:
    checkout = shop.checkout
    shop.window.resize(*size)
    shop.scan("84362820442053402132")
    whole = checkout.keys.height()
    for length in ("very long", "endless"):
        checkout.verdict.show_answer(SAID[length])
        QApplication.processEvents()
        shown = [key for key, made in checkout.keys.buttons.items() if made.isVisible()]
        assert shown == ["F4", "F5", "F6", "Backspace", "Esc"], length
        assert not _faults(shop, size)
    checkout.verdict.show_answer(SAID["short"])
    QApplication.processEvents()
    assert all(made.isVisible() for made in checkout.keys.buttons.values())
    assert checkout.keys.height() == whole


def test_what_gives_way_comes_back(shop) -> None:
    checkout = shop.checkout
    shop.window.resize(1280, 720)
    shop.scan("84362820442053402132")
    checkout.verdict.show_answer(SAID["short"])
    QApplication.processEvents()
    assert checkout.keys.isVisible()
    _which_drug(shop)
    checkout.verdict.show_answer(SAID["very long"])
    QApplication.processEvents()
    assert not checkout.keys.isVisible()
    assert not checkout.pay_panel.pay.isVisible()
    checkout.questions.close_question()
    checkout.verdict.show_answer(SAID["short"])
    QApplication.processEvents()
    assert checkout.keys.isVisible()
    assert checkout.pay_panel.pay.isVisible()


def test_what_to_do_is_never_left_out(shop) -> None:
    verdict = shop.checkout.verdict
    shop.window.resize(1280, 720)
    verdict.show_answer(SAID["endless"])
    QApplication.processEvents()
    assert SAID["endless"].todo in [layout.text() for _, layout in verdict.texts]
    assert "0203-0118" in verdict.toolTip()
    assert SAID["endless"].evidence in verdict.accessibleName()


class _Layouts(QObject):
    """Counts how often the right side is asked to lay itself out."""

    def __init__(self, column):
        super().__init__()
        self.asked = 0
        column.installEventFilter(self)

    def eventFilter(self, watched, event):  # noqa: N802 - Qt's name
        self.asked += event.type() == QEvent.Type.LayoutRequest
        return False


def test_a_counter_at_rest_lays_nothing_out(shop, qtbot):
    """It fitted itself a few hundred times a second, and every scan had to wait for that."""
    column = shop.checkout.verdict.parentWidget()
    for said in (SAID["short"], SAID["very long"]):
        shop.checkout.say(said)
        qtbot.wait(200)
        layouts = _Layouts(column)
        qtbot.wait(300)
        assert layouts.asked == 0
    shop.checkout.questions.ask_code()
    qtbot.wait(200)
    layouts = _Layouts(column)
    qtbot.wait(300)
    assert layouts.asked == 0
