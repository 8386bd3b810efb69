"""Limits in the ledger: every imported list whole, and which sales were beyond one."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from pharmacy_desk.adapters.store.base import facts, rows
from pharmacy_desk.adapters.store.base.boundary import reads_rows
from pharmacy_desk.adapters.store.base.part import Part
from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.events import EventKind
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.sale.limits import (
    Bought,
    LimitHit,
    LimitKind,
    LimitList,
    LimitRule,
    LimitText,
    packs_of,
)

_RULES = "SELECT code, drug, kind, value, pack_days FROM limit_rules WHERE list = ?"
_TEXTS = "SELECT drug, kind, value, text FROM limit_texts WHERE list = ?"


# A person's paid sales since a day; what a later sale settled anew (退货重结) was bought when its
# first one was.
_BOUGHT = (
    "WITH RECURSIVE chain(number, first) AS (SELECT sale, sale FROM sale_persons"
    " WHERE fingerprint = ?1 UNION SELECT r.moved_to, c.first FROM chain c"
    " JOIN returns r ON r.sale = c.number WHERE r.moved_to IS NOT NULL)"
    " SELECT c.number, min(f.paid_at) FROM chain c JOIN sales f ON f.number = c.first"
    " JOIN sales s ON s.number = c.number WHERE s.state = 'paid' AND c.number <> ?3"
    " AND c.first <> ?3 AND f.paid_at >= ?2 GROUP BY c.number ORDER BY min(f.paid_at)"
)


def digest(conn: sqlite3.Connection, number: int) -> str:
    """SHA-256 (hex) of a list's rows in the order of their keys, as its event tells it."""
    rules = (tuple(row) for row in conn.execute(f"{_RULES} ORDER BY code, drug, kind", (number,)))
    texts = (tuple(row) for row in conn.execute(f"{_TEXTS} ORDER BY drug, kind, value", (number,)))
    made = hashlib.sha256()
    for row in (*rules, ("",), *texts):
        made.update(json.dumps(row, ensure_ascii=False).encode() + b"\n")
    return made.hexdigest()


@reads_rows
class Limits(Part):
    """The part of the ledger that holds lists of limits and what was said by them."""

    def limit_lists(self) -> tuple[LimitList, ...]:
        """Every list that was imported, in the order it came."""
        found = self._conn.execute("SELECT number, name, as_of FROM limit_lists ORDER BY number")
        return tuple(self._list(*row) for row in found.fetchall())

    def _list(self, number: int, name: str, as_of: str | None) -> LimitList:
        rules = tuple(
            LimitRule(code, drug, LimitKind(kind), _values(value), _days(days), version=name)
            for code, drug, kind, value, days in self._conn.execute(_RULES, (number,))
        )
        texts = tuple(
            LimitText(drug, LimitKind(kind), _values(value), text)
            for drug, kind, value, text in self._conn.execute(_TEXTS, (number,))
        )
        return LimitList(name, date.fromisoformat(as_of) if as_of else None, rules, texts)

    def keep_limits(self, actor: Actor, kept: LimitList) -> bool:
        """Keep a list with its event; False when the newest one is this very list."""
        with self.transaction() as conn:
            before = conn.execute(
                "SELECT number, digest, name, as_of FROM limit_lists ORDER BY number DESC LIMIT 1"
            ).fetchone()
            number, day = (before[0] if before else 0) + 1, _day(kept.as_of)
            conn.execute(
                "INSERT INTO limit_lists VALUES (?, ?, ?, ?, ?, '')",
                (number, kept.name, day, actor.at.isoformat(), actor.operator),
            )
            self._insert(number, kept.rules, kept.texts)
            made = digest(conn, number)
            if before and tuple(before)[1:] == (made, kept.name, day):
                self._forget(number)
                return False
            conn.execute("UPDATE limit_lists SET digest = ? WHERE number = ?", (made, number))
            payload: dict[str, object] = {
                "list": number,
                "name": kept.name,
                "as_of": day,
                "rules": len(kept.rules),
                "texts": len(kept.texts),
                "digest": made,
            }
            self.append(actor.event(EventKind.LIMITS_IMPORTED, payload=payload))
        return True

    def _insert(self, number: int, rules: Iterable[LimitRule], texts: Iterable[LimitText]) -> None:
        self._conn.executemany(
            "INSERT OR REPLACE INTO limit_rules VALUES (?, ?, ?, ?, ?, ?)",
            (
                (number, r.code, r.drug, r.kind.value, ";".join(r.values), _text(r.pack_days))
                for r in rules
            ),
        )
        self._conn.executemany(
            "INSERT OR REPLACE INTO limit_texts VALUES (?, ?, ?, ?, ?)",
            ((number, t.drug, t.kind.value, ";".join(t.values), t.text) for t in texts),
        )

    def _forget(self, number: int) -> None:
        """Nothing new was brought: no list is left of it."""
        for table in ("limit_rules", "limit_texts"):
            self._conn.execute(f"DELETE FROM {table} WHERE list = ?", (number,))
        self._conn.execute("DELETE FROM limit_lists WHERE number = ?", (number,))

    def note_limits(
        self, actor: Actor, sale: str, payment: PaymentKind, hits: Sequence[LimitHit]
    ) -> None:
        """Write down that a sale, paid so, was said to be beyond these limits; each once."""
        told = {
            tuple(row)
            for row in self._conn.execute(
                "SELECT item, kind FROM limit_hits WHERE sale = ? AND payment = ?",
                (sale, payment.value),
            )
        }
        new = {(hit.item, hit.kind.value): hit for hit in hits}
        if not new.keys() - told:
            return
        with self.transaction():
            for key in sorted(new.keys() - told):
                self._note(actor, sale, payment, new[key])

    def bought(self, fingerprint: str, since: date, but: str) -> tuple[Bought, ...]:
        """What a person has bought since that day and not brought back, sale `but` left out."""
        found = self._conn.execute(_BOUGHT, (fingerprint, since.isoformat(), but)).fetchall()
        return tuple(one for row in found for one in self._bought_by(row[0], row[1]))

    def _bought_by(self, number: str, paid_at: str) -> tuple[Bought, ...]:
        """The drugs of one paid sale, less what came back or went on in another sale."""
        sale = facts.load_sale(self._conn, number)
        if sale is None:
            return ()
        back: dict[int, int] = dict(
            self._conn.execute(
                "SELECT sale_line, sum(quantity) FROM returns WHERE sale = ? GROUP BY sale_line",
                (number,),
            ).fetchall()
        )
        on = rows.moment(paid_at).date()
        left = ((line, line.quantity - back.get(line.number, 0)) for line in sale.lines)
        return tuple(
            Bought(number, on, line.item.code, line.item.insurance_code, packs_of(line, count))
            for line, count in left
            if count > 0 and not line.gift
        )

    def _note(self, actor: Actor, sale: str, payment: PaymentKind, hit: LimitHit) -> None:
        said: dict[str, object] = {
            "item": hit.item,
            "kind": hit.kind.value,
            "payment": payment.value,
            "mode": hit.mode.value,
            "amount_fen": hit.amount_fen,
            "version": hit.version,
        }
        self._conn.execute(
            "INSERT INTO limit_hits(sale, item, kind, payment, mode, amount_fen, version, at,"
            " operator) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (sale, *said.values(), actor.at.isoformat(), actor.operator),
        )
        self.append(actor.event(EventKind.LIMIT_TOLD, document=sale, payload=said))


def _values(cell: str) -> tuple[str, ...]:
    return tuple(value for value in cell.split(";") if value)


def _days(text: str | None) -> Fraction | None:
    return Fraction(text) if text else None


def _text(days: Fraction | None) -> str | None:
    return str(days) if days else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
