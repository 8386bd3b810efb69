"""The old system's sales, as the counter sees the ledger."""

from collections.abc import Sequence
from typing import Protocol

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.sale.past import Finding, PastFile, PastProgress, PastRow


class PastLedger(Protocol):
    """Sales of the old system, taken in pieces; each piece is one transaction with its event."""

    def mapped(self) -> frozenset[str]:
        """Identifications for which the three-code map knows a drug."""
        ...

    def progress(self, file: PastFile) -> PastProgress:
        """How far this file was taken before."""
        ...

    def keep(
        self,
        actor: Actor,
        file: PastFile,
        last_row: int,
        rows: Sequence[PastRow],
        findings: Sequence[Finding],
    ) -> int:
        """Take a piece that ends with `last_row`; how many of its codes are new.

        What contradicts our ledger or the three-code map becomes a finding besides those given.
        """
        ...

    def look_through(self, rows: Sequence[PastRow]) -> tuple[int, tuple[Finding, ...]]:
        """What `keep` would add and find, without writing anything."""
        ...

    def finish(self, actor: Actor, file: PastFile) -> None:
        """The file is through: what contradicts within the past becomes findings."""
        ...

    def findings(self, file: PastFile) -> tuple[Finding, ...]:
        """Every finding of this file, by its rows."""
        ...
