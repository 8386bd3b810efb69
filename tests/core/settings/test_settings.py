"""The settings table: its rows agree with the districts that it does not know."""

from pharmacy_desk.core.settings.settings import APPROVAL_CELLS
from pharmacy_desk.core.stock.movement import MovementKind


def test_documents_that_want_a_second_person_are_movements():
    assert set(APPROVAL_CELLS) <= {kind.value for kind in MovementKind}
