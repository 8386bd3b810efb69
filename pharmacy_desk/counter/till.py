"""The till: a sale from its first line to its payment. Every method runs on the desk lane."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pharmacy_desk.core.custody import Role
from pharmacy_desk.core.drugs import Batch, Item
from pharmacy_desk.core.errors import WorldError
from pharmacy_desk.core.events import Event, EventKind
from pharmacy_desk.core.policy import Reason
from pharmacy_desk.core.ports import Clock, Ledger, Operator, ReturnSlip, Undone
from pharmacy_desk.core.profile import Profile
from pharmacy_desk.core.sale import (
    PaymentKind,
    Refusal,
    Sale,
    SaleState,
    Settlement,
    blocking,
    gate,
)
from pharmacy_desk.core.settings import Settings
from pharmacy_desk.core.upload import Sender, return_line, sale_lines

# A wholesaler's pallet is no counter sale: more boxes of one drug are a typing error.
MOST_BOXES = 999
# Five wrong PINs in a row lock a number for five minutes: ten thousand four-digit PINs would
# take a week of trying.
_MOST_TRIES, _LOCKED = 5, timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class PayOrder:
    """How the person wants to pay. `setl_id` is an id the insurance's own terminal gave."""

    payment: PaymentKind
    setl_id: str | None = None
    tendered_fen: int | None = None
    approved: frozenset[Reason] = frozenset()
    approver: str | None = None


class Till:
    """Holds the open sale as the ledger has it.

    A scanned box is added in memory as it was in the ledger (`Sale.with_box`); after every other
    step the sale is read back.
    """

    def __init__(
        self, ledger: Ledger, clock: Clock, settings: Callable[[], Settings], profile: Profile
    ) -> None:
        self._ledger = ledger
        self._clock = clock
        self._settings = settings
        self._profile = profile
        self._person: Operator | None = None
        self._failures: dict[str, tuple[int, datetime]] = {}
        self.sale = ledger.current_sale()

    @property
    def operator(self) -> str:
        """Who works at the counter now: who signed in, else the one the settings name."""
        return self._person.id if self._person else self._settings().text("operator.id")

    def sign_in(self, person: str, pin: str) -> Operator | str:
        """Take over the counter; else a reason: `bad_pin`, or `locked_out` after too many."""
        now = self._clock.now()
        tries, until = self._failures.get(person, (0, now))
        if tries >= _MOST_TRIES and now < until:
            return "locked_out"
        known = self._ledger.check_pin(person, pin)
        if known is None:
            self._failures[person] = (tries + 1, now + _LOCKED)
            return "bad_pin"
        self._failures.pop(person, None)
        self._person = known
        self._ledger.note(Event(EventKind.OPERATOR_SIGNED_IN, now, known.id))
        return known

    @property
    def role(self) -> str:
        """The role of who works at the counter now; a counter without operators trusts whoever."""
        person = self._ledger.operator(self.operator)
        return person.role if person else Role.MANAGER.value

    def sender(self) -> Sender:
        """Who sends what this counter uploads."""
        settings = self._settings()
        name = settings.text("operator.name") or settings.text("operator.id")
        return Sender(
            store=settings.text("store.code"),
            store_name=settings.text("store.name"),
            area=settings.text("store.area"),
            operator=self.operator,
            operator_name=self._person.name if self._person else name,
            pharmacist=settings.text("store.pharmacist"),
            pharmacist_cert=settings.text("store.pharmacist_cert"),
        )

    def open(self) -> Sale:
        """The open sale, opened if there is none."""
        if self.sale is None:
            self.sale = self._ledger.open_sale(self._clock.now(), self.operator)
        return self.sale

    def refresh(self) -> Sale | None:
        """Read the open sale back from the ledger."""
        self.sale = self._ledger.current_sale()
        return self.sale

    def held_count(self) -> int:
        """How many sales are held."""
        return len(self._ledger.held_sales())

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
        self._ledger.ask_item(sale.number, item, delta, self._clock.now(), self.operator)
        self.refresh()
        return True

    def undo(self) -> Undone | None:
        """Take back the last box or asked quantity."""
        if self.sale is None:
            return None
        undone = self._ledger.undo_last(self.sale.number, self._clock.now(), self.operator)
        self.refresh()
        return undone

    def remove_line(self, line: int) -> None:
        """Take a whole line out."""
        if self.sale:
            self._ledger.remove_line(self.sale.number, line, self._clock.now(), self.operator)
            self.refresh()

    def hold(self) -> bool:
        """Put the open sale aside; False when there is nothing to hold."""
        if self.sale is None or not self.sale.lines:
            return False
        self._ledger.hold(self.sale.number, self._clock.now(), self.operator)
        self.refresh()
        return True

    def held(self) -> tuple[Sale, ...]:
        """Held sales, oldest first; those past their time are ended first."""
        self.expire_holds()
        return self._ledger.held_sales()

    def resume(self, place: int) -> bool:
        """Take up the held sale at `place` (1 = oldest); an open sale with lines is held first."""
        held = self.held()
        if not 1 <= place <= len(held):
            return False
        now = self._clock.now()
        if self.sale and self.sale.lines:
            self._ledger.hold(self.sale.number, now, self.operator)
        elif self.sale:
            self._ledger.void(self.sale.number, now, self.operator)
        self._ledger.resume(held[place - 1].number, now, self.operator)
        self.refresh()
        return True

    def void(self) -> bool:
        """Cancel the whole open sale; its codes are free again."""
        if self.sale is None:
            return False
        self._ledger.void(self.sale.number, self._clock.now(), self.operator)
        self.refresh()
        return True

    def expire_holds(self) -> int:
        """End held sales that are older than the setting allows; how many."""
        now = self._clock.now()
        limit = timedelta(hours=self._settings().number("sale.hold_hours"))
        old = [s for s in self._ledger.held_sales() if s.held_at and s.held_at < now - limit]
        for sale in old:
            self._ledger.void(sale.number, now, self.operator, expired=True)
        return len(old)

    def refusals(self, order: PayOrder, settled: bool) -> tuple[Refusal, ...]:
        """What stops this payment now."""
        if self.sale is None or not self.sale.lines:
            return ()
        found = gate(self.sale, order.payment, settled, self._settings().policy)
        return blocking(found, order.approved)

    def complete(self, order: PayOrder, settlement: Settlement | None) -> Sale | WorldError | None:
        """Pay the open sale: one transaction. None when no sale with lines is open."""
        sale = self.refresh()
        if sale is None or not sale.lines:
            return None
        now = self._clock.now()
        approval = None
        paid = replace(
            sale,
            state=SaleState.PAID,
            operator=self.operator,
            paid_at=now,
            payment=order.payment,
            settlement=settlement,
            tendered_fen=order.tendered_fen,
            upload_serial=sale.number.replace("-", ""),
        )
        if order.approver:
            payload: dict[str, object] = {
                "reasons": sorted(reason.value for reason in order.approved),
                "approver": order.approver,
            }
            approval = Event(
                EventKind.APPROVAL_GIVEN, now, self.operator, None, paid.number, payload
            )
        lines = sale_lines(paid, self.sender(), self._profile)
        self._ledger.pay(paid, lines, self.operator, approval)
        self.refresh()
        return paid

    def take_back(self, receipt: str, code: str, reason: str) -> str:
        """Return one box of a paid sale: `ok:` + document number, or a reason word."""
        sale = self._ledger.find_sale(receipt)
        if sale is None or sale.state is not SaleState.PAID:
            return "no_such_receipt"
        line = next((ln for ln in sale.lines if any(b.code == code for b in ln.boxes)), None)
        if line is None:
            return "not_on_receipt"
        box = next(box for box in line.boxes if box.code == code)
        if box.units is not None:
            return "sold_in_parts"
        now = self._clock.now()
        sender = self.sender()
        sold = self._ledger.sold_line(sale.number, code)
        number = self._ledger.take_document()
        posted = None
        if sold is not None:
            posted = return_line(number, sale, line, code, sold, reason, now, sender, self._profile)
        batch = line.item.batch_of(box.batch)
        slip = ReturnSlip(number, sale.number, code, reason, line.item.code, batch)
        if not self._ledger.return_box(slip, posted, now, self.operator):
            return "already_returned"
        return f"ok:{number}"

    def set_batch(self, item: str, batch: Batch) -> int:
        """Tell an item's current lot; how many waiting upload lines it completed."""
        filled = self._ledger.set_batch(item, batch, self._clock.now(), self.operator)
        self.refresh()
        return filled
