"""Who changes people, over fakes: the rules that need no disk."""

import pytest

from pharmacy_desk.core.people.people import Operator
from pharmacy_desk.counter.people.approvals import Approvals
from pharmacy_desk.counter.people.porter import Porter
from pharmacy_desk.counter.people.staff_wishes import StaffDid, StaffWishes
from tests.fakes.lane import NowLane
from tests.fakes.open_sale import KeptLedger

MANAGER, CLERK = Operator("001", "王芳", "店长"), Operator("007", "李四", "营业员")


@pytest.fixture
def kept():
    return KeptLedger()


@pytest.fixture
def told():
    return []


@pytest.fixture
def staff(kept, clock, profile, told):
    open_sale = kept.open_sale(clock, profile)
    approvals = Approvals(
        people=kept.people,
        events=kept.events,
        who=open_sale.who,
        clock=clock,
        settings=lambda: kept.settings,
        post=told.append,
    )
    porter = Porter(
        people=kept.people,
        who=open_sale.who,
        approvals=approvals,
        clock=clock,
        settings=lambda: kept.settings,
        post=told.append,
    )
    return StaffWishes(
        lane=NowLane(),
        people=kept.people,
        who=open_sale.who,
        roster=open_sale.roster,
        porter=porter,
        approvals=approvals,
        post=told.append,
    )


def test_the_first_person_is_a_manager_and_the_last_manager_stays(staff, kept, told):
    assert staff.keep(CLERK, "246810").result().what is StaffDid.FIRST_MANAGER
    assert staff.keep(MANAGER, "135790").result().what is StaffDid.KEPT
    assert staff.set_active("001", active=False).result().what is StaffDid.LAST_MANAGER
    assert [one.active for one in kept.people.people()] == [True]


def test_a_pin_that_anybody_guesses_is_kept_for_nobody(staff, kept, told):
    assert staff.keep(MANAGER, "123").result().what is StaffDid.SHORT_PIN
    assert told == []
    assert kept.people.pins == {}
