"""A box's life as one document: `pharmacy-desk code` and a till's question are told the same."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from pharmacy_desk.core.scanning.recognise import recognise_code
from pharmacy_desk.core.scanning.scan import Kind, identification_of
from pharmacy_desk.core.stock.facts import ClaimState

if TYPE_CHECKING:
    from pharmacy_desk.adapters.store.reading import Reader


def box_life(reader: Reader, text: str, today: date) -> dict[str, Any] | None:
    """Code, state, drug and events of a box; None for a text that is no box's code."""
    reading = recognise_code(text.replace(" ", ""), today)
    is_udi = reading.kind is Kind.UDI
    if not reading.code or not (reading.is_trace or reading.code_needs_map or is_udi):
        return None
    item = reader.catalogue.drug_of(identification_of(reading.code))
    earlier = reader.boxes.earlier(reading.code)
    rows = reader.boxes.history(reading.code)
    lived = reader.boxes.state(reading.code)
    state = lived.value if lived else "unknown"
    if earlier and earlier.state is ClaimState.LIVE:
        state = "in_sale"
    return {
        "code": reading.code,
        "state": state,
        "drug": {"item": item.code, "name": item.name, "spec": item.spec} if item else None,
        "events": [
            {
                "at": row.at.isoformat(),
                "event": row.event,
                "document": row.document,
                "operator": row.operator or None,
            }
            for row in rows
        ],
    }
