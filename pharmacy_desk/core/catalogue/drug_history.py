"""The history of a drug: who changed what of it and when, by hand or by a drug list."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum

from pharmacy_desk.core.basics.values import dataclass


class DrugStep(StrEnum):
    """How a drug came to be what it is."""

    LISTED = "listed"
    ADDED = "added"
    EDITED = "edited"
    OVERWRITTEN = "overwritten"
    LOT_TOLD = "lot_told"


@dataclass(frozen=True, slots=True)
class DrugMoment:
    """One step of a drug. `changes` tells by column what it was (None: not known) and is.

    `at` and `operator` are empty where a list brought it in before that was kept.
    """

    step: DrugStep
    at: datetime | None
    operator: str
    changes: Mapping[str, tuple[str | None, str]] = field(default_factory=dict)
