"""What the ledger keeps of work on delivery files, as the clerk sees it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol


class DraftLedger(Protocol):
    """Unfinished receivings and learned header names; every change is one transaction."""

    def put_draft(self, number: str, body: str, at: datetime, operator: str) -> None:
        """Keep an unfinished receiving as it stands now; the state before it is replaced."""
        ...

    def drop_draft(self, number: str) -> None:
        """Forget an unfinished receiving."""
        ...

    def learned_headers(self) -> dict[str, dict[str, str]]:
        """What was learned of header names: supplier, plain name, our column."""
        ...

    def learn_headers(
        self, party: str, names: Mapping[str, str], at: datetime, operator: str
    ) -> None:
        """Remember for a supplier what its header names mean; what was said last counts."""
        ...
