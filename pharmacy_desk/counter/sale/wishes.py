"""The wishes of a sale: everything a person can want at the counter, as jobs for the desk lane.

The window's clicks and keys and the rehearsal's steps call the same methods, so that what is
rehearsed is what runs. What became of a wish comes by the future it returned; news tell facts.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TypeVar

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.ports.catalogue import CatalogueLedger
from pharmacy_desk.core.ports.electronic import ElectronicRx
from pharmacy_desk.core.ports.outbox import OutboxLedger
from pharmacy_desk.core.ports.people import PeopleLedger
from pharmacy_desk.core.ports.prescriptions import PrescriptionLedger
from pharmacy_desk.core.sale.counting import CountRefusal
from pharmacy_desk.core.sale.gifts import GiftRefusal
from pharmacy_desk.core.sale.limits import LimitList
from pharmacy_desk.core.sale.online import OnlineOrder, order_number
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import (
    NO_COUNT,
    NO_GIFT,
    AimAnswer,
    AimDid,
    GateAnswer,
    MapAnswer,
    PayAnswer,
    QuestionAnswer,
    SaleAnswer,
    SaleDid,
    ScanAnswer,
    UnitsAnswer,
    UnitsDid,
)
from pharmacy_desk.counter.catalogue.map_wishes import MapWishes
from pharmacy_desk.counter.lanes import Lane, answered, flat
from pharmacy_desk.counter.paper.answers import PrintAnswer
from pharmacy_desk.counter.people.porter_wishes import PorterWishes
from pharmacy_desk.counter.people.staff_wishes import StaffWishes
from pharmacy_desk.counter.sale.customer_wishes import CustomerWishes
from pharmacy_desk.counter.sale.desk import Desk, ScanTarget
from pharmacy_desk.counter.sale.dialogue import Dialogue
from pharmacy_desk.counter.sale.held_wishes import HeldWishes
from pharmacy_desk.counter.sale.line_back import LineBack
from pharmacy_desk.counter.sale.open_sale import OpenSale
from pharmacy_desk.counter.sale.parts.pay_order import PayOrder
from pharmacy_desk.counter.sale.payments import Ended, Payments
from pharmacy_desk.counter.sale.price_wishes import PriceWishes
from pharmacy_desk.counter.sale.return_wishes import ReturnWishes, Undoes
from pharmacy_desk.counter.sale.rx_wishes import RxWishes
from pharmacy_desk.counter.sale.scan_log import RingEntry
from pharmacy_desk.counter.upload.answers import OutboxAnswer, OutboxDid

T = TypeVar("T")


class SaleWishes:
    """Takes wishes from any thread, works them off in order on the desk lane."""

    def __init__(
        self,
        *,
        lane: Lane,
        catalogue: CatalogueLedger,
        people: PeopleLedger,
        outbox: OutboxLedger,
        prescriptions: PrescriptionLedger,
        open_sale: OpenSale,
        desk: Desk,
        payments: Payments,
        undoing: Undoes,
        dialogue: Dialogue | None = None,
        post: Callable[[news.News], None],
        print_receipt: Callable[[str], Future[PrintAnswer]],
        wake_courier: Callable[[bool], None],
        electronic: ElectronicRx | None = None,
        to_door: Callable[[Callable[[], object]], None] = lambda job: None,
    ) -> None:
        self.lane = lane
        self._catalogue = catalogue
        self._people = people
        self._outbox = outbox
        self._open_sale = open_sale
        self._desk = desk
        self._payments = payments
        self.returns = ReturnWishes(
            lane=lane,
            open_sale=open_sale,
            desk=desk,
            undoing=undoing,
            guard=self._unless_paying,
            post=post,
            wake_courier=wake_courier,
        )
        self.held = HeldWishes(
            lane=lane,
            open_sale=open_sale,
            desk=desk,
            unless_locked=self._unless_locked,
            change=self._change,
            changed=self._changed,
        )
        self._dialogue = dialogue
        self._line_back = LineBack(open_sale, desk)
        self._post = post
        self.maps = MapWishes(
            lane=lane,
            catalogue=catalogue,
            people=people,
            who=open_sale.who,
            desk=desk.question,
            maps=desk.maps,
            post=post,
        )
        self.prices = PriceWishes(
            open_sale=open_sale,
            desk=desk,
            steps=self._line_back,
            guard=lambda job: self._unless_paying(self._own(job)),
            changed=self._changed,
        )
        self.customer = CustomerWishes(
            lane=lane,
            open_sale=open_sale,
            desk=desk,
            guard=self._unless_paying,
            changed=self._changed,
        )
        self.rx = RxWishes(
            prescriptions=prescriptions,
            catalogue=catalogue,
            people=people,
            open_sale=open_sale,
            guard=self._unless_paying,
            changed=self._changed,
            door=electronic,
            to_door=to_door,
        )
        self.people = PorterWishes(
            lane=lane,
            porter=desk.porter,
            approvals=desk.approvals,
            settling=lambda: desk.paying,
        )
        self._print_receipt = print_receipt
        self._wake_courier = wake_courier
        self.staff = StaffWishes(
            lane=lane,
            people=people,
            who=open_sale.who,
            roster=open_sale.roster,
            porter=desk.porter,
            approvals=desk.approvals,
            post=post,
        )

    def scan(self, raw: RawScan) -> Future[ScanAnswer]:
        """A scanner or the wedge delivered something.

        One that comes while a payment is being settled is answered behind it.
        """

        def job() -> Future[ScanAnswer]:
            answered = self._desk.scan(raw)
            self._post(news.ScanArrived(raw.port, raw.at))
            return answered

        return flat(self.lane.wish(job))

    def show_sale(self) -> Future[news.SaleChanged]:
        """Post the open sale, as a window needs it when it opens."""
        return self.lane.wish(self._changed)

    def add_item(self, key: str, boxes: int | None = None) -> Future[SaleAnswer]:
        """Open or select a drug's line by item code or barcode."""

        def job() -> SaleAnswer:
            item = self._catalogue.find_item(key)
            if item is None:
                return SaleAnswer(SaleDid.NO_SUCH_ITEM, key)
            added = self._open_sale.lines.add_item(item, boxes)
            what = SaleDid.ITEM_ADDED if item.needs_code else SaleDid.EXEMPT_ADDED
            name = f"{item.name} ×{boxes}" if boxes else item.name
            return SaleAnswer(what if added else SaleDid.BAD_QUANTITY, name)

        return self._change_own(job)

    def tell_disease(self, code: str) -> Future[SaleAnswer]:
        """A disease the person is certified for (门慢门特), of whom the insurance told none."""

        def job() -> SaleAnswer:
            told = self._open_sale.customer.tell_disease(code)
            return SaleAnswer(SaleDid.DISEASE_TOLD if told else SaleDid.BAD_DISEASE)

        return self._change(job)

    def limit_lists(self) -> Future[tuple[LimitList, ...]]:
        """The lists of limits in use, in the order in which they count."""
        return self.lane.wish(self._open_sale.limits.lists)

    def count_line(self, line: int, step: int) -> Future[SaleAnswer]:
        """Ask for boxes more (`step` 1) or fewer (-1) of a line's drug."""

        def job() -> SaleAnswer:
            counted = self._open_sale.lines.count_line(line, step)
            if isinstance(counted, CountRefusal):
                there = self._open_sale.line(line)
                return SaleAnswer(NO_COUNT[counted], there.item.name if there else "")
            name, lacking = f"{counted.item.name} ×{counted.quantity}", counted.lacking
            what = SaleDid.COUNTED_LACKING if lacking else SaleDid.COUNTED
            return SaleAnswer(what, name, lacking=lacking)

        return self._change_own(job)

    def undo(self, *, line: bool = True) -> Future[SaleAnswer]:
        """Take back the last step.

        A box goes out, a line that was taken out comes back, a changed price is what it was. With
        `line` False only what is in goes out, and its units come in next.
        """

        def job() -> SaleAnswer:
            if line and self._line_back.next():
                return self._bring_back()
            price = self.prices.undo() if line else None
            if price:
                return price
            if self._open_sale.lines.newest_is_tills():
                return SaleAnswer(SaleDid.TICKET_FIXED)
            undone = self._open_sale.lines.undo(customer_stays=not line)
            if undone is None:
                return SaleAnswer(SaleDid.NOTHING_TO_UNDO)
            what = SaleDid.GIFT_UNDONE if undone.gift else SaleDid.UNDONE
            return SaleAnswer(what, undone.item_name or "")

        return self._change(job)

    def remove_line(self, line: int) -> Future[SaleAnswer]:
        """Take a line out."""

        def job() -> SaleAnswer:
            self._line_back.remove(line)
            return SaleAnswer(SaleDid.LINE_REMOVED)

        return self._change_own(job)

    def _bring_back(self) -> SaleAnswer:
        shut = self._desk.shut()
        restored = None if shut else self._line_back.restore()
        if restored is None:
            return SaleAnswer(shut or SaleDid.NOTHING_TO_UNDO)
        return SaleAnswer(SaleDid.LINE_BACK, restored.line.item.name, out=restored.out)

    def choose_line(self, line: int | None) -> Future[SaleAnswer]:
        """The keyboard is on this line: the next box of its drug goes there."""

        def job() -> SaleAnswer:
            self._open_sale.choose(line)
            return SaleAnswer(SaleDid.LINE_CHOSEN)

        return self._change(job)

    def turn_gift(self, line: int | None = None) -> Future[SaleAnswer]:
        """Make a line, or what was scanned last, a gift (赠品), or take the gift back."""

        def job() -> SaleAnswer:
            turned = self._open_sale.lines.turn_gift(line)
            if isinstance(turned, GiftRefusal):
                return SaleAnswer(NO_GIFT[turned])
            return SaleAnswer(SaleDid.GIFT if turned.gift else SaleDid.GIFT_BACK, turned.item.name)

        return self._change_own(job)

    def set_order(self, platform: str, number: str) -> Future[SaleAnswer]:
        """Say which online order this sale is picked for; an empty number takes it back."""

        def job() -> SaleAnswer:
            plain = order_number(number) if number else None
            if (number and plain is None) or not platform:
                return SaleAnswer(SaleDid.BAD_ORDER)
            twice = self._open_sale.lines.set_order(OnlineOrder(platform, plain) if plain else None)
            if twice:
                return SaleAnswer(SaleDid.ORDER_TWICE, twice)
            what = SaleDid.ORDER_SET if plain else SaleDid.ORDER_GONE
            return SaleAnswer(what, f"{platform} {plain}")

        return self._change_own(job)

    def preview(self, payment: PaymentKind) -> Future[PayAnswer | SaleAnswer]:
        """How the insurance would split the sale; without its line the payment itself begins.

        Where a settlement's answer was lost, that is asked about first.
        """

        def job() -> Ended:
            if self._desk.porter.locked:
                return answered(SaleAnswer(SaleDid.LOCKED))
            if self._dialogue is None or self._desk.paying:
                return self._payments.pay(PayOrder(payment))
            dialogue = self._dialogue
            return dialogue.whom(lambda: dialogue.preview(payment))

        return flat(self.lane.wish(job))

    def pay(self, order: PayOrder) -> Future[PayAnswer | SaleAnswer]:
        """Pay the sale; the answer comes when it is known what the payment came to.

        Where the settlement's answer was lost, the same wish asks about it.
        """

        def job() -> Ended:
            if self._desk.porter.locked:
                return answered(SaleAnswer(SaleDid.LOCKED))
            sale = self._open_sale.sale
            if sale and sale.ticket:
                return answered(SaleAnswer(SaleDid.TILL_PAYS))
            if sale is None or not sale.lines:
                self._changed()
            known = order.settled or not order.payment.insured or self._desk.paying
            if self._dialogue is None or known:
                return self._payments.pay(order)
            return self._dialogue.whom(lambda: self._payments.pay(order))

        return flat(self.lane.wish(job))

    def split(
        self, code: str, units: int, second: tuple[str, str] | None = None
    ) -> Future[UnitsAnswer | SaleAnswer]:
        """Sell units of a box (拆零); `second` is who checks them (复核人), number and PIN.

        Refused as `REVIEWER_MISSING` where the store wants one, and as `BAD_PIN`, `LOCKED_OUT` or
        `OWN_REVIEW` when that is nobody else.
        """

        def job() -> UnitsAnswer:
            if self._desk.waits_for_manager():
                return UnitsAnswer(UnitsDid.APPROVAL_AWAITED, code, units)
            reviewer = self._open_sale.boxes.reviewer(second)
            if isinstance(reviewer, UnitsDid):
                return UnitsAnswer(reviewer, code, units)
            return self._desk.split(code, units, reviewer)

        # A ticket asks for whole boxes; units on a line of their own would be on nobody's bill.
        return self._unless_paying(self._own(job))

    def type_code(self, code: str) -> Future[ScanAnswer | SaleAnswer]:
        """A code typed by hand because its label does not scan (手工录入)."""
        return self._unless_paying(lambda: self._desk.type_code(code))

    def answer_map(
        self, identification: str, key: str, second: tuple[str, str] | None = None
    ) -> Future[MapAnswer | SaleAnswer]:
        """Say which drug an identification is; `second` is another person's id and PIN."""

        def job() -> MapAnswer | SaleAnswer:
            item = self._catalogue.find_item(key)
            if item is None:
                return SaleAnswer(SaleDid.NO_SUCH_ITEM, key)
            return self.maps.said(identification, item, second)

        return self._unless_paying(job)

    def dismiss_question(self) -> Future[QuestionAnswer]:
        """Put the unknown box aside."""
        return self.lane.wish(self._desk.question.dismiss)

    def set_batch(self, key: str, batch: Batch) -> Future[SaleAnswer]:
        """Tell a drug's current lot and dates."""

        def job() -> SaleAnswer:
            item = self._catalogue.find_item(key)
            if item is None:
                return SaleAnswer(SaleDid.NO_SUCH_ITEM, key)
            self._open_sale.boxes.set_batch(item.code, batch)
            self._post(news.QueueChanged())
            self._wake_courier(False)
            return SaleAnswer(SaleDid.BATCH_SET, item.name)

        return self._change(job)

    def print_again(self, number: str) -> Future[PrintAnswer]:
        """Print a receipt (again)."""
        return self._print_receipt(number)

    def send_now(self) -> Future[OutboxAnswer]:
        """Look at the whole outbox now."""
        self._wake_courier(True)
        return answered(OutboxAnswer(OutboxDid.LOOKED_AT))

    def requeue(self, keys: Sequence[str]) -> Future[OutboxAnswer]:
        """Send refused lines again, as a person decided."""

        def job() -> OutboxAnswer:
            lines = self._outbox.requeue(self._open_sale.who.actor(), keys)
            self._post(news.QueueChanged())
            self._wake_courier(True)
            return OutboxAnswer(OutboxDid.QUEUED_AGAIN if lines else OutboxDid.NONE_REFUSED, lines)

        return self.lane.wish(job)

    def choose_payment(
        self, payment: PaymentKind | None
    ) -> Future[GateAnswer | PayAnswer | SaleAnswer]:
        """Say how the sale will be paid: from here on scans are judged for that kind.

        Whom the insurance has not named yet it names first: limits by age and sex need her.
        """

        def job() -> Future[GateAnswer | PayAnswer | SaleAnswer]:
            def choose() -> Future[GateAnswer]:
                return answered(self._desk.gate.choose(payment))

            known = payment is None or not payment.insured or self._desk.paying
            if self._dialogue is None or known:
                return answered(self._desk.gate.choose(payment))
            return self._dialogue.whom(choose)

        return flat(self.lane.wish(job))

    def aim(self, target: ScanTarget) -> Future[AimAnswer]:
        """Say what the screen in front wants a scan for."""

        def job() -> AimAnswer:
            before, self._desk.target = self._desk.target, target
            return AimAnswer(AimDid.SAME if before is target else AimDid.TURNED)

        return self.lane.wish(job)

    def await_slip(self, *, asked: bool) -> Future[AimAnswer]:
        """The screen asks what the insurance's terminal settled: its slip and file belong there."""

        def job() -> AimAnswer:
            before, self._desk.asks_slip = self._desk.asks_slip, asked
            return AimAnswer(AimDid.SAME if before is asked else AimDid.TURNED)

        return self.lane.wish(job)

    def last_scans(self) -> Future[tuple[RingEntry, ...]]:
        """The last scans, newest first, for support."""
        return self.lane.wish(lambda: tuple(reversed(self._desk.log.ring)))

    def _change(self, job: Callable[[], SaleAnswer]) -> Future[SaleAnswer]:
        """A wish that may change the open sale: how it stands is posted, then the answer comes."""

        def changed() -> SaleAnswer:
            answer = job()
            self._changed()
            return answer

        return self._unless_paying(changed)

    def _change_own(self, job: Callable[[], SaleAnswer]) -> Future[SaleAnswer]:
        """The same of what is the till's to say where it told the sale: its lines and prices."""
        return self._change(self._own(job))

    def _own(self, job: Callable[[], T]) -> Callable[[], T | SaleAnswer]:
        def own() -> T | SaleAnswer:
            sale = self._open_sale.sale
            return SaleAnswer(SaleDid.TICKET_FIXED) if sale and sale.ticket else job()

        return own

    def _unless_paying(self, job: Callable[[], T]) -> Future[T | SaleAnswer]:
        """A sale is changed neither under the settlement's hands nor at a locked counter."""

        def guarded() -> T | SaleAnswer:
            return SaleAnswer(SaleDid.SETTLING) if self._desk.paying else job()

        return self._unless_locked(guarded)

    def _unless_locked(self, job: Callable[[], T]) -> Future[T | SaleAnswer]:
        def guarded() -> T | SaleAnswer:
            return SaleAnswer(SaleDid.LOCKED) if self._desk.porter.locked else job()

        return self.lane.wish(guarded)

    def _changed(self) -> news.SaleChanged:
        now = self._open_sale
        changed = news.SaleChanged(now.sale, now.held.count(), now.chosen)
        self._post(changed)
        self._desk.gate.look()
        return changed
