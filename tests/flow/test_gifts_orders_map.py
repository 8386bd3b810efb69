"""Gifts, online orders and the three-code map from outside: rehearsal and commands."""

import csv
import json

import requests

from tests.flow.test_rehearsals import SCRIPTS, program, rehearse

GIFT = "84418690000000000024"
PAID = "84418690000000000017"


def test_an_order_with_a_gift_survives_hold_and_kill_and_is_uploaded_at_no_price(
    tmp_path, platform
):
    home = tmp_path / "home"
    script = SCRIPTS / "gifts-and-orders.txt"
    done, report = rehearse(home, script, "--platform", platform, "--port", "replay")
    assert done.returncode == 0, report["failed"] or report["problems"]
    ordered = next(sale for sale in report["sales"] if GIFT in sale["codes"])
    assert ordered["codes"] == [PAID, GIFT]
    assert ordered["total_fen"] == 3760
    with requests.get(platform + "/_records", timeout=10) as answer:
        records = answer.json()["records"]
    assert {code for row in records for code in row["codes"]} >= {PAID, GIFT}
    shown = program("--home", home, "--json", "receipt", ordered["receipt"])
    text = "".join(json.loads(shown.stdout)["rows"])
    assert "【赠品】" in text
    assert "330155420192" in text
    newest = program("--home", home, "--json", "receipt", "330155420192")
    assert json.loads(newest.stdout)["receipt"] == report["sales"][-1]["receipt"]
    check = program("--home", home, "--json", "ledger", "check")
    assert json.loads(check.stdout) == json.loads(check.stdout) | {"ok": True, "problems": []}


def test_the_map_is_imported_by_number_and_reason_and_exported_again(tmp_path):
    home, table = tmp_path / "home", tmp_path / "map.csv"
    catalogue = tmp_path / "items.csv"
    catalogue.write_text("商品编码,商品名称,药品标识码\nA1,甲,8436282\nA2,乙,\n", "utf-8")
    assert program("--home", home, "import", "catalogue", catalogue).returncode == 0
    table.write_text("药品标识码,商品编码,包装级别\n8555555,A2,3\n8436282,A2,1\n", "utf-8")
    for words in (("--dry-run",), ()):
        done = program("--home", home, "--json", "import", "map", table, *words)
        found = json.loads(done.stdout)
        assert (found["read"], found["added"], found["changed"]) == (2, 1, 0)
        assert [(bad["row"], bad["reason"]) for bad in found["rejected"]] == [(3, "conflict")]
        assert done.returncode == 1
    out = tmp_path / "out.csv"
    done = program("--home", home, "--json", "export", "map", out)
    assert json.loads(done.stdout)["written"] == 2
    with out.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [
            ["药品标识码", "商品编码", "包装级别"], ["8436282", "A1", "1"], ["8555555", "A2", "3"],
        ]  # fmt: skip
    again = program("--home", home, "--json", "import", "map", out)
    assert json.loads(again.stdout)["added"] == 0
    assert again.returncode == 0
    assert program("--home", home, "ledger", "check").returncode == 0


def test_an_export_that_cannot_be_written_is_one_sentence(tmp_path):
    home = tmp_path / "home"
    items = tmp_path / "items.csv"
    items.write_text("商品编码,商品名称\nA1,甲\n", "utf-8")
    assert program("--home", home, "import", "catalogue", items).returncode == 0
    done = program("--home", home, "export", "map", tmp_path / "nowhere" / "map.csv")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()
