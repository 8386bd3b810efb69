"""What is known to be missing of a home's past, and what a person decided about it."""

import json
from datetime import datetime
from enum import StrEnum

from pharmacy_desk.core.basics.errors import Fault
from pharmacy_desk.core.basics.values import dataclass


class Loss(StrEnum):
    """What is missing: the whole ledger, or the newest part of what it once held."""

    LEDGER = "ledger"
    EVENTS = "events"


LOST = {Loss.LEDGER: Fault.LEDGER_LOST, Loss.EVENTS: Fault.EVENTS_LOST}


@dataclass(frozen=True, slots=True)
class Missing:
    """A gap in the past. What was sold from `since` (None: from the beginning) on may be unknown.

    `found` is when it was first noticed.
    """

    loss: Loss
    since: datetime | None
    found: datetime

    def as_json(self) -> str:
        """The gap as it is kept until somebody decides."""
        since = self.since.isoformat() if self.since else None
        return json.dumps({"loss": self.loss, "since": since, "found": self.found.isoformat()})


def missing_from(text: str) -> Missing:
    """The gap that `Missing.as_json` wrote."""
    told = json.loads(text)
    since = datetime.fromisoformat(told["since"]) if told["since"] else None
    return Missing(Loss(told["loss"]), since, datetime.fromisoformat(told["found"]))
