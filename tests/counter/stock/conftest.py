"""A desk lane, a storekeeper and a reading side over one real ledger, for sessions of the stock."""

import pytest

from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.counter.lanes import Lane
from pharmacy_desk.counter.stock.movements import Movements
from pharmacy_desk.counter.stock.wishes import StockWishes
from pharmacy_desk.wiring.late import LateStockBook


@pytest.fixture
def told():
    return []


@pytest.fixture
def reader(shop):
    made = Reader(shop.ledger.path)
    yield made
    made.close()


@pytest.fixture
def book(shop):
    """What the sessions ask, as wired."""
    made = LateStockBook(lambda: Reader(shop.ledger.path))
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
        sales=shop.ledger.sales,
        boxes=shop.ledger.boxes,
        catalogue=shop.ledger.catalogue,
        mappings=shop.ledger.map,
        events=shop.ledger.chain,
        who=shop.open_sale.who,
        open_sale=shop.open_sale,
        clock=shop.clock,
        settings=lambda: shop.settings,
        profile=shop.profile,
        wake_courier=lambda _: None,
    )
    return StockWishes(
        lane=lane,
        boxes=shop.ledger.boxes,
        drafts=shop.ledger.drafts,
        movements=movements,
        approvals=shop.desk.approvals,
        actor=shop.open_sale.who.actor,
        post=told.append,
    )


@pytest.fixture
def disk(shop):
    """Fills and empties the disk below one table: SQLite itself says that it is full."""
    conn = shop.ledger.chain.conn

    class Disk:
        def fill(self, table, rows=0):
            """From the row behind the first `rows` on, the disk has no room for one more."""
            conn.execute("CREATE TEMP TABLE filler (bytes)")
            # A temporary table of a few pages runs full as a disk does, with SQLite's own code.
            conn.execute("PRAGMA temp.max_page_count = 16")
            conn.execute(
                f"CREATE TEMP TRIGGER full BEFORE INSERT ON main.{table}"
                f" WHEN (SELECT count(*) FROM main.{table}) >= {rows}"
                " BEGIN INSERT INTO filler VALUES (zeroblob(1000000)); END"
            )

        def clear(self):
            conn.execute("DROP TRIGGER full")

    return Disk()
