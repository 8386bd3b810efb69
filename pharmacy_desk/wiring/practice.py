"""The shelf of training mode: the boxes that the practice scanner offers have been received.

So the first box a newcomer scans is one that may be sold, as it is in a store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from typing import TYPE_CHECKING

from pharmacy_desk.core.scanning.practice import new_code, stocked
from pharmacy_desk.core.stock.acceptance import Transport
from pharmacy_desk.core.stock.movement import MovementKind
from pharmacy_desk.counter.stock.movements import Wanted
from pharmacy_desk.counter.stock.wishes import Order

if TYPE_CHECKING:
    from pharmacy_desk.adapters.store.reading import Reader
    from pharmacy_desk.wiring.counter import Counter

# More than somebody sells in a day of lessons; looked at again at each start.
_BOXES = 40
_LEAST = 20
_SUPPLIER, _NOTE, _CELSIUS = "示例医药公司", "PX-0001", "5"


def receive_shelf(counter: Counter, samples: Iterable[Mapping[str, str]]) -> None:
    """Receive boxes for the samples of which few are left. Not on the desk's thread."""
    from pharmacy_desk.adapters.store.reading import Reader

    with closing(Reader(counter.home.ledger)) as reader:
        wanted = tuple(one for sample in samples for one in _lacking(reader, sample))
    order = Order(
        kind=MovementKind.DELIVERY,
        wanted=wanted,
        party=_SUPPLIER,
        reference=_NOTE,
        transport=Transport(f"{counter.clock.now():%Y-%m-%d %H:%M}", _CELSIUS),
    )
    if wanted:
        counter.desk_lane.call(lambda: counter.keeper.post(order))


def _lacking(reader: Reader, sample: Mapping[str, str]) -> Iterator[Wanted]:
    """Boxes to receive for one sample; none where the catalogue does not hold its drug.

    They are of the lot that the sample catalogue tells: without one they would wait unsent.
    """
    identification = stocked(sample["text"])
    item = reader.catalogue.drug_of(identification) if identification else None
    if identification and item and reader.shelf.count(item.code) < _LEAST:
        for _ in range(_BOXES):
            yield Wanted(new_code(identification), item.code, item.batch)
