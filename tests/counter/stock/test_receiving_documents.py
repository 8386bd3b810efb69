"""Post a receiving by the storekeeper: its documents, its draft, and the world failing between."""

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.basics.errors import Fault
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.drafts import Unfinished
from pharmacy_desk.core.stock.movement import MovementKind, WhyNot
from pharmacy_desk.core.stock.receiving import Box, Match, Receiving, Row
from pharmacy_desk.counter.stock import trade_tables
from pharmacy_desk.counter.stock.movements import Wanted
from pharmacy_desk.counter.stock.wishes import Order
from tests import plain
from tests.conftest import EXEMPT, NOON, OTC, RX, box

LOT = Batch("L1", date(2026, 1, 2), date(2028, 1, 1))
BOXES = (
    Box(box(1), OTC, 0, LOT, Match.IN_LIST),
    Box(box(2), OTC, 0, LOT, Match.IN_LIST, "包装破损"),
    Box(box(3), OTC, 0, LOT, Match.IN_LIST, "已过期"),
)
RECEIVING = Receiving(
    "示例医药", "SH-1", (Row(OTC, OTC.name, LOT, 3), Row(EXEMPT, EXEMPT.name, LOT, 5, counted=5)),
    BOXES, listed=True,
)  # fmt: skip
ONE = Unfinished(RECEIVING, "4.5")


def order(kind, *wanted, reason=""):
    return Order(kind, wanted, "示例医药", "SH-1", reason)


ORDERS = (
    order(MovementKind.DELIVERY, Wanted(box(1), "Y1", LOT), Wanted(None, "Y3", LOT, 5)),
    order(MovementKind.REFUSAL, Wanted(box(2), "Y1", LOT), reason="包装破损"),
    order(MovementKind.REFUSAL, Wanted(box(3), "Y1", LOT), reason="已过期"),
)


def test_after_its_last_document_the_draft_is_gone(shop, keeper, reader):
    keeper.keep_draft("d", ONE)
    received = keeper.receive(ORDERS, ONE, "d")
    assert [moved.kind for moved in received.moved] == [one.kind for one in ORDERS]
    assert [moved.boxes for moved in received.moved] == [6, 1, 1]
    assert (received.error, reader.drafts.waiting()) == (None, [])
    assert shop.ledger.boxes.state(box(2)) is BoxState.REFUSED
    assert check(shop.ledger.path).problems == ()


@pytest.mark.parametrize("documents", [1, 2])
def test_a_disk_that_fills_up_between_two_documents_leaves_the_rest_once(
    shop, keeper, reader, disk, documents
):
    keeper.keep_draft("d", ONE)
    disk.fill("documents", documents)  # the n-th document finds it full
    received = keeper.receive(ORDERS, ONE, "d")
    assert len(received.moved) == documents
    assert received.error.fault is Fault.DISK_FULL
    left = reader.drafts.unfinished("d")
    assert [b.code for b in left.receiving.boxes] == [box(2), box(3)][documents - 1 :]
    assert [row.counted for row in left.receiving.rows] == [0, 0]
    disk.clear()
    again = keeper.receive(ORDERS[documents:], left, "d")
    assert again.error is None
    counted = plain.row(
        shop.ledger.path, "SELECT sum(quantity) FROM document_lines WHERE item = 'Y3'"
    )
    assert counted[0] == 5
    assert reader.drafts.waiting() == []
    assert check(shop.ledger.path).problems == ()


def test_what_stays_behind_stays_in_the_draft(shop, keeper, reader):
    keeper.keep_draft("d", ONE)
    # Somebody else was quicker with one of them.
    keeper.post(order(MovementKind.DELIVERY, Wanted(box(1), "Y1", LOT)))
    received = keeper.receive(ORDERS, ONE, "d")
    assert [one.why for moved in received.moved for one in moved.stayed] == ["already_here"]
    assert [b.code for b in reader.drafts.unfinished("d").receiving.boxes] == [box(1)]
    assert check(shop.ledger.path).problems == ()


def test_a_file_of_several_numbers_becomes_several_documents_told_at_once(shop, keeper, told):
    table = [
        (1, ["单号", "供货单位", "追溯码", "商品编码", "生产批号", "生产日期", "有效期至"]),
        (2, ["DB-1", "二店", box(1), "Y1", "L1", "2026-01-02", "2028-01-01"]),
        (3, ["DB-2", "二店", box(2), "Y1", "L1", "2026-01-02", "2028-01-01"]),
        (4, ["", "三店", box(3), "Y1", "L1", "2026-01-02", "2028-01-01"]),
    ]
    read = trade_tables.read("codes", iter(table), NOON.date())
    orders = read.orders(MovementKind.TRANSFER_IN, "stem", "typed")
    assert [(one.party, one.reference) for one in orders] == [
        ("二店", "DB-1"), ("二店", "DB-2"), ("三店", "DB-2"),
    ]  # fmt: skip
    moved = keeper.lane.call(lambda: keeper.move(orders, read.unread))
    assert (moved.boxes, len(moved.documents)) == (3, 3)
    record = shop.ledger.boxes.record(box(2))
    assert (record.party, record.batch) == ("二店", LOT)


@pytest.mark.parametrize(
    ("kind", "party"),
    [(MovementKind.TRANSFER_IN, "送货方"), (MovementKind.TRANSFER_OUT, "收货方"),
     (MovementKind.TO_SUPPLIER, "送货方")],
)  # fmt: skip
def test_the_other_party_of_a_file_is_the_one_that_fits_the_document(kind, party):
    head = ["供货单位", "收货单位", "追溯码"]
    table = [(1, head), (2, ["送货方", "收货方", box(1)])]
    (one,) = trade_tables.read("codes", iter(table), NOON.date()).orders(kind, "stem", "typed")
    assert (one.party, one.reference) == (party, "stem")


def test_a_file_without_number_and_party_takes_what_was_typed():
    table = [(1, ["追溯码"]), (2, [box(1)])]
    read = trade_tables.read("codes", iter(table), NOON.date())
    (one,) = read.orders(MovementKind.TRANSFER_IN, "stem", "typed")
    assert (one.party, one.reference) == ("typed", "stem")


def test_the_database_of_a_draft_is_the_ledger_itself(shop, keeper, tmp_path):
    keeper.keep_draft("d", ONE)
    # A kill keeps what was acknowledged: a copy of the files as they lie there now has it.
    for name in ("ledger.db", "ledger.db-wal"):
        (tmp_path / f"copy-{name}").write_bytes((tmp_path / name).read_bytes())
    copy = Path(tmp_path / "copy-ledger.db")
    conn = sqlite3.connect(copy)
    assert conn.execute("SELECT number FROM drafts").fetchall() == [("d",)]
    conn.close()


DELIVERY_HEAD = ["单号", "供货单位", "商品编码", "生产批号", "有效期至", "数量", "追溯码"]
DELIVERY_HEAD += ["到货温度(℃)", "到货时间"]


def delivered(*rows):
    """A delivery note of these rows: item, code, temperature, arrival."""
    table = [(1, DELIVERY_HEAD)]
    for number, (item, code, *how) in enumerate(rows, start=2):
        table.append((number, ["SH-1", "示例医药", item, "L1", "2028-01-01", "1", code, *how]))
    return trade_tables.read("delivery", iter(table), NOON.date())


@pytest.mark.parametrize(
    ("celsius", "arrived", "why"),
    [
        ("", "", WhyNot.COLD_NOT_TOLD),
        ("5", "", WhyNot.COLD_NOT_TOLD),
        ("", "2026-09-30 09:30", WhyNot.COLD_NOT_TOLD),
        ("12", "2026-09-30 09:30", WhyNot.NOT_COLD),
        ("1.9", "2026-09-30 09:30", WhyNot.NOT_COLD),
    ],
)
def test_a_file_leaves_cold_goods_behind_of_which_it_does_not_tell_that_they_came_cold(
    shop, keeper, celsius, arrived, why
):
    plain.write(shop.ledger.path, "UPDATE items SET cold = 1 WHERE code = 'Y1'")
    table = delivered(("Y1", box(1), celsius, arrived), ("Y2", box(1, RX), celsius, arrived))
    report = trade_tables.write(table, "delivery", keeper)
    # What is not kept cold comes in; the row that stays is named with its reason.
    assert report.added == 1
    assert [(bad.row, bad.reason) for bad in report.rejected] == [(2, why.value)]
    assert shop.ledger.boxes.state(box(1)) is None
    assert shop.ledger.boxes.state(box(1, RX)) is BoxState.ON_SHELF


def test_a_file_that_tells_how_they_came_brings_cold_goods_in_and_the_record_keeps_it(
    shop, keeper, reader
):
    plain.write(shop.ledger.path, "UPDATE items SET cold = 1 WHERE code = 'Y1'")
    table = delivered(
        ("Y2", box(1, RX), "", ""),
        ("Y1", box(1), "4.5 ℃", "2026/9/30 9:30:00"),
        ("Y1", box(2), "", ""),
        ("Y1", box(3), "7", "2026-09-30 10:00"),
    )
    orders = table.orders(MovementKind.DELIVERY)
    assert [len(order.wanted) for order in orders] == [3, 1]  # the last came by itself
    report = trade_tables.write(table, "delivery", keeper)
    assert (report.added, report.rejected) == (4, [])
    first = shop.ledger.boxes.record(box(1)).document
    lines = {line.item.code: line for line in reader.documents.acceptance((first,))}
    cold = lines["Y1"]
    assert (cold.celsius, f"{cold.arrived:%Y-%m-%d %H:%M}") == ("4.5", "2026-09-30 09:30")
    assert shop.ledger.boxes.record(box(2)).document == first
    assert shop.ledger.boxes.record(box(3)).document != first


@pytest.mark.parametrize(
    ("how", "why"),
    [(("warm", ""), "bad_celsius"), (("5", "this morning"), "bad_arrived")],
)
def test_a_row_whose_temperature_or_arrival_is_none_is_a_bad_row(how, why):
    assert [bad.reason for bad in delivered(("Y1", box(1), *how)).bad] == [why]
