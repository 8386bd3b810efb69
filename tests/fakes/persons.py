"""The ledger's ports around a person for tests: what is sealed lies open, in memory."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.people.identity import masked_name
from pharmacy_desk.core.people.sealing import SealedData, SealedKind
from pharmacy_desk.core.sale.person import Bearer, Relation, SalePerson
from pharmacy_desk.core.sale.special import Bought
from tests.fakes.ledger import KeptSales


@dataclass
class KeptSealed:
    """`SealedRecords`: what was kept, until when, and who opened what."""

    held: dict[str, tuple[SealedKind, SealedData, date]] = field(default_factory=dict)
    opened: list[tuple[str, str]] = field(default_factory=list)

    def keep(self, actor: Actor, kind: SealedKind, data: SealedData, keep_until: date) -> str:
        self.held[f"R{len(self.held) + 1}"] = kind, data, keep_until
        return f"R{len(self.held)}"

    def prolong(self, actor: Actor, reference: str, kind: SealedKind, keep_until: date) -> None:
        self.held[reference] = kind, self.held[reference][1], keep_until

    def open(self, actor: Actor, reference: str, why: str) -> SealedData | None:
        self.opened.append((reference, why))
        found = self.held.get(reference)
        return found[1] if found else None

    def drop(self, actor: Actor, reference: str, why: str) -> bool:
        return self.held.pop(reference, None) is not None

    def drop_due(self, actor: Actor) -> int:
        due = [ref for ref, (_, _, until) in self.held.items() if until <= actor.at.date()]
        return sum(self.drop(actor, ref, "retention") for ref in due)


@dataclass
class KeptPersons:
    """`PersonLedger`: the person of each sale, with the sale."""

    sales: KeptSales
    sealed: KeptSealed = field(default_factory=KeptSealed)
    bought_before: list[Bought] = field(default_factory=list)

    def see(
        self, actor: Actor, sale: str, person: SalePerson, sealed: SealedData, keep_until: date
    ) -> SalePerson:
        record = None
        if sealed:
            record = self.sealed.keep(actor, SealedKind.PERSON, sealed, keep_until)
        return self._put(sale, replace(person, record=record))

    def tell_bearer(
        self, actor: Actor, sale: str, relation: Relation | None, name: str, keep_until: date
    ) -> None:
        person = self.sales.kept[sale].person or SalePerson()
        self._put(sale, replace(person, bearer=Bearer(relation, None, masked_name(name))))

    def forget(self, actor: Actor, sale: str, why: str) -> None:
        self.sales.kept[sale] = replace(self.sales.kept[sale], person=None)

    def bought(self, fingerprint: str, since: datetime) -> tuple[Bought, ...]:
        return tuple(self.bought_before)

    def fingerprint(self, number: str) -> str:
        return f"print of {number[-2:]}"

    def _put(self, sale: str, person: SalePerson) -> SalePerson:
        self.sales.kept[sale] = replace(self.sales.kept[sale], person=person)
        return person
