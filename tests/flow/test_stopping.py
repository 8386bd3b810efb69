"""A counter that is closed finishes what was wished of it before, and what follows from that."""

import logging
from pathlib import Path

import pytest

from pharmacy_desk.core.sale.sale import PaymentKind
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.counter.answers import PayDid
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from pharmacy_desk.wiring.counter import Counter
from pharmacy_desk.wiring.options import Options
from tests import plain
from tests.practice import practice_home

CODE = "84362820442053402132"


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
