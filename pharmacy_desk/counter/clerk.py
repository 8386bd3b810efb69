"""The clerk: everything a person can want at the counter, as jobs for the desk lane.

The window's clicks and keys and the rehearsal's steps call the same methods, so that what is
rehearsed is what runs. Answers come back as news.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from pharmacy_desk.core.drugs import Batch
from pharmacy_desk.core.policy import Reason
from pharmacy_desk.core.ports import Clock, Ledger, Operator
from pharmacy_desk.core.scan import RawScan
from pharmacy_desk.counter import news
from pharmacy_desk.counter.cashier import Cashier
from pharmacy_desk.counter.desk import Desk, RingEntry, ScanTarget, SplitAnswer
from pharmacy_desk.counter.lanes import Lane
from pharmacy_desk.counter.till import PayOrder, Till


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
        self._print_receipt = print_receipt
        self._wake_courier = wake_courier

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
            self._changed("undone", undone.item_name) if undone else self._changed(
                "nothing_to_undo"
            )

        self._unless_paying(job)

    def remove_line(self, line: int) -> None:
        """Take a line out."""

        def job() -> None:
            self._till.remove_line(line)
            self._changed("line_removed")

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
            self._changed("resumed" if resumed else "nothing_to_resume")

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
        self.lane.submit(lambda: self._cashier.pay(order))

    def approve(self, order: PayOrder, reasons: frozenset[Reason], person: str, pin: str) -> None:
        """A second person approves the reasons that stop a payment, and it is tried again."""

        def job() -> None:
            known = self._ledger.check_pin(person, pin)
            if known is None or known.id == self._till.operator:
                self._changed("bad_pin")
                return
            approved = order.approved | reasons
            self._cashier.pay(replace(order, approved=approved, approver=known.id))

        self.lane.submit(job)

    def put_operator(self, person: Operator, pin: str) -> None:
        """Add an operator or change name, role and PIN."""

        def job() -> None:
            self._ledger.put_operator(person, pin, self._clock.now(), self._till.operator)
            self._changed("operator_kept", person.name)

        self.lane.submit(job)

    def split(self, code: str, units: int) -> None:
        """Sell units of a box (拆零)."""

        def job() -> None:
            answer = self._desk.split(code, units)
            refused = "" if answer.taken else _split_refusal(answer)
            self._post(news.UnitsSold(code, units, answer.left, refused))

        self._unless_paying(job)

    def type_code(self, code: str) -> None:
        """A code typed by hand because its label does not scan (手工录入)."""

        def job() -> None:
            self._desk.type_code(code)

        self._unless_paying(job)

    def sign_in(self, person: str, pin: str) -> None:
        """Another person takes over the counter, with the PIN of their own."""

        def job() -> None:
            answer = self._till.sign_in(person, pin)
            if isinstance(answer, str):
                self._post(news.SignedIn(person, "", answer))
            else:
                self._post(news.SignedIn(answer.id, answer.name))

        self._unless_paying(job)

    def answer_map(
        self, identification: str, key: str, second: tuple[str, str] | None = None
    ) -> None:
        """Say which drug an identification is; `second` is another person's id and PIN."""

        def job() -> None:
            item = self._ledger.find_item(key)
            if item is None:
                self._changed("no_such_item", key)
                return
            person = self._ledger.check_pin(*second) if second else None
            if second and person is None:
                self._post(news.MapAnswered(identification, item, refused="bad_pin"))
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

    def aim(self, target: ScanTarget) -> None:
        """Say what the screen in front wants a scan for."""

        def job() -> None:
            self._desk.target = target

        self.lane.submit(job)

    def last_scans(self, receiver: Callable[[tuple[RingEntry, ...]], None]) -> None:
        """The last scans, newest first, for support; `receiver` is called on the desk lane."""
        self.lane.submit(lambda: receiver(tuple(reversed(self._desk.ring))))

    def _unless_paying(self, job: Callable[[], None]) -> None:
        """A sale that is being settled is not changed under the settlement's hands."""

        def guarded() -> None:
            if self._desk.paying:
                self._changed("settling")
            else:
                job()

        self.lane.submit(guarded)

    def _changed(self, note: str = "", detail: str | None = "") -> None:
        held = self._till.held_count()
        self._post(news.SaleChanged(self._till.sale, held, note, detail or ""))


def _split_refusal(answer: SplitAnswer) -> str:
    """Why no units were taken, in a word."""
    if not answer.verdict.accepted:
        return answer.verdict.name.value
    return "too_many_units" if answer.left else "not_splittable"
