"""The person a sale is for: what the sale knows of her, all of it masked or a reference."""

from dataclasses import field, replace
from enum import StrEnum

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.people.identity import ProofKind, Sex


class Relation(StrEnum):
    """What one who buys for somebody else is to her (代购)."""

    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    RELATIVE = "relative"
    CARER = "carer"


@dataclass(frozen=True, slots=True)
class Bearer:
    """The answer to 人证相符: the person herself (no relation), or who buys for her.

    `record` refers to the sealed name of one who buys for another; `name_masked` is shown.
    """

    relation: Relation | None = None
    record: str | None = None
    name_masked: str = ""

    @property
    def himself(self) -> bool:
        """True where the insured person stands at the counter."""
        return self.relation is None


@dataclass(frozen=True, slots=True)
class InsuredFacts:
    """What the insurance told of the person (1101). What nobody told is None.

    `psn_record` refers to the sealed record that holds the insurance's number of her (`psn_no`).
    `area` is where she is insured, six digits; `other_area` tells that it is not the store's
    (异地). `diseases` are the codes she is certified for (门慢门特), known to this counter's memory
    only and in the sealed record.
    """

    psn_record: str | None = None
    area: str | None = None
    other_area: bool | None = None
    insurance_type: str | None = None
    person_type: str | None = None
    suspended: bool | None = None
    diseases: frozenset[str] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class SalePerson:
    """A person as a sale knows her; `record` refers to her sealed record, if there is one.

    `masked` and `name_masked` are what may be shown; `fingerprint` is the keyed hash of her
    identity number, by which she is known again. `age` is in years at the sale.
    """

    record: str | None = None
    kind: ProofKind | None = None
    masked: str = ""
    name_masked: str = ""
    sex: Sex | None = None
    age: int | None = None
    fingerprint: str | None = None
    bearer: Bearer | None = None
    insured: InsuredFacts | None = None

    @property
    def proved(self) -> bool:
        """True where an identity number was entered, and whose name it is."""
        return self.kind is ProofKind.ID and self.record is not None

    def with_diseases(self, diseases: frozenset[str] | None) -> "SalePerson":
        """The person with what is known of her diseases, which the ledger's rows do not hold."""
        insured = replace(self.insured or InsuredFacts(), diseases=diseases)
        return replace(self, insured=insured)
