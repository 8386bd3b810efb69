"""Reading about boxes outside a sale: pages, delivery notes, acceptance records."""

import csv
from dataclasses import replace
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from pharmacy_desk.adapters.files.records import COLUMNS, write_records
from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.scanning.recognise import recognise_text
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.files.delivery_file import DeliveryRow, ItemKey, KeyKind
from pharmacy_desk.core.stock.listed import ShelfFilter
from pharmacy_desk.core.stock.movement import Movement, MovementKind, MovementLine, PackRelation
from tests.conftest import EXEMPT, NOON, OTC, RX, box

NEW = Batch("N1", date(2026, 1, 2), date(2028, 1, 1))
K = MovementKind


@pytest.fixture
def reader(ledger, tmp_path):
    made = Reader(tmp_path / "ledger.db")
    yield made
    made.close()


def post(ledger, kind, *lines, days=0, **more):
    movement = Movement(
        ledger.chain.take_document(), kind, NOON + timedelta(days=days), "007",
        more.pop("party", "示例医药"), lines=lines, **more,
    )  # fmt: skip
    ledger.boxes.post_movement(movement, ())
    return movement.number


def boxes(*numbers, item=OTC, batch=NEW):
    return MovementLine(item, batch, len(numbers), tuple(box(n, item) for n in numbers))


def everything(page, size):
    """All rows of a list, read page by page."""
    found, last = [], None
    while rows := page(last, size):
        found += rows
        last = rows[-1]
    return found


def test_documents_come_newest_first_and_in_pages(ledger, reader):
    numbers = [post(ledger, K.DELIVERY, boxes(n), days=n // 3) for n in range(1, 8)]
    rows = everything(lambda last, size: reader.documents.listed(None, last, size), 2)
    assert [row.number for row in rows] == numbers[::-1]
    assert {row.boxes for row in rows} == {1}


def test_documents_up_to_a_day(ledger, reader):
    first = post(ledger, K.DELIVERY, boxes(1))
    post(ledger, K.DELIVERY, boxes(2), days=1)
    assert [row.number for row in reader.documents.listed(NOON.date(), None, 9)] == [first]
    assert reader.documents.listed(NOON.date() - timedelta(days=1), None, 9) == []


def test_the_codes_of_a_document_in_pages_with_lines_that_have_none(ledger, reader):
    number = post(
        ledger, K.DELIVERY, boxes(1, 2, 3), MovementLine(EXEMPT, NEW, 5), boxes(9, item=RX)
    )
    rows = everything(lambda last, size: reader.documents.codes(number, last, size), 2)
    assert [(row.code, row.quantity) for row in rows] == [
        (box(1), 1), (box(2), 1), (box(3), 1), (None, 5), (box(9, RX), 1),
    ]  # fmt: skip
    assert rows[3].name == EXEMPT.name


def test_boxes_in_custody_of_several_drugs_by_one_question(ledger, reader):
    post(ledger, K.DELIVERY, boxes(1, 2, 3), boxes(9, item=RX))
    post(ledger, K.DESTRUCTION, boxes(2))
    asked = []
    reader.shelf._conn.set_trace_callback(asked.append)
    assert reader.shelf.in_custody([OTC.code, RX.code, EXEMPT.code]) == {OTC.code: 2, RX.code: 1}
    assert len(asked) == 1
    plan = reader.shelf._conn.execute("EXPLAIN QUERY PLAN " + asked[0]).fetchall()
    assert "boxes USING COVERING INDEX" in " ".join(row["detail"] for row in plan)


def test_the_shelf_by_drug_and_lot_in_pages(ledger, reader):
    other = replace(NEW, lot="N2")
    post(ledger, K.DELIVERY, boxes(1, 2), boxes(3, batch=other), boxes(4, item=RX))
    post(ledger, K.SURPLUS, boxes(5, batch=Batch()))
    post(ledger, K.DESTRUCTION, boxes(1))
    rows = everything(reader.shelf.lots, 1)
    assert [(row.item, row.lot, row.shelf) for row in rows] == [
        ("Y1", "", 1), ("Y1", "N1", 1), ("Y1", "N2", 1), ("Y2", "N1", 1),
    ]  # fmt: skip
    assert reader.shelf.count("Y1") == 3
    codes = everything(lambda last, size: reader.shelf.codes("Y1", last or "", size), 2)
    assert codes == [box(2), box(3), box(5)]


def test_the_shelf_by_text_and_by_expiry(ledger, reader):
    soon = replace(NEW, lot="x9", expiry=date(2026, 12, 1))
    post(ledger, K.DELIVERY, boxes(1, 2), boxes(3, batch=soon), boxes(4, item=RX))
    post(ledger, K.SURPLUS, boxes(5, batch=Batch()))

    def lots(text="", until=None):
        wanted = ShelfFilter(text, until)
        rows = everything(lambda last, n: reader.shelf.lots(last, n, wanted), 1)
        return [(row.item, row.lot) for row in rows]

    everywhere = [("Y1", ""), ("Y1", "N1"), ("Y1", "x9"), ("Y2", "N1")]
    assert lots() == everywhere
    assert lots("X9") == [("Y1", "x9")]
    assert lots("y2") == [("Y2", "N1")]
    assert lots(OTC.name[:2]) == everywhere[:3]
    assert lots("%") == []
    assert lots(until=date(2026, 12, 1)) == [("Y1", "x9")]
    assert lots(until=date(2026, 11, 30)) == []
    assert lots("n1", until=NEW.expiry) == [("Y1", "N1"), ("Y2", "N1")]


def test_a_scanned_box_is_told_with_its_past(ledger, reader):
    post(ledger, K.DELIVERY, boxes(1))
    seen = reader.boxes.seen(recognise_text(box(1), NOON.date()))
    assert (seen.item.code, seen.state, seen.batch) == ("Y1", BoxState.ON_SHELF, NEW)
    unknown = reader.boxes.seen(recognise_text("8" + "9" * 19, NOON.date()))
    assert (unknown.item, unknown.state) == (None, None)


def test_an_outer_pack_is_told_with_the_boxes_of_the_packs_inside(ledger, reader):
    carton, middle = box(900), box(800)
    ledger.boxes.put_packs(
        Actor(NOON, "007"), [PackRelation(carton, None, 3), PackRelation(middle, carton, 2),
         PackRelation(box(1), middle, 1), PackRelation(box(2), middle, 1)])  # fmt: skip
    seen = reader.boxes.seen(recognise_text(carton, NOON.date()))
    assert seen.outer
    assert [inner.code for inner in seen.inner] == [box(1), box(2)]


def delivered(*keys, codes=(), quantity=2):
    return DeliveryRow(
        2, "SH-1", "示例医药", keys[0], "N1", NEW.made, NEW.expiry, quantity, 1000, codes,
        other_keys=keys[1:],
    )  # fmt: skip


def test_a_delivery_note_finds_the_stores_own_drugs(ledger, reader):
    ledger.catalogue.put_items(
        Actor(NOON, "007"), [replace(RX, approval="国药准字H1", spec="0.25g×24粒")]
    )
    rows = reader.boxes.expected(
        [
            delivered(ItemKey(KeyKind.ITEM_CODE, "Y1")),
            delivered(ItemKey(KeyKind.IDENTIFICATION, "8177322")),
            delivered(ItemKey(KeyKind.APPROVAL, "国药准字H1", "0.25g×24粒")),
            delivered(ItemKey(KeyKind.ITEM_CODE, "nobody's")),
            delivered(ItemKey(KeyKind.ITEM_CODE, "Y1"), ItemKey(KeyKind.IDENTIFICATION, "8177322")),
        ]
    )
    assert [row.item.code if row.item else None for row in rows] == ["Y1", "Y4", "Y2", None, None]


def test_a_carton_on_the_note_stands_for_its_boxes(ledger, reader):
    ledger.boxes.put_packs(
        Actor(NOON, "007"), [PackRelation(box(900), None, 2), PackRelation(box(1), box(900), 1),
         PackRelation(box(2), box(900), 1)])  # fmt: skip
    rows = reader.boxes.expected([delivered(ItemKey(KeyKind.ITEM_CODE, "Y1"), codes=(box(900),))])
    assert rows[0].codes == {box(1), box(2)}


def test_an_acceptance_record_joins_a_delivery_with_what_was_refused(ledger, reader):
    first = post(ledger, K.DELIVERY, boxes(1, 2, 3), boxes(4, item=RX))
    second = post(ledger, K.REFUSAL, boxes(8, 9), reason="包装破损")
    lines = reader.documents.acceptance((first, second))
    told = [(line.item.code, line.quantity, line.accepted, line.result) for line in lines]
    assert told == [("Y1", 5, 3, "部分拒收：包装破损"), ("Y2", 1, 1, "合格")]
    assert reader.documents.acceptance((second,))[0].result == "拒收：包装破损"
    assert reader.documents.acceptance((post(ledger, K.DESTRUCTION, boxes(1)),)) == []


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_record_is_written_without_formulas(ledger, reader, tmp_path, suffix):
    hostile = '=HYPERLINK("http://x")'
    number = post(ledger, K.DELIVERY, boxes(1, 2), party=hostile)
    path = tmp_path / f"record{suffix}"
    write_records(path, reader.documents.acceptance((number,)))
    if suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            heads, cells = list(csv.reader(file))
        assert cells[8] == "'" + hostile
        assert cells[9] == "2"
    else:
        sheet = load_workbook(path).active
        heads = [cell.value for cell in sheet[1]]
        kind, cells = sheet.cell(2, 9).data_type, [cell.value for cell in sheet[2]]
        assert (kind, cells[8]) == ("s", hostile)
        assert [sheet.cell(2, column).quotePrefix for column in (1, 9)] == [False, True]
        assert cells[9] == 2
    assert tuple(heads) == COLUMNS
    assert cells[0] == OTC.name
    assert cells[4] == "N1"


def test_a_record_that_cannot_be_written_is_a_fault(tmp_path):
    with pytest.raises(WorldError) as failed:
        write_records(tmp_path / "no folder" / "record.xlsx", [])
    assert failed.value.fault is Fault.HOME_NOT_WRITABLE
