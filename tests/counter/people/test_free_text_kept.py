"""An identity number that somebody types into a reason lies nowhere in the store's file."""

from datetime import date

from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.stock.movement import MovementKind
from pharmacy_desk.core.stock.no_code import Draft, NoCodeReason
from pharmacy_desk.counter.stock.movements import Movements, Wanted
from tests.conftest import OTC, box
from tests.counter.stock.test_no_code_keeper import keeper  # noqa: F401 - a fixture

ID = "11010519491231002X"
TYPED = f"顾客{ID}说的"
NEW = Batch("L260101", date(2026, 1, 1), date(2029, 1, 1))


def test_no_reason_keeps_a_persons_number(shop, keeper):  # noqa: F811
    stock = Movements(
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
    wanted = [Wanted(box(number), OTC.code, NEW) for number in (1, 2)]
    assert stock.post(MovementKind.DELIVERY, wanted, "示例医药").number
    assert stock.post(MovementKind.DESTRUCTION, [Wanted(box(1))], reason=TYPED).number
    assert stock.recall("lot", "X9", TYPED).number
    sale = shop.sell(box(2))
    assert shop.open_sale.returns.take_back(sale.number, box(2), TYPED).number
    assert shop.desk.maps.unmap("8436282", OTC.code, TYPED)
    keeper.wishes.keep(
        Draft(OTC.code, NEW, 1, NoCodeReason.MADE_BEFORE, shop.clock.now().date(), TYPED)
    )
    assert keeper.answer().number
    shop.ledger.close()
    data = b"".join(one.read_bytes() for one in shop.ledger.path.parent.glob("ledger.db*"))
    assert "顾客11**".encode() in data
    assert ID.encode() not in data
