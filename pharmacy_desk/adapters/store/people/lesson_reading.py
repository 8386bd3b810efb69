"""The record of lessons, read from the event log: nothing else holds it."""

from datetime import datetime

from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.part import ReadPart
from pharmacy_desk.adapters.store.people.people import all_people
from pharmacy_desk.core.basics.events import EventKind
from pharmacy_desk.core.people.lessons import Lesson, LessonRecord, LessonRow, records


@reads_rows
class LessonReader(ReadPart):
    """Who has begun and passed which lesson."""

    def records(self) -> tuple[LessonRecord, ...]:
        """The record of everybody who has begun a lesson, by person."""
        found = self._conn.execute(
            "SELECT operator, json_extract(payload, '$.lesson') AS lesson, kind, at FROM events"
            " WHERE kind IN (?, ?) ORDER BY at, seq",
            (EventKind.LESSON_BEGUN.value, EventKind.LESSON_PASSED.value),
        )
        rows = [
            LessonRow(
                row["operator"],
                Lesson(row["lesson"]),
                EventKind(row["kind"]),
                datetime.fromisoformat(row["at"]),
            )
            for row in found
        ]
        names = {one.operator.id: one.operator.name for one in all_people(self._conn)}
        return records(rows, names)
