"""Whom the practice platform knows: made-up persons, and anybody else by what a proof tells."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

# mdtrt_cert_type (1.4), and under which name a person's proof of it stands in persons.toml.
PROOFS = {"01": "voucher", "02": "id", "03": "card"}
_IDENTITY = re.compile(r"[0-9]{17}[0-9Xx]")


@dataclass(frozen=True)
class Insured:
    """One person as 1101 answers. An amount that is None knows no bound."""

    psn_no: str
    name: str = ""
    id: str = ""
    card: str = ""
    voucher: str = ""
    sex: str = "9"
    born: str = ""
    area: str = ""
    insutype: str = "310"
    suspended_since: str = ""
    balance_fen: int | None = None
    mutual_fen: int = 0
    diseases: tuple[str, ...] | None = None


@cache
def known() -> tuple[Insured, ...]:
    """The persons that ship with the practice platform."""
    text = resources.files(__package__).joinpath("persons.toml").read_text(encoding="utf-8")
    return tuple(_person(row) for row in tomllib.loads(text)["person"])


def _person(row: dict[str, Any]) -> Insured:
    told = row.get("diseases")
    return Insured(**{**row, "diseases": None if told is None else tuple(told)})


def by_proof(kind: str, number: str) -> Insured:
    """Who shows this proof: one of ours, or somebody of whom only the proof is known."""
    name = PROOFS[kind]
    found = next((one for one in known() if number and getattr(one, name) == number), None)
    return found or _anybody(name, number)


def by_number(psn_no: str) -> Insured | None:
    """The person of this insurance number; None for none that was ever given out."""
    found = next((one for one in known() if one.psn_no == psn_no), None)
    if found is None and re.fullmatch(r"TRAINX[0-9a-f]{16}", psn_no):
        return Insured(psn_no)
    return found


def _anybody(name: str, number: str) -> Insured:
    """Somebody insured here; the number is made of the proof and does not lead back to it."""
    psn_no = "TRAINX" + hashlib.sha256(f"{name}:{number.upper()}".encode()).hexdigest()[:16]
    if name != "id" or not _IDENTITY.fullmatch(number):
        return Insured(psn_no)
    born = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
    return Insured(psn_no, id=number, sex="1" if int(number[16]) % 2 else "2", born=born)
