"""Movements when the world fails: the disk fills in the middle, two programs want one home."""

import json
import os
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from pharmacy_desk.adapters.home import Home
from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import Fault
from pharmacy_desk.core.catalogue.drugs import Item
from pharmacy_desk.core.stock.movement import MovementKind
from pharmacy_desk.counter import news
from pharmacy_desk.counter.stock.movements import Wanted
from pharmacy_desk.counter.stock.wishes import Order
from pharmacy_desk.wiring.counter import Counter
from pharmacy_desk.wiring.options import Options

ITEM = Item("D1", "演练药", price_fen=100, identifications=("8436282",))
# One delivery of so many boxes writes about 2 MB of log; the small disk has 4 MB to begin with.
BOXES = 2_000


def order(first, count=BOXES):
    wanted = (Wanted(f"8436282{n:013d}", "D1", price_fen=50) for n in range(first, first + count))
    return Order(MovementKind.DELIVERY, tuple(wanted), "示例医药", f"SH-{first}")


def open_counter(folder):
    heard = []
    home = Home(folder)
    home.make()
    counter = Counter(home, Options(own_practice_platform=False), heard.append)
    if not counter.ledger.catalogue.has_items():
        counter.ledger.catalogue.put_items(Actor(counter.clock.now(), "007"), [ITEM])
    return counter, heard


def receive(counter, heard, first):
    """Post a delivery as the screen does; what the counter said about it."""
    counter.desk_lane.submit(lambda: counter.receiving.receive_file([order(first)]))
    counter.desk_lane.call(lambda: None)
    return heard[-1]


def there(ledger):
    """(documents, boxes, boxes' events, upload lines' codes) in the file, on a connection of its own."""
    conn = sqlite3.connect(f"{ledger.as_uri()}?mode=ro", uri=True)
    try:
        return tuple(
            conn.execute(question).fetchone()[0]
            for question in (
                "SELECT count(*) FROM documents",
                "SELECT count(*) FROM boxes",
                "SELECT count(*) FROM events WHERE kind = 'box_received'",
                "SELECT coalesce(sum(json_array_length(codes)), 0) FROM outbox",
            )
        )
    finally:
        conn.close()


def test_a_disk_that_fills_in_the_middle_of_receiving_posts_nothing_of_it(small_disk):
    counter, heard = open_counter(small_disk / "home")
    ballast = small_disk / "ballast"
    try:
        assert receive(counter, heard, 0).boxes == BOXES
        counter.desk_lane.call(
            lambda: counter.ledger.chain.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        )
        status = os.statvfs(small_disk)
        # Room for the first part of a delivery, not for all of it.
        ballast.write_bytes(bytes(status.f_bavail * status.f_frsize - 1_200_000))
        said = receive(counter, heard, 10_000)
        assert isinstance(said, news.Trouble), said
        assert said.error.fault is Fault.DISK_FULL
        assert there(counter.ledger.path) == (1, BOXES, BOXES, BOXES)
        assert check(counter.ledger.path).problems == ()
        ballast.unlink()
        assert receive(counter, heard, 10_000).boxes == BOXES
        assert there(counter.ledger.path) == (2, 2 * BOXES, 2 * BOXES, 2 * BOXES)
        assert check(counter.ledger.path).problems == ()
    finally:
        ballast.unlink(missing_ok=True)
        counter.stop()


_LIMITED = """
    import resource, signal, sys
    from tests.flow import test_movements_and_the_world as flow
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
    counter, heard = flow.open_counter(flow.Path(sys.argv[1]))
    said = flow.receive(counter, heard, 10_000)
    print(said.error.fault.value if isinstance(said, flow.news.Trouble) else said.boxes)
    counter.stop()
"""


@pytest.mark.skipif(os.name == "nt", reason="limits of a process are POSIX")
def test_a_file_that_may_not_grow_posts_nothing_and_the_same_receiving_posts_later(tmp_path):
    """The same without root: the file's own limit is reached in the middle of the transaction."""
    counter, heard = open_counter(tmp_path)
    assert receive(counter, heard, 0).boxes == BOXES
    counter.stop()
    ledger = Home(tmp_path).ledger
    most = ledger.stat().st_size  # what the log may hold: the file itself fits exactly

    def limited(size):
        return subprocess.run(
            [sys.executable, "-c", textwrap.dedent(_LIMITED), str(tmp_path), str(size)],
            capture_output=True, text=True, timeout=60, check=False,
            cwd=Path(__file__).parents[2],
        )  # fmt: skip

    failed = limited(most // 2)
    assert failed.stdout.strip() in ("disk_full", "home_not_writable"), failed
    assert there(ledger) == (1, BOXES, BOXES, BOXES)
    assert check(ledger).problems == ()
    assert limited(10 * most).stdout.strip() == str(BOXES)
    assert there(ledger) == (2, 2 * BOXES, 2 * BOXES, 2 * BOXES)
    assert check(ledger).problems == ()


# --- two programs on one home -------------------------------------------------------------------

FILES = {
    "delivery": "单号,供货单位,商品编码,生产批号,生产日期,有效期至,数量,追溯码\n"
    "SH-1,示例医药,D1,L1,2026-01-02,2038-01-01,1,84362820000000000001\n",
    "stock": "商品编码,生产批号,生产日期,有效期至,数量,追溯码\n"
    "D1,L1,2026-01-02,2038-01-01,1,84362820000000000002\n",
    "packs": "追溯码,上级码,包装级别\n84362820000000000003,84362820000000000900,1\n",
    "codes": "追溯码,商品编码\n84362820000000000004,D1\n",
    "catalogue": "商品编码,商品名称,零售价\nD9,别的药,1.00\n",
}


def program(home, *words):
    return subprocess.run(
        [sys.executable, "-m", "pharmacy_desk", "--home", str(home), *map(str, words)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.fixture
def occupied(tmp_path):
    """A home another process has open for writing, as a window has."""
    home = tmp_path / "home"
    counter, _ = open_counter(home)
    counter.stop()
    code = (
        "import sys\nfrom pathlib import Path\nfrom pharmacy_desk.adapters.home import Home\n"
        "from pharmacy_desk.wiring.counter import Counter\n"
        "from pharmacy_desk.wiring.options import Options\nhome = Home(Path(sys.argv[1]))\n"
        "home.acquire()\ncounter = Counter(home, Options(own_practice_platform=False), print)\n"
        "print('open', flush=True)\nsys.stdin.read()\ncounter.stop()\nhome.release()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    try:
        assert process.stdout.readline() == "open\n"
        yield home
    finally:
        process.stdin.close()
        process.wait(timeout=20)
        process.stdout.close()


@pytest.mark.parametrize("what", FILES)
def test_a_movement_beside_an_open_window_is_refused_in_a_sentence(occupied, tmp_path, what):
    file = tmp_path / f"{what}.csv"
    file.write_text(FILES[what], encoding="utf-8")
    ledger = Home(occupied).ledger
    before = check(ledger).events
    done = program(occupied, "import", what, file)
    assert done.returncode == 2, done
    assert done.stderr.count("\n") == 1
    assert str(occupied) in done.stderr
    assert "Traceback" not in done.stderr
    assert check(ledger).events == before


def test_reading_commands_work_beside_an_open_window(occupied):
    for words in (
        ("recall", "--lot", "L1", "--json"), ("ledger", "check"), ("ledger", "stats"),
        ("code", "84362820000000000001"),
    ):  # fmt: skip
        done = program(occupied, *words)
        assert done.returncode == 0, (words, done)
    assert json.loads(program(occupied, "recall", "--lot", "L1", "--json").stdout) == {
        "here": [], "sold": [], "gone": [],
    }  # fmt: skip


def test_of_many_programs_at_once_each_posts_whole_or_is_refused(tmp_path):
    home = tmp_path / "home"
    counter, _ = open_counter(home)
    counter.stop()
    running = []
    for number in range(6):
        file = tmp_path / f"{number}.csv"
        codes = ";".join(f"8436282{number:03d}{n:010d}" for n in range(50))
        file.write_text(
            "单号,供货单位,商品编码,生产批号,生产日期,有效期至,数量,追溯码\n"
            f"SH-{number},示例医药,D1,L1,2026-01-02,2038-01-01,50,{codes}\n",
            encoding="utf-8",
        )
        running.append(
            subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "pharmacy_desk",
                    "--home",
                    str(home),
                    "import",
                    "delivery",
                    str(file),
                ],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        )
    done = [(process.communicate(timeout=60), process.returncode) for process in running]
    codes = [code for _, code in done]
    assert set(codes) <= {0, 2}, done
    assert codes.count(0) >= 1
    for (_, said), code in done:
        assert (said.count("\n") == 1) == (code == 2), said
    documents, boxes, events, told = there(Home(home).ledger)
    assert documents == codes.count(0)
    assert boxes == events == told == 50 * documents
    assert check(Home(home).ledger).problems == ()
