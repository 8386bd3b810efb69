"""Who asks what was sold in missing days, over fakes: a day at a time, and no further than told."""

from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from pharmacy_desk.core.ports.doors import Reply
from pharmacy_desk.core.upload.sold_there import Gap
from pharmacy_desk.counter.upload.sold_there import SoldThereAsker
from tests.fakes.ledger import KeptOutbox, KeptSoldThere
from tests.fakes.open_sale import KeptLedger

DAYS = Gap(date(2026, 11, 20), date(2026, 11, 21))


@dataclass
class Line:
    """`Platform` that answers each question with the same body, or not at all."""

    body: bytes | None
    sent: list[str] = field(default_factory=list)

    def send(self, infno, body):
        self.sent.append(infno)
        return Reply(self.body, sent=True)


@pytest.fixture
def there():
    return KeptSoldThere(DAYS)


def _asker(there, line, clock, profile):
    return SoldThereAsker(
        outbox=KeptOutbox(),
        sold_there=there,
        platform=line,
        profile=profile,
        clock=clock,
        sender=KeptLedger().open_sale(clock, profile).who.sender,
        counter="01",
        on_desk=lambda job: job(),
        pause=lambda _: None,
    )


def test_each_missing_day_is_asked_about_once(there, clock, profile):
    line = Line(b'{"infcode": "0", "output": {"data": []}}')
    _asker(there, line, clock, profile).round()
    assert len(line.sent) == 2
    assert (there.ended, there.found) == ([True], [])


def test_a_silent_platform_leaves_the_days_to_be_asked_about(there, clock, profile):
    line = Line(None)
    _asker(there, line, clock, profile).round()
    assert (len(line.sent), there.gap, there.ended) == (1, DAYS, [])


def test_a_region_that_answers_no_such_question_is_not_asked(there, clock, profile):
    sale = replace(profile.sale, query=replace(profile.sale.query, period=()))
    line = Line(b"")
    _asker(there, line, clock, replace(profile, sale=sale)).round()
    assert (line.sent, there.ended) == ([], [False])
