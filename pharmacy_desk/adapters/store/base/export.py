"""Write the event log out, so that somebody without this program can prove it.

One event a line, as JSON with exactly the fields that are hashed and the hash; each counter's
epochs stand in the order in which they began, each epoch in its own order. `packaging/
verify_log.py` reads it. No identity is inside because none is inside an event (invariant 8).
"""

import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pharmacy_desk.adapters.store.base import database
from pharmacy_desk.adapters.store.base.epochs import epoch_order
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.basics.values import dataclass

FIELDS = ("counter", "epoch", "seq", "at", "kind", "code", "document", "operator", "payload")
# A ledger that somebody has edited may hold anything: it is written as text, its hash will tell.
_LINE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=repr)


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written. `heads` is counter-epoch-seq:hash of each epoch's last event."""

    events: int
    heads: tuple[str, ...]


def export(ledger: Path, target: Path) -> Exported:
    """Write the whole log of a ledger to `target`, as it stands at this moment.

    The file appears whole or not at all: it is written beside its place and then moved there.
    Raises `WorldError`: the ledger is missing or damaged, the target cannot be written, or it is
    one of the ledger's own files.
    """
    own = (ledger.name, f"{ledger.name}-wal", f"{ledger.name}-shm", f"{ledger.stem}.head")
    if target.resolve() in {ledger.resolve().with_name(name) for name in own}:
        raise WorldError(Fault.HOME_NOT_WRITABLE, path=str(target))
    conn = database.open_reader(ledger)
    try:
        with database.damage(ledger):
            conn.execute("BEGIN")  # one snapshot, while the counter sells on
            places = _places(conn)
        return _write(conn, ledger, places, target)
    finally:
        conn.close()


def _places(conn: sqlite3.Connection) -> list[tuple[str, str]]:
    """Every counter and epoch; of one counter in the order in which they began."""
    order = epoch_order(conn)
    found = [tuple(row) for row in conn.execute("SELECT DISTINCT counter, epoch FROM events")]
    return sorted(found, key=lambda place: (place[0], order.get(place[1], 0), place[1]))


def _write(
    conn: sqlite3.Connection, ledger: Path, places: list[tuple[str, str]], target: Path
) -> Exported:
    count, heads = 0, []
    with database.world_errors(target):
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        fresh = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
                for place in places:
                    head = ""
                    for event in _events(conn, ledger, place):
                        out.write(_LINE.encode(event) + "\n")
                        count += 1
                        head = f"{event['counter']}-{event['epoch']}-{event['seq']}:{event['hash']}"
                    heads.append(head)
                out.flush()
                os.fsync(out.fileno())
            fresh.replace(target)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
    return Exported(count, tuple(heads))


def _events(
    conn: sqlite3.Connection, ledger: Path, place: tuple[str, str]
) -> Iterator[dict[str, object]]:
    with database.damage(ledger):
        rows = conn.execute(
            f"SELECT {', '.join(FIELDS)}, hash FROM events WHERE counter = ? AND epoch = ?"
            " ORDER BY seq",
            place,
        )
        for row in rows:
            digest = row["hash"]
            told = digest.hex() if isinstance(digest, bytes) else digest
            yield dict(zip(FIELDS, row, strict=False)) | {"hash": told}
