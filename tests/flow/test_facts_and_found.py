"""Facts that arrive between two days, through the real program: packs, and a box found again."""

import json
from pathlib import Path
from typing import Any

from tests.flow.test_rehearsals import program
from tests.practice import practice_home

# Ibuprofen of the practice home's sample catalogue.
OUTER, INNER = "84362829000000000001", "84362821000000000001"


def play(home: Path, *steps: str) -> dict[str, Any]:
    script = home.parent / "day.txt"
    script.write_text("\n".join(steps), encoding="utf-8")
    practice_home(home)
    done = program("--home", home, "--json", "rehearse", script, "--port", "replay")
    assert done.stdout, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def checked(home: Path) -> list[str]:
    done = program("--home", home, "ledger", "check", "--json")
    problems: list[str] = json.loads(done.stdout)["problems"]
    return problems


def test_an_outer_pack_on_hold_is_refused_by_name_when_resumed_and_when_paid(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    first = play(home, f"scan {OUTER}", "hold")
    assert first["ok"], first
    table = tmp_path / "packs.csv"
    table.write_text(f"追溯码,上级码,包装级别\n{INNER},{OUTER},1\n{OUTER},,2\n", encoding="utf-8")
    assert program("--home", home, "import", "packs", table).returncode == 0
    told = play(
        home, f"scan {INNER}", "pay self", "resume 1", "expect_refused NOT_PAYABLE", "pay self",
        "expect_refused NOT_PAYABLE", "undo", "expect_sales 1",
    )  # fmt: skip
    assert told["ok"], told
    assert [one["boxes"] for one in told["refused"]] == [
        [{"code": OUTER, "verdict": "OUTER_PACK"}]
    ] * 2
    assert checked(home) == []


def test_a_box_booked_as_missing_is_found_sold_and_the_ledger_stays_in_order(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    codes = [f"8436282200000000000{n}" for n in (1, 2)]
    (tmp_path / "in.csv").write_text(
        "单号,供货单位,药品标识码,生产批号,生产日期,有效期至,数量,追溯码\n"
        + "".join(f"D1,示例医药,8436282,L1,2026-01-01,2039-01-01,1,{code}\n" for code in codes),
        encoding="utf-8",
    )
    (tmp_path / "count.csv").write_text(f"追溯码\n{codes[0]}\n", encoding="utf-8")
    told = play(
        home, f"receive {tmp_path / 'in.csv'}", f"stocktake {tmp_path / 'count.csv'}",
        f"scan {codes[1]}", "expect OK", "pay self", "expect_sales 1",
    )  # fmt: skip
    assert told["ok"], told
    assert checked(home) == []
    shown = json.loads(program("--home", home, "code", codes[1], "--json").stdout)
    events = [one["event"] for one in shown["events"]]
    assert events.index("box_missing") < events.index("box_found") < events.index("box_reserved")
