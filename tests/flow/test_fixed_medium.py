"""Reading commands on a medium that nobody can write to: all of them, and the newest sales too."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pharmacy_desk.adapters.home import Home
from pharmacy_desk.adapters.store.base import database
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.catalogue.drugs import Item
from pharmacy_desk.core.sale.sale import PaymentKind
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.core.stock.movement import MovementKind
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from pharmacy_desk.counter.stock.movements import Wanted
from pharmacy_desk.counter.stock.wishes import Order
from pharmacy_desk.wiring.counter import Counter
from pharmacy_desk.wiring.options import Options

CODES = [f"8436282{number:013d}" for number in range(1, 4)]
Mounted = Callable[[Path], Path]


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Mounted]:
    """Puts a copy of a home on a file system of its own and makes that read-only."""
    place = tmp_path / "medium"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", str(place)]
    if os.name == "nt" or os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("a file system of its own can only be mounted by root")

    def fixed(home: Path) -> Path:
        shutil.copytree(home, place / "home")
        subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
        return place / "home"

    yield fixed
    subprocess.run(["umount", "-l", str(place)], check=True)


def _lived(folder: Path) -> tuple[Counter, str]:
    """A counter that has received three boxes and sold the first; its receipt."""
    home = Home(folder)
    home.make()
    counter = Counter(home, Options(own_practice_platform=False), lambda _: None)
    item = Item("D1", "演练药", price_fen=100, identifications=("8436282",))

    def live() -> str:
        counter.ledger.catalogue.put_items(Actor(counter.clock.now(), "007"), [item])
        wanted = tuple(Wanted(code, "D1") for code in CODES)
        counter.keeper.post(Order(MovementKind.DELIVERY, wanted, "示例医药", "SH-1"))
        counter.desk.scan(RawScan(CODES[0].encode(), "test", counter.clock.now()))
        return str(counter.open_sale.ending.complete(PayOrder(PaymentKind.SELF), None).number)

    return counter, counter.desk_lane.call(live)


def _says(home: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "pharmacy_desk", "--home", str(home), *words],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, ""), (words, done)
    return done.stdout


def _all_of(home: Path, receipt: str, out: Path) -> None:
    assert "in order" in _says(home, "ledger", "check")
    assert receipt in _says(home, "ledger", "stats") + _says(home, "code", CODES[0])
    assert "sold" in _says(home, "code", CODES[0])
    assert CODES[0] in _says(home, "receipt", receipt)
    assert CODES[1] in _says(home, "recall", "--drug", "D1", "--json")
    _says(home, "ledger", "export", str(out / "log.jsonl"))
    assert CODES[0] in (out / "log.jsonl").read_text(encoding="utf-8")


def test_a_closed_home_is_read_on_a_read_only_medium(tmp_path: Path, mounted: Mounted) -> None:
    counter, receipt = _lived(tmp_path / "home")
    counter.stop()
    home = mounted(tmp_path / "home")
    assert not Home(home).ledger.with_name("practice-ledger.db-wal").exists()
    _all_of(home, receipt, tmp_path)


@pytest.mark.parametrize("with_index", [False, True])
def test_a_killed_home_is_read_with_its_newest_sales(
    tmp_path: Path, mounted: Mounted, monkeypatch: pytest.MonkeyPatch, with_index: bool
) -> None:
    counter, receipt = _lived(tmp_path / "home")
    try:
        if not with_index:
            left = shutil.ignore_patterns("*-shm", "*.lock")
            shutil.copytree(tmp_path / "home", tmp_path / "killed", ignore=left)
        home = mounted(tmp_path / ("home" if with_index else "killed"))
    finally:
        counter.stop()
    assert Home(home).ledger.with_name("practice-ledger.db-wal").stat().st_size > 0
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    _all_of(home, receipt, tmp_path)
    assert list(temporary.iterdir()) == []
    with (
        closing(database.open_reader(Home(home).ledger)) as conn,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        conn.execute("DELETE FROM items")
