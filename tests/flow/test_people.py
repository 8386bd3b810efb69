"""People on the real program: approvals by the script's step, lock-outs, sign-in, the sale's chain."""

import json

import pytest

from tests.flow.test_rehearsals import program, rehearse

BOX = "84362820442053402132"
OTHER = "84362820442053402133"


def table(path, heads, *rows):
    path.write_text("\n".join(",".join(row) for row in (heads, *rows)), encoding="utf-8")
    return path


def play(tmp_path, *steps, port="replay", settings=""):
    home, script = tmp_path / "home", tmp_path / "script.txt"
    home.mkdir(exist_ok=True)
    (home / "practice.toml").write_text(settings, encoding="utf-8")
    script.write_text("\n".join(steps), encoding="utf-8")
    done, report = rehearse(home, script, "--port", port)
    assert done.returncode == 0, report
    return home, report


@pytest.mark.parametrize("port", ["replay", "wedge"])
def test_a_payment_waits_for_the_manager_and_the_step_approves_it(tmp_path, port):
    home, report = play(
        tmp_path, "item 6900000000014", "pay self", "expect_refused MISSING_CODES",
        "approve 001 864297135 当面核对", "expect_refused bad_pin",
        "approve 001 123456", "expect_refused no_reason",
        "approve 001 123456 当面核对", "expect_sales 1",
        "approve 001 123456 当面核对", "expect_refused nothing_to_approve",
        port=port, settings='[policy.self]\nMISSING_CODES = "approve"\n',
    )  # fmt: skip
    assert report["sales"][0]["codes"] == []
    log = tmp_path / "log.jsonl"
    assert program("--home", home, "ledger", "export", log).returncode == 0
    text = log.read_text(encoding="utf-8")
    assert "pin_refused" in text
    assert "864297135" not in text
    given = [json.loads(line) for line in text.splitlines() if "approval_given" in line]
    assert len(given) == 1
    assert "当面核对" in json.dumps(given[0], ensure_ascii=False)


def test_a_stock_take_posts_its_differences_after_the_managers_yes(tmp_path):
    heads = ("单号", "供货单位", "商品编码", "生产批号", "生产日期", "有效期至", "数量", "追溯码")
    lot = ("L1", "2025-01-01", "2029-01-01", "1")
    delivery = table(
        tmp_path / "in.csv", heads, ("D1", "示例医药", "Y00001", *lot, BOX),
        ("D1", "示例医药", "Y00001", *lot, OTHER),
    )  # fmt: skip
    shelf = table(tmp_path / "shelf.csv", ("追溯码",), (BOX,))
    home, _ = play(
        tmp_path, f"receive {delivery}", f"stocktake {shelf}", "expect_refused APPROVAL",
        "approve 001 123456 盘过两遍",
        settings='[approval]\ncount = "approve"\n',
    )  # fmt: skip
    told = json.loads(program("--home", home, "code", OTHER, "--json").stdout)
    assert told["state"] == "missing"


def test_wrong_pins_lock_a_number_over_a_kill(tmp_path):
    wrong = ["operator 001 000000", "expect_refused bad_pin"] * 5
    play(
        tmp_path, f"scan {BOX}", *wrong, "operator 001 123456", "expect_refused locked_out", "kill",
        "operator 001 123456", "expect_refused locked_out", "pay self", "expect_sales 1",
    )  # fmt: skip
