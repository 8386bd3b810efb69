"""Deliveries, opening stock, pack relations and code lists: every layout, every bad cell named."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pharmacy_desk.core.catalogue.drug_list import BadRow
from pharmacy_desk.core.scanning.codes import controls
from pharmacy_desk.core.stock.files import cells
from pharmacy_desk.core.stock.files.codes_file import CODES, CodeRow, codes_export, read_codes
from pharmacy_desk.core.stock.files.delivery_file import (
    DELIVERY,
    DeliveryRow,
    ItemKey,
    KeyKind,
    delivery_export,
    read_delivery,
)
from pharmacy_desk.core.stock.files.headers import (
    HEADER_WITHIN_ROWS,
    Header,
    HeaderRefusal,
    Layout,
    find_header,
    learn,
    read_header,
)
from pharmacy_desk.core.stock.files.packs_file import PACKS, PackRow, read_packs
from pharmacy_desk.core.stock.files.stock_file import STOCK, StockRow, read_stock

TODAY = date(2026, 11, 22)
ID_NUMBER = "11010519491231002X"  # the example of GB 11643
VOUCHER = "4403" * 7
GS1 = "010690123456789221SN0001"
SELF = "ABCDEFG0000000000001"
READERS = {
    "delivery": (DELIVERY, read_delivery),
    "stock": (STOCK, read_stock),
    "packs": (PACKS, read_packs),
    "codes": (CODES, read_codes),
}
HEAD = [
    "单号",
    "供货单位",
    "商品编码",
    "生产批号",
    "生产日期",
    "有效期至",
    "数量",
    "单价",
    "追溯码",
]
ROW = ["SH1", "示例医药", "Y1", "L1", "2026-01-02", "2028-01-01", "2", "8.50", ""]


def code(number: int, identification: str = "8436282") -> str:
    return f"{identification}{number:013d}"


A, B, C, CASE = code(1), code(2), code(3), code(1, "8021761")


def read(kind: str, *table: Sequence[str], mapped: Any = frozenset(), **header: Any) -> list[Any]:
    """A whole table: header found, then every value."""
    layout, reader = READERS[kind]
    rows: Iterator[tuple[int, Sequence[str]]] = iter(enumerate(table, 1))
    found = find_header(layout, rows, **header)
    assert isinstance(found, Header), found
    return list(reader(found, rows, TODAY, mapped))


def delivery(**changed: str) -> list[Any]:
    """One delivery row with some cells changed, columns added at the end."""
    row = dict(zip(HEAD, ROW, strict=True)) | changed
    return read("delivery", list(row), list(row.values()))


def refusal(layout: Layout, *table: Sequence[str], **more: Any) -> HeaderRefusal:
    found = find_header(layout, iter(enumerate(table, 1)), **more)
    assert isinstance(found, HeaderRefusal)
    return found


WHOLE = DeliveryRow(
    2, "SH1", "示例医药", ItemKey(KeyKind.ITEM_CODE, "Y1"), "L1", date(2026, 1, 2),
    date(2028, 1, 1), 2, 850, (A, B), 1,
)  # fmt: skip


# Deliveries


def test_a_delivery_line_is_read_whole() -> None:
    assert delivery(追溯码=f"{A}；{B}", 包装级别="1") == [WHOLE]


@pytest.mark.parametrize(
    ("cells_", "keys"),
    [
        ({"商品编码": "Y1"}, [ItemKey(KeyKind.ITEM_CODE, "Y1")]),
        ({"药品标识码": "8436282"}, [ItemKey(KeyKind.IDENTIFICATION, "8436282")]),
        ({"药品标识码": "06901234567892"}, [ItemKey(KeyKind.IDENTIFICATION, "06901234567892")]),
        (
            {"批准文号": "国药准字H10900089", "规格": "0.3g×24粒"},
            [ItemKey(KeyKind.APPROVAL, "国药准字H10900089", "0.3g×24粒")],
        ),
        (
            {"规格": "s", "批准文号": "n", "药品标识码": "8436282", "商品编码": "Y1"},
            [
                ItemKey(KeyKind.ITEM_CODE, "Y1"),
                ItemKey(KeyKind.IDENTIFICATION, "8436282"),
                ItemKey(KeyKind.APPROVAL, "n", "s"),
            ],
        ),
    ],
)
def test_a_drug_is_named_by_code_by_identification_or_by_approval_and_size(
    cells_: dict[str, str], keys: list[ItemKey]
) -> None:
    head = ["单号", "供货单位", "生产批号", "数量"]
    (row,) = read("delivery", [*head, *cells_], ["SH1", "供", "L1", "1", *cells_.values()])
    assert [row.item_key, *row.other_keys] == keys


def test_an_approval_number_without_its_size_names_no_drug() -> None:
    head = ["单号", "供货单位", "生产批号", "数量", "批准文号", "规格"]
    assert read("delivery", head, ["SH1", "供", "L1", "1", "国药准字H10900089", ""]) == [
        BadRow(2, "item_missing", "国药准字H10900089")
    ]


def test_what_a_line_does_not_tell_stays_unknown() -> None:
    (row,) = delivery(生产批号="", 生产日期="", 有效期至="", 单价="")
    assert (row.lot, row.made, row.expiry, row.price_fen, row.codes, row.level) == (
        None, None, None, None, (), None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("数量", "", "bad_quantity"),
        ("数量", "0", "bad_quantity"),
        ("数量", "-3", "bad_quantity"),
        ("数量", "1.5", "bad_quantity"),
        ("数量", "两盒", "bad_quantity"),
        ("数量", "1,00", "bad_quantity"),
        ("数量", "1²", "bad_quantity"),
        ("有效期至", "2028-02-2²", "bad_expiry"),
        ("生产批号", "LOT7<GS>", "bad_lot"),
        ("包装级别", "²", "bad_level"),
        ("数量", "1000000", "bad_quantity"),
        ("数量", A, "bad_quantity"),
        ("单价", "八块", "bad_price"),
        ("单价", "-1", "bad_price"),
        ("有效期至", "2028-02-30", "bad_expiry"),
        ("有效期至", "2028-02", "bad_expiry"),
        ("有效期至", "46767", "bad_expiry"),
        ("生产日期", "去年", "bad_made"),
        ("有效期至", "2026-01-02", "expiry_before_production"),
        ("生产批号", "x" * 31, "bad_lot"),
        ("生产批号", "L1\nL2", "bad_lot"),
        ("单号", "x" * 51, "bad_number"),
        ("单号", "", "number_missing"),
        ("供货单位", "", "supplier_missing"),
        ("商品编码", "", "item_missing"),
        ("商品编码", "有空 格", "bad_item_code"),
        ("药品标识码", "84362", "bad_identification"),
        ("药品标识码", "06901234567893", "bad_identification"),
        ("包装级别", "0", "bad_level"),
        ("包装级别", "大", "bad_level"),
        ("追溯码", A[:-1], "code_truncated"),
        ("追溯码", A + B, "code_merged"),
        ("追溯码", A + "1", "code_extra_characters"),
        ("追溯码", "6924561884074", "not_a_trace_code"),
        ("追溯码", "9" * 20, "not_a_trace_code"),
        ("追溯码", "https://example.com/a", "not_a_trace_code"),
        ("追溯码", "12345678901234567891", "code_needs_map"),
        ("追溯码", f"{A};{A}", "duplicate_code"),
        ("追溯码", f"{A};kaputt", "not_a_trace_code"),
        ("追溯码", "=1+1", "not_a_trace_code"),
        ("追溯码", "8.43628E+19", "code_rounded"),
        ("追溯码", "8.43628205340213e19", "code_rounded"),
        ("追溯码", "8E19", "code_rounded"),
        ("追溯码", f"{A};8.43628E+19", "code_rounded"),
        ("追溯码", "84362820442053400000;84362820442053500000", "code_rounded"),
    ],
)
def test_a_bad_cell_rejects_its_row_by_number_and_reason(
    column: str, cell: str, reason: str
) -> None:
    (bad,) = delivery(**{column: cell})
    assert isinstance(bad, BadRow)
    assert (bad.row, bad.reason) == (2, reason)


@pytest.mark.parametrize(
    ("cell", "boxes"), [("12", 12), ("12.00", 12), ("1,200", 1200), ("１２", 12), ("12.", 12)]
)
def test_a_whole_number_is_read_in_every_spelling_in_use(cell: str, boxes: int) -> None:
    (row,) = delivery(数量=cell)
    assert row.quantity == boxes


@pytest.mark.parametrize(
    "cell", ["2028-01-01", "2028/1/1", "2028.01.01", "2028年1月1日", "20280101",
             "2028-01-01 00:00:00", "2028-01-01T00:00:00", "2028/1/1 0:00"],
)  # fmt: skip
def test_a_date_is_read_in_every_spelling_in_use(cell: str) -> None:
    (row,) = delivery(有效期至=cell)
    assert row.expiry == date(2028, 1, 1)


@pytest.mark.parametrize("between", [";", "；", " ; ", ",", "，", "|", "、", " ", "\n", ";\n"])
def test_several_codes_stand_apart_by_every_sign_in_use(between: str) -> None:
    (row,) = delivery(追溯码=between.join((A, GS1, SELF)) + (";" if between == ";" else ""))
    assert row.codes == (A, GS1, SELF)


def test_a_self_made_code_may_hold_the_signs_that_set_codes_apart() -> None:
    odd = "AB;D,F|0000000000001"
    (row,) = delivery(追溯码=odd)
    assert row.codes == (odd,)


def test_a_code_of_twenty_other_digits_is_taken_when_the_map_knows_it() -> None:
    table = (["追溯码"], ["12345678901234567891"])
    assert read("codes", *table) == [BadRow(2, "code_needs_map", "12345678901234567891")]
    assert read("codes", *table, mapped={"1234567"}) == [CodeRow(2, "12345678901234567891")]


def test_a_link_on_a_box_gives_its_code() -> None:
    link = f"https://www.mashangfangxin.com/drugQueryResult?code={A}"
    assert read("codes", ["追溯码"], [link]) == [CodeRow(2, A)]


def test_one_code_that_ends_in_zeros_is_taken_two_side_by_side_are_not() -> None:
    zeros = [code(100_000), code(200_000)]
    assert read("codes", ["追溯码"], [A], [zeros[0]], [B], [zeros[1]]) == [
        CodeRow(2, A), CodeRow(3, zeros[0]), CodeRow(4, B), CodeRow(5, zeros[1]),
    ]  # fmt: skip
    assert read("codes", ["追溯码"], *[[zero] for zero in zeros], [A]) == [
        BadRow(2, "code_rounded", zeros[0]),
        BadRow(3, "code_rounded", zeros[1]),
        CodeRow(4, A),
    ]


def test_a_cell_that_was_cut_is_refused_whole() -> None:
    many = ";".join(code(number) for number in range(1, 2000))[: cells.MAX_CELL_CHARS]
    (bad,) = delivery(追溯码=many)
    assert (bad.row, bad.reason) == (2, "cell_too_long")
    (row,) = delivery(追溯码=";".join(code(number) for number in range(1, 1501)))
    assert len(row.codes) == 1500


def test_the_second_row_of_a_code_names_the_first() -> None:
    rows = [[*ROW[:-1], f"{A};{B}"], [*ROW[:-1], C], [*ROW[:-1], f"{code(9)};{B}"], [*ROW[:-1], ""]]
    found = read("delivery", HEAD, *rows)
    assert [type(row) for row in found] == [DeliveryRow, DeliveryRow, BadRow, DeliveryRow]
    assert found[2] == BadRow(4, "duplicate_code", f"{B} (row 2)")


def test_a_code_of_a_bad_row_may_still_come_in_a_good_one() -> None:
    rows = [[*ROW[:-3], "0", "", A], [*ROW[:-1], A]]
    assert [row.row for row in read("delivery", HEAD, *rows) if isinstance(row, DeliveryRow)] == [3]


# Personal data


@pytest.mark.parametrize("column", [*HEAD, "药品标识码", "包装级别"])
@pytest.mark.parametrize("personal", [ID_NUMBER, f"张三 {ID_NUMBER}"])
def test_an_identity_number_in_any_cell_is_refused_and_never_shown(
    column: str, personal: str
) -> None:
    (bad,) = delivery(**{column: personal})
    assert isinstance(bad, BadRow)
    assert ID_NUMBER[4:14] not in repr(bad)


@pytest.mark.parametrize(
    ("personal", "kind"),
    [
        (ID_NUMBER, "id_card"), ("134567890123456789", "wechat_pay"),
        ("281234567890123456", "alipay"), (VOUCHER, "insurance_voucher"),
        (f"{A};{ID_NUMBER}", "id_card"), (f"{A},{ID_NUMBER}", "id_card"),
    ],
)  # fmt: skip
def test_a_personal_code_among_trace_codes_is_refused_by_its_kind_alone(
    personal: str, kind: str
) -> None:
    (bad,) = delivery(追溯码=personal)
    assert bad == BadRow(2, "personal_code", kind)


def test_a_personal_code_in_a_header_is_masked() -> None:
    header = read_header(CODES, ["追溯码", ID_NUMBER])
    assert isinstance(header, Header)
    assert header.unknown == ("11********2X",)
    assert ID_NUMBER not in repr(refusal(CODES, [ID_NUMBER]).found)


# Headers


@pytest.mark.parametrize("kind", READERS)
def test_every_synonym_of_every_column_is_known(kind: str) -> None:
    layout, _ = READERS[kind]
    given_ = dict.fromkeys(layout.columns, "x")
    for column, names in layout.columns.items():
        for name in names:
            for spelt in (
                name,
                f" {name} ",
                f"{name}（盒）",
                f"*{name}",
                f"{name}\n",
                name.upper(),
            ):
                header = read_header(layout, ["备注", spelt], given=given_)
                assert isinstance(header, Header)
                assert header.places == {column: 1}, spelt
                assert header.unknown == ("备注",)


@pytest.mark.parametrize("kind", READERS)
def test_no_name_stands_for_two_columns(kind: str) -> None:
    layout, _ = READERS[kind]
    names = [name.casefold() for known in layout.columns.values() for name in known]
    assert len(names) == len(set(names))


def test_a_title_above_and_a_header_on_every_page_are_passed_over() -> None:
    found = read(
        "delivery", ["示例医药有限公司随货同行单", "", ""], ["收货单位：某药房", "日期：2026-11-22"],
        HEAD, ROW, HEAD, ["SH2", *ROW[1:]], [name.replace("批", " 批") for name in HEAD],
        ["合计", "", "", "", "", "", "4", "17.00"], ["", "", "小计：", "", "", "", "4"],
        ["", "", "合计", *ROW[3:-1], A],
    )  # fmt: skip
    assert [(row.row, getattr(row, "reason", "")) for row in found] == [
        (4, ""), (6, ""), (10, "bad_item_code"),
    ]  # fmt: skip


def test_the_header_is_looked_for_within_twenty_rows() -> None:
    titles = [[f"第{number}行"] for number in range(HEADER_WITHIN_ROWS - 1)]
    (row,) = read("delivery", *titles, HEAD, ROW)
    assert row.row == HEADER_WITHIN_ROWS + 1
    assert refusal(DELIVERY, *titles, ["还有一行"], HEAD, ROW).missing


def test_titles_tell_number_and_supplier_for_the_whole_file() -> None:
    head, row = HEAD[2:], ROW[2:]
    for titles in (
        [["单号：SH9  供货单位：示例 医药 日期：2026-11-22"]],
        [["单号：", "SH9", "", "供货单位:", "", "示例 医药"]],
        [["随货同行单"], ["单号: SH9", "收货单位：某药房"], ["供货单位：示例 医药"]],
    ):
        (found,) = read("delivery", *titles, head, row)
        assert (found.number, found.supplier) == ("SH9", "示例 医药"), titles
    missed = refusal(DELIVERY, ["单号：", "供货单位："], head, row)
    assert missed.missing == ("单号", "供货单位")


def test_a_person_may_say_what_the_file_lacks() -> None:
    (row,) = read("delivery", HEAD[2:], ROW[2:], given={"number": "P1", "supplier": "供"})
    assert (row.number, row.supplier) == ("P1", "供")
    (row,) = read("stock", ["商品编码", "数量"], ["Y1", "3"], given={"lot": ""})
    assert row == StockRow(2, "Y1", None, None, None, 3)


def test_a_merged_cell_counts_for_the_rows_below_it() -> None:
    blank = ["", "", *ROW[2:]]
    bad = ["", "", "", *ROW[3:]]
    found = read("delivery", HEAD, ROW, blank, bad, ["SH2", "", *ROW[2:]], blank)
    assert [(row.row, getattr(row, "number", "-")) for row in found] == [
        (2, "SH1"), (3, "SH1"), (4, "-"), (5, "SH2"), (6, "SH2"),
    ]  # fmt: skip
    assert read("delivery", HEAD, blank, ROW)[0] == BadRow(2, "number_missing", "")


def test_a_header_in_two_rows_is_read_as_one() -> None:
    upper = ["单号", "供货单位", "商品编码", "批次", "", "", "数量", "单价", "追溯码"]
    lower = ["", "", "", "生产批号", "生产日期", "有效期至", "", "", ""]
    assert read("delivery", upper, lower, [*ROW[:-1], A])[0].codes == (A,)
    assert len(read("delivery", upper, lower, ROW, lower, ROW)) == 2


def test_a_refusal_names_what_is_missing_and_what_was_found() -> None:
    found = refusal(
        DELIVERY, ["某公司"], ["单号", "供货单位", "货品代号", "批次号", "件数", ""], ROW
    )
    assert found.row == 2
    assert found.missing == (
        "商品编码 / 药品标识码 / 批准文号+规格 / 商品名称+规格",
        "生产批号",
        "数量",
    )
    assert found.found == ("单号", "供货单位", "货品代号", "批次号", "件数")
    assert refusal(STOCK).missing == ("商品编码", "生产批号", "数量")
    assert refusal(STOCK).row == 0


def test_what_a_person_said_of_a_supplier_is_used_the_next_time() -> None:
    head = ["单号", "供货单位", "货品 代号", "批次号", "件数(盒)"]
    row = ["SH1", "供", "Y1", "L1", "2"]
    refused = refusal(DELIVERY, head, row)
    learned = learn(
        refused.cells,
        {"货品代号": "商品编码", "批次号": "lot", "件数": "数量", "不在": "code"},
    )
    assert set(learned.values()) == {"商品编码", "lot", "数量"}
    (found,) = read("delivery", head, row, learned=learned)
    assert (found.item_key.text, found.lot, found.quantity) == ("Y1", "L1", 2)


def test_what_was_learned_wins_over_the_synonyms() -> None:
    head = ["单号", "供货单位", "商品编码", "我方编码", "批号", "数量"]
    learned = learn(head, {"我方编码": "code"})
    (found,) = read("delivery", head, ["S", "供", "theirs", "Y1", "L", "1"], learned=learned)
    assert found.item_key.text == "Y1"
    header = read_header(DELIVERY, head, learned)
    assert isinstance(header, Header)
    assert header.unknown == ("商品编码",)
    assert learn(head, {"我方编码": "code", "批号": "code"}) == {"我方编码": "code"}


def test_a_learned_name_no_longer_means_what_the_synonyms_say() -> None:
    header = read_header(CODES, ["追溯码", "批号"], {"批号": "code"})
    assert isinstance(header, Header)
    assert header.places == {"codes": 0, "code": 1}


def test_what_was_learned_for_another_table_changes_nothing() -> None:
    header = read_header(STOCK, ["商品编码", "批号", "数量"], {"批号": "supplier"})
    assert isinstance(header, Header)
    assert header.places == {"code": 0, "lot": 1, "quantity": 2}
    assert header.absent == ("生产日期", "有效期至", "追溯码")


# Opening stock and lists of codes


def test_stock_is_read_with_and_without_codes() -> None:
    head = ["商品编码", "生产批号", "生产日期", "有效期至", "数量", "追溯码"]
    found = read(
        "stock", head, ["Y1", "L1", "2026-01-02", "2028-01-01", "2", f"{A};{B}"],
        ["Y2", "", "", "", "1", ""], ["", "L", "", "", "1"], ["Y3", "L", "", "", "1", A],
    )  # fmt: skip
    assert found == [
        StockRow(2, "Y1", "L1", date(2026, 1, 2), date(2028, 1, 1), 2, (A, B)),
        StockRow(3, "Y2", None, None, None, 1),
        BadRow(4, "item_missing", ""),
        BadRow(5, "duplicate_code", f"{A} (row 2)"),
    ]


def test_a_list_of_codes_needs_only_the_codes() -> None:
    assert read("codes", ["追溯码"], [A], [""], [f"{B};{C}"], ["'" + code(4)]) == [
        CodeRow(2, A), BadRow(3, "code_missing", ""), CodeRow(4, B), CodeRow(4, C),
        CodeRow(5, code(4)),
    ]  # fmt: skip
    head = ["有效期至", "生产批号", "商品编码", "curCode"]
    assert read("codes", head, ["2028-01-01", "L1", "Y1", A]) == [
        CodeRow(2, A, "Y1", "L1", date(2028, 1, 1))
    ]


# Pack relations


def test_relations_are_read_a_row_per_code() -> None:
    for head in (["追溯码", "上级码", "包装级别"], ["curCode", "parentCode", "packLayer"],
                 ["code", "parent", "level"]):  # fmt: skip
        assert read("packs", head, [A, CASE, "1"], [CASE, "", "2"]) == [
            PackRow(2, A, CASE, 1), PackRow(3, CASE, None, 2),
        ]  # fmt: skip


def test_relations_are_read_a_row_per_parent() -> None:
    assert read("packs", ["parent", "children"], [CASE, f"{A};{B}"], [A, C]) == [
        PackRow(2, A, CASE), PackRow(2, B, CASE), PackRow(3, C, A),
    ]  # fmt: skip
    assert read("packs", ["上级码", "追溯码"], [CASE, f"{A};{B}"]) == [
        PackRow(2, A, CASE), PackRow(2, B, CASE),
    ]  # fmt: skip
    assert read("packs", ["追溯码", "下级码", "包装级别"], [CASE, A, "2"], [CASE, B, "2"]) == [
        PackRow(2, CASE, None, 2), PackRow(2, A, CASE), PackRow(3, B, CASE),
    ]  # fmt: skip


def test_a_carton_may_be_marked_as_the_smallest_pack() -> None:
    head = ["curCode", "packLayer", "parentCode", "is_smallest"]
    assert read("packs", head, [CASE, "2", "", "Y"], [A, "1", "", "是"], [B, "3", "", "N"]) == [
        PackRow(2, CASE, None, 2, True), PackRow(3, A, None, 1, True), PackRow(4, B, None, 3, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "rows", "bad"),
    [
        ("code,parent", [f"{A},{CASE}", f"{A},{B}"], BadRow(3, "duplicate_code", f"{A} (row 2)")),
        ("code,parent", [f"{A},{A}"], BadRow(2, "pack_inside_itself", A)),
        ("code,parent", [f"{A},{B}", f"{B},{C}", f"{C},{A}"], BadRow(4, "pack_inside_itself", C)),
        ("code,parent", [f"{A},kaputt"], BadRow(2, "not_a_trace_code", "unknown: kaputt")),
        ("code,parent", [f",{A}"], BadRow(2, "code_missing", "")),
        ("parent,children", [f",{A}"], BadRow(2, "code_missing", "")),
        ("parent,children", [f"{CASE},;"], BadRow(2, "code_missing", "")),
        ("parent,children", [f"{CASE},"], BadRow(2, "code_missing", "")),
        ("code,level", [f"{A},x"], BadRow(2, "bad_level", "x")),
        ("code,level,is_smallest", [f"{A},1,N"], BadRow(2, "bad_smallest", "N")),
        ("code,level,is_smallest", [f"{A},1,?"], BadRow(2, "bad_smallest", "?")),
        ("code,parent,children", [f"{A},{B},{C}"], BadRow(2, "parent_and_children", B)),
        (
            "parent,children,level",
            [f"{CASE},{A},2", f"{CASE},{B},3"],
            BadRow(3, "conflicting_level", f"{CASE} (row 2)"),
        ),
        (
            "code,parent",
            [f"{code(n)},{code(n + 1)}" for n in range(10, 0, -1)],
            BadRow(11, "too_many_levels", code(2)),
        ),
    ],
)
def test_a_relation_that_cannot_be_is_refused(head: str, rows: list[str], bad: BadRow) -> None:
    found = read("packs", head.split(","), *[row.split(",") for row in rows])
    assert [row for row in found if isinstance(row, BadRow)] == [bad]


def test_a_refused_relation_leaves_its_codes_for_a_later_row() -> None:
    found = read("packs", ["code", "parent"], [f"{A};{B}", A], [A, CASE], [B, CASE])
    assert found == [
        BadRow(2, "pack_inside_itself", A), PackRow(3, A, CASE), PackRow(4, B, CASE),
    ]  # fmt: skip


# Out and in again


_SIGNS = "=+-@＝＋－＠﹦﹢﹣﹫"
_BEFORE = (
    "",
    " ",
    "\u3000",
    "\u00a0",
    "\u200b",
    "\ufeff",
    "\u2060\u200d",
    "\u00ad",
    "\n ",
    "\x00",
    "\x1b",
)


@pytest.mark.parametrize("before", _BEFORE)
@pytest.mark.parametrize("sign", _SIGNS)
def test_a_sign_is_guarded_whatever_stands_unseen_before_it(before: str, sign: str) -> None:
    text = f"{before}{sign}1+1"
    assert cells.is_run(text)
    assert cells.protected(text) == cells.formula_safe(text) == f"'{text}"
    assert cells.unprotected(f"'{text}") == text


@pytest.mark.parametrize(
    "text", ["'x", "''=", "'＝", "\tx", "\rx", "\nx", "x", "", "药=1", "1-2", " 药"]
)
def test_a_protected_cell_runs_nowhere_and_comes_back(text: str) -> None:
    out = cells.protected(text)
    assert not cells.is_run(out)
    assert cells.unprotected(out).strip() == text.strip()


_LINE = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=20)
# No control written out (`^?`, `=0D`): neither a code nor a lot of a file may hold one.
_LOT = st.none() | _LINE.filter(lambda text: not controls.spelled(text))
_CODES = st.lists(
    st.one_of(
        st.from_regex(r"8[0-7][0-9]{17}[1-9]", fullmatch=True),
        st.from_regex(r"[A-Z=+'@-][A-Z0-9=+@-]{18}[A-Z]", fullmatch=True).filter(
            lambda text: not controls.spelled(text)
        ),
    ),
    max_size=4,
    unique=True,
)  # fmt: skip
_DAYS = st.dates(date(2027, 1, 1), date(2035, 1, 1))
_KEYS = st.sampled_from(
    [
        (ItemKey(KeyKind.ITEM_CODE, "=Y1"),),
        (ItemKey(KeyKind.IDENTIFICATION, "8436282"), ItemKey(KeyKind.APPROVAL, "@n", "-s")),
        (ItemKey(KeyKind.ITEM_CODE, "-1"), ItemKey(KeyKind.IDENTIFICATION, "06901234567892")),
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(_LINE, _LINE, _KEYS, _LOT, st.none() | _DAYS,
                  st.integers(1, cells.MAX_QUANTITY), st.none() | st.integers(0, 10**8),
                  st.none() | st.integers(1, 9)),
        max_size=4,
    ),
    _CODES,
)  # fmt: skip
def test_a_delivery_that_we_wrote_is_read_back(lines: list[Any], found: list[str]) -> None:
    rows = []
    for at, (number, supplier, keys, lot, expiry, quantity, price, level) in enumerate(lines, 2):
        mine = tuple(found) if at == 2 else ()
        rows.append(
            DeliveryRow(at, number, supplier, keys[0], lot, None, expiry, quantity, price, mine,
                        level, keys[1:], spec=next((k.spec for k in keys if k.spec), ""))
        )  # fmt: skip
    assert read("delivery", *delivery_export(rows)) == rows


@settings(max_examples=150, deadline=None)
@given(_CODES, st.none() | _LINE, _LOT, st.none() | _DAYS)
def test_a_list_of_codes_that_we_wrote_is_read_back(
    found: list[str], item: str | None, lot: str | None, expiry: date | None
) -> None:
    rows = [CodeRow(at, code_, item, lot, expiry) for at, code_ in enumerate(found, 2)]
    assert read("codes", *codes_export(rows)) == rows


# Whatever comes


_CELL = st.one_of(
    st.text(max_size=12),
    st.sampled_from([A, B, CASE, f"{A};{B}", "1", "2028-01-01", "8.4E+19", ID_NUMBER, "合计", GS1]),
)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(READERS)), st.data())
def test_every_row_of_any_table_is_accounted_for_once(kind: str, data: st.DataObject) -> None:
    layout, reader = READERS[kind]
    columns = list(layout.columns)
    if kind == "packs" and data.draw(st.booleans()):
        columns.remove(data.draw(st.sampled_from(["codes", "parent", "children"])))
    head = [layout.written(column) for column in columns]
    row = st.one_of(st.lists(_CELL, max_size=len(head) + 1), st.just(head))
    table = data.draw(st.lists(row, max_size=8))
    header = read_header(layout, head)
    assert isinstance(header, Header)
    found = list(reader(header, iter(list(enumerate(table, 2))), TODAY))
    given_ = [number for number, cells_ in enumerate(table, 2) if not header.passes_over(cells_)]
    bad = [value.row for value in found if isinstance(value, BadRow)]
    good = list(dict.fromkeys(value.row for value in found if not isinstance(value, BadRow)))
    assert sorted(bad + good) == given_
    assert [value.row for value in found] == sorted(value.row for value in found)
    assert ID_NUMBER[4:14] not in repr(found)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(sorted(READERS)),
    st.lists(st.lists(st.one_of(_CELL, st.sampled_from(HEAD)), max_size=9), max_size=24),
    st.dictionaries(st.text(max_size=6), st.sampled_from([*DELIVERY.columns, "数量", "?"])),
)
def test_any_table_has_a_header_or_a_refusal(
    kind: str, table: list[list[str]], known: dict[str, str]
) -> None:
    layout, _ = READERS[kind]
    rows = iter(list(enumerate(table, 1)))
    found = find_header(layout, rows, learn(table[0] if table else [], known))
    if isinstance(found, Header):
        assert set(found.places) | set(found.fixed) <= set(layout.columns)
        assert next(rows, (found.row + 1, []))[0] == found.row + 1
        assert found.above == tuple(range(1, found.row))
    else:
        assert found.missing
        assert found.row <= min(len(table), HEADER_WITHIN_ROWS)
