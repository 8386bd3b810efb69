"""A kill while boxes are received, counted, moved: each whose answer was told is there in the next life."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.stock.movement import MovementKind
from pharmacy_desk.wiring.counter import Counter
from pharmacy_desk.wiring.options import Options
from tests.practice import practice_home

_ROOT = Path(__file__).parents[2]
# Scans through the desk as a port delivers them, and writes each box that was told to be in.
_LIFE = """
    import sys
    from pathlib import Path
    from pharmacy_desk.adapters.home import Home
    from pharmacy_desk.core.scanning.scan import RawScan
    from pharmacy_desk.core.stock.movement import MovementKind
    from pharmacy_desk.counter import news
    from pharmacy_desk.counter.sale.desk import ScanTarget
    from pharmacy_desk.wiring.counter import Counter
    from pharmacy_desk.wiring.options import Options

    def heard(message):
        shown = (news.ReceivingShown, news.CountShown, news.MovingShown)
        if isinstance(message, shown) and message.scan_number:
            view = message.view
            boxes = {
                news.ReceivingShown: lambda: view.receiving.boxes,
                news.CountShown: lambda: view.scanned,
                news.MovingShown: lambda: view.moving.boxes,
            }[type(message)]()
            print(len(boxes), flush=True)

    counter = Counter(Home(Path(sys.argv[1])), Options(own_practice_platform=False), heard)
    counter.start()
    counter.desk_lane.call(lambda: counter.moving.choose(MovementKind.TRANSFER_IN))
    counter.wishes.aim(ScanTarget(sys.argv[2]))
    for number in range(1, 2000):
        counter.wishes.scan(RawScan(b"8436282%013d" % number, "test", counter.clock.now()))
    sys.stdin.read()
"""


def _received(counter):
    session = counter.receiving
    (waiting,) = counter.desk_lane.call(lambda: session.offer(everything=False)).waiting
    counter.desk_lane.call(lambda: session.take_up(waiting))
    return session.unfinished.receiving.boxes


def _counted(counter):
    offered = counter.desk_lane.call(counter.counting.offer)
    counter.desk_lane.call(counter.counting.take_up)
    assert offered.waiting.boxes == len(counter.counting.shelf.boxes)
    return counter.counting.shelf.boxes


def _moving(counter):
    offered = counter.desk_lane.call(counter.moving.offer)
    counter.desk_lane.call(counter.moving.take_up)
    assert offered.waiting.boxes == len(counter.moving.moving.boxes)
    assert counter.moving.moving.kind is MovementKind.TRANSFER_IN
    return counter.moving.moving.boxes


@pytest.mark.parametrize(
    ("target", "in_hand", "answers"),
    [
        ("receiving", _received, 1),
        ("receiving", _received, 30),
        ("count", _counted, 1),
        ("count", _counted, 12),
        ("moving", _moving, 12),
    ],
)
def test_no_box_whose_answer_was_told_is_lost_by_a_kill(tmp_path, target, in_hand, answers):
    home = practice_home(tmp_path / "home")
    command = [sys.executable, "-c", textwrap.dedent(_LIFE), str(home.folder), target]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=_ROOT
    ) as life:
        told = [int(life.stdout.readline()) for _ in range(answers)]
        life.kill()
        told += [int(line) for line in life.stdout]
    counter = Counter(home, Options(own_practice_platform=False), lambda _: None)
    try:
        assert len(in_hand(counter)) >= told[-1] >= answers
    finally:
        counter.stop()
    assert check(home.ledger).problems == ()
