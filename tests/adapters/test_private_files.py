"""A home is its user's alone: every file and folder of it, new or old, under any umask."""

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pharmacy_desk.adapters.home import Home
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.wiring.counter import Counter
from pharmacy_desk.wiring.options import Options
from tests.conftest import NOON, box
from tests.practice import practice_home

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes are Unix's")


@pytest.fixture(autouse=True)
def _everybody_reads() -> Iterator[None]:
    """As on a machine whose umask takes nothing from others."""
    before = os.umask(0)
    yield
    os.umask(before)


def _open_to_others(folder: Path) -> list[str]:
    return [
        str(path)
        for path in (folder, *folder.rglob("*"))
        if stat.S_IMODE(path.lstat().st_mode) & 0o077
    ]


def _live(home: Home) -> None:
    """A counter's morning in this home."""
    home.make()
    home.acquire()
    counter = Counter(home, Options(own_practice_platform=False), lambda _: None)
    try:
        counter.start()
        counter.wishes.scan(RawScan(box(1).encode(), "test", NOON))
        counter.desk_lane.call(lambda: None)
        home.save_settings({"ui.sound": False}, practice=True)
    finally:
        counter.stop()
        home.release()


def test_nothing_of_a_home_can_be_read_by_others(tmp_path: Path) -> None:
    _live(Home(tmp_path / "home"))
    found = {path.name for path in (tmp_path / "home").rglob("*")}
    assert {"practice-ledger.db", "practice-ledger.head", "home.lock", "secrets.json"} <= found
    assert _open_to_others(tmp_path / "home") == []


def test_what_was_there_is_taken_from_others_too(tmp_path: Path) -> None:
    folder = tmp_path / "home"
    _live(practice_home(folder))
    (folder / "export.csv").write_text("codes", encoding="utf-8")
    (folder / "receipts").mkdir(exist_ok=True)
    (folder / "receipts" / "old.escpos").write_bytes(b"x")
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    Home(folder).make()
    assert _open_to_others(folder) == []
    (folder / "ledger.db").write_bytes(b"")  # put there by `cp` since
    (folder / "ledger.db").chmod(0o644)
    Home(folder).make()
    assert _open_to_others(folder) == []


def test_a_folder_that_is_more_than_a_home_keeps_its_own_mode(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir(mode=0o755)
    (folder / "theirs.txt").touch(0o644)
    (folder / "link").symlink_to(folder / "theirs.txt")
    (folder / "secrets.json").touch(0o644)
    Home(folder).make()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755
    assert stat.S_IMODE((folder / "theirs.txt").stat().st_mode) == 0o644
    assert stat.S_IMODE((folder / "secrets.json").stat().st_mode) == 0o600
