"""Hold a ledger against a head that was noted elsewhere: a receipt, a check, an exported log."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from pharmacy_desk.adapters.given_files import opened
from pharmacy_desk.adapters.store.base import database
from pharmacy_desk.core.basics.errors import Fault, WorldError

# As `ledger check` tells it (counter-epoch-seq:hash), or a receipt (账 epoch-seq hash).
_HEAD = re.compile(
    r"账?\s*(?:[^\s-]+-)?(?P<epoch>[0-9A-Z]+)-(?P<seq>\d{1,18})[\s:]+(?P<hash>[0-9a-f]{8,64})"
)

# A log of ten million codes has some 10 GB; its longest event names the codes of a stock-take.
_MAX_BYTES, _MAX_LINE_BYTES = 1_000_000_000_000, 64_000_000
# A line of a manifest or of a check's answer; a head has some 90 characters.
_MAX_HEAD_CHARS = 1_000


def differs(ledger: Path, noted: str) -> str | None:
    """From which event on the ledger is not what was noted; None when it holds all of it.

    A head tells only that something up to it is other; a log tells the first event that is.
    Raises `WorldError` when `noted` is neither a head nor a file that tells one.
    """
    conn = database.open_reader(ledger)
    try:
        with database.damage(ledger):
            for epoch, seq, digest in read_notes(noted):
                row = conn.execute(
                    "SELECT counter, hash FROM events WHERE epoch = ? AND seq = ?", (epoch, seq)
                ).fetchone()
                if row is None:
                    return f"event {epoch}-{seq} is missing"
                if not row["hash"].hex().startswith(digest):
                    return f"event {row['counter']}-{epoch}-{seq} is another than was noted"
    finally:
        conn.close()
    return None


def read_notes(text: str) -> Iterator[tuple[str, int, str]]:
    """What was noted of chains: a head as it was printed, or a file with heads or events."""
    head = _HEAD.fullmatch(text.strip())
    if head:
        yield head["epoch"], int(head["seq"]), head["hash"]
        return
    found = False
    try:
        with opened(Path(text), _MAX_BYTES) as file:
            while line := file.readline(_MAX_LINE_BYTES):
                told = _line(line.decode("utf-8"))
                if told:
                    found = True
                    yield told
    except ValueError as error:
        raise WorldError(Fault.FILE_UNREADABLE, path=text, detail=str(error)) from error
    if not found:
        raise WorldError(Fault.FILE_UNREADABLE, path=text, detail="no head is in it")


def _line(line: str) -> tuple[str, int, str] | None:
    """What a line tells: an event of an exported log, or a head anywhere in a manifest."""
    try:
        event = json.loads(line)
        return str(event["epoch"]), int(event["seq"]), str(event["hash"])
    except (ValueError, KeyError, TypeError, RecursionError):
        # Searching takes time by the square of the length.
        head = _HEAD.search(line[:_MAX_HEAD_CHARS])
        return (head["epoch"], int(head["seq"]), head["hash"]) if head else None
