"""Codes that the platform says were settled elsewhere: marked where every scan looks anyway.

The mark stands with the box (`boxes.settled_at`), so that the judge needs no further question. It
goes when the platform takes the line after all.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from pharmacy_desk.adapters.store.base import facts, past
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.chain import Chain
from pharmacy_desk.adapters.store.base.part import Part
from pharmacy_desk.adapters.store.stock.custody import put_box
from pharmacy_desk.adapters.store.upload.outbox import Outbox
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.events import Event, EventKind
from pharmacy_desk.core.basics.history import missing_from
from pharmacy_desk.core.catalogue.drugs import NO_BATCH
from pharmacy_desk.core.scanning.persons import masked
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.facts import ClaimState
from pharmacy_desk.core.upload.outbox import Became, LineState, OutboxLine
from pharmacy_desk.core.upload.sold_there import Gap, SoldThere, gap_of


@reads_rows
class Settled(Part):
    """The part of the ledger that keeps what the platform said of a code."""

    def __init__(self, chain: Chain, outbox: Outbox) -> None:
        super().__init__(chain)
        self._outbox = outbox

    def settle_elsewhere(
        self, lines: Sequence[OutboxLine], words: Mapping[str, str], msgid: str | None, at: datetime
    ) -> None:
        """Refuse lines whose codes were settled elsewhere and mark the codes, in one transaction.

        `words` are the platform's own, by line. Where they name codes only these are marked;
        else all of the line: the platform does not say which it means.
        """
        with self.transaction():
            became = [
                Became(line.key, LineState.REFUSED, words[line.key], at, msgid) for line in lines
            ]
            self._outbox.write_states(became, at)
            for line in lines:
                named = [code for code in line.codes if code in words[line.key]]
                for code in named or line.codes:
                    there = SoldThere(code, line.key, line.item)
                    self._mark_settled(there, line.document, words[line.key], at)

    def gap_to_ask(self) -> Gap | None:
        """The days that a person has accepted as missing, and that nobody has asked about yet."""
        row = self._conn.execute("SELECT value FROM home WHERE name = ?", (past.TO_ASK,)).fetchone()
        if row is None:
            return None
        told = json.loads(row["value"])
        if "first" not in told:
            return gap_of(missing_from(row["value"]))
        first, last = (date.fromisoformat(told[name]) for name in ("first", "last"))
        return Gap(first, last, told["marked"])

    def mark_sold_there(
        self, sold: Sequence[SoldThere], left: Gap, infno: str, at: datetime
    ) -> Gap:
        """Mark what the platform has as sold and the ledger has not; what is left to be asked."""
        with self.transaction() as conn:
            unknown = {one.code: one for one in sold if not self._knows(one)}
            for one in unknown.values():
                there = conn.execute("SELECT 1 FROM items WHERE code = ?", (one.item,)).fetchone()
                known = one if there else replace(one, item="")
                self._mark_settled(known, one.key, f"{infno} {one.key}".strip(), at)
            left = replace(left, marked=left.marked + len(unknown))
            told = {"first": left.first.isoformat(), "last": left.last.isoformat()}
            self._chain.keep_row(conn, past.TO_ASK, json.dumps(told | {"marked": left.marked}))
        return left

    def end_asking(self, at: datetime, *, asked: bool) -> None:
        """The platform was asked about all of the missing time, or cannot be asked."""
        gap = self.gap_to_ask()
        with self.transaction() as conn:
            conn.execute("DELETE FROM home WHERE name = ?", (past.TO_ASK,))
            payload: dict[str, object] = {"asked": asked, "marked": gap.marked if gap else 0}
            self.append(Event(EventKind.HISTORY_ASKED, at, "", payload=payload))

    def _knows(self, one: SoldThere) -> bool:
        """Sold here by what the ledger holds, or marked already."""
        ours = self._conn.execute("SELECT 1 FROM outbox WHERE key = ?", (one.key,)).fetchone()
        marked = self._conn.execute(
            "SELECT 1 FROM boxes WHERE code = ? AND settled_at IS NOT NULL", (one.code,)
        ).fetchone()
        claim = facts.earlier(self._conn, one.code)
        sold = claim is not None and claim.state is not ClaimState.LIVE
        return bool(ours or marked or sold)

    def _mark_settled(self, one: SoldThere, document: str, words: str, at: datetime) -> None:
        """Mark one code; a box that was sold without a record gets one."""
        stamp, words = at.isoformat(), masked(words, at.date())
        platform = Actor(at, "")
        update = "UPDATE boxes SET settled_at = ?, settled_words = ? WHERE code = ?"
        if not self._conn.execute(update, (stamp, words, one.code)).rowcount:
            state = facts.box_state(self._conn, one.code) or BoxState.SOLD
            put_box(
                conn=self._conn,
                code=one.code,
                state=state,
                item=one.item,
                batch=NO_BATCH,
                document=document,
                party="",
                actor=platform,
                counter=self.origin.counter,
            )
            self._conn.execute(update, (stamp, words, one.code))
        payload: dict[str, object] = {"line": one.key, "words": words, "item": one.item}
        kind = EventKind.CODE_SETTLED_ELSEWHERE
        self.append(platform.event(kind, one.code, document, payload))
