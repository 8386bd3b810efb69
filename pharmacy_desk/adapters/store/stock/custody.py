"""Custody in the ledger: where every box is, packs, movements, recalls and stock by lot."""

import sqlite3
from collections.abc import Iterable, Sequence

from pharmacy_desk.adapters.store.base import facts, proofs, rows
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.chain import Chain
from pharmacy_desk.adapters.store.base.part import Part
from pharmacy_desk.adapters.store.stock.documents import drugs_digest, insert_document
from pharmacy_desk.adapters.store.stock.drafts import take_step
from pharmacy_desk.adapters.store.upload.outbox import insert_lines
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.events import EventKind
from pharmacy_desk.core.catalogue.drugs import Batch, Item
from pharmacy_desk.core.scanning.scan import identification_of
from pharmacy_desk.core.stock.custody import BoxState, Move, after
from pharmacy_desk.core.stock.drafts import DraftStep
from pharmacy_desk.core.stock.facts import BoxRecord, PackFacts, Recall
from pharmacy_desk.core.stock.movement import MOVES, RECORDED, Movement, PackRelation, StockLot
from pharmacy_desk.core.upload.outbox import OutboxLine


@reads_rows
class Custody(Part):
    """The part of the ledger that knows where boxes are.

    `has_packs` spares a store without pack relations a question at every scan.
    """

    def __init__(self, chain: Chain) -> None:
        super().__init__(chain)
        self._recalls = facts.open_recalls(self._conn)
        self._chain.has_packs = (
            self._conn.execute("SELECT 1 FROM packs LIMIT 1").fetchone() is not None
        )

    def record(self, code: str) -> BoxRecord | None:
        """What is known of a box besides its sale."""
        return facts.box_record(self._conn, code)

    def pack(self, code: str) -> PackFacts | None:
        """Where a code stands among packs."""
        return facts.pack_facts(self._conn, code)

    def state(self, code: str) -> BoxState | None:
        """Where a box is now; None for one the ledger has never heard of."""
        return facts.box_state(self._conn, code)

    def drug_of_code(self, code: str) -> Item | None:
        """The one drug the three-code map knows a trace code's identification for."""
        items, _ = facts.items_by_identification(self._conn, identification_of(code))
        return items[0] if len(items) == 1 else None

    def shelf(self, items: frozenset[str]) -> frozenset[str]:
        """Codes of the boxes of these items that are on the shelf."""
        found: set[str] = set()
        for item in items:
            rows_ = self._conn.execute(
                "SELECT code FROM boxes WHERE item = ? AND state = 'on_shelf'", (item,)
            )
            found.update(row["code"] for row in rows_)
        return frozenset(found)

    def recalls(self) -> tuple[Recall, ...]:
        """Recalls and holds in force."""
        return self._recalls

    def post_movement(
        self, movement: Movement, uploads: Sequence[OutboxLine], draft: DraftStep | None = None
    ) -> None:
        """A document, its boxes' moves, events and outbox lines in one transaction.

        `draft` is what becomes of the unfinished receiving that the document is a part of.
        Raises `AssertionError` for a move the table of custody forbids: the caller asks first.
        """
        move = MOVES.get(movement.kind)
        boxes = 0
        with self.transaction() as conn:
            insert_document(conn, movement)
            for line in movement.lines:
                boxes += line.quantity
                for code in line.codes:
                    if move is None:
                        break
                    self.move_box(move, code, line.item.code, line.batch, movement)
            insert_lines(conn, uploads, movement.at)
            payload: dict[str, object] = {
                "kind": movement.kind.value,
                "party": movement.party,
                "reference": movement.reference,
                "reason": movement.reason,
                "boxes": boxes,
                "codes": sum(len(line.codes) for line in movement.lines),
                "proof": proofs.document_proof(conn, movement.number),
                **proofs.uploads(conn, uploads),
            }
            if movement.approval:
                payload["approver"] = movement.approval.approver
                self.append(movement.approval.event(movement.at, movement.number))
            if movement.kind in RECORDED:
                payload["drugs"] = drugs_digest(conn, movement.number)
            if draft:
                take_step(conn, draft)
                if draft.body is None:
                    payload["draft"] = draft.number
            self.append(
                movement.actor.event(
                    EventKind.DOCUMENT_POSTED, document=movement.number, payload=payload
                )
            )

    def move_box(self, move: Move, code: str, item: str, batch: Batch, movement: Movement) -> None:
        """One box's move inside the running transaction."""
        state = after(self.state(code), move)
        if state is None:
            raise AssertionError(f"{move.value} is forbidden for {code}")
        lot, made, expiry = rows.batch_columns(batch)
        put_box(
            conn=self._conn,
            code=code,
            state=state,
            item=item,
            batch=batch,
            document=movement.number,
            party=movement.party,
            actor=movement.actor,
            counter=self.origin.counter,
        )
        payload: dict[str, object] = {
            "item": item,
            "lot": lot,
            "made": made,
            "expiry": expiry,
            "party": movement.party,
        }
        kind = EventKind(move.value)
        self.append(
            movement.actor.event(
                kind=kind,
                code=code,
                document=movement.number,
                payload=payload,
            )
        )

    def put_packs(self, actor: Actor, relations: Iterable[PackRelation]) -> int:
        """Take over pack relations; how many were new or changed."""
        changed = 0
        with self.transaction() as conn:
            for one in relations:
                changed += conn.execute(
                    "INSERT INTO packs(code, parent, level, smallest) VALUES (?, ?, ?, ?)"
                    " ON CONFLICT(code) DO UPDATE SET parent = coalesce(excluded.parent, parent),"
                    " level = max(level, excluded.level), smallest = excluded.smallest"
                    " WHERE parent IS NOT excluded.parent OR level <> excluded.level"
                    " OR smallest <> excluded.smallest",
                    (one.code, one.parent, one.level, int(one.smallest)),
                ).rowcount
            payload: dict[str, object] = {"changed": changed}
            self.append(actor.event(EventKind.PACKS_IMPORTED, payload=payload))
        self._chain.has_packs = self._chain.has_packs or bool(changed)
        return changed

    def put_stock(self, actor: Actor, stock: Iterable[StockLot]) -> int:
        """Opening stock by item and lot; how many lots were new or changed."""
        changed = 0
        with self.transaction() as conn:
            for one in stock:
                lot, made, expiry = rows.batch_columns(one.batch)
                changed += conn.execute(
                    "INSERT INTO stock(item, lot, made, expiry, quantity, bound)"
                    " VALUES (?, ?, ?, ?, ?, 0) ON CONFLICT(item, lot) DO UPDATE SET"
                    " made = excluded.made, expiry = excluded.expiry, quantity = excluded.quantity"
                    " WHERE made IS NOT excluded.made OR expiry IS NOT excluded.expiry"
                    " OR quantity <> excluded.quantity",
                    (one.item, lot or "", made, expiry, one.quantity),
                ).rowcount
                conn.execute(
                    "INSERT OR REPLACE INTO lots(item, lot, made, expiry) VALUES (?, ?, ?, ?)",
                    (one.item, lot or "", made, expiry),
                )
                conn.execute(
                    "UPDATE items SET lot = ?, made = ?, expiry = ?, version = version + 1"
                    " WHERE code = ? AND lot IS NULL",
                    (lot, made, expiry, one.item),
                )
            payload: dict[str, object] = {"changed": changed, "proof": proofs.stock_proof(conn)}
            self.append(actor.event(EventKind.STOCK_IMPORTED, payload=payload))
        return changed

    def open_recall(self, actor: Actor, recall: Recall) -> None:
        """From now on the boxes it names refuse to sell."""
        with self.transaction() as conn:
            conn.execute(
                "INSERT INTO recalls(number, key, value, reason, opened_at, operator)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    recall.number,
                    recall.key,
                    recall.value,
                    recall.reason,
                    actor.at.isoformat(),
                    actor.operator,
                ),
            )
            payload: dict[str, object] = {
                "key": recall.key,
                "value": recall.value,
                "reason": recall.reason,
            }
            kind = EventKind.RECALL_OPENED
            self.append(actor.event(kind=kind, document=recall.number, payload=payload))
        self._recalls = facts.open_recalls(self._conn)

    def close_recall(self, actor: Actor, number: str) -> bool:
        """The boxes may be sold again; False when no such recall is open."""
        with self.transaction() as conn:
            closed = conn.execute(
                "UPDATE recalls SET closed_at = ? WHERE number = ? AND closed_at IS NULL",
                (actor.at.isoformat(), number),
            ).rowcount
            if closed:
                self.append(actor.event(EventKind.RECALL_CLOSED, None, number))
        self._recalls = facts.open_recalls(self._conn)
        return bool(closed)


def put_box(
    conn: sqlite3.Connection,
    code: str,
    state: BoxState,
    item: str,
    batch: Batch,
    document: str,
    party: str,
    actor: Actor,
    counter: str,
    units_left: int | None = None,
) -> None:
    """Write where a box is now; what was known of lot, dates and supplier stays known."""
    conn.execute(
        "INSERT INTO boxes(code, state, item, lot, made, expiry, units_left, document, party, at,"
        " counter, operator) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT(code) DO UPDATE SET state = excluded.state,"
        " item = CASE excluded.item WHEN '' THEN item ELSE excluded.item END,"
        " lot = coalesce(excluded.lot, lot), made = coalesce(excluded.made, made),"
        " expiry = coalesce(excluded.expiry, expiry), units_left = excluded.units_left,"
        " document = excluded.document,"
        " party = CASE excluded.party WHEN '' THEN party ELSE excluded.party END,"
        " at = excluded.at, counter = excluded.counter, operator = excluded.operator",
        (
            code,
            state.value,
            item,
            *rows.batch_columns(batch),
            units_left,
            document,
            party,
            actor.at.isoformat(),
            counter,
            actor.operator,
        ),
    )
