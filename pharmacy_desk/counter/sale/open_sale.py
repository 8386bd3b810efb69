"""The open sale: from its first line to its payment. Every method runs on the desk lane."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pharmacy_desk.core.basics.numbers import message_id
from pharmacy_desk.core.basics.policy import Reason
from pharmacy_desk.core.catalogue.drugs import Batch, Item
from pharmacy_desk.core.people.free_text import kept
from pharmacy_desk.core.people.people import Approval
from pharmacy_desk.core.people.sealing import Retention
from pharmacy_desk.core.ports.after_sale import ReturnsLedger
from pharmacy_desk.core.ports.basket import BasketLedger, Undone
from pharmacy_desk.core.ports.boxes import BoxLedger
from pharmacy_desk.core.ports.catalogue import CatalogueLedger
from pharmacy_desk.core.ports.doors import Clock
from pharmacy_desk.core.ports.events import EventLedger
from pharmacy_desk.core.ports.marks import MarkLedger
from pharmacy_desk.core.ports.no_code import NoCodeLedger, NoCodeSales
from pharmacy_desk.core.ports.outbox import OutboxLedger
from pharmacy_desk.core.ports.people import PeopleLedger
from pharmacy_desk.core.ports.persons import PersonLedger
from pharmacy_desk.core.ports.prescriptions import PrescriptionLedger
from pharmacy_desk.core.ports.reservations import DoubtLedger, Reservations
from pharmacy_desk.core.ports.sales import ReturnSlip, SalesLedger
from pharmacy_desk.core.ports.sealed import SealedRecords
from pharmacy_desk.core.ports.settlement import SettlementLedger
from pharmacy_desk.core.sale.counting import MOST_BOXES, CountRefusal, asked_after
from pharmacy_desk.core.sale.gate.facts import NOTHING_TOLD, Refusal, Told
from pharmacy_desk.core.sale.gate.limit import found as limits_found
from pharmacy_desk.core.sale.gate.rules import blocking, gate
from pharmacy_desk.core.sale.gifts import GiftRefusal, gift_refusal
from pharmacy_desk.core.sale.limits import LimitKind, disease_code
from pharmacy_desk.core.sale.online import OnlineOrder
from pharmacy_desk.core.sale.prescription import Checkers
from pharmacy_desk.core.sale.prices import DISCOUNT_LIMITS, PriceRefusal, price_refusal
from pharmacy_desk.core.sale.refund import Wanted
from pharmacy_desk.core.sale.restore import RestoreRefusal, restore_refusal
from pharmacy_desk.core.sale.sale import (
    Box,
    Line,
    PaymentKind,
    Sale,
    SaleOrigin,
    SaleState,
    Settlement,
)
from pharmacy_desk.core.sale.settlement import Asked, Outcome, Preview
from pharmacy_desk.core.sale.tender import (
    EXACT_CASH,
    Rounding,
    Taken,
    Tender,
    Tendered,
    TenderKind,
    as_told,
    take,
)
from pharmacy_desk.core.sale.ticket import TillTold
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.core.stock.facts import BoxRecord, ClaimState, Earlier
from pharmacy_desk.core.stock.movement import Movement, MovementKind, MovementLine
from pharmacy_desk.core.stock.no_code import Bar, Term
from pharmacy_desk.core.stock.reservation import Answer, Claim, NotKnown, TakenBy
from pharmacy_desk.core.upload.dispensed import Handlers, dispensed_lines
from pharmacy_desk.core.upload.message import Sender, return_line, sale_lines
from pharmacy_desk.core.upload.movements import movement_lines
from pharmacy_desk.core.upload.outbox import Channel, OutboxLine
from pharmacy_desk.core.upload.profile import Profile
from pharmacy_desk.counter.answers import (
    ReturnAnswer,
    ReturnDid,
    UnitsDid,
    not_restored,
    returned,
)
from pharmacy_desk.counter.people.at_counter import AtCounter
from pharmacy_desk.counter.people.roster import Roster
from pharmacy_desk.counter.sale.customer import Customer
from pharmacy_desk.counter.sale.goods_back import GoodsBack
from pharmacy_desk.counter.sale.keeper import Keeper
from pharmacy_desk.counter.sale.limits import Limits
from pharmacy_desk.counter.sale.second_look import SecondLook

# What the document says by which a missing box is booked in again.
FOUND_AGAIN = "盘点记为缺失，现又找到"


@dataclass(frozen=True, slots=True)
class PayOrder:
    """How the person wants to pay. `settled` is what the insurance's own terminal told, typed.

    `preview` is the split that was shown and confirmed; without one it is asked for unseen.
    `tendered_fen` is the cash that was handed over, `tendered` what is told of other tenders.
    """

    payment: PaymentKind
    settled: Settlement | None = None
    tendered_fen: int | None = None
    tendered: Tendered = EXACT_CASH
    approved: frozenset[Reason] = frozenset()
    approval: Approval | None = None
    preview: Preview | None = None

    @property
    def handed(self) -> Tendered:
        """All that was told of the customer's tenders, cash first."""
        if not self.tendered_fen:
            return self.tendered
        cash = Tender(TenderKind.CASH, self.tendered_fen)
        return replace(self.tendered, told=(cash, *self.tendered.told))

    @property
    def cash_fen(self) -> int | None:
        """The cash that was handed over, in fen; None where nobody counted any."""
        told = [one.amount_fen for one in self.handed.told if one.kind is TenderKind.CASH]
        return sum(told) if told else self.tendered_fen


class OpenSale:
    """Holds the open sale as the ledger has it.

    A scanned box is added in memory as it was in the ledger (`Sale.with_box`); after every other
    step the sale is read back. `door` leads to who keeps the reservations of codes: it is asked
    before the ledger writes, and told after what the ledger has written for it.
    """

    def __init__(
        self,
        *,
        sales: SalesLedger,
        basket: BasketLedger,
        gifts: MarkLedger,
        settlements: SettlementLedger,
        returns: ReturnsLedger,
        claims: DoubtLedger,
        persons: PersonLedger,
        sealed: SealedRecords,
        prescriptions: PrescriptionLedger,
        boxes: BoxLedger,
        no_code: NoCodeLedger,
        no_code_sales: NoCodeSales,
        catalogue: CatalogueLedger,
        people: PeopleLedger,
        who: AtCounter,
        roster: Roster,
        outbox: OutboxLedger,
        events: EventLedger,
        clock: Clock,
        settings: Callable[[], Settings],
        profile: Profile,
        door: Reservations,
        limits: Limits,
    ) -> None:
        self.limits = limits
        self.who = who
        self._sales = sales
        self._basket = basket
        self._gifts = gifts
        self._settlements = settlements
        self._returns = returns
        self._claims = claims
        self._prescriptions = prescriptions
        self._boxes = boxes
        self._no_code_sales = no_code_sales
        self._catalogue = catalogue
        self._people = people
        self._outbox = outbox
        self._events = events
        self._clock = clock
        self._settings = settings
        self._profile = profile
        self.keeper = Keeper(door, claims)
        self.roster = roster
        self.second = SecondLook(
            boxes=boxes,
            catalogue=catalogue,
            roster=self.roster,
            clock=clock,
            settings=settings,
            profile=profile,
            limits=limits,
            suspended_since=lambda sale: self.customer.suspended_since(sale),
        )
        self.back = GoodsBack(
            sales=sales,
            returns=returns,
            no_code=no_code,
            outbox=outbox,
            events=events,
            keeper=self.keeper,
            sender=self.who.sender,
            profile=profile,
        )
        self.customer = Customer(
            persons=persons,
            sealed=sealed,
            opened=self.open,
            reread=self.refresh,
            actor=self.who.actor,
            area=lambda: settings().text("store.area"),
            retention=profile.retention,
            rules=profile.special,
        )
        self.sale = sales.current_sale()
        # The line a person has put the keyboard on; it is known to this counter's memory only.
        self.chosen: int | None = None
        self._learn_settlements()

    @property
    def retention(self) -> Retention:
        """How long each kind of sealed record is kept in this region."""
        return self._profile.retention

    def _responsible(self, sale: Sale) -> Sender:
        """Who sends a sale: its pharmacist is who reviewed its prescription, where one did.

        The licence is that of the staff register; the one in the settings is the pharmacist's who
        is named there, and nobody else's.
        """
        sender, checkers = self.who.sender(), sale.prescription and sale.prescription.checkers
        number = (checkers.reviewer or checkers.checker) if checkers else ""
        known = self._people.operator(number) if number else None
        if known is None or known.name == sender.pharmacist:
            return sender
        entry = self.roster.entry(number)
        licence = entry.licence if entry else ""
        return replace(sender, pharmacist=known.name, pharmacist_cert=licence)

    def _handlers(self, sale: Sale) -> Handlers:
        """The names of those who reviewed, dispensed and checked its prescription."""
        told = sale.prescription.checkers if sale.prescription else Checkers()
        numbers = (told.reviewer, told.dispenser, told.checker)
        known = [self._people.operator(number) if number else None for number in numbers]
        return Handlers(*(person.name if person else "" for person in known))

    def open(self) -> Sale:
        """The open sale, opened if there is none."""
        if self.sale is None:
            self.sale = self._sales.open_sale(self.who.actor())
        return self.sale

    def claim(self, code: str) -> Answer:
        """Reserve a code for the open sale at the door; the ledger's own row comes after."""
        sale = self.open()
        claim = Claim(code, sale.number, sale.counter, self.who.operator, self._clock.now())
        return self.keeper.reserve(claim)

    def settle_doubts(self) -> tuple[tuple[Claim, Earlier], ...]:
        """Ask the door again for boxes it was silent about: those that somebody else has.

        A box that is ours loses its mark. One that is not leaves a sale that is not paid; of a
        paid one the ledger tells it.
        """
        claims = self._claims.doubts()
        if not claims:
            return ()
        lost = []
        for claim, answer in zip(claims, self.keeper.settle_doubts(claims), strict=True):
            if isinstance(answer, NotKnown):
                continue
            taken = answer.earlier if isinstance(answer, TakenBy) else None
            self._claims.settle_doubt(self.who.actor(), claim, taken)
            if taken:
                lost.append((claim, taken))
        self.refresh()
        return tuple(lost)

    def refresh(self) -> Sale | None:
        """Read the open sale back from the ledger; the line a person has chosen stays so."""
        before, self.sale = self.sale, self.customer.dressed(self._sales.current_sale())
        self._learn_settlements()
        same = before and self.sale and before.number == self.sale.number
        self.choose(self.chosen if same else None)
        return self.sale

    def _learn_settlements(self) -> None:
        """What was asked of the insurance and is not known yet: of the open sale, of held ones."""
        undecided = self._settlements.undecided_settlements()
        number = self.sale.number if self.sale else None
        self.settling = next((asked for asked in undecided if asked.sale == number), None)
        self.aside = tuple(asked for asked in undecided if asked.sale != number)

    def standing(self) -> tuple[tuple[Asked, Sale], ...]:
        """Settlements that could not be cancelled yet, each with its sale."""
        found = self._settlements.standing_settlements()
        sales = ((asked, self._sales.load_sale(asked.sale)) for asked in found)
        return tuple((asked, sale) for asked, sale in sales if sale)

    def put_aside(self, asked: str) -> Sale | None:
        """The held sale that this settlement is for; None when it is the open one's."""
        number = next((one.sale for one in self.aside if one.id == asked), None)
        return self._sales.load_sale(number) if number else None

    def ask_settlement(self, order: PayOrder, aside: Sale | None = None) -> Asked:
        """Write down that a sale's settlement is asked for; from here on it is locked.

        It is the open one, unless one that was put aside is asked for anew. The id of the
        message is on the disk before it is sent.
        """
        sale = aside or self.sale
        if sale is None:
            raise AssertionError("only an open sale is settled")
        actor = self.who.actor()
        approval = order.approval.event(actor.at, sale.number) if order.approval else None
        covered = self.second.covered(sale, order.payment)
        asked = self._settlements.ask_settlement(
            actor=actor,
            sale=sale.number,
            payment=order.payment,
            tendered_fen=order.tendered_fen,
            tendered=order.tendered,
            approval=approval,
            msgid=self.message_id(),
            covers={line.number: line.cover for line in covered.lines if line.cover},
        )
        self.refresh()
        return asked

    def message_id(self) -> str:
        """An id for one message to the platform, never given out before."""
        settings = self._settings()
        (tail,) = self._outbox.take_msgids(self._clock.now(), settings.text("counter.number"), 1)
        return message_id(settings.text("store.code"), tail)

    def covered(self, payment: PaymentKind) -> Sale | None:
        """The open sale with who would pay each line; as it was asked while that is not known."""
        if self.sale is None or self.settling:
            return self.sale
        return self.second.covered(self.sale, payment)

    def end_settlement(self, asked: str, outcome: Outcome) -> None:
        """Write down what became of a settlement."""
        self._settlements.end_settlement(self.who.actor(), asked, outcome)
        self._learn_settlements()

    def choose(self, line: int | None) -> None:
        """Say which line a person has the keyboard on; None for the usual one."""
        self.chosen = line if line is not None and self.line(line) else None

    def next_line(self, item: str, *, split: bool) -> int | None:
        """The number of the line that the next box of this drug goes to; None opens one."""
        sale = self.sale
        there = sale.line_for(item, split=split, chosen=self.chosen) if sale else None
        return there.number if there else None

    def box_in(self, sale: Sale, line: int | None) -> None:
        """A box is in, the sale is now this one; a box of another line ends the choice of one."""
        self.sale = sale
        self.choose(self.chosen if line == self.chosen else None)

    def turn_gift(self, number: int | None) -> Line | GiftRefusal:
        """Make a line a gift, or paid again; without a number only what came last.

        The answer is the line that it stands on now, or why nothing was done.
        """
        sale, entry = self.sale, None
        if sale and number is None:
            entry, number = self._gifts.newest_entry(sale.number) or (None, None)
        line = next((ln for ln in sale.lines if ln.number == number), None) if sale else None
        if sale is None or line is None:
            return GiftRefusal.NOTHING_THERE
        refused = GiftRefusal.UNITS if line.split else gift_refusal(line.item)
        if refused and not line.gift:
            return refused
        there = self._gifts.turn_gift(self.who.actor(), sale.number, line.number, entry)
        self.choose(None)
        after = self.refresh()
        return next((ln for ln in after.lines if ln.number == there), line) if after else line

    def set_order(self, order: OnlineOrder | None) -> str | None:
        """Say which online order the sale is picked for; the earlier sale that has it too."""
        sale = self.open()
        twice = self._gifts.order_taken(order, sale.number) if order else None
        self._gifts.set_order(self.who.actor(), sale.number, order)
        self.refresh()
        return twice

    def held_count(self) -> int:
        """How many sales are held."""
        return len(self._sales.held_sales())

    def add_item(self, item: Item, boxes: int | None = None) -> bool:
        """Open or select the item's line; False for a number of boxes nobody buys.

        Without a number one box is added if none is lacking.
        """
        line = self.sale.line_of(item.code) if self.sale else None
        have = line.quantity if line else 0
        if boxes is None:
            if line and line.lacking:
                return True
            boxes = 1
        if boxes < 1 or have + boxes > MOST_BOXES:
            return False
        sale = self.open()
        delta = have + boxes - (line.asked if line else 0)
        self._basket.ask_item(self.who.actor(), sale.number, item, delta)
        self.refresh()
        return True

    def count_line(self, number: int, step: int) -> Line | CountRefusal:
        """Ask for boxes more or fewer on a line: the line as it is then, or why nothing was done.

        What is counted is what is sold: boxes that were scanned unasked are asked for with the
        one that is added.
        """
        sale, line = self.sale, self.line(number)
        if sale is None or line is None:
            return CountRefusal.NOTHING_THERE
        wanted = asked_after(line, step)
        if isinstance(wanted, CountRefusal):
            return wanted
        if wanted > line.asked:
            self._basket.ask_item(self.who.actor(), sale.number, line.item, wanted - line.asked)
        else:
            self._basket.ask_less(self.who.actor(), sale.number, number, line.asked - wanted)
        self.refresh()
        return self.line(number) or line

    def price_refusal(
        self, number: int, fen: int, reason: str, *, insured: bool
    ) -> PriceRefusal | None:
        """Why a line may not cost this, whoever asks for it."""
        today = self._clock.now().date()
        return price_refusal(self.line(number), fen, reason, today, insured=insured)

    def reprice(self, line: Line, fen: int, reason: str, approver: str = "") -> Line:
        """Let one of a line of the open sale cost `fen`: the line as it is then."""
        self._basket.reprice(
            actor=self.who.actor(),
            sale=self.open().number,
            line=line.number,
            price_fen=fen,
            reason=reason,
            approver=approver,
        )
        self.refresh()
        return self.line(line.number) or line

    def free_discount(self) -> int:
        """How many percent who works here now may take off a price without asking."""
        limit = DISCOUNT_LIMITS.get(self.who.person.role)
        return self._settings().number(limit) if limit else 0

    def take_no_code(self, line: int, number: str) -> Bar | None:
        """Put one box of a library's entry into a line; why not, when it is not put there."""
        actor = self.who.actor()
        why = self._no_code_sales.take_no_code(
            actor=actor, sale=self.open().number, line=line, number=number, today=actor.at.date()
        )
        self.refresh()
        return why

    def line(self, number: int) -> Line | None:
        """A line of the open sale."""
        lines = self.sale.lines if self.sale else ()
        return next((line for line in lines if line.number == number), None)

    def newest_entry(self) -> int:
        """The number of the newest box or asked quantity that is still in the open sale."""
        found = self._gifts.newest_entry(self.sale.number) if self.sale else None
        return found[0] if found else 0

    def ask_again(self, item: Item, boxes: int) -> None:
        """Ask for so many boxes of a drug whose line comes back."""
        self._basket.ask_item(self.who.actor(), self.open().number, item, boxes)
        self.refresh()

    def undo(self, *, customer_stays: bool = False) -> Undone | None:
        """Take back the last box or asked quantity.

        `customer_stays` where units of the box go in next: it is the same customer's.
        """
        if self.sale is None:
            return None
        undone = self._basket.undo_last(self.who.actor(), self.sale.number)
        self._gone(customer_stays=customer_stays)
        return undone

    def remove_line(self, line: int) -> None:
        """Take a whole line out."""
        if self.sale:
            self._basket.remove_line(self.who.actor(), self.sale.number, line)
            self._gone()

    def _gone(self, *, customer_stays: bool = False) -> None:
        """A box or a line went out. With the last one the customer went, and her prescription."""
        self.keeper.tell()
        self.refresh()
        if self.sale and not self.sale.lines and not customer_stays:
            self.customer.forget()
            if self.sale.prescription:
                self._prescriptions.set_prescription(self.who.actor(), self.sale.number, None)
            self.refresh()

    def hold(self) -> bool:
        """Put the open sale aside; False when there is nothing to hold."""
        if self.sale is None or not self.sale.lines:
            return False
        self._hold(self.sale)
        self.refresh()
        return True

    def _hold(self, sale: Sale) -> None:
        self._sales.hold(self.who.actor(), sale.number)
        self.customer.put_aside([one.number for one in self._sales.held_sales()])

    def held(self) -> tuple[Sale, ...]:
        """Held sales, oldest first; those past their time are ended first."""
        self.expire_holds()
        return self._sales.held_sales()

    def held_waiting(self) -> tuple[tuple[Sale, bool], ...]:
        """Held sales, each with whether the insurance has been asked and has not answered."""
        waiting = {asked.sale for asked in self.aside}
        return tuple((sale, sale.number in waiting) for sale in self.held())

    def resume(self, place: int) -> bool:
        """Take up the held sale at `place` (1 = oldest); an open sale with lines is held first."""
        held = self.held()
        if not 1 <= place <= len(held):
            return False
        self.take_up(held[place - 1].number)
        return True

    def take_up(self, number: str) -> None:
        """Take up this held sale; an open sale with lines is held first."""
        actor = self.who.actor()
        if self.sale and self.sale.lines:
            self._hold(self.sale)
        elif self.sale:
            self._sales.void(actor, self.sale.number)
        self._sales.resume(actor, number)
        self.refresh()

    def void(self) -> bool:
        """Cancel the whole open sale; its codes are free again."""
        if self.sale is None:
            return False
        self._sales.void(self.who.actor(), self.sale.number)
        self.keeper.tell()
        self.refresh()
        return True

    def expire_holds(self) -> int:
        """End held sales that are older than the setting allows; how many.

        Never one the insurance may have settled, nor kept goods that are to be settled anew
        (退货重结): the customer has them. Nor a ticket: its till says what becomes of it.
        """
        actor = self.who.actor()
        limit = timedelta(hours=self._settings().number("sale.hold_hours"))
        old = [
            sale
            for sale in self._sales.held_sales()
            if sale.held_at
            and sale.held_at < actor.at - limit
            and not sale.resettles
            and not sale.ticket
            and not self._settlements.undecided_settlement(sale.number)
        ]
        for sale in old:
            self._sales.void(actor, sale.number, expired=True)
        if old:
            self.keeper.tell()
        return len(old)

    def term(self) -> Term:
        """How far the no-code library (无码库) stands in for codes today."""
        return self.second.term()

    def refusals(
        self, order: PayOrder, settled: bool, told: Told = NOTHING_TOLD
    ) -> tuple[Refusal, ...]:
        """What stops this payment now; what was said of limits is written down."""
        if self.sale is None or not self.sale.lines:
            return ()
        found = gate(self.second.facts(self.sale, order.payment, settled=settled, told=told))
        self.limits.note(self.who.actor(), self.sale.number, order.payment, found)
        return blocking(found, order.approved)

    def stops(self, payment: PaymentKind, *, settled: bool) -> tuple[Refusal, ...]:
        """What stops this way of paying as far as the sale tells; the payment looks deeper."""
        return blocking(self.said(payment, settled=settled), frozenset())

    def said(self, payment: PaymentKind, *, settled: bool) -> tuple[Refusal, ...]:
        """The same with what is only told and stops nothing."""
        if self.sale is None or not self.sale.lines:
            return ()
        return gate(self.second.known(self.sale, payment, settled=settled))

    def unchecked(self, payment: PaymentKind) -> tuple[LimitKind, ...]:
        """Kinds of limits that nobody can look at for this sale: the person is not known so far."""
        if self.sale is None:
            return ()
        return limits_found(self.second.known(self.sale, payment, settled=True)).unchecked

    def tell_disease(self, code: str) -> bool:
        """The person of the open sale is certified for a disease; False for no code of one."""
        told = disease_code(code, self._clock.now().date())
        if told is None:
            return False
        person = self.open().person
        known = person.insured.diseases if person and person.insured else None
        self.customer.tell_diseases((known or frozenset()) | {told})
        return True

    def doubts(self) -> tuple[Refusal, ...]:
        """Boxes of the open sale that may not be sold by what has become known since."""
        return self.second.doubts(self.sale) if self.sale else ()

    def complete(
        self,
        order: PayOrder,
        settlement: Settlement | None,
        *,
        judged: bool = False,
        aside: Sale | None = None,
        till: TillTold | None = None,
    ) -> Sale | tuple[Refusal, ...] | None:
        """Pay the open sale: one transaction. None when no sale with lines is open.

        `till` is what another till told that was paid for it: by what tenders it did not tell.

        A box that may not be sold by now keeps it open: the answer is why. `judged` says that
        the gate has looked in the very job that pays. A sale that was put aside is paid where it
        is; the open one stays as it is.
        """
        sale = aside or self.refresh()
        if sale is None or not sale.lines:
            return None
        if not judged and (doubts := self.second.doubts(sale)):
            return doubts
        # What the insurance was asked about stays as it was asked.
        asked = None if till else aside or self.settling
        sale = sale if asked and settlement else self.second.covered(sale, order.payment)
        actor = self.who.actor()
        approval = order.approval.event(actor.at, sale.number) if order.approval else None
        paid = replace(
            sale,
            state=SaleState.PAID,
            held_at=None,
            operator=actor.operator,
            paid_at=actor.at,
            payment=order.payment,
            settlement=settlement,
            tendered_fen=order.cash_fen,
            upload_serial=sale.number.replace("-", ""),
        )
        if till:
            paid = replace(paid, origin=SaleOrigin.TILL, tendered_fen=None)
        else:
            paid = replace(paid, taken=self._taken(order.handed, paid.owed_fen))
        sender = self._responsible(paid)
        lines = sale_lines(paid, sender, self._profile)
        lines += dispensed_lines(paid, lines, self._handlers(paid), sender, self._profile)
        if till and self._settings().text("till.uploads") == Channel.TILL:
            lines = tuple(replace(line, channel=Channel.TILL) for line in lines)
        until = self.customer.register_until(actor.at.date())
        self._sales.pay(actor, paid, lines, approval=approval, register_until=until, till=till)
        self.keeper.tell()
        self.refresh()
        return paid

    def _taken(self, handed: Tendered, owed_fen: int | None) -> Taken:
        """What is taken for what the customer owes.

        The insurance may have settled another part than was thought: tenders stand as told then.
        """
        if owed_fen is None:
            return as_told(handed)
        taken = take(handed, owed_fen, self.rounding)
        return taken if isinstance(taken, Taken) else as_told(handed)

    @property
    def rounding(self) -> Rounding:
        """How cash is rounded down here (抹零)."""
        return Rounding(self._settings().text("sale.cash_rounding"))

    def found_again(self, missing: BoxRecord, item: Item) -> None:
        """A box that a stock-take booked as missing is in hand: a document answers the loss."""
        lines = (MovementLine(item, missing.batch, 1, (missing.code,)),)
        found = Movement(
            self._events.take_document(),
            MovementKind.SURPLUS,
            self._clock.now(),
            self.who.operator,
            reference=missing.document,
            reason=FOUND_AGAIN,
            lines=lines,
        )
        uploads = movement_lines(found, self.who.sender(), self._profile)
        self._boxes.post_movement(found, uploads)

    def take_back(self, receipt: str, code: str, reason: str) -> ReturnAnswer:
        """Return one box of a paid sale, to be kept apart."""
        return returned(self.back.take_box(self.who.actor(), receipt, code, reason), code)

    def take_goods_back(self, receipt: str, wanted: Sequence[Wanted], reason: str) -> ReturnAnswer:
        """Return any goods of a paid sale by one document, to be kept apart."""
        return returned(self.back.take(self.who.actor(), receipt, wanted, reason))

    def _slip(
        self, sale: Sale, line: Line, box: Box, reason: str, at: datetime
    ) -> tuple[ReturnSlip, OutboxLine | None]:
        """The return document of one box, and its upload line if its sale was uploaded."""
        reason = kept(reason, at.date())
        sold = self._outbox.sold_line(sale.number, box.code)
        number, posted = self._events.take_document(), None
        if sold is not None:
            posted = return_line(
                number=number,
                sale=sale,
                line=line,
                codes=(box.code,),
                sold=sold,
                reason=reason,
                at=at,
                sender=self.who.sender(),
                profile=self._profile,
            )
        batch = line.item.batch_of(box.batch)
        return ReturnSlip(
            number=number,
            sale=sale.number,
            code=box.code,
            reason=reason,
            item=line.item.code,
            batch=batch,
        ), posted

    def reviewer(self, second: tuple[str, str] | None) -> str | UnitsDid:
        """Who checks a split sale (复核人): the number, empty for nobody, or why units are refused.

        The second person signs on paper where none is told, unless the store wants a PIN.
        """
        if second is None:
            wanted = self._settings().text("sale.split_review") == "required"
            return UnitsDid.REVIEWER_MISSING if wanted else ""
        known = self._people.prove(self.who.actor(), *second)
        if isinstance(known, str):
            return UnitsDid(known)
        return UnitsDid.OWN_REVIEW if known.id == self.who.operator else known.id

    def restorable(self, receipt: str, code: str) -> tuple[Sale, Line, Box] | RestoreRefusal:
        """The sold box that may go back on the shelf (撤销), or why it may not."""
        sale, now = self._sales.find_sale(receipt), self._clock.now()
        allowed = self._settings().flag("sale.same_day_restore")
        refused = restore_refusal(sale, code, now, allowed=allowed)
        if refused or sale is None:
            return refused or RestoreRefusal.NO_RECEIPT
        claim, record = self._basket.earlier(code), self._boxes.record(code)
        if claim is None or claim.state is not ClaimState.FINAL or claim.sale != sale.number:
            return RestoreRefusal.BEFORE
        if record and record.settled_at:
            return RestoreRefusal.SETTLED_ELSEWHERE
        line = next(ln for ln in sale.lines if any(box.code == code for box in ln.boxes))
        return sale, line, next(box for box in line.boxes if box.code == code)

    def put_back(self, receipt: str, code: str, reason: str, approval: Approval) -> ReturnAnswer:
        """Put a sold box back on the shelf, if nothing speaks against it by now."""
        found = self.restorable(receipt, code)
        if isinstance(found, RestoreRefusal):
            return not_restored(found, code)
        now = self._clock.now()
        slip, posted = self._slip(*found, reason, now)
        if not self._returns.restore_box(slip, posted, approval.event(now, slip.number), now):
            return not_restored(RestoreRefusal.BEFORE, code)
        self.keeper.tell()
        return ReturnAnswer(ReturnDid.PUT_BACK, code, slip.number, on_shelf=True)

    def set_batch(self, item: str, batch: Batch) -> int:
        """Tell an item's current lot; how many waiting upload lines it completed."""
        filled = self._catalogue.set_batch(self.who.actor(), item, batch)
        self.refresh()
        return filled
