"""Numbers that never repeat, a log that shows every edit, waits that grow, money without floats."""

import hashlib
import itertools
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pharmacy_desk.core.basics.events import (
    GENESIS,
    Event,
    EventKind,
    canonical,
    chain_hash,
    hash_fields,
)
from pharmacy_desk.core.basics.money import MAX_PRICE_FEN, parse_yuan, yuan
from pharmacy_desk.core.basics.numbers import (
    EPOCH_ALPHABET,
    IDS_A_SECOND,
    Origin,
    line_key,
    message_id,
    message_second,
    message_tails,
)
from pharmacy_desk.core.upload.outbox import backoff_s

STORE = "P44030000001"
AT = datetime(2026, 11, 22, 12, 0, 0, tzinfo=timezone(timedelta(hours=8)))
OPEN = settings(max_examples=200, deadline=None)


@OPEN
@given(st.integers(0, 99), st.integers(0, 100), st.integers(0, 250))
def test_the_ids_of_a_second_are_each_given_out_once(first: int, used: int, wanted: int) -> None:
    second = message_second(AT, "01")
    before = set(message_tails(second, first, 0, used))
    made = message_tails(second, first, used, wanted)
    assert len(set(made)) == len(made) == min(wanted, IDS_A_SECOND - used)
    assert not before & set(made)
    for tail in made:
        msgid = message_id(STORE, tail)
        assert len(msgid) == 30
        assert msgid.startswith(f"{STORE}2026112212000001")


@OPEN
@given(
    st.lists(
        st.tuples(st.integers(1, 999_999), st.integers(1, 999), st.sampled_from("SR")),
        min_size=2, max_size=40, unique=True,
    )
)  # fmt: skip
def test_line_keys_fit_the_field_and_differ(lines: list[tuple[int, int, str]]) -> None:
    origin = Origin("01", "K7QF2M")
    keys = {line_key(origin.document(seq), line, kind) for seq, line, kind in lines}
    assert len(keys) == len(lines)
    assert all(len(key) <= 30 and key.isalnum() for key in keys)


def test_numbers_read_aloud_are_not_misheard() -> None:
    assert Origin("01", "K7QF2M").document(118) == "01K7QF2M-000118"
    assert set("ILOU").isdisjoint(EPOCH_ALPHABET)
    assert len(set(EPOCH_ALPHABET)) == 32


# Events

ORIGIN = Origin("01", "K7QF2M")
EVENT = Event(EventKind.BOX_RESERVED, AT, "007", "84362820442053402132", "01K7QF2M-000001",
              {"line": 1, "item": "Y1"})  # fmt: skip


def test_the_hash_of_an_event_changes_with_every_field_and_with_its_place() -> None:
    hashes = [
        chain_hash(GENESIS, ORIGIN, 1, EVENT),
        chain_hash("1" * 64, ORIGIN, 1, EVENT),
        chain_hash(GENESIS, Origin("02", "K7QF2M"), 1, EVENT),
        chain_hash(GENESIS, Origin("01", "K7QF2N"), 1, EVENT),
        chain_hash(GENESIS, ORIGIN, 2, EVENT),
        *(
            chain_hash(GENESIS, ORIGIN, 1, replace(EVENT, **change))  # type: ignore[arg-type]
            for change in (
                {"kind": EventKind.BOX_RELEASED}, {"at": AT + timedelta(microseconds=1)},
                {"operator": "008"}, {"code": None}, {"code": "8436282044205340213"},
                {"document": None}, {"document": "01K7QF2M-000002"}, {"payload": {}},
                {"payload": {"line": 2, "item": "Y1"}}, {"payload": {"line": "1", "item": "Y1"}},
            )
        ),
    ]  # fmt: skip
    assert len(set(hashes)) == len(hashes)


def test_the_chain_is_sha256_over_one_json_array() -> None:
    """Written down so that an independent script can verify a ledger."""
    text = (
        f'["{GENESIS}","01","K7QF2M",1,"2026-11-22T12:00:00+08:00","box_reserved",'
        '"84362820442053402132","01K7QF2M-000001","007","{\\"item\\":\\"Y1\\",\\"line\\":1}"]'
    )
    assert chain_hash(GENESIS, ORIGIN, 1, EVENT) == hashlib.sha256(text.encode()).hexdigest()


@OPEN
@given(st.dictionaries(st.text(max_size=5), st.text(max_size=9), max_size=5))
def test_a_payload_is_one_line_whatever_it_holds_and_in_whatever_order(
    payload: dict[str, str],
) -> None:
    text = canonical(dict(payload))
    assert "\n" not in text
    assert canonical(dict(reversed(payload.items()))) == text


def test_a_field_emptied_into_a_dash_shows() -> None:
    assert hash_fields("a", None) != hash_fields("a", "-")


# Waiting


@OPEN
@given(st.integers(0, 10_000), st.text(max_size=20), st.floats(0.1, 10), st.floats(10, 600))
def test_a_wait_stays_within_a_fifth_of_its_bounds(
    attempts: int, salt: str, first: float, most: float
) -> None:
    wait = backoff_s(attempts, first, most, salt)
    assert 0.8 * first - 1e-9 <= wait <= 1.2 * most + 1e-9
    assert wait == backoff_s(attempts, first, most, salt)


def test_waits_double_and_counters_do_not_knock_together() -> None:
    waits = [backoff_s(n, 1.0, 1e9, "P1/01") for n in range(1, 12)]
    assert all(later > earlier for earlier, later in itertools.pairwise(waits))
    assert len({backoff_s(3, 1.0, 60.0, f"P1/{n:02d}") for n in range(20)}) > 10


# Money


@OPEN
@given(st.integers(0, MAX_PRICE_FEN))
def test_money_survives_the_way_to_text_and_back(fen: int) -> None:
    assert parse_yuan(yuan(fen)) == fen
    assert parse_yuan(f" ￥{yuan(fen)} ") == fen
    assert yuan(-fen) == (f"-{yuan(fen)}" if fen else "0.00")


@pytest.mark.parametrize(
    ("text", "fen"),
    [("21.8", 2180), ("¥21.80", 2180), ("1,280.00", 128000), ("0", 0), ("1000000", MAX_PRICE_FEN),
     ("1000000.01", None), ("21.805", None), ("-1", None), ("", None), ("免费", None),
     ("nan", None), ("inf", None), ("1.2.3", None), ("1e-999999", None)],
)  # fmt: skip
def test_a_price_is_whole_fen_within_reason_or_none(text: str, fen: int | None) -> None:
    assert parse_yuan(text) == fen


@pytest.mark.parametrize("text", ["9e999999", "1E+999999"])
def test_an_absurd_price_is_none_and_raises_nothing(text: str) -> None:
    assert parse_yuan(text) is None


@OPEN
@given(st.decimals(-10, 100, allow_nan=False, places=4))
def test_no_price_is_rounded(value: Decimal) -> None:
    found = parse_yuan(str(value))
    assert found is None or Decimal(found) == value * 100
