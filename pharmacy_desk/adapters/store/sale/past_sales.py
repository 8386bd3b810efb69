"""The old system's sales in the ledger: pieces of a file, each with its event and its proof."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from pharmacy_desk.adapters.store.base import facts
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.chain import Chain
from pharmacy_desk.adapters.store.base.part import Part
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.events import EventKind
from pharmacy_desk.core.catalogue.drugs import MapState, plain_drug
from pharmacy_desk.core.sale.past import (
    Finding,
    FindingKind,
    PastFile,
    PastProgress,
    PastRow,
    PastStep,
    contradictions,
    told_by,
    words_of,
)
from pharmacy_desk.core.scanning.scan import identification_of
from pharmacy_desk.core.stock.custody import BoxState

_COLUMNS = ", ".join(PastRow._fields)
_PLACES = ", ".join("?" * len(PastRow._fields))
_ROW_LINE = "\x1f".join(["%s"] * len(PastRow._fields))
# What tells one sale of a code from another.
_KEY = itemgetter(*map(PastRow._fields.index, ("code", "at", "returned", "number")))
# Codes that a file names more than once, or together with an earlier file, and what came back.
_AGAIN = (
    "SELECT p.code, p.row, p.at, p.returned, p.number, p.operator, c.file = ?1 AS here"
    " FROM past_sales p JOIN past_chunks c ON c.number = p.chunk WHERE p.code IN"
    " (SELECT code FROM past_sales GROUP BY code HAVING count(*) > 1 OR max(returned))"
    " ORDER BY p.code, p.at, p.id"
)


def digest(rows: Iterable[Sequence[object]], findings: Iterable[Sequence[object]]) -> str:
    """SHA-256 (hex) of a piece: its rows and findings as they are kept, in their order.

    No text of them holds a control character, so that two pieces never give the same lines.
    """
    lines = [_ROW_LINE % (*row,) for row in rows]
    lines += ["\x1f".join(map(str, one)) for one in findings]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@reads_rows
class PastSales(Part):
    """The part of the ledger that holds the old system's sales.

    `has_past` spares a store without them a question at every scan.
    """

    def __init__(self, chain: Chain) -> None:
        super().__init__(chain)
        # Our drugs by the old system's code and name, and by identification, while a file is read.
        self._meant: dict[tuple[str, str], frozenset[str]] = {}
        self._known: dict[str, frozenset[str]] = {}
        self._chain.has_past = (
            self._conn.execute("SELECT 1 FROM past_sales LIMIT 1").fetchone() is not None
        )

    def mapped(self) -> frozenset[str]:
        """Identifications for which the three-code map knows a drug."""
        found = self._conn.execute(
            "SELECT identification FROM identifications WHERE state = ?", (MapState.CONFIRMED,)
        )
        return frozenset(row[0] for row in found)

    def progress(self, file: PastFile) -> PastProgress:
        """How far this file was taken before; what was known of drugs is looked up anew."""
        self._meant, self._known = {}, {}
        row = self._conn.execute(
            "SELECT max(last_row), max(done) FROM past_chunks WHERE file = ?", (file.digest,)
        ).fetchone()
        return PastProgress(row[0] or 0, bool(row[1]))

    def look_through(self, rows: Sequence[PastRow]) -> tuple[int, tuple[Finding, ...]]:
        """What `keep` would add and find, without writing anything."""
        fresh, found = self._against(rows)
        return len(fresh), tuple(found)

    def keep(
        self,
        actor: Actor,
        file: PastFile,
        last_row: int,
        rows: Sequence[PastRow],
        findings: Sequence[Finding],
    ) -> int:
        """Take a piece; see `ports.past`."""
        with self.transaction():
            fresh, found = self._against(rows)
            self._write(actor, file, last_row, fresh, [*findings, *found])
        self._chain.has_past = self._chain.has_past or bool(fresh)
        return len(fresh)

    def finish(self, actor: Actor, file: PastFile) -> None:
        """The file is through; what contradicts an older file is told by this one's rows."""
        with self.transaction() as conn:
            last_row, found = self.progress(file).last_row, list[Finding]()
            again = conn.execute(_AGAIN, (file.digest,))
            for code, steps in groupby(again, key=lambda row: str(row["code"])):
                told = list(steps)
                here = {row["row"] for row in told if row["here"]}
                if here:
                    steps_ = [PastStep(*tuple(row)[1:6]) for row in told]
                    found += [one for one in contradictions(code, steps_) if one.row in here]
            found.sort()
            self._write(actor, file, last_row, [], found, done=True)

    def findings(self, file: PastFile) -> tuple[Finding, ...]:
        """Every finding of this file, by its rows."""
        rows = self._conn.execute(
            "SELECT f.row, f.code, f.kind, f.words FROM past_findings f"
            " JOIN past_chunks c ON c.number = f.chunk WHERE c.file = ? ORDER BY f.row, f.id",
            (file.digest,),
        )
        return tuple(Finding(row[0], row[1], FindingKind(row[2]), row[3]) for row in rows)

    # ----------------------------------------------------------------------------------------

    def _against(self, rows: Sequence[PastRow]) -> tuple[list[PastRow], list[Finding]]:
        """The rows that are new, by their codes, and what contradicts our ledger or the map.

        What stands in our own ledger as sold or in a sale stays ours: its row is a finding only,
        or nothing where it is the sale that the old system told us as a ticket.
        """
        by_key = dict(zip(map(_KEY, rows), rows, strict=True))
        ordered = sorted(by_key)
        codes = json.dumps([key[0] for key in ordered])
        for key in self._there(codes):
            by_key.pop(key, None)
        ours, shelf = self._ours(codes), self._on_shelf(codes)
        # Few of a file stand in our ledger: each other row is taken as it is.
        fresh = [by_key[key] for key in ordered if key in by_key and key[0] not in ours]
        found = list(self._other_drugs(fresh))
        for key in by_key if ours or shelf else ():
            (code, at, returned, number), row = key, by_key[key].row
            own, kept = ours.get(code), shelf.get(code)
            if own and not (number and number == own[1]):
                words = told_by(number, at, own[0])
                found.append(Finding(row, code, FindingKind.SAME_AS_OURS, words))
            elif kept and not own and not returned:
                found.append(Finding(row, code, FindingKind.ON_SHELF, told_by(number, at, kept)))
        found.sort()
        return fresh, found

    def _ours(self, codes: str) -> dict[str, tuple[str, str | None]]:
        """Sale and ticket of each code that our own ledger knows as sold, or in a sale."""
        found = self._conn.execute(
            "SELECT c.code, c.sale, s.ticket FROM json_each(?) j"
            " CROSS JOIN claims c ON c.code = j.value JOIN sales s ON s.number = c.sale",
            (codes,),
        )
        return {row[0]: (row[1], row[2]) for row in found}

    def _on_shelf(self, codes: str) -> dict[str, str]:
        found = self._conn.execute(
            "SELECT b.code, b.document FROM json_each(?) j CROSS JOIN boxes b ON b.code = j.value"
            " WHERE b.state = ?",
            (codes, BoxState.ON_SHELF.value),
        )
        return dict(map(tuple, found))

    def _there(self, codes: str) -> set[tuple[str, str, int, str]]:
        """What is kept already of these codes: files overlap, and one may come twice."""
        if not self._chain.has_past:
            return set()
        found = self._conn.execute(
            "SELECT p.code, p.at, p.returned, p.number FROM json_each(?) j"
            " CROSS JOIN past_sales p ON p.code = j.value",
            (codes,),
        )
        return set(map(tuple, found))

    def _other_drugs(self, rows: Iterable[PastRow]) -> Iterator[Finding]:
        """Rows whose drug is known to be another than the map knows their code for."""
        for row in rows:
            identification = identification_of(row.code)
            known = self._known.get(identification)
            if known is None:
                known = self._known[identification] = self._mapped_to(identification)
            if not known:
                continue
            drug = row.item, row.name
            if drug not in self._meant:
                self._meant[drug] = self._drugs(*drug)
            if self._meant[drug] and not self._meant[drug] & known:
                words = words_of(row.item, row.name, *sorted(known))
                yield Finding(row.row, row.code, FindingKind.OTHER_DRUG, words)

    def _mapped_to(self, identification: str) -> frozenset[str]:
        items, _ = facts.items_by_identification(self._conn, identification)
        return frozenset(item.code for item in items)

    def _drugs(self, item: str, name: str) -> frozenset[str]:
        """Our drugs that the old system's words stand for: by code, else barcode, else name."""
        by_code = facts.items_by_code(self._conn, [item]) if item else []
        found = by_code or (facts.items_by_barcode(self._conn, item) if item else [])
        if found or not name:
            return frozenset(one.code for one in found)
        rows = self._conn.execute(
            "SELECT code, name FROM items WHERE substr(name, 1, 1) = ?", (name[:1],)
        )
        return frozenset(row[0] for row in rows if plain_drug(row[1]) == plain_drug(name))

    def _write(
        self,
        actor: Actor,
        file: PastFile,
        last_row: int,
        rows: Sequence[PastRow],
        findings: Sequence[Finding],
        *,
        done: bool = False,
    ) -> None:
        """A piece with its event, inside the running transaction."""
        conn = self._conn
        chunk = conn.execute("SELECT coalesce(max(number), 0) + 1 FROM past_chunks").fetchone()[0]
        days = [row.at[:10] for row in rows] or [""]
        proof = digest(rows, findings)
        told = (last_row, int(done), len(rows), len(findings), min(days), max(days))
        conn.execute(
            "INSERT INTO past_chunks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (chunk, file.digest, file.name, *told, actor.at.isoformat(), actor.operator, proof),
        )
        conn.executemany(
            f"INSERT INTO past_sales(chunk, {_COLUMNS}) VALUES ({chunk}, {_PLACES})", rows
        )
        conn.executemany(
            f"INSERT INTO past_findings(chunk, row, code, kind, words)"
            f" VALUES ({chunk}, ?, ?, ?, ?)",
            findings,
        )
        names = ("last_row", "done", "rows", "findings", "first_day", "last_day")
        payload: dict[str, object] = {
            "chunk": chunk,
            "digest": file.digest,
            "name": file.name,
            **dict(zip(names, told, strict=True)),
            "proof": proof,
        }
        self.append(actor.event(EventKind.SALES_IMPORTED, payload=payload))


def kept_digests(conn: sqlite3.Connection) -> dict[int, str]:
    """The digest of each piece, by the rows and findings that are kept of it."""
    findings: dict[int, list[tuple[object, ...]]] = {}
    for row in conn.execute("SELECT chunk, row, code, kind, words FROM past_findings ORDER BY id"):
        findings.setdefault(row[0], []).append(tuple(row)[1:])
    rows = conn.execute(f"SELECT chunk, {_COLUMNS} FROM past_sales ORDER BY id")
    made = {
        chunk: digest([tuple(row)[1:] for row in piece], findings.pop(chunk, []))
        for chunk, piece in groupby(rows, key=lambda row: int(row[0]))
    }
    return made | {chunk: digest([], found) for chunk, found in findings.items()}
