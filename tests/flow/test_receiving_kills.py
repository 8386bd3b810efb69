"""A kill while boxes are received: every box whose answer was told is there in the next life."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from pharmacy_desk.adapters.home import Home
from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.wiring.counter import Counter
from pharmacy_desk.wiring.options import Options

_ROOT = Path(__file__).parents[2]
# Scans through the desk as a port delivers them, and writes each box that was told to be in.
_LIFE = """
    import sys
    from pathlib import Path
    from pharmacy_desk.adapters.home import Home
    from pharmacy_desk.core.scanning.scan import RawScan
    from pharmacy_desk.counter import news
    from pharmacy_desk.counter.sale.desk import ScanTarget
    from pharmacy_desk.wiring.counter import Counter
    from pharmacy_desk.wiring.options import Options

    def heard(message):
        if isinstance(message, news.ReceivingShown) and message.scan_number:
            print(len(message.view.receiving.boxes), flush=True)

    counter = Counter(Home(Path(sys.argv[1])), Options(own_practice_platform=False), heard)
    counter.start()
    counter.wishes.aim(ScanTarget.RECEIVING)
    for number in range(1, 2000):
        counter.wishes.scan(RawScan(b"8436282%013d" % number, "test", counter.clock.now()))
    sys.stdin.read()
"""


@pytest.mark.parametrize("answers", [1, 7, 30])
def test_no_box_whose_answer_was_told_is_lost_by_a_kill(tmp_path, answers):
    home = Home(tmp_path / "home")
    home.make()
    command = [sys.executable, "-c", textwrap.dedent(_LIFE), str(home.folder)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=_ROOT
    ) as life:
        told = [int(life.stdout.readline()) for _ in range(answers)]
        life.kill()
        told += [int(line) for line in life.stdout]
    counter = Counter(home, Options(own_practice_platform=False), lambda _: None)
    try:
        session = counter.receiving
        (waiting,) = counter.desk_lane.call(lambda: session.offer(everything=False)).waiting
        counter.desk_lane.call(lambda: session.take_up(waiting))
        assert len(session.unfinished.receiving.boxes) >= told[-1] >= answers
    finally:
        counter.stop()
    assert check(home.ledger).problems == ()
