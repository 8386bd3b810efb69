"""Boxes go from one store to its sister by a file: two real homes, each with its own ledger."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from pharmacy_desk.adapters.home import Home
from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.commands import main
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.movement import MovementKind
from pharmacy_desk.core.stock.supplier_words import SupplierWords
from pharmacy_desk.counter import news
from pharmacy_desk.counter.stock.movements import Wanted
from pharmacy_desk.counter.stock.wishes import Order
from pharmacy_desk.counter.views.stock_answers import MoveDid
from pharmacy_desk.wiring.counter import Counter
from pharmacy_desk.wiring.files import import_file, import_trade_file, move_file
from pharmacy_desk.wiring.options import Options
from tests.gui.conftest import CATALOGUE

LOT = Batch("L1", date(2026, 1, 2), date(2028, 1, 1))
OTHER = Batch("L2", None, date(2027, 6, 30))
OWN_NAMES = "业务编号,发货方,我方货号,批次,到期,件\nOWN-1,示例医药,A3,L1,2028-01-01,4\n"
Open = Callable[[str], Counter]


def a1(number: int) -> str:
    return f"8436282{number:013d}"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Open]:
    """Opens the home of a name, with the small catalogue; one at a time."""
    opened: list[Counter] = []

    def close() -> None:
        while opened:
            opened.pop().stop()

    def open_(name: str) -> Counter:
        close()
        home = Home(tmp_path / name)
        new = not home.ledger.exists()
        home.make()
        made = Counter(home, Options(own_practice_platform=False), lambda _: None)
        opened.append(made)
        if new:
            table = tmp_path / "catalogue.csv"
            table.write_text(CATALOGUE, encoding="utf-8")
            import_file(made, table, made.desk_lane.call)
        return made

    open_.close = close  # type: ignore[attr-defined]
    yield open_
    close()


def post(counter: Counter, kind: MovementKind, *wanted: Wanted, party: str) -> str:
    order = Order(kind, wanted, party, "SH-0")
    number = counter.desk_lane.call(lambda: counter.keeper.post(order)).number
    assert number
    return number


def command(*words: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = main.main(list(words))
    told = capsys.readouterr()
    return code, told.out, told.err


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_transfer_arrives_with_its_lots_and_dates(
    store: Open, tmp_path: Path, capsys: pytest.CaptureFixture[str], suffix: str
) -> None:
    sender = store("one")
    boxes = (Wanted(a1(1), "A1", LOT), Wanted(a1(2), "A1", LOT), Wanted(a1(3), "A1", OTHER))
    post(sender, MovementKind.DELIVERY, *boxes, party="示例医药")
    sent = post(
        sender, MovementKind.TRANSFER_OUT, *(Wanted(a1(n)) for n in (1, 2, 3)), party="示例二店"
    )
    store.close()  # type: ignore[attr-defined]
    home, file = tmp_path / "one", tmp_path / f"transfer{suffix}"
    code, out, _ = command(
        "--home", str(home), "--json", "document", sent, "--file", str(file), capsys=capsys
    )
    assert code == 0
    assert [(line["lot"], line["quantity"]) for line in json.loads(out)["lines"]] == [
        ("L1", 2), ("L2", 1),
    ]  # fmt: skip
    receiver = store("two")
    report = import_trade_file(receiver, "codes", file)
    assert (report.added, report.rejected, report.unknown_columns) == (3, [], ())
    ledger = receiver.ledger
    records = [receiver.desk_lane.call(lambda n=n: ledger.boxes.record(a1(n))) for n in (1, 3)]  # type: ignore[misc]
    assert [record.batch for record in records if record] == [LOT, OTHER]
    assert {record.party for record in records if record} == {sender.settings.text("store.name")}
    store.close()  # type: ignore[attr-defined]
    with_reader = Reader(Home(tmp_path / "two").ledger)
    (came,) = with_reader.documents.listed(None, None, 9)
    with_reader.close()
    assert (came.kind, came.reference, came.boxes) == (MovementKind.TRANSFER_IN, sent, 3)
    for name in ("one", "two"):
        assert check(Home(tmp_path / name).ledger).problems == ()


def test_the_record_and_the_goods_of_a_receiving_are_written_by_command(
    store: Open, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number = post(store("one"), MovementKind.DELIVERY, Wanted(a1(1), "A1", LOT), party="=1+1")
    store.close()  # type: ignore[attr-defined]
    home, record, goods = tmp_path / "one", tmp_path / "record.csv", tmp_path / "goods.csv"
    code, out, _ = command(
        "--home", str(home), "document", number, "--record", str(record), "--file", str(goods),
        capsys=capsys,
    )  # fmt: skip
    assert (code, number in out) == (0, True)
    assert "'=1+1" in record.read_text("utf-8-sig")
    text = goods.read_text("utf-8-sig")
    assert text.startswith("单号,供货单位,商品编码")
    assert "SH-0,'=1+1,A1" in text
    code, out, err = command("--home", str(home), "document", "none", capsys=capsys)
    assert (code, out, "none" in err) == (2, "", True)


def test_the_command_reads_a_delivery_by_what_was_learned_else_names_what_is_missing(
    store: Open, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "own.csv"
    file.write_text(OWN_NAMES, encoding="gb18030")
    store("one")
    store.close()  # type: ignore[attr-defined]
    words = ("--home", str(tmp_path / "one"), "--json", "import", "delivery", str(file))
    code, out, err = command(*words, capsys=capsys)
    assert (code, out) == (2, "")
    assert "单号" in err
    assert "数量" in err
    counter = store("one")
    names = {"业务编号": "number", "发货方": "supplier", "我方货号": "code", "批次": "lot",
             "到期": "expiry", "件": "quantity"}  # fmt: skip
    counter.desk_lane.call(lambda: counter.keeper.learn_headers("示例医药", names))
    store.close()  # type: ignore[attr-defined]
    code, out, _ = command(*words, capsys=capsys)
    assert (code, json.loads(out)["added"]) == (0, 4)


def test_the_command_names_an_unknown_drug_by_its_suppliers_words_and_uses_an_answer(
    store: Open, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "delivery.csv"
    file.write_text(
        "单号,供货单位,品名,规格型号,批号,到期,数目,追溯码\n"
        "SH-7,示例医药,某新药片,10mg*7片,L1,2028-01-01,1,\n",
        encoding="utf-8",
    )
    store("one")
    store.close()  # type: ignore[attr-defined]
    words = ("--home", str(tmp_path / "one"), "import", "delivery", str(file))
    code, out, _ = command(*words, capsys=capsys)
    assert code == 1
    assert "row 2: unknown_drug 某新药片 10mg*7片" in out
    counter = store("one")
    said = SupplierWords("示例医药", "某新药片", "10mg*7片")
    counter.desk_lane.call(lambda: counter.keeper.learn_drug(said, "A3"))
    store.close()  # type: ignore[attr-defined]
    file.write_text(
        "单号,供货单位,品名,规格型号,批号,到期,数目\n"
        "SH-8,示例医药,某新药片,10mg*7片,L1,2028-01-01,3\n",
        encoding="utf-8",
    )
    code, out, _ = command("--json", *words, capsys=capsys)
    assert (code, json.loads(out)["added"]) == (0, 3)


def test_a_moved_file_tells_number_and_party_and_its_name_stands_in(
    store: Open, tmp_path: Path
) -> None:
    counter = store("one")
    heard: list[news.News] = []
    counter.listen(heard.append)
    plain, told = tmp_path / "从二店来.csv", tmp_path / "x.csv"
    plain.write_text(f"追溯码,商品编码\n{a1(1)},A1\n", encoding="utf-8")
    told.write_text(f"单号,供货单位,追溯码,商品编码\nDB-9,三店,{a1(2)},A1\n", encoding="utf-8")
    for wished in (
        move_file(counter, "transfer_in", plain, party="二店"),
        move_file(counter, "transfer_in", told, party="二店", reference="typed"),
    ):
        assert wished.result(timeout=30).what is MoveDid.POSTED
    reader = Reader(counter.home.ledger)
    found = {one.reference: one.party for one in reader.documents.listed(None, None, 9)}
    reader.close()
    assert found == {"从二店来": "二店", "DB-9": "三店"}
    assert sum(isinstance(one, news.Moved) for one in heard) == 2
    assert counter.desk_lane.call(lambda: counter.ledger.boxes.state(a1(2))) is BoxState.ON_SHELF
