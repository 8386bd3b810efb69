"""Lessons in training mode: what a person does in each, in order, and the record of who passed.

A lesson goes on by what really happened at the counter, never by a button that says "next".
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from pharmacy_desk.core.basics.events import EventKind
from pharmacy_desk.core.basics.values import dataclass


class Lesson(StrEnum):
    """The lessons, in the order they are taught."""

    SELL = "sell"
    DUPLICATE = "duplicate"
    INSURED = "insured"
    RETURN = "return"
    RECEIVE = "receive"
    CHECK = "check"


class Deed(StrEnum):
    """What happened at the counter, as far as a lesson asks for it."""

    BOX_IN = "box_in"
    SAME_BOX_AGAIN = "same_box_again"
    CUSTOMER_TOLD = "customer_told"
    INSURED_CHOSEN = "insured_chosen"
    PAID = "paid"
    PAID_INSURED = "paid_insured"
    BROUGHT_BACK = "brought_back"
    BOX_ARRIVED = "box_arrived"
    DELIVERY_POSTED = "delivery_posted"
    UNSENT_FOUND = "unsent_found"
    HISTORY_SEEN = "history_seen"


# Each step is over when its deed has happened; what happens before its turn does not count.
STEPS: Mapping[Lesson, tuple[Deed, ...]] = {
    Lesson.SELL: (Deed.BOX_IN, Deed.PAID),
    Lesson.DUPLICATE: (
        Deed.BOX_IN,
        Deed.PAID,
        Deed.SAME_BOX_AGAIN,
        Deed.CUSTOMER_TOLD,
        Deed.BOX_IN,
        Deed.PAID,
    ),
    Lesson.INSURED: (Deed.BOX_IN, Deed.INSURED_CHOSEN, Deed.PAID_INSURED),
    Lesson.RETURN: (Deed.PAID, Deed.BROUGHT_BACK),
    Lesson.RECEIVE: (Deed.BOX_ARRIVED, Deed.DELIVERY_POSTED),
    Lesson.CHECK: (Deed.BOX_IN, Deed.PAID, Deed.UNSENT_FOUND, Deed.HISTORY_SEEN),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a person is in a lesson: so many of its steps are done."""

    lesson: Lesson
    done: int = 0

    @property
    def steps(self) -> int:
        """How many steps the lesson has."""
        return len(STEPS[self.lesson])

    @property
    def passed(self) -> bool:
        """True once every step was done."""
        return self.done == self.steps

    @property
    def line_down(self) -> bool:
        """True while nothing is to reach the platform: the lesson lets look for what is unsent."""
        return Deed.UNSENT_FOUND in STEPS[self.lesson][self.done :]

    def after(self, deeds: Collection[Deed]) -> "Progress":
        """How it stands after something happened; one happening ends one step at most."""
        if self.passed or STEPS[self.lesson][self.done] not in deeds:
            return self
        return replace(self, done=self.done + 1)


@dataclass(frozen=True, slots=True)
class LessonRow:
    """What the log says: this person began this lesson then, or passed it."""

    person: str
    lesson: Lesson
    kind: EventKind
    at: datetime


@dataclass(frozen=True, slots=True)
class LessonRecord:
    """One person's record of one lesson: tries until it was passed first, and when that was."""

    person: str
    name: str
    lesson: Lesson
    tries: int
    passed_at: datetime | None


def records(rows: Iterable[LessonRow], names: Mapping[str, str]) -> tuple[LessonRecord, ...]:
    """The record of everybody who has begun a lesson, by person, in the order of the lessons.

    What is done again after it was passed is practice, and changes no record.
    """
    tries: dict[tuple[str, Lesson], int] = {}
    passed: dict[tuple[str, Lesson], datetime] = {}
    for row in rows:
        key = (row.person, row.lesson)
        if key in passed:
            continue
        if row.kind is EventKind.LESSON_PASSED:
            passed[key] = row.at
        else:
            tries[key] = tries.get(key, 0) + 1
    order = list(Lesson)
    return tuple(
        LessonRecord(person, names.get(person, ""), lesson, count, passed.get((person, lesson)))
        for (person, lesson), count in sorted(
            tries.items(), key=lambda one: (one[0][0], order.index(one[0][1]))
        )
    )
