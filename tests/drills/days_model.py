"""The model of the days drill: what a clerk may do with a box, said once more in plain words.

It knows the trade's rules (facts on the trade, sections 3 and 4; contracts, section 5) and imports
nothing of the program. It is asked before a wish what the answer must be, and told what happened.
"""

import sqlite3
from dataclasses import dataclass, field

RATIO = 4  # units in a box of drug A
HOLD_MINUTES = 24 * 60
# What a document does: the states a box may come from (None: never heard of), and where it goes.
_AWAY = (None, "to_supplier", "transferred_out", "refused")
MOVES: dict[str, tuple[tuple[str | None, ...], str]] = {
    "delivery": (_AWAY, "on_shelf"),
    "transfer_in": (_AWAY, "on_shelf"),
    "refusal": (_AWAY, "refused"),
    "opening": ((None,), "on_shelf"),
    "other_in": ((None, "missing"), "on_shelf"),
    "to_supplier": ((None, "on_shelf", "returned", "refused"), "to_supplier"),
    "transfer_out": ((None, "on_shelf"), "transferred_out"),
    "destruction": ((None, "on_shelf", "returned", "refused", "opened"), "destroyed"),
    "other_out": ((None, "on_shelf", "returned", "refused", "opened"), "destroyed"),
    "loss": (("on_shelf",), "missing"),
}
_GONE = {
    "used_up": "SPLIT_EXHAUSTED", "returned": "RETURNED_HOLD", "refused": "RETURNED_HOLD",
    "to_supplier": "TRANSFERRED_OUT", "transferred_out": "TRANSFERRED_OUT",
    "destroyed": "DESTROYED", "broken": "OUTER_PACK",
}  # fmt: skip
GOOD = ("OK", "OK_SPLIT", "OK_UNRECEIVED")


@dataclass(slots=True)
class Box:
    """One code: where it is, who claims it, its lot and supplier, units left, the platform's word."""

    letter: str
    state: str | None = None
    claim: str | None = None  # live, final, returned
    sale: str = ""
    lot: str = "L0"
    party: str = ""
    left: int = 0
    settled: bool = False
    paid_on: int = -1
    units: bool = False  # its claim is a sale of units


@dataclass(slots=True)
class Entry:
    """One thing in a sale: a box, units, boxes asked for, a box of the library, or a gift mark."""

    kind: str
    letter: str
    code: str = ""
    count: int = 0
    gift: bool = False


@dataclass(slots=True)
class Sale:
    """An open or held sale."""

    number: str
    entries: list[Entry] = field(default_factory=list)
    held_at: int = 0

    def codes(self) -> list[str]:
        """Every code in it, an opened box once for each of its entries."""
        return [one.code for one in self.entries if one.kind in ("box", "first", "units")]

    def lacking(self, letter: str) -> int:
        """Boxes asked for that have none yet."""
        mine = [one for one in self.entries if one.letter == letter and not one.gift]
        asked = sum(one.count for one in mine if one.kind == "ask")
        return max(0, asked - sum(one.kind in ("box", "no_code") for one in mine))


class Model:
    """All the boxes of a store and its sales."""

    def __init__(self) -> None:
        self.boxes: dict[str, Box] = {}
        self.sale: Sale | None = None
        self.held: list[Sale] = []
        self.parent: dict[str, str] = {}
        self.level: dict[str, int] = {}
        self.smallest: set[str] = set()
        self.recalls: list[tuple[str, str]] = []
        self.mapped = 0  # pack level that drug E's identification is mapped with, 0 for none
        self.library: dict[str, int] = {}

    # --- packs ----------------------------------------------------------------------------

    def above(self, code: str) -> list[str]:
        """The packs a box stands in."""
        found: list[str] = []
        while (code := self.parent.get(code, "")) and code not in found:
            found.append(code)
        return found

    def inside(self, code: str) -> list[str]:
        """Every box inside a pack."""
        return [one for one in self.parent if code in self.above(one)]

    def outer(self, code: str) -> bool:
        """A code that stands for a pack, by the relations or else by the map."""
        known = code in self.level or any(up == code for up in self.parent.values())
        if not known:
            return self.boxes[code].letter == "E" and self.mapped > 1
        return code not in self.smallest and self.level.get(code, 2) > 1

    # --- the judge ------------------------------------------------------------------------

    def verdict(self, code: str, *, mine: bool = False) -> str:
        """What a scan must be told; `mine` asks of a box that is in the sale already."""
        box = self.boxes[code]
        claim = None if mine else box.claim
        if box.settled and claim != "live":
            return "SETTLED_ON_PLATFORM"
        if box.state == "opened":
            if not mine and box.left == 0:
                return "SPLIT_EXHAUSTED"
        elif refused := self._refused(code, box, claim):
            return refused
        if box.letter == "E" and not self.mapped:
            return "UNMAPPED"
        if any(self._recalled(code, box, key, value) for key, value in self.recalls):
            return "RECALLED"
        if box.state == "opened":
            there = self.sale is not None and code in self.sale.codes() and not mine
            return "IN_THIS_SALE" if there else "OK_SPLIT"
        return "OK" if box.state else "OK_UNRECEIVED"

    def _refused(self, code: str, box: Box, claim: str | None) -> str | None:
        if box.state in _GONE:
            return _GONE[box.state]
        if claim == "live":
            here = self.sale is not None and box.sale == self.sale.number
            return "IN_THIS_SALE" if here else "HELD_ELSEWHERE"
        if claim:
            return "SOLD_HERE" if claim == "final" else "RETURNED_HOLD"
        if any(self.boxes[up].claim == "final" for up in self.above(code)):
            return "INNER_OF_SOLD_PACK"
        taken = any(self.boxes[one].claim for one in self.inside(code) if one != code)
        return "OUTER_PACK" if taken or self.outer(code) else None

    def _recalled(self, code: str, box: Box, key: str, value: str) -> bool:
        told = {"code": code, "lot": box.lot, "drug": f"D{box.letter}", "supplier": box.party}
        return told[key] == value

    def doubtful(self) -> set[str]:
        """Boxes of the open sale that keep it from being paid."""
        codes = self.sale.codes() if self.sale else []
        return {code for code in codes if self.verdict(code, mine=True) not in GOOD}

    def library_recalled(self) -> bool:
        """A box without a code in the open sale that a recall holds."""
        there = self.sale is not None and any(e.kind == "no_code" for e in self.sale.entries)
        return there and self.library_held()

    def library_held(self) -> bool:
        """A recall holds the library's boxes (drug B, lot N1)."""
        return ("lot", "N1") in self.recalls or ("drug", "DB") in self.recalls

    # --- what happened --------------------------------------------------------------------

    def taken(self, code: str, sale: str, units: int | None = None) -> None:
        """A box, or units of it, went into the open sale; a missing one was found by that."""
        box = self.boxes[code]
        self.sale = self.sale or Sale(sale)
        if box.state == "missing":
            box.state = "on_shelf"
        if box.state == "opened":
            box.left -= units or 1
            self.sale.entries.append(Entry("units", box.letter, code, units or 1))
            return
        box.claim, box.sale, box.units = "live", self.sale.number, units is not None
        self.sale.entries.append(Entry("first" if units else "box", box.letter, code, units or 1))

    def undone(self, entry: Entry) -> None:
        """The newest entry is out of the sale again."""
        if entry.kind == "units":
            self.boxes[entry.code].left += entry.count
        elif entry.kind in ("box", "first"):
            self.boxes[entry.code].claim = None
        elif entry.kind == "no_code":
            self.library[entry.code] += 1

    def ended(self, sale: Sale) -> None:
        """A sale was voided or its hold has run out."""
        for entry in sale.entries:
            self.undone(entry)

    def expire(self, now: int) -> None:
        """Holds of more than a day end."""
        for sale in [one for one in self.held if one.held_at < now - HOLD_MINUTES]:
            self.held.remove(sale)
            self.ended(sale)

    def paid(self, day: int) -> None:
        """The open sale is final."""
        assert self.sale
        for entry in self.sale.entries:
            box = self.boxes.get(entry.code)
            if box is None or entry.kind not in ("box", "first", "units"):
                continue
            if entry.kind == "box":
                box.claim, box.paid_on = "final", day
                box.state = "sold" if box.state else None
                for up in self.above(entry.code):
                    pack = self.boxes[up]
                    if pack.state == "on_shelf" or (not pack.state and pack.claim != "final"):
                        pack.state = "broken"
            elif entry.kind == "first":
                box.claim, box.state, box.left = "final", "opened", RATIO - entry.count
        for entry in self.sale.entries:
            box = self.boxes.get(entry.code)
            if box and box.state == "opened" and box.left == 0 and not self._waits(entry.code):
                box.state = "used_up"
        self.sale = None

    def _waits(self, code: str) -> bool:
        """Units of the box are in a sale on hold."""
        return any(code in sale.codes() for sale in self.held)

    def where(self, code: str) -> str | None:
        """The state a document looks at."""
        box = self.boxes[code]
        return box.state or ("sold" if box.claim == "final" else None)

    def may_move(self, code: str, kind: str) -> bool:
        """Whether a document of this kind may take the box along."""
        box = self.boxes[code]
        sales = [sale for sale in (self.sale, *self.held) if sale]
        if box.letter == "E" and self.mapped > 1 and not self._related(code):
            return False
        if any(code in sale.codes() for sale in sales):
            return False
        return self.where(code) in MOVES[kind][0]

    def _related(self, code: str) -> bool:
        return code in self.level or any(up == code for up in self.parent.values())

    def moved(self, code: str, kind: str, lot: str | None, party: str) -> None:
        """A document took it along."""
        box = self.boxes[code]
        box.state = MOVES[kind][1]
        box.lot, box.party = lot or box.lot, party or box.party

    # --- the end of a day -----------------------------------------------------------------

    def differs(self, conn: sqlite3.Connection) -> list[str]:
        """Where the ledger's own tables and the model are not of one mind."""
        kept = {
            row[0]: (row[1], row[2], row[3] is not None)
            for row in conn.execute("SELECT code, state, units_left, settled_at FROM boxes")
        }
        claims: dict[str, list[str]] = {}
        for code, state in conn.execute(
            "SELECT code, state FROM sale_entries WHERE code IS NOT NULL"
            " AND state IN ('live', 'final', 'returned')"
        ):
            claims.setdefault(code, []).append(state)
        faults = []
        for code, box in self.boxes.items():
            state, left, settled = kept.get(code, (None, None, False))
            told = (box.state, box.left if box.state == "opened" else None, box.settled)
            there = (state, left if state == "opened" else None, settled)
            if told != there:
                faults.append(f"{code} is {there}, the model says {told}")
            if claims.get(code, []) != ([box.claim] if box.claim else []):
                faults.append(f"{code} is claimed {claims.get(code)}, the model says {box.claim}")
        return faults + self._both_sold(claims)

    def _both_sold(self, claims: dict[str, list[str]]) -> list[str]:
        sold = {code for code, states in claims.items() if "final" in states}
        return [
            f"pack {up} and its box {code} are both sold"
            for code in sorted(sold)
            for up in self.above(code)
            if up in sold
        ]
