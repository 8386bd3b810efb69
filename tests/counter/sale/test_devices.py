"""UDI of class II and III devices: the code of their box where the region says so."""

from dataclasses import replace
from datetime import date

import pytest

from pharmacy_desk.adapters.resources import load_profile, words
from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.policy import VerdictName
from pharmacy_desk.core.catalogue.drugs import Category, Item, Mapping, PackLevel
from pharmacy_desk.core.paper.receipt import Heading, compose
from pharmacy_desk.core.scanning.scan import identification_of
from pharmacy_desk.core.upload.message import sale_lines
from tests.conftest import FixedClock, Shop

V = VerdictName
DI = "MA.156.M0.100472.11103316"
GTIN = "06901234567892"
DEVICE = Item("D1", "血糖仪", category=Category.DEVICE_II, price_fen=19900)
LENS = Item("D2", "隐形眼镜", category=Category.DEVICE_III, price_fen=9900)
MA_SERIAL = f"{DI}.SAB12.LL1.E20280101"
MA_LOT = f"{DI}.LL1.E20280101"
GS1_SERIAL = f"01{GTIN}21SER1"
GS1_LOT = f"01{GTIN}1728010110L1"


@pytest.fixture
def devices(shop: Shop, clock: FixedClock) -> Shop:
    """A region that wants no UDI by the day."""
    shop = Shop(shop.ledger, clock, replace(shop.profile, udi_since={}))
    at = shop.clock.now()
    shop.ledger.catalogue.put_items(Actor(at, "007"), [DEVICE, LENS])
    shop.ledger.map.unmap(Actor(at, "007"), GTIN, "Y2", "器械")
    shop.ledger.map.put_mapping(Actor(at, "007"), Mapping(DI, "D1"))
    shop.ledger.map.put_mapping(Actor(at, "007"), Mapping(GTIN, "D2"))
    return shop


@pytest.fixture
def kept(devices: Shop, clock: FixedClock) -> Shop:
    """A region that keeps the UDI as the code of the box."""
    return Shop(devices.ledger, clock, load_profile("generic"))


def _codes(shop: Shop) -> tuple[str, ...]:
    return shop.open_sale.sale.codes() if shop.open_sale.sale else ()


@pytest.mark.parametrize("text", [MA_SERIAL, MA_LOT, GS1_SERIAL, GS1_LOT])
def test_without_the_regions_word_a_device_is_added_and_no_code_is_kept(
    devices: Shop, text: str
) -> None:
    assert devices.scan(text).name is V.EXEMPT
    assert devices.open_sale.sale is not None
    assert devices.open_sale.sale.box_count == 1
    assert _codes(devices) == ()


@pytest.mark.parametrize(("text", "item"), [(MA_SERIAL, "D1"), (GS1_SERIAL, "D2")])
def test_a_serial_udi_is_the_code_of_its_box_and_is_sold_once(
    kept: Shop, text: str, item: str
) -> None:
    assert kept.scan(text).name is V.OK_UNRECEIVED
    assert kept.open_sale.sale is not None
    assert [line.item.code for line in kept.open_sale.sale.lines] == [item]
    assert _codes(kept) == (text,)
    assert kept.scan(text).name is V.IN_THIS_SALE
    sale = kept.pay()
    assert kept.scan(text).name is V.SOLD_HERE
    assert (
        sale_lines(sale, kept.open_sale.who.sender(), kept.profile) == ()
    )  # no drug: not of its channel
    assert check(kept.ledger.path).problems == ()


@pytest.mark.parametrize("text", [MA_LOT, GS1_LOT])
def test_a_udi_without_serial_names_many_boxes_and_is_never_one_boxs_code(
    kept: Shop, text: str
) -> None:
    for boxes in (1, 2):
        assert kept.scan(text).name is V.EXEMPT
        assert kept.open_sale.sale is not None
        assert kept.open_sale.sale.box_count == boxes
    assert _codes(kept) == ()


@pytest.mark.parametrize("regions_word", [False, True])
def test_a_udi_is_no_trace_code_of_a_drug(
    shop: Shop, clock: FixedClock, regions_word: bool
) -> None:
    since = {Category.DEVICE_II: date(2026, 1, 1)} if regions_word else {}
    region = Shop(shop.ledger, clock, replace(shop.profile, udi_since=since))
    region.ledger.map.put_mapping(Actor(clock.now(), "007"), Mapping(DI, "Y1"))
    assert region.scan(MA_SERIAL).name is V.NOT_TRACE
    assert region.scan(f"{DI[:10]}999999.11103316.S1").name is V.NOT_TRACE
    assert region.scan(GS1_LOT).name is V.DAMAGED  # a drug's mark without its serial
    assert region.scan(GS1_SERIAL).accepted  # the GS1 trace code of a drug
    assert _codes(region) == (GS1_SERIAL,)


def test_an_outer_pack_of_devices_is_not_sold_as_one(kept: Shop) -> None:
    kept.ledger.map.put_mapping(
        Actor(kept.clock.now(), "007"), Mapping(DI, "D1", level=PackLevel.CARTON)
    )
    assert kept.scan(MA_SERIAL).name is V.OUTER_PACK
    assert kept.scan(MA_LOT).name is V.OUTER_PACK


def test_the_receipt_shows_the_udi_in_full(kept: Shop) -> None:
    kept.scan(MA_SERIAL)
    rows = compose(kept.pay(), Heading("店", "007"), 58, words("receipt.zh_CN"))
    text = "".join("".join(row.text.split()) for row in rows)
    assert f"器械标识{MA_SERIAL}" in text
    assert "无需扫码" not in text


@pytest.mark.parametrize(
    ("day", "classes"),
    [
        (date(2025, 12, 31), set()),
        (date(2026, 1, 1), {Category.DEVICE_II, Category.DEVICE_III}),
    ],
)
def test_only_class_one_is_exempt_by_the_generic_regions_dated_list(
    day: date, classes: set[Category]
) -> None:
    assert load_profile("generic").coded(day) == classes


def test_the_classes_may_begin_on_days_of_their_own(devices: Shop, clock: FixedClock) -> None:
    since = {Category.DEVICE_III: clock.now().date()}
    region = Shop(devices.ledger, clock, replace(devices.profile, udi_since=since))
    assert region.scan(MA_SERIAL).name is V.EXEMPT
    assert region.scan(GS1_SERIAL).name is V.OK_UNRECEIVED


def test_a_device_is_known_by_its_identifier_wherever_its_code_stands() -> None:
    assert identification_of(MA_SERIAL) == DI
    assert identification_of(MA_SERIAL.lower()) == DI
    assert identification_of("84362820442053402132") == "8436282"
