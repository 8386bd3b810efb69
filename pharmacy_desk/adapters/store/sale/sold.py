"""What a payment does to custody: boxes leave, are opened or used up, packs are broken."""

from pharmacy_desk.adapters.store.base import facts, rows
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.part import Part
from pharmacy_desk.adapters.store.stock.custody import put_box
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.events import EventKind
from pharmacy_desk.core.catalogue.drugs import NO_BATCH, Batch
from pharmacy_desk.core.sale.sale import Box, Line, Sale
from pharmacy_desk.core.stock.custody import BoxState, Move, after


@reads_rows
class Sold(Part):
    """The part of the ledger that moves boxes inside a payment's transaction."""

    def part_with(self, actor: Actor, sale: Sale) -> None:
        """Boxes that came in by a document have left; each keeps the lot it was sold with."""
        for line in sale.lines:
            for box in line.boxes:
                batch = line.item.batch_of(box.batch)
                self._conn.execute(
                    "UPDATE sale_entries SET lot = ?, made = ?, expiry = ?"
                    " WHERE sale = ? AND entry = ?",
                    (*rows.batch_columns(batch), sale.number, box.entry),
                )
                if box.units is None:
                    self._leave(actor, sale, box)
                else:
                    self._open(actor=actor, sale=sale, line=line, box=box, batch=batch)
        self._use_up(actor, sale)

    def _leave(self, actor: Actor, sale: Sale, box: Box) -> None:
        """A whole box was sold; so are the packs it stood in, as packs."""
        self._conn.execute(
            "UPDATE boxes SET state = ?, document = ?, at = ?, counter = ?, operator = ?"
            " WHERE code = ?",
            (
                BoxState.SOLD.value,
                sale.number,
                actor.at.isoformat(),
                self.origin.counter,
                actor.operator,
                box.code,
            ),
        )
        for above in facts.packs_around(self._conn, box.code) if self._chain.has_packs else ():
            if after(facts.box_state(self._conn, above), Move.BREAK):
                put_box(
                    conn=self._conn,
                    code=above,
                    state=BoxState.BROKEN,
                    item="",
                    batch=NO_BATCH,
                    document=sale.number,
                    party="",
                    actor=actor,
                    counter=self.origin.counter,
                )
                self.append(actor.event(EventKind.PACK_BROKEN, above, sale.number))

    def _open(self, actor: Actor, sale: Sale, line: Line, box: Box, batch: Batch) -> None:
        """Units were sold: the box is opened, or goes on being sold, or is used up."""
        record = facts.box_record(self._conn, box.code)
        if record is not None and record.state is BoxState.OPENED:
            left = record.units_left or 0
        else:
            left = (line.item.split_ratio or 0) - (box.units or 0)
            self.append(actor.event(EventKind.BOX_OPENED, box.code, sale.number))
        put_box(
            conn=self._conn,
            code=box.code,
            state=BoxState.OPENED,
            item=line.item.code,
            batch=batch,
            document=sale.number,
            party="",
            actor=actor,
            counter=self.origin.counter,
            units_left=left,
        )
        lot, made, expiry = rows.batch_columns(batch)
        payload: dict[str, object] = {
            "units": box.units,
            "left": left,
            "item": line.item.code,
            "lot": lot,
            "made": made,
            "expiry": expiry,
        }
        self.append(
            actor.event(
                kind=EventKind.UNITS_SOLD, code=box.code, document=sale.number, payload=payload
            )
        )

    def _use_up(self, actor: Actor, sale: Sale) -> None:
        """Opened boxes without a unit left, once all lines of the sale are written."""
        opened = {box.code for line in sale.lines if line.split for box in line.boxes}
        for code in sorted(opened):
            ended = self._conn.execute(
                "UPDATE boxes SET state = ? WHERE code = ? AND state = ? AND units_left = 0"
                " AND NOT EXISTS (SELECT 1 FROM sale_entries e WHERE e.code = boxes.code"
                " AND e.state = 'units')",
                (BoxState.USED_UP.value, code, BoxState.OPENED.value),
            )
            if ended.rowcount:
                self.append(actor.event(EventKind.BOX_USED_UP, code, sale.number))
