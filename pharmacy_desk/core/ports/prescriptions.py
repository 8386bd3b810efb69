"""Prescriptions in the ledger as the counter sees them."""

from datetime import date
from typing import Protocol

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.people.sealing import SealedData
from pharmacy_desk.core.sale.prescription import Prescribed, Prescription, RxOrder


class PrescriptionLedger(Protocol):
    """Keeps prescriptions; what a sale takes of one is written with its payment."""

    def keep_prescription(
        self,
        actor: Actor,
        sale: str,
        order: RxOrder,
        drugs: tuple[Prescribed, ...],
        keep_until: date,
    ) -> Prescription:
        """Keep what was told, and put it to an open sale.

        Diagnosis and picture are sealed, to be kept until that day at least.

        One of this number and institution that is known already is written anew while no sale
        has taken of it; from then on it is put to the sale as it is kept.
        """
        ...

    def set_prescription(self, actor: Actor, sale: str, prescription: str | None) -> None:
        """Put a kept prescription to an open sale; None takes it off."""
        ...

    def find_prescription(self, number: str, institution: str, sale: str) -> Prescription | None:
        """The kept one of this number and institution, as the open sale `sale` would have it."""
        ...

    def open_sealed(self, actor: Actor, reference: str, why: str) -> SealedData | None:
        """Diagnosis and picture of a kept one, and the event that tells who opened them.

        None where they were dropped.
        """
        ...
