"""Digests that an event carries of the rows its transaction wrote, so that the rows can be proved.

Each is SHA-256 (hex) over the rows as they stand in the ledger. Writer and check compute it here;
an event of before the digests carries none, and its rows are only proved as far as it tells.
"""

import sqlite3
from collections.abc import Sequence

from pharmacy_desk.core.basics.events import hash_fields
from pharmacy_desk.core.upload.outbox import OutboxLine

# What can no more change once a sale is paid: its state and its order have events of their own.
_SALE = (
    "SELECT number, counter, operator, opened_at, paid_at, payment, total_fen, tendered_fen,"
    " setl_id, mdtrt_id, fund_fen, account_fen, cash_fen, upload_serial FROM sales"
    " WHERE number = ?"
)
_SALE_LINES = (
    "SELECT line, item, price_fen, snapshot, split, gift FROM sale_lines WHERE sale = ?"
    " ORDER BY line"
)
_SALE_ENTRIES = (
    "SELECT entry, line, code, asked, lot, made, expiry, at, units, typed, no_code,"
    " state IN ('ended', 'gift') FROM sale_entries WHERE sale = ? ORDER BY entry"
)
_DOCUMENT = (
    "SELECT number, kind, party, reference, reason, at, operator, arrived_at, arrival_celsius"
    " FROM documents WHERE number = ?"
)
_DOCUMENT_LINES = (
    "SELECT line, item, lot, made, expiry, quantity, price_fen, codes, snapshot"
    " FROM document_lines WHERE document = ? ORDER BY line"
)
_RETURN = (
    "SELECT number, line, sale, sale_line, entry, code, quantity, refund_fen, reason, at, operator"
    " FROM returns WHERE number = ? ORDER BY line"
)
# The salt is random and goes with what is sealed: without it nothing can be tried.
_PERSON = (
    "SELECT kind, record, masked, name_masked, sex, age, fingerprint, insured, area, other_area,"
    " insurance_type, person_type, suspended, bearer, relation, bearer_record, bearer_name, at,"
    " hex(salt) FROM sale_persons WHERE sale = ?"
)
_REGISTER = (
    "SELECT line, part, item, name, spec, maker, lot, quantity, unit, record, at, operator"
    " FROM register_entries WHERE sale = ? ORDER BY line, part"
)
_PRESCRIPTION = (
    "SELECT id, number, institution, area, prescriber, issued, reviewer, dispenser, checker,"
    " download, sealed, salt, at, operator FROM prescriptions WHERE id = ?"
)
_PRESCRIPTION_LINES = (
    "SELECT line, item, name, insurance_code, quantity FROM prescription_lines"
    " WHERE prescription = ? ORDER BY line"
)
_STOCK = "SELECT item, lot, made, expiry, quantity FROM stock ORDER BY item, lot"
LINE_COLUMNS = "key, document, line, infno, item, words, codes"


def sale_proof(conn: sqlite3.Connection, number: str) -> str:
    """Of a paid sale: its row, its lines, its entries."""
    return _proof(conn, (_SALE, _SALE_LINES, _SALE_ENTRIES), number)


def document_proof(conn: sqlite3.Connection, number: str) -> str:
    """Of a posted document and its lines."""
    return _proof(conn, (_DOCUMENT, _DOCUMENT_LINES), number)


def return_proof(conn: sqlite3.Connection, number: str) -> str:
    """Of a posted return: its lines and what they cost."""
    return _proof(conn, (_RETURN,), number)


def prescription_proof(conn: sqlite3.Connection, reference: str) -> str:
    """Of a kept prescription and its lines; its salt is in the row alone, so nothing is guessed."""
    return _proof(conn, (_PRESCRIPTION, _PRESCRIPTION_LINES), reference)


def stock_proof(conn: sqlite3.Connection) -> str:
    """Of the whole opening stock."""
    return hash_fields(*(tuple(row) for row in conn.execute(_STOCK)))


def person_proof(conn: sqlite3.Connection, sale: str) -> str:
    """Of the person a sale is for, salted."""
    return _proof(conn, (_PERSON,), sale)


def register_proof(conn: sqlite3.Connection, sale: str) -> str:
    """Of what a sale wrote into the register; the person is a reference there."""
    return _proof(conn, (_REGISTER,), sale)


def sealed_proof(wrapped_key: bytes, sealed: bytes) -> str:
    """Of a sealed record as it lies there: of its ciphertext, never of what it holds."""
    return hash_fields(wrapped_key.hex(), sealed.hex())


def line_proof(row: Sequence[object]) -> str:
    """Of what a line tells the platform: the values of `LINE_COLUMNS` by their order."""
    return hash_fields(*row)


def uploads(conn: sqlite3.Connection, lines: Sequence[OutboxLine]) -> dict[str, object]:
    """What an event says of the lines its transaction queued: their keys, and a digest of each."""
    found: dict[str, object] = {"uploads": [line.key for line in lines]}
    if lines:
        found["upload_proofs"] = key_proofs(conn, [line.key for line in lines])
    return found


def key_proofs(conn: sqlite3.Connection, keys: Sequence[str]) -> dict[str, str]:
    """The digest of each of these lines as it stands in the ledger."""
    question = f"SELECT {LINE_COLUMNS} FROM outbox WHERE key = ?"
    return {key: line_proof(conn.execute(question, (key,)).fetchone()) for key in keys}


def secret_proof(secret: str) -> str:
    """Of a stored PIN hash: the salted argon2 string, never the PIN."""
    return hash_fields(secret)


def name_proof(name: str, secret: str) -> str:
    """Of a person's name, salted with the stored PIN hash: without it no name can be tried."""
    return hash_fields(name, secret)


def _proof(conn: sqlite3.Connection, questions: tuple[str, ...], number: str) -> str:
    parts = (conn.execute(question, (number,)).fetchall() for question in questions)
    return hash_fields(*([tuple(row) for row in part] for part in parts))
