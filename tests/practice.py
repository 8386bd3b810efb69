"""A practice home as the program makes it, with a few drugs of the sample catalogue in place of all.

The whole sample is fourteen thousand drugs: reading it takes longer than most days a test plays.
What the first start makes by itself is held by those tests that begin with no home.
"""

from itertools import islice
from pathlib import Path

from pharmacy_desk.adapters import resources
from pharmacy_desk.adapters.home import Home
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.people.people import Operator
from pharmacy_desk.wiring.counter import Counter
from pharmacy_desk.wiring.files import import_file
from pharmacy_desk.wiring.options import Options
from pharmacy_desk.wiring.practice_home import PRACTICE_MANAGER

# The heads and the drugs that most rehearsals and tests name; and those that some name besides.
_LINES = 40
_NAMED = ("8441869", "8203672", "8180901", "S00198")


def practice_home(folder: Path) -> Home:
    """A home with the first drugs of the sample catalogue and its manager; one there stays."""
    home = Home(folder)
    home.make()
    if home.ledger.exists():
        return home
    few = folder / "few.csv"
    with resources.sample_catalogue() as path, path.open(encoding="utf-8-sig") as lines:
        first = list(islice(lines, _LINES))
        first += [line for line in lines if any(name in line for name in _NAMED)]
        few.write_text("".join(first), encoding="utf-8")
    counter = Counter(home, Options(own_practice_platform=False), lambda _: None)
    number, pin = PRACTICE_MANAGER
    try:
        import_file(counter, few, counter.desk_lane.call)
        counter.desk_lane.call(
            lambda: counter.ledger.people.put_operator(
                Actor(counter.clock.now(), ""), Operator(number, "店长 001", "店长"), pin
            )
        )
    finally:
        counter.stop()
        few.unlink()
    return home
