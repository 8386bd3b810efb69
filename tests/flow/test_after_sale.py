"""Repeats, boxes put back and codes settled elsewhere, rehearsed on the real program."""

import subprocess
import sys

import pytest

from tests.flow.test_rehearsals import rehearse

FIRST, SECOND = "84362820442053402132", "84362820442053402199"
SOLD_ELSEWHERE = f"""
[[sold]]
code = "{FIRST}"
store = "P44030000009"
at = "2026-11-20 10:00:00"
"""


@pytest.fixture
def elsewhere(tmp_path):
    """A practice platform where another store has sold a box; gives its address."""
    faults = tmp_path / "faults.toml"
    faults.write_text(SOLD_ELSEWHERE, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "pharmacy_desk", "sandbox", "--port", "0", "--faults", str(faults),
         "--with-parent"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    yield process.stdout.readline().strip()
    process.stdin.close()
    process.wait(timeout=10)
    process.stdout.close()


def _play(tmp_path, steps, *more):
    script = tmp_path / "script.txt"
    script.write_text("\n".join(steps), encoding="utf-8")
    done, report = rehearse(tmp_path / "home", script, "--port", "replay", *more)
    assert done.returncode == 0, report["failed"] or report["problems"]
    return report


def test_the_third_repeat_waits_for_the_manager_and_a_box_is_put_back(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    # No double-read window: every scan of the script is a person's.
    text = "[scanner]\ndouble_read_ms = 0\n[sale]\nsame_day_restore = true\n"
    (home / "practice.toml").write_text(text, encoding="utf-8")
    report = _play(tmp_path, [
        *[f"scan {FIRST}"] * 4, f"scan {SECOND}", "approve 001 123456 数盒时重复扫",
        f"scan {SECOND}", "expect OK_UNRECEIVED", "pay self",
        f"restore last {SECOND} 未取走", "expect_refused APPROVAL", "approve 001 123456 未离开柜台",
        f"scan {SECOND}", "expect OK", "pay self", "expect_sales 2",
    ])  # fmt: skip
    assert report["verdicts"][:4] == ["OK_UNRECEIVED", *["IN_THIS_SALE"] * 3]
    assert report["verdicts"][4] == "ScanFailed"


def test_by_default_no_sold_box_goes_back_on_the_shelf(tmp_path):
    _play(tmp_path, [
        f"scan {FIRST}", "pay self", f"restore last {FIRST} 未取走", "expect_refused restore_off",
        f"scan {FIRST}", "expect SOLD_HERE",
    ])  # fmt: skip


def test_a_code_that_another_store_has_settled_says_so_from_then_on(tmp_path, elsewhere):
    report = _play(tmp_path, [
        f"scan {FIRST}", "expect OK_UNRECEIVED", "pay self", "wait 12",
        f"scan {FIRST}", "expect SETTLED_ON_PLATFORM",
    ], "--platform", elsewhere)  # fmt: skip
    assert report["outbox"]["refused"] == 1
