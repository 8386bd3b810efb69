"""Lessons: a step ends by its deed in its turn, and the record counts tries until the first pass."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_desk.core.basics.events import EventKind
from pharmacy_desk.core.people.lessons import STEPS, Deed, Lesson, LessonRow, Progress, records
from tests.conftest import NOON

BEGUN, PASSED = EventKind.LESSON_BEGUN, EventKind.LESSON_PASSED


def test_there_are_six_lessons_and_each_has_something_to_do():
    assert [one.value for one in Lesson] == [
        "sell", "duplicate", "insured", "return", "receive", "check",
    ]  # fmt: skip
    assert set(STEPS) == set(Lesson)
    assert all(len(steps) >= 2 for steps in STEPS.values())
    assert {deed for steps in STEPS.values() for deed in steps} == set(Deed)


@pytest.mark.parametrize("lesson", list(Lesson))
def test_doing_the_steps_in_order_passes(lesson):
    progress = Progress(lesson)
    for deed in STEPS[lesson]:
        assert not progress.passed
        progress = progress.after({deed})
    assert progress.passed
    assert progress.after(set(Deed)) is progress


@pytest.mark.parametrize("lesson", list(Lesson))
@given(st.data())
def test_nothing_but_the_deed_of_the_step_in_hand_goes_on(lesson, data):
    done = data.draw(st.integers(0, len(STEPS[lesson]) - 1))
    progress = Progress(lesson, done)
    others = set(Deed) - {STEPS[lesson][done]}
    happened = data.draw(st.sets(st.sampled_from(sorted(others))))
    assert progress.after(happened) is progress
    assert progress.after(happened | {STEPS[lesson][done]}).done == done + 1


def test_the_record_counts_tries_until_the_first_pass():
    def row(person, lesson, kind, minutes):
        return LessonRow(person, lesson, kind, NOON + timedelta(minutes=minutes))

    told = records(
        [
            row("007", Lesson.RETURN, BEGUN, 1),
            row("007", Lesson.SELL, BEGUN, 2),
            row("007", Lesson.SELL, BEGUN, 3),
            row("007", Lesson.SELL, PASSED, 4),
            row("007", Lesson.SELL, BEGUN, 5),
            row("007", Lesson.SELL, PASSED, 6),
            row("001", Lesson.CHECK, BEGUN, 7),
        ],
        {"007": "李四"},
    )
    assert [(r.person, r.name, r.lesson, r.tries, r.passed_at) for r in told] == [
        ("001", "", Lesson.CHECK, 1, None),
        ("007", "李四", Lesson.SELL, 2, NOON + timedelta(minutes=4)),
        ("007", "李四", Lesson.RETURN, 1, None),
    ]
