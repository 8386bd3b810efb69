"""The keeper of prescriptions: what a person reads off one is kept and put to the open sale."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import TypeVar

from pharmacy_desk.core.people.sealing import SealedKind
from pharmacy_desk.core.ports.catalogue import CatalogueLedger
from pharmacy_desk.core.ports.electronic import (
    ElectronicRx,
    RxFound,
    RxNotFound,
    RxNotReached,
)
from pharmacy_desk.core.ports.people import PeopleLedger
from pharmacy_desk.core.ports.prescriptions import PrescriptionLedger
from pharmacy_desk.core.sale.dispensing import needs_prescription, packs_of
from pharmacy_desk.core.sale.prescription import Checkers, Prescribed, RxOrder, order_flaw
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.counter.answers import RxAnswer, RxDid, SaleAnswer
from pharmacy_desk.counter.lanes import give_on
from pharmacy_desk.counter.sale.open_sale import OpenSale

# Why a diagnosis was opened, in its event.
_LOOKED_UP = "prescription looked up"
T = TypeVar("T")
# Does a wish on the desk lane, unless the counter is locked or the sale settled.
Guard = Callable[[Callable[[], "RxAnswer | SaleAnswer"]], "Future[RxAnswer | SaleAnswer]"]


class RxWishes:
    """Takes wishes from any thread; each returns what became of it."""

    def __init__(
        self,
        *,
        prescriptions: PrescriptionLedger,
        catalogue: CatalogueLedger,
        people: PeopleLedger,
        open_sale: OpenSale,
        guard: Guard,
        changed: Callable[[], object],
        door: ElectronicRx | None = None,
        to_door: Callable[[Callable[[], object]], None] = lambda job: None,
    ) -> None:
        self._prescriptions = prescriptions
        self._catalogue = catalogue
        self._people = people
        self._open_sale = open_sale
        self._guard = guard
        self._changed = changed
        self._door = door
        self._to_door = to_door

    def keep(self, order: RxOrder) -> Future[RxAnswer | SaleAnswer]:
        """Keep a prescription and put it to the open sale."""
        return self._guard(lambda: self._keep(order))

    def take_off(self) -> Future[RxAnswer | SaleAnswer]:
        """The sale is not sold on its prescription after all; it stays kept."""

        def job() -> RxAnswer:
            sale = self._open_sale.sale
            if sale is None or sale.prescription is None:
                return RxAnswer(RxDid.NONE_THERE)
            self._prescriptions.set_prescription(self._open_sale.who.actor(), sale.number, None)
            return self._done(RxAnswer(RxDid.TAKEN_OFF, sale.prescription.number))

        return self._guard(job)

    def open_sealed(self, reference: str) -> Future[RxAnswer | SaleAnswer]:
        """Open diagnosis and picture of a kept prescription; that is an event (invariant 8)."""

        def job() -> RxAnswer:
            actor = self._open_sale.who.actor()
            held = self._prescriptions.open_sealed(actor, reference, _LOOKED_UP)
            return RxAnswer(RxDid.OPENED if held is not None else RxDid.DROPPED, opened=held)

        return self._guard(job)

    def electronic(self, token: str) -> Future[RxAnswer | SaleAnswer]:
        """Look an electronic prescription up, keep it, and fill the sale with what it prescribes.

        Asked off the desk lane: the counter goes on meanwhile.
        """
        ended: Future[RxAnswer | SaleAnswer] = Future()

        def job() -> RxAnswer:
            door, sale = self._door, self._open_sale.open()
            if door is None:
                return RxAnswer(RxDid.NO_DOOR)
            sender, msgid = self._open_sale.who.sender(), self._open_sale.settlements.message_id()

            def ask() -> None:
                found: RxFound | RxNotFound | RxNotReached = RxNotReached("")
                try:
                    found = door.look_up(token, sender, msgid)
                finally:
                    # As every wish: nothing is filled in at a counter that was locked meanwhile.
                    wished = self._guard(lambda: self._filled(sale.number, found))
                    give_on(wished, ended)

            self._to_door(ask)
            return RxAnswer(RxDid.ASKED)

        def begun(answered: Future[RxAnswer | SaleAnswer]) -> None:
            """Whatever kept the question from being asked is the answer."""
            if answered.exception() or answered.result() != RxAnswer(RxDid.ASKED):
                give_on(answered, ended)

        self._guard(job).add_done_callback(begun)
        return ended

    def _filled(
        self, sale: str, found: RxFound | RxNotFound | RxNotReached
    ) -> RxAnswer | SaleAnswer:
        """What was found (desk lane); the sale may have ended meanwhile, or be settled."""
        if isinstance(found, RxNotFound):
            return RxAnswer(RxDid.NOT_FOUND, found.words)
        if isinstance(found, RxNotReached):
            return RxAnswer(RxDid.NOT_REACHED, found.why)
        now = self._open_sale.sale
        if now is None or now.number != sale or self._open_sale.settling:
            return RxAnswer(RxDid.SALE_GONE)
        answer = self._keep(found.order)
        if not answer.what.refused:
            self._fill()
        return answer

    def _fill(self) -> None:
        """Ask for the boxes that it prescribes and the sale lacks."""
        sale = self._open_sale.sale
        known = sale.prescription if sale else None
        for drug in known.drugs if known else ():
            item = self._catalogue.find_item(drug.item) if drug.item else None
            line = sale.line_of(drug.item) if sale and item else None
            lacking = drug.left - (line.quantity if line else 0)
            if item and lacking > 0:
                self._open_sale.lines.add_item(item, lacking)
        self._changed()

    def _keep(self, order: RxOrder) -> RxAnswer:
        actor = self._open_sale.who.actor()
        flaw = order_flaw(order, actor.at.date())
        if flaw:
            return RxAnswer(RxDid.BAD, flaw)
        stranger = next((n for n in _numbers(order.checkers) if not self._ours(n)), "")
        if stranger:
            return RxAnswer(RxDid.NO_SUCH_PERSON, stranger)
        sale = self._open_sale.sale
        drugs = self._drugs(order, sale)
        if isinstance(drugs, str):
            return RxAnswer(RxDid.NO_SUCH_DRUG, drugs)
        if not drugs:
            return RxAnswer(RxDid.NO_DRUGS)
        number = sale.number if sale else ""
        known = self._prescriptions.find_prescription(order.number, order.institution, number)
        if known and known.waits_in:
            return RxAnswer(RxDid.WAITS_ELSEWHERE, known.waits_in, known)
        there = self._open_sale.open()
        until = self._open_sale.customer.retention.until(SealedKind.PRESCRIPTION, actor.at.date())
        kept = self._prescriptions.keep_prescription(actor, there.number, order, drugs, until)
        known_before = known is not None and not known.untouched
        return self._done(RxAnswer(RxDid.KNOWN if known_before else RxDid.KEPT, kept.number, kept))

    def _done(self, answer: RxAnswer) -> RxAnswer:
        self._open_sale.refresh()
        self._changed()
        return answer

    def _ours(self, number: str) -> bool:
        """A prescription is checked by people of the staff; in training by anybody."""
        return self._open_sale.who.trusts(number) or self._people.operator(number) is not None

    def _known_here(self, drug: Prescribed) -> Prescribed:
        """The same by our own item code, where the drug list has the insurance code."""
        item = self._catalogue.find_by_insurance_code(drug.insurance_code)
        return replace(drug, item=item.code, name=item.name) if item else drug

    def _drugs(self, order: RxOrder, sale: Sale | None) -> tuple[Prescribed, ...] | str:
        """What is prescribed, or the key of a drug that nobody knows."""
        if order.prescribed:
            return tuple(self._known_here(drug) for drug in order.prescribed)
        if not order.drugs:
            lines = [line for line in sale.lines if needs_prescription(line)] if sale else []
            made = [
                Prescribed(
                    0, line.item.code, line.item.name, packs_of(line), line.item.insurance_code
                )
                for line in lines
            ]
            return _numbered(made)
        found = []
        for key, packs in order.drugs:
            item = self._catalogue.find_item(key)
            if item is None:
                return key
            found.append(Prescribed(0, item.code, item.name, packs, item.insurance_code))
        return _numbered(found)


def _numbered(drugs: list[Prescribed]) -> tuple[Prescribed, ...]:
    return tuple(replace(drug, line=number) for number, drug in enumerate(drugs, start=1))


def _numbers(checkers: Checkers) -> tuple[str, ...]:
    told = (checkers.reviewer, checkers.dispenser, checkers.checker)
    return tuple(number for number in told if number)
