"""The old system's sales through the real command, and a day that meets them."""

import json
from pathlib import Path

from pharmacy_desk.adapters.files.dbf_table import write_dbf
from tests.flow.test_facts_and_found import checked, play
from tests.flow.test_rehearsals import program

SOLD, TWICE, FREE = (f"8436282100000000007{n}" for n in (1, 2, 3))
ROWS = f"""追溯码,销售时间,单号,商品编码,数量,营业员,会员
{SOLD},2024-05-03 10:12:33,XS1,Y1,1,王,A
{TWICE},2024-05-03 10:12:33,XS1,Y1,1,王,A
{TWICE},2024-06-03 10:12:33,XS2,Y1,1,李,B
{FREE},2024-06-03 10:12:33,XS3,Y1,1,李,B
{FREE},2024-06-04 10:12:33,TH3,Y1,-1,李,B
"""


def test_a_file_of_gb18030_is_imported_and_its_codes_are_refused(tmp_path: Path) -> None:
    home, file = tmp_path / "home", tmp_path / "old.csv"
    play(home, "expect_sales 0")
    file.write_bytes(ROWS.encode("gb18030"))
    dry = program("--home", home, "import", "sales", file, "--dry-run", "--json")
    assert (dry.returncode, json.loads(dry.stdout)["added"]) == (0, 5)
    done = program("--home", home, "import", "sales", file, "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["read"], told["added"]) == (1, 5, 5), done.stderr
    assert [(one["row"], one["code"], one["reason"]) for one in told["findings"]] == [
        (4, TWICE, "sold_twice")
    ]
    assert told["unknown_columns"] == ["会员"]
    assert "row 6" in done.stderr
    again = json.loads(program("--home", home, "import", "sales", file, "--json").stdout)
    assert (again["went_on_after"], again["added"], again["findings"]) == (6, 0, told["findings"])
    day = play(
        home, f"scan {SOLD}", "expect SOLD_HERE", f"scan {FREE}", "expect OK_UNRECEIVED",
        f"scan {TWICE}", "expect SOLD_HERE", "pay self", "expect_sales 1",
    )  # fmt: skip
    assert day["ok"], day
    life = json.loads(program("--home", home, "code", SOLD, "--json").stdout)
    first = life["events"][0]
    assert (first["event"], first["document"]) == ("past_sold", "XS1")
    assert life["state"] == "sold"
    assert checked(home) == []


def test_an_old_dbf_is_read_like_any_table(tmp_path: Path) -> None:
    home, file = tmp_path / "home", tmp_path / "old.dbf"
    play(home, "expect_sales 0")
    write_dbf(file, [row.split(",") for row in ROWS.splitlines()])
    done = program("--home", home, "import", "sales", file, "--json")
    told = json.loads(done.stdout)
    assert (told["read"], told["added"]) == (5, 5), done.stderr
    assert checked(home) == []
