"""The keeper of the drug list: a drug added by hand at the counter, one changed in the office."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import replace

from pharmacy_desk.core.basics.money import yuan
from pharmacy_desk.core.catalogue.by_hand import BadCell, added, edited
from pharmacy_desk.core.catalogue.drugs import Item
from pharmacy_desk.core.people.people import Operator, Right, may_do
from pharmacy_desk.core.ports.catalogue import CatalogueLedger
from pharmacy_desk.core.ports.people import PeopleLedger
from pharmacy_desk.counter.answers import DrugAnswer, DrugDid, SaleAnswer, SaleDid
from pharmacy_desk.counter.catalogue.asking_desk import AskingDesk
from pharmacy_desk.counter.lanes import Lane
from pharmacy_desk.counter.people.approvals import Approvals
from pharmacy_desk.counter.people.at_counter import AtCounter
from pharmacy_desk.counter.people.porter import Porter

# Stands for the code that the ledger gives once the drug is written.
_TO_BE_NAMED = "NEW"


class DrugWishes:
    """Takes wishes from any thread; each returns what became of it.

    Who may not by their role is not sent away: a second person is asked in place.
    """

    def __init__(
        self,
        *,
        lane: Lane,
        catalogue: CatalogueLedger,
        people: PeopleLedger,
        who: AtCounter,
        desk: AskingDesk,
        porter: Porter,
        approvals: Approvals,
        initials: Callable[[str], str],
    ) -> None:
        self._lane = lane
        self._catalogue = catalogue
        self._people = people
        self._who = who
        self._desk = desk
        self._porter = porter
        self._approvals = approvals
        self._initials = initials

    def add(
        self,
        cells: Mapping[str, str],
        identification: str = "",
        second: tuple[str, str] | None = None,
    ) -> Future[DrugAnswer | SaleAnswer]:
        """Add a drug that the list does not know, and say that the box in hand is one.

        `second` is another person's number and PIN, as the three-code map may want it; where that
        person may add drugs, nobody else is asked for it.
        """

        def job() -> DrugAnswer | SaleAnswer:
            shut = self._desk.shut()
            if shut:
                return SaleAnswer(shut)
            told = self._new(cells)
            if isinstance(told, DrugAnswer):
                return told
            person = self._people.prove(self._who.actor(), *second) if second else None
            if isinstance(person, str):
                return DrugAnswer(DrugDid(person), told.name)
            if person and may_do(person.role, Right.DRUGS):
                return self._add(told, identification, person.id)
            return self._by_right(
                told, lambda approver: self._add(told, identification, approver or _id(person))
            )

        return self._lane.wish(job)

    def change(self, code: str, cells: Mapping[str, str]) -> Future[DrugAnswer | SaleAnswer]:
        """Change cells of a drug; what is not among them stays as it is by then."""

        def job() -> DrugAnswer | SaleAnswer:
            if self._porter.locked:
                return SaleAnswer(SaleDid.LOCKED)
            item = self._changed(code, cells)
            if isinstance(item, DrugAnswer):
                return item
            return self._by_right(item, lambda _: self._change(code, cells))

        return self._lane.wish(job)

    def _new(self, cells: Mapping[str, str]) -> Item | DrugAnswer:
        told = added(_TO_BE_NAMED, cells)
        if isinstance(told, BadCell):
            return DrugAnswer(DrugDid.BAD_CELL, cells.get("name", ""), bad=told)
        there = (
            self._catalogue.find_by_approval(told.approval, told.spec) if told.approval else None
        )
        if there:
            return DrugAnswer(DrugDid.ALREADY_THERE, told.name, other=there)
        return replace(told, pinyin=self._initials(told.name))

    def _add(self, told: Item, identification: str, second: str) -> DrugAnswer:
        item = self._catalogue.add_drug(self._who.actor(), told, second)
        mapped = None
        if identification:
            mapped = self._desk.answer_map(identification, item, second or None)
        return DrugAnswer(DrugDid.ADDED, item.name, item.code, lacking=item.lacking, mapped=mapped)

    def _changed(self, code: str, cells: Mapping[str, str]) -> Item | DrugAnswer:
        known = self._catalogue.find_item(code)
        if known is None or known.code != code:
            return DrugAnswer(DrugDid.NO_SUCH_ITEM, code, code)
        item = edited(known, cells)
        if isinstance(item, BadCell):
            return DrugAnswer(DrugDid.BAD_CELL, known.name, code, bad=item)
        if item.name != known.name and "pinyin" not in cells:
            item = replace(item, pinyin=self._initials(item.name))
        return item

    def _change(self, code: str, cells: Mapping[str, str]) -> DrugAnswer:
        """Over what the drug is now: a list may have come in while somebody was asked."""
        item = self._changed(code, cells)
        if isinstance(item, DrugAnswer):
            return item
        done = self._catalogue.change_drug(self._who.actor(), item)
        what = DrugDid.CHANGED if done else DrugDid.SAME
        return DrugAnswer(what, item.name, code, lacking=item.lacking if item.incomplete else ())

    def _by_right(self, item: Item, then: Callable[[str], DrugAnswer]) -> DrugAnswer:
        code = "" if item.code == _TO_BE_NAMED else item.code
        about = f"{item.name} {item.spec} ¥{yuan(item.price_fen)}"
        done = self._approvals.by_right(Right.DRUGS, about, then)
        return done or DrugAnswer(DrugDid.APPROVAL_AWAITED, item.name, code)


def _id(person: Operator | None) -> str:
    return person.id if person else ""
