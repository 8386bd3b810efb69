"""The courier with movements: each in its own transaction, each asked about by its own question."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from pharmacy_desk.core.catalogue.drugs import NO_BATCH, Batch
from pharmacy_desk.core.stock.movement import Movement, MovementKind, MovementLine
from pharmacy_desk.core.upload.movements import count_lines, movement_lines
from pharmacy_desk.core.upload.outbox import LineState
from pharmacy_desk.counter.upload.courier import RoundCounts
from tests.counter.upload.courier_kit import Round, accept, answer, found, lost, refuse, work_of

LOT = Batch("L1", date(2025, 1, 2), date(2028, 1, 1))
NODES = {"3501A": "invinfoDetail", "3502A": "invinfoDetail", "3503A": "purcinfoDetail",
         "3504A": "purcinfoDetail"}  # fmt: skip
QUERIES = {"3501A": "3508", "3502A": "3509", "3503A": "3510", "3504A": "3510"}
KINDS = {"3502A": MovementKind.TRANSFER_OUT, "3503A": MovementKind.DELIVERY,
         "3504A": MovementKind.TO_SUPPLIER}  # fmt: skip


def box(number: int, item: str = "8436282") -> str:
    return f"{item}{number:013d}"


@pytest.fixture
def at_work(shop: Any) -> Round:
    return work_of(shop)


def moved(at_work: Round, kind: MovementKind, *codes: str, batch: Batch = LOT) -> list[str]:
    """Post a movement of one line a code; the keys of its upload lines."""
    shop = at_work.shop
    item = shop.ledger.catalogue.find_item("Y1")
    lines = tuple(MovementLine(item, batch, 1, (code,)) for code in codes)
    number = shop.ledger.chain.take_document()
    movement = Movement(number, kind, shop.clock.now(), "007", "示例医药公司", "FH1", lines=lines)
    uploads = movement_lines(movement, shop.open_sale.who.sender(), shop.profile)
    shop.ledger.boxes.post_movement(movement, uploads)
    return [line.key for line in uploads]


def queued(at_work: Round, infno: str) -> list[str]:
    """Two lines of this transaction in the outbox, in one document; their keys."""
    if infno in KINDS:
        return moved(at_work, KINDS[infno], box(1), box(2))
    shop = at_work.shop
    item = shop.ledger.catalogue.find_item("Y1")
    counted = [MovementLine(item, replace(LOT, lot=lot), 3) for lot in ("L1", "L2")]
    number, now = shop.ledger.chain.take_document(), shop.clock.now()
    lines = count_lines(number, now, counted, shop.open_sale.who.sender(), shop.profile)
    shop.ledger.boxes.post_movement(Movement(number, MovementKind.SURPLUS, now, "007"), lines)
    return [line.key for line in lines]


@pytest.mark.parametrize("infno", NODES)
def test_lines_travel_in_their_own_transaction_and_node(at_work: Round, infno: str) -> None:
    keys = queued(at_work, infno)
    assert at_work.go(accept) == RoundCounts(accepted=2)
    ((sent, body),) = at_work.platform.sent
    message = json.loads(body)
    assert (sent, message["infno"]) == (infno, infno)
    assert list(message["input"]) == [NODES[infno]]
    assert [row["fixmedins_bchno"] for row in message["input"][NODES[infno]]] == keys
    assert at_work.states() == [LineState.ACCEPTED] * 2


@pytest.mark.parametrize("infno", NODES)
def test_one_refused_line_does_not_hold_back_the_other(at_work: Round, infno: str) -> None:
    first, second = queued(at_work, infno)
    node = NODES[infno].replace("Detail", "ErrDetail")
    assert at_work.go(refuse(first, node=node)) == RoundCounts(accepted=1, refused=1)
    lines = at_work.lines()
    assert (lines[first].state, lines[second].state) == (LineState.REFUSED, LineState.ACCEPTED)


@pytest.mark.parametrize("infno", NODES)
def test_a_lost_answer_is_asked_for_with_the_transactions_own_question(
    at_work: Round, infno: str
) -> None:
    keys = queued(at_work, infno)
    assert at_work.go(lost) == RoundCounts(unknown=2, errors=1)
    at_work.shop.clock.advance(120)
    assert at_work.go(found(*keys), found(*keys)) == RoundCounts(accepted=2)
    assert at_work.platform.numbers() == [infno, QUERIES[infno], QUERIES[infno]]
    asked = [json.loads(body)["input"]["data"] for _, body in at_work.platform.sent[1:]]
    assert asked == [{"fixmedins_code": "P44030000001", "fixmedins_bchno": key} for key in keys]
    assert {line.platform_words for line in at_work.lines().values()} == {QUERIES[infno]}


@pytest.mark.parametrize("infno", NODES)
def test_what_never_arrived_is_sent_again_as_it_was(at_work: Round, infno: str) -> None:
    queued(at_work, infno)
    at_work.go(lost)
    at_work.shop.clock.advance(120)
    assert at_work.go(found(), found(), accept) == RoundCounts(accepted=2)
    first, *_, again = at_work.platform.sent
    assert again == first


def test_a_question_the_region_does_not_answer_sends_nothing(at_work: Round) -> None:
    queued(at_work, "3503A")
    at_work.go(lost)
    at_work.shop.clock.advance(120)
    counts = at_work.go(lambda body: answer(None, -1, "不支持的交易编号 3510"))
    assert (counts.accepted, counts.unknown) == (0, 2)
    assert at_work.states() == [LineState.UNKNOWN] * 2
    assert at_work.platform.numbers() == ["3503A", "3510"]


def test_lines_of_one_document_that_are_mixed_up_still_travel_as_they_were_stored(
    at_work: Round,
) -> None:
    """A stock-take's counts and surplus share a number, so the outbox gives them in turn."""
    shop = at_work.shop
    item = shop.ledger.catalogue.find_item("Y1")
    counted = [MovementLine(item, replace(LOT, lot=lot), 1) for lot in ("L1", "L2")]
    number, now = shop.ledger.chain.take_document(), shop.clock.now()
    extra = Movement(number, MovementKind.SURPLUS, now, "007", lines=tuple(counted))
    sender = shop.open_sale.who.sender()
    lines = count_lines(number, now, counted, sender, shop.profile)
    lines += movement_lines(extra, sender, shop.profile)
    shop.ledger.boxes.post_movement(replace(extra, lines=()), lines)
    assert at_work.go(lost, lost) == RoundCounts(unknown=4, errors=2)
    shop.clock.advance(120)
    assert at_work.go(found(), found(), accept, found(), found(), accept) == RoundCounts(accepted=4)
    sent = [pair for pair in at_work.platform.sent if pair[0] in NODES]
    assert sent[:2] == sent[2:]


def test_lines_of_a_transaction_the_region_has_not_stay_and_hold_up_nothing(
    at_work: Round,
) -> None:
    queued(at_work, "3503A")
    at_work.shop.sell(box(9))
    other = replace(at_work.shop.profile.purchase, infno="3503Z")
    elsewhere = work_of(at_work.shop, replace(at_work.shop.profile, purchase=other))
    assert elsewhere.go(accept) == RoundCounts(accepted=1, queued=2)
    assert elsewhere.platform.numbers() == ["3505A"]
    assert at_work.go(accept, everything=True) == RoundCounts(accepted=2)


def test_a_delivery_without_lot_waits_and_goes_out_when_the_lot_is_told(at_work: Round) -> None:
    moved(at_work, MovementKind.DELIVERY, box(1), batch=NO_BATCH)
    assert at_work.go(everything=True) == RoundCounts()
    today = at_work.shop.clock.now().date()
    at_work.shop.open_sale.boxes.set_batch("Y1", Batch("B1", today, today + timedelta(days=700)))
    assert at_work.go(accept) == RoundCounts(accepted=1)
    (row,) = json.loads(at_work.platform.sent[0][1])["input"]["purcinfoDetail"]
    assert (row["manu_lotnum"], row["manu_date"]) == ("B1", today.isoformat())
