"""What the ledger keeps of work on delivery files, as the counter sees it."""

from collections.abc import Mapping
from typing import Protocol

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.stock.drafts import RECEIVING
from pharmacy_desk.core.stock.supplier_words import SupplierWords


class DraftLedger(Protocol):
    """Unfinished work and what was learned; every change is one transaction."""

    def put_draft(self, actor: Actor, number: str, body: str, kind: str = RECEIVING) -> None:
        """Keep unfinished work as it stands now; the state before it is replaced.

        `kind` is `drafts.RECEIVING`, or one of `scanned.Work`.
        """
        ...

    def drop_draft(self, number: str) -> None:
        """Forget unfinished work."""
        ...

    def learned_headers(self) -> dict[str, dict[str, str]]:
        """What was learned of header names: supplier, plain name, our column."""
        ...

    def learn_headers(self, actor: Actor, party: str, names: Mapping[str, str]) -> None:
        """Remember for a supplier what its header names mean; what was said last counts."""
        ...

    def learn_drug(self, actor: Actor, words: SupplierWords, item: str) -> None:
        """Remember which drug a supplier's words mean; what was said last counts."""
        ...
