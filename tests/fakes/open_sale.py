"""The ledger's ports around an open sale for tests, over the sales that `KeptSales` keeps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from pharmacy_desk.core.basics.actor import Actor
from pharmacy_desk.core.basics.events import Event
from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.catalogue.drugs import Item
from pharmacy_desk.core.people.sealing import SealedData
from pharmacy_desk.core.ports.basket import Undone
from pharmacy_desk.core.ports.reservations import Reservations
from pharmacy_desk.core.ports.sales import ReturnSlip
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.core.sale.limits import Bought, LimitHit, LimitList
from pharmacy_desk.core.sale.online import OnlineOrder
from pharmacy_desk.core.sale.prescription import Prescribed, Prescription, RxOrder
from pharmacy_desk.core.sale.refund import CameBack, ReturnDocument
from pharmacy_desk.core.sale.sale import Cover, Line, Repriced, Sale
from pharmacy_desk.core.sale.settlement import Asked, Outcome, SettlementState
from pharmacy_desk.core.sale.tender import EXACT_CASH, Tendered
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.core.stock.facts import Earlier
from pharmacy_desk.core.stock.reservation import Claim, Unheard, Word
from pharmacy_desk.core.upload.outbox import OutboxLine
from pharmacy_desk.core.upload.profile import Profile
from pharmacy_desk.counter.people.at_counter import AtCounter
from pharmacy_desk.counter.people.roster import Roster
from pharmacy_desk.counter.sale.limits import Limits
from pharmacy_desk.counter.sale.open_sale import OpenSale, SalePorts
from tests.conftest import FixedClock
from tests.fakes.ledger import (
    KeptBoxes,
    KeptCatalogue,
    KeptDuty,
    KeptEvents,
    KeptNoCode,
    KeptOutbox,
    KeptPeople,
    KeptSales,
)
from tests.fakes.persons import KeptPersons
from tests.fakes.reservations import ToldReservations


@dataclass
class KeptBasket:
    """`BasketLedger` for quantities: boxes with codes are the real ledger's."""

    sales: KeptSales
    claims: dict[str, Earlier] = field(default_factory=dict)

    def earlier(self, code: str) -> Earlier | None:
        return self.claims.get(code)

    def ask_item(self, actor: Actor, sale: str, item: Item, boxes: int) -> None:
        now = self.sales.kept[sale]
        line = Line(len(now.lines) + 1, item, boxes, item.price_fen)
        self.sales.kept[sale] = replace(now, lines=(*now.lines, line))

    def ask_less(self, actor: Actor, sale: str, line: int, boxes: int) -> None:
        now = self.sales.kept[sale]
        lines = tuple(
            replace(one, asked=one.asked - boxes) if one.number == line else one
            for one in now.lines
        )
        self.sales.kept[sale] = replace(now, lines=lines)

    def reprice(
        self,
        actor: Actor,
        sale: str,
        line: int,
        price_fen: int,
        reason: str,
        approver: str = "",
    ) -> None:
        now = self.sales.kept[sale]
        lines = tuple(
            replace(one, price_fen=price_fen, repriced=Repriced(one.list_fen, reason))
            if one.number == line
            else one
            for one in now.lines
        )
        self.sales.kept[sale] = replace(now, lines=lines)

    def reserve(
        self,
        actor: Actor,
        sale: Sale,
        verdict: Verdict,
        raw: RawScan,
        line: int | None = None,
        units: int | None = None,
        typed: bool = False,
        reviewer: str = "",
    ) -> Sale | Earlier:
        raise AssertionError("whether a code is free only the real ledger knows")

    def undo_last(self, actor: Actor, sale: str) -> Undone | None:
        now = self.sales.kept[sale]
        self.sales.kept[sale] = replace(now, lines=now.lines[:-1])
        return Undone(None, now.lines[-1].item.name) if now.lines else None

    def remove_line(self, actor: Actor, sale: str, line: int) -> None:
        now = self.sales.kept[sale]
        left = tuple(one for one in now.lines if one.number != line)
        self.sales.kept[sale] = replace(now, lines=left)


@dataclass
class KeptMarks:
    """`MarkLedger`: lines that are gifts, and the online order of each sale."""

    gifts: list[tuple[str, int]] = field(default_factory=list)
    orders: dict[str, OnlineOrder | None] = field(default_factory=dict)

    def newest_entry(self, sale: str) -> tuple[int, int] | None:
        return None

    def turn_gift(self, actor: Actor, sale: str, line: int, entry: int | None) -> int:
        self.gifts.append((sale, line))
        return line

    def set_order(self, actor: Actor, sale: str, order: OnlineOrder | None) -> None:
        self.orders[sale] = order

    def order_taken(self, order: OnlineOrder, but: str) -> str | None:
        return next((n for n, o in self.orders.items() if o == order and n != but), None)


@dataclass
class KeptSettlements:
    """`SettlementLedger`: what was asked, by the sale it was asked for, and what became of it."""

    asked: dict[str, Asked] = field(default_factory=dict)
    ended: list[tuple[str, Outcome]] = field(default_factory=list)

    def ask_settlement(
        self,
        actor: Actor,
        sale: str,
        payment: PaymentKind,
        tendered_fen: int | None,
        approval: Event | None = None,
        msgid: str | None = None,
        covers: Mapping[int, Cover] | None = None,
        tendered: Tendered = EXACT_CASH,
    ) -> Asked:
        made = Asked(
            f"A{sale}",
            sale,
            sale,
            payment,
            SettlementState.ASKED,
            tendered_fen,
            msgid=msgid,
            tendered=tendered,
        )
        self.asked[sale] = made
        return made

    def undecided_settlement(self, sale: str) -> Asked | None:
        found = self.asked.get(sale)
        return found if found and found.state.undecided else None

    def undecided_settlements(self) -> tuple[Asked, ...]:
        return tuple(one for one in self.asked.values() if one.state.undecided)

    def standing_settlements(self) -> tuple[Asked, ...]:
        found = self.asked.values()
        return tuple(one for one in found if one.state is SettlementState.SETTLED)

    def end_settlement(self, actor: Actor, asked: str, outcome: Outcome) -> None:
        sale = next(one.sale for one in self.asked.values() if one.id == asked)
        self.asked[sale] = replace(self.asked[sale], state=outcome.state)
        self.ended.append((asked, outcome))


@dataclass
class KeptPrescriptions:
    """`PrescriptionLedger`: prescriptions as they were told, and the sale each was put to."""

    kept: dict[str, Prescription] = field(default_factory=dict)
    put: dict[str, str | None] = field(default_factory=dict)
    told: list[RxOrder] = field(default_factory=list)

    def keep_prescription(
        self,
        actor: Actor,
        sale: str,
        order: RxOrder,
        drugs: tuple[Prescribed, ...],
        keep_until: date,
    ) -> Prescription:
        made = Prescription(
            id=f"RX{len(self.kept) + 1}",
            number=order.number,
            institution=order.institution,
            area=order.area,
            prescriber=order.prescriber,
            issued=order.issued or actor.at.date(),
            drugs=drugs,
            checkers=order.checkers,
        )
        known = self.find_prescription(order.number, order.institution, sale) or made
        self.kept[known.id], self.put[sale] = known, known.id
        self.told.append(order)
        return known

    def set_prescription(self, actor: Actor, sale: str, prescription: str | None) -> None:
        self.put[sale] = prescription

    def open_sealed(self, actor: Actor, reference: str, why: str) -> SealedData | None:
        return None

    def find_prescription(self, number: str, institution: str, sale: str) -> Prescription | None:
        told = (number, institution)
        return next((p for p in self.kept.values() if (p.number, p.institution) == told), None)


@dataclass
class KeptReturns:
    """`ReturnsLedger`: the documents by which boxes came back."""

    documents: list[ReturnDocument] = field(default_factory=list)
    slips: list[ReturnSlip] = field(default_factory=list)

    def came_back(self, sale: str) -> tuple[CameBack, ...]:
        return ()

    def sold_uncoded_line(self, document: str, item: str, price_fen: int) -> OutboxLine | None:
        return None

    def post_return(
        self, actor: Actor, document: ReturnDocument, lines: Sequence[OutboxLine]
    ) -> bool:
        self.documents.append(document)
        return True

    def restore_box(
        self, slip: ReturnSlip, line: OutboxLine | None, approval: Event, at: datetime
    ) -> bool:
        self.slips.append(slip)
        return True


NO_LIST = LimitList("none", None, ())


@dataclass
class KeptLimits:
    """`LimitLedger`: lists that were brought, what was said, and what a person bought before."""

    lists: list[LimitList] = field(default_factory=list)
    said: list[tuple[str, PaymentKind, LimitHit]] = field(default_factory=list)
    before: dict[str, tuple[Bought, ...]] = field(default_factory=dict)

    def limit_lists(self) -> tuple[LimitList, ...]:
        return tuple(self.lists)

    def keep_limits(self, actor: Actor, kept: LimitList) -> bool:
        self.lists.append(kept)
        return True

    def note_limits(
        self, actor: Actor, sale: str, payment: PaymentKind, hits: Sequence[LimitHit]
    ) -> None:
        self.said += [(sale, payment, hit) for hit in hits]

    def bought(self, fingerprint: str, since: date, but: str) -> tuple[Bought, ...]:
        return tuple(one for one in self.before.get(fingerprint, ()) if one.on >= since)


@dataclass
class KeptDoubts:
    """`DoubtLedger`: claims nobody could answer, and what they turned out to be."""

    open: list[Claim] = field(default_factory=list)
    settled: list[tuple[Actor, Claim, Earlier | None]] = field(default_factory=list)
    words: list[Unheard] = field(default_factory=list)

    def doubts(self) -> tuple[Claim, ...]:
        return tuple(self.open)

    def settle_doubt(self, actor: Actor, claim: Claim, taken: Earlier | None) -> None:
        self.open.remove(claim)
        self.settled.append((actor, claim, taken))

    def unheard(self, code: str | None = None) -> tuple[Unheard, ...]:
        return tuple(one for one in self.words if code in (None, one.code))

    def heard(self, ids: Sequence[int]) -> None:
        self.words = [one for one in self.words if one.id not in ids]

    def tell_later(self, word: Word, sale: str, code: str) -> None:
        self.words.append(Unheard(len(self.words) + 1, word, sale, code))


@dataclass
class KeptLedger:
    """Every port that a till needs; `till` is one over them."""

    sales: KeptSales = field(default_factory=KeptSales)
    marks: KeptMarks = field(default_factory=KeptMarks)
    settlements: KeptSettlements = field(default_factory=KeptSettlements)
    returns: KeptReturns = field(default_factory=KeptReturns)
    limits: KeptLimits = field(default_factory=KeptLimits)
    prescriptions: KeptPrescriptions = field(default_factory=KeptPrescriptions)
    doubts: KeptDoubts = field(default_factory=KeptDoubts)
    boxes: KeptBoxes = field(default_factory=KeptBoxes)
    no_code: KeptNoCode = field(default_factory=KeptNoCode)
    catalogue: KeptCatalogue = field(default_factory=KeptCatalogue)
    people: KeptPeople = field(default_factory=KeptPeople)
    duty: KeptDuty = field(default_factory=KeptDuty)
    outbox: KeptOutbox = field(default_factory=KeptOutbox)
    events: KeptEvents = field(default_factory=KeptEvents)
    door: Reservations = field(default_factory=ToldReservations)
    settings: Settings = field(default_factory=lambda: Settings({}, practice=True))

    def __post_init__(self) -> None:
        self.basket = KeptBasket(self.sales)
        self.persons = KeptPersons(self.sales)

    def open_sale(self, clock: FixedClock, profile: Profile) -> OpenSale:
        return OpenSale(
            SalePorts(
                sales=self.sales,
                basket=self.basket,
                gifts=self.marks,
                settlements=self.settlements,
                returns=self.returns,
                claims=self.doubts,
                persons=self.persons,
                sealed=self.persons.sealed,
                prescriptions=self.prescriptions,
                boxes=self.boxes,
                no_code=self.no_code,
                no_code_sales=self.no_code,
                catalogue=self.catalogue,
                people=self.people,
                outbox=self.outbox,
                events=self.events,
            ),
            who=AtCounter(people=self.people, clock=clock, settings=lambda: self.settings),
            roster=Roster(self.duty, self.people),
            clock=clock,
            settings=lambda: self.settings,
            profile=profile,
            door=self.door,
            limits=Limits(self.limits, lambda: NO_LIST, lambda: self.settings, profile),
        )
