"""The clerk: everything a person can want at the counter, as jobs for the desk lane.

The window's clicks and keys and the rehearsal's steps call the same methods, so that what is
rehearsed is what runs. Answers come back as news.
"""

from collections.abc import Callable, Sequence

from pharmacy_desk.core.basics.payment import PaymentKind
from pharmacy_desk.core.catalogue.drugs import Batch
from pharmacy_desk.core.people.people import Approval, Request, Right, Subject
from pharmacy_desk.core.ports.doors import Clock, Ledger
from pharmacy_desk.core.sale.gate.facts import Refusal
from pharmacy_desk.core.sale.gifts import GiftRefusal
from pharmacy_desk.core.sale.online import OnlineOrder, order_number
from pharmacy_desk.core.sale.restore import RestoreRefusal
from pharmacy_desk.core.scanning.scan import RawScan
from pharmacy_desk.counter import news
from pharmacy_desk.counter.catalogue.map_keeper import MapKeeper
from pharmacy_desk.counter.lanes import Lane
from pharmacy_desk.counter.people.staff import Staff
from pharmacy_desk.counter.sale.cashier import Cashier
from pharmacy_desk.counter.sale.desk import Desk, RingEntry, ScanTarget, SplitAnswer
from pharmacy_desk.counter.sale.till import PayOrder, Till


class Clerk:
    """Takes wishes from any thread, works them off in order on the desk lane."""

    def __init__(
        self,
        lane: Lane,
        ledger: Ledger,
        till: Till,
        desk: Desk,
        cashier: Cashier,
        clock: Clock,
        post: Callable[[news.News], None],
        print_receipt: Callable[[str], None],
        wake_courier: Callable[[bool], None],
    ) -> None:
        self.lane = lane
        self._ledger = ledger
        self._till = till
        self._desk = desk
        self._cashier = cashier
        self._clock = clock
        self._post = post
        self.maps = MapKeeper(lane, ledger, till, desk, clock, post)
        self._print_receipt = print_receipt
        self._wake_courier = wake_courier
        self.staff = Staff(lane, ledger, till, desk.porter, desk.approvals, clock, post)

    def scan(self, raw: RawScan) -> None:
        """A scanner or the wedge delivered something."""
        self.lane.submit(lambda: self._desk.scan(raw))

    def show_sale(self) -> None:
        """Post the open sale, as a window needs it when it opens."""
        self.lane.submit(self._changed)

    def add_item(self, key: str, boxes: int | None = None) -> None:
        """Open or select a drug's line by item code or barcode."""

        def job() -> None:
            item = self._ledger.find_item(key)
            if item is None:
                self._changed("no_such_item", key)
                return
            added = self._till.add_item(item, boxes)
            self._changed("item_added" if added else "bad_quantity", item.name)

        self._unless_paying(job)

    def undo(self) -> None:
        """Take back the last box."""

        def job() -> None:
            undone = self._till.undo()
            if undone is None:
                self._changed("nothing_to_undo")
            else:
                self._changed("gift_undone" if undone.gift else "undone", undone.item_name)

        self._unless_paying(job)

    def remove_line(self, line: int) -> None:
        """Take a line out."""

        def job() -> None:
            self._till.remove_line(line)
            self._changed("line_removed")

        self._unless_paying(job)

    def choose_line(self, line: int | None) -> None:
        """The keyboard is on this line: the next box of its drug goes there."""

        def job() -> None:
            self._till.choose(line)
            self._changed()

        self._unless_paying(job)

    def turn_gift(self, line: int | None = None) -> None:
        """Make a line, or what was scanned last, a gift (赠品), or take the gift back."""

        def job() -> None:
            answer = self._till.turn_gift(line)
            if isinstance(answer, GiftRefusal):
                self._changed(f"no_gift_{answer.value}")
            else:
                self._changed("gift" if answer.gift else "gift_back", answer.item.name)

        self._unless_paying(job)

    def set_order(self, platform: str, number: str) -> None:
        """Say which online order this sale is picked for; an empty number takes it back."""

        def job() -> None:
            plain = order_number(number) if number else None
            if (number and plain is None) or not platform:
                self._changed("bad_order")
                return
            twice = self._till.set_order(OnlineOrder(platform, plain) if plain else None)
            if twice:
                self._changed("order_twice", twice)
            else:
                self._changed("order_set" if plain else "order_gone", f"{platform} {plain}")

        self._unless_paying(job)

    def hold(self) -> None:
        """Put the sale aside."""

        def job() -> None:
            held = self._till.hold()
            if held:
                self._desk.sale_ended()
            self._changed("held" if held else "nothing_to_hold")

        self._unless_paying(job)

    def resume(self, place: int) -> None:
        """Take up a held sale (1 = oldest)."""

        def job() -> None:
            resumed = self._till.resume(place)
            if resumed:
                self._desk.sale_ended()
            doubts = self._till.doubts() if resumed else ()
            self._changed("resumed" if resumed else "nothing_to_resume", doubts=doubts)

        self._unless_paying(job)

    def void(self) -> None:
        """Cancel the whole sale."""

        def job() -> None:
            voided = self._till.void()
            if voided:
                self._desk.sale_ended()
            self._changed("voided" if voided else "nothing_to_void")

        self._unless_paying(job)

    def pay(self, order: PayOrder) -> None:
        """Pay the sale."""

        def job() -> None:
            # Where the settlement's answer was lost, the same wish asks about it.
            if self._desk.porter.locked:
                self._changed("locked")
            elif self._cashier.under_way:
                self._changed("settling")
            else:
                self._cashier.pay(order)

        self.lane.submit(job)

    def answer_approval(
        self, person: str, pin: str, reason: str, shown: Request | None = None
    ) -> None:
        """A second person says yes to what waits, `shown` to them, with number, PIN and reason."""
        self.lane.submit(lambda: self._desk.approvals.answer(person, pin, reason, shown))

    def drop_approval(self) -> None:
        """Nobody says yes: what was wanted does not happen."""
        self.lane.submit(self._desk.approvals.drop)

    def need(
        self, right: Right, then: Callable[[], None], dropped: Callable[[], None] = lambda: None
    ) -> None:
        """Do it (on the desk lane) when the person's role may; else somebody is asked first."""
        self.lane.submit(lambda: self._desk.approvals.need(right, then, dropped))

    def lock(self, why: str) -> None:
        """Lock the counter (`why`: `key` or `idle`); the sale stays as it is."""
        self.lane.submit(lambda: self._desk.porter.lock(why))

    def split(self, code: str, units: int, second: tuple[str, str] | None = None) -> None:
        """Sell units of a box (拆零); `second` is who checks them (复核人), number and PIN.

        Refused as `reviewer_missing` where the store wants one, and as `bad_pin`, `locked_out` or
        `own_review` when that is nobody else.
        """

        def job() -> None:
            if self._desk.waits_for_manager():
                self._post(news.UnitsSold(code, units, 0, "approval_awaited"))
                return
            reviewer, refused = self._till.reviewer(second)
            if refused:
                self._post(news.UnitsSold(code, units, 0, refused))
                return
            answer = self._desk.split(code, units, reviewer)
            refused = "" if answer.taken else _split_refusal(answer)
            self._post(news.UnitsSold(code, units, answer.left, refused))

        self._unless_paying(job)

    def type_code(self, code: str) -> None:
        """A code typed by hand because its label does not scan (手工录入)."""

        def job() -> None:
            if not self._desk.waits_for_manager():
                self._desk.type_code(code)

        self._unless_paying(job)

    def sign_in(self, person: str, pin: str) -> None:
        """Another person takes over the counter, with the PIN of their own."""

        def job() -> None:
            if self._desk.paying:
                self._post(news.SignedIn(person, "", "settling"))
            else:
                self._desk.porter.sign_in(person, pin)

        self.lane.submit(job)

    def answer_map(
        self, identification: str, key: str, second: tuple[str, str] | None = None
    ) -> None:
        """Say which drug an identification is; `second` is another person's id and PIN."""

        def job() -> None:
            item = self._ledger.find_item(key)
            if item is None:
                self._changed("no_such_item", key)
                return
            now, operator = self._clock.now(), self._till.operator
            person = self._ledger.prove(*second, now, operator) if second else None
            if isinstance(person, str):
                self._post(news.MapAnswered(identification, item, refused=person))
                return
            answer = self._desk.answer_map(identification, item, person.id if person else None)
            if answer.waiting:
                self._post(answer)

        self._unless_paying(job)

    def dismiss_question(self) -> None:
        """Put the unknown box aside."""
        self.lane.submit(self._desk.dismiss_question)

    def set_batch(self, key: str, batch: Batch) -> None:
        """Tell a drug's current lot and dates."""

        def job() -> None:
            item = self._ledger.find_item(key)
            if item is None:
                self._changed("no_such_item", key)
                return
            self._till.set_batch(item.code, batch)
            self._changed("batch_set", item.name)
            self._post(news.QueueChanged())
            self._wake_courier(False)

        self._unless_paying(job)

    def take_back(self, receipt: str, code: str, reason: str) -> None:
        """A customer brings a box back."""

        def job() -> None:
            answer = self._till.take_back(receipt, code, reason)
            number = answer.removeprefix("ok:") if answer.startswith("ok:") else None
            self._post(news.Returned(number, code, None, "" if number else answer))
            if number:
                self._post(news.QueueChanged())
                self._wake_courier(False)

        self.lane.submit(job)

    def put_back(self, receipt: str, code: str, reason: str) -> None:
        """Put a sold box back on the shelf (撤销), once a manager has approved it."""

        def job() -> None:
            approvals, found = self._desk.approvals, self._till.restorable(receipt, code)
            if not isinstance(found, RestoreRefusal) and not approvals.possible():
                found = RestoreRefusal.NOBODY
            if isinstance(found, RestoreRefusal):
                self._post(news.Returned(None, code, None, found.value, restored=True))
                return
            sale, line, _ = found
            request = Request(
                Subject.RESTORE, Subject.RESTORE.value, self._till.person, line.item.name, 1, code,
                sale.number,
            )  # fmt: skip

            def approved(approval: Approval) -> None:
                self._told_back(code, self._till.put_back(sale.number, code, reason, approval))

            approvals.ask(request, approved)

        self._unless_paying(job)

    def _told_back(self, code: str, answer: str) -> None:
        """What became of a box that was to go back on the shelf."""
        number = answer.removeprefix("ok:") if answer.startswith("ok:") else None
        refused = "" if number else answer
        self._post(news.Returned(number, code, None, refused, restored=True))
        if number:
            self._post(news.QueueChanged())
            self._wake_courier(False)

    def print_again(self, number: str) -> None:
        """Print a receipt (again)."""
        self._print_receipt(number)

    def send_now(self) -> None:
        """Look at the whole outbox now."""
        self._wake_courier(True)

    def requeue(self, keys: Sequence[str]) -> None:
        """Send refused lines again, as a person decided."""

        def job() -> None:
            operator = self._till.operator
            self._ledger.requeue(keys, self._clock.now(), operator)
            self._post(news.QueueChanged())
            self._wake_courier(True)

        self.lane.submit(job)

    def choose_payment(self, payment: PaymentKind | None) -> None:
        """Say how the sale will be paid: from here on scans are judged for that kind."""

        def job() -> None:
            self._desk.payment = payment
            self._desk.look_at_gate(chosen=True)

        self.lane.submit(job)

    def aim(self, target: ScanTarget) -> None:
        """Say what the screen in front wants a scan for."""

        def job() -> None:
            self._desk.target = target

        self.lane.submit(job)

    def last_scans(self, receiver: Callable[[tuple[RingEntry, ...]], None]) -> None:
        """The last scans, newest first, for support; `receiver` is called on the desk lane."""
        self.lane.submit(lambda: receiver(tuple(reversed(self._desk.ring))))

    def _unless_paying(self, job: Callable[[], None]) -> None:
        """A sale is changed neither under the settlement's hands nor at a locked counter."""

        def guarded() -> None:
            if self._desk.porter.locked:
                self._changed("locked")
            elif self._desk.paying:
                self._changed("settling")
            else:
                job()

        self.lane.submit(guarded)

    def _changed(
        self, note: str = "", detail: str | None = "", doubts: tuple[Refusal, ...] = ()
    ) -> None:
        held = self._till.held_count()
        self._post(news.SaleChanged(self._till.sale, held, note, detail or "", doubts))
        self._desk.look_at_gate()


def _split_refusal(answer: SplitAnswer) -> str:
    """Why no units were taken, in a word."""
    if not answer.verdict.accepted:
        return answer.verdict.name.value
    return "too_many_units" if answer.left else "not_splittable"
