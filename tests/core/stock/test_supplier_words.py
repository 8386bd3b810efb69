"""What a supplier calls a drug beside what we call it: what is offered, and in which order."""

import pytest

from pharmacy_desk.core.stock.supplier_words import (
    MOST_OFFERED,
    Candidate,
    SupplierWords,
    likely,
)

OURS = (
    Candidate("A1", "布洛芬缓释胶囊", "0.3g×24粒", "示例一厂", "BLFHSJN"),
    Candidate("A2", "布洛芬缓释胶囊", "0.3g×20粒", "示例一厂", "BLFHSJN"),
    Candidate("A3", "布洛芬片", "0.1g×100片", "示例二厂", "BLFP"),
    Candidate("A4", "阿莫西林胶囊", "0.25g×24粒", "示例三厂", "AMXLJN"),
)


@pytest.mark.parametrize(
    ("name", "spec", "maker", "initials", "first"),
    [
        # The same name in a size that we do not have: both of ours, neither chosen.
        ("布洛芬缓释胶囊", "0.3g×36粒", "", "BLFHSJN", ["A1", "A2"]),
        ("布洛芬缓释胶囊", "0.3g*20粒", "", "BLFHSJN", ["A2", "A1"]),
        # Dosage form left out, a character wrong, and written by its sound alone.
        ("布洛芬胶囊", "0.3g×24粒", "", "BLFJN", ["A1", "A2"]),
        ("布洛芬缓释胶襄", "0.3g×24粒", "", "BLFHSJX", ["A1", "A2"]),
        ("步洛分缓试胶曩", "0.3g×24粒", "", "BLFHSJN", ["A1", "A2"]),
        ("阿莫西林胶囊（某牌）", "0.25g×24粒", "示例三厂", "AMXLJNMP", ["A4"]),
    ],
)
def test_the_likely_ones_are_offered_in_their_order(
    name: str, spec: str, maker: str, initials: str, first: list[str]
) -> None:
    found = likely(SupplierWords("示例医药", name, spec, maker), initials, OURS)
    assert found[: len(first)] == first


@pytest.mark.parametrize("name", ["维生素C片", "感冒灵颗粒", "片", ""])
def test_what_is_like_none_offers_none(name: str) -> None:
    assert likely(SupplierWords("示例医药", name, "10mg×7片"), "", OURS) == []


def test_few_are_offered_of_many() -> None:
    many = [Candidate(f"B{n}", "布洛芬缓释胶囊", f"{n}粒", "", "BLFHSJN") for n in range(100)]
    found = likely(SupplierWords("示例医药", "布洛芬缓释胶囊", "77粒"), "BLFHSJN", many)
    assert (len(found), found[0]) == (MOST_OFFERED, "B77")


def test_an_answer_holds_however_the_paper_writes_it() -> None:
    one = SupplierWords("示例医药", "布洛芬 缓释胶囊", "０．３ｇ×36粒", "ABC厂")
    other = SupplierWords("示例医药", "布洛芬缓释胶囊", "0.3G*36 粒", "abc厂")
    assert one.key == other.key
    assert SupplierWords("别家", "布洛芬缓释胶囊", "0.3g*36粒", "abc厂").key != one.key
