"""Where the boxes of a recall are: here, sold on which receipts, or gone. Read-only, by index.

What is found lies in runs: stretches of one index, each in the order of its keys. A list on the
screen reads them in pages; the command reads all of them.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from pharmacy_desk.adapters.store.base import database
from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.recall import Found, Looked, Traced

# An opened box is here with what is left of it, and sold as well: the receipts its units went out
# on are told too. Every other state is gone.
_WHERE = {
    BoxState.ON_SHELF: "here",
    BoxState.OPENED: "here",
    BoxState.RETURNED: "here",
    BoxState.REFUSED: "here",
    BoxState.SOLD: "sold",
    BoxState.USED_UP: "sold",
}
_BOX = "b.code, b.item, coalesce(i.name, '') AS name, b.lot, b.state, b.document, b.at, b.party"
_SALE = (
    "e.code, l.item, coalesce(i.name, '') AS name, e.lot, 'sold', e.sale, s.paid_at, '', e.units"
)
_NO_CODE = "'', n.item, coalesce(i.name, '') AS name, n.lot"
_REST = " CROSS JOIN sales s ON s.number = e.sale LEFT JOIN items i ON i.code = l.item"
# Worded as the partial indexes are, or SQLite would not use them.
_SOLD_ENTRY = "e.state IN ('final', 'units_sold') AND e.code IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Trace:
    """Boxes here, sold and gone."""

    here: tuple[Traced, ...]
    sold: tuple[Traced, ...]
    gone: tuple[Traced, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """What boxes are looked for by; each mark that is given narrows. A code stands alone."""

    lot: str | None = None
    drug: str | None = None
    supplier: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Boxes of one kind in the order of an index: `where` they are, and how they are read."""

    where: str
    columns: str
    source: str
    condition: str
    words: tuple[str | None, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LookedRuns(Looked):
    """What was counted, with the runs it is read by."""

    runs: tuple[Run, ...]


def trace(path: Path, marks: Marks) -> Trace:
    """Everything the given marks name together, held at once. Raises `WorldError`."""
    with traced(path, marks) as parts:
        found = {where: tuple(boxes) for where, boxes in parts}
    return Trace(**found)


@contextmanager
def traced(path: Path, marks: Marks) -> Iterator[Iterator[tuple[str, Iterator[Traced]]]]:
    """The same box by box, however many: (`here`, boxes), (`sold`, boxes), (`gone`, boxes).

    Each part is read before the next one is asked for. Raises `WorldError`.
    """
    with closing(database.open_reader(path)) as conn:
        with database.damage(path):
            conn.execute("BEGIN")  # one snapshot: the counter may sell meanwhile
            asked = runs(conn, marks)
        yield ((where, _boxes(path, conn, asked, where)) for where in ("here", "sold", "gone"))


def _boxes(path: Path, conn: sqlite3.Connection, asked: list[Run], where: str) -> Iterator[Traced]:
    with database.damage(path):  # of reading; what is done with a box is not the ledger's
        for run in asked:
            if run.where == where:
                yield from (Traced(*row[:9]) for row in _rows(conn, run, (), -1))


def look(conn: sqlite3.Connection, marks: Marks) -> LookedRuns:
    """The runs that hold something, with the boxes in them counted."""
    counted = [(run, _count(conn, run)) for run in runs(conn, marks)]
    numbers = {
        where: sum(count for run, count in counted if run.where == where)
        for where in ("here", "sold", "gone")
    }
    return LookedRuns(runs=tuple(run for run, count in counted if count), **numbers)


def page(
    conn: sqlite3.Connection, looked: LookedRuns, behind: Found | None, limit: int
) -> list[Found]:
    """The next rows, beginning behind the last one read."""
    found: list[Found] = []
    first = behind.run if behind else 0
    for place, run in enumerate(looked.runs[first:], first):
        key = behind.key if behind and place == first else ()
        rows = _rows(conn, run, key, limit - len(found))
        found += (Found(run.where, Traced(*row[:9]), place, tuple(row)[9:]) for row in rows)
        if len(found) == limit:
            break
    return found


def runs(conn: sqlite3.Connection, marks: Marks) -> list[Run]:
    """All runs of the given marks: boxes here, receipts, sold without one, then boxes gone."""
    if marks.code:
        return _code_runs(conn, marks)
    items = _items(conn, marks.drug) if marks.drug else None
    if items == [] or not (marks.lot or marks.supplier or items):
        return []
    boxes = list(_box_runs(conn, marks, items))
    found = [run for run in boxes if run.where == "here"]
    if not marks.supplier:  # neither a receipt nor the library knows where a box came from
        library = list(_library_runs(marks, items))
        found += (run for run in library if run.where == "here")
        found += _sale_runs(marks, items)
        found += (run for run in library if run.where == "sold")
    found += (run for run in boxes if run.where == "sold")
    return found + [run for run in boxes if run.where == "gone"]


def _items(conn: sqlite3.Connection, drug: str) -> list[str]:
    """Item codes a drug is meant by: code, name, approval number, barcode or identification."""
    found = conn.execute(
        "SELECT code FROM items WHERE code = ?1 OR name = ?1 OR approval = ?1"
        " UNION SELECT item FROM barcodes WHERE barcode = ?1"
        " UNION SELECT item FROM identifications WHERE identification = ?1",
        (drug,),
    )
    return [row[0] for row in found]


def _box_runs(conn: sqlite3.Connection, marks: Marks, items: list[str] | None) -> Iterator[Run]:
    """Runs of boxes by lot, else by supplier, else by drug: a run for each state there is."""
    if marks.lot:
        starts = [("boxes_by_lot", "b.lot = ?", (marks.lot,))]
    elif marks.supplier:
        starts = [("boxes_by_party", "b.party = ? AND b.party <> ''", (marks.supplier,))]
    else:
        starts = [("boxes_by_item", "b.item = ?", (item,)) for item in items or ()]
    narrow, words = _narrowed(marks, items)
    for index, start, its_words in starts:
        by_item = index == "boxes_by_item"
        cells = conn.execute(
            f"SELECT DISTINCT {'b.lot' if by_item else 'NULL'}, b.state FROM boxes b"
            f" INDEXED BY {index} WHERE {start}",
            its_words,
        ).fetchall()
        for lot, state in sorted(cells, key=_in_order):
            where = _WHERE.get(BoxState(state), "gone")
            lots: tuple[str | None, ...] = (lot,) if by_item else ()
            parts = [start, *(["b.lot IS ?"] if by_item else []), "b.state = ?", *narrow]
            if where == "sold" and not marks.supplier:
                parts.append(_without_receipt(marks))
            yield Run(
                where=where,
                columns=f"{_BOX}, NULL",
                source=f"boxes b INDEXED BY {index} LEFT JOIN items i ON i.code = b.item",
                condition=" AND ".join(parts),
                words=(*its_words, *lots, state, *words),
                keys=("b.code",),
            )


def _in_order(cell: Sequence[str | None]) -> tuple[str, int]:
    """Sort key of (lot, state): by lot, then in the order of `BoxState`."""
    lot, state = cell
    return lot or "", list(BoxState).index(BoxState(str(state)))


def _narrowed(marks: Marks, items: list[str] | None) -> tuple[list[str], list[str]]:
    """Conditions of the marks that the index does not begin with."""
    parts: list[str] = []
    words: list[str] = []
    if marks.supplier and marks.lot:
        parts.append("b.party = ?")
        words.append(marks.supplier)
    if items is not None and (marks.lot or marks.supplier):
        parts.append(f"b.item IN ({', '.join('?' * len(items))})")
        words += items
    return parts, words


def _without_receipt(marks: Marks) -> str:
    """A sold box that no receipt tells under these marks.

    GS1 and the supplier's paper may name two lots for one box: its receipt has the first.
    """
    same = " AND e.lot IS b.lot" if marks.lot else ""
    return (
        "NOT EXISTS (SELECT 1 FROM claims c CROSS JOIN sale_entries e"
        " ON e.sale = c.sale AND e.entry = c.entry"
        f" WHERE c.code = b.code AND c.state = 'final'{same})"
    )


def _code_runs(conn: sqlite3.Connection, marks: Marks) -> list[Run]:
    """One box: its record, and the receipts it or its units went out on."""
    found = conn.execute("SELECT state FROM boxes WHERE code = ?", (marks.code,)).fetchone()
    where = _WHERE.get(BoxState(found[0]), "gone") if found else "here"
    box = Run(
        where=where,
        columns=f"{_BOX}, NULL",
        source="boxes b LEFT JOIN items i ON i.code = b.item",
        condition="b.code = ?" + (f" AND {_without_receipt(marks)}" if where == "sold" else ""),
        words=(marks.code,),
        keys=("b.code",),
    )
    receipts = Run(
        where="sold",
        columns=_SALE,
        source="(SELECT DISTINCT document FROM events INDEXED BY events_by_code"
        "  WHERE code = ? AND kind = 'box_reserved') v"
        " CROSS JOIN sale_entries e ON e.sale = v.document"
        f" CROSS JOIN sale_lines l ON l.sale = e.sale AND l.line = e.line{_REST}",
        condition=f"e.code = ? AND {_SOLD_ENTRY}",
        words=(marks.code, marks.code),
        keys=("e.sale", "e.entry"),
    )
    return [box, receipts] if where == "here" else [receipts, box]


def _sale_runs(marks: Marks, items: list[str] | None) -> Iterator[Run]:
    """Runs of receipts by lot, or by each drug's paid lines."""
    if marks.lot:
        narrow = f" AND l.item IN ({', '.join('?' * len(items))})" if items is not None else ""
        yield Run(
            where="sold",
            columns=_SALE,
            source="sale_entries e INDEXED BY entries_by_lot CROSS JOIN sale_lines l"
            f" ON l.sale = e.sale AND l.line = e.line{_REST}",
            condition=f"e.lot = ? AND {_SOLD_ENTRY}{narrow}",
            words=(marks.lot, *(items or ())),
            keys=("e.code", "e.sale", "e.entry"),
        )
        return
    for item in items or ():
        yield Run(
            where="sold",
            columns=_SALE,
            source="sale_lines l INDEXED BY lines_by_item CROSS JOIN sale_entries e"
            f" ON e.sale = l.sale AND e.line = l.line{_REST}",
            condition=f"l.item = ? AND l.snapshot IS NOT NULL AND {_SOLD_ENTRY}",
            words=(item,),
            keys=("l.sale", "l.line", "e.entry"),
        )


def _library_runs(marks: Marks, items: list[str] | None) -> Iterator[Run]:
    """Runs of boxes without a code (无码库): what is left of an entry, and each box sold of it."""
    narrow = ""
    if marks.lot and items is not None:
        narrow = f" AND n.item IN ({', '.join('?' * len(items))})"
    starts = [("no_code_by_lot", f"n.lot = ?{narrow}", (marks.lot, *(items or ())))]
    if not marks.lot:
        starts = [("no_code_by_item", "n.item = ?", (item,)) for item in items or ()]
    for index, start, words in starts:
        entries = f"no_code n INDEXED BY {index}"
        name = " LEFT JOIN items i ON i.code = n.item"
        yield Run(
            where="here",
            columns=f"{_NO_CODE}, 'no_code', n.number, n.at, '', n.quantity - n.used",
            source=f"{entries}{name}",
            condition=f"{start} AND n.quantity > n.used AND n.state <> 'closed'",
            words=words,
            keys=("n.number",),
        )
        yield Run(
            where="sold",
            columns=f"{_NO_CODE}, 'sold', e.sale, s.paid_at, '', NULL",
            source=f"{entries} CROSS JOIN sale_entries e INDEXED BY entries_by_lot ON e.lot = n.lot"
            f" CROSS JOIN sales s ON s.number = e.sale{name}",
            condition=f"{start} AND e.code IS NULL AND e.state IN ('final', 'units_sold')"
            " AND e.no_code = n.number",
            words=words,
            keys=("n.number", "e.sale", "e.entry"),
        )


def _rows(
    conn: sqlite3.Connection, run: Run, behind: tuple[str | int, ...], limit: int
) -> sqlite3.Cursor:
    """Columns of `Traced`, then the keys; a negative `limit` reads all."""
    keys = ", ".join(run.keys)
    after = f" AND ({keys}) > ({', '.join('?' * len(behind))})" if behind else ""
    return conn.execute(
        f"SELECT {run.columns}, {keys} FROM {run.source} WHERE {run.condition}{after}"
        f" ORDER BY {keys} LIMIT ?",
        (*run.words, *behind, limit),
    )


def _count(conn: sqlite3.Connection, run: Run) -> int:
    row = conn.execute(f"SELECT count(*) FROM {run.source} WHERE {run.condition}", run.words)
    return int(row.fetchone()[0])
