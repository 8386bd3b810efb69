"""An unfinished receiving as it is kept on the disk, and what is left of it after a document.

The body is JSON: drugs by item code, lots and dates as they stand, boxes in the order of their
scans. It holds no person's data: only trace codes are ever boxes of a receiving.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeAlias

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drugs import Batch, Item
from pharmacy_desk.core.scanning.persons import masked_within
from pharmacy_desk.core.stock.movement import MovementKind
from pharmacy_desk.core.stock.receiving import Box, Match, Receiving, Row, posted
from pharmacy_desk.core.stock.supplier_words import SupplierWords

RECEIVING = "receiving"
# What of a body is no text that people typed.
_CODES = frozenset({"code", "codes", "item"})
# Rows of a file that could not be taken: `#row` and the reason's word.
Unread: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A receiving with the two fields of the form that belong to goods kept cold, as typed.

    `unread` are the rows of its file that could not be taken.
    """

    receiving: Receiving
    celsius: str = ""
    arrived: str = ""
    unread: Unread = ()


@dataclass(frozen=True, slots=True)
class DraftStep:
    """What becomes of a draft in the transaction of a document: its new body, None for its end."""

    number: str
    body: str | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """An unfinished receiving in a list: whose it is and how far it has come, in boxes."""

    number: str
    at: datetime
    operator: str
    supplier: str
    reference: str
    expected: int
    scanned: int


def to_body(unfinished: Unfinished) -> str:
    """The receiving as JSON; whatever looks like a person's number is masked in what was typed."""
    receiving = unfinished.receiving
    told = {
        "supplier": receiving.supplier,
        "reference": receiving.reference,
        "listed": receiving.listed,
        "celsius": unfinished.celsius,
        "arrived": unfinished.arrived,
        "unread": unfinished.unread,
        "rows": [_row_json(row) for row in receiving.rows],
        "boxes": [_box_json(box) for box in receiving.boxes],
    }
    # The last day there is: every birth date of the past counts.
    kept = masked_within(told, date.max, _CODES)
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def from_body(body: str, item_of: Callable[[str], Item | None]) -> Unfinished | None:
    """The receiving again; None when the body is damaged or names a drug that is not there."""
    try:
        told = json.loads(body)
        rows = tuple(_row(row, item_of) for row in told["rows"])
        boxes = tuple(_box(box, item_of, len(rows)) for box in told["boxes"])
        receiving = Receiving(
            str(told["supplier"]), str(told["reference"]), rows, boxes, bool(told["listed"])
        )
        unread = tuple((str(row), str(why)) for row, why in told["unread"])
        return Unfinished(receiving, str(told["celsius"]), str(told["arrived"]), unread)
    except (ValueError, KeyError, TypeError):
        return None


def waiting(number: str, at: datetime, operator: str, body: str) -> Waiting:
    """A draft's line in a list; one whose body is damaged shows nothing but its place."""
    try:
        told = json.loads(body)
        return Waiting(
            number=number,
            at=at,
            operator=operator,
            supplier=str(told["supplier"]),
            reference=str(told["reference"]),
            expected=sum(int(row["quantity"]) for row in told["rows"]),
            scanned=len(told["boxes"]) + sum(int(row["counted"]) for row in told["rows"]),
        )
    except (ValueError, KeyError, TypeError):
        return Waiting(
            number=number,
            at=at,
            operator=operator,
            supplier="",
            reference="",
            expected=0,
            scanned=0,
        )


def after_document(
    unfinished: Unfinished, kind: MovementKind, moved: frozenset[str], stuck: frozenset[str]
) -> Unfinished:
    """The receiving without what one of its documents has moved.

    `moved` are codes, `stuck` the items whose counted packs did not move. What a row promises is
    less by what has come of it, so that a restart between two documents tells nothing twice.
    """
    receiving = unfinished.receiving
    gone = [0] * len(receiving.rows)
    for box in receiving.boxes:
        gone[box.row] += box.code in moved
    rows = tuple(
        _less(row, gone[at], moved, ends=kind is MovementKind.DELIVERY and _code(row) not in stuck)
        for at, row in enumerate(receiving.rows)
    )
    boxes = tuple(box for box in receiving.boxes if box.code not in moved)
    return replace(unfinished, receiving=replace(receiving, rows=rows, boxes=boxes))


def closed(unfinished: Unfinished) -> Unfinished | None:
    """The receiving once all its documents are posted: the boxes that stayed; None without any."""
    left = posted(unfinished.receiving, frozenset(), frozenset())
    return replace(unfinished, receiving=left) if left.boxes else None


def _less(row: Row, gone: int, moved: frozenset[str], *, ends: bool) -> Row:
    counted = row.counted if ends else 0
    return replace(
        row,
        quantity=max(0, row.quantity - gone - counted),
        codes=row.codes - moved,
        counted=row.counted - counted,
    )


def _code(row: Row) -> str:
    return row.item.code if row.item else ""


def _batch_json(batch: Batch) -> dict[str, str | None]:
    return {
        "lot": batch.lot,
        "made": batch.made.isoformat() if batch.made else None,
        "expiry": batch.expiry.isoformat() if batch.expiry else None,
    }


def _row_json(row: Row) -> dict[str, object]:
    return {
        "item": row.item.code if row.item else None,
        "name": row.name,
        **_batch_json(row.batch),
        "quantity": row.quantity,
        "price_fen": row.price_fen,
        "codes": sorted(row.codes),
        "counted": row.counted,
        "words": _words_json(row.words) if row.words else None,
    }


def _words_json(words: SupplierWords) -> dict[str, str]:
    return {
        "party": words.party,
        "name": words.name,
        "spec": words.spec,
        "maker": words.maker,
    }


def _box_json(box: Box) -> dict[str, object]:
    return {
        "code": box.code,
        "item": box.item.code,
        "row": box.row,
        **_batch_json(box.told),
        "match": box.match.value,
        "refused": box.refused,
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _batch(told: Mapping[str, Any]) -> Batch:
    return Batch(told["lot"], _day(told["made"]), _day(told["expiry"]))


def _item(code: str, item_of: Callable[[str], Item | None]) -> Item:
    item = item_of(code)
    if item is None:
        raise ValueError(code)
    return item


def _row(told: Mapping[str, Any], item_of: Callable[[str], Item | None]) -> Row:
    item = _item(told["item"], item_of) if told["item"] else None
    return Row(
        item=item,
        name=str(told["name"]),
        batch=_batch(told),
        quantity=int(told["quantity"]),
        price_fen=told["price_fen"],
        codes=frozenset(told["codes"]),
        counted=int(told["counted"]),
        # A body of a program before has none.
        words=SupplierWords(**told["words"]) if told.get("words") else None,
    )


def _box(told: Mapping[str, Any], item_of: Callable[[str], Item | None], rows: int) -> Box:
    if not 0 <= told["row"] < rows:
        raise ValueError(told["row"])
    return Box(
        code=str(told["code"]),
        item=_item(told["item"], item_of),
        row=int(told["row"]),
        told=_batch(told),
        match=Match(told["match"]),
        refused=str(told["refused"]),
    )
