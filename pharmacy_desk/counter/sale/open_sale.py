"""The open sale: from its first line to its payment. Every method runs on the desk lane."""

from collections.abc import Callable

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.ports.after_sale import ReturnsLedger
from pharmacy_desk.core.ports.basket import BasketLedger
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
from pharmacy_desk.core.ports.sales import SalesLedger
from pharmacy_desk.core.ports.sealed import SealedRecords
from pharmacy_desk.core.ports.settlement import SettlementLedger
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.core.upload.profile import Profile
from pharmacy_desk.counter.people.at_counter import AtCounter
from pharmacy_desk.counter.people.roster import Roster
from pharmacy_desk.counter.sale.customer import Customer
from pharmacy_desk.counter.sale.goods_back import GoodsBack
from pharmacy_desk.counter.sale.keeper import Keeper
from pharmacy_desk.counter.sale.limits import Limits
from pharmacy_desk.counter.sale.parts.boxes import Boxes
from pharmacy_desk.counter.sale.parts.ending import Ending
from pharmacy_desk.counter.sale.parts.gate_look import GateLook
from pharmacy_desk.counter.sale.parts.held_sales import HeldSales
from pharmacy_desk.counter.sale.parts.in_hand import InHand
from pharmacy_desk.counter.sale.parts.lines import Lines
from pharmacy_desk.counter.sale.parts.returns import Returns
from pharmacy_desk.counter.sale.parts.settlements import AskedSettlements
from pharmacy_desk.counter.sale.second_look import SecondLook


@dataclass(frozen=True, slots=True, kw_only=True)
class SalePorts:
    """The parts of the ledger that an open sale writes and asks."""

    sales: SalesLedger
    basket: BasketLedger
    gifts: MarkLedger
    settlements: SettlementLedger
    returns: ReturnsLedger
    claims: DoubtLedger
    persons: PersonLedger
    sealed: SealedRecords
    prescriptions: PrescriptionLedger
    boxes: BoxLedger
    no_code: NoCodeLedger
    no_code_sales: NoCodeSales
    catalogue: CatalogueLedger
    people: PeopleLedger
    outbox: OutboxLedger
    events: EventLedger


class OpenSale(InHand):
    """The sale in hand with its parts, each with one matter of its own.

    `lines` and `boxes` change what is in it, `held` puts it aside, `gate` tells what speaks against
    its payment, `settlements` keeps what the insurance was asked, `ending` pays or cancels it;
    `returns` brings goods of a paid one back. `customer` is whom it is for, `who` works here.
    """

    def __init__(
        self,
        ports: SalePorts,
        *,
        who: AtCounter,
        roster: Roster,
        clock: Clock,
        settings: Callable[[], Settings],
        profile: Profile,
        door: Reservations,
        limits: Limits,
    ) -> None:
        super().__init__(
            sales=ports.sales,
            settlements=ports.settlements,
            who=who,
            dressed=lambda sale: self.customer.dressed(sale),
        )
        self.limits = limits
        self.who = who
        self.roster = roster
        self.keeper = Keeper(door, ports.claims)
        self.second = SecondLook(
            boxes=ports.boxes,
            catalogue=ports.catalogue,
            roster=self.roster,
            clock=clock,
            settings=settings,
            profile=profile,
            limits=limits,
            suspended_since=lambda sale: self.customer.suspended_since(sale),
        )
        self.back = GoodsBack(
            sales=ports.sales,
            returns=ports.returns,
            no_code=ports.no_code,
            outbox=ports.outbox,
            events=ports.events,
            keeper=self.keeper,
            sender=who.sender,
            profile=profile,
        )
        self.customer = Customer(
            persons=ports.persons,
            sealed=ports.sealed,
            opened=self.open,
            reread=self.refresh,
            actor=who.actor,
            area=lambda: settings().text("store.area"),
            retention=profile.retention,
            rules=profile.special,
        )
        self._make_goods(ports, clock, settings, profile)
        self._make_ends(ports, clock, settings, profile)

    def _make_goods(
        self, ports: SalePorts, clock: Clock, settings: Callable[[], Settings], profile: Profile
    ) -> None:
        """What changes the goods in the sale, and where it waits."""
        self.boxes = Boxes(
            hand=self,
            who=self.who,
            claims=ports.claims,
            boxes=ports.boxes,
            no_code_sales=ports.no_code_sales,
            catalogue=ports.catalogue,
            people=ports.people,
            events=ports.events,
            keeper=self.keeper,
            clock=clock,
            settings=settings,
            profile=profile,
        )
        self.lines = Lines(
            hand=self,
            who=self.who,
            basket=ports.basket,
            gifts=ports.gifts,
            prescriptions=ports.prescriptions,
            keeper=self.keeper,
            customer=self.customer,
            clock=clock,
            settings=settings,
        )
        self.held = HeldSales(
            hand=self,
            who=self.who,
            sales=ports.sales,
            settlements=ports.settlements,
            keeper=self.keeper,
            customer=self.customer,
            settings=settings,
        )

    def _make_ends(
        self, ports: SalePorts, clock: Clock, settings: Callable[[], Settings], profile: Profile
    ) -> None:
        """What leads to its payment, and back from it."""
        self.ending = Ending(
            hand=self,
            who=self.who,
            sales=ports.sales,
            people=ports.people,
            second=self.second,
            keeper=self.keeper,
            customer=self.customer,
            roster=self.roster,
            settings=settings,
            profile=profile,
        )
        self.settlements = AskedSettlements(
            hand=self,
            who=self.who,
            sales=ports.sales,
            settlements=ports.settlements,
            outbox=ports.outbox,
            second=self.second,
            clock=clock,
            settings=settings,
        )
        self.gate = GateLook(
            hand=self,
            who=self.who,
            second=self.second,
            limits=self.limits,
        )
        self.returns = Returns(
            who=self.who,
            sales=ports.sales,
            basket=ports.basket,
            returns=ports.returns,
            boxes=ports.boxes,
            outbox=ports.outbox,
            events=ports.events,
            keeper=self.keeper,
            back=self.back,
            clock=clock,
            settings=settings,
            profile=profile,
        )
