"""The ledger's write ports for tests: each keeps what it is told in a list, a dict or a set.

They know no rule of the trade. A test that needs one (a code that is taken, a chain that is
whole) takes the real ledger.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.events import Event
from pharmacy_desk.core.catalogue.drug_list import ALL_COLUMNS
from pharmacy_desk.core.catalogue.drugs import Batch, Item, MapEntry
from pharmacy_desk.core.catalogue.drugs import Mapping as MapRow
from pharmacy_desk.core.people.duty import Entry, Points
from pharmacy_desk.core.people.people import Operator, Person
from pharmacy_desk.core.ports.outbox import StoredMessage
from pharmacy_desk.core.sale.judge import BoxFacts
from pharmacy_desk.core.sale.past import Finding, PastFile, PastProgress, PastRow
from pharmacy_desk.core.sale.sale import Sale, SaleState
from pharmacy_desk.core.sale.shift import Closing, ClosingKind, Count, Pending, Shift, Totals
from pharmacy_desk.core.sale.ticket import TillTold
from pharmacy_desk.core.scanning.scan import Reading
from pharmacy_desk.core.stock.custody import BoxState
from pharmacy_desk.core.stock.drafts import RECEIVING, DraftStep
from pharmacy_desk.core.stock.facts import BoxRecord, PackFacts, Recall
from pharmacy_desk.core.stock.movement import Movement, PackRelation, StockLot
from pharmacy_desk.core.stock.no_code import Bar, Draft, NoCodeEntry, NoCodeState
from pharmacy_desk.core.stock.supplier_words import SupplierWords
from pharmacy_desk.core.upload.outbox import Became, OutboxLine
from pharmacy_desk.core.upload.sold_there import Gap, SoldThere


@dataclass
class KeptEvents:
    """`EventLedger`: numbers in order, and the events one after the other."""

    noted: list[Event] = field(default_factory=list)
    taken: int = 0

    def take_document(self) -> str:
        self.taken += 1
        return f"01-TEST-{self.taken}"

    def note(self, event: Event) -> None:
        self.noted.append(event)


@dataclass
class KeptSales:
    """`SalesLedger`: sales by number, in the order they were opened."""

    kept: dict[str, Sale] = field(default_factory=dict)
    printed: set[str] = field(default_factory=set)
    told: list[tuple[str, str, Actor]] = field(default_factory=list)

    def open_sale(self, actor: Actor) -> Sale:
        sale = Sale(f"S{len(self.kept) + 1}", SaleState.OPEN, "01", actor.operator, actor.at)
        self.kept[sale.number] = sale
        return sale

    def _became(self, sale: str, state: SaleState, actor: Actor) -> None:
        held = actor.at if state is SaleState.HELD else None
        self.kept[sale] = replace(self.kept[sale], state=state, held_at=held)
        self.told.append((sale, state.value, actor))

    def hold(self, actor: Actor, sale: str) -> None:
        self._became(sale, SaleState.HELD, actor)

    def resume(self, actor: Actor, sale: str) -> None:
        self._became(sale, SaleState.OPEN, actor)

    def void(self, actor: Actor, sale: str, expired: bool = False, reason: str = "") -> None:
        self._became(sale, SaleState.VOIDED, actor)

    def pay(
        self,
        actor: Actor,
        sale: Sale,
        lines: Sequence[OutboxLine],
        approval: Event | None = None,
        register_until: date | None = None,
        till: TillTold | None = None,
    ) -> None:
        self.kept[sale.number] = sale

    def load_sale(self, number: str) -> Sale | None:
        return self.kept.get(number)

    def find_sale(self, text: str) -> Sale | None:
        return next((s for n, s in self.kept.items() if n.endswith(text)), None)

    def current_sale(self) -> Sale | None:
        return next((s for s in self.kept.values() if s.state is SaleState.OPEN), None)

    def held_sales(self) -> tuple[Sale, ...]:
        return tuple(s for s in self.kept.values() if s.state is SaleState.HELD)

    def unprinted(self, since: datetime) -> tuple[str, ...]:
        return tuple(number for number in self.kept if number not in self.printed)

    def printed_before(self, document: str) -> bool:
        return document in self.printed


@dataclass
class KeptCatalogue:
    """`CatalogueLedger`: items by code or barcode, and of a code the facts it is told."""

    items: list[Item] = field(default_factory=list)
    told: dict[str, BoxFacts] = field(default_factory=dict)
    batches: dict[str, Batch] = field(default_factory=dict)

    def facts(self, reading: Reading) -> BoxFacts:
        return self.told.get(reading.code or "", BoxFacts())

    def find_item(self, key: str) -> Item | None:
        return next((i for i in self.items if key in (i.code, *i.barcodes)), None)

    def find_by_insurance_code(self, code: str) -> Item | None:
        return next((i for i in self.items if code and i.insurance_code == code), None)

    def find_by_approval(self, approval: str, spec: str) -> Item | None:
        return next((i for i in self.items if (i.approval, i.spec) == (approval, spec)), None)

    def find_by_name(self, name: str, spec: str, maker: str = "") -> Item | None:
        return next((i for i in self.items if (i.name, i.spec) == (name, spec)), None)

    def find_supplied(self, words: SupplierWords) -> Item | None:
        return None

    def has_items(self) -> bool:
        return bool(self.items)

    def put_items(
        self,
        actor: Actor,
        items: Iterable[Item],
        dry_run: bool = False,
        columns: frozenset[str] = ALL_COLUMNS,
    ) -> tuple[int, int]:
        new = [] if dry_run else list(items)
        self.items += new
        return len(new), 0

    def add_drug(self, actor: Actor, item: Item, second: str = "") -> Item:
        made = replace(item, code=f"M{len(self.items) + 1}")
        self.items.append(made)
        return made

    def change_drug(self, actor: Actor, item: Item) -> bool:
        known = self.find_item(item.code)
        self.items = [item if one is known else one for one in self.items]
        return known is not None and known != item

    def set_batch(self, actor: Actor, item: str, batch: Batch) -> int:
        self.batches[item] = batch
        return 0


@dataclass
class KeptMappings:
    """`MapLedger`: the rows of the three-code map, each with who said it."""

    rows: dict[tuple[str, str], MapEntry] = field(default_factory=dict)

    def put_mapping(self, actor: Actor, mapping: MapRow) -> None:
        key = mapping.identification, mapping.item
        self.rows[key] = MapEntry(mapping, actor.operator, actor.at)

    def put_mappings(self, actor: Actor, mappings: Sequence[MapRow]) -> None:
        for mapping in mappings:
            self.put_mapping(actor, mapping)

    def unmap(self, actor: Actor, identification: str, item: str, reason: str) -> bool:
        return self.rows.pop((identification, item), None) is not None

    def map_entries(self, identification: str) -> tuple[MapEntry, ...]:
        return tuple(e for (known, _), e in self.rows.items() if known == identification)


@dataclass
class KeptPeople:
    """`PeopleLedger`: who works here, their PINs as they are."""

    here: dict[str, Person] = field(default_factory=dict)
    pins: dict[str, str] = field(default_factory=dict)
    badges: dict[str, str] = field(default_factory=dict)
    counter_locked: bool = False

    def put_operator(self, actor: Actor, person: Operator, pin: str | None) -> None:
        self.here[person.id] = Person(person)
        self.pins[person.id] = pin or self.pins[person.id]

    def operator(self, number: str) -> Operator | None:
        found = self.here.get(number)
        return found.operator if found and found.active else None

    def people(self) -> tuple[Person, ...]:
        return tuple(self.here.values())

    def prove(self, actor: Actor, person: str, pin: str) -> Operator | str:
        known = self.operator(person)
        return known if known and self.pins[person] == pin else "bad_pin"

    def set_active(self, actor: Actor, person: str, *, active: bool) -> bool:
        was = self.here[person]
        self.here[person] = replace(was, active=active)
        return was.active != active

    def free_operator(self, actor: Actor, person: str) -> bool:
        return False

    def set_badge(self, actor: Actor, person: str, text: str | None) -> bool:
        self.badges = {t: who for t, who in self.badges.items() if who != person}
        if text in self.badges:
            return False
        self.badges |= {text: person} if text else {}
        return True

    def badge_holder(self, text: str) -> Operator | None:
        return self.operator(self.badges.get(text, ""))

    def lock_counter(self, actor: Actor, why: str) -> None:
        self.counter_locked = True

    def note_sign_in(self, person: Operator, way: str, at: datetime) -> None:
        self.counter_locked = False


@dataclass
class KeptShifts:
    """`ShiftLedger`: the open shift, and what was closed; nothing is added up."""

    shift: Shift | None = None
    closed: list[Closing] = field(default_factory=list)

    def current_shift(self) -> Shift | None:
        return self.shift

    def open_shift(self, actor: Actor, float_fen: int) -> Shift:
        self.shift = Shift("B1", actor.at, actor.operator, float_fen)
        return self.shift

    def shift_totals(self) -> Totals:
        return Totals()

    def day_totals(self, actor: Actor) -> Totals:
        return Totals()

    def pending(self) -> Pending:
        return Pending()

    def close_shift(self, actor: Actor, count: Count) -> Closing | None:
        shift, self.shift = self.shift, None
        return self._keep(ClosingKind.SHIFT, actor, shift, count) if shift else None

    def close_day(self, actor: Actor) -> Closing:
        return self._keep(ClosingKind.DAY, actor)

    def _keep(
        self,
        kind: ClosingKind,
        actor: Actor,
        shift: Shift | None = None,
        count: Count | None = None,
    ) -> Closing:
        made = Closing(
            kind, f"C{len(self.closed)}", actor.at, actor.operator, Totals(), Pending(), "", shift,
            count,
        )  # fmt: skip
        self.closed.append(made)
        return made

    def closing(self, number: str) -> Closing | None:
        return next((one for one in self.closed if one.number == number), None)

    def closings(self, most: int) -> tuple[Closing, ...]:
        return tuple(reversed(self.closed))[:most]


@dataclass
class KeptDuty:
    """`DutyLedger`: who has signed on since when, and the register's entries."""

    on: dict[str, datetime] = field(default_factory=dict)
    register: dict[str, Entry] = field(default_factory=dict)

    def signed_on(self) -> tuple[tuple[str, datetime], ...]:
        return tuple(self.on.items())

    def sign_on(self, actor: Actor, person: str) -> bool:
        self.on[person] = actor.at
        return True

    def sign_off(self, actor: Actor, person: str) -> bool:
        return self.on.pop(person, None) is not None

    def entries(self) -> tuple[Entry, ...]:
        return tuple(self.register.values())

    def keep_entry(self, actor: Actor, entry: Entry) -> None:
        known = self.register.get(entry.person, entry)
        self.register[entry.person] = replace(entry, notices=known.notices)

    def enter_points(self, actor: Actor, person: str, points: Points) -> bool:
        known = self.register.get(person, Entry(person))
        if any(one.notice == points.notice for one in known.notices):
            return False
        self.register[person] = replace(known, notices=(*known.notices, points))
        return True

    def withdraw_points(self, actor: Actor, person: str, notice: str) -> bool:
        known = self.register.get(person, Entry(person))
        left = tuple(one for one in known.notices if one.notice != notice)
        self.register[person] = replace(known, notices=left)
        return left != known.notices


@dataclass
class KeptBoxes:
    """`BoxLedger`: documents, recalls, packs and stock as they were posted."""

    records: dict[str, BoxRecord] = field(default_factory=dict)
    posted: list[tuple[Movement, DraftStep | None]] = field(default_factory=list)
    open: dict[str, Recall] = field(default_factory=dict)
    packs: list[PackRelation] = field(default_factory=list)
    stock: list[StockLot] = field(default_factory=list)

    def record(self, code: str) -> BoxRecord | None:
        return self.records.get(code)

    def state(self, code: str) -> BoxState | None:
        found = self.records.get(code)
        return found.state if found else None

    def drug_of_code(self, code: str) -> Item | None:
        return None

    def shelf(self, items: frozenset[str]) -> frozenset[str]:
        here = self.records.items()
        return frozenset(c for c, r in here if r.item in items and r.state is BoxState.ON_SHELF)

    def recalls(self) -> tuple[Recall, ...]:
        return tuple(self.open.values())

    def post_movement(
        self, movement: Movement, uploads: Sequence[OutboxLine], draft: DraftStep | None = None
    ) -> None:
        self.posted.append((movement, draft))

    def put_packs(self, actor: Actor, relations: Iterable[PackRelation]) -> int:
        before = len(self.packs)
        self.packs += [one for one in relations if one not in self.packs]
        return len(self.packs) - before

    def put_stock(self, actor: Actor, stock: Iterable[StockLot]) -> int:
        before = len(self.stock)
        self.stock += [one for one in stock if one not in self.stock]
        return len(self.stock) - before

    def open_recall(self, actor: Actor, recall: Recall) -> None:
        self.open[recall.number] = recall

    def close_recall(self, actor: Actor, number: str) -> bool:
        return self.open.pop(number, None) is not None

    def pack(self, code: str) -> PackFacts | None:
        return None


@dataclass
class KeptDrafts:
    """`DraftLedger`: unfinished receivings by number, and what suppliers' headers mean."""

    bodies: dict[str, str] = field(default_factory=dict)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    drugs: dict[tuple[str, str, str, str], str] = field(default_factory=dict)
    by: list[Actor] = field(default_factory=list)

    def put_draft(self, actor: Actor, number: str, body: str, kind: str = RECEIVING) -> None:
        self.bodies[number] = body
        self.by.append(actor)

    def drop_draft(self, number: str) -> None:
        self.bodies.pop(number, None)

    def learned_headers(self) -> dict[str, dict[str, str]]:
        return self.headers

    def learn_headers(self, actor: Actor, party: str, names: Mapping[str, str]) -> None:
        self.headers[party] = dict(names)
        self.by.append(actor)

    def learn_drug(self, actor: Actor, words: SupplierWords, item: str) -> None:
        self.drugs[words.key] = item
        self.by.append(actor)


@dataclass
class KeptNoCode:
    """`NoCodeLedger` and `NoCodeSales`: entries by number; what was taken for which line."""

    entries: dict[str, NoCodeEntry] = field(default_factory=dict)
    taken: list[tuple[str, int, str]] = field(default_factory=list)

    def no_code_entry(self, number: str) -> NoCodeEntry | None:
        return self.entries.get(number)

    def keep_no_code(self, actor: Actor, draft: Draft) -> NoCodeEntry:
        made = NoCodeEntry(
            number=f"N{len(self.entries) + 1}", item=draft.item, batch=draft.batch,
            quantity=draft.quantity, used=0, reason=draft.reason, bought_on=draft.bought_on,
            evidence=draft.evidence, state=NoCodeState.PROPOSED, at=actor.at,
            operator=actor.operator,
        )  # fmt: skip
        self.entries[made.number] = made
        return made

    def approve_no_code(
        self, actor: Actor, number: str, approver: str, approval: Event | None = None
    ) -> bool:
        return number in self.entries

    def close_no_code(self, actor: Actor, number: str, why: str) -> bool:
        return self.entries.pop(number, None) is not None

    def sold_no_code_line(
        self, document: str, item: str, batch: Batch, price_fen: int
    ) -> OutboxLine | None:
        return None

    def take_no_code(
        self, actor: Actor, sale: str, line: int, number: str, today: date
    ) -> Bar | None:
        self.taken.append((sale, line, number))
        return None


@dataclass
class KeptOutbox:
    """`OutboxLedger`: message numbers in order; which lines became what, and were asked for."""

    became: list[Became] = field(default_factory=list)
    stored: dict[str, StoredMessage] = field(default_factory=dict)
    again: list[tuple[Actor, str]] = field(default_factory=list)
    given: int = 0

    def store_messages(self, messages: Sequence[StoredMessage], at: datetime) -> None:
        self.stored |= {one.msgid: one for one in messages}

    def message(self, msgid: str) -> StoredMessage | None:
        return self.stored.get(msgid)

    def take_msgids(self, at: datetime, counter: str, count: int) -> tuple[str, ...]:
        self.given += count
        return tuple(f"{at:%Y%m%d%H%M%S}{n:04d}" for n in range(self.given - count, self.given))

    def settle_lines(self, became: Sequence[Became], at: datetime) -> None:
        self.became += became

    def requeue(self, actor: Actor, keys: Sequence[str]) -> int:
        self.again += [(actor, key) for key in keys]
        return len(keys)

    def sold_line(self, document: str, code: str) -> OutboxLine | None:
        return None

    def recover_sending(self, at: datetime) -> int:
        return 0


@dataclass
class KeptSoldThere:
    """`SoldThereLedger`: the days to be asked about, and what was found sold on them."""

    gap: Gap | None = None
    found: list[SoldThere] = field(default_factory=list)
    ended: list[bool] = field(default_factory=list)

    def settle_elsewhere(
        self, lines: Sequence[OutboxLine], words: Mapping[str, str], msgid: str | None, at: datetime
    ) -> None:
        raise AssertionError("nothing here was sent")

    def gap_to_ask(self) -> Gap | None:
        return self.gap

    def mark_sold_there(
        self, sold: Sequence[SoldThere], left: Gap, infno: str, at: datetime
    ) -> Gap:
        self.found += sold
        self.gap = left
        return left

    def end_asking(self, at: datetime, *, asked: bool) -> None:
        self.gap = None
        self.ended.append(asked)


@dataclass
class KeptTyped:
    """`TypedLedger`: which codes were typed on, and which of them by a person's word."""

    kept: list[tuple[str, str, bool]] = field(default_factory=list)

    def keep_typed(self, actor: Actor, sale: str, code: str, *, by_person: bool) -> None:
        self.kept.append((sale, code, by_person))

    def typed(self, sale: str, codes: Sequence[str]) -> frozenset[str]:
        return frozenset(code for number, code, _ in self.kept if number == sale and code in codes)


@dataclass
class KeptPast:
    """`PastLedger`: the old system's rows, and how far its file was taken."""

    rows: list[PastRow] = field(default_factory=list)
    said: list[Finding] = field(default_factory=list)
    taken: PastProgress = field(default_factory=PastProgress)

    def mapped(self) -> frozenset[str]:
        return frozenset()

    def progress(self, file: PastFile) -> PastProgress:
        return self.taken

    def keep(
        self,
        actor: Actor,
        file: PastFile,
        last_row: int,
        rows: Sequence[PastRow],
        findings: Sequence[Finding],
    ) -> int:
        self.rows += rows
        self.said += findings
        return len(rows)

    def look_through(self, rows: Sequence[PastRow]) -> tuple[int, tuple[Finding, ...]]:
        return len(rows), ()

    def finish(self, actor: Actor, file: PastFile) -> None:
        return None

    def findings(self, file: PastFile) -> tuple[Finding, ...]:
        return tuple(self.said)
