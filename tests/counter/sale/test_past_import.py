"""The old system's sales: taken as history, they stand against their codes; what contradicts is told."""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.basics.policy import VerdictName
from pharmacy_desk.core.sale.past import FindingKind, PastFile
from pharmacy_desk.core.sale.ticket import TicketEnd
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.movement import Movement, MovementKind, MovementLine
from pharmacy_desk.counter.sale import past_import
from pharmacy_desk.counter.sale.past_import import PastReport, import_past
from pharmacy_desk.wiring.box_life import box_life
from tests.conftest import LOT, OTC, RX, Shop, asked_of, box
from tests.counter.sale.test_tickets import Till, order

HEAD = ("追溯码", "销售时间", "单号", "商品编码", "数量", "付款方式", "结算编号", "营业员", "班次")
FILE = PastFile("a" * 64, "old.csv")


def sold(
    code: str, at: str = "2024-05-03 10:12:33", number: str = "XS1", quantity: str = "1"
) -> tuple[str, ...]:
    return (code, at, number, "Y1", quantity, "医保", "4403002024050300001", "王", "早")


def table(*rows: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    return iter([(place, list(row)) for place, row in enumerate((HEAD, *rows), start=1)])


def take(
    shop: Shop, *rows: Sequence[str], file: PastFile = FILE, stop: bool = False, dry: bool = False
) -> PastReport:
    report = import_past(
        table=table(*rows),
        file=file,
        past=shop.ledger.past,
        actor=lambda: Actor(shop.clock.now(), "007"),
        now=shop.clock.now(),
        on_desk=lambda job: job(),
        progress=lambda _: not stop,
        dry_run=dry,
    )
    assert check(shop.ledger.path).problems == ()
    return report


def reasons(report: PastReport) -> list[tuple[int, FindingKind]]:
    return [(one.row, one.kind) for one in report.findings]


def test_a_code_of_the_past_is_refused_with_the_old_systems_sale(shop: Shop) -> None:
    report = take(shop, sold(box(1)), sold(f"{box(2)};{box(3)}", number="XS2"))
    assert (report.read, report.added, report.findings) == (2, 3, ())
    assert report.unknown_columns == ("班次",)
    for inside in (False, True):  # looked at before a sale is open, and by the reservation itself
        if inside:
            assert shop.scan(box(9)).accepted
        verdict = shop.scan(box(3))
        assert verdict.name is VerdictName.SOLD_HERE
        assert verdict.earlier
        assert (verdict.earlier.past, verdict.earlier.sale) == (True, "XS2")
        assert verdict.earlier.operator == "王"
        assert verdict.earlier.at.isoformat() == "2024-05-03T10:12:33+08:00"
    assert shop.pay().codes() == (box(9),)
    assert shop.ledger.boxes.state(box(1)) is BoxState.SOLD
    assert check(shop.ledger.path).problems == ()


def test_it_is_history_alone_in_no_sum_and_no_upload(shop: Shop) -> None:
    take(shop, sold(box(1)))
    conn = shop.ledger.chain.conn
    for kept in ("sales", "sale_lines", "sale_entries", "claims", "outbox", "boxes"):
        assert conn.execute(f"SELECT count(*) FROM {kept}").fetchone()[0] == 0, kept


def test_the_life_of_a_box_begins_with_what_the_old_system_did(shop: Shop) -> None:
    take(shop, sold(box(1)), sold(box(1), "2024-05-04", "TH1", "-1"))
    shop.sell(box(1))
    reader = Reader(shop.ledger.path)
    found = box_life(reader, box(1), shop.clock.now().date())
    reader.close()
    assert found
    told = [(event["event"], event["document"]) for event in found["events"]]
    assert told[:2] == [("past_sold", "XS1"), ("past_returned", "TH1")]
    assert found["state"] == "sold"


def test_a_store_without_a_past_is_asked_nothing_of_it(shop: Shop) -> None:
    with asked_of(shop.ledger) as said:
        shop.sell(box(1))
        shop.scan(box(1))
    assert not [one for one in said if "past_sales" in one]
    take(shop, sold(box(2)))
    assert shop.scan(box(3)).accepted
    with asked_of(shop.ledger) as said:
        assert shop.scan(box(4)).accepted
    asked = [one for one in said if "past_sales" in one]
    assert len(asked) == 1
    plan = shop.ledger.chain.conn.execute(f"EXPLAIN QUERY PLAN {asked[0]}").fetchall()
    assert "past_sales_by_code" in str([tuple(row) for row in plan])


@pytest.mark.parametrize("newest_first", [False, True])
def test_a_return_frees_the_code_in_whatever_order_the_file_lists_it(
    shop: Shop, newest_first: bool
) -> None:
    rows = [
        sold(box(1), "2024-05-03 10:00:00", "XS1"),
        sold(box(1), "2024-05-09 10:00:00", "TH1", "-1"),
        sold(box(2), "2024-05-03 10:00:00", "XS2"),
        sold(box(2), "2024-05-04 10:00:00", "TH2", "-1"),
        sold(box(2), "2024-06-01 10:00:00", "XS3"),
        sold(box(3), "2024/5/3", "XS4"),
        sold(box(3), "20240503", "TH4", "-1"),
    ]
    report = take(shop, *(reversed(rows) if newest_first else rows))
    assert (report.added, report.findings) == (7, ())
    assert shop.scan(box(1)).accepted
    again = shop.scan(box(2))
    assert again.earlier
    assert (again.name, again.earlier.sale) == (VerdictName.SOLD_HERE, "XS3")
    assert shop.scan(box(3)).accepted


def test_what_contradicts_is_kept_and_told_by_its_row(shop: Shop) -> None:
    paid = shop.sell(box(1))
    shop.scan(box(2))
    report = take(
        shop,
        sold(box(1), number="XS1"),  # row 2: sold here
        sold(box(2), number="XS2"),  # in a sale that is open
        sold(box(3), "2024-05-03", "XS3"),
        sold(box(3), "2024-06-03", "XS4"),  # twice, no return between
        sold(box(4, RX), number="XS5"),  # the map knows another drug
        sold(box(5), "2024-05-03", "TH1", "-1"),  # no sale before
        sold("8436282123", number="XS6"),
        sold(box(6), "2024-13-03"),
        sold("", number="XS7"),
        sold(box(7), "2030-01-01"),
    )
    assert reasons(report) == [
        (2, FindingKind.SAME_AS_OURS),
        (3, FindingKind.SAME_AS_OURS),
        (5, FindingKind.SOLD_TWICE),
        (6, FindingKind.OTHER_DRUG),
        (7, FindingKind.RETURN_ALONE),
        (8, FindingKind.UNREAD),
        (9, FindingKind.UNREAD),
        (11, FindingKind.UNREAD),
    ]
    words = {one.row: one.words for one in report.findings}
    assert words[2] == f"XS1 · 2024-05-03 · {paid.number}"
    assert words[5] == "XS3 · 2024-05-03 · XS4 · 2024-06-03"
    assert words[6] == "Y1 · Y2"
    assert (report.read, report.uncoded) == (9, 1)
    assert shop.pay().codes() == (box(2),)  # ours stays ours
    twice = shop.scan(box(3)).earlier
    assert twice
    assert twice.sale == "XS4"
    assert check(shop.ledger.path).problems == ()


def test_a_box_on_the_shelf_that_was_sold_before_is_told_and_not_sold(shop: Shop) -> None:
    line = MovementLine(OTC, LOT, 1, (box(1),))
    number = shop.ledger.chain.take_document()
    movement = Movement(number, MovementKind.SURPLUS, shop.clock.now(), "007", lines=(line,))
    shop.ledger.boxes.post_movement(movement, ())
    report = take(shop, sold(box(1)))
    assert reasons(report) == [(2, FindingKind.ON_SHELF)]
    assert shop.scan(box(1)).name is VerdictName.SOLD_HERE


def test_the_sale_that_came_as_a_ticket_is_the_same_one(shop: Shop) -> None:
    till = Till(shop)
    till.open(order())
    shop.scan(box(1))
    shop.scan(box(2))
    till.settle(TicketEnd(receipt="R1"))
    report = take(shop, sold(box(1), number="T-1"), sold(box(2), number="XS9"))
    assert reasons(report) == [(3, FindingKind.SAME_AS_OURS)]


def test_an_import_that_was_cut_goes_on_behind_the_last_piece(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(past_import, "PIECE", 2)
    rows = [
        sold(box(1)),
        sold("8436282123"),
        sold(box(2), "2024-05-04", "XS2"),
        sold(box(1), "2024-05-05", "XS3"),
        sold(box(3), "2024-05-06", "XS4"),
    ]
    cut = take(shop, *rows, stop=True)
    assert (cut.read, cut.added, reasons(cut)) == (2, 1, [(3, FindingKind.UNREAD)])
    rest = take(shop, *rows)
    assert (rest.went_on_after, rest.read, rest.added) == (3, 3, 3)
    whole = [(3, FindingKind.UNREAD), (5, FindingKind.SOLD_TWICE)]
    assert reasons(rest) == whole
    again = take(shop, *rows)
    assert (again.read, again.added, reasons(again)) == (0, 0, whole)
    conn = shop.ledger.chain.conn
    events = conn.execute(
        "SELECT json_extract(payload, '$.last_row'), json_extract(payload, '$.rows'),"
        " json_extract(payload, '$.done') FROM events WHERE kind = 'sales_imported' ORDER BY seq"
    )
    assert [tuple(row) for row in events] == [(3, 1, 0), (5, 2, 0), (6, 1, 0), (6, 0, 1)]


def test_another_file_with_the_same_rows_adds_what_is_new(shop: Shop) -> None:
    take(shop, sold(box(1)), sold(box(2), number="XS2"))
    report = take(
        shop, sold(box(2), number="XS2"), sold(box(3), number="XS3"), file=PastFile("b", "new.csv")
    )
    assert (report.read, report.added, report.findings) == (2, 1, ())


def test_a_dry_run_tells_and_writes_nothing(shop: Shop) -> None:
    shop.sell(box(1))
    report = take(shop, sold(box(1)), sold(box(2)), dry=True)
    assert (report.added, reasons(report)) == (1, [(2, FindingKind.SAME_AS_OURS)])
    assert shop.ledger.chain.conn.execute("SELECT count(*) FROM past_chunks").fetchone()[0] == 0
    assert shop.scan(box(2)).accepted


def test_a_file_without_codes_or_days_is_refused_by_what_it_lacks(shop: Shop) -> None:
    with pytest.raises(WorldError) as refused:
        import_past(
            table=iter([(1, ["追溯码", "单号"])]),
            file=FILE,
            past=shop.ledger.past,
            actor=lambda: Actor(shop.clock.now(), "007"),
            now=shop.clock.now(),
            on_desk=lambda job: job(),
        )
    assert refused.value.fault is Fault.HEADER_MISSING
    assert refused.value.params["columns"] == "销售时间 / 销售日期"


def test_a_number_of_a_person_is_not_kept(shop: Shop) -> None:
    identity = "11010519491231002X"
    rows = [(*sold(box(1))[:2], identity, "Y1", "1", "", identity, f"王 {identity}")]
    assert take(shop, *rows, sold(identity)).added == 1
    shop.ledger.chain.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert identity.encode() not in shop.ledger.path.read_bytes()
    assert (
        shop.ledger.chain.conn.execute("SELECT operator FROM past_sales").fetchone()[0][0] == "王"
    )


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE past_sales SET number = 'XS9' WHERE id = 1",
        "DELETE FROM past_sales WHERE id = 2",
        "UPDATE past_findings SET words = ''",
        "DELETE FROM past_chunks WHERE number = 1",
        "UPDATE past_chunks SET name = 'other.csv' WHERE number = 1",
        "INSERT INTO past_findings(chunk, row, code, kind, words) VALUES (9, 1, '', 'unread', '')",
    ],
)
def test_the_check_finds_a_past_that_was_changed(shop: Shop, change: str) -> None:
    take(shop, sold(box(1)), sold(box(2)), sold("8436282123"))
    path: Path = shop.ledger.path
    shop.ledger.close()
    conn = sqlite3.connect(path)
    conn.execute(change)
    conn.commit()
    conn.close()
    assert any(told.startswith("past: ") for told in check(path).problems)
