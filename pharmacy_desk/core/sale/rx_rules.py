"""What a region asks of prescriptions: typed, dated data of its profile."""

from datetime import date, timedelta
from enum import StrEnum

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drugs import RxFlag
from pharmacy_desk.core.sale.prescription import Prescription


class RxFlaw(StrEnum):
    """Why a prescription does not count, whatever it prescribes."""

    OUT_OF_AREA = "out_of_area"
    AREA_UNKNOWN = "area_unknown"
    EXPIRED = "expired"
    NOT_LISTED = "not_listed"
    NOT_ELECTRONIC = "not_electronic"


@dataclass(frozen=True, slots=True)
class KindNeeds:
    """What one payment kind asks more of a prescription, from a day on and until another.

    `electronic`: only one from the electronic prescriptions; `institutions`: only of these.
    """

    kind: PaymentKind
    since: date
    until: date | None = None
    electronic: bool = False
    institutions: frozenset[str] = frozenset()

    def asked(self, kind: PaymentKind, day: date) -> bool:
        """True when it holds for a payment of this kind on this day."""
        return kind is self.kind and self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class RxRules:
    """A region's rules. Empty lists and None check nothing.

    `valid_days` counts from the day it was written. Areas are compared by their first
    `area_digits` digits: 4 are a prefecture, where insurance is pooled. `no_prescriber` are the
    classes of drugs whose upload takes the filler in the prescriber's field.
    """

    valid_days: int | None = None
    area_digits: int = 4
    out_of_area: bool = False
    institutions: frozenset[str] = frozenset()
    prescribers: frozenset[str] = frozenset()
    kinds: tuple[KindNeeds, ...] = ()
    no_prescriber: frozenset[RxFlag] = frozenset(RxFlag)

    def flaws(
        self, prescription: Prescription, payment: PaymentKind, area: str, today: date
    ) -> tuple[RxFlaw, ...]:
        """Everything that speaks against it in a store of this area, paid so today."""
        found = []
        if not self.out_of_area and area:
            digits = self.area_digits
            if not prescription.area:
                found.append(RxFlaw.AREA_UNKNOWN)
            elif prescription.area[:digits] != area[:digits]:
                found.append(RxFlaw.OUT_OF_AREA)
        if self._over(prescription.issued, today):
            found.append(RxFlaw.EXPIRED)
        needs = [one for one in self.kinds if one.asked(payment, today)]
        if not self._listed(prescription, needs):
            found.append(RxFlaw.NOT_LISTED)
        if any(one.electronic for one in needs) and not prescription.electronic:
            found.append(RxFlaw.NOT_ELECTRONIC)
        return tuple(found)

    def _over(self, issued: date, today: date) -> bool:
        return self.valid_days is not None and today > issued + timedelta(days=self.valid_days)

    def _listed(self, prescription: Prescription, needs: list[KindNeeds]) -> bool:
        lists = (self.institutions, *(one.institutions for one in needs))
        if any(names and prescription.institution not in names for names in lists):
            return False
        return not self.prescribers or prescription.prescriber in self.prescribers


# What is asked where no region has told anything: that there is a prescription.
NO_RX_RULES = RxRules()
