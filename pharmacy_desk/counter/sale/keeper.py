"""The keeper of reservations, as the counter deals with it. Runs on the desk lane.

What became of a claim is written by the ledger in the transaction that does it. It lies there until
the keeper has heard it: neither a keeper that is silent nor a kill loses a word. A keeper hears
things in the order they happened, so nothing is asked of a code while something of it is unheard.
"""

from collections.abc import Sequence
from itertools import groupby

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.ports.reservations import DoubtLedger, Reservations
from pharmacy_desk.core.stock.reservation import Answer, Claim, NotKnown, Word


class Keeper:
    """Asks the `door` about codes, and tells it what the `ledger` says that it has not heard."""

    def __init__(self, door: Reservations, ledger: DoubtLedger) -> None:
        self._door = door
        self._ledger = ledger
        self._waits = True  # something may be unheard: at the start nobody has looked

    def who_has(self, code: str) -> Answer:
        """Whether a sale of this counter could have the code; nothing is reserved."""
        return self._silence_about(code) or self._door.who_has(code)

    def reserve(self, claim: Claim) -> Answer:
        """Reserve the code for a sale."""
        return self._silence_about(claim.code) or self._door.reserve(claim)

    def settle_doubts(self, claims: Sequence[Claim]) -> Sequence[Answer]:
        """Ask again for claims that nobody could answer: an answer for each, in their order."""
        silent = self._tell()
        return [silent] * len(claims) if silent else self._door.settle_doubts(claims)

    def let_go(self, sale: str, code: str) -> None:
        """It was reserved, and the ledger has refused it: somebody else has it there."""
        self._ledger.tell_later(Word.RELEASED, sale, code)
        self.tell_unheard()

    def tell_unheard(self) -> None:
        """Tell what is unheard; what was done stays done where that cannot be noted now."""
        try:
            self._tell()
        except WorldError:
            self._waits = True  # it is told a second time then, which changes nothing

    def _silence_about(self, code: str) -> NotKnown | None:
        """Why nothing can be asked of a code now: what became of it before is unheard."""
        return self._tell() if self._waits and self._ledger.unheard(code) else None

    def _tell(self) -> NotKnown | None:
        """All that is unheard, in its order, until the keeper is silent."""
        self._waits = True
        told = groupby(self._ledger.unheard(), key=lambda one: (one.word, one.sale, one.to))
        for (word, sale, to), group in told:
            words = list(group)
            silent = self._say(word, sale, to, [one.code for one in words])
            if silent:
                return silent
            self._ledger.heard([one.id for one in words])
        self._waits = False
        return None

    def _say(self, word: Word, sale: str, to: str, codes: Sequence[str]) -> NotKnown | None:
        match word:
            case Word.RELEASED:
                return self._door.release(sale, codes)
            case Word.SOLD:
                return self._door.finalise(sale, codes)
            case Word.CARRIED_OVER:
                return self._door.carry_over(sale, to, codes)
        back = (self._door.give_back(sale, c, on_sale=word is Word.ON_SALE) for c in codes)
        return next((silent for silent in back if silent), None)
