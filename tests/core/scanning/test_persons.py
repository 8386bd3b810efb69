"""The gate of what is kept: persons' numbers are found wherever they stand, and nothing else is."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_desk.core.people.free_text import kept, kept_number, kept_scan
from pharmacy_desk.core.scanning import persons
from pharmacy_desk.core.scanning.persons import held_in, masked, masked_within, names_person
from pharmacy_desk.core.settings.settings import BY_KEY, problem
from tests import persons_kit as kit

TODAY = date(2026, 11, 22)
_AROUND = [
    "{}", "顾客{}说的", "参保人身份证号码：{}，请核对", "({})", "ID:{}。", "tel {} / 批号 20251103",
    "{}\n", "[{}]", "电话{}，药 84362820442053402132",
]  # fmt: skip


@pytest.mark.parametrize("kind", [*kit.LASTING, *kit.PASSING])
@pytest.mark.parametrize("around", _AROUND)
def test_600_of_each_are_masked_in_prose(kind, around):
    rng = random.Random(f"{kind}{around}")
    make = {**kit.LASTING, **kit.PASSING}[kind]
    for _ in range(600):
        number = make(rng)
        assert number not in kept(around.format(number), TODAY), number
        wide = "".join(chr(ord(ch) + 0xFEE0) for ch in number)
        assert number not in kept(around.format(wide), TODAY).translate({}), number
        assert wide not in kept(around.format(wide), TODAY), number


@pytest.mark.parametrize("kind", kit.LASTING)
def test_600_of_each_that_lasts_are_known_in_a_field(kind):
    rng = random.Random(kind)
    for _ in range(600):
        number = kit.LASTING[kind](rng)
        assert names_person(number, TODAY), number
        assert names_person(f" {number} ", TODAY), number
        assert number not in kept_number(number, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002X", "110105 19491231 002X", "110105-19491231-002x", "ID11010519491231002X9",
        "138-0013-8000", "138 0013 8000", "+8613800138000", "008613800138000",
        "١١٠١٠٥١٩٤٩١٢٣١٠٠٢X", "110105\u200b19491231002X",
    ],
)  # fmt: skip
def test_ways_of_writing_them(text):
    assert names_person(text, TODAY)
    assert masked(text, TODAY) != text


@pytest.mark.parametrize(
    "text",
    [
        "20251103", "L20251103", "202511030000123", "440300251103001",
        "25442000000123456789", "发票 25442000000123456789", "批号 A12345678", "D20251103001",
        "国药准字H20012345", "P44030000001", "H11010100001", "6901234567892", "TRAIN000000000001",
        "P44030000001202611282112350001", "84362820442053402132", "8436282044205340213",
        "8436282044205340213284362820442053402149", "01069012345678922112345678",
        "0106901234567892172801041012345", "86904879000126", "400-800-1234", "0755-12345678",
        "01-ABCD-000001", "SETL44030020261122000123", "3505A", "",
    ],
)  # fmt: skip
def test_lots_documents_and_codes_are_nobodys(text):
    assert not names_person(text, TODAY)
    assert kept_number(text, TODAY) == text


@pytest.mark.parametrize(
    "text",
    [
        "发票 25442000000123456789", "发票号码：25442000000123456789", "批号 A12345678", "见单 D20251103001",
        "国药准字H20012345", "机构P44030000001", "报文P44030000001202611282112350001", "FP20250520",
        "8436282044205340213 扫不出", "码84362820442053402132重复",
        "84362820442053402132、84362820442053402149", "01069012345678922112345678901",
    ],
)  # fmt: skip
def test_prose_about_goods_stays_as_it_was_typed(text):
    assert kept(text, TODAY) == text


@given(st.integers(0, 10**19 - 1), st.integers(0, 10**19 - 1))
def test_a_trace_code_is_never_masked(one, other):
    codes = [f"8{one:019d}", f"8{other:019d}"]
    for text in (codes[0], "".join(codes), "，".join(codes), f"码{codes[0]}已结算"):
        assert masked(text, TODAY) == text
        assert kept_scan(text.encode(), TODAY) == text.encode()
    gs1 = f"0106901234567892{'21'}{one:019d}"
    assert kept_scan(f"]d2{gs1}".encode(), TODAY) == f"]d2{gs1}".encode()


@pytest.mark.parametrize(
    "scan",
    [
        "{0}{0}", "{0}{1}", "6901234567892{0}", "{0}6901234567892", "8{0}", "88{0}",
        "84362820442053402132{0}", "{0}84362820442053402132", "10{0}", "]C110{0}",
        "010690123456789210{0}", "01069012345678922112345\x1d91{0}", "https://x.cn/q?id={0}&a=1",
        "http://m.cn/code/84362820442053402132?u={0}", "{0}\r\n{1}", "*{0}*", "{0}A",
    ],
)  # fmt: skip
def test_600_vouchers_in_merged_scans_are_not_kept(scan):
    rng = random.Random(scan)
    for _ in range(600):
        numbers = [kit.voucher(rng), kit.voucher(rng)]
        told = kept_scan(scan.format(*numbers).encode(), TODAY)
        assert not any(number.encode() in told for number in numbers), scan.format(*numbers)


@pytest.mark.parametrize("code", ["utf-8", "utf-16-le", "utf-16-be", "utf-16"])
def test_an_identity_number_in_a_scan_is_not_kept(code):
    rng = random.Random(code)
    for _ in range(600):
        number = kit.id_number(rng)
        for scan in (
            f"84362820442053402132{number}",
            f"01069012345678921{0}{number}",
            f"x{number}y",
        ):
            assert number.encode(code) not in kept_scan(scan.encode(code), TODAY)


@pytest.mark.parametrize("kind", kit.LASTING)
def test_numbers_are_found_in_lists_and_mappings(kind):
    rng = random.Random(kind)
    number = kit.LASTING[kind](rng)
    tree = {"a": [{"b": f"说{number}"}], "codes": [number]}
    assert held_in(tree, TODAY, {"codes"})
    assert held_in({number: "x"}, TODAY)
    assert not held_in({"codes": [number]}, TODAY, {"codes"})
    told = masked_within(tree, TODAY, {"codes"})
    assert not held_in(told, TODAY, {"codes"})
    assert isinstance(told, dict)
    assert told["codes"] == [number]


@pytest.mark.parametrize(
    "key", ["operator.id", "operator.name", "receipt.footer", "store.name", "sale.order_platforms"]
)
def test_a_setting_that_is_printed_or_kept_is_nobodys_number(key):
    rng = random.Random(key)
    for make in (kit.id_number, kit.voucher):
        assert problem(BY_KEY[key], f"甲{make(rng)}") == "form"
    assert problem(BY_KEY[key], "电话13800138000 P44030000001") is None


@pytest.mark.parametrize("piece", ["A12345678901", "1 ", "110105194912310021", "01", "8"])
def test_a_long_text_of_anything_comes_to_an_end(piece):
    """Whatever grows with the square of the text does not within a test's time."""
    text = piece * (400_000 // len(piece))
    assert len(masked(text, TODAY)) <= len(text)


@given(st.text(st.sampled_from("0123456789Xx- ，（）盒×·aA１⑩㋀."), max_size=40))
def test_what_is_passed_over_quickly_holds_nobody(text):
    """The look at the digits alone lets through nothing that the whole search would find."""
    # A line's end is no ordinary sign, nor part of any number: the whole search is done.
    assert names_person(text, TODAY, prose=True) == names_person(f"{text}\n", TODAY, prose=True)


def test_no_sign_that_stands_for_digits_is_passed_over():
    """A card whose last digits are one sign, whatever way of writing them, is found."""
    signs = {ch: persons.plain(ch) for ch in map(chr, range(0x10000))}
    digits = {ch: told for ch, told in signs.items() if told.isascii() and told.isdigit()}
    assert {"1", "１", "⑩"} <= digits.keys()
    missed = [
        ch
        for ch, told in digits.items()
        if not names_person(f"A{'1' * (8 - len(told))}{ch}", TODAY, prose=True)
    ]
    assert missed == []


@given(st.text(max_size=80))
def test_masking_is_total_and_done_once(text):
    once = masked(text, TODAY)
    assert masked(once, TODAY) == once


def test_numbers_of_receipts_are_told_apart_as_quickly_as_rightly():
    """What is let through without a search is what a search finds nobody in; a blank brings one."""
    rng = random.Random(7)
    for _ in range(3_000):
        day = f"{rng.randrange(1890, 2030)}{rng.randrange(14):02}{rng.randrange(33):02}"
        head = "".join(rng.choice("0123456789") for _ in range(rng.randrange(4, 9)))
        tail = "".join(rng.choice("0123456789") for _ in range(rng.randrange(4, 10)))
        number = rng.choice(("", "XS", "H")) + head + day + tail
        assert names_person(number, TODAY) is names_person(f"{number} ", TODAY), number
