"""The tables of a region profile that say what each payment kind pays, as values of the trade."""

from collections.abc import Mapping
from datetime import date

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.catalogue.drugs import Category, InsuranceClass
from pharmacy_desk.core.sale.cover import (
    CoverRules,
    ExemptGoods,
    OnlyListed,
    PaidGoods,
    PriceCap,
    Term,
)


def cover_rules(table: object) -> CoverRules:
    """The profile's `[cover]`: lists `pays`, `only`, `caps` and `exempt`, each with its days.

    Raises `ValueError`, `KeyError` or `TypeError` where it is not one.
    """
    if not isinstance(table, dict):
        return CoverRules()
    return CoverRules(
        goods=tuple(
            PaidGoods(
                _term(row),
                _kinds(row),
                frozenset(Category(name) for name in _texts(row["categories"])),
                frozenset(InsuranceClass(name) for name in _texts(row["classes"])),
            )
            for row in _rows(table, "pays")
        ),
        only=tuple(
            OnlyListed(_term(row), _kinds(row), frozenset(_texts(row["codes"])))
            for row in _rows(table, "only")
        ),
        caps=tuple(
            PriceCap(_term(row), code, int(str(fen)), str(row.get("list", "")))
            for row in _rows(table, "caps")
            for code, fen in _cells(row["fen"]).items()
        ),
        exempt=tuple(
            ExemptGoods(
                _term(row),
                frozenset(Category(name) for name in _texts(row.get("categories", []))),
                frozenset(_texts(row.get("codes", []))),
            )
            for row in _rows(table, "exempt")
        ),
    )


def _rows(table: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    rows = table.get(name, [])
    if not isinstance(rows, list):
        raise TypeError(name)
    return [_cells(row) for row in rows]


def _cells(row: object) -> dict[str, object]:
    if not isinstance(row, dict):
        raise TypeError("a table is expected")
    return row


def _texts(cell: object) -> list[str]:
    if not isinstance(cell, list):
        raise TypeError("a list is expected")
    return [str(text) for text in cell]


def _kinds(row: Mapping[str, object]) -> frozenset[PaymentKind]:
    return frozenset(PaymentKind(name) for name in _texts(row["kinds"]))


def _term(row: Mapping[str, object]) -> Term:
    """Its days; a list without a first or last day has none."""
    since, until = row.get("since", date.min), row.get("until", date.max)
    if not isinstance(since, date) or not isinstance(until, date):
        raise TypeError("a day is expected")
    return Term(since, until)
