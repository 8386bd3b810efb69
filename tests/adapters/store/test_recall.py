"""Where the boxes of a recall are: by every mark, in pages, by index, and no box left out."""

import json
import sys
from dataclasses import replace
from datetime import date, timedelta

import pytest

from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.adapters.store.stock import recall
from pharmacy_desk.adapters.store.stock.recall import Marks
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.stock.movement import Movement, MovementKind, MovementLine
from tests.conftest import NOON, OTC, RX, box, peak_of

NEW = Batch("N1", date(2026, 1, 2), date(2028, 1, 1))
MAKER = "示例医药"
K = MovementKind


@pytest.fixture
def reader(ledger, tmp_path):
    made = Reader(tmp_path / "ledger.db")
    yield made
    made.close()


def post(ledger, kind, *lines, days=0, party=MAKER):
    movement = Movement(
        ledger.chain.take_document(), kind, NOON + timedelta(days=days), "007", party, lines=lines
    )
    ledger.boxes.post_movement(movement, ())


def boxes(*numbers, item=OTC, batch=NEW):
    return MovementLine(item, batch, len(numbers), tuple(box(n, item) for n in numbers))


def told(found):
    return [[one.code for one in part] for part in (found.here, found.sold, found.gone)]


def in_pages(reader, key, value, size):
    """The list on the screen, read page by page, and the counts above it."""
    looked = reader.recalls.look_for(key, value)
    found, last = [], None
    while rows := reader.recalls.recalled(looked, last, size):
        assert len(rows) <= size
        found += rows
        last = rows[-1]
    parts = [[one.box.code for one in found if one.where == w] for w in ("here", "sold", "gone")]
    assert [len(part) for part in parts] == [looked.here, looked.sold, looked.gone]
    return parts


@pytest.mark.parametrize("size", [1, 2, 100])
def test_a_recall_finds_its_boxes_by_every_key(shop, reader, size):
    post(shop.ledger, K.DELIVERY, boxes(1, 2, 3, 4))
    shop.sell(box(2))
    post(shop.ledger, K.DESTRUCTION, boxes(3))
    post(shop.ledger, K.TRANSFER_OUT, boxes(4), party="")
    wanted = [[box(1)], [box(2)], [box(4), box(3)]]
    for key, value in (("lot", "N1"), ("drug", OTC.name), ("supplier", MAKER)):
        assert told(recall.trace(shop.ledger.path, Marks(**{key: value}))) == wanted, key
        assert in_pages(reader, key, value, size) == wanted, key


def test_a_drug_of_several_lots_is_told_whole_in_pages(shop, reader):
    other = replace(NEW, lot="N2")
    post(shop.ledger, K.DELIVERY, boxes(*range(1, 8)), boxes(*range(10, 15), batch=other))
    post(shop.ledger, K.SURPLUS, boxes(20, batch=Batch()), party="")
    shop.sell(box(1), box(10), box(30))  # the last one never came in by a document
    shop.sell(box(11))
    here = [box(20), *(box(n) for n in range(2, 8)), *(box(n) for n in (12, 13, 14))]
    sold = [box(1), box(10), box(30), box(11)]
    for size in (1, 3, 5, 100):
        assert in_pages(reader, "drug", OTC.code, size) == [here, sold, []]


def test_an_opened_box_is_here_and_on_every_receipt_its_units_went_out_on(shop, reader):
    split = replace(OTC, split_ratio=4, split_unit="粒")
    shop.ledger.catalogue.put_items(Actor(NOON, "007"), [split])
    post(shop.ledger, K.DELIVERY, boxes(1))
    for units in (1, 2):
        assert not shop.desk.split(box(1), units).reason
        shop.pay()
    found = recall.trace(shop.ledger.path, Marks(lot="N1"))
    assert [(one.code, one.state) for one in found.here] == [(box(1), "opened")]
    assert [one.units for one in found.sold] == [1, 2]
    assert len({one.document for one in found.sold}) == 2
    for key, value in (("lot", "N1"), ("drug", OTC.name), ("code", box(1))):
        assert in_pages(reader, key, value, 1) == [[box(1)], [box(1), box(1)], []], key


def test_marks_narrow_each_other(shop):
    post(shop.ledger, K.DELIVERY, boxes(1), boxes(1, item=RX))
    post(shop.ledger, K.DELIVERY, boxes(2), party="别家")
    path = shop.ledger.path
    assert told(recall.trace(path, Marks(lot="N1", drug=OTC.code))) == [[box(1), box(2)], [], []]
    assert told(recall.trace(path, Marks(lot="N1", supplier="别家"))) == [[box(2)], [], []]
    marks = Marks(drug=RX.code, supplier=MAKER)
    assert told(recall.trace(path, marks)) == [[box(1, RX)], [], []]
    assert told(recall.trace(path, Marks(lot="N1", drug="nothing"))) == [[], [], []]


def test_nothing_is_found_by_no_mark_and_by_a_drug_nobody_knows(shop):
    post(shop.ledger, K.SURPLUS, boxes(1, batch=Batch()), party="")
    for marks in (Marks(), Marks(drug="nothing")):
        assert told(recall.trace(shop.ledger.path, marks)) == [[], [], []]


def test_one_code_is_told_by_record_by_receipt_or_not_at_all(shop, reader):
    post(shop.ledger, K.DELIVERY, boxes(1, 2))
    shop.sell(box(2), box(3))
    assert in_pages(reader, "code", box(1), 5) == [[box(1)], [], []]
    for number in (2, 3):
        (row,) = reader.recalls.recalled(reader.recalls.look_for("code", box(number)), None, 5)
        assert (row.where, row.box.name) == ("sold", OTC.name)
    assert in_pages(reader, "code", box(77), 5) == [[], [], []]


def test_a_returned_box_is_here_and_no_longer_sold(shop, reader):
    post(shop.ledger, K.DELIVERY, boxes(1))
    sale = shop.sell(box(1))
    shop.open_sale.returns.take_back(sale.number, box(1), "质量问题")
    for key, value in (("lot", "N1"), ("drug", OTC.code), ("code", box(1))):
        assert in_pages(reader, key, value, 1) == [[box(1)], [], []], key


@pytest.mark.parametrize(
    "marks",
    [
        Marks(lot="N1"), Marks(drug=OTC.code), Marks(drug=OTC.name), Marks(supplier=MAKER),
        Marks(code=box(2)), Marks("N1", OTC.code), Marks("N1", None, MAKER),
        Marks(None, OTC.code, MAKER),
    ],
)  # fmt: skip
def test_every_question_of_a_recall_goes_by_an_index(shop, marks):
    post(shop.ledger, K.DELIVERY, boxes(1, 2, 3))
    shop.sell(box(2))
    conn, asked = shop.ledger.chain.conn, []
    conn.set_trace_callback(asked.append)
    looked = recall.look(conn, marks)
    last = recall.page(conn, looked, None, 1)[-1]
    rest = recall.page(conn, looked, last, 100)
    conn.set_trace_callback(None)
    assert looked.runs
    assert rest or looked.here + looked.sold + looked.gone == 1
    for question in asked:
        for step in conn.execute(f"EXPLAIN QUERY PLAN {question}").fetchall():
            whole_table = step["detail"].startswith("SCAN ") and "CONSTANT" not in step["detail"]
            assert not whole_table or step["detail"] == "SCAN v", (question, step["detail"])
            # A page is read off the index; sorting would read the whole run for each of them.
            paged = " ORDER BY " in question and " v CROSS JOIN" not in question
            assert not (paged and "TEMP B-TREE FOR ORDER BY" in step["detail"]), question


_RECALL = """
import sys
from pharmacy_desk.commands.main import main
assert main(sys.argv[1:]) == 0
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for a process's memory")
def test_a_recall_of_very_many_boxes_takes_no_more_memory_than_one_of_few(ledger, tmp_path):
    post(ledger, K.DELIVERY, boxes(1, 2))
    (tmp_path / "practice-ledger.db").symlink_to(ledger.path)
    recall_of = ("--home", str(tmp_path), "recall", "--lot", "N1")
    told, few = peak_of(_RECALL, *recall_of, "--json")
    here = json.loads(told)
    assert [one["code"] for one in here["here"]] == [box(1), box(2)]
    assert (here["sold"], here["gone"]) == ([], [])
    with ledger.chain.transaction() as conn:
        columns = [row["name"] for row in conn.execute("PRAGMA table_info(boxes)")]
        made = ["printf('8436282%013d', n.i)" if name == "code" else name for name in columns]
        conn.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 100999)"
            f" INSERT INTO boxes({', '.join(columns)}) SELECT {', '.join(made)}"
            " FROM n, boxes WHERE code = ?",
            (box(1),),
        )
    for more in (("--json",), ()):
        told, many = peak_of(_RECALL, *recall_of, *more)
        assert told.count("8436282") == 100_002
        # 3.1 kB a box before, 310 MB; the program itself has 40 MB.
        assert many - few < 20_000_000
    assert len(json.loads(peak_of(_RECALL, *recall_of, "--json")[0])["here"]) == 100_002
