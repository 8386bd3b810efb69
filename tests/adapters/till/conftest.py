"""A counter that another till calls: the real ledger, a real lane, a real server on loopback."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from pharmacy_desk.adapters.resources import words
from pharmacy_desk.adapters.till.api import Counter
from pharmacy_desk.adapters.till.serving import TillService
from pharmacy_desk.counter import news
from pharmacy_desk.counter.lanes import Lane
from pharmacy_desk.counter.sale.tickets import Tickets
from pharmacy_desk.gui.words.till import WordsForTills
from tests.conftest import Shop


class Served:
    """The service over a shop, and a till's session with it."""

    def __init__(self, shop: Shop, lane: Lane, file: Path) -> None:
        self.shop, self.lane, self.file = shop, lane, file
        tickets = Tickets(
            lane=lane,
            tickets=shop.ledger.tickets,
            sales=shop.ledger.sales,
            returns=shop.ledger.returns,
            catalogue=shop.ledger.catalogue,
            open_sale=shop.open_sale,
            desk=shop.desk,
            events=shop.ledger.chain,
            clock=shop.clock,
            settings=lambda: shop.settings,
            post=self.hear,
            print_receipt=lambda _: None,
            receipt_words=words("receipt.zh_CN"),
            wake_courier=lambda: None,
        )
        counter = Counter(
            desk=tickets,
            words=WordsForTills(shop.clock.now),
            version="test",
            store=lambda: "P44030000001",
            number=lambda: "01",
            box_life=lambda code: {"code": code, "state": "unknown", "drug": None, "events": []},
        )
        self.service = TillService(counter, file, 0)
        self.service.start()
        told = json.loads(file.read_text("utf-8"))
        self.url, self.token = told["url"], told["token"]
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {self.token}"

    def hear(self, told: news.News) -> None:
        self.shop.news.append(told)
        self.service.changes.tell()

    def call(self, method: str, path: str, body: Any = None, **more: Any) -> requests.Response:
        return self.session.request(method, self.url + path, json=body, timeout=40, **more)

    def scan(self, code: str) -> None:
        """A scan at the counter itself."""
        self.lane.call(lambda: self.shop.scan(code))
        self.service.changes.tell()


@pytest.fixture
def serve(shop: Shop, tmp_path: Path) -> Iterator[Callable[[], Served]]:
    """Begins to serve; the same home may be served again."""
    failed: list[Exception] = []
    lane = Lane("desk", failed.append)
    made: list[Served] = []

    def begin() -> Served:
        made.append(Served(shop, lane, tmp_path / "till-api.json"))
        return made[-1]

    yield begin
    for one in made:
        one.session.close()
        one.service.stop()
    lane.stop()
    assert failed == []


@pytest.fixture
def served(serve: Callable[[], Served]) -> Served:
    return serve()
