"""What the window asks about the people who work here."""

from typing import Protocol

from pharmacy_desk.core.people.lessons import LessonRecord


class LessonReading(Protocol):
    """Who has passed which lesson."""

    def records(self) -> tuple[LessonRecord, ...]:
        """The record of everybody who has begun a lesson, by person."""
        ...
