"""The sample tables of the trade, from the file to values: every layout that is kept for tests."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pharmacy_desk.adapters.files import tables
from pharmacy_desk.core.catalogue.drug_list import BadRow
from pharmacy_desk.core.stock.files import cells
from pharmacy_desk.core.stock.files.codes_file import CODES, CodeRow, read_codes
from pharmacy_desk.core.stock.files.delivery_file import DELIVERY, KeyKind, read_delivery
from pharmacy_desk.core.stock.files.headers import Header, HeaderRefusal, find_header, learn
from pharmacy_desk.core.stock.files.packs_file import PACKS, PackRow, read_packs
from pharmacy_desk.core.stock.files.stock_file import STOCK, read_stock

SAMPLES = Path(__file__).parents[2] / "data" / "trade_files"
TODAY = date(2026, 11, 22)
READERS = {
    "delivery": (DELIVERY, read_delivery),
    "stock": (STOCK, read_stock),
    "packs": (PACKS, read_packs),
    "codes": (CODES, read_codes),
}


def read(name: str, learned: Any = None) -> tuple[Header, list[Any]]:
    layout, reader = READERS[name.split("_")[0]]
    table = tables.read_table(SAMPLES / f"{name}.csv")
    header = find_header(layout, table, learned)
    assert isinstance(header, Header), header
    return header, list(reader(header, table, TODAY))


def test_a_plain_delivery_is_read_whole() -> None:
    header, rows = read("delivery")
    assert header.unknown == ()
    assert [(row.number, row.item_key.text, row.quantity, row.level) for row in rows] == [
        ("SH-20261122-01", "Y1", 2, 1), ("SH-20261122-01", "Y2", 3, None),
        ("SH-20261122-02", "Y1", 10, 2),
    ]  # fmt: skip
    assert [len(row.codes) for row in rows] == [2, 0, 1]


def test_a_printed_delivery_note_tells_its_number_above_and_repeats_its_header() -> None:
    header, rows = read("delivery_printed")
    assert (header.row, header.above) == (4, (1, 2, 3))
    assert header.unknown == ("序号",)
    assert [row.row for row in rows] == [5, 6, 9]
    assert rows[1] == BadRow(6, "bad_quantity", "1.5")
    for row in (rows[0], rows[2]):
        assert (row.number, row.supplier) == ("SH-77", "示例医药有限公司")
        assert row.item_key.kind is KeyKind.APPROVAL
    assert rows[0].name == "布洛芬缓释胶囊"
    assert (rows[0].quantity, rows[2].quantity) == (20, 1000)
    assert (rows[0].made, rows[2].expiry) == (date(2025, 1, 2), date(2027, 4, 30))


def test_a_delivery_with_a_row_a_code_fills_merged_cells_and_names_doubles() -> None:
    _, rows = read("delivery_by_code")
    assert [(row.row, row.number, row.supplier) for row in rows if not isinstance(row, BadRow)] == [
        (2, "CK1", "示例医药有限公司"), (3, "CK1", "示例医药有限公司"),
        (6, "CK2", "示例医药有限公司"),
    ]  # fmt: skip
    assert [(row.row, row.reason) for row in rows if isinstance(row, BadRow)] == [
        (4, "duplicate_code"), (5, "code_rounded"),
    ]  # fmt: skip
    assert rows[2].detail.endswith("(row 2)")


def test_a_suppliers_own_names_are_refused_once_and_then_known() -> None:
    table = tables.read_table(SAMPLES / "delivery_own_names.csv")
    refused = find_header(DELIVERY, table)
    assert isinstance(refused, HeaderRefusal)
    assert refused.found == ("业务编号", "发货方", "我方货号", "批次", "到期", "件")
    ours = ("number", "supplier", "code", "lot", "expiry", "quantity")
    learned = learn(refused.cells, dict(zip(refused.found, ours, strict=True)))
    _, (row,) = read("delivery_own_names", learned)
    assert (row.number, row.item_key.text, row.quantity) == ("OWN-1", "Y1", 4)


def test_opening_stock_is_read_and_an_empty_shelf_refused() -> None:
    _, rows = read("stock")
    assert [(row.row, row.quantity, len(row.codes)) for row in rows[:2]] == [(2, 2, 2), (3, 12, 0)]
    assert rows[2:] == [BadRow(4, "bad_quantity", "0")]


def test_relations_are_read_in_both_layouts() -> None:
    header, rows = read("packs_relation")
    assert header.unknown == ("flag",)
    assert [(row.level, row.parent is None) for row in rows] == [
        (3, True), (2, False), (1, False), (1, False),
    ]  # fmt: skip
    _, rows = read("packs_children")
    assert all(isinstance(row, PackRow) and row.row == 2 for row in rows)
    assert len({row.parent for row in rows}) == 1
    assert len({row.code for row in rows}) == 3


def test_a_list_of_codes_never_shows_a_person() -> None:
    _, rows = read("codes")
    assert [type(row) for row in rows] == [CodeRow, CodeRow, BadRow]
    assert rows[2] == BadRow(4, "personal_code", "id_card")


def test_every_sample_is_read_by_a_test() -> None:
    names = {path.stem for path in SAMPLES.iterdir()}
    text = Path(__file__).read_text("utf-8")
    assert names
    assert {name for name in names if f'"{name}"' not in text and f'"{name}.' not in text} == set()


def test_the_table_reader_cuts_a_cell_where_a_cut_code_is_noticed() -> None:
    assert tables.MAX_CELL_CHARS == cells.MAX_CELL_CHARS


@pytest.mark.parametrize("between", [";", "; ", ";\n", ";" * 20, " " * 100])
def test_a_cell_beyond_the_limit_is_noticed_wherever_it_is_cut(
    tmp_path: Path, between: str
) -> None:
    path = tmp_path / "list.csv"
    many = between.join(f"8436282{n:013d}" for n in range(1, 2000))
    for before in range(20 + len(between)):
        path.write_text(f'追溯码\n"{";" * before}{many}"\n', "utf-8")
        table = tables.read_table(path)
        header = find_header(CODES, table)
        assert isinstance(header, Header)
        assert [type(row) for row in read_codes(header, table, TODAY)] == [BadRow], before
