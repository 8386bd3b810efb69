"""The drop folder: files of every form, half written, twice, hostile; a kill at any moment."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pharmacy_desk.adapters.files.dbf_table import read_dbf, write_dbf
from pharmacy_desk.adapters.files.records import write_table
from pharmacy_desk.adapters.files.tables import read_table
from pharmacy_desk.adapters.resources import words
from pharmacy_desk.adapters.till.folder import DropFolder, Tables
from pharmacy_desk.core.sale.ticket import TicketState
from pharmacy_desk.core.sale.ticket_file import learned_columns
from pharmacy_desk.counter.sale.tickets import Tickets
from pharmacy_desk.gui.words.till import WordsForTills
from tests.conftest import Shop, box
from tests.fakes.lane import NowLane

CSV = """小票号,行号,商品编码,商品名称,数量,单价,付款方式
T1,1,Y1,布洛芬缓释胶囊,2,19.90,自费
T1,2,Y3,枸杞子,1,32.00,自费
"""


class Drop:
    """A till's folder beside a shop; time goes by as a test says."""

    def __init__(self, shop: Shop, folder: Path) -> None:
        self.shop, self.folder = shop, folder
        self.late = 0.0
        self.same_form = False
        self.refused: list[tuple[str, str]] = []
        self.learned: dict[str, str] = {}
        self.tickets = Tickets(
            lane=NowLane(),
            tickets=shop.ledger.tickets,
            sales=shop.ledger.sales,
            returns=shop.ledger.returns,
            catalogue=shop.ledger.catalogue,
            open_sale=shop.open_sale,
            desk=shop.desk,
            events=shop.ledger.chain,
            clock=shop.clock,
            settings=lambda: shop.settings,
            post=shop.news.append,
            print_receipt=lambda _: None,
            receipt_words=words("receipt.zh_CN"),
            wake_courier=lambda: None,
        )
        self.begin()

    def begin(self) -> None:
        """The program starts: what it had in mind is gone."""

        def read(path: Path) -> Iterator[tuple[int, list[str]]]:
            return (read_dbf if path.suffix == ".dbf" else read_table)(path)

        def write(path: Path, table: Any) -> None:
            if path.suffix == ".dbf":
                write_dbf(path, table)
            else:
                write_table(path, "码", table)

        self.door = DropFolder(
            self.folder,
            self.tickets,
            WordsForTills(self.shop.clock.now),
            Tables(read, write, lambda: self.learned),
            same_form=lambda: self.same_form,
            refused=lambda name, words: self.refused.append((name, words)),
            now=lambda: os.stat(self.folder).st_mtime + self.late,
        )
        self.door.look()

    def put(self, name: str, data: bytes | str) -> Path:
        file = self.folder / "in" / name
        file.write_bytes(data.encode() if isinstance(data, str) else data)
        self.age(file)
        return file

    def age(self, file: Path, seconds: float = 5.0) -> None:
        at = os.stat(self.folder).st_mtime + self.late - seconds
        os.utime(file, (at, at))

    def look(self, times: int = 3) -> None:
        for _ in range(times):
            self.door.look()

    def names(self, where: str) -> list[str]:
        return sorted(file.name for file in (self.folder / where).iterdir())

    def answer(self, name: str) -> Any:
        return json.loads((self.folder / "out" / name).read_text("utf-8"))


@pytest.fixture
def drop(shop: Shop, tmp_path: Path) -> Drop:
    (tmp_path / "till").mkdir()
    return Drop(shop, tmp_path / "till")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_in_any_encoding_is_captured_and_answered(drop: Drop, encoding: str) -> None:
    drop.put("sale.csv", CSV.encode(encoding))
    drop.look()
    assert drop.names("in") == ["sale.csv"]
    for number in (1, 2):
        drop.shop.scan(box(number))
    drop.look()
    assert (drop.names("in"), drop.names("done"), drop.names("out")) == (
        [], ["sale.csv"], ["sale.json"],
    )  # fmt: skip
    answer = drop.answer("sale.json")
    assert (answer["ticket"], answer["state"]) == ("T1", "settled")
    assert answer["lines"][0]["codes"] == [box(1), box(2)]


def test_dbf_is_read_in_chinese_and_answered_in_its_own_form(drop: Drop) -> None:
    drop.learned = learned_columns("XSDH=小票号;SPBM=商品编码;SL=数量;FKFS=付款方式") or {}
    drop.same_form = True
    path = drop.folder / "in" / "sale.dbf"
    # What the names of fields are is the till's; ours are in the first record of what we write.
    head = ("XSDH", "SPBM", "SL", "FKFS")
    write_dbf(path, [("T9", "Y1", "1", "自费")])
    data = path.read_bytes()
    for place, name in enumerate(head):
        at = 32 * (place + 1)
        data = data[:at] + name.encode().ljust(11, b"\0") + data[at + 11 :]
    path.write_bytes(data)
    drop.age(path)
    drop.look()
    drop.shop.scan(box(1))
    drop.look()
    rows = [cells for _, cells in read_dbf(drop.folder / "out" / "sale.dbf")]
    assert rows[1][:4] == ["小票号", "行号", "商品编码", "追溯码"]
    assert rows[2][:4] == ["T9", "1", "Y1", box(1)]


def test_json_may_tell_that_it_was_paid(drop: Drop) -> None:
    line = {"line": 1, "item": "Y1", "quantity": 1, "unit_price_fen": 2180}
    told = {"ticket": "T2", "payment": "insured", "kind": "pooled", "lines": [line]}
    drop.put("a.json", json.dumps(told))
    drop.look()
    drop.shop.scan(box(1))
    drop.look()
    # Complete, but nobody has told its settlement: it waits.
    assert drop.names("in") == ["a.json"]
    settle = {"setl_id": "S1", "fund_fen": 1526, "account_fen": 654, "cash_fen": 0}
    drop.put("b.json", json.dumps(told | {"settle": settle}))
    drop.look()
    assert drop.answer("b.json")["state"] == "settled"
    assert drop.names("in") == []


def test_half_a_file_is_left_alone_until_it_is_whole_or_given_up(drop: Drop) -> None:
    whole = json.dumps({"ticket": "T3", "payment": "self",
                        "lines": [{"line": 1, "item": "Y3", "quantity": 1}]})  # fmt: skip
    file = drop.put("slow.json", whole[:30])
    drop.look()
    assert drop.names("in") == ["slow.json"]
    drop.put("slow.json", whole)
    drop.look()
    assert drop.names("done") == ["slow.json"]
    file = drop.put("never.json", whole[:30])
    drop.age(file, 60)
    drop.look()
    assert drop.names("refused") == ["never.json", "never.json.txt"]
    assert (drop.folder / "refused" / "never.json.txt").read_text("utf-8-sig").strip()


def test_a_file_that_grows_is_not_read(drop: Drop) -> None:
    file = drop.put("grows.csv", CSV)
    drop.door.look()
    file.write_text(CSV + "T1,3,Y4,复方丹参滴丸,1,27.60,自费\n", encoding="utf-8")
    drop.age(file, 0.2)
    drop.look()
    assert drop.tickets.look("T1").result().ticket is None


def test_the_same_file_again_gets_the_same_answer_and_another_content_is_refused(
    drop: Drop,
) -> None:
    drop.put("one.csv", CSV)
    drop.look()
    for number in (1, 2):
        drop.shop.scan(box(number))
    drop.look()
    first = drop.answer("one.json")
    drop.put("one.csv", CSV)
    drop.look()
    assert drop.answer("one.json") == first
    assert drop.names("done") == ["one-2.csv", "one.csv"]
    drop.put("two.csv", CSV.replace("Y1,布洛芬缓释胶囊,2", "Y1,布洛芬缓释胶囊,3"))
    drop.look()
    assert drop.names("refused") == ["two.csv", "two.csv.txt"]
    assert "quantity" in (drop.folder / "refused" / "two.csv.txt").read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("data", "said"),
    [("a,b\n1,2\n", "小票号"), (CSV.replace("自费", "花呗"), "花呗"),
     (CSV.replace("T1,1,Y1", "T1,1,Y1").replace(",2,19.90", ",2.5,19.90"), "2"),
     (b"\x00\x01\x02" * 99, "")],
)  # fmt: skip
def test_what_cannot_be_taken_is_refused_with_a_sentence(
    drop: Drop, data: str | bytes, said: str
) -> None:
    file = drop.put("bad.csv", data)
    drop.age(file, 60)
    drop.look()
    assert drop.names("refused") == ["bad.csv", "bad.csv.txt"]
    text = (drop.folder / "refused" / "bad.csv.txt").read_text("utf-8-sig")
    assert said in text
    assert drop.refused == [("bad.csv", text.strip())]
    assert len(text) > 10


def test_a_kill_between_answer_and_done_says_the_same_again(drop: Drop) -> None:
    drop.put("k.csv", CSV)
    drop.look()
    for number in (1, 2):
        drop.shop.scan(box(number))
    drop.look()
    first = drop.answer("k.json")
    # The answer was renamed, the original was still in `in`.
    os.replace(drop.folder / "done" / "k.csv", drop.folder / "in" / "k.csv")
    drop.begin()
    drop.look()
    assert drop.answer("k.json") == first
    assert drop.names("in") == []


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    name=st.sampled_from(["x.csv", "x.json", "x.dbf", "x.xlsx"]),
    data=st.one_of(st.binary(max_size=400), st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace"))),
)  # fmt: skip
def test_no_file_breaks_the_folder(drop: Drop, name: str, data: bytes) -> None:
    file = drop.put(name, data)
    drop.age(file, 60)
    drop.look()
    assert drop.names("in") == []


def test_tickets_of_several_numbers_in_one_file_are_all_answered(drop: Drop) -> None:
    drop.put("many.csv", CSV + "T2,1,Y3,枸杞子,1,32.00,自费\n")
    drop.look()
    for number in (1, 2):
        drop.shop.scan(box(number))
    drop.look()
    assert [one["ticket"] for one in drop.answer("many.json")] == ["T1", "T2"]
    ticket = drop.tickets.look("T2").result().ticket
    assert ticket
    assert ticket.state is TicketState.SETTLED
