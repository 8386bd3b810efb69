"""The receipt: every row fits its paper, every code stands in full, nothing in it is obeyed."""

import string
import tomllib
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pharmacy_desk.core.catalogue.drugs import NO_BATCH, Batch, Category, Item, RxFlag
from pharmacy_desk.core.paper.receipt import CELLS, Heading, Look, Row, compose, spread, width, wrap
from pharmacy_desk.core.sale.online import OnlineOrder
from pharmacy_desk.core.sale.prescription import Prescribed, Prescription
from pharmacy_desk.core.sale.sale import Box, Cover, Line, PaymentKind, Sale, SaleState, Settlement

AT = datetime(2026, 11, 22, 12, 30, 5, tzinfo=timezone(timedelta(hours=8)))
WORDS = tomllib.loads(
    resources.files("pharmacy_desk_resources")
    .joinpath("words", "receipt.zh_CN.toml")
    .read_text(encoding="utf-8")
)
LOT = Batch("L241230", date(2025, 1, 2), date(2028, 1, 1))
HEADING = Heading("示例大药房（一店）", "营业员 007", "谢谢惠顾")
DRUG = Item("Y1", "布洛芬缓释胶囊", "0.3g×24粒", maker="示例药业", price_fen=2180, batch=LOT)
OPEN = settings(max_examples=150, deadline=None)


def _sale(*lines: Line, **changes: object) -> Sale:
    sale = Sale("01K7QF2M-000118", SaleState.PAID, "01", "007", AT, lines, paid_at=AT,
                payment=PaymentKind.SELF)  # fmt: skip
    return replace(sale, **changes)  # type: ignore[arg-type]


def _line(*codes: str, item: Item = DRUG, asked: int = 0, batch: Batch = NO_BATCH) -> Line:
    boxes = tuple(Box(n, code, batch) for n, code in enumerate(codes, 1))
    return Line(1, item, asked, item.price_fen, boxes)


def _text(rows: tuple[Row, ...]) -> str:
    return "".join("".join(row.text.split()) for row in rows)


def _fits(rows: tuple[Row, ...], mm: int) -> None:
    for row in rows:
        if row.look in (Look.RULE, Look.BARCODE):
            continue
        cells = width(row.text) * (2 if row.look is Look.TITLE else 1)
        assert cells <= CELLS[mm], row
        assert row.text.isprintable(), row


_ANY = st.text(max_size=60)
_CODE = st.one_of(
    st.from_regex(r"8[0-9]{19}", fullmatch=True),
    st.text(string.ascii_letters + string.digits + "-./<>=&'\"", min_size=20, max_size=20),
    st.text(string.ascii_letters + string.digits, min_size=3, max_size=20).map(
        lambda serial: f"010690123456789221{serial}"
    ),
)


@OPEN
@given(
    mm=st.sampled_from([58, 80]), codes=st.lists(_CODE, max_size=5, unique=True), name=_ANY,
    spec=_ANY, maker=_ANY, lot=_ANY, store=_ANY, footer=_ANY, operator=_ANY,
    asked=st.integers(0, 99999), price=st.integers(0, 10**8), setl=_ANY,
)  # fmt: skip
def test_every_row_fits_and_every_code_is_printed_in_full_whatever_the_texts(
    mm: int, codes: list[str], name: str, spec: str, maker: str, lot: str, store: str,
    footer: str, operator: str, asked: int, price: int, setl: str,
) -> None:  # fmt: skip
    item = replace(DRUG, name=name, spec=spec, maker=maker, price_fen=price, batch=NO_BATCH)
    line = _line(*codes, item=item, asked=asked, batch=Batch(lot or None, None, None))
    sale = _sale(
        line, payment=PaymentKind.POOLED, settlement=Settlement(setl, "M", fund_fen=1, account_fen=2, cash_fen=3),
        tendered_fen=price,
    )  # fmt: skip
    rows = compose(sale, Heading(store, operator, footer, practice=True, reprint=True), mm, WORDS)
    _fits(rows, mm)
    text = _text(rows)
    for code in codes:
        assert code in text, code


@OPEN
@given(st.text(max_size=200), st.integers(2, 48))
def test_wrapping_drops_no_character(text: str, cells: int) -> None:
    rows = wrap(text, cells)
    assert len("".join(rows)) == len(text)
    assert all(width(row) <= cells for row in rows)


@OPEN
@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from([32, 48]))
def test_two_texts_share_a_row_or_take_more(left: str, right: str, cells: int) -> None:
    rows = spread(left, right, cells)
    assert all(width(row) <= cells for row in rows)
    plain = "".join(ch for ch in left + right if ch.isprintable() and not ch.isspace())
    assert "".join(ch for ch in "".join(rows) if not ch.isspace()) == plain


@pytest.mark.parametrize("mm", [58, 80])
@pytest.mark.parametrize(
    "text", ["<img src=x>", "=cmd|' /C calc'!A0", "a\x1b@b\x1dV\x42c", "x\r\ny\x00z", "\u202eabc"]
)
def test_text_from_outside_is_plain_text_and_no_command(mm: int, text: str) -> None:
    rows = compose(_sale(_line(item=replace(DRUG, name=text), asked=1)), HEADING, mm, WORDS)
    _fits(rows, mm)
    kept = "".join(ch for ch in text if ch.isprintable() and ch != " ")
    assert kept in _text(rows)


def test_a_receipt_says_who_what_how_much_and_how() -> None:
    sale = _sale(_line("84362820442053402132", asked=2), tendered_fen=5000)
    rows = compose(sale, HEADING, 80, WORDS)
    text = _text(rows)
    for part in ("示例大药房（一店）", "01K7QF2M-000118", "2026-11-2212:30:05", "营业员007",
                 "布洛芬缓释胶囊", "0.3g×24粒", "示例药业", "￥21.80×2", "￥43.60", "L241230",
                 "2028-01-01", "有1盒未采集追溯码", "2盒1码", "自费", "￥50.00", "￥6.40",
                 "谢谢惠顾"):  # fmt: skip
        assert part in text, part
    assert [row.text for row in rows if row.look is Look.BARCODE] == ["01K7QF2M-000118"]
    assert "补打" not in text
    assert "培训" not in text


def test_training_and_reprint_are_marked() -> None:
    heading = replace(HEADING, practice=True, reprint=True)
    text = _text(compose(_sale(_line("84362820442053402132")), heading, 58, WORDS))
    assert "培训模式" in text
    assert "补打" in text


def test_goods_without_code_say_so_and_a_lot_that_is_not_known_is_not_made_up() -> None:
    piece = replace(DRUG, category=Category.DECOCTION_PIECE, batch=NO_BATCH)
    assert "无需扫码" in _text(compose(_sale(_line(item=piece, asked=1)), HEADING, 58, WORDS))
    bare = replace(DRUG, batch=NO_BATCH)
    rows = compose(_sale(_line("84362820442053402132", item=bare)), HEADING, 58, WORDS)
    assert _text(rows).count("未填") == 2


def test_an_insured_receipt_shows_its_settlement_split() -> None:
    sale = _sale(_line("84362820442053402132"), payment=PaymentKind.CHRONIC,
                 settlement=Settlement("SETL1", "M1", fund_fen=1000, account_fen=0, cash_fen=1180))  # fmt: skip
    text = _text(compose(sale, HEADING, 80, WORDS))
    for part in ("门诊慢特病", "SETL1", "统筹支付￥10.00", "现金应付￥11.80"):
        assert part in text
    assert "个人账户" not in text


@pytest.mark.parametrize("mm", [58, 80])
def test_a_mixed_basket_shows_who_pays_each_line_and_both_sums(mm: int) -> None:
    own = replace(DRUG, code="Y2", name="维生素C片", price_fen=990)
    insured = replace(_line("84362820442053402132"), cover=Cover.INSURED)
    beside = replace(_line("84362820442053402133", item=own), number=2, cover=Cover.OWN)
    settlement = Settlement("S1", "M1", fund_fen=1000, account_fen=1000, cash_fen=180)
    sale = _sale(insured, beside, payment=PaymentKind.POOLED, settlement=settlement)
    rows = compose(sale, HEADING, mm, WORDS)
    _fits(rows, mm)
    text = _text(rows)
    for part in ("[医保]", "[自付]", "医保结算金额￥21.80", "自费金额￥9.90", "顾客应付￥11.70"):
        assert part in text
    whole = replace(sale, lines=(insured,))
    assert "自费金额" not in _text(compose(whole, HEADING, mm, WORDS))


def test_a_code_is_printed_in_one_piece_where_it_fits() -> None:
    for code in ("84362820442053402132", "010690123456789221A1"):
        rows = compose(_sale(_line(code)), HEADING, 58, WORDS)
        assert [row.text.strip() for row in rows if code in row.text] == [f"追溯码 {code}"]


# Marks: gifts, cold goods, 特药, online orders


@pytest.mark.parametrize("mm", [58, 80])
def test_gifts_cold_goods_and_special_drugs_are_marked_on_their_line(mm: int) -> None:
    gift = replace(_line("84362820442053402132"), gift=True, price_fen=0)
    cold = replace(_line("84362820442053402133"), number=2, item=replace(DRUG, cold=True))
    special = replace(_line("89123450000000000017"), number=3)
    rows = compose(_sale(gift, cold, special), HEADING, mm, WORDS)
    _fits(rows, mm)
    heads = [row.text for row in rows if row.look is Look.BOLD and DRUG.name[:4] in row.text]
    assert heads == [
        f"1. 【赠品】{DRUG.name}", f"2. 【冷藏】{DRUG.name}", f"3. 【特药】{DRUG.name}",
    ]  # fmt: skip
    assert "84362820442053402132" in _text(rows)
    assert "￥0.00" in _text(rows)


@pytest.mark.parametrize("mm", [58, 80])
def test_the_receipt_for_the_bag_tells_platform_and_order_number(mm: int) -> None:
    order = OnlineOrder("美团" * 10, "1" * 64)
    rows = compose(_sale(_line("84362820442053402132"), order=order), HEADING, mm, WORDS)
    _fits(rows, mm)
    assert "1" * 64 in _text(rows)
    assert "美团" * 10 in _text(rows)
    plain = compose(_sale(_line("84362820442053402132")), HEADING, mm, WORDS)
    assert WORDS["order"] not in _text(plain)


@pytest.mark.parametrize(
    ("flag", "printed"),
    [(RxFlag.RX, "处方"), (RxFlag.OTC_A, "OTC甲"), (RxFlag.OTC_B, "OTC乙"), (RxFlag.OTC, "OTC")],
)
def test_a_line_says_in_chinese_that_it_needs_a_prescription(flag: RxFlag, printed: str) -> None:
    sale = _sale(_line("84012345678901234567", item=replace(DRUG, rx=flag)))
    rows = [row.text.split() for row in compose(sale, HEADING, 58, WORDS)]
    assert any(printed in words for words in rows)
    assert not any("RX" in words for words in rows)


def test_a_doping_substance_is_told_once_and_quietly() -> None:
    careful = replace(DRUG, doping=True)
    sale = _sale(_line("84362820000000000001", "84362820000000000002", item=careful))
    rows = compose(sale, HEADING, 58, WORDS)
    (row,) = [one for one in rows if "运动员慎用" in one.text]
    assert row.look is Look.PLAIN
    assert not any("运动员" in one.text for one in compose(_sale(_line("8")), HEADING, 58, WORDS))


def test_the_prescriptions_number_is_printed_and_who_wrote_it_is_not() -> None:
    known = Prescription(
        "RX1", "P20261122001", "示例医院", "440300", "张医师", date(2026, 11, 22),
        (Prescribed(1, DRUG.code, DRUG.name, 1),),
    )  # fmt: skip
    line = _line("84362820442053402132")
    text = _text(compose(_sale(line, prescription=known), HEADING, 80, WORDS))
    assert "P20261122001" in text
    assert "张医师" not in text
    others = replace(known, drugs=(Prescribed(1, "other", "别的", 1),))
    assert "P2026" not in _text(compose(_sale(line, prescription=others), HEADING, 80, WORDS))
