"""The no-code library as a person's wishes: kept, approved with a PIN, taken, and paid."""

import tomllib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from importlib import resources
from typing import Any

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.paper.receipt import Heading, compose
from pharmacy_desk.core.people.people import ApprovalRefusal
from pharmacy_desk.core.ports.doors import Operator
from pharmacy_desk.core.sale.gate.missing_codes import NOT_TAKEN, TO_SCAN
from pharmacy_desk.core.sale.sale import PaymentKind
from pharmacy_desk.core.stock.no_code import (
    Bar,
    CloseReason,
    Draft,
    Flaw,
    NoCodeReason,
    NoCodeSold,
    NoCodeState,
)
from pharmacy_desk.core.upload.message import wire_line
from pharmacy_desk.core.upload.profile import Profile
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import ReturnDid, SaleAnswer, SaleDid
from pharmacy_desk.counter.lanes import Lane
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from pharmacy_desk.counter.stock.no_code_wishes import NoCodeWishes
from pharmacy_desk.counter.views.stock_answers import NoCodeAnswer, NoCodeDid
from tests import plain
from tests.conftest import EXEMPT, OTC, Shop, box

OLD = Batch("OLD1", date(2025, 1, 2), date(2028, 1, 1))
DRAFT = Draft("Y1", OLD, 2, NoCodeReason.MADE_BEFORE, date(2025, 6, 30), "  发票 7 ")


class Keeper:
    """The keeper on a lane of its own, each wish waited for."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.paying = False
        self.failed: list[Exception] = []
        self.woken: list[bool] = []
        self.lane = Lane("desk", self.failed.append)
        self.begin()

    def begin(self, profile: Profile | None = None) -> None:
        """The counter begins anew, in a region of this profile."""
        shop = self.shop
        shop.begin(profile)
        self.wishes = NoCodeWishes(
            lane=self.lane,
            sales=shop.ledger.sales,
            no_code=shop.ledger.no_code,
            catalogue=shop.ledger.catalogue,
            open_sale=shop.open_sale,
            approvals=shop.desk.approvals,
            clock=shop.clock,
            shut=lambda: "settling" if self.paying else "",
            looked=shop.desk.gate.look,
            post=shop.news.append,
            wake_courier=self.woken.append,
        )

    def answer(self) -> Any:
        self.lane.call(lambda: None)
        return self.shop.news[-1]

    def approve(self, number: str, person: str = "001", pin: str = "246810") -> NoCodeAnswer:
        """The answer once a second person has spoken; that one awaits while the PIN is wrong."""
        awaited = self.wishes.approve(number).result(timeout=5)
        if awaited.later is None:
            return awaited
        assert awaited.what is NoCodeDid.APPROVAL_AWAITED
        self.yes = self.lane.call(
            lambda: self.shop.desk.approvals.answer(person, pin, "核对发票")
        ).result()
        if not awaited.later.done():
            return awaited
        assert self.yes.then == awaited.later.result()
        return awaited.later.result()

    def kept(self, draft: Draft = DRAFT) -> str:
        answer = self.wishes.keep(draft).result(timeout=5)
        assert answer.what is NoCodeDid.KEPT, answer
        assert self.shop.news[-1] == news.NoCodeChanged(answer.number, NoCodeState.PROPOSED)
        assert self.approve(answer.number).what is NoCodeDid.APPROVED
        assert self.shop.news[-1] == news.NoCodeChanged(answer.number, NoCodeState.APPROVED)
        return answer.number

    def flaw(self, draft: Draft) -> Flaw | None:
        answer = self.wishes.keep(draft).result(timeout=5)
        assert answer.what is NoCodeDid.FLAWED
        return answer.flaw

    def take(self, number: str) -> NoCodeAnswer:
        answer = self.wishes.take(number, 1).result(timeout=5)
        assert isinstance(answer, NoCodeAnswer)
        return answer


@pytest.fixture
def keeper(shop: Shop) -> Iterator[Keeper]:
    shop.ledger.people.put_operator(
        Actor(shop.clock.now(), ""), Operator("001", "店长", "店长"), "246810"
    )
    shop.ledger.people.put_operator(
        Actor(shop.clock.now(), ""), Operator("003", "药师", "药师"), "135790"
    )
    made = Keeper(shop)
    yield made
    made.lane.stop()
    assert made.failed == []


def _refused(shop: Shop, payment: PaymentKind) -> list[tuple[str, int, str]]:
    found = shop.open_sale.gate.refusals(PayOrder(payment), settled=True)
    return [(one.reason.name, one.boxes, one.words.todo) for one in found]


def _receipt(shop: Shop) -> str:
    paid = shop.pay()
    words = tomllib.loads(
        resources.files("pharmacy_desk_resources")
        .joinpath("words", "receipt.zh_CN.toml")
        .read_text(encoding="utf-8")
    )
    return "\n".join(row.text for row in compose(paid, Heading("店", "007"), 80, words))


def test_only_a_manager_with_the_right_pin_approves(keeper: Keeper) -> None:
    number = keeper.wishes.keep(DRAFT).result(timeout=5).number
    for person, pin, why in (
        ("001", "000000", "bad_pin"), ("009", "246810", "bad_pin"),
        ("003", "135790", "role_too_low"),
    ):  # fmt: skip
        assert keeper.approve(number, person, pin).what is NoCodeDid.APPROVAL_AWAITED
        assert keeper.yes.what == why
    entry = keeper.shop.ledger.no_code.no_code_entry(number)
    assert entry is not None
    assert entry.state is NoCodeState.PROPOSED
    assert keeper.approve(number) == NoCodeAnswer(NoCodeDid.APPROVED, number)
    before = NoCodeAnswer(NoCodeDid.BARRED, number, bar=Bar.APPROVED_BEFORE)
    assert keeper.approve(number) == before
    entry = keeper.shop.ledger.no_code.no_code_entry(number)
    assert entry is not None
    assert (entry.approver, entry.operator, entry.evidence) == ("001", "007", "发票 7")
    told = plain.rows(
        keeper.shop.ledger.path,
        "SELECT kind, payload FROM events WHERE document = ? ORDER BY seq",
        (number,),
    )
    assert [row["kind"] for row in told] == [
        "no_code_kept", "approval_given", "no_code_approved",
    ]  # fmt: skip
    assert "核对发票" in told[1]["payload"]


def test_what_has_changed_meanwhile_is_not_approved(keeper: Keeper) -> None:
    number = keeper.wishes.keep(DRAFT).result(timeout=5).number
    awaited = keeper.wishes.approve(number).result(timeout=5)
    assert isinstance(keeper.answer(), news.ApprovalWanted)
    keeper.wishes.close(number, CloseReason.MISTAKE)
    keeper.lane.call(lambda: keeper.shop.desk.approvals.answer("001", "246810", "核对发票"))
    assert keeper.answer().ended is ApprovalRefusal.CHANGED
    assert awaited.later is not None
    assert awaited.later.result(timeout=5) == NoCodeAnswer(NoCodeDid.NOT_APPROVED, number)
    entry = keeper.shop.ledger.no_code.no_code_entry(number)
    assert entry is not None
    assert (entry.state, entry.approver) == (NoCodeState.CLOSED, None)


def test_a_store_without_people_says_that_nobody_can_approve(shop: Shop) -> None:
    alone = Keeper(shop)
    number = alone.wishes.keep(DRAFT).result(timeout=5).number
    assert alone.approve(number).bar is Bar.NOBODY
    alone.lane.stop()


def test_what_is_filled_in_badly_is_not_kept(keeper: Keeper) -> None:
    assert keeper.flaw(replace(DRAFT, item="nothing")) is Flaw.DRUG
    assert keeper.flaw(replace(DRAFT, item=EXEMPT.code)) is Flaw.NEEDS_NONE
    tomorrow = keeper.shop.clock.now().date() + timedelta(1)
    assert keeper.flaw(replace(DRAFT, bought_on=tomorrow)) is Flaw.BOUGHT_ON
    assert keeper.shop.news == []
    assert plain.row(keeper.shop.ledger.path, "SELECT count(*) FROM no_code")[0] == 0


def test_a_drug_may_be_named_by_its_barcode(keeper: Keeper) -> None:
    number = keeper.kept(replace(DRAFT, item=OTC.barcodes[0]))
    entry = keeper.shop.ledger.no_code.no_code_entry(number)
    assert entry is not None
    assert entry.item == OTC.code


def test_a_closed_entry_says_so_to_every_later_wish(keeper: Keeper) -> None:
    number = keeper.kept()
    closed = keeper.wishes.close(number, CloseReason.COUNTED).result(timeout=5)
    assert closed == NoCodeAnswer(NoCodeDid.CLOSED, number)
    assert keeper.answer() == news.NoCodeChanged(number, NoCodeState.CLOSED)
    barred = NoCodeAnswer(NoCodeDid.BARRED, number, bar=Bar.CLOSED)
    assert keeper.wishes.close(number, CloseReason.MISTAKE).result(timeout=5) == barred
    assert keeper.approve(number) == barred
    nothing = keeper.wishes.close("nothing", CloseReason.GONE).result(timeout=5)
    assert nothing.bar is Bar.NOT_FOUND
    assert keeper.answer() == news.NoCodeChanged(number, NoCodeState.CLOSED)


def test_a_line_is_filled_from_the_library_and_the_insurance_settles_it(keeper: Keeper) -> None:
    shop, number = keeper.shop, keeper.kept()
    shop.open_sale.lines.add_item(OTC, 2)
    shop.scan(box(1))
    assert _refused(shop, PaymentKind.ACCOUNT) == [("MISSING_CODES", 1, TO_SCAN.todo)]
    taken = NoCodeAnswer(NoCodeDid.TAKEN, number, lot="OLD1", left=1, lacking=0)
    assert keeper.take(number) == taken
    assert keeper.answer() == news.NoCodeTaken(number, 1)
    changed = shop.news[-2]
    assert isinstance(changed, news.SaleChanged)
    assert changed.sale == shop.open_sale.sale
    assert _refused(shop, PaymentKind.ACCOUNT) == []
    assert _refused(shop, PaymentKind.SELF) == []
    assert keeper.take(number).bar is Bar.NOTHING_LACKING


@pytest.mark.parametrize(
    ("bought", "until", "settles"),
    [
        (date(2025, 6, 30), None, True),
        (date(2025, 7, 1), None, False),
        (date(2025, 6, 30), date(2026, 11, 22), True),
        (date(2025, 6, 30), date(2026, 11, 21), False),
    ],
)
def test_the_region_says_how_long_the_insurance_settles_without_codes(
    keeper: Keeper, bought: date, until: date | None, settles: bool
) -> None:
    shop = keeper.shop
    keeper.begin(replace(shop.profile, no_code_until=until))
    number = keeper.kept(replace(DRAFT, bought_on=bought))
    shop.open_sale.lines.add_item(OTC, 1)
    assert keeper.take(number).what is NoCodeDid.TAKEN
    stopped = [] if settles else [("MISSING_CODES", 1, NOT_TAKEN.todo)]
    assert _refused(shop, PaymentKind.POOLED) == stopped
    assert _refused(shop, PaymentKind.SELF) == []


def test_nothing_is_taken_while_a_sale_is_settled_or_none_is_open(keeper: Keeper) -> None:
    shop, number = keeper.shop, keeper.kept()
    assert keeper.take(number).bar is Bar.NOTHING_LACKING
    shop.open_sale.lines.add_item(OTC, 1)
    keeper.paying = True
    assert keeper.wishes.take(number, 1).result(timeout=5) == SaleAnswer(SaleDid.SETTLING)
    assert shop.open_sale.refresh().lines[0].lacking == 1


def test_the_receipt_says_which_boxes_had_no_code(keeper: Keeper) -> None:
    shop, number = keeper.shop, keeper.kept()
    shop.open_sale.lines.add_item(OTC, 3)
    shop.scan(box(1))
    keeper.wishes.take(number, 1)
    keeper.answer()
    text = _receipt(shop)
    assert "无码 1 盒（无码库）" in text
    assert "批号 OLD1" in text
    assert "有 1 盒未采集追溯码" in text  # self-paid and only warned of: it has no entry
    assert box(1) in text


def test_a_customer_brings_a_box_back_and_the_platform_is_told(keeper: Keeper) -> None:
    shop, number = keeper.shop, keeper.kept()
    shop.open_sale.lines.add_item(OTC, 2)
    for _ in range(2):
        assert keeper.take(number).what is NoCodeDid.TAKEN
    paid = shop.pay()
    box_entry = paid.lines[0].no_code[0].entry
    sold = NoCodeSold(paid.number, box_entry, shop.clock.now())
    returned = keeper.wishes.take_back(sold, number, "质量问题").result(timeout=5)
    assert returned.what is ReturnDid.TAKEN_BACK
    assert news.Returned(returned.number, "") in shop.news
    assert keeper.woken == [False]
    with closing(Reader(shop.ledger.path)) as reader:
        (sale,) = (queued.line for queued in reader.outbox.lines_of(paid.number))
        (line,) = (queued.line for queued in reader.outbox.lines_of(returned.number))
    wire = wire_line(line, shop.profile.sale_return, shop.profile)
    assert wire["medins_prod_sel_no"] == sale.key
    assert (wire["manu_lotnum"], wire["sel_retn_cnt"], wire["memo"]) == ("OLD1", "1", "质量问题")
    assert shop.profile.trace_node not in wire
    for wrong, why in (
        (sold, ReturnDid.BEFORE),
        (replace(sold, entry=99), ReturnDid.NOT_ON_RECEIPT),
    ):
        told = keeper.wishes.take_back(wrong, number, "其他").result(timeout=5)
        assert (told.what, told.number) == (why, "")
    assert check(shop.ledger.path).problems == ()


def test_without_an_entry_a_self_paid_sale_is_only_warned_of(keeper: Keeper) -> None:
    shop = keeper.shop
    shop.open_sale.lines.add_item(OTC, 1)
    assert _refused(shop, PaymentKind.SELF) == []
    assert shop.pay().lines[0].lacking == 1


def test_a_whole_day_leaves_a_ledger_that_proves(keeper: Keeper) -> None:
    shop, number = keeper.shop, keeper.kept()
    for step in (
        shop.open_sale.lines.undo,
        lambda: shop.open_sale.lines.remove_line(1),
        shop.open_sale.ending.void,
        shop.pay,
    ):
        shop.open_sale.lines.add_item(OTC, 1)
        line = shop.open_sale.sale.lines[-1].number  # type: ignore[union-attr]
        assert keeper.wishes.take(number, line).result(timeout=5).what is NoCodeDid.TAKEN
        step()
        if shop.open_sale.sale:
            shop.open_sale.ending.void()
    keeper.wishes.close(number, CloseReason.MISTAKE)
    keeper.answer()
    entry = shop.ledger.no_code.no_code_entry(number)
    assert entry is not None
    assert (entry.used, check(shop.ledger.path).problems) == (1, ())
