"""`Reservations` for tests: keepers that are told what to answer, and one that keeps a book."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from pharmacy_desk.core.stock.facts import ClaimState, Earlier
from pharmacy_desk.core.stock.reservation import Answer, Claim, NotKnown, TakenBy, Yours
from tests.conftest import NOON


@dataclass
class ToldReservations:
    """Answers by `answers`, else with `usual`; `told` is what it was asked and told, in order."""

    usual: Answer = field(default_factory=Yours)
    answers: dict[str, Answer] = field(default_factory=dict)
    told: list[tuple[str, ...]] = field(default_factory=list)

    def who_has(self, code: str) -> Answer:
        return self._answer("ask", code)

    def reserve(self, claim: Claim) -> Answer:
        return self._answer("reserve", claim.code)

    def release(self, sale: str, codes: Sequence[str]) -> NotKnown | None:
        return self._heard("release", *codes)

    def finalise(self, sale: str, codes: Sequence[str]) -> NotKnown | None:
        return self._heard("finalise", *codes)

    def give_back(self, sale: str, code: str, *, on_sale: bool) -> NotKnown | None:
        return self._heard("put_back" if on_sale else "give_back", code)

    def carry_over(self, sale: str, to: str, codes: Sequence[str]) -> NotKnown | None:
        return self._heard("carry_over", *codes)

    def settle_doubts(self, claims: Sequence[Claim]) -> Sequence[Answer]:
        return [self._answer("settle", claim.code) for claim in claims]

    def _heard(self, *word: str) -> NotKnown | None:
        self.told.append(word)
        return self.usual if isinstance(self.usual, NotKnown) else None

    def _answer(self, what: str, code: str) -> Answer:
        self.told.append((what, code))
        return self.answers.get(code, self.usual)


def silent_reservations() -> ToldReservations:
    """A keeper that has not answered since noon."""
    return ToldReservations(NotKnown(NOON, "hub"))


@dataclass
class BookKeeper:
    """A store's keeper with a book of its own: code, and the claim that has it.

    `drops` says of each call whether it never arrives ("lost"), or is done and its answer lost
    ("deaf"); anything else goes through. It keeps the rules that the port asks of every keeper.
    """

    drops: Callable[[], str] = lambda: ""
    book: dict[str, Earlier] = field(default_factory=dict)

    def who_has(self, code: str) -> Answer:
        return self._call(lambda: self._who(code, ""))

    def reserve(self, claim: Claim) -> Answer:
        return self._call(lambda: self._reserve(claim))

    def release(self, sale: str, codes: Sequence[str]) -> NotKnown | None:
        def done() -> None:
            for code in self._of(sale, codes, ClaimState.LIVE):
                self.book.pop(code, None)  # one release may be told twice in a breath

        return self._told(done)

    def finalise(self, sale: str, codes: Sequence[str]) -> NotKnown | None:
        def done() -> None:
            for code in codes:
                there = self.book.get(code)
                if there is None or (there.sale, there.state) == (sale, ClaimState.LIVE):
                    self.book[code] = Earlier(ClaimState.FINAL, sale, "01", "007", NOON)

        return self._told(done)

    def give_back(self, sale: str, code: str, *, on_sale: bool) -> NotKnown | None:
        def done() -> None:
            for one in self._of(sale, (code,), ClaimState.FINAL):
                if on_sale:
                    del self.book[one]
                else:
                    self.book[one] = Earlier(ClaimState.RETURNED, sale, "01", "007", NOON)

        return self._told(done)

    def carry_over(self, sale: str, to: str, codes: Sequence[str]) -> NotKnown | None:
        def done() -> None:
            for code in self._of(sale, codes, ClaimState.LIVE):
                self.book[code] = replace(self.book[code], sale=to)

        return self._told(done)

    def settle_doubts(self, claims: Sequence[Claim]) -> Sequence[Answer]:
        return [self.reserve(claim) for claim in claims]

    def _of(self, sale: str, codes: Sequence[str], state: ClaimState) -> list[str]:
        held = (code for code in codes if code in self.book)
        return [c for c in held if (self.book[c].sale, self.book[c].state) == (sale, state)]

    def _who(self, code: str, sale: str) -> Answer:
        there = self.book.get(code)
        return TakenBy(there) if there and there.sale != sale else Yours()

    def _reserve(self, claim: Claim) -> Answer:
        answer = self._who(claim.code, claim.sale)
        if isinstance(answer, Yours) and claim.code not in self.book:
            live = ClaimState.LIVE
            self.book[claim.code] = Earlier(live, claim.sale, claim.counter, "007", claim.at)
        return answer

    def _call(self, done: Callable[[], Answer]) -> Answer:
        drop = self.drops()
        answer = NotKnown(NOON, "hub") if drop == "lost" else done()
        return NotKnown(NOON, "hub") if drop else answer

    def _told(self, done: Callable[[], None]) -> NotKnown | None:
        drop = self.drops()
        if drop != "lost":
            done()
        return NotKnown(NOON, "hub") if drop else None
