"""Who may do what, who may approve what, wrong PINs, badges: every cell of the tables."""

import json
import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_desk.core.basics.events import EventKind
from pharmacy_desk.core.people import people
from pharmacy_desk.core.people.people import (
    APPROVERS,
    RIGHTS,
    Approval,
    ApprovalRefusal,
    Operator,
    Request,
    Right,
    Subject,
    badge_text,
    clean_reason,
    locked_until,
    make_badge,
    may_approve,
    may_do,
    pin_problem,
    reason_problem,
)
from pharmacy_desk.core.people.roles import Role
from pharmacy_desk.core.scanning.recognise import recognise_text
from pharmacy_desk.core.scanning.scan import Kind
from tests.conftest import NOON

C, P, M, I = Role.CLERK, Role.PHARMACIST, Role.MANAGER, Role.INFORMATION  # noqa: E741
TODAY = date(2026, 11, 22)
MAY = {
    Right.SETTINGS: {M, I},
    Right.PEOPLE: {M},
    Right.IMPORT: {P, M, I},
    Right.DRUGS: {P, M, I},
    Right.END_RECALL: {P, M},
    Right.PRICE_DOWN: {M},
    Right.PRICE_UP: {M},
    Right.REGISTER: {M},
}
MAY_APPROVE = {subject: {M} for subject in Subject}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_exactly_what_its_row_says(role):
    assert {right for right in Right if may_do(role.value, right)} == {
        right for right, roles in MAY.items() if role in roles
    }
    assert {subject for subject in Subject if may_approve(role.value, subject)} == {
        subject for subject, roles in MAY_APPROVE.items() if role in roles
    }


def test_every_right_and_subject_has_its_row_and_strangers_may_nothing():
    assert set(RIGHTS) == set(Right)
    assert set(APPROVERS) == set(Subject)
    for stranger in ("", "老板", "manager"):
        assert not any(may_do(stranger, right) for right in Right)
        assert not any(may_approve(stranger, subject) for subject in Subject)


def test_what_a_manager_may_not_do_nobody_may():
    assert all(M in roles for roles in (*RIGHTS.values(), *APPROVERS.values()))


@pytest.mark.parametrize(
    ("tries", "minutes"),
    [(0, None), (1, None), (4, None), (5, 5), (6, None), (10, 10), (15, 20), (20, 40), (45, 1280),
     (50, 1440), (5000, 1440)],
)  # fmt: skip
def test_every_fifth_wrong_pin_locks_for_twice_as_long(tries, minutes):
    until = locked_until(tries, NOON)
    assert until == (NOON + timedelta(minutes=minutes) if minutes else None)


@given(st.integers(0, 10**9))
def test_a_lock_out_never_ends_before_it_begins_and_never_lasts_a_week(tries):
    until = locked_until(tries, NOON)
    assert until is None or NOON < until <= NOON + timedelta(days=1)


@pytest.mark.parametrize(
    ("pin", "why"),
    [("", "short"), ("12345", "short"), ("abcdef", "short"), ("１２３４５６", "short"),
     ("111111", "plain"), ("123456", "plain"), ("987654", "plain"), ("246810", None),
     ("112233", None)],
)  # fmt: skip
def test_a_pin_is_long_enough_and_not_the_first_one_somebody_tries(pin, why):
    assert pin_problem(pin) == why


@given(st.integers())
def test_a_made_badge_is_nothing_of_a_box_a_person_or_money(seed):
    text = make_badge(random.Random(seed).choice)
    reading = recognise_text(text, TODAY)
    assert reading.kind is Kind.UNKNOWN
    assert badge_text(reading) == text
    assert len(text) != 20
    assert not set(text[2:]) & set("01OIL")


@pytest.mark.parametrize(
    "text",
    ["84362820442053402132", "6900000000014", "134567890123456789", "11010519491231002X", "12345",
     "", "x" * 65, "99999999999999999999", "31234567890123456789"],
)  # fmt: skip
def test_what_is_of_a_box_of_a_person_or_too_short_is_no_badge(text):
    assert badge_text(recognise_text(text, TODAY)) is None


@given(st.text(max_size=80))
def test_only_an_unknown_code_is_ever_a_badge(text):
    reading = recognise_text(text, TODAY)
    badge = badge_text(reading)
    assert badge is None or (reading.kind is Kind.UNKNOWN and 6 <= len(badge) <= 64)


@pytest.mark.parametrize(
    ("reason", "why"),
    [("", ApprovalRefusal.NO_REASON), ("店长在场核对", None), ("Counted twice", None),
     ("身份证 11010519491231002X", ApprovalRefusal.PERSONAL_REASON),
     ("134567890123456789", ApprovalRefusal.PERSONAL_REASON)],
)  # fmt: skip
def test_a_reason_is_given_and_names_no_person(reason, why):
    assert reason_problem(reason, TODAY) == why


@given(st.text())
def test_a_kept_reason_is_one_short_line(text):
    kept = clean_reason(text)
    assert kept.isprintable() or not kept
    assert len(kept) <= people.MOST_REASON_CHARS * 7  # a control sign is shown as \\uXXXX


def test_an_approval_tells_both_persons_the_thing_and_the_reason():
    asker = Operator("007", "张三", "营业员")
    request = Request(Subject.MOVEMENT, "loss", asker, "二店", 3)
    event = Approval(request, "001", "找过两遍").event(NOON, "01-1")
    assert (event.kind, event.operator, event.document) == (
        EventKind.APPROVAL_GIVEN, "007", "01-1",
    )  # fmt: skip
    assert event.payload == {
        "subject": "movement", "what": "loss", "asker": "007", "approver": "001",
        "reason": "找过两遍",
    }  # fmt: skip
    assert "张三" not in json.dumps(event.payload, ensure_ascii=False)
