"""Drug lists as chains export them: every encoding, every bad cell by its row, nothing trusted."""

import datetime as dt
import gc
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pharmacy_desk.adapters.files.pinyin import initials
from pharmacy_desk.adapters.files.tables import MAX_COLUMNS, read_table
from pharmacy_desk.adapters.resources import sample_catalogue
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.catalogue.drug_list import COLUMNS, BadRow, KeptCell, read_header, read_rows
from pharmacy_desk.core.catalogue.drugs import Batch, Category, InsuranceClass, Item, RxFlag
from pharmacy_desk.counter.catalogue.importing import PIECE, import_catalogue

HEAD = "商品编码,商品名称,规格,商品条码,药品标识码,处方标志,类别,零售价,生产批号,生产日期,有效期至"
ROW = "Y1,布洛芬缓释胶囊,0.3g×24粒,6900000000014,8436282,OTC甲,西药,21.80,L1,2025-01-02,2028-01-01"
TEXT = f"{HEAD}\r\n{ROW}\r\n"


def _write(folder: Path, data: bytes, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def _xlsx(folder: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    path = folder / "list.xlsx"
    book.save(path)
    book.close()
    return path


def _read(path: Path) -> list[Item | BadRow]:
    table = read_table(path)
    header = read_header(next(table)[1])
    assert header.missing == ()
    return list(read_rows(header, table))


def _row(**cells: str) -> list[Item | BadRow]:
    """One row under its own headers."""
    cells = {"商品编码": "Y1", "商品名称": "药", **cells}
    return list(read_rows(read_header(list(cells)), iter([(2, list(cells.values()))])))


def _fails(path: Path, fault: Fault) -> WorldError:
    with pytest.raises(WorldError) as caught:
        list(read_table(path))
    assert caught.value.fault is fault
    return caught.value


WHOLE = Item(
    "Y1", "布洛芬缓释胶囊", "0.3g×24粒", rx=RxFlag.OTC_A, price_fen=2180,
    batch=Batch("L1", dt.date(2025, 1, 2), dt.date(2028, 1, 1)),
    barcodes=("6900000000014",), identifications=("8436282",),
)  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_a_csv_is_read_in_every_encoding_in_use(tmp_path: Path, encoding: str, end: str) -> None:
    path = _write(tmp_path, TEXT.replace("\r\n", end).encode(encoding))
    assert _read(path) == [WHOLE]


def test_rare_characters_of_gb18030_survive(tmp_path: Path) -> None:
    path = _write(tmp_path, TEXT.replace("布洛芬", "𠮷䶮").encode("gb18030"))
    (item,) = _read(path)
    assert isinstance(item, Item)
    assert item.name == "𠮷䶮缓释胶囊"


def test_tabs_and_quotes_are_read(tmp_path: Path) -> None:
    assert _read(_write(tmp_path, TEXT.replace(",", "\t").encode())) == [WHOLE]
    quoted = TEXT.replace("布洛芬缓释胶囊", '"布洛芬,\n""缓释""胶囊"')
    path = _write(tmp_path, quoted.encode())
    assert list(read_table(path))[1][1][1] == '布洛芬,\n"缓释"胶囊'
    (bad,) = _read(path)
    assert bad == BadRow(2, "name_missing", '布洛芬,\n"缓释"胶囊')


def test_an_xlsx_is_read_with_its_numbers_and_dates(tmp_path: Path) -> None:
    cells = [
        "Y1", "布洛芬缓释胶囊", "0.3g×24粒", 6900000000014, 8436282.0, "OTC甲", "西药", 21.8, "L1",
        dt.datetime.combine(dt.date(2025, 1, 2), dt.time()), dt.date(2028, 1, 1),
    ]  # fmt: skip
    assert _read(_xlsx(tmp_path, HEAD.split(","), [None] * 3, cells)) == [WHOLE]


def test_a_formula_is_never_run_and_a_text_that_looks_like_one_is_text(tmp_path: Path) -> None:
    path = _xlsx(tmp_path, HEAD.split(","), ["Y1", "=1+1", "", *[""] * 8])
    assert _read(path) == [BadRow(2, "name_missing", "")]
    text = TEXT.replace("布洛芬缓释胶囊", "=cmd|' /C calc'!A0")
    (item,) = _read(_write(tmp_path, text.encode()))
    assert isinstance(item, Item)
    assert item.name == "=cmd|' /C calc'!A0"


def test_every_synonym_of_every_column_is_known() -> None:
    for column, names in COLUMNS.items():
        for name in names:
            assert read_header([f" {name} "]).places == {column: 0}
            assert read_header([f"{name}（元）"]).places == {column: 0}


def test_unknown_columns_are_named_and_missing_ones_too() -> None:
    header = read_header(["备注", "通用名", "品名", "", "x" * 90])
    assert header.places == {"name": 1}
    assert header.unknown == ("备注", "品名", "x" * 40)
    assert header.missing == ("商品编码",)


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("商品编码", "", "bad_item_code"),
        ("商品编码", "有空 格", "bad_item_code"),
        ("商品编码", "x" * 31, "bad_item_code"),
        ("商品名称", "", "name_missing"),
        ("商品名称", "a\x1bb", "name_missing"),
        ("商品条码", "6.9E+12", "bad_barcode"),
        ("商品条码", "6900000000015", "bad_barcode_check_digit"),
        ("商品条码", "6900000000014;69", "bad_barcode"),
        ("药品标识码", "84362", "bad_identification"),
        ("药品标识码", "06901234567893", "bad_identification"),
        ("零售价", "免费", "bad_price"),
        ("零售价", "-1", "bad_price"),
        ("购进价", "1.234", "bad_cost"),
        ("处方标志", "也许", "bad_rx"),
        ("类别", "汽车", "bad_category"),
        ("拆零比", "0", "bad_split_ratio"),
        ("拆零比", "1.5", "bad_split_ratio"),
        ("含麻", "也许", "bad_ephedrine"),
        ("有效期至", "2025-02-30", "bad_expiry"),
        ("有效期至", "45292", "bad_expiry"),
        ("生产日期", "昨天", "bad_made"),
    ],
)
def test_a_bad_cell_rejects_its_row_by_number_reason_and_text(
    column: str, cell: str, reason: str
) -> None:
    (bad,) = _row(**{column: cell})
    assert isinstance(bad, BadRow)
    assert (bad.row, bad.reason) == (2, reason)
    assert bad.detail in cell


@pytest.mark.parametrize("cell", ["2027-12", "202712", "2027/12", "2027.11"])
def test_a_month_without_a_day_is_never_read_as_another_date(cell: str) -> None:
    (found,) = _row(有效期至=cell)
    if isinstance(found, Item):
        assert found.batch.expiry
        assert found.batch.expiry.month in (11, 12)


@pytest.mark.parametrize(
    "cell", ["2027-12-31", "2027/12/31", "2027.12.31", "20271231", "2027年12月31日",
             "2027-12-31 00:00:00"],
)  # fmt: skip
def test_a_date_is_read_in_every_spelling_in_use(cell: str) -> None:
    (item,) = _row(有效期至=cell)
    assert isinstance(item, Item)
    assert item.batch.expiry == dt.date(2027, 12, 31)


def test_an_expiry_before_production_and_a_second_row_of_a_code_are_rejected() -> None:
    (bad,) = _row(生产日期="2027-01-01", 有效期至="2026-01-01")
    assert bad == BadRow(2, "expiry_before_production", "2026-01-01")
    header = read_header(["商品编码", "商品名称"])
    rows = list(read_rows(header, iter([(2, ["Y1", "a"]), (3, ["Y1", "b"]), (4, ["Y2"])])))
    assert isinstance(rows[0], Item)
    assert rows[1:] == [BadRow(3, "duplicate_row", "Y1"), BadRow(4, "name_missing", "")]


def test_words_are_known_by_their_synonyms() -> None:
    (item,) = _row(处方标志="处方药", 类别="二类", 医保类别="甲类", 含麻="是", 冷藏="Y",
                   商品条码="6900000000014； 6924561884074", 单位="", 拼音码="blf")  # fmt: skip
    assert isinstance(item, Item)
    assert (item.rx, item.category, item.insurance_class) == (
        RxFlag.RX, Category.DEVICE_II, InsuranceClass.A,
    )  # fmt: skip
    assert (item.ephedrine, item.cold, item.doping) == (True, True, False)
    assert item.barcodes == ("6900000000014", "6924561884074")
    assert (item.unit, item.pinyin) == ("盒", "BLF")


def test_a_number_a_spreadsheet_has_rounded_is_refused(tmp_path: Path) -> None:
    head = ["商品编码", "商品名称", "药品标识码"]
    path = _xlsx(tmp_path, head, ["Y1", "药", 8.4362820442053402e19])
    (bad,) = _read(path)
    assert isinstance(bad, BadRow)
    assert (bad.reason, bad.detail) == ("bad_identification", "8.43628E+19")


# Peculiarities of XLSX


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (84362820442053402132, "8.43628E+19"),
        (84362820442053400000, "8.43628E+19"),
        (8.4362820442053402e19, "8.43628E+19"),
        (2**53, "9.00720E+15"),
        (2**53 - 1, "9007199254740991"),
        ("84362820442053402132", "84362820442053402132"),
        ("'84362820442053402132", "'84362820442053402132"),
        (3.0, "3"),
        (3.5, "3.5"),
        (0, "0"),
        (True, "True"),
        (dt.datetime.combine(dt.date(2028, 1, 1), dt.time(12, 30)), "2028-01-01"),
        (dt.time(8, 30), "08:30:00"),
        ("#N/A", "#N/A"),
        (" 药 ", "药"),
    ],
)
def test_a_cell_of_a_sheet_is_text_and_a_large_number_says_that_it_is_not_exact(
    tmp_path: Path, value: object, text: str
) -> None:
    assert list(read_table(_xlsx(tmp_path, ["x", value]))) == [(1, ["x", text])]


def _member(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def test_a_sheet_that_lies_about_its_size_is_read_to_its_end(tmp_path: Path) -> None:
    path = _xlsx(tmp_path, ["商品编码", "商品名称"], ["Y1", "药"], ["Y2", "药"])
    name = "xl/worksheets/sheet1.xml"
    for size in (b"A1", b"A1:A2", b"A1:B1048576", b"A1:XFD9"):
        data = _member(path, name).replace(b'ref="A1:B3"', b'ref="' + size + b'"')
        assert size in data
        found = list(read_table(_respoil(path, name, data)))
        assert [(number, cells[:2]) for number, cells in found] == [
            (1, ["商品编码", "商品名称"]), (2, ["Y1", "药"]), (3, ["Y2", "药"]),
        ]  # fmt: skip


def test_a_row_number_beyond_any_sheet_is_refused_before_it_is_counted_to(tmp_path: Path) -> None:
    path = _xlsx(tmp_path, ["商品编码"], ["Y1"])
    name = "xl/worksheets/sheet1.xml"
    data = _member(path, name).replace(b'r="2"', b'r="999999999"').replace(b"A2", b"A999999999")
    _fails(_respoil(path, name, data), Fault.FILE_UNREADABLE)


def test_a_hidden_sheet_in_front_is_not_the_list_and_merged_cells_are_empty(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    cover = book.active
    assert cover is not None
    cover.append(["封面"])
    cover.sheet_state = "hidden"
    sheet = book.create_sheet("清单")
    for row in (["单号", "数量"], ["SH1", 1], [None, 2]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    book.active = 1
    path = tmp_path / "list.xlsx"
    book.save(path)
    book.close()
    assert list(read_table(path)) == [(1, ["单号", "数量"]), (2, ["SH1", "1"]), (3, ["", "2"])]


def test_a_cell_may_hold_as_many_codes_as_a_spreadsheet_allows(tmp_path: Path) -> None:
    cell = ";".join(f"8436282{number:013d}" for number in range(1, 1561))
    assert len(cell) == 32_759
    assert list(read_table(_xlsx(tmp_path, [cell]))) == [(1, [cell])]
    assert list(read_table(_write(tmp_path, cell.encode()))) == [(1, [cell])]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"a" + b"," * 1_000_000 + b"\n", Fault.FILE_UNREADABLE),
        (b"a,b\n" + b"," * (MAX_COLUMNS + 1), Fault.FILE_UNREADABLE),
        (b"MZ\x00\x01\x02", Fault.FILE_UNREADABLE),
    ],
)
def test_a_file_that_is_no_list_is_refused(tmp_path: Path, data: bytes, fault: Fault) -> None:
    _fails(_write(tmp_path, data), fault)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    _fails(tmp_path / "none.csv", Fault.FILE_MISSING)
    _fails(tmp_path / "none.xlsx", Fault.FILE_MISSING)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as sheet,
    ):
        for _ in range(60):
            sheet.write(bytes(1_000_000))
    assert path.stat().st_size < 1_000_000
    _fails(path, Fault.FILE_TOO_LARGE)


@pytest.mark.parametrize("data", [b"not a zip", b"PK\x03\x04 broken"])
def test_a_broken_xlsx_is_said(tmp_path: Path, data: bytes) -> None:
    _fails(_write(tmp_path, data, "list.xlsx"), Fault.FILE_UNREADABLE)


def _respoil(path: Path, member: str, data: bytes) -> Path:
    """The same XLSX with other bytes in one member."""
    spoilt = path.with_name("spoilt.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(spoilt, "w") as new:
        for name in old.namelist():
            new.writestr(name, data if name == member else old.read(name))
    return spoilt


@pytest.mark.parametrize("member", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_an_xlsx_with_broken_xml_inside_is_said(tmp_path: Path, member: str) -> None:
    path = _xlsx(tmp_path, ["商品编码", "商品名称"], ["Y1", "药"])
    spoilt = _respoil(path, member, b"<worksheet><broken")
    faults: list[Fault] = []
    try:
        list(read_table(spoilt))
    except WorldError as error:
        faults.append(error.fault)
    except SyntaxError:
        pass  # what the XML parser raises
    gc.collect()  # a file left open shows here and in no other test
    assert faults == [Fault.FILE_UNREADABLE]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=24), max_size=6))
def test_every_row_becomes_an_item_or_a_bad_row(rows: list[list[str]]) -> None:
    header = read_header([names[0] for names in COLUMNS.values()])
    read = list(read_rows(header, iter(enumerate(rows, 2))))
    found = [row for row in read if not isinstance(row, KeptCell)]
    assert len(found) == len(rows)
    assert [row.row for row in found if isinstance(row, BadRow)] == [
        number for number, row in enumerate(found, 2) if isinstance(row, BadRow)
    ]


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_a_table_or_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(data)
    rows: list[tuple[int, list[str]]] = []
    faults: list[Fault] = []
    try:
        rows = list(read_table(path))
    except WorldError as error:
        faults.append(error.fault)
    assert faults in ([], [Fault.FILE_UNREADABLE])
    numbers = [number for number, _ in rows]
    assert numbers == sorted(numbers)
    assert all(isinstance(cell, str) for _, cells in rows for cell in cells)


# The whole import


def _import(shop: Any, path: Path, **more: Any) -> Any:
    return import_catalogue(
        read_table(path),
        shop.ledger.catalogue,
        shop.open_sale.who.actor,
        initials,
        lambda job: job(),
        **more,
    )


@pytest.mark.parametrize("text", ["丙", "丙类"])
def test_class_c_stays_what_the_list_says(text: str) -> None:
    (item,) = _row(医保类别=text, 医保编码="X1")
    assert isinstance(item, Item)
    assert item.insurance_class is InsuranceClass.C
    assert not item.insurance_payable


def test_an_insurance_class_that_nobody_knows_keeps_the_drug_and_is_named(
    shop: Any, tmp_path: Path
) -> None:
    head = "商品编码,商品名称,医保类别,医保编码"
    path = _write(tmp_path, f"{head}\nN1,甲药,丁类*,X1\nN2,乙药,丙,X2\nN3,丙药,,X3\n".encode())
    report = _import(shop, path)
    assert (report.read, report.added, report.rejected) == (3, 3, [])
    assert report.kept == [KeptCell(2, "医保类别", "丁类*", "自费")]
    classes = [shop.ledger.catalogue.find_item(code).insurance_class for code in ("N1", "N2", "N3")]
    assert classes == [InsuranceClass.SELF, InsuranceClass.C, InsuranceClass.SELF]


def test_the_shipped_sample_is_a_list_without_a_bad_row(shop: Any) -> None:
    with sample_catalogue() as path:
        report = _import(shop, path)
    assert report.rejected == []
    assert report.read == report.added + report.changed > 10


def test_good_rows_are_taken_bad_ones_named_and_a_second_import_changes_nothing(
    shop: Any, tmp_path: Path
) -> None:
    lines = [HEAD + ",备注", ROW.replace("Y1", "N1") + ",x", "N2,", ROW.replace("Y1", "N3") + ",y"]
    path = _write(tmp_path, "\n".join(lines).encode())
    dry = _import(shop, path, dry_run=True)
    assert (dry.read, dry.added, shop.ledger.catalogue.find_item("N1")) == (3, 2, None)
    report = _import(shop, path)
    assert (report.read, report.added, report.changed) == (3, 2, 0)
    assert report.rejected == [BadRow(3, "name_missing", "")]
    assert report.unknown_columns == ("备注",)
    assert shop.ledger.catalogue.find_item("N1").pinyin == "BLFHSJN"
    again = _import(shop, path)
    assert (again.added, again.changed) == (0, 0)


def test_a_list_without_code_or_name_is_refused(shop: Any, tmp_path: Path) -> None:
    for data in (b"", "规格,零售价\n1,2\n".encode()):
        with pytest.raises(WorldError) as caught:
            _import(shop, _write(tmp_path, data))
        assert caught.value.fault is Fault.HEADER_MISSING
        assert "商品编码" in caught.value.params["columns"]


def test_an_import_that_is_stopped_keeps_what_is_in(shop: Any, tmp_path: Path) -> None:
    rows = "\n".join(f"N{n},药{n}" for n in range(450))
    path = _write(tmp_path, f"商品编码,商品名称\n{rows}\n".encode())
    seen: list[int] = []

    def stop_after_two(count: int) -> bool:
        seen.append(count)
        return len(seen) < 2

    report = _import(shop, path, progress=stop_after_two)
    kept = 2 * PIECE
    assert (report.read, report.added) == (kept, kept)
    assert shop.ledger.catalogue.find_item(f"N{kept - 1}")
    assert shop.ledger.catalogue.find_item(f"N{kept}") is None


def test_a_list_that_lacks_a_column_leaves_that_column_as_it_was(shop: Any, tmp_path: Path) -> None:
    before = shop.ledger.catalogue.find_item("Y1")
    _import(shop, _write(tmp_path, "商品编码,商品名称\nY1,布洛芬缓释胶囊\n".encode()))
    after = shop.ledger.catalogue.find_item("Y1")
    assert (after.price_fen, after.batch) == (before.price_fen, before.batch)
