"""Prove the ledger: the chain of every counter, the constraints, and state against events."""

import contextlib
import json
import logging
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pharmacy_desk.adapters.store.base import database, heads, schema, upgrade
from pharmacy_desk.adapters.store.base.epochs import epoch_order
from pharmacy_desk.adapters.store.catalogue.check import drugs
from pharmacy_desk.adapters.store.check import proofs
from pharmacy_desk.adapters.store.check.history import history
from pharmacy_desk.adapters.store.check.proofs import unproven
from pharmacy_desk.adapters.store.check.rows import readable, values
from pharmacy_desk.adapters.store.check.schema import constraints
from pharmacy_desk.adapters.store.people import duty_check
from pharmacy_desk.adapters.store.people.check import people
from pharmacy_desk.adapters.store.people.sealed_check import sealed
from pharmacy_desk.adapters.store.sale import shifts_check
from pharmacy_desk.adapters.store.sale.check import (
    covers,
    gifts,
    orders,
    prices,
    settlements,
    standing,
    tenders,
    three_code_map,
    undoings,
)
from pharmacy_desk.adapters.store.sale.claims_check import claims, unheard
from pharmacy_desk.adapters.store.sale.limits_check import limits
from pharmacy_desk.adapters.store.sale.past_sales_check import past_sales
from pharmacy_desk.adapters.store.sale.persons_check import persons, register
from pharmacy_desk.adapters.store.sale.rx_check import prescriptions
from pharmacy_desk.adapters.store.sale.tickets_check import tickets
from pharmacy_desk.adapters.store.sale.typed_check import typed_on
from pharmacy_desk.adapters.store.stock.check.custody import custody
from pharmacy_desk.adapters.store.stock.check.documents import documents, recalls, units
from pharmacy_desk.adapters.store.stock.check.drafts import drafts, learned_headers, supplier_drugs
from pharmacy_desk.adapters.store.stock.check.no_code import no_code
from pharmacy_desk.adapters.store.stock.check.packs import packs
from pharmacy_desk.adapters.store.stock.check.settled import settled
from pharmacy_desk.core.basics.events import GENESIS, hash_fields
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.ports.doors import HeadKey

_LOG = logging.getLogger(__name__)
_LEAVES = {
    "sale_opened": "open",
    "sale_resumed": "open",
    "sale_held": "held",
    "sale_paid": "paid",
    "sale_voided": "voided",
    "hold_expired": "voided",
}
# More than this many problems of one kind say nothing new.
_MOST = 20


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What `ledger check` found. `head` is counter-epoch-seq:hash of the newest event.

    `unproven` tells what events of older programs cannot prove; it is no fault.
    """

    problems: tuple[str, ...]
    events: int
    head: str | None
    unproven: tuple[str, ...] = ()


# What there is to say of a ledger that is not there.
NOTHING = CheckResult((), 0, None)


def check(path: Path, key: HeadKey | None = None) -> CheckResult:
    """Check the whole file on a read-only connection. Raises `WorldError` if unreadable.

    With the home's key the signature of the head is checked too.
    """
    with _of_todays_schema(path) as conn:
        with database.world_errors(path):
            conn.execute("BEGIN")  # one snapshot for all questions, while the counter sells on
        problems: list[str] = []
        told: list[str] = []
        count, head = 0, None
        with _told_as_damage("chain", problems):
            count, head = _check_chain(conn, problems)
            problems.extend(_mark(conn, path.with_suffix(".head")))
        for rule in _RULES:
            with _told_as_damage(rule.__name__.strip("_"), problems):
                problems.extend(_first(rule(conn)))
        with _told_as_damage("signature", problems):
            told += unproven(conn)
            told += standing(conn)
            if key is not None:
                problems.extend(_first(heads.signatures(conn, key)))
                told += heads.unsigned(conn, key)
        return CheckResult(tuple(problems), count, head, tuple(told))


@contextmanager
def _of_todays_schema(path: Path) -> Iterator[sqlite3.Connection]:
    """The ledger, read-only; of one with an older schema a copy that was brought up to date.

    The rules know today's tables; a ledger that was not opened since an upgrade is none the worse.
    """
    with contextlib.closing(database.open_reader(path)) as conn:
        if not _is_older(conn):
            yield conn
            return
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / path.name
            with database.world_errors(path), contextlib.closing(sqlite3.connect(copy)) as target:
                conn.backup(target)
            upgrade.bring_up_to_date(copy)
            with contextlib.closing(database.open_reader(copy)) as todays:
                yield todays


def _is_older(conn: sqlite3.Connection) -> bool:
    try:
        names = schema.applied(conn)
    except sqlite3.Error:  # what cannot be read is for the rules to tell
        return False
    return bool(names) and names == schema.SCHEMA_NAMES[: len(names)] != schema.SCHEMA_NAMES


@contextmanager
def _told_as_damage(what: str, problems: list[str]) -> Iterator[None]:
    """A question that damage stops is a problem found; the others are asked all the same."""
    try:
        yield
    except (sqlite3.Error, *database.UNREADABLE) as error:
        _LOG.info("the check of %s could not be done", what, exc_info=error)
        problems.append(f"damage: {what} cannot be read ({type(error).__name__})")


def _first(found: Iterator[str]) -> Iterator[str]:
    for number, problem in enumerate(found):
        if number == _MOST:
            yield "… and more of this kind"
            return
        yield problem


def _check_chain(conn: sqlite3.Connection, problems: list[str]) -> tuple[int, str | None]:
    count, broken = 0, 0
    place: tuple[str, str] | None = None
    seq, previous, head = 0, GENESIS, None
    newest = ""
    cursor = conn.execute(
        "SELECT counter, epoch, seq, at, kind, code, document, operator, payload, hash FROM events"
        " ORDER BY counter, epoch, seq"
    )
    for row in cursor:
        count += 1
        if place != (row[0], row[1]):
            place, seq, previous = (row[0], row[1]), 0, GENESIS
        name = f"{row[0]}-{row[1]}-{row[2]}"
        if row[2] != seq + 1 and broken < _MOST:
            broken += 1
            problems.append(f"chain: event {name} follows {seq}: something was taken out")
        digest = hash_fields(previous, *tuple(row)[:9])
        if digest != row[9].hex() and broken < _MOST:
            broken += 1
            problems.append(f"chain: event {name} does not match its hash")
        seq, previous = row[2], row[9].hex()
        if row[3] >= newest:
            newest, head = row[3], f"{name}:{previous}"
    return count, head


def _mark(conn: sqlite3.Connection, mark: Path) -> Iterator[str]:
    """The head that was last written beside the ledger must still be in it."""
    try:
        said = json.loads(mark.read_text(encoding="utf-8"))
        epoch, seq = str(said["epoch"]), int(said["seq"])
    except FileNotFoundError:
        return
    except (OSError, ValueError, KeyError, TypeError):
        yield f"chain: {mark.name} cannot be read"
        return
    row = conn.execute("SELECT max(seq) FROM events WHERE epoch = ?", (epoch,)).fetchone()
    if (row[0] or 0) < seq:
        yield f"chain: event {seq} of epoch {epoch} was written and is missing"


def _constraint(conn: sqlite3.Connection) -> Iterator[str]:
    """No code is sold twice: beside the key of the claims, by the entries themselves."""
    doubles = conn.execute(
        "SELECT code, count(*) FROM sale_entries WHERE code IS NOT NULL"
        " AND state IN ('live', 'final') GROUP BY code HAVING count(*) > 1"
    )
    for row in doubles:
        yield f"constraint: code {row[0]} stands {row[1]} times"


def _reservations(conn: sqlite3.Connection) -> Iterator[str]:
    """Every reserved box has its event, and every such event its row."""
    balance = (
        "SELECT code, sale, sum(n) FROM ("
        "SELECT code, sale, 1 AS n FROM sale_entries WHERE code IS NOT NULL UNION ALL "
        "SELECT code, document, -1 FROM events WHERE kind = 'box_reserved')"
        " GROUP BY code, sale HAVING sum(n) <> 0"
    )
    for row in conn.execute(balance):
        yield f"state: code {row[0]} in sale {row[1]} and its events differ by {row[2]}"
    ended = (
        "SELECT code, sale, sum(n) FROM ("
        "SELECT code, sale, 1 AS n FROM sale_entries WHERE code IS NOT NULL AND state = 'ended'"
        " UNION ALL SELECT code, document, -1 FROM events WHERE kind = 'box_released')"
        " GROUP BY code, sale HAVING sum(n) <> 0"
    )
    for row in conn.execute(ended):
        yield f"state: code {row[0]} in sale {row[1]} ended without its event, or the reverse"
    returned = (
        "SELECT code, sale, sum(n) FROM ("
        "SELECT code, sale, state, 1 AS n FROM sale_entries WHERE code IS NOT NULL"
        " AND state IN ('returned', 'restored')"
        " UNION ALL SELECT e.code, r.sale, iif(e.kind = 'box_returned', 'returned', 'restored'), -1"
        " FROM events e JOIN returns r ON r.number = e.document AND r.code = e.code"
        " WHERE e.kind IN ('box_returned', 'box_restored'))"
        " GROUP BY code, sale, state HAVING sum(n) <> 0"
    )
    for row in conn.execute(returned):
        yield f"state: code {row[0]} of sale {row[1]} is returned without its event, or the reverse"


def _paid_sales(conn: sqlite3.Connection) -> Iterator[str]:
    """The codes a paid sale's event lists are the boxes the ledger holds for it."""
    listed = (
        "SELECT p.document, j.value AS code FROM events p, json_each(p.payload, '$.codes') j"
        " WHERE p.kind = 'sale_paid'"
    )
    missing = conn.execute(
        f"SELECT l.document, l.code FROM ({listed}) l LEFT JOIN sale_entries e"
        " ON e.sale = l.document AND e.code = l.code WHERE e.code IS NULL"
    )
    for row in missing:
        yield f"state: sale {row[0]} was paid with code {row[1]}, which it does not hold"
    uneven = conn.execute(
        "SELECT s.number, s.final, coalesce(p.listed, 0) FROM (SELECT s.number,"
        " (SELECT count(*) FROM sale_entries e WHERE e.sale = s.number AND e.code IS NOT NULL"
        " AND e.state IN ('final', 'returned', 'restored', 'units_sold')) AS final"
        " FROM sales s WHERE s.state = 'paid') s LEFT JOIN (SELECT document,"
        " sum(json_array_length(payload, '$.codes')) AS listed FROM events"
        " WHERE kind = 'sale_paid' GROUP BY document) p ON p.document = s.number"
        " WHERE s.final <> coalesce(p.listed, -1)"
    )
    totals = conn.execute(
        "SELECT s.number, s.total_fen, json_extract(e.payload, '$.total_fen') FROM sales s"
        " JOIN events e ON e.document = s.number AND e.code IS NULL AND e.kind = 'sale_paid'"
        " WHERE s.total_fen IS NOT json_extract(e.payload, '$.total_fen')"
    )
    for row in totals:
        yield f"state: sale {row[0]} is kept with {row[1]} fen, its event says {row[2]}"
    for row in uneven:
        yield f"state: sale {row[0]} holds {row[1]} sold codes, its event lists {row[2]}"


def _states(conn: sqlite3.Connection) -> Iterator[str]:
    """Each sale stands where its last event left it."""
    rank = epoch_order(conn)
    last: dict[str, tuple[int, int, str]] = {}
    for document, epoch, seq, kind in conn.execute(
        "SELECT document, epoch, seq, kind FROM events WHERE code IS NULL AND kind IN"
        " ('sale_opened', 'sale_held', 'sale_resumed', 'sale_voided', 'hold_expired', 'sale_paid')"
    ):
        last[document] = max(last.get(document, (-1, 0, "")), (rank.get(epoch, 0), seq, kind))
    for number, state in conn.execute("SELECT number, state FROM sales"):
        kind = last.get(number, (0, 0, "none"))[2]
        if _LEAVES.get(kind) != state:
            yield f"state: sale {number} is {state}, its last event is {kind}"
    stray = conn.execute(
        "SELECT e.sale, e.code, e.state, s.state FROM sale_entries e"
        " LEFT JOIN sales s ON s.number = e.sale WHERE"
        " (e.state IN ('live', 'units') AND coalesce(s.state, '?') NOT IN ('open', 'held'))"
        " OR (e.state IN ('final', 'returned', 'restored', 'units_sold')"
        " AND coalesce(s.state, '?') <> 'paid')"
    )
    for row in stray:
        yield f"state: entry {row[1]} of sale {row[0]} is {row[2]} while the sale is {row[3]}"


def _outbox(conn: sqlite3.Connection) -> Iterator[str]:
    """Every line a document queued is there, and what is accepted was said to be."""
    gone = conn.execute(
        "SELECT e.document, j.value FROM events e, json_each(e.payload, '$.uploads') j"
        " LEFT JOIN outbox o ON o.key = j.value"
        " WHERE e.kind IN ('sale_paid', 'box_returned', 'box_restored', 'return_posted')"
        " AND o.key IS NULL"
    )
    for row in gone:
        yield f"outbox: line {row[1]} of document {row[0]} is missing"
    unsaid = conn.execute(
        "SELECT key FROM outbox WHERE state = 'accepted' AND key NOT IN (SELECT j.key FROM"
        " events e, json_each(e.payload, '$.lines') j WHERE e.kind = 'upload_settled')"
    )
    for row in unsaid:
        yield f"outbox: line {row[0]} is accepted without an event that says so"
    doubles = conn.execute(
        "SELECT j.value, o.infno, count(*) FROM outbox o, json_each(o.codes) j"
        " GROUP BY j.value, o.infno HAVING count(*) > 1 + (SELECT count(*) FROM returns r"
        " WHERE r.code = j.value) AND NOT EXISTS (SELECT 1 FROM sale_entries e"
        " WHERE e.code = j.value AND e.units IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM documents d"
        " WHERE d.number IN (SELECT document FROM outbox x WHERE x.infno = o.infno"
        " AND x.codes LIKE '%' || j.value || '%'))"
    )
    for row in doubles:
        yield f"outbox: code {row[0]} is queued {row[2]} times for {row[1]}"


def _integrity(conn: sqlite3.Connection) -> Iterator[str]:
    for row in conn.execute("PRAGMA integrity_check(20)"):
        if row[0] != "ok":
            yield f"file: {row[0]}"


_RULES = (
    history,
    heads.links,
    constraints,
    _constraint,
    gifts,
    prices,
    orders,
    tickets,
    prescriptions,
    settlements,
    covers,
    undoings,
    tenders,
    three_code_map,
    drugs,
    limits,
    past_sales,
    _reservations,
    typed_on,
    claims,
    unheard,
    _paid_sales,
    _states,
    custody,
    documents,
    units,
    recalls,
    _outbox,
    proofs.sales,
    proofs.opened,
    proofs.documents,
    proofs.stock,
    proofs.outbox,
    proofs.returns,
    no_code,
    drafts,
    learned_headers,
    supplier_drugs,
    people,
    sealed,
    persons,
    shifts_check.shifts,
    shifts_check.closings,
    duty_check.duty,
    duty_check.register,
    duty_check.points,
    register,
    settled,
    packs,
    values,
    readable,
    _integrity,
)
