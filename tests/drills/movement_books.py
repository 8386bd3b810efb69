"""The drill's own books: where each box must be after each step, kept without the program."""

import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.drills.movement_marks import Marks

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
class Basket:
    """A sale that is not paid.

    `boxes` maps a code to (units, opened before); None units is a whole box. `asked` counts boxes
    asked for without a code, `no_code` names library entries, `turns` is what undo goes through.
    """

    boxes: dict[str, tuple[int | None, bool]] = field(default_factory=dict)
    gifts: set[str] = field(default_factory=set)
    asked: int = 0
    no_code: list[str] = field(default_factory=list)
    order: str | None = None
    turns: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    @property
    def has_lines(self) -> bool:
        """Whether it can be paid."""
        return bool(self.boxes or self.asked or self.no_code)

    def copy(self) -> "Basket":
        """The same, kept apart from now on."""
        return Basket(
            dict(self.boxes), set(self.gifts), self.asked, list(self.no_code), self.order,
            list(self.turns),
        )  # fmt: skip

    def told(self) -> tuple[object, ...]:
        """What a ledger's file must say of it."""
        units = {code: units for code, (units, _) in self.boxes.items()}
        return units, self.gifts, self.asked, sorted(self.no_code), self.order


_NOTHING = Basket().told()


@dataclass(slots=True)
class Books:
    """Boxes, the open sale, held sales, recalls in force, opening stock and packs.

    `given` are codes that went out as gifts, `ordered` online orders that were paid. What is no
    box stands in `marks`.
    """

    state: dict[str, str] = field(default_factory=dict)
    item: dict[str, str] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)
    open: Basket = field(default_factory=Basket)
    held: list[Basket] = field(default_factory=list)
    recalls: set[tuple[str, str]] = field(default_factory=set)
    stock: dict[tuple[str, str], int] = field(default_factory=dict)
    parent: dict[str, str] = field(default_factory=dict)
    given: set[str] = field(default_factory=set)
    ordered: set[str] = field(default_factory=set)
    marks: Marks = field(default_factory=Marks)

    def stages(self, step: dict[str, Any]) -> list["Books"]:
        """The books after each transaction of a step, in order; the last is after the step."""
        work, found = self.copy(), []

        def stage() -> None:
            found.append(work.copy())

        mine = getattr(work, f"_{step['do']}", None)
        (mine or getattr(work.marks, step["do"]))(step, stage)
        return [*found, work]

    def copy(self) -> "Books":
        """The same books, kept apart from now on."""
        return Books(
            dict(self.state), dict(self.item), dict(self.left), self.open.copy(),
            [sale.copy() for sale in self.held], set(self.recalls), dict(self.stock),
            dict(self.parent), set(self.given), set(self.ordered), self.marks.copy(),
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

    def _approved_post(self, step: dict[str, Any], stage: Any) -> None:
        self._post(step, stage)

    def _dropped_post(self, step: dict[str, Any], stage: Any) -> None:
        """Nobody approved it: nothing moves."""

    def _scan(self, step: dict[str, Any], stage: Any) -> None:
        self.open.boxes[step["code"]] = None, False
        self.open.turns.append(("box", (step["code"],)))

    def _split(self, step: dict[str, Any], stage: Any) -> None:
        code, opened = step["code"], self.state.get(step["code"]) == "opened"
        self.open.boxes[code] = step["units"], opened
        self.open.turns.append(("box", (code,)))
        if opened:
            self.left[code] -= step["units"]

    def _ask(self, step: dict[str, Any], stage: Any) -> None:
        self.open.asked += step["boxes"]
        self.open.turns.append(("ask", ("",) * step["boxes"]))

    def _take_no_code(self, step: dict[str, Any], stage: Any) -> None:
        self.marks.library[step["label"]].used += 1
        self.open.no_code.append(step["label"])
        self.open.turns.append(("no_code", (step["label"],)))

    def _gift(self, step: dict[str, Any], stage: Any) -> None:
        self.open.gifts ^= set(step["codes"])
        self.open.turns.append(("gift", tuple(step["codes"])))

    def _order(self, step: dict[str, Any], stage: Any) -> None:
        self.open.order = step["number"]

    def _pay(self, step: dict[str, Any], stage: Any) -> None:
        for code, (units, opened) in self.open.boxes.items():
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
        self.given = self.given - self.open.boxes.keys() | self.open.gifts
        for label in self.open.no_code:
            self.marks.library[label].sold += 1
        if self.open.order:
            self.ordered.add(self.open.order)
        self.open = Basket()

    def _approved_pay(self, step: dict[str, Any], stage: Any) -> None:
        self._pay(step, stage)

    def _hold(self, step: dict[str, Any], stage: Any) -> None:
        self.held.append(self.open)
        self.open = Basket()

    def _resume(self, step: dict[str, Any], stage: Any) -> None:
        if self.open.has_lines:
            self.held.append(self.open)
            self.open = Basket()
            stage()
        self.open = self.held.pop(0)

    def _void(self, step: dict[str, Any], stage: Any) -> None:
        for code in list(self.open.boxes):
            self._put_back(code)
        for label in self.open.no_code:
            self.marks.library[label].used -= 1
        self.open = Basket()

    def _undo(self, step: dict[str, Any], stage: Any) -> None:
        sale = self.open
        what, names = sale.turns.pop()
        if what == "box":
            self._put_back(names[0])
        elif what == "ask":
            sale.asked -= len(names)
        elif what == "no_code":
            sale.no_code.remove(names[0])
            self.marks.library[names[0]].used -= 1
        else:
            sale.gifts ^= set(names) & sale.boxes.keys()

    def _put_back(self, code: str) -> None:
        units, opened = self.open.boxes.pop(code)
        self.open.gifts.discard(code)
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

    def _draft_post(self, step: dict[str, Any], stage: Any) -> None:
        """One document for what is accepted, one for what is refused; the last ends the draft."""
        there = self.marks.drafts.get(step["draft"])
        if there is None:
            return
        orders = [[c for c, back in there.items() if back is said] for said in (False, True)]
        orders = [codes for codes in orders if codes]
        for place, codes in enumerate(orders, start=1):
            moved = [c for c in codes if c not in self._in_hand() and self.state.get(c) is None]
            for code in moved:
                self.state[code] = "refused" if there.pop(code) else "on_shelf"
                self.item[code] = "DB"
            if moved and place == len(orders) and not there:
                del self.marks.drafts[step["draft"]]
            stage()

    def _in_hand(self) -> set[str]:
        return {code for sale in (self.open, *self.held) for code in sale.boxes}

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
            if self.state.get(code) == "sold" and _given(conn, code) != (code in self.given):
                return f"box {code} is a gift on one side only"
        return self._sales_differ(conn) or self._rest_differs(conn) or self.marks.differs(conn)

    def _sales_differ(self, conn: sqlite3.Connection) -> str:
        opened = _in_hand(conn, "open")
        mine = [] if self.open.told() == _NOTHING else [self.open.told()]
        if opened != mine:
            return f"in the open sale: {opened}, not {mine}"
        held, mine = _in_hand(conn, "held"), [sale.told() for sale in self.held]
        if held != mine:
            return f"on hold: {held}, not {mine}"
        ordered = {
            row[0]
            for row in conn.execute(
                "SELECT order_number FROM sales WHERE state = 'paid' AND order_number IS NOT NULL"
            )
        }
        return "" if ordered == self.ordered else f"paid orders: {ordered ^ self.ordered}"

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


def _given(conn: sqlite3.Connection, code: str) -> bool:
    """Whether a sold box went out as a gift."""
    row = conn.execute(
        "SELECT l.gift FROM sale_entries e JOIN sale_lines l ON l.sale = e.sale AND l.line = e.line"
        " WHERE e.code = ? AND e.state = 'final'",
        (code,),
    ).fetchone()
    return bool(row and row[0])


def _in_hand(conn: sqlite3.Connection, state: str) -> list[tuple[object, ...]]:
    """Sales of a state as `Basket.told` has them, the oldest first; empty ones are left out."""
    found = []
    for number, order in conn.execute(
        "SELECT number, order_number FROM sales WHERE state = ? ORDER BY changed_at", (state,)
    ).fetchall():
        entries = conn.execute(
            "SELECT e.code, e.units, e.asked, n.evidence, l.gift FROM sale_entries e"
            " JOIN sale_lines l ON l.sale = e.sale AND l.line = e.line"
            " LEFT JOIN no_code n ON n.number = e.no_code"
            " WHERE e.sale = ? AND e.state IN ('live', 'units')",
            (number,),
        ).fetchall()
        units = {code: units for code, units, *_ in entries if code}
        gifts = {row[0] for row in entries if row[0] and row[4]}
        labels = Counter(row[3] for row in entries if row[3])
        told = units, gifts, sum(row[2] for row in entries), sorted(labels.elements()), order
        found += [] if told == _NOTHING else [told]
    return found
