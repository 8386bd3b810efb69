"""Fuse box, the practice home's part: what a newcomer finds there to try."""

from __future__ import annotations

from pharmacy_desk.adapters import resources
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.people.people import Operator
from pharmacy_desk.wiring.files import Books, import_file

# The second person of a practice home, number and PIN, so that approvals can be tried.
PRACTICE_MANAGER = ("001", "123456")


def load_sample(counter: Books) -> None:
    """A practice home without a catalogue gets the sample catalogue; on the desk lane."""
    if counter.ledger.catalogue.has_items():
        return
    with resources.sample_catalogue() as path:
        import_file(counter, path, lambda job: job())
    number, pin = PRACTICE_MANAGER
    actor = Actor(counter.clock.now(), "")
    counter.ledger.people.put_operator(actor, Operator(number, "店长 001", "店长"), pin)
