"""What is kept of a person's work with boxes: what is unfinished, what was learned of suppliers.

A draft is no event: nothing has moved yet, it is written at every scan, and its end stands in the
event of the document that it became. What was learned of a supplier's headers, and of its words
for a drug, is one: it decides what later files book, so the log must tell who said so.
"""

import sqlite3
from collections.abc import Mapping

from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.part import Part
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.events import EventKind
from pharmacy_desk.core.stock.drafts import RECEIVING, DraftStep
from pharmacy_desk.core.stock.supplier_words import SupplierWords


@reads_rows
class Drafts(Part):
    """The part of the ledger that keeps unfinished work and a supplier's words."""

    def put_draft(self, actor: Actor, number: str, body: str, kind: str = RECEIVING) -> None:
        """Keep unfinished work as it stands now; the state before it is replaced."""
        with self.transaction() as conn:
            conn.execute(
                "INSERT OR REPLACE INTO drafts(number, kind, body, at, operator)"
                " VALUES (?, ?, ?, ?, ?)",
                (number, kind, body, actor.at.isoformat(), actor.operator),
            )

    def drop_draft(self, number: str) -> None:
        """Forget unfinished work."""
        with self.transaction() as conn:
            take_step(conn, DraftStep(number, None))

    def learned_headers(self) -> dict[str, dict[str, str]]:
        """What was learned of header names: supplier, plain name, our column."""
        found: dict[str, dict[str, str]] = {}
        for row in self._conn.execute("SELECT party, header, field FROM learned_headers"):
            found.setdefault(row["party"], {})[row["header"]] = row["field"]
        return found

    def learn_headers(self, actor: Actor, party: str, names: Mapping[str, str]) -> None:
        """Remember for a supplier what its header names mean; what was said last counts."""
        with self.transaction() as conn:
            for header, column in names.items():
                conn.execute(
                    "INSERT OR REPLACE INTO learned_headers(party, header, field) VALUES (?, ?, ?)",
                    (party, header, column),
                )
            payload: dict[str, object] = {"party": party, "names": dict(names)}
            self.append(actor.event(EventKind.HEADERS_LEARNED, payload=payload))

    def learn_drug(self, actor: Actor, words: SupplierWords, item: str) -> None:
        """Remember which drug a supplier's words mean; what was said last counts."""
        key = words.key
        with self.transaction() as conn:
            conn.execute(
                "INSERT OR REPLACE INTO supplier_drugs(party, name, spec, maker, item)"
                " VALUES (?, ?, ?, ?, ?)",
                (*key, item),
            )
            payload = dict(zip(("party", "name", "spec", "maker"), key, strict=True))
            told: dict[str, object] = {**payload, "item": item}
            self.append(actor.event(EventKind.SUPPLIER_DRUG_LEARNED, payload=told))


def take_step(conn: sqlite3.Connection, step: DraftStep) -> None:
    """Bring a draft to what is left of it, inside the running transaction."""
    if step.body is None:
        conn.execute("DELETE FROM drafts WHERE number = ?", (step.number,))
    else:
        conn.execute("UPDATE drafts SET body = ? WHERE number = ?", (step.body, step.number))
