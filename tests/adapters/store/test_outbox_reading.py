"""The outbox by state and by day, read in pages as the list of uploads asks."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pharmacy_desk.adapters.store.reading import Reader
from pharmacy_desk.adapters.store.upload.outbox import insert_lines
from pharmacy_desk.core.upload.outbox import LineState, OutboxLine, QueueFilter, Waiting, Which
from tests.conftest import NOON

LINE = OutboxLine("", "D", 1, "3505", "A1", {}, ("84362820442053402132",))
STATES = {
    "queued": LineState.QUEUED,
    "no_lot": LineState.QUEUED,
    "refused": LineState.REFUSED,
    "unknown": LineState.UNKNOWN,
    "accepted": LineState.ACCEPTED,
}


@pytest.fixture
def reader(ledger, tmp_path):
    """Each state on three days."""
    for days in range(3):
        at = NOON + timedelta(days=days)
        for place, name in enumerate(STATES):
            waiting = Waiting.NO_LOT if name == "no_lot" else None
            line = replace(LINE, key=f"{days}-{name}", line=place, waiting=waiting)
            with ledger.chain.transaction() as conn:
                insert_lines(conn, (line,), at)
                conn.execute(
                    "UPDATE outbox SET state = ?, created_at = ?, changed_at = ? WHERE key = ?",
                    (STATES[name].value, at.isoformat(), at.isoformat(), line.key),
                )
    made = Reader(tmp_path / "ledger.db")
    yield made
    made.close()


def keys(reader, wanted, size=2):
    found, last = [], None
    while page := reader.outbox.lines(last, size, wanted):
        found += [one.line.key for one in page]
        last = page[-1]
    assert len(found) == len(set(found))
    return set(found)


@pytest.mark.parametrize(
    ("which", "names"),
    [
        (Which.ALL, set(STATES)),
        (Which.NOT_THERE, set(STATES) - {"accepted"}),
        (Which.REFUSED, {"refused"}),
        (Which.UNKNOWN, {"unknown"}),
        (Which.WAITING, {"no_lot"}),
        (Which.ACCEPTED, {"accepted"}),
    ],
)
def test_lines_by_state(reader, which, names):
    assert keys(reader, QueueFilter(which)) == {f"{d}-{name}" for d in range(3) for name in names}


@pytest.mark.parametrize("which", list(Which))
def test_lines_by_day_both_included(reader, which):
    first, last = date(2026, 11, 22), date(2026, 11, 23)
    of_state = keys(reader, QueueFilter(which))
    assert keys(reader, QueueFilter(which, first, last)) == {k for k in of_state if k[0] in "01"}
    assert keys(reader, QueueFilter(which, first=last)) == {k for k in of_state if k[0] in "12"}
    assert keys(reader, QueueFilter(which, last=first)) == {k for k in of_state if k[0] == "0"}
