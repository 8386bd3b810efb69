"""Receiving (收货验收): what a delivery note promises beside what is scanned at the door.

Values and pure functions; the store tells what it knows of a box (`SeenBox`), this module where
it belongs. A lot is never guessed: a 20-character code tells none (facts on codes, section 1), so
a box of a drug that comes in two lots waits until a person has chosen one.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drugs import NO_BATCH, Batch, Item
from pharmacy_desk.core.scanning.scan import Reading
from pharmacy_desk.core.stock.custody import BoxState, Move, after
from pharmacy_desk.core.stock.facts import ClaimState, Earlier
from pharmacy_desk.core.stock.supplier_words import SupplierWords


class Match(StrEnum):
    """What a box is to the delivery it is scanned for."""

    IN_LIST = "in_list"
    NEAR_EXPIRY = "near_expiry"
    EXTRA = "extra"
    COUNTED = "counted"
    WHICH_LOT = "which_lot"
    TWICE = "twice"
    WRONG_DRUG = "wrong_drug"
    ALREADY_HERE = "already_here"
    SOLD_HERE = "sold_here"
    IN_SALE = "in_sale"
    GONE = "gone"
    EXPIRED = "expired"
    UNKNOWN_DRUG = "unknown_drug"
    OUTER_PACK = "outer_pack"
    NEEDS_CODE = "needs_code"
    NOT_TRACE = "not_trace"


TAKEN = frozenset({Match.IN_LIST, Match.NEAR_EXPIRY, Match.EXTRA, Match.COUNTED})
# A box at the door that is not taken may still have to be refused in writing.
REFUSABLE = TAKEN | {Match.EXPIRED}


@dataclass(frozen=True, slots=True)
class Row:
    """One drug and lot: what the note promises and, of drugs without codes, what was counted.

    `item` is None for a drug the store does not know, `name` is then how the supplier calls it.
    `quantity` counts smallest packs, `price_fen` is for one; `codes` are those the note lists,
    `words` are the supplier's own for the drug.
    """

    item: Item | None
    name: str
    batch: Batch = NO_BATCH
    quantity: int = 0
    price_fen: int | None = None
    codes: frozenset[str] = frozenset()
    counted: int = 0
    words: SupplierWords | None = None


@dataclass(frozen=True, slots=True)
class SeenBox:
    """What the store says of a scanned thing. `inner` are the boxes of an outer pack."""

    reading: Reading
    item: Item | None = None
    batch: Batch = NO_BATCH
    state: BoxState | None = None
    earlier: Earlier | None = None
    outer: bool = False
    inner: tuple["SeenBox", ...] = ()

    @property
    def code(self) -> str:
        """Its trace code; empty for what has none."""
        return self.reading.code or ""


@dataclass(frozen=True, slots=True)
class Box:
    """One box at the door: its row, the lot its own code tells, why it is refused if it is."""

    code: str
    item: Item
    row: int
    told: Batch
    match: Match
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """The answer to one scan. `row` is where the box belongs, None when nowhere."""

    match: Match
    seen: SeenBox
    row: int | None = None
    expiry: date | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """A row's count: `missing` and `extra` are never both more than nothing."""

    expected: int
    scanned: int
    refused: int

    @property
    def missing(self) -> int:
        """Promised and not seen."""
        return max(0, self.expected - self.scanned - self.refused)

    @property
    def extra(self) -> int:
        """Seen and not promised."""
        return max(0, self.scanned + self.refused - self.expected)


@dataclass(frozen=True, slots=True)
class Part:
    """What goes into a document: one box, or counted packs without codes."""

    code: str | None
    item: Item
    batch: Batch
    quantity: int
    price_fen: int | None


@dataclass(frozen=True, slots=True)
class Receiving:
    """A delivery being received. `listed` is False where nobody has told what should come."""

    supplier: str = ""
    reference: str = ""
    rows: tuple[Row, ...] = ()
    boxes: tuple[Box, ...] = ()
    listed: bool = False

    @property
    def empty(self) -> bool:
        """True when there is nothing to lose."""
        return not self.rows and not self.boxes

    def box(self, code: str) -> Box | None:
        """The box with this code, if it was scanned."""
        return next((box for box in self.boxes if box.code == code), None)

    def tallies(self) -> tuple[Tally, ...]:
        """The count of each row, in one pass over the boxes."""
        scanned = [row.counted for row in self.rows]
        refused = [0] * len(self.rows)
        for box in self.boxes:
            (refused if box.refused else scanned)[box.row] += 1
        return tuple(
            Tally(row.quantity, taken, back)
            for row, taken, back in zip(self.rows, scanned, refused, strict=True)
        )

    def parts(self, refused: str = "") -> Iterator[Part]:
        """What is accepted, or what is refused for this reason."""
        for box in self.boxes:
            if box.refused == refused:
                row = self.rows[box.row]
                yield Part(box.code, box.item, box.told.over(row.batch), 1, row.price_fen)
        for row in self.rows:
            if row.item and row.counted and not refused:
                yield Part(None, row.item, row.batch, row.counted, row.price_fen)

    def refusals(self) -> tuple[str, ...]:
        """The reasons for which boxes are refused, in the order they were told."""
        return tuple(dict.fromkeys(box.refused for box in self.boxes if box.refused))

    def without_lot(self) -> int | None:
        """The first row with something in it whose lot or dates nobody has told."""
        used = {box.row for box in self.boxes if not box.told.complete}
        for index, row in enumerate(self.rows):
            needs = row.item is not None and row.item.needs_batch
            if needs and not row.batch.complete and (index in used or row.counted):
                return index
        return None

    @property
    def cold(self) -> bool:
        """True when something that is kept cold has come."""
        return any(box.item.cold for box in self.boxes) or any(
            row.counted and row.item is not None and row.item.cold for row in self.rows
        )


def match(
    receiving: Receiving,
    seen: SeenBox,
    today: date,
    near_expiry_days: int,
    chosen: int | None = None,
) -> Arrival:
    """Where a scanned thing belongs; `chosen` is the row the person has put the keyboard on."""
    reading = seen.reading
    if seen.outer:
        return Arrival(Match.OUTER_PACK, seen)
    if not reading.is_trace and not (reading.code_needs_map and seen.item):
        return _by_barcode(receiving, seen)
    there = receiving.box(seen.code)
    if there:
        return Arrival(Match.TWICE, seen, there.row)
    lived = _by_life(seen)
    if lived:
        return Arrival(lived, seen)
    listed = next((n for n, row in enumerate(receiving.rows) if seen.code in row.codes), None)
    item = seen.item
    if item is None:
        return Arrival(Match.UNKNOWN_DRUG, seen, listed)
    if listed is not None:
        told = receiving.rows[listed].item
        if told is not None and told.code != item.code:
            return Arrival(Match.WRONG_DRUG, seen, listed)
        return _dated(
            receiving=receiving,
            seen=seen,
            row=listed,
            kind=Match.IN_LIST,
            today=today,
            near_expiry_days=near_expiry_days,
        )
    return _by_drug(
        receiving=receiving,
        seen=seen,
        item=item,
        today=today,
        near_expiry_days=near_expiry_days,
        chosen=chosen,
    )


def _by_life(seen: SeenBox) -> Match | None:
    """What speaks against a box by what has become of it before."""
    if seen.earlier and seen.earlier.state is ClaimState.LIVE:
        return Match.IN_SALE
    if seen.state is BoxState.ON_SHELF:
        return Match.ALREADY_HERE
    if seen.state in (BoxState.SOLD, BoxState.OPENED, BoxState.USED_UP):
        return Match.SOLD_HERE
    return None if after(seen.state, Move.RECEIVE) else Match.GONE


def _by_barcode(receiving: Receiving, seen: SeenBox) -> Arrival:
    """A commodity barcode counts one pack of a drug that needs no code."""
    if seen.item is None:
        return Arrival(Match.NOT_TRACE, seen)
    if seen.item.needs_code:
        return Arrival(Match.NEEDS_CODE, seen)
    rows = _rows_of(receiving, seen.item)
    return Arrival(Match.COUNTED, seen, rows[0] if rows else None)


def _rows_of(receiving: Receiving, item: Item) -> list[int]:
    return [n for n, row in enumerate(receiving.rows) if row.item and row.item.code == item.code]


def _by_drug(
    receiving: Receiving,
    seen: SeenBox,
    item: Item,
    today: date,
    near_expiry_days: int,
    chosen: int | None,
) -> Arrival:
    """A box the note does not list by its code: by its own lot, else by the drug's only lot."""
    rows = _rows_of(receiving, item)
    if seen.batch.lot:
        rows = [n for n in rows if receiving.rows[n].batch.lot in (None, seen.batch.lot)]
    promised = [n for n in rows if receiving.rows[n].quantity]
    open_ = [n for n in promised if _room(receiving, n)]
    several = len({receiving.rows[n].batch for n in promised}) > 1
    if open_ and several and chosen not in open_:
        return Arrival(Match.WHICH_LOT, seen)
    if open_:
        where = chosen if chosen in open_ else open_[0]
        return _dated(
            receiving=receiving,
            seen=seen,
            row=where,
            kind=Match.IN_LIST,
            today=today,
            near_expiry_days=near_expiry_days,
        )
    spare = [n for n in rows if not receiving.rows[n].quantity]
    if not receiving.listed and len(spare) > 1 and chosen not in spare:
        return Arrival(Match.WHICH_LOT, seen)
    spot = chosen if chosen in spare else next(iter(spare), None)
    kind = Match.EXTRA if receiving.listed else Match.IN_LIST
    return _dated(
        receiving=receiving,
        seen=seen,
        row=spot,
        kind=kind,
        today=today,
        near_expiry_days=near_expiry_days,
    )


def _room(receiving: Receiving, row: int) -> bool:
    """Whether the note promises more of this row than it lists by code and than has come."""
    promised = receiving.rows[row]
    unlisted = sum(box.row == row and box.code not in promised.codes for box in receiving.boxes)
    return unlisted < promised.quantity - len(promised.codes)


def _dated(
    receiving: Receiving,
    seen: SeenBox,
    row: int | None,
    kind: Match,
    today: date,
    near_expiry_days: int,
) -> Arrival:
    """The box by its expiry: its own, else its row's."""
    batch = receiving.rows[row].batch if row is not None else NO_BATCH
    expiry = seen.batch.over(batch).expiry
    if expiry and expiry < today:
        return Arrival(Match.EXPIRED, seen, row, expiry)
    if expiry and expiry < today + timedelta(days=near_expiry_days):
        kind = Match.NEAR_EXPIRY
    return Arrival(kind, seen, row, expiry)


def take(receiving: Receiving, arrival: Arrival, refused: str = "") -> Receiving:
    """The receiving with this box or pack in it, refused for a reason if there is one.

    What is not to be taken changes nothing.
    """
    item = arrival.seen.item
    allowed = REFUSABLE if refused else TAKEN
    if item is None or arrival.match not in allowed or receiving.box(arrival.seen.code):
        return receiving
    rows, row = receiving.rows, arrival.row
    if row is None:
        rows, row = (*rows, Row(item, item.name, arrival.seen.batch)), len(rows)
    if arrival.match is Match.COUNTED:
        more = replace(rows[row], counted=rows[row].counted + 1)
        return replace(receiving, rows=(*rows[:row], more, *rows[row + 1 :]))
    box = Box(
        code=arrival.seen.code,
        item=item,
        row=row,
        told=arrival.seen.batch,
        match=arrival.match,
        refused=refused,
    )
    return replace(receiving, rows=rows, boxes=(*receiving.boxes, box))


def refuse(receiving: Receiving, code: str, reason: str) -> Receiving:
    """The box with this code refused for a reason; accepted again when the reason is empty."""
    return replace(
        receiving,
        boxes=tuple(
            replace(box, refused=reason) if box.code == code else box for box in receiving.boxes
        ),
    )


def drop(receiving: Receiving, codes: frozenset[str]) -> Receiving:
    """Without these boxes: scanned by mistake, or posted."""
    return replace(receiving, boxes=tuple(b for b in receiving.boxes if b.code not in codes))


def set_batch(receiving: Receiving, row: int, batch: Batch) -> Receiving:
    """A row's lot and dates as a person read them on the box."""
    rows = receiving.rows
    return replace(receiving, rows=(*rows[:row], replace(rows[row], batch=batch), *rows[row + 1 :]))


def name_drug(receiving: Receiving, words: SupplierWords, item: Item) -> Receiving:
    """The rows that their supplier calls so are of this drug."""
    rows = tuple(
        replace(row, item=item, name=item.name)
        if row.item is None and row.words and row.words.key == words.key
        else row
        for row in receiving.rows
    )
    return replace(receiving, rows=rows)


def count_all(receiving: Receiving, row: int) -> Receiving:
    """A drug without codes was counted by eye and is complete; once more takes it back."""
    rows, one = receiving.rows, receiving.rows[row]
    if one.item is None or one.item.needs_code:
        return receiving
    counted = 0 if one.counted >= one.quantity else one.quantity
    return replace(receiving, rows=(*rows[:row], replace(one, counted=counted), *rows[row + 1 :]))


def posted(receiving: Receiving, sent: frozenset[str], stayed: frozenset[str]) -> Receiving:
    """What is left once a document is on the disk: the boxes that were not moved, and their rows.

    `sent` are the codes the document named, `stayed` those of them that it did not move. Boxes
    scanned meanwhile stay too. What was promised and has not come is closed with the note.
    """
    boxes = [box for box in receiving.boxes if box.code not in sent or box.code in stayed]
    used = sorted({box.row for box in boxes})
    place = {row: number for number, row in enumerate(used)}
    left = Receiving(receiving.supplier, receiving.reference)
    return replace(
        left,
        rows=tuple(
            replace(receiving.rows[row], quantity=0, counted=0, codes=frozenset()) for row in used
        ),
        boxes=tuple(replace(box, row=place[box.row]) for box in boxes),
    )


@dataclass(frozen=True, slots=True)
class AcceptanceLine:
    """One line of the acceptance record (验收记录). Quantities count smallest packs.

    The columns are those GSP asks of it; `accepted` of `quantity` were good. Goods kept cold have
    their temperature on arrival as it was typed (degrees Celsius), and `arrived` is then the very
    minute (`timed`); of others it is the moment of the document.
    """

    item: Item
    batch: Batch
    supplier: str
    quantity: int
    accepted: int
    arrived: datetime
    result: str
    operator: str
    celsius: str = ""
    timed: bool = False
