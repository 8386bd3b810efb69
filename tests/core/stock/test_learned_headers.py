"""Header names that a person has said: kept by supplier, used for its files, asked when unsure."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from pharmacy_desk.core.stock.files.delivery_file import DELIVERY, DeliveryRow, read_delivery
from pharmacy_desk.core.stock.files.learned import Found, HeaderQuestion, HeadersSaid, find_known
from pharmacy_desk.core.stock.files.rows import Table

HEAD = ["业务编号", "发货方", "我方货号", "批次", "到期", "件"]
ROW = ["OWN-1", "示例医药", "Y1", "L1", "2028-01-01", "4"]
OURS = ("number", "supplier", "code", "lot", "expiry", "quantity")
SAID = HeadersSaid(dict(zip(HEAD, OURS, strict=True)))
NAMES = SAID.of(HEAD)
ID_NUMBER = "11010519491231002X"


def table(*rows: list[str]) -> Table:
    return iter(list(enumerate(rows, 1)))


def lines(found: Found | HeaderQuestion) -> list[DeliveryRow]:
    assert isinstance(found, Found), found
    read = list(read_delivery(found.header, found.rows, date(2026, 11, 22)))
    assert all(isinstance(row, DeliveryRow) for row in read), read
    return [row for row in read if isinstance(row, DeliveryRow)]


def test_unknown_names_are_asked_with_their_first_values() -> None:
    asked = find_known(DELIVERY, table(["出库单"], HEAD, ROW), {})
    assert isinstance(asked, HeaderQuestion)
    assert (asked.row, asked.shown, asked.samples) == (2, tuple(HEAD), tuple(ROW))
    assert len(asked.missing) == 5
    assert asked.places == {"expiry": 4}  # 到期 is guessed, the others are not


def test_what_was_said_reads_the_file_and_the_next_one_of_the_supplier() -> None:
    assert lines(find_known(DELIVERY, table(HEAD, ROW), {}, SAID))[0].quantity == 4
    (row,) = lines(find_known(DELIVERY, table(HEAD, ROW), {"示例医药": NAMES}))
    assert (row.number, row.supplier, row.lot, row.expiry) == (
        "OWN-1", "示例医药", "L1", date(2028, 1, 1),
    )  # fmt: skip


def test_names_of_another_supplier_are_used_when_they_fit() -> None:
    other = [*ROW[:1], "别家医药", *ROW[2:]]
    (row,) = lines(find_known(DELIVERY, table(HEAD, other), {"示例医药": NAMES}))
    assert row.supplier == "别家医药"


def test_names_that_two_suppliers_mean_otherwise_are_asked() -> None:
    swapped = dict(NAMES)
    swapped["批次"], swapped["业务编号"] = "number", "lot"
    other = [*ROW[:1], "第三家", *ROW[2:]]
    asked = find_known(DELIVERY, table(HEAD, other), {"示例医药": NAMES, "别家医药": swapped})
    assert isinstance(asked, HeaderQuestion)
    (row,) = lines(find_known(DELIVERY, table(HEAD, ROW), {"x": swapped, "示例医药": NAMES}))
    assert row.number == "OWN-1"  # its own supplier's names come first


def test_a_known_suppliers_extra_names_count_beside_the_synonyms() -> None:
    head = ["单号", "供货单位", "商品编码", "批号", "失效", "数量"]
    known = {"示例医药": {"失效": "expiry"}}
    (row,) = lines(find_known(DELIVERY, table(head, ROW), known))
    assert row.expiry == date(2028, 1, 1)
    (row,) = lines(find_known(DELIVERY, table(head, [*ROW[:1], "别家", *ROW[2:]]), known))
    assert row.expiry is None


def test_a_name_said_to_be_nothing_is_kept_aside_although_a_synonym() -> None:
    head = ["单号", "供货单位", "商品编码", "批号", "数量", "件数", "有效期"]
    said = HeadersSaid({"数量": "", "件数": "quantity"})
    cells = [*ROW[:4], "99", "4", "2028-01-01"]
    found = find_known(DELIVERY, table(head, cells), {}, said)
    assert lines(found)[0].quantity == 4
    known = {"示例医药": said.of(head)}
    assert lines(find_known(DELIVERY, table(head, cells), known))[0].quantity == 4


def test_a_supplier_that_no_column_tells_is_given_and_offered_again_but_never_taken_over() -> None:
    head, row = HEAD[2:], ROW[2:]
    names = dict(zip(head, OURS[2:], strict=True))
    said = HeadersSaid(names, {"supplier": "示例医药", "number": "SH-9"})
    (read,) = lines(find_known(DELIVERY, table(head, row), {}, said))
    assert (read.supplier, read.number) == ("示例医药", "SH-9")
    again = find_known(DELIVERY, table(head, row), {"示例医药": said.of(head)})
    assert isinstance(again, HeaderQuestion)
    assert again.party == "示例医药"
    assert again.missing == ("单号", "供货单位")
    assert sorted(again.places) == ["code", "expiry", "lot", "quantity"]


def test_learned_names_that_no_longer_fit_do_not_spoil_a_plain_file() -> None:
    head = ["单号", "供货单位", "商品编码", "批号", "数量"]
    known = {"示例医药": {"数量": "price"}}
    assert lines(find_known(DELIVERY, table(head, [*ROW[:4], "4"]), known))[0].quantity == 4


def test_a_persons_number_is_no_header_name_and_never_shown() -> None:
    head = [*HEAD, ID_NUMBER]
    said = HeadersSaid({**SAID.names, ID_NUMBER: "price"})
    assert ID_NUMBER.casefold() not in said.of(head)
    asked = find_known(DELIVERY, table(head, [*ROW, ID_NUMBER]), {})
    assert isinstance(asked, HeaderQuestion)
    assert ID_NUMBER[4:14] not in repr((asked.shown, asked.samples))


def test_a_file_with_too_few_columns_cannot_be_answered() -> None:
    asked = find_known(DELIVERY, table(["a", "b"], ["1", "2"]), {})
    assert isinstance(asked, HeaderQuestion)
    assert not asked.can_be_answered(DELIVERY)
    empty = find_known(DELIVERY, table(), {})
    assert isinstance(empty, HeaderQuestion)
    assert not empty.can_be_answered(DELIVERY)


_CELLS = st.lists(
    st.text(max_size=6) | st.sampled_from([*HEAD, "数量", "批号", "单号"]), max_size=8
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(_CELLS, max_size=24),
    st.dictionaries(
        st.text(max_size=4),
        st.dictionaries(st.text(max_size=4), st.sampled_from([*DELIVERY.columns, "", "?"])),
        max_size=3,
    ),
)
def test_any_table_is_found_or_asked_and_loses_no_row(
    rows: list[list[str]], known: dict[str, dict[str, str]]
) -> None:
    found = find_known(DELIVERY, table(*rows), known)
    if isinstance(found, Found):
        assert [n for n, _ in found.rows] == list(range(found.header.row + 1, len(rows) + 1))
    else:
        assert len(found.shown) == len(found.samples) == len(found.cells)
