"""Tests look at what is public: what a person sees, what the ledger holds, what a port is told.

Only the store's own tests know its inside. A private name may be named by its own module alone, so
that a room can be done up within while every test of it stays as it is.
"""

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
OWN = TESTS / "adapters" / "store"
# Public by its manual, in spite of its name: how a child process ends without its parent's clean-up.
PUBLIC = frozenset({"os._exit"})


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def _named(node: ast.AST) -> list[str]:
    """The private names that a piece of code takes from somebody else."""
    match node:
        case ast.Attribute(value=ast.Name(id="self" | "cls")):
            return []
        case ast.Attribute(attr=attr) if _is_private(attr) and ast.unparse(node) not in PUBLIC:
            return [ast.unparse(node)]
        case ast.ImportFrom(module=str(room), names=names) if room.startswith("pharmacy_desk"):
            return [f"{room}.{one.name}" for one in names if _is_private(one.name)]
        case ast.Call(
            func=ast.Name(id=verb) | ast.Attribute(attr=verb),
            args=[_, ast.Constant(value=str(name)), *_],
        ) if verb in ("getattr", "setattr", "delattr", "hasattr") and _is_private(name):
            return [f"{verb} {name}"]
    return []


def reaches(source: str) -> list[str]:
    """The line and the name of each private name that a test takes from somebody else."""
    return [
        f"{getattr(node, 'lineno', 0)}: {name}"
        for node in ast.walk(ast.parse(source))
        for name in _named(node)
    ]


def _files() -> list[Path]:
    return [path for path in sorted(TESTS.rglob("*.py")) if OWN not in path.parents]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("page._note.text()", 1),
        ("shop.page._form._field", 2),
        ("page._note = None", 1),
        ("from pharmacy_desk.core.people.people import _hash", 1),
        ("monkeypatch.setattr(page, '_note', None)", 1),
        ("getattr(page, '_note')", 1),
        ("page.note.text()", 0),
        ("self._note = cls._made", 0),
        ("page.__dict__", 0),
        ("from tests.core.paper.test_receipt import _line", 0),
        ("os._exit(1)", 0),
    ],
)
def test_a_reach_is_found_and_nothing_else(source: str, found: int) -> None:
    assert len(reaches(source)) == found


def test_tests_reach_into_no_privates_but_the_stores_own() -> None:
    seen = {str(path.relative_to(TESTS)): reaches(path.read_text("utf-8")) for path in _files()}
    assert len(seen) > 100
    reaching = {name: found for name, found in seen.items() if found}
    assert not reaching, "use what is seen, what the ledger holds, or a fake at the port"
