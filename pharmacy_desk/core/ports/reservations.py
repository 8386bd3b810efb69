"""The door to whoever keeps the reservations of codes: the local ledger, later a store's hub.

A keeper that does not answer says so as a value (`NotKnown`), and within the time a customer
waits: nothing here raises for a line that is down. The counter asks the door first and writes its
own ledger then; the ledger's unique row stays the guard against a second sale at this counter.

What became of a claim lies in the ledger until the keeper has heard it, and is told again after a
silence or a kill: hearing anything a second time changes nothing, and of a code that another sale
has, or that nobody ever reserved, nothing is taken from anybody.
"""

from collections.abc import Sequence
from typing import Protocol

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.stock.facts import Earlier
from pharmacy_desk.core.stock.reservation import Answer, Claim, NotKnown, Unheard, Word


class Reservations(Protocol):
    """Who has which code; called on the desk lane. None is the answer of one that has heard."""

    def who_has(self, code: str) -> Answer:
        """Whether a sale of this counter could have the code; nothing is reserved."""
        ...

    def reserve(self, claim: Claim) -> Answer:
        """Reserve the code for a sale; asking again for the same sale changes nothing."""
        ...

    def release(self, sale: str, codes: Sequence[str]) -> NotKnown | None:
        """These codes of a sale are free again, as its ledger has written."""
        ...

    def finalise(self, sale: str, codes: Sequence[str]) -> NotKnown | None:
        """These codes are sold for good by this sale, as its ledger has written."""
        ...

    def give_back(self, sale: str, code: str, *, on_sale: bool) -> NotKnown | None:
        """A sold box came back: to the returns, or on the shelf to be sold again."""
        ...

    def carry_over(self, sale: str, to: str, codes: Sequence[str]) -> NotKnown | None:
        """An unpaid sale goes on under another number, with these codes of it."""
        ...

    def settle_doubts(self, claims: Sequence[Claim]) -> Sequence[Answer]:
        """Ask again for claims that nobody could answer: an answer for each, in their order."""
        ...


class DoubtLedger(Protocol):
    """What the ledger keeps of claims whose keeper was silent, and of what it has yet to hear.

    What becomes of a claim is written for the keeper by the step itself, in its transaction.
    """

    def doubts(self) -> tuple[Claim, ...]:
        """Claims made while their keeper was silent, and not settled since."""
        ...

    def settle_doubt(self, actor: Actor, claim: Claim, taken: Earlier | None) -> None:
        """Take the mark off a claim; one that was `taken` leaves a sale that is not paid."""
        ...

    def unheard(self, code: str | None = None) -> tuple[Unheard, ...]:
        """What the keeper has yet to hear, of this code or of all, in the order it happened."""
        ...

    def heard(self, ids: Sequence[int]) -> None:
        """The keeper has heard these."""
        ...

    def tell_later(self, word: Word, sale: str, code: str) -> None:
        """One thing more, which no step of the ledger has written: it refused what was reserved."""
        ...
