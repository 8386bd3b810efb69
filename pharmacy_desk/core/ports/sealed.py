"""Sealed records as the counter sees them: kept under a random reference, opened by name only."""

from datetime import date
from typing import Protocol

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.people.sealing import SealedData, SealedKind


class SealedRecords(Protocol):
    """Identity at rest. Each method is part of the running transaction, or one of its own.

    Nothing that was sealed is ever in an event: events hold the reference alone.
    """

    def keep(self, actor: Actor, kind: SealedKind, data: SealedData, keep_until: date) -> str:
        """Seal what is to be kept; the reference by which it is known (SEALED_KEPT)."""
        ...

    def prolong(self, actor: Actor, reference: str, kind: SealedKind, keep_until: date) -> None:
        """Keep a record longer, as one of another kind: it is a register's from now on."""
        ...

    def open(self, actor: Actor, reference: str, why: str) -> SealedData | None:
        """What was sealed, and an event that tells who opened it and why (SEALED_OPENED).

        None where it was dropped, or never was. Raises `WorldError` without the home's key.
        """
        ...

    def drop(self, actor: Actor, reference: str, why: str) -> bool:
        """Destroy its key for good (SEALED_DROPPED); False when it is gone already."""
        ...

    def drop_due(self, actor: Actor) -> int:
        """Destroy the keys of all records past their time; how many there were.

        Not before the log has gone on past that day for a week: the clock may be wrong.
        """
        ...
