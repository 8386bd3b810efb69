"""The event log's form: what an event holds and how it is chained.

An event is never changed. Its hash covers its own fields and the hash before it on the same
counter, so that an edited, deleted or swapped row shows (design, invariant 8). No identity is
ever inside: it holds references to sealed records instead.
"""

import hashlib
import json
from dataclasses import field
from datetime import datetime
from enum import StrEnum

from pharmacy_desk.core.basics.numbers import Origin
from pharmacy_desk.core.basics.values import dataclass

GENESIS = "0" * 64
# Made once: every scan is chained.
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_FIELDS = json.JSONEncoder(separators=(",", ":"))


class EventKind(StrEnum):
    """Everything that is written down."""

    HOME_OPENED = "home_opened"
    HISTORY_ACCEPTED = "history_accepted"
    HISTORY_ASKED = "history_asked"
    SALE_OPENED = "sale_opened"
    ITEM_ASKED = "item_asked"
    BOX_RESERVED = "box_reserved"
    BOX_RELEASED = "box_released"
    BOX_CONFIRMED = "box_confirmed"
    CODE_TYPED = "code_typed"
    BOX_CONTESTED = "box_contested"
    ASK_UNDONE = "ask_undone"
    LINE_REMOVED = "line_removed"
    GIFT_MADE = "gift_made"
    GIFT_TAKEN_BACK = "gift_taken_back"
    LINE_REPRICED = "line_repriced"
    ORDER_SET = "order_set"
    RX_KEPT = "rx_kept"
    RX_SET = "rx_set"
    RX_DISPENSED = "rx_dispensed"
    RX_TAKEN_BACK = "rx_taken_back"
    SALE_HELD = "sale_held"
    SALE_RESUMED = "sale_resumed"
    SALE_VOIDED = "sale_voided"
    HOLD_EXPIRED = "hold_expired"
    SALE_PAID = "sale_paid"
    TICKET_OPENED = "ticket_opened"
    TICKET_CARRIED = "ticket_carried"
    TICKET_CANCELLED = "ticket_cancelled"
    TILL_SETTLED = "till_settled"
    TILL_REFUSED = "till_refused"
    TILL_ITEM_LEARNED = "till_item_learned"
    SETTLEMENT_ASKED = "settlement_asked"
    SETTLEMENT_SETTLED = "settlement_settled"
    SETTLEMENT_REFUSED = "settlement_refused"
    SETTLEMENT_UNKNOWN = "settlement_unknown"
    SETTLEMENT_CANCELLED = "settlement_cancelled"
    UNDO_ASKED = "undo_asked"
    UNDO_UNKNOWN = "undo_unknown"
    UNDO_REFUSED = "undo_refused"
    UNDO_DONE = "undo_done"
    BOX_SOLD = "box_sold"
    BOX_RETURNED = "box_returned"
    BOX_RESTORED = "box_restored"
    RETURN_POSTED = "return_posted"
    BOX_RECEIVED = "box_received"
    BOX_STOCKED = "box_stocked"
    BOX_REFUSED = "box_refused"
    BOX_OPENED = "box_opened"
    UNITS_SOLD = "units_sold"
    BOX_USED_UP = "box_used_up"
    BOX_TO_SUPPLIER = "box_to_supplier"
    BOX_TRANSFERRED_OUT = "box_transferred_out"
    BOX_TRANSFERRED_IN = "box_transferred_in"
    BOX_DESTROYED = "box_destroyed"
    BOX_MISSING = "box_missing"
    BOX_FOUND = "box_found"
    PACK_BROKEN = "pack_broken"
    DOCUMENT_POSTED = "document_posted"
    STOCK_IMPORTED = "stock_imported"
    PACKS_IMPORTED = "packs_imported"
    NO_CODE_KEPT = "no_code_kept"
    NO_CODE_APPROVED = "no_code_approved"
    NO_CODE_CLOSED = "no_code_closed"
    NO_CODE_USED = "no_code_used"
    NO_CODE_RELEASED = "no_code_released"
    NO_CODE_RETURNED = "no_code_returned"
    HEADERS_LEARNED = "headers_learned"
    SUPPLIER_DRUG_LEARNED = "supplier_drug_learned"
    RECALL_OPENED = "recall_opened"
    RECALL_CLOSED = "recall_closed"
    READ_DAMAGED = "read_damaged"
    SCAN_REFUSED = "scan_refused"
    SALES_IMPORTED = "sales_imported"
    LIMITS_IMPORTED = "limits_imported"
    LIMIT_TOLD = "limit_told"
    MAP_PROPOSED = "map_proposed"
    MAP_CONFIRMED = "map_confirmed"
    MAP_REMOVED = "map_removed"
    BATCH_SET = "batch_set"
    CATALOGUE_IMPORTED = "catalogue_imported"
    DRUG_ADDED = "drug_added"
    DRUG_CHANGED = "drug_changed"
    RECEIPT_PRINTED = "receipt_printed"
    PRINT_FAILED = "print_failed"
    UPLOAD_SETTLED = "upload_settled"
    UPLOAD_RETRIED = "upload_retried"
    OPERATOR_SIGNED_IN = "operator_signed_in"
    OPERATOR_CHANGED = "operator_changed"
    OPERATOR_LEFT = "operator_left"
    OPERATOR_BACK = "operator_back"
    OPERATOR_FREED = "operator_freed"
    BADGE_GIVEN = "badge_given"
    BADGE_TAKEN = "badge_taken"
    PIN_REFUSED = "pin_refused"
    PIN_ACCEPTED = "pin_accepted"
    PERSON_SEEN = "person_seen"
    PERSON_FORGOTTEN = "person_forgotten"
    BEARER_TOLD = "bearer_told"
    REGISTER_ENTERED = "register_entered"
    SEALED_KEPT = "sealed_kept"
    SEALED_OPENED = "sealed_opened"
    SEALED_DROPPED = "sealed_dropped"
    COUNTER_LOCKED = "counter_locked"
    SHIFT_OPENED = "shift_opened"
    SHIFT_CLOSED = "shift_closed"
    DAY_CLOSED = "day_closed"
    DUTY_ON = "duty_on"
    DUTY_OFF = "duty_off"
    REGISTER_SET = "register_set"
    POINTS_ENTERED = "points_entered"
    POINTS_WITHDRAWN = "points_withdrawn"
    APPROVAL_GIVEN = "approval_given"
    LESSON_BEGUN = "lesson_begun"
    LESSON_PASSED = "lesson_passed"
    CODE_SETTLED_ELSEWHERE = "code_settled_elsewhere"
    CODE_SETTLED_HERE = "code_settled_here"
    CLOCK_DOUBTFUL = "clock_doubtful"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the log before it has its place. `code` is a trace code, `document` a number."""

    kind: EventKind
    at: datetime
    operator: str
    code: str | None = None
    document: str | None = None
    payload: dict[str, object] = field(default_factory=dict)


def canonical(payload: dict[str, object]) -> str:
    """The one JSON text of a payload: sorted keys, no blanks, characters as they are."""
    return _CANONICAL.encode(payload)


def chain_hash(
    previous: str, origin: Origin, seq: int, event: Event, payload: str | None = None
) -> str:
    """SHA-256 (hex) of an event in its place: previous hash and every field, one per line.

    `payload` is the event's canonical payload where the caller has it already.
    """
    fields = (
        previous,
        origin.counter,
        origin.epoch,
        seq,
        event.at.isoformat(),
        event.kind.value,
        event.code,
        event.document,
        event.operator,
        canonical(event.payload) if payload is None else payload,
    )
    return hash_fields(*fields)


def hash_fields(*fields: object) -> str:
    """SHA-256 (hex) over the fields as one JSON array without blanks, in ASCII.

    JSON keeps nothing apart from a dash and a text apart from a number, so two different events
    never give the same text.
    """
    text = _FIELDS.encode(fields)
    return hashlib.sha256(text.encode("ascii")).hexdigest()
