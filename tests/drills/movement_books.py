"""The drill's own books: where each box must be after each step, kept without the program."""

import sqlite3
from dataclasses import dataclass, field
from typing import Any

# What a document of a kind makes of a box; transcribed by hand from the list of flows.
LEAVES = {
    "delivery": "on_shelf",
    "opening": "on_shelf",
    "transfer_in": "on_shelf",
    "other_in": "on_shelf",
    "surplus": "on_shelf",
    "refusal": "refused",
    "to_supplier": "to_supplier",
    "transfer_out": "transferred_out",
    "destruction": "destroyed",
    "other_out": "destroyed",
    "loss": "missing",
}
RATIO = 4


@dataclass(slots=True)
class Books:
    """Boxes, the open sale, held sales, recalls in force, opening stock and packs.

    `open` and `held` map a code to (units, opened before); None units is a whole box.
    """

    state: dict[str, str] = field(default_factory=dict)
    item: dict[str, str] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)
    open: dict[str, tuple[int | None, bool]] = field(default_factory=dict)
    held: list[dict[str, tuple[int | None, bool]]] = field(default_factory=list)
    recalls: set[tuple[str, str]] = field(default_factory=set)
    stock: dict[tuple[str, str], int] = field(default_factory=dict)
    parent: dict[str, str] = field(default_factory=dict)

    def stages(self, step: dict[str, Any]) -> list["Books"]:
        """The books after each transaction of a step, in order; the last is after the step."""
        work, found = self.copy(), []

        def stage() -> None:
            found.append(work.copy())

        getattr(work, f"_{step['do']}")(step, stage)
        return [*found, work]

    def copy(self) -> "Books":
        """The same books, kept apart from now on."""
        return Books(
            dict(self.state), dict(self.item), dict(self.left), dict(self.open),
            [dict(sale) for sale in self.held], set(self.recalls), dict(self.stock),
            dict(self.parent),
        )  # fmt: skip

    def _post(self, step: dict[str, Any], stage: Any) -> None:
        for code in step["codes"]:
            self.state[code] = LEAVES[step["kind"]]
            self.left.pop(code, None)
            if step.get("item"):
                self.item[code] = step["item"]

    def _stock(self, step: dict[str, Any], stage: Any) -> None:
        self.stock[step["item"], step["lot"]] = step["quantity"]
        stage()
        self._post(step | {"kind": "opening"}, stage)

    def _packs(self, step: dict[str, Any], stage: Any) -> None:
        for code, parent, _, _ in step["relations"]:
            if parent:
                self.parent[code] = parent

    def _scan(self, step: dict[str, Any], stage: Any) -> None:
        self.open[step["code"]] = None, False

    def _split(self, step: dict[str, Any], stage: Any) -> None:
        code, opened = step["code"], self.state.get(step["code"]) == "opened"
        self.open[code] = step["units"], opened
        if opened:
            self.left[code] -= step["units"]

    def _pay(self, step: dict[str, Any], stage: Any) -> None:
        for code, (units, opened) in self.open.items():
            if units is None:
                self.state[code] = "sold"
                above = self.parent.get(code)
                while above:
                    self.state[above] = "broken"
                    above = self.parent.get(above)
                continue
            if not opened:
                self.left[code] = RATIO - units
            self.state[code] = "opened" if self.left[code] else "used_up"
        self.open = {}

    def _hold(self, step: dict[str, Any], stage: Any) -> None:
        self.held.append(self.open)
        self.open = {}

    def _resume(self, step: dict[str, Any], stage: Any) -> None:
        if self.open:
            self.held.append(self.open)
            self.open = {}
            stage()
        self.open = self.held.pop(0)

    def _void(self, step: dict[str, Any], stage: Any) -> None:
        for code in list(self.open):
            self._put_back(code)

    def _undo(self, step: dict[str, Any], stage: Any) -> None:
        self._put_back(list(self.open)[-1])

    def _put_back(self, code: str) -> None:
        units, opened = self.open.pop(code)
        if units is not None and opened:
            self.left[code] += units

    def _give_back(self, step: dict[str, Any], stage: Any) -> None:
        self.state[step["code"]] = "returned"

    def _restore(self, step: dict[str, Any], stage: Any) -> None:
        self.state[step["code"]] = "on_shelf"

    def _count(self, step: dict[str, Any], stage: Any) -> None:
        scanned = step["codes"]
        here = {
            code
            for code, item in self.item.items()
            if item == step["item"] and self.state.get(code) == "on_shelf"
        }
        for code in scanned:
            if self.state.get(code) in (None, "missing"):
                self.state[code] = "on_shelf"
                self.item[code] = step["item"]
        stage()
        for code in here - set(scanned):
            self.state[code] = "missing"
        stage()

    def _recall(self, step: dict[str, Any], stage: Any) -> None:
        self.recalls.add((step["key"], step["value"]))

    def _end_recall(self, step: dict[str, Any], stage: Any) -> None:
        self.recalls.discard((step["key"], step["value"]))

    # --- what the file says ---------------------------------------------------------------

    def differs(self, conn: sqlite3.Connection, codes: set[str]) -> str:
        """The first difference between these books and a ledger's file; empty for none."""
        for code in sorted(codes):
            kept, left = _box(conn, code)
            if kept != self.state.get(code):
                return f"box {code} is {kept}, not {self.state.get(code)}"
            if kept == "opened" and left != self.left.get(code):
                return f"box {code} has {left} units left, not {self.left.get(code)}"
        return self._sales_differ(conn) or self._rest_differs(conn)

    def _sales_differ(self, conn: sqlite3.Connection) -> str:
        opened = _in_hand(conn, "open")
        if opened != {code: units for code, (units, _) in self.open.items()}:
            return f"in the open sale: {sorted(opened)}, not {sorted(self.open)}"
        held = _in_hand(conn, "held")
        mine = {code: units for sale in self.held for code, (units, _) in sale.items()}
        return "" if held == mine else f"on hold: {sorted(held)}, not {sorted(mine)}"

    def _rest_differs(self, conn: sqlite3.Connection) -> str:
        recalls = {
            tuple(row)
            for row in conn.execute("SELECT key, value FROM recalls WHERE closed_at IS NULL")
        }
        if recalls != self.recalls:
            return f"recalls: {sorted(recalls)}, not {sorted(self.recalls)}"
        stock = {
            (item, lot): quantity
            for item, lot, quantity in conn.execute("SELECT item, lot, quantity FROM stock")
        }
        if stock != self.stock:
            return f"opening stock: {sorted(stock.items() ^ self.stock.items())}"
        parents = dict(conn.execute("SELECT code, parent FROM packs WHERE parent IS NOT NULL"))
        return "" if parents == self.parent else f"packs: {sorted(parents ^ self.parent.keys())}"


def _box(conn: sqlite3.Connection, code: str) -> tuple[str | None, int | None]:
    row = conn.execute("SELECT state, units_left FROM boxes WHERE code = ?", (code,)).fetchone()
    if row:
        return row[0], row[1]
    sold = conn.execute(
        "SELECT 1 FROM sale_entries WHERE code = ? AND state = 'final'", (code,)
    ).fetchone()
    return ("sold" if sold else None), None


def _in_hand(conn: sqlite3.Connection, state: str) -> dict[str, int | None]:
    return dict(
        conn.execute(
            "SELECT e.code, e.units FROM sales s JOIN sale_entries e ON e.sale = s.number"
            " WHERE s.state = ? AND e.state IN ('live', 'units')",
            (state,),
        ).fetchall()
    )
