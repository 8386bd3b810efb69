"""`recall` as a command, against the bare indexed queries in a process of their own."""

import json
import subprocess
import sys
from pathlib import Path
from time import perf_counter_ns
from typing import Any

from pharmacy_desk.adapters.home import Home
from tests.benchmarks import goods, recall_goods
from tests.benchmarks.figures import Result, Row, compared, milliseconds, spread

BOUND = 3.0
_AGAINST = (
    "python -c with sqlite3 and json that asks the same by index and prints it; ours without the"
    " start of the program (--version)"
)
_BARE = """
import json, sqlite3, sys
path, *questions = sys.argv[1:]
conn = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
conn.row_factory = sqlite3.Row
found = [[dict(row) for row in conn.execute(*json.loads(one))] for one in questions]
print(json.dumps(found, ensure_ascii=False))
"""
_BOXES = (
    "SELECT b.code, b.item, i.name, b.lot, b.state, b.document, b.at, b.party FROM boxes b"
    " JOIN items i ON i.code = b.item WHERE "
)
_SALES = (
    "SELECT e.code, l.item, i.name, e.lot, e.sale, s.paid_at FROM {} JOIN sales s"
    " ON s.number = e.sale JOIN items i ON i.code = l.item WHERE e.code IS NOT NULL"
    " AND e.state IN ('final', 'units_sold') AND "
)
_BY_LOT = "sale_entries e JOIN sale_lines l ON l.sale = e.sale AND l.line = e.line"
_BY_LINE = "sale_lines l CROSS JOIN sale_entries e ON e.sale = l.sale AND e.line = l.line"


def questions(key: str, value: str) -> list[tuple[str, list[str]]]:
    """What a recall by this mark asks, straight in SQL."""
    if key == "supplier":
        return [(_BOXES + "b.party = ? AND b.party <> ''", [value])]
    if key == "lot":
        sold = _SALES.format(_BY_LOT) + "e.lot = ?"
        return [(_BOXES + "b.lot = ? AND b.state <> 'sold'", [value]), (sold, [value])]
    sold = _SALES.format(_BY_LINE) + "l.item = ? AND l.snapshot IS NOT NULL"
    return [(_BOXES + "b.item = ? AND b.state <> 'sold'", [value]), (sold, [value])]


def _run(command: list[str]) -> tuple[int, Any]:
    begin = perf_counter_ns()
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return perf_counter_ns() - begin, done.stdout


def _measure(home: Path, key: str, value: str, count: int, result: Result) -> None:
    program = [sys.executable, "-m", "pharmacy_desk", "--home", str(home)]
    asked = [json.dumps(one) for one in questions(key, value)]
    bare = [sys.executable, "-c", _BARE, str(Home(home).ledger), *asked]
    ours, plain, starts = [], [], []
    for _ in range(count + 1):
        taken, told = _run([*program, "recall", f"--{key}", value, "--json"])
        bare_taken, bare_told = _run(bare)
        starts.append(_run([*program, "--version"])[0])
        ours.append(taken)
        plain.append(bare_taken)
    found = sum(len(part) for part in json.loads(told).values())
    if found != sum(len(part) for part in json.loads(bare_told)) or not found:
        result.broken.append(f"recall --{key} {value}: {found} boxes, the bare query finds others")
    start = spread(milliseconds(starts[1:])).p50
    # On a busy machine one start may take longer than a whole command beside it.
    net = [max(0.0, value - start) for value in milliseconds(ours[1:])]
    name = f"recall --{key}, {found} boxes"
    result.rows.append(compared(name, net, milliseconds(plain[1:]), BOUND, _AGAINST))
    result.rows.append(
        Row(f"  whole command (start {start:.0f})", "ms", spread(milliseconds(ours[1:])))
    )


def measure(home: Path, codes: int, count: int) -> Result:
    """`count` interleaved runs of each, by lot, by supplier and by drug; the first is dropped."""
    recall_goods.add(home, codes)
    result = Result()
    for key, value in (
        ("lot", recall_goods.lot(1)),
        ("supplier", recall_goods.supplier(1)),
        ("drug", goods.item(1).code),
    ):
        _measure(home, key, value, count, result)
    return result
