"""A kill between asking the insurance and its answer: the next life asks, and nothing is lost."""

import subprocess
import sys
import textwrap
from collections.abc import Iterator
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
from pharmacy_desk.counter.sale.open_sale import PayOrder
from pharmacy_desk.wiring.counter import Counter
from pharmacy_desk.wiring.options import Options
from pharmacy_desk.wiring.practice_platform import PracticePlatform

_ROOT = Path(__file__).parents[2]
_BOX = b"84362821234567890124"
# Scans a box and pays it insured; tells that the settlement is being asked, and waits to be killed.
_LIFE = """
    import sys
    from pathlib import Path
    from pharmacy_desk.adapters.home import Home
    from pharmacy_desk.core.basics.payment import PaymentKind
    from pharmacy_desk.core.scanning.scan import RawScan
    from pharmacy_desk.counter import news
    from pharmacy_desk.counter.sale.open_sale import PayOrder
    from pharmacy_desk.wiring.counter import Counter
    from pharmacy_desk.wiring.options import Options

    def heard(message):
        if isinstance(message, news.PayStarted):
            print("asked", flush=True)

    options = Options(sys.argv[2], sys.argv[2], own_practice_platform=False)
    counter = Counter(Home(Path(sys.argv[1])), options, heard)
    counter.start()
    counter.wishes.scan(RawScan(sys.argv[3].encode(), "test", counter.clock.now()))
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
    home = Home(tmp_path / "home")
    home.make()
    return home


def _counter(home: Home, url: str, heard: "Queue[news.News]") -> Counter:
    return Counter(home, Options(url, url, own_practice_platform=False), heard.put)


def _next(heard: "Queue[news.News]", kind: type[Any]) -> Any:
    while not isinstance(message := heard.get(timeout=30), kind):
        pass
    return message


@pytest.mark.parametrize("fault", [{"at": "slow", "seconds": 3}, {"at": "after_commit"}])
def test_a_kill_while_the_insurance_is_asked(
    tmp_path: Path, platform: str, fault: dict[str, Any]
) -> None:
    _faults(platform, **fault)
    home = _home(tmp_path)
    command = [sys.executable, "-c", textwrap.dedent(_LIFE), str(home.folder), platform,
               _BOX.decode()]  # fmt: skip
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=_ROOT
    ) as life:
        assert life.stdout
        assert life.stdout.readline() == "asked\n"
        life.kill()
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
    assert check(home.ledger).problems == ()


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
        assert counter.wishes.void().result(timeout=10).what is SaleDid.SETTLING
        _faults(platform)
        # Enter, however it is meant.
        found = counter.wishes.pay(PayOrder(PaymentKind.SELF)).result(timeout=30)
        assert isinstance(found, PayAnswer)
        assert found.what is PayDid.PAID
        assert found.sale.payment is PaymentKind.POOLED
    finally:
        counter.stop()
    assert check(home.ledger).problems == ()
