"""600 numbers of each personal kind through every wish: none of them lies in the store's file."""

import base64
import contextlib
import json
import random
from collections.abc import Iterator
from datetime import date

import pytest

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.catalogue.drugs import Batch, Mapping
from pharmacy_desk.core.people.free_text import kept
from pharmacy_desk.core.people.people import Operator, reason_problem
from pharmacy_desk.core.sale.online import OnlineOrder
from pharmacy_desk.core.sale.sale import PaymentKind, Settlement
from pharmacy_desk.core.scanning import persons
from pharmacy_desk.core.stock.acceptance import Transport
from pharmacy_desk.core.stock.drafts import Unfinished, to_body
from pharmacy_desk.core.stock.movement import MovementKind, StockLot
from pharmacy_desk.core.stock.no_code import Draft, NoCodeReason
from pharmacy_desk.core.stock.receiving import Receiving, Row
from pharmacy_desk.core.upload.outbox import Became, LineState
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import PayAnswer, PayDid
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from pharmacy_desk.counter.sale.payments import Payments
from pharmacy_desk.counter.stock.movements import Movements, Wanted
from tests import persons_kit as kit
from tests.conftest import OTC, RX, box
from tests.counter.upload.courier_kit import refuse, work_of

NEW = Batch("L260101", date(2026, 1, 1), date(2029, 1, 1))
_MERGED = [
    "{0}", "{0}{0}", "8{0}", "6901234567892{0}", "84362820442053402132{0}", "{0}84362820442053402132",
    "]C110{0}", "010690123456789210{0}", "https://x.cn/q?id={0}", "{0}\x1d{0}", "843628{0}A",
]  # fmt: skip
_PROSE = ["{}", "顾客{}说的", "身份证号:{}。"]


class Wishes:
    """Every wish that takes free text, as the counter takes it."""

    def __init__(self, shop) -> None:
        self.shop = shop
        self.stock = Movements(
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
        self.boxes = iter(range(1, 10**6))
        self.told: list[news.News] = []
        self.payments = Payments(
            shop.open_sale, shop.desk, None, lambda: shop.settings, lambda job: job(), lambda job: job(),
            self.told.append, lambda _: None, lambda: None, lambda *_: None,
        )  # fmt: skip

    def prose(self, text: str) -> None:
        """Texts that are kept, with the number masked."""
        shop, one = self.shop, box(next(self.boxes))
        now, today = shop.clock.now(), shop.clock.now().date()
        at = self.stock.post(
            MovementKind.DELIVERY,
            [Wanted(one, OTC.code, NEW)],
            text,
            text,
            text,
            Transport("", text),
        )
        assert at.number
        assert self.stock.end_recall(self.stock.recall("supplier", text, text).number)
        sale = shop.sell(box(next(self.boxes)))
        code = sale.codes()[0]
        assert shop.open_sale.returns.take_back(sale.number, code, text).number
        shop.ledger.drafts.learn_headers(Actor(now, "007"), kept(text, today), {"批号": "lot"})
        row = Row(OTC, text, NEW, 1)
        body = to_body(Unfinished(Receiving(text, text, (row,)), text, text, ((text, text),)))
        shop.ledger.drafts.put_draft(Actor(now, "007"), f"D{at.number}", body)
        entry = Draft(OTC.code, NEW, 1, NoCodeReason.MADE_BEFORE, today, kept(text, today))
        shop.ledger.no_code.keep_no_code(Actor(now, "007"), entry)
        assert reason_problem(text, today)
        shop.desk.maps.unmap("8436282", "nothing", text)

    def words(self, text: str) -> None:
        """What the platform says of a line."""
        shop = self.shop
        sale = shop.sell(box(next(self.boxes)))
        now, line = shop.clock.now(), shop.ledger.outbox.sold_line(sale.number, sale.codes()[0])
        for state in (LineState.UNKNOWN, LineState.REFUSED):
            shop.ledger.outbox.settle_lines([Became(line.key, state, text, now, "M1")], now)
        shop.ledger.sold_there.settle_elsewhere([line], {line.key: text}, "M1", now)

    def fields(self, number: str) -> Iterator[object]:
        """Fields that would be no good masked: each refuses."""
        shop = self.shop
        now, lot = shop.clock.now(), Batch(number, NEW.made, NEW.expiry)
        stock = StockLot(OTC.code, lot, 1)
        one = box(next(self.boxes))
        sale = shop.open_sale.open()
        draft = Draft(OTC.code, lot, 1, NoCodeReason.MADE_BEFORE, now.date(), "")
        yield lambda: shop.open_sale.boxes.set_batch(OTC.code, lot)
        yield lambda: shop.ledger.boxes.put_stock(Actor(now, "007"), [stock])
        yield lambda: self.stock.post(MovementKind.DELIVERY, [Wanted(one, OTC.code, lot)], "甲")
        yield lambda: self.stock.recall("lot", number)
        yield lambda: shop.open_sale.lines.set_order(OnlineOrder("美团", number))
        yield lambda: shop.open_sale.lines.set_order(OnlineOrder(number, "1"))
        yield lambda: shop.desk.maps.say(number, OTC, None)
        yield lambda: shop.ledger.map.put_mappings(Actor(now, "007"), [Mapping(number, OTC.code)])
        yield lambda: shop.ledger.no_code.keep_no_code(Actor(now, "007"), draft)
        yield lambda: shop.ledger.drafts.learn_headers(Actor(now, "007"), "甲", {number: "lot"})
        yield lambda: shop.ledger.gifts.set_order(
            Actor(now, "007"), sale.number, OnlineOrder("x", number)
        )

    def settlement(self, number: str) -> None:
        """A settlement number that is a person's is refused at the step; the sale stays open."""
        shop = self.shop
        if shop.open_sale.sale is None or not shop.open_sale.sale.lines:
            assert shop.scan(box(next(self.boxes))).accepted
        refused = self.payments.pay(PayOrder(PaymentKind.POOLED, Settlement(number))).result(
            timeout=0
        )
        assert isinstance(refused, PayAnswer)
        assert refused.what is PayDid.PERSON_NUMBER
        assert refused.error
        assert refused.error.fault is Fault.PERSON_NUMBER

    def scans(self, number: str) -> None:
        """Reads in which the number is merged with something else."""
        for form in random.Random(number).sample(_MERGED, 3):
            data = form.format(number).encode()
            self.shop.mono += 60
            with contextlib.suppress(WorldError):  # a lot that is a person's number is refused
                self.shop.scan(data)
            self.shop.desk.type_code(data.decode())


def _numbers(kinds) -> dict[str, list[str]]:
    rng = random.Random(20261122)
    # Whether a number is known is held by thousands of each in core; here each goes every way.
    return {kind: [make(rng).upper() for _ in range(200)] for kind, make in kinds.items()}


def _search(shop, numbers: set[str]) -> set[str]:
    shop.ledger.close()
    files = shop.ledger.path.parent.glob("ledger.*")
    return set().union(*(kit.lying_in(one.read_bytes(), numbers) for one in files))


@pytest.fixture
def wishes(shop):
    shop.ledger.chain.conn.execute("PRAGMA synchronous=OFF")  # thousands of wishes, no power cut
    return Wishes(shop)


@pytest.mark.parametrize("kind", [*kit.LASTING, *kit.PASSING])
def test_prose_and_the_platforms_words_keep_no_number(wishes, kind):
    numbers = _numbers({**kit.LASTING, **kit.PASSING})[kind]
    # Five in a text: more would be cut off, and so would hide what was not masked.
    for at in range(0, len(numbers), 5):
        text = _PROSE[at % len(_PROSE)].format("，".join(numbers[at : at + 5]))
        if kind in kit.LASTING:
            wishes.prose(text)
        wishes.words(text)
    assert _search(wishes.shop, set(numbers)) == set()


@pytest.mark.parametrize("kind", kit.LASTING)
def test_fields_refuse_a_number_with_a_sentence(wishes, kind):
    numbers = _numbers(kit.LASTING)[kind]
    for number in numbers:
        for wish in wishes.fields(number):
            with pytest.raises(WorldError) as refused:
                wish()
            assert refused.value.fault is Fault.PERSON_NUMBER, (number, refused.value)
        wishes.settlement(number)
    assert _search(wishes.shop, set(numbers)) == set()


@pytest.mark.parametrize("kind", ["id", "voucher"])
def test_merged_scans_keep_no_number(wishes, kind):
    numbers = _numbers(kit.LASTING)[kind]
    for number in numbers:
        wishes.scans(number)
    assert _search(wishes.shop, set(numbers)) == set()


def test_refusals_by_the_platform_come_masked_through_the_courier(shop):
    number = kit.id_number(random.Random(1))
    work = work_of(shop)
    sale = shop.sell(box(1))
    key = shop.ledger.outbox.sold_line(sale.number, box(1)).key
    spoken = refuse(key, whole="0")

    def say(body):
        reply = spoken(body)
        told = json.loads(reply.body)
        told["output"]["selinfoErrDetail"][0]["msgRslt"] = f"参保人{number}不在本地"
        told["output"]["result"]["msgRslt"] = f"参保人{number}失败"
        return type(reply)(json.dumps(told).encode(), sent=True)

    work.go(say)
    (line,) = work.lines().values()
    assert line.state is LineState.REFUSED
    assert "参保人" in line.platform_words
    assert "*" in line.platform_words
    assert _search(shop, {number}) == set()


def test_the_search_finds_what_lies_there():
    number = kit.id_number(random.Random(2))
    data = number.encode()
    for told in (
        data, data.hex().encode(), number.encode("utf-16-le"), number.encode("utf-16-be"),
        base64.b64encode(b"x" + data), base64.b64encode(b"xy" + data), b"21" + data + b"99",
        number.encode("utf-16-le").hex().encode(),
    ):  # fmt: skip
        assert kit.lying_in(b"\x00.." + told + b"..", {number}) == {number}


@pytest.mark.parametrize("kind", kit.LASTING)
def test_nobody_becomes_an_operator_under_such_a_number(shop, kind):
    number = kit.LASTING[kind](random.Random(kind))
    with pytest.raises(WorldError) as refused:
        shop.ledger.people.put_operator(
            Actor(shop.clock.now(), ""), Operator(number, "甲", "营业员"), "135790"
        )
    assert refused.value.fault is Fault.PERSON_NUMBER


def test_honest_numbers_pass_every_field(shop):
    stock = Wishes(shop).stock
    for at, lot in enumerate(("20251103", "L20251103", "A12345678", "202511030000123", "2511-03")):
        batch = Batch(lot, NEW.made, NEW.expiry)
        shop.open_sale.boxes.set_batch(RX.code, batch)
        wanted = [Wanted(box(at + 1), OTC.code, batch)]
        assert stock.post(MovementKind.DELIVERY, wanted, "甲", lot).number
        assert stock.recall("lot", lot).number
        shop.open_sale.lines.set_order(OnlineOrder("美团", f"80012345678901234{at}"))
    settled = Settlement("440300G000001234567890", "1")
    assert shop.scan(box(99)).accepted
    assert shop.pay(PaymentKind.POOLED, settled).settlement == settled
    assert not persons.names_person("440300G000001234567890", date(2026, 11, 22))
