"""Boxes of the no-code library (无码库) in sales: taken in one transaction with their event."""

import sqlite3
from datetime import date

from pharmacy_desk.adapters.store.base import facts, rows
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.chain import Chain
from pharmacy_desk.adapters.store.base.part import Part
from pharmacy_desk.adapters.store.sale.basket import Basket
from pharmacy_desk.adapters.store.stock.no_code import find_entry
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.basics.events import EventKind
from pharmacy_desk.core.stock.no_code import Bar, NoCodeEntry, bar


@reads_rows
class NoCodeSales(Part):
    """The part of the ledger that sells what has no code."""

    def __init__(self, chain: Chain, *, basket: Basket) -> None:
        super().__init__(chain)
        self._basket = basket

    def take_no_code(
        self, actor: Actor, sale: str, line: int, number: str, today: date
    ) -> Bar | None:
        """Put one box of an entry into a line of an open sale; why not, when it is not put there.

        The look before it only finds the words: that no more is used than there is, is decided
        by the table's own rule, also between two counters on one file.
        """
        entry = find_entry(self._conn, number)
        if entry is None:
            return Bar.NOT_FOUND
        why = self._why_not(sale, line, entry, today)
        if why:
            return why
        try:
            with self.transaction():
                taken = self._conn.execute(
                    "UPDATE no_code SET used = used + 1 WHERE number = ? AND state = 'approved'",
                    (number,),
                )
                if taken.rowcount != 1:
                    return Bar.CLOSED
                self._put_in(actor, sale, line, entry)
        except WorldError as error:
            if isinstance(error.__cause__, sqlite3.IntegrityError):
                return Bar.USED_UP
            raise
        return None

    def _why_not(self, sale: str, line: int, entry: NoCodeEntry, today: date) -> Bar | None:
        held = facts.load_sale(self._conn, sale)
        there = next((ln for ln in held.lines if ln.number == line), None) if held else None
        if there is None or not there.lacking:
            return Bar.NOTHING_LACKING
        return bar(entry, there.item, today, facts.open_recalls(self._conn))

    def _put_in(self, actor: Actor, sale: str, line: int, entry: NoCodeEntry) -> None:
        place = self._basket.next_entry(sale)
        self._conn.execute(
            "INSERT INTO sale_entries(sale, entry, line, code, asked, state, lot, made, expiry, at,"
            " no_code) VALUES (?, ?, ?, NULL, 0, 'live', ?, ?, ?, ?, ?)",
            (
                sale,
                place,
                line,
                *rows.batch_columns(entry.batch),
                actor.at.isoformat(),
                entry.number,
            ),
        )
        payload: dict[str, object] = {
            "no_code": entry.number,
            "entry": place,
            "line": line,
            "item": entry.item,
        }
        self.append(actor.event(kind=EventKind.NO_CODE_USED, document=sale, payload=payload))
