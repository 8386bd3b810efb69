"""Catalogue and three-code map in the ledger."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from pharmacy_desk.adapters.store.base import facts, proofs, rows
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.chain import Chain
from pharmacy_desk.adapters.store.base.part import Part
from pharmacy_desk.adapters.store.catalogue.three_code_map import ThreeCodeMap
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.events import EventKind
from pharmacy_desk.core.catalogue.by_hand import cells_of, changes
from pharmacy_desk.core.catalogue.drug_list import ALL_COLUMNS, over_known
from pharmacy_desk.core.catalogue.drugs import Batch, Item
from pharmacy_desk.core.sale.judge import BoxFacts
from pharmacy_desk.core.scanning.scan import Reading
from pharmacy_desk.core.stock.supplier_words import SupplierWords
from pharmacy_desk.core.upload.message import batch_words
from pharmacy_desk.core.upload.outbox import Waiting

_NAMES = [name.strip() for name in rows.ITEM_COLUMNS.split(",")]
_MARKS = ", ".join("?" * len(_NAMES))
_UPDATES = ", ".join(f"{name} = excluded.{name}" for name in _NAMES if name != "code")

# Identifications a counter meets in a day; an item is about 2 kB in memory.
_MOST_KNOWN = 4096


class _DryRunError(Exception):
    """Ends a dry run's transaction."""


def _union(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _sorted(item: Item) -> Item:
    return replace(
        item,
        barcodes=tuple(sorted(item.barcodes)),
        identifications=tuple(sorted(item.identifications)),
    )


@reads_rows
class Catalogue(Part):
    """The part of the ledger that knows drugs. Nothing else writes them, so it may keep them."""

    def __init__(self, chain: Chain, three_codes: ThreeCodeMap) -> None:
        super().__init__(chain)
        self._map = three_codes

    def facts(self, reading: Reading) -> BoxFacts:
        """What is known about a reading, but not who has or had its code."""
        if len(self._map.known) >= _MOST_KNOWN:
            self._map.known.clear()
        return facts.box_facts(self._conn, reading, self._map.known, self._chain.has_packs)

    def find_item(self, key: str) -> Item | None:
        """An item by its code or one of its barcodes."""
        return facts.find_item(self._conn, key)

    def find_by_insurance_code(self, code: str) -> Item | None:
        """The one item of this national insurance code; None for none or several."""
        return facts.find_by_insurance_code(self._conn, code)

    def find_by_approval(self, approval: str, spec: str) -> Item | None:
        """The one item with this approval number and spec."""
        found = self._conn.execute(
            "SELECT code FROM items WHERE approval = ? AND spec = ? LIMIT 2", (approval, spec)
        ).fetchall()
        codes = [row["code"] for row in found]
        return facts.items_by_code(self._conn, codes)[0] if len(codes) == 1 else None

    def find_by_name(self, name: str, spec: str, maker: str = "") -> Item | None:
        """The one item of this name, spec and, if it is told, maker."""
        return facts.find_by_name(self._conn, name, spec, maker)

    def find_supplied(self, words: SupplierWords) -> Item | None:
        """The drug that a supplier's words mean, as a person has said."""
        return facts.find_supplied(self._conn, words)

    def has_items(self) -> bool:
        """True when the catalogue holds anything."""
        return self._conn.execute("SELECT 1 FROM items LIMIT 1").fetchone() is not None

    def put_items(
        self,
        actor: Actor,
        items: Iterable[Item],
        dry_run: bool = False,
        columns: frozenset[str] = ALL_COLUMNS,
    ) -> tuple[int, int]:
        """Insert or change items in one transaction; (added, changed)."""
        self._map.known.clear()
        counts = {"added": 0, "changed": 0, "same": 0}
        try:
            with self.transaction():
                for item in items:
                    counts[self._put_item(actor, item, columns)] += 1
                payload: dict[str, object] = {k: n for k, n in counts.items() if k != "same"}
                self.append(actor.event(EventKind.CATALOGUE_IMPORTED, payload=payload))
                if dry_run:
                    raise _DryRunError  # noqa: TRY301 - the way to roll this transaction back
        except _DryRunError:
            pass  # the transaction has been rolled back: the counts are all that is left
        return counts["added"], counts["changed"]

    def _put_item(self, actor: Actor, item: Item, columns: frozenset[str]) -> str:
        """Write one item; `added`, `changed` or `same`. Codes known before are kept."""
        known = facts.items_by_code(self._conn, [item.code])
        if known:
            item = over_known(item, known[0], columns)
            merged = replace(
                item,
                lots=known[0].lots,
                barcodes=_union(known[0].barcodes, item.barcodes),
                identifications=_union(known[0].identifications, item.identifications),
            )
            if _sorted(self._map.without_removed(merged)) == _sorted(known[0]):
                return "same"
            self._tell_changes(actor, known[0], merged, by_list=True)
        self._write(actor, item)
        self._put_codes(actor, item)
        return "changed" if known else "added"

    def add_drug(self, actor: Actor, item: Item, second: str = "") -> Item:
        """Add a drug that a person has told; it is given its code. `second` allowed it."""
        self._map.known.clear()
        with self.transaction():
            # Where its event will stand in the chain: no other counter or copy has that place.
            named = replace(item, code=self._chain.next_event)
            payload: dict[str, object] = {"item": named.code, "cells": cells_of(named)}
            if second:
                payload["approver"] = second
            self.append(actor.event(EventKind.DRUG_ADDED, payload=payload))
            self._write(actor, named)
            self._put_codes(actor, named)
        return named

    def change_drug(self, actor: Actor, item: Item) -> bool:
        """Write a drug as a person has changed it; False when it was so already or is not there."""
        known = facts.items_by_code(self._conn, [item.code])
        if not known or not changes(known[0], item):
            return False
        self._map.known.clear()
        with self.transaction() as conn:
            self._tell_changes(actor, known[0], item, by_list=False)
            self._write(actor, item)
            conn.execute("DELETE FROM barcodes WHERE item = ?", (item.code,))
            self._put_codes(actor, item)
        return True

    def _tell_changes(self, actor: Actor, known: Item, item: Item, *, by_list: bool) -> None:
        changed = {column: list(pair) for column, pair in changes(known, item).items()}
        if changed:
            payload = {"item": item.code, "by_list": by_list, "changes": changed}
            self.append(actor.event(EventKind.DRUG_CHANGED, payload=payload))

    def _write(self, actor: Actor, item: Item) -> None:
        self._conn.execute(
            f"INSERT INTO items({rows.ITEM_COLUMNS}, added_at, added_by) VALUES ({_MARKS}, ?, ?)"
            f" ON CONFLICT(code) DO UPDATE SET {_UPDATES}, version = version + 1",
            (*rows.item_values(item), actor.at.isoformat(), actor.operator),
        )

    def _put_codes(self, actor: Actor, item: Item) -> None:
        self._conn.executemany(
            "INSERT OR IGNORE INTO barcodes(barcode, item) VALUES (?, ?)",
            [(barcode, item.code) for barcode in item.barcodes],
        )
        self._conn.executemany(
            "INSERT OR IGNORE INTO identifications(identification, item, state, operator, at)"
            " VALUES (?, ?, 'confirmed', ?, ?)",
            [
                (known, item.code, actor.operator, actor.at.isoformat())
                for known in item.identifications
            ],
        )

    def set_batch(self, actor: Actor, item: str, batch: Batch) -> int:
        """Set the item's current lot; complete the waiting lines that asked for it."""
        self._map.known.clear()
        lot, made, expiry = rows.batch_columns(batch)
        with self.transaction() as conn:
            conn.execute(
                "UPDATE items SET lot = ?, made = ?, expiry = ?, version = version + 1"
                " WHERE code = ?",
                (lot, made, expiry, item),
            )
            if lot:
                conn.execute(
                    "INSERT OR REPLACE INTO lots(item, lot, made, expiry) VALUES (?, ?, ?, ?)",
                    (item, lot, made, expiry),
                )
            filled = self._fill_waiting(item, batch, actor.at)
            payload: dict[str, object] = {
                "item": item,
                "lot": lot,
                "made": made,
                "expiry": expiry,
                "filled": len(filled),
            }
            if filled:
                payload["upload_proofs"] = proofs.key_proofs(conn, filled)
            self.append(actor.event(EventKind.BATCH_SET, payload=payload))
        return len(filled)

    def _fill_waiting(self, item: str, batch: Batch, at: datetime) -> list[str]:
        """Keys of sold lines that said 批号未填: the person has now told the lot of this drug."""
        if not batch.complete:
            return []
        found = self._conn.execute(
            "SELECT key, words FROM outbox WHERE item = ? AND waiting = ? AND state = 'queued'",
            (item, Waiting.NO_LOT.value),
        ).fetchall()
        told = batch_words(batch)
        filled: list[str] = []
        for row in found:
            words = json.loads(row["words"])
            if any(words.get(name) not in ("", value) for name, value in told.items()):
                continue  # of another lot: what the box itself has told is not overwritten
            filled.append(row["key"])
            self._conn.execute(
                "UPDATE outbox SET words = ?, waiting = NULL, due_at = ?, changed_at = ?"
                " WHERE key = ?",
                (facts.as_json(words | told), at.isoformat(), at.isoformat(), row["key"]),
            )
        return filled
