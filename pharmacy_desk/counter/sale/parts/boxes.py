"""Boxes that go into the open sale, and what is known of each. On the desk lane."""

from collections.abc import Callable

from pharmacy_desk.core.catalogue.drugs import Batch, Item
from pharmacy_desk.core.ports.boxes import BoxLedger
from pharmacy_desk.core.ports.catalogue import CatalogueLedger
from pharmacy_desk.core.ports.doors import Clock
from pharmacy_desk.core.ports.events import EventLedger
from pharmacy_desk.core.ports.no_code import NoCodeSales
from pharmacy_desk.core.ports.people import PeopleLedger
from pharmacy_desk.core.ports.reservations import DoubtLedger
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.core.stock.facts import BoxRecord, Earlier
from pharmacy_desk.core.stock.movement import Movement, MovementKind, MovementLine
from pharmacy_desk.core.stock.no_code import Bar
from pharmacy_desk.core.stock.reservation import Answer, Claim, NotKnown, TakenBy
from pharmacy_desk.core.upload.movements import movement_lines
from pharmacy_desk.core.upload.profile import Profile
from pharmacy_desk.counter.answers import UnitsDid
from pharmacy_desk.counter.people.at_counter import AtCounter
from pharmacy_desk.counter.sale.keeper import Keeper
from pharmacy_desk.counter.sale.parts.in_hand import InHand

# What the document says by which a missing box is booked in again.
FOUND_AGAIN = "盘点记为缺失，现又找到"


class Boxes:
    """Claims codes at the door, and does for a box what it needs before it is sold."""

    def __init__(
        self,
        *,
        hand: InHand,
        who: AtCounter,
        claims: DoubtLedger,
        boxes: BoxLedger,
        no_code_sales: NoCodeSales,
        catalogue: CatalogueLedger,
        people: PeopleLedger,
        events: EventLedger,
        keeper: Keeper,
        clock: Clock,
        settings: Callable[[], Settings],
        profile: Profile,
    ) -> None:
        self._hand = hand
        self._who = who
        self._claims = claims
        self._boxes = boxes
        self._no_code_sales = no_code_sales
        self._catalogue = catalogue
        self._people = people
        self._events = events
        self._keeper = keeper
        self._clock = clock
        self._settings = settings
        self._profile = profile

    def claim(self, code: str) -> Answer:
        """Reserve a code for the open sale at the door; the ledger's own row comes after."""
        sale = self._hand.open()
        claim = Claim(code, sale.number, sale.counter, self._who.operator, self._clock.now())
        return self._keeper.reserve(claim)

    def settle_doubts(self) -> tuple[tuple[Claim, Earlier], ...]:
        """Ask the door again for boxes it was silent about: those that somebody else has.

        A box that is ours loses its mark. One that is not leaves a sale that is not paid; of a
        paid one the ledger tells it.
        """
        claims = self._claims.doubts()
        if not claims:
            return ()
        lost = []
        for claim, answer in zip(claims, self._keeper.settle_doubts(claims), strict=True):
            if isinstance(answer, NotKnown):
                continue
            taken = answer.earlier if isinstance(answer, TakenBy) else None
            self._claims.settle_doubt(self._who.actor(), claim, taken)
            if taken:
                lost.append((claim, taken))
        self._hand.refresh()
        return tuple(lost)

    def found_again(self, missing: BoxRecord, item: Item) -> None:
        """A box that a stock-take booked as missing is in hand: a document answers the loss."""
        lines = (MovementLine(item, missing.batch, 1, (missing.code,)),)
        found = Movement(
            self._events.take_document(),
            MovementKind.SURPLUS,
            self._clock.now(),
            self._who.operator,
            reference=missing.document,
            reason=FOUND_AGAIN,
            lines=lines,
        )
        uploads = movement_lines(found, self._who.sender(), self._profile)
        self._boxes.post_movement(found, uploads)

    def reviewer(self, second: tuple[str, str] | None) -> str | UnitsDid:
        """Who checks a split sale (复核人): the number, empty for nobody, or why units are refused.

        The second person signs on paper where none is told, unless the store wants a PIN.
        """
        if second is None:
            wanted = self._settings().text("sale.split_review") == "required"
            return UnitsDid.REVIEWER_MISSING if wanted else ""
        known = self._people.prove(self._who.actor(), *second)
        if isinstance(known, str):
            return UnitsDid(known)
        return UnitsDid.OWN_REVIEW if known.id == self._who.operator else known.id

    def take_no_code(self, line: int, number: str) -> Bar | None:
        """Put one box of a library's entry into a line; why not, when it is not put there."""
        actor = self._who.actor()
        why = self._no_code_sales.take_no_code(
            actor=actor,
            sale=self._hand.open().number,
            line=line,
            number=number,
            today=actor.at.date(),
        )
        self._hand.refresh()
        return why

    def set_batch(self, item: str, batch: Batch) -> int:
        """Tell an item's current lot; how many waiting upload lines it completed."""
        filled = self._catalogue.set_batch(self._who.actor(), item, batch)
        self._hand.refresh()
        return filled
