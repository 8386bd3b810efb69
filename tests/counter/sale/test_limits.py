"""Limits at a counter with the real ledger: lists come in, sales are told, everything is proved."""

from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from pharmacy_desk.adapters.resources import shipped_limits
from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.adapters.store.sale.limits import digest
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.catalogue.drugs import InsuranceClass, Item
from pharmacy_desk.core.people.identity import ProofKind, Sex
from pharmacy_desk.core.sale.limits import LimitHit, LimitKind, LimitRule
from pharmacy_desk.core.sale.limits_told import Days
from pharmacy_desk.core.sale.person import InsuredFacts, SalePerson
from pharmacy_desk.counter.answers import GateDid
from pharmacy_desk.counter.catalogue.importing import ImportReport
from pharmacy_desk.counter.sale.limit_import import import_limits
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from tests.conftest import LOT, OTC, RX, SETTLED, Shop, box

HEAD = ["insurance_code", "drug_name", "limit", "value", "as_of"]
CHILDREN = [OTC.insurance_code, OTC.name, "age", "儿童", "2026-06-30"]
DISEASES = [OTC.insurance_code, OTC.name, "disease", "M01600", "2026-06-30"]
COURSE = [OTC.insurance_code, OTC.name, "paid_course", "3天", "2026-06-30"]
HER = SalePerson(
    kind=ProofKind.ID,
    masked="11********2X",
    sex=Sex.FEMALE,
    age=45,
    fingerprint="ab" * 32,
    insured=InsuredFacts(insurance_type="310"),
)


def bring(shop: Shop, *rows: list[str], name: str = "名单", dry_run: bool = False) -> ImportReport:
    return import_limits(
        table=iter(enumerate([HEAD, *rows], start=1)),
        name=name,
        limits=shop.open_sale.limits,
        actor=shop.open_sale.who.actor,
        on_desk=lambda job: job(),
        dry_run=dry_run,
    )


def begin(shop: Shop, *codes: str, person: SalePerson | None = HER) -> None:
    """A sale of these boxes for a person."""
    for code in codes or (box(1),):
        shop.scan(code)
    assert shop.open_sale.sale is not None
    if person:
        actor = shop.open_sale.who.actor()
        until = date(2031, 1, 1)
        shop.ledger.persons.see(actor, shop.open_sale.sale.number, person, {}, until)
        shop.open_sale.refresh()


def reasons(shop: Shop, payment: PaymentKind = PaymentKind.POOLED) -> list[str]:
    found = shop.open_sale.gate.refusals(PayOrder(payment), settled=True)
    return [one.reason.name for one in found]


def said(shop: Shop, payment: PaymentKind = PaymentKind.POOLED) -> list[LimitHit]:
    found = shop.open_sale.gate.said(payment, settled=True)
    return [hit for one in found for hit in one.limits]


def told(shop: Shop) -> list[tuple[str, ...]]:
    rows = shop.ledger.chain.conn.execute(
        "SELECT kind, payment, mode, amount_fen FROM limit_hits ORDER BY kind, payment"
    )
    return [tuple(row) for row in rows]


def test_a_list_is_kept_whole_with_its_event_and_proved(shop: Shop) -> None:
    report = bring(shop, CHILDREN, [OTC.insurance_code, OTC.name, "colour", "红", ""])
    assert (report.read, report.added, report.changed) == (2, 1, 0)
    assert [(bad.row, bad.reason) for bad in report.rejected] == [(3, "limit_unknown")]
    (kept,) = shop.ledger.limits.limit_lists()
    assert (kept.name, kept.as_of) == ("名单", date(2026, 6, 30))
    assert kept.rules == (
        LimitRule(OTC.insurance_code, OTC.name, LimitKind.AGE, ("儿童",), None, "名单"),
    )
    assert check(shop.ledger.path).problems == ()


def test_the_same_list_again_adds_nothing_and_a_dry_run_writes_nothing(shop: Shop) -> None:
    assert bring(shop, CHILDREN, dry_run=True).added == 1
    assert shop.ledger.limits.limit_lists() == ()
    bring(shop, CHILDREN)
    again = bring(shop, CHILDREN)
    assert (again.added, again.changed) == (0, 0)
    assert len(shop.ledger.limits.limit_lists()) == 1
    changed = bring(shop, [*CHILDREN[:3], "取消", "2026-07-01"])
    assert (changed.added, changed.changed) == (0, 1)
    assert check(shop.ledger.path).problems == ()


def test_an_older_list_is_refused_whole(shop: Shop) -> None:
    with pytest.raises(WorldError) as refused:
        bring(shop, [*CHILDREN[:4], "2026-01-01"])  # the shipped one is of 2026-04-22
    assert refused.value.fault is Fault.LIMITS_OLDER
    assert shop.ledger.limits.limit_lists() == ()


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("UPDATE limit_rules SET value = '成人'", "are not those that were imported"),
        ("UPDATE limit_lists SET as_of = '2027-01-01'", "is not as its event tells it"),
        ("DELETE FROM limit_lists", "was imported and is missing"),
        ("UPDATE limit_hits SET amount_fen = 1", "no event tells what sale"),
        ("DELETE FROM limit_hits", "is missing"),
    ],
)
def test_whoever_changes_a_row_behind_the_ledger_is_found_out(
    shop: Shop, sql: str, says: str
) -> None:
    bring(shop, CHILDREN)
    begin(shop)
    reasons(shop)
    shop.ledger.chain.conn.execute("PRAGMA foreign_keys = OFF")
    shop.ledger.chain.conn.execute(sql)
    problems = check(shop.ledger.path).problems
    assert any(says in problem for problem in problems), problems


def test_a_childs_drug_for_an_adult_is_refused_and_written_down_once(shop: Shop) -> None:
    bring(shop, CHILDREN)
    begin(shop)
    assert reasons(shop) == ["LIMIT"]
    assert reasons(shop) == ["LIMIT"]
    assert told(shop) == [("age", "pooled", "limit", 2180)]
    assert reasons(shop, PaymentKind.SELF) == []
    assert told(shop) == [("age", "pooled", "limit", 2180), ("age", "self", "limit", 2180)]
    shop.pay()
    assert check(shop.ledger.path).problems == ()


def test_choosing_a_way_of_paying_writes_nothing_down(shop: Shop) -> None:
    bring(shop, CHILDREN)
    begin(shop)
    answer = shop.desk.gate.choose(PaymentKind.POOLED)
    assert answer.what is GateDid.STOPPED
    assert told(shop) == []


def test_who_pays_alone_is_reminded_and_nothing_is_read_for_a_stranger(shop: Shop) -> None:
    bring(shop, CHILDREN)
    begin(shop)
    answer = shop.desk.gate.choose(PaymentKind.SELF)
    assert answer.what is GateDid.OPEN
    assert [one.reason.name for one in answer.reminders] == ["LIMIT"]
    shop.open_sale.ending.void()
    shop.desk.sale_ended()
    begin(shop, box(2), person=None)
    assert shop.desk.gate.choose(PaymentKind.SELF).reminders == ()


def test_what_is_not_known_of_the_person_is_named_and_stops_nothing(shop: Shop) -> None:
    bring(shop, CHILDREN, DISEASES)
    begin(shop, person=replace(HER, age=None))
    assert reasons(shop, PaymentKind.CHRONIC) == []
    answer = shop.desk.gate.choose(PaymentKind.CHRONIC)
    assert answer.unchecked == (LimitKind.AGE, LimitKind.DISEASE)


def test_a_typed_disease_holds_for_its_sale_alone_and_lies_nowhere(shop: Shop) -> None:
    bring(shop, DISEASES)
    begin(shop)
    assert shop.open_sale.customer.tell_disease(" m03900 ")
    assert reasons(shop, PaymentKind.CHRONIC) == ["LIMIT"]
    assert shop.open_sale.customer.tell_disease("M01600")
    assert reasons(shop, PaymentKind.CHRONIC) == []
    shop.pay(PaymentKind.CHRONIC, SETTLED)
    held = b"".join(path.read_bytes() for path in shop.ledger.path.parent.glob("ledger.db*"))
    assert b"M03900" not in held
    begin(shop, box(2))
    assert shop.desk.gate.choose(PaymentKind.CHRONIC).unchecked == (LimitKind.DISEASE,)


@pytest.mark.parametrize("code", ["", "糖尿病", "M1;M2", "11010519491231002X", "M" * 31])
def test_what_is_no_code_of_a_disease_is_not_taken(shop: Shop, code: str) -> None:
    begin(shop)
    assert not shop.open_sale.customer.tell_disease(code)


def test_a_course_goes_on_over_sales_and_what_came_back_counts_no_more(shop: Shop) -> None:
    bring(shop, COURSE)
    begin(shop, box(1), box(2))
    first = shop.pay()
    begin(shop, box(3), box(4))
    assert reasons(shop) == ["LIMIT"]
    (hit, repeat) = said(shop)
    assert (hit.kind, hit.found, hit.receipts) == (LimitKind.PAID_COURSE, "4", (first.number,))
    assert (repeat.kind, repeat.receipts) == (LimitKind.REPEAT, (first.number,))
    shop.open_sale.ending.void()
    shop.open_sale.returns.take_back(first.number, box(1), "质量问题")
    begin(shop, box(3), box(4))
    assert reasons(shop) == []


def test_another_person_and_another_week_are_no_repeat(shop: Shop) -> None:
    begin(shop, box(1))
    shop.pay()
    begin(shop, box(2), person=replace(HER, fingerprint="cd" * 32))
    assert said(shop) == []
    shop.open_sale.ending.void()
    shop.clock.advance(timedelta(days=7).total_seconds())
    begin(shop, box(2))
    assert said(shop) == []


def test_a_store_turns_kinds_off_and_lets_others_intercept(shop: Shop) -> None:
    bring(shop, CHILDREN)
    begin(shop)
    shop.set(limits__age="intercept")
    assert reasons(shop) == ["INTERCEPTED"]
    shop.set(limits__age="remind")
    assert reasons(shop) == []
    shop.set(limits__age="off")
    assert said(shop) == []


def test_a_suspended_store_is_told_so_by_its_settings(shop: Shop) -> None:
    begin(shop)
    shop.set(store__suspended_from=shop.clock.now().date().isoformat())
    assert reasons(shop) == ["STORE_SUSPENDED"]
    assert reasons(shop, PaymentKind.SELF) == []


def test_the_shipped_list_is_in_force_before_anything_is_imported(shop: Shop) -> None:
    listed = next(rule for rule in shipped_limits().rules if rule.kind is LimitKind.AGE)
    item = Item(
        "Y7", listed.drug, insurance_code=listed.code, insurance_class=InsuranceClass.A,
        price_fen=900, batch=LOT, identifications=("8111111",),
    )  # fmt: skip
    shop.ledger.catalogue.put_items(Actor(shop.clock.now(), "007"), [item])
    begin(shop, "8111111" + "0" * 12 + "1")
    (hit,) = said(shop)
    assert hit.kind is LimitKind.AGE
    assert hit.text
    assert "两库" in hit.version


def test_a_list_with_wordings_and_days_of_a_pack_is_read_back_as_it_came(shop: Shop) -> None:
    head = [*HEAD, "text", "pack_days"]
    rows = [head, [*COURSE, "支付不超过3天。", "0.5"]]
    import_limits(
        table=iter(enumerate(rows, start=1)),
        name="名单",
        limits=shop.open_sale.limits,
        actor=shop.open_sale.who.actor,
        on_desk=lambda job: job(),
    )
    (kept,) = shop.ledger.limits.limit_lists()
    assert kept.rules[0].pack_days == Fraction(1, 2)
    assert kept.texts[0].text == "支付不超过3天。"
    assert len(digest(shop.ledger.chain.conn, 1)) == 64


def test_the_manager_sees_how_often_each_was_told_and_what_followed(shop: Shop) -> None:
    bring(shop, CHILDREN, COURSE)
    # Told of, and paid alone instead.
    begin(shop)
    reasons(shop)
    shop.pay()
    # Overlooked: the store is only reminded.
    shop.set(limits__age="remind", limits__repeat="off")
    shop.clock.advance(60)
    begin(shop, box(2))
    assert reasons(shop) == []
    shop.pay(PaymentKind.POOLED, SETTLED)
    # Taken out.
    shop.clock.advance(60)
    begin(shop, box(3), box(11, RX))
    reasons(shop)
    shop.open_sale.lines.remove_line(1)
    shop.pay()
    # Cancelled, and not known yet.
    shop.clock.advance(60)
    begin(shop, box(4))
    reasons(shop)
    shop.open_sale.ending.void()
    shop.clock.advance(60)
    begin(shop, box(5))
    reasons(shop)
    with closing(Reader(shop.ledger.path)) as reader:
        told_of = reader.limits.told_limits(Days(), None, 10)
        first_page = reader.limits.told_limits(Days(), None, 2)
        rest = reader.limits.told_limits(Days(), first_page[-1], 10)
        sums = reader.limits.sums(Days())
        today = shop.clock.now().date()
        before = reader.limits.sums(Days(None, today - timedelta(1)))
    assert [one.followed.value for one in told_of if one.kind is LimitKind.AGE] == [
        "open", "cancelled", "taken_out", "paid", "self_paid",
    ]  # fmt: skip
    assert first_page + rest == told_of
    (age, *_) = sums
    assert (age.kind, age.times, age.amount_fen) == (LimitKind.AGE, 5, 5 * 2180)
    assert set(age.followed.values()) == {1}
    assert before == []
    newest = next(one for one in told_of if one.kind is LimitKind.AGE)
    assert newest.cells()[3:9] == (OTC.name, "年龄", "提醒", "门诊统筹", "21.80", "未结")


def test_what_is_settled_anew_was_bought_once_and_on_its_first_day(shop: Shop) -> None:
    begin(shop, box(1), box(2))
    first = shop.pay()
    shop.clock.advance(timedelta(days=2).total_seconds())
    begin(shop, box(3), person=None)
    anew = shop.pay()
    shop.ledger.chain.conn.execute(
        "INSERT INTO returns(number, line, sale, sale_line, code, quantity, refund_fen, reason, at,"
        " operator, moved_to) VALUES ('R', 1, ?, 1, '', 2, 0, '', ?, '007', ?)",
        (first.number, shop.clock.now().isoformat(), anew.number),
    )
    bought = shop.ledger.limits.bought("ab" * 32, date(2026, 1, 1), "another")
    assert [(one.receipt, one.on) for one in bought] == [(anew.number, date(2026, 11, 22))]
    assert shop.ledger.limits.bought("ab" * 32, date(2026, 11, 23), "another") == ()
    assert shop.ledger.limits.bought("ab" * 32, date(2026, 1, 1), anew.number) == ()
