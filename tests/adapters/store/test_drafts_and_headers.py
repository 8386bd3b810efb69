"""Unfinished receivings and learned headers on a real file, and what the check finds of them."""

from dataclasses import replace
from datetime import date

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.stock.drafts import DraftStep, Unfinished, to_body
from pharmacy_desk.core.stock.movement import Movement, MovementKind, MovementLine
from pharmacy_desk.core.stock.receiving import Box, Match, Receiving, Row
from pharmacy_desk.core.stock.supplier_words import SupplierWords
from tests.conftest import NOON, OTC, box

LOT = Batch("L1", date(2026, 1, 2), date(2028, 1, 1))
ONE = Unfinished(
    Receiving(
        "示例医药", "SH-1", (Row(OTC, OTC.name, LOT, 40),),
        (Box(box(1), OTC, 0, LOT, Match.IN_LIST),), listed=True,
    ),
    "4.5",
)  # fmt: skip


@pytest.fixture
def reader(ledger, tmp_path):
    made = Reader(tmp_path / "ledger.db")
    yield made
    made.close()


def problems(ledger):
    return check(ledger.path).problems


def delivery(ledger, *codes, item=OTC, **more):
    line = MovementLine(item, LOT, len(codes), codes)
    return Movement(
        ledger.chain.take_document(), MovementKind.DELIVERY, NOON, "007", "示例医药", "SH-1",
        lines=(line,), **more,
    )  # fmt: skip


def tamper(ledger, sql):
    ledger.chain.conn.execute(sql)


def test_drafts_wait_newest_first_and_come_back_whole(ledger, reader):
    ledger.drafts.put_draft(Actor(NOON, "007"), "a", to_body(ONE))
    ledger.drafts.put_draft(
        Actor(NOON.replace(hour=13), "008"), "b", to_body(replace(ONE, celsius=""))
    )
    found = reader.drafts.waiting()
    assert [(one.number, one.operator, one.scanned, one.expected) for one in found] == [
        ("b", "008", 1, 40), ("a", "007", 1, 40),
    ]  # fmt: skip
    back = reader.drafts.unfinished("a")
    assert back.celsius == "4.5"
    assert [b.code for b in back.receiving.boxes] == [box(1)]
    ledger.drafts.drop_draft("a")
    assert (reader.drafts.unfinished("a"), len(reader.drafts.waiting())) == (None, 1)
    assert problems(ledger) == ()


def test_a_document_and_the_end_of_its_draft_are_one_transaction(ledger, reader):
    ledger.drafts.put_draft(Actor(NOON, "007"), "a", to_body(ONE))
    sold_already = delivery(ledger, box(1))
    ledger.boxes.post_movement(sold_already, ())
    with pytest.raises(AssertionError):  # a move that custody forbids breaks the document off
        ledger.boxes.post_movement(delivery(ledger, box(1)), (), DraftStep("a", None))
    assert reader.drafts.unfinished("a") is not None
    ledger.boxes.post_movement(delivery(ledger, box(2)), (), DraftStep("a", None))
    assert reader.drafts.waiting() == []
    assert problems(ledger) == ()


def test_a_draft_that_outlives_its_document_is_found(ledger):
    ledger.boxes.post_movement(delivery(ledger, box(1)), (), DraftStep("a", None))
    ledger.drafts.put_draft(Actor(NOON, "007"), "a", to_body(ONE))
    assert [line.split(",")[0] for line in problems(ledger)] == ["draft: a is still there"]
    ledger.drafts.drop_draft("a")
    ledger.drafts.put_draft(Actor(NOON, "007"), "b", "{")
    assert problems(ledger) == (
        "draft: b cannot be read",
        "row: drafts 'b' cannot be read (JSONDecodeError)",
    )


def test_what_is_learned_last_counts_and_the_check_proves_it(ledger):
    ledger.drafts.learn_headers(
        Actor(NOON, "007"), "示例医药", {"件": "quantity", "批次": "number"}
    )
    ledger.drafts.learn_headers(Actor(NOON, "008"), "示例医药", {"批次": "lot"})
    ledger.drafts.learn_headers(Actor(NOON, "007"), "别家", {"批次": ""})
    assert ledger.drafts.learned_headers() == {
        "示例医药": {"件": "quantity", "批次": "lot"}, "别家": {"批次": ""},
    }  # fmt: skip
    assert problems(ledger) == ()
    tamper(ledger, "UPDATE learned_headers SET field = 'price' WHERE header = '件'")
    tamper(ledger, "INSERT INTO learned_headers VALUES ('x', 'y', 'lot')")
    tamper(ledger, "DELETE FROM learned_headers WHERE party = '别家'")
    assert len(problems(ledger)) == 3


def test_a_suppliers_words_mean_the_drug_that_was_said_last_and_the_check_proves_it(ledger):
    words = SupplierWords("示例医药", "布洛芬 胶囊", "0.3g×36粒")
    ledger.drafts.learn_drug(Actor(NOON, "007"), words, "Y2")
    ledger.drafts.learn_drug(Actor(NOON, "008"), words, OTC.code)
    found = ledger.catalogue.find_supplied(replace(words, spec="0.3G*36 粒"))
    assert found.code == OTC.code
    assert ledger.catalogue.find_supplied(replace(words, party="别家")) is None
    assert problems(ledger) == ()
    tamper(ledger, "UPDATE supplier_drugs SET item = 'Y2'")
    tamper(ledger, "INSERT INTO supplier_drugs VALUES ('x', 'y', 'z', '', 'Y1')")
    found = problems(ledger)
    assert len(found) == 2
    assert all(line.startswith("supplier's drug: ") for line in found)


def test_a_record_keeps_the_drug_of_its_day_and_the_check_proves_it(ledger, reader):
    number = delivery(ledger, box(1))
    ledger.boxes.post_movement(number, ())
    ledger.catalogue.put_items(Actor(NOON, "007"), [replace(OTC, maker="别的厂", spec="0.4g")])
    (line,) = reader.documents.acceptance((number.number,))
    assert (line.item.maker, line.item.spec) == (OTC.maker, OTC.spec)
    assert problems(ledger) == ()
    tamper(ledger, "UPDATE document_lines SET snapshot = replace(snapshot, '示例药业', '某厂')")
    assert any(line.startswith("custody: the drugs") for line in problems(ledger))


def test_cold_goods_have_temperature_and_minute_in_the_record_and_others_have_not(ledger, reader):
    came = NOON.replace(hour=9, minute=41)
    cold = delivery(
        ledger, box(1), item=replace(OTC, cold=True), arrived_at=came, arrival_celsius="4.5"
    )
    ledger.boxes.post_movement(cold, ())
    (line,) = reader.documents.acceptance((cold.number,))
    assert (line.celsius, line.timed, line.arrived) == ("4.5", True, came)
    plain = delivery(ledger, box(2), arrived_at=came, arrival_celsius="4.5")
    ledger.boxes.post_movement(plain, ())
    (line,) = reader.documents.acceptance((plain.number,))
    assert (line.celsius, line.timed) == ("", False)


def test_one_receiving_is_its_delivery_with_its_refusals(ledger, reader):
    came, other = delivery(ledger, box(1)), replace(delivery(ledger, box(5)), reference="SH-2")
    back = replace(delivery(ledger, box(2)), kind=MovementKind.REFUSAL, reason="包装破损")
    later = replace(delivery(ledger, box(3)), at=NOON.replace(day=23))
    alone = [replace(delivery(ledger, box(n)), reference="") for n in (7, 8)]
    for one in (came, other, back, *alone, later):
        ledger.boxes.post_movement(one, ())
    assert reader.documents.receiving_of(back.number) == sorted([came.number, back.number])
    assert reader.documents.receiving_of(alone[0].number) == [alone[0].number]
    assert reader.documents.movement(came.number) == came
    assert reader.documents.movement("none") is None
