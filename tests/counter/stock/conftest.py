"""A desk lane, a storekeeper and a reading side over one real ledger, for sessions of the stock."""

import pytest

from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.counter.lanes import Lane
from pharmacy_desk.counter.stock.movements import Movements
from pharmacy_desk.counter.stock.storekeeper import Storekeeper


@pytest.fixture
def told():
    return []


@pytest.fixture
def reader(shop):
    made = Reader(shop.ledger.path)
    yield made
    made.close()


@pytest.fixture
def lane(told):
    made = Lane("desk", told.append)
    yield made
    made.stop()


@pytest.fixture
def keeper(shop, told, lane):
    movements = Movements(
        shop.ledger, shop.till, shop.clock, lambda: shop.settings, shop.profile, lambda _: None
    )
    return Storekeeper(
        lane, shop.ledger, movements, shop.desk.approvals, shop.clock, lambda: "007", told.append
    )
