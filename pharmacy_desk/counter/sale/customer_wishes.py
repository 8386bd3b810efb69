"""Wishes around the customer of the open sale: who it is, who fetches the goods for her."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol, TypeVar

from pharmacy_desk.core.people.identity import ProofKind
from pharmacy_desk.core.sale.person import Relation
from pharmacy_desk.counter.answers import AimAnswer, AimDid, PersonAnswer, SaleAnswer
from pharmacy_desk.counter.lanes import Lane
from pharmacy_desk.counter.sale.desk import Desk
from pharmacy_desk.counter.sale.open_sale import OpenSale

T = TypeVar("T")


class Guard(Protocol):
    """Does a job on the desk lane unless the sale is being settled or the counter is locked."""

    def __call__(self, job: Callable[[], T]) -> Future[T | SaleAnswer]:
        """Do it, or answer why not."""
        ...


class CustomerWishes:
    """Whom the sale is for: shown, named, fetched for, forgotten."""

    def __init__(
        self,
        *,
        lane: Lane,
        open_sale: OpenSale,
        desk: Desk,
        guard: Guard,
        changed: Callable[[], object],
    ) -> None:
        self._lane = lane
        self._open_sale = open_sale
        self._desk = desk
        self._guard = guard
        self._changed = changed

    def see(
        self, text: str, kind: ProofKind | None = None, name: str = ""
    ) -> Future[PersonAnswer | SaleAnswer]:
        """A person shows a proof: typed, or scanned and typed by a step of a rehearsal."""
        return self._then_changed(lambda: self._open_sale.customer.see(text, kind, name))

    def name(self, text: str) -> Future[PersonAnswer | SaleAnswer]:
        """The name of whoever was seen."""
        return self._then_changed(lambda: self._open_sale.customer.name(text))

    def tell_bearer(
        self, relation: Relation | None, name: str = ""
    ) -> Future[PersonAnswer | SaleAnswer]:
        """Whether the insured person stands there (人证相符), or who buys for her."""
        return self._then_changed(lambda: self._open_sale.customer.tell_bearer(relation, name))

    def forget(self) -> Future[PersonAnswer | SaleAnswer]:
        """The sale is for nobody any more."""
        return self._then_changed(self._open_sale.customer.forget)

    def await_proof(self, *, awaited: bool) -> Future[AimAnswer]:
        """A step on the screen asks for a proof: what is scanned of persons belongs to it."""

        def job() -> AimAnswer:
            before, self._desk.asks_person = self._desk.asks_person, awaited
            return AimAnswer(AimDid.SAME if before is awaited else AimDid.TURNED)

        return self._lane.wish(job)

    def _then_changed(self, job: Callable[[], PersonAnswer]) -> Future[PersonAnswer | SaleAnswer]:
        def work() -> PersonAnswer:
            answer = job()
            if not answer.what.refused:
                self._changed()
            return answer

        return self._guard(work)
