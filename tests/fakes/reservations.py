"""`Reservations` for tests: a keeper that is told what to answer, and one that never answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pharmacy_desk.core.stock.reservation import Answer, Claim, NotKnown, Yours
from tests.conftest import NOON


@dataclass
class ToldReservations:
    """Answers by `answers`, else with `usual`; `told` is what it was asked and told, in order."""

    usual: Answer = field(default_factory=Yours)
    answers: dict[str, Answer] = field(default_factory=dict)
    told: list[tuple[str, ...]] = field(default_factory=list)

    def ask(self, code: str) -> Answer:
        return self._answer("ask", code)

    def reserve(self, claim: Claim) -> Answer:
        return self._answer("reserve", claim.code)

    def release(self, sale: str, codes: Sequence[str]) -> None:
        self.told.append(("release", *codes))

    def finalise(self, sale: str, codes: Sequence[str]) -> None:
        self.told.append(("finalise", *codes))

    def give_back(self, sale: str, code: str, *, on_sale: bool) -> None:
        self.told.append(("put_back" if on_sale else "give_back", code))

    def settle_doubts(self, claims: Sequence[Claim]) -> Sequence[Answer]:
        return [self._answer("settle", claim.code) for claim in claims]

    def _answer(self, what: str, code: str) -> Answer:
        self.told.append((what, code))
        return self.answers.get(code, self.usual)


def silent_reservations() -> ToldReservations:
    """A keeper that has not answered since noon."""
    return ToldReservations(NotKnown(NOON, "hub"))
