"""Sealed records in the ledger: ciphertext under a key of its own, which is destroyed to erase it.

The chain holds the reference and a digest of the ciphertext: the record is proved while it is
there, and the chain still verifies when it is not (design, invariant 8).
"""

import base64
import json
import secrets
import sqlite3
from collections.abc import Callable
from datetime import date, timedelta

from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.chain import Chain
from pharmacy_desk.adapters.store.base.part import Part
from pharmacy_desk.adapters.store.base.proofs import sealed_proof
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.events import EventKind
from pharmacy_desk.core.people.sealing import SealedData, SealedKind
from pharmacy_desk.core.ports.doors import Sealer

_REFERENCE_BYTES = 16
_DUE = "retention"
# So long a clock that was set wrong is noticed at a counter.
_PROVEN = timedelta(days=7)


@reads_rows
class Sealed(Part):
    """The part of the ledger that keeps what names a person."""

    def __init__(self, chain: Chain, sealer: Sealer) -> None:
        super().__init__(chain)
        self._sealer = sealer
        self._heirs: list[Callable[[str], None]] = []

    def when_dropped(self, blank: Callable[[str], None]) -> None:
        """Call with each reference that is destroyed, in the transaction that destroys it."""
        self._heirs.append(blank)

    def fingerprint(self, number: str) -> str:
        """The keyed hash of a person's number."""
        return self._sealer.fingerprint(b"person:" + number.encode())

    def keep(self, actor: Actor, kind: SealedKind, data: SealedData, keep_until: date) -> str:
        """Seal what is to be kept; the reference by which it is known."""
        reference = secrets.token_hex(_REFERENCE_BYTES)
        wrapped, sealed = self._sealer.seal(_packed(data))
        with self.joined() as conn:
            conn.execute(
                "INSERT INTO sealed_records(reference, kind, wrapped_key, sealed, at, kept_until)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    reference,
                    kind.value,
                    wrapped,
                    sealed,
                    actor.at.isoformat(),
                    keep_until.isoformat(),
                ),
            )
            self._tell_kept(actor, conn, reference)
        return reference

    def prolong(self, actor: Actor, reference: str, kind: SealedKind, keep_until: date) -> None:
        """Keep a record longer, as one of another kind."""
        with self.joined() as conn:
            changed = conn.execute(
                "UPDATE sealed_records SET kind = ?, kept_until = max(kept_until, ?)"
                " WHERE reference = ? AND dropped_at IS NULL",
                (kind.value, keep_until.isoformat(), reference),
            ).rowcount
            if changed:
                self._tell_kept(actor, conn, reference)

    def open(self, actor: Actor, reference: str, why: str) -> SealedData | None:
        """What was sealed, and an event that tells who opened it and why."""
        row = self._conn.execute(
            "SELECT wrapped_key, sealed FROM sealed_records"
            " WHERE reference = ? AND dropped_at IS NULL",
            (reference,),
        ).fetchone()
        if row is None:
            return None
        data = _unpacked(self._sealer.open(row["wrapped_key"], row["sealed"]))
        payload: dict[str, object] = {"record": reference, "why": why}
        with self.joined():
            self.append(actor.event(EventKind.SEALED_OPENED, payload=payload))
        return data

    def drop(self, actor: Actor, reference: str, why: str) -> bool:
        """Destroy its key for good; False when it is gone already."""
        with self.joined() as conn:
            # What is overwritten with nothing leaves no old bytes in the file.
            conn.execute("PRAGMA secure_delete=ON")
            changed = conn.execute(
                "UPDATE sealed_records SET wrapped_key = NULL, sealed = NULL, dropped_at = ?"
                " WHERE reference = ? AND dropped_at IS NULL",
                (actor.at.isoformat(), reference),
            ).rowcount
            if changed:
                for blank in self._heirs:
                    blank(reference)
                payload: dict[str, object] = {"record": reference, "why": why}
                self.append(actor.event(EventKind.SEALED_DROPPED, payload=payload))
        return bool(changed)

    def drop_due(self, actor: Actor) -> int:
        """Destroy the keys of all records past their time; how many there were.

        The log must have gone on past that day for a week: a clock that is wrong since this
        morning destroys no register. The write-ahead log is folded in: it holds the old pages
        until then.
        """
        due = self._conn.execute(
            "SELECT reference, kept_until FROM sealed_records"
            " WHERE dropped_at IS NULL AND kept_until <= ?",
            (actor.at.date().isoformat(),),
        ).fetchall()
        if not due:
            return 0
        proven = self._conn.execute(
            "SELECT max(at) FROM events WHERE at <= ?", ((actor.at - _PROVEN).isoformat(),)
        ).fetchone()[0]
        gone = [row["reference"] for row in due if proven and row["kept_until"] <= proven]
        for reference in gone:
            self.drop(actor, reference, _DUE)
        if gone:
            self._conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return len(gone)

    def _tell_kept(self, actor: Actor, conn: sqlite3.Connection, reference: str) -> None:
        row = conn.execute(
            "SELECT kind, kept_until, wrapped_key, sealed FROM sealed_records WHERE reference = ?",
            (reference,),
        ).fetchone()
        payload: dict[str, object] = {
            "record": reference,
            "kind": row["kind"],
            "until": row["kept_until"],
            "proof": sealed_proof(row["wrapped_key"], row["sealed"]),
        }
        self.append(actor.event(EventKind.SEALED_KEPT, payload=payload))


def _packed(data: SealedData) -> bytes:
    told = {
        name: {"base64": base64.b64encode(one).decode("ascii")} if isinstance(one, bytes) else one
        for name, one in data.items()
    }
    return json.dumps(told, ensure_ascii=False).encode()


def _unpacked(data: bytes) -> SealedData:
    return {
        name: base64.b64decode(one["base64"]) if isinstance(one, dict) else str(one)
        for name, one in json.loads(data).items()
    }
