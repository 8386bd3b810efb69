"""Movements as upload lines: which transaction, which words, which lines wait or stay at home."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pharmacy_desk.adapters.resources import load_profile, profile_titles
from pharmacy_desk.core.catalogue.drugs import NO_BATCH, Batch, Category, Item, RxFlag
from pharmacy_desk.core.stock.movement import MOVES, Movement, MovementKind, MovementLine
from pharmacy_desk.core.upload.message import Sender, wire_line
from pharmacy_desk.core.upload.movements import (
    COUNT_LETTER,
    KEY_LETTERS,
    MOST_CODES,
    count_lines,
    movement_lines,
)
from pharmacy_desk.core.upload.outbox import OutboxLine, Waiting
from pharmacy_desk.core.upload.profile import Profile
from pharmacy_desk.sandbox import check, tables

AT = datetime(2026, 11, 22, 9, 5, 7, tzinfo=timezone(timedelta(hours=8)))
PROFILE = load_profile("generic")
SENDER = Sender("P44030000001", "示例大药房", "440300", "007", "营业员", "", "")
LOT = Batch("L1", date(2025, 1, 2), date(2028, 1, 1))
DRUG = Item("Y1", "布洛芬缓释胶囊", maker="示例药业", approval="国药准字H20990001",
            insurance_code="XM01", price_fen=2180, cost_fen=1526, barcodes=("6900000000014",))  # fmt: skip
CODES = ("84362820000000000001", "84362820000000000002")
GS1 = "010690123456789221SN0001"
NUMBER = "01K7QF2M-000118"
WITHOUT_UPLOAD = {MovementKind.REFUSAL, MovementKind.OPENING}
CHANGE_WORDS = {
    MovementKind.TRANSFER_IN: "101", MovementKind.TRANSFER_OUT: "102", MovementKind.SURPLUS: "103",
    MovementKind.LOSS: "104", MovementKind.DESTRUCTION: "105", MovementKind.OTHER_IN: "106",
    MovementKind.OTHER_OUT: "107",
}  # fmt: skip
FROM_OUTSIDE = (MovementKind.DELIVERY, MovementKind.TRANSFER_IN, MovementKind.OTHER_IN)
FROM_HERE = (
    MovementKind.TO_SUPPLIER, MovementKind.TRANSFER_OUT, MovementKind.DESTRUCTION,
    MovementKind.OTHER_OUT, MovementKind.SURPLUS, MovementKind.LOSS,
)  # fmt: skip


def _moved(*codes: str, quantity: int = 0, item: Item = DRUG, **more: Any) -> MovementLine:
    return MovementLine(item, more.pop("batch", LOT), quantity or len(codes), codes, **more)


def _movement(kind: MovementKind, *lines: MovementLine, **more: Any) -> Movement:
    said = {"party": "示例医药公司", "reference": "FH0001", "reason": ""} | more
    return Movement(NUMBER, kind, AT, "007", lines=lines or (_moved(*CODES),), **said)


def _lines(kind: MovementKind, *lines: MovementLine, **more: Any) -> tuple[OutboxLine, ...]:
    return movement_lines(_movement(kind, *lines, **more), SENDER, PROFILE)


def _wire(lines: tuple[OutboxLine, ...], profile: Profile = PROFILE) -> list[dict[str, Any]]:
    rows = []
    for line in lines:
        message = profile.message_of(line.infno)
        assert message is not None
        rows.append(wire_line(line, message, profile))
    return rows


def _accepted(line: OutboxLine) -> None:
    """The practice platform's own check of the wire line finds nothing."""
    there = tables.load()
    assert check.node_problem(there, there.transactions[line.infno], _wire((line,))[0]) is None


def test_a_delivery_says_who_delivered_what_by_which_note() -> None:
    (line,) = _lines(MovementKind.DELIVERY, _moved(*CODES, quantity=3, price_fen=1500))
    (row,) = _wire((line,))
    assert line.infno == "3503A"
    assert row == {
        "med_list_codg": "XM01", "fixmedins_hilist_id": "Y1",
        "fixmedins_hilist_name": "布洛芬缓释胶囊", "dynt_no": "FH0001",
        "fixmedins_bchno": "01K7QF2M000118001D", "spler_name": "示例医药公司",
        "manu_lotnum": "L1", "prodentp_name": "示例药业", "aprvno": "国药准字H20990001",
        "manu_date": "2025-01-02", "expy_end": "2028-01-01", "finl_trns_pric": "15.00",
        "purc_retn_cnt": "3", "rx_flag": "0", "purc_retn_stoin_time": "2026-11-22 09:05:07",
        "purc_retn_opter_name": "营业员",
        "drugtracinfo": [{"drug_trac_codg": code} for code in CODES],
    }  # fmt: skip


def test_goods_sent_back_name_supplier_and_paper_but_no_lot() -> None:
    (line,) = _lines(MovementKind.TO_SUPPLIER, _moved(CODES[0], price_fen=1526), reason="近效期")
    (row,) = _wire((line,))
    assert line.infno == "3504A"
    assert (row["spler_name"], row["purc_invo_no"], row["memo"]) == (
        "示例医药公司", "FH0001", "近效期",
    )  # fmt: skip
    assert (row["purc_retn_cnt"], row["finl_trns_pric"]) == ("1", "15.26")
    assert not {"manu_lotnum", "prodentp_name", "aprvno", "prod_geay_flag"} & set(row)


@pytest.mark.parametrize(("kind", "word"), CHANGE_WORDS.items())
def test_every_other_movement_is_a_stock_change_of_its_kind(kind: MovementKind, word: str) -> None:
    (line,) = _lines(kind, reason="盘点")
    (row,) = _wire((line,))
    assert (line.infno, row["inv_chg_type"], row["cnt"]) == ("3502A", word, "2")
    assert row["inv_chg_time"] == "2026-11-22 09:05:07"
    assert row["memo"] == "盘点 示例医药公司 FH0001"


@pytest.mark.parametrize("kind", [kind for kind in MovementKind if kind not in WITHOUT_UPLOAD])
def test_the_practice_platform_takes_each_kind_as_it_is_written(kind: MovementKind) -> None:
    bare = replace(DRUG, maker="", approval="", cost_fen=None)
    for line in _lines(kind, _moved(*CODES), _moved(quantity=2, item=bare), party="", reference=""):
        assert line.waiting is None
        _accepted(line)


@pytest.mark.parametrize("kind", WITHOUT_UPLOAD)
def test_refused_goods_and_first_stock_are_not_uploaded(kind: MovementKind) -> None:
    assert _lines(kind) == ()


def test_a_region_that_wants_first_stock_names_the_word() -> None:
    words = {**PROFILE.dictionaries["stock_change"], "opening": "108"}
    region = replace(PROFILE, dictionaries={**PROFILE.dictionaries, "stock_change": words})
    (line,) = movement_lines(_movement(MovementKind.OPENING), SENDER, region)
    assert (line.infno, line.words["change"]) == ("3502A", "108")
    _accepted(line)


def test_goods_outside_the_uploaded_categories_give_no_line() -> None:
    piece = replace(DRUG, category=Category.DECOCTION_PIECE)
    mixed = (_moved(quantity=5, item=piece), _moved(CODES[0]), _moved(quantity=0))
    (line,) = _lines(MovementKind.DELIVERY, *mixed)
    assert line.codes == (CODES[0],)
    assert [line.codes for line in count_lines(NUMBER, AT, mixed[:2], SENDER, PROFILE)] == [
        (CODES[0],)
    ]


def test_every_kind_of_one_document_has_keys_of_its_own() -> None:
    lines = [
        line for kind in MovementKind for line in _lines(kind, _moved(CODES[0]), _moved(CODES[1]))
    ]
    lines += count_lines(NUMBER, AT, [_moved(CODES[0])], SENDER, PROFILE)
    keys = [line.key for line in lines]
    assert len(set(keys)) == len(keys) == 2 * len(CHANGE_WORDS) + 2 * 2 + 1
    assert all(len(key) <= 30 and key.isalnum() for key in keys)
    assert keys == [line.key for kind in MovementKind for line in _lines(
        kind, _moved(CODES[0]), _moved(CODES[1]))] + [keys[-1]]  # fmt: skip


def test_no_letter_is_used_twice_or_misheard() -> None:
    letters = [*KEY_LETTERS.values(), COUNT_LETTER, "S", "R"]
    assert len(set(letters)) == len(letters)
    assert set("ILOU").isdisjoint(letters)
    assert set(KEY_LETTERS) == set(MOVES) - {MovementKind.REFUSAL}


@pytest.mark.parametrize("batch", [NO_BATCH, Batch("L1"), Batch("L1", date(2025, 1, 2))])
def test_a_line_without_lot_or_dates_waits(batch: Batch) -> None:
    for kind in (MovementKind.DELIVERY, MovementKind.TO_SUPPLIER, MovementKind.LOSS):
        (line,) = _lines(kind, _moved(CODES[0], batch=batch))
        assert line.waiting is Waiting.NO_LOT
    (line,) = count_lines(NUMBER, AT, [_moved(CODES[0], batch=batch)], SENDER, PROFILE)
    assert line.waiting is Waiting.NO_LOT


@pytest.mark.parametrize("kind", FROM_OUTSIDE)
def test_boxes_from_outside_are_never_of_the_lot_that_is_here(kind: MovementKind) -> None:
    known = replace(DRUG, batch=LOT)
    (line,) = _lines(kind, _moved(CODES[0], item=known, batch=NO_BATCH))
    assert (line.waiting, line.words["lot"]) == (Waiting.NO_LOT, "")
    (line,) = _lines(kind, _moved(CODES[0], item=known, batch=Batch("L1")))
    assert (line.waiting, line.words["expiry"]) == (None, "2028-01-01")


@pytest.mark.parametrize("kind", FROM_HERE)
def test_boxes_that_were_here_are_of_the_items_lot_as_in_a_sale(kind: MovementKind) -> None:
    (line,) = _lines(kind, _moved(CODES[0], item=replace(DRUG, batch=LOT), batch=NO_BATCH))
    assert (line.waiting, line.words["lot"]) == (None, "L1")


def test_what_does_not_fit_waits_for_a_person() -> None:
    (line,) = _lines(MovementKind.DELIVERY, reference="F" * 51)
    assert line.waiting is Waiting.TOO_LONG
    (line,) = _lines(MovementKind.LOSS, _moved("01069012345678922" + "1" * 90))
    assert line.waiting is Waiting.TOO_LONG
    (line,) = _lines(MovementKind.LOSS, _moved(CODES[0], item=replace(DRUG, code="Y" * 31)))
    assert line.waiting is Waiting.TOO_LONG


def test_a_purchase_without_price_says_none_and_a_change_takes_the_catalogues() -> None:
    (row,) = _wire(_lines(MovementKind.DELIVERY))
    assert "finl_trns_pric" not in row
    (row,) = _wire(_lines(MovementKind.LOSS))
    assert row["pric"] == "15.26"
    (row,) = _wire(_lines(MovementKind.LOSS, _moved(CODES[0], item=replace(DRUG, cost_fen=None))))
    assert row["pric"] == "21.80"
    (row,) = _wire(_lines(MovementKind.LOSS, _moved(CODES[0], price_fen=0)))
    assert row["pric"] == "0.00"


def test_a_prescription_drug_and_a_region_that_brackets_gs1() -> None:
    region = replace(PROFILE, gs1_form="brackets")
    moved = _moved(GS1, item=replace(DRUG, rx=RxFlag.RX))
    lines = movement_lines(_movement(MovementKind.DELIVERY, moved), SENDER, region)
    (row,) = _wire(lines, region)
    assert row["rx_flag"] == "1"
    assert row["drugtracinfo"] == [{"drug_trac_codg": "(01)06901234567892(21)SN0001"}]
    assert lines[0].codes == (GS1,)


def test_a_count_says_what_is_there_none_included() -> None:
    counted = [_moved(*CODES, quantity=5), _moved(quantity=0, batch=replace(LOT, lot="L2"))]
    lines = count_lines(NUMBER, AT, counted, SENDER, PROFILE, "月末盘点")
    first, second = _wire(lines)
    assert {line.infno for line in lines} == {"3501A"}
    assert (first["inv_cnt"], first["invdate"], first["memo"]) == ("5", "2026-11-22", "月末盘点")
    assert len(first["drugtracinfo"]) == 2
    assert (second["inv_cnt"], second["manu_lotnum"]) == ("0", "L2")
    assert first["fixmedins_bchno"] != second["fixmedins_bchno"]
    for line in lines:
        _accepted(line)


@pytest.mark.parametrize("bare", [0, 7])
def test_a_carton_too_large_for_one_message_is_several_lines(bare: int) -> None:
    codes = tuple(f"01069012345678922{'1' * 78}{n:05d}" for n in range(2 * MOST_CODES + 30))
    lines = _lines(MovementKind.DELIVERY, _moved(*codes, quantity=len(codes) + bare))
    assert tuple(code for line in lines for code in line.codes) == codes
    assert sum(int(line.words["quantity"]) for line in lines) == len(codes) + bare
    assert all(len(line.codes) <= int(line.words["quantity"]) for line in lines)
    assert all(len(str(row)) < 40_000 for row in _wire(lines))
    assert len({line.key for line in lines}) == 3


@settings(max_examples=200, deadline=None)
@given(
    kind=st.sampled_from([kind for kind in MovementKind if kind not in WITHOUT_UPLOAD]),
    name=st.text(max_size=250), maker=st.text(max_size=250), approval=st.text(max_size=120),
    party=st.text(max_size=250), reference=st.text(max_size=60), reason=st.text(max_size=600),
    quantity=st.integers(1, 10**9), price=st.none() | st.integers(0, 10**8),
)  # fmt: skip
def test_a_line_that_does_not_wait_fits_every_field(
    kind: MovementKind, name: str, maker: str, approval: str, party: str, reference: str,
    reason: str, quantity: int, price: int | None,
) -> None:  # fmt: skip
    item = replace(DRUG, name=name, maker=maker, approval=approval)
    moved = MovementLine(item, LOT, quantity, (CODES[0],), price)
    for line in _lines(kind, moved, party=party, reference=reference, reason=reason):
        message = PROFILE.message_of(line.infno)
        assert message is not None
        (row,) = _wire((line,))
        long = [
            field.name for field in message.fields if len(row.get(field.name, "")) > field.length
        ]
        assert bool(long) is (line.waiting is Waiting.TOO_LONG)


def test_every_shipped_profile_gives_each_field_a_word_it_knows() -> None:
    for name, _ in profile_titles():
        profile = load_profile(name)
        lines = [
            line
            for kind in MovementKind
            for line in movement_lines(_movement(kind), SENDER, profile)
        ]
        lines += count_lines(NUMBER, AT, [_moved(*CODES)], SENDER, profile)
        assert {line.infno for line in lines} == {"3501A", "3502A", "3503A", "3504A"}
        for line in lines:
            message = profile.message_of(line.infno)
            assert message is not None
            sources = {field.source for field in message.fields if field.source[0] != "="}
            assert sources <= set(line.words)
            assert set(profile.dictionaries["stock_change"]) <= {
                kind.value for kind in MovementKind
            }
