"""A proof stays in memory and shows itself masked; sex and age are read off an identity number."""

import copy
import pickle
from datetime import date

import pytest

from pharmacy_desk.core.people.identity import (
    NoProof,
    PersonProof,
    ProofKind,
    Sex,
    age_on,
    born_on,
    masked_name,
    proof_of,
    sex_of,
)

TODAY = date(2026, 11, 22)
WOMAN = "11010519491231002X"  # the example of GB 11643


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (WOMAN, ProofKind.ID),
        (f" {WOMAN.lower()}\r", ProofKind.ID),
        ("1234567890123456789012345678", ProofKind.VOUCHER),
        ("A12345678", ProofKind.CARD),
    ],
)
def test_each_proof_is_recognised(text, kind):
    proof = proof_of(text, TODAY)
    assert isinstance(proof, PersonProof)
    assert proof.kind is kind


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("110105194912310021", NoProof.WRONG_CHECK),
        ("134567890123456789", NoProof.PAYMENT_CODE),
        ("2888888888888888", NoProof.PAYMENT_CODE),
        ("84362820442053402132", NoProof.NOTHING),
        ("", NoProof.NOTHING),
        ("张三", NoProof.NOTHING),
    ],
)
def test_nothing_else_is_a_proof_and_it_says_why(text, why):
    assert proof_of(text, TODAY) is why


def test_a_proof_of_another_kind_than_wanted_is_told():
    assert proof_of(WOMAN, TODAY, ProofKind.CARD) is NoProof.OTHER_KIND
    assert proof_of(WOMAN, TODAY, ProofKind.ID) == PersonProof(ProofKind.ID, WOMAN)


def test_sex_birth_and_age_come_from_the_number():
    assert sex_of(WOMAN) is Sex.FEMALE
    assert sex_of("440303199001010017") is Sex.MALE
    assert born_on(WOMAN) == date(1949, 12, 31)
    assert age_on(date(1949, 12, 31), date(2026, 12, 30)) == 76
    assert age_on(date(1949, 12, 31), date(2026, 12, 31)) == 77


def test_a_proof_shows_itself_masked_and_is_not_kept():
    proof = PersonProof(ProofKind.ID, WOMAN)
    for shown in (repr(proof), str(proof), f"{proof}", repr([proof])):
        assert WOMAN not in shown
        assert "1949" not in shown
    for keep in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            keep(proof)


def test_a_name_shows_its_first_sign():
    assert masked_name(" 欧阳修 ") == "欧**"
    assert masked_name("") == ""
