"""A drug by hand: added for the box in hand, sold self-paid, completed by the office; by right."""

from typing import Any

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.policy import VerdictName
from pharmacy_desk.core.catalogue.drugs import MapState
from pharmacy_desk.core.people.people import Operator
from pharmacy_desk.counter.answers import DrugAnswer, DrugDid, MapDid, SaleAnswer, SaleDid
from pharmacy_desk.counter.catalogue.drug_wishes import DrugWishes
from tests.conftest import OTC, RX, Shop
from tests.counter.stock.test_restore import NowLane

NEW = "8999999"
BOX = f"{NEW}{1:013d}"
TOLD = {
    "name": "阿司匹林肠溶片",
    "spec": "100mg×30片",
    "maker": "示例制药",
    "approval": "H20130339",
    "price": "12.5",
}


@pytest.fixture
def peopled(shop: Shop) -> Shop:
    actor = Actor(shop.clock.now(), "001")
    for person, name, role, pin in (
        ("007", "小李", "营业员", "384756"),
        ("001", "王店长", "店长", "427391"),
        ("002", "小张", "营业员", "195738"),
    ):
        shop.ledger.people.put_operator(actor, Operator(person, name, role), pin)
    return shop


def _keeper(shop: Shop) -> DrugWishes:
    return DrugWishes(
        lane=NowLane(),
        catalogue=shop.ledger.catalogue,
        people=shop.ledger.people,
        who=shop.open_sale.who,
        porter=shop.desk.porter,
        approvals=shop.desk.approvals,
        desk=shop.desk.question,
        initials=lambda name: f"[{name}]",
    )


def _add(shop: Shop, **more: Any) -> DrugAnswer:
    cells = {**TOLD, **more.pop("cells", {})}
    told = _keeper(shop).add(cells, more.pop("identification", NEW), **more).result(timeout=0)
    assert isinstance(told, DrugAnswer)
    return told


def _change(shop: Shop, code: str, **cells: str) -> DrugAnswer:
    told = _keeper(shop).change(code, cells).result(timeout=0)
    assert isinstance(told, DrugAnswer)
    return told


def test_an_unknown_box_is_sold_self_paid_once_its_drug_is_added(shop: Shop) -> None:
    assert shop.scan(BOX).name is VerdictName.UNMAPPED
    told = _add(shop)
    assert told.what is DrugDid.ADDED
    assert told.lacking == ("category", "insurance_class")
    assert told.mapped is not None
    assert told.mapped.verdict is not None
    assert told.mapped.verdict.accepted
    stops = shop.open_sale.gate.stops(PaymentKind.POOLED, settled=True)
    assert "NOT_PAYABLE" in {stop.reason.name for stop in stops}
    sale = shop.pay()
    assert sale.codes() == (BOX,)
    assert sale.total_fen == 1250
    kept = shop.ledger.catalogue.find_item(told.code)
    assert kept is not None
    assert (kept.pinyin, kept.approval) == ("[阿司匹林肠溶片]", "国药准字H20130339")
    assert check(shop.ledger.path).problems == ()


def test_a_clerk_asks_the_manager_in_place_and_the_yes_counts_for_the_map(peopled: Shop) -> None:
    shop = peopled
    shop.settings = type(shop.settings)(shop.settings.values, practice=False)
    shop.set(map__second_person=True)
    shop.scan(BOX)
    assert _add(shop).what is DrugDid.APPROVAL_AWAITED
    request = shop.desk.approvals.waiting
    assert request is not None
    assert request.name == "阿司匹林肠溶片 100mg×30片 ¥12.50"
    yes = shop.desk.approvals.answer("001", "427391", "核对过包装").result(timeout=0)
    told = yes.then
    assert isinstance(told, DrugAnswer)
    assert told.mapped is not None
    assert told.mapped.what is MapDid.CONFIRMED
    assert shop.open_sale.sale is not None
    assert shop.open_sale.sale.codes() == (BOX,)
    (entry,) = shop.ledger.map.map_entries(NEW)
    assert (entry.operator, entry.mapping.state) == ("001", MapState.CONFIRMED)
    assert check(shop.ledger.path).problems == ()


def test_a_second_person_who_may_is_asked_once(peopled: Shop) -> None:
    shop = peopled
    shop.settings = type(shop.settings)(shop.settings.values, practice=False)
    shop.set(map__second_person=True)
    shop.scan(BOX)
    told = _add(shop, second=("001", "427391"))
    assert told.what is DrugDid.ADDED
    assert told.mapped is not None
    assert told.mapped.what is MapDid.CONFIRMED


def test_the_map_keeps_its_own_rule_of_a_second_person(shop: Shop) -> None:
    shop.set(map__second_person=True)
    shop.scan(BOX)
    told = _add(shop)
    assert told.what is DrugDid.ADDED
    assert told.mapped is not None
    assert told.mapped.what is MapDid.PROPOSED
    assert shop.open_sale.sale is None


def test_a_wrong_pin_adds_nothing(peopled: Shop) -> None:
    assert _add(peopled, second=("001", "000000")).what is DrugDid.BAD_PIN
    assert peopled.ledger.catalogue.find_by_approval("国药准字H20130339", TOLD["spec"]) is None


def test_what_cannot_be_kept_is_refused_by_its_cell(shop: Shop) -> None:
    told = _add(shop, cells={"price": ""})
    assert told.what is DrugDid.BAD_CELL
    assert told.bad is not None
    assert told.bad.column == "price"


def test_a_drug_of_the_list_is_not_added_a_second_time(shop: Shop) -> None:
    first = _add(shop)
    again = _add(shop)
    assert again.what is DrugDid.ALREADY_THERE
    assert again.other is not None
    assert again.other.code == first.code


def test_nothing_is_added_at_a_locked_counter(peopled: Shop) -> None:
    peopled.desk.porter.lock("key")
    told = _keeper(peopled).add(TOLD, NEW).result(timeout=0)
    assert told == SaleAnswer(SaleDid.LOCKED)
    assert _keeper(peopled).change(OTC.code, {"price": "1"}).result(timeout=0) == told


def test_the_office_completes_it_and_the_mark_goes(shop: Shop) -> None:
    code = _add(shop).code
    half = _change(shop, code, category="西药", insurance_class="自费")
    assert (half.what, half.lacking) == (DrugDid.CHANGED, ("rx",))
    whole = _change(shop, code, rx="OTC乙", name="阿司匹林")
    assert (whole.what, whole.lacking) == (DrugDid.CHANGED, ())
    kept = shop.ledger.catalogue.find_item(code)
    assert kept is not None
    assert not kept.incomplete
    assert kept.pinyin == "[阿司匹林]"
    assert _change(shop, code, rx="OTC乙").what is DrugDid.SAME
    assert check(shop.ledger.path).problems == ()


def test_a_changed_price_counts_from_the_next_line_on(shop: Shop) -> None:
    shop.scan(f"{OTC.identifications[0]}{1:013d}")
    assert _change(shop, OTC.code, price="19.90").what is DrugDid.CHANGED
    sale = shop.pay()
    assert sale.total_fen == 2180
    assert shop.sell(f"{OTC.identifications[0]}{2:013d}").total_fen == 1990


def test_a_clerk_changes_a_drug_only_by_the_managers_yes(peopled: Shop) -> None:
    shop = peopled
    shop.settings = type(shop.settings)(shop.settings.values, practice=False)
    assert _change(shop, RX.code, price="9.90").what is DrugDid.APPROVAL_AWAITED
    kept = shop.ledger.catalogue.find_item(RX.code)
    assert kept is not None
    assert kept.price_fen == RX.price_fen
    # Meanwhile a list changes another cell: that one stays.
    shop.ledger.catalogue.put_items(
        Actor(shop.clock.now(), "001"), [type(RX)(RX.code, RX.name, maker="另一厂")],
        columns=frozenset({"code", "name", "maker"}),
    )  # fmt: skip
    yes = shop.desk.approvals.answer("001", "427391", "店长吩咐").result(timeout=0)
    assert isinstance(yes.then, DrugAnswer)
    assert yes.then.what is DrugDid.CHANGED
    kept = shop.ledger.catalogue.find_item(RX.code)
    assert kept is not None
    assert (kept.price_fen, kept.maker) == (990, "另一厂")
    assert check(shop.ledger.path).problems == ()


def test_a_drug_that_is_not_there_cannot_be_changed(shop: Shop) -> None:
    assert _change(shop, OTC.barcodes[0], price="1").what is DrugDid.NO_SUCH_ITEM
