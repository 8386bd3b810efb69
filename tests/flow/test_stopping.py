"""A counter that is closed finishes what was wished of it before, and what follows from that."""

import logging
from pathlib import Path

import pytest

from pharmacy_desk.core.basics.errors import Fault
from pharmacy_desk.core.sale.sale import PaymentKind
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.counter.answers import PayDid, ScanDid
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from pharmacy_desk.wiring.counter import Counter
from pharmacy_desk.wiring.options import Options
from tests import plain
from tests.practice import practice_home

CODE, OTHER = "84362820442053402132", "84362820442053402149"


def test_a_payment_just_before_the_stop_is_paid_and_printed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    home = practice_home(tmp_path / "home")
    counter = Counter(home, Options(own_practice_platform=False), lambda _: None)
    counter.start()
    with caplog.at_level(logging.ERROR):
        counter.wishes.scan(RawScan(CODE.encode(), "test", counter.clock.now()))
        paying = counter.wishes.pay(PayOrder(PaymentKind.SELF))
        counter.stop()
    assert paying.result(timeout=0).what is PayDid.PAID
    told = plain.rows(counter.ledger.path, "SELECT kind FROM events WHERE kind = 'receipt_printed'")
    assert (len(told), caplog.text) == (1, "")


def test_who_scanned_behind_a_settlement_that_never_ended_is_answered_at_the_stop(
    tmp_path: Path,
) -> None:
    counter = Counter(
        practice_home(tmp_path / "home"), Options(own_practice_platform=False), lambda _: None
    )
    counter.start()
    scans = [RawScan(code.encode(), "test", counter.clock.now()) for code in (CODE, OTHER)]
    counter.wishes.scan(scans[0]).result(timeout=10)
    # On the disk, and nobody asks on: as after a fault of ours on the settlement's lane.
    settlements = counter.open_sale.settlements
    counter.desk_lane.call(lambda: settlements.ask(PayOrder(PaymentKind.POOLED)))
    waiting = counter.wishes.scan(scans[1])
    counter.stop()
    told = waiting.result(timeout=0)
    assert (told.what, told.error and told.error.fault) == (
        ScanDid.SETTLING,
        Fault.SCANNED_WHILE_SETTLING,
    )
