"""The signed head: which event was the chain's last, under a key that is not in the ledger.

Whoever may write the file can chain it anew; only who has the key of this home can sign its head.
One row of the table `home` for each counter holds the newest; it vouches for all before it. The
key stands where the system keeps secrets; a process of the same user can ask for it, so a signature
proves nothing against somebody who works as that user and knows how. Heads on paper do.
"""

import json
import sqlite3
from collections.abc import Iterator

from pharmacy_desk.core.basics.events import hash_fields
from pharmacy_desk.core.ports.doors import HeadKey

# So many events are never unsigned: a busy hour. In a quiet moment and at the end all are signed.
SIGN_EVERY = 500
_ROW = "signed.{counter}"


def row_name(counter: str) -> str:
    """Name of the row that holds a counter's signed head."""
    return _ROW.format(counter=counter)


def signed_row(key: HeadKey, counter: str, epoch: str, seq: int, digest: str) -> str:
    """The row's value for this head."""
    signature = key.sign(_text(counter, epoch, seq, digest))
    return json.dumps({"epoch": epoch, "seq": seq, "hash": digest, "signature": signature})


def signed_place(value: str | None) -> tuple[str, int]:
    """(epoch, seq) up to which a row signs; ("", 0) for none, or one that cannot be read."""
    try:
        told = json.loads(value or "{}")
        return str(told["epoch"]), int(told["seq"])
    except (ValueError, KeyError, TypeError):
        return "", 0


def signatures(conn: sqlite3.Connection, key: HeadKey) -> Iterator[str]:
    """The chain holds what was signed, the signature is ours, and little came after it."""
    found = conn.execute("SELECT name, value FROM home WHERE name LIKE 'signed.%'").fetchall()
    if not found and key.known():
        yield "head: this ledger was signed, and its signature is gone"
    for name, value in found:
        counter = str(name).removeprefix("signed.")
        epoch, seq = signed_place(value)
        event = f"{counter}-{epoch}-{seq}"
        row = conn.execute(
            "SELECT hash FROM events WHERE counter = ? AND epoch = ? AND seq = ?",
            (counter, epoch, seq),
        ).fetchone()
        told = json.loads(value) if epoch else {}
        if (
            not epoch
            or key.verifies(_text(counter, epoch, seq, told["hash"]), str(told.get("signature")))
            is False
        ):
            yield f"head: the signature of event {event} is not this home's"
        elif row is None or row[0].hex() != told["hash"]:
            yield f"head: event {event} was signed, and the chain is another: it was rewritten"
        else:
            yield from _tail(conn, counter, epoch, seq)


def _tail(conn: sqlite3.Connection, counter: str, epoch: str, seq: int) -> Iterator[str]:
    """More events than one ever leaves unsigned have come after the signed one."""
    now = conn.execute("SELECT value FROM home WHERE name = ?", (f"epoch.{counter}",)).fetchone()
    behind = conn.execute(
        "SELECT count(*) FROM events WHERE counter = ? AND epoch = ? AND seq > ?",
        (counter, now[0] if now else epoch, seq if now and now[0] == epoch else 0),
    ).fetchone()[0]
    if behind >= SIGN_EVERY:
        yield f"head: {behind} events after {counter}-{epoch}-{seq} were never signed"


def unsigned(conn: sqlite3.Connection, key: HeadKey) -> list[str]:
    """What cannot be said of the signature, and is no fault."""
    row = conn.execute("SELECT 1 FROM home WHERE name LIKE 'signed.%'").fetchone()
    if key.known():
        return []
    if row is None:
        return ["the head is not signed yet: it will be when the counter is next quiet, or ends"]
    return ["the head is signed by a key that is not on this machine: it was not verified"]


def links(conn: sqlite3.Connection) -> Iterator[str]:
    """Every epoch says with which event the one before it ended, and it did."""
    opened = conn.execute(
        "SELECT counter, epoch, json_extract(payload, '$.previous.epoch'),"
        " json_extract(payload, '$.previous.seq'), json_extract(payload, '$.previous.hash')"
        " FROM events WHERE kind = 'home_opened'"
    ).fetchall()
    for counter, epoch, before, seq, digest in opened:
        if not before:
            continue
        last = conn.execute(
            "SELECT seq, hash FROM events WHERE counter = ? AND epoch = ?"
            " ORDER BY seq DESC LIMIT 1",
            (counter, before),
        ).fetchone()
        if last is None or (last[0], last[1].hex()) != (seq, digest):
            yield f"chain: epoch {epoch} follows event {seq} of {before}, which does not end so"


def _text(counter: str, epoch: str, seq: int, digest: str) -> bytes:
    return hash_fields("head", counter, epoch, seq, digest).encode("ascii")
