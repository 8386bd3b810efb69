"""What a reminder says beside the pay button, and a store without insurance."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.policy import Action
from pharmacy_desk.core.sale.gate.facts import Refusal, Words
from pharmacy_desk.core.sale.gate.limit import LIMIT
from pharmacy_desk.core.sale.limits import (
    LimitHit,
    LimitKind,
    LimitList,
    LimitMode,
    LimitRule,
    LimitText,
)
from pharmacy_desk.counter.answers import (
    GateAnswer,
    GateDid,
    PayAnswer,
    PayDid,
    SaleAnswer,
    SaleDid,
)
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.sale import notes
from pharmacy_desk.gui.sale.bureau_words import BureauWords
from pharmacy_desk.gui.words import limits as limit_words
from pharmacy_desk.gui.words import pay_answers
from tests.conftest import NOON
from tests.core.sale.gate.kit import DRUG, line, sale

HIT = LimitHit(
    1, "Y1", "小儿大黄碳酸氢钠片", LimitKind.AGE, LimitMode.REMIND, ("儿童",), "45", 2180,
    "用于小儿食积不化。", "两库第1批", ("R1",),
)  # fmt: skip


def test_a_limit_is_said_in_our_words_and_quoted_in_the_bureaus(qapp) -> None:
    assert limit_words.hit(HIT) == ("小儿大黄碳酸氢钠片 限儿童使用；参保人 45 岁。小票 R1。")
    assert limit_words.quote(HIT) == "“用于小儿食积不化。”（两库第1批）"


def test_reminders_are_counted_with_their_money_and_what_is_not_known_is_said_quietly(qapp) -> None:
    refusal = Refusal(LIMIT, Action.WARN, Words("", ""), (1,), limits=(HIT,))
    basket = sale(line(1, DRUG, 1))
    kinds = (LimitKind.DISEASE,)
    answer = GateAnswer(GateDid.OPEN, basket, PaymentKind.SELF, (), (refusal,), kinds)
    said = notes.armed(answer, NOON)
    assert said.tone is theme.ASK
    assert "提醒 1 条，涉及 ¥21.80。" in said.evidence
    assert "未核对（不知道）：认定病种。Ctrl+I 录入病种。" in said.evidence
    split = PayAnswer(PayDid.PREVIEWED, basket, reminders=(refusal,), unchecked=kinds)
    assert "提醒 1 条" in notes.reminding(pay_answers.previewed(), split, NOON).evidence
    quiet = notes.armed(GateAnswer(GateDid.OPEN, basket, PaymentKind.SELF), NOON)
    assert quiet == notes.pay(PaymentKind.SELF, basket)


def test_a_store_that_is_not_designated_sells_without_f2(shop) -> None:
    checkout = shop.window.checkout
    assert checkout.pay_panel.insured.isVisible()
    counter = shop.whole.counter
    counter.change_settings(
        replace(counter.settings, values={**counter.settings.values, "store.designated": False})
    )
    checkout.shown()
    assert not checkout.pay_panel.insured.isVisible()
    shop.scan("84362820442053402132")
    QTest.keyClick(shop.window, Qt.Key.Key_F2)
    assert checkout.pay_panel.armed is None
    assert not checkout.questions.is_open
    assert checkout.pay_panel.pay.text() == "请按 F3"


def test_the_bureaus_words_stand_whole_under_the_lines_until_the_next_scan(qtbot, qapp) -> None:
    words = BureauWords()
    qtbot.addWidget(words)
    assert words.isHidden()
    long = replace(HIT, text="限：" + "视网膜静脉阻塞的黄斑水肿，" * 23)
    refusals = [Refusal(LIMIT, Action.WARN, Words("", ""), (1,), limits=(HIT, long, HIT))]
    words.resize(860, 300)
    words.show_words(refusals)
    assert not words.isHidden()
    assert len(words.quoted) == 2
    assert long.text in words.quoted[1]
    assert words.sizeHint().height() < 300
    words.clear()
    assert words.isHidden()


def test_what_insurance_does_not_pay_is_said_and_quoted_at_the_counter(shop) -> None:
    counter = shop.whole.counter
    rule = LimitRule("XM01AE", "布洛芬缓释胶囊", LimitKind.VISIT, ("住院",), None, "两库")
    text = LimitText("布洛芬缓释胶囊", LimitKind.VISIT, ("住院",), "限住院患者。")
    brought = LimitList("两库", None, (rule,), (text,))
    counter.desk_lane.call(
        lambda: counter.open_sale.limits.keep(counter.open_sale.who.actor(), brought)
    )
    shop.scan("84362820442053402132")
    shop.answer_to(lambda: shop.checkout.pay_panel.arm(PaymentKind.POOLED), GateAnswer)
    checkout = shop.checkout
    assert "布洛芬缓释胶囊 仅限住院支付，药店购药不支付" in checkout.verdict.said.evidence
    assert checkout.bureau_words.quoted == ("布洛芬缓释胶囊 “限住院患者。”（两库）",)
    assert checkout.pay_panel.pay.text() == "超出医保支付限制：布洛芬缓释胶囊"
    shop.checkout.escape()
    assert checkout.bureau_words.isHidden()


def test_a_certified_disease_is_typed_by_its_key_and_let_go_with_the_field(shop) -> None:
    shop.scan("84362820442053402132")
    QTest.keyClick(shop.window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    page = shop.checkout.disease.page
    assert page.first.hasFocus()
    QTest.keyClick(page.first, Qt.Key.Key_Return)  # nothing typed: asked on
    assert shop.checkout.questions.is_open
    page.first.setText("m01600")
    answer = shop.answer_to(lambda: QTest.keyClick(page.first, Qt.Key.Key_Return), SaleAnswer)
    assert answer.what is SaleDid.DISEASE_TOLD
    assert page.first.text() == ""
    assert not shop.checkout.questions.is_open
    sale = shop.whole.counter.open_sale.sale
    assert sale.person.insured.diseases == {"M01600"}
