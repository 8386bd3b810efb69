"""A kill at any step of a settlement: the next life asks, and both sides hold the same."""

import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue
from typing import Any

import pytest
import requests

from pharmacy_desk.adapters.home import Home
from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import PayAnswer, PayDid, SaleDid
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from pharmacy_desk.wiring.counter import Counter
from pharmacy_desk.wiring.options import Options
from pharmacy_desk.wiring.practice_platform import PracticePlatform
from tests import plain
from tests.practice import practice_home

_ROOT = Path(__file__).parents[2]
_BOX = b"84362821234567890124"
# Scans a box and looks at its split, or pays it insured; tells what it waits to be killed at.
_LIFE = """
    import sys
    from pathlib import Path
    from pharmacy_desk.adapters.home import Home
    from pharmacy_desk.core.basics.payment import PaymentKind
    from pharmacy_desk.core.scanning.scan import RawScan
    from pharmacy_desk.counter import news
    from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
    from pharmacy_desk.wiring.counter import Counter
    from pharmacy_desk.wiring.options import Options

    how = sys.argv[4]

    def heard(message):
        if isinstance(message, news.PayStarted) and how == "settle":
            print("there", flush=True)
        if isinstance(message, news.PayEnded) and how == "cancel":
            print("there", flush=True)

    options = Options(sys.argv[2], sys.argv[2], own_practice_platform=False)
    counter = Counter(Home(Path(sys.argv[1])), options, heard)
    counter.start()
    counter.wishes.scan(RawScan(sys.argv[3].encode(), "test", counter.clock.now()))
    if how == "preview":
        counter.wishes.preview(PaymentKind.POOLED).result(timeout=30).preview.parts
        print("there", flush=True)
    else:
        counter.wishes.pay(PayOrder(PaymentKind.POOLED))
    sys.stdin.read()
"""


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[str]:
    """The practice platform in a process of its own."""
    made = PracticePlatform(tmp_path / "platform.db")
    yield made.url()
    made.stop()


def _faults(url: str, **fault: Any) -> None:
    plan = {"faults": [{"infno": "settlement", **fault}] if fault else []}
    assert requests.post(f"{url}/_faults", json=plan, timeout=5).status_code == 200


def _home(tmp_path: Path) -> Home:
    return practice_home(tmp_path / "home")


def _counter(home: Home, url: str, heard: "Queue[news.News]") -> Counter:
    return Counter(home, Options(url, url, own_practice_platform=False), heard.put)


def _wait(there: Callable[[], bool]) -> None:
    """Until it is so; half a minute at most."""
    deadline = time.monotonic() + 30
    while not there():
        assert time.monotonic() < deadline
        threading.Event().wait(0.1)


def _next(heard: "Queue[news.News]", kind: type[Any]) -> Any:
    while not isinstance(message := heard.get(timeout=30), kind):
        pass
    return message


def _killed(home: Home, platform: str, how: str) -> None:
    """A life that is killed at a step."""
    command = [sys.executable, "-c", textwrap.dedent(_LIFE), str(home.folder), platform,
               _BOX.decode(), how]  # fmt: skip
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=_ROOT
    ) as life:
        assert life.stdout
        assert life.stdout.readline() == "there\n"
        life.kill()


def _same_on_both_sides(home: Home, platform: str) -> list[str]:
    """The numbers of the settlements that stand, which the insurance and the ledger agree on."""
    there = requests.get(f"{platform}/_records", timeout=5).json()["settlements"]
    names = ("setl_id", "mdtrt_id", "fund_fen", "account_fen", "cash_fen")
    stands = [tuple(one[name] for name in names) for one in there if not one["cancelled"]]
    ours = plain.rows(
        home.ledger,
        f"SELECT {', '.join(names)} FROM settlements WHERE state = 'settled' ORDER BY at, id",
    )
    assert stands == [tuple(row) for row in ours]
    assert check(home.ledger).problems == ()
    return [str(one[0]) for one in stands]


def test_a_kill_between_the_split_and_the_settlement_leaves_nothing(
    tmp_path: Path, platform: str
) -> None:
    home = _home(tmp_path)
    _killed(home, platform, "preview")
    assert _same_on_both_sides(home, platform) == []
    heard: Queue[news.News] = Queue()
    counter = _counter(home, platform, heard)
    try:
        counter.start()
        shown = counter.wishes.preview(PaymentKind.POOLED).result(timeout=30)
        assert isinstance(shown, PayAnswer)
        order = PayOrder(PaymentKind.POOLED, preview=shown.preview)
        paid = counter.wishes.pay(order).result(timeout=30)
        assert isinstance(paid, PayAnswer)
        assert paid.sale.codes() == (_BOX.decode(),)
    finally:
        counter.stop()
    assert len(_same_on_both_sides(home, platform)) == 1


@pytest.mark.parametrize(
    "fault", [{"at": "slow", "seconds": 3}, {"at": "after_commit"}, {"at": "before_commit"}]
)
def test_a_kill_while_the_insurance_is_asked(
    tmp_path: Path, platform: str, fault: dict[str, Any]
) -> None:
    _faults(platform, **fault)
    home = _home(tmp_path)
    _killed(home, platform, "settle")
    _faults(platform)
    heard: Queue[news.News] = Queue()
    counter = _counter(home, platform, heard)
    try:
        counter.start()
        paid = _next(heard, news.Paid).sale
        assert paid.codes() == (_BOX.decode(),)
        assert paid.settlement.setl_id.startswith("TRAIN")
    finally:
        counter.stop()
    assert _same_on_both_sides(home, platform) == [paid.settlement.setl_id]


@pytest.mark.parametrize("at", ["after_commit", "before_commit"])
def test_a_kill_between_cancelling_and_its_note(tmp_path: Path, platform: str, at: str) -> None:
    plan = [{"infno": "2102", "at": "split", "nth": 1}, {"infno": "2103", "at": at}]
    assert requests.post(f"{platform}/_faults", json={"faults": plan}, timeout=5).ok
    home = _home(tmp_path)
    _killed(home, platform, "cancel")
    _faults(platform)
    heard: Queue[news.News] = Queue()
    counter = _counter(home, platform, heard)
    try:
        counter.start()
        _wait(lambda: not counter.desk_lane.call(counter.open_sale.settlements.standing))
        assert _same_on_both_sides(home, platform) == []
        found = counter.wishes.pay(PayOrder(PaymentKind.POOLED)).result(timeout=30)
        assert isinstance(found, PayAnswer)
        assert found.what is PayDid.PAID
    finally:
        counter.stop()
    assert len(_same_on_both_sides(home, platform)) == 1


def test_a_lost_answer_locks_the_sale_until_it_is_known(tmp_path: Path, platform: str) -> None:
    _faults(platform, at="after_commit")
    heard: Queue[news.News] = Queue()
    home = _home(tmp_path)
    counter = _counter(home, platform, heard)
    try:
        counter.start()
        counter.wishes.scan(RawScan(_BOX, "test", counter.clock.now()))
        lost = counter.wishes.pay(PayOrder(PaymentKind.POOLED)).result(timeout=30)
        assert isinstance(lost, PayAnswer)
        assert lost.what is PayDid.UNDECIDED
        assert counter.wishes.held.void().result(timeout=10).what is SaleDid.SETTLING
        _faults(platform)
        # Enter, however it is meant.
        found = counter.wishes.pay(PayOrder(PaymentKind.SELF)).result(timeout=30)
        assert isinstance(found, PayAnswer)
        assert found.what is PayDid.PAID
        assert found.sale.payment is PaymentKind.POOLED
    finally:
        counter.stop()
    assert len(_same_on_both_sides(home, platform)) == 1
