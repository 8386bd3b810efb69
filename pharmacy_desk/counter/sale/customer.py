"""The customer: whom the open sale is for, as far as somebody has to know. Runs on the desk lane.

Proofs are held in memory while their sale is open, for the step that needs them (the settlement,
the register), and go with it. What stays lies sealed; the sale itself holds what may be shown.
"""

from collections.abc import Callable, Collection
from dataclasses import field, replace
from datetime import date, timedelta

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.people.identity import (
    NoProof,
    PersonProof,
    ProofKind,
    Sex,
    age_on,
    born_on,
    masked_name,
    proof_of,
    sex_of,
)
from pharmacy_desk.core.people.sealing import Retention, SealedKind
from pharmacy_desk.core.ports.persons import PersonLedger
from pharmacy_desk.core.ports.sealed import SealedRecords
from pharmacy_desk.core.sale.limits import disease_code
from pharmacy_desk.core.sale.patient import Locality, Patient
from pharmacy_desk.core.sale.person import InsuredFacts, Relation, SalePerson
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.core.sale.special import SpecialRule, rule_on
from pharmacy_desk.core.scanning.persons import names_person
from pharmacy_desk.core.scanning.scan import visible
from pharmacy_desk.counter.answers import PersonAnswer, PersonDid

# The longest name of the register of names has 15 signs; names written with a dot are longer.
_MOST_NAME = 40
_ELSEWHERE = {Locality.LOCAL: False, Locality.OTHER: True, Locality.UNKNOWN: None}
_TO_ADD = "more was told"
# What of a sealed record the insurance told (1101).
_BY_INSURANCE = ("psn_no", "insured_name", "certno")
_ANOTHER = "another person"


@dataclass(slots=True)
class _InHand:
    """What is held in memory of one open sale's customer."""

    sale: str = ""
    proofs: dict[ProofKind, PersonProof] = field(default_factory=dict)
    sealed: dict[str, str] = field(default_factory=dict)
    patient: Patient | None = None
    diseases: frozenset[str] | None = None


class Customer:
    """Sees whom the open sale is for, and tells what is known of her."""

    def __init__(
        self,
        *,
        persons: PersonLedger,
        sealed: SealedRecords,
        opened: Callable[[], Sale],
        reread: Callable[[], Sale | None],
        actor: Callable[[], Actor],
        area: Callable[[], str],
        retention: Retention,
        rules: tuple[SpecialRule, ...],
    ) -> None:
        self._persons = persons
        self._sealed = sealed
        self._opened = opened
        self._reread = reread
        self._actor = actor
        self._area = area
        self.retention = retention
        self._rules = rules
        self._hand = _InHand()
        self._aside: dict[str, _InHand] = {}
        self._dropped_on: date | None = None

    def proof(self, sale: Sale, kind: ProofKind | None = None) -> PersonProof | None:
        """What was shown last for this sale, of a kind where one is wanted; None after a restart.

        Only the step that asked for it takes it, from here and to nowhere else.
        """
        if self._hand.sale != sale.number:
            return None
        proofs = self._hand.proofs
        return proofs.get(kind) if kind else next(reversed(proofs.values()), None)

    def see(self, text: str, kind: ProofKind | None = None, name: str = "") -> PersonAnswer:
        """A person shows a proof: scanned or typed, with the name where somebody typed it."""
        today = self._actor().at.date()
        proof = proof_of(text, today, kind)
        if isinstance(proof, NoProof):
            return PersonAnswer(PersonDid(proof.value))
        told = self._name(name, today)
        if told is None:
            return PersonAnswer(PersonDid.BAD_NAME)
        sale = self._opened()
        hand = self._take(sale)
        shown = hand.proofs.pop(proof.kind, None)
        hand.proofs[proof.kind] = proof
        if proof.kind is ProofKind.ID:
            before = self._same(hand, sale.person, proof)
            if proof.text not in (hand.sealed.get("number"), hand.sealed.get("certno")):
                # The name came with a card, and whose number that card has is not this one.
                before = replace(before, name_masked="")
                hand.sealed.pop("name", None)
                if sale.person and (sale.person.kind or sale.person.insured):
                    self._ask_bearer_anew(sale)
            hand.sealed |= {"number": proof.text, "name": told or hand.sealed.get("name", "")}
            self._keep(sale, _by_number(before, proof, told, today))
        elif not (sale.person and sale.person.proved):
            # What is shown beside an identity card is for the insurance; the card says who it is.
            self._let_go(hand)
            if sale.person and not _same_card(sale.person, shown, proof):
                self._ask_bearer_anew(sale)
            self._keep(sale, SalePerson(kind=proof.kind, masked=proof.masked))
        elif shown != proof and sale.person.insured:
            self._unlearn(sale, sale.person)
        return self._answer(PersonDid.SEEN)

    def name(self, text: str) -> PersonAnswer:
        """The name of whoever was seen, typed later."""
        sale, told = self._reread(), self._name(text, self._actor().at.date())
        if sale is None or sale.person is None or not sale.person.proved:
            return PersonAnswer(PersonDid.NOBODY)
        if not told:
            return PersonAnswer(PersonDid.BAD_NAME)
        hand = self._take(sale)
        self._recall(hand, sale.person)
        hand.sealed["name"] = told
        self._keep(sale, replace(sale.person, name_masked=masked_name(told)))
        return self._answer(PersonDid.NAMED)

    def learn(self, told: Patient) -> SalePerson:
        """What the insurance told of the person who was shown to it (1101)."""
        sale = self._opened()
        hand, person = self._take(sale), sale.person or SalePerson()
        self._recall(hand, person)
        hand.patient, hand.diseases = told, told.diseases
        hand.sealed |= {"psn_no": told.psn_no, "insured_name": told.name, "certno": told.certno}
        # Beside an identity card of another the name is not that of who stands there.
        own = not person.proved or told.certno == hand.sealed.get("number")
        name = hand.sealed.get("name") or (told.name if own else "")
        hand.sealed["name"] = name
        seen = replace(
            person,
            name_masked=person.name_masked or masked_name(name),
            sex=Sex(told.sex) if told.sex else person.sex,
            age=person.age if told.age is None else told.age,
            fingerprint=person.fingerprint or self._persons.fingerprint(told.certno or told.psn_no),
            insured=InsuredFacts(
                area=told.area or None,
                other_area=_ELSEWHERE[told.locality(self._area())],
                insurance_type=told.insutype or None,
                person_type=told.person_type or None,
                suspended=told.suspended,
            ),
        )
        self._keep(sale, seen)
        return self._answer(PersonDid.SEEN).person or seen

    def patient(self, sale: Sale) -> Patient | None:
        """Whom the insurance knows by what was shown for this sale; None after a restart."""
        return self._hand.patient if self._hand.sale == sale.number else None

    def suspended_since(self, sale: Sale) -> str | None:
        """From when on her insurance pays nothing, empty where nobody told; None if it pays."""
        known = self.patient(sale)
        if known:
            return known.since if known.suspended else None
        insured = sale.person.insured if sale.person else None
        return "" if insured and insured.suspended else None

    def tell_disease(self, code: str) -> bool:
        """She is certified for a disease too; False for no code of one."""
        told = disease_code(code, self._actor().at.date())
        if told is None:
            return False
        person = self._opened().person
        known = person.insured.diseases if person and person.insured else None
        self.tell_diseases((known or frozenset()) | {told})
        return True

    def tell_diseases(self, diseases: frozenset[str]) -> None:
        """What she is certified for, typed where the insurance did not tell it."""
        sale = self._opened()
        self._take(sale).diseases = diseases
        self._reread()

    def tell_bearer(self, relation: Relation | None, name: str = "") -> PersonAnswer:
        """The answer of 人证相符: herself (no relation), or who buys for her."""
        today = self._actor().at.date()
        told = self._name(name, today)
        if told is None or (relation is not None and not told):
            return PersonAnswer(PersonDid.BAD_NAME)
        sale = self._opened()
        until = self.retention.until(SealedKind.PERSON, today)
        # Whose card it is has a name already; that of the other one is the one to be kept.
        kept = told if relation else ""
        self._persons.tell_bearer(self._actor(), sale.number, relation, kept, until)
        return self._answer(PersonDid.BEARER_TOLD)

    def forget(self) -> PersonAnswer:
        """It was the wrong person, or she went away: the sale is for nobody any more."""
        sale = self._reread()
        if sale is None or sale.person is None:
            return PersonAnswer(PersonDid.NOBODY)
        self._persons.forget(self._actor(), sale.number, "taken back")
        self._hand = _InHand()
        return self._answer(PersonDid.FORGOTTEN)

    def put_aside(self, held: Collection[str]) -> None:
        """The open sale is held: what is in hand of its customer waits with it.

        What waits with a sale that is not one of `held` any more goes.
        """
        self._aside = {number: hand for number, hand in self._aside.items() if number in held}
        if self._hand.sale:
            self._aside[self._hand.sale] = self._hand

    def dressed(self, sale: Sale | None) -> Sale | None:
        """The sale with what only memory knows of its person; another sale's is let go."""
        number = sale.number if sale else ""
        if number != self._hand.sale:
            self._hand = self._aside.pop(number, _InHand())
        if sale is None or self._hand.diseases is None:
            return sale
        person = (sale.person or SalePerson()).with_diseases(self._hand.diseases)
        return replace(sale, person=person)

    def drop_due(self) -> int:
        """Destroy what is past its time: at the start, and once on each new day after it."""
        actor = self._actor()
        if self._dropped_on == actor.at.date():
            return 0
        self._dropped_on = actor.at.date()
        return self._sealed.drop_due(actor)

    def register_until(self, today: date) -> date | None:
        """Until when a register entry of today is kept; None where no rule wants one."""
        wanted = rule_on(self._rules, today) is not None
        return self.retention.until(SealedKind.REGISTER, today) if wanted else None

    def _take(self, sale: Sale) -> _InHand:
        if self._hand.sale != sale.number:
            self._hand = _InHand(sale.number)
        return self._hand

    def _same(self, hand: _InHand, person: SalePerson | None, proof: PersonProof) -> SalePerson:
        """What is known already of whom an identity card names; nothing where that is another."""
        known = person or SalePerson()
        if known.kind is ProofKind.ID and known.fingerprint != self._persons.fingerprint(
            proof.text
        ):
            self._let_go(hand)
            return SalePerson()
        self._recall(hand, known)
        return known

    def _recall(self, hand: _InHand, person: SalePerson) -> None:
        """After a restart what was told of her is only in the record; opening it is an event.

        What is sealed anew takes the record's place: without this it would be lost.
        """
        if person.record and not hand.sealed:
            known = self._sealed.open(self._actor(), person.record, _TO_ADD) or {}
            hand.sealed |= {key: value for key, value in known.items() if isinstance(value, str)}

    def _unlearn(self, sale: Sale, person: SalePerson) -> None:
        """Another card is shown to the insurance: what it told by the one before is not of this."""
        hand = self._take(sale)
        self._recall(hand, person)
        for told in _BY_INSURANCE:
            hand.sealed.pop(told, None)
        hand.patient, hand.diseases = None, None
        self._ask_bearer_anew(sale)
        self._keep(sale, replace(person, insured=None))

    def _ask_bearer_anew(self, sale: Sale) -> None:
        """Who stands there was said of another person than the one shown now."""
        self._persons.forget(self._actor(), sale.number, _ANOTHER)

    @staticmethod
    def _let_go(hand: _InHand) -> None:
        """Somebody else is shown: what was told of the one before is not hers."""
        hand.sealed.clear()
        hand.patient, hand.diseases = None, None

    def _keep(self, sale: Sale, person: SalePerson) -> None:
        actor, number = self._actor(), self._hand.sealed.get("number", "")
        until = self.retention.until(SealedKind.PERSON, actor.at.date())
        if number:
            person = replace(person, fingerprint=self._persons.fingerprint(number))
        sealed = {key: value for key, value in self._hand.sealed.items() if value}
        self._persons.see(actor, sale.number, person, sealed, until)

    def _answer(self, what: PersonDid) -> PersonAnswer:
        sale, now = self._reread(), self._actor().at
        person = sale.person if sale else None
        rule = rule_on(self._rules, now.date())
        if rule is None or person is None or person.fingerprint is None:
            return PersonAnswer(what, person)
        since = now - timedelta(days=rule.repeat_days)
        bought = self._persons.bought(person.fingerprint, since)
        return PersonAnswer(what, person, bought, rule.repeat_days)

    @staticmethod
    def _name(text: str, today: date) -> str | None:
        """A name on one line; None for what is no name: a number, or endless."""
        plain = " ".join(text.split())
        fits = len(plain) <= _MOST_NAME and visible(plain) == plain
        number = any(ch.isdigit() for ch in plain) or names_person(plain, today)
        return plain if fits and not number else None


def _same_card(person: SalePerson, shown: PersonProof | None, proof: PersonProof) -> bool:
    """Whether this is what was shown before; after a restart only what is masked can tell."""
    if person.kind is None and person.insured is None:
        return True
    alike = person.kind is proof.kind and person.masked == proof.masked
    return alike and shown in (None, proof)


def _by_number(person: SalePerson, proof: PersonProof, name: str, today: date) -> SalePerson:
    """Whom an identity number names; what the insurance told before stays with her."""
    return replace(
        person,
        kind=ProofKind.ID,
        masked=proof.masked,
        name_masked=masked_name(name) or person.name_masked,
        sex=sex_of(proof.text),
        age=age_on(born_on(proof.text), today),
    )
