"""Facts that arrive while a sale is open or held: each box is judged again before it is paid."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.adapters.store.upload.waiting import OutboxQueue
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.policy import Action
from pharmacy_desk.core.basics.policy import VerdictName as V
from pharmacy_desk.core.catalogue.drugs import Mapping, PackLevel
from pharmacy_desk.core.ports.settlement import Settled
from pharmacy_desk.core.sale.gate.rules import REASONS
from pharmacy_desk.core.sale.judge import ClaimState
from pharmacy_desk.core.sale.sale import PaymentKind
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.core.stock.movement import Movement, MovementKind, MovementLine, PackRelation
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import PayAnswer, PayDid, UnitsDid
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from pharmacy_desk.counter.sale.payments import Payments
from tests.conftest import NO_LOT, OTC, RX, SETTLED, Shop, asked_of, box
from tests.fakes.settlement import ToldDoor

OUTER, INNER, OTHER = box(900), box(1), box(2)


def packs(shop: Shop, outer: str = OUTER, inner: str = INNER, smallest: bool = False) -> None:
    """The relation file arrives: `inner` stands in `outer`."""
    told = [
        PackRelation(outer, None, 1 if smallest else 2, smallest),
        PackRelation(inner, outer, 1),
    ]
    shop.ledger.boxes.put_packs(Actor(shop.clock.now(), "007"), told)


def refused(shop: Shop, payment: PaymentKind = PaymentKind.SELF) -> list[tuple[str, str, V]]:
    """What the payment is refused with: reason, code, the second verdict on it."""
    found = shop.open_sale.gate.refusals(PayOrder(payment), settled=True)
    assert all(one.action is Action.BLOCK for one in found)
    return [
        (one.reason.name, said.reading.code or "", said.name)
        for one in found
        for said in one.doubts
    ]


def clean(shop: Shop) -> tuple[str, ...]:
    return check(shop.ledger.path).problems


@pytest.mark.parametrize("payment", [PaymentKind.SELF, PaymentKind.POOLED])
def test_an_outer_pack_that_became_one_in_the_open_sale_is_not_paid(
    shop: Shop, payment: PaymentKind
) -> None:
    shop.scan(OUTER)
    packs(shop)
    assert shop.scan(INNER).accepted
    assert refused(shop, payment) == [("NOT_PAYABLE", OUTER, V.OUTER_PACK)]
    shop.open_sale.lines.undo()
    assert refused(shop, payment) == [("NOT_PAYABLE", OUTER, V.OUTER_PACK)]
    shop.open_sale.ending.void()
    shop.sell(INNER, payment=payment)
    assert clean(shop) == ()


@pytest.mark.parametrize("smallest", [False, True])
def test_an_outer_pack_on_hold_whose_box_was_sold_meanwhile_is_not_paid(
    shop: Shop, smallest: bool
) -> None:
    shop.scan(OUTER)
    assert shop.open_sale.held.hold()
    packs(shop, smallest=smallest)
    shop.sell(INNER)
    assert shop.open_sale.held.resume(1)
    assert [name for _, _, name in refused(shop)] == [V.OUTER_PACK]
    doubts = shop.open_sale.gate.doubts()
    assert [(one.reason, one.doubts[0].reading.code) for one in doubts] == [
        (REASONS["NOT_PAYABLE"], OUTER)
    ]
    shop.open_sale.lines.undo()
    shop.scan(OTHER)
    assert refused(shop) == []
    shop.pay()
    assert clean(shop) == ()


@pytest.mark.parametrize("where", ["same", "held"])
def test_a_carton_that_is_sold_itself_gives_way_to_its_box_in_a_sale(
    shop: Shop, where: str
) -> None:
    packs(shop, smallest=True)
    assert shop.scan(INNER).accepted
    if where == "held":
        shop.open_sale.held.hold()
    said = shop.scan(OUTER)
    assert (said.name, said.accepted) == (V.OUTER_PACK, False)
    assert said.pack
    assert said.pack.inner_taken
    assert said.pack.inner_taken.code == INNER


def test_a_carton_and_its_box_in_one_sale_are_not_both_paid(shop: Shop) -> None:
    shop.scan(OUTER)
    shop.scan(INNER)
    packs(shop, smallest=True)
    assert refused(shop) == [("NOT_PAYABLE", OUTER, V.OUTER_PACK)]


def test_a_box_whose_pack_was_sold_meanwhile_is_not_paid(shop: Shop) -> None:
    shop.scan(INNER)
    shop.open_sale.held.hold()
    shop.sell(OUTER)
    packs(shop)
    shop.open_sale.held.resume(1)
    assert refused(shop) == [("NOT_PAYABLE", INNER, V.INNER_OF_SOLD_PACK)]


def _mapped_elsewhere(shop: Shop) -> None:
    known = RX.identifications[0]
    shop.ledger.map.unmap(Actor(shop.clock.now(), "007"), known, RX.code, "")
    shop.ledger.map.put_mapping(Actor(shop.clock.now(), "007"), Mapping(known, NO_LOT.code))


def _outer_by_map(shop: Shop) -> None:
    told = Mapping(RX.identifications[0], RX.code, level=PackLevel.MIDDLE)
    shop.ledger.map.put_mapping(Actor(shop.clock.now(), "007"), told)


def _settled(shop: Shop) -> None:
    waiting = OutboxQueue(shop.ledger.path).due_lines(shop.clock.now(), True, None, 1)
    line = waiting[0].line
    told = replace(line, codes=(box(5, RX),))
    shop.ledger.sold_there.settle_elsewhere([told], {line.key: "已结算"}, None, shop.clock.now())


def _destroyed(shop: Shop) -> None:
    line = MovementLine(RX, RX.batch, 1, (box(5, RX),))
    number = shop.ledger.chain.take_document()
    kind = MovementKind.DESTRUCTION
    shop.ledger.boxes.post_movement(
        Movement(number, kind, shop.clock.now(), "007", lines=(line,)), ()
    )


@pytest.mark.parametrize(
    ("fact", "name"),
    [
        (_settled, V.SETTLED_ON_PLATFORM),
        (_destroyed, V.DESTROYED),
        (_mapped_elsewhere, V.WRONG_DRUG),
        (_outer_by_map, V.OUTER_PACK),
    ],
)
def test_whatever_arrives_is_judged_again_by_the_same_judge(
    shop: Shop, fact: Callable[[Shop], None], name: V
) -> None:
    shop.sell(box(8))
    shop.scan(box(5, RX))
    shop.scan(box(6, NO_LOT))
    assert refused(shop) == []
    fact(shop)
    assert refused(shop) == [("NOT_PAYABLE", box(5, RX), name)]


def test_units_of_the_last_box_are_paid_though_none_is_left(shop: Shop) -> None:
    shop.ledger.catalogue.put_items(
        Actor(shop.clock.now(), "007"), [replace(RX, split_unit="粒", split_ratio=2)]
    )
    assert shop.desk.split(box(5, RX), 1).what is UnitsDid.TAKEN
    shop.pay()
    assert shop.desk.split(box(5, RX), 1).what is UnitsDid.TAKEN
    assert refused(shop) == []
    shop.pay()
    assert clean(shop) == ()


def test_the_check_finds_an_outer_pack_and_its_box_both_sold(shop: Shop) -> None:
    shop.sell(OUTER)
    sale = shop.sell(INNER)
    assert clean(shop) == ()
    packs(shop)
    (said,) = clean(shop)
    assert all(part in said for part in (OUTER, INNER, sale.number))
    assert shop.open_sale.returns.take_back(sale.number, INNER, "质量问题").number
    assert clean(shop) == ()


def test_a_hundred_boxes_are_judged_again_without_a_question_for_each_pack(shop: Shop) -> None:
    for number in range(100):
        shop.scan(box(number))
    with asked_of(shop.ledger) as seen:
        assert refused(shop) == []
    assert len(seen) <= 110, len(seen)


def test_a_sale_that_was_settled_is_judged_once_more_before_it_is_written(shop: Shop) -> None:
    shop.scan(OUTER)
    packs(shop)
    paid: Any = shop.open_sale.ending.complete(PayOrder(PaymentKind.POOLED), SETTLED)
    assert [one.reason for one in paid] == [REASONS["NOT_PAYABLE"]]
    assert shop.open_sale.sale
    assert shop.open_sale.sale.codes() == (OUTER,)


GTIN = "06924561884074"
KEPT = (f"01{GTIN}211234567890", f"01{GTIN}21SN000117271231")


@pytest.mark.parametrize("code", KEPT)
def test_a_code_that_bare_looks_like_something_else_is_paid_as_what_was_scanned(
    shop: Shop, code: str
) -> None:
    # Its key alone is 28 digits, as a voucher is, or looks as if a separator had been lost.
    shop.ledger.map.put_mapping(Actor(shop.clock.now(), "007"), Mapping(GTIN, OTC.code))
    assert shop.scan(f"]d2{code}\x1d10LOT1").accepted
    assert refused(shop) == []
    shop.pay()
    assert shop.ledger.basket.earlier(code).state is ClaimState.FINAL
    assert clean(shop) == ()


def test_a_fact_that_arrives_while_the_settlement_is_asked_keeps_the_sale_open(shop: Shop) -> None:
    asked: list[Callable[[], object]] = []
    payments = Payments(
        shop.open_sale, shop.desk, ToldDoor(Settled(SETTLED)), lambda: shop.settings, lambda job: job(), asked.append,
        shop.news.append, lambda _: None, lambda: None, lambda _, __: None,
    )  # fmt: skip
    shop.scan(OUTER)
    ended = payments.pay(PayOrder(PaymentKind.POOLED))
    packs(shop)
    shop.desk.scan(RawScan(OTHER.encode(), "test", shop.clock.now()))  # the next customer's
    asked.pop()()
    told = ended.result(timeout=0)
    assert isinstance(told, PayAnswer)
    assert told.what is PayDid.REFUSED
    assert [one.reason for one in told.refusals] == [REASONS["NOT_PAYABLE"]]
    assert isinstance(shop.news[-1], news.ScanFailed)  # whose it is nobody knows: scan again
    assert shop.open_sale.sale
    assert shop.open_sale.sale.codes() == (OUTER,)
    assert not shop.desk.paying
