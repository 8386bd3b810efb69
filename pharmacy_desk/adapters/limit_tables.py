"""Limits as they are shipped: what a region's profile says of them, and the published list."""

import csv
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.sale.limits import (
    LimitKind,
    LimitList,
    LimitRule,
    LimitTerms,
    LimitText,
)


def limit_terms(tables: object) -> tuple[LimitTerms, ...]:
    """The tables `[[limits]]` of a profile. Raises TypeError, KeyError, ValueError for bad ones."""
    if not isinstance(tables, list):
        raise TypeError("limits are a list of tables")
    return tuple(_terms(table) for table in tables)


def _terms(table: dict[str, object]) -> LimitTerms:
    since = table["since"]
    if not isinstance(since, date):
        raise TypeError("since is a day")
    return LimitTerms(
        since=since,
        applies={
            PaymentKind(kind): frozenset(map(LimitKind, named))
            for kind, named in _lists(table["applies"]).items()
        },
        insurance_types={
            value: frozenset(codes) for value, codes in _lists(table["insurance_types"]).items()
        },
        **{name: int(str(table[name])) for name in _NUMBERS},
    )


_NUMBERS = ("child_until", "pack_days", "repeat_days", "repeat_times")


def _lists(value: object) -> dict[str, list[str]]:
    if not isinstance(value, dict):
        raise TypeError("a table of lists expected")
    return {str(key): [str(entry) for entry in entries] for key, entries in value.items()}


def published(folder: Traversable, name: str, as_of: date) -> LimitList:
    """The list that is shipped, read as it stands: it was looked through before it was shipped."""
    rules = tuple(
        LimitRule(code, drug, _KINDS[kind], _value(value), version=name)
        for code, drug, kind, value in _rows(folder / "nhsa-limits.csv")
    )
    texts = tuple(
        LimitText(drug, _KINDS[kind], _value(value), text)
        for drug, kind, value, text in _rows(folder / "nhsa-limit-texts.csv")
    )
    return LimitList(name, as_of, rules, texts)


_KINDS = {kind.value: kind for kind in LimitKind}


@cache
def _value(cell: str) -> tuple[str, ...]:
    """One value; a dozen of them stand on all rows."""
    return (cell,)


def _rows(file: Traversable) -> Iterator[list[str]]:
    with file.open(encoding="utf-8-sig") as lines:
        found = csv.reader(lines)
        next(found)
        yield from found
