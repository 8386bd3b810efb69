"""The practice settlement door: ours, for training without a medical-insurance terminal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pharmacy_desk.sandbox.records import Records
from pharmacy_desk.sandbox.replies import local

PAYMENTS = ("account", "pooled", "chronic", "dual", "injury")
_ANSWERED = ("setl_id", "mdtrt_id", "fund_fen", "account_fen", "cash_fen")
_STORE = re.compile(r"[HP][0-9]{11}")
_MOST_FEN = 10**12


class BadSettlement(ValueError):
    """A settlement request that is refused; the text says why."""


def _text(body: Mapping[str, Any], name: str, most: int) -> str:
    """A filled text of the request."""
    value = body.get(name)
    if not isinstance(value, str) or not value.strip() or len(value) > most:
        raise BadSettlement(f"{name} must be text of 1 to {most} characters")
    return value


def _store(body: Mapping[str, Any]) -> str:
    """The store of the request."""
    store = _text(body, "store", 12)
    if not _STORE.fullmatch(store):
        raise BadSettlement("store must be P or H and 11 digits")
    return store


def _fen(row: Mapping[str, Any], name: str) -> int:
    """An amount in fen."""
    value = row.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < _MOST_FEN:
        raise BadSettlement(f"{name} must be a whole number of fen, not negative")
    return value


def _check_lines(body: Mapping[str, Any]) -> None:
    """Refuses lines that are not {item, quantity, amount_fen}."""
    lines = body.get("lines")
    if not isinstance(lines, list) or not lines:
        raise BadSettlement("lines must be a list with at least one line")
    for line in lines:
        if not isinstance(line, dict):
            raise BadSettlement("a line must be an object")
        _text(line, "item", 200)
        _fen(line, "amount_fen")
        quantity = line.get("quantity")
        if isinstance(quantity, bool) or not isinstance(quantity, int | float) or quantity <= 0:
            raise BadSettlement("quantity must be a number above 0")


def settle(records: Records, body: Mapping[str, Any], now: float) -> dict[str, Any]:
    """Settles one document, or repeats the answer it was given before."""
    store, document = _store(body), _text(body, "document", 64)
    payment, total = body.get("payment"), _fen(body, "total_fen")
    if payment not in PAYMENTS:
        raise BadSettlement(f"payment must be one of {', '.join(PAYMENTS)}")
    _check_lines(body)
    with records.transaction():
        row = records.connection.execute(
            "SELECT * FROM settlements WHERE store = ? AND document = ? AND NOT cancelled",
            (store, document),
        ).fetchone()
        if row is not None and (row["total_fen"], row["payment"]) != (total, payment):
            raise BadSettlement("this document is settled already with another total or payment")
        if row is None:
            fund = 0 if payment == "account" else total * 7 // 10
            cursor = records.connection.execute(
                "INSERT INTO settlements (store, document, payment, total_fen, fund_fen,"
                " account_fen, cash_fen) VALUES (?, ?, ?, ?, ?, ?, 0)",
                (store, document, payment, total, fund, total - fund),
            )
            digits = f"{local(now):%Y%m%d%H%M%S}{cursor.lastrowid:06d}"
            records.connection.execute(
                "UPDATE settlements SET setl_id = ?, mdtrt_id = ? WHERE id = ?",
                (f"TRAIN{digits}", f"TRAINM{digits}", cursor.lastrowid),
            )
            row = records.connection.execute(
                "SELECT * FROM settlements WHERE id = ?", (cursor.lastrowid,)
            ).fetchone()
    return {name: row[name] for name in _ANSWERED}


def cancel(records: Records, body: Mapping[str, Any]) -> dict[str, bool]:
    """Cancels a document's settlement; cancelling it again says the same.

    A counter that was killed before it could write the id down names the document alone.
    """
    setl_id = _text(body, "setl_id", 30) if body.get("setl_id") else None
    key = (_store(body), _text(body, "document", 64), setl_id)
    with records.transaction():
        cursor = records.connection.execute(
            "UPDATE settlements SET cancelled = 1 WHERE store = ?1 AND document = ?2"
            " AND (?3 IS NULL OR setl_id = ?3)",
            key,
        )
    if not cursor.rowcount:
        raise BadSettlement("no such settlement")
    return {"cancelled": True}
