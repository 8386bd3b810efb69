"""Whom sales are settled for, as the insurance has to be told: from memory, else what is sealed.

Runs on the desk lane. A proof (card, e-voucher) is needed to settle and is never kept: after a
kill only what the sealed record holds is known, enough to ask, reverse and cancel.
"""

from pharmacy_desk.core.ports.sealed import SealedRecords
from pharmacy_desk.core.sale.patient import Patient
from pharmacy_desk.core.sale.sale import Sale
from pharmacy_desk.counter.sale.open_sale import OpenSale

_WHY = "settlement"


class Patients:
    """The patients of sales that are open, held or still to be undone."""

    def __init__(self, open_sale: OpenSale, sealed: SealedRecords) -> None:
        self._open_sale = open_sale
        self._sealed = sealed
        # By sale: the sealed record, and whom it is of.
        self._known: dict[str, tuple[str, Patient]] = {}

    def of(self, sale: Sale) -> Patient | None:
        """Whom the insurance is told of; None where it was asked about nobody."""
        record = sale.person.record if sale.person and sale.person.insured else None
        if record is None:
            return None
        self._forget_ended(sale.number)
        told, patient = self._known.get(sale.number, ("", None))
        if told != record or patient is None:
            patient = self._open_sale.customer.patient(sale) or self._opened(sale, record)
            if patient:
                self._known[sale.number] = record, patient
        return patient

    def _opened(self, sale: Sale, record: str) -> Patient | None:
        """What lies sealed of her; that it was opened is an event."""
        held = self._sealed.open(self._open_sale.who.actor(), record, _WHY)
        told = sale.person.insured if sale.person else None
        if held is None or told is None or not held.get("psn_no"):
            return None
        return Patient(
            psn_no=str(held["psn_no"]),
            cert_kind="",
            cert_no="",
            area=told.area or "",
            insutype=told.insurance_type or "",
        )

    def _forget_ended(self, wanted: str) -> None:
        """Nobody stays in memory longer than the sale that is for her."""
        kept = {wanted, *(one.sale for one in self._open_sale.aside)}
        if self._open_sale.sale:
            kept.add(self._open_sale.sale.number)
        self._known = {number: one for number, one in self._known.items() if number in kept}
