"""Kills while insured goods come back: before, between and after the answers; nothing is lost.

Each life takes one box of three back. The next life settles what was unknown by asking; what the
practice platform holds is what the ledger holds, to the fen.
"""

import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from pharmacy_desk.adapters.home import Home
from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.wiring.counter import Counter
from pharmacy_desk.wiring.options import Options
from pharmacy_desk.wiring.practice_platform import PracticePlatform
from tests import plain

_ROOT = Path(__file__).parents[2]
_BOXES = [f"8436282123456789012{last}" for last in range(3)]
# Sells three boxes insured, takes one back, and tells when it is as far as it is to be killed.
_LIFE = """
    import sys, time
    from pathlib import Path
    from pharmacy_desk.adapters.home import Home
    from pharmacy_desk.core.basics.payment import PaymentKind
    from pharmacy_desk.core.scanning.scan import RawScan
    from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
    from pharmacy_desk.wiring.counter import Counter
    from pharmacy_desk.wiring.options import Options

    home, url, far, *boxes = sys.argv[1:]
    counter = Counter(Home(Path(home)), Options(url, url, own_practice_platform=False), lambda _: None)
    counter.start()
    for box in boxes:
        counter.wishes.scan(RawScan(box.encode(), "test", counter.clock.now()))
    paid = counter.wishes.pay(PayOrder(PaymentKind.POOLED)).result(timeout=30)
    print("paid", flush=True)
    sys.stdin.readline()
    begun = counter.wishes.returns.take_back(paid.sale.number, boxes[1], "质量问题")
    look = lambda: counter.desk_lane.call(counter.ledger.undoings.open_undos)
    wait = lambda: counter.desk_lane.call(lambda: counter.open_sale.aside)
    while not (look() if far == "cancelling" else wait() or begun.done()):
        time.sleep(0.01)
    print("asked", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[str]:
    """The practice platform in a process of its own."""
    made = PracticePlatform(tmp_path / "platform.db")
    yield made.url()
    made.stop()


def _faults(url: str, *faults: dict[str, Any]) -> None:
    assert requests.post(f"{url}/_faults", json={"faults": faults}, timeout=5).status_code == 200


def _there(url: str) -> list[tuple[str, int]]:
    """Settlements that stand at the platform, with their sums in fen."""
    told = requests.get(f"{url}/_records", timeout=5).json()["settlements"]
    return sorted((one["setl_id"], one["total_fen"]) for one in told if not one["cancelled"])


def _here(ledger: Path) -> list[tuple[str, int]]:
    """The same as the ledger has them."""
    found = plain.rows(
        ledger,
        "SELECT setl_id, fund_fen + account_fen + coalesce(mutual_fen, 0) + cash_fen"
        " FROM settlements WHERE state = 'settled' ORDER BY setl_id",
    )
    return [(str(row[0]), int(row[1])) for row in found]


@pytest.mark.parametrize(
    ("far", "fault"),
    [
        ("cancelling", {"infno": "2103", "at": "after_commit"}),
        ("anew", {"infno": "2102", "at": "slow", "seconds": 3}),
    ],
)
def test_a_kill_while_insured_goods_come_back(
    tmp_path: Path, platform: str, far: str, fault: dict[str, Any]
) -> None:
    home = Home(tmp_path / "home")
    home.make()
    command = [sys.executable, "-c", textwrap.dedent(_LIFE), str(home.folder), platform, far,
               *_BOXES]  # fmt: skip
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=_ROOT
    ) as life:
        assert life.stdout
        assert life.stdin
        assert life.stdout.readline() == "paid\n"
        _faults(platform, fault)
        life.stdin.write("\n")
        life.stdin.flush()
        assert life.stdout.readline() == "asked\n"
        life.kill()
    _faults(platform)
    counter = Counter(
        home, Options(platform, platform, own_practice_platform=False), lambda _: None
    )
    try:
        counter.start()
        until = time.monotonic() + 30
        while time.monotonic() < until:
            open_ = counter.desk_lane.call(
                lambda: counter.ledger.undoings.open_undos() or counter.open_sale.aside
            )
            if not open_:
                break
            time.sleep(0.05)
    finally:
        counter.stop()
    assert check(home.ledger).problems == ()
    assert len(_here(home.ledger)) == 1
    assert _here(home.ledger) == _there(platform)
    sold = plain.rows(home.ledger, "SELECT resettles, total_fen FROM sales ORDER BY opened_at")
    assert [row["total_fen"] for row in sold] == [6540, 4360]
