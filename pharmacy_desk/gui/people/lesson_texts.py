"""What the lessons say, as values: read from the shipped files by the fuse box."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.people.lessons import Lesson

Tables: TypeAlias = Sequence[Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class StepText:
    """What to do, and a hint; `say` are sentences with why each is wrong, empty for the right."""

    do: str
    hint: str
    say: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LessonText:
    """A lesson's title, its steps in the order of its rules, and what is said at its end."""

    lesson: Lesson
    title: str
    steps: tuple[StepText, ...]
    done: str


def lesson_texts(tables: Tables) -> dict[Lesson, LessonText]:
    """All lessons. Raises `KeyError` or `ValueError` where a part is missing."""
    found = (_lesson(table) for table in tables)
    return {text.lesson: text for text in found}


def _lesson(table: Mapping[str, object]) -> LessonText:
    return LessonText(
        lesson=Lesson(str(table["name"])),
        title=str(table["title"]),
        steps=tuple(_step(row) for row in _rows(table["step"])),
        done=str(table["done"]),
    )


def _step(row: object) -> StepText:
    if not isinstance(row, Mapping):
        raise ValueError("a step is a table")  # noqa: TRY004 - the file's value is wrong
    say = tuple((str(sentence), str(why)) for sentence, why in _rows(row.get("say", ())))
    return StepText(str(row["do"]), str(row["hint"]), say)


def _rows(value: object) -> Sequence[tuple[object, object]]:
    return value if isinstance(value, Sequence) else ()
