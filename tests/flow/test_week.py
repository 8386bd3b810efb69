"""A week at a store on the real program, against a model that knows only the trade's rules.

Opening stock, three deliveries (one short, one with cartons), some three hundred boxes sold whole,
in parts and typed, returns, a transfer, a stock-take and a recall. At its end every box is where
the model has it, the proof finds nothing, and the stand-alone verifier agrees; a row that is
edited, deleted or swapped is found by both.
"""

import json
import random
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from pharmacy_desk.adapters.home import Home
from pharmacy_desk.adapters.store.base import facts
from pharmacy_desk.adapters.store.check.run import check
from tests.practice import practice_home

ROOT = Path(__file__).parents[2]
# Sample drugs with a fixed identification.
DRUGS = {"Y00001": "8436282", "Y00002": "8177322", "Y00003": "8385793"}
LOT = ("W260101", "2026-01-01", "2029-01-01")


def code(drug, number):
    return f"{DRUGS[drug]}{number:013d}"


def table(path, header, rows):
    lines = [",".join(header), *(",".join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


class Week:
    """Writes the script and its files, and keeps the model: every box's state."""

    def __init__(self, folder):
        self.folder = folder
        self.random = random.Random(20261122)
        self.steps = ["duty on 001"]
        self.state = {}
        self.receipts = 0
        self.returned = []
        self.next = 1

    def fresh(self, drug):
        self.next += 1
        return code(drug, self.next)

    def deliver(self, name, amounts, short=0, cartons=False):
        rows, relations = [], []
        for drug, amount in amounts.items():
            boxes = [self.fresh(drug) for _ in range(amount)]
            if cartons:
                outer = code(drug, 9_000_000 + self.next)
                relations += [(outer, "", "2"), *((box, outer, "1") for box in boxes)]
                rows.append((name, "示例医药公司", drug, *LOT, str(amount), "10.00", outer, "2"))
            else:
                told = str(amount + short)
                rows.append((name, "示例医药公司", drug, *LOT, told, "10.00", ";".join(boxes), "1"))
            for box in boxes:
                self.state[box] = "on_shelf"
        if relations:
            table(self.folder / "packs.csv", ("追溯码", "上级码", "包装级别"), relations)
        header = ("单号", "供货单位", "商品编码", "生产批号", "生产日期", "有效期至", "数量", "单价",
                  "追溯码", "包装级别")  # fmt: skip
        table(self.folder / f"{name}.csv", header, rows)
        self.steps.append(f"receive {self.folder / name}.csv")

    def shelf(self, count, drug=None):
        here = [box for box, state in self.state.items() if state == "on_shelf"]
        here = [box for box in here if drug is None or box.startswith(DRUGS[drug])]
        return self.random.sample(here, min(count, len(here)))

    def sell(self, boxes, typed=()):
        for box in boxes:
            self.steps += [f"type {box}" if box in typed else f"scan {box}", "expect OK"]
            self.state[box] = "sold"
        self.pay()

    def pay(self):
        how = self.random.choice(["pay self", "pay self", "pay insured"])
        if how == "pay insured":
            paper = "institution=示例医院 area=440300 prescriber=示例医师 date=today"
            self.steps.append(f"rx W{self.receipts} {paper} drugs=Y00003*99")
        self.steps.append(how)
        self.receipts += 1

    def move(self, step, name, boxes, state):
        path = table(self.folder / f"{name}.csv", ("追溯码",), [(box,) for box in boxes])
        self.steps.append(f"{step} {path}")
        for box in boxes:
            self.state[box] = state


def play(home, folder, steps):
    script = folder / "week.txt"
    script.write_text("\n".join(steps) + "\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pharmacy_desk", "--home", str(home), "--json", "rehearse",
         str(script), "--port", "replay"],
        capture_output=True, text=True, timeout=170, check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def command(home, *words):
    done = subprocess.run(
        [sys.executable, "-m", "pharmacy_desk", "--home", str(home), "--json", *map(str, words)],
        capture_output=True, text=True, timeout=100, check=False, cwd=ROOT,
    )  # fmt: skip
    return done.returncode, json.loads(done.stdout) if done.stdout else done.stderr


@pytest.mark.timeout(400)
def test_a_week_ends_as_the_model_says(tmp_path):
    home, folder = tmp_path / "home", tmp_path
    practice_home(home)
    week = Week(folder)
    # Monday: opening stock, its boxes bound by their codes.
    opened = [week.fresh("Y00001") for _ in range(20)]
    stock = table(
        folder / "stock.csv", ("商品编码", "生产批号", "生产日期", "有效期至", "数量", "追溯码"),
        [("Y00001", *LOT, "20", ";".join(opened))],
    )  # fmt: skip
    week.state |= dict.fromkeys(opened, "on_shelf")
    # The practice home and its catalogue come with the first start.
    assert play(home, folder, ["expect_sales 0"])["ok"]
    status, told = command(home, "import", "stock", stock)
    assert (status, told["added"]) == (0, 20)
    # Deliveries: a whole one, a short one, one in cartons.
    week.deliver("SH-1", {"Y00001": 90, "Y00002": 60})
    week.deliver("SH-2", {"Y00003": 40}, short=2)
    week.steps.append("expect_refused no_code")
    week.deliver("SH-3", {"Y00001": 70, "Y00003": 60}, cartons=True)
    status, told = command(home, "import", "packs", folder / "packs.csv")
    assert (status, told["rejected"]) == (0, [])
    # Tuesday to Thursday: sales, one box in twenty typed by hand.
    while sum(state == "sold" for state in week.state.values()) < 270:
        boxes = week.shelf(week.random.randint(2, 9))
        week.sell(boxes, typed=boxes[:1] if week.random.random() < 0.3 else ())
    # A box is opened and sold in parts over three sales, until it is used up.
    parts = week.shelf(1, "Y00001")[0]
    for units, left in ((10, "opened"), (8, "opened"), (6, "used_up")):
        week.steps += [f"split {parts} {units}", "expect OK_SPLIT", "pay self"]
        week.receipts += 1
        week.state[parts] = left
    week.steps += [f"scan {parts}", "expect SPLIT_EXHAUSTED"]
    # A box sold twice is refused; one that comes back is never sold again.
    again = next(box for box, state in week.state.items() if state == "sold")
    week.steps += [f"scan {again}", "expect SOLD_HERE"]
    back = week.shelf(1)
    week.sell(back)
    week.steps += [f"return last {back[0]} 质量问题", f"scan {back[0]}", "expect RETURNED_HOLD"]
    week.state[back[0]] = "returned"
    # Friday: boxes to a sister store, one of them comes back.
    away = week.shelf(5)
    week.move("transfer out", "out", away, "transferred_out")
    week.steps += [f"scan {away[0]}", "expect TRANSFERRED_OUT"]
    week.move("transfer in", "in", away[:1], "on_shelf")
    # Saturday: the shelf is scanned; two boxes are missing, one nobody knew of is there.
    here = [box for box, state in week.state.items() if state == "on_shelf"]
    found = [week.fresh("Y00001")]
    path = table(folder / "shelf.csv", ("追溯码",), [(box,) for box in here[2:] + found])
    week.steps += [f"stocktake {path}"]
    week.state |= dict.fromkeys(here[:2], "missing") | dict.fromkeys(found, "on_shelf")
    # Sunday: a recall stops what is left.
    left = week.shelf(1)[0]
    week.steps += [f"recall lot {LOT[0]}", f"scan {left}", "expect RECALLED"]
    report = play(home, folder, week.steps)
    assert report["failed"] == [], report["refused"]
    assert report["problems"] == []
    assert report["ok"]
    assert len(report["sales"]) == week.receipts
    sold = [one for sale in report["sales"] for one in sale["codes"]]
    whole = [one for one in sold if one != parts]
    assert sold.count(parts) == 3
    left_whole = [box for box, state in week.state.items() if state in ("sold", "returned")]
    assert sorted(whole) == sorted(left_whole)
    ledger = Home(home).ledger
    conn = sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)
    conn.row_factory = sqlite3.Row
    try:
        lived = {box: facts.box_state(conn, box) for box in week.state}
    finally:
        conn.close()
    assert {box: state.value for box, state in lived.items() if state} == week.state
    prove(tmp_path, home, ledger)


def prove(folder, home, ledger):
    """The proof and the stand-alone verifier agree on the ledger, and on tampered copies."""
    assert verified(folder, home) == 0
    for name, sql in {
        "edited": "UPDATE events SET operator = 'x' WHERE seq = 40",
        "deleted": "DELETE FROM events WHERE seq = 40",
        "swapped": "UPDATE events SET seq = -1 WHERE seq = 40;"
        "UPDATE events SET seq = 40 WHERE seq = 41; UPDATE events SET seq = 41 WHERE seq = -1",
    }.items():
        copy = folder / name
        shutil.copytree(home, copy)
        conn = sqlite3.connect(Home(copy).ledger)
        conn.execute("DROP TRIGGER events_are_never_changed")
        conn.execute("DROP TRIGGER events_are_never_deleted")
        conn.executescript(sql)
        conn.commit()
        conn.close()
        assert any("chain" in problem for problem in check(Home(copy).ledger).problems), name
        assert verified(folder, copy) == 1, name


def verified(folder, home):
    export = folder / "export.jsonl"
    export.unlink(missing_ok=True)
    status, told = command(home, "ledger", "export", export)
    assert status == 0, told
    done = subprocess.run(
        [sys.executable, str(ROOT / "packaging" / "verify_log.py"), str(export)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    return done.returncode
