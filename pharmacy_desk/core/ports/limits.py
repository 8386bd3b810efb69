"""Part of the ledger's door: lists of limits, and how often a sale went beyond one."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.sale.limits import Bought, LimitHit, LimitList


class LimitLedger(Protocol):
    """Keeps imported lists whole, and what was said of sales by them."""

    def limit_lists(self) -> tuple[LimitList, ...]:
        """Every list that was imported, in the order it came."""
        ...

    def keep_limits(self, actor: Actor, kept: LimitList) -> bool:
        """Keep a list with its event; False when the newest one is this very list."""
        ...

    def note_limits(
        self, actor: Actor, sale: str, payment: PaymentKind, hits: Sequence[LimitHit]
    ) -> None:
        """Write down that a sale, paid so, was said to be beyond these limits; each once."""
        ...

    def bought(self, fingerprint: str, since: date, but: str) -> tuple[Bought, ...]:
        """What a person has bought since that day and not brought back, sale `but` left out."""
        ...
