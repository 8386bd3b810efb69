"""A disk that fills: an import is in whole or not at all, or says how far it came; the log is silent."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pharmacy_desk.adapters.home import Home
from pharmacy_desk.adapters.secrets import SecretHeadKey, Secrets
from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.catalogue.drugs import Item
from pharmacy_desk.wiring.counter import Counter
from pharmacy_desk.wiring.files import import_file, import_map_file, import_trade_file
from pharmacy_desk.wiring.logs import start_logging
from pharmacy_desk.wiring.options import Options
from tests import plain

ROWS = 6_000  # about 4 MB of items and log
# Room for the first pieces of the list, not for all of it.
ROOM = 1_500_000


def _list(folder: Path) -> Path:
    path = folder / "drugs.csv"
    rows = (f"N{n},演练药{n:05d}号,{'规格' * 20},8{n:06d},1.00" for n in range(ROWS))
    head = "商品编码,商品名称,规格,药品标识码,零售价"
    path.write_text("\n".join((head, *rows)), encoding="utf-8")
    return path


def _fill(place: Path, room: int) -> Path:
    """Take all but `room` bytes of a disk; the file that takes it."""
    ballast = place / "ballast"
    status = os.statvfs(place)
    ballast.write_bytes(bytes(max(0, status.f_bavail * status.f_frsize - room)))
    return ballast


def _program(home: Path, *words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pharmacy_desk", "--home", str(home), *map(str, words)],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def _counter(folder: Path) -> Counter:
    home = Home(folder)
    home.make()
    return Counter(home, Options(own_practice_platform=False), lambda _: None)


def _items(counter: Counter) -> int:
    row = plain.row(counter.ledger.path, "SELECT count(*) FROM items")
    return int(row[0])


def test_an_import_by_command_is_in_whole_or_not_at_all(small_disk: Path, tmp_path: Path) -> None:
    home = small_disk / "home"
    counter = _counter(home)
    before = _items(counter)
    counter.stop()
    ballast = _fill(small_disk, ROOM // 3)
    failed = _program(home, "import", "catalogue", _list(tmp_path))
    assert (failed.returncode, failed.stdout) == (2, "")
    assert "full" in failed.stderr
    assert failed.stderr.count("\n") == 1
    counter = _counter(home)
    assert _items(counter) == before
    counter.stop()
    ballast.unlink()
    dry = _program(home, "import", "catalogue", tmp_path / "drugs.csv", "--dry-run", "--json")
    real = _program(home, "import", "catalogue", tmp_path / "drugs.csv", "--json")
    assert json.loads(dry.stdout) == json.loads(real.stdout)
    assert json.loads(real.stdout)["added"] == ROWS
    assert check(Home(home).ledger).problems == ()


def test_an_import_beside_selling_says_how_far_it_came(small_disk: Path, tmp_path: Path) -> None:
    counter = _counter(small_disk / "home")
    try:
        before = _items(counter)
        ballast = _fill(small_disk, ROOM)
        with pytest.raises(WorldError) as cut:
            import_file(counter, _list(tmp_path), counter.desk_lane.call)
        assert cut.value.fault is Fault.IMPORT_CUT
        assert 0 < cut.value.params["rows"] == _items(counter) - before < ROWS
        ballast.unlink()
        report = import_file(counter, _list(tmp_path), counter.desk_lane.call)
        assert report.added == ROWS - cut.value.params["rows"]
    finally:
        counter.stop()


def test_a_map_import_in_whole_writes_nothing_of_a_list_that_does_not_fit(
    small_disk: Path, tmp_path: Path
) -> None:
    counter = _counter(small_disk / "home")
    try:
        import_file(counter, _list(tmp_path), counter.desk_lane.call, whole=True)
        table = tmp_path / "map.csv"
        rows = (f"9{n:06d},N{n % ROWS}" for n in range(4 * ROWS))
        table.write_text("\n".join(("药品标识码,商品编码", *rows)), encoding="utf-8")
        counter.desk_lane.call(
            lambda: counter.ledger.chain.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        )
        _fill(small_disk, 600_000)
        with pytest.raises(WorldError) as full:
            import_map_file(counter, table, whole=True)
        assert full.value.fault is Fault.DISK_FULL
        assert counter.ledger.map.map_entries("9000000") == ()
        with pytest.raises(WorldError) as cut:
            import_map_file(counter, table)
        assert cut.value.fault is Fault.IMPORT_CUT
    finally:
        counter.stop()


def test_a_file_of_several_documents_names_those_that_stand(
    small_disk: Path, tmp_path: Path
) -> None:
    counter = _counter(small_disk / "home")
    try:
        item = Item("D1", "演练药", price_fen=100, identifications=("8436282",))
        counter.desk_lane.call(
            lambda: counter.ledger.catalogue.put_items(Actor(counter.clock.now(), "007"), [item])
        )
        rows = [
            f"SH-{document},示例医药,D1,L1,2026-01-02,2038-01-01,1,8436282{document * 10_000 + n:013d}"
            for document, boxes in ((1, 20), (2, 4_000))
            for n in range(boxes)
        ]
        head = "单号,供货单位,商品编码,生产批号,生产日期,有效期至,数量,追溯码"
        table = tmp_path / "delivery.csv"
        table.write_text("\n".join((head, *rows)), encoding="utf-8")
        _fill(small_disk, 900_000)
        with pytest.raises(WorldError) as partly:
            import_trade_file(counter, "delivery", table)
        assert partly.value.fault is Fault.IMPORT_PARTLY
        assert partly.value.params == {"done": "SH-1"}
        count = plain.row(counter.ledger.path, "SELECT count(*) FROM boxes")
        assert count[0] == 20
    finally:
        counter.stop()


def test_a_key_that_could_not_be_kept_signs_nothing(small_disk: Path) -> None:
    secrets = Secrets(small_disk)
    secrets.set("other", "x" * 3000)
    key = SecretHeadKey(secrets, "ledger")
    ballast = _fill(small_disk, 0)
    with pytest.raises(WorldError) as full:
        key.sign(b"head")
    assert full.value.fault is Fault.DISK_FULL
    assert sorted(path.name for path in small_disk.iterdir()) == ["ballast", "secrets.json"]
    assert secrets.get("other") == "x" * 3000
    ballast.unlink()
    signature = key.sign(b"head")
    assert SecretHeadKey(Secrets(small_disk), "ledger").verifies(b"head", signature)


def test_a_full_disk_makes_the_log_silent_and_later_it_says_so(
    small_disk: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    home = Home(small_disk / "home")
    home.make()
    ours = logging.getLogger("pharmacy_desk")
    try:
        start_logging(home)
        ballast = _fill(small_disk, 0)
        for number in range(200):
            ours.info("line %d %s", number, "x" * 100)
        ballast.unlink()
        ours.info("there is room again")
    finally:
        for handler in list(ours.handlers):
            ours.removeHandler(handler)
            handler.close()
    assert capfd.readouterr() == ("", "")
    said = (home.logs / "pharmacy-desk.log").read_text(encoding="utf-8").splitlines()
    written = sum("x" * 100 in line for line in said)
    assert (
        f"WARNING MainThread pharmacy_desk.wiring.logs: {200 - written} log lines were lost"
        in said[-2]
    )
    assert "there is room again" in said[-1]
