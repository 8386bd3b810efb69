"""The persons of sales as the counter sees the ledger."""

from datetime import date, datetime
from typing import Protocol

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.people.sealing import SealedData
from pharmacy_desk.core.sale.person import Relation, SalePerson
from pharmacy_desk.core.sale.special import Bought


class PersonLedger(Protocol):
    """Who a sale is for. Every change is one transaction with its event, which names nobody."""

    def see(
        self, actor: Actor, sale: str, person: SalePerson, sealed: SealedData, keep_until: date
    ) -> SalePerson:
        """The person of an unpaid sale from now on; `sealed` is what her record is to hold.

        What was known before is destroyed; without anything to seal she has no record. The answer
        has her reference.
        """
        ...

    def tell_bearer(
        self, actor: Actor, sale: str, relation: Relation | None, name: str, keep_until: date
    ) -> None:
        """Whether the person herself stands there (no relation), or who buys for her."""
        ...

    def forget(self, actor: Actor, sale: str, why: str) -> None:
        """The sale is for nobody any more: what was sealed of her is destroyed."""
        ...

    def bought(self, fingerprint: str, since: datetime) -> tuple[Bought, ...]:
        """What a person bought by the register since then, the newest first."""
        ...

    def fingerprint(self, number: str) -> str:
        """The keyed hash by which a person is known again in this home."""
        ...
