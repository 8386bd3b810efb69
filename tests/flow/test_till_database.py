"""A chain's IT sets the till's database up: password, query, drug list; no code is written."""

import contextlib
import io
import json
import sqlite3
from pathlib import Path

import pytest

from pharmacy_desk.adapters.secrets import Secrets
from pharmacy_desk.commands.main import main

pytest.importorskip("sqlalchemy", reason="the optional extra sql is not installed")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A practice home beside a till's database of its own words."""
    with contextlib.closing(sqlite3.connect(tmp_path / "erp.db")) as conn:
        conn.executescript(
            """CREATE TABLE xs (XSDH TEXT, SPBM TEXT, SL INTEGER, FKFS TEXT);
               INSERT INTO xs VALUES ('T1', 'Y00001', 2, '自费'), ('T2', 'Y00001', 1, '现金');
               CREATE TABLE sp (bm TEXT, mc TEXT);
               INSERT INTO sp VALUES ('Q1', '新药片'), ('Q2', '新药丸');"""
        )
    (tmp_path / "tickets.sql").write_text("SELECT * FROM xs", encoding="utf-8")
    (tmp_path / "drugs.sql").write_text("SELECT bm AS 商品编码, mc AS 商品名称 FROM sp", "utf-8")
    made = tmp_path / "home"
    made.mkdir()
    (made / "practice.toml").write_text(
        f"""[till]
sql_url = "sqlite:///{tmp_path}/erp.db"
sql_tickets = "{tmp_path}/tickets.sql"
sql_catalogue = "{tmp_path}/drugs.sql"
columns = "XSDH=小票号;SPBM=商品编码;SL=数量;FKFS=付款方式"
""",
        encoding="utf-8",
    )
    return made


def test_the_query_is_tried_before_it_is_used(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--home", str(home), "--json", "till", "query"]
    assert main(words) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["rows"], told["tickets"]) == (2, ["T1", "T2"])
    (home.parent / "tickets.sql").write_text("SELECT XSDH, SL FROM xs", encoding="utf-8")
    assert main(words) == 1
    assert json.loads(capsys.readouterr().out)["missing"]
    (home.parent / "tickets.sql").write_text("DELETE FROM xs", encoding="utf-8")
    assert main(words) == 2
    assert "SELECT" in capsys.readouterr().err


def test_the_drug_list_comes_from_the_database(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--home", str(home), "--json", "import", "catalogue", "--from-sql"]
    assert main(words) == 0
    assert json.loads(capsys.readouterr().out)["added"] == 2
    assert main(words) == 0
    assert json.loads(capsys.readouterr().out)["added"] == 0
    assert main([*words[:4], "stock", "--from-sql"]) == 2


def test_the_password_is_kept_where_secrets_are(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("g3h31m\n"))
    assert main(["--home", str(home), "till", "password"]) == 0
    assert Secrets(home).get("till.sql_password") == "g3h31m"
    assert "g3h31m" not in capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert main(["--home", str(home), "till", "password"]) == 2
