"""Whom a sale is for: seen at the step, kept sealed, entered in the register with the payment."""

from dataclasses import replace

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.policy import VerdictName
from pharmacy_desk.core.people.identity import ProofKind, Sex
from pharmacy_desk.core.sale.patient import Patient
from pharmacy_desk.core.sale.person import Relation
from pharmacy_desk.core.sale.sale import PaymentKind
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.core.upload.message import identity_words
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import PersonDid
from pharmacy_desk.counter.sale.limits import limit_person
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from tests.conftest import OTC, box

WHO, OTHER = "11010519491231002X", "440303199001010015"
VOUCHER, CARD, WECHAT = "1234567890123456789012345678", "A12345678", "134567890123456789"
COLD = replace(
    OTC, code="E1", name="伪麻片", identifications=("8111111",), barcodes=(), ephedrine=True
)
PATIENT = Patient(
    "psn1", "01", VOUCHER, certno=WHO, name="欧阳示例", area="440100", insutype="310",
    sex="female", age=76, diseases=frozenset({"M03900"}),
)  # fmt: skip


@pytest.fixture
def till(shop):
    shop.ledger.catalogue.put_items(Actor(shop.clock.now(), "007"), [COLD])
    return shop


@pytest.fixture
def customer(till):
    return till.open_sale.customer


def _reasons(till, payment=PaymentKind.SELF):
    return [
        one.reason.name for one in till.open_sale.gate.refusals(PayOrder(payment), settled=True)
    ]


def test_an_identity_card_tells_sex_and_age_and_is_shown_masked(till, customer):
    till.scan(box(1))
    told = customer.see(WHO, name="欧阳示例")
    assert told.what is PersonDid.SEEN
    person = till.open_sale.sale.person
    assert (person.kind, person.sex, person.age) == (ProofKind.ID, Sex.FEMALE, 76)
    assert (person.masked, person.name_masked) == ("11********2X", "欧**")
    assert customer.proof(till.open_sale.sale).text == WHO
    assert till.ledger.sealed.open(till.open_sale.who.actor(), person.record, "test") == {
        "number": WHO, "name": "欧阳示例",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind", "why"),
    [
        ("110105194912310021", None, PersonDid.WRONG_CHECK),
        (WECHAT, None, PersonDid.PAYMENT_CODE),
        (box(1), None, PersonDid.NOTHING),
        (WHO, ProofKind.CARD, PersonDid.OTHER_KIND),
    ],
)
def test_what_is_no_proof_is_not_kept(till, customer, text, kind, why):
    assert customer.see(text, kind).what is why
    assert till.open_sale.sale is None or till.open_sale.sale.person is None


@pytest.mark.parametrize("name", ["张3", "x" * 41, WHO])
def test_a_name_with_digits_is_none(till, customer, name):
    assert customer.see(WHO, name=name).what is PersonDid.BAD_NAME


def test_a_card_or_voucher_is_used_from_memory_alone(till, customer):
    for text in (CARD, VOUCHER):
        customer.see(text)
        assert till.open_sale.sale.person.record is None
    assert customer.proof(till.open_sale.sale, ProofKind.VOUCHER).text == VOUCHER
    till.open_sale.ending.void()
    till.open_sale.open()
    assert customer.proof(till.open_sale.sale) is None


def test_what_the_insurance_told_stands_with_the_sale(till, customer):
    till.scan(box(1))
    customer.see(VOUCHER)
    customer.learn(PATIENT)
    insured = till.open_sale.sale.person.insured
    assert (insured.area, insured.insurance_type, insured.suspended) == ("440100", "310", False)
    assert insured.diseases == {"M03900"}
    assert "M03900" not in repr(till.open_sale.sale)
    assert "M03900" not in repr(limit_person(till.open_sale.sale))
    assert till.open_sale.sale.person.fingerprint
    assert customer.patient(till.open_sale.sale) is PATIENT
    till.pay()
    kept = till.ledger.sales.load_sale(till.ledger.chain.origin.document(1))
    assert kept.person.insured.diseases is None  # in memory and sealed only
    assert check(till.ledger.path).problems == ()


def test_the_card_of_the_insured_and_the_code_beside_it_are_one_person(till, customer):
    till.scan(box(1))
    customer.see(WHO, name="欧阳示例")
    customer.see(VOUCHER)
    customer.learn(PATIENT)
    person = till.open_sale.sale.person
    assert person.proved
    assert person.insured.area == "440100"


@pytest.mark.parametrize("first", [VOUCHER, OTHER])
def test_the_name_on_the_insured_card_is_not_that_of_another_identity_card(till, customer, first):
    till.scan(box(1, COLD))
    customer.see(first)
    if first == VOUCHER:
        customer.learn(replace(PATIENT, certno=WHO, name="示例甲"))
        customer.see(OTHER)
    else:
        customer.see(VOUCHER)
        till.__post_init__()  # a restart: what the card told is in the record alone
        till.open_sale.customer.learn(replace(PATIENT, certno=WHO, name="示例甲"))
    person = till.open_sale.sale.person
    held = till.ledger.sealed.open(till.open_sale.who.actor(), person.record, "test")
    assert (held["number"], held["certno"], held.get("name", "")) == (OTHER, WHO, "")
    assert person.name_masked == ""
    told = identity_words(held)
    assert (told["psn_name"], told["certno"]) == ("示例甲", WHO)


def test_ephedrine_asks_for_the_card_and_enters_the_register(till, customer):
    till.scan(box(1, COLD))
    assert "ID_REQUIRED" in _reasons(till)
    customer.see(WHO)
    assert customer.name("欧阳示例").what is PersonDid.NAMED
    assert _reasons(till) == []
    paid = till.pay()
    row = till.ledger.chain.conn.execute("SELECT * FROM register_entries").fetchone()
    assert (row["sale"], row["name"], row["lot"], row["quantity"]) == (
        paid.number, "伪麻片", COLD.batch.lot, 1,
    )  # fmt: skip
    held = till.ledger.sealed.open(till.open_sale.who.actor(), row["record"], "register shown")
    assert held == {"number": WHO, "name": "欧阳示例"}
    kept = till.ledger.chain.conn.execute(
        "SELECT kind, kept_until FROM sealed_records WHERE dropped_at IS NULL"
    ).fetchone()
    assert tuple(kept) == ("register", "2031-11-22")
    assert check(till.ledger.path).problems == ()


def test_a_third_box_is_stopped(till, customer):
    customer.see(WHO, name="欧阳示例")
    for number in (1, 2, 3):
        till.scan(box(number, COLD))
    assert _reasons(till) == ["QUANTITY_LIMIT"]
    till.open_sale.lines.undo()
    assert _reasons(till) == []


def test_with_the_last_box_the_customer_goes(till, customer):
    """Whoever comes next to the empty counter is not taken for the one before."""
    till.scan(box(1, OTC))
    till.scan(box(2, OTC))
    customer.see(WHO, name="欧阳示例")
    till.open_sale.lines.undo()
    assert till.open_sale.sale.person is not None
    till.open_sale.lines.undo()
    assert till.open_sale.sale.person is None
    assert customer.proof(till.open_sale.sale) is None
    till.scan(box(1, OTC))
    till.open_sale.customer.tell_disease("M01600")
    till.open_sale.lines.remove_line(till.open_sale.sale.lines[0].number)
    assert till.open_sale.sale.person is None


def test_who_buys_a_box_buys_its_units(till, customer):
    """The box goes out before its units come in: nobody else stands there meanwhile."""
    till.scan(box(1, OTC))
    customer.see(WHO, name="欧阳示例")
    till.open_sale.lines.undo(customer_stays=True)
    assert till.open_sale.sale.person.proved


def test_another_ones_identity_card_is_not_entered_under_the_name_of_the_insured(till, customer):
    """Who buys for her shows his own: the register gets his name, the insurance keeps hers."""
    till.scan(box(1, COLD))
    customer.see(VOUCHER)
    customer.learn(PATIENT)
    customer.tell_bearer(None)
    customer.see(OTHER)
    person = till.open_sale.sale.person
    assert (person.name_masked, person.bearer) == ("", None)
    assert person.insured.area == "440100"
    customer.name("示例乙")
    till.pay()
    row = till.ledger.chain.conn.execute("SELECT record FROM register_entries").fetchone()
    held = till.ledger.sealed.open(till.open_sale.who.actor(), row["record"], "register shown")
    assert (held["number"], held["name"], held["insured_name"]) == (OTHER, "示例乙", "欧阳示例")
    assert check(till.ledger.path).problems == ()


def test_nor_where_his_card_was_shown_first(till, customer):
    till.scan(box(1, COLD))
    customer.see(OTHER)
    customer.see(VOUCHER)
    customer.learn(PATIENT)
    person = till.open_sale.sale.person
    assert person.proved
    assert (person.name_masked, person.sex) == ("", Sex.FEMALE)


def test_a_card_shown_after_the_insurance_told_is_asked_about_anew(till, customer):
    """Else the sale would be settled for whoever was asked about before."""
    till.scan(box(1))
    customer.see(OTHER, name="示例乙")
    customer.learn(replace(PATIENT, certno=OTHER, psn_no="psn2", name="示例乙"))
    customer.tell_bearer(None)
    customer.see(VOUCHER)
    person = till.open_sale.sale.person
    assert (person.insured, person.bearer) == (None, None)
    assert customer.patient(till.open_sale.sale) is None
    assert "psn_no" not in till.ledger.sealed.open(
        till.open_sale.who.actor(), person.record, "test"
    )
    assert (person.proved, person.name_masked) == (True, "示**")


@pytest.mark.parametrize(("first", "second"), [(CARD, "B12345678"), (WHO, OTHER)])
def test_who_stands_there_is_asked_anew_of_another_person(till, customer, first, second):
    till.scan(box(1))
    customer.tell_bearer(None)
    customer.see(first)
    assert till.open_sale.sale.person.bearer is not None  # said of whoever is shown then
    customer.see(first)
    assert till.open_sale.sale.person.bearer is not None
    customer.see(second)
    assert till.open_sale.sale.person.bearer is None
    assert check(till.ledger.path).problems == ()


def test_what_is_in_hand_waits_with_a_held_sale(till, customer):
    till.scan(box(1, OTC))
    customer.see(WHO, name="欧阳示例")
    till.open_sale.customer.tell_disease("M01600")
    first = till.open_sale.sale
    till.open_sale.held.hold()
    till.scan(box(2, OTC))
    assert till.open_sale.sale.person is None
    assert customer.proof(till.open_sale.sale) is None
    till.open_sale.held.resume(1)
    assert till.open_sale.sale.number == first.number
    assert till.open_sale.sale.person.insured.diseases == {"M01600"}
    assert customer.proof(till.open_sale.sale).text == WHO
    till.open_sale.held.resume(1)
    assert till.open_sale.sale.person is None


def test_a_repeat_buyer_is_shown_by_receipt_until_the_days_are_over(till, customer):
    till.scan(box(1, COLD))
    assert customer.see(WHO, name="欧阳示例").bought == ()
    first = till.pay()
    till.scan(box(2, COLD))
    (row,) = customer.see(WHO).bought
    assert (row.sale, row.name, row.quantity) == (first.number, "伪麻片", 1)
    assert customer.see(OTHER).bought == ()
    till.open_sale.ending.void()
    till.clock.advance(31 * 86400)
    assert customer.see(WHO).bought == ()


def test_a_name_after_a_restart_opens_the_record_by_an_event(till, customer):
    till.scan(box(1, COLD))
    customer.see(WHO)
    till.__post_init__()  # a new life over the same ledger
    assert till.open_sale.customer.name("欧阳示例").what is PersonDid.NAMED
    person = till.open_sale.sale.person
    assert (
        till.ledger.sealed.open(till.open_sale.who.actor(), person.record, "test")["number"] == WHO
    )
    count = "SELECT count(*) FROM events WHERE kind = 'sealed_opened'"
    assert till.ledger.chain.conn.execute(count).fetchone()[0] == 2


def test_after_a_restart_what_the_insurance_tells_keeps_the_number(till, customer):
    till.scan(box(1, COLD))
    customer.see(WHO, name="欧阳示例")
    till.__post_init__()
    till.open_sale.customer.see(VOUCHER)
    till.open_sale.customer.learn(PATIENT)
    person = till.open_sale.sale.person
    held = till.ledger.sealed.open(till.open_sale.who.actor(), person.record, "test")
    assert (held["number"], held["psn_no"], held["name"]) == (WHO, "psn1", "欧阳示例")


def test_the_same_card_again_loses_neither_name_nor_what_the_insurance_told(till, customer):
    till.scan(box(1, COLD))
    customer.see(VOUCHER)
    customer.learn(PATIENT)
    customer.see(WHO, name="欧阳示例")
    customer.see(WHO)
    till.__post_init__()
    till.open_sale.customer.see(WHO)
    person = till.open_sale.sale.person
    held = till.ledger.sealed.open(till.open_sale.who.actor(), person.record, "test")
    assert (held["number"], held["psn_no"], held["name"]) == (WHO, "psn1", "欧阳示例")
    assert person.insured.area == "440100"
    till.open_sale.customer.see(OTHER)
    person = till.open_sale.sale.person
    held = till.ledger.sealed.open(till.open_sale.who.actor(), person.record, "test")
    assert held == {"number": OTHER}
    assert (person.name_masked, person.insured) == ("", None)


def test_what_is_past_its_time_is_dropped_once_a_day(till, customer):
    till.scan(box(1))
    customer.see(WHO)
    till.pay()
    assert customer.drop_due() == 0
    till.clock.advance(2 * 366 * 86400)
    assert customer.drop_due() == 0  # the log has not gone on past that day: the clock may be wrong
    till.open_sale.open()
    till.clock.advance(8 * 86400)
    assert customer.drop_due() == 1
    assert customer.drop_due() == 0
    assert check(till.ledger.path).problems == ()


def test_who_fetches_for_another_is_named_sealed(till, customer):
    till.scan(box(1))
    assert customer.tell_bearer(Relation.CHILD).what is PersonDid.BAD_NAME
    assert customer.tell_bearer(Relation.CHILD, "司马示例").what is PersonDid.BEARER_TOLD
    bearer = till.open_sale.sale.person.bearer
    assert (bearer.relation, bearer.name_masked, bearer.himself) == (Relation.CHILD, "司**", False)
    customer.tell_bearer(None)
    assert till.open_sale.sale.person.bearer.himself
    said = till.ledger.chain.conn.execute("SELECT group_concat(payload) FROM events").fetchone()[0]
    assert "司马" not in said
    assert check(till.ledger.path).problems == ()


def test_the_wrong_person_is_forgotten(till, customer):
    customer.see(WHO)
    assert customer.forget().what is PersonDid.FORGOTTEN
    assert till.open_sale.sale.person is None
    assert customer.forget().what is PersonDid.NOBODY


def test_a_scan_belongs_to_the_step_while_it_asks_and_is_refused_at_any_other_time(till):
    assert till.scan(WHO).name is VerdictName.NOT_TRACE
    till.desk.asks_person = True
    till.desk.scan(RawScan(WHO.encode(), "test", till.clock.now()))
    (shown,) = [one for one in till.news if isinstance(one, news.PersonShown)]
    assert shown.answer.what is PersonDid.SEEN
    assert till.scan(box(1)).accepted
    till.desk.scan(RawScan(WECHAT.encode(), "test", till.clock.now()))
    assert till.news[-1].answer.what is PersonDid.PAYMENT_CODE
    assert all(WHO not in entry.shown for entry in till.desk.log.ring)
