"""Reads `tables.toml`, the practice platform's own transcription, into frozen values."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

_TYPE = re.compile(r"(C|N|date|datetime|object)(\d+)?(?:,(\d+))?")
_RULE = re.compile(r"(when|unless) (\w+)=(\w+)")


@dataclass(frozen=True)
class Rule:
    """When a field must be filled: `Y`, empty (never), `when` or `unless` another says so.

    `Y0` is `Y` of a number for which 0 is an answer, not an empty field.
    """

    word: str = ""
    field: str = ""
    value: str = ""

    def holds(self, node: Mapping[str, Any]) -> bool:
        """Whether the field must be filled in this node."""
        other = node.get(self.field)
        if self.word == "when":
            return bool(other == self.value)
        if self.word == "unless":
            return bool(other != self.value)
        return self.word in ("Y", "Y0")


@dataclass(frozen=True)
class Field:
    """One field of a node: its name, kind (C, N, date, datetime, object), length and rule."""

    name: str
    kind: str
    length: int = 0
    places: int = 0
    rule: Rule = Rule()
    values: tuple[str, ...] = ()

    @property
    def required(self) -> bool:
        """Whether it must always be filled, whatever the other fields say."""
        return self.rule.word in ("Y", "Y0")


@dataclass(frozen=True)
class Transaction:
    """One transaction number: the node it reads, the node's fields, and what it answers with.

    A settlement has lines (`details`) and their trace codes (`traces`) in nodes beside it.
    """

    infno: str
    node: str
    fields: tuple[Field, ...]
    array: bool = False
    trace: bool = False
    errors: str = ""
    columns: tuple[str, ...] = ()
    details: str = ""
    detail_fields: tuple[Field, ...] = ()
    traces: str = ""
    trace_fields: tuple[Field, ...] = ()


@dataclass(frozen=True)
class Tables:
    """The whole reading: envelope, transactions, trace node and addresses."""

    envelope: tuple[Field, ...]
    transactions: Mapping[str, Transaction]
    trace_node: str
    trace_field: Field
    prefix: str
    single: str
    paths: Mapping[str, str]

    def number_at(self, path: str) -> str | None:
        """The base number a listed path belongs to; None where any number may be sent."""
        found = [number for number, listed in self.paths.items() if listed == path]
        return found[0] if found else None


def _rule(text: str) -> Rule:
    """Reads the third column of a field."""
    if text in ("", "Y", "Y0"):
        return Rule(text)
    found = _RULE.fullmatch(text)
    if found is None:
        raise ValueError(f"unreadable rule {text!r} in tables.toml")
    return Rule(found[1], found[2], found[3])


def _field(row: Sequence[Any]) -> Field:
    """Reads one field row."""
    name, kind, rule = row[:3]
    found = _TYPE.fullmatch(kind)
    if found is None:
        raise ValueError(f"unreadable type {kind!r} of {name} in tables.toml")
    values = tuple(row[3]) if len(row) > 3 else ()
    return Field(
        name,
        kind=found[1],
        length=int(found[2] or 0),
        places=int(found[3] or 0),
        rule=_rule(rule),
        values=values,
    )


def _transaction(infno: str, rows: Mapping[str, Mapping[str, Any]]) -> Transaction:
    """Reads one transaction, with the fields of the one it is `like`."""
    row = {**rows[rows[infno]["like"]], **rows[infno]} if "like" in rows[infno] else rows[infno]
    return Transaction(
        infno=infno,
        node=row["node"],
        fields=tuple(_field(one) for one in row["fields"]),
        array=row.get("array", False),
        trace=row.get("trace", False),
        errors=row.get("errors", ""),
        columns=tuple(row.get("columns", ())),
        details=row.get("details", ""),
        detail_fields=tuple(_field(one) for one in row.get("detail_fields", ())),
        traces=row.get("traces", ""),
        trace_fields=tuple(_field(one) for one in row.get("trace_fields", ())),
    )


@cache
def load() -> Tables:
    """The tables that ship with the practice platform."""
    text = resources.files(__package__).joinpath("tables.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    rows = data["transactions"]
    return Tables(
        envelope=tuple(_field(row) for row in data["envelope"]),
        transactions={infno: _transaction(infno, rows) for infno in rows},
        trace_node=data["trace"]["node"],
        trace_field=_field(data["trace"]["field"]),
        prefix=data["addresses"]["prefix"],
        single=data["addresses"]["single"],
        paths=data["addresses"]["paths"],
    )
