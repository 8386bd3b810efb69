"""Gifts and online orders on the real ledger: moves, undo, a kill, payment, upload, proof."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.catalogue.drugs import Item, RxFlag
from pharmacy_desk.core.sale.gate.rules import REASONS
from pharmacy_desk.core.sale.gifts import GiftRefusal
from pharmacy_desk.core.sale.online import OnlineOrder
from pharmacy_desk.core.sale.sale import Line, PaymentKind, SaleState
from pharmacy_desk.core.upload.message import sale_lines, wire_line
from pharmacy_desk.core.upload.profile import Field
from pharmacy_desk.counter.people.at_counter import AtCounter
from pharmacy_desk.counter.people.roster import Roster
from pharmacy_desk.counter.sale.open_sale import OpenSale, SalePorts
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from tests.conftest import LOT, OTC, Shop

FREE = Item(
    code="G1", name="维生素C片", spec="0.1g×100片", rx=RxFlag.OTC_B, price_fen=990, batch=LOT,
    pinyin="WSSCP", barcodes=("6900000000052",), identifications=("8100001",),
)  # fmt: skip
ORDER = OnlineOrder("美团", "330155420192")


@pytest.fixture
def counter(shop: Shop) -> Shop:
    shop.ledger.catalogue.put_items(Actor(shop.clock.now(), "007"), [FREE])
    return shop


def box(number: int) -> str:
    return f"8100001{number:013d}"


def _lines(shop: Shop) -> list[tuple[bool, int, tuple[str, ...]]]:
    """(gift, quantity, codes) of each line of the open sale, as the ledger holds it."""
    sale = shop.open_sale.refresh()
    assert sale is not None
    return [(ln.gift, ln.quantity, tuple(b.code for b in ln.boxes)) for ln in sale.lines]


def _proved(shop: Shop) -> tuple[str, ...]:
    return check(shop.ledger.path).problems


def test_the_box_just_scanned_becomes_a_gift_beside_the_paid_line(counter: Shop) -> None:
    for number in (1, 2, 3):
        counter.scan(box(number))
    answer = counter.open_sale.lines.turn_gift(None)
    assert isinstance(answer, Line)
    assert answer.gift
    assert _lines(counter) == [(False, 2, (box(1), box(2))), (True, 1, (box(3),))]
    assert counter.open_sale.sale is not None
    assert counter.open_sale.sale.total_fen == 1980
    counter.scan(box(4))  # nobody has chosen the gift line: this one is paid for
    assert _lines(counter)[0][1] == 3
    assert _proved(counter) == ()


def test_a_whole_line_turns_and_turns_back(counter: Shop) -> None:
    counter.scan("6900000000052")
    counter.scan(box(1))
    counter.scan(box(2))
    counter.open_sale.lines.turn_gift(1)
    assert _lines(counter) == [(True, 2, (box(1), box(2)))]
    assert counter.open_sale.sale is not None
    gift = counter.open_sale.sale.lines[0].number
    counter.open_sale.lines.turn_gift(gift)
    assert _lines(counter) == [(False, 2, (box(1), box(2)))]
    assert counter.open_sale.sale.total_fen == 1980
    assert _proved(counter) == ()


def test_a_chosen_gift_line_takes_the_next_boxes_until_another_is_chosen(counter: Shop) -> None:
    counter.scan(box(1))
    counter.scan(box(2))
    answer = counter.open_sale.lines.turn_gift(None)
    assert isinstance(answer, Line)
    counter.open_sale.choose(answer.number)
    counter.scan(box(3))
    counter.scan(box(4))
    assert counter.open_sale.chosen == answer.number
    assert _lines(counter)[1] == (True, 3, (box(2), box(3), box(4)))
    counter.open_sale.choose(None)
    counter.scan(box(5))
    assert _lines(counter)[0] == (False, 2, (box(1), box(5)))
    assert _proved(counter) == ()


def test_the_choice_ends_with_a_box_of_another_line_and_with_the_sale(counter: Shop) -> None:
    counter.scan(box(1))
    counter.scan(box(2))
    answer = counter.open_sale.lines.turn_gift(None)
    assert isinstance(answer, Line)
    counter.open_sale.choose(answer.number)
    counter.scan("84362820000000000001")
    assert counter.open_sale.chosen is None
    counter.open_sale.choose(answer.number)
    counter.open_sale.held.hold()
    assert counter.open_sale.chosen is None


def test_a_box_that_was_asked_for_is_lacking_on_neither_side(counter: Shop) -> None:
    counter.scan("6900000000052")
    counter.scan(box(1))
    counter.open_sale.lines.turn_gift(None)
    assert _lines(counter) == [(True, 1, (box(1),))]
    counter.open_sale.lines.undo()
    assert _lines(counter) == [(False, 1, (box(1),))]
    counter.open_sale.lines.undo()
    counter.scan("6900000000052")  # its asked box is asked for still: no second one is added
    assert _lines(counter) == [(False, 1, ())]
    assert _proved(counter) == ()


def test_undo_takes_the_gift_back_before_the_box(counter: Shop) -> None:
    counter.scan(box(1))
    counter.scan(box(2))
    counter.open_sale.lines.turn_gift(None)
    undone = counter.open_sale.lines.undo()
    assert undone is not None
    assert (undone.gift, undone.code) == (True, None)
    assert _lines(counter) == [(False, 2, (box(1), box(2)))]
    undone = counter.open_sale.lines.undo()
    assert undone is not None
    assert (undone.gift, undone.code) == (False, box(2))
    assert _proved(counter) == ()


def test_undo_passes_over_a_gift_whose_line_was_taken_out(counter: Shop) -> None:
    counter.scan(box(1))
    counter.scan(box(2))
    answer = counter.open_sale.lines.turn_gift(None)
    assert isinstance(answer, Line)
    counter.open_sale.lines.remove_line(answer.number)
    undone = counter.open_sale.lines.undo()
    assert undone is not None
    assert undone.code == box(1)
    assert counter.open_sale.lines.undo() is None
    assert _proved(counter) == ()


@pytest.mark.parametrize(
    ("item", "why"),
    [(OTC, GiftRefusal.OTC_A), (replace(FREE, rx=RxFlag.NONE), GiftRefusal.CLASS_UNKNOWN)],
)
def test_what_may_not_be_given_away_stays_paid(counter: Shop, item: Item, why: GiftRefusal) -> None:
    counter.ledger.catalogue.put_items(Actor(counter.clock.now(), "007"), [item])
    counter.scan(f"{item.identifications[0]}{7:013d}")
    assert counter.open_sale.lines.turn_gift(None) is why
    assert [gift for gift, _, _ in _lines(counter)] == [False]


def test_without_a_box_there_is_no_gift(counter: Shop) -> None:
    assert counter.open_sale.lines.turn_gift(None) is GiftRefusal.NOTHING_THERE
    counter.open_sale.open()
    assert counter.open_sale.lines.turn_gift(None) is GiftRefusal.NOTHING_THERE
    assert counter.open_sale.lines.turn_gift(7) is GiftRefusal.NOTHING_THERE


def test_a_kill_keeps_gift_and_order(counter: Shop) -> None:
    counter.scan(box(1))
    counter.scan(box(2))
    counter.open_sale.lines.turn_gift(None)
    counter.open_sale.lines.set_order(ORDER)
    again = OpenSale(
        SalePorts(
            sales=counter.ledger.sales,
            basket=counter.ledger.basket,
            gifts=counter.ledger.gifts,
            settlements=counter.ledger.settlements,
            returns=counter.ledger.returns,
            claims=counter.ledger.claims,
            persons=counter.ledger.persons,
            sealed=counter.ledger.sealed,
            prescriptions=counter.ledger.prescriptions,
            boxes=counter.ledger.boxes,
            no_code=counter.ledger.no_code,
            no_code_sales=counter.ledger.no_code_sales,
            catalogue=counter.ledger.catalogue,
            people=counter.ledger.people,
            outbox=counter.ledger.outbox,
            events=counter.ledger.chain,
        ),
        who=AtCounter(
            people=counter.ledger.people, clock=counter.clock, settings=lambda: counter.settings
        ),
        roster=Roster(counter.ledger.duty, counter.ledger.people),
        clock=counter.clock,
        settings=lambda: counter.settings,
        profile=counter.profile,
        door=counter.door,
        limits=counter.open_sale.limits,
    )
    assert again.sale is not None
    assert [line.gift for line in again.sale.lines] == [False, True]
    assert again.sale.order == ORDER


def test_insurance_is_not_asked_for_gifts_alone(counter: Shop) -> None:
    counter.scan(box(1))
    counter.open_sale.lines.turn_gift(None)
    found = counter.open_sale.gate.refusals(PayOrder(PaymentKind.POOLED), settled=True)
    assert REASONS["NOT_PAYABLE"] in {refusal.reason for refusal in found}
    assert counter.open_sale.gate.refusals(PayOrder(PaymentKind.SELF), settled=True) == ()


def test_a_gift_is_uploaded_like_any_other_line_at_no_price(counter: Shop) -> None:
    counter.scan(box(1))
    counter.scan(box(2))
    counter.open_sale.lines.turn_gift(None)
    sale = counter.pay()
    sent = [
        wire_line(line, counter.profile.sale, counter.profile)
        for line in sale_lines(sale, counter.open_sale.who.sender(), counter.profile)
    ]
    assert [row["finl_trns_pric"] for row in sent] == ["9.90", "0.00"]
    assert [row[counter.profile.trace_node] for row in sent] == [
        [{"drug_trac_codg": box(1)}], [{"drug_trac_codg": box(2)}],
    ]  # fmt: skip
    kept = counter.ledger.sales.load_sale(sale.number)
    assert kept is not None
    assert [line.gift for line in kept.lines] == [False, True]
    assert counter.open_sale.returns.take_back(sale.number, box(2), "质量问题").number
    assert _proved(counter) == ()


def _tampered(shop: Shop, statement: str) -> tuple[str, ...]:
    shop.ledger.close()
    with closing(sqlite3.connect(shop.ledger.path)) as conn, conn:
        conn.execute(statement)
    return check(shop.ledger.path).problems


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sale_lines SET gift = 0 WHERE gift",
        "UPDATE sale_lines SET gift = 1, price_fen = 0 WHERE NOT gift",
        "UPDATE sale_lines SET price_fen = 990 WHERE gift",
        "UPDATE sale_entries SET line = 1 WHERE line = 2",
        "UPDATE sales SET order_number = '1'",
        "UPDATE sales SET order_number = NULL, order_platform = NULL",
        "UPDATE identifications SET level = 2 WHERE identification = '8100001'",
        "UPDATE identifications SET state = 'proposed' WHERE identification = '8100001'",
    ],
)
def test_the_proof_finds_what_was_changed_behind_the_events(counter: Shop, statement: str) -> None:
    counter.scan(box(1))
    counter.scan(box(2))
    counter.open_sale.lines.turn_gift(None)
    counter.open_sale.lines.set_order(ORDER)
    assert _proved(counter) == ()
    assert _tampered(counter, statement)


# Online orders


def test_an_order_is_kept_over_hold_and_resume_and_found_again(counter: Shop) -> None:
    assert counter.open_sale.lines.set_order(ORDER) is None
    counter.scan(box(1))
    counter.open_sale.held.hold()
    assert counter.open_sale.held.resume(1)
    assert counter.open_sale.sale is not None
    assert counter.open_sale.sale.order == ORDER
    sale = counter.pay()
    found = counter.ledger.sales.find_sale(ORDER.number)
    assert found is not None
    assert (found.number, found.state) == (sale.number, SaleState.PAID)
    assert _proved(counter) == ()


def test_a_number_that_is_there_already_is_told_with_its_sale(counter: Shop) -> None:
    counter.open_sale.lines.set_order(ORDER)
    first = counter.sell(box(1))
    assert counter.open_sale.lines.set_order(ORDER) == first.number
    assert counter.open_sale.lines.set_order(replace(ORDER, platform="京东")) is None
    counter.open_sale.lines.set_order(None)
    assert counter.open_sale.sale is not None
    assert counter.open_sale.sale.order is None


def test_a_voided_sale_frees_its_order_number(counter: Shop) -> None:
    counter.open_sale.lines.set_order(ORDER)
    counter.scan(box(1))
    counter.open_sale.ending.void()
    assert counter.open_sale.lines.set_order(ORDER) is None


def test_a_region_with_a_field_for_it_is_told_that_the_sale_was_online(counter: Shop) -> None:
    told = (
        Field("network_bill_flag", "online", 1),
        Field("network_bill_no", "order_number", 64, omit_empty=True),
    )
    sale_message = replace(counter.profile.sale, fields=(*counter.profile.sale.fields, *told))
    region: Any = replace(counter.profile, sale=sale_message)
    plain = counter.sell(box(1))
    counter.open_sale.lines.set_order(ORDER)
    online = counter.sell(box(2))
    (first,) = sale_lines(plain, counter.open_sale.who.sender(), region)
    (second,) = sale_lines(online, counter.open_sale.who.sender(), region)
    assert wire_line(first, sale_message, region)["network_bill_flag"] == "0"
    assert "network_bill_no" not in wire_line(first, sale_message, region)
    assert wire_line(second, sale_message, region)["network_bill_flag"] == "1"
    assert wire_line(second, sale_message, region)["network_bill_no"] == ORDER.number
