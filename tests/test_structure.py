"""How the code is written, where neither ruff nor the import contracts hold it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROGRAM = ROOT / "pharmacy_desk"
# What follows one another without a name can be told apart up to here.
MOST_UNNAMED = 5
# Functions of the operating system, which know no names.
FOREIGN = frozenset({"ToUnicodeEx"})


def files() -> list[Path]:
    return sorted(PROGRAM.rglob("*.py"))


def unnamed(text: str) -> Iterator[tuple[int, str]]:
    """Line and source of each call that passes too many arguments by their place alone.

    What is passed as a whole (`*fields`) is one.
    """
    for call in ast.walk(ast.parse(text)):
        if not isinstance(call, ast.Call) or len(call.args) <= MOST_UNNAMED:
            continue
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        if name not in FOREIGN:
            yield call.lineno, ast.unparse(call)


def test_no_call_passes_six_arguments_by_their_place() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line} {call}"
        for path in files()
        for line, call in unnamed(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("call", "found"),
    [
        ("f(1, 2, 3, 4, 5)", 0),
        ("f(1, 2, 3, 4, 5, 6)", 1),
        ("a.f(1, 2, 3, 4, 5, 6)", 1),
        ("f(1, 2, 3, 4, 5, *rest)", 1),
        ("f(1, 2, *rest)", 0),
        ("f(1, 2, 3, 4, 5, six=6)", 0),
        ("system.ToUnicodeEx(1, 2, 3, 4, 5, 6)", 0),
    ],
)
def test_such_a_call_is_seen(call: str, found: int) -> None:
    assert len(list(unnamed(call))) == found


def test_the_formatter_lays_out_every_line() -> None:
    left_out = re.compile(r"#\s*fmt:\s*(?:skip|off)")
    found = [
        str(path.relative_to(ROOT))
        for path in files()
        if left_out.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
    assert len(files()) > 500  # the program was looked at


MOST_METHODS = 15
# What the desk and the wishes of a sale are put together from, beside the parts of the open sale.
PARTS = (
    "people/porter_wishes.py",
    "sale/double_reads.py",
    "sale/gate_watch.py",
    "sale/map_question.py",
    "sale/scan_log.py",
    "sale/taking.py",
    "sale/waiting_scans.py",
)
# What is left of both: the way of a scan, and the wishes about what lies on the counter. A number
# only ever goes down.
LARGE = {"Desk": 30, "SaleWishes": 33}


def _sizes(paths: list[Path]) -> dict[str, int]:
    """How many methods each class has."""
    return {
        made.name: sum(isinstance(one, ast.FunctionDef) for one in made.body)
        for path in paths
        for made in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(made, ast.ClassDef)
    }


def test_the_open_sale_the_desk_and_their_parts_keep_to_one_matter_each() -> None:
    room = PROGRAM / "counter"
    whole = [room / "sale" / name for name in ("open_sale.py", "desk.py", "wishes.py")]
    parts = [*(room / "sale" / "parts").glob("*.py"), *(room / name for name in PARTS)]
    sizes = _sizes([*whole, *parts])
    assert sizes["OpenSale"] + sizes["InHand"] <= MOST_METHODS
    large = {name: size for name, size in sizes.items() if size > MOST_METHODS}
    assert large == LARGE
    assert len(sizes) >= 15
