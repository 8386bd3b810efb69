"""Movements by document: receiving, returns to suppliers, transfers, stock-take, recalls.

Every method runs on the desk lane. Boxes that may not make the move are told one by one with the
reason and stay where they are; the others are moved in one transaction with their uploads.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field, replace
from typing import TypeAlias

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drugs import NO_BATCH, Batch, Item, MapState, PackLevel
from pharmacy_desk.core.people.free_text import kept, kept_number
from pharmacy_desk.core.people.people import Approval, Operator
from pharmacy_desk.core.ports.boxes import BoxLedger
from pharmacy_desk.core.ports.catalogue import CatalogueLedger
from pharmacy_desk.core.ports.doors import Clock
from pharmacy_desk.core.ports.events import EventLedger
from pharmacy_desk.core.ports.marks import MapLedger
from pharmacy_desk.core.ports.sales import SalesLedger
from pharmacy_desk.core.scanning.scan import identification_of
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.core.stock.acceptance import NOT_TOLD, Transport, moment
from pharmacy_desk.core.stock.custody import BoxState, Move, after, may
from pharmacy_desk.core.stock.drafts import DraftStep
from pharmacy_desk.core.stock.facts import Recall
from pharmacy_desk.core.stock.movement import (
    MOVES,
    SECOND_PERSON,
    Movement,
    MovementKind,
    MovementLine,
    WhyNot,
)
from pharmacy_desk.core.stock.supplier_words import SupplierWords
from pharmacy_desk.core.upload.movements import count_lines, movement_lines
from pharmacy_desk.core.upload.profile import Profile
from pharmacy_desk.counter.people.at_counter import AtCounter
from pharmacy_desk.counter.sale.open_sale import OpenSale


@dataclass(frozen=True, slots=True)
class Wanted:
    """One box or a number of boxes a document names: the drug, the lot, the code if there is one.

    `item` is an item code, a barcode or an identification, and empty when only the code tells the
    drug; `approval` is an approval number with its spec, tried when `item` names nothing, `named`
    the supplier's own words, tried last.
    """

    code: str | None
    item: str = ""
    batch: Batch = NO_BATCH
    quantity: int = 1
    price_fen: int | None = None
    approval: tuple[str, str] | None = None
    named: SupplierWords | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A box that did not move, and why. `item` of an unknown drug is what the supplier calls it."""

    code: str | None
    item: str
    why: WhyNot


@dataclass(slots=True)
class Outcome:
    """What became of a document: its number (None when nothing moved), boxes moved and refused."""

    number: str | None = None
    moved: int = 0
    refused: list[Refused] = field(default_factory=list)

    def stuck_items(self) -> frozenset[str]:
        """Items of which packs without codes did not move."""
        return frozenset(one.item for one in self.refused if one.code is None)


# What becomes of a draft once these codes have moved and packs of these items have not.
DraftEnd: TypeAlias = Callable[[frozenset[str], frozenset[str]], DraftStep]


class Movements:
    """Moves boxes by documents."""

    def __init__(
        self,
        *,
        sales: SalesLedger,
        boxes: BoxLedger,
        catalogue: CatalogueLedger,
        mappings: MapLedger,
        events: EventLedger,
        who: AtCounter,
        open_sale: OpenSale,
        clock: Clock,
        settings: Callable[[], Settings],
        profile: Profile,
        wake_courier: Callable[[bool], None],
    ) -> None:
        self._sales = sales
        self._boxes = boxes
        self._catalogue = catalogue
        self._mappings = mappings
        self._events = events
        self._who = who
        self._open_sale = open_sale
        self._clock = clock
        self._settings = settings
        self._profile = profile
        self._wake_courier = wake_courier

    def post(
        self,
        kind: MovementKind,
        wanted: Iterable[Wanted],
        party: str = "",
        reference: str = "",
        reason: str = "",
        transport: Transport = NOT_TOLD,
        draft: DraftEnd | None = None,
        approval: Approval | None = None,
    ) -> Outcome:
        """Move what may be moved by one document.

        `draft` says what is then left of a receiving; `approval` is kept with the document.
        What is kept cold is received only where `transport` tells how it came.
        """
        outcome = Outcome()
        move = MOVES[kind]
        role = self._who.role
        if not may(role, move):
            outcome.refused = [Refused(w.code, w.item, WhyNot.NOT_ALLOWED) for w in wanted]
            return outcome
        warm = transport.why_not_cold() if move is Move.RECEIVE else None
        lines = self._lines(self._smallest(wanted), move, outcome, warm)
        if not lines:
            return outcome
        now = self._clock.now()
        today = now.date()
        movement = Movement(
            number=self._events.take_document(),
            kind=kind,
            at=now,
            operator=self._who.operator,
            party=kept(party, today),
            reference=kept_number(reference, today),
            reason=kept(reason, today),
            lines=lines,
            arrived_at=moment(transport.arrived, now.tzinfo),
            arrival_celsius=kept(transport.celsius, today),
            approval=approval,
        )
        uploads = movement_lines(movement, self._who.sender(), self._profile)
        codes = frozenset(code for line in lines for code in line.codes)
        step = draft(codes, outcome.stuck_items()) if draft else None
        self._boxes.post_movement(movement, uploads, step)
        outcome.number = movement.number
        outcome.moved = sum(line.quantity for line in lines)
        self._open_sale.refresh()
        if uploads:
            self._wake_courier(False)
        return outcome

    def _smallest(
        self, wanted: Iterable[Wanted], above: frozenset[str] = frozenset()
    ) -> Iterator[Wanted]:
        """Outer packs as the boxes inside them: documents speak of smallest packs only.

        `above` are the packs around: relations of several files may contradict each other.
        """
        for one in wanted:
            pack = self._boxes.pack(one.code) if one.code else None
            if one.code and pack and pack.level > 1 and pack.inner:
                around = above | {one.code}
                inner = (replace(one, code=code) for code in pack.inner if code not in around)
                yield from self._smallest(inner, around)
            else:
                yield one

    def boxes(self, wanted: Iterable[Wanted]) -> int:
        """How many smallest packs a document names, those inside of outer packs counted."""
        return sum(one.quantity for one in self._smallest(wanted))

    def _lines(
        self, wanted: Iterable[Wanted], move: Move, outcome: Outcome, warm: WhyNot | None
    ) -> tuple[MovementLine, ...]:
        """Boxes put together by drug, lot and price; what may not move is told in `outcome`.

        `warm` is why nothing moves that is kept cold.
        """
        made: dict[tuple[str, Batch, int | None], MovementLine] = {}
        seen: set[str] = set()
        for one in wanted:
            item, batch = self._what(one)
            why = self._why_not(one, item, batch, move, seen)
            if why is None and item and item.cold:
                why = warm
            if why or item is None:
                name = item.code if item else one.named.text if one.named else one.item
                outcome.refused.append(Refused(one.code, name, why or WhyNot.UNKNOWN_DRUG))
                continue
            if one.code:
                seen.add(one.code)
            key = (item.code, batch, one.price_fen)
            line = made.get(key) or MovementLine(item, batch, 0, (), one.price_fen)
            codes = (*line.codes, one.code) if one.code else line.codes
            made[key] = replace(line, quantity=line.quantity + one.quantity, codes=codes)
        return tuple(made.values())

    def _what(self, one: Wanted) -> tuple[Item | None, Batch]:
        """The drug and lot of what a document names; what it leaves open the ledger may know."""
        record = self._boxes.record(one.code) if one.code else None
        item = self._catalogue.find_item(one.item) if one.item else None
        if item is None and one.approval:
            item = self._catalogue.find_by_approval(*one.approval)
        if item is None and one.named:
            item = self._named(one.named)
        if item is None and record:
            item = self._catalogue.find_item(record.item)
        if item is None and one.code:
            item = self._boxes.drug_of_code(one.code)
        batch = one.batch.over(record.batch) if record else one.batch
        return item, batch

    def _named(self, words: SupplierWords) -> Item | None:
        """The drug of a supplier's words: the only one that is called so, or as it was answered."""
        found = None
        if words.spec:
            found = self._catalogue.find_by_name(words.name, words.spec, words.maker)
        return found or self._catalogue.find_supplied(words)

    def _why_not(
        self, one: Wanted, item: Item | None, batch: Batch, move: Move, seen: set[str]
    ) -> WhyNot | None:
        if item is None:
            return WhyNot.UNKNOWN_DRUG
        if one.code is None:
            strict = move is Move.RECEIVE and item.needs_code
            return WhyNot.NO_CODE if strict else None
        if one.code in seen:
            return WhyNot.TWICE
        wrong = self._wrong_code(one.code, item)
        if wrong:
            return wrong
        if move is Move.RECEIVE and batch.expiry and batch.expiry < self._clock.now().date():
            return WhyNot.EXPIRED
        if self._in_open_sale(one.code):
            return WhyNot.IN_SALE
        state = self._boxes.state(one.code)
        return None if after(state, move) else _why(state)

    def _wrong_code(self, code: str, item: Item) -> WhyNot | None:
        """The three-code map says that this is no box of the drug: another's, or an outer pack."""
        mapped = self._boxes.drug_of_code(code)
        if mapped and mapped.code != item.code:
            return WhyNot.WRONG_DRUG
        outer = any(
            entry.mapping.level > PackLevel.SMALLEST
            for entry in self._mappings.map_entries(identification_of(code))
            if entry.mapping.state is MapState.CONFIRMED
        )
        return WhyNot.OUTER_PACK if outer and self._boxes.pack(code) is None else None

    def _in_open_sale(self, code: str) -> bool:
        """In hand at the checkout or on hold, whole or in parts."""
        sales = (self._open_sale.sale, *self._sales.held_sales())
        return any(code in sale.codes() for sale in sales if sale)

    def wants_second(self, kind: MovementKind) -> bool:
        """Whether this store's cell asks a second person for this kind (`approval.…`)."""
        told = kind in SECOND_PERSON and self._settings().text(f"approval.{kind}")
        return told == "approve"

    def allowed(self, kind: MovementKind) -> bool:
        """Whether the role of who works at the counter may post such a document at all."""
        return may(self._who.role, MOVES[kind])

    def asker(self) -> Operator:
        """Who would be asking for an approval now."""
        return self._who.person

    def differences(
        self, scanned: Sequence[str], place: frozenset[str] = frozenset()
    ) -> tuple[frozenset[str], tuple[str, ...]]:
        """Codes that are missing and codes too many, if this were all of the shelf."""
        found = self._counted(scanned)
        items = place or frozenset(
            item.code for code in found if (item := self._drug(code)) is not None
        )
        surplus = tuple(code for code in found if self._boxes.state(code) in _ABSENT)
        gone = self._boxes.shelf(items) - set(found)
        return frozenset(code for code in gone if self._counted([code]) == [code]), surplus

    def _counted(self, scanned: Iterable[str]) -> list[str]:
        """The smallest packs that were scanned, alone or with the pack around them, each once."""
        smallest = self._smallest(Wanted(code) for code in scanned)
        return list(dict.fromkeys(one.code for one in smallest if one.code))

    def stock_take(
        self,
        scanned: Sequence[str],
        place: frozenset[str] = frozenset(),
        approval: Approval | None = None,
    ) -> Outcome:
        """Compare scanned boxes with the shelf: missing ones and surplus are posted with reasons.

        `place` limits the comparison to these items; without it, to the items that were scanned.
        A pack is not missed: its boxes are.
        """
        gone, too_many = self.differences(scanned, place)
        scanned = self._counted(scanned)
        surplus = [Wanted(code) for code in too_many]
        outcome = Outcome()
        if surplus:
            outcome = self.post(MovementKind.SURPLUS, surplus, reason="盘盈", approval=approval)
        for code in scanned:
            state = self._boxes.state(code)
            if state not in (*_ABSENT, BoxState.ON_SHELF):
                outcome.refused.append(Refused(code, "", _why(state)))
        missing = [Wanted(code) for code in sorted(gone)]
        if missing:
            loss = self.post(MovementKind.LOSS, missing, reason="盘亏", approval=approval)
            outcome.moved += loss.moved
            outcome.refused += loss.refused
            outcome.number = outcome.number or loss.number
        number = self._count(scanned)
        outcome.number = number or outcome.number
        return outcome

    def _count(self, scanned: Sequence[str]) -> str | None:
        """What was counted, as a document that is told to the platform; its number."""
        there = (code for code in dict.fromkeys(scanned) if self._here(code))
        made: dict[tuple[str, Batch], MovementLine] = {}
        for code in there:
            item, batch = self._what(Wanted(code))
            if item is not None:
                line = made.get((item.code, batch)) or MovementLine(item, batch)
                made[item.code, batch] = replace(
                    line, quantity=line.quantity + 1, codes=(*line.codes, code)
                )
        if not made:
            return None
        now, number = self._clock.now(), self._events.take_document()
        lines = tuple(made.values())
        counted = Movement(number, MovementKind.COUNT, now, self._who.operator, lines=lines)
        uploads = count_lines(
            number=number,
            at=now,
            counted=lines,
            sender=self._who.sender(),
            profile=self._profile,
            memo="盘点",
        )
        self._boxes.post_movement(counted, uploads)
        self._wake_courier(False)
        return number

    def _here(self, code: str) -> bool:
        return self._boxes.state(code) is BoxState.ON_SHELF

    def _drug(self, code: str) -> Item | None:
        record = self._boxes.record(code)
        return self._catalogue.find_item(record.item) if record else self._boxes.drug_of_code(code)

    def recall(self, key: str, value: str, reason: str = "") -> Recall:
        """Hold everything this names (lot, drug, supplier, code); it refuses to sell at once."""
        actor = self._who.actor()
        today = actor.at.date()
        if key == "supplier":  # as the documents that it stands on have it
            value = kept(value, today)
        recall = Recall(self._events.take_document(), key, value, kept(reason, today))
        self._boxes.open_recall(actor, recall)
        return recall

    def end_recall(self, number: str) -> bool:
        """Let its boxes be sold again."""
        return self._boxes.close_recall(self._who.actor(), number)


_ABSENT = (None, BoxState.MISSING)


def _why(state: BoxState | None) -> WhyNot:
    if state in (BoxState.SOLD, BoxState.OPENED, BoxState.USED_UP):
        return WhyNot.SOLD
    return WhyNot.ALREADY_HERE if state is BoxState.ON_SHELF else WhyNot.AWAY
