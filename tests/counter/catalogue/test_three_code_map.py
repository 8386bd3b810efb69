"""The three-code map as people keep it: levels, conflicts, two persons, history, files."""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pharmacy_desk.adapters.files.records import write_table
from pharmacy_desk.adapters.files.tables import read_table
from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.basics.policy import Action, VerdictName
from pharmacy_desk.core.catalogue.drug_list import BadRow
from pharmacy_desk.core.catalogue.drugs import Mapping, MapState, PackLevel
from pharmacy_desk.core.catalogue.map import MapFilter, MapLine
from pharmacy_desk.core.scanning.recognise import recognise_text
from pharmacy_desk.core.stock.files.headers import Header, find_header
from pharmacy_desk.core.stock.files.map_file import MAP, MapRow, map_export, read_map
from pharmacy_desk.core.stock.movement import MovementKind, PackRelation
from pharmacy_desk.counter.answers import MapDid
from pharmacy_desk.counter.catalogue.importing import ImportReport
from pharmacy_desk.counter.catalogue.map_tables import import_map
from pharmacy_desk.counter.stock.movements import Movements, Wanted, WhyNot
from tests import plain
from tests.conftest import ITEMS, RX, Shop

CARTON = "8555555"


def code(identification: str, number: int = 1) -> str:
    return f"{identification}{number:013d}"


def _say(shop: Shop, identification: str, item: str, **more: Any) -> Any:
    found = shop.ledger.catalogue.find_item(item)
    assert found is not None
    return shop.desk.maps.say(identification, found, more.pop("second", None), **more)


def _load(shop: Shop, *rows: str, dry_run: bool = False, head: str = "") -> ImportReport:
    lines = [head or "药品标识码,商品编码,包装级别", *rows]
    table = iter([(n, line.split(",")) for n, line in enumerate(lines, start=1)])
    return import_map(table, shop.desk.maps, lambda job: job(), dry_run=dry_run)


def _refused(report: ImportReport) -> list[tuple[int, str]]:
    return [(bad.row, bad.reason) for bad in report.rejected]


def _reader(shop: Shop) -> Any:
    return closing(Reader(shop.ledger.path))


def _states(shop: Shop, identification: str) -> dict[str, tuple[MapState, int]]:
    return {
        entry.mapping.item: (entry.mapping.state, int(entry.mapping.level))
        for entry in shop.ledger.map.map_entries(identification)
    }


# Pack levels


@pytest.mark.parametrize("level", [PackLevel.MIDDLE, PackLevel.CARTON])
def test_an_identification_of_an_outer_pack_is_never_sold_as_a_box(
    shop: Shop, level: PackLevel
) -> None:
    _say(shop, CARTON, "Y1", level=level)
    verdict = shop.scan(code(CARTON))
    assert (verdict.name, verdict.action) == (VerdictName.OUTER_PACK, Action.ASK)
    assert verdict.pack is None
    assert shop.open_sale.sale is None
    _say(shop, CARTON, "Y1", level=PackLevel.SMALLEST)
    assert shop.scan(code(CARTON)).accepted


def test_a_relation_of_this_very_code_is_believed_before_the_map(shop: Shop) -> None:
    _say(shop, CARTON, "Y1", level=PackLevel.CARTON)
    shop.ledger.boxes.put_packs(
        Actor(shop.clock.now(), "007"), [PackRelation(code(CARTON), code("8436282"), 1, True)]
    )
    assert shop.scan(code(CARTON)).accepted
    assert shop.scan(code(CARTON, 2)).name is VerdictName.OUTER_PACK


def test_a_carton_whose_boxes_are_unknown_is_not_received_as_one_box(shop: Shop) -> None:
    stock = Movements(
        sales=shop.ledger.sales,
        boxes=shop.ledger.boxes,
        catalogue=shop.ledger.catalogue,
        mappings=shop.ledger.map,
        events=shop.ledger.chain,
        who=shop.open_sale.who,
        open_sale=shop.open_sale,
        clock=shop.clock,
        settings=lambda: shop.settings,
        profile=shop.profile,
        wake_courier=lambda _: None,
    )
    _say(shop, CARTON, "Y1", level=PackLevel.CARTON)
    wanted = [Wanted(code(CARTON), "Y1"), Wanted(code("8436282"), "Y1")]
    outcome = stock.post(MovementKind.DELIVERY, wanted, "示例医药公司")
    assert [(one.code, one.why) for one in outcome.refused] == [(code(CARTON), WhyNot.OUTER_PACK)]
    assert outcome.moved == 1
    with _reader(shop) as reader:
        seen = reader.boxes.seen(recognise_text(code(CARTON, 2), shop.clock.now().date()))
    assert seen.outer
    assert seen.inner == ()


def test_a_proposed_level_changes_no_verdict(shop: Shop) -> None:
    shop.ledger.map.put_mapping(
        Actor(shop.clock.now(), "008"),
        Mapping("8436282", "Y2", MapState.PROPOSED, PackLevel.CARTON),
    )
    assert shop.scan(code("8436282")).accepted


# Who may say what


def test_a_mapping_that_contradicts_another_is_said_before_it_is_kept(shop: Shop) -> None:
    refused = _say(shop, "8436282", "Y2", anyway=False)
    rival = shop.ledger.catalogue.find_item("Y1")
    assert rival
    assert (refused.what, refused.other) == (MapDid.CONFLICT, rival.name)
    assert _states(shop, "8436282") == {"Y1": (MapState.CONFIRMED, 1)}
    assert _say(shop, "8436282", "Y2", anyway=True).what is MapDid.CONFIRMED
    assert set(_states(shop, "8436282")) == {"Y1", "Y2"}
    assert shop.scan(code("8436282")).name is VerdictName.UNMAPPED  # a person must say which


def test_with_two_persons_a_proposal_waits_and_what_is_in_use_stays_in_use(shop: Shop) -> None:
    shop.set(map__second_person=True)
    assert _say(shop, CARTON, "Y1", level=PackLevel.CARTON).what is MapDid.PROPOSED
    assert (
        _say(shop, CARTON, "Y1", level=PackLevel.CARTON).what is MapDid.PROPOSED
    )  # the same person twice
    assert shop.scan(code(CARTON)).name is VerdictName.UNMAPPED
    answer = _say(shop, CARTON, "Y1", level=PackLevel.CARTON, second="008")
    assert answer.what is MapDid.CONFIRMED
    assert _states(shop, CARTON) == {"Y1": (MapState.CONFIRMED, 3)}
    assert _say(shop, CARTON, "Y1", level=PackLevel.MIDDLE).what is MapDid.SECOND_PERSON
    assert _states(shop, CARTON) == {"Y1": (MapState.CONFIRMED, 3)}
    assert check(shop.ledger.path).problems == ()


def test_a_second_person_who_says_another_level_confirms_nothing(shop: Shop) -> None:
    shop.set(map__second_person=True)
    _say(shop, CARTON, "Y1", level=PackLevel.CARTON)
    shop.set(operator__id="008")
    shop.settings = type(shop.settings)(dict(shop.settings.values), practice=False)
    assert _say(shop, CARTON, "Y1", level=PackLevel.MIDDLE).what is MapDid.PROPOSED
    assert _states(shop, CARTON) == {"Y1": (MapState.PROPOSED, 2)}


def test_what_a_person_took_out_stays_out_when_the_drug_list_comes_again(shop: Shop) -> None:
    assert shop.desk.maps.unmap("8436282", "Y1", "印错标签")
    assert not shop.desk.maps.unmap("8436282", "Y1", "印错标签")
    assert shop.scan(code("8436282")).name is VerdictName.UNMAPPED
    assert shop.ledger.catalogue.put_items(Actor(shop.clock.now(), "007"), ITEMS) == (0, 0)
    assert shop.scan(code("8436282")).name is VerdictName.UNMAPPED
    assert _refused(_load(shop, "8436282,Y1,1")) == [(2, "was_unmapped")]
    _say(shop, "8436282", "Y1")  # a person may bring it back
    assert shop.scan(code("8436282")).accepted
    assert check(shop.ledger.path).problems == ()


# What the page shows


def test_the_history_tells_who_said_what_and_why_it_was_taken_out(shop: Shop) -> None:
    _say(shop, CARTON, "Y1", level=PackLevel.CARTON)
    shop.clock.advance(60)
    shop.desk.maps.unmap(CARTON, "Y1", "印错标签")
    with _reader(shop) as reader:
        newest, first = reader.map.history(CARTON)
        (listed,) = reader.map.history("8436282")
    assert (first.word, first.item, first.level, first.operator) == (
        "confirmed", "Y1", PackLevel.CARTON, "007",
    )  # fmt: skip
    assert (newest.word, newest.reason, newest.name) == ("removed", "印错标签", "布洛芬缓释胶囊")
    assert listed.word == "imported"


def test_the_list_pages_filters_and_names_rivals(shop: Shop) -> None:
    _say(shop, "8436282", "Y2", anyway=True)
    shop.set(map__second_person=True)
    _say(shop, CARTON, "Y4")
    shop.desk.maps.unmap("8385793", "Y2", "停用")

    def told(which: MapFilter, text: str = "", after: MapLine | None = None) -> list[str]:
        with _reader(shop) as reader:
            lines = reader.map.lines(which, text, after, 2)
        return [f"{one.mapping.item} {one.mapping.identification}" for one in lines]

    assert told(MapFilter.ALL) == ["Y1 8436282", "Y2 06901234567892"]
    with _reader(shop) as reader:
        last = reader.map.lines(MapFilter.ALL, "", None, 2)[-1]
        (rivalled, _) = reader.map.lines(MapFilter.CONFLICTS, "", None, 9)
    assert told(MapFilter.ALL, after=last) == ["Y2 8436282", "Y4 8177322"]
    assert told(MapFilter.CONFLICTS) == ["Y1 8436282", "Y2 8436282"]
    assert rivalled.rivals == ("阿莫西林胶囊",)
    assert told(MapFilter.PROPOSED) == [f"Y4 {CARTON}"]
    assert told(MapFilter.REMOVED) == ["Y2 8385793"]
    assert told(MapFilter.ALL, "amx") == ["Y2 06901234567892", "Y2 8436282"]
    assert told(MapFilter.ALL, "84362") == ["Y1 8436282", "Y2 8436282"]
    assert told(MapFilter.ALL, "%") == []


def test_the_history_of_one_is_found_by_an_index(shop: Shop) -> None:
    plan = plain.rows(
        shop.ledger.path,
        "EXPLAIN QUERY PLAN SELECT 1 FROM events e"
        " WHERE json_extract(e.payload, '$.identification') = ?"
        " AND e.kind IN ('map_proposed', 'map_confirmed', 'map_removed')",
        ("8",),
    )
    assert "events_of_map" in " ".join(row[3] for row in plan)


# Files


def test_a_file_brings_new_rows_and_never_overwrites_what_people_said(shop: Shop) -> None:
    report = _load(
        shop,
        f"{CARTON},Y1,3",
        "8436282,Y1,1",  # known already
        "8436282,Y2,1",  # means another drug here
        "8999999,Y9,1",  # no such drug
        "84,Y1,1",
        f"{CARTON},Y2,3",  # says otherwise than row 2
        "8385793,Y2,中包装",
        "8777777,Y1,4",
    )
    assert (report.read, report.added, report.changed) == (8, 1, 1)
    assert _refused(report) == [
        (4, "conflict"), (5, "unknown_item"), (6, "bad_identification"), (7, "conflict"),
        (9, "bad_level"),
    ]  # fmt: skip
    assert _states(shop, CARTON) == {"Y1": (MapState.CONFIRMED, 3)}
    assert _states(shop, "8385793") == {"Y2": (MapState.CONFIRMED, 2)}
    assert _states(shop, "8436282") == {"Y1": (MapState.CONFIRMED, 1)}
    assert check(shop.ledger.path).problems == ()


def test_a_dry_run_tells_the_same_and_writes_nothing(shop: Shop) -> None:
    rows = (f"{CARTON},Y1,3", f"{CARTON},Y1,3", "8436282,Y2,1", "8385793,Y2,2")
    before = shop.ledger.chain.conn.total_changes
    dry = _load(shop, *rows, dry_run=True)
    assert shop.ledger.chain.conn.total_changes == before
    real = _load(shop, *rows)
    assert (dry.read, dry.added, dry.changed) == (real.read, real.added, real.changed) == (4, 1, 1)
    assert _refused(dry) == _refused(real)


def test_where_two_persons_are_wanted_a_file_only_proposes(shop: Shop) -> None:
    shop.set(map__second_person=True)
    assert _load(shop, f"{CARTON},Y1,3").added == 1
    assert _states(shop, CARTON) == {"Y1": (MapState.PROPOSED, 3)}
    assert _load(shop, f"{CARTON},Y1,3").changed == 0
    assert _refused(_load(shop, "8436282,Y1,2")) == [(2, "second_person")]
    shop.settings = type(shop.settings)(
        dict(shop.settings.values) | {"operator.id": "008"}, practice=False
    )
    assert _load(shop, f"{CARTON},Y1,3").changed == 1
    assert _states(shop, CARTON) == {"Y1": (MapState.CONFIRMED, 3)}


def test_a_file_without_levels_speaks_of_smallest_packs_and_keeps_known_levels(shop: Shop) -> None:
    _say(shop, CARTON, "Y1", level=PackLevel.CARTON)
    report = _load(shop, f"{CARTON},Y1", "8666666,Y1", head="标识码,货号")
    assert (report.added, report.changed) == (1, 0)
    assert _states(shop, CARTON)["Y1"] == (MapState.CONFIRMED, 3)
    assert _states(shop, "8666666")["Y1"] == (MapState.CONFIRMED, 1)


def test_a_file_without_its_columns_is_refused_by_their_names(shop: Shop) -> None:
    with pytest.raises(WorldError) as caught:
        _load(shop, "8436282,1", head="药品标识码,包装级别")
    assert caught.value.fault is Fault.HEADER_MISSING
    assert "商品编码" in str(caught.value.params["columns"])


@pytest.mark.parametrize("name", ["map.csv", "map.xlsx"])
def test_what_is_exported_is_read_back(shop: Shop, tmp_path: Path, name: str) -> None:
    _say(shop, CARTON, "Y1", level=PackLevel.CARTON)
    shop.desk.maps.unmap("8177322", "Y4", "停用")
    with _reader(shop) as reader:
        mappings = reader.map.in_use()
    write_table(tmp_path / name, "三码映射", map_export(mappings))
    table = read_table(tmp_path / name)
    header = find_header(MAP, table)
    assert isinstance(header, Header)
    rows = list(read_map(header, table))
    assert [
        (row.identification, row.item, row.level) for row in rows if isinstance(row, MapRow)
    ] == [(one.identification, one.item, one.level) for one in mappings]
    assert ("8177322", "Y4") not in {(one.identification, one.item) for one in mappings}
    assert {one.item for one in mappings} == {"Y1", RX.code}


_CELL = st.text(max_size=30)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(_CELL, _CELL, _CELL), max_size=6))
def test_any_text_in_a_file_is_a_row_or_a_bad_row(rows: list[tuple[str, str, str]]) -> None:
    cells = [[MAP.written(column) for column in MAP.columns], *map(list, rows)]
    table = iter(list(enumerate(cells, start=1)))
    header = find_header(MAP, table)
    assert isinstance(header, Header)
    for row in read_map(header, table):
        assert isinstance(row, (MapRow, BadRow))
        assert 2 <= row.row <= len(rows) + 1
