"""What the courier's tests share: answers of a platform, and a courier at work in a shop."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.adapters.store.upload.waiting import OutboxQueue
from pharmacy_desk.core.ports.doors import Reply
from pharmacy_desk.core.upload.outbox import LineState, QueuedLine
from pharmacy_desk.core.upload.profile import Profile
from pharmacy_desk.counter import news
from pharmacy_desk.counter.upload.courier import Courier, RoundCounts


def accept(body: dict[str, Any]) -> Reply:
    return answer({"result": {"retRslt": "1", "msgRslt": "成功"}})


def answer(output: Any, infcode: Any = 0, err_msg: str = "") -> Reply:
    told = {"infcode": infcode, "err_msg": err_msg, "output": output}
    return Reply(json.dumps(told).encode(), sent=True)


def lost(body: dict[str, Any]) -> Reply:
    return Reply(None, sent=True, detail="ReadTimeout")


def no_line(body: dict[str, Any]) -> Reply:
    return Reply(None, sent=False, detail="ConnectionError")


def refuse(
    *keys: str, whole: str = "1", node: str = "selinfoErrDetail"
) -> Callable[[dict[str, Any]], Reply]:
    rows = [{"fixmedins_bchno": key, "retRslt": "0", "msgRslt": "批号不符"} for key in keys]
    result = {"retRslt": whole, "msgRslt": "部分失败"}
    return lambda body: answer({"result": result, node: rows})


def found(*keys: str) -> Callable[[dict[str, Any]], Reply]:
    def tell(body: dict[str, Any]) -> Reply:
        asked = body["input"]["data"]["fixmedins_bchno"]
        return answer({"data": [{"fixmedinsBchno": asked}] if asked in keys else []})

    return tell


@dataclass
class Script:
    """`Platform` that answers as told, one answer a message, and keeps what it was sent."""

    answers: list[Callable[[dict[str, Any]], Reply]] = field(default_factory=list)
    sent: list[tuple[str, bytes]] = field(default_factory=list)
    looks: Callable[[dict[str, Any]], None] = lambda body: None

    def send(self, infno: str, body: bytes) -> Reply:
        self.sent.append((infno, body))
        message = json.loads(body)
        self.looks(message)
        return self.answers.pop(0)(message)

    def numbers(self) -> list[str]:
        return [infno for infno, _ in self.sent]


@dataclass
class Round:
    """A courier over the shop's ledger and a scripted platform."""

    shop: Any
    platform: Script
    courier: Courier
    news: list[news.News]
    pauses: list[float]
    stops: Callable[[], bool] = lambda: False

    def go(
        self, *answers: Callable[[dict[str, Any]], Reply], everything: bool = False
    ) -> RoundCounts:
        self.platform.answers = list(answers)
        counts = self.courier.round(everything)
        assert self.platform.answers == [], "not every answer was asked for"
        return counts

    def lines(self) -> dict[str, QueuedLine]:
        reader = Reader(self.shop.ledger.path)
        try:
            return {line.line.key: line for line in reader.outbox.lines()}
        finally:
            reader.close()

    def states(self) -> list[LineState]:
        return [line.state for _, line in sorted(self.lines().items())]


def work_of(shop: Any, profile: Profile | None = None) -> Round:
    """A courier that brings this shop's outbox to a scripted platform, as its region's profile says."""
    platform, heard, pauses = Script(), [], []
    courier = Courier(
        outbox=shop.ledger.outbox,
        sold_there=shop.ledger.sold_there,
        sealed=shop.ledger.sealed,
        waiting=OutboxQueue(shop.ledger.path),
        platform=platform,
        profile=profile or shop.profile,
        clock=shop.clock,
        sender=shop.open_sale.who.sender,
        counter="01",
        on_desk=lambda job: job(),
        post=heard.append,
        pause=pauses.append,
        monotonic=lambda: shop.clock.now().timestamp(),
        stopping=lambda: made.stops(),
    )
    made = Round(shop, platform, courier, heard, pauses)
    return made
