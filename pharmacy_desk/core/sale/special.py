"""含麻黄碱类 and other special compound preparations: how many, and of whom it is written down.

The numbers move with time and place, so they are dated rows of the region's profile (facts on
domain, section 7): two smallest packs a sale unless by prescription, identity in the register.
"""

from collections.abc import Sequence
from datetime import date, datetime

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.sale.sale import Line, Sale


@dataclass(frozen=True, slots=True)
class SpecialRule:
    """What holds from a day on: packs a sale, and how many days back a buyer's packs are shown."""

    since: date
    most_packs: int
    repeat_days: int


def rule_on(rules: Sequence[SpecialRule], day: date) -> SpecialRule | None:
    """The rule that holds on a day: the youngest that has begun; None where there is none yet."""
    begun = [rule for rule in rules if rule.since <= day]
    return max(begun, key=lambda rule: rule.since, default=None)


def special_lines(sale: Sale) -> tuple[Line, ...]:
    """The lines whose drugs carry the catalogue's flag."""
    return tuple(line for line in sale.lines if line.item.ephedrine)


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One line of the register (专册) without the person: drug, lot and how much of it was sold."""

    line: int
    part: int
    item: str
    name: str
    spec: str
    maker: str
    lot: str | None
    quantity: int
    unit: str


def register_entries(sale: Sale) -> tuple[RegisterEntry, ...]:
    """What of a sale goes into the register, one entry for each lot of a line."""
    return tuple(
        RegisterEntry(
            line=line.number,
            part=place,
            item=line.item.code,
            name=line.item.name,
            spec=line.item.spec,
            maker=line.item.maker,
            lot=part.batch.lot,
            quantity=part.count,
            unit=line.item.split_unit if line.split else line.item.unit,
        )
        for line in special_lines(sale)
        for place, part in enumerate(line.parts(), start=1)
    )


@dataclass(frozen=True, slots=True)
class Bought:
    """What a person bought before, by the register: when, by which receipt, how much."""

    at: datetime
    sale: str
    name: str
    quantity: int
    unit: str
