"""Limits of what the insurance pays, at the counter. Runs on the desk lane.

The list that came with the program and those that people brought since are read once, when an
insured sale first asks for them.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.ports.limits import LimitLedger
from pharmacy_desk.core.sale.gate.facts import Refusal
from pharmacy_desk.core.sale.limits import (
    Bought,
    LimitBase,
    LimitBook,
    LimitKind,
    LimitList,
    LimitMode,
    LimitPerson,
    in_force,
    in_order,
)
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.core.upload.profile import Profile

# The longest paid course of the published base is a year.
_LOOK_BACK = timedelta(days=366)


def limit_person(sale: Sale) -> LimitPerson:
    """What is known of whom the sale is for: by a proof, by the insurance, or typed."""
    known = sale.person
    insured = known.insured if known else None
    return LimitPerson(
        sex=known.sex if known else None,
        age=known.age if known else None,
        insurance_type=insured.insurance_type if insured else None,
        diseases=insured.diseases if insured else None,
    )


class Limits:
    """Gives the gate what a sale's limits are looked up in, and keeps what was said by them."""

    def __init__(
        self,
        ledger: LimitLedger,
        shipped: Callable[[], LimitList],
        settings: Callable[[], Settings],
        profile: Profile,
    ) -> None:
        self._ledger = ledger
        self._shipped = shipped
        self._settings = settings
        self._profile = profile
        self._lists: tuple[LimitList, ...] = ()
        self._base: LimitBase | None = None
        self._bought: tuple[tuple[str, str, date], tuple[Bought, ...]] | None = None

    def book(self, sale: Sale, payment: PaymentKind, today: date) -> LimitBook | None:
        """What this sale's limits are looked up in; None where nothing can be found in it.

        One who pays alone and of whom nothing is known has no limits.
        """
        terms, person = self._profile.limit_terms(today), limit_person(sale)
        if terms is None or (not payment.insured and person == LimitPerson()):
            return None
        settings = self._settings()
        return LimitBook(
            base=self._base or self._read(),
            terms=terms,
            modes={kind: LimitMode(settings.text(f"limits.{kind}")) for kind in LimitKind},
            person=person,
            bought=self._bought_before(sale, today),
            least_fen={kind: settings.number(f"limits.{kind}_from") * 100 for kind in LimitKind},
        )

    def note(
        self, actor: Actor, sale: str, payment: PaymentKind, refusals: Sequence[Refusal]
    ) -> None:
        """Write down what the gate said of limits when the sale was to be paid so."""
        hits = [hit for refusal in refusals for hit in refusal.limits]
        if hits:
            self._ledger.note_limits(actor, sale, payment, hits)

    def keep(self, actor: Actor, brought: LimitList) -> bool:
        """Take over an imported list; False when it is the newest one over again."""
        self._lists, self._base = (), None
        return self._ledger.keep_limits(actor, brought)

    def lists(self) -> tuple[LimitList, ...]:
        """Every list, the shipped one too, in the order in which they count."""
        self._lists = self._lists or in_order(self._shipped(), self._ledger.limit_lists())
        return self._lists

    def imported(self) -> tuple[LimitList, ...]:
        """The lists that people have brought, in the order they came."""
        return self._ledger.limit_lists()

    def newest_day(self) -> date | None:
        """As of which day the newest list tells; None where no list tells a day."""
        return max((one.as_of for one in self.lists() if one.as_of), default=None)

    def _read(self) -> LimitBase:
        self._base = in_force(self.lists())
        return self._base

    def _bought_before(self, sale: Sale, today: date) -> tuple[Bought, ...]:
        """Asked of the ledger once for each sale and person."""
        fingerprint = sale.person.fingerprint if sale.person else None
        if fingerprint is None:
            return ()
        key = sale.number, fingerprint, today
        if self._bought is None or self._bought[0] != key:
            found = self._ledger.bought(fingerprint, today - _LOOK_BACK, sale.number)
            self._bought = key, found
        return self._bought[1]
