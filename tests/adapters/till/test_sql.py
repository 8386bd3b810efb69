"""A till's database: SQLite always, a real PostgreSQL where one is installed."""

import contextlib
import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pharmacy_desk.adapters.resources import words
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.settings.settings import no_password
from pharmacy_desk.counter.catalogue.importing import import_catalogue
from pharmacy_desk.counter.sale.tickets import Tickets
from pharmacy_desk.gui.words.till import WordsForTills
from tests.adapters.till import postgres
from tests.conftest import Shop, box
from tests.fakes.lane import NowLane

pytest.importorskip("sqlalchemy", reason="the optional extra sql is not installed")

from pharmacy_desk.adapters.till.sql_door import SqlDoor
from pharmacy_desk.adapters.till.sql_tickets import Rows, SqlTickets

MAKE = """
CREATE TABLE xs (xsdh VARCHAR(40), hh INTEGER, spbm VARCHAR(40), sl NUMERIC(9, 2), dj NUMERIC(9, 2),
                 fkfs VARCHAR(20), at TIMESTAMP);
CREATE TABLE sp (spbm VARCHAR(40), spmc VARCHAR(200), gg VARCHAR(80), lsj NUMERIC(9, 2));
INSERT INTO sp VALUES ('Q1', '阿莫西林胶囊', '0.25g*24粒', 12.5), ('Q2', '板蓝根颗粒', '10g*20袋', NULL);
"""
TICKETS = """-- what is open at this counter
SELECT xsdh AS "小票号", hh AS "行号", spbm AS "商品编码", sl AS "数量", dj AS "单价", fkfs AS "付款方式"
FROM xs WHERE at >= :since ORDER BY xsdh, hh;"""
DRUGS = """SELECT spbm AS "商品编码", spmc AS "商品名称", gg AS "规格", lsj AS "零售价" FROM sp"""
ENDLESS = """WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x) SELECT max(n) FROM x"""


class Database:
    """The till's database, as the till itself writes it."""

    def __init__(self, run: Callable[[str], object], url: str, password: str | None) -> None:
        self.run, self.url, self.password = run, url, password

    def sell(
        self, number: str, item: str, many: float = 2, paid: str = "自费", at: str = ""
    ) -> None:
        day = at or datetime.now().isoformat(" ", "seconds")  # noqa: DTZ005 - as a till writes it
        self.run(
            f"INSERT INTO xs VALUES ('{number}', 1, '{item}', {many}, 19.90, '{paid}', '{day}')"
        )

    def door(self, seconds: float = 20.0) -> SqlDoor:
        return SqlDoor(self.url, self.password, seconds=seconds)


@pytest.fixture
def lite(tmp_path: Path) -> Iterator[Database]:
    file = tmp_path / "till.db"
    with contextlib.closing(sqlite3.connect(file)) as conn:
        conn.executescript(MAKE)
        yield Database(lambda text: conn.executescript(text), f"sqlite:///{file}", None)


@pytest.fixture(scope="module")
def server() -> Iterator[int]:
    why = postgres.why_not()
    if why:
        pytest.skip(why)
    with postgres.server() as port:
        yield port


@pytest.fixture
def postgresql(server: int) -> Iterator[Database]:
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(
        f"host=127.0.0.1 port={server} user=boss dbname=postgres", autocommit=True
    ) as boss:
        boss.execute("DROP TABLE IF EXISTS xs, sp")
        boss.execute("DROP ROLE IF EXISTS reader")
        boss.execute(MAKE)
        boss.execute("CREATE ROLE reader LOGIN PASSWORD 'p@ss:w/rd'")
        boss.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO reader")
        url = f"postgresql+psycopg://reader@127.0.0.1:{server}/postgres"
        yield Database(boss.execute, url, "p@ss:w/rd")
        boss.execute("DROP OWNED BY reader")


@pytest.fixture(params=["lite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


@pytest.fixture
def query(tmp_path: Path) -> Callable[[str], Path]:
    def write(statement: str) -> Path:
        file = tmp_path / "query.sql"
        file.write_text(statement, encoding="utf-8")
        return file

    return write


def fault_of(job: Callable[[], object]) -> Fault:
    with pytest.raises(WorldError) as told:
        job()
    return told.value.fault


def test_open_tickets_come_as_a_table(database: Database, query: Callable[[str], Path]) -> None:
    now = datetime.now().astimezone()
    database.sell("T1", "Y1")
    database.sell("T0", "Y1", at="2020-01-01 00:00:00")
    rows = database.door().rows(query(TICKETS), 100, now - timedelta(hours=1))
    assert rows == [
        (1, ["小票号", "行号", "商品编码", "数量", "单价", "付款方式"]),
        (2, ["T1", "1", "Y1", "2", "19.9", "自费"]),
    ]


def test_what_changes_anything_is_never_sent(
    database: Database, query: Callable[[str], Path]
) -> None:
    database.sell("T1", "Y1")
    door = database.door()
    for statement in ("DELETE FROM xs", "SELECT 1; DELETE FROM xs", "SELECT 1 WHERE 1 = :other"):
        assert fault_of(lambda told=statement: door.rows(query(told), 9)) is Fault.SQL_NOT_READING
    assert len(door.rows(query("SELECT * FROM xs"), 9)) == 2


def test_postgresql_itself_refuses_what_a_function_would_write(
    postgresql: Database, query: Callable[[str], Path]
) -> None:
    postgresql.run(
        "CREATE OR REPLACE FUNCTION gone() RETURNS int LANGUAGE sql AS 'DELETE FROM xs; SELECT 1'"
    )
    postgresql.sell("T1", "Y1")
    with pytest.raises(WorldError) as told:
        postgresql.door().rows(query("SELECT gone()"), 9)
    assert told.value.fault is Fault.SQL_FAILED
    assert "read-only transaction" in str(told.value.params["detail"])


def test_a_query_that_hangs_is_given_up_and_the_next_is_answered(
    database: Database, query: Callable[[str], Path]
) -> None:
    begin = time.monotonic()
    door = database.door(seconds=0.5)
    assert fault_of(lambda: door.rows(query(ENDLESS), 9)) in (Fault.SQL_SLOW, Fault.SQL_FAILED)
    assert time.monotonic() - begin < 10
    until = time.monotonic() + 10
    while time.monotonic() < until:
        with contextlib.suppress(WorldError):
            assert door.rows(query("SELECT 1 AS a"), 9)[1] == (2, ["1"])
            return
        time.sleep(0.1)
    raise AssertionError("the question that hung is in the way")


def test_what_is_wrong_is_said(
    lite: Database, query: Callable[[str], Path], tmp_path: Path
) -> None:
    door = lite.door()
    lite.sell("T1", "Y1")
    lite.sell("T2", "Y1")
    assert fault_of(lambda: door.rows(query("SELECT no FROM xs"), 9)) is Fault.SQL_FAILED
    assert fault_of(lambda: door.rows(query("SELECT * FROM xs"), 1)) is Fault.SQL_TOO_MANY
    assert fault_of(lambda: door.rows(tmp_path / "none.sql", 9)) is Fault.FILE_MISSING
    away = SqlDoor(f"sqlite:///{tmp_path}/none.db", None)
    assert fault_of(lambda: away.rows(query("SELECT 1"), 9)) is Fault.SQL_FAILED
    assert not (tmp_path / "none.db").exists()
    for url in ("no address", "nosuch://host/db", "oracle://user@host/db"):
        assert fault_of(lambda told=url: SqlDoor(told, "secret")) is Fault.SQL_NO_DRIVER


def test_a_wrong_password_is_said_without_it(
    postgresql: Database, query: Callable[[str], Path]
) -> None:
    door = SqlDoor(postgresql.url, "wrong-word")
    with pytest.raises(WorldError) as told:
        door.rows(query("SELECT 1"), 9)
    assert told.value.fault is Fault.SQL_FAILED
    assert "wrong-word" not in str(told.value.params)


@pytest.mark.parametrize(
    ("url", "may"),
    [("", True), ("postgresql+psycopg://reader@host:5432/erp", True), ("sqlite:////x/a.db", True),
     ("mssql+pyodbc://reader@host/erp?driver=ODBC+Driver+18", True),
     ("postgresql://reader:secret@host/erp", False), ("mysql://host/erp?password=x", False),
     ("mssql+pyodbc:///?odbc_connect=DRIVER%3D;PWD=x", False), ("host", False)],
)  # fmt: skip
def test_the_address_holds_no_password(url: str, may: bool) -> None:
    assert no_password(url) is may


def test_the_drug_list_comes_in_as_from_a_file(
    database: Database, query: Callable[[str], Path], shop: Shop
) -> None:
    report = import_catalogue(
        table=iter(database.door().rows(query(DRUGS), 99)),
        catalogue=shop.ledger.catalogue,
        actor=shop.open_sale.who.actor,
        initials=lambda name: "",
        on_desk=lambda job: job(),
        whole=True,
    )
    assert (report.read, report.added, report.rejected) == (2, 2, [])
    found = shop.ledger.catalogue.find_item("Q1")
    assert found
    assert (found.name, found.spec, found.price_fen) == ("阿莫西林胶囊", "0.25g*24粒", 1250)


class Watched:
    """Tickets of a database beside a shop."""

    def __init__(self, shop: Shop, ask: Callable[[datetime], Rows], out: Path) -> None:
        self.shop, self.out = shop, out
        self.trouble: list[WorldError] = []
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
            wake_courier=lambda: None,
            receipt_words=words("receipt.zh_CN"),
        )
        self.door = SqlTickets(
            ask,
            self.tickets,
            WordsForTills(shop.clock.now),
            learned=dict,
            out=out,
            trouble=self.trouble.append,
            now=shop.clock.now,
        )

    def answers(self) -> dict[str, Any]:
        return {file.name: json.loads(file.read_text("utf-8")) for file in self.out.glob("*.json")}


@pytest.fixture
def watched(
    database: Database, query: Callable[[str], Path], shop: Shop, tmp_path: Path
) -> Watched:
    file = query(TICKETS.replace(":since", "'2026-01-02'"))
    door = database.door()
    return Watched(shop, lambda _since: door.rows(file, 100), tmp_path / "out")


def test_a_ticket_from_the_database_to_its_answer(watched: Watched, database: Database) -> None:
    database.sell("2026/11/29-1", "Y1", at="2026-11-29 10:00:00")
    watched.door.look()
    watched.shop.scan(box(1))
    watched.door.look()
    assert watched.answers() == {}
    watched.shop.scan(box(2))
    watched.door.look()
    answer = watched.answers()["sql-2026%2F11%2F29-1.json"]
    assert (answer["state"], answer["lines"][0]["codes"]) == ("settled", [box(1), box(2)])
    watched.door.look()
    assert (watched.trouble, len(watched.answers())) == ([], 1)


def test_the_same_number_with_another_content_says_what_differs_once(
    watched: Watched, database: Database
) -> None:
    database.sell("T1", "Y1", at="2026-11-29 10:00:00")
    watched.door.look()
    database.run("UPDATE xs SET sl = 3")
    watched.door.look()
    watched.door.look()
    (told,) = watched.trouble
    assert (told.fault, told.params["ticket"]) == (Fault.TILL_TICKET_REFUSED, "T1")
    assert "lines[0].quantity" in str(told.params["why"])


def test_a_bad_row_stops_no_other_ticket(watched: Watched, database: Database) -> None:
    database.sell("T1", "Y1", many=0.5, at="2026-11-29 10:00:00")
    database.sell("T2", "Y1", paid="月结", at="2026-11-29 10:00:00")
    database.sell("T3", "Y1", at="2026-11-29 10:00:00")
    watched.door.look()
    assert [one.params["ticket"] for one in watched.trouble] == ["T1", "T2"]
    assert watched.tickets.look("T3").result().ticket


def test_nobody_s_number_is_shown(watched: Watched, database: Database) -> None:
    person = "11010119850312902X"
    database.sell(person, "Y1", at="2026-11-29 10:00:00")
    watched.door.look()
    (told,) = watched.trouble
    assert person not in str(told.params)


def test_a_database_that_is_away_is_told_once_and_again_when_it_was_back(
    shop: Shop, tmp_path: Path
) -> None:
    away = iter((True, True, False, True))
    asked: list[datetime] = []

    def ask(since: datetime) -> Rows:
        asked.append(since)
        if next(away):
            raise WorldError(Fault.SQL_FAILED, detail="no route")
        return [(1, ["小票号", "商品编码", "数量", "付款方式"])]

    watched = Watched(shop, ask, tmp_path)
    for _ in range(4):
        watched.door.look()
    assert [one.fault for one in watched.trouble] == [Fault.SQL_FAILED] * 2
    assert asked[0] == asked[2] < asked[3]


def test_a_query_without_our_columns_says_which(shop: Shop, tmp_path: Path) -> None:
    watched = Watched(shop, lambda _: [(1, ["XSDH", "数量"])], tmp_path)
    watched.door.look()
    (told,) = watched.trouble
    assert told.fault is Fault.SQL_COLUMNS
    assert "小票号" in str(told.params["missing"])
