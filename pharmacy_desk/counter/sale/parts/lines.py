"""The lines of the open sale: what is asked for, at which price, what goes out. Desk lane."""

from collections.abc import Callable

from pharmacy_desk.core.catalogue.drugs import Item
from pharmacy_desk.core.ports.basket import BasketLedger, Undone
from pharmacy_desk.core.ports.doors import Clock
from pharmacy_desk.core.ports.marks import MarkLedger
from pharmacy_desk.core.ports.prescriptions import PrescriptionLedger
from pharmacy_desk.core.sale.counting import MOST_BOXES, CountRefusal, asked_after
from pharmacy_desk.core.sale.gifts import GiftRefusal, gift_refusal
from pharmacy_desk.core.sale.online import OnlineOrder
from pharmacy_desk.core.sale.prices import DISCOUNT_LIMITS, PriceRefusal, price_refusal
from pharmacy_desk.core.sale.sale import Line
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.counter.people.at_counter import AtCounter
from pharmacy_desk.counter.sale.customer import Customer
from pharmacy_desk.counter.sale.keeper import Keeper
from pharmacy_desk.counter.sale.parts.in_hand import InHand


class Lines:
    """Changes lines as a person wishes; each change is in the ledger before it is told."""

    def __init__(
        self,
        *,
        hand: InHand,
        who: AtCounter,
        basket: BasketLedger,
        gifts: MarkLedger,
        prescriptions: PrescriptionLedger,
        keeper: Keeper,
        customer: Customer,
        clock: Clock,
        settings: Callable[[], Settings],
    ) -> None:
        self._hand = hand
        self._who = who
        self._basket = basket
        self._gifts = gifts
        self._prescriptions = prescriptions
        self._keeper = keeper
        self._customer = customer
        self._clock = clock
        self._settings = settings

    def turn_gift(self, number: int | None) -> Line | GiftRefusal:
        """Make a line a gift, or paid again; without a number only what came last.

        The answer is the line that it stands on now, or why nothing was done.
        """
        sale, entry = self._hand.sale, None
        if sale and number is None:
            entry, number = self._gifts.newest_entry(sale.number) or (None, None)
        line = next((ln for ln in sale.lines if ln.number == number), None) if sale else None
        if sale is None or line is None:
            return GiftRefusal.NOTHING_THERE
        refused = GiftRefusal.UNITS if line.split else gift_refusal(line.item)
        if refused and not line.gift:
            return refused
        there = self._gifts.turn_gift(self._who.actor(), sale.number, line.number, entry)
        self._hand.choose(None)
        after = self._hand.refresh()
        return next((ln for ln in after.lines if ln.number == there), line) if after else line

    def set_order(self, order: OnlineOrder | None) -> str | None:
        """Say which online order the sale is picked for; the earlier sale that has it too."""
        sale = self._hand.open()
        twice = self._gifts.order_taken(order, sale.number) if order else None
        self._gifts.set_order(self._who.actor(), sale.number, order)
        self._hand.refresh()
        return twice

    def add_item(self, item: Item, boxes: int | None = None) -> bool:
        """Open or select the item's line; False for a number of boxes nobody buys.

        Without a number one box is added if none is lacking.
        """
        line = self._hand.sale.line_of(item.code) if self._hand.sale else None
        have = line.quantity if line else 0
        if boxes is None:
            if line and line.lacking:
                return True
            boxes = 1
        if boxes < 1 or have + boxes > MOST_BOXES:
            return False
        sale = self._hand.open()
        delta = have + boxes - (line.asked if line else 0)
        self._basket.ask_item(self._who.actor(), sale.number, item, delta)
        self._hand.refresh()
        return True

    def count_line(self, number: int, step: int) -> Line | CountRefusal:
        """Ask for boxes more or fewer on a line: the line as it is then, or why nothing was done.

        What is counted is what is sold: boxes that were scanned unasked are asked for with the
        one that is added.
        """
        sale, line = self._hand.sale, self._hand.line(number)
        if sale is None or line is None:
            return CountRefusal.NOTHING_THERE
        wanted = asked_after(line, step)
        if isinstance(wanted, CountRefusal):
            return wanted
        if wanted > line.asked:
            self._basket.ask_item(self._who.actor(), sale.number, line.item, wanted - line.asked)
        else:
            self._basket.ask_less(self._who.actor(), sale.number, number, line.asked - wanted)
        self._hand.refresh()
        return self._hand.line(number) or line

    def price_refusal(
        self, number: int, fen: int, reason: str, *, insured: bool
    ) -> PriceRefusal | None:
        """Why a line may not cost this, whoever asks for it."""
        today = self._clock.now().date()
        return price_refusal(self._hand.line(number), fen, reason, today, insured=insured)

    def reprice(self, line: Line, fen: int, reason: str, approver: str = "") -> Line:
        """Let one of a line of the open sale cost `fen`: the line as it is then."""
        self._basket.reprice(
            actor=self._who.actor(),
            sale=self._hand.open().number,
            line=line.number,
            price_fen=fen,
            reason=reason,
            approver=approver,
        )
        self._hand.refresh()
        return self._hand.line(line.number) or line

    def free_discount(self) -> int:
        """How many percent who works here now may take off a price without asking."""
        limit = DISCOUNT_LIMITS.get(self._who.person.role)
        return self._settings().number(limit) if limit else 0

    def newest_entry(self) -> int:
        """The number of the newest box or asked quantity that is still in the open sale."""
        found = self._gifts.newest_entry(self._hand.sale.number) if self._hand.sale else None
        return found[0] if found else 0

    def newest_is_tills(self) -> bool:
        """True when what an undo would take back is a line that another till has told."""
        sale = self._hand.sale
        if sale is None or not sale.ticket:
            return False
        boxes = {box.entry for line in sale.lines for box in line.every_box}
        return self.newest_entry() not in boxes

    def ask_again(self, item: Item, boxes: int) -> None:
        """Ask for so many boxes of a drug whose line comes back."""
        self._basket.ask_item(self._who.actor(), self._hand.open().number, item, boxes)
        self._hand.refresh()

    def undo(self, *, customer_stays: bool = False) -> Undone | None:
        """Take back the last box or asked quantity.

        `customer_stays` where units of the box go in next: it is the same customer's.
        """
        if self._hand.sale is None:
            return None
        undone = self._basket.undo_last(self._who.actor(), self._hand.sale.number)
        self._gone(customer_stays=customer_stays)
        return undone

    def remove_line(self, line: int) -> None:
        """Take a whole line out."""
        if self._hand.sale:
            self._basket.remove_line(self._who.actor(), self._hand.sale.number, line)
            self._gone()

    def _gone(self, *, customer_stays: bool = False) -> None:
        """A box or a line went out. With the last one the customer went, and her prescription."""
        self._keeper.tell_unheard()
        self._hand.refresh()
        if self._hand.sale and not self._hand.sale.lines and not customer_stays:
            self._customer.forget()
            if self._hand.sale.prescription:
                self._prescriptions.set_prescription(
                    self._who.actor(), self._hand.sale.number, None
                )
            self._hand.refresh()
