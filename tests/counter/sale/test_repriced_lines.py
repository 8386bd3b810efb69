"""Another price on a line of the real ledger: by right, by a yes, sold, taken back, proved."""

import json
from concurrent.futures import Future
from contextlib import closing
from typing import Any

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.people.people import Operator
from pharmacy_desk.core.sale.refund import Wanted
from pharmacy_desk.core.sale.sale import Line
from pharmacy_desk.core.sale.sales_list import SalesFilter
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import SaleAnswer, SaleDid
from pharmacy_desk.counter.lanes import answered
from pharmacy_desk.counter.sale.line_back import LineBack
from pharmacy_desk.counter.sale.price_wishes import PriceWishes
from tests import plain
from tests.conftest import EXEMPT, OTC, RX, SETTLED, Shop, box, make_till

WHY = "近效期"
PIN = "471193"


@pytest.fixture
def staffed(shop: Shop) -> Shop:
    """A clerk at the counter, a pharmacist and a manager in the house."""
    for number, role in (("007", "营业员"), ("008", "药师"), ("001", "店长")):
        actor = Actor(shop.clock.now(), "007")
        shop.ledger.people.put_operator(actor, Operator(number, number, role), PIN)
    return shop


def _keeper(shop: Shop, steps: LineBack | None = None) -> PriceWishes:
    return PriceWishes(
        open_sale=shop.open_sale,
        desk=shop.desk,
        steps=steps or LineBack(shop.open_sale, shop.desk),
        guard=lambda job: answered(job()),
        changed=lambda: None,
    )


def _reprice(shop: Shop, fen: int, why: str = WHY, line: int = 1) -> SaleDid:
    wished: Future[SaleAnswer] = _keeper(shop).reprice(line, fen, why)
    return wished.result().what


def _yes(shop: Shop, person: str) -> Any:
    return shop.desk.approvals.answer(person, PIN, "店长同意").result()


def _first(shop: Shop) -> Line:
    sale = shop.open_sale.refresh()
    assert sale is not None
    return sale.lines[0]


def _events(shop: Shop) -> list[dict[str, Any]]:
    found = plain.rows(
        shop.ledger.path, "SELECT payload FROM events WHERE kind = 'line_repriced' ORDER BY seq"
    )
    return [json.loads(row[0]) for row in found]


def _proved(shop: Shop) -> tuple[str, ...]:
    return check(shop.ledger.path).problems


def test_a_pharmacist_lowers_a_price_alone_and_a_clerk_by_a_managers_yes(staffed: Shop) -> None:
    staffed.scan(box(1))
    assert _reprice(staffed, 2000) is SaleDid.MANAGER_AWAITED
    assert _first(staffed).price_fen == OTC.price_fen
    wanted = staffed.news[-1]
    assert isinstance(wanted, news.ApprovalWanted)
    assert "¥21.80 → ¥20.00" in wanted.request.name
    assert _yes(staffed, "008").reason == "role_too_low"
    given = _yes(staffed, "001")
    assert given.then.what is SaleDid.REPRICED
    assert (_first(staffed).price_fen, _first(staffed).list_fen) == (2000, OTC.price_fen)
    assert _events(staffed)[0]["approver"] == "001"
    staffed.open_sale.who.sign_in("008", PIN)
    assert _reprice(staffed, 1900) is SaleDid.REPRICED
    assert _reprice(staffed, 2500) is SaleDid.MANAGER_AWAITED  # up is the manager's
    assert _first(staffed).price_fen == 1900
    told = [(one["list_fen"], one["from_fen"], one["price_fen"]) for one in _events(staffed)]
    assert told == [(2180, 2180, 2000), (2180, 2000, 1900)]
    assert _proved(staffed) == ()


def test_above_its_limit_a_role_asks_the_manager(staffed: Shop) -> None:
    staffed.scan(box(1))
    staffed.set(sale__discount_clerk=5, sale__discount_pharmacist=10)
    assert _reprice(staffed, 2071) is SaleDid.REPRICED  # 5 % of 21.80 is 1.09
    assert _reprice(staffed, 2070) is SaleDid.MANAGER_AWAITED
    staffed.open_sale.who.sign_in("008", PIN)
    assert _reprice(staffed, 1962) is SaleDid.REPRICED
    assert _reprice(staffed, 1961) is SaleDid.MANAGER_AWAITED
    assert _yes(staffed, "001").then.what is SaleDid.REPRICED
    assert _events(staffed)[-1]["approver"] == "001"
    staffed.open_sale.who.sign_in("001", PIN)
    assert _reprice(staffed, 1) is SaleDid.REPRICED
    assert _proved(staffed) == ()


def test_a_changed_price_is_undone_as_the_last_step_it_was(shop: Shop) -> None:
    steps = LineBack(shop.open_sale, shop.desk)
    prices = _keeper(shop, steps)
    shop.scan(box(1))
    for fen in (2000, 1900):
        prices.reprice(1, fen, WHY)
    shop.scan(box(1, RX))
    assert prices.undo() is None  # the box came after it
    shop.open_sale.lines.undo()
    undone = [prices.undo(), prices.undo()]
    assert [one.what for one in undone if one] == [SaleDid.REPRICED, SaleDid.PRICE_BACK]
    assert _first(shop).repriced is None
    assert prices.undo() is None
    assert [one["price_fen"] for one in _events(shop)] == [2000, 1900, 2000, 2180]
    assert _first(shop).quantity == 1  # the box is undone after its price
    assert _proved(shop) == ()


def test_undoing_meets_the_line_that_came_back_and_forgets_the_one_that_is_gone(shop: Shop) -> None:
    steps = LineBack(shop.open_sale, shop.desk)
    prices = _keeper(shop, steps)
    shop.scan(box(1))
    prices.reprice(1, 2000, WHY)
    steps.remove(1)
    assert prices.undo() is None
    assert steps.restore() is not None
    assert prices.undo() == SaleAnswer(SaleDid.PRICE_BACK, f"{OTC.name} ¥21.80")
    prices.reprice(_first(shop).number, 2000, WHY)
    shop.open_sale.ending.void()
    shop.scan(box(2))
    assert prices.undo() is None


def test_a_discount_taken_back_by_mistake_comes_again_only_by_right(staffed: Shop) -> None:
    steps = LineBack(staffed.open_sale, staffed.desk)
    prices = _keeper(staffed, steps)
    staffed.scan(box(1))
    prices.reprice(1, 2000, WHY)
    _yes(staffed, "001")
    prices.reprice(1, OTC.price_fen, "")
    asked = prices.undo()
    assert asked
    assert asked.what is SaleDid.MANAGER_AWAITED
    staffed.desk.approvals.drop()
    assert _first(staffed).repriced is None
    prices.undo()
    _yes(staffed, "001")
    assert _first(staffed).price_fen == 2000
    assert prices.undo() == SaleAnswer(SaleDid.PRICE_BACK, f"{OTC.name} ¥21.80")


def test_a_yes_that_comes_for_another_sale_changes_nothing(staffed: Shop) -> None:
    staffed.scan(box(1))
    _reprice(staffed, 2000)
    staffed.open_sale.held.hold()
    staffed.scan(box(2))
    assert _yes(staffed, "001").then.what is SaleDid.NO_PRICE_NOTHING_THERE
    assert _first(staffed).price_fen == OTC.price_fen
    assert _events(staffed) == []


def test_what_is_added_later_costs_the_same_and_the_list_takes_it_back(shop: Shop) -> None:
    shop.scan(box(1))
    _reprice(shop, 2000)
    shop.scan(box(2))
    shop.open_sale.lines.count_line(1, 1)
    assert _first(shop).amount_fen == 3 * 2000
    assert _reprice(shop, OTC.price_fen, "") is SaleDid.PRICE_BACK
    assert (_first(shop).repriced, _first(shop).amount_fen) == (None, 3 * OTC.price_fen)
    assert _proved(shop) == ()


@pytest.mark.parametrize(
    ("fen", "why", "what"),
    [
        (0, WHY, SaleDid.NO_PRICE_BAD),
        (2000, "", SaleDid.NO_PRICE_NO_REASON),
        (2000, "11010119900307803X", SaleDid.NO_PRICE_PERSONAL_REASON),
    ],
)
def test_a_price_that_may_not_be_is_refused(shop: Shop, fen: int, why: str, what: SaleDid) -> None:
    shop.scan(box(1))
    assert _reprice(shop, fen, why) is what
    assert _first(shop).repriced is None


def test_insurance_takes_the_catalogues_price_alone(shop: Shop) -> None:
    shop.scan(box(1))
    shop.desk.gate.choose(PaymentKind.POOLED)
    assert _reprice(shop, 2000) is SaleDid.NO_PRICE_INSURED
    shop.desk.gate.choose(None)
    assert _reprice(shop, 2000) is SaleDid.REPRICED
    told = [one.reason.name for one in shop.open_sale.gate.stops(PaymentKind.POOLED, settled=True)]
    assert "PRICE_INSURED" in told
    assert shop.open_sale.gate.stops(PaymentKind.SELF, settled=True) == ()
    _reprice(shop, OTC.price_fen)
    assert shop.pay(PaymentKind.POOLED, SETTLED).total_fen == OTC.price_fen


def test_what_is_paid_is_uploaded_and_given_back_to_the_fen(shop: Shop) -> None:
    for number in (1, 2, 3):
        shop.scan(box(number))
    shop.open_sale.lines.add_item(EXEMPT, 3)
    _reprice(shop, 1867)  # a third of 56.01
    _reprice(shop, 2999, line=2)
    paid = shop.pay()
    assert paid.total_fen == 3 * 1867 + 3 * 2999
    entries = [one.entry for one in paid.lines[0].boxes]
    back = [
        shop.open_sale.returns.take_goods_back(paid.number, [Wanted(1, entry)], "买错").refund_fen
        for entry in entries
    ]
    back.append(
        shop.open_sale.returns.take_goods_back(paid.number, [Wanted(2, None, 2)], "买错").refund_fen
    )
    back.append(
        shop.open_sale.returns.take_goods_back(paid.number, [Wanted(2, None, 1)], "买错").refund_fen
    )
    assert back == [1867, 1867, 1867, 2 * 2999, 2999]
    assert sum(back) == paid.total_fen
    words = plain.rows(shop.ledger.path, "SELECT words FROM outbox WHERE infno = '3505A'")
    assert {json.loads(row[0])["price"] for row in words} >= {"18.67"}
    assert _proved(shop) == ()


def test_the_list_of_sales_marks_a_changed_price(shop: Shop) -> None:
    shop.scan(box(1))
    _reprice(shop, 2000)
    shop.scan(box(1, RX))
    told = {shop.pay().number: 1}
    shop.scan(box(2))
    _reprice(shop, 2000)
    _reprice(shop, OTC.price_fen, "")
    told[shop.pay().number] = 0
    with closing(Reader(shop.ledger.path)) as reader:
        listed = reader.sales.listed(SalesFilter(), None, 9)
    assert {one.number: one.repriced for one in listed} == told


def test_a_changed_price_outlives_a_kill_and_an_epoch(shop: Shop, open_ledger: Any) -> None:
    shop.scan(box(1))
    _reprice(shop, 2000)
    again = make_till(shop.ledger, shop.clock, lambda: shop.settings, shop.profile, shop.door)
    assert again.sale is not None
    assert again.sale.lines[0].repriced == _first(shop).repriced
    shop.ledger.chain.conn.close()
    copy = open_ledger(shop.ledger.path, place="elsewhere")
    moved = Shop(copy, shop.clock, shop.profile)
    assert moved.open_sale.sale is not None
    line = moved.open_sale.sale.lines[0]
    assert (line.price_fen, line.list_fen) == (2000, OTC.price_fen)
    assert line.repriced is not None
    assert line.repriced.reason == WHY
    assert check(copy.path).problems == ()


@pytest.mark.parametrize("failing", ["UPDATE ON sale_lines", "INSERT ON events"])
def test_a_price_is_changed_whole_or_not_at_all(shop: Shop, failing: str) -> None:
    """Wherever the disk fails: the price and its event are there together, or neither."""
    shop.scan(box(1))
    conn = shop.ledger.chain.conn
    conn.execute(
        f"CREATE TEMP TRIGGER fails BEFORE {failing} BEGIN SELECT RAISE(ABORT, 'disk'); END"
    )
    with pytest.raises(WorldError):
        _reprice(shop, 2000)
    conn.execute("DROP TRIGGER fails")
    assert _first(shop).price_fen == OTC.price_fen
    assert _events(shop) == []
    assert _proved(shop) == ()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE sale_lines SET price_fen = 1",
        "UPDATE sale_lines SET list_fen = 9999",
        "UPDATE sale_lines SET price_reason = 'x'",
        "UPDATE sale_lines SET list_fen = NULL, price_reason = NULL",
    ],
)
def test_the_check_names_a_price_that_is_not_as_its_event_says(shop: Shop, change: str) -> None:
    shop.scan(box(1))
    _reprice(shop, 2000)
    shop.ledger.chain.conn.execute(change)
    assert any(one.startswith("price: line 1") for one in _proved(shop))


def test_the_check_names_a_price_without_its_event(shop: Shop) -> None:
    shop.scan(box(1))
    change = "UPDATE sale_lines SET price_fen = 2000, list_fen = 2180, price_reason = 'x'"
    shop.ledger.chain.conn.execute(change)
    assert any("without its event" in one for one in _proved(shop))


def test_a_removed_line_comes_back_at_its_price(shop: Shop) -> None:
    back = LineBack(shop.open_sale, shop.desk)
    shop.scan(box(1))
    _reprice(shop, 2000)
    back.remove(1)
    shop.open_sale.refresh()
    assert back.restore() is not None
    line = _first(shop)
    assert (line.price_fen, line.list_fen) == (2000, OTC.price_fen)
    assert [one["line"] for one in _events(shop)] == [1, line.number]
    assert _proved(shop) == ()
