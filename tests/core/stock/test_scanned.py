"""What was scanned for a count or a document, to the disk and back."""

import pytest

from pharmacy_desk.core.stock.scanned import Scanned, WaitingScans, from_body, to_body, waiting
from tests.conftest import NOON, box

SOME = Scanned((box(2), box(1)), ("Y1", "Y2"), "transfer_out")


@pytest.mark.parametrize("scanned", [Scanned(), SOME])
def test_scans_come_back_as_they_were(scanned):
    assert from_body(to_body(scanned)) == scanned


@pytest.mark.parametrize("body", ["", "{", "[]", "{}", '{"codes":1,"item":[],"movement":""}'])
def test_a_damaged_body_is_none_and_still_a_line_in_the_list(body):
    assert from_body(body) is None
    assert waiting("n", NOON, "007", body) == WaitingScans("n", NOON, "007", 0)


def test_a_shelf_of_which_no_box_was_found_is_worth_keeping():
    assert Scanned().empty
    assert not Scanned(items=("Y1",)).empty
    assert waiting("n", NOON, "007", to_body(SOME)).boxes == 2
