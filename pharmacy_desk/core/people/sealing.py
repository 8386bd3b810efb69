"""Sealed records: of which kind, and how long each is kept.

Prescriptions and legal registers are kept five years at least, whatever a profile says (facts on
domain, section 7).
"""

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum

from pharmacy_desk.core.basics.values import dataclass

# Whatever is sealed under a reference: words, and pictures as bytes.
SealedData = Mapping[str, str | bytes]
_LEAST_YEARS = 5


class SealedKind(StrEnum):
    """What a sealed record belongs to. The retention of each is the profile's."""

    PERSON = "person"
    REGISTER = "register"
    PRESCRIPTION = "prescription"


_LAWS = frozenset({SealedKind.REGISTER, SealedKind.PRESCRIPTION})
_YEARS: Mapping[SealedKind, int] = {
    SealedKind.PERSON: 2,
    SealedKind.REGISTER: _LEAST_YEARS,
    SealedKind.PRESCRIPTION: _LEAST_YEARS,
}


@dataclass(frozen=True, slots=True)
class Retention:
    """Years that each kind is kept, of the region's profile; the law's least holds over them."""

    years: Mapping[SealedKind, int] = field(default_factory=lambda: dict(_YEARS))

    def until(self, kind: SealedKind, today: date) -> date:
        """The day from which a record of today may be destroyed."""
        told = self.years.get(kind, _YEARS[kind])
        years = max(told, _LEAST_YEARS) if kind in _LAWS else told
        try:
            return today.replace(year=today.year + years)
        except ValueError:  # the 29th of February
            return date(today.year + years, 3, 1)
