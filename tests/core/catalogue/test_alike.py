"""Drugs of one name and maker are told apart by what stands on the box."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pharmacy_desk.core.catalogue.alike import told_apart
from tests.conftest import OTC, RX

TWIN = replace(OTC, code="Y9", spec="0.3g×12粒", barcodes=("6900000000922",), approval="国药准字H2")


def test_only_those_of_one_name_and_maker_are_told_apart():
    assert told_apart([OTC, RX]) == {}
    assert told_apart([OTC, replace(TWIN, maker="另一家")]) == {}
    assert told_apart([OTC, RX, TWIN]) == {"Y1": ("…0014",), "Y9": ("国药准字H2", "…0922")}


def test_an_end_grows_until_it_differs():
    near = replace(TWIN, barcodes=("6900000100014",), approval="")
    assert told_apart([OTC, near]) == {"Y1": ("…000014",), "Y9": ("…100014",)}
    bare = replace(TWIN, barcodes=(), identifications=(), approval="")
    assert told_apart([OTC, bare]) == {"Y1": ("…0014",), "Y9": ("Y9",)}


@given(st.lists(st.integers(0, 10**14).map(str), unique=True, max_size=6))
def test_no_two_ends_are_the_same(codes):
    items = [replace(OTC, code=str(n), barcodes=(code,)) for n, code in enumerate(codes)]
    ends = list(told_apart(items).values())
    assert len(set(ends)) == len(ends)
