"""Who signs on and off, and who keeps the register, over fakes; then the ledger and its check."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pharmacy_desk.adapters.store.check.run import check
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.people.duty import Entry, Points, RegisterState
from pharmacy_desk.core.people.people import Operator
from pharmacy_desk.core.sale.sale import PaymentKind
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import DutyDid
from pharmacy_desk.counter.people.approvals import Approvals
from pharmacy_desk.counter.people.duty_wishes import DutyWishes
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from tests.conftest import RX, Shop, box
from tests.fakes.lane import NowLane
from tests.fakes.open_sale import KeptLedger

PHARMACIST, CLERK = Operator("002", "张药师", "药师"), Operator("008", "李四", "营业员")
MANAGER = Operator("001", "王芳", "店长")
NOTICE = Points(date(2026, 5, 1), 3, "〔2026〕12号")


class Duties:
    """The wishes over fakes, a store with three people; `looked` counts looks at the gate."""

    def __init__(self, kept: KeptLedger, clock: Any, profile: Any) -> None:
        kept.settings = Settings({"operator.id": "001"}, practice=False)
        for person, pin in ((MANAGER, "111222"), (PHARMACIST, "222333"), (CLERK, "333444")):
            kept.people.put_operator(Actor(clock.now(), "001"), person, pin)
        self.told: list[news.News] = []
        self.looked = 0
        self.open_sale = kept.open_sale(clock, profile)
        approvals = Approvals(
            people=kept.people,
            events=kept.events,
            who=self.open_sale.who,
            clock=clock,
            settings=lambda: kept.settings,
            post=self.told.append,
        )
        self.wishes = DutyWishes(
            lane=NowLane(),
            duty=kept.duty,
            people=kept.people,
            who=self.open_sale.who,
            roster=self.open_sale.roster,
            approvals=approvals,
            practice=lambda: kept.settings.practice,
            looked=self._look,
            post=self.told.append,
        )

    def _look(self) -> None:
        self.looked += 1

    def sign(self, person: str, pin: str | None = None, *, on: bool = True) -> DutyDid:
        return self.wishes.sign(person, pin, on=on).result().what

    @property
    def on(self) -> list[str]:
        return [one.person for one in self.open_sale.roster.on_duty]


@pytest.fixture
def kept() -> KeptLedger:
    return KeptLedger()


@pytest.fixture
def duties(kept: KeptLedger, clock: Any, profile: Any) -> Duties:
    return Duties(kept, clock, profile)


def test_a_pharmacist_signs_on_and_off_by_pin(duties: Duties) -> None:
    assert duties.sign("002") is DutyDid.PIN_WANTED
    assert duties.sign("002", "999999") is DutyDid.BAD_PIN
    assert duties.sign("002", "222333") is DutyDid.ON
    assert duties.on == ["002"]
    assert duties.looked == 1
    assert duties.sign("002", "222333", on=False) is DutyDid.OFF
    assert duties.sign("002", "222333", on=False) is DutyDid.NOT_ON
    assert duties.on == []


def test_only_a_pharmacist_does_until_a_licence_is_entered(duties: Duties) -> None:
    assert duties.sign("008", "333444") is DutyDid.NO_PHARMACIST
    assert duties.sign("001", "111222") is DutyDid.NO_PHARMACIST
    duties.open_sale.who.sign_in("001", "111222")
    assert duties.wishes.keep_entry(Entry("001", " 执2020 ")).result().what is DutyDid.KEPT
    assert duties.sign("001") is DutyDid.ON  # works here: the PIN was given
    assert duties.sign("004") is DutyDid.UNKNOWN


def test_training_wants_no_pin_and_knows_no_staff(duties: Duties, kept: KeptLedger) -> None:
    kept.settings = replace(kept.settings, practice=True)
    assert duties.sign("P09") is DutyDid.ON
    assert duties.sign("001") is DutyDid.ON
    assert duties.sign("008") is DutyDid.NO_PHARMACIST
    assert duties.on == ["P09", "001"]


def test_who_leaves_the_house_is_on_duty_no_more(duties: Duties, kept: KeptLedger) -> None:
    duties.sign("002", "222333")
    kept.people.set_active(duties.open_sale.who.actor(), "002", active=False)
    duties.open_sale.roster.refresh()
    assert duties.on == []


def test_the_register_is_a_managers_and_keeps_notices_as_entered(duties: Duties) -> None:
    duties.open_sale.who.sign_in("008", "333444")
    awaited = duties.wishes.enter_points("002", NOTICE).result()
    assert awaited.what is DutyDid.APPROVAL_AWAITED
    duties.open_sale.who.sign_in("001", "111222")
    assert duties.wishes.enter_points("002", NOTICE).result().what is DutyDid.KEPT
    assert duties.wishes.enter_points("002", NOTICE).result().what is DutyDid.NOTICE_THERE
    late = replace(NOTICE, points=20)
    assert duties.wishes.enter_points("002", late).result().what is DutyDid.BAD_POINTS
    assert duties.wishes.enter_points("099", NOTICE).result().what is DutyDid.UNKNOWN
    shown = [one for one in duties.told if isinstance(one, news.DutyShown)][-1]
    assert [entry.points for entry in shown.register] == [3]
    assert duties.wishes.withdraw_points("002", NOTICE.notice).result().what is DutyDid.KEPT
    gone = duties.wishes.withdraw_points("002", NOTICE.notice).result()
    assert gone.what is DutyDid.NO_NOTICE


# --- over the real ledger -------------------------------------------------------------------


@pytest.fixture
def staffed(shop: Shop) -> Shop:
    """A shop in which one pharmacist is on duty, entered and noted."""
    actor = Actor(shop.clock.now(), "001")
    shop.ledger.duty.sign_on(actor, "002")
    suspended = Entry("002", "执2020", RegisterState.SUSPENDED, until=date(2026, 12, 1))
    shop.ledger.duty.keep_entry(actor, suspended)
    assert shop.ledger.duty.enter_points(actor, "002", NOTICE)
    shop.open_sale.roster.refresh()
    return shop


def _why(shop: Shop, payment: PaymentKind) -> list[str]:
    found = shop.open_sale.gate.refusals(PayOrder(payment), settled=True)
    return [one.reason.name for one in found]


def test_the_gate_hears_of_duty_at_once(staffed: Shop) -> None:
    staffed.scan(box(1, RX))
    assert "NO_PHARMACIST" in _why(staffed, PaymentKind.POOLED)
    assert "NO_PHARMACIST" not in _why(staffed, PaymentKind.SELF)
    actor = Actor(staffed.clock.now(), "001")
    staffed.ledger.duty.keep_entry(actor, Entry("002", "执2020"))
    staffed.open_sale.roster.refresh()
    assert "NO_PHARMACIST" not in _why(staffed, PaymentKind.POOLED)
    staffed.clock.advance(24 * 3600)
    assert "NO_PHARMACIST" in _why(staffed, PaymentKind.POOLED)


def test_the_ledger_reads_back_and_proves_what_was_entered(staffed: Shop) -> None:
    (entry,) = staffed.ledger.duty.entries()
    assert (entry.licence, entry.state, entry.notices) == (
        "执2020", RegisterState.SUSPENDED, (NOTICE,),
    )  # fmt: skip
    assert check(staffed.ledger.path).problems == ()
    payloads = staffed.ledger.chain.conn.execute("SELECT payload FROM events").fetchall()
    assert not any("执2020" in row[0] for row in payloads)
    actor = Actor(staffed.clock.now(), "001")
    staffed.ledger.duty.withdraw_points(actor, "002", NOTICE.notice)
    staffed.ledger.duty.sign_off(actor, "002")
    assert check(staffed.ledger.path).problems == ()


@pytest.mark.parametrize(
    "forged",
    [
        "INSERT INTO duty VALUES ('003', '2026-11-22T12:00:00+08:00')",
        "DELETE FROM duty",
        "UPDATE staff_register SET licence = '别人'",
        "UPDATE staff_register SET state = 'active'",
        "UPDATE staff_points SET points = 1",
        "DELETE FROM staff_points",
    ],
)
def test_what_no_event_says_is_found(staffed: Shop, forged: str) -> None:
    with staffed.ledger.chain.conn as conn:
        conn.execute(forged)
    found = check(staffed.ledger.path).problems
    assert any(word in problem for problem in found for word in ("duty:", "register:"))
