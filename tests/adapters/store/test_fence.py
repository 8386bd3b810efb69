"""No column of text of the ledger, and no event, takes a person's number."""

import random

import pytest

from pharmacy_desk.adapters.store.base import fence
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.basics.events import Event, EventKind
from tests import persons_kit as kit


def _columns(conn):
    """Every column of text of every table, with the form of a row that could be written."""
    for (table,) in conn.execute(
        "SELECT name FROM main.sqlite_master WHERE type = 'table'"
        " AND name NOT GLOB 'sqlite_*' AND name NOT GLOB '_sqlite_*'"
    ).fetchall():
        info = conn.execute(f"PRAGMA table_info({table})").fetchall()
        plain = {name: "" if kind == "TEXT" else 1 for _, name, kind, *_ in info}
        plain |= {name: "[]" for name in plain if f"{table}.{name}" in fence.JSON_COLUMNS}
        for _, name, kind, *_ in info:
            if kind == "TEXT":
                yield table, name, plain


def test_every_column_of_text_is_watched_or_spared_with_a_reason(shop):
    """A new column is watched by itself; to spare one takes a line in the fence's list."""
    conn = shop.ledger.chain.conn
    there = {f"{table}.{name}" for table, name, _ in _columns(conn)}
    assert set(fence.SPARED) <= there
    assert set(fence.JSON_COLUMNS) <= there
    assert all(fence.SPARED.values())
    for table, name, plain in _columns(conn):
        if name in fence.OWN or f"{table}.{name}" in fence.SPARED:
            continue
        number = kit.id_number(random.Random(f"{table}.{name}"))
        told = f'["顾客{number}说"]' if f"{table}.{name}" in fence.JSON_COLUMNS else f"客{number}"
        row = plain | {name: told}
        marks = ", ".join("?" * len(row))
        with pytest.raises(WorldError) as refused, shop.ledger.chain.transaction() as writing:
            writing.execute(
                f"INSERT INTO {table}({', '.join(row)}) VALUES ({marks})", list(row.values())
            )
        assert refused.value.fault is Fault.PERSON_NUMBER, f"{table}.{name}"


def test_what_is_spared_by_its_name_is_spared_knowingly():
    assert not fence.OWN & {
        "reason", "evidence", "party", "reference", "lot", "value", "words", "platform_words",
        "settled_words", "setl_id", "mdtrt_id", "order_platform", "order_number", "header", "body",
        "identification", "name", "arrival_celsius",
    }  # fmt: skip


def test_no_event_of_any_kind_takes_a_persons_number(shop):
    shop.ledger.chain.conn.execute("PRAGMA synchronous=OFF")
    numbers = [make(random.Random(kind)) for kind in EventKind for make in kit.LASTING.values()]
    for at, number in enumerate(numbers):
        kind = list(EventKind)[at // len(kit.LASTING)]
        tree = {"a": {"b": [number]}}
        for payload in ({"new_field": f"说{number}"}, tree, {"names": {number: ""}}):
            with pytest.raises(WorldError) as refused:
                shop.ledger.chain.note(Event(kind, shop.clock.now(), "007", payload=payload))
            assert refused.value.fault is Fault.PERSON_NUMBER
        shop.ledger.chain.note(Event(kind, shop.clock.now(), "007", payload={"new_field": "好"}))
    shop.ledger.close()
    files = list(shop.ledger.path.parent.glob("ledger.*"))
    assert not any(kit.lying_in(one.read_bytes(), set(numbers)) for one in files)


def test_what_is_spared_in_events_is_never_what_people_type():
    assert not fence.SPARED_IN_EVENTS & {
        "reason", "evidence", "party", "reference", "lot", "value", "words", "setl_id", "platform",
        "number", "names", "identification", "what", "detail",
    }  # fmt: skip
