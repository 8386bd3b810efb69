"""顾客退货: any lines of a receipt come back by one document, goods without a code too."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.basics.numbers import line_key
from pharmacy_desk.core.basics.policy import VerdictName
from pharmacy_desk.core.sale.refund import ReturnDocument, ReturnRefusal, Wanted, pieces
from pharmacy_desk.core.sale.sale import PaymentKind, Sale
from tests import plain
from tests.conftest import EXEMPT, NO_LOT, OTC, RX, Shop, box

OLD = Path(__file__).parents[2] / "data" / "ledgers"
REASON = "质量问题"


@pytest.fixture
def sale(shop: Shop) -> Sale:
    """Two scanned boxes of one drug and one of another, three bags and a box without codes."""
    for code in (box(1), box(2), box(3, RX)):
        shop.scan(code)
    shop.open_sale.lines.add_item(EXEMPT, 3)
    shop.open_sale.lines.add_item(NO_LOT, 1)
    return shop.pay()


def _take(shop: Shop, sale: Sale, *wanted: Wanted, reason: str = REASON) -> Any:
    return shop.open_sale.back.take(shop.open_sale.who.actor(), sale.number, wanted, reason)


def _lines(shop: Shop, document: str) -> list[tuple[str, list[str], str, str]]:
    """(original key, codes, quantity, price) of each upload line of a return."""
    found = plain.rows(
        shop.ledger.path,
        "SELECT json_extract(words, '$.original_key'), codes, json_extract(words, '$.quantity'),"
        " json_extract(words, '$.price') FROM outbox WHERE document = ? ORDER BY line",
        (document,),
    )
    return [tuple(row) for row in found]


def test_several_lines_come_back_by_one_document_to_the_fen(shop: Shop, sale: Sale) -> None:
    first = sale.lines[0]
    taken = _take(
        shop,
        sale,
        Wanted(first.number, first.boxes[0].entry),
        Wanted(first.number, first.boxes[1].entry),
        Wanted(sale.lines[2].number, None, 2),
    )
    assert isinstance(taken, ReturnDocument)
    assert (taken.boxes, taken.refund_fen) == (4, 2 * OTC.price_fen + 2 * EXEMPT.price_fen)
    rows = plain.rows(
        shop.ledger.path,
        "SELECT line, code, quantity, refund_fen FROM returns WHERE number = ? ORDER BY line",
        (taken.number,),
    )
    assert [tuple(row) for row in rows] == [
        (1, box(1), 1, 2180), (2, box(2), 1, 2180), (3, "", 2, 6400),
    ]  # fmt: skip
    assert shop.scan(box(1)).name is VerdictName.RETURNED_HOLD
    assert shop.scan(box(2)).name is VerdictName.RETURNED_HOLD
    assert shop.scan(box(3, RX)).name is VerdictName.SOLD_HERE
    (line,) = _lines(shop, taken.number)  # one uploaded line of two boxes; the bags are not told
    assert line[0] == line_key(sale.number, 1, "S")
    assert line[1:] == (f'["{box(1)}", "{box(2)}"]', "2", "21.80")
    assert check(shop.ledger.path).problems == ()


def test_goods_without_a_code_come_back_by_number_and_no_more_than_were_sold(
    shop: Shop, sale: Sale
) -> None:
    bags = sale.lines[2].number
    assert isinstance(_take(shop, sale, Wanted(bags, None, 2)), ReturnDocument)
    assert _take(shop, sale, Wanted(bags, None, 2)) is ReturnRefusal.BEFORE
    assert _take(shop, sale, Wanted(bags, None, 4)) is ReturnRefusal.NOT_ON_RECEIPT
    assert isinstance(_take(shop, sale, Wanted(bags, None, 1)), ReturnDocument)
    assert _take(shop, sale, Wanted(bags, None, 1)) is ReturnRefusal.BEFORE
    told = _take(shop, sale, Wanted(sale.lines[3].number, None, 1))
    (line,) = _lines(shop, told.number)  # sold without its code: uploaded then, and now
    assert line[1:] == ("[]", "1", "27.60")
    assert check(shop.ledger.path).problems == ()
    back = shop.ledger.returns.came_back(sale.number)
    left = {(piece.line.item.code, piece.entry): piece.returnable for piece in pieces(sale, back)}
    assert [n for (item, _), n in left.items() if item == EXEMPT.code] == [0]
    assert sum(left.values()) == 3  # the three boxes with codes


def test_one_box_too_many_takes_nothing_back(shop: Shop, sale: Sale) -> None:
    first = sale.lines[0]
    here, there = (Wanted(first.number, one.entry) for one in first.boxes)
    assert isinstance(_take(shop, sale, here), ReturnDocument)
    assert _take(shop, sale, there, here) is ReturnRefusal.BEFORE
    assert _take(shop, sale, there, there) is ReturnRefusal.NOT_ON_RECEIPT
    assert shop.scan(box(2)).name is VerdictName.SOLD_HERE
    assert isinstance(_take(shop, sale, there), ReturnDocument)


@pytest.mark.parametrize(
    ("wanted", "reason", "why"),
    [
        ((), REASON, ReturnRefusal.NOTHING_CHOSEN),
        ((Wanted(1, None, 0),), REASON, ReturnRefusal.NOTHING_CHOSEN),
        ((Wanted(1, 1),), " ", ReturnRefusal.NO_REASON),
        ((Wanted(9, 1),), REASON, ReturnRefusal.NOT_ON_RECEIPT),
    ],
)
def test_a_return_says_what_it_lacks(
    shop: Shop, sale: Sale, wanted: tuple[Wanted, ...], reason: str, why: ReturnRefusal
) -> None:
    assert _take(shop, sale, *wanted, reason=reason) is why
    assert shop.ledger.returns.came_back(sale.number) == ()


def test_an_unknown_receipt_and_an_open_sale_take_nothing_back(shop: Shop) -> None:
    shop.scan(box(1))
    for number in ("01XXXXXX-000001", shop.open_sale.sale.number if shop.open_sale.sale else ""):
        taken = shop.open_sale.back.take(shop.open_sale.who.actor(), number, [Wanted(1, 1)], REASON)
        assert taken is ReturnRefusal.NO_SUCH_RECEIPT


def test_a_gift_gives_nothing_back_and_units_stay_sold(shop: Shop) -> None:
    shop.open_sale.lines.add_item(EXEMPT, 1)
    assert shop.open_sale.sale
    shop.open_sale.lines.turn_gift(shop.open_sale.sale.lines[0].number)
    sale = shop.pay()
    taken = _take(shop, sale, Wanted(sale.lines[0].number, None, 1))
    assert taken.refund_fen == 0


def test_an_insured_line_names_its_settlement_when_it_comes_back(shop: Shop) -> None:
    sale = shop.sell(box(1), payment=PaymentKind.POOLED)
    taken = _take(shop, sale, Wanted(1, sale.lines[0].boxes[0].entry))
    row = plain.row(
        shop.ledger.path,
        "SELECT json_extract(words, '$.setl_id') FROM outbox WHERE document = ?",
        (taken.number,),
    )
    assert row[0] == sale.settlement.setl_id if sale.settlement else False


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE returns SET refund_fen = refund_fen + 1",
        "UPDATE returns SET quantity = 3 WHERE code = ''",
        "UPDATE returns SET reason = '其他'",
        "DELETE FROM returns WHERE code = ''",
    ],
)
def test_the_check_finds_a_return_that_was_changed(shop: Shop, sale: Sale, change: str) -> None:
    first = sale.lines[0]
    wanted = Wanted(first.number, first.boxes[0].entry), Wanted(sale.lines[2].number, None, 2)
    taken = _take(shop, sale, *wanted)
    with closing(sqlite3.connect(shop.ledger.path)) as conn, conn:
        conn.execute(change)
    assert any(taken.number in problem for problem in check(shop.ledger.path).problems)


def test_a_ledger_of_the_fifth_schema_keeps_its_returns_with_their_money(
    tmp_path: Path, open_ledger: Any, shop: Shop
) -> None:
    """A box taken back, one put back on the shelf, one of the no-code library; a bag is left."""
    path = tmp_path / "old.db"
    shutil.copy(OLD / "m008_claims.db", path)
    ledger = open_ledger(path)
    assert check(path).problems == ()
    old = Shop(ledger, shop.clock, shop.profile)
    sale = ledger.sales.find_sale("last")
    assert sale is not None
    back = ledger.returns.came_back(sale.number)
    assert [(one.quantity, one.refund_fen, one.restored) for one in back] == [
        (1, 2180, False), (1, 2180, True), (1, 2180, False),
    ]  # fmt: skip
    assert all(one.entry for one in back)
    found = {(piece.code, piece.no_code != ""): piece.returnable for piece in pieces(sale, back)}
    assert found == {
        (box(1), False): 0, (box(2), False): 0, (box(3), False): 1, ("", True): 0, ("", False): 3,
    }  # fmt: skip
    taken = _take(old, sale, Wanted(sale.lines[-1].number, None, 1))
    assert isinstance(taken, ReturnDocument)
    assert check(path).problems == ()
