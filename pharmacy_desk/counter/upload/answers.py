"""What became of a wish about the outbox; how its lines fare is told by news."""

from enum import StrEnum

from pharmacy_desk.core.basics.values import dataclass


class OutboxDid(StrEnum):
    """What was done; `NONE_REFUSED`: none of these lines waits for a person any more."""

    LOOKED_AT = "looked_at"
    QUEUED_AGAIN = "queued_again"
    NONE_REFUSED = "none_refused"


@dataclass(frozen=True, slots=True)
class OutboxAnswer:
    """So many `lines` were put back into the queue."""

    what: OutboxDid
    lines: int = 0
