"""Whom the insurance knows: what its answer to a proof told, in memory only.

Nothing of it is written in the clear anywhere (design, invariant 9): the ledger keeps a sealed
record of what a later message needs, and events its random reference.
"""

from datetime import date
from enum import StrEnum
from typing import NoReturn

from pharmacy_desk.core.basics.values import dataclass


class Locality(StrEnum):
    """Where a person is insured, seen from the store (异地参保). Unknown stays unknown."""

    LOCAL = "local"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, repr=False)
class Patient:
    """One insured person, in the platform's own words.

    `cert_kind` and `cert_no` are the proof that was shown (mdtrt_cert_type and mdtrt_cert_no);
    `psn_no` is the insurance's number, `certno` that of the identity paper. `area` is where the
    person is insured (insuplc_admdvs). Empty and None is what nobody told. `sex` is `male` or
    `female`, `age` whole years. `suspended` says that the insurance pays nothing now, `since`
    from which day on. `diseases` are the certified ones (门慢门特); None: not told.
    """

    psn_no: str
    cert_kind: str
    cert_no: str
    certno: str = ""
    name: str = ""
    area: str = ""
    insutype: str = ""
    person_type: str = ""
    sex: str = ""
    age: int | None = None
    born: date | None = None
    suspended: bool = False
    since: str = ""
    balance_fen: int | None = None
    diseases: frozenset[str] | None = None

    def __repr__(self) -> str:
        """Nothing of a person reaches a log or a traceback."""
        return "Patient(…)"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        """Neither copied nor kept: it lives in memory only."""
        raise TypeError("a patient is kept in memory only")

    @property
    def shown(self) -> bool:
        """True while the proof itself is at hand: without it nothing is settled."""
        return bool(self.cert_no)

    def locality(self, store_area: str) -> Locality:
        """Whether the person is insured elsewhere: the first four digits are the city's."""
        if not self.area or not store_area:
            return Locality.UNKNOWN
        return Locality.LOCAL if self.area[:4] == store_area[:4] else Locality.OTHER
