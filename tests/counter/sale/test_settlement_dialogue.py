"""Before the settlement: whom the insurance knows, how it would split, and what stops it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.basics.errors import Fault
from pharmacy_desk.core.people.identity import PersonProof, ProofKind, Sex
from pharmacy_desk.core.ports.settlement import NoneThere, Refused, Settled, Split, Unknown
from pharmacy_desk.core.sale.limits import LimitKind, LimitList, LimitRule
from pharmacy_desk.core.sale.patient import Patient
from pharmacy_desk.core.sale.prescription import Prescribed, RxOrder
from pharmacy_desk.core.sale.sale import PaymentKind, Settlement
from pharmacy_desk.counter.answers import PayAnswer, PayDid
from pharmacy_desk.counter.lanes import answered
from pharmacy_desk.counter.sale.dialogue import Dialogue
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from pharmacy_desk.counter.sale.patients import Patients
from pharmacy_desk.counter.sale.payments import Payments
from tests import plain
from tests.conftest import OTC, Shop, box
from tests.core.sale.gate.kit import names
from tests.fakes.settlement import ToldDoor

SPLIT = Split(Settlement("", None, fund_fen=1526, account_fen=0, cash_fen=654))
SETTLED = Settlement("SETL1", "M1", fund_fen=1526, account_fen=0, cash_fen=654)
CARD = PersonProof(ProofKind.CARD, "A10000002")
SHE = Patient(
    psn_no="P7700001", cert_kind="03", cert_no="A10000002", certno="110101199003070476",
    name="示例乙", area="430100", insutype="310", sex="female", age=36,
    diseases=frozenset({"M03900"}),
)  # fmt: skip


class At:
    """The dialogue and the payments of a shop, over one door; its lane runs when it is told to."""

    def __init__(self, shop: Shop, door: ToldDoor) -> None:
        self.shop, self.door = shop, door
        self.later: list[Callable[[], object]] = []
        self.lines: list[bool] = []
        self.patients = Patients(shop.open_sale, shop.ledger.sealed)
        self.dialogue = Dialogue(
            open_sale=shop.open_sale, patients=self.patients, door=door,
            to_desk=lambda job: job(), to_settlement=self.later.append, post=shop.news.append,
            line=lambda up, _: self.lines.append(up),
        )  # fmt: skip
        self.payments = Payments(
            shop.open_sale, shop.desk, door, lambda: shop.settings, lambda job: job(),
            self.later.append, shop.news.append, lambda _: None, lambda: None, lambda _, __: None,
            lambda: 0.0, self.patients,
        )  # fmt: skip

    def told(self, wished: Any) -> PayAnswer:
        """The answer, once the door was asked."""
        while self.later:
            self.later.pop(0)()
        answer = wished.result(timeout=0)
        assert isinstance(answer, PayAnswer)
        return answer

    def preview(self, kind: PaymentKind = PaymentKind.POOLED) -> PayAnswer:
        return self.told(self.dialogue.preview(kind))

    def show(self, text: str = CARD.text) -> PayAnswer | None:
        """She shows her card; what stops it where the insurance knows her not, or pays nothing."""
        self.shop.open_sale.customer.see(text)
        wished = self.dialogue.whom(lambda: answered(None))
        while self.later:
            self.later.pop(0)()
        return wished.result(timeout=0)  # type: ignore[return-value]  # of a sale that is open

    def pay(self, **how: Any) -> PayAnswer:
        return self.told(self.payments.pay(PayOrder(PaymentKind.POOLED, **how)))

    def settlements(self) -> list[tuple[object, ...]]:
        found = plain.rows(self.shop.ledger.path, "SELECT state FROM settlements ORDER BY id")
        return [tuple(row) for row in found]


def test_a_preview_writes_nothing_and_is_what_is_settled(shop: Shop) -> None:
    at = At(shop, ToldDoor(Settled(SETTLED), split=SPLIT))
    shop.scan(box(1))
    shown = at.preview()
    assert shown.preview
    assert shown.preview.parts.cash_fen == 654
    assert at.settlements() == []
    assert not shop.desk.paying
    assert at.pay(preview=shown.preview).what is PayDid.PAID
    assert at.settlements() == [("settled",)]
    assert check(shop.ledger.path).problems == ()


def test_a_sale_changed_after_its_preview_is_not_settled_but_asked_anew(shop: Shop) -> None:
    at = At(shop, ToldDoor(Settled(SETTLED), split=SPLIT))
    shop.scan(box(1))
    shown = at.preview().preview
    shop.scan(box(2))
    assert at.pay(preview=shown).what is PayDid.CHANGED
    assert at.settlements() == []


def test_a_sale_changed_while_the_preview_is_asked_shows_none(shop: Shop) -> None:
    at = At(shop, ToldDoor(split=SPLIT))
    shop.scan(box(1))
    wished = at.dialogue.preview(PaymentKind.POOLED)
    shop.scan(box(2))
    assert at.told(wished).what is PayDid.CHANGED


def test_a_preview_that_is_off_by_a_fen_is_not_shown_as_one(shop: Shop) -> None:
    wrong = Split(replace(SPLIT.parts, cash_fen=655))
    at = At(shop, ToldDoor(split=wrong))
    shop.scan(box(1))
    told = at.preview()
    assert (told.what, told.preview) == (PayDid.SPLIT_WRONG, None)


@pytest.mark.parametrize(
    ("answer", "fault", "up"),
    [(Refused("超限"), Fault.SETTLEMENT_REFUSED, True),
     (Refused("", reached=False), Fault.SETTLEMENT_FAILED, False),
     (Unknown("ReadTimeout"), Fault.SETTLEMENT_FAILED, False)],
)  # fmt: skip
def test_a_preview_that_is_none_leaves_the_sale_free(
    shop: Shop, answer: Any, fault: Fault, up: bool
) -> None:
    at = At(shop, ToldDoor(split=answer))
    shop.scan(box(1))
    told = at.preview()
    assert told.error
    assert (told.what, told.error.fault, at.lines) == (PayDid.NOT_SETTLED, fault, [up])
    assert at.told(at.payments.pay(PayOrder(PaymentKind.SELF))).what is PayDid.PAID


def test_a_door_that_wants_a_person_is_asked_about_nobody(shop: Shop) -> None:
    at = At(shop, ToldDoor(Settled(SETTLED), split=SPLIT, wants_person=True))
    shop.scan(box(1))
    assert at.preview().what is PayDid.PERSON_WANTED
    assert at.pay().what is PayDid.PERSON_WANTED
    assert at.door.asked == []
    assert at.settlements() == []


def test_who_it_is_goes_with_the_bill_and_masked_to_the_sale(shop: Shop) -> None:
    at = At(shop, ToldDoor(Settled(SETTLED), SHE, SPLIT, wants_person=True))
    shop.scan(box(1))
    assert at.show() is None
    assert shop.open_sale.sale
    person = shop.open_sale.sale.person
    assert person
    assert person.insured
    assert (person.sex, person.age, person.masked) == (Sex.FEMALE, 36, CARD.masked)
    assert (person.insured.other_area, person.insured.area) == (True, "430100")
    shown = at.preview().preview
    assert at.pay(preview=shown).what is PayDid.PAID
    assert [bill.patient for _, bill in at.door.asked] == [SHE, SHE]
    kept = (
        shop.ledger.path.read_bytes()
        + shop.ledger.path.with_name(shop.ledger.path.name + "-wal").read_bytes()
    )
    for raw in (SHE.psn_no, SHE.certno, SHE.cert_no, SHE.name):
        assert raw.encode() not in kept
    assert check(shop.ledger.path).problems == ()


def test_another_person_after_the_preview_is_asked_anew(shop: Shop) -> None:
    at = At(shop, ToldDoor(Settled(SETTLED), SHE, SPLIT, wants_person=True))
    shop.scan(box(1))
    at.show()
    shown = at.preview().preview
    at.door.whom = replace(SHE, psn_no="P7700002", certno="")
    at.show("B20000003")
    assert at.pay(preview=shown).what is PayDid.CHANGED


def test_another_prescription_after_the_preview_is_asked_anew(shop: Shop) -> None:
    at = At(shop, ToldDoor(Settled(SETTLED), split=SPLIT))
    shop.scan(box(1))
    shown = at.preview().preview
    order = RxOrder("P1", "示例医院", "440305", "张医师", shop.clock.now().date(), ())
    drugs = (Prescribed(1, "Y2", "阿莫西林", 1),)
    actor, sale = shop.open_sale.who.actor(), shop.open_sale.open()
    shop.ledger.prescriptions.keep_prescription(actor, sale.number, order, drugs, date(2032, 1, 1))
    shop.open_sale.refresh()
    assert at.pay(preview=shown).what is PayDid.CHANGED
    assert at.settlements() == []


def test_another_card_beside_the_identity_card_is_whom_the_insurance_is_asked_for(
    shop: Shop,
) -> None:
    at = At(shop, ToldDoor(Settled(SETTLED), SHE, SPLIT, wants_person=True))
    shop.scan(box(1))
    at.show(SHE.certno)
    assert at.preview().preview
    mother = replace(SHE, psn_no="P7700009", cert_no="B20000003", certno="110101196003070475")
    at.door.whom = Refused("参保人不存在")
    at.show("B20000003")
    assert at.preview().what is PayDid.PERSON_WANTED
    at.door.whom = mother
    at.show("B20000003")
    shown = at.preview().preview
    assert at.pay(preview=shown).what is PayDid.PAID
    assert [bill.patient for _, bill in at.door.asked] == [SHE, mother, mother]
    assert check(shop.ledger.path).problems == ()


def test_what_is_told_of_one_person_is_not_kept_of_who_was_shown_meanwhile(shop: Shop) -> None:
    at = At(shop, ToldDoor(whom=SHE, split=SPLIT, wants_person=True))
    shop.scan(box(1))
    shop.open_sale.customer.see(CARD.text)
    wished = at.dialogue.whom(lambda: answered(None))
    shop.open_sale.customer.see("B20000003")
    at.later.pop(0)()
    told = wished.result(timeout=0)
    assert isinstance(told, PayAnswer)
    assert told.what is PayDid.CHANGED
    assert at.patients.of(told.sale) is None
    assert at.preview().what is PayDid.PERSON_WANTED


def test_a_suspended_insurance_is_told_at_once_and_nothing_is_asked(shop: Shop) -> None:
    door = ToldDoor(Settled(SETTLED), replace(SHE, suspended=True, since="2026-10-01"), SPLIT)
    at = At(shop, door)
    shop.scan(box(1))
    told = at.show()
    assert told
    assert told.error
    assert (told.what, told.error.params["since"]) == (PayDid.SUSPENDED, "2026-10-01")
    for stopped in (at.preview(), at.pay()):
        assert (stopped.what, names(stopped.refusals)) == (PayDid.REFUSED, ["NO_SETTLEMENT"])
        assert stopped.refusals[0].words.more == ("2026-10-01",)
    assert door.asked == []


def test_what_the_insurance_does_not_know_is_said(shop: Shop) -> None:
    at = At(shop, ToldDoor(whom=Refused("参保人不存在")))
    shop.scan(box(1))
    told = at.show()
    assert told
    assert told.error
    assert (told.what, told.error.fault) == (PayDid.NOT_SETTLED, Fault.SETTLEMENT_REFUSED)
    assert told.sale.person
    assert told.sale.person.insured is None


def test_a_lost_answer_is_undone_and_the_same_asked_anew_while_the_card_is_at_hand(
    shop: Shop,
) -> None:
    at = At(shop, ToldDoor(Unknown("ReadTimeout"), SHE, SPLIT, wants_person=True))
    shop.scan(box(1))
    at.show()
    assert at.pay().what is PayDid.UNDECIDED
    first = at.door.asked[-1][1].msgid
    at.door.answer = NoneThere()
    wished = at.payments.pay(PayOrder(PaymentKind.POOLED))
    at.later.pop(0)()
    at.door.answer = Settled(SETTLED)
    assert at.told(wished).what is PayDid.PAID
    assert [name for name, _ in at.door.asked] == ["settle", "ask_again", "settle"]
    assert at.door.asked[1][1].msgid == first
    assert at.door.asked[2][1].msgid != first
    assert at.settlements() == [("cancelled",), ("settled",)]
    assert check(shop.ledger.path).problems == ()


def test_after_a_kill_the_lost_answer_is_undone_for_her_and_she_shows_her_card_again(
    shop: Shop, open_ledger: Any
) -> None:
    at = At(shop, ToldDoor(Unknown("ReadTimeout"), SHE, SPLIT, wants_person=True))
    shop.scan(box(1))
    at.show()
    at.payments.pay(PayOrder(PaymentKind.POOLED))  # killed here
    after = Shop(open_ledger(shop.ledger.path), shop.clock, shop.profile)
    again = At(after, ToldDoor(NoneThere(), SHE, SPLIT, wants_person=True))
    again.payments.look()
    while again.later:
        again.later.pop(0)()
    ((name, bill),) = again.door.asked
    assert bill.patient
    assert (name, bill.patient.psn_no, bill.patient.area) == ("ask_again", SHE.psn_no, "430100")
    assert not bill.patient.shown
    assert again.settlements() == [("cancelled",)]
    assert not after.desk.paying
    assert again.pay().what is PayDid.PERSON_WANTED
    assert check(after.ledger.path).problems == ()


def test_with_the_split_comes_what_is_reminded_of_and_what_nobody_could_look_at(
    shop: Shop,
) -> None:
    rules = [
        LimitRule(OTC.insurance_code, OTC.name, LimitKind.SEX, ("男",)),
        LimitRule(OTC.insurance_code, OTC.name, LimitKind.DISEASE, ("M1",)),
    ]
    limits = shop.open_sale.limits
    limits.keep(shop.open_sale.who.actor(), LimitList("名单", None, tuple(rules)))
    shop.set(limits__sex="remind")
    at = At(shop, ToldDoor(split=SPLIT, whom=replace(SHE, diseases=None)))
    shop.scan(box(1))
    at.show()
    shown = at.preview(PaymentKind.CHRONIC)
    assert [hit.found for one in shown.reminders for hit in one.limits] == ["女"]
    assert shown.unchecked == (LimitKind.DISEASE,)
