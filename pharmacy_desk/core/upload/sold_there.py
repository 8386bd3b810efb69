"""What the platform has recorded as sold by this store: asked for the time that is missing here.

The scope of the question is not confirmed (docs/facts/platform.md, 2.9), so only a region whose
profile names its fields is asked, and an answer only ever forbids a sale.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from pharmacy_desk.core.basics.history import Missing
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.scanning.recognise import recognise_text
from pharmacy_desk.core.upload.answers import Asked, read_rows
from pharmacy_desk.core.upload.message import Sender, query_payload
from pharmacy_desk.core.upload.profile import Profile, Query

# Nobody knows since when: a year of days is asked, one short question each.
_FARTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class SoldThere:
    """A code that the platform has from us: the serial of its line, and our item code if told."""

    code: str
    key: str
    item: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Days that the platform is still to be asked about, both inclusive, and codes found so far."""

    first: date
    last: date
    marked: int = 0


def gap_of(missing: Missing) -> Gap:
    """The days of a missing time."""
    since = missing.since or missing.found - _FARTHEST
    return Gap(since.date(), missing.found.date())


def can_ask(query: Query) -> bool:
    """Whether the region's question takes a period and answers with codes."""
    return len(query.period) == 2 and bool(query.code_fields)


def sold_payload(query: Query, day: date, sender: Sender, profile: Profile) -> dict[str, object]:
    """The question what was sold on a day."""
    asked = query_payload(query, "", sender, profile)[query.node]
    node = dict(asked) if isinstance(asked, dict) else {}
    node.pop(query.key_field, None)
    return {query.node: node | dict.fromkeys(query.period, day.isoformat())}


def read_sold(
    query: Query, body: bytes, asked: Asked, profile: Profile, now: datetime
) -> tuple[SoldThere, ...] | None:
    """The codes of an answer; None when it cannot be trusted."""
    rows = read_rows(query, body, asked, profile)
    if rows is None:
        return None
    found = []
    for row in rows:
        told = _first(row, query.code_fields)
        if told:
            code = recognise_text(told, now.date()).code or told
            key, item = _first(row, query.row_keys), _first(row, query.item_fields)
            found.append(SoldThere(code, key, item))
    return tuple(found)


def _first(row: Mapping[str, object], names: Sequence[str]) -> str:
    return next((str(row[name]) for name in names if row.get(name)), "")
