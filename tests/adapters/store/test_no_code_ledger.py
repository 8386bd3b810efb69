"""The no-code library on a real ledger: what is kept, used and given back, and its proof."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.adapters.store.ledger import SqliteLedger
from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.adapters.store.stock import recall
from pharmacy_desk.adapters.store.stock.recall import Marks
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.sale.refund import ReturnDocument, ReturnRefusal, Wanted
from pharmacy_desk.core.sale.sale import PaymentKind, Sale
from pharmacy_desk.core.stock.facts import Recall
from pharmacy_desk.core.stock.no_code import (
    Bar,
    Draft,
    NoCodeReason,
    NoCodeSold,
    NoCodeState,
    Share,
)
from pharmacy_desk.core.upload.message import wire_line
from tests.conftest import EXEMPT, LOT, NOON, OTC, RX, SETTLED, Shop, box

TODAY = NOON.date()
DRAFT = Draft(
    "Y1", replace(LOT, lot="OLD1"), 3, NoCodeReason.MADE_BEFORE, date(2025, 3, 1), "发票 7"
)


def _entry(shop: Shop, draft: Draft = DRAFT, *, approved: bool = True) -> str:
    number = shop.ledger.no_code.keep_no_code(Actor(shop.clock.now(), "007"), draft).number
    if approved:
        assert shop.ledger.no_code.approve_no_code(Actor(shop.clock.now(), "007"), number, "001")
    return number


def _take(shop: Shop, number: str, line: int = 1) -> Bar | None:
    sale = shop.open_sale.open()
    why = shop.ledger.no_code_sales.take_no_code(
        Actor(shop.clock.now(), "007"), sale.number, line, number, TODAY
    )
    shop.open_sale.refresh()
    return why


def _ask(shop: Shop, boxes: int = 1) -> None:
    assert shop.open_sale.lines.add_item(OTC, boxes)


def _used(shop: Shop, number: str) -> int:
    entry = shop.ledger.no_code.no_code_entry(number)
    assert entry is not None
    return entry.used


def _sale(shop: Shop) -> Sale:
    assert shop.open_sale.sale is not None
    return shop.open_sale.sale


def _problems(shop: Shop) -> tuple[str, ...]:
    return check(shop.ledger.path).problems


# Entries


def test_an_entry_waits_for_a_manager_is_approved_once_and_closed_once(shop: Shop) -> None:
    number = _entry(shop, approved=False)
    entry = shop.ledger.no_code.no_code_entry(number)
    assert entry is not None
    assert (entry.state, entry.quantity, entry.left, entry.batch) == (
        NoCodeState.PROPOSED, 3, 3, DRAFT.batch,
    )  # fmt: skip
    at = shop.clock.now()
    assert shop.ledger.no_code.approve_no_code(Actor(at, "007"), number, "001")
    assert not shop.ledger.no_code.approve_no_code(Actor(at, "007"), number, "002")
    approved = shop.ledger.no_code.no_code_entry(number)
    assert approved is not None
    assert (approved.state, approved.approver) == (NoCodeState.APPROVED, "001")
    assert shop.ledger.no_code.close_no_code(Actor(at, "007"), number, "已盘清")
    assert not shop.ledger.no_code.close_no_code(Actor(at, "007"), number, "again")
    assert not shop.ledger.no_code.approve_no_code(Actor(at, "007"), number, "001")
    kinds = [row[0] for row in shop.ledger.chain.conn.execute(
        "SELECT kind FROM events WHERE document = ? ORDER BY seq", (number,))]  # fmt: skip
    assert kinds == ["no_code_kept", "no_code_approved", "no_code_closed"]
    assert _problems(shop) == ()


def test_a_box_is_taken_only_where_the_rules_let_it(shop: Shop) -> None:
    _ask(shop)
    waiting = _entry(shop, approved=False)
    other = _entry(shop, replace(DRAFT, item="Y2"))
    old = _entry(shop, replace(DRAFT, batch=replace(LOT, lot="X", expiry=TODAY - timedelta(1))))
    good = _entry(shop)
    assert _take(shop, waiting) is Bar.NOT_APPROVED
    assert _take(shop, other) is Bar.OTHER_DRUG
    assert _take(shop, old) is Bar.EXPIRED
    assert _take(shop, "no such number") is Bar.NOT_FOUND
    assert _take(shop, good, line=2) is Bar.NOTHING_LACKING
    shop.ledger.boxes.open_recall(Actor(shop.clock.now(), "007"), Recall("R1", "lot", "OLD1"))
    assert _take(shop, good) is Bar.RECALLED
    shop.ledger.boxes.close_recall(Actor(shop.clock.now(), "007"), "R1")
    assert _take(shop, good) is None
    assert _take(shop, good) is Bar.NOTHING_LACKING
    shop.ledger.no_code.close_no_code(Actor(shop.clock.now(), "007"), good, "")
    shop.open_sale.lines.add_item(OTC, 1)
    assert _take(shop, good) is Bar.CLOSED
    assert (_used(shop, good), _problems(shop)) == (1, ())


def test_a_taken_box_fills_the_line_with_its_own_lot(shop: Shop) -> None:
    _ask(shop, 2)
    number = _entry(shop)
    shop.scan(box(1))
    assert _take(shop, number) is None
    (line,) = _sale(shop).lines
    assert (line.quantity, line.lacking, len(line.boxes)) == (2, 0, 1)
    assert [b.number for b in line.no_code] == [number]
    assert [(p.batch.lot, p.count, p.no_code) for p in line.parts()] == [
        (LOT.lot, 1, False), ("OLD1", 1, True),
    ]  # fmt: skip
    assert _sale(shop).codes() == (box(1),)


def test_undo_line_removal_and_void_give_the_box_back_and_hold_keeps_it(shop: Shop) -> None:
    number = _entry(shop)
    _ask(shop)
    assert _take(shop, number) is None
    undone = shop.open_sale.lines.undo()
    assert undone is not None
    assert (_used(shop, number), _sale(shop).lines[0].lacking) == (0, 1)
    assert _take(shop, number) is None
    shop.open_sale.held.hold()
    assert _used(shop, number) == 1
    shop.open_sale.held.resume(1)
    assert _sale(shop).lines[0].no_code[0].number == number
    shop.open_sale.lines.remove_line(1)
    assert _used(shop, number) == 0
    _ask(shop)
    assert _take(shop, number, _sale(shop).lines[0].number) is None
    shop.open_sale.ending.void()
    assert _used(shop, number) == 0
    assert _problems(shop) == ()


def test_a_paid_box_is_used_up_for_good_and_its_sale_names_the_entry(shop: Shop) -> None:
    number = _entry(shop, replace(DRAFT, quantity=1))
    _ask(shop)
    assert _take(shop, number) is None
    paid = shop.pay(PaymentKind.ACCOUNT, SETTLED)
    again = shop.ledger.sales.load_sale(paid.number)
    assert again is not None
    assert again.no_code_numbers() == (number,)
    assert _used(shop, number) == 1
    _ask(shop)
    assert _take(shop, number) is Bar.USED_UP
    payload = shop.ledger.chain.conn.execute(
        "SELECT payload FROM events WHERE kind = 'sale_paid'"
    ).fetchone()[0]
    assert f'"no_code":["{number}"]' in payload
    assert _problems(shop) == ()


def test_its_upload_line_has_its_lot_and_memo_and_no_code(shop: Shop) -> None:
    number = _entry(shop)
    _ask(shop, 2)
    shop.scan(box(1))
    assert _take(shop, number) is None
    paid = shop.pay()
    with closing(Reader(shop.ledger.path)) as reader:
        lines = [queued.line for queued in reader.outbox.lines_of(paid.number)]
    assert [(ln.codes, ln.waiting) for ln in lines] == [((box(1),), None), ((), None)]
    wire = wire_line(lines[1], shop.profile.sale, shop.profile)
    assert wire["manu_lotnum"] == "OLD1"
    assert wire["memo"] == "无码库"
    assert wire["sel_retn_cnt"] == "1"
    assert shop.profile.trace_node not in wire
    assert "memo" not in wire_line(lines[0], shop.profile.sale, shop.profile)


# Two counters, kills


def test_two_counters_on_one_file_never_use_more_than_there_is(
    shop: Shop, open_ledger: Any
) -> None:
    number = _entry(shop, replace(DRAFT, quantity=1))
    second = Shop(open_ledger(shop.ledger.path, counter="02"), shop.clock, shop.profile)
    _ask(shop)
    _ask(second)
    looked = second.ledger.no_code.no_code_entry(number)
    assert _take(shop, number) is None
    # The other counter looked before the box was gone: the table's own rule has the last word.
    second.ledger.no_code_sales._why_not = lambda *_: None  # type: ignore[method-assign]
    assert looked is not None
    assert looked.left == 1
    assert _take(second, number) is Bar.USED_UP
    assert _used(shop, number) == 1
    assert [line.lacking for line in _sale(second).lines] == [1]
    assert _problems(shop) == ()


def test_a_kill_keeps_a_taken_box_and_half_a_step_is_none(
    shop: Shop, open_ledger: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = _entry(shop)
    _ask(shop, 2)
    assert _take(shop, number) is None
    before = shop.ledger.sales.current_sale()

    def torn(*_: object) -> str:
        raise sqlite3.OperationalError("killed before the event was written")

    with monkeypatch.context() as patch:
        patch.setattr(shop.ledger.no_code_sales, "append", torn)
        with pytest.raises(Exception, match="killed"):
            _take(shop, number)
    killed: SqliteLedger = open_ledger(shop.ledger.path)
    assert killed.sales.current_sale() == before
    entry = killed.no_code.no_code_entry(number)
    assert entry is not None
    assert entry.used == 1
    assert check(shop.ledger.path).problems == ()


_KILLED = """
import os, signal, sys
from datetime import date
from pathlib import Path
from pharmacy_desk.adapters.store.ledger import SqliteLedger
from pharmacy_desk.core.basics.actor import Actor
from tests.conftest import NOON, PlainSealer

path, number, moment, step = sys.argv[1:]
actor = Actor(NOON, "007")
ledger = SqliteLedger(actor, Path(path), "01", "here", PlainSealer())
commit = ledger.chain.commit


def kill():
    if moment == "after":
        commit()
    os.kill(os.getpid(), signal.SIGKILL)


sale = ledger.sales.current_sale().number
ledger.chain.commit = kill
if step == "take":
    ledger.no_code_sales.take_no_code(actor, sale, 1, number, NOON.date())
else:
    ledger.basket.undo_last(actor, sale)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("step", ["take", "undo"])
def test_a_kill_at_the_commit_leaves_the_step_whole_or_undone(
    shop: Shop, open_ledger: Any, moment: str, step: str
) -> None:
    number = _entry(shop)
    _ask(shop)
    if step == "undo":
        assert _take(shop, number) is None
    shop.ledger.close()
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, str(shop.ledger.path), number, moment, step],
        check=False, cwd=Path(__file__).parents[3], capture_output=True,
    )  # fmt: skip
    assert done.returncode == -9, done.stderr.decode()
    again: SqliteLedger = open_ledger(shop.ledger.path)
    entry, sale = again.no_code.no_code_entry(number), again.sales.current_sale()
    assert entry is not None
    assert sale is not None
    taken = (step == "take") is (moment == "after")
    assert (entry.used, sale.lines[0].lacking) == ((1, 0) if taken else (0, 1))
    assert check(shop.ledger.path).problems == ()


# Proof


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE no_code SET used = 2", "is used 2 times"),
        ("UPDATE no_code SET quantity = 50", "quantity of entry"),
        ("UPDATE no_code SET bought_on = '2025-06-30'", "bought_on of entry"),
        ("UPDATE no_code SET state = 'proposed'", "its events say approved"),
        ("UPDATE no_code SET approver = '009'", "approver of entry"),
        ("DELETE FROM no_code", "is missing"),
        ("UPDATE sale_entries SET no_code = NULL", "differ"),
        ("UPDATE sale_entries SET state = 'ended' WHERE no_code IS NOT NULL", "differ"),
    ],
)
def test_the_proof_finds_what_was_changed_by_hand(shop: Shop, statement: str, told: str) -> None:
    number = _entry(shop)
    _ask(shop)
    assert _take(shop, number) is None
    shop.pay()
    assert _problems(shop) == ()
    with closing(sqlite3.connect(shop.ledger.path)) as conn, conn:
        conn.execute(statement)
    assert any(told in problem for problem in _problems(shop)), _problems(shop)


# Lists


def test_what_waits_comes_first_and_pages_meet(shop: Shop) -> None:
    first, second = _entry(shop), _entry(shop, approved=False)
    shop.clock.advance(60)
    third = _entry(shop)
    shop.ledger.no_code.close_no_code(Actor(shop.clock.now(), "007"), first, "")
    with closing(Reader(shop.ledger.path)) as reader:
        whole = reader.no_code.entries(None, 10)
        assert [row.entry.number for row in whole] == [second, third, first]
        assert whole[0].name == OTC.name
        assert reader.no_code.entries(whole[0], 1) == [whole[1]]
        assert reader.no_code.entries(whole[2], 10) == []


def test_only_approved_entries_with_boxes_are_offered_and_a_recalled_one_says_so(
    shop: Shop,
) -> None:
    good = _entry(shop)
    _entry(shop, approved=False)
    _entry(shop, replace(DRAFT, item="Y2"))
    recalled = _entry(shop, replace(DRAFT, batch=replace(LOT, lot="BAD")))
    shop.ledger.boxes.open_recall(Actor(shop.clock.now(), "007"), Recall("R1", "lot", "BAD"))
    with closing(Reader(shop.ledger.path)) as reader:
        found = reader.no_code.approved_for(OTC, TODAY)
    assert [(entry.number, why) for entry, why in found] == [
        (good, None), (recalled, Bar.RECALLED),
    ]  # fmt: skip


def test_the_share_counts_boxes_that_needed_a_code_by_day(shop: Shop) -> None:
    number = _entry(shop)
    _ask(shop)
    _take(shop, number)
    shop.open_sale.lines.add_item(EXEMPT, 4)
    shop.pay()
    shop.clock.advance(24 * 3600)
    shop.sell(box(1), box(2), box(3, RX))
    _ask(shop)
    _take(shop, number)
    shop.open_sale.ending.void()
    with closing(Reader(shop.ledger.path)) as reader:
        assert reader.no_code.share(TODAY, TODAY) == Share(1, 1)
        assert reader.no_code.share(TODAY, TODAY + timedelta(1)) == Share(1, 4)
        assert reader.no_code.share(TODAY - timedelta(9), TODAY - timedelta(1)) == Share(0, 0)
        assert reader.no_code.share(TODAY, TODAY + timedelta(1)).per_mille == 250


def test_the_table_itself_forbids_what_the_rules_forbid(shop: Shop, tmp_path: Path) -> None:
    number = _entry(shop)
    with closing(sqlite3.connect(shop.ledger.path)) as conn:
        for used in (-1, 4):
            with pytest.raises(sqlite3.IntegrityError):
                conn.execute("UPDATE no_code SET used = ? WHERE number = ?", (used, number))


# Returns


def _sold(shop: Shop, number: str) -> list[NoCodeSold]:
    with closing(Reader(shop.ledger.path)) as reader:
        return reader.no_code.sold(number, 9)


def test_a_return_gives_the_library_nothing_back_and_happens_once(shop: Shop) -> None:
    number = _entry(shop)
    _ask(shop)
    assert _take(shop, number) is None
    paid = shop.pay()
    (there,) = _sold(shop, number)
    assert (there.sale, there.paid_at) == (paid.number, paid.paid_at)
    wanted = [Wanted(paid.lines[0].number, there.entry)]
    taken = shop.open_sale.back.take(shop.open_sale.who.actor(), there.sale, wanted, "质量问题")
    assert isinstance(taken, ReturnDocument)
    again = shop.open_sale.back.take(shop.open_sale.who.actor(), there.sale, wanted, "质量问题")
    assert again is ReturnRefusal.BEFORE
    assert _used(shop, number) == 1
    assert _sold(shop, number) == []
    assert _problems(shop) == ()
    with closing(sqlite3.connect(shop.ledger.path)) as conn, conn:
        conn.execute("DELETE FROM returns")
    assert any("returned without its event" in problem for problem in _problems(shop))


def test_sold_boxes_of_an_entry_are_found_by_an_index(shop: Shop) -> None:
    seen: list[str] = []
    number = _entry(shop)
    with closing(Reader(shop.ledger.path)) as reader:
        reader._conn.set_trace_callback(seen.append)
        reader.no_code.sold(number, 9)
        plan = reader._conn.execute(f"EXPLAIN QUERY PLAN {seen[0]}").fetchall()
        reader._conn.set_trace_callback(None)
    assert any("entries_by_lot" in row["detail"] for row in plan), [row["detail"] for row in plan]


def test_a_recall_finds_boxes_that_have_no_code(shop: Shop) -> None:
    number = _entry(shop)
    _ask(shop)
    assert _take(shop, number) is None
    shop.pay()
    for marks in (Marks(lot="OLD1"), Marks(drug=OTC.name), Marks("OLD1", OTC.code)):
        found = recall.trace(shop.ledger.path, marks)
        assert [(one.code, one.document, one.units) for one in found.here] == [("", number, 2)]
        assert [(one.code, one.lot) for one in found.sold] == [("", "OLD1")]
        assert found.sold[0].as_json()["code"] is None
    assert recall.trace(shop.ledger.path, Marks("OLD1", RX.code)).here == ()
    assert shop.ledger.no_code.close_no_code(Actor(shop.clock.now(), "007"), number, "gone")
    assert recall.trace(shop.ledger.path, Marks(lot="OLD1")).here == ()


def test_a_recall_of_boxes_without_code_goes_by_an_index(shop: Shop) -> None:
    number = _entry(shop)
    for _ in range(2):
        _ask(shop)
        assert _take(shop, number) is None
        shop.pay()
    conn, asked = shop.ledger.chain.conn, []
    conn.set_trace_callback(asked.append)
    looked = recall.look(conn, Marks(lot="OLD1"))
    rows = recall.page(conn, looked, None, 2)
    rows += recall.page(conn, looked, rows[-1], 2)
    conn.set_trace_callback(None)
    assert [one.where for one in rows] == ["here", "sold", "sold"]
    for question in asked:
        for step in conn.execute(f"EXPLAIN QUERY PLAN {question}").fetchall():
            assert not step["detail"].startswith("SCAN n"), question
            assert not step["detail"].startswith("SCAN e"), question
            assert "TEMP B-TREE FOR ORDER BY" not in step["detail"], question
