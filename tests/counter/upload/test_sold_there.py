"""The platform is asked about days that are missing here, each once, and only believed when whole."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.history import Loss, Missing
from pharmacy_desk.core.ports.doors import Reply
from pharmacy_desk.core.upload.sold_there import Gap
from pharmacy_desk.counter.upload.sold_there import SoldThereAsker
from tests import plain
from tests.conftest import NOON, OTC, Shop, box

DAYS = 3


class TellingPlatform:
    """`Platform` that tells what was sold on a day, or answers with what `instead` holds."""

    def __init__(self, sold: dict[str, list[str]]) -> None:
        self.sold = sold
        self.asked: list[str] = []
        self.instead: list[Any] = []

    def send(self, infno: str, body: bytes) -> Reply:
        node = json.loads(body)["input"]["data"]
        assert node["begndate"] == node["enddate"]
        assert "fixmedins_bchno" not in node
        self.asked.append(node["begndate"])
        if self.instead:
            other = self.instead.pop(0)
            return (
                Reply(None, sent=True, detail="Timeout")
                if other is None
                else Reply(other, sent=True)
            )  # type: ignore[no-any-return]
        rows = [
            {"drugTracCodg": code, "fixmedinsBchno": f"K{code}", "medinsListCodg": OTC.code}
            for code in self.sold.get(node["begndate"], [])
        ]
        told = {"infcode": "0", "output": {"data": rows}}
        return Reply(json.dumps(told).encode(), sent=True)


@pytest.fixture
def platform() -> TellingPlatform:
    return TellingPlatform({"2026-11-20": [box(1), box(2)], "2026-11-22": [box(2), box(3)]})


def _asker(shop: Shop, platform: TellingPlatform, profile: Any = None) -> SoldThereAsker:
    profile = profile or shop.profile
    return SoldThereAsker(
        outbox=shop.ledger.outbox,
        sold_there=shop.ledger.sold_there,
        platform=platform,
        profile=profile,
        clock=shop.clock,
        sender=shop.open_sale.who.sender,
        counter="01",
        on_desk=lambda job: job(),
        pause=lambda _: None,
        monotonic=lambda: shop.mono,
    )


@pytest.fixture
def gap(shop: Shop) -> Shop:
    """A shop whose manager went on without three days."""
    shop.sell(box(1))
    shop.ledger.chain.missing = Missing(Loss.EVENTS, NOON - timedelta(days=DAYS - 1), NOON)
    shop.ledger.chain.decide_missing(Actor(NOON, "001"), "硬盘坏了", proved=True)
    return shop


def test_each_day_is_asked_once_and_only_unknown_codes_are_marked(
    gap: Shop, platform: TellingPlatform
) -> None:
    asker = _asker(gap, platform)
    asker.round()
    asker.round()
    assert platform.asked == ["2026-11-20", "2026-11-21", "2026-11-22"]
    assert gap.ledger.sold_there.gap_to_ask() is None
    marked = {n for n in (1, 2, 3, 4) if (r := gap.ledger.boxes.record(box(n))) and r.settled_at}
    assert marked == {2, 3}
    assert gap.scan(box(2)).name == "SETTLED_ON_PLATFORM"
    assert check(gap.ledger.path).problems == ()


@pytest.mark.parametrize(
    "answer",
    [None, b"", b"<html>", b'{"infcode": "-1", "err_msg": "x"}', b'{"infcode": "0"}',
     b'{"infcode": "0", "output": {"data": [1]}}'],
)  # fmt: skip
def test_an_answer_that_is_none_is_asked_again_later_from_that_day_on(
    gap: Shop, platform: TellingPlatform, answer: bytes | None
) -> None:
    asker = _asker(gap, platform)
    platform.instead = [json.dumps({"infcode": 0, "output": {"data": []}}).encode(), answer]
    asker.round()
    asker.round()  # too early
    assert len(platform.asked) == 2
    assert gap.ledger.sold_there.gap_to_ask() == Gap(NOON.date() - timedelta(days=1), NOON.date())
    _asker(gap, platform).round()  # started anew
    assert platform.asked[2:] == ["2026-11-21", "2026-11-22"]
    assert gap.ledger.sold_there.gap_to_ask() is None


def test_a_region_without_such_a_question_asks_nothing_and_says_so(
    gap: Shop, platform: TellingPlatform
) -> None:
    query = replace(gap.profile.sale.query, period=())
    profile = replace(gap.profile, sale=replace(gap.profile.sale, query=query))
    _asker(gap, platform, profile).round()
    assert platform.asked == []
    assert gap.ledger.sold_there.gap_to_ask() is None
    row = plain.row(gap.ledger.path, "SELECT payload FROM events WHERE kind = 'history_asked'")
    assert json.loads(row[0]) == {"asked": False, "marked": 0}
