"""The press over fakes: what the log hears of a receipt, and a jam that touches no sale."""

from dataclasses import dataclass, field

import pytest

from pharmacy_desk.adapters.resources import words
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.basics.events import EventKind
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.counter import news
from pharmacy_desk.counter.paper.answers import PrintAnswer, PrintDid
from pharmacy_desk.counter.paper.press import Press
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from tests.conftest import OTC
from tests.fakes.open_sale import KeptLedger


@dataclass
class Paper:
    """`Printer` that keeps numbers, or is jammed."""

    jammed: bool = False
    printed: list[str] = field(default_factory=list)

    def print_receipt(self, number, rows, mm):
        if self.jammed:
            raise WorldError(Fault.PRINTER_FAILED, printer="p", detail="paper")
        self.printed.append(number)
        return "paper"


@pytest.fixture
def kept():
    return KeptLedger()


def _press(kept, clock, profile, paper, told):
    open_sale = kept.open_sale(clock, profile)
    open_sale.lines.add_item(OTC)
    open_sale.ending.complete(PayOrder(PaymentKind.SELF), None, judged=True)
    return Press(
        sales=kept.sales,
        events=kept.events,
        printer=paper,
        clock=clock,
        settings=lambda: kept.settings,
        operator=lambda: open_sale.who.operator,
        words=words("receipt.zh_CN"),
        on_desk=lambda job: job(),
        post=told.append,
    )


def test_a_second_print_is_noted_as_one(kept, clock, profile):
    paper, told = Paper(), []
    press = _press(kept, clock, profile, paper, told)
    assert press.print("S1") == PrintAnswer(PrintDid.PRINTED, "S1", "paper")
    kept.sales.printed.add("S1")
    press.print("S1")
    assert paper.printed == ["S1", "S1"]
    assert [one.payload["reprint"] for one in kept.events.noted] == [False, True]
    assert {one.operator for one in kept.events.noted} == {"007"}


def test_a_jam_is_noted_and_told_and_the_sale_stays_paid(kept, clock, profile):
    told = []
    jam = _press(kept, clock, profile, Paper(jammed=True), told).print("S1")
    assert (jam.what, jam.error) == (PrintDid.FAILED, told[-1].error)
    assert [one.kind for one in kept.events.noted] == [EventKind.PRINT_FAILED]
    assert isinstance(told[-1], news.PrintFailed)
    assert kept.sales.kept["S1"].paid_at


def test_what_is_not_paid_is_not_printed(kept, clock, profile):
    paper = Paper()
    press = _press(kept, clock, profile, paper, [])
    assert press.print("S9").what is PrintDid.NOT_THERE
    assert (paper.printed, kept.events.noted) == ([], [])
