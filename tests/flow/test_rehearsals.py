"""Whole days at the counter, on the real program, against the real practice platform."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import requests

from pharmacy_desk.commands.main import main
from tests.practice import practice_home

SCRIPTS = Path(__file__).parents[1] / "data" / "rehearsals"


def program(*words, timeout=150, **more):
    return subprocess.run(
        [sys.executable, "-m", "pharmacy_desk", *map(str, words)],
        capture_output=True, text=True, timeout=timeout, check=False, **more,
    )  # fmt: skip


def at_platform(url):
    with requests.get(url + "/_records", timeout=10) as answer:
        return Counter(code for row in answer.json()["records"] for code in row["codes"])


def rehearse(home, script, *more, fresh=False):
    """Play a script in a practice home; a `fresh` one is made by the program itself."""
    if not fresh:
        practice_home(home)
    done = program("--home", home, "--json", "rehearse", script, *more)
    assert done.stdout, done.stderr
    return done, json.loads(done.stdout)


@pytest.mark.parametrize(("script", "port"), [("morning", "pty"), ("first-look", "replay")])
def test_every_sold_code_is_at_the_platform_exactly_once(tmp_path, platform, script, port):
    home = tmp_path / "home"
    done, report = rehearse(
        home, SCRIPTS / f"{script}.txt", "--platform", platform, "--port", port,
        fresh=script == "first-look",
    )  # fmt: skip
    assert done.returncode == 0, report["failed"] or report["problems"]
    if script == "morning":
        _every_scan_has_one_verdict_of_the_contract(report)
    sold = Counter(code for sale in report["sales"] for code in sale["codes"])
    assert set(sold.values()) == {1}
    assert at_platform(platform) == sold
    assert report["outbox"] == {"accepted": report["outbox"]["accepted"], "queued": 0,
                                "refused": 0, "unknown": 0}  # fmt: skip
    check = program("--home", home, "ledger", "check", "--json")
    assert check.returncode == 0
    assert json.loads(check.stdout)["ok"] is True
    for sale in report["sales"]:
        paper = (home / "practice-receipts" / f"{sale['receipt']}.escpos").read_bytes()
        assert all(code.encode() in paper for code in sale["codes"])


def _every_scan_has_one_verdict_of_the_contract(report):
    assert report["scans"] == len(report["verdicts"]) >= 60
    assert {"OK_UNRECEIVED", "IN_THIS_SALE", "SOLD_HERE", "ITEM", "NOT_TRACE", "DAMAGED",
            "UNMAPPED", "HELD_ELSEWHERE"} <= set(report["verdicts"])  # fmt: skip


def test_another_tills_ticket_is_captured_and_settled(tmp_path, platform):
    told = (SCRIPTS / "ticket.txt").read_text("utf-8")
    script = tmp_path / "ticket.txt"
    script.write_text(told.replace("ticket.json", str(SCRIPTS / "ticket.json")), "utf-8")
    done, report = rehearse(tmp_path / "home", script, "--platform", platform, fresh=True)
    assert done.returncode == 0, report["failed"] or report["problems"]
    assert [sale["codes"] for sale in report["sales"]] == [
        ["84362821234567890124", "84362821234567890125"]
    ]


def test_the_wedge_sells_through_the_screens_own_keys(tmp_path):
    done, report = rehearse(tmp_path / "home", SCRIPTS / "wedge.txt", "--port", "wedge")
    assert done.returncode == 0, report["failed"] or report["problems"]
    assert [sale["paid"] for sale in report["sales"]] == ["insured", "self"]


def test_a_real_home_is_never_rehearsed_on(tmp_path):
    (tmp_path / "settings.toml").write_text('[store]\ncode = "P44030000002"\n', encoding="utf-8")
    done = program("--home", tmp_path, "rehearse", SCRIPTS / "first-look.txt")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def _refused(capsys, *words):
    """What the command says on standard error when it refuses; nothing is started for it."""
    assert main([str(word) for word in words]) == 2
    return capsys.readouterr().err


def test_a_practice_home_reaches_loopback_only(tmp_path, capsys):
    url = "http://192.0.2.1:80"
    script = SCRIPTS / "first-look.txt"
    assert "192.0.2.1" in _refused(
        capsys, "--home", tmp_path, "rehearse", script, "--platform", url
    )


@pytest.mark.parametrize(
    "url",
    ["http://192.0.2.1:80\\@127.0.0.1/", "http://[::1", "http://127.0.0.1:99999", "http://x@::1"],
)
def test_what_is_no_plain_address_is_refused_with_a_sentence(tmp_path, capsys, url):
    script = SCRIPTS / "first-look.txt"
    assert "no address" in _refused(
        capsys, "--home", tmp_path, "rehearse", script, "--platform", url
    )
    kept = tmp_path / "practice.toml"
    kept.write_text(f"[platform]\nurl = '{url}'\n", encoding="utf-8")
    told = _refused(capsys, "--home", tmp_path, "sync", "--once")
    assert "platform.url" in told
    assert told.count("\n") == 1


@pytest.mark.parametrize("line", ["fly away", "pay", "lot A B", "rx X 1"])
def test_a_wrong_script_is_refused_with_its_line(tmp_path, capsys, line):
    script = tmp_path / "s.txt"
    script.write_text(f"scan 1\n{line}\n", encoding="utf-8")
    assert "line 2" in _refused(capsys, "--home", tmp_path / "h", "rehearse", script)


def test_a_failed_expectation_is_told_and_ends_with_1(tmp_path):
    script = tmp_path / "s.txt"
    script.write_text("scan 84362820442053402132\nexpect SOLD_HERE\n", encoding="utf-8")
    done, report = rehearse(tmp_path / "h", script)
    assert done.returncode == 1
    assert report["ok"] is False
    assert report["failed"][0]["found"] == "OK_UNRECEIVED"


def test_return_is_posted_and_the_box_is_not_sold_again(tmp_path, platform):
    script = tmp_path / "s.txt"
    script.write_text("scan 84362820442053402132\npay insured\n", encoding="utf-8")
    home = tmp_path / "h"
    _, report = rehearse(home, script, "--platform", platform)
    receipt = report["sales"][0]["receipt"]
    program("--home", home, "receipt", receipt, "--codes", tmp_path / "goods.csv")
    head, row = (tmp_path / "goods.csv").read_text("utf-8-sig").splitlines()
    assert (head.split(",")[-1], row.split(",")[-1]) == ("追溯码", "84362820442053402132")
    script.write_text(
        f"return {receipt} 84362820442053402132 质量问题\n"
        "scan 84362820442053402132\nexpect RETURNED_HOLD\n"
        f"return {receipt} 84362820442053402132 质量问题\nexpect_refused already_returned\n",
        encoding="utf-8",
    )
    done, report = rehearse(home, script, "--platform", platform)
    assert done.returncode == 0, report
    with requests.get(platform + "/_records", timeout=10) as answer:
        kinds = [row["infno"] for row in answer.json()["records"]]
    assert kinds == ["3505A", "3506A"]
    told = json.loads(program("--home", home, "code", "84362820442053402132", "--json").stdout)
    assert told["state"] == "returned"
    assert [e["event"] for e in told["events"]][-1] in ("scan_refused", "upload_settled")


def test_what_insurance_does_not_pay_is_refused_and_the_customer_may_pay_alone(tmp_path):
    home, diseases = tmp_path / "home", tmp_path / "门慢病种.csv"
    diseases.write_text(
        "医保编码,药品名称,病种编码\nXZ99AAZ999A999000000001,布洛芬缓释胶囊,M01600\n",
        encoding="utf-8",
    )
    brought = program("--home", home, "--json", "import", "limits", diseases)
    assert json.loads(brought.stdout)["added"] == 1, brought.stderr
    done, report = rehearse(home, SCRIPTS / "limits.txt", "--port", "replay")
    assert done.returncode == 0, report["failed"] or report["problems"]
    assert all("LIMIT" in one["reasons"] for one in report["refused"])
    assert [sale["kind"] for sale in report["sales"]] == ["self", "account", "chronic"]
