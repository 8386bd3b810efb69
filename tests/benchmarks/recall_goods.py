"""Boxes a recall finds, added once to a generated ledger by the program's own store.

Deliveries of one lot each from a few suppliers; of every lot most boxes are sold ten by ten, some
went to another store, the rest is here. What the generator made before has no lot and no record.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.sale.sale import PaymentKind, SaleState
from pharmacy_desk.core.stock.movement import Movement, MovementKind, MovementLine
from pharmacy_desk.wiring.counter import Counter
from tests.benchmarks import counters, goods

BOXES = 2_000
SOLD, GONE = 1_200, 200
SUPPLIERS = 25
# One lot of 2 000 boxes for every 100 000 codes sold, at least two: 200 000 boxes beside ten
# million codes, added in a minute and a half.
CODES_A_LOT = 100_000
_DONE = "recall-goods"


def lots(codes: int) -> int:
    """How many lots a ledger of so many codes gets."""
    return max(2, codes // CODES_A_LOT)


def lot(number: int) -> str:
    """The name of a lot."""
    return f"RB{number:05d}"


def supplier(number: int) -> str:
    """Who delivered a lot."""
    return f"示例医药（{number % SUPPLIERS:02d}）"


def add(folder: Path, codes: int) -> None:
    """Put the boxes into the ledger of a generated home, unless they are there."""
    mark = folder / _DONE
    if mark.exists():
        return
    with counters.counter(folder, lambda _: None) as counter:
        # A build that breaks is thrown away: the disk need not have every step of it.
        counter.desk_lane.call(lambda: counter.ledger.chain.conn.execute("PRAGMA synchronous=OFF"))
        for number in range(lots(codes)):
            counter.desk_lane.call(lambda number=number: _add_lot(counter, number))  # type: ignore[misc]
    mark.write_text(f"{lots(codes)}\n", encoding="ascii")


def _add_lot(counter: Counter, number: int) -> None:
    # Drugs that the generated sales have none of: no code can be there already.
    drug = goods.SOLD_ITEMS + number
    item = goods.item(drug)
    batch = Batch(lot(number), date(2026, 1, 5), date(2039, 1, 4))
    first = number * BOXES
    codes = [f"{goods.identification(drug)}{first + n:013d}" for n in range(BOXES)]
    _post(
        counter,
        MovementKind.DELIVERY,
        supplier(number),
        MovementLine(item, batch, BOXES, tuple(codes)),
    )
    for begin in range(0, SOLD, counters.BOXES_PER_SALE):
        _sell(counter, codes[begin : begin + counters.BOXES_PER_SALE])
    gone = tuple(codes[SOLD : SOLD + GONE])
    _post(counter, MovementKind.TRANSFER_OUT, "", MovementLine(item, batch, GONE, gone))


def _post(counter: Counter, kind: MovementKind, party: str, line: MovementLine) -> None:
    number, operator = counter.ledger.chain.take_document(), counter.open_sale.who.operator
    movement = Movement(number, kind, counter.clock.now(), operator, party, lines=(line,))
    counter.ledger.boxes.post_movement(movement, ())


def _sell(counter: Counter, codes: list[str]) -> None:
    """A paid sale; nothing is queued, as the measures on this home leave no line open."""
    for code in codes:
        counter.desk.scan(counters.raw(code))
    sale = counter.open_sale.refresh()
    if sale is None or sorted(sale.codes()) != sorted(codes):
        raise counters.LostError(f"{codes[0]} and those after it were not taken")
    actor = counter.open_sale.who.actor()
    paid = replace(
        sale, state=SaleState.PAID, paid_at=actor.at, payment=PaymentKind.SELF,
        upload_serial=sale.number.replace("-", ""),
    )  # fmt: skip
    counter.ledger.sales.pay(actor, paid, ())
    counter.open_sale.refresh()
    counter.desk.sale_ended()
