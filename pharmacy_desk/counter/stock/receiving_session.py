"""Receiving (收货验收) as a session of the counter: a note beside what is scanned for it.

Every method runs on the desk lane. What changes is on the disk, as a draft, before it is told
(design, invariant 1): a kill loses no box whose answer was shown.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from uuid import uuid4

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.catalogue.drugs import Batch, Item
from pharmacy_desk.core.ports.doors import Clock
from pharmacy_desk.core.ports.stock_book import StockBook
from pharmacy_desk.core.scanning.scan import Reading
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.core.stock import receiving as core
from pharmacy_desk.core.stock.acceptance import NOT_TOLD, Doubt, Transport, doubts, lacking
from pharmacy_desk.core.stock.drafts import Unfinished, Unread, Waiting, after_document
from pharmacy_desk.core.stock.files.delivery_file import DeliveryRow
from pharmacy_desk.core.stock.movement import MovementKind
from pharmacy_desk.core.stock.receiving import Arrival, Receiving, SeenBox
from pharmacy_desk.core.stock.supplier_words import SupplierWords
from pharmacy_desk.counter import news
from pharmacy_desk.counter.stock.movements import Wanted
from pharmacy_desk.counter.stock.wishes import Order, Received, StockWishes
from pharmacy_desk.counter.views import receiving_view as view
from pharmacy_desk.counter.views.opened import PackOpened
from pharmacy_desk.counter.views.stock_answers import MoveAnswer, NotMoved


class ReceivingSession:
    """The receiving in hand, and those that wait unfinished on the disk.

    Every wish has an answer, and every change is told as a view, once it is on the disk.
    """

    def __init__(
        self,
        book: StockBook,
        keeper: StockWishes,
        clock: Clock,
        settings: Callable[[], Settings],
        post: Callable[[news.News], None],
    ) -> None:
        self._book = book
        self._keeper = keeper
        self._clock = clock
        self._settings = settings
        self._post = post
        self._number = ""  # under which it is kept; empty while nothing is worth it
        self._unsaved = False
        self._aside: set[str] = set()
        self._warned: list[Doubt] = []  # what was told since anything changed
        self._last: Arrival | None = None
        self._chosen: int | None = None
        self._stayed: dict[str, str] = {}
        # What was asked of its rows: nobody is asked twice of the same words.
        self._asked_drugs: set[SupplierWords] = set()
        self._documents: tuple[str, ...] = ()
        self._begun = 0
        self._unfinished = self._new()
        self._kept: Unfinished | None = None  # as it lies on the disk

    @property
    def unfinished(self) -> Unfinished:
        """The receiving in hand."""
        return self._unfinished

    # --- scans ----------------------------------------------------------------------------

    def scan(self, reading: Reading, number: int) -> view.Answer | None:
        """A thing was scanned: what it is by the ledger, and where it belongs."""
        self._warned.clear()
        seen = self._book.seen(reading)
        answer: view.Answer
        if seen.outer and seen.inner:
            taken = sum(self._take(self._match(box)) for box in seen.inner)
            answer = PackOpened(taken, len(seen.inner))
        else:
            self._last = self._match(seen)
            self._take(self._last)
            answer = view.Arrived(self._last)
        box = self._receiving.box(seen.code)
        return self._tell(answer, touched=box.row if box else None, scan=number)

    def _match(self, seen: SeenBox) -> Arrival:
        near = self._settings().number("sale.near_expiry_days")
        return core.match(self._receiving, seen, self._clock.now().date(), near, self._chosen)

    def _take(self, arrival: Arrival, refused: str = "") -> bool:
        before = self._receiving
        self._set(core.take(before, arrival, refused))
        return self._receiving is not before

    def choose(self, row: int | None) -> view.Answer:
        """The person has this row before them: a box that could be of several lots is of its."""
        self._chosen = row
        return view.RowChosen(row)

    # --- the note and what a person says of it --------------------------------------------

    def show(self) -> view.Answer | None:
        """Tell how it stands, as a screen needs it when it opens."""
        if self._receiving.empty:
            self._begin(self._new())
        return self._tell(view.Ready())

    def open_note(self, delivery: Sequence[DeliveryRow], unread: Unread) -> view.Answer | None:
        """The lines of one delivery note are expected from now on; `unread` are its bad rows.

        What is scanned already is never thrown away for it.
        """
        if self._receiving.boxes:
            return self._tell(view.StillScanned(len(self._receiving.boxes)))
        if not delivery:
            self._unfinished = replace(self._unfinished, unread=unread)
            self._stayed = dict(unread)
            return self._tell(None)
        rows = tuple(self._book.expected(delivery))
        first = delivery[0]
        listed = Receiving(first.supplier, first.number, rows, (), listed=True)
        begun = self._new()
        self._begin(
            replace(
                begun,
                receiving=listed,
                unread=unread,
                celsius=next((row.celsius for row in delivery if row.celsius), ""),
                arrived=next((row.arrived for row in delivery if row.arrived), begun.arrived),
            )
        )
        return self._tell(self._which_drug() or view.Ready())

    def name(self, supplier: str, reference: str, celsius: str, arrived: str) -> view.Answer | None:
        """The fields of its form, as they were typed."""
        named = replace(self._receiving, supplier=supplier, reference=reference)
        told = replace(self._unfinished, receiving=named, celsius=celsius, arrived=arrived)
        if told == self._unfinished:
            return None
        self._unfinished = told
        return self._tell(None)

    def set_batch(self, row: int, batch: Batch) -> view.Answer | None:
        """Lot and dates of a row, as they were read on the box."""
        item = self._receiving.rows[row].item if row < len(self._receiving.rows) else None
        if item is None:
            return None
        self._set(core.set_batch(self._receiving, row, batch))
        return self._tell(view.LotKept(item.name, batch.lot or ""))

    def ask_drug(self, row: int) -> view.Answer | None:
        """Which drug this row is, although it was asked before."""
        words = self._receiving.rows[row].words if row < len(self._receiving.rows) else None
        if words is None or self._receiving.rows[row].item:
            return None
        likely = tuple(self._book.likely(words))
        return self._tell(view.WhichDrug(words, likely) if likely else view.NoneLikely(words))

    def name_drug(self, words: SupplierWords, item: Item | None) -> view.Answer | None:
        """A supplier's words mean this drug, or (None) none that was offered; then the next."""
        if item:
            self._keeper.learn_drug(words, item.code)
            self._set(core.name_drug(self._receiving, words, item))
        told = view.DrugNamed(words, item) if item else view.Ready()
        return self._tell(self._which_drug() or told)

    def _which_drug(self) -> view.WhichDrug | None:
        """The first row of no drug of ours that was not asked yet and is like some."""
        for row in self._receiving.rows:
            if row.item or row.words is None or row.words in self._asked_drugs:
                continue
            self._asked_drugs.add(row.words)
            likely = self._book.likely(row.words)
            if likely:
                return view.WhichDrug(row.words, tuple(likely))
        return None

    def count_all(self, row: int) -> view.Answer | None:
        """A drug without codes was counted by eye; once more takes it back."""
        if row < len(self._receiving.rows):
            self._set(core.count_all(self._receiving, row))
        return self._tell(None)

    def take_out(self, code: str) -> view.Answer | None:
        """This box was scanned by mistake."""
        box = self._receiving.box(code)
        if box is None:
            return None
        self._set(core.drop(self._receiving, frozenset({code})))
        self._stayed.pop(code, None)
        return self._tell(view.TakenOut(box.item.name, code))

    def take_out_last(self) -> view.Answer | None:
        """The box scanned last was scanned by mistake."""
        boxes = self._receiving.boxes
        return self.take_out(boxes[-1].code) if boxes else None

    def refuse(self, code: str, reason: str) -> view.Answer | None:
        """Refuse a box, of the list or the one scanned last; accept it again without a reason."""
        if self._receiving.box(code):
            self._set(core.refuse(self._receiving, code, reason))
        elif code and code == self._refusable:
            assert self._last is not None  # it is what may be refused
            self._take(self._last, reason)
        else:
            return self._tell(view.NothingToRefuse())
        return self._tell(view.BoxRefused(reason) if reason else None)

    @property
    def _refusable(self) -> str:
        last = self._last
        return last.seen.code if last and last.match in core.REFUSABLE else ""

    def drop_all(self) -> view.Answer | None:
        """Forget this receiving and its boxes."""
        self._begin(self._new())
        return self._tell(view.Ready())

    # --- unfinished ones ------------------------------------------------------------------

    def offer(self, *, everything: bool) -> view.Answer | None:
        """What waits unfinished; one put aside today only when everything is wanted."""
        if not everything and not self._receiving.empty:
            return None
        found = [one for one in self._book.drafts() if one.number != self._number]
        if not everything:
            found = [one for one in found if one.number not in self._aside]
        if found:
            return view.Offered(tuple(found))
        return view.NothingWaits() if everything else None

    def put_aside(self) -> view.Answer | None:
        """Leave it for later; it is on the disk before it leaves the hand."""
        if self._receiving.empty:
            return self._tell(view.NothingToPutAside())
        failure = self._keep()
        if failure:
            return self._told(failure)
        self._aside.add(self._number)
        self._number = ""
        self._begin(self._new())
        return self._tell(view.PutAside())

    def leave(self, found: Iterable[Waiting]) -> view.Answer | None:
        """These are left for later: they are not offered again today."""
        self._aside.update(one.number for one in found)
        return self._tell(view.PutAside())

    def take_up(self, one: Waiting) -> view.Answer | None:
        """Go on with one that waits; what is in hand waits in its place."""
        unfinished = self._book.draft(one.number)
        if unfinished is None:
            return self._tell(view.Unreadable())
        if not self._receiving.empty:
            failure = self._keep()
            if failure:
                return self._told(failure)
            self._aside.add(self._number)
        self._aside.discard(one.number)
        self._number = one.number
        self._begin(unfinished)
        self._kept = unfinished
        return self._tell(view.TakenUp(one))

    def discard(self, one: Waiting) -> view.Answer | None:
        """Forget one that waits, for good."""
        try:
            self._keeper.drop_draft(one.number)
        except WorldError as error:
            return self._tell(view.NotDiscarded(error))
        return self._tell(view.Discarded(one))

    # --- posting --------------------------------------------------------------------------

    def post(self) -> view.Answer | None:
        """Put what has come into the ledger, if nothing lacks and nothing is doubtful."""
        missing = lacking(self._unfinished)
        if missing:
            return self._tell(view.Lacking(missing))
        for doubt in doubts(self._unfinished):
            if doubt not in self._warned:
                self._warned.append(doubt)
                return self._tell(view.Doubtful(doubt))
        self._warned.clear()
        orders = self._orders()
        self._told(None, posting=sum(len(order.wanted) for order in orders))
        self._number = self._number or uuid4().hex
        received = self._keeper.receive(orders, self._unfinished, self._number)
        answer = self._received(orders, received)
        for moved in received.moved:
            self._keeper.announce(moved)
        return answer

    def receive_file(self, orders: Sequence[Order], unread: Sequence[NotMoved] = ()) -> MoveAnswer:
        """A file names what has come, box by box: it is posted at once, beside what is in hand.

        One answer tells what became of all of its documents, and of its rows that are `unread`.
        """
        received = self._keeper.receive(orders)
        if received.error and not received.moved:
            raise received.error
        answer = received.together(tuple(unread))
        self._keeper.announce(answer)
        return answer

    def _orders(self) -> list[Order]:
        """The delivery, and one refusal for each reason; none that would name nothing."""
        unfinished, receiving = self._unfinished, self._receiving
        transport = NOT_TOLD
        if receiving.cold:
            # What is doubtful of it was told twice, or it would not be posted.
            transport = Transport(unfinished.arrived, unfinished.celsius, insisted=True)

        def order(kind: MovementKind, reason: str = "") -> Order:
            wanted = tuple(
                Wanted(part.code, part.item.code, part.batch, part.quantity, part.price_fen)
                for part in receiving.parts(reason)
            )
            return Order(
                kind=kind,
                wanted=wanted,
                party=receiving.supplier,
                reference=receiving.reference,
                reason=reason,
                transport=transport,
            )

        refusals = [order(MovementKind.REFUSAL, reason) for reason in receiving.refusals()]
        return [one for one in (order(MovementKind.DELIVERY), *refusals) if one.wanted]

    def _received(self, orders: Sequence[Order], received: Received) -> view.Answer | None:
        """What is left in hand after the documents, and how they are told."""
        answered = list(zip(orders, received.moved, strict=False))
        self._stayed = {
            one.code or one.item: one.why for _, moved in answered for one in moved.stayed
        }
        numbers = tuple(moved.number for _, moved in answered if moved.number)
        self._documents = numbers or self._documents
        named = [(order.kind, _codes(order)) for order, _ in answered]
        stayed = frozenset(self._stayed)
        if received.error:
            left = self._unfinished
            for kind, codes in named:
                left = after_document(left, kind, codes - stayed, stayed)
            self._unfinished = left
            # Told as it is: the draft lies there as the last document has left it.
            return self._told(view.PostFailed(received.error))
        sent = frozenset[str]().union(*(codes for _, codes in named))
        self._close(core.posted(self._receiving, sent, stayed), ended=received.ended)
        if not numbers:
            return self._tell(view.NotPosted(len(stayed)))
        back = sum(m.boxes for _, m in answered if m.kind is MovementKind.REFUSAL)
        boxes = sum(moved.boxes for _, moved in answered) - back
        return self._tell(view.Posted(numbers, boxes, back, len(stayed)))

    def _close(self, left: Receiving, *, ended: bool) -> None:
        """Go on with the boxes that stayed, under a new number where the draft is gone."""
        self._last = None
        self._unfinished = replace(self._unfinished, receiving=left, unread=())
        if left.empty:
            self._unfinished = replace(self._unfinished, receiving=Receiving(), celsius="")
            self._chosen = None
            self._begun += 1
        if ended:
            self._number = ""

    # --- the state, the disk and the news -------------------------------------------------

    @property
    def _receiving(self) -> Receiving:
        return self._unfinished.receiving

    def _set(self, receiving: Receiving) -> None:
        self._unfinished = replace(self._unfinished, receiving=receiving)

    def _new(self) -> Unfinished:
        return Unfinished(Receiving(), arrived=f"{self._clock.now():%Y-%m-%d %H:%M}")

    def _begin(self, unfinished: Unfinished) -> None:
        """Another receiving is in hand."""
        self._unfinished = unfinished
        self._stayed = dict(unfinished.unread)
        self._last = self._chosen = None
        self._warned.clear()
        self._asked_drugs.clear()
        self._begun += 1

    def _tell(
        self, answer: view.Answer | None, touched: int | None = None, scan: int = 0
    ) -> view.Answer | None:
        """Bring it to the disk, then tell it; a failure is the answer then."""
        return self._told(self._keep() or answer, touched, scan)

    def _told(
        self,
        answer: view.Answer | None,
        touched: int | None = None,
        scan: int = 0,
        posting: int = 0,
    ) -> view.Answer | None:
        shown = view.ReceivingView(
            unfinished=self._unfinished,
            tallies=self._receiving.tallies(),
            begun=self._begun,
            stayed=dict(self._stayed),
            refusable=self._refusable,
            touched=touched,
            documents=self._documents,
            posting=posting,
        )
        self._post(news.ReceivingShown(shown, scan, answer if scan else None))
        return answer

    def _keep(self) -> view.NotKept | None:
        """Bring what differs from the disk there; after a failure it is tried again."""
        number = self._number
        try:
            if self._receiving.empty:
                self._number = ""
                if number:
                    self._keeper.drop_draft(number)
            elif self._unsaved or not number or self._unfinished != self._kept:
                self._number = number or uuid4().hex
                self._keeper.keep_draft(self._number, self._unfinished)
        except WorldError as error:
            self._unsaved = True
            return view.NotKept(error, len(self._receiving.boxes))
        self._unsaved, self._kept = False, self._unfinished
        return None


def _codes(order: Order) -> frozenset[str]:
    return frozenset(one.code for one in order.wanted if one.code)
