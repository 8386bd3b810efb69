"""Who stands at the counter, as far as a sale needs to know: proofs, and what is read off them.

A proof lives in memory only: it shows itself masked, and neither copies nor pickles of it can be
made (design, invariant 9). Forms: facts on codes, section 2, rows 7, 9 and 11.
"""

import re
from datetime import date
from enum import StrEnum
from typing import NoReturn

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.scanning.codes import personal
from pharmacy_desk.core.scanning.scan import Kind, Reading, mask, normalise

# Two stars stand for any number of signs: how long a name is, is nobody's business.
_HIDDEN = "**"
_ID_CHARS = 18
# First two digits of an identity number (GB/T 2260); WeChat's begin with 10 to 15 too.
_PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91")


class ProofKind(StrEnum):
    """What a person shows: identity card, social-security card or e-voucher (医保码)."""

    ID = "id"
    CARD = "card"
    VOUCHER = "voucher"


class Sex(StrEnum):
    """As an identity number or the insurance tells it."""

    MALE = "male"
    FEMALE = "female"


_KINDS = {
    Kind.ID_CARD: ProofKind.ID,
    Kind.SOCIAL_CARD: ProofKind.CARD,
    Kind.INSURANCE_VOUCHER: ProofKind.VOUCHER,
}


@dataclass(frozen=True, slots=True, repr=False)
class PersonProof:
    """What was shown, whole; `text` goes to the step that asked for it and nowhere else."""

    kind: ProofKind
    text: str

    @property
    def masked(self) -> str:
        """The number as it may be shown."""
        return mask(self.text)

    def __repr__(self) -> str:
        return f"PersonProof({self.kind.value}, {self.masked})"

    __str__ = __repr__

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a person's proof is neither copied nor kept")


class NoProof(StrEnum):
    """Why a text proves nobody.

    `WRONG_CHECK`: it has the form of an identity number, its check character or birth date is
    wrong: a slip of the finger. `PAYMENT_CODE`: WeChat or Alipay, shown at the wrong moment.
    """

    NOTHING = "no_proof"
    WRONG_CHECK = "wrong_check"
    PAYMENT_CODE = "payment_code"
    OTHER_KIND = "other_kind"


def proof_of(text: str, today: date, kind: ProofKind | None = None) -> PersonProof | NoProof:
    """The proof in a scanned or typed text, of this kind where one is wanted; else why none."""
    plain = normalise(text).strip().upper()
    reading = personal.read(plain, plain, today)
    found = _KINDS.get(reading.kind) if reading else None
    if found is None:
        return _no_proof(plain, reading)
    return PersonProof(found, plain) if kind in (None, found) else NoProof.OTHER_KIND


def _no_proof(plain: str, reading: Reading | None) -> NoProof:
    century = plain[6:8] in ("19", "20")
    if len(plain) == _ID_CHARS and plain[:-1].isdigit() and _PROVINCE.match(plain) and century:
        return NoProof.WRONG_CHECK
    return NoProof.PAYMENT_CODE if reading else NoProof.NOTHING


def born_on(number: str) -> date:
    """The birth date in an identity number that was checked (GB 11643, characters 7 to 14)."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def sex_of(number: str) -> Sex:
    """The sex in an identity number that was checked: character 17 is odd for men (GB 11643)."""
    return Sex.MALE if int(number[16]) % 2 else Sex.FEMALE


def age_on(born: date, today: date) -> int:
    """Full years."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def masked_name(name: str) -> str:
    """A person's name as it may be shown: its first sign, and that there is more."""
    plain = name.strip()
    return f"{plain[0]}{_HIDDEN}" if plain else ""
