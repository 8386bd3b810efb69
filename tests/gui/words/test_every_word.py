"""Every verdict, reason, fault, kind and document has its own row of words, and none of them lies."""

from dataclasses import replace
from datetime import date

import pytest

from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.basics.fault_words import words_of
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.policy import Action, VerdictName
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.sale.gate.facts import Refusal
from pharmacy_desk.core.sale.gate.rules import RULES
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.core.sale.refund import ReturnRefusal
from pharmacy_desk.core.sale.restore import RestoreRefusal
from pharmacy_desk.core.sale.sale import Sale, SaleState, Settlement
from pharmacy_desk.core.sale.tender import Taken, Tender, TenderKind
from pharmacy_desk.core.sale.undo import Refund
from pharmacy_desk.core.scanning.recognise import recognise
from pharmacy_desk.core.scanning.scan import Kind, Problem, RawScan
from pharmacy_desk.core.settings.settings import POLICY_NAMES
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.facts import BoxRecord
from pharmacy_desk.core.stock.movement import MovementKind
from pharmacy_desk.core.stock.no_code import Bar, Flaw
from pharmacy_desk.core.upload.outbox import LineState
from pharmacy_desk.counter.answers import (
    DrugAnswer,
    DrugDid,
    MapAnswer,
    MapDid,
    PayAnswer,
    PayDid,
    PersonDid,
    ReturnAnswer,
    ReturnDid,
    RxAnswer,
    RxDid,
    SaleAnswer,
    SaleDid,
    UnitsAnswer,
    UnitsDid,
)
from pharmacy_desk.counter.views.stock_answers import (
    MoveAnswer,
    MoveDid,
    NoCodeAnswer,
    NoCodeDid,
    NotMoved,
    RecallAnswer,
    RecallDid,
)
from pharmacy_desk.gui.base import theme
from pharmacy_desk.gui.base.said import translate
from pharmacy_desk.gui.words import (
    documents,
    drug_cells,
    gate,
    no_code,
    pay_answers,
    payment,
    persons,
    readings,
    returns,
    rx_answers,
    sale_answers,
    stock_answers,
    units_answers,
    uploads,
)
from pharmacy_desk.gui.words import map as map_words
from pharmacy_desk.gui.words import receipt as receipt_words
from pharmacy_desk.gui.words.settings import policy_name
from pharmacy_desk.gui.words.verdicts.case import Case
from pharmacy_desk.gui.words.verdicts.rows import verdict
from pharmacy_desk.gui.words.verdicts.short import word
from tests.conftest import NOON, OTC

LEFT = NotMoved("84362820442053402132", "", "sold")
SOLD_BY = Batch("L1", date(2026, 1, 1), date(2026, 11, 30))
# What is said only of a box that is in the sale, in whichever language the tests run in.
IN = (
    ("Verdict", "Added"),
    ("Verdict", "One unit is in. For another number press Ctrl+U."),
    ("Verdict", "To take it out press Backspace."),
    ("Verdict", "Tell the customer. To take it out press Backspace."),
)


def said(name: VerdictName, action: Action):
    reading = recognise(RawScan(b"84362820442053402132", "test", NOON))
    return verdict(Verdict(name, action, reading, OTC, SOLD_BY), NOON)


@pytest.mark.parametrize("name", VerdictName)
def test_every_verdict_has_a_word_and_a_sentence_of_its_own(name):
    told = said(name, Action.BLOCK)
    assert word(name)
    assert told.word
    assert told.evidence
    assert "%" not in told.evidence


@pytest.mark.parametrize("name", [one for one in VerdictName if one is not VerdictName.EXEMPT])
@pytest.mark.parametrize("action", [Action.BLOCK, Action.APPROVE])
def test_a_box_that_is_not_in_is_never_said_to_be_in(name, action):
    told = said(name, action)
    shown = f"{told.word} {told.evidence} {told.todo}"
    assert not any(translate(*part) in shown for part in IN), shown


def test_whose_a_box_was_stands_behind_a_comma_of_the_windows_language(qapp):
    here = BoxRecord(
        "84362820442053402132", BoxState.ON_SHELF, OTC.code, SOLD_BY, "R1", NOON, "01", "007", "示例医药"
    )  # fmt: skip
    reading = recognise(RawScan(b"84362820442053402132", "test", NOON))
    known = Verdict(VerdictName.OK, Action.ALLOW, reading, OTC, SOLD_BY, record=here)
    told = Case(known, NOON).told
    assert told.endswith("，示例医药")
    assert "," not in told


@pytest.mark.parametrize("name", [one for one in VerdictName if one is not VerdictName.EXPIRED])
def test_nothing_but_an_expired_box_is_called_expired(name):
    for action in Action:
        assert said(name, action).word != word(VerdictName.EXPIRED)


def test_a_blocked_box_without_receiving_record_is_told_that_and_in_red():
    told = said(VerdictName.OK_UNRECEIVED, Action.BLOCK)
    assert told.tone is theme.NO
    assert OTC.name in told.evidence
    assert "Ctrl+2" in told.todo


def test_a_blocked_box_near_its_date_is_told_the_date_and_in_red():
    told = said(VerdictName.NEAR_EXPIRY, Action.BLOCK)
    assert told.tone is theme.NO
    assert "2026-11-30" in told.evidence


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.place}-{rule.reason.name}")
@pytest.mark.parametrize("action", [Action.BLOCK, Action.APPROVE])
def test_every_gate_rule_has_its_words_in_the_windows_language(rule, action):
    refusal = Refusal(rule.reason, action, rule.words, (1,), 1)
    assert "%" not in gate.reason(refusal, None)
    assert gate.reason_todo(refusal)
    if rule.reason.name in POLICY_NAMES:
        assert policy_name(rule.reason.name)


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_says_what_happened_and_what_to_do(fault):
    what, todo = words_of(fault)
    assert what.endswith(".")
    assert todo.endswith(".")


def test_kinds_problems_documents_payments_and_states_have_words():
    for kind in Kind:
        assert readings.kind(kind)
    for problem in Problem:
        assert readings.damage(problem) or problem is Problem.NEEDS_MAP  # no damage: a question
        assert readings.damage_todo(problem)
    for movement in MovementKind:
        assert documents.movement(movement)
    for paid in PaymentKind:
        assert payment.payment(paid)
    for state in LineState:
        assert uploads.outbox_state(state.value, None)


def test_an_accepted_box_says_that_it_is_in():
    for name in (VerdictName.OK_UNRECEIVED, VerdictName.NEAR_EXPIRY, VerdictName.EXPIRED):
        told = said(name, Action.WARN)
        assert told.tone is not theme.NO
        assert replace(told, todo="") != replace(said(name, Action.BLOCK), todo="")


@pytest.mark.parametrize("what", SaleDid)
def test_every_answer_about_the_sale_has_its_words_or_is_seen(what):
    told = sale_answers.sale(SaleAnswer(what, "阿莫西林"))
    assert (told is None) is (what in sale_answers.SILENT)
    if told:
        assert told.word
        assert "%" not in told.evidence
        assert not (what.refused and told.tone is theme.YES)


@pytest.mark.parametrize("what", UnitsDid)
def test_every_answer_about_units_has_its_words(what):
    refusing = Verdict(
        VerdictName.SPLIT_EXHAUSTED, Action.BLOCK, recognise(RawScan(b"1", "test", NOON))
    )
    judged = refusing if what is UnitsDid.VERDICT else None
    told = units_answers.units(UnitsAnswer(what, "84362820442053402132", 3, 2, judged))
    assert told.word
    assert told.evidence
    assert (told.tone is theme.YES) is (what is UnitsDid.TAKEN)


# What becomes of an insured sale's undoing besides.
UNDOING = (
    ReturnDid.AT_TERMINAL,
    ReturnDid.AT_TILL,
    ReturnDid.NOT_CANCELLED,
    ReturnDid.NOT_KNOWN_YET,
)


def test_what_goes_back_is_told_where_what_is_kept_waits_to_be_settled():
    """The drawer counts all of it back, and what is kept as paid anew."""
    taken = Taken((Tender(TenderKind.CASH, 540),))
    refund = Refund(Settlement("S3", cash_fen=540), 0, taken=taken)
    answer = ReturnAnswer(ReturnDid.TO_SETTLE, "", "R1", refund=refund, anew="S2")
    said = receipt_words.undone(answer)
    assert said is not None
    assert said.evidence.count("¥5.40") == 2  # her part of what is cancelled, and what goes back


@pytest.mark.parametrize("why", [*RestoreRefusal, *ReturnRefusal])
def test_every_box_that_does_not_come_back_has_its_words(why):
    on_shelf = isinstance(why, RestoreRefusal)
    answer = ReturnAnswer(ReturnDid(why.value), "84362820442053402132", on_shelf=on_shelf)
    assert returns.refused(answer)
    assert answer.reason == why.value


def test_no_refusal_of_a_return_is_known_to_the_answers_only():
    ours = {why.value for why in (*RestoreRefusal, *ReturnRefusal)}
    assert {what.value for what in ReturnDid if what.refused} == ours | {
        what.value for what in UNDOING
    }


@pytest.mark.parametrize("what", UNDOING)
def test_every_end_of_an_undoing_has_its_words(what):
    assert returns.refused(ReturnAnswer(what, ""))


@pytest.mark.parametrize("what", PayDid)
def test_every_end_of_a_payment_has_its_words(what):
    sale = Sale("S1", SaleState.PAID, "01", "007", NOON)
    stops = (Refusal(RULES[0].reason, Action.BLOCK, RULES[0].words),)
    told = pay_answers.pay(PayAnswer(what, sale, stops, WorldError(Fault.SETTLEMENT_UNKNOWN)), NOON)
    assert told.word
    assert told.evidence
    assert "%" not in told.evidence
    assert (told.tone is theme.YES) is (what is PayDid.PAID)


@pytest.mark.parametrize("what", MapDid)
def test_every_answer_about_the_map_has_its_words(what):
    answer = MapAnswer(what, "8436282", "布洛芬", "芬必得")
    assert (map_words.at_checkout(answer) is None) is (what is MapDid.CONFIRMED)
    for told in (
        map_words.answer(answer),
        map_words.at_checkout(answer) or map_words.answer(answer),
    ):
        assert told.word
        assert "%" not in told.evidence
        assert not (what.refused and told.tone is theme.YES)


@pytest.mark.parametrize("of", [stock_answers.moved, stock_answers.counted])
@pytest.mark.parametrize("what", MoveDid)
def test_every_answer_about_documents_has_its_words(of, what):
    broken = WorldError(Fault.DISK_FULL) if what is MoveDid.BROKEN_OFF else None
    posted = what in (MoveDid.POSTED, MoveDid.PARTLY_POSTED, MoveDid.BROKEN_OFF)
    stayed = () if what in (MoveDid.POSTED, MoveDid.NOTHING_TO_MOVE) else (LEFT,)
    documents = ("M1", "M2") if posted else ()
    told = of(MoveAnswer(what, MovementKind.TRANSFER_OUT, documents, 2, stayed, broken))
    assert (told is None) is (what is MoveDid.APPROVAL_AWAITED)
    if told:
        assert told.word
        assert told.evidence
        assert "%" not in f"{told.evidence} {told.todo}"
        assert (told.tone is theme.YES) is (what is MoveDid.POSTED)


@pytest.mark.parametrize("what", RecallDid)
def test_every_answer_about_a_recall_has_its_words(what):
    answer = RecallAnswer(what, "Z1", "L1")
    told = stock_answers.recall(answer)
    assert (told is None) is (what is RecallDid.APPROVAL_AWAITED)
    if told:
        assert told.word
        assert "Z1" in told.evidence
        assert "%" not in told.evidence
        assert (told.tone is theme.YES) is not answer.refused


@pytest.mark.parametrize("what", NoCodeDid)
def test_every_answer_of_the_no_code_library_has_its_words(what):
    flaw = Flaw.LOT if what is NoCodeDid.FLAWED else None
    bar = Bar.NOBODY if what is NoCodeDid.BARRED else None
    told = stock_answers.no_code(NoCodeAnswer(what, "W1", flaw, bar, "L1", 2, 1))
    assert (told is None) is (what is NoCodeDid.APPROVAL_AWAITED)
    if told:
        assert told.word
        assert told.evidence
        assert "%" not in f"{told.evidence} {told.todo}"


def test_every_flaw_and_every_bar_of_an_entry_has_its_words():
    for flaw in Flaw:
        assert no_code.flaw(flaw).evidence
    for bar in Bar:
        assert no_code.bar(bar).evidence


# What is known of one is told by its receipt, what is sealed by the list of prescriptions.
RX_ELSEWHERE = (RxDid.KNOWN, RxDid.OPENED, RxDid.DROPPED)


@pytest.mark.parametrize("what", [what for what in RxDid if what not in RX_ELSEWHERE])
def test_every_answer_to_a_prescription_is_said(what):
    told = rx_answers.rx(RxAnswer(what, detail="number"))
    assert told.word
    assert told.evidence
    assert "%1" not in told.evidence + told.todo
    if what.refused and what is not RxDid.ASKED:
        assert told.tone is not theme.YES


@pytest.mark.parametrize("what", PersonDid)
def test_every_refusal_of_a_proof_is_said_and_nothing_else(what):
    assert bool(persons.why_not(what)) is what.refused


@pytest.mark.parametrize("what", [what for what in DrugDid if what is not DrugDid.BAD_CELL])
def test_every_reason_why_a_drug_was_not_kept_is_said(what):
    """A bad cell is named by its column, in tests of its own."""
    told = drug_cells.why_not(DrugAnswer(what, "维生素C片"))
    assert bool(told) is (what.refused or what is DrugDid.APPROVAL_AWAITED)
    assert "%1" not in told
