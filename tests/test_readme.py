"""What the READMEs name is there, and the map of the house shows every room."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROGRAM = ROOT / "pharmacy_desk"
READMES = ("README.md", "README.zh-CN.md")
# Where a path of a README may begin.
_FROM = (ROOT, PROGRAM, PROGRAM / "adapters" / "store")
_PATH = re.compile(r"`([A-Za-z0-9_.-]+/[A-Za-z0-9_./-]*)`")
_LINK = re.compile(r"\]\(([^)#:]+)\)")
_ROOM = re.compile(r"\b([a-z_]+)/")
# One line of the map: how deep a room stands, and its name.
_FLOOR = re.compile(r"(  )?([a-z_]+)/ ")


def paths(text: str) -> list[str]:
    """The files and folders that a text names as such, and those it links to."""
    return _PATH.findall(text) + _LINK.findall(text)


def floors(text: str) -> Iterator[tuple[Path, str]]:
    """Each floor of the map with all that is said of it."""
    _, begun, behind = text.partition("```\npharmacy_desk/\n")
    assert begun, "there is a map"
    said: dict[Path, str] = {}
    here = PROGRAM
    for line in behind.partition("```")[0].splitlines():
        found = _FLOOR.match(line)
        if found:
            here = (PROGRAM if found[1] else ROOT) / found[2]
            line = line[found.end() :]
        said[here] = said.get(here, "") + line + "\n"
    yield from said.items()


def _rooms(floor: Path) -> set[str]:
    return {one.parent.name for one in floor.glob("*/__init__.py")}


@pytest.mark.parametrize("name", READMES)
def test_every_path_that_is_named_is_there(name: str) -> None:
    named = paths((ROOT / name).read_text(encoding="utf-8"))
    assert len(named) > 40
    assert [one for one in named if not any((base / one).exists() for base in _FROM)] == []


@pytest.mark.parametrize("name", READMES)
def test_the_map_names_every_floor_and_room_and_none_that_is_gone(name: str) -> None:
    told = dict(floors((ROOT / name).read_text(encoding="utf-8")))
    assert {floor.name for floor in told if floor.parent == PROGRAM} == _rooms(PROGRAM)
    for floor, said in told.items():
        assert floor.is_dir(), floor
        inside = {one.name for one in floor.rglob("*") if one.is_dir()}
        assert set(_ROOM.findall(said)) <= inside, floor
        if floor.parent == PROGRAM:
            assert _rooms(floor) <= set(_ROOM.findall(said)), floor


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("`core/sale/judge.py` and `pay`", ["core/sale/judge.py"]),
        ("[facts](docs/facts/codes.md), [GS1](https://gs1.org)", ["docs/facts/codes.md"]),
        ("`tests/core/test_\u2026.py`", []),
    ],
)
def test_a_path_is_told_from_other_words(text: str, named: list[str]) -> None:
    assert paths(text) == named
