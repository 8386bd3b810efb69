"""Today's keeper of reservations: the ledger of this counter itself.

What it is asked the ledger knows; what it is told the ledger has written, in the one transaction
of the scan, the payment or the return. So there is nothing to wait for and nothing to tell twice.
"""

from collections.abc import Callable, Sequence

from pharmacy_desk.core.stock.facts import Earlier
from pharmacy_desk.core.stock.reservation import Answer, Claim, NotKnown, TakenBy, Yours


class LocalReservations:
    """`Reservations` of a counter that stands alone; `earlier` asks its ledger."""

    def __init__(self, earlier: Callable[[str], Earlier | None]) -> None:
        self._earlier = earlier

    def who_has(self, code: str) -> Answer:
        """Who has or had it, by the ledger."""
        earlier = self._earlier(code)
        return TakenBy(earlier) if earlier else Yours()

    def reserve(self, claim: Claim) -> Answer:
        """Always: the unique row of the ledger's own transaction decides."""
        return Yours()

    def release(self, sale: str, codes: Sequence[str]) -> NotKnown | None:
        """The ledger has written it."""
        return None

    def finalise(self, sale: str, codes: Sequence[str]) -> NotKnown | None:
        """The ledger has written it."""
        return None

    def give_back(self, sale: str, code: str, *, on_sale: bool) -> NotKnown | None:
        """The ledger has written it."""
        return None

    def carry_over(self, sale: str, to: str, codes: Sequence[str]) -> NotKnown | None:
        """The ledger has written it."""
        return None

    def settle_doubts(self, claims: Sequence[Claim]) -> Sequence[Answer]:
        """Boxes that another keeper left in doubt: this counter stands alone, they are its own."""
        return [Yours() for _ in claims]
